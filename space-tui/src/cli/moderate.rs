// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space hide`, `space restore`, `space decide`: what staff does about a post or a case. They need the server: what is
//! decided counts at once, for everybody.

use serde::Serialize;
use space_core::client::ApiError;
use space_core::client::api::{Api, IdempotencyKey};
use space_core::protocol::{DecideCase, HidePost};
use space_core::text::Clause;
use space_core::{Case, Clock as _, Outcome, PostId};

use super::End;
use super::args::{Decide, Hide, Restore};
use super::failure::{Failure, Kind};
use super::open::{Opened, Place};
use super::output::Output;
use super::report::comment;
use super::reports::print;
use crate::machine::Machine;

/// A post, as it stands after what was done.
#[derive(Debug, Serialize)]
struct HiddenJson {
    post: PostId,
    is_hidden: bool,
    revision: i64,
}

/// Hides a post.
pub(super) fn hide(place: &Place<'_>, args: &Hide, out: &mut Output<'_>) -> Result<(), End> {
    let command = HidePost {
        clause: clause(place, args.clause.as_deref())?,
        note: comment(place, args.note.as_deref())?,
    };
    let (mut opened, api) = open(place)?;
    let post = place
        .block_on(api.hide_post(args.post, &command, &key()))?
        .map_err(|e| failed(place, "fail-hide", &e))?;
    follow(place, &mut opened);
    tell(place, "hide-done", &post, args.json, out)
}

/// Shows a hidden post again.
pub(super) fn restore(place: &Place<'_>, args: &Restore, out: &mut Output<'_>) -> Result<(), End> {
    let (mut opened, api) = open(place)?;
    let post = place
        .block_on(api.restore_post(args.post, &key()))?
        .map_err(|e| failed(place, "fail-restore", &e))?;
    follow(place, &mut opened);
    tell(place, "restore-done", &post, args.json, out)
}

/// Decides a case.
pub(super) fn decide(place: &Place<'_>, args: &Decide, out: &mut Output<'_>) -> Result<(), End> {
    let clause = clause(place, args.clause.as_deref())?;
    let note = comment(place, args.note.as_deref())?;
    let (mut opened, api) = open(place)?;
    let failed = |e| failed(place, "fail-decide", &e);
    let revision = match args.revision {
        Some(revision) => revision,
        None => {
            place
                .block_on(api.case(args.case))?
                .map_err(failed)?
                .revision
        }
    };
    let command = DecideCase {
        revision,
        outcome: args.outcome.outcome(),
        clause,
        note,
        hide: args.hide,
        keep_hidden: args.keep_hidden,
        correct: args.correct,
    };
    let case = place
        .block_on(api.decide_case(args.case, &command, &key()))?
        .map_err(failed)?;
    follow(place, &mut opened);
    if args.json {
        out.json(&case)?;
    } else {
        print(place, &opened.replica, &case, out)?;
        if let Some(key) = stands(&case) {
            let values = [
                ("id", format!("#{}", case.post).into()),
                ("number", case.post.to_string().into()),
            ];
            out.line(&place.l10n.with(key, &values))?;
        }
    }
    Ok(())
}

/// Returns the key of how the post stands after a decision; nothing when it is gone.
fn stands(case: &Case) -> Option<&'static str> {
    let decision = case.decision.as_ref().filter(|_| !case.is_gone)?;
    // The decision and what it did are of one moment.
    let restored = case.hidings.last().and_then(|hiding| hiding.restored_at);
    Some(match (decision.outcome, case.is_hidden) {
        (Outcome::Agree, true) => "decide-hidden",
        (Outcome::Agree, false) => "decide-still-shown",
        (Outcome::Disagree | Outcome::Ignore, true) => "decide-still-hidden",
        (_, false) if restored == Some(decision.decided_at) => "decide-shown-again",
        (Outcome::Disagree | Outcome::Ignore, false) => "decide-shown",
    })
}

fn open(place: &Place<'_>) -> Result<(Opened, Api), End> {
    let opened = place.open_as_member()?;
    let api = place.api(&opened.profile)?;
    Ok((opened, api))
}

