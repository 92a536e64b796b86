// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space outbox`: what was written and is not on the server yet.

use serde::Serialize;
use space_core::client::outbox::{Draft, Item, ItemState, LocalId, TopicRef};
use space_core::protocol::ChangeTags;
use space_core::text::{Comment, Note};
use space_core::{Clock as _, PostId, Tags, Timestamp, TopicId};

use super::End;
use super::args::{Outbox, OutboxAction};
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::machine::Machine;
use crate::text::clean;
use crate::text::measure::{column_right, fit};
use crate::text::when;

/// An item: what it is to do, and what became of it.
#[derive(Debug, Serialize)]
struct ItemJson<'a> {
    id: i64,
    #[serde(flatten)]
    draft: &'a Draft,
    written_at: Timestamp,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_before: Option<Timestamp>,
}

/// Lists the items, or acts on one.
pub(super) fn run(place: &Place<'_>, args: &Outbox, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let mut opened = place.open()?;
    let failed = |e| place.outbox_failed(&e);
    match &args.action {
        None => {
            let items = opened.outbox.items().map_err(failed)?;
            let unsent: Vec<_> = items
                .iter()
                .filter(|i| !matches!(i.state, ItemState::Sent(_)))
                .collect();
            for item in &unsent {
                list(place, item, args.json, out)?;
            }
            if unsent.is_empty() && !args.json {
                out.line(&l10n.text("outbox-empty"))?;
            }
        }
        Some(OutboxAction::Retry(item)) => {
            let id = LocalId(item.number);
            opened.outbox.retry(id, &Machine).map_err(failed)?;
            out.line(&l10n.with("outbox-queued", &[("id", id.to_string().into())]))?;
        }
        Some(OutboxAction::Discard(item)) => {
            let thrown = opened.outbox.discard(LocalId(item.number));
            for item in thrown.map_err(failed)?.items {
                let id = [("id", item.id.to_string().into())];
                out.line(&l10n.with("outbox-discarded", &id))?;
            }
        }
    }
    Ok(())
}

fn list(place: &Place<'_>, item: &Item, is_json: bool, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let (state, key, role) = match &item.state {
        ItemState::Queued if item.waiting.is_some() => {
            ("queued", "outbox-state-waits", Role::Queued)
        }
        ItemState::Queued => ("queued", "outbox-state-queued", Role::Queued),
        ItemState::Sending => ("sending", "outbox-state-sending", Role::Queued),
        ItemState::Held => ("held", "outbox-state-held", Role::Warning),
        ItemState::Refused(_) => ("refused", "outbox-state-refused", Role::Error),
        ItemState::Sent(_) => return Ok(()),
    };
    let why = match &item.state {
        ItemState::Refused(problem) => Some(problem.title.as_str()),
        _ => item.waiting.as_ref().map(|it| it.why.title.as_str()),
    };
    let not_before = item.waiting.as_ref().map(|it| it.until);
    if is_json {
        let written_at = item.written_at;
        return Ok(out.json(&ItemJson {
            id: item.id.0,
            draft: &item.draft,
            written_at,
            state,
            why,
            not_before,
        })?);
    }
    let left = [
        Span::new(Role::Id, column_right(&item.id.0.to_string(), 5)),
        Span::new(role, format!("  {}  ", l10n.text(key))),
        Span::new(Role::Text, what(place, &item.draft)),
    ];
    let age = when::short(l10n, item.written_at, Machine.now());
    out.row(&left, &[Span::new(Role::Quiet, age)])?;
    if let Some(source) = source(&item.draft) {
        let text = fit(&clean::line(source), out.columns.saturating_sub(8));
        out.spans(&[Span::new(Role::Quiet, format!("       {text}"))])?;
    }
    match (why, not_before) {
        (Some(why), Some(until)) => {
            let text = waits(place, why, until);
            out.spans(&[Span::new(Role::Quiet, format!("       {text}"))])?;
        }
        (Some(why), None) => out.spans(&[Span::new(
            Role::Error,
            format!("       {}", clean::line(why)),
        )])?,
        (None, _) => {}
    }
    Ok(())
}

/// Says why something waits, and when it is sent.
pub(super) fn waits(place: &Place<'_>, why: &str, until: Timestamp) -> String {
    let values = [
        ("why", clean::line(why).into_owned().into()),
        ("time", when::minute(until).into()),
    ];
    place.l10n.with("outbox-why-waits", &values)
}

fn what(place: &Place<'_>, draft: &Draft) -> String {
    let of = |key: &str, id: String| place.l10n.with(key, &[("id", id.into())]);
    match draft {
        Draft::StartTopic { title, .. } => {
            let title = clean::line(title.as_str());
            place.l10n.with("outbox-start", &[("title", title.into())])
        }
        Draft::Reply {
            topic: TopicRef::Sent(id),
            ..
        } => of("outbox-reply", format!("#{id}")),
        Draft::Reply {
            topic: TopicRef::Queued(id),
            ..
        } => of("outbox-reply", id.to_string()),
        Draft::EditPost { post, .. } => of("outbox-edit", format!("#{post}")),
        Draft::TagTopic { topic, change } => {
            let values = [
                ("id", format!("#{topic}").into()),
                ("tags", tagging(change).into()),
            ];
            place.l10n.with("outbox-tag", &values)
        }
        Draft::DeletePost { post } => of("outbox-delete", format!("#{post}")),
        Draft::Report { post, .. } => of("outbox-report-of", format!("#{post}")),
        Draft::MarkRead { topic, .. }
        | Draft::MarkPost { topic, .. }
        | Draft::RestoreRead { topic, .. }
        | Draft::SetRead { topic, .. } => of("outbox-read", format!("#{topic}")),
        Draft::CatchUp { .. } => place.l10n.text("outbox-catch-up"),
        Draft::PutBookmark { topic, post, .. } => of("outbox-bookmark", named(*topic, *post)),
        Draft::RemoveBookmark { topic, post } => of("outbox-unbookmark", named(*topic, *post)),
    }
}

/// Returns how what a bookmark is in is named.
fn named(topic: TopicId, post: Option<PostId>) -> String {
    post.map_or_else(|| format!("#{topic}"), |post| format!("#{post}"))
}

/// Returns a change of tags as it is typed: `+new -old`.
pub(super) fn tagging(change: &ChangeTags) -> String {
    let signed = |sign, tags: &Tags| -> Vec<String> {
        tags.iter().map(|tag| format!("{sign}{tag}")).collect()
    };
    let mut words = signed('+', &change.add);
    words.extend(signed('-', &change.remove));
    words.join(" ")
}

fn source(draft: &Draft) -> Option<&str> {
    match draft {
        Draft::StartTopic { source, .. }
        | Draft::Reply { source, .. }
        | Draft::EditPost { source, .. } => Some(source.as_str()),
        Draft::Report { comment, .. } => comment.as_ref().map(Comment::as_str),
        Draft::PutBookmark { note, .. } => note.as_ref().map(Note::as_str),
        _ => None,
    }
}
