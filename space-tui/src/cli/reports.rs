// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space reports`: lists what was reported, for staff. Who reported is in nothing of it.

use space_core::case::Decision;
use space_core::client::api::CasesRequest;
use space_core::client::replica::Replica;
use space_core::{Case, CaseState, Clock as _, ReportReason};

use super::End;
use super::args::Reports;
use super::hidden;
use super::moderate::failed;
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::machine::Machine;
use crate::text::clean;
use crate::text::measure::{column_right, fit};
use crate::text::when;

/// What belongs to a case stands behind its number.
const INDENT: &str = "       ";
/// Columns of the number of a case.
const NUMBER: usize = 7;

/// Lists them, what has waited longest first.
pub(super) fn run(place: &Place<'_>, args: &Reports, out: &mut Output<'_>) -> Result<(), End> {
    let opened = place.open_as_member()?;
    let api = place.api(&opened.profile)?;
    let mut request = CasesRequest {
        state: (!args.all).then_some(CaseState::Open),
        ..CasesRequest::default()
    };
    let mut is_empty = true;
    loop {
        let page = place
            .block_on(api.cases(&request))?
            .map_err(|e| failed(place, "fail-reports", &e))?;
        for case in &page.cases {
            is_empty = false;
            if args.json {
                out.json(case)?;
            } else {
                print(place, &opened.replica, case, out)?;
            }
        }
        match page.next {
            Some(next) => request.after = Some(next),
            None => break,
        }
    }
    if is_empty && !args.json {
        out.line(&place.l10n.text("reports-none"))?;
    }
    Ok(())
}

/// Prints a case: what it is about, what was said of it, and what was decided.
pub(super) fn print(
    place: &Place<'_>,
    replica: &Replica,
    case: &Case,
    out: &mut Output<'_>,
) -> Result<(), End> {
    let l10n = place.l10n;
    let quiet = |text: String| Span::new(Role::Quiet, text);
    let mut left = vec![
        Span::new(Role::Id, column_right(&case.id.to_string(), NUMBER)),
        Span::new(
            Role::Author,
            format!("  {}", clean::line(case.author.name.as_str())),
        ),
        Span::new(Role::Id, format!("  #{}", case.post)),
        Span::new(Role::Title, format!("  {}", clean::line(&case.title))),
    ];
    let states = [
        (case.is_hidden, "reports-hidden"),
        (case.is_gone, "reports-gone"),
    ];
    for (_, key) in states.iter().filter(|(is_so, _)| *is_so) {
        left.push(Span::new(Role::Warning, format!("  {}", l10n.text(key))));
    }
    let age = when::short(l10n, case.opened_at, Machine.now());
    out.row(&left, &[quiet(age)])?;
    let room = out.columns.saturating_sub(8);
    if let Some(from) = &case.came_from {
        let remote = clean::line(from.remote.as_str());
        out.spans(&[quiet(format!("       {}  {remote}", from.network))])?;
    }
    for evidence in &case.evidence {
        let said = fit(&clean::line(&evidence.source), room);
        out.spans(&[Span::new(Role::Quote, format!("       {said}"))])?;
    }
    for report in &case.reports {
        let mut spans = vec![
            quiet(format!("       {}: ", clean::line(&report.alias))),
            Span::new(Role::Badge, l10n.text(reason_key(report.reason))),
        ];
        if let Some(network) = &report.network {
            spans.push(quiet(format!("  {network}")));
        }
        if let Some(comment) = &report.comment {
            let said = clean::line(comment.as_str());
            spans.push(Span::new(Role::Text, format!("  {}", fit(&said, room))));
        }
        out.spans(&spans)?;
    }
    if case.is_reporter {
        let says = l10n.text("case-own-report");
        out.spans(&[Span::new(Role::Warning, format!("       {says}"))])?;
    }
    hidden::trail(l10n, replica, &case.hidings, INDENT, out)?;
    for decision in &case.earlier {
        let mut says = decided(replica, decision);
        says.push_str("  · ");
        says.push_str(&l10n.text("case-corrected"));
        out.spans(&[quiet(says)])?;
    }
    if let Some(decision) = &case.decision {
        let says = decided(replica, decision);
        let age = when::short(l10n, decision.decided_at, Machine.now());
        let age = format!(" · {age}");
        out.spans(&[Span::new(Role::Text, says), quiet(age)])?;
    }
    out.spans(&[])?;
    Ok(())
}

/// Writes a decision: what, on which clause, why, by whom.
fn decided(replica: &Replica, decision: &Decision) -> String {
    let mut says = format!("{INDENT}→ {}", decision.outcome);
    let clause = decision.clause.as_ref().map(ToString::to_string);
    let note = decision.note.as_ref().map(ToString::to_string);
    for more in clause.into_iter().chain(note) {
        says.push_str("  ");
        says.push_str(&clean::line(&more));
    }
    says.push_str("  ");
    says.push_str(&hidden::name(replica, decision.by));
    says
}

/// Returns the key of what a reason is called.
pub(crate) fn reason_key(reason: ReportReason) -> &'static str {
    match reason {
        ReportReason::Talk => "reason-talk",
        ReportReason::OffTopic => "reason-off-topic",
        ReportReason::Inappropriate => "reason-inappropriate",
        ReportReason::Spam => "reason-spam",
        ReportReason::Illegal => "reason-illegal",
        ReportReason::Other => "reason-other",
    }
}
