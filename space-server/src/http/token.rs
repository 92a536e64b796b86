// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tokens: list, make, revoke.

use axum::Json;
use axum::extract::State;
use space_core::TokenId;
use space_core::policy::{self, ManageTokens};
use space_core::protocol::{CreateToken as Create, NewToken, TokenLine};

use super::order::{Asker, Id, Order, token_hash};
use super::{ApiError, App};
use crate::password;
use crate::store::token;
use crate::writer::commands::token::{CreateToken, Ends, RevokeToken};

/// `GET /v1/tokens`
pub(super) async fn list(
    State(app): State<App>,
    Asker(by): Asker,
) -> Result<Json<Vec<TokenLine>>, ApiError> {
    let caller = app.caller(by).await?;
    let of = caller.actor.member().ok_or(policy::Denial::SignedOut)?;
    let _permit = policy::decide(&caller.actor, ManageTokens { of }, &())?;
    let tokens = app
        .store
        .read(move |x| Box::pin(token::of_member(x, of)))
        .await?;
    Ok(Json(
        tokens
            .into_iter()
            .map(|token| token.line(caller.token))
            .collect(),
    ))
}

/// `POST /v1/tokens`
pub(super) async fn create(
    State(app): State<App>,
    order: Order<Create>,
) -> Result<Json<NewToken>, ApiError> {
    let of = app
        .caller(order.by().clone())
        .await?
        .actor
        .member()
        .ok_or(policy::Denial::SignedOut)?;
    let secret = password::new_token(&*app.entropy);
    let hash = token_hash(&secret);
    let lasts = app.config.tokens.last.get();
    let order = order.signed(|body| CreateToken {
        of,
        hash,
        label: body.label,
        capabilities: body.capabilities,
        ends: body.expires_at.map_or(Ends::After(lasts), Ends::At),
    });
    let id = app.writer.submit(order).await?;
    Ok(Json(NewToken { id, token: secret }))
}

/// `DELETE /v1/tokens/ID`
pub(super) async fn revoke(
    State(app): State<App>,
    Id(id): Id<TokenId>,
    order: Order<()>,
) -> Result<Json<()>, ApiError> {
    let of = app
        .caller(order.by().clone())
        .await?
        .actor
        .member()
        .ok_or(policy::Denial::SignedOut)?;
    app.writer
        .submit(order.signed(|()| RevokeToken { of, id }))
        .await?;
    Ok(Json(()))
}
