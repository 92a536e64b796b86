// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The feed: every change that a reader may see, as rows of JSON, one a line.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::bookmark::Bookmark;
use crate::category::Category;
use crate::group::Group;
use crate::member::Member;
use crate::post::{Post, PostTally};
use crate::scope::Scope;
use crate::space::Space;
use crate::topic::{CaughtUp, ReadPosition, Topic, TopicTally};
use crate::words::words;

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The space itself. Its id is 1.
    Space,
    /// A category.
    Category,
    /// A group.
    Group,
    /// A member.
    Member,
    /// A topic.
    Topic,
    /// A post.
    Post,
    /// The numbers of a topic. Its id is the topic's.
    TopicTally,
    /// The numbers of a post. Its id is the post's.
    PostTally,
    /// How far a member has read a topic. Its id is the topic's.
    ReadPosition,
    /// A bookmark of a member. Its id is that of the topic or post.
    Bookmark,
    /// Until when a member has caught up. Its id is the category's, or 1 for everywhere.
    CaughtUp,
    /// A scope that the member may read. Its id is that of the category or group, or below 100 for a role.
    Grant,
}

words!(Kind {
    Space = "space",
    Category = "category",
    Group = "group",
    Member = "member",
    Topic = "topic",
    Post = "post",
    TopicTally = "topic_tally",
    PostTally = "post_tally",
    ReadPosition = "read_position",
    Bookmark = "bookmark",
    CaughtUp = "caught_up",
    Grant = "grant",
});

impl Kind {
    /// Returns whether a first read delivers it before everything else, because other rows name it.
    pub fn is_frame(self) -> bool {
        matches!(
            self,
            Self::Space | Self::Category | Self::Group | Self::Member
        )
    }
}

/// How to read the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeedMode {
    /// Answers at once with what there is.
    #[default]
    Page,
    /// Answers as soon as there is something to see, or after 30 seconds.
    Wait,
    /// Never ends: rows as they come, a cursor line after each batch, an empty line every 15 seconds.
    Follow,
}

words!(FeedMode { Page = "page", Wait = "wait", Follow = "follow" });

/// In which order a first read delivers what is not of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeedOrder {
    /// As it came about: for whoever tells it on, such as a bridge.
    #[default]
    Oldest,
    /// Page by page backwards, so that the latest can be read while the rest is still coming. Each page begins with
    /// what has changed meanwhile. A page is one run of rows in the order of their last change, or several when it is
    /// long, the newest run first; a topic comes with the latest of its posts.
    Newest,
}

words!(FeedOrder { Oldest = "oldest", Newest = "newest" });

/// What a read with [`order=newest`](FeedOrder::Newest) does about what is older than what was read so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeedOlder {
    /// Reads on, to the oldest.
    #[default]
    Now,
    /// Leaves it for later: only changes are read, and the cursor keeps where the older rows begin.
    Later,
}

words!(FeedOlder { Now = "now", Later = "later" });

/// How far a follower has read: a sealed text that only the server understands.
///
/// It is kept and given back, nothing else; outsiders learn nothing from it, not even that something
/// happened that they may not see.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Cursor(pub String);

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A scope that the member may read. The row is there while they may, and gone when they may not.
///
/// On a new grant a follower reads that scope from zero (`scope=...`), then goes on from its cursor. The row of a grant that
/// is gone has nothing but an `id`, which is the number of the scope: `12` for `category:12` and `group:12`, which share one
/// space of numbers; 1 to 5 for `role:owner`, `role:administrator`, `role:moderator`, `role:editor` and `role:panel`. The
/// follower then wipes every row that it holds of that scope, whether or not it ever saw the grant: rows of a scope may
/// arrive before the grant does, and a page may end in between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Grant {
    /// The scope.
    pub scope: Scope,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[expect(missing_docs, reason = "each variant is the type it holds")]
pub enum Body {
    Space(Space),
    Category(Category),
    Group(Group),
    Member(Member),
    Topic(Topic),
    Post(Post),
    TopicTally(TopicTally),
    PostTally(PostTally),
    ReadPosition(ReadPosition),
    Bookmark(Bookmark),
    CaughtUp(CaughtUp),
    Grant(Grant),
}

