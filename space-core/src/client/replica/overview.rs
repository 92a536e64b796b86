// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! People, numbers that name things, and how much there is.

use super::model::{self, CATEGORY, GROUP, MEMBER};
use super::rows::{Counts, Found};
use super::{Replica, ReplicaError};
use crate::id::{MemberId, PostId, TopicId};
use crate::member::Member;
use crate::text::folded;

impl Replica {
    /// Returns a member.
    pub fn member(&self, member: MemberId) -> Result<Option<Member>, ReplicaError> {
        self.one(
            &format!("select {MEMBER} from member m where m.id = ?1"),
            [member.get()],
            model::member,
        )
    }

    /// Returns the member of that name, however it is cased.
    pub fn member_named(&self, name: &str) -> Result<Option<Member>, ReplicaError> {
        self.one(
            &format!("select {MEMBER} from member m where m.folded = ?1 order by m.id limit 1"),
            [folded(name)],
            model::member,
        )
    }

    /// Returns what `#id` names.
    pub fn find(&self, id: i64) -> Result<Option<Found>, ReplicaError> {
        if let Some(topic) = TopicId::new(id)
            .map(|id| self.topic(id))
            .transpose()?
            .flatten()
        {
            return Ok(Some(Found::Topic(topic)));
        }
        if let Some(post) = PostId::new(id)
            .map(|id| self.post(id))
            .transpose()?
            .flatten()
        {
            return Ok(Some(Found::Post(post)));
        }
        if let Some(member) = MemberId::new(id)
            .map(|id| self.member(id))
            .transpose()?
            .flatten()
        {
            return Ok(Some(Found::Member(member)));
        }
        let category = format!("select {CATEGORY} from category c where c.id = ?1");
        if let Some(category) = self.one(&category, [id], model::category)? {
            return Ok(Some(Found::Category(category)));
        }
        let group = format!("select {GROUP} from community_group g where g.id = ?1");
        Ok(self.one(&group, [id], model::group)?.map(Found::Group))
    }

    /// Counts what can be seen. It looks at everything: for a status screen, not for every frame.
    pub fn counts(&self) -> Result<Counts, ReplicaError> {
        let counts = self.one(
            "select (select count(*) from category),
                (select count(*) from topic where category in (select id from category)),
                (select count(*) from topic t cross join post p on p.topic = t.id
                    where t.category in (select id from category)),
                (select count(*) from member)",
            [],
            |c| {
                Ok(Counts {
                    categories: c.next()?,
                    topics: c.next()?,
                    posts: c.next()?,
                    members: c.next()?,
                })
            },
        )?;
        Ok(counts.unwrap_or_default())
    }
}
