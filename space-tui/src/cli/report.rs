// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space report`: tells moderators of a post, in confidence.

use space_core::client::outbox::{Draft, ItemState};
use space_core::text::Comment;
use space_core::{PostId, ReportReason};

use super::End;
use super::args::Report;
use super::failure::{Failure, Kind};
use super::json::SentJson;
use super::open::Place;
use super::output::Output;
use super::read::find;
use crate::machine::Machine;

/// Queues the report before everything else, and sends it at once when the server answers.
pub(super) fn run(place: &Place<'_>, args: &Report, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let mut opened = place.open_as_member()?;
    let named = find(place, &mut opened, args.target)?;
    let post: PostId = if let Some(row) = named.post {
        row.post.id
    } else {
        // A topic stands for what it begins with.
        let first = opened
            .replica
            .thread(named.topic.topic.id, 1, 1)
            .map_err(|e| place.replica_failed(&e))?;
        let missing = || {
            let id = [("id", args.target.0.to_string().into())];
            Failure::new(Kind::NotFound, l10n, "fail-not-found", &id)
        };
        first.first().ok_or_else(missing)?.post.id
    };
    let id = [("id", format!("#{post}").into())];
    let reason = args.reason.reason();
    if reason == ReportReason::Talk {
        return Err(Failure::new(Kind::Usage, l10n, "fail-talk", &[])
            .hint(l10n, "hint-talk", &id)
            .into());
    }
    if reason.needs_comment() && args.comment.is_none() {
        return Err(Failure::new(Kind::Usage, l10n, "fail-needs-comment", &[])
            .hint(l10n, "hint-needs-comment", &[])
            .into());
    }
    let draft = Draft::Report {
        post,
        reason,
        comment: comment(place, args.comment.as_deref())?,
    };
    let failed = |e| place.outbox_failed(&e);
    let item = opened
        .outbox
        .queue(&draft, &Machine, &Machine)
        .map_err(failed)?;
    // It is safe now: whatever the server says, it will be sent.
    let synced = place.sync(&mut opened, &mut |_| {});
    let kept = opened.outbox.item(item).map_err(failed)?;
    let waiting = kept.as_ref().and_then(|it| it.waiting.clone());
    let (word, why) = match kept.map(|it| it.state) {
        // What was sent is not kept here.
        None | Some(ItemState::Sent(_)) => ("sent", None),
        Some(ItemState::Refused(problem)) => ("refused", Some(problem.title)),
        Some(_) => ("queued", None),
    };
    if args.json {
        out.json(&SentJson {
            outbox: item.0,
            state: word,
            topic: None,
            post: Some(post),
            why: why.clone(),
        })?;
    } else if word == "sent" {
        out.line(&l10n.text("report-sent"))?;
    } else if let Some(waiting) = waiting {
        let why = super::outbox::waits(place, &waiting.why.title, waiting.until);
        let values = [("id", item.to_string().into()), ("why", why.into())];
        out.line(&l10n.with("report-waits", &values))?;
    } else if word == "queued" {
        out.line(&l10n.with("report-queued", &[("id", item.to_string().into())]))?;
        if let Err(failure) = &synced {
            let why = [("why", failure.reason().into())];
            out.line(&l10n.with("failure-because", &why))?;
        }
    }
    match why {
        Some(why) => {
            let values = [("why", why.into()), ("id", item.0.to_string().into())];
            Err(Failure::new(Kind::Denied, l10n, "fail-refused", &values)
                .hint(l10n, "hint-refused", &values)
                .into())
        }
        None => Ok(()),
    }
}

/// Checks a comment.
pub(super) fn comment(place: &Place<'_>, text: Option<&str>) -> Result<Option<Comment>, End> {
    let checked = text.map(Comment::parse).transpose();
    checked.map_err(|error| {
        Failure::new(Kind::Usage, place.l10n, "fail-comment", &[])
            .because(&error)
            .into()
    })
}
