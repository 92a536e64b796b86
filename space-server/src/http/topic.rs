// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Topics: list, read, start, reply, edit.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use space_core::policy;
use space_core::protocol::{
    EditTopic, PostPage, Reply, StartTopic, StartedTopic, TopicLine, TopicPage,
};
use space_core::{CategoryId, Post, Tag, Topic, TopicId};

use super::ask::{NotShown, knows, post_for, readable};
use super::order::{Asker, Id, Order};
use super::{ApiError, App};
use crate::store::{post, topic};
use crate::writer::commands::{post as post_deed, topic as deed};

/// How many things a page has when the reader does not say, and at most.
const PAGE: usize = 20;
const PAGE_MAX: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    category: Option<CategoryId>,
    tag: Option<Tag>,
    before: Option<String>,
    limit: Option<usize>,
}

/// Reads where a list goes on: the activity and the id of its last topic.
pub(crate) fn mark(text: &str) -> Option<(i64, i64)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

/// Writes where a list goes on after a topic.
pub(crate) fn mark_after(line: &TopicLine) -> String {
    format!("{}.{}", line.tally.last_post_at.millis(), line.topic.id)
}

/// `GET /v1/topics`
pub(super) async fn list(
    State(app): State<App>,
    Asker(by): Asker,
    query: Result<Query<ListQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<TopicPage>, ApiError> {
    let Query(query) = query.map_err(|error| ApiError::invalid(error.body_text()))?;
    let before = match &query.before {
        None => (i64::MAX, i64::MAX),
        Some(text) => mark(text)
            .ok_or_else(|| ApiError::invalid("`before` is not a mark that a list gave"))?,
    };
    let limit = query.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let mut topics = app
        .show(by, move |x, caller| {
            Box::pin(async move {
                let mut seen = readable(x, caller).await?;
                seen.retain(|id| query.category.is_none_or(|only| only == *id));
                if seen.is_empty() && query.category.is_some() {
                    return Err(NotShown::not_found());
                }
                let mut lines = match &query.tag {
                    Some(tag) => topic::tagged(x, tag, &seen, before, limit + 1).await?,
                    None => topic::latest(x, &seen, before, limit + 1).await?,
                };
                topic::withhold(x, &mut lines, knows(caller)).await?;
                Ok(lines)
            })
        })
        .await?;
    let more = topics.len() > limit;
    topics.truncate(limit);
    let next = topics.last().filter(|_| more).map(mark_after);
    Ok(Json(TopicPage { topics, next }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadQuery {
    from: Option<i64>,
    limit: Option<usize>,
}

/// `GET /v1/topics/ID`
pub(super) async fn read(
    State(app): State<App>,
    Asker(by): Asker,
    Id(id): Id<TopicId>,
    query: Result<Query<ReadQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<PostPage>, ApiError> {
    let Query(query) = query.map_err(|error| ApiError::invalid(error.body_text()))?;
    let limit = query.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let from = query.from.unwrap_or(1);
    let (line, mut posts) = app
        .show(by, move |x, caller| {
            Box::pin(async move {
                let found = topic::with_access(x, id).await?;
                let (line, access) = found.ok_or_else(NotShown::not_found)?;
                policy::may_read(&caller.actor, &access)?;
                let mut line = line;
                topic::withhold(x, std::slice::from_mut(&mut line), knows(caller)).await?;
                let posts = post::of_topic(x, id, from, limit + 1).await?;
                let posts = posts.into_iter().map(|post| post_for(caller, post));
                Ok((line, posts.collect::<Vec<_>>()))
            })
        })
        .await?;
    let next = posts.get(limit).map(|post| post.number);
    posts.truncate(limit);
    Ok(Json(PostPage {
        topic: line.topic,
        tally: line.tally,
        posts,
        next,
    }))
}

/// `POST /v1/topics`
pub(super) async fn start(
    State(app): State<App>,
    order: Order<StartTopic>,
) -> Result<(StatusCode, Json<StartedTopic>), ApiError> {
    Ok((
        StatusCode::CREATED,
        Json(app.writer.submit(order.signed(|body| body)).await?),
    ))
}

/// `PATCH /v1/topics/ID`
pub(super) async fn edit(
    State(app): State<App>,
    Id(topic): Id<TopicId>,
    order: Order<EditTopic>,
) -> Result<Json<Topic>, ApiError> {
    Ok(Json(
        app.writer
            .submit(order.signed(|edit| deed::EditTopic { topic, edit }))
            .await?,
    ))
}

/// `POST /v1/topics/ID/posts`
pub(super) async fn reply(
    State(app): State<App>,
    Id(topic): Id<TopicId>,
    order: Order<Reply>,
) -> Result<(StatusCode, Json<Post>), ApiError> {
    let post = app
        .writer
        .submit(order.signed(|reply| post_deed::Reply { topic, reply }))
        .await?;
    Ok((StatusCode::CREATED, Json(post)))
}
