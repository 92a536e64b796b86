// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space search`: finds posts in the local copy.

use space_core::Clock as _;

use super::End;
use super::args::Search;
use super::failure::{Failure, Kind};
use super::json::HitJson;
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::machine::Machine;
use crate::text::clean;
use crate::text::measure::fit;
use crate::text::when;

/// Prints what was found, newest first.
pub(super) fn run(place: &Place<'_>, args: &Search, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let words = args.words.join(" ");
    if words.trim().is_empty() {
        return Err(Failure::new(Kind::Usage, l10n, "fail-no-words", &[])
            .hint(l10n, "hint-no-words", &[])
            .into());
    }
    let opened = place.open_to_read()?;
    let hits = opened
        .replica
        .search(&words, args.limit)
        .map_err(|e| place.replica_failed(&e))?;
    let now = Machine.now();
    for hit in &hits {
        if args.json {
            out.json(&HitJson::from(hit))?;
            continue;
        }
        let room = out.columns.saturating_sub(36).max(20);
        let left = [
            Span::new(Role::Id, format!("#{}  ", hit.post)),
            Span::new(Role::Title, fit(&clean::line(&hit.title), room)),
        ];
        let right = [
            Span::new(Role::Author, clean::line(&hit.author.name)),
            Span::new(
                Role::Quiet,
                format!("  {}", when::short(l10n, hit.created_at, now)),
            ),
        ];
        out.row(&left, &right)?;
        let excerpt = fit(
            &clean::line(&hit.snippet.text),
            out.columns.saturating_sub(4),
        );
        out.spans(&[Span::new(Role::Quiet, format!("    {excerpt}"))])?;
    }
    if hits.is_empty() && !args.json {
        out.line(&l10n.with("search-nothing", &[("words", words.as_str().into())]))?;
    }
    Ok(())
}
