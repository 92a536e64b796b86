// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What comes in, and what the model asks for.

use serde::{Deserialize, Serialize};
use space_core::client::outbox::{Item, LocalId};
use space_core::client::replica::TopicKey;
use space_core::{CategoryId, PostId, TopicId};

use super::items::{Found, HitItem, NextUnread, Overview, Places, PostKey, ThreadPart, TopicsPart};
use super::jumps::Jumps;
use super::keys::Key;
use crate::compose::{Answered, DraftItem, OutboxItem, Start, Subject, Texts, Writing};

/// Names the asking screen, and which of its questions this is; an answer to an older question is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket {
    /// The screen.
    pub screen: u64,
    /// Rises with every question.
    pub generation: u64,
}

/// Which kind of list.
///
/// A new one is a variant here, its name in [`View::ALL`] and `key`, its order in the reader of the replica, and a row in
/// the table of commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// All, latest activity first.
    #[default]
    Latest,
    /// Those that were read before and have newer posts.
    Unread,
    /// Those that were never opened.
    New,
    /// All, most liked first.
    Top,
}

impl View {
    /// Every kind, in the order of the tree.
    pub const ALL: [Self; 4] = [Self::Latest, Self::New, Self::Unread, Self::Top];

    /// Returns the key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Latest => "list-latest",
            Self::Unread => "list-unread",
            Self::New => "list-new",
            Self::Top => "list-top",
        }
    }
}

/// Which topics a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Which kind of list.
    pub view: View,
    /// Only this category and those below it.
    pub category: Option<CategoryId>,
}

impl From<View> for Filter {
    fn from(view: View) -> Self {
        Self {
            view,
            category: None,
        }
    }
}

/// Read marks to change. What is changed can be changed back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marking {
    /// A topic is read to its end.
    Topic(TopicId),
    /// A category and those below it are read to their end.
    Category(CategoryId),
    /// Everything is read to its end.
    Everything,
    /// A topic is read up to this post number, and unread from there on.
    UpTo(TopicId, i64),
    /// Every topic is read as far as it was before.
    Back(Vec<(TopicId, i64)>),
}

/// Where in a list of topics to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// At its start.
    Start,
    /// At this place, or what is there now.
    At(TopicKey),
    /// At its end.
    End,
}

/// Where in a thread to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// At the first unread post, or the last one when all is read.
    Unread,
    /// At the post of this number, or the next that is there.
    Number(i64),
    /// At this post.
    Post(PostId),
}

/// A question to the replica.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Topics around a place; from the start when there is none.
    Topics {
        /// Which.
        filter: Filter,
        /// Around where.
        around: Around,
        /// How many before and after.
        reach: usize,
    },
    /// Posts of a topic around a place.
    Thread {
        /// Which topic.
        topic: TopicId,
        /// Around where.
        place: Place,
        /// How many before and after.
        reach: usize,
    },
    /// Posts that contain words.
    Search {
        /// What was typed.
        words: String,
        /// How many at most.
        limit: usize,
    },
    /// A topic with something unread, other than this one: the next in its category, else the first of the next
    /// category that has any.
    NextUnread {
        /// The topic that the reader is in.
        after: Option<TopicId>,
        /// The category that they are in, when they are in no topic.
        category: Option<CategoryId>,
    },
    /// The tree of categories, and what waits where.
    Places,
    /// Anything one can go to, by some letters of its name.
    Find {
        /// What was typed.
        words: String,
        /// How many at most.
        limit: usize,
    },
    /// How things stand.
    Overview,
    /// What a pane to write in begins with.
    Compose(Subject),
    /// A post that is to be quoted.
    Quote(PostId),
    /// Names of members that begin so.
    Names {
        /// What was typed.
        start: String,
        /// How many at most.
        limit: usize,
    },
    /// What waits to be sent.
    Outbox,
    /// Unfinished texts.
    Drafts,
    /// The three texts of an edit that met another.
    Conflict(LocalId),
}

