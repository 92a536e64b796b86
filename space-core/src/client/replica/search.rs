// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Full-text search, newest first: the rows of the index come in the order of time, so a page stops early.

use super::model::{self, Columns, MARK};
use super::rows::SearchHit;
use super::words::Words;
use super::{Replica, ReplicaError};
use crate::client::database::Doing;
use crate::id::{PostId, TopicId};

const DOING: &str = "searching";

impl Replica {
    /// Finds posts, newest first: words (all of them; the last one may be the beginning of a word), "quoted
    /// phrases", and -words that must not be there. Any text is a query; one without words finds nothing.
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<SearchHit>, ReplicaError> {
        self.search_before(query, None, limit)
    }

    /// Like [`Replica::search`], older than `before`: the next page.
    pub fn search_before(
        &self,
        query: &str,
        before: Option<PostId>,
        limit: usize,
    ) -> Result<Vec<SearchHit>, ReplicaError> {
        let words = Words::parse(query);
        let Some(expression) = words.expression() else {
            return Ok(Vec::new());
        };
        // Cross joins keep the index in the lead. Topics that are in no list are not found either.
        let sql = format!(
            "select p.id, p.number, t.id, t.title, {MARK}, p.author, a.name, a.display_name, a.kind, p.created_at, p.source
             from post_text f
             cross join post p on p.id = f.rowid
             cross join topic t on t.id = p.topic
             cross join category c on c.id = t.category
             left join member a on a.id = p.author
             where f.post_text match ?1 and f.rowid < ?2 and t.is_listed
             order by f.rowid desc limit ?3"
        );
        let mut statement = self.connection.prepare_cached(&sql).doing(DOING)?;
        let mut found = statement
            .query(rusqlite::params![
                expression,
                before.map_or(i64::MAX, PostId::get),
                i64::try_from(limit).unwrap_or(i64::MAX)
            ])
            .doing(DOING)?;
        let mut hits = Vec::new();
        while let Some(row) = found.next().doing(DOING)? {
            hits.push(hit(&mut Columns::of(row), &words)?);
        }
        Ok(hits)
    }
}

fn hit(c: &mut Columns<'_>, words: &Words) -> Result<SearchHit, ReplicaError> {
    Ok(SearchHit {
        post: c.id(PostId::new)?,
        number: c.next()?,
        topic: c.id(TopicId::new)?,
        title: c.next()?,
        category: model::mark(c)?,
        author: model::person(c)?,
        created_at: c.moment()?,
        snippet: words.snippet(&super::text::plain(&c.next::<String>()?)),
    })
}