/// Lets the local copy show what was done at once. When it cannot, the next sync does.
fn follow(place: &Place<'_>, opened: &mut Opened) {
    let _ = place.sync(opened, &mut |_| {});
}

fn key() -> IdempotencyKey {
    IdempotencyKey::draw(Machine.now(), &Machine)
}

fn clause(place: &Place<'_>, text: Option<&str>) -> Result<Option<Clause>, End> {
    let checked = text.map(Clause::parse).transpose();
    checked.map_err(|error| {
        Failure::new(Kind::Usage, place.l10n, "fail-clause", &[])
            .because(&error)
            .into()
    })
}

fn tell(
    place: &Place<'_>,
    key: &str,
    post: &space_core::Post,
    is_json: bool,
    out: &mut Output<'_>,
) -> Result<(), End> {
    if is_json {
        out.json(&HiddenJson {
            post: post.id,
            is_hidden: post.is_hidden,
            revision: post.revision,
        })?;
    } else {
        let id = [("id", format!("#{}", post.id).into())];
        out.line(&place.l10n.with(key, &id))?;
    }
    Ok(())
}

/// Says what failed in a call of staff's, and what to do where the server does not say it.
pub(super) fn failed(place: &Place<'_>, key: &str, error: &ApiError) -> Failure {
    let failure = place.call_failed(key, error);
    let denial = match error {
        ApiError::Problem { problem, .. } => problem.denial.as_deref(),
        _ => None,
    };
    let hint = match denial {
        Some("not_staff") => "hint-staff",
        Some("own_post") => "hint-own-post",
        Some("case_decided") => "hint-decided",
        Some("case_open") => "hint-case-open",
        Some("token_too_narrow") => "hint-login",
        _ if failure.kind == Kind::NotFound => "hint-moderate-not-found",
        _ => return failure,
    };
    failure.hint(place.l10n, hint, &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use space_core::Timestamp;
    use space_core::case::Decision;
    use space_core::{CaseId, CaseState, Hiding, MemberId, TopicId};

    fn case(outcome: Outcome, is_hidden: bool, restored_at: Option<i64>) -> Case {
        let member = MemberId::new(7).unwrap();
        let at = Timestamp::from_millis;
        Case {
            id: CaseId::new(1_000_000).unwrap(),
            state: CaseState::Decided,
            post: PostId::new(50).unwrap(),
            topic: TopicId::new(40).unwrap(),
            title: String::new(),
            number: 2,
            author: serde_json::from_str(
                r#"{"id":9,"kind":"person","name":"mallory","trust_level":0,"created_at":1,"revision":1}"#,
            )
            .unwrap(),
            came_from: None,
            is_hidden,
            is_gone: false,
            evidence: Vec::new(),
            reports: Vec::new(),
            opened_at: at(1),
            decision: Some(Decision {
                outcome,
                by: member,
                decided_at: at(9),
                clause: None,
                note: None,
            }),
            earlier: Vec::new(),
            hidings: vec![Hiding {
                by: member,
                hidden_at: at(5),
                clause: None,
                note: None,
                restored_by: restored_at.map(|_| member),
                restored_at: restored_at.map(at),
            }],
            is_reporter: false,
            revision: 2,
        }
    }

    #[rstest]
    #[case(Outcome::Agree, true, None, "decide-hidden")]
    #[case(Outcome::Agree, false, Some(7), "decide-still-shown")]
    #[case(Outcome::Disagree, true, None, "decide-still-hidden")]
    #[case(Outcome::Disagree, false, Some(9), "decide-shown-again")]
    #[case(Outcome::Disagree, false, Some(7), "decide-shown")]
    #[case(Outcome::Ignore, true, None, "decide-still-hidden")]
    #[case(Outcome::Ignore, false, Some(7), "decide-shown")]
    fn decision_says_how_the_post_stands(
        #[case] outcome: Outcome,
        #[case] is_hidden: bool,
        #[case] restored_at: Option<i64>,
        #[case] want: &str,
    ) {
        assert_eq!(stands(&case(outcome, is_hidden, restored_at)), Some(want));
        let gone = Case {
            is_gone: true,
            ..case(outcome, is_hidden, restored_at)
        };
        assert_eq!(stands(&gone), None);
    }
}
