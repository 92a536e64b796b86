// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space topics`: lists topics, latest activity first.

use std::time::Duration;

use space_core::client::replica::{TopicOrder, TopicQuery, TopicState};

use super::End;
use super::args::{Period, Topics};
use super::failure::{Failure, Kind};
use super::json::TopicJson;
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::machine::Machine;
use crate::screens::topics::tags_within;
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
    let order = if args.unread {
        TopicOrder::Unread
    } else if args.new {
        TopicOrder::New
    } else if args.bookmarks {
        TopicOrder::Bookmarked
    } else if args.top.is_some() {
        TopicOrder::Top
    } else {
        TopicOrder::Latest
    };
    let author = match &args.by {
        Some(name) => {
            let member = opened.replica.member_named(name).map_err(failed)?;
            let missing = || {
                let values = [("name", name.as_str().into())];
                Failure::new(Kind::NotFound, l10n, "fail-no-member", &values).hint(
                    l10n,
                    "hint-sync",
                    &[],
                )
            };
            Some(member.ok_or_else(missing)?.id)
        }
        None => None,
    };
    let query = TopicQuery {
        category,
        with_below: true,
        order,
        author,
        tag: args.tag.clone(),
        since: args
            .top
            .and_then(days)
            .map(|days| Machine.now().minus(Duration::from_hours(24 * days))),
        limit: args.limit,
        ..TopicQuery::default()
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
        let title = clean::line(row.topic.title.as_str());
        let tags = tags_within(&row.topic.tags, room.saturating_sub(width(&title)));
        let left = vec![
            Span::new(Role::Id, column_right(&format!("#{}", row.topic.id), 9)),
            Span::new(Role::Unread, format!(" {} ", column_right(&mark, 5))),
            Span::new(Role::Title, fit(&title, room)),
            Span::new(Role::Quiet, tags),
        ];
        out.row(&left, &right)?;
    }
    if rows.is_empty() && !args.json {
        let is_narrower = args.category.is_some() || args.by.is_some() || args.top.is_some();
        let none = match (order, &args.tag) {
            (TopicOrder::Latest, Some(tag)) if !is_narrower => {
                l10n.with("search-wrong-no-tag", &[("name", tag.as_str().into())])
            }
            (TopicOrder::Latest | TopicOrder::Top, _) => l10n.text("list-empty"),
            (TopicOrder::Bookmarked, _) => l10n.text("list-no-bookmarks"),
            (TopicOrder::New | TopicOrder::Unread, _) => l10n.text("list-all-read"),
        };
        out.line(&none)?;
    }
    Ok(())
}

/// Returns how many days a period has; nothing for all time.
fn days(period: Period) -> Option<u64> {
    match period {
        Period::Week => Some(7),
        Period::Month => Some(30),
        Period::Year => Some(365),
        Period::All => None,
    }
}
