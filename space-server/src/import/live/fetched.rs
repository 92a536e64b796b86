// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What came of a fetch.

use std::fmt;

use serde::Serialize;

use crate::import::finding::{Finding, Findings};
use crate::import::report::Shown;

/// What came of a fetch.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Fetched {
    /// Topics that the forum lists.
    pub listed: u64,
    /// Topics that came.
    pub fetched: u64,
    /// Topics of which the list says nothing new.
    pub unchanged: u64,
    /// Topics that were removed before they could be fetched.
    pub gone: u64,
    /// Topics that the forum does not show.
    pub closed: u64,
    /// Topics that could not be fetched, or not be used.
    pub failed: u64,
    /// Posts that were removed while their topic was fetched.
    pub posts_gone: u64,
    /// Requests that were made, repeated ones among them.
    pub requests: u64,
    /// What there is to tell.
    #[serde(skip)]
    pub(crate) findings: Findings,
}

impl Fetched {
    /// Returns whether everything that the forum shows is there.
    pub fn is_complete(&self) -> bool {
        !self.findings.has_loss()
    }

    /// Returns what there is to tell, grouped by kind.
    pub fn findings(&self) -> Vec<Finding> {
        self.findings.clone().sorted()
    }

    /// Returns the report of a fetch that no import follows.
    pub fn with_findings(&self) -> FetchReport<'_> {
        FetchReport {
            fetched: self,
            is_complete: self.is_complete(),
            findings: self.findings(),
        }
    }
}

/// The report of a fetch that no import follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FetchReport<'f> {
    /// The figures.
    pub fetched: &'f Fetched,
    /// Whether everything that the forum shows is there.
    pub is_complete: bool,
    /// Everything worth telling, grouped by kind.
    pub findings: Vec<Finding>,
}

impl fmt::Display for FetchReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Shown(&self.findings))?;
        if !self.findings.is_empty() {
            writeln!(f)?;
        }
        write!(f, "{}", self.fetched)
    }
}

impl fmt::Display for Fetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "fetched: {} of {} topics, {} unchanged",
            self.fetched, self.listed, self.unchanged
        )?;
        let few = [
            (self.gone, "removed meanwhile"),
            (self.closed, "not shown"),
            (self.failed, "failed"),
        ];
        for (count, what) in few.into_iter().filter(|(count, _)| *count > 0) {
            write!(f, ", {count} {what}")?;
        }
        write!(f, " ({} requests)", self.requests)
    }
}
