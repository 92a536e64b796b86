// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Following the feed of the server, across broken connections.

use std::sync::Arc;
use std::time::Duration;

use space_core::client::{Api, ApiError, FeedBatch, FeedRequest};
use space_core::markup::sanitize;
use space_core::protocol::{Body, Cursor, FeedMode, Kind, ProblemCode};
use space_core::{Entropy, Scope};
use tokio::sync::mpsc::Sender;
use tokio::time::Instant;
use tracing::{info, warn};

use crate::pause::pause;
use crate::relay::Input;

/// What posts refer to, and what may be read from now on.
const FRAME: [Kind; 4] = [Kind::Category, Kind::Member, Kind::Topic, Kind::Grant];
/// Everything that is looked at.
const KINDS: [Kind; 5] = [
    Kind::Category,
    Kind::Member,
    Kind::Topic,
    Kind::Grant,
    Kind::Post,
];
/// How long to wait between tries at most.
const RETRY_MOST: Duration = Duration::from_secs(30);
/// After a connection that lived this long, waits are short again.
const LONG: Duration = Duration::from_secs(30);

/// What the follower tells.
#[derive(Debug)]
pub(super) enum Fed {
    /// For the relay.
    Relay(Box<Input>),
    /// It is well with the server.
    Up,
    /// It is not.
    Down(String),
}

/// From where the feed is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Start {
    /// From a cursor on.
    At(Cursor),
    /// From now on: only what posts refer to is read from zero first.
    Now,
    /// Everything is read from zero first, posts too: what is known is known by its number.
    Zero,
}

/// Follows the feed for as long as somebody listens. The channel is bounded: when the relay is slower than the server,
/// reading waits.
pub(super) async fn follow(api: Api, mut from: Start, fed: Sender<Fed>, entropy: Arc<dyn Entropy>) {
    let mut tries = 0;
    loop {
        let begun = Instant::now();
        let error = match read(&api, &mut from, &fed).await {
            Ok(()) => None,
            Err(Stopped::Nobody) => return,
            Err(Stopped::Api(error)) => Some(error),
        };
        if begun.elapsed() >= LONG {
            tries = 0;
        }
        let mut wait = pause(tries, RETRY_MOST, entropy.as_ref());
        tries += 1;
        match error {
            None => {}
            Some(ApiError::CursorGone) => {
                warn!(
                    "the server was restored, or this ran too long ago: reading from the beginning"
                );
                // Until that has succeeded, however often it is tried.
                from = Start::Zero;
                let gone = Fed::Relay(Box::new(Input::CursorGone));
                if fed.send(gone).await.is_err() {
                    return;
                }
            }
            Some(error) => {
                wait = wait.max(error.retry_after().unwrap_or_default());
                let error = format!("{:#}", anyhow::Error::from(error));
                let error = sanitize::line(&error).into_owned();
                warn!("{error}; trying again in {:.0} s", wait.as_secs_f32());
                if fed.send(Fed::Down(error)).await.is_err() {
                    return;
                }
            }
        }
        tokio::time::sleep(wait).await;
    }
}

enum Stopped {
    Nobody,
    Api(ApiError),
}

impl From<ApiError> for Stopped {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

async fn read(api: &Api, from: &mut Start, fed: &Sender<Fed>) -> Result<(), Stopped> {
    let kinds: Option<&[Kind]> = match from {
        Start::At(_) => None,
        Start::Now => Some(&FRAME),
        Start::Zero => Some(&KINDS),
    };
    if let Some(kinds) = kinds {
        let Some(cursor) = from_zero(api, fed, kinds).await? else {
            return Ok(());
        };
        *from = Start::At(cursor);
    }
    let since = match from {
        Start::At(cursor) => Some(cursor.clone()),
        Start::Now | Start::Zero => None,
    };
    let request = FeedRequest {
        since,
        mode: FeedMode::Follow,
        kinds: KINDS.to_vec(),
        ..FeedRequest::default()
    };
    let mut stream = api.feed(&request).await?;
    info!("following {}", api.server());
    tell(fed, Fed::Up).await?;
    while let Some(batch) = stream.next().await? {
        let cursor = batch.cursor.clone();
        take(api, fed, batch).await?;
        *from = Start::At(cursor);
    }
    Ok(())
}

/// Reads some kinds from zero to the end; returns where to go on, or nothing when the answer broke off.
async fn from_zero(
    api: &Api,
    fed: &Sender<Fed>,
    kinds: &[Kind],
) -> Result<Option<Cursor>, Stopped> {
    let mut since = None;
    loop {
        let request = FeedRequest {
            since: since.clone(),
            kinds: kinds.to_vec(),
            ..FeedRequest::default()
        };
        let mut stream = api.feed(&request).await?;
        let before = since.clone();
        while let Some(batch) = stream.next().await? {
            let is_last = !batch.more;
            since = Some(batch.cursor.clone());
            take(api, fed, batch).await?;
            if is_last {
                return Ok(since);
            }
        }
        if since == before {
            return Ok(None);
        }
    }
}

/// Tells a batch. What it grants is read first: posts of it may come with it, and refer to what is older. When that fails
/// the batch is not told either, and comes again.
async fn take(api: &Api, fed: &Sender<Fed>, batch: FeedBatch) -> Result<(), Stopped> {
    for row in &batch.unread {
        let (kind, id) = (row.kind.as_str(), row.id);
        tracing::warn!(feed.kind = kind, feed.id = id, why = %row.why, "passed over a row that cannot be read: {kind} {id}");
    }
    for row in &batch.rows {
        if let Some(Body::Grant(grant)) = &row.body {
            granted(api, fed, grant.scope).await?;
        }
    }
    tell(fed, Fed::Relay(Box::new(Input::Batch(batch)))).await
}

/// Reads what posts refer to in a scope that may be read from now on.
async fn granted(api: &Api, fed: &Sender<Fed>, scope: Scope) -> Result<(), Stopped> {
    let mut since = None;
    loop {
        let request = FeedRequest {
            since: since.clone(),
            scope: Some(scope),
            kinds: FRAME.to_vec(),
            ..FeedRequest::default()
        };
        let read = async {
            let mut stream = api.feed(&request).await?;
            stream.next().await
        };
        match read.await {
            Ok(Some(batch)) => {
                since = Some(batch.cursor);
                tell(fed, Fed::Relay(Box::new(Input::Granted(batch.rows)))).await?;
                if !batch.more {
                    return Ok(());
                }
            }
            Ok(None) => {
                return Err(Stopped::Api(ApiError::Unreachable {
                    doing: "reading what was granted",
                    source: "the answer broke off".into(),
                }));
            }
            // The right is away again; the feed will say so.
            Err(error)
                if matches!(
                    error.code(),
                    Some(ProblemCode::Denied | ProblemCode::NotFound)
                ) =>
            {
                return Ok(());
            }
            // Of this scope; what the feed itself was read to is known as before.
            Err(ApiError::CursorGone) if since.is_some() => since = None,
            Err(error) => return Err(error.into()),
        }
    }
}

async fn tell(fed: &Sender<Fed>, what: Fed) -> Result<(), Stopped> {
    fed.send(what).await.map_err(|_| Stopped::Nobody)
}

#[cfg(test)]
mod tests;
