// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Cases, as those who decide read them: of who reported, nothing in here learns more than whether the reader did.

use std::collections::BTreeMap;

use space_core::case::Decision;
use space_core::policy::{CaseContext, DecideCase, Permit};
use space_core::text::{Clause, Comment};
use space_core::{
    Case, CaseId, CaseState, Evidence, Member, MemberId, Outcome, PostId, Report, Timestamp,
    TopicId,
};

use super::{Executor, Result, Row, ids64, member, statements, visitor};
use crate::writer::Tx;

macro_rules! columns {
    () => {
        "select c.id, c.state, c.post_id, p.topic_id, t.title, p.number, p.author_id, p.is_hidden, p.deleted_at,
         c.opened_at, c.outcome, c.decider_id, c.decided_at, c.clause, c.note, c.revision
         from moderation_case c join post p on p.id = c.post_id join topic t on t.id = p.topic_id "
    };
}

statements! {
    BY_ID = concat!(columns!(), "where c.id = $1");
    IN_STATE = concat!(columns!(), "where c.state = $1 and (c.opened_at, c.id) > ($2, $3) and p.author_id <> $4
        and not exists (select 1 from case_reporter r where r.member_id = $4 and r.case_id = c.id)
        order by c.opened_at, c.id limit $5");
    ALL_CASES = concat!(columns!(), "where (c.opened_at, c.id) > ($1, $2) and p.author_id <> $3
        and not exists (select 1 from case_reporter r where r.member_id = $3 and r.case_id = c.id)
        order by c.opened_at, c.id limit $4");
    OPENED_AT = "select c.opened_at from moderation_case c join post p on p.id = c.post_id
        where c.id = $1 and p.author_id <> $2
        and not exists (select 1 from case_reporter r where r.member_id = $2 and r.case_id = c.id)";
    CONTEXT = "select p.author_id, c.state, c.revision, c.post_id,
        exists (select 1 from case_reporter r where r.member_id = $1 and r.case_id = c.id)
        from moderation_case c join post p on p.id = c.post_id where c.id = $2";
    EVIDENCE = concat!("select case_id, post_revision, source, taken_at, sha256 from case_evidence
        where case_id in (", ids64!(), ") order by case_id, post_revision");
    REPORTS = concat!("select case_id, alias, reason, comment, network, post_revision, created_at, written_at
        from case_report where case_id in (", ids64!(), ") order by case_id, alias");
    DECIDE = "update moderation_case set state = 'decided', outcome = $1, decider_id = $2, decided_at = $3,
        clause = $4, note = $5, revision = revision + 1 where id = $6";
}

/// A case before what belongs to it is filled in.
struct Bare {
    id: CaseId,
    state: CaseState,
    post: PostId,
    topic: TopicId,
    title: String,
    number: i64,
    author: MemberId,
    is_hidden: bool,
    is_gone: bool,
    opened_at: Timestamp,
    decision: Option<Decision>,
    revision: i64,
}

fn bare(row: &Row<'_>) -> Result<Bare> {
    let decision = match row.opt_word::<Outcome>(10)? {
        None => None,
        Some(outcome) => Some(Decision {
            outcome,
            by: row.id(11, MemberId::new)?,
            decided_at: Timestamp::from_millis(row.i64(12)?),
            clause: row.opt_checked(13)?,
            note: row.opt_checked(14)?,
        }),
    };
    Ok(Bare {
        id: row.id(0, CaseId::new)?,
        state: row.word(1)?,
        post: row.id(2, PostId::new)?,
        topic: row.id(3, TopicId::new)?,
        title: row.mended("topic", row.i64(3)?, 4)?,
        number: row.i64(5)?,
        author: row.id(6, MemberId::new)?,
        is_hidden: row.bool(7)?,
        is_gone: row.opt_i64(8)?.is_some(),
        opened_at: Timestamp::from_millis(row.i64(9)?),
        decision,
        revision: row.i64(15)?,
    })
}

/// Fills in what belongs to cases.
async fn whole(x: &mut Executor<'_>, cases: Vec<Bare>) -> Result<Vec<Case>> {
    let ids: Vec<i64> = cases.iter().map(|case| case.id.get()).collect();
    let authors: Vec<i64> = cases.iter().map(|case| case.author.get()).collect();
    let mut evidence: BTreeMap<CaseId, Vec<Evidence>> = BTreeMap::new();
    let found = x.readable_in("case_evidence", EVIDENCE, &ids, &[], |row| {
        let evidence = Evidence {
            revision: row.i64(1)?,
            source: row.text(2)?,
            taken_at: Timestamp::from_millis(row.i64(3)?),
            sha256: row.text(4)?,
        };
        Ok((row.id(0, CaseId::new)?, evidence))
    });
    for (id, one) in found.await? {
        evidence.entry(id).or_default().push(one);
    }
    let mut reports: BTreeMap<CaseId, Vec<Report>> = BTreeMap::new();
    let found = x.readable_in("case_report", REPORTS, &ids, &[], |row| {
        let report = Report {
            alias: format!("reporter {}", row.i64(1)?),
            reason: row.word(2)?,
            comment: row.opt_checked(3)?,
            network: row.opt_checked(4)?,
            revision: row.i64(5)?,
            created_at: Timestamp::from_millis(row.i64(6)?),
            written_at: row.opt_i64(7)?.map(Timestamp::from_millis),
        };
        Ok((row.id(0, CaseId::new)?, report))
    });
    for (id, one) in found.await? {
        reports.entry(id).or_default().push(one);
    }
    let members = member::by_ids(x, &authors).await?;
    let members: BTreeMap<MemberId, Member> =
        members.into_iter().map(|one| (one.id, one)).collect();
    let came_from = visitor::came_from(x, &authors).await?;
    Ok(cases
        .into_iter()
        .filter_map(|case| {
            // Of a member whose row cannot be read nothing can be shown.
            let author = members.get(&case.author).cloned()?;
            Some(Case {
                id: case.id,
                state: case.state,
                post: case.post,
                topic: case.topic,
                title: case.title,
                number: case.number,
                author,
                came_from: came_from.get(&case.author).cloned(),
                is_hidden: case.is_hidden,
                is_gone: case.is_gone,
                evidence: evidence.remove(&case.id).unwrap_or_default(),
                reports: reports.remove(&case.id).unwrap_or_default(),
                opened_at: case.opened_at,
                decision: case.decision,
                revision: case.revision,
            })
        })
        .collect())
}

/// Reads one case.
pub(crate) async fn by_id(x: &mut Executor<'_>, id: CaseId) -> Result<Option<Case>> {
    let found = x.rows(BY_ID, &[id.get().into()], bare).await?;
    Ok(whole(x, found).await?.pop())
}

/// Lists cases in the order in which they were opened, after one of them; those are left out to which `reader` is
/// party: they wrote the post, or reported it.
pub(crate) async fn list(
    x: &mut Executor<'_>,
    state: Option<CaseState>,
    after: Option<CaseId>,
    reader: MemberId,
    limit: usize,
) -> Result<Vec<Case>> {
    // After a case that the reader cannot see it goes on as after one that is not there: from the beginning.
    let (at, id) = match after {
        Some(after) => x
            .row(
                OPENED_AT,
                &[after.get().into(), reader.get().into()],
                |row| row.i64(0),
            )
            .await?
            .map_or((i64::MIN, 0), |at| (at, after.get())),
        None => (i64::MIN, 0),
    };
    let (at, id, reader) = (at.into(), id.into(), reader.get().into());
    let (sql, list) = match state {
        Some(state) => (IN_STATE, vec![state.word().into(), at, id, reader]),
        None => (ALL_CASES, vec![at, id, reader]),
    };
    let mut found = x
        .readable_lists("moderation_case", sql, &[list], limit, bare)
        .await?;
    whole(x, found.pop().unwrap_or_default()).await
}

/// What a decision has to know of a case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub(crate) context: CaseContext,
    pub(crate) revision: i64,
    pub(crate) post: PostId,
}

/// Reads what rules look at when `reader` wants to see or decide a case.
pub(crate) async fn facts(
    x: &mut Executor<'_>,
    id: CaseId,
    reader: Option<MemberId>,
) -> Result<Option<Facts>> {
    let reader = reader.map_or(0, MemberId::get);
    x.row(CONTEXT, &[reader.into(), id.get().into()], |row| {
        Ok(Facts {
            context: CaseContext {
                author: row.id(0, MemberId::new)?,
                has_reported: row.bool(4)?,
                state: row.word(1)?,
            },
            revision: row.i64(2)?,
            post: row.id(3, PostId::new)?,
        })
    })
    .await
}

/// Stores what was decided.
pub(crate) async fn decide(
    tx: &mut Tx<'_>,
    permit: &Permit<DecideCase>,
    by: MemberId,
    outcome: Outcome,
    clause: Option<&Clause>,
    note: Option<&Comment>,
) -> Result<()> {
    let now = tx.now().millis();
    let values = [
        outcome.word().into(),
        by.get().into(),
        now.into(),
        clause.map(Clause::as_str).into(),
        note.map(Comment::as_str).into(),
        permit.action().case.get().into(),
    ];
    tx.execute(DECIDE, &values).await.map(drop)
}
