// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Texts that somebody is writing: kept, so that a crash or a power cut takes nothing.

use rusqlite::{Row, params};

use super::queue::run;
use super::table::{DOING, damaged, json};
use super::{Outbox, OutboxError, Place, SavedDraft};
use crate::client::database::Doing;
use crate::time::Timestamp;

const COLUMNS: &str = "select place, title, source, saved_at from draft";

impl Outbox {
    /// Keeps a text that somebody is writing.
    pub fn save_draft(
        &mut self,
        place: &Place,
        title: &str,
        source: &str,
        at: Timestamp,
    ) -> Result<(), OutboxError> {
        self.write(|tx| {
            run(
                tx,
                "insert or replace into draft (place, title, source, saved_at) values (?1, ?2, ?3, ?4)",
                params![json(place), title, source, at.millis()],
            )
        })
    }

    /// Returns the text that somebody was writing there.
    pub fn draft(&self, place: &Place) -> Result<Option<SavedDraft>, OutboxError> {
        let found = self.read_drafts(&format!("{COLUMNS} where place = ?1"), [json(place)])?;
        Ok(found.into_iter().next())
    }

    /// Returns every unfinished text, latest first.
    pub fn drafts(&self) -> Result<Vec<SavedDraft>, OutboxError> {
        self.read_drafts(&format!("{COLUMNS} order by saved_at desc, place"), [])
    }

    /// Throws an unfinished text away.
    pub fn drop_draft(&mut self, place: &Place) -> Result<(), OutboxError> {
        self.write(|tx| run(tx, "delete from draft where place = ?1", [json(place)]))
    }

    fn read_drafts(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<SavedDraft>, OutboxError> {
        let mut statement = self.connection.prepare_cached(sql).doing(DOING)?;
        let mut found = statement.query(params).doing(DOING)?;
        let mut drafts = Vec::new();
        while let Some(row) = found.next().doing(DOING)? {
            drafts.push(read(row)?);
        }
        Ok(drafts)
    }
}

fn read(row: &Row<'_>) -> Result<SavedDraft, OutboxError> {
    let place: String = row.get(0).doing(DOING)?;
    Ok(SavedDraft {
        place: serde_json::from_str(&place).map_err(|e| damaged(&e.to_string()))?,
        title: row.get(1).doing(DOING)?,
        source: row.get(2).doing(DOING)?,
        saved_at: Timestamp::from_millis(row.get(3).doing(DOING)?),
    })
}
