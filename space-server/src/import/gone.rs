// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What documents prove to be gone from the old forum, or not to be for everyone any more.
//!
//! Only a document proves that: of a topic that it is removed, private or not shown; of a post that it is removed,
//! taken back or for staff; and the list of all posts of a topic that a post is on it no more. What an archive does not
//! mention is not gone, unless whoever imports it says that the archive is whole.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use space_core::Timestamp;

use super::gather;

/// Why something is not shown any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// It was removed.
    Removed,
    /// Its author took it back.
    TakenBack,
    /// It is for staff alone.
    Whisper,
    /// It is a conversation between named people.
    Private,
    /// The forum does not show it to everyone.
    Closed,
    /// All of its posts are gone.
    Emptied,
    /// The list of its topic's posts does not name it.
    Unlisted,
    /// It is in another topic, which is not for everyone.
    Elsewhere,
    /// The archive, which is whole, does not mention it.
    Absent,
}

impl Why {
    /// Says it in a few words.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Removed => "was removed",
            Self::TakenBack => "was taken back by its author",
            Self::Whisper => "was made a post for staff",
            Self::Private => "was made private",
            Self::Closed => "is not shown to everyone",
            Self::Emptied => "has no posts left",
            Self::Unlisted => "is not in the list of its topic's posts",
            Self::Elsewhere => "was moved to a topic that is not for everyone",
            Self::Absent => "is not in the archive, which is whole",
        }
    }
}

/// A topic that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GoneTopic {
    pub(crate) why: Why,
    /// 0 where they are not told.
    pub(crate) views: i64,
    pub(crate) seen_at: Timestamp,
    /// When it may have begun.
    pub(crate) created_at: Vec<Timestamp>,
    pub(crate) posts: Vec<i64>,
}

/// A post that is gone, in a topic that may still be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GonePost {
    /// The topic's id in the source.
    pub(crate) topic: i64,
    pub(crate) number: Option<i64>,
    pub(crate) why: Why,
    pub(crate) updated_at: Timestamp,
}

/// What is gone, and what could prove that more is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Gone {
    /// By id in the source.
    pub(crate) topics: BTreeMap<i64, GoneTopic>,
    /// By id in the source.
    pub(crate) posts: BTreeMap<i64, GonePost>,
    /// Topics of which all posts are named.
    pub(crate) listed: BTreeSet<i64>,
    /// Topics that a document is about.
    pub(crate) mentioned: BTreeSet<i64>,
    /// Posts that a document has or names.
    pub(crate) named: HashSet<i64>,
}

impl Gone {
    /// Returns whether anything is gone.
    pub(crate) fn is_anything(&self) -> bool {
        !self.topics.is_empty() || !self.posts.is_empty()
    }

    /// Notes what documents mention.
    pub(crate) fn of(topics: &BTreeMap<i64, gather::Topic>) -> Self {
        let named = topics
            .values()
            .flat_map(|topic| topic.doc.stream.iter().chain(topic.posts.keys()).copied())
            .collect();
        Self {
            mentioned: topics.keys().copied().collect(),
            named,
            ..Self::default()
        }
    }
}
