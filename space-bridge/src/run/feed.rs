// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Following the feed of the server, across broken connections.

use std::sync::Arc;
use std::time::Duration;

use space_core::Entropy;
use space_core::client::{Api, ApiError, FeedRequest};
use space_core::markup::sanitize;
use space_core::protocol::{Cursor, FeedMode, Kind};
use tokio::sync::mpsc::Sender;
use tokio::time::Instant;
use tracing::{info, warn};

use crate::pause::pause;
use crate::relay::Input;

/// What posts refer to.
const FRAME: [Kind; 3] = [Kind::Category, Kind::Member, Kind::Topic];
/// Everything that is looked at.
const KINDS: [Kind; 4] = [Kind::Category, Kind::Member, Kind::Topic, Kind::Post];
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

/// Follows the feed, from a cursor or from zero, for as long as somebody listens. The channel is bounded: when the relay is
/// slower than the server, reading waits.
pub(super) async fn follow(
    api: Api,
    mut cursor: Option<Cursor>,
    fed: Sender<Fed>,
    entropy: Arc<dyn Entropy>,
) {
    let mut tries = 0;
    loop {
        let begun = Instant::now();
        let error = match read(&api, &mut cursor, &fed).await {
            Ok(()) => None,
            Err(Stopped::Nobody) => return,
            Err(Stopped::Api(error)) => Some(error),
        };
        if begun.elapsed() >= LONG {
            tries = 0;
        }
        let mut wait = pause(tries, RETRY_MOST, entropy.as_ref());
        tries += 1;
        if let Some(error) = error {
            if matches!(error, ApiError::CursorGone) {
                warn!(
                    "the server was restored, or this ran too long ago: reading from the beginning"
                );
                cursor = None;
                if fed
                    .send(Fed::Relay(Box::new(Input::CursorGone)))
                    .await
                    .is_err()
                {
                    return;
                }
                // Everything is read again, posts too: what is known is known by its number.
                if let Err(Stopped::Nobody) = from_zero(&api, &mut cursor, &fed, &KINDS).await {
                    return;
                }
                continue;
            }
            wait = wait.max(error.retry_after().unwrap_or_default());
            let error = format!("{:#}", anyhow::Error::from(error));
            let error = sanitize::line(&error).into_owned();
            warn!("{error}; trying again in {:.0} s", wait.as_secs_f32());
            if fed.send(Fed::Down(error)).await.is_err() {
                return;
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

async fn read(api: &Api, cursor: &mut Option<Cursor>, fed: &Sender<Fed>) -> Result<(), Stopped> {
    if cursor.is_none() {
        from_zero(api, cursor, fed, &FRAME).await?;
    }
    let request = FeedRequest {
        since: cursor.clone(),
        mode: FeedMode::Follow,
        kinds: KINDS.to_vec(),
        ..FeedRequest::default()
    };
    let mut stream = api.feed(&request).await?;
    info!("following {}", api.server());
    tell(fed, Fed::Up).await?;
    while let Some(batch) = stream.next().await? {
        *cursor = Some(batch.cursor.clone());
        tell(fed, Fed::Relay(Box::new(Input::Batch(batch)))).await?;
    }
    Ok(())
}

/// Reads some kinds from zero to the end.
async fn from_zero(
    api: &Api,
    cursor: &mut Option<Cursor>,
    fed: &Sender<Fed>,
    kinds: &[Kind],
) -> Result<(), Stopped> {
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
            tell(fed, Fed::Relay(Box::new(Input::Batch(batch)))).await?;
            if is_last {
                *cursor = since;
                return Ok(());
            }
        }
        if since == before {
            return Ok(());
        }
    }
}

async fn tell(fed: &Sender<Fed>, what: Fed) -> Result<(), Stopped> {
    fed.send(what).await.map_err(|_| Stopped::Nobody)
}
