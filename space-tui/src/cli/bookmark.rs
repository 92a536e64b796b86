// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space bookmark`: puts a mark in a topic or post, or takes it out. It counts at once, and is sent with the next sync.

use serde::Serialize;
use space_core::client::outbox::{Draft, LocalId};
use space_core::text::Note;

use super::End;
use super::args::Bookmark;
use super::failure::{Failure, Kind};
use super::open::Place;
use super::output::Output;
use super::read::find;
use crate::machine::Machine;

/// What was noted.
#[derive(Debug, Serialize)]
struct Noted {
    /// Its number in the outbox.
    outbox: LocalId,
}

/// Notes it.
pub(super) fn run(place: &Place<'_>, args: &Bookmark, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let mut opened = place.open_as_member()?;
    let named = find(place, &mut opened, args.target)?;
    let (topic, post) = (named.topic.topic.id, named.post.map(|row| row.post.id));
    let id = post.map_or_else(|| format!("#{topic}"), |post| format!("#{post}"));
    let note = args.note.as_deref().map(Note::parse).transpose();
    let note =
        note.map_err(|error| Failure::new(Kind::Usage, l10n, "fail-note", &[]).because(&error))?;
    let (draft, says) = if args.remove {
        (Draft::RemoveBookmark { topic, post }, "bookmark-removed")
    } else {
        (Draft::PutBookmark { topic, post, note }, "bookmark-put")
    };
    let outbox = opened
        .outbox
        .queue(&draft, &Machine, &Machine)
        .map_err(|e| place.outbox_failed(&e))?;
    // It is safe now. Without the server it is sent another time, and nobody needs to hear of that.
    let _ = place.sync(&mut opened, &mut |_| {});
    if args.json {
        out.json(&Noted { outbox })?;
    } else {
        out.line(&l10n.with(says, &[("id", id.into())]))?;
    }
    Ok(())
}
