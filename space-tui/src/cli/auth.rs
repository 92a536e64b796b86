// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space auth`: which profiles there are, who one is in each, and where the token is.

use serde::Serialize;
use space_core::client::ApiError;
use space_core::client::credentials::{Looked, Source, State};
use space_core::text::{MemberName, folded};

use super::args::{AuthAction, AuthList, AuthStatus, AuthSwitch};
use super::failure::{Failure, Kind, Outcome};
use super::open::Place;
use super::output::Output;
use super::{End, login, logout};
use crate::doc::{Role, Span};
use crate::profile::Profile;
use crate::text::clean;
use crate::text::measure::{column, width};

/// Does one of them.
pub(super) fn run(place: &Place<'_>, action: &AuthAction, out: &mut Output<'_>) -> Result<(), End> {
    match action {
        AuthAction::Status(args) => status(place, args, out),
        AuthAction::List(args) => list(place, args, out),
        AuthAction::Switch(args) => switch(place, args, out),
        AuthAction::Login(args) => login::run(place, args, out),
        AuthAction::Logout(args) => logout::run(place, args, out),
    }
}

/// Whether the server takes the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Accepted {
    /// It does, and it is this member's.
    Yes,
    /// It does not.
    No,
    /// It is somebody else's.
    OtherMember,
    /// The server did not answer.
    Unknown,
    /// There is no token.
    NoToken,
}

#[derive(Debug, Serialize)]
struct StatusJson<'a> {
    profile: &'a str,
    server: &'a str,
    /// Absent for a guest.
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<&'a str>,
    /// Where the token is from; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<PlaceJson<'a>>,
    accepted: Accepted,
    /// Every place, in the order in which they are looked at.
    places: Vec<PlaceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<String>,
}

#[derive(Debug, Serialize)]
struct PlaceJson<'a> {
    place: &'static str,
    /// Which file or command.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// Whether the token lies there without encryption.
    is_plain: bool,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
}

impl<'a> From<&'a Looked> for PlaceJson<'a> {
    fn from(looked: &'a Looked) -> Self {
        let (state, why) = match &looked.state {
            State::Used => ("used", None),
            State::Unused => ("unused", None),
            State::Empty => ("empty", None),
            State::NotAsked => ("not_asked", None),
            State::Refused(why) => ("refused", Some(why.as_str())),
        };
        Self {
            place: looked.source.word(),
            at: at(&looked.source),
            is_plain: looked.source.is_plain(),
            state,
            why,
        }
    }
}

/// Which file or command it is.
fn at(source: &Source) -> Option<String> {
    match source {
        Source::VariableFile(path) | Source::PlainFile(path) => Some(path.display().to_string()),
        Source::Command(command) => Some(command.clone()),
        Source::Descriptor(number) => Some(number.to_string()),
        Source::Variable | Source::Keyring => None,
    }
}

/// Says which profile it is, where its token is, why it is not elsewhere, and what to do.
fn status(place: &Place<'_>, args: &AuthStatus, out: &mut Output<'_>) -> Result<(), End> {
    let profile = place.profile()?;
    let search = profile.account().map(|account| {
        place
            .secrets
            .survey(&account, &mut || place.keyring_waits())
    });
    let found = search.as_ref().and_then(|search| search.found.as_ref());
    let accepted = match (&profile.member, found) {
        (Some(member), Some(found)) => {
            let api = profile
                .api(Some(found.token.clone()))
                .map_err(|e| place.call_failed("fail-server", &e))?;
            accepted(member, place.block_on(api.me())?)
        }
        _ => Accepted::NoToken,
    };
    let looked = search.as_ref().map_or(&[][..], |search| &search.looked);
    let fix = fix(place, &profile, accepted, looked);
    let source = found.map(|found| &found.source);
    if args.json {
        let places: Vec<PlaceJson<'_>> = looked.iter().map(PlaceJson::from).collect();
        let used = looked.iter().find(|looked| looked.state == State::Used);
        return Ok(out.json(&StatusJson {
            profile: &place.name,
            server: &profile.server,
            member: profile.member.as_ref().map(MemberName::as_str),
            token: used.map(PlaceJson::from),
            accepted,
            places,
            fix,
        })?);
    }
    table(out, &rows(place, &profile, source, accepted))?;
    let others: Vec<&Looked> = looked
        .iter()
        .filter(|looked| looked.state != State::Used)
        .collect();
    if !others.is_empty() {
        out.line("")?;
        out.line(&place.l10n.text("auth-others"))?;
        for looked in others {
            let values = [
                ("place", name_of(place, &looked.source).into()),
                ("state", state(place, &looked.state).into()),
            ];
            let line = place.l10n.with("auth-other", &values);
            out.line(&clean::line(&line))?;
        }
    }
    if let Some(fix) = fix {
        out.line("")?;
        out.line(&fix)?;
    }
    Ok(())
}

