// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Writing: the pane beside a thread, unfinished texts, what waits to be sent, and edits that met another.
//!
//! Everything here is part of the model: values that change when a key or an answer comes, and that ask for what is to
//! be done. A text is never in one place only for longer than [`pane::KEEP_AFTER`]: while somebody writes it is kept in
//! the file of the local copy, and whatever takes it away from the screen keeps it first.
//!
//! - [`editor`] is the text with its cursor, [`rows`] how it stands in a pane.
//! - [`pane`] is the pane, [`draw`] how it looks, [`act`] what commands do in it, [`answers`] what comes back.
//! - [`leave`] takes a text off the screen, which goes once it is kept.
//! - [`choose`], [`tags`] and [`parts`] are short questions: which category, language, tags, which paragraphs.
//! - [`outbox`], [`drafts`] and [`conflict`] are the lists and the three texts, with [`merge`] below them.

pub mod act;
pub mod answers;
pub mod choose;
pub mod conflict;
pub mod drafts;
pub mod draw;
pub mod editor;
pub mod language;
pub mod leave;
pub mod list;
pub mod mention;
pub mod merge;
pub mod outbox;
pub mod pane;
pub mod parts;
pub mod quote;
pub mod rows;
pub mod tags;

use space_core::client::outbox::LocalId;
pub use space_core::client::outbox::Place as Subject;
use space_core::{CategoryId, Language, PostId, Tags, Timestamp, TopicId};

use crate::app::message::Aside;

/// A text that somebody writes, with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// What it is: a reply, a topic, an edit, another text for something that waits.
    pub subject: Subject,
    /// The title of a new topic.
    pub title: String,
    /// The category of a new topic.
    pub category: Option<CategoryId>,
    /// The text.
    pub source: String,
    /// The language it is written in.
    pub language: Option<Language>,
    /// The tags of a new topic.
    pub tags: Tags,
    /// The revision that an edit was begun from, and what the post said then.
    pub base: Option<(i64, String)>,
}

/// A post that is answered or quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Which post; one that waits has no number yet.
    pub post: Option<PostId>,
    /// Whose it is: the name to mention them by.
    pub author: String,
    /// What it says.
    pub source: String,
}

/// What the pane begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the text"
)]
pub struct Start {
    /// What is kept of an earlier time, or what the post to edit says.
    pub writing: Writing,
    /// Whether it is an unfinished text of an earlier time.
    pub is_kept: bool,
    /// What is kept of it; an editor may have left something newer.
    pub kept: Option<Writing>,
    /// Whether it will be a topic.
    pub is_topic: bool,
    /// Whether a language can be told of it.
    pub has_language: bool,
    /// The topic it will stand in.
    pub topic: Option<TopicId>,
    /// The title of that topic.
    pub topic_title: String,
    /// What is answered.
    pub answered: Option<Answered>,
    /// The names of those who wrote in the topic, the latest first.
    pub people: Vec<String>,
    /// What a text of nothing new would say.
    pub blank: String,
    /// Whether an editor left this text in its file.
    pub has_file: bool,
    /// Where another text is that an editor left.
    pub aside: Aside,
}

/// What something in the outbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Topic,
    Reply,
    Edit,
    Removal,
    Tags,
    Report,
    Other,
}

/// How far something in the outbox came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It waits for the server.
    Queued,
    /// The server wants it later.
    Waits {
        /// Why.
        why: String,
        /// When it is sent again.
        until: Timestamp,
    },
    /// It is on its way.
    Sending,
    /// It is so old that somebody has to say that it is still meant.
    Held,
    /// The server refused it.
    Refused {
        /// Why.
        why: String,
        /// What to do about it.
        hint: Option<String>,
        /// Whether somebody else changed the post meanwhile.
        is_conflict: bool,
    },
}

/// Something in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxItem {
    /// Its number.
    pub id: LocalId,
    /// What it is.
    pub kind: Kind,
    /// The title of the topic it belongs to, as far as it is known.
    pub title: String,
    /// What it says.
    pub source: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// How far it came.
    pub state: State,
}

/// An unfinished text in the list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftItem {
    /// Where it belongs.
    pub subject: Subject,
    /// The topic, when it belongs to one.
    pub topic: Option<TopicId>,
    /// What the topic is called.
    pub title: String,
    /// The text, with everything that belongs to it.
    pub writing: Writing,
    /// When it was last kept.
    pub saved_at: Timestamp,
    /// Whether only an editor's file has it.
    pub is_in_file: bool,
}

/// The three texts of an edit that met another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The edit.
    pub id: LocalId,
    /// The revision on the server.
    pub revision: i64,
    /// What both began from; absent when an older version of this program did not keep it.
    pub base: Option<String>,
    /// What the server has.
    pub theirs: String,
    /// What one wrote.
    pub mine: String,
}

/// What was thrown away, and can come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thrown {
    /// Things from the outbox.
    Items(space_core::client::outbox::Thrown),
    /// An unfinished text.
    Draft(Box<Writing>),
}
