// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space sync`: sends what waits, and reads what is new.

use std::io::{IsTerminal as _, Write as _};

use super::End;
use super::open::Place;
use super::output::Output;

/// Syncs once, with a count of rows on a terminal.
pub(super) fn run(place: &Place<'_>, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let mut opened = place.open()?;
    let mut stderr = std::io::stderr();
    let is_watched = stderr.is_terminal();
    let mut shown = false;
    let report = place.sync(&mut opened, &mut |rows| {
        if is_watched && rows > 0 {
            let text = l10n.with("sync-progress", &[("rows", rows.into())]);
            let _ = write!(stderr, "\r{text}");
            shown = true;
        }
    });
    if shown {
        eprintln!();
    }
    let report = report?;
    let sent = report.drained.sent.len();
    let values = [("rows", report.rows.into()), ("sent", sent.into())];
    out.line(&l10n.with("sync-done", &values))?;
    let refused = report.drained.refused.len();
    if refused > 0 {
        out.line(&l10n.with("sync-refused", &[("count", refused.into())]))?;
    }
    Ok(())
}
