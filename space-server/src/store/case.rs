// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Cases, as those who decide read them: of who reported, nothing in here learns more than whether the reader did.

use std::collections::{BTreeMap, BTreeSet};

use space_core::case::Decision;
use space_core::policy::{self, CaseContext, DecideCase, Permit};
use space_core::text::{Clause, Comment};
use space_core::{
    Case, CaseId, CaseState, Evidence, Member, MemberId, Outcome, PostId, Report, Timestamp,
    TopicId,
};

use super::moderator::others;
use super::{Executor, Result, Row, hidden, ids64, member, statements, visitor};
use crate::writer::Tx;

macro_rules! columns {
    () => {
        "select c.id, c.state, c.post_id, p.topic_id, t.title, p.number, p.author_id, p.is_hidden, p.deleted_at,
         c.opened_at, c.outcome, c.decider_id, c.decided_at, c.clause, c.note, c.revision
         from moderation_case c join post p on p.id = c.post_id join topic t on t.id = p.topic_id "
    };
}

/// The reader `$reader` may see the case `c`: they did not write its post, and did not report it unless nobody else could
/// decide. The rule is [`SeeCase`](space_core::policy::SeeCase)'s; here it chooses rows.
macro_rules! open_to {
    ($reader:literal, $now:literal) => {
        concat!(
            "p.author_id <> $",
            $reader,
            " and (not exists (select 1 from case_reporter r where r.member_id = $",
            $reader,
            " and r.case_id = c.id) or not exists (",
            others!($now),
            "))"
        )
    };
}

