// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Imports of other forums: `space-server import discourse PATH`, or the address of a live one ([`live`]), which is
//! fetched into a folder first.
//!
//! Reading ([`source`], [`discourse`]) yields documents and never fails for the whole because of one of them;
//! gathering ([`gather`]) joins what they say; the plan ([`plan`]) puts every thing in the order of its birth.
//! Everything up to there is pure but for the reading itself, and gives the same plan for the same documents
//! in whatever order they come. What could not be used, and what the source itself lacks, is in the report.
//!
//! Writing ([`run()`]) first draws an id for every thing in the plan ([`known`]), in the order of birth: so links may
//! lead forward as well as back, and an import that was cut off goes on with the same ids. Then the plan is written
//! in pieces ([`piece`], [`write`](mod@write)), each one transaction of the writer, beside a running server. With its origin
//! each thing keeps a digest of what was imported ([`digest`]): a second run finds that nothing changed, a newer
//! archive brings what is new and what changed ([`restate`]), and what was changed here since is left alone.

mod categories;
mod digest;
mod discourse;
mod emoji;
mod finding;
mod gather;
mod gone;
mod known;
mod links;
pub mod live;
mod markdown;
mod order;
mod people;
mod piece;
mod plan;
mod progress;
mod report;
mod restate;
mod restate_categories;
mod run;
mod source;
mod texts;
mod thread;
mod withdraw;
mod withdrawal;
mod write;

#[cfg(test)]
mod tests;

use std::io;

use space_core::Timestamp;

pub use categories::CategoryNames;
pub use finding::{Finding, FindingKind};
pub use progress::Progress;
pub use report::{Counts, Obstacle, Report, Written};
pub use run::{Import, run};
pub use source::SourceError;

use self::finding::Findings;
use self::gather::Gathered;
use self::plan::Plan;
use crate::operator::OperatorError;
use crate::store::StoreError;
use crate::writer::WriteError;

/// Why an import could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Nothing could be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The texts could not be kept until they are written.
    #[error("cannot keep the texts in a temporary file")]
    Texts(#[source] io::Error),
    /// The store could not be read or written; what was written before stands.
    #[error("cannot write the import")]
    Store(#[source] OperatorError),
    /// Another forum was imported under this name.
    #[error("this is another forum than the one that was imported as \"{name}\"")]
    OtherForum {
        /// The name.
        name: String,
    },
    /// The import was ended from outside.
    #[error("the import was ended before it was done")]
    Stopped,
}

impl From<OperatorError> for ImportError {
    fn from(error: OperatorError) -> Self {
        Self::Store(error)
    }
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error.into())
    }
}

impl From<WriteError> for ImportError {
    fn from(error: WriteError) -> Self {
        Self::Store(error.into())
    }
}

/// What came of reading.
#[derive(Debug)]
struct Planned {
    plan: Plan,
    findings: Findings,
    obstacle: Option<Obstacle>,
}

/// Reads everything under `path` and plans what an import of it would write.
///
/// Compression tells of damage late: what it gave before may be wrong without a sign. So a damaged archive, and one
/// that is cut, stands against the whole import, unless `salvage` says to take what is there.
fn read(import: &Import, now: Timestamp, progress: &Progress) -> Result<Planned, ImportError> {
    let (path, salvage) = (&*import.path, import.salvage);
    progress.begin_bytes("reading", source::size(path));
    let mut gathered = Gathered::new();
    let mut failed = None;
    source::read(path, &mut |bytes| progress.advance(bytes), &mut |item| {
        if failed.is_none() {
            failed = gathered.take(item).err();
        }
    })?;
    progress.end();
    if let Some((origin, folder)) = live::origin_of(path) {
        gathered.own_site.know(origin, &folder);
        (gathered.vanished, gathered.back_since) = live::vanished_from(path);
    }
    if let Some(forum) = &import.address {
        let (origin, folder) = forum.origin_and_folder();
        gathered.own_site.know(origin, folder);
    }
    if let Some(error) = failed {
        return Err(ImportError::Texts(error));
    }
    let obstacle = if gathered.findings.has(FindingKind::Archive) && !salvage {
        Some(Obstacle::Damaged)
    } else if gathered.topics.is_empty() && gathered.vanished.is_empty() {
        Some(Obstacle::NoForum)
    } else {
        None
    };
    let (plan, findings) = plan::make(gathered, &import.category_names, now);
    Ok(Planned {
        plan,
        findings,
        obstacle,
    })
}

fn totals(plan: &Plan) -> Counts {
    Counts {
        categories: plan.categories.len() as u64,
        topics: plan.topics.len() as u64,
        posts: plan.posts.len() as u64,
        members: plan.members.len() as u64,
    }
}

/// Reads what is to be imported, and tells what that would bring.
pub fn inspect(
    import: &Import,
    now: Timestamp,
    progress: &Progress,
) -> Result<Report, ImportError> {
    let Planned {
        plan,
        mut findings,
        obstacle,
    } = read(import, now, progress)?;
    people::report_renamed(
        plan.members.iter().map(|member| &member.person),
        &mut findings,
    );
    Ok(Report::new(totals(&plan), findings.sorted(), obstacle))
}
