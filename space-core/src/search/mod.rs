// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What people type to find posts: words, and operators that narrow them down.
//!
//! | typed | finds posts |
//! |---|---|
//! | `fire fox` | with all of these words; the last one may be the beginning of a word |
//! | `"fire fox"` | with these words next to each other |
//! | `-fox` | without the word; `-` also stands before `@`, `#`, `tag:`, `is:`, `lang:` and `in:first` |
//! | `@leila` | that she wrote; of several, any |
//! | `#software` | in the category, or one below it; of several, any |
//! | `tag:wiki` | of topics with the tag; of several, with all |
//! | `before:2020-02-01` | written before that day begins (UTC); also `2020-02`, `2020`, `today`, `2w` ago |
//! | `after:2w` | written since then |
//! | `in:title` | with the words in the title of the topic |
//! | `in:first` | that begin a topic |
//! | `is:unread` `is:bookmarked` | that the reader has not read, or has put a mark in |
//! | `lang:pt` | in that language |
//!
//! Any text is either a query or a list of errors, each of which points at a part of it. A word with a colon that looks
//! like no operator, such as `std::env`, is a word.

mod complete;
mod error;
mod parse;
mod query;
mod when;

pub use complete::{Completion, CompletionOf, complete};
pub use error::{SearchError, SearchErrorKind};
#[cfg(feature = "client")]
pub(crate) use parse::is_word_character;
pub use query::{Part, SearchQuery, Term};
pub use when::{Unit, When};

#[cfg(test)]
mod tests;
