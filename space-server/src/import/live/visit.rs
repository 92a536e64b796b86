// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Asks for pages at a pace, waits when the forum wants that, and asks again where it helps.

use std::time::Duration;

use reqwest::Url;
use serde_json::Value;
use space_core::Timestamp;

use super::patience::{Next, Patience, Trouble};
use super::web::{Answer, Web};
use super::{FetchError, Tools};
use crate::import::Progress;

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// From this wait on the progress says so.
const WORTH_TELLING: Duration = Duration::from_secs(3);

/// Why there is no page, after everything was tried.
#[derive(Debug)]
pub(super) enum Miss {
    /// This page alone.
    Page(Trouble),
    /// There is no use in asking for others either.
    All(FetchError),
}

/// Makes one request after the other.
pub(super) struct Visitor<'p> {
    web: Web,
    tools: Tools,
    interval: Duration,
    /// When the next request may begin.
    next: Timestamp,
    pub(super) requests: u64,
    progress: &'p Progress,
}

impl<'p> Visitor<'p> {
    pub(super) fn new(web: Web, tools: Tools, interval: Duration, progress: &'p Progress) -> Self {
        Self {
            web,
            interval,
            next: tools.clock.now(),
            tools,
            requests: 0,
            progress,
        }
    }

    /// Returns what time it is.
    pub(super) fn now(&self) -> Timestamp {
        self.tools.clock.now()
    }

    /// Asks for a page until it comes as JSON.
    pub(super) async fn page(&mut self, url: &Url) -> Result<Value, Miss> {
        let mut patience = Patience::default();
        loop {
            let trouble = match self.follow(url).await {
                Ok(body) => match serde_json::from_slice(&body) {
                    Ok(page) => return Ok(page),
                    Err(error) => Trouble::Broken {
                        what: format!("it answered JSON that is not sound: {error}"),
                    },
                },
                Err(trouble) => trouble,
            };
            match patience.next(&trouble, self.spread()) {
                Next::Wait(time) => self.wait(time, &trouble).await,
                Next::Leave => return Err(Miss::Page(trouble)),
                Next::Stop(wait) => return Err(Miss::All(FetchError::Busy { wait })),
            }
        }
    }

    /// Makes a request, and those that its answer leads to.
    async fn follow(&mut self, url: &Url) -> Result<Vec<u8>, Trouble> {
        let mut url = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            self.keep_pace().await;
            self.requests += 1;
            match self.web.get(&url, self.tools.clock.now()).await {
                Answer::Json(body) => return Ok(body),
                Answer::Redirect(to) => url = to,
                Answer::Trouble(trouble) => return Err(trouble),
            }
        }
        Err(Trouble::Odd {
            what: format!("it leads on more than {MAX_REDIRECTS} times"),
        })
    }

    async fn keep_pace(&mut self) {
        let now = self.tools.clock.now();
        // A clock that was set back must not make it wait longer than the pace.
        let wait = self.next.since(now).min(self.interval);
        if !wait.is_zero() {
            self.tools.rest.rest(wait).await;
        }
        self.next = self.tools.clock.now().plus(self.interval);
    }

    async fn wait(&self, time: Duration, why: &Trouble) {
        if time >= WORTH_TELLING {
            let why = match why {
                Trouble::Busy { .. } => "the forum asks to wait",
                _ => "the forum has trouble",
            };
            self.progress
                .say(format!("{why}, {} s", time.as_secs_f64().ceil()));
        }
        tracing::debug!(?why, wait_ms = time.as_millis(), "waits to ask again");
        self.tools.rest.rest(time).await;
        self.progress.say("fetching");
    }

    /// Draws a number from 0 to 1.
    fn spread(&self) -> f64 {
        let mut bytes = [0; 4];
        self.tools.entropy.fill(&mut bytes);
        f64::from(u32::from_ne_bytes(bytes)) / f64::from(u32::MAX)
    }
}
