// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Categories: list, make, open and close.

use axum::Json;
use axum::extract::State;
use space_core::protocol::{CreateCategory, SetAccess};
use space_core::{Category, CategoryId};

use super::ask::readable;
use super::order::{Asker, Id, Order};
use super::{ApiError, App};
use crate::store::category;
use crate::writer::commands::category as deed;

/// `GET /v1/categories`: those that the reader may see, in the order in which they are shown.
pub(super) async fn list(
    State(app): State<App>,
    Asker(by): Asker,
) -> Result<Json<Vec<Category>>, ApiError> {
    let found = app
        .show(by, move |x, caller| {
            Box::pin(async move {
                let seen = readable(x, caller).await?;
                let mut all = category::all(x).await?;
                all.retain(|category| seen.contains(&category.id));
                for category in &mut all {
                    category.parent = category.parent.filter(|parent| seen.contains(parent));
                }
                Ok(all)
            })
        })
        .await?;
    Ok(Json(found))
}

/// `POST /v1/categories`
pub(super) async fn create(
    State(app): State<App>,
    order: Order<CreateCategory>,
) -> Result<Json<Category>, ApiError> {
    Ok(Json(app.writer.submit(order.signed(|body| body)).await?))
}

/// `PUT /v1/categories/ID/access`
pub(super) async fn set_access(
    State(app): State<App>,
    Id(category): Id<CategoryId>,
    order: Order<SetAccess>,
) -> Result<Json<Category>, ApiError> {
    let done = app
        .writer
        .submit(order.signed(|set| deed::SetAccess { category, set }))
        .await?;
    // Who may read has changed already; the rows follow.
    app.chores.notify_one();
    Ok(Json(done))
}
