// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Bringing a database up to date. Migrations have the same numbers and names for both engines.

use refinery::{Runner, Target};

use super::{Result, StoreError};

mod sqlite_migrations {
    refinery::embed_migrations!("migrations/sqlite");
}

mod postgres_migrations {
    refinery::embed_migrations!("migrations/postgres");
}

/// How often migrations are tried. Each try is one transaction; when two processes start at once, one of them
/// fails on what the other just made, and finds everything done the next time. (An advisory lock would do, but
/// some databases that speak PostgreSQL's language accept it and lock nothing.)
const TRIES: usize = 3;

fn failed(error: refinery::Error) -> StoreError {
    StoreError::Migration(Box::new(error))
}

/// Returns the number of the newest migration.
pub(crate) fn newest() -> i32 {
    let runner = sqlite_migrations::migrations::runner();
    let numbers = runner
        .get_migrations()
        .iter()
        .map(refinery::Migration::version);
    numbers.max().unwrap_or(0)
}

/// Brings an empty database to a version that is not the newest, for a backup of that time.
pub(super) fn sqlite_to(connection: &mut rusqlite::Connection, version: i32) -> Result<()> {
    sqlite_migrations::migrations::runner()
        .set_target(Target::Version(version))
        .run(connection)
        .map(drop)
        .map_err(failed)
}

/// The same on PostgreSQL.
pub(super) async fn postgres_to(
    client: &mut deadpool_postgres::Client,
    version: i32,
) -> Result<()> {
    let client: &mut tokio_postgres::Client = client;
    postgres_migrations::migrations::runner()
        .set_target(Target::Version(version))
        .run_async(client)
        .await
        .map(drop)
        .map_err(failed)
}

/// What the history of a database says: the newest version, and how many were applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct History {
    newest: i32,
    applied: i64,
}

/// What tells whether there is a history, per engine, and what it says.
const SQLITE_HISTORY: &str =
    "select 1 from sqlite_master where type = 'table' and name = 'refinery_schema_history'";
const POSTGRES_HISTORY: &str = "select 1 where to_regclass('refinery_schema_history') is not null";
const NEWEST: &str = "select coalesce(max(version), 0), count(*) from refinery_schema_history";

/// Refuses a database of a newer version; and when migrating is not allowed, one of an older version. Before anything is
/// written: a newer version may mean something else by the same tables.
fn admit(history: Option<History>, runner: &Runner, migrates: bool) -> Result<()> {
    // Without a history there are no tables either, and so no space.
    let Some(history) = history else {
        return if migrates {
            Ok(())
        } else {
            Err(StoreError::NoSpace)
        };
    };
    if history.newest > newest() {
        return Err(StoreError::NewerVersion {
            version: history.newest,
        });
    }
    let known = i64::try_from(runner.get_migrations().len()).unwrap_or(i64::MAX);
    if !migrates && history.applied < known {
        return Err(StoreError::MigrationPending);
    }
    Ok(())
}

fn sqlite_history(connection: &rusqlite::Connection) -> Result<Option<History>> {
    use rusqlite::OptionalExtension;
    let is_there: Option<i64> = connection
        .query_row(SQLITE_HISTORY, [], |row| row.get(0))
        .optional()?;
    if is_there.is_none() {
        return Ok(None);
    }
    let history = connection.query_row(NEWEST, [], |row| {
        Ok(History {
            newest: row.get(0)?,
            applied: row.get(1)?,
        })
    })?;
    Ok(Some(history))
}

async fn postgres_history(client: &tokio_postgres::Client) -> Result<Option<History>> {
    if client.query_opt(POSTGRES_HISTORY, &[]).await?.is_none() {
        return Ok(None);
    }
    let row = client.query_one(NEWEST, &[]).await?;
    Ok(Some(History {
        newest: row.try_get(0)?,
        applied: row.try_get(1)?,
    }))
}

pub(super) fn sqlite(connection: &mut rusqlite::Connection, migrates: bool) -> Result<()> {
    let runner = sqlite_migrations::migrations::runner().set_grouped(true);
    admit(sqlite_history(connection)?, &runner, migrates)?;
    if !migrates {
        return Ok(());
    }
    let mut tries = 0;
    loop {
        tries += 1;
        match runner.run(connection) {
            Ok(_) => return Ok(()),
            Err(error) if tries == TRIES => return Err(failed(error)),
            Err(_) => {}
        }
    }
}

pub(super) async fn postgres(client: &mut deadpool_postgres::Client, migrates: bool) -> Result<()> {
    let client: &mut tokio_postgres::Client = client;
    let runner = postgres_migrations::migrations::runner().set_grouped(true);
    admit(postgres_history(client).await?, &runner, migrates)?;
    if !migrates {
        return Ok(());
    }
    let mut tries = 0;
    loop {
        tries += 1;
        match runner.run_async(client).await {
            Ok(_) => return Ok(()),
            Err(error) if tries == TRIES => return Err(failed(error)),
            Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
