// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Which tags there are.

use super::rows::TagRow;
use super::search_plan::{NEAR, collected, near};
use super::{Replica, ReplicaError};
use crate::client::database::Doing;
use crate::tag::Tag;

/// Tags that are looked through for one that may have been meant.
const LOOKED_THROUGH: usize = 5_000;

impl Replica {
    /// Lists all tags in the order of their characters, with how many topics have each.
    pub fn tags(&self) -> Result<Vec<TagRow>, ReplicaError> {
        const DOING: &str = "listing tags";
        let mut statement = self
            .connection
            .prepare_cached("select tag, count(*) from topic_tag group by tag order by tag")
            .doing(DOING)?;
        let mut found = statement.query([]).doing(DOING)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().doing(DOING)? {
            let tag: String = row.get(0).doing(DOING)?;
            rows.push(TagRow {
                tag: super::model::parse(&tag)?,
                topics: row.get(1).doing(DOING)?,
            });
        }
        Ok(rows)
    }

    /// Returns tags that begin with a text, those of most topics first.
    pub fn tags_like(&self, beginning: &str, limit: usize) -> Result<Vec<String>, ReplicaError> {
        // What is typed so far may be no tag yet; it only has to be written like one.
        let beginning =
            Tag::parse(beginning).map_or_else(|_| beginning.to_lowercase(), |tag| tag.to_string());
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let end = format!("{beginning}\u{10FFFF}");
        let mut statement = self.prepared(
            "select tag from topic_tag where tag >= ?1 and tag < ?2 group by tag order by count(*) desc, tag limit ?3",
        )?;
        collected(statement.query_map((beginning, end, limit), |row| row.get(0)))
    }

    pub(super) fn has_tag(&self, tag: &Tag) -> Result<bool, ReplicaError> {
        let found = self.number(
            "select 1 from topic_tag where tag = ?1 limit 1",
            [tag.as_str()],
        )?;
        Ok(found.is_some())
    }

    pub(super) fn tags_near(&self, tag: &Tag) -> Result<Vec<String>, ReplicaError> {
        let begin = self.tags_like(tag.as_str(), NEAR)?;
        if !begin.is_empty() {
            return Ok(begin);
        }
        Ok(near(tag.as_str(), &self.tags_like("", LOOKED_THROUGH)?))
    }
}
