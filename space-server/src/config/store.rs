// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where the data is kept.

use std::num::NonZeroU32;
use std::path::PathBuf;

use super::secret::Secret;
use super::section::section;
use super::units::Size;

section! {
    /// Where the data is kept.
    pub struct Store {
        /// The address of a PostgreSQL database. Without it the data is in SQLite, in the file space.db of
        /// data_dir, which is enough for one machine. To another machine add ?sslmode=verify-full, and sslrootcert=FILE when
        /// its certificate is not one that the system trusts.
        url: Option<Secret> = None, like "\"postgres://space@localhost/space\"";
        /// A file that holds the address and nothing else, to keep its password out of this one. Nobody but the user of the
        /// server may read it: chmod 600, or mode 0400 where a container or systemd makes it.
        url_file: Option<PathBuf> = None, like "\"/run/secrets/space-store-url\"";
        /// How many connections to the database are kept open for reading.
        pool_size: NonZeroU32 = NonZeroU32::new(8).expect("the default is above zero");
        /// How much memory SQLite may take to keep pages at hand. PostgreSQL has its own settings.
        page_cache: Size = Size::mebibytes(64);
        /// Whether the server brings the tables of an older version up to date when it starts. Otherwise it
        /// refuses to start with them.
        migrate: bool = true;
    }
}

/// Where the data is kept, once the configuration is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// In a file of this machine.
    Sqlite(PathBuf),
    /// In a PostgreSQL database, by its address.
    Postgres(Secret),
}
