// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Looking at every value of every table, for `space-server doctor`: what SQLite's own check finds nothing wrong with may
//! still be no text, or no number.

use super::super::{Engine, Held, Result, Store, StoreError};
use super::postgres::PostgresSource;
use super::{Catalog, Gaps, sqlite};
use crate::store::checkup::newest_migration;

/// Reads everything once, of one moment, and returns what is not as it was written.
pub(crate) async fn scan(store: &Store) -> Result<Gaps> {
    let mut gaps = Gaps::default();
    match store.engine() {
        Engine::Sqlite(sqlite) => {
            let connection = sqlite.writer()?;
            let read = tokio::task::spawn_blocking(move || {
                let version = newest_migration();
                let catalog = Catalog::at(version)?.ok_or(StoreError::NewerVersion { version })?;
                connection.execute_batch("begin")?;
                sqlite::find_lost(&connection, &catalog, &mut gaps)?;
                for table in &catalog.tables {
                    sqlite::rows(&connection, table, &mut gaps, |_| Ok::<_, StoreError>(()))?;
                }
                Ok(gaps)
            });
            read.await.map_err(|_| StoreError::Stopped)?
        }
        Engine::Postgres(postgres) => {
            let source = PostgresSource::on(Held(Some(postgres.client().await?))).await?;
            for table in &source.catalog().tables {
                let each = |_| Ok::<_, StoreError>(());
                source.rows(table, &mut gaps, each).await?;
            }
            Ok(gaps)
        }
    }
}
