// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space watch`: follows the feed, a line per new post.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, Instant};

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

/// After a connection that lived this long, waits are short again.
const LONG: Duration = Duration::from_secs(30);

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
    let mut tries = 0;
    loop {
        let begun = Instant::now();
        let end = connection(api, &mut since, is_json, names, out).await?;
        if begun.elapsed() >= LONG {
            tries = 0;
        }
        // Also a connection that ends well is not made anew at once: a server may end every one as it begins.
        let least = match end {
            Ok(()) => Duration::ZERO,
            Err(error) if error.is_retryable() => error.retry_after().unwrap_or_default(),
            Err(error) => return Err(place.call_failed("fail-watch", &error).into()),
        };
        tokio::time::sleep(pause(tries).max(least)).await;
        tries += 1;
    }
}

/// How long to wait: twice as long each time, and up to a quarter more, by chance, so that many readers do not come
/// back in the same moment.
fn pause(tries: u32) -> Duration {
    let wait = RETRY
        .0
        .saturating_mul(2_u32.saturating_pow(tries))
        .min(RETRY.1);
    let chance = RandomState::new().hash_one(tries) % 256;
    wait + wait.mul_f64(f64::from(u32::try_from(chance).unwrap_or(0)) / 1024.0)
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

/// The row as the server sent it, but for what would steer a terminal.
fn raw(row: &FeedRow, out: &mut Output<'_>) -> Result<(), End> {
    let mut line = Vec::new();
    row.write(&mut line).map_err(std::io::Error::from)?;
    let line = std::str::from_utf8(&line).map_err(std::io::Error::other)?;
    Ok(out.ready_json(line)?)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_minute_and_a_quarter() {
        assert!((RETRY.0..RETRY.0 * 2).contains(&pause(0)));
        for tries in [6, 30, u32::MAX] {
            assert!((RETRY.1..RETRY.1 * 5 / 4).contains(&pause(tries)));
        }
    }
}
