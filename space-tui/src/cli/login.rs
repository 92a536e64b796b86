// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space login`: signs in, or reads a public space as a guest.

use space_core::client::Token;
use space_core::client::credentials::Account;
use space_core::client::replica::Replica;
use space_core::protocol::LogIn;
use space_core::text::{Label, MemberName};

use super::args::Login;
use super::failure::{Failure, Kind, Outcome};
use super::open::Place;
use super::output::Output;
use super::{End, sync};
use crate::profile::Profile;

/// Signs in, and reads the space for the first time.
pub(super) fn run(place: &Place<'_>, args: &Login, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let mut profile = Profile {
        server: args.server.clone(),
        member: None,
        allow_plain_http: args.allow_plain_http,
    };
    let api = profile
        .api(None)
        .map_err(|e| place.call_failed("fail-server", &e))?;
    api.server().clone_into(&mut profile.server);
    check_other(place, &profile, args)?;
    let hello = place
        .block_on(api.hello())?
        .map_err(|e| place.call_failed("fail-server", &e))?;
    let space = hello.space.name.as_str();
    if args.guest {
        place
            .folders
            .save(&place.name, &profile)
            .map_err(|e| place.profile_failed(&e))?;
        out.line(&l10n.with("login-guest", &[("space", space.into())]))?;
        return sync::run(place, out);
    }
    let name = match &args.name {
        Some(name) => name.clone(),
        None => ask(place, "login-name", false)?,
    };
    let name = MemberName::parse(&name)
        .map_err(|e| Failure::new(Kind::Usage, l10n, "fail-login", &[]).because(&e))?;
    let password = password(place, args)?;
    let label = Label::parse(&l10n.text("login-label"))
        .or_else(|_| Label::parse("space"))
        .map_err(|e| Failure::new(Kind::Failed, l10n, "fail-login", &[]).because(&e))?;
    let session = place
        .block_on(api.log_in(&LogIn {
            name,
            password,
            label,
        }))?
        .map_err(|e| place.call_failed("fail-login", &e))?;
    let member = session.member;
    profile.member = Some(member.name.clone());
    let token = Token::new(session.token)
        .ok_or_else(|| Failure::new(Kind::Failed, l10n, "fail-login", &[]))?;
    let account = Account {
        server: profile.server.clone(),
        name: member.name.clone(),
    };
    place
        .folders
        .credentials()
        .save(&account, &token)
        .map_err(|e| place.profile_failed(&e.into()))?;
    place
        .folders
        .save(&place.name, &profile)
        .map_err(|e| place.profile_failed(&e))?;
    let file = place
        .folders
        .replica(&place.name)
        .map_err(|e| place.profile_failed(&e))?;
    Replica::open(&file)
        .and_then(|mut replica| replica.set_me(Some(member.id)))
        .map_err(|e| place.replica_failed(&e))?;
    let values = [
        ("space", space.into()),
        ("name", member.name.as_str().into()),
    ];
    out.line(&l10n.with("login-done", &values))?;
    sync::run(place, out)
}

/// A local copy belongs to one server and one reader: another needs another profile.
fn check_other(place: &Place<'_>, new: &Profile, args: &Login) -> Outcome {
    let old = place
        .folders
        .load(&place.name)
        .map_err(|e| place.profile_failed(&e))?;
    let Some(old) = old else { return Ok(()) };
    let is_same_reader = match (&old.member, &args.name) {
        (Some(old), Some(new)) => {
            space_core::text::folded(old.as_str()) == space_core::text::folded(new)
        }
        (Some(_), None) => !args.guest,
        // A guest who signs in keeps the copy of what everyone may read.
        (None, _) => true,
    };
    if old.server == new.server && is_same_reader {
        return Ok(());
    }
    let who = old
        .member
        .map_or_else(|| place.l10n.text("status-guest"), |name| name.to_string());
    let values = [
        ("name", place.name.as_str().into()),
        ("member", who.into()),
        ("server", old.server.as_str().into()),
    ];
    Err(
        Failure::new(Kind::Usage, place.l10n, "fail-other-profile", &values).hint(
            place.l10n,
            "hint-other-profile",
            &[],
        ),
    )
}

fn password(place: &Place<'_>, args: &Login) -> Outcome<String> {
    match &args.password_file {
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|e| {
                let values = [("file", file.display().to_string().into())];
                Failure::new(Kind::Usage, place.l10n, "fail-file", &values).because(&e)
            })?;
            Ok(text.trim_end_matches(['\n', '\r']).to_owned())
        }
        None => ask(place, "login-password", true),
    }
}

/// Asks on the terminal; a password without showing it.
fn ask(place: &Place<'_>, key: &str, is_secret: bool) -> Outcome<String> {
    use std::io::{BufRead as _, Write as _};
    let question = format!("{} ", place.l10n.text(key));
    let answer = if is_secret {
        rpassword::prompt_password(question)
    } else {
        let mut line = String::new();
        std::io::stderr()
            .write_all(question.as_bytes())
            .and_then(|()| std::io::stdin().lock().read_line(&mut line))
            .map(|_| line)
    };
    let answer =
        answer.map_err(|e| Failure::new(Kind::Usage, place.l10n, "fail-ask", &[]).because(&e))?;
    let answer = answer.trim_end_matches(['\n', '\r']).to_owned();
    if answer.is_empty() {
        return Err(Failure::new(Kind::Usage, place.l10n, "fail-ask", &[]));
    }
    Ok(answer)
}
