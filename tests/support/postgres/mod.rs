// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A private PostgreSQL: one server for all tests of all processes, a database of its own for each test.
//!
//! The first test that asks starts the server; nothing needs to be set up, and nothing is left behind. Every
//! process that uses it holds a shared lock on `users.lock` while it lives (the kernel takes it back however
//! the process ends). A watchdog stops the server and removes its files once no process has held the lock for
//! half a minute. Everything is in a folder of the temporary directory, or in `SPACE_TESTS_POSTGRES_DIR`.
//!
//! `fsync` is on, as in production: tests of what survives a crash mean something here. A test that needs none
//! of that asks for [`Durability::Relaxed`].
//!
//! Without PostgreSQL on the machine tests fail and say what to install; with `SPACE_TESTS_SKIP_POSTGRES=1`
//! they are skipped and counted instead.

mod cluster;
mod tools;

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use cluster::Cluster;

/// The server that all tests share.
#[derive(Debug)]
pub struct Postgres;

/// What a database promises when it says that something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It is on the disk.
    Full,
    /// It will be soon: `synchronous_commit` is off for this database.
    Relaxed,
}

impl Postgres {
    /// Makes an empty database for one test; `None` when tests with PostgreSQL are to be skipped.
    ///
    /// # Panics
    ///
    /// When there is no PostgreSQL here, or it cannot be started.
    #[track_caller]
    pub fn database() -> Option<Database> {
        Self::database_with(Durability::Full)
    }

    /// Makes an empty database for one test that promises as much as `durability` says.
    ///
    /// # Panics
    ///
    /// When there is no PostgreSQL here, or it cannot be started.
    #[track_caller]
    pub fn database_with(durability: Durability) -> Option<Database> {
        Self::make(durability, "UTF8")
    }

    /// Makes an empty database in another encoding, as PostgreSQL itself makes them on some machines.
    ///
    /// # Panics
    ///
    /// When there is no PostgreSQL here, or it cannot be started.
    #[track_caller]
    pub fn database_in(encoding: &str) -> Option<Database> {
        Self::make(Durability::Relaxed, encoding)
    }

    #[track_caller]
    fn make(durability: Durability, encoding: &str) -> Option<Database> {
        if std::env::var_os("SPACE_TESTS_SKIP_POSTGRES").is_some_and(|value| value == "1") {
            crate::skipped("SPACE_TESTS_SKIP_POSTGRES is set");
            return None;
        }
        let cluster = Cluster::shared();
        let name = format!(
            "test_{}_{:08x}",
            std::process::id(),
            RandomState::new().build_hasher().finish() & 0xffff_ffff
        );
        let mut statements = vec![format!(
            "create database {name} owner space template template0 encoding '{encoding}' lc_collate 'C' lc_ctype 'C'"
        )];
        if durability == Durability::Relaxed {
            statements.push(format!(
                "alter database {name} set synchronous_commit = off"
            ));
        }
        cluster.run(&statements);
        Some(Database {
            url: cluster.url(&name),
            cluster,
            name,
        })
    }
}

/// A database of one test. It goes away with this value.
#[derive(Debug)]
pub struct Database {
    cluster: &'static Cluster,
    name: String,
    url: String,
}

impl Database {
    /// Returns its address, for `SPACE_SERVER__STORE__URL`. The user owns the database, and nothing else.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Runs SQL as its owner and returns what it gives: a line per row, `|` between columns.
    ///
    /// # Panics
    ///
    /// When a statement fails.
    #[track_caller]
    pub fn query(&self, sql: &str) -> String {
        match self.cluster.query(&self.name, "space", &[sql.to_owned()]) {
            Ok(rows) => rows,
            Err(error) => panic!("{sql}: {error}"),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // Whatever this leaves behind goes with the server.
        let _ = self.cluster.query(
            "postgres",
            "postgres",
            &[format!(
                "drop database if exists {} with (force)",
                self.name
            )],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_test_has_a_database_of_its_own() {
        let (Some(a), Some(b)) = (Postgres::database(), Postgres::database()) else {
            return;
        };
        a.query("create table t (x int)");
        assert_eq!(a.query("select count(*) from t"), "0");
        assert_eq!(b.query("select to_regclass('t') is null"), "t");
        assert_eq!(
            a.query("select current_user, current_setting('fsync'), current_setting('synchronous_commit')"),
            "space|on|on"
        );
        assert_eq!(
            a.query("select datcollate from pg_database where datname = current_database()"),
            "C"
        );
    }

    #[test]
    fn a_relaxed_database_does_not_wait_for_the_disk() {
        let Some(database) = Postgres::database_with(Durability::Relaxed) else {
            return;
        };
        assert_eq!(database.query("show synchronous_commit"), "off");
    }

    #[test]
    fn a_database_goes_away_with_its_test() {
        let (Some(gone), Some(other)) = (Postgres::database(), Postgres::database()) else {
            return;
        };
        let name = gone.name.clone();
        drop(gone);
        assert_eq!(
            other.query(&format!(
                "select count(*) from pg_database where datname = '{name}'"
            )),
            "0"
        );
    }
}
