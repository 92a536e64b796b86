// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space whoami`: who one is, and how things stand.

use serde::Serialize;
use space_core::client::outbox::{Draft, ItemState};

use super::End;
use super::args::Whoami;
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::text::clean;
use crate::text::measure::{column, width};

#[derive(Debug, Serialize)]
struct StatusJson<'a> {
    profile: &'a str,
    server: &'a str,
    /// The space's name; absent before the first sync.
    #[serde(skip_serializing_if = "Option::is_none")]
    space: Option<String>,
    /// Who is signed in; absent for a guest.
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<&'a str>,
    has_token: bool,
    is_online: bool,
    categories: i64,
    topics: i64,
    posts: i64,
    members: i64,
    unread_topics: i64,
    new_topics: i64,
    queued: usize,
    refused: usize,
}

/// Asks the server only whether it answers; everything else is here.
pub(super) fn run(place: &Place<'_>, args: &Whoami, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let opened = place.open()?;
    let failed = |e| place.replica_failed(&e);
    let has_token = opened.profile.account().is_some_and(|account| {
        let search = place.secrets.find(&account, &mut || place.keyring_waits());
        search.found.is_some()
    });
    let api = opened
        .profile
        .api(None)
        .map_err(|e| place.call_failed("fail-server", &e))?;
    let is_online = place.block_on(api.hello())?.is_ok();
    let counts = opened.replica.counts().map_err(failed)?;
    let attention = opened.replica.attention().map_err(failed)?;
    let items = opened.outbox.items().map_err(|e| place.outbox_failed(&e))?;
    let written = items
        .iter()
        .filter(|item| !matches!(item.draft, Draft::MarkRead { .. }));
    let (mut queued, mut refused) = (0, 0);
    for item in written {
        match item.state {
            ItemState::Queued | ItemState::Sending | ItemState::Held => queued += 1,
            ItemState::Refused(_) => refused += 1,
            ItemState::Sent(_) => {}
        }
    }
    let status = StatusJson {
        profile: &place.name,
        server: &opened.profile.server,
        space: opened
            .replica
            .space()
            .map_err(failed)?
            .map(|space| space.name.to_string()),
        member: opened
            .profile
            .member
            .as_ref()
            .map(space_core::text::MemberName::as_str),
        has_token,
        is_online,
        categories: counts.categories,
        topics: counts.topics,
        posts: counts.posts,
        members: counts.members,
        unread_topics: attention.unread,
        new_topics: attention.new,
        queued,
        refused,
    };
    if args.json {
        return Ok(out.json(&status)?);
    }
    let guest = l10n.text("status-guest");
    let reachable = if is_online {
        "status-online"
    } else {
        "status-offline"
    };
    let rows = [
        (
            l10n.text("whoami-member"),
            status.member.unwrap_or(&guest).to_owned(),
        ),
        (
            l10n.text("whoami-server"),
            format!("{} ({})", status.server, l10n.text(reachable)),
        ),
        (
            l10n.text("whoami-space"),
            status.space.clone().unwrap_or_default(),
        ),
        (l10n.text("whoami-profile"), status.profile.to_owned()),
        (
            l10n.text("whoami-copy"),
            l10n.with(
                "whoami-counts",
                &[
                    ("topics", status.topics.into()),
                    ("posts", status.posts.into()),
                ],
            ),
        ),
        (
            l10n.text("whoami-unread"),
            l10n.with(
                "whoami-attention",
                &[
                    ("unread", status.unread_topics.into()),
                    ("new", status.new_topics.into()),
                ],
            ),
        ),
        (
            l10n.text("whoami-outbox"),
            l10n.with(
                "whoami-waiting",
                &[("queued", queued.into()), ("refused", refused.into())],
            ),
        ),
    ];
    let columns = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    for (name, value) in rows {
        out.spans(&[
            Span::new(Role::Quiet, column(&name, columns)),
            Span::new(Role::Text, format!("  {}", clean::line(&value))),
        ])?;
    }
    if status.member.is_some() && !has_token {
        out.line(&l10n.text("hint-login"))?;
    }
    Ok(())
}
