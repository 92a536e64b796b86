// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The full-text index of a batch, written at its end.
//!
//! FTS5 gathers what it is given in memory, and writes it out as one piece of the index whenever another statement opens
//! a savepoint (a replace or an update of several indexes does) or a row comes out of order. Written in between
//! the other rows the index would fall into thousands of pieces, and merging them took three quarters of a first read.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};

use super::ReplicaError;
use super::apply::{Batch, DOING};
use super::text;
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
    match words {
        None if is_indexed => batch.run("delete from post_text where rowid = ?1", [post])?,
        None => 0,
        Some((title, source)) => batch.run(
            if is_indexed {
                "insert or replace into post_text (rowid, title, body) values (?1, ?2, ?3)"
            } else {
                "insert into post_text (rowid, title, body) values (?1, ?2, ?3)"
            },
            params![post, title, text::plain(&source)],
        )?,
    };
    Ok(())
}
