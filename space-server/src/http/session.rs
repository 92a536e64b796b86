// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Signing in and out.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use space_core::MemberId;
use space_core::policy::{Actor, Capabilities};
use space_core::protocol::{LogIn, Session, Whoami};
use space_core::text::MemberName;

use super::ask::NotShown;
use super::order::{Asker, Order, token_hash};
use super::peer::Peer;
use super::{ApiError, App};
use crate::password;
use crate::store::actor::By;
use crate::store::member;
use crate::writer::commands::token::{CreateToken, RevokeToken, SignIn};
use crate::writer::{Refusal, Signed, WriteError};

/// `POST /v1/login`
pub(super) async fn log_in(
    State(app): State<App>,
    Peer(from): Peer,
    order: Order<LogIn>,
) -> Result<Json<Session>, ApiError> {
    let LogIn {
        name,
        password,
        label,
    } = order.body;
    let (of, checked_hash) = check(&app, from, &name, password).await?;
    let token = password::new_token(&*app.entropy);
    let make = CreateToken {
        of,
        hash: token_hash(&token),
        label,
        capabilities: Capabilities::all(),
        expires_at: None,
    };
    let member = app
        .writer
        .submit(SignIn {
            token: make,
            name,
            checked_hash,
        })
        .await
        .map_err(|error| match error {
            WriteError::Refused(Refusal::BadToken) => ApiError::wrong_password(),
            other => other.into(),
        })?;
    Ok(Json(Session { token, member }))
}

/// Checks a name and a password, within the limits. Returns the hash that the password was found to fit.
pub(super) async fn check(
    app: &App,
    from: IpAddr,
    name: &MemberName,
    password: String,
) -> Result<(MemberId, String), ApiError> {
    app.logins
        .count(from, name, app.clock.now())
        .map_err(ApiError::too_many)?;
    let asked = name.clone();
    let known = app
        .store
        .read(move |x| Box::pin(async move { member::password(x, &asked).await }))
        .await?;
    let turn = Arc::clone(&app.hashing)
        .acquire_owned()
        .await
        .map_err(|_| ApiError::unavailable("the server is stopping"))?;
    let hash = known.as_ref().and_then(|(_, hash)| hash.clone());
    // The turn goes with the work: whoever hangs up ends the request, but not that.
    let work = move || {
        let fits = password::fits(&password, hash.as_deref());
        drop(turn);
        fits
    };
    let fits = tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| ApiError::unavailable("the server is stopping"))?;
    match (known, fits) {
        (Some((of, Some(hash))), true) => Ok((of, hash)),
        _ => Err(ApiError::wrong_password()),
    }
}

/// `POST /v1/logout`
pub(super) async fn log_out(
    State(app): State<App>,
    order: Order<()>,
) -> Result<Json<()>, ApiError> {
    let caller = app.caller(order.by().clone()).await?;
    let (Some(of), Some(id)) = (caller.actor.member(), caller.token) else {
        return Err(ApiError::bad_token());
    };
    // A token of any capability may end itself.
    app.writer
        .submit(Signed {
            by: By::Operator,
            acting_for: None,
            address: None,
            key: None,
            deed: RevokeToken { of, id },
        })
        .await?;
    Ok(Json(()))
}

/// `GET /v1/me`
pub(super) async fn whoami(
    State(app): State<App>,
    Asker(by): Asker,
) -> Result<Json<Whoami>, ApiError> {
    let whoami = app
        .show(by, |x, caller| {
            Box::pin(async move {
                let Actor::Member {
                    id, capabilities, ..
                } = &caller.actor
                else {
                    return Err(NotShown::bad_token());
                };
                let member = member::by_id(x, *id).await?;
                Ok(Whoami {
                    member: member.ok_or_else(NotShown::bad_token)?,
                    capabilities: capabilities.clone(),
                })
            })
        })
        .await?;
    Ok(Json(whoami))
}
