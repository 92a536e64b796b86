// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Following the feed: read what is there, then what comes, across broken connections.

use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::Context;
use space_core::CategoryId;
use space_core::client::api::{PostsRequest, TopicsRequest};
use space_core::client::{Api, ApiError, FeedBatch, FeedRequest};
use space_core::markup::sanitize;
use space_core::protocol::{Cursor, FeedMode, Kind};
use space_core::text::Slug;
use tokio::signal::unix::{SignalKind, signal};
use tracing::{debug, info, warn};

use super::state::StateFile;
use super::tracker::Tracker;
use crate::failure::Failure;
use crate::machine::Machine;
use crate::pause::pause;

/// How long to wait between tries at most.
const RETRY_MOST: Duration = Duration::from_mins(1);

/// After a connection that lived this long, waits are short again.
const LONG: Duration = Duration::from_secs(30);

/// What to follow.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The category.
    pub(super) slug: Slug,
    /// Whether the first run begins with the oldest post.
    pub(super) from_start: bool,
    /// Whether to end when everything that is there was written.
    pub(super) once: bool,
}

/// Follows a category and writes lines.
pub(super) struct Follower<W> {
    api: Api,
    wanted: Wanted,
    file: StateFile,
    tracker: Tracker,
    /// The category, once it is known.
    category: Option<CategoryId>,
    /// Up to where the feed was read into the tracker; the file says up to where it was written.
    position: Option<Cursor>,
    out: W,
}

