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

/// Refuses when there is anything to do.
fn nothing_pending(runner: &Runner, applied: usize) -> Result<()> {
    if applied < runner.get_migrations().len() {
        Err(StoreError::MigrationPending)
    } else {
        Ok(())
    }
}

pub(super) fn sqlite(connection: &mut rusqlite::Connection, migrates: bool) -> Result<()> {
    let runner = sqlite_migrations::migrations::runner().set_grouped(true);
    if !migrates {
        let applied = runner.get_applied_migrations(connection).map_err(failed)?;
        return nothing_pending(&runner, applied.len());
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
    if !migrates {
        let applied = runner
            .get_applied_migrations_async(client)
            .await
            .map_err(failed)?;
        return nothing_pending(&runner, applied.len());
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