fn accepted(member: &MemberName, me: Result<space_core::protocol::Whoami, ApiError>) -> Accepted {
    match me {
        Ok(me) if folded(me.member.name.as_str()) == folded(member.as_str()) => Accepted::Yes,
        Ok(_) => Accepted::OtherMember,
        Err(error) if error.is_signed_out() => Accepted::No,
        Err(_) => Accepted::Unknown,
    }
}

/// What would make it better, if anything would.
fn fix(
    place: &Place<'_>,
    profile: &Profile,
    accepted: Accepted,
    looked: &[Looked],
) -> Option<String> {
    profile.member.as_ref()?;
    let login = |key| {
        let values = [
            ("server", profile.server.as_str().into()),
            ("profile", place.name.as_str().into()),
        ];
        Some(place.l10n.with(key, &values))
    };
    let is_plain = |looked: &&Looked| looked.source.is_plain() && looked.state == State::Used;
    let keyring = looked
        .iter()
        .find(|looked| looked.source == Source::Keyring)
        .map(|looked| &looked.state);
    match (accepted, keyring) {
        (Accepted::OtherMember, _) => login("auth-fix-other"),
        (Accepted::No, _) => login("auth-fix-login"),
        (Accepted::NoToken, Some(State::Refused(_))) => login("auth-fix-keyring"),
        (Accepted::NoToken, _) => login("auth-fix-login"),
        (Accepted::Yes | Accepted::Unknown, Some(State::Refused(_)))
            if looked.iter().any(|looked| is_plain(&looked)) =>
        {
            login("auth-fix-plain-no-keyring")
        }
        (Accepted::Yes | Accepted::Unknown, _) if looked.iter().any(|looked| is_plain(&looked)) => {
            login("auth-fix-plain")
        }
        _ => None,
    }
}

fn rows(
    place: &Place<'_>,
    profile: &Profile,
    source: Option<&Source>,
    accepted: Accepted,
) -> Vec<(String, String)> {
    let l10n = place.l10n;
    let member = match &profile.member {
        Some(name) => name.to_string(),
        None => l10n.text("status-guest"),
    };
    let mut rows = vec![
        (l10n.text("whoami-profile"), place.name.clone()),
        (l10n.text("whoami-server"), profile.server.clone()),
        (l10n.text("whoami-member"), member),
    ];
    if profile.member.is_some() {
        let token = match source {
            Some(source) => name_of(place, source),
            None => l10n.text("auth-no-token"),
        };
        rows.push((l10n.text("auth-token"), token));
        let key = match accepted {
            Accepted::Yes => Some("auth-accepted"),
            Accepted::No => Some("auth-not-accepted"),
            Accepted::OtherMember => Some("auth-other-member"),
            Accepted::Unknown => Some("auth-unknown"),
            Accepted::NoToken => None,
        };
        rows.extend(key.map(|key| (l10n.text("auth-server-says"), l10n.text(key))));
    }
    rows
}

