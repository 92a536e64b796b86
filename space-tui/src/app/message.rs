// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What comes in, and what the model asks for.

use std::sync::Arc;

use space_core::{PostId, TopicId};

use super::items::{HitItem, Overview, PostItem, PostKey, ThreadPart, TopicKey, TopicsPart};
use super::keys::Key;
use crate::screens::rendered::{Colours, Picture, Snippet};

/// Names the asking screen, and which of its questions this is; an answer to an older question is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket {
    /// The screen.
    pub screen: u64,
    /// Rises with every question.
    pub generation: u64,
}

/// Which topics a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Filter {
    /// All, latest activity first.
    #[default]
    Latest,
    /// Those that were read before and have newer posts.
    Unread,
    /// Those that were never opened.
    New,
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
    Find(i64),
    /// Posts that contain words.
    Search {
        /// What was typed.
        words: String,
        /// How many at most.
        limit: usize,
    },
    /// A topic with something unread, other than this one: the next in the list, else the first.
    NextUnread {
        /// The topic that the reader is in.
        after: Option<TopicKey>,
    },
    /// How things stand.
    Overview,
}

/// What the replica answers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant answers the query of its name")]
pub enum Answer {
    Topics(TopicsPart),
    Thread(Box<ThreadPart>),
    Post(Option<Box<PostItem>>),
    Find(Option<(TopicId, Place)>),
    Search(Vec<HitItem>),
    NextUnread(Option<TopicId>),
    Overview(Overview),
    /// It could not be answered, for this reason.
    Failed(String),
}

/// Something to write, which goes through the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// A reply.
    Reply {
        /// In which topic.
        topic: TopicId,
        /// To which post.
        reply_to: Option<PostId>,
        /// What it says.
        source: String,
    },
    /// How far the reader has read.
    MarkRead {
        /// In which topic.
        topic: TopicId,
        /// The highest post number.
        number: i64,
    },
}

/// A reply about to be written in an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// In which topic.
    pub topic: TopicId,
    /// To which post.
    pub reply_to: Option<PostId>,
    /// The title of the topic.
    pub title: String,
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
    Edited(Draft, Edited),
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
    /// Sync now.
    Sync,
    /// Have a reply written in an editor.
    Edit(Draft),
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
