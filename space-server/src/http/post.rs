// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Posts: read, edit, remove.

use axum::Json;
use axum::extract::State;
use space_core::protocol::EditPost;
use space_core::{Post, PostId, policy};

use super::order::{Asker, Id, Order};
use super::{ApiError, App};
use crate::store::{actor, category, post};
use crate::writer::commands::post as deed;

/// `GET /v1/posts/ID`
pub(super) async fn read(
    State(app): State<App>,
    Asker(by): Asker,
    Id(id): Id<PostId>,
) -> Result<Json<Post>, ApiError> {
    let now = app.clock.now();
    let post = app
        .store
        .read(move |x| {
            Box::pin(async move {
                let Some(caller) = actor::load(x, &by, now).await? else {
                    return Ok(Err(ApiError::bad_token()));
                };
                let Some(found) = post::by_id(x, id).await? else {
                    return Ok(Err(ApiError::not_found()));
                };
                let access = category::access(x, found.category).await?;
                Ok(policy::may_read(&caller.actor, &access)
                    .map(|()| found.post)
                    .map_err(ApiError::from))
            })
        })
        .await??;
    Ok(Json(post))
}

/// `PUT /v1/posts/ID`
pub(super) async fn edit(
    State(app): State<App>,
    Id(post): Id<PostId>,
    order: Order<EditPost>,
) -> Result<Json<Post>, ApiError> {
    Ok(Json(
        app.writer
            .submit(order.signed(|edit| deed::EditPost { post, edit }))
            .await?,
    ))
}

/// `DELETE /v1/posts/ID`
pub(super) async fn remove(
    State(app): State<App>,
    Id(post): Id<PostId>,
    order: Order<()>,
) -> Result<Json<()>, ApiError> {
    app.writer
        .submit(order.signed(|()| deed::DeletePost { post }))
        .await?;
    Ok(Json(()))
}
