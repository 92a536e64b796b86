// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Names of everything one can go to, in pages: the newest first, so that a search by name can stop at any page.

use super::{Replica, ReplicaError};
use crate::id::{MemberId, TopicId};
use crate::text::folded;

impl Replica {
    /// Returns topics below an id and their titles, newest first.
    pub fn topic_titles(
        &self,
        below: Option<TopicId>,
        limit: usize,
    ) -> Result<Vec<(TopicId, String)>, ReplicaError> {
        let below = below.map_or(i64::MAX, TopicId::get);
        self.list_with(
            "select id, title from topic
             where id < ?1 and category in (select id from category) order by id desc limit ?2",
            [below, i64::try_from(limit).unwrap_or(i64::MAX)],
            |c| Ok((c.id(TopicId::new)?, c.next()?)),
        )
    }

    /// Returns names of members that begin so, in order of the alphabet; how they are cased does not matter.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method itself is not general enough over lifetimes"
    )]
    pub fn names_beginning(&self, start: &str, limit: usize) -> Result<Vec<String>, ReplicaError> {
        let start = folded(start);
        // Every text that begins so stands between it and it with the last of all characters.
        let sql =
            "select name from member where folded >= ?1 and folded < ?2 order by folded limit ?3";
        let end = format!("{start}\u{10ffff}");
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.list_with(sql, (start, end, limit), |c| c.next())
    }

    /// Returns members below an id and their names, newest first: what they are mentioned by, and what they show.
    pub fn member_names(
        &self,
        below: Option<MemberId>,
        limit: usize,
    ) -> Result<Vec<(MemberId, String, Option<String>)>, ReplicaError> {
        let below = below.map_or(i64::MAX, MemberId::get);
        self.list_with(
            "select id, name, display_name from member where id < ?1 order by id desc limit ?2",
            [below, i64::try_from(limit).unwrap_or(i64::MAX)],
            |c| Ok((c.id(MemberId::new)?, c.next()?, c.next()?)),
        )
    }
}