impl Body {
    /// Returns what it is about.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Space(_) => Kind::Space,
            Self::Category(_) => Kind::Category,
            Self::Group(_) => Kind::Group,
            Self::Member(_) => Kind::Member,
            Self::Topic(_) => Kind::Topic,
            Self::Post(_) => Kind::Post,
            Self::TopicTally(_) => Kind::TopicTally,
            Self::PostTally(_) => Kind::PostTally,
            Self::ReadPosition(_) => Kind::ReadPosition,
            Self::Bookmark(_) => Kind::Bookmark,
            Self::CaughtUp(_) => Kind::CaughtUp,
            Self::Grant(_) => Kind::Grant,
        }
    }

    /// Reads the body of a row of a known kind.
    fn read(kind: Kind, json: &str) -> serde_json::Result<Self> {
        Ok(match kind {
            Kind::Space => Self::Space(serde_json::from_str(json)?),
            Kind::Category => Self::Category(serde_json::from_str(json)?),
            Kind::Group => Self::Group(serde_json::from_str(json)?),
            Kind::Member => Self::Member(serde_json::from_str(json)?),
            Kind::Topic => Self::Topic(serde_json::from_str(json)?),
            Kind::Post => Self::Post(serde_json::from_str(json)?),
            Kind::TopicTally => Self::TopicTally(serde_json::from_str(json)?),
            Kind::PostTally => Self::PostTally(serde_json::from_str(json)?),
            Kind::ReadPosition => Self::ReadPosition(serde_json::from_str(json)?),
            Kind::Bookmark => Self::Bookmark(serde_json::from_str(json)?),
            Kind::CaughtUp => Self::CaughtUp(serde_json::from_str(json)?),
            Kind::Grant => Self::Grant(serde_json::from_str(json)?),
        })
    }
}

/// One row: the present state of one thing, or that it is gone from a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedRow {
    /// Who may see it.
    pub scope: Scope,
    /// What it is about.
    pub kind: Kind,
    /// Which thing.
    pub id: i64,
    /// What it says; `None` when the thing is gone from this scope (it may live on in another).
    pub body: Option<Body>,
}

/// One line of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedLine {
    /// A row.
    Row(FeedRow),
    /// The end of a batch: keep this cursor together with the rows before it.
    Cursor {
        /// Where to go on.
        cursor: Cursor,
        /// Whether there is more to read at once.
        more: bool,
    },
    /// Nothing; the connection is alive.
    Idle,
    /// A row of a kind or scope that this version does not know: to be skipped.
    Unknown,
}

#[derive(Serialize)]
struct RowOut<'a> {
    scope: Scope,
    kind: Kind,
    id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a Body>,
    #[serde(skip_serializing_if = "crate::topic::is_false")]
    gone: bool,
}

#[derive(Serialize)]
struct CursorOut<'a> {
    cursor: &'a Cursor,
    more: bool,
}

#[derive(Deserialize)]
struct LineIn<'a> {
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    id: i64,
    #[serde(default, borrow)]
    body: Option<&'a RawValue>,
    #[serde(default)]
    gone: bool,
    #[serde(default)]
    cursor: Option<Cursor>,
    #[serde(default)]
    more: bool,
}

/// Why a line of the feed could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FeedLineError {
    /// It is not JSON, or a body does not have the shape of its kind.
    #[error("a line of the feed cannot be read")]
    Json(#[from] serde_json::Error),
    /// It is neither a row nor a cursor.
    #[error("a line of the feed is neither a row nor a cursor")]
    Neither,
}

impl FeedRow {
    /// Appends the row as one line of JSON.
    pub fn write(&self, out: &mut Vec<u8>) -> serde_json::Result<()> {
        let row = RowOut {
            scope: self.scope,
            kind: self.kind,
            id: self.id,
            body: self.body.as_ref(),
            gone: self.body.is_none(),
        };
        serde_json::to_writer(&mut *out, &row)?;
        out.push(b'\n');
        Ok(())
    }
}

impl FeedLine {
    /// Appends the line, with its line end.
    pub fn write(&self, out: &mut Vec<u8>) -> serde_json::Result<()> {
        match self {
            Self::Row(row) => return row.write(out),
            Self::Cursor { cursor, more } => serde_json::to_writer(
                &mut *out,
                &CursorOut {
                    cursor,
                    more: *more,
                },
            )?,
            Self::Idle | Self::Unknown => {}
        }
        out.push(b'\n');
        Ok(())
    }

    /// Reads one line, without its line end.
    pub fn read(line: &str) -> Result<Self, FeedLineError> {
        if line.trim().is_empty() {
            return Ok(Self::Idle);
        }
        let line: LineIn<'_> = serde_json::from_str(line)?;
        if let Some(cursor) = line.cursor {
            return Ok(Self::Cursor {
                cursor,
                more: line.more,
            });
        }
        let (Some(scope), Some(kind)) = (line.scope, line.kind) else {
            return Err(FeedLineError::Neither);
        };
        let (Ok(scope), Ok(kind)) = (scope.parse(), kind.parse()) else {
            return Ok(Self::Unknown);
        };
        let body = match (line.gone, line.body) {
            (true, _) => None,
            (false, Some(body)) => Some(Body::read(kind, body.get())?),
            (false, None) => return Err(FeedLineError::Neither),
        };
        Ok(Self::Row(FeedRow {
            scope,
            kind,
            id: line.id,
            body,
        }))
    }
}
