// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What goes wrong in the store.

/// What goes wrong in the store. Clients never see these; they are logged where they are handled.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused a statement or could not reach its file.
    #[error("SQLite failed")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL refused a statement, or the connection broke.
    #[error("PostgreSQL failed")]
    Postgres(#[from] tokio_postgres::Error),
    /// No connection to PostgreSQL could be had.
    #[error("no connection to PostgreSQL")]
    Pool(#[from] deadpool_postgres::PoolError),
    /// The address of the database cannot be understood.
    #[error("the database address cannot be understood: {why}")]
    Address {
        /// What is wrong with it; never the address itself, which may hold a password.
        why: String,
    },
    /// A migration failed, or the database was made by a newer version.
    #[error("the database could not be brought up to date")]
    Migration(#[from] Box<refinery::Error>),
    /// The tables are of an older version, and the configuration says not to touch them.
    #[error(
        "the tables are of an older version, and --no-migrate or store.migrate = false leaves them as they are"
    )]
    MigrationPending,
    /// The file or its folder could not be used.
    #[error("{path} could not be used")]
    File {
        /// Which file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Something stored does not have the form it should have.
    #[error("column {column} holds something unexpected: {why}")]
    Content {
        /// Which column of the row, from 0.
        column: usize,
        /// What is wrong with it.
        why: String,
    },
    /// What is stored is damaged.
    #[error("the database is damaged: {why}")]
    Damaged {
        /// What was found.
        why: String,
    },
    /// The database was made by a newer version of this program.
    #[error("the tables are of version {version}, which is newer than this program")]
    NewerVersion {
        /// The number of the last migration.
        version: i32,
    },
    /// The database has an encoding in which most scripts cannot be written.
    #[error("the encoding of the database is {encoding}, and has to be UTF8")]
    Encoding {
        /// What PostgreSQL calls its encoding.
        encoding: String,
        /// The name of the database.
        database: String,
    },
    /// A command was refused after it had written, which none may.
    #[error("a command was refused after it had written; it is undone")]
    RefusedLate,
    /// Ids are used up.
    #[error("no id is left")]
    NoIds,
    /// What a command had just written could not be read again.
    #[error("what was just written is not there")]
    Lost,
    /// The database holds no space yet.
    #[error("there is no space in this database yet: run \"space-server init\" first")]
    NoSpace,
    /// The store is being closed.
    #[error("the store is closing")]
    Stopped,
}

impl StoreError {
    /// Says whether trying again later may help.
    pub(crate) fn is_passing(&self) -> bool {
        self.fault().is_passing()
    }
}
