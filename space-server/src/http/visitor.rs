// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The code of conduct, and visitors whom bridges bring.

use axum::Json;
use axum::extract::State;
use space_core::protocol::{AcceptCode, MeetVisitor};
use space_core::{Code, MemberId, Visitor};

use super::order::{Id, Order};
use super::{ApiError, App};
use crate::store;
use crate::writer::commands::code::Accept;
use crate::writer::commands::visitor::{AcceptFor, Meet};

/// `GET /v1/code`
pub(super) async fn code(State(app): State<App>) -> Result<Json<Code>, ApiError> {
    let code = app
        .store
        .read(|x| Box::pin(store::code::current(x)))
        .await?;
    code.map(Json).ok_or_else(ApiError::not_found)
}

/// `POST /v1/me/acceptance`
pub(super) async fn accept(
    State(app): State<App>,
    order: Order<AcceptCode>,
) -> Result<Json<Code>, ApiError> {
    let order = order.signed(|AcceptCode { version, language }| Accept { version, language });
    Ok(Json(app.writer.submit(order).await?))
}

/// `PUT /v1/visitors`
pub(super) async fn meet(
    State(app): State<App>,
    order: Order<MeetVisitor>,
) -> Result<Json<Visitor>, ApiError> {
    let chance = app.chance();
    let order = order.signed(|who| Meet { who, chance });
    Ok(Json(app.writer.submit(order).await?))
}

/// `POST /v1/visitors/ID/acceptance`
pub(super) async fn accept_for(
    State(app): State<App>,
    Id(visitor): Id<MemberId>,
    order: Order<AcceptCode>,
) -> Result<Json<Visitor>, ApiError> {
    let order = order.signed(|accept| AcceptFor { visitor, accept });
    Ok(Json(app.writer.submit(order).await?))
}
