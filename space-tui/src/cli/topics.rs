// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space topics`: lists topics, latest activity first.

use space_core::client::replica::{TopicOrder, TopicQuery, TopicState};

use super::End;
use super::args::Topics;
use super::json::TopicJson;
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::machine::Machine;
use crate::text::clean;
use crate::text::measure::{column, column_right, fit, width};
use crate::text::when;
use space_core::Clock as _;

/// Lists them from the local copy.
pub(super) fn run(place: &Place<'_>, args: &Topics, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let opened = place.open_to_read()?;
    let failed = |e| place.replica_failed(&e);
    let category = match &args.category {
        Some(slug) => Some(place.category(&opened.replica, slug)?),
        None => None,
    };
    let order = match (args.unread, args.new) {
        (true, _) => TopicOrder::Unread,
        (_, true) => TopicOrder::New,
        _ => TopicOrder::Latest,
    };
    let query = TopicQuery {
        category,
        with_below: true,
        order,
        before: None,
        limit: args.limit,
    };
    let rows = opened.replica.topics(&query).map_err(failed)?;
    let now = Machine.now();
    let widest = rows
        .iter()
        .map(|row| width(&row.category.slug))
        .max()
        .unwrap_or(0);
    for row in &rows {
        if args.json {
            out.json(&TopicJson::from(row))?;
            continue;
        }
        let mark = match row.state {
            TopicState::Read => String::new(),
            TopicState::New => l10n.text("topics-new"),
            TopicState::Unread => format!("+{}", row.unread()),
        };
        let right = vec![
            Span::new(
                Role::Category,
                column(&clean::line(&row.category.slug), widest),
            ),
            Span::new(
                Role::Quiet,
                column_right(&(row.posts - 1).max(0).to_string(), 5),
            ),
            Span::new(
                Role::Quiet,
                column_right(&when::short(l10n, row.last_post_at, now), 11),
            ),
        ];
        let taken: usize = right.iter().map(|span| width(&span.text)).sum::<usize>() + 18;
        let room = out.columns.saturating_sub(taken).max(20);
        let left = vec![
            Span::new(Role::Id, column_right(&format!("#{}", row.topic.id), 9)),
            Span::new(Role::Unread, format!(" {} ", column_right(&mark, 5))),
            Span::new(
                Role::Title,
                fit(&clean::line(row.topic.title.as_str()), room),
            ),
        ];
        out.row(&left, &right)?;
    }
    if rows.is_empty() && !args.json {
        out.line(&l10n.text(if order == TopicOrder::Latest {
            "list-empty"
        } else {
            "list-all-read"
        }))?;
    }
    Ok(())
}
