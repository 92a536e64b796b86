// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! PostgreSQL: everything is read in one transaction, and written in one.

use std::pin::Pin;

use bytes::Bytes;
use futures_util::TryStreamExt;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

use super::super::{Held, Postgres, Result, StoreError, Value, migrate};
use super::gap::{Gaps, Read};
use super::{Catalog, Cell, ColumnKind, Counts, NewLife, Table, miscounted};

/// A table may take longer than a statement of the server ever does.
const NO_LIMITS: &str =
    "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0";

const VERSION: &str = "select max(version)::bigint from refinery_schema_history";

/// One transaction that reads.
pub(crate) struct PostgresSource {
    held: Held,
    catalog: Catalog,
}

impl PostgresSource {
    pub(super) async fn open(url: &str) -> Result<Self> {
        Self::on(Held(Some(Postgres::connect(url, 1)?.client().await?))).await
    }

    /// Reads on a connection.
    pub(super) async fn on(held: Held) -> Result<Self> {
        let client = client(&held)?;
        client
            .batch_execute("begin isolation level repeatable read read only")
            .await?;
        client.batch_execute(NO_LIMITS).await?;
        let version = version(client).await?.ok_or(StoreError::NoSpace)?;
        let catalog = Catalog::at(version)?.ok_or(StoreError::NewerVersion { version })?;
        Ok(Self { held, catalog })
    }

    pub(super) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub(super) async fn rows<E: From<StoreError>>(
        &self,
        table: &Table,
        gaps: &mut Gaps,
        mut each: impl FnMut(Vec<Cell>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let failed = |error: tokio_postgres::Error| E::from(StoreError::from(error));
        let client = client(&self.held)?;
        let nothing: [i64; 0] = [];
        let rows = client
            .query_raw(&table.select(), nothing)
            .await
            .map_err(failed)?;
        let mut rows = std::pin::pin!(rows);
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            let mut read = Vec::with_capacity(table.columns.len());
            for (at, column) in table.columns.iter().enumerate() {
                read.push(match cell(&row, at, column.kind) {
                    Ok(cell) => Read::Sound(cell),
                    Err(error) => Read::Odd(None, format!("cannot be read: {error}")),
                });
            }
            if let Some(cells) = gaps.mend(table, read) {
                each(cells)?;
            }
        }
        Ok(())
    }
}

fn client(held: &Held) -> Result<&deadpool_postgres::Client> {
    held.0.as_ref().ok_or(StoreError::Stopped)
}

/// Returns the migration that was done last; `None` when there are no tables of ours.
async fn version(client: &deadpool_postgres::Client) -> Result<Option<i32>> {
    let is_there = client
        .query_one(
            "select to_regclass('refinery_schema_history') is not null",
            &[],
        )
        .await?
        .try_get::<_, bool>(0)?;
    if !is_there {
        return Ok(None);
    }
    let version: Option<i64> = client.query_one(VERSION, &[]).await?.try_get(0)?;
    Ok(version.and_then(|version| i32::try_from(version).ok()))
}

fn cell(
    row: &tokio_postgres::Row,
    at: usize,
    kind: ColumnKind,
) -> std::result::Result<Cell, tokio_postgres::Error> {
    Ok(match kind {
        ColumnKind::Integer => row.try_get::<_, Option<i64>>(at)?.map(Cell::I64),
        ColumnKind::Boolean => row.try_get::<_, Option<bool>>(at)?.map(Cell::Bool),
        ColumnKind::Text => row.try_get::<_, Option<String>>(at)?.map(Cell::Text),
        ColumnKind::Bytes => row.try_get::<_, Option<Vec<u8>>>(at)?.map(Cell::Bytes),
    }
    .unwrap_or(Cell::Null))
}

/// One transaction that writes into empty tables.
pub(crate) struct PostgresTarget {
    held: Held,
    copying: Option<(Pin<Box<BinaryCopyInWriter>>, usize)>,
}

impl PostgresTarget {
    /// Makes the tables of a version. `None` when there is something in the database already.
    pub(crate) async fn create(url: &str, catalog: &Catalog) -> Result<Option<Self>> {
        let mut held = Held(Some(Postgres::connect(url, 1)?.client().await?));
        let found = version(client(&held)?).await?;
        if found.is_some_and(|found| found != catalog.version) {
            return Ok(None);
        }
        if let Some(client) = held.0.as_mut() {
            migrate::postgres_to(client, catalog.version).await?;
        }
        let client = client(&held)?;
        client.batch_execute("begin").await?;
        client.batch_execute(NO_LIMITS).await?;
        for table in &catalog.tables {
            let sql = format!("select exists (select 1 from \"{}\")", table.name);
            if client.query_one(&sql, &[]).await?.try_get::<_, bool>(0)? {
                return Ok(None);
            }
        }
        Ok(Some(Self {
            held,
            copying: None,
        }))
    }

    /// All rows of a table are one statement: a row may refer to one that comes after it.
    pub(super) async fn begin(&mut self, table: &Table) -> Result<()> {
        self.end().await?;
        let types: Vec<Type> = table
            .columns
            .iter()
            .map(|column| match column.kind {
                ColumnKind::Integer => Type::INT8,
                ColumnKind::Boolean => Type::BOOL,
                ColumnKind::Text => Type::TEXT,
                ColumnKind::Bytes => Type::BYTEA,
            })
            .collect();
        let sink = client(&self.held)?
            .copy_in::<_, Bytes>(&table.copy_in())
            .await?;
        let writer = BinaryCopyInWriter::new(sink, &types);
        self.copying = Some((Box::pin(writer), types.len()));
        Ok(())
    }

    pub(super) async fn row(&mut self, cells: &[Cell]) -> Result<()> {
        let (writer, columns) = self.copying.as_mut().ok_or(StoreError::Lost)?;
        if cells.len() != *columns {
            return Err(StoreError::Lost);
        }
        let values: Vec<Value<'_>> = cells.iter().map(Value::from).collect();
        let values: Vec<&(dyn ToSql + Sync)> = values
            .iter()
            .map(|value| value as &(dyn ToSql + Sync))
            .collect();
        writer.as_mut().write(&values).await?;
        Ok(())
    }

    async fn end(&mut self) -> Result<()> {
        if let Some((mut writer, _)) = self.copying.take() {
            writer.as_mut().finish().await?;
        }
        Ok(())
    }

    pub(super) async fn finish(
        mut self,
        catalog: &Catalog,
        life: &NewLife,
        counts: &Counts,
    ) -> Result<()> {
        self.end().await?;
        let client = client(&self.held)?;
        let head = client
            .query_opt("select seq, id, aside from head", &[])
            .await?
            .ok_or(StoreError::NoSpace)?;
        let (seq, id, aside) = (head.try_get(0)?, head.try_get(1)?, head.try_get(2)?);
        client
            .execute(
                "update head set epoch = $1, seal_key = $2, seq = $3, id = $4, aside = $5",
                &[
                    &life.epoch,
                    &life.seal_key,
                    &life.jump(seq),
                    &life.jump(id),
                    &life.jump(aside),
                ],
            )
            .await?;
        for table in life.emptied() {
            client.execute(&format!("delete from {table}"), &[]).await?;
        }
        for table in &catalog.tables {
            let found: i64 = client.query_one(&table.count(), &[]).await?.try_get(0)?;
            let (found, wanted) = (found.unsigned_abs(), life.expected(&table.name, counts));
            if found != wanted {
                return Err(miscounted(&table.name, found, wanted));
            }
        }
        client.batch_execute("commit").await?;
        client.batch_execute("analyze").await?;
        self.held.release();
        Ok(())
    }
}
