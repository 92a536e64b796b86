// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The full-text index of a batch, written at its end.
//!
//! FTS5 gathers what it is given in memory, and writes it out as one piece of the index whenever another statement opens
//! a savepoint (a replace or an update of several indexes does) or a row comes out of order. Written in between
//! the other rows the index would fall into thousands of pieces, and merging them took three quarters of a first read.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Transaction, params};

use super::ReplicaError;
use super::apply::{Batch, DOING};
use super::{text, tokens};
use crate::client::database::Doing;

/// The posts whose words have changed, in order, and whether the index held them before this batch.
#[derive(Debug, Default)]
pub(super) struct Texts {
    changed: BTreeMap<i64, bool>,
}

impl Texts {
    /// Notes that the words of a post have changed; `is_held` says whether the post itself was held until now.
    pub(super) fn touch(&mut self, post: i64, is_held: bool) {
        self.changed.entry(post).or_insert(is_held);
    }
}

/// Brings the index up to date.
pub(super) fn write(batch: &mut Batch<'_>) -> Result<(), ReplicaError> {
    let changed = std::mem::take(&mut batch.texts.changed);
    // Those that are new first: nothing has to be looked for and replaced for them.
    for is_indexed in [false, true] {
        for (post, _) in changed.iter().filter(|(_, held)| **held == is_indexed) {
            write_one(batch, *post, is_indexed)?;
        }
    }
    Ok(())
}

fn write_one(batch: &Batch<'_>, post: i64, is_indexed: bool) -> Result<(), ReplicaError> {
    let words: Option<(Option<String>, String)> = batch
        .tx
        .prepare_cached(
            "select case when number = 1 then (select title from topic t where t.id = post.topic) end, source
             from post where id = ?1",
        )
        .and_then(|mut s| {
            s.query_row([post], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })
        .doing(DOING)?;
    let indexed = words.map(|(title, source)| {
        let title = title.map(|title| tokens::indexed(&title).into_owned());
        (title, tokens::indexed(&text::plain(&source)).into_owned())
    });
    match indexed {
        None if is_indexed => batch.run("delete from post_text where rowid = ?1", [post])?,
        None => 0,
        Some((title, body)) => batch.run(
            if is_indexed {
                "insert or replace into post_text (rowid, title, body) values (?1, ?2, ?3)"
            } else {
                "insert into post_text (rowid, title, body) values (?1, ?2, ?3)"
            },
            params![post, title, body],
        )?,
    };
    Ok(())
}

/// Fills the index from all posts, after its form has changed.
pub(in crate::client) fn index_again(tx: &Transaction<'_>) -> Result<(), ReplicaError> {
    const DOING: &str = "indexing posts anew";
    let mut posts = tx
        .prepare(
            "select p.id, case when p.number = 1 then (select title from topic t where t.id = p.topic) end, p.source
             from post p order by p.id",
        )
        .doing(DOING)?;
    let mut insert = tx
        .prepare("insert into post_text (rowid, title, body) values (?1, ?2, ?3)")
        .doing(DOING)?;
    let mut found = posts.query([]).doing(DOING)?;
    while let Some(row) = found.next().doing(DOING)? {
        let id: i64 = row.get(0).doing(DOING)?;
        let title: Option<String> = row.get(1).doing(DOING)?;
        let source: String = row.get(2).doing(DOING)?;
        let title = title.map(|title| tokens::indexed(&title).into_owned());
        insert
            .execute(params![id, title, tokens::indexed(&text::plain(&source))])
            .doing(DOING)?;
    }
    Ok(())
}
