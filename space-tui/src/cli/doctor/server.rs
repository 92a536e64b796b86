// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The token, the server, and its clock.

use std::time::{Duration, Instant};

use space_core::Clock as _;
use space_core::client::Token;

use super::files::chain;
use super::{Examination, Status};
use crate::machine::Machine;
use crate::profile::Profile;

/// A clock that is this far off shows times that are wrong to people.
const TOLERANCE: Duration = Duration::from_secs(60);

pub(super) fn examine(it: &mut Examination<'_>, may_ask: bool) {
    let place = it.place;
    let Ok(Some(profile)) = place.folders.load(&place.name) else {
        return;
    };
    let token = token(it, &profile);
    if may_ask {
        server(it, &profile, token);
    }
}

fn token(it: &mut Examination<'_>, profile: &Profile) -> Option<Token> {
    let fix = it.text("doctor-token-fix", &[]);
    match it.place.folders.token(profile) {
        _ if profile.member.is_none() => {
            let value = it.text("doctor-token-none", &[]);
            it.fine("token", value);
            None
        }
        Ok(Some(token)) => {
            let folder = it.place.folders.data.join("credentials");
            let folder = folder.display().to_string();
            let value = it.text("doctor-token-value", &[("place", folder.into())]);
            it.fine("token", value);
            Some(token)
        }
        Ok(None) => {
            let name = profile.member.as_ref().map(ToString::to_string);
            let values = [("name", name.unwrap_or_default().into())];
            let value = it.text("fail-no-token", &values);
            it.say("token", Status::Problem, value, Some(fix));
            None
        }
        Err(error) => {
            it.say("token", Status::Problem, chain(&error), Some(fix));
            None
        }
    }
}

fn server(it: &mut Examination<'_>, profile: &Profile, token: Option<Token>) {
    let place = it.place;
    place.set_server(profile);
    let has_token = token.is_some();
    let asked = profile.api(token).map(|api| {
        place.block_on(async {
            let began = Instant::now();
            let hello = api.hello().await?;
            let took = began.elapsed();
            let clock = api.clock().await?;
            // Whether the token is still good is known to nobody but the server.
            let me = if has_token {
                api.me().await.map(drop)
            } else {
                Ok(())
            };
            Ok((hello, took, clock, me))
        })
    });
    let values = [("server", profile.server.as_str().into())];
    let (hello, took, clock, me) = match asked {
        Ok(Ok(Ok(answers))) => answers,
        Ok(Err(failure)) => {
            let value = it.text("doctor-server-silent", &values);
            return it.say("server", Status::Warning, value, Some(failure.reason()));
        }
        Ok(Ok(Err(error))) | Err(error) => {
            let why = place.call_failed("fail-server", &error).reason();
            let value = it.text("doctor-server-silent", &values);
            let fix = it.text("doctor-server-fix", &[("why", why.into())]);
            return it.say("server", Status::Warning, value, Some(fix));
        }
    };
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let values = [
        ("server", profile.server.as_str().into()),
        ("millis", millis.into()),
        ("version", hello.version.into()),
    ];
    let value = it.text("doctor-server-value", &values);
    it.fine("server", value);
    if let Err(error) = me {
        let why = place.call_failed("fail-server", &error).reason();
        let fix = it.text("doctor-token-fix", &[]);
        it.say("token", Status::Problem, why, Some(fix));
    }
    if let Some(clock) = clock {
        let off = Machine.now().millis() - clock.millis();
        let values = [("seconds", (off / 1000).into())];
        let value = it.text("doctor-clock-value", &values);
        if Duration::from_millis(off.unsigned_abs()) < TOLERANCE {
            it.fine("clock", value);
        } else {
            let fix = it.text("doctor-clock-fix", &[]);
            it.say("clock", Status::Warning, value, Some(fix));
        }
    }
}
