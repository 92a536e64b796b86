// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The local copy of a space: what the feed delivered, with full-text search.

mod error;
mod rows;

use std::path::Path;

use crate::group::Group;
use crate::id::{CategoryId, MemberId, PostId, TopicId};
use crate::member::Member;
use crate::protocol::{Cursor, FeedRow};
use crate::scope::Scope;
use crate::space::Space;
use crate::time::Timestamp;

pub use error::ReplicaError;
pub use rows::{
    Attention, CategoryMark, CategoryRow, Counts, Found, Person, PostRow, ReplyMark, SearchHit,
    Snippet, TopicKey, TopicOrder, TopicQuery, TopicRow, TopicState,
};

/// The local copy of a space.
///
/// Any number of them may be open on one file, in any threads and processes.
#[derive(Debug)]
pub struct Replica {}

/// What a batch of rows changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// Things that are new, or not as they were.
    pub changed: usize,
    /// Things that are gone.
    pub gone: usize,
    /// Scopes that must now be read from zero; see [`Replica::pending_scopes`].
    pub granted: Vec<Scope>,
    /// Scopes that may no longer be read; what was held of them is wiped.
    pub revoked: Vec<Scope>,
}

/// A scope that was granted and is not completely read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingScope {
    /// The scope.
    pub scope: Scope,
    /// How far it was read; from zero when absent.
    pub cursor: Option<Cursor>,
    /// Which grant of it this is; a later one makes this one void.
    pub(super) generation: i64,
}

impl Replica {
    /// Opens the replica at `path`, or makes a new one that only its owner can read.
    pub fn open(_path: &Path) -> Result<Self, ReplicaError> {
        unimplemented!()
    }

    /// Makes a replica that lives as long as this value.
    pub fn open_in_memory() -> Result<Self, ReplicaError> {
        unimplemented!()
    }

    /// Returns a number that changes when another connection has changed the file.
    pub fn version(&self) -> Result<i64, ReplicaError> {
        unimplemented!()
    }

    // ---- following the feed ----

    /// Returns how far the feed has been read.
    pub fn cursor(&self) -> Result<Option<Cursor>, ReplicaError> {
        unimplemented!()
    }

    /// Takes in rows, and the cursor behind them, in one transaction. Taking in the same rows twice is the same
    /// as once.
    pub fn apply(
        &mut self,
        _rows: &[FeedRow],
        _cursor: Option<&Cursor>,
    ) -> Result<Applied, ReplicaError> {
        unimplemented!()
    }

    /// Like [`Replica::apply`] for rows that were read `since` a cursor.
    ///
    /// # Errors
    /// [`ReplicaError::MovedOn`] when the replica's cursor is another one by now, because another
    /// follower took in rows in the meantime: read again from the present cursor.
    pub fn apply_since(
        &mut self,
        _since: Option<&Cursor>,
        _rows: &[FeedRow],
        _cursor: &Cursor,
    ) -> Result<Applied, ReplicaError> {
        unimplemented!()
    }

    /// Returns the scopes that were granted and are not completely read yet. They survive a restart.
    pub fn pending_scopes(&self) -> Result<Vec<PendingScope>, ReplicaError> {
        unimplemented!()
    }

    /// Takes in rows that were read of a pending scope alone, and the cursor of that reading.
    ///
    /// # Errors
    /// [`ReplicaError::MovedOn`] when the scope is no longer pending, or was granted anew.
    pub fn apply_scope(
        &mut self,
        _pending: &PendingScope,
        _rows: &[FeedRow],
        _cursor: &Cursor,
    ) -> Result<Applied, ReplicaError> {
        unimplemented!()
    }

    /// Notes that a pending scope was read to its end, and drops what this reading did not deliver.
    pub fn finish_scope(&mut self, _scope: &Scope) -> Result<(), ReplicaError> {
        unimplemented!()
    }

    /// Notes that a pending scope must be read from zero again, as its cursor is gone.
    pub fn restart_scope(&mut self, _scope: &Scope) -> Result<(), ReplicaError> {
        unimplemented!()
    }

    /// Begins to read everything from zero again, as the cursor is gone. Everything stays visible meanwhile.
    pub fn begin_reread(&mut self) -> Result<(), ReplicaError> {
        unimplemented!()
    }

    /// Returns whether everything is being read from zero again.
    pub fn is_rereading(&self) -> Result<bool, ReplicaError> {
        unimplemented!()
    }

