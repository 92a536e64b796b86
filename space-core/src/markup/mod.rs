// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How text is formatted: CommonMark source to a [`Document`] that every renderer understands.
//!
//! The source of a post is CommonMark with tables, `~~strikethrough~~`, task lists and footnotes, and a few things of
//! our own, all of which stay readable as plain text:
//!
//! | written | means |
//! |---|---|
//! | `@alice` | a mention |
//! | `#48213` | a reference to a post, or to anything else that has a number |
//! | `:smile:` | an emoji |
//! | `https://…`, `www.…` | a link |
//! | `[text](#48213)` | a link to it |
//! | `[spoiler]text[/spoiler]` | a spoiler, inside a line or around blocks |
//! | `> @alice, #48213:` | the first line of a quote: whose words, from which post (see [`Attribution`]) |
//! | `<details><summary>…</summary>` … `</details>` | a summary that unfolds |
//! | `<br>`, `<kbd>`, `<sup>`, `<sub>`, `<b>`, `<i>`, `<s>` and their kin | what they mean in HTML |
//!
//! Any other HTML is shown as text. A backslash before the first character takes the meaning away: `\@alice`.

pub mod budget;
mod document;
#[cfg(feature = "html")]
pub mod emoji;
#[cfg(feature = "html")]
pub mod html;
mod link;
mod parse;
mod plain;
pub mod sanitize;
mod scan;
pub mod web;

pub use document::{
    Alignment, Attribution, Author, Block, Document, Inline, ListItem, MAX_DEPTH, Source, TableCell,
};
pub use parse::parse;
pub use plain::{excerpt, plain_text};
