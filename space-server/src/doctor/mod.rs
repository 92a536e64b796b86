// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is wrong with a space, why it matters, and what to do about it.
//!
//! Each check looks at one thing and changes nothing. It may run while the server does.

mod machine;
mod reach;
mod rows;
mod tables;

use serde::Serialize;
use space_core::{Clock, chain};

use crate::config::{Config, Database};
use crate::store::{Store, StoreError};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Level {
    /// As it should be.
    Fine,
    /// To be looked at.
    Warning,
    /// Something does not work, or data is in danger.
    Wrong,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    /// A stable word for programs.
    pub(crate) check: &'static str,
    /// How bad it is.
    pub(crate) level: Level,
    /// What was found.
    pub(crate) found: String,
    /// Why that matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hint: Option<String>,
}

impl Finding {
    fn fine(check: &'static str, found: impl Into<String>) -> Self {
        Self {
            check,
            level: Level::Fine,
            found: found.into(),
            why: None,
            hint: None,
        }
    }

    fn bad(
        check: &'static str,
        level: Level,
        found: impl Into<String>,
        why: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            check,
            level,
            found: found.into(),
            why: Some(why.into()),
            hint: Some(hint.into()),
        }
    }

    fn warning(
        check: &'static str,
        found: impl Into<String>,
        why: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::bad(check, Level::Warning, found, why, hint)
    }

    fn wrong(
        check: &'static str,
        found: impl Into<String>,
        why: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::bad(check, Level::Wrong, found, why, hint)
    }
}

/// Looks at everything. `is_thorough` reads every page of the database, too.
pub(crate) async fn examine(config: &Config, clock: &dyn Clock, is_thorough: bool) -> Vec<Finding> {
    let mut findings = machine::data_folder(config);
    findings.extend(machine::disk(config));
    findings.extend(machine::backups(config, clock.now()));
    match open(config).await {
        Ok(store) => findings.extend(tables::examine(&store, clock, is_thorough).await),
        Err(finding) => findings.push(finding),
    }
    findings.extend(reach::addresses(config));
    findings.push(reach::server(config).await);
    findings
}

/// Opens the store as it is.
async fn open(config: &Config) -> Result<Store, Finding> {
    let place = match config.database() {
        Database::Sqlite(file) if !file.is_file() => {
            return Err(Finding::wrong(
                "store",
                format!("there is no database {}", file.display()),
                "without it there is no space here",
                "name the data folder with --data-dir, make a space with `space-server init`, or bring one back with `space-server restore`",
            ));
        }
        Database::Sqlite(file) => file.display().to_string(),
        Database::Postgres(url) => url.to_string(),
    };
    let mut as_it_is = config.clone();
    as_it_is.store.migrate = false;
    Store::open(&as_it_is).await.map_err(|error| match error {
        StoreError::MigrationPending => Finding::wrong(
            "migrations",
            format!("the tables of {place} are of an older version"),
            "this version of the server cannot use them as they are",
            "make a backup, then start the server with store.migrate = true, which is the default",
        ),
        error => Finding::wrong(
            "store",
            format!("cannot open {place}: {}", chain(&error)),
            "nothing can be read or written",
            "see whether the disk is full or the database server runs, and whether this user may use it; if the database is damaged, restore the newest backup",
        ),
    })
}

#[cfg(test)]
mod tests;
