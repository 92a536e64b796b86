// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Imports of other forums: `space-server import discourse PATH`.
//!
//! Reading ([`source`], [`discourse`]) yields documents and never fails for the whole because of one of them;
//! gathering ([`gather`]) joins what they say; the plan ([`plan`]) puts every thing in the order of its birth.
//! Everything up to there is pure but for the reading itself, and gives the same plan for the same documents
//! in whatever order they come. What could not be used, and what the source itself lacks, is in the report.

mod categories;
mod discourse;
mod finding;
mod gather;
mod links;
mod people;
mod plan;
mod progress;
mod report;
mod source;
mod texts;
mod thread;

#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;

use space_core::Timestamp;

pub use finding::{Finding, FindingKind};
pub use progress::Progress;
pub use report::{Counts, Report, Written};
pub use source::SourceError;

use self::finding::Findings;
use self::gather::Gathered;
use self::plan::Plan;

/// Why an import could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Nothing could be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The texts could not be kept until they are written.
    #[error("cannot keep the texts in a temporary file")]
    Texts(#[source] io::Error),
}

/// Reads everything under `path` and plans what an import of it would write.
fn read(path: &Path, now: Timestamp, progress: &Progress) -> Result<(Plan, Findings), ImportError> {
    progress.begin_bytes("reading", source::size(path));
    let mut gathered = Gathered::new();
    let mut failed = None;
    source::read(path, &mut |bytes| progress.advance(bytes), &mut |item| {
        if failed.is_none() {
            failed = gathered.take(item).err();
        }
    })?;
    progress.end();
    match failed {
        Some(error) => Err(ImportError::Texts(error)),
        None => Ok(plan::make(gathered, now)),
    }
}

fn totals(plan: &Plan) -> Counts {
    Counts {
        categories: plan.categories.len() as u64,
        topics: plan.topics.len() as u64,
        posts: plan.posts.len() as u64,
        members: plan.members.len() as u64,
    }
}

/// Reads everything under `path` and tells what an import of it would bring.
pub fn inspect(path: &Path, now: Timestamp, progress: &Progress) -> Result<Report, ImportError> {
    let (plan, findings) = read(path, now, progress)?;
    Ok(Report::new(totals(&plan), findings.sorted()))
}
