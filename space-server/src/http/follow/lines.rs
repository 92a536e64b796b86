// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lines of JSON: a row or a cursor each, and an empty one now and then.

use bytes::Bytes;
use space_core::protocol::FeedLine;

use super::Piece;
use crate::http::feed::Sealed;

/// Writes a page as lines.
pub(in crate::http) fn encode(sealed: &Sealed) -> Bytes {
    let Sealed { page, cursor } = sealed;
    let mut out = Vec::with_capacity(page.rows.len() * 512 + 160);
    let line = FeedLine::Cursor {
        cursor: cursor.clone(),
        more: page.more,
    };
    let written = page
        .rows
        .iter()
        .try_for_each(|row| row.write(&mut out))
        .and_then(|()| line.write(&mut out));
    written.expect("rows are plain data and are written to memory");
    out.into()
}

pub(super) fn write(piece: &Piece) -> Bytes {
    match piece {
        Piece::Batch(sealed) => encode(sealed),
        Piece::Idle => Bytes::from_static(b"\n"),
    }
}
