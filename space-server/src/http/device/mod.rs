// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Signing in by device flow (RFC 8628): what the program asks. The page that the member sees is in [`page`].

mod html;
mod page;
mod words;

use axum::Json;
use axum::extract::State;
use space_core::Entropy;
use space_core::protocol::{
    AskForCode, AskForToken, DeviceCodes, Problem, ProblemCode, Session, UserCode,
};

use super::limit::{INTERVAL, network, site};
use super::order::{Order, token_hash};
use super::origin::Origin;
use super::peer::Peer;
use super::{ApiError, App};
use crate::password;
use crate::store::device;
use crate::writer::commands::device::{Ask, LIFE, TakeToken, Taken};

pub(super) use page::{send, show};

/// How often a code is drawn before it is given up: that one of them is taken is a chance of one in millions.
const DRAWS: usize = 4;

/// `POST /v1/login/device`
pub(super) async fn ask(
    State(app): State<App>,
    Peer(from): Peer,
    origin: Origin,
    order: Order<AskForCode>,
) -> Result<Json<DeviceCodes>, ApiError> {
    app.logins
        .count_code(from, app.clock.now())
        .map_err(ApiError::too_many)?;
    let device_code = password::new_token(&*app.entropy);
    for _ in 0..DRAWS {
        let code = draw(&*app.entropy);
        let asked = Ask {
            device_hash: token_hash(&device_code),
            code: code.clone(),
            label: order.body.label.clone(),
            address: from.to_string(),
            capabilities: order.body.capabilities.clone(),
            network: site(from).unwrap_or_else(|| network(from)).to_string(),
        };
        if app.writer.submit(asked).await? {
            let page = format!("{}/device", origin.base());
            return Ok(Json(DeviceCodes {
                device_code,
                // The page fills no code in from its address; older clients know the field.
                verification_uri_complete: page.clone(),
                verification_uri: page,
                user_code: code,
                expires_in: LIFE.as_secs(),
                interval: INTERVAL.as_secs(),
            }));
        }
    }
    Err(ApiError::unavailable("no code is free"))
}

fn draw(entropy: &dyn Entropy) -> UserCode {
    loop {
        let mut bytes = [0; 16];
        entropy.fill(&mut bytes);
        // One byte in sixteen is of no use: sixteen hardly ever give fewer than eight letters.
        if let Some(code) = UserCode::from_random(&bytes) {
            return code;
        }
    }
}

/// `POST /v1/login/device/token`
pub(super) async fn token(
    State(app): State<App>,
    peer: Peer,
    order: Order<AskForToken>,
) -> Result<Json<Session>, ApiError> {
    let device_hash = token_hash(&order.body.device_code);
    let now = app.clock.now();
    let waiting = app
        .store
        .read(move |x| Box::pin(async move { device::by_device(x, &device_hash, now).await }))
        .await?
        .ok_or_else(expired)?;
    let taken = if waiting.is_allowed.is_none() {
        // Most questions end here, and none of them writes.
        Taken::Nothing
    } else {
        let token = password::new_token(&*app.entropy);
        let take = TakeToken {
            device_hash,
            token_hash: token_hash(&token),
            life: app.config.tokens.log_in_lasts.get(),
            source: peer.source(&app),
        };
        match app.writer.submit(take).await? {
            Taken::Token(member) => return Ok(Json(Session { token, member })),
            other => other,
        }
    };
    Err(match taken {
        Taken::Nothing if !app.logins.may_ask(device_hash, now) => Problem::new(
            ProblemCode::SlowDown,
            "nobody has decided yet, and you ask too often",
        )
        .hint("wait five seconds more between two questions from now on")
        .into(),
        Taken::Denied => Problem::new(ProblemCode::AccessDenied, "the log-in was denied").into(),
        Taken::Gone => expired(),
        Taken::Nothing | Taken::Token(_) => Problem::new(
            ProblemCode::AuthorizationPending,
            "nobody has decided yet: ask again later",
        )
        .into(),
    })
}

fn expired() -> ApiError {
    Problem::new(
        ProblemCode::ExpiredToken,
        "this code is not of use any more",
    )
    .hint("ask for a new one")
    .into()
}

#[cfg(test)]
mod tests;
