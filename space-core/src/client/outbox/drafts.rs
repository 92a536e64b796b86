// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Texts that somebody is writing: kept, so that a crash or a power cut takes nothing.

use rusqlite::{Connection, Row, Transaction, params};

use super::queue::run;
use super::table::{DOING, damaged, item, json};
use super::{Draft, ItemState, LocalId, Outbox, OutboxError, Outcome, Place, SavedDraft};
use crate::client::database::Doing;
use crate::id::CategoryId;
use crate::language::Language;
use crate::time::Timestamp;

const COLUMNS: &str =
    "select place, title, category, source, language, revision, base, saved_at, tags from draft";

impl Outbox {
    /// Keeps a text that somebody is writing, in the place of what was kept there before. Another text for something that
    /// was sent meanwhile becomes an edit of that.
    pub fn save_draft(&mut self, draft: &SavedDraft) -> Result<(), OutboxError> {
        self.write(|tx| {
            put(tx, draft)?;
            if let Place::Waiting(id) = draft.place
                && let Some(it) = item(tx, id)?
                && let ItemState::Sent(outcome) = it.state
            {
                sent(tx, id, &it.draft, outcome)?;
            }
            Ok(())
        })
    }

    /// Returns the text that somebody was writing there.
    pub fn draft(&self, place: &Place) -> Result<Option<SavedDraft>, OutboxError> {
        draft(&self.connection, place)
    }

    /// Returns every unfinished text, latest first.
    pub fn drafts(&self) -> Result<Vec<SavedDraft>, OutboxError> {
        let sql = format!("{COLUMNS} order by saved_at desc, place");
        read_all(&self.connection, &sql, [])
    }

    /// Throws an unfinished text away.
    pub fn drop_draft(&mut self, place: &Place) -> Result<(), OutboxError> {
        self.write(|tx| remove(tx, place))?;
        self.cut_log();
        Ok(())
    }
}

pub(super) fn put(tx: &Transaction<'_>, draft: &SavedDraft) -> Result<(), OutboxError> {
    let base = draft.base.as_ref();
    run(
        tx,
        "insert or replace into draft (place, title, category, source, language, revision, base, saved_at, tags)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            json(&draft.place),
            draft.title,
            draft.category.map(CategoryId::get),
            draft.source,
            draft.language.as_ref().map(Language::as_str),
            base.map(|(revision, _)| revision),
            base.map(|(_, text)| text),
            draft.saved_at.millis(),
            draft.tags.joined()
        ],
    )
}

pub(super) fn draft(
    connection: &Connection,
    place: &Place,
) -> Result<Option<SavedDraft>, OutboxError> {
    let found = read_all(
        connection,
        &format!("{COLUMNS} where place = ?1"),
        [json(place)],
    )?;
    Ok(found.into_iter().next())
}

pub(super) fn remove(tx: &Transaction<'_>, place: &Place) -> Result<(), OutboxError> {
    run(tx, "delete from draft where place = ?1", [json(place)])
}

/// Makes what was to replace an item that is sent now an edit of what became of it, so that it can still be sent.
pub(super) fn sent(
    tx: &Transaction<'_>,
    id: LocalId,
    it: &Draft,
    outcome: Outcome,
) -> Result<(), OutboxError> {
    // What is new on the server begins with this.
    const FIRST: i64 = 1;
    let (post, revision) = match outcome {
        Outcome::Started { post, .. } | Outcome::Replied { post, .. } => (post, FIRST),
        Outcome::Edited { post, revision } => (post, revision),
        Outcome::Done => return Ok(()),
    };
    let (Draft::StartTopic { source, .. }
    | Draft::Reply { source, .. }
    | Draft::EditPost { source, .. }) = it
    else {
        return Ok(());
    };
    run(
        tx,
        "update or ignore draft set place = ?2, revision = ?3, base = ?4 where place = ?1",
        params![
            json(&Place::Waiting(id)),
            json(&Place::Edit(post)),
            revision,
            source.as_str()
        ],
    )
}

fn read_all(
    connection: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<SavedDraft>, OutboxError> {
    let mut statement = connection.prepare_cached(sql).doing(DOING)?;
    let mut found = statement.query(params).doing(DOING)?;
    let mut drafts = Vec::new();
    while let Some(row) = found.next().doing(DOING)? {
        drafts.push(read(row)?);
    }
    Ok(drafts)
}

fn read(row: &Row<'_>) -> Result<SavedDraft, OutboxError> {
    let place: String = row.get(0).doing(DOING)?;
    let language: Option<String> = row.get(4).doing(DOING)?;
    let revision: Option<i64> = row.get(5).doing(DOING)?;
    let base: Option<String> = row.get(6).doing(DOING)?;
    Ok(SavedDraft {
        place: serde_json::from_str(&place).map_err(|e| damaged(&e.to_string()))?,
        title: row.get(1).doing(DOING)?,
        category: row
            .get::<_, Option<i64>>(2)
            .doing(DOING)?
            .and_then(CategoryId::new),
        source: row.get(3).doing(DOING)?,
        language: language.and_then(|tag| tag.parse().ok()),
        base: revision.zip(base),
        saved_at: Timestamp::from_millis(row.get(7).doing(DOING)?),
        tags: row
            .get::<_, String>(8)
            .doing(DOING)?
            .parse()
            .unwrap_or_default(),
    })
}
