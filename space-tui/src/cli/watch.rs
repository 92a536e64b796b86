// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space watch`: follows the feed, a line per new post.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use space_core::client::replica::Replica;
use space_core::client::{Api, ApiError, FeedRequest};
use space_core::protocol::{Body, Cursor, FeedMode, FeedRow};
use space_core::{MemberId, Post, PostId, TopicId};

use super::End;
use super::args::Watch;
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::text::clean;
use crate::text::measure::fit;
use crate::text::when;

/// How long to wait before connecting again: first, and at most.
const RETRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(1));

/// Follows until interrupted, or until trying again cannot help.
pub(super) fn run(place: &Place<'_>, args: &Watch, out: &mut Output<'_>) -> Result<(), End> {
    let mut opened = place.open()?;
    // What is older than now is not news; the local copy also knows the names.
    place.sync(&mut opened, &mut |_| {})?;
    let api = place.api(&opened.profile)?;
    let since = opened
        .replica
        .cursor()
        .map_err(|e| place.replica_failed(&e))?;
    let mut names = Names {
        replica: &opened.replica,
        members: HashMap::new(),
        titles: HashMap::new(),
        seen: HashSet::new(),
    };
    place.block_on(follow(place, &api, since, args.json, &mut names, out))?
}

async fn follow(
    place: &Place<'_>,
    api: &Api,
    mut since: Option<Cursor>,
    is_json: bool,
    names: &mut Names<'_>,
    out: &mut Output<'_>,
) -> Result<(), End> {
    let mut wait = RETRY.0;
    loop {
        let end = connection(api, &mut since, is_json, names, out).await?;
        match end {
            Ok(()) => wait = RETRY.0,
            Err(error) if error.is_retryable() => {
                tokio::time::sleep(error.retry_after().unwrap_or(wait)).await;
                wait = (wait * 2).min(RETRY.1);
            }
            Err(error) => return Err(place.call_failed("fail-watch", &error).into()),
        }
    }
}

/// Follows one connection to its end. Its own failures and those of the output are told apart.
async fn connection(
    api: &Api,
    since: &mut Option<Cursor>,
    is_json: bool,
    names: &mut Names<'_>,
    out: &mut Output<'_>,
) -> Result<Result<(), ApiError>, End> {
    let request = FeedRequest {
        since: since.clone(),
        mode: FeedMode::Follow,
        ..FeedRequest::default()
    };
    let mut stream = match api.feed(&request).await {
        Ok(stream) => stream,
        Err(error) => return Ok(Err(error)),
    };
    loop {
        match stream.next().await {
            Ok(Some(batch)) => {
                for row in &batch.rows {
                    if is_json {
                        raw(row, out)?;
                    } else {
                        names.line(row, out)?;
                    }
                }
                out.flush()?;
                *since = Some(batch.cursor);
            }
            Ok(None) => return Ok(Ok(())),
            Err(error) => return Ok(Err(error)),
        }
    }
}

/// The row as the server sent it.
fn raw(row: &FeedRow, out: &mut Output<'_>) -> Result<(), End> {
    let mut line = Vec::new();
    row.write(&mut line).map_err(std::io::Error::from)?;
    Ok(out.bytes(&line)?)
}

/// Names that ids stand for: those of the local copy, and those that came since.
struct Names<'a> {
    replica: &'a Replica,
    members: HashMap<MemberId, String>,
    titles: HashMap<TopicId, String>,
    seen: HashSet<PostId>,
}

impl Names<'_> {
    fn line(&mut self, row: &FeedRow, out: &mut Output<'_>) -> Result<(), End> {
        match &row.body {
            Some(Body::Member(member)) => {
                self.members.insert(member.id, member.name.to_string());
            }
            Some(Body::Topic(topic)) => {
                self.titles.insert(topic.id, topic.title.to_string());
            }
            // A later revision is an edit, which is no new post.
            Some(Body::Post(post)) if post.revision <= 1 && self.seen.insert(post.id) => {
                self.post(post, out)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn post(&self, post: &Post, out: &mut Output<'_>) -> Result<(), End> {
        let author = self.members.get(&post.author).cloned().or_else(|| {
            self.replica
                .member(post.author)
                .ok()
                .flatten()
                .map(|member| member.name.to_string())
        });
        let title = self.titles.get(&post.topic).cloned().or_else(|| {
            self.replica
                .topic(post.topic)
                .ok()
                .flatten()
                .map(|row| row.topic.title.to_string())
        });
        let author = author.unwrap_or_else(|| format!("#{}", post.author));
        let title = title.unwrap_or_else(|| format!("#{}", post.topic));
        let text = space_core::markup::plain_text(&space_core::markup::parse(&post.source));
        Ok(out.spans(&[
            Span::new(Role::Quiet, format!("{} ", when::minute(post.created_at))),
            Span::new(Role::Id, format!("#{} ", post.id)),
            Span::new(Role::Author, clean::line(&author)),
            Span::new(Role::Title, format!("  {}", fit(&clean::line(&title), 40))),
            Span::new(Role::Text, format!("  {}", fit(&clean::line(&text), 80))),
        ])?)
    }
}
