// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The words of a post, as read rather than as written.

use std::borrow::Cow;

use crate::markup;

/// Signs without which CommonMark leaves the words of a text as they are; that list and heading marks stay does no
/// harm to a search.
const MARKS: &[u8] = b"\\`*_[]<>&~|";

/// Returns what a reader sees of a post, without markup.
pub(super) fn plain(source: &str) -> Cow<'_, str> {
    if source.bytes().any(|b| MARKS.contains(&b)) {
        Cow::Owned(markup::plain_text(&markup::parse(source)))
    } else {
        Cow::Borrowed(source)
    }
}
