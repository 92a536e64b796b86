// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Fills a space with posts, straight into its file: a million of them over HTTP would take minutes.
//!
//! The file has the server's own schema, made by the server; no server runs while it is filled. Topics of eight
//! posts grow a hundred at a time, so that the posts of a topic lie as scattered as in a living forum. Each thing has
//! its row in the feed, in the order in which it would have come.

use std::path::Path;

use rusqlite::{Connection, params};

use crate::texts::Writer;

/// How many posts a topic has.
pub(crate) const POSTS: usize = 8;

/// How many topics grow at the same time.
const TOPICS: usize = 100;

/// How many groups of topics go into one transaction.
const GROUPS: usize = 25;

/// When the first post was written: 2015-01-01.
const BEGINNING: i64 = 1_420_070_400_000;

/// How far apart posts are: four minutes.
const STEP: i64 = 240_000;

/// What to put in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Forum {
    /// Where.
    pub(crate) category: i64,
    /// Whether everyone may see it.
    pub(crate) is_open: bool,
    /// How many posts; full groups of topics are made, so there may be some more.
    pub(crate) posts: usize,
}

/// Puts posts in.
pub(crate) fn fill(file: &Path, forum: Forum) -> anyhow::Result<()> {
    let mut db = Connection::open(file)?;
    // A file that is made for this run only: nothing is lost if the power is.
    db.pragma_update(None, "synchronous", "off")?;
    db.pragma_update(None, "cache_size", -262_144)?;
    let scope = if forum.is_open {
        "public".to_owned()
    } else {
        format!("category:{}", forum.category)
    };
    let authors: Vec<i64> = db
        .prepare("select id from member order by id")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let (mut seq, mut id): (i64, i64) = db.query_row("select seq, id from head", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    let mut texts = Writer::new();
    let groups = forum.posts.div_ceil(POSTS * TOPICS);
    let mut now = BEGINNING;
    let mut done = 0;
    while done < groups {
        let tx = db.transaction()?;
        {
            let mut topic = tx.prepare_cached(
                "insert into topic (id, category_id, author_id, title, is_closed, is_archived, is_pinned,
                 is_unlisted, created_at, revision, posts, last_number, last_post_at, last_poster_id, views, likes)
                 values (?1, ?2, ?3, ?4, false, false, false, false, ?5, 1, ?6, ?6, ?7, ?3, 100, 3)",
            )?;
            let mut post = tx.prepare_cached(
                "insert into post (id, topic_id, number, author_id, kind, source, is_hidden, likes, created_at,
                 revision) values (?1, ?2, ?3, ?4, 'regular', ?5, false, 0, ?6, 1)",
            )?;
            let mut feed = tx.prepare_cached(
                "insert into feed (scope, kind, id, seq, is_frame) values (?1, ?2, ?3, ?4, false)",
            )?;
            for _ in done..groups.min(done + GROUPS) {
                let first = id + 1;
                let posts = i64::try_from(POSTS)?;
                let topics = i64::try_from(TOPICS)?;
                for at in 0..topics {
                    id += 1;
                    seq += 1;
                    let author = authors[texts.below(authors.len())];
                    let title = format!("Topic number {id} of a forum");
                    let last = now + STEP * topics * posts;
                    topic.execute(params![
                        id,
                        forum.category,
                        author,
                        title,
                        now + at,
                        posts,
                        last
                    ])?;
                    feed.execute(params![scope, "topic", id, seq])?;
                }
                for number in 1..=posts {
                    for at in 0..topics {
                        id += 1;
                        seq += 1;
                        now += STEP;
                        let author = authors[texts.below(authors.len())];
                        post.execute(params![id, first + at, number, author, texts.text(), now])?;
                        feed.execute(params![scope, "post", id, seq])?;
                    }
                }
                for at in 0..topics {
                    seq += 1;
                    feed.execute(params![scope, "topic_tally", first + at, seq])?;
                }
            }
            tx.execute("update head set seq = ?1, id = ?2", params![seq, id])?;
        }
        tx.commit()?;
        done += GROUPS;
    }
    db.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
    Ok(())
}