    /// Drops what was not delivered since [`Replica::begin_reread`]. Call it at the end of the feed, once no
    /// scope is pending. Without a reading going on it does nothing.
    pub fn finish_reread(&mut self) -> Result<(), ReplicaError> {
        unimplemented!()
    }

    // ---- whose replica ----

    /// Returns whose replica it is; `None` for somebody signed out.
    pub fn me(&self) -> Result<Option<MemberId>, ReplicaError> {
        unimplemented!()
    }

    /// Notes whose replica it is.
    pub fn set_me(&mut self, _me: Option<MemberId>) -> Result<(), ReplicaError> {
        unimplemented!()
    }

    /// Counts topics that began before `moment` as not new: "mark everything as seen". Until this is called, topics
    /// from before one's account began are not new.
    pub fn set_new_since(&mut self, _moment: Timestamp) -> Result<(), ReplicaError> {
        unimplemented!()
    }

    // ---- queries ----

    /// Returns the space; `None` before anything was read.
    pub fn space(&self) -> Result<Option<Space>, ReplicaError> {
        unimplemented!()
    }

    /// Returns the tree of categories, each before those below it, siblings by position and name.
    pub fn categories(&self) -> Result<Vec<CategoryRow>, ReplicaError> {
        unimplemented!()
    }

    /// Returns what waits in the whole space.
    pub fn attention(&self) -> Result<Attention, ReplicaError> {
        unimplemented!()
    }

    /// Returns the groups that can be seen, by name.
    pub fn groups(&self) -> Result<Vec<Group>, ReplicaError> {
        unimplemented!()
    }

    /// Lists topics. The cost depends on `limit`, not on the size of the space.
    pub fn topics(&self, _query: &TopicQuery) -> Result<Vec<TopicRow>, ReplicaError> {
        unimplemented!()
    }

    /// Returns a topic.
    pub fn topic(&self, _topic: TopicId) -> Result<Option<TopicRow>, ReplicaError> {
        unimplemented!()
    }

    /// Returns posts of a topic with `from_number` and higher, in order.
    pub fn thread(
        &self,
        _topic: TopicId,
        _from_number: i64,
        _limit: usize,
    ) -> Result<Vec<PostRow>, ReplicaError> {
        unimplemented!()
    }

    /// Returns a post.
    pub fn post(&self, _post: PostId) -> Result<Option<PostRow>, ReplicaError> {
        unimplemented!()
    }

    /// Returns what `#id` names.
    pub fn find(&self, _id: i64) -> Result<Option<Found>, ReplicaError> {
        unimplemented!()
    }

    /// Finds posts, newest first: words (all of them; the last one may be the beginning of a word), "quoted
    /// phrases", and -words that must not be there. Any text is a query; one without words finds nothing.
    pub fn search(&self, _query: &str, _limit: usize) -> Result<Vec<SearchHit>, ReplicaError> {
        unimplemented!()
    }

    /// Like [`Replica::search`], older than `before`: the next page.
    pub fn search_before(
        &self,
        _query: &str,
        _before: Option<PostId>,
        _limit: usize,
    ) -> Result<Vec<SearchHit>, ReplicaError> {
        unimplemented!()
    }

    /// Returns a member.
    pub fn member(&self, _member: MemberId) -> Result<Option<Member>, ReplicaError> {
        unimplemented!()
    }

    /// Returns the member of that name, however it is cased.
    pub fn member_named(&self, _name: &str) -> Result<Option<Member>, ReplicaError> {
        unimplemented!()
    }

    /// Returns the category of that short name.
    pub fn category_named(&self, _slug: &str) -> Result<Option<CategoryId>, ReplicaError> {
        unimplemented!()
    }

    /// Counts what can be seen. It looks at everything: for a status screen, not for every frame.
    pub fn counts(&self) -> Result<Counts, ReplicaError> {
        unimplemented!()
    }

    // ---- reading ----

    /// Returns the highest post number that was read, here or elsewhere; `None` when the topic was never opened.
    pub fn read_position(&self, _topic: TopicId) -> Result<Option<i64>, ReplicaError> {
        unimplemented!()
    }

    /// Returns the number of the first post that was not read; `None` when all were.
    pub fn first_unread(&self, _topic: TopicId) -> Result<Option<i64>, ReplicaError> {
        unimplemented!()
    }

    /// Marks as read at once; the server's word replaces it once nothing about this topic waits in the outbox.
    pub fn mark_read_local(&mut self, _topic: TopicId, _number: i64) -> Result<(), ReplicaError> {
        unimplemented!()
    }
}
