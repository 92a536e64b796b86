// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space tags`: lists the tags of the local copy, with how many topics have each.

use serde::Serialize;
use space_core::Tag;

use super::End;
use super::args::Tags;
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::text::clean;
use crate::text::measure::column_right;

/// A tag.
#[derive(Debug, Serialize)]
struct TagJson<'a> {
    tag: &'a Tag,
    topics: i64,
}

/// Lists them in the order of their characters.
pub(super) fn run(place: &Place<'_>, args: &Tags, out: &mut Output<'_>) -> Result<(), End> {
    let opened = place.open_to_read()?;
    let rows = opened
        .replica
        .tags()
        .map_err(|e| place.replica_failed(&e))?;
    for row in &rows {
        if args.json {
            out.json(&TagJson {
                tag: &row.tag,
                topics: row.topics,
            })?;
            continue;
        }
        out.spans(&[
            Span::new(Role::Quiet, column_right(&row.topics.to_string(), 6)),
            Span::new(Role::Text, format!("  {}", clean::line(row.tag.as_str()))),
        ])?;
    }
    if rows.is_empty() && !args.json {
        out.line(&place.l10n.text("tags-none"))?;
    }
    Ok(())
}
