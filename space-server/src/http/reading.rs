// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What members remember of their own reading: positions, catching up, bookmarks.

use axum::Json;
use axum::extract::State;
use space_core::policy::Denial;
use space_core::protocol::{CatchUp, CaughtUpBefore, MarkRead, PutBookmark};
use space_core::{Bookmark, PostId, ReadPosition, TopicId};

use super::order::{Id, Order};
use super::{ApiError, App};
use crate::writer::commands::reading as deed;

/// `PUT /v1/topics/ID/read`
pub(super) async fn mark_read(
    State(app): State<App>,
    Id(topic): Id<TopicId>,
    order: Order<MarkRead>,
) -> Result<Json<ReadPosition>, ApiError> {
    if order.body.number < 0 {
        return Err(Denial::NotFound.into());
    }
    Ok(Json(
        app.writer
            .submit(order.signed(|mark| deed::MarkRead { topic, mark }))
            .await?,
    ))
}

/// `PUT /v1/caught-up`
pub(super) async fn catch_up(
    State(app): State<App>,
    order: Order<CatchUp>,
) -> Result<Json<CaughtUpBefore>, ApiError> {
    Ok(Json(
        app.writer
            .submit(order.signed(|command| deed::CatchUp { command }))
            .await?,
    ))
}

/// `PUT /v1/bookmarks/ID`
pub(super) async fn put_bookmark(
    State(app): State<App>,
    // Topics and posts share one number space.
    Id(target): Id<PostId>,
    order: Order<PutBookmark>,
) -> Result<Json<Bookmark>, ApiError> {
    let id = target.get();
    Ok(Json(
        app.writer
            .submit(order.signed(|command| deed::PutBookmark { id, command }))
            .await?,
    ))
}

/// `DELETE /v1/bookmarks/ID`
pub(super) async fn remove_bookmark(
    State(app): State<App>,
    Id(target): Id<PostId>,
    order: Order<()>,
) -> Result<Json<()>, ApiError> {
    let id = target.get();
    app.writer
        .submit(order.signed(|()| deed::RemoveBookmark { id }))
        .await?;
    Ok(Json(()))
}