statements! {
    BY_ID = concat!(columns!(), "where c.id = $1");
    IN_STATE = concat!(columns!(), "where c.state = $1 and (c.opened_at, c.id) > ($2, $3) and ", open_to!("4", "5"),
        " order by c.opened_at, c.id limit $6");
    ALL_CASES = concat!(columns!(), "where (c.opened_at, c.id) > ($1, $2) and ", open_to!("3", "4"),
        " order by c.opened_at, c.id limit $5");
    OPENED_AT = concat!("select c.opened_at from moderation_case c join post p on p.id = c.post_id
        where c.id = $1 and ", open_to!("2", "3"));
    COUNT_OPEN = concat!("select count(*) from moderation_case c join post p on p.id = c.post_id
        where c.state = 'open' and ", open_to!("1", "2"));
    CONTEXT = concat!("select p.author_id, c.state, c.revision, c.post_id,
        exists (select 1 from case_reporter r where r.member_id = $1 and r.case_id = c.id),
        exists (", others!("2"), "), c.outcome
        from moderation_case c join post p on p.id = c.post_id where c.id = $3");
    REPORTED = concat!("select case_id from case_reporter where case_id in (", ids64!(), ") and member_id = $65");
    EARLIER = concat!("select case_id, outcome, decider_id, decided_at, clause, note from case_decision
        where case_id in (", ids64!(), ") order by case_id, number");
    EVIDENCE = concat!("select case_id, post_revision, source, taken_at, sha256 from case_evidence
        where case_id in (", ids64!(), ") order by case_id, post_revision");
    REPORTS = concat!("select case_id, alias, reason, comment, network, post_revision, created_at, written_at
        from case_report where case_id in (", ids64!(), ") order by case_id, alias");
    KEEP_EARLIER = "insert into case_decision (case_id, number, outcome, decider_id, decided_at, clause, note)
        select c.id, (select count(*) + 1 from case_decision d where d.case_id = c.id), c.outcome, c.decider_id,
        c.decided_at, c.clause, c.note from moderation_case c where c.id = $1 and c.outcome is not null";
    TOUCH_OPEN = "update moderation_case set revision = revision + 1
        where post_id = $1 and state = 'open' and id <> $2";
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

/// Fills in what belongs to cases, for a reader.
async fn whole(
    x: &mut Executor<'_>,
    cases: Vec<Bare>,
    reader: Option<MemberId>,
) -> Result<Vec<Case>> {
    let ids: Vec<i64> = cases.iter().map(|case| case.id.get()).collect();
    let posts: Vec<i64> = cases.iter().map(|case| case.post.get()).collect();
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
    let mut earlier: BTreeMap<CaseId, Vec<Decision>> = BTreeMap::new();
    let found = x.readable_in("case_decision", EARLIER, &ids, &[], |row| {
        let decision = Decision {
            outcome: row.word(1)?,
            by: row.id(2, MemberId::new)?,
            decided_at: Timestamp::from_millis(row.i64(3)?),
            clause: row.opt_checked(4)?,
            note: row.opt_checked(5)?,
        };
        Ok((row.id(0, CaseId::new)?, decision))
    });
    for (id, one) in found.await? {
        earlier.entry(id).or_default().push(one);
    }
    let reader = [reader.map_or(0, MemberId::get).into()];
    let reported = x.readable_in("case_reporter", REPORTED, &ids, &reader, |row| {
        row.id(0, CaseId::new)
    });
    let reported: BTreeSet<CaseId> = reported.await?.into_iter().collect();
    // Of one post there may be several cases.
    let hidings = hidden::hidings(x, &posts).await?;
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
                earlier: earlier.remove(&case.id).unwrap_or_default(),
                hidings: hidings.get(&case.post).cloned().unwrap_or_default(),
                is_reporter: reported.contains(&case.id),
                revision: case.revision,
            })
        })
        .collect())
}

/// Reads one case, for a reader.
pub(crate) async fn by_id(
    x: &mut Executor<'_>,
    id: CaseId,
    reader: Option<MemberId>,
) -> Result<Option<Case>> {
    let found = x.rows(BY_ID, &[id.get().into()], bare).await?;
    Ok(whole(x, found, reader).await?.pop())
}

/// Lists cases in the order in which they were opened, after one of them; those are left out to which `reader` is
/// party: they wrote the post, or reported it and somebody else can decide.
pub(crate) async fn list(
    x: &mut Executor<'_>,
    state: Option<CaseState>,
    after: Option<CaseId>,
    reader: MemberId,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<Case>> {
    let now = now.millis();
    // After a case that the reader cannot see it goes on as after one that is not there: from the beginning.
    let (at, id) = match after {
        Some(after) => x
            .row(
                OPENED_AT,
                &[after.get().into(), reader.get().into(), now.into()],
                |row| row.i64(0),
            )
            .await?
            .map_or((i64::MIN, 0), |at| (at, after.get())),
        None => (i64::MIN, 0),
    };
    let by = Some(reader);
    let (at, id, reader, now) = (at.into(), id.into(), reader.get().into(), now.into());
    let (sql, list) = match state {
        Some(state) => (IN_STATE, vec![state.word().into(), at, id, reader, now]),
        None => (ALL_CASES, vec![at, id, reader, now]),
    };
    let mut found = x
        .readable_lists("moderation_case", sql, &[list], limit, bare)
        .await?;
    whole(x, found.pop().unwrap_or_default(), by).await
}

/// Counts the open cases that a reader may decide.
pub(crate) async fn count_open(
    x: &mut Executor<'_>,
    reader: MemberId,
    now: Timestamp,
) -> Result<u64> {
    let values = [reader.get().into(), now.millis().into()];
    let count = x.row(COUNT_OPEN, &values, |row| row.i64(0)).await?;
    Ok(u64::try_from(count.unwrap_or(0)).unwrap_or(0))
}

/// What a decision has to know of a case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub(crate) context: CaseContext,
    pub(crate) revision: i64,
    pub(crate) post: PostId,
    /// What was decided, when something is.
    pub(crate) outcome: Option<Outcome>,
}

/// Reads what rules look at when `reader` wants to see or decide a case.
pub(crate) async fn facts(
    x: &mut Executor<'_>,
    id: CaseId,
    reader: Option<MemberId>,
    now: Timestamp,
) -> Result<Option<Facts>> {
    let reader = reader.map_or(0, MemberId::get);
    let values = [reader.into(), now.millis().into(), id.get().into()];
    x.row(CONTEXT, &values, |row| {
        Ok(Facts {
            context: CaseContext {
                author: row.id(0, MemberId::new)?,
                has_reported: row.bool(4)?,
                has_other: row.bool(5)?,
                state: row.word(1)?,
            },
            revision: row.i64(2)?,
            post: row.id(3, PostId::new)?,
            outcome: row.opt_word(6)?,
        })
    })
    .await
}

/// What changes the state in which a post is shown: hiding it, or showing it again.
pub(crate) trait ChangesPost {
    /// Returns which post.
    fn post(&self) -> PostId;
}
impl ChangesPost for policy::HidePost {
    fn post(&self) -> PostId {
        self.post
    }
}
impl ChangesPost for policy::RestorePost {
    fn post(&self) -> PostId {
        self.post
    }
}

/// Moves the open case about a post on, unless it is `but`: who decides it from what was there before meets a conflict.
pub(crate) async fn touch_open<P: ChangesPost>(
    tx: &mut Tx<'_>,
    permit: &Permit<P>,
    but: Option<CaseId>,
) -> Result<()> {
    let but = but.map_or(0, CaseId::get);
    let values = [permit.action().post().get().into(), but.into()];
    tx.execute(TOUCH_OPEN, &values).await.map(drop)
}

/// Stores what was decided. What is corrected by it is kept.
pub(crate) async fn decide(
    tx: &mut Tx<'_>,
    permit: &Permit<DecideCase>,
    by: MemberId,
    outcome: Outcome,
    clause: Option<&Clause>,
    note: Option<&Comment>,
) -> Result<()> {
    let now = tx.now().millis();
    if permit.action().correct {
        tx.execute(KEEP_EARLIER, &[permit.action().case.get().into()])
            .await?;
    }
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
