// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is wrong with a space, why it matters, and what to do about it.
//!
//! Each check looks at one thing and changes nothing. It may run while the server does.

mod machine;
pub(crate) mod reach;
mod rows;
mod tables;

use std::path::Path;

use serde::Serialize;
use space_core::Clock;

use crate::config::{Config, Database};
use crate::store::diagnosis::{Diagnosis, diagnose};
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
    let mut identity = None;
    match open(config).await {
        Ok(store) => {
            findings.extend(tables::examine(&store, clock, is_thorough).await);
            identity = tables::identity(&store).await;
        }
        Err(finding) => findings.push(finding),
    }
    findings.extend(reach::addresses(config));
    findings.push(reach::server(config, identity.as_ref()).await);
    findings
}

/// Opens the store as it is.
async fn open(config: &Config) -> Result<Store, Finding> {
    let database = config.database();
    let place = match &database {
        Database::Sqlite(file) => {
            is_there(file).map_err(|finding| *finding)?;
            file.display().to_string()
        }
        Database::Postgres(url) => url.to_string(),
    };
    let mut as_it_is = config.clone();
    as_it_is.store.migrate = false;
    Store::open(&as_it_is).await.map_err(|error| {
        if matches!(error, StoreError::NoSpace) {
            return no_space(&place);
        }
        let Diagnosis { why, hint } = diagnose(&database, &error);
        let (check, consequence) = match error {
            StoreError::MigrationPending | StoreError::NewerVersion { .. } => (
                "migrations",
                "this version of the server cannot use them as they are",
            ),
            StoreError::Encoding { .. } => (
                "encoding",
                "texts with letters or emoji that the encoding does not have cannot be stored",
            ),
            _ => ("store", "nothing can be read or written"),
        };
        Finding::wrong(
            check,
            format!("cannot open {place}: {why}"),
            consequence,
            hint,
        )
    })
}

/// Says that there is nothing to look at.
fn no_space(place: &str) -> Finding {
    Finding::wrong(
        "store",
        format!("there is no space in {place}"),
        "without it there is nothing to serve",
        "see whether --data-dir or --config name the right one; `space-server init` makes a space there, `space-server restore` brings back a backup",
    )
}

/// Looks whether there is a database, without making one.
fn is_there(file: &Path) -> Result<(), Box<Finding>> {
    let shown = file.display();
    let finding = match std::fs::metadata(file) {
        Ok(there) if there.is_file() => return Ok(()),
        Ok(_) => Finding::wrong(
            "store",
            format!("{shown} is not a file"),
            "the database is to be there",
            "name another folder with --data-dir",
        ),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Finding::wrong(
            "store",
            format!("there is no database {shown}"),
            "without it there is no space here",
            "name the data folder of your space with --data-dir DIR, SPACE_SERVER_DATA_DIR or --config FILE; `space-server init` makes a new space",
        ),
        Err(error) => Finding::wrong(
            "store",
            format!("{shown} cannot be looked at: {error}"),
            "this user does not see what the server sees",
            "run this as the user of the server, such as `sudo -u space space-server doctor`",
        ),
    };
    Err(Box::new(finding))
}

#[cfg(test)]
mod tests;
