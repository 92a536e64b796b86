// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Runs an import: reads, plans, draws ids, and writes piece by piece.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use space_core::text::{About, Label, folded};
use tokio::sync::mpsc;

use super::finding::Findings;
use super::known::Known;
use super::people::{name_all, report_renamed};
use super::piece::{Piece, Pieces};
use super::plan::{Birth, Plan};
use super::report::{Counts, Report, Written};
use super::write::WritePiece;
use super::{ImportError, Progress, digest, read, totals};
use crate::operator::{Operator, OperatorError};
use crate::store::member;

/// What is to be imported.
#[derive(Debug, Clone)]
pub struct Import {
    /// A folder, an archive or a single document.
    pub path: PathBuf,
    /// What tells this forum from others that are imported into the same space. The same forum must always have
    /// the same.
    pub source: String,
    /// What the space is called, if there is none yet.
    pub space_name: Label,
}

/// How many pieces wait to be written at most; then making them waits too.
const WAITING: usize = 2;

/// Imports a Discourse forum. What was imported before is recognised; what an import that was cut off did not
/// write is written.
pub async fn run(
    operator: &Operator,
    import: &Import,
    progress: &Progress,
) -> Result<Report, ImportError> {
    let now = operator.clock.now();
    let (path, shown) = (import.path.clone(), progress.clone());
    let reading = tokio::task::spawn_blocking(move || read(&path, now, &shown));
    let (mut plan, mut findings) = reading.await.map_err(|_| ImportError::Stopped)??;
    let totals = totals(&plan);

    if plan.posts.is_empty() {
        // Nothing to write is no reason to make a space.
        let mut report = Report::new(totals, findings.sorted());
        report.written = Some(Written::default());
        return Ok(report);
    }
    let empty = About::parse("").map_err(|why| OperatorError::Refused(why.to_string()))?;
    operator.init(import.space_name.clone(), empty).await?;
    let source: Arc<str> = import.source.as_str().into();
    let known = Known::read(&operator.store, &source).await?;
    check_same_forum(&plan, &known, &source)?;
    let reservations = known.reserve(&plan, &source);
    let known = if reservations.is_empty() {
        known
    } else {
        for reservation in reservations {
            operator.writer.submit(reservation).await?;
        }
        // Read again rather than remembered: another import of the same source may run beside this one.
        Known::read(&operator.store, &source).await?
    };
    name_members(operator, &mut plan, &known).await?;
    report_renamed(
        plan.members.iter().map(|member| &member.person),
        &mut findings,
    );

    progress.begin_posts("writing", totals.posts);
    let (send, mut pieces) = mpsc::channel::<(Piece, u64)>(WAITING);
    // Making a piece is work for the processor, writing it is work for the disk: one makes while the other writes.
    let making = tokio::task::spawn_blocking(move || {
        let mut pieces = Pieces::new(plan, known);
        while let Some(piece) = pieces.next()? {
            if send.blocking_send(piece).is_err() {
                break;
            }
        }
        Ok(pieces.findings)
    });
    let mut written = Written::default();
    while let Some((piece, posts)) = pieces.recv().await {
        if !piece.is_empty() {
            let done = operator
                .writer
                .submit(WritePiece {
                    source: Arc::clone(&source),
                    piece,
                })
                .await?;
            written.new.add(&done.written.new);
            written.changed.add(&done.written.changed);
            findings.append(done.findings);
        }
        progress.advance(posts);
    }
    let made: Result<Findings, std::io::Error> = making.await.map_err(|_| ImportError::Stopped)?;
    findings.append(made.map_err(ImportError::Texts)?);
    progress.end();
    let mut report = Report::new(totals, findings.sorted());
    report.written = Some(written);
    Ok(report)
}

/// Refuses to write one forum over another: topics of the same number then began at different times.
fn check_same_forum(plan: &Plan, known: &Known, source: &Arc<str>) -> Result<(), ImportError> {
    let began: Vec<bool> = plan
        .topics
        .iter()
        .filter_map(|topic| {
            let was = digest::TopicDigest::read(&known.topic(topic.source_id)?.digest)?;
            Some(was.created_at == topic.created_at.millis())
        })
        .collect();
    let same = began.iter().filter(|is_same| **is_same).count();
    if same * 2 < began.len() {
        Err(ImportError::OtherForum {
            name: source.to_string(),
        })
    } else {
        Ok(())
    }
}

/// Finds names for those who are not there yet that nobody in the space has, and the names of those who are.
async fn name_members(
    operator: &Operator,
    plan: &mut Plan,
    known: &Known,
) -> Result<(), ImportError> {
    let members = operator
        .store
        .read_long(|x| {
            Box::pin(async move {
                let ids: Vec<i64> = member::all_ids(x)
                    .await?
                    .into_iter()
                    .map(space_core::MemberId::get)
                    .collect();
                member::by_ids(x, &ids).await
            })
        })
        .await?;
    let by_id: std::collections::HashMap<i64, _> = members
        .iter()
        .map(|member| (member.id.get(), &member.name))
        .collect();
    let taken: HashSet<String> = members
        .iter()
        .map(|member| folded(member.name.as_str()))
        .collect();
    let mut new = Vec::new();
    for at in 0..plan.members.len() {
        let here = known
            .of(plan, Birth::Member(at))
            .and_then(|entry| by_id.get(&entry.id));
        match here {
            Some(name) => plan.members[at].person.name = (*name).clone(),
            None => new.push(at),
        }
    }
    let names = name_all(new.iter().map(|at| &plan.members[*at].person), &taken);
    for (at, name) in new.into_iter().zip(names) {
        plan.members[at].person.name = name;
    }
    Ok(())
}

impl Counts {
    fn add(&mut self, more: &Self) {
        self.categories += more.categories;
        self.topics += more.topics;
        self.posts += more.posts;
        self.members += more.members;
    }
}
