// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reports: what was said under an alias, and, apart from it, who said it.

use std::ops::Range;

use space_core::policy::{EarlierReport, Permit, ReportPost};
use space_core::protocol::ReportReceipt;
use space_core::text::{Comment, NetworkName};
use space_core::{CaseId, Evidence, MemberId, PostId, ReportReason, Timestamp};

use super::{Executor, Result, StoreError, number, statements};
use crate::writer::Tx;

statements! {
    OPEN_CASE = "select id, revision from moderation_case where post_id = $1 and state = 'open'";
    IS_CASE = "select 1 from moderation_case where id = $1";
    EARLIER = "select r.reported_at, c.decided_at from case_reporter r join moderation_case c on c.id = r.case_id
        where r.member_id = $1 and r.post_id = $2 order by r.reported_at desc, r.case_id desc limit 1";
    RECENT = "select reported_at from case_reporter where member_id = $1 and reported_at > $2 order by reported_at";
    RECEIPT = "select p.reason, p.created_at, r.post_id from case_reporter r
        join case_report p on p.case_id = r.case_id and p.alias = r.alias
        where r.member_id = $1 and r.case_id = $2 order by r.alias desc limit 1";
    ALIASES = "select count(*) from case_report where case_id = $1";
    OPEN = "insert into moderation_case (id, post_id, state, opened_at, revision) values ($1, $2, 'open', $3, 1)";
    TOUCH_CASE = "update moderation_case set revision = revision + 1 where id = $1";
    KEEP_EVIDENCE = "insert into case_evidence (case_id, post_revision, source, taken_at, sha256)
        values ($1, $2, $3, $4, $5) on conflict do nothing";
    INSERT = "insert into case_report
        (case_id, alias, reason, comment, network, post_revision, created_at, written_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    INSERT_REPORTER = "insert into case_reporter (member_id, case_id, alias, post_id, reported_at)
        values ($1, $2, $3, $4, $5)";
}

/// Finds the case about a post that is open.
pub(crate) async fn open_case(x: &mut Executor<'_>, post: PostId) -> Result<Option<CaseId>> {
    x.row(OPEN_CASE, &[post.get().into()], |row| {
        row.id(0, CaseId::new)
    })
    .await
}

/// The numbers of cases: seven digits can be typed, and tell cases from posts at a glance.
const CASES: Range<i64> = 1_000_000..10_000_000;

/// Returns the number of a case that is to be opened; `chance` chooses it. Counted numbers would have gaps where there are
/// cases about the reader's own posts, which they must not know of, and would be given out twice after a restore.
pub(crate) async fn case_number(x: &mut Executor<'_>, chance: u64) -> Result<CaseId> {
    let id = number::free(x, IS_CASE, CASES, chance).await?;
    CaseId::new(id).ok_or(StoreError::NoIds)
}

/// Finds the last report of somebody on a post.
pub(crate) async fn earlier(
    x: &mut Executor<'_>,
    member: MemberId,
    post: PostId,
) -> Result<Option<EarlierReport>> {
    x.row(EARLIER, &[member.get().into(), post.get().into()], |row| {
        Ok(EarlierReport {
            reported_at: Timestamp::from_millis(row.i64(0)?),
            decided_at: row.opt_i64(1)?.map(Timestamp::from_millis),
        })
    })
    .await
}

/// Lists when somebody has reported anything after a moment, oldest first.
pub(crate) async fn recent(
    x: &mut Executor<'_>,
    member: MemberId,
    after: Timestamp,
) -> Result<Vec<Timestamp>> {
    x.rows(
        RECENT,
        &[member.get().into(), after.millis().into()],
        |row| Ok(Timestamp::from_millis(row.i64(0)?)),
    )
    .await
}

/// Reads the receipt of somebody's own report in a case.
pub(crate) async fn receipt(
    x: &mut Executor<'_>,
    member: MemberId,
    case: CaseId,
) -> Result<Option<ReportReceipt>> {
    x.row(RECEIPT, &[member.get().into(), case.get().into()], |row| {
        Ok(ReportReceipt {
            reason: row.word::<ReportReason>(0)?,
            received_at: Timestamp::from_millis(row.i64(1)?),
            post: row.id(2, PostId::new)?,
        })
    })
    .await
}

/// Opens a case about the post that a permit names.
pub(crate) async fn open(tx: &mut Tx<'_>, permit: &Permit<ReportPost>, case: CaseId) -> Result<()> {
    let now = tx.now().millis();
    let values = [
        case.get().into(),
        permit.action().post.get().into(),
        now.into(),
    ];
    tx.execute(OPEN, &values).await.map(drop)
}

/// A report to be filed.
#[derive(Debug, Clone)]
pub(crate) struct NewReport<'a> {
    pub(crate) case: CaseId,
    pub(crate) reporter: MemberId,
    pub(crate) comment: Option<&'a Comment>,
    pub(crate) network: Option<&'a NetworkName>,
    pub(crate) written_at: Option<Timestamp>,
    /// What the post says now.
    pub(crate) evidence: Evidence,
}

/// Files a report: what was reported, what is said about it under the next alias, and who stands behind that.
pub(crate) async fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit<ReportPost>,
    report: &NewReport<'_>,
) -> Result<()> {
    let case = report.case.get();
    let now = tx.now().millis();
    let ReportPost { post, reason, .. } = permit.action();
    let aliases = tx
        .x()
        .row(ALIASES, &[case.into()], |row| row.i64(0))
        .await?;
    let alias = aliases.unwrap_or(0) + 1;
    if alias > 1 {
        tx.execute(TOUCH_CASE, &[case.into()]).await?;
    }
    let evidence = &report.evidence;
    let values = [
        case.into(),
        evidence.revision.into(),
        (&evidence.source).into(),
        evidence.taken_at.millis().into(),
        (&evidence.sha256).into(),
    ];
    tx.execute(KEEP_EVIDENCE, &values).await?;
    let values = [
        case.into(),
        alias.into(),
        reason.word().into(),
        report.comment.map(Comment::as_str).into(),
        report.network.map(NetworkName::as_str).into(),
        evidence.revision.into(),
        now.into(),
        report.written_at.map(Timestamp::millis).into(),
    ];
    tx.execute(INSERT, &values).await?;
    let values = [
        report.reporter.get().into(),
        case.into(),
        alias.into(),
        post.get().into(),
        now.into(),
    ];
    tx.execute(INSERT_REPORTER, &values).await.map(drop)
}
