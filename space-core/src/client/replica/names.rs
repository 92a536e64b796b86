// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Names of everything one can go to, in pages: the newest first, so that a search by name can stop at any page.

use super::{Replica, ReplicaError};
use crate::id::{MemberId, TopicId};

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
