// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the server says of itself.

use axum::Json;
use axum::extract::State;
use space_core::protocol::Hello;

use super::{ApiError, App};
use crate::store::{StoreError, space};

/// `GET /v1/space`
pub(super) async fn read(State(app): State<App>) -> Result<Json<Hello>, ApiError> {
    let space = app
        .store
        .read(|x| Box::pin(space::read(x)))
        .await?
        .ok_or(StoreError::NoSpace)?;
    Ok(Json(Hello {
        space,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }))
}
