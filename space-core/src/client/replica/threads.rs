// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Posts, in their topics.

use rusqlite::Params;

use super::model::{self, Columns, POST};
use super::rows::{PostRow, ReplyMark};
use super::{Replica, ReplicaError};
use crate::client::database::Doing;
use crate::id::{MemberId, PostId, TopicId};

const DOING: &str = "reading posts";

const ROW: &str = "p.author, a.name, a.display_name, a.kind, coalesce(y.likes, 0),
    q.number, q.author, b.name, b.display_name, b.kind";

/// A post is there when its topic and category are.
const FROM: &str = "from post p
    cross join topic t on t.id = p.topic
    cross join category c on c.id = t.category
    left join member a on a.id = p.author
    left join post_tally y on y.id = p.id
    left join post q on q.id = p.reply_to and q.topic = p.topic
    left join member b on b.id = q.author";

impl Replica {
    /// Returns posts of a topic with `from_number` and higher, in order.
    pub fn thread(
        &self,
        topic: TopicId,
        from_number: i64,
        limit: usize,
    ) -> Result<Vec<PostRow>, ReplicaError> {
        let sql = format!(
            "select {POST}, {ROW} {FROM} where p.topic = ?1 and p.number >= ?2 order by p.number limit ?3"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.post_rows(&sql, [topic.get(), from_number, limit])
    }

    /// Returns a post.
    pub fn post(&self, post: PostId) -> Result<Option<PostRow>, ReplicaError> {
        let sql = format!("select {POST}, {ROW} {FROM} where p.id = ?1");
        Ok(self.post_rows(&sql, [post.get()])?.pop())
    }

    fn post_rows(&self, sql: &str, params: impl Params) -> Result<Vec<PostRow>, ReplicaError> {
        let mut statement = self.connection.prepare_cached(sql).doing(DOING)?;
        let mut found = statement.query(params).doing(DOING)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().doing(DOING)? {
            rows.push(post_row(&mut Columns::of(row))?);
        }
        Ok(rows)
    }
}

fn post_row(c: &mut Columns<'_>) -> Result<PostRow, ReplicaError> {
    let post = model::post(c)?;
    let author = model::person(c)?;
    let likes = c.next()?;
    let number: Option<i64> = c.next()?;
    let answered = match number {
        Some(_) => Some(model::person(c)?),
        None => c.id_or_none(MemberId::new)?.and(None),
    };
    let reply_to = post.reply_to.map(|id| ReplyMark {
        id,
        number,
        author: answered,
    });
    Ok(PostRow {
        post,
        author,
        likes,
        reply_to,
    })
}
