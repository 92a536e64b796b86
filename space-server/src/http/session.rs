// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Signing in and out.

use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use space_core::MemberId;
use space_core::policy::{Actor, Capabilities};
use space_core::protocol::{LogIn, Session, Whoami};
use space_core::text::{MemberName, folded};

use super::ask::NotShown;
use super::lanes::{SPACING, Step};
use super::limit::{Logins, network};
use super::order::{Asker, Order, token_hash};
use super::peer::Peer;
use super::turns::{Class, Rank};
use super::{ApiError, App};
use crate::audit::Act;
use crate::password;
use crate::store::actor::By;
use crate::store::{member, network as known};
use crate::writer::commands::token::{CreateToken, Ends, RevokeToken, SignIn};
use crate::writer::{Refusal, Signed, WriteError};

/// When somebody may try again who was refused because many wait.
const CROWDED: Duration = Duration::from_secs(5);

/// `POST /v1/login`
pub(super) async fn log_in(
    State(app): State<App>,
    peer: Peer,
    order: Order<LogIn>,
) -> Result<Json<Session>, ApiError> {
    let LogIn {
        name,
        password,
        label,
    } = order.body;
    let asking = Asking {
        peer,
        name: name.clone(),
        has_token: false,
    };
    let (of, checked_hash) = check(&app, &asking, password).await?;
    let token = password::new_token(&*app.entropy);
    let make = CreateToken {
        of,
        hash: token_hash(&token),
        label,
        capabilities: Capabilities::all(),
        ends: Ends::After(app.config.tokens.log_in_lasts.get()),
    };
    let member = app
        .writer
        .submit(SignIn {
            token: make,
            name,
            checked_hash,
            source: peer.source(&app),
            network: network(peer.0).to_string(),
        })
        .await
        .map_err(wrong_if_changed)?;
    Ok(Json(Session { token, member }))
}

/// A password that was changed while it was checked is a wrong one.
pub(super) fn wrong_if_changed(error: WriteError) -> ApiError {
    match error {
        WriteError::Refused(Refusal::BadToken) => ApiError::wrong_password(),
        other => other.into(),
    }
}

/// Too many try passwords at this moment.
pub(super) fn crowded() -> ApiError {
    ApiError::too_many(CROWDED)
}

/// Who tries a password, and for which account.
pub(super) struct Asking {
    pub(super) peer: Peer,
    pub(super) name: MemberName,
    /// Whether they have shown a token of that account.
    pub(super) has_token: bool,
}

/// Checks a name and a password, within the limits. Returns the hash that the password was found to fit.
///
/// An address may try so often. When many addresses try one account, those from which the member has not signed in lately
/// are slowed, and nobody is locked out.
pub(super) async fn check(
    app: &App,
    asking: &Asking,
    password: String,
) -> Result<(MemberId, String), ApiError> {
    let logins = &*app.logins;
    let (from, now) = (asking.peer.0, app.clock.now());
    let tries = logins.count(from, now).map_err(|wait| {
        logins.failed.count(Act::LogInRefused, None, from);
        ApiError::too_many(wait)
    })?;
    let (name, at) = (asking.name.clone(), network(from).to_string());
    let (account, is_known) = app
        .store
        .read(move |x| {
            Box::pin(async move {
                let account = member::password(x, &name).await?;
                Ok((account, known::is_known(x, &name, &at).await?))
            })
        })
        .await?;
    let (of, hash) = match account {
        Some((of, hash)) => (Some(of), hash),
        None => (None, None),
    };
    let refused = || {
        logins.failed.count(Act::LogInRefused, of, from);
    };
    let class = if is_known || asking.has_token {
        Class::Known
    } else if logins.is_calm(&asking.name, now) {
        Class::Unknown
    } else {
        slow_down(logins, &asking.name, tries)
            .await
            .inspect_err(|_| refused())?;
        Class::Slowed
    };
    let turn = logins.turns.take(Rank { class, tries }).await;
    let turn = turn.map_err(|_| {
        refused();
        crowded()
    })?;
    let stored = hash.clone();
    // The turn goes with the work: whoever hangs up ends the request, but not that.
    let work = move || {
        let fits = password::fits(&password, stored.as_deref());
        drop(turn);
        fits
    };
    let fits = tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| ApiError::unavailable("the server is stopping"))?;
    if let (Some(of), Some(hash), true) = (of, hash, fits) {
        return Ok((of, hash));
    }
    logins.failed.count(Act::LogInFailed, of, from);
    Err(ApiError::wrong_password())
}

/// Waits until it is one's turn at an account that many try.
async fn slow_down(logins: &Logins, name: &MemberName, tries: usize) -> Result<(), ApiError> {
    let account = folded(name.as_str());
    let too_many = || ApiError::too_many(SPACING);
    let place = logins.lanes.enter(&account, tries, Instant::now());
    let place = place.ok_or_else(too_many)?;
    loop {
        match place.step(Instant::now()) {
            Step::Go => return Ok(()),
            // Dropped while it waits, the place is free again.
            Step::Wait(wait) => tokio::time::sleep(wait).await,
            Step::GiveUp => return Err(too_many()),
        }
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
            by: By::Member(of),
            acting_for: None,
            address: None,
            key: None,
            source: order.source(),
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
