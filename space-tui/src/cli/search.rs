// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space search`: finds posts in the local copy.

use serde::Serialize;
use space_core::Clock as _;
use space_core::client::replica::PlanError;
use space_core::search::{SearchError, SearchQuery};

use super::End;
use super::args::Search;
use super::failure::{Failure, Kind};
use super::json::HitJson;
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::machine::Machine;
use crate::text::clean;
use crate::text::measure::{fit, width};
use crate::text::search_error;
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
    let query = match words.parse::<SearchQuery>() {
        Ok(query) => query,
        Err(errors) => return wrong(place, &words, &errors, args.json, out),
    };
    let opened = place.open_to_read()?;
    let plan = match opened.replica.plan(&query, Machine.now()) {
        Ok(plan) => plan,
        Err(PlanError::Query(errors)) => return wrong(place, &words, &errors, args.json, out),
        Err(PlanError::Replica(e)) => return Err(place.replica_failed(&e).into()),
    };
    let page = opened.replica.search_all(&plan, None, args.limit);
    let hits = page.map_err(|e| place.replica_failed(&e))?.hits;
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

/// What is wrong with a query, as JSON.
#[derive(Debug, Serialize)]
struct WrongJson {
    errors: Vec<ErrorJson>,
}

#[derive(Debug, Serialize)]
struct ErrorJson {
    /// The first byte it is about, and the one after the last.
    span: (usize, usize),
    /// What is wrong.
    message: String,
}

/// Says what is wrong with a query, below the part that it is about.
fn wrong(
    place: &Place<'_>,
    words: &str,
    errors: &[SearchError],
    is_json: bool,
    out: &mut Output<'_>,
) -> Result<(), End> {
    let l10n = place.l10n;
    if is_json {
        let errors = errors.iter().map(|error| ErrorJson {
            span: (error.span.start, error.span.end),
            message: error.to_string(),
        });
        out.json(&WrongJson {
            errors: errors.collect(),
        })?;
        out.flush()?;
    }
    let mut shown = Vec::new();
    for error in errors {
        let before = width(&clean::line(&words[..error.span.start]));
        let marked = width(&clean::line(&words[error.span.clone()])).max(1);
        shown.push(clean::line(words).into_owned());
        shown.push(format!("{}{}", " ".repeat(before), "^".repeat(marked)));
        shown.push(search_error::text(l10n, &error.kind));
    }
    Err(Failure::new(Kind::Usage, l10n, "fail-search", &[])
        .shown(shown)
        .hint(l10n, "hint-search", &[])
        .into())
}
