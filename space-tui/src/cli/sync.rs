// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space sync`: sends what waits, and reads what is new, as far back as is wanted.

use std::io::{IsTerminal as _, Write as _};

use serde::Serialize;
use space_core::client::sync::{Progress, clean};

use super::End;
use super::args::Sync;
use super::open::Place;
use super::output::Output;
use crate::l10n::L10n;
use crate::worker::synced;

/// What was done, as JSON.
#[derive(Debug, Serialize)]
struct Done {
    rows: usize,
    sent: usize,
    refused: usize,
    /// Rows that this version could not read; `space doctor` names them.
    set_aside: usize,
    topics_held: u64,
    window: String,
}

/// How far it has come, as a line of JSON on standard error.
#[derive(Debug, Serialize)]
struct ProgressJson {
    rows: usize,
    /// About how many it will be; absent for changes, which nobody counts before.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_rows: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows_per_second: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds_left: Option<u64>,
}

/// Syncs once, with progress on a terminal. A window that is given is kept for the next time.
pub(super) fn run(place: &Place<'_>, args: &Sync, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let mut opened = place.open()?;
    if let Some(window) = args.window {
        opened.profile.window = window;
        place
            .folders
            .save(&place.name, &opened.profile)
            .map_err(|e| place.profile_failed(&e))?;
    }
    let mut stderr = std::io::stderr();
    let is_watched = stderr.is_terminal();
    let mut shown = 0;
    let report = place.sync(&mut opened, &mut |progress| {
        if args.json {
            if let Ok(text) = serde_json::to_string(&ProgressJson::from(&progress)) {
                let _ = writeln!(stderr, "{text}");
            }
        } else if is_watched && progress.rows > 0 {
            let text = told(&progress, l10n);
            let columns = crate::text::measure::width(&text);
            // What stood there before and was longer is wiped out.
            let rest = " ".repeat(usize::saturating_sub(shown, columns));
            let _ = write!(stderr, "\r{text}{rest}");
            shown = columns;
        }
    });
    if shown > 0 {
        let _ = writeln!(stderr);
    }
    let report = report?;
    synced::note(&opened.file, opened.tools().clock.now());
    let sent = report.drained.sent.len();
    let refused = report.drained.refused.len();
    // What was withdrawn leaves the bytes of the file too, before it is said that all is done.
    if let Err(error) = clean(&mut opened.replica) {
        let why = [("why", place.replica_failed(&error).reason().into())];
        super::open::note(&l10n.with("sync-not-wiped", &why));
    }
    let unread = opened.replica.set_aside();
    let set_aside = unread.map_err(|e| place.replica_failed(&e))?.len();
    if args.json {
        out.json(&Done {
            rows: report.rows,
            sent,
            refused,
            set_aside,
            topics_held: opened
                .replica
                .topics_held()
                .map_err(|e| place.replica_failed(&e))?,
            window: opened.profile.window.to_string(),
        })?;
        return Ok(());
    }
    let values = [("rows", report.rows.into()), ("sent", sent.into())];
    out.line(&l10n.with("sync-done", &values))?;
    if !opened.profile.window.is_whole() {
        let window = opened.profile.window.to_string();
        out.line(&l10n.with("sync-window", &[("window", window.into())]))?;
    }
    if set_aside > 0 {
        out.line(&l10n.with("sync-set-aside", &[("count", set_aside.into())]))?;
    }
    if refused > 0 {
        out.line(&l10n.with("sync-refused", &[("count", refused.into())]))?;
    }
    Ok(())
}

/// Says how far it has come, on one line.
fn told(progress: &Progress, l10n: &L10n) -> String {
    let json = ProgressJson::from(progress);
    let mut text = match json.expected_rows {
        Some(expected) if expected > json.rows => {
            let values = [("rows", json.rows.into()), ("expected", expected.into())];
            l10n.with("status-reading-of", &values)
        }
        _ => l10n.with("status-reading", &[("rows", json.rows.into())]),
    };
    if let Some(rate) = json.rows_per_second {
        text = format!(
            "{text} · {}",
            l10n.with("status-rate", &[("rate", rate.into())])
        );
    }
    if let (Some(seconds), true) = (json.seconds_left, progress.more) {
        let left = l10n.with("status-left", &[("seconds", seconds.into())]);
        text = format!("{text} · {left}");
    }
    text
}

impl From<&Progress> for ProgressJson {
    fn from(progress: &Progress) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate is above zero, and told in whole rows"
        )]
        Self {
            rows: progress.rows,
            expected_rows: progress.expected_rows(),
            rows_per_second: progress.rate().map(|rate| rate as u64),
            seconds_left: progress.left().map(|left| left.as_secs()),
        }
    }
}
