// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Members who write while somebody looks on.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use space_core::text::MemberName;
use space_core::{MemberId, PostId, TopicId, protocol};
use tokio_util::sync::CancellationToken;

use super::Error;
use super::fill::deed;
use super::script;
use crate::clock::{OsEntropy, SystemClock};
use crate::config::Config;
use crate::lifecycle::Lifecycle;
use crate::operator::{Operator, OperatorError};
use crate::store::actor::By;
use crate::writer::commands::post::Reply;

/// How long until somebody writes again.
const PAUSE: Duration = Duration::from_secs(9);

/// Where what is written while somebody looks on goes.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) members: BTreeMap<MemberName, MemberId>,
    /// Topics by their titles.
    pub(super) topics: BTreeMap<String, TopicId>,
}

/// Writes one post after the other, a topic at a time in turn, until there is nothing more to say or the server stops.
pub(super) async fn go_on(
    config: Arc<Config>,
    lifecycle: Lifecycle,
    places: Places,
    topics: Vec<script::Topic>,
    stop: CancellationToken,
) -> Result<(), Error> {
    let operator = Operator::open(
        &config,
        &lifecycle,
        Arc::new(SystemClock),
        Arc::new(OsEntropy),
    );
    let operator = operator.await.map_err(OperatorError::from)?;
    let mut queues: Vec<_> = topics
        .into_iter()
        .map(|topic| (topic.title, topic.posts.into_iter(), Vec::<PostId>::new()))
        .collect();
    while !queues.is_empty() {
        let mut left = Vec::new();
        for (title, mut posts, mut written) in queues {
            let Some(post) = posts.next() else { continue };
            let pause = tokio::time::sleep(PAUSE);
            if stop.run_until_cancelled(pause).await.is_none() {
                return Ok(());
            }
            let (Some(topic), Some(member)) = (
                places.topics.get(title.as_str()),
                places.members.get(&post.by),
            ) else {
                continue;
            };
            let answers = post.answers.and_then(|number| written.get(number - 1));
            let reply = Reply {
                topic: *topic,
                reply: protocol::Reply {
                    reply_to: answers.copied(),
                    source: post.text,
                    language: post.language,
                    written_at: None,
                },
            };
            written.push(deed(&operator, By::Member(*member), reply).await?.id);
            left.push((title, posts, written));
        }
        queues = left;
    }
    Ok(())
}