/// What the replica answers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant answers the query of its name")]
pub enum Answer {
    Topics(TopicsPart),
    Thread(Box<ThreadPart>),
    Search(Vec<HitItem>),
    NextUnread(Option<NextUnread>),
    Places(Places),
    Find(Vec<Found>),
    Overview(Overview),
    Compose(Box<Start>),
    Quote(Answered),
    Names(Vec<String>),
    Outbox(Vec<OutboxItem>),
    Drafts(Vec<DraftItem>),
    Conflict(Box<Texts>),
    /// It may not be done; the key of the text that says why.
    Cannot(&'static str),
    /// It could not be answered, for this reason.
    Failed(String),
}

/// Something to write, which goes through the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// A text that is to be sent.
    Send(Box<Writing>),
    /// An unfinished text, to be kept.
    KeepDraft(Box<Writing>),
    /// An unfinished text that is finished, or was given up.
    DropDraft(Subject),
    /// Something of the outbox is to be sent again.
    Retry(LocalId),
    /// Something of the outbox is to be thrown away.
    Discard(LocalId),
    /// Things thrown away are to come back.
    Restore(Vec<Item>),
    /// An edit that met another is to be sent with this text.
    Resolve {
        /// Which edit.
        id: LocalId,
        /// The revision that the text was made from.
        revision: i64,
        /// What the post is to say.
        source: String,
    },
    /// How far the reader has read.
    MarkRead {
        /// In which topic.
        topic: TopicId,
        /// The highest post number.
        number: i64,
    },
    /// Read marks, at the reader's wish.
    Mark(Marking),
}

/// A text for the reader's own editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What is written.
    pub subject: Subject,
    /// The title of the topic.
    pub title: String,
    /// What there is of it.
    pub text: String,
    /// Who wrote what is answered, and what it says; shown below the scissors line.
    pub context: Option<(String, String)>,
}

/// How writing in an editor ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// With this text.
    Text(String),
    /// With nothing.
    Empty,
    /// The editor could not be run, or failed.
    Failed(String),
}

/// How things stand with the server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Net {
    /// Nothing was tried yet.
    #[default]
    Starting,
    /// Rows are being read.
    Syncing,
    /// Up to date, and following.
    Online,
    /// The server does not answer.
    Offline,
    /// The server does not accept the token any more.
    SignedOut,
    /// The server refused, for this reason.
    Failed(String),
}

/// What comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resize(u16, u16),
    /// The replica answered.
    Answer(Ticket, Answer),
    /// Something was written to the outbox, or could not be.
    Written(Result<Write, String>),
    /// Read marks were changed; how far the topics were read before.
    Marked(Marking, Vec<(TopicId, i64)>),
    /// The replica or the outbox changed.
    Changed,
    /// The server has taken in, or refused, what was written.
    Sent {
        /// How many posts and edits it has now.
        taken: usize,
        /// How many it refused.
        refused: usize,
    },
    /// Things stand differently with the server.
    Net(Net),
    /// An editor ended.
    Edited(Edited),
    /// Things of the outbox were thrown away.
    Discarded(Vec<Item>),
    /// The text of a pane is to be kept, which has this number.
    KeepDue(u64),
    /// A screen stood unchanged for a while.
    Dwelt(u64),
    /// A moment passed since keys began a sequence.
    Waited(u64),
    /// The session is to end.
    Terminate,
}

/// What the model asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cmd {
    /// Ask the replica.
    Query(Ticket, Query),
    /// Write to the outbox.
    Write(Write),
    /// Keep the places one came from.
    Keep(Jumps),
    /// Sync now.
    Sync,
    /// Have a text written in an editor.
    Edit(Box<Sheet>),
    /// Remove the file that an editor had a text in.
    ForgetFile(Subject),
    /// Say [`Msg::KeepDue`] with this number when a text must be kept.
    KeepSoon(u64),
    /// Say [`Msg::Dwelt`] with this number in a while.
    Dwell(u64),
    /// Say [`Msg::Waited`] with this number in a moment.
    Wait(u64),
    /// Stop until the shell continues us.
    Suspend,
    /// End.
    Quit,
}

/// Where to open a thread, for a post that may wait in the outbox.
impl From<&PostKey> for Place {
    fn from(key: &PostKey) -> Self {
        match key {
            PostKey::Id(id) => Self::Post(*id),
            PostKey::Outbox(_) => Self::Number(i64::MAX),
        }
    }
}
