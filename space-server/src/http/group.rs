// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Groups: make one, put members in and take them out.

use axum::Json;
use axum::extract::{Path, State};
use space_core::protocol::CreateGroup;
use space_core::{Group, GroupId, MemberId};

use super::order::Order;
use super::{ApiError, App};
use crate::writer::commands::group::SetGroupMember;

/// `POST /v1/groups`
pub(super) async fn create(
    State(app): State<App>,
    order: Order<CreateGroup>,
) -> Result<Json<Group>, ApiError> {
    Ok(Json(app.writer.submit(order.signed(|body| body)).await?))
}

/// `PUT /v1/groups/ID/members/ID`
pub(super) async fn put_in(
    State(app): State<App>,
    Path(ids): Path<(String, String)>,
    order: Order<()>,
) -> Result<Json<()>, ApiError> {
    set(&app, &ids, order, true).await
}

/// `DELETE /v1/groups/ID/members/ID`
pub(super) async fn take_out(
    State(app): State<App>,
    Path(ids): Path<(String, String)>,
    order: Order<()>,
) -> Result<Json<()>, ApiError> {
    set(&app, &ids, order, false).await
}

async fn set(
    app: &App,
    (group, member): &(String, String),
    order: Order<()>,
    is_in: bool,
) -> Result<Json<()>, ApiError> {
    let group: GroupId = group.parse().map_err(|_| ApiError::not_found())?;
    let member: MemberId = member.parse().map_err(|_| ApiError::not_found())?;
    app.writer
        .submit(order.signed(|()| SetGroupMember {
            group,
            member,
            is_in,
        }))
        .await?;
    Ok(Json(()))
}
