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
//! | visitor | somebody known only from a chat network, by mail, or from an import |
//! | group | a named set of members; may be closed |
//! | mirror | the binding of a category (or topic) to a room on a network |
//! | bridge | the daemon that keeps mirrors in step |
//! | feed | the ordered, compacted change feed that every follower reads |
//! | scope | who may see a feed row |
//! | cursor | a sealed text that says how far a follower has read the feed |

pub mod category;
mod chain;
#[cfg(feature = "client")]
pub mod client;
pub mod group;
pub mod id;
pub mod language;
pub mod markup;
pub mod member;
pub mod policy;
pub mod post;
pub mod protocol;
pub mod scope;
pub mod space;
pub mod text;
pub mod time;
pub mod topic;
pub mod words;

pub use category::{Access, AccessRule, Audience, Category, Colour, Level};
pub use chain::chain;
pub use group::Group;
pub use id::{CategoryId, GroupId, MemberId, PostId, TokenId, TopicId};
pub use language::Language;
pub use member::{Member, MemberKind, Role};
pub use post::{Post, PostKind, PostTally};
pub use scope::Scope;
pub use space::Space;
pub use time::{Clock, Entropy, Timestamp};
pub use topic::{ReadPosition, Topic, TopicTally};
