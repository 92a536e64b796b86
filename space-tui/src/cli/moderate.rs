// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space hide`, `space restore`, `space decide`: what staff does about a post or a case. They need the server: what is
//! decided counts at once, for everybody.

use serde::Serialize;
use space_core::client::ApiError;
use space_core::client::api::{Api, IdempotencyKey};
use space_core::protocol::{DecideCase, HidePost};
use space_core::text::Clause;
use space_core::{Clock as _, PostId};

use super::End;
use super::args::{Decide, Hide, Restore};
use super::failure::{Failure, Kind};
use super::open::Place;
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
    let api = api(place)?;
    let post = place
        .block_on(api.hide_post(args.post, &command, &key()))?
        .map_err(|e| failed(place, "fail-hide", &e))?;
    tell(place, "hide-done", &post, args.json, out)
}

/// Shows a hidden post again.
pub(super) fn restore(place: &Place<'_>, args: &Restore, out: &mut Output<'_>) -> Result<(), End> {
    let api = api(place)?;
    let post = place
        .block_on(api.restore_post(args.post, &key()))?
        .map_err(|e| failed(place, "fail-restore", &e))?;
    tell(place, "restore-done", &post, args.json, out)
}

/// Decides a case.
pub(super) fn decide(place: &Place<'_>, args: &Decide, out: &mut Output<'_>) -> Result<(), End> {
    let clause = clause(place, args.clause.as_deref())?;
    let note = comment(place, args.note.as_deref())?;
    let api = api(place)?;
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
    };
    let case = place
        .block_on(api.decide_case(args.case, &command, &key()))?
        .map_err(failed)?;
    if args.json {
        out.json(&case)?;
    } else {
        print(place, &case, out)?;
    }
    Ok(())
}

fn api(place: &Place<'_>) -> Result<Api, End> {
    let opened = place.open_as_member()?;
    Ok(place.api(&opened.profile)?)
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
        Some("token_too_narrow") => "hint-login",
        _ if failure.kind == Kind::NotFound => "hint-moderate-not-found",
        _ => return failure,
    };
    failure.hint(place.l10n, hint, &[])
}
