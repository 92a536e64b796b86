// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Posts: read, edit, remove.

use axum::Json;
use axum::extract::State;
use space_core::protocol::EditPost;
use space_core::{Post, PostId, policy};

use super::ask::NotShown;
use super::order::{Asker, Id, Order};
use super::{ApiError, App};
use crate::store::{category, post};
use crate::writer::commands::post as deed;

/// `GET /v1/posts/ID`
pub(super) async fn read(
    State(app): State<App>,
    Asker(by): Asker,
    Id(id): Id<PostId>,
) -> Result<Json<Post>, ApiError> {
    let post = app
        .show(by, move |x, caller| {
            Box::pin(async move {
                let found = post::by_id(x, id).await?;
                let found = found.ok_or_else(NotShown::not_found)?;
                let access = category::access(x, found.category).await?;
                policy::may_read(&caller.actor, &access)?;
                Ok(super::ask::post_for(caller, found.post))
            })
        })
        .await?;
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
