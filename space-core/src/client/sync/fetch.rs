// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading a topic from the server because somebody opens it, and keeping it: one outside the window of the copy, or partly
//! so.

use super::SyncError;
use crate::client::api::{Api, ApiError, PostsRequest};
use crate::client::replica::{Replica, ReplicaError};
use crate::id::{PostId, TopicId};
use crate::protocol::{PostPage, ProblemCode};

/// Posts of a page; what a server gives at most.
const PAGE: u32 = 200;
/// Pages of a topic at most: a million posts.
const PAGES_MAX: usize = 5_000;
/// How often a page is asked for again because the copy has moved on meanwhile. A busy follower moves it once a second, and
/// a page takes some milliseconds.
const TRIES: usize = 20;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetched {
    /// The topic is here, as far as the server shows it.
    Whole(TopicId),
    /// The server shows no such topic to this reader: there is none, or it is not for them. It does not say which.
    NotShown,
    /// The topic can be read on the server, but its category is not in this copy yet.
    NoCategory,
}

/// Reads what is missing of a topic, and keeps it.
pub async fn fetch_topic(
    api: &Api,
    replica: &mut Replica,
    topic: TopicId,
) -> Result<Fetched, SyncError> {
    let api = &api.for_space(replica.identity()?);
    let mut from = replica.first_gap(topic, 1)?;
    let mut limit = PAGE;
    let (mut tries, mut pages) = (0, 0);
    loop {
        let since = replica.cursor()?;
        let request = PostsRequest {
            from: Some(from),
            limit: Some(limit),
        };
        let page: PostPage = match api.posts_of(topic, &request).await {
            Ok(page) => page,
            Err(error) if is_not_shown(&error) => return Ok(Fetched::NotShown),
            // Very long posts: fewer at a time.
            Err(ApiError::TooLarge { .. }) if limit > 1 => {
                limit = (limit / 8).max(1);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        if page.topic.id != topic {
            return Err(ApiError::Protocol {
                doing: "reading a topic",
                what: "it answered with another one".to_owned(),
            }
            .into());
        }
        match replica.keep_page(since.as_ref(), &page) {
            Ok(true) => {}
            Ok(false) => return Ok(Fetched::NoCategory),
            Err(ReplicaError::MovedOn) if tries < TRIES => {
                tries += 1;
                continue;
            }
            Err(error) => return Err(error.into()),
        }
        pages += 1;
        // What is here already is not asked for again. A page that does not lead on is the last.
        let next = page.next.filter(|next| *next > from && pages < PAGES_MAX);
        if let Some(next) = next {
            let gap = replica.first_gap(topic, next)?;
            let is_all_here = gap > page.tally.last_number;
            if !is_all_here {
                from = gap;
                continue;
            }
        }
        match replica.note_whole(since.as_ref(), topic) {
            // That the rest is nowhere to be had is noted the next time.
            Ok(()) | Err(ReplicaError::MovedOn) => return Ok(Fetched::Whole(topic)),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Reads the topic that a number names, or the topic of the post that it names, and keeps it.
pub async fn fetch_number(
    api: &Api,
    replica: &mut Replica,
    number: i64,
) -> Result<Fetched, SyncError> {
    if let Some(topic) = TopicId::new(number) {
        let fetched = fetch_topic(api, replica, topic).await?;
        if fetched != Fetched::NotShown {
            return Ok(fetched);
        }
    }
    let Some(post) = PostId::new(number) else {
        return Ok(Fetched::NotShown);
    };
    let found = api.for_space(replica.identity()?).post(post).await;
    match found {
        Ok(post) => fetch_topic(api, replica, post.topic).await,
        Err(error) if is_not_shown(&error) => Ok(Fetched::NotShown),
        Err(error) => Err(error.into()),
    }
}

/// Also what may not be read is answered as if it were not there; a server may say it in either way.
fn is_not_shown(error: &ApiError) -> bool {
    matches!(
        error.code(),
        Some(ProblemCode::NotFound | ProblemCode::Denied)
    )
}
