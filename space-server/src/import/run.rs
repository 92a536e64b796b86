// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Runs an import: reads, plans, draws ids, and writes piece by piece.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use space_core::CategoryId;
use space_core::text::{About, Label, folded};
use tokio::sync::mpsc;

use super::categories::CategoryNames;
use super::finding::Findings;
use super::known::{Known, NoteArchive, Reserve};
use super::live::Forum;
use super::people::{name_all, report_renamed};
use super::piece::{NewCategory, Piece, Pieces};
use super::plan::{Birth, Plan};
use super::report::{Counts, Report, Written};
use super::restate_categories::RestateCategories;
use super::withdraw::{HOME, Things, Withdraw, Withdrawn, home};
use super::withdrawal::{self, Withdrawals};
use super::write::WritePiece;
use super::{ImportError, Planned, Progress, digest, read, totals};
use crate::operator::{Operator, OperatorError};
use crate::store::{StoreError, member};

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
    /// Whether what can be read of a damaged archive is imported all the same. Its texts may be wrong.
    pub salvage: bool,
    /// Where the forum is or was, when the archive does not tell.
    pub address: Option<Forum>,
    /// Whether the archive holds everything that the forum shows: topics that it does not mention are withdrawn.
    pub is_whole: bool,
    /// What categories are called here, whatever the source calls them.
    pub category_names: CategoryNames,
}

impl Import {
    /// The import of what is under a path, as it is done when nothing else is said.
    pub fn new(path: PathBuf, space_name: Label) -> Self {
        Self {
            path,
            source: "discourse".to_owned(),
            space_name,
            salvage: false,
            address: None,
            is_whole: false,
            category_names: CategoryNames::new(),
        }
    }
}

/// How many pieces wait to be written at most; then making them waits too.
const WAITING: usize = 2;

/// Imports a Discourse forum; nothing of it when something stands against that ([`Report::obstacle`]). What was imported before is recognised; what an import that was cut off did not
/// write is written.
pub async fn run(
    operator: &Operator,
    import: &Import,
    progress: &Progress,
) -> Result<Report, ImportError> {
    let now = operator.clock.now();
    let (what, shown) = (import.clone(), progress.clone());
    let reading = tokio::task::spawn_blocking(move || read(&what, now, &shown));
    let Planned {
        mut plan,
        mut findings,
        obstacle,
    } = reading.await.map_err(|_| ImportError::Stopped)??;
    let totals = totals(&plan);

    let is_nothing = plan.posts.is_empty() && !plan.gone.is_anything();
    if obstacle.is_some() || is_nothing {
        // Nothing to write is no reason to make a space.
        let mut report = Report::new(totals, findings.sorted(), obstacle);
        report.written = Some(Written::default());
        return Ok(report);
    }
    if !plan.posts.is_empty() {
        let empty = About::parse("").map_err(|why| OperatorError::Refused(why.to_string()))?;
        operator.init(import.space_name.clone(), empty).await?;
    }
    let has_space = !plan.posts.is_empty();
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

    let mut written = Written::default();
    let withdrawals = withdrawal::plan(&plan, &known, import.is_whole, &mut findings);
    let withdrawn = withdrawals.post_ids();
    let (seen_at, was_seen_at) = (plan.seen_at.millis(), known.archive_seen_at());
    let done = withdraw_all(operator, &source, withdrawals).await?;
    written.withdrawn.add(&done.counts);
    findings.append(done.findings);

    let restated = RestateCategories::of(&plan, &known, &source);
    progress.begin_posts("writing", totals.posts);
    let (send, mut pieces) = mpsc::channel::<(Piece, u64)>(WAITING);
    // Making a piece is work for the processor, writing it is work for the disk: one makes while the other writes.
    let making = tokio::task::spawn_blocking(move || {
        let mut pieces = Pieces::new(plan, known, withdrawn);
        while let Some(piece) = pieces.next()? {
            if send.blocking_send(piece).is_err() {
                break;
            }
        }
        Ok(pieces.into_findings())
    });
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
            written.withdrawn.add(&done.written.withdrawn);
            findings.append(done.findings);
        }
        progress.advance(posts);
    }
    let made: Result<Findings, std::io::Error> = making.await.map_err(|_| ImportError::Stopped)?;
    findings.append(made.map_err(ImportError::Texts)?);
    // After those that are new: one may have moved under them.
    if let Some(restated) = restated {
        let (changed, told) = operator.writer.submit(restated).await?;
        written.changed.categories += changed;
        findings.append(told);
    }
    progress.end();
    if seen_at > was_seen_at && has_space {
        operator
            .writer
            .submit(NoteArchive { source, seen_at })
            .await?;
    }
    let mut report = Report::new(totals, findings.sorted(), None);
    report.written = Some(written);
    Ok(report)
}

