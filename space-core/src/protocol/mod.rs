// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What travels on the wire: commands, their answers, feed rows and problems. Everything is JSON.
//!
//! A field that is absent means what its documentation says; fields a reader does not know are ignored,
//! so that clients and servers of different versions understand each other.

mod command;
mod device;
mod feed;
mod list;
mod moderation;
mod problem;
mod session;

pub use command::{
    CatchUp, CatchUpPlace, CaughtUpBefore, ChangeTags, CreateCategory, CreateGroup, EditPost,
    EditTopic, MarkRead, MarkWay, PutBookmark, Reply, SetAccess, StartTopic, StartedTopic,
};
pub use device::{AskForCode, AskForToken, BadCode, DeviceCodes, UserCode};
pub use feed::{Body, Cursor, FeedLine, FeedMode, FeedOlder, FeedOrder, FeedRow, Grant, Kind};
pub use list::{PostPage, TagLine, TagPage, TopicLine, TopicPage};
pub use moderation::{
    AcceptCode, CasePage, CreateReport, DecideCase, HidePost, Hidings, MeetVisitor, ReportReceipt,
};
pub use problem::{Conflict, Problem, ProblemCode};
pub use session::{
    ChangePassword, CreateToken, Hello, LogIn, NewToken, Session, SignedOut, TokenLine, Whoami,
};

/// The header that makes a command safe to repeat: the same key with the same command is done once.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The header in which a client says which space it means; see [`Space::identity`](crate::Space::identity). Another space
/// answers nothing else than [`ProblemCode::OtherSpace`].
pub const SPACE_IDENTITY: &str = "space-identity";

/// Characters an idempotency key may have at most; a UUID has 36.
pub const IDEMPOTENCY_KEY_MAX: usize = 64;

/// The header that names the visitor whom a bridge acts for: their account's id. It goes with commands alone.
pub const ACTING_FOR: &str = "space-acting-for";

#[cfg(test)]
mod tests;