pub(super) fn name_of(place: &Place<'_>, source: &Source) -> String {
    let key = match source {
        Source::Variable => "auth-place-variable",
        Source::VariableFile(_) => "auth-place-variable-file",
        Source::Descriptor(_) => "auth-place-descriptor",
        Source::Command(_) => "auth-place-command",
        Source::PlainFile(_) => "auth-place-plain-file",
        Source::Keyring => "auth-place-keyring",
    };
    let at = at(source).unwrap_or_default();
    place.l10n.with(key, &[("at", at.into())])
}

fn state(place: &Place<'_>, state: &State) -> String {
    let l10n = place.l10n;
    match state {
        State::Used => l10n.text("auth-state-used"),
        State::Unused => l10n.text("auth-state-unused"),
        State::Empty => l10n.text("auth-state-empty"),
        State::NotAsked => l10n.text("auth-state-not-asked"),
        State::Refused(why) => l10n.with("auth-state-refused", &[("why", why.as_str().into())]),
    }
}

fn table(out: &mut Output<'_>, rows: &[(String, String)]) -> Result<(), End> {
    let columns = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    for (name, value) in rows {
        out.spans(&[
            Span::new(Role::Quiet, column(name, columns)),
            Span::new(Role::Text, format!("  {}", clean::line(value))),
        ])?;
    }
    Ok(())
}

#[derive(Debug, Serialize)]
struct ProfileJson {
    profile: String,
    is_current: bool,
    server: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<MemberName>,
}

/// Lists the profiles; asks neither server nor keyring.
fn list(place: &Place<'_>, args: &AuthList, out: &mut Output<'_>) -> Result<(), End> {
    let failed = |e| place.profile_failed(&e);
    let mut profiles = Vec::new();
    for name in place.folders.names().map_err(failed)? {
        let Some(profile) = place.folders.load(&name).map_err(failed)? else {
            continue;
        };
        profiles.push(ProfileJson {
            is_current: name == place.name,
            profile: name,
            server: profile.server,
            member: profile.member,
        });
    }
    if args.json {
        return Ok(out.json(&profiles)?);
    }
    let l10n = place.l10n;
    if profiles.is_empty() {
        return Ok(out.line(&l10n.text("hint-first-login"))?);
    }
    let columns = profiles.iter().map(|p| width(&p.profile)).max();
    for profile in profiles {
        let member = match &profile.member {
            Some(name) => name.to_string(),
            None => l10n.text("status-guest"),
        };
        let mark = if profile.is_current { "* " } else { "  " };
        let name = column(&profile.profile, columns.unwrap_or(0));
        let who = format!("  {member} · {}", profile.server);
        out.spans(&[
            Span::new(Role::Text, format!("{mark}{name}")),
            Span::new(Role::Quiet, clean::line(&who).into_owned()),
        ])?;
    }
    Ok(())
}

/// Makes another profile the one that is used when none is named.
fn switch(place: &Place<'_>, args: &AuthSwitch, out: &mut Output<'_>) -> Result<(), End> {
    let failed = |e| place.profile_failed(&e);
    if place.folders.load(&args.name).map_err(failed)?.is_none() {
        return Err(unknown(place, &args.name)?.into());
    }
    place.folders.set_current(&args.name).map_err(failed)?;
    let values = [("name", args.name.as_str().into())];
    Ok(out.line(&place.l10n.with("auth-switched", &values))?)
}

fn unknown(place: &Place<'_>, name: &str) -> Outcome<Failure> {
    let values = [("name", name.into())];
    let failure = Failure::new(Kind::NotFound, place.l10n, "fail-no-profile", &values);
    let names = place
        .folders
        .names()
        .map_err(|e| place.profile_failed(&e))?;
    Ok(if names.is_empty() {
        failure.hint(place.l10n, "hint-first-login", &[])
    } else {
        let names = [("slugs", names.join(", ").into())];
        failure.hint(place.l10n, "hint-categories", &names)
    })
}
