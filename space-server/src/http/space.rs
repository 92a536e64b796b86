// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the server says of itself.

use axum::Json;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use space_core::protocol::{Hello, Problem, ProblemCode, SPACE_IDENTITY};

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

/// Answers only those who mean this space, as far as they say which they mean: what somebody wrote for another one, that was
/// at this address before, must not be taken for ours.
pub(super) async fn same(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let meant = request.headers().get(SPACE_IDENTITY);
    if let (Some(meant), Some(ours)) = (meant, &app.identity)
        && meant.as_bytes() != ours.as_str().as_bytes()
    {
        let problem = Problem::new(
            ProblemCode::OtherSpace,
            "another space is at this address now than the one that this copy is of",
        );
        return Err(problem
            .hint("keep the copy as it is, and use another profile for the space that is here now")
            .into());
    }
    Ok(next.run(request).await)
}