/// How many posts, or topics, one transaction withdraws.
const WITHDRAWN_AT_ONCE: usize = 100;

/// Withdraws what the source took back, before anything else is written.
async fn withdraw_all(
    operator: &Operator,
    source: &Arc<str>,
    what: Withdrawals,
) -> Result<Withdrawn, ImportError> {
    let mut steps = Vec::new();
    if !what.categories.is_empty() {
        steps.push(Things::Categories(what.categories));
    }
    if !what.topics.is_empty() {
        let home = home_of_withdrawn(operator, source).await?;
        for topics in what.topics.chunks(WITHDRAWN_AT_ONCE) {
            steps.push(Things::Topics(topics.to_vec(), home));
        }
    }
    for posts in what.posts.chunks(WITHDRAWN_AT_ONCE) {
        steps.push(Things::Posts(posts.to_vec()));
    }
    let mut all = Withdrawn::default();
    for what in steps {
        let source = Arc::clone(source);
        let done = operator.writer.submit(Withdraw { source, what }).await?;
        all.counts.add(&done.counts);
        all.findings.append(done.findings);
    }
    Ok(all)
}

/// Returns the category that withdrawn topics are put into, and makes it when there is none.
async fn home_of_withdrawn(
    operator: &Operator,
    source: &Arc<str>,
) -> Result<CategoryId, ImportError> {
    let lost = || ImportError::from(StoreError::Lost);
    let mut known = Known::read(&operator.store, source).await?;
    if known.category(HOME).is_none() {
        let reserve = Reserve::closed_category(source, HOME);
        operator.writer.submit(reserve).await?;
        known = Known::read(&operator.store, source).await?;
    }
    let entry = known.category(HOME).ok_or_else(lost)?;
    let id = CategoryId::new(entry.id).ok_or_else(lost)?;
    if entry.digest.is_empty() {
        let planned = home(operator.clock.now()).ok_or_else(lost)?;
        let piece = Piece {
            categories: vec![NewCategory {
                id,
                parent: None,
                parent_source_id: None,
                planned,
            }],
            ..Piece::default()
        };
        let source = Arc::clone(source);
        operator.writer.submit(WritePiece { source, piece }).await?;
    }
    Ok(id)
}

/// Refuses to write one forum over another: topics of the same number then began at different times.
fn check_same_forum(plan: &Plan, known: &Known, source: &Arc<str>) -> Result<(), ImportError> {
    let was = |source_id| digest::TopicDigest::read(&known.topic(source_id)?.digest);
    let there = plan.topics.iter().filter_map(|topic| {
        let was = was(topic.source_id)?;
        Some(was.created_at == topic.created_at.millis())
    });
    let gone = plan.gone.topics.iter().filter_map(|(source_id, topic)| {
        let was = was(*source_id)?;
        let mut began = topic.created_at.iter();
        (!topic.created_at.is_empty()).then(|| began.any(|at| was.created_at == at.millis()))
    });
    let began: Vec<bool> = there.chain(gone).collect();
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
