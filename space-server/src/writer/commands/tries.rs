// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Writing log-ins that failed into the audit log.

use serde_json::json;

use crate::audit::{Source, Subject, Tried};
use crate::writer::{Command, Failure, Tx};

/// Writing down log-ins that failed, or were refused because there were too many.
#[derive(Debug, Clone)]
pub(crate) struct RecordTries {
    pub(crate) tries: Vec<Tried>,
    /// Stands beside the addresses.
    pub(crate) chance: u64,
}

impl Command for RecordTries {
    type Reply = ();

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<(), Failure> {
        if !tx.has_space() {
            return Ok(());
        }
        for tried in &self.tries {
            let source = tried.from.map(|address| Source {
                address,
                chance: self.chance,
            });
            let of = tried.of.map(Subject::Member);
            let detail = json!({"times": tried.times});
            tx.audit_as(tried.act, "nobody".to_owned(), of, detail, source);
        }
        Ok(())
    }
}