/// Why following stopped early.
enum Stopped {
    /// The connection broke; trying again may help.
    Broken(ApiError),
    /// The server ended the connection well, but early.
    Ended,
    /// Nothing helps.
    Failed(Failure),
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<anyhow::Error> for Stopped {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<ApiError> for Stopped {
    fn from(error: ApiError) -> Self {
        if error.is_retryable() || matches!(error, ApiError::CursorGone) {
            Self::Broken(error)
        } else {
            Self::Failed(error.into())
        }
    }
}

impl<W: Write> Follower<W> {
    pub(super) fn new(api: Api, wanted: Wanted, file: StateFile, out: W) -> Self {
        let position = file.state.cursor.clone();
        Self {
            api,
            wanted,
            file,
            position,
            tracker: Tracker::default(),
            category: None,
            out,
        }
    }

    /// Follows until a signal comes, or everything is written when that is what is wanted.
    pub(super) async fn run(mut self) -> Result<(), Failure> {
        let mut terminate = signal(SignalKind::terminate()).context("cannot listen for signals")?;
        let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for signals")?;
        // Whichever comes first ends it: a line that was begun is written and noted without waiting in between.
        tokio::select! {
            done = self.follow_for_ever() => done,
            _ = terminate.recv() => Ok(()),
            _ = interrupt.recv() => Ok(()),
        }
    }

    async fn follow_for_ever(&mut self) -> Result<(), Failure> {
        let mut tries = 0;
        loop {
            let begun = Instant::now();
            let Err(stopped) = self.follow().await else {
                return Ok(());
            };
            if begun.elapsed() >= LONG {
                tries = 0;
            }
            // Every end is followed by a pause: a server may end each connection as it begins.
            let mut wait = pause(tries, RETRY_MOST, &Machine);
            match stopped {
                Stopped::Failed(failure) => return Err(failure),
                Stopped::Ended if self.wanted.once => {
                    return Err(anyhow::anyhow!("the server ended the feed early").into());
                }
                Stopped::Ended => debug!(
                    "the server ended the feed; following again in {:.0} s",
                    wait.as_secs_f32()
                ),
                Stopped::Broken(ApiError::CursorGone) => {
                    warn!(
                        "the server was restored, or this ran too long ago: reading from the beginning"
                    );
                    self.position = None;
                    self.tracker = Tracker::default();
                }
                Stopped::Broken(error) if self.wanted.once => return Err(error.into()),
                Stopped::Broken(error) => {
                    wait = wait.max(error.retry_after().unwrap_or_default());
                    let error = format!("{:#}", anyhow::Error::from(error));
                    let error = sanitize::line(&error);
                    warn!("{error}; trying again in {:.0} s", wait.as_secs_f32());
                }
            }
            tokio::time::sleep(wait).await;
            tries += 1;
        }
    }

    /// Follows until something stops it, or everything is written when that is what is wanted.
    async fn follow(&mut self) -> Result<(), Stopped> {
        if self.category.is_none() {
            self.begin().await?;
        }
        loop {
            let mode = if self.wanted.once {
                FeedMode::Page
            } else {
                FeedMode::Follow
            };
            let mut stream = self.feed(mode, &Tracker::KINDS).await?;
            let mut has_come_on = false;
            while let Some(batch) = stream.next().await? {
                has_come_on = true;
                let is_last = !batch.more;
                self.take_in(batch)?;
                if is_last && self.wanted.once {
                    return Ok(());
                }
            }
            // Of a page that is not the last the next one is read at once.
            if !(self.wanted.once && has_come_on) {
                return Err(Stopped::Ended);
            }
        }
    }

    /// Learns what posts refer to, finds the category, and on the first run decides where to begin.
    async fn begin(&mut self) -> Result<(), Stopped> {
        let cursor = self.read_frame().await?;
        let state = &self.file.state;
        let Some(category) = self.tracker.category(&self.wanted.slug, state.category_id) else {
            return Err(self.no_category().into());
        };
        let (id, name) = (category.id, category.name.to_string());
        if self.file.is_new {
            if !self.wanted.from_start {
                self.file.state.last_post = self.newest_post(id).await?;
                self.file.state.cursor = Some(cursor.clone());
                self.position = Some(cursor);
            }
            self.file.state.category_id = Some(id);
            self.file.save_durably()?;
            self.file.is_new = false;
        }
        let name = sanitize::line(&name);
        info!("following \"{name}\" on {}", self.api.server());
        self.category = Some(id);
        Ok(())
    }

    /// Reads categories, members and topics from zero. Returns where the feed was then.
    async fn read_frame(&mut self) -> Result<Cursor, Stopped> {
        let mut since = None;
        loop {
            let request = FeedRequest {
                since: since.clone(),
                kinds: Tracker::FRAME.to_vec(),
                ..FeedRequest::default()
            };
            let mut stream = self.api.feed(&request).await?;
            let before = since.clone();
            while let Some(batch) = stream.next().await? {
                for row in batch.rows {
                    self.tracker.apply(row, 0);
                }
                if !batch.more {
                    return Ok(batch.cursor);
                }
                since = Some(batch.cursor);
            }
            if since == before {
                return Err(Stopped::Ended);
            }
        }
    }

    /// Returns the number of the newest post of a category; 0 when there is none.
    async fn newest_post(&self, category: CategoryId) -> Result<i64, Stopped> {
        let request = TopicsRequest {
            category: Some(category),
            ..TopicsRequest::default()
        };
        let page = self.api.topics(&request).await?;
        let Some(latest) = page
            .topics
            .iter()
            .max_by_key(|line| line.tally.last_post_at)
        else {
            return Ok(0);
        };
        let request = PostsRequest {
            from: Some(latest.tally.last_number),
            limit: None,
        };
        let page = self.api.posts_of(latest.topic.id, &request).await?;
        Ok(page
            .posts
            .iter()
            .map(|post| post.id.get())
            .max()
            .unwrap_or(0))
    }

    async fn feed(
        &self,
        mode: FeedMode,
        kinds: &[Kind],
    ) -> Result<space_core::client::FeedStream, ApiError> {
        let request = FeedRequest {
            since: self.position.clone(),
            mode,
            kinds: kinds.to_vec(),
            ..FeedRequest::default()
        };
        self.api.feed(&request).await
    }

    /// Takes a batch in. When it was the last for now, writes what waits, and notes each line before the next.
    fn take_in(&mut self, batch: FeedBatch) -> Result<(), Stopped> {
        let last_post = self.file.state.last_post;
        for row in batch.rows {
            self.tracker.apply(row, last_post);
        }
        self.position = Some(batch.cursor.clone());
        let Some(category) = self.category.filter(|_| !batch.more) else {
            return Ok(());
        };
        let (told, highest) = self.tracker.take(category);
        let is_silent = told.is_empty();
        for told in told {
            writeln!(self.out, "{}", told.line)
                .and_then(|()| self.out.flush())
                .map_err(anyhow::Error::from)?;
            self.file.state.last_post = told.post.get();
            self.file.save()?;
        }
        self.file.state.last_post = self.file.state.last_post.max(highest);
        self.file.state.cursor = Some(batch.cursor);
        if is_silent {
            self.file.save()?;
        } else {
            self.file.save_durably()?;
        }
        if self
            .tracker
            .category(&self.wanted.slug, Some(category))
            .is_none()
        {
            return Err(self.no_category().into());
        }
        Ok(())
    }

    fn no_category(&self) -> Failure {
        let slugs = self.tracker.slugs();
        let failure = Failure::refused(format!(
            "there is no category \"{}\" on {}, or it is not open to this reader",
            self.wanted.slug,
            self.api.server()
        ));
        if slugs.is_empty() {
            failure.hint("give a token with --token-file: nothing here is open to everyone")
        } else {
            failure.hint(format!("one of: {}", slugs.join(", ")))
        }
    }
}
