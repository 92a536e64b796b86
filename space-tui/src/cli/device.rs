// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Signing in with a code that is typed into a page, in any browser on any machine.

use space_core::Member;
use space_core::client::sign_in::wait_for_token;
use space_core::client::{Api, ApiError, Token};
use space_core::protocol::{AskForCode, DeviceCodes, ProblemCode};

use super::End;
use super::failure::{Failure, Kind};
use super::login::{label, token_of};
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};

/// What a shell says of a program that was ended with Ctrl-C.
const INTERRUPTED: u8 = 130;

/// Shows a code, and waits until the member has decided. Until then nothing is written here.
pub(super) fn sign_in(
    place: &Place<'_>,
    api: &Api,
    space: &str,
    out: &mut Output<'_>,
) -> Result<(Member, Token), End> {
    let l10n = place.l10n;
    let ask = AskForCode {
        capabilities: None,
        label: label(place)?,
    };
    let codes = place
        .block_on(api.ask_for_code(&ask))?
        .map_err(|error| failed(place, &error))?;
    let waited = place.block_on(async {
        tokio::select! {
            // Listened for from before the code is shown: whoever gives up at once is not too early.
            biased;
            _ = tokio::signal::ctrl_c() => Ok(None),
            waited = async {
                show(place, &codes, api, space, out)?;
                Ok::<_, End>(Some(wait_for_token(api, &codes).await))
            } => waited,
        }
    })??;
    match waited {
        Some(Ok(session)) => Ok(token_of(place, session)?),
        Some(Err(error)) => Err(failed(place, &error).into()),
        None => {
            super::open::note("");
            super::open::note(&l10n.text("login-interrupted"));
            Err(End::Shown(INTERRUPTED))
        }
    }
}

/// Shows where to go and what to type there. The page is the server's that was named, whatever that says.
fn show(
    place: &Place<'_>,
    codes: &DeviceCodes,
    api: &Api,
    space: &str,
    out: &mut Output<'_>,
) -> Result<(), End> {
    let l10n = place.l10n;
    let minutes = codes.expires_in.div_ceil(60);
    let shown = |text: String| [Span::new(Role::Key, format!("    {text}"))];
    out.line(&l10n.with("login-device-page", &[("space", space.into())]))?;
    out.line("")?;
    out.spans(&shown(api.device_page()))?;
    out.line("")?;
    out.line(&l10n.text("login-device-code"))?;
    out.line("")?;
    out.spans(&shown(codes.user_code.to_string()))?;
    out.line("")?;
    out.line(&l10n.with("login-device-waits", &[("minutes", minutes.into())]))?;
    Ok(out.flush()?)
}

fn failed(place: &Place<'_>, error: &ApiError) -> Failure {
    let l10n = place.l10n;
    let say = |kind, why, hint| {
        Failure::new(kind, l10n, "fail-login", &[])
            .reason_is(&l10n.text(why))
            .hint(l10n, hint, &[])
    };
    match error.code() {
        Some(ProblemCode::AccessDenied) => say(Kind::Denied, "why-device-denied", "hint-device"),
        Some(ProblemCode::ExpiredToken | ProblemCode::AuthorizationPending) => {
            say(Kind::Failed, "why-device-expired", "hint-device")
        }
        Some(ProblemCode::NotFound) => say(Kind::Failed, "why-no-device", "hint-password"),
        _ => place.call_failed("fail-login", error),
    }
}
