// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Looking whether a database is sound: for `space-server doctor`.

use space_core::Timestamp;

use super::{
    Engine, Executor, Result, Store, StoreError, category, group, member, migrate, post, space,
    statements, topic,
};

statements! {
    NEWEST_ROW = "select coalesce(max(seq), 0) from feed";
    LARGEST_ID = "select max(id) from (
        select coalesce(max(id), 0) as id from member where kind <> 'visitor' union all
        select coalesce(max(id), 0) from category where id < 10000000000 union all
        select coalesce(max(id), 0) from member_group where id < 10000000000 union all
        select coalesce(max(id), 0) from topic where id < 10000000000 union all
        select coalesce(max(id), 0) from post where id < 10000000000) as ids";
    LATEST = "select coalesce(max(last_post_at), 0) from topic";
    MOVES = "select count(*) from scope_move";
    POSTS_AFTER = "select id from post where id > $1 order by id limit $2";
    TOPICS_AFTER = "select id from topic where id > $1 order by id limit $2";
    ORPHANS = "select count(*) from scope_move m where not exists (select 1 from category c where c.id = m.category_id)";
}

/// What the tables say of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contents {
    /// The position of the newest row of the feed.
    pub(crate) newest_row: i64,
    /// The largest id that was counted; those of visitors are chosen by chance.
    pub(crate) largest_id: i64,
    /// When the last post was written.
    pub(crate) latest_at: Timestamp,
    /// Categories whose rows are on their way to another scope.
    pub(crate) moves: i64,
    /// Of these, those of categories that are not there.
    pub(crate) orphans: i64,
}

/// Reads what the tables say of themselves.
pub(crate) async fn contents(x: &mut Executor<'_>) -> Result<Contents> {
    Ok(Contents {
        newest_row: number(x, NEWEST_ROW).await?,
        largest_id: number(x, LARGEST_ID).await?,
        latest_at: Timestamp::from_millis(number(x, LATEST).await?),
        moves: number(x, MOVES).await?,
        orphans: number(x, ORPHANS).await?,
    })
}

/// How many rows are read at once.
const CHUNK: i64 = 1_024;

/// Reads every post, topic, member, category and group as the server does; what cannot be read is set aside, and found
/// [there](super::aside::found).
pub(crate) async fn read_all(x: &mut Executor<'_>) -> Result<()> {
    space::read(x).await?;
    category::all(x).await?;
    let groups = group::all_ids(x).await?;
    let groups: Vec<i64> = groups.iter().map(|id| id.get()).collect();
    group::by_ids(x, &groups).await?;
    let mut after = 0;
    while let Some(ids) = ids_after(x, POSTS_AFTER, &mut after).await? {
        post::by_ids(x, &ids).await?;
    }
    after = 0;
    while let Some(ids) = ids_after(x, TOPICS_AFTER, &mut after).await? {
        topic::by_ids(x, &ids).await?;
    }
    after = 0;
    loop {
        let ids = member::ids_after(x, after, 1_024).await?;
        let Some(last) = ids.last() else {
            return Ok(());
        };
        after = *last;
        member::by_ids(x, &ids).await?;
    }
}

async fn ids_after(
    x: &mut Executor<'_>,
    sql: &'static str,
    after: &mut i64,
) -> Result<Option<Vec<i64>>> {
    let ids = x
        .rows(sql, &[(*after).into(), CHUNK.into()], |row| row.i64(0))
        .await?;
    let Some(last) = ids.last() else {
        return Ok(None);
    };
    *after = *last;
    Ok(Some(ids))
}

async fn number(x: &mut Executor<'_>, sql: &'static str) -> Result<i64> {
    Ok(x.row(sql, &[], |row| row.i64(0)).await?.unwrap_or(0))
}

/// A setting of the engine, and whether it is the one that it has to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) is_right: bool,
}

impl Setting {
    fn new(name: &'static str, value: String, right: &[&str]) -> Self {
        let is_right = right.contains(&value.as_str());
        Self {
            name,
            value,
            is_right,
        }
    }
}

impl Store {
    /// Returns the version of the engine, for people.
    pub(crate) async fn engine_version(&self) -> Result<String> {
        match self.engine() {
            Engine::Sqlite(_) => Ok(format!("SQLite {}", rusqlite::version())),
            Engine::Postgres(postgres) => {
                let client = postgres.client().await?;
                let row = client.query_one("show server_version", &[]).await?;
                Ok(format!("PostgreSQL {}", row.try_get::<_, String>(0)?))
            }
        }
    }

    /// Reads back, from a connection as the server has it, what an acknowledged write depends on.
    pub(crate) async fn settings(&self) -> Result<Vec<Setting>> {
        match self.engine() {
            Engine::Sqlite(sqlite) => {
                let connection = sqlite.writer()?;
                let number = |pragma| {
                    connection
                        .pragma_query_value(None, pragma, |row| row.get::<_, i64>(0))
                        .map(|value| value.to_string())
                };
                let mode = connection
                    .pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0))?;
                Ok(vec![
                    Setting::new("journal_mode", mode, &["wal"]),
                    // 2 is FULL, 3 is EXTRA.
                    Setting::new("synchronous", number("synchronous")?, &["2", "3"]),
                    Setting::new("foreign_keys", number("foreign_keys")?, &["1"]),
                ])
            }
            Engine::Postgres(postgres) => {
                let client = postgres.client().await?;
                let mut settings = Vec::new();
                for (name, right) in [
                    ("fsync", &["on"][..]),
                    ("full_page_writes", &["on"]),
                    (
                        "synchronous_commit",
                        &["on", "remote_write", "remote_apply"],
                    ),
                ] {
                    let row = client.query_one(&format!("show {name}"), &[]).await?;
                    settings.push(Setting::new(name, row.try_get(0)?, right));
                }
                Ok(settings)
            }
        }
    }

    /// Looks at every page of the file. PostgreSQL has tools of its own (`pg_amcheck`); here it is `None`.
    pub(crate) async fn quick_check(&self) -> Result<Option<Vec<String>>> {
        let Engine::Sqlite(sqlite) = self.engine() else {
            return Ok(None);
        };
        let connection = sqlite.writer()?;
        let checked = tokio::task::spawn_blocking(move || {
            let mut statement = connection.prepare("pragma quick_check(5)")?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            let mut found: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
            found.retain(|line| line != "ok");
            Ok::<_, StoreError>(found)
        });
        checked.await.map_err(|_| StoreError::Stopped)?.map(Some)
    }

    /// Returns what time the database server has; `None` when it is this machine's.
    pub(crate) async fn clock(&self) -> Result<Option<Timestamp>> {
        let Engine::Postgres(postgres) = self.engine() else {
            return Ok(None);
        };
        let client = postgres.client().await?;
        let sql = "select (extract(epoch from clock_timestamp()) * 1000)::bigint";
        let row = client.query_one(sql, &[]).await?;
        Ok(Some(Timestamp::from_millis(row.try_get(0)?)))
    }
}

/// Returns the number of the newest migration that this program has.
pub(crate) fn newest_migration() -> i32 {
    migrate::newest()
}
