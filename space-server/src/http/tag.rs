// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tags: which there are, and which a topic has.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use space_core::protocol::{ChangeTags, TagPage};
use space_core::{Tag, Topic, TopicId};

use super::ask::readable;
use super::order::{Asker, Id, Order};
use super::{ApiError, App};
use crate::store::tag;
use crate::writer::commands::topic as deed;

/// How many tags a page has when the reader does not say, and at most.
const PAGE: usize = 200;
const PAGE_MAX: usize = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    after: Option<Tag>,
    limit: Option<usize>,
}

/// `GET /v1/tags`: of topics in lists that the reader may see, and of no others.
pub(super) async fn list(
    State(app): State<App>,
    Asker(by): Asker,
    query: Result<Query<ListQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<TagPage>, ApiError> {
    let Query(query) = query.map_err(|error| ApiError::invalid(error.body_text()))?;
    let limit = query.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    // It counts: in a large space that takes longer than a look at a row.
    let mut tags = app
        .show_long(by, move |x, caller| {
            Box::pin(async move {
                let seen = readable(x, caller).await?;
                Ok(tag::counts(x, &seen, query.after.as_ref(), limit + 1).await?)
            })
        })
        .await?;
    let more = tags.len() > limit;
    tags.truncate(limit);
    let next = tags.last().filter(|_| more).map(|line| line.tag.clone());
    Ok(Json(TagPage { tags, next }))
}

/// `PATCH /v1/topics/ID/tags`
pub(super) async fn change(
    State(app): State<App>,
    Id(topic): Id<TopicId>,
    order: Order<ChangeTags>,
) -> Result<Json<Topic>, ApiError> {
    Ok(Json(
        app.writer
            .submit(order.signed(|change| deed::ChangeTags { topic, change }))
            .await?,
    ))
}
