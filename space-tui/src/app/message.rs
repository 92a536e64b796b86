// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What comes in, and what the model asks for.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use space_core::client::outbox::{LocalId, Thrown};
use space_core::client::replica::TopicKey;
use space_core::protocol::{CatchUpPlace, ChangeTags};
use space_core::text::{Comment, Note};
use space_core::{
    Bookmark, CategoryId, MemberId, PostId, ReadState, ReportReason, Timestamp, TopicId,
};

use super::items::{
    Choices, Found, FoundPart, NextUnread, Overview, Places, PostItem, PostKey, ThreadPart,
    TopicsPart,
};
use super::jumps::Jumps;
use super::keys::Key;
use super::mouse::Mouse;
use crate::compose::{Answered, DraftItem, OutboxItem, Start, Subject, Texts, Writing};
use crate::screens::rendered::{Colours, Picture, Snippet};

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
    /// Those with a bookmark, latest bookmark first.
    Bookmarks,
}

impl View {
    /// Every kind, in the order of the tree.
    pub const ALL: [Self; 5] = [
        Self::Latest,
        Self::New,
        Self::Unread,
        Self::Top,
        Self::Bookmarks,
    ];

    /// Returns the key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Latest => "list-latest",
            Self::Unread => "list-unread",
            Self::New => "list-new",
            Self::Top => "list-top",
            Self::Bookmarks => "list-bookmarks",
        }
    }
}

/// Since when there must have been activity in a topic for the list of the most liked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// For a week.
    Week,
    /// For 30 days.
    Month,
    /// For 365 days.
    Year,
    /// Always.
    #[default]
    All,
}

impl Period {
    /// Returns the key of its name; none for all time, which needs no saying.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::Week => Some("period-week"),
            Self::Month => Some("period-month"),
            Self::Year => Some("period-year"),
            Self::All => None,
        }
    }

    /// Returns when it began; nothing for all time.
    pub fn since(self, now: Timestamp) -> Option<Timestamp> {
        const DAY: Duration = Duration::from_hours(24);
        let days = match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Year => 365,
            Self::All => return None,
        };
        Some(now.minus(DAY * days))
    }
}

/// Which topics a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Which kind of list.
    pub view: View,
    /// Only this category and those below it.
    pub category: Option<CategoryId>,
    /// Only what this member has started.
    pub author: Option<MemberId>,
    /// Of the most liked: since when.
    pub period: Period,
}

impl From<View> for Filter {
    fn from(view: View) -> Self {
        Self {
            view,
            ..Self::default()
        }
    }
}

/// Read marks and bookmarks to change. What is changed can be changed back.
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
    /// A bookmark is put in a topic, or in a post of it, in the place of the one that is there.
    Bookmark {
        /// The topic.
        topic: TopicId,
        /// The post; the topic as a whole when absent.
        post: Option<PostId>,
        /// What to remember of it.
        note: Option<Note>,
    },
    /// Bookmarks in a topic are taken out.
    NoBookmark {
        /// The topic.
        topic: TopicId,
        /// In which posts, and nothing for the one in the topic as a whole; all of them when this is empty.
        of: Vec<Option<PostId>>,
    },
    /// Everything is marked as it was before.
    Back(Before),
}

/// What was marked before marks were changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Before {
    /// Which posts of topics were read.
    pub topics: Vec<(TopicId, ReadState)>,
    /// Until when the reader had caught up.
    pub places: Vec<CatchUpPlace>,
    /// What had a bookmark, or had none.
    pub bookmarks: Vec<BookmarkBefore>,
    /// How many topics it was about.
    pub count: usize,
    /// The title of the topic, or the name of the category, that it was about; empty for everything.
    pub about: String,
    /// What was done then.
    pub did: Marked,
}

/// What was done to marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marked {
    /// They were set to read.
    #[default]
    Read,
    /// They were set to unread.
    Unread,
    /// A bookmark was put there.
    Bookmarked,
    /// A bookmark that was there got another note.
    Noted,
    /// Bookmarks were taken out.
    NoBookmark,
}

/// A topic or a post, before its bookmark was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookmarkBefore {
    /// The topic.
    pub topic: TopicId,
    /// The post; absent when the topic as a whole is meant.
    pub post: Option<PostId>,
    /// The bookmark that was there.
    pub was: Option<Bookmark>,
}

