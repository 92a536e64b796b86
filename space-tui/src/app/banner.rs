// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is said while the server cannot be reached or is not the one that was, and while a first copy is being read.

use super::Env;
use super::message::{Net, Reading};
use super::model::Status;
use crate::doc::{Line, Role, Tone};
use crate::text::measure::{fit, width};
use crate::text::when;

/// Returns whether something is to be said in a line of its own.
pub(super) fn is_needed(net: &Net) -> bool {
    matches!(net, Net::Offline | Net::OtherSpace | Net::OtherProfile)
}

/// Says that the server cannot be reached, how old the copy is, and what waits: as much as there is room for.
pub(super) fn line(status: &Status, env: Env<'_>, columns: usize) -> Line {
    let l10n = env.l10n;
    let mut parts = match status.net {
        Net::OtherSpace => vec![l10n.text("banner-other-space")],
        Net::OtherProfile => vec![l10n.text("banner-other-profile")],
        _ => vec![l10n.text("offline-banner")],
    };
    if let (Net::Offline, Some(then)) = (&status.net, status.synced_at) {
        let when = when::short(l10n, then, env.now);
        parts.push(l10n.with("offline-synced", &[("when", when.into())]));
    }
    let queued = status.overview.queued;
    if queued > 0 {
        parts.push(l10n.with("offline-queued", &[("count", queued.into())]));
    }
    if status.net == Net::Offline {
        parts.push(l10n.text("offline-works"));
    }
    let mut text = String::from(" ");
    for (at, part) in parts.iter().enumerate() {
        let gap = if at == 0 { "" } else { " · " };
        if at > 0 && width(&text) + width(gap) + width(part) >= columns {
            continue;
        }
        text.push_str(gap);
        text.push_str(part);
    }
    Line::text(Role::Warning, fit(&text, columns)).tone(Tone::Bar)
}

/// Says how far a reading has come.
pub(super) fn reading(reading: &Reading, env: Env<'_>) -> String {
    let l10n = env.l10n;
    let mut text = match reading.expected_rows {
        Some(expected) => {
            let values = [("rows", reading.rows.into()), ("expected", expected.into())];
            l10n.with("status-reading-of", &values)
        }
        None => l10n.with("status-reading", &[("rows", reading.rows.into())]),
    };
    if let Some(seconds) = reading.seconds_left {
        let left = l10n.with("status-left", &[("seconds", seconds.into())]);
        text = format!("{text} · {left}");
    }
    text
}
