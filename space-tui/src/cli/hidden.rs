// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What hidden posts say, for staff: asked of the server when it is wanted, printed, and kept nowhere.

use serde::Serialize;
use space_core::client::ApiError;
use space_core::client::api::Api;
use space_core::client::replica::{PostRow, Replica};
use space_core::{Clock as _, HiddenPost, Hiding, MemberId};

use super::End;
use super::moderate::failed;
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::l10n::L10n;
use crate::machine::Machine;
use crate::screens::rendered;
use crate::text::clean;
use crate::text::when;

/// What `--json` prints of a hidden post, beside what everybody knows of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct HiddenJson {
    /// What it says; absent when its text never came to the server, or is not for this reader.
    #[serde(flatten)]
    post: Option<HiddenPost>,
    /// Who hid it.
    #[serde(skip_serializing_if = "Option::is_none")]
    by_name: Option<String>,
    /// Why its text cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// What the server said of a hidden post: its text, or why not.
pub(super) type Told = Result<HiddenPost, String>;

/// Asks what a post says, when it is hidden.
pub(super) fn ask(place: &Place<'_>, api: &Api, row: &PostRow) -> Result<Option<Told>, End> {
    if !row.post.is_hidden {
        return Ok(None);
    }
    match place.block_on(api.hidden_post(row.post.id))? {
        Ok(hidden) => Ok(Some(Ok(hidden))),
        Err(ApiError::Problem { problem, .. }) if is_about_one(problem.denial.as_deref()) => {
            Ok(Some(Err(problem.title.clone())))
        }
        // It was hidden before it came to the server.
        Err(error) if error.code() == Some(space_core::protocol::ProblemCode::NotFound) => {
            Ok(Some(Err(error.to_string())))
        }
        Err(error) => Err(failed(place, "fail-read-hidden", &error).into()),
    }
}

/// Says whether a refusal is about this post alone: the reader's own, or one that is shown again.
fn is_about_one(denial: Option<&str>) -> bool {
    matches!(denial, Some("own_post" | "not_hidden"))
}

/// Makes what `--json` prints of it.
pub(super) fn json(replica: &Replica, told: Told) -> HiddenJson {
    match told {
        Ok(post) => HiddenJson {
            by_name: Some(name(replica, post.by)),
            post: Some(post),
            why: None,
        },
        Err(why) => HiddenJson {
            post: None,
            by_name: None,
            why: Some(why),
        },
    }
}

/// Returns the lines of a hidden post: who hid it, when and why, and what it says.
pub(super) fn lines(l10n: &L10n, replica: &Replica, told: &Told, columns: usize) -> Vec<Vec<Span>> {
    let hidden = match told {
        Ok(hidden) => hidden,
        Err(why) => {
            let why = clean::line(why).into_owned();
            return vec![
                vec![Span::new(Role::Quiet, l10n.text("post-hidden"))],
                vec![Span::new(Role::Quiet, why)],
            ];
        }
    };
    let by = says(l10n, "hidden-by", replica, hidden.by, hidden.hidden_at);
    let clause = hidden.clause.as_ref().map(ToString::to_string);
    let note = hidden.note.as_ref().map(ToString::to_string);
    let mut lines = vec![vec![Span::new(Role::Warning, reasons(by, clause, note))]];
    lines.extend(rendered::source(&hidden.source, columns, l10n));
    lines
}

/// Prints when a post was hidden and shown again.
pub(super) fn trail(
    l10n: &L10n,
    replica: &Replica,
    hidings: &[Hiding],
    indent: &str,
    out: &mut Output<'_>,
) -> Result<(), End> {
    for hiding in hidings {
        let by = says(l10n, "hidden-by", replica, hiding.by, hiding.hidden_at);
        let clause = hiding.clause.as_ref().map(ToString::to_string);
        let note = hiding.note.as_ref().map(ToString::to_string);
        let mut text = format!("{indent}{}", reasons(by, clause, note));
        if let (Some(by), Some(at)) = (hiding.restored_by, hiding.restored_at) {
            text.push_str("  → ");
            text.push_str(&says(l10n, "hidden-restored", replica, by, at));
        }
        out.spans(&[Span::new(Role::Quiet, text)])?;
    }
    Ok(())
}

fn says(
    l10n: &L10n,
    key: &str,
    replica: &Replica,
    by: MemberId,
    at: space_core::Timestamp,
) -> String {
    let age = when::short(l10n, at, Machine.now());
    let values = [("name", name(replica, by).into()), ("age", age.into())];
    l10n.with(key, &values)
}

fn reasons(mut text: String, clause: Option<String>, note: Option<String>) -> String {
    for more in clause.into_iter().chain(note) {
        text.push_str("  ");
        text.push_str(&clean::line(&more));
    }
    text
}

/// Returns what a member is called, or their number where the local copy does not know them.
pub(super) fn name(replica: &Replica, member: MemberId) -> String {
    match replica.member(member) {
        Ok(Some(member)) => clean::line(member.name.as_str()).into_owned(),
        _ => format!("#{member}"),
    }
}
