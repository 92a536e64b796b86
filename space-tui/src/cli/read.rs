// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space read`: prints a thread, from its beginning or from a post.

use space_core::client::replica::{Found, PostRow, Replica, ReplicaError, TopicRow};
use space_core::{Clock as _, PostKind};

use super::End;
use super::args::{Read, Target};
use super::failure::{Failure, Kind, Outcome};
use super::json::{PostJson, ThreadJson, TopicJson};
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::machine::Machine;
use crate::screens::rendered;
use crate::text::clean;
use crate::text::when;

/// Columns beyond which lines are hard to read.
const MEASURE: usize = 100;
/// Posts read from the local copy in one go.
const PAGE: usize = 200;

/// What was named on the command line: a topic, and a post of it when that was named.
pub(super) struct Named {
    pub(super) topic: TopicRow,
    pub(super) post: Option<PostRow>,
}

/// Finds a topic or post.
pub(super) fn find(place: &Place<'_>, replica: &Replica, target: Target) -> Outcome<Named> {
    let missing = || {
        let id = [("id", target.0.to_string().into())];
        Failure::new(Kind::NotFound, place.l10n, "fail-not-found", &id).hint(
            place.l10n,
            "hint-sync",
            &[],
        )
    };
    let failed = |e: ReplicaError| place.replica_failed(&e);
    match replica.find(target.0).map_err(failed)? {
        Some(Found::Topic(topic)) => Ok(Named { topic, post: None }),
        Some(Found::Post(post)) => {
            let topic = replica
                .topic(post.post.topic)
                .map_err(failed)?
                .ok_or_else(missing)?;
            Ok(Named {
                topic,
                post: Some(post),
            })
        }
        _ => Err(missing()),
    }
}

/// Prints the thread from the local copy.
pub(super) fn run(place: &Place<'_>, args: &Read, out: &mut Output<'_>) -> Result<(), End> {
    let opened = place.open_to_read()?;
    let named = find(place, &opened.replica, args.target)?;
    let from = args
        .from
        .or(named.post.map(|post| post.post.number))
        .unwrap_or(1);
    let topic = &named.topic;
    let mut next = from;
    let mut posts = Vec::new();
    if !args.json {
        head(topic, out)?;
    }
    loop {
        let page = opened
            .replica
            .thread(topic.topic.id, next, PAGE)
            .map_err(|e| place.replica_failed(&e))?;
        let Some(last) = page.last() else { break };
        next = last.post.number + 1;
        if args.json {
            posts.extend(page);
        } else {
            for post in &page {
                print(place, post, out)?;
            }
        }
    }
    if args.json {
        let posts = posts.iter().map(PostJson::from).collect();
        out.json(&ThreadJson {
            topic: TopicJson::from(topic),
            posts,
        })?;
    }
    Ok(())
}

fn head(topic: &TopicRow, out: &mut Output<'_>) -> Result<(), End> {
    out.spans(&[
        Span::new(Role::Title, clean::line(topic.topic.title.as_str())),
        Span::new(Role::Id, format!("  #{}", topic.topic.id)),
    ])?;
    let mut place = vec![Span::new(Role::Category, clean::line(&topic.category.name))];
    if !topic.topic.tags.is_empty() {
        let tags = clean::line(&topic.topic.tags.joined()).into_owned();
        place.push(Span::new(Role::Quiet, format!("  {tags}")));
    }
    out.spans(&place)?;
    Ok(())
}

fn print(place: &Place<'_>, row: &PostRow, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let post = &row.post;
    let mut left = vec![Span::new(Role::Author, clean::line(&row.author.name))];
    if let Some(to) = &row.reply_to {
        let id = format!("#{}", to.id);
        let text = match &to.author {
            Some(author) => {
                let author = clean::line(&author.name);
                l10n.with(
                    "post-reply-to",
                    &[("author", author.into()), ("id", id.into())],
                )
            }
            None => l10n.with("post-reply-to-id", &[("id", id.into())]),
        };
        left.push(Span::new(Role::Quiet, format!("  {text}")));
    }
    let age = when::short(l10n, post.created_at, Machine.now());
    let right = [
        Span::new(Role::Quiet, age),
        Span::new(Role::Id, format!("  #{}", post.id)),
    ];
    out.spans(&[])?;
    out.row(&left, &right)?;
    let columns = out.columns.min(MEASURE).saturating_sub(2);
    let lines = if post.is_hidden {
        vec![vec![Span::new(Role::Quiet, l10n.text("post-hidden"))]]
    } else if post.kind == PostKind::Notice && post.source.is_empty() {
        let about = clean::line(post.notice.as_deref().unwrap_or_default());
        vec![vec![Span::new(
            Role::Quiet,
            l10n.with("post-notice", &[("about", about.into())]),
        )]]
    } else {
        rendered::source(&post.source, columns, l10n)
    };
    for mut line in lines {
        line.insert(0, Span::new(Role::Text, "  "));
        out.spans(&line)?;
    }
    Ok(())
}