impl Before {
    /// Returns whether there is nothing to take back.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
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

/// In which order the posts of a thread come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Shape {
    /// By time.
    #[default]
    Flat,
    /// Answers below what they answer.
    Tree {
        /// Posts below which nothing is shown.
        folded: Vec<PostId>,
    },
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
        /// In which order.
        shape: Shape,
    },
    /// One post.
    Post(PostId),
    /// What a number names.
    Locate(i64),
    /// Posts that contain words.
    Search {
        /// What was typed.
        words: String,
        /// Older than this one; from the newest when there is none.
        before: Option<PostId>,
        /// How many at most.
        limit: usize,
    },
    /// What could stand at the end of a search.
    Complete {
        /// What was typed.
        text: String,
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
    Search(FoundPart),
    Complete(Option<Choices>),
    Post(Option<Box<PostItem>>),
    Locate(Option<(TopicId, Place)>),
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

/// The text that was last seen kept in a place; another one that is there now was kept by another program.
pub type Seen = Option<String>;

/// Where another text is, whose place was taken by what was written.
pub type Aside = Option<PathBuf>;

/// Something to write, which goes through the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// A text that is to be sent.
    Send(Box<Writing>, Seen),
    /// An unfinished text, to be kept.
    KeepDraft(Box<Writing>, Seen),
    /// An unfinished text that is finished, or was given up.
    DropDraft(Subject, Seen),
    /// Something of the outbox is to be sent again.
    Retry(LocalId),
    /// Something of the outbox is to be thrown away.
    Discard(LocalId),
    /// Things thrown away are to come back.
    Restore(Thrown),
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
    /// Tags of a topic.
    Tag(TopicId, ChangeTags),
    /// A report to the moderators.
    Report {
        /// Of which post.
        post: PostId,
        /// Why.
        reason: ReportReason,
        /// What is said about it.
        comment: Option<Comment>,
    },
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
    /// The keyring waits for its owner.
    Keyring,
    /// Rows are being read.
    Syncing,
    /// Up to date, and following.
    Online,
    /// The server does not answer.
    Offline,
    /// The server does not accept the token any more.
    SignedOut,
    /// Another space is at the address now than the one that the copy is of.
    OtherSpace,
    /// The profile was made somebody else's, or another server's, in another terminal.
    OtherProfile,
    /// The server refused, for this reason.
    Failed(String),
}

/// How far a reading from the server has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Rows read so far.
    pub rows: usize,
    /// About how many it will be; unknown for changes.
    pub expected_rows: Option<usize>,
    /// About how many seconds it will take.
    pub seconds_left: Option<u64>,
}

/// What comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// The mouse was used.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resize(u16, u16),
    /// The replica answered.
    Answer(Ticket, Answer),
    /// Something was written to the outbox, or could not be, for this reason.
    Written(Write, Result<Aside, String>),
    /// Read marks were changed; what was marked before.
    Marked(Marking, Before),
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
    /// A reading has come so far.
    Reading(Reading),
    /// The copy was up to date at this moment.
    Synced(Timestamp),
    /// An editor ended; where another text is that an editor left before.
    Edited(Edited, Aside),
    /// Things of the outbox were thrown away.
    Discarded(Thrown),
    /// The text of a pane is to be kept, which has this number.
    KeepDue(u64),
    /// Nothing could let the program go on, were it stopped.
    NoShell,
    /// A screen stood unchanged for a while.
    Dwelt(u64),
    /// The colours of a piece of code.
    Coloured(Arc<Snippet>, Arc<Colours>),
    /// What became of a picture.
    Pictured(String, Picture),
    /// A picture is not ready any more; it is asked for again when it is seen.
    PictureGone(String),
    /// An address was opened, or could only be copied.
    Opened {
        /// The address.
        address: String,
        /// Whether a browser took it.
        is_opened: bool,
    },
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
    /// Find the colours of a piece of code.
    Colour(Arc<Snippet>),
    /// Load a picture.
    Picture {
        /// Its address, as its post has it.
        source: String,
        /// Columns and rows that it may take.
        most: (u16, u16),
    },
    /// Open an address outside of the space.
    Open(String),
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
