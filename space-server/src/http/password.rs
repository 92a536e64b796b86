// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Choosing another password for oneself.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use space_core::policy::{self, Denial};
use space_core::protocol::{ChangePassword as Change, SignedOut};

use super::order::Order;
use super::peer::Peer;
use super::session::{Asking, check, wrong_if_changed};
use super::turns::{Class, Rank};
use super::{ApiError, App};
use crate::password;
use crate::store::member;
use crate::writer::commands::password::ChangePassword;

/// `PUT /v1/me/password`
pub(super) async fn change(
    State(app): State<App>,
    peer: Peer,
    order: Order<Change>,
) -> Result<Json<SignedOut>, ApiError> {
    let order = order.without_key();
    let caller = app.caller(order.by().clone()).await?;
    let of = caller.actor.member().ok_or(Denial::SignedOut)?;
    // Before anything is hashed: who may not change it does not get to try passwords either.
    let _may = policy::decide(&caller.actor, policy::ChangePassword { of }, &())?;
    password::check(&order.body.new_password)
        .map_err(|error| ApiError::invalid(error.to_string()))?;
    let member = app
        .store
        .read(move |x| Box::pin(member::by_id(x, of)))
        .await?
        .ok_or_else(ApiError::bad_token)?;
    let asking = Asking {
        peer,
        name: member.name.clone(),
        has_token: true,
    };
    let (of, checked_hash) = check(&app, &asking, order.body.password.clone()).await?;
    let rank = Rank {
        class: Class::Known,
        tries: 0,
    };
    let turn = app.logins.turns.take(rank).await;
    let turn = turn.map_err(|_| super::session::crowded())?;
    let (new, entropy) = (order.body.new_password.clone(), Arc::clone(&app.entropy));
    let work = move || {
        let hash = password::hash(&new, &*entropy);
        drop(turn);
        hash
    };
    let password_hash = tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| ApiError::unavailable("the server is stopping"))?
        .map_err(|error| ApiError::invalid(error.to_string()))?;
    let order = order.signed(|body| ChangePassword {
        of,
        name: member.name,
        checked_hash,
        password_hash,
        token: caller.token,
        signs_out_others: body.sign_out_others,
    });
    let tokens = app.writer.submit(order).await.map_err(wrong_if_changed)?;
    Ok(Json(SignedOut { tokens }))
}
