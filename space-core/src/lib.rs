// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What things are in Space, who may do what, what travels on the wire, and how text is rendered.
//!
//! Without features this crate does no I/O: it reads no clock, no random source, no environment and no
//! file. The words below are used alike in SQL, JSON, code, screens and chat commands.
//!
//! | word | meaning |
//! |---|---|
//! | space | one installation: one server, one community |
//! | category | a place for topics, in a tree at most three deep; has access rules, a look, a language |
//! | topic | a titled conversation in a category; its first post is post 1 |
//! | post | one contribution; CommonMark source is canonical; may reply to another post |
//! | member | a person's account; staff accounts, bots and visitors are other kinds of account |
//! | visitor | somebody known only from a chat network, by mail, or from an import; a bridge acts for them |
//! | tag | a word under which topics of all categories are found |
//! | group | a named set of members; may be closed |
//! | report | a confidential flag on a post; who made it is told to nobody |
//! | case | all reports on one thing, with evidence and what was decided |
//! | code | the code of conduct: versioned, accepted by who writes |
//! | mirror | the binding of a category (or topic) to a room on a network |
//! | bridge | the daemon that keeps mirrors in step |
//! | feed | the ordered, compacted change feed that every follower reads |
//! | scope | who may see a feed row |
//! | read position | how far a member has read a topic; theirs alone |
//! | caught up | until when a member counts everything as read, in a category or everywhere |
//! | bookmark | a mark that a member has put in a topic or post; theirs alone |
//! | cursor | a sealed text that says how far a follower has read the feed |

pub mod bookmark;
pub mod case;
pub mod category;
mod chain;
#[cfg(feature = "client")]
pub mod client;
pub mod code;
pub mod group;
pub mod id;
pub mod language;
pub mod markup;
pub mod member;
pub mod nearest;
pub mod policy;
pub mod post;
pub mod protocol;
pub mod reading;
pub mod scope;
pub mod search;
#[cfg(feature = "secret-file")]
pub mod secret_file;
pub mod space;
pub mod tag;
pub mod text;
pub mod time;
pub mod topic;
pub mod words;

pub use bookmark::Bookmark;
pub use case::{Case, CaseState, Evidence, Outcome, Report, ReportReason};
pub use category::{Access, AccessRule, Audience, Category, Colour, Level};
pub use chain::chain;
pub use code::Code;
pub use group::Group;
pub use id::{CaseId, CategoryId, GroupId, MemberId, PostId, TokenId, TopicId};
pub use language::Language;
pub use member::{Member, MemberKind, Role, Visitor};
pub use post::{HiddenPost, Hiding, Post, PostKind, PostTally};
pub use reading::ReadState;
pub use scope::Scope;
pub use space::Space;
pub use tag::{Tag, Tags};
pub use time::{Clock, Entropy, Timestamp};
pub use topic::{CaughtUp, ReadPosition, Topic, TopicTally};
