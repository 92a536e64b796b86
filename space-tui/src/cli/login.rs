// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space login`: signs in, or reads a public space as a guest.

use std::io::{BufRead, IsTerminal as _, Write as _};
use std::path::Path;

use space_core::client::credentials::{Account, Found, Keep, KeyringError, Source};
use space_core::client::replica::Replica;
use space_core::client::{Api, ApiError, Token};
use space_core::protocol::{LogIn, Session};
use space_core::secret_file;
use space_core::text::{Label, MemberName, folded};
use space_core::{Member, Space};

use super::args::{Login, Sync};
use super::failure::{Failure, Kind, Outcome};
use super::open::Place;
use super::output::Output;
use super::{End, device, sync};
use crate::profile::Profile;

/// Signs in, and reads the space for the first time.
pub(super) fn run(place: &Place<'_>, args: &Login, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let mut profile = Profile {
        server: args.server.clone(),
        member: None,
        allow_plain_http: args.allow_plain_http,
        window: args.window.unwrap_or_default(),
    };
    let api = profile
        .api(None)
        .map_err(|e| address_failed(place, &args.server, &e))?;
    place.set_server(&profile);
    api.server().clone_into(&mut profile.server);
    let old = check_other(place, &profile, args)?;
    if let (None, Some(old)) = (args.window, &old) {
        profile.window = old.window;
    }
    let hello = place
        .block_on(api.hello())?
        .map_err(|e| not_reached(place, &e))?;
    let space = hello.space.name.as_str();
    check_same_space(place, old.as_ref(), &hello.space)?;
    if args.guest {
        place
            .folders
            .save(&place.name, &profile)
            .map_err(|e| place.profile_failed(&e))?;
        out.line(&l10n.with("login-guest", &[("space", space.into())]))?;
        return sync::run(place, &Sync::default(), out);
    }
    // Where the token goes is settled first: nobody types a password for nothing.
    let way = Way::choose(place, args)?;
    let keep = way.keep(place, args)?;
    let (member, token) = match way {
        Way::Given(found) => whose(place, &api, found.token)?,
        Way::Password => with_password(place, args, &api)?,
        Way::Device => device::sign_in(place, &api, space, out)?,
    };
    let file = place
        .folders
        .replica(&place.name)
        .map_err(|e| place.profile_failed(&e))?;
    let mut replica = Replica::open(&file).map_err(|e| place.replica_failed(&e))?;
    if let Some(owner) = other_owner(place, old.as_ref(), &replica, &member)? {
        // Nobody will use this token. Whether the server hears of it changes nothing here.
        if let Err(error) = place.block_on(api.with_token(Some(token)).log_out())? {
            tracing::warn!(%error, "cannot end a token that is not used");
        }
        let server = old.map_or(profile.server, |old| old.server);
        return Err(belongs_to(place, owner, &server).into());
    }
    profile.member = Some(member.name.clone());
    if let Some(keep) = keep {
        let account = Account::new(&profile.server, &member.name);
        let kept = place
            .secrets
            .keep(&account, &token, keep, &mut || place.keyring_waits());
        if let Err(error) = kept {
            // A token that is kept nowhere is of no use to anybody.
            if let Err(error) = place.block_on(api.with_token(Some(token)).log_out())? {
                tracing::warn!(%error, "cannot end a token that is not kept");
            }
            return Err(not_kept(place).because(&error).into());
        }
    }
    place
        .folders
        .save(&place.name, &profile)
        .map_err(|e| place.profile_failed(&e))?;
    replica
        .set_me(Some(member.id))
        .map_err(|e| place.replica_failed(&e))?;
    drop(replica);
    let values = [
        ("space", space.into()),
        ("name", member.name.as_str().into()),
    ];
    out.line(&l10n.with("login-done", &values))?;
    out.line(&l10n.text(match keep {
        Some(Keep::Keyring) => "login-kept-keyring",
        Some(Keep::PlainFile) => "login-kept-file",
        None => "login-kept-nowhere",
    }))?;
    sync::run(place, &Sync::default(), out)
}

/// Says that the server does not answer. There may be nothing here yet that could be read without it.
fn not_reached(place: &Place<'_>, error: &ApiError) -> Failure {
    let failure = place.call_failed("fail-server", error);
    match failure.kind {
        Kind::Offline => failure.hint(place.l10n, "hint-server", &[]),
        _ => failure,
    }
}

/// How somebody signs in.
enum Way {
    /// With a token that was given.
    Given(Box<Found>),
    /// With a name and a password.
    Password,
    /// With a code that they type into a page.
    Device,
}

impl Way {
    fn choose(place: &Place<'_>, args: &Login) -> Outcome<Self> {
        let given = place.secrets.given();
        if let Some(why) = given.refusal() {
            return Err(
                Failure::new(Kind::Usage, place.l10n, "fail-given-token", &[]).reason_is(why),
            );
        }
        if let Some(found) = given.found {
            return Ok(Self::Given(Box::new(found)));
        }
        let wants_password = args.password || args.password_file.is_some() || args.name.is_some();
        // Without a terminal nobody reads the code.
        if wants_password || !std::io::stdout().is_terminal() {
            return Ok(Self::Password);
        }
        Ok(Self::Device)
    }

    /// Says where the token goes. One from the environment or from a command stays where it is.
    fn keep(&self, place: &Place<'_>, args: &Login) -> Outcome<Option<Keep>> {
        if let Self::Given(found) = self
            && !matches!(found.source, Source::Descriptor(_))
        {
            return Ok(None);
        }
        let keep = if args.insecure_storage {
            Keep::PlainFile
        } else {
            Keep::Keyring
        };
        match place.secrets.can_keep(keep, &mut || place.keyring_waits()) {
            Ok(()) => Ok(Some(keep)),
            // That there is none is the whole story; where it was looked for, `space auth status` tells.
            Err(KeyringError::Absent { .. }) => Err(not_kept(place)),
            Err(error) => Err(not_kept(place).because(&error)),
        }
    }
}

fn not_kept(place: &Place<'_>) -> Failure {
    Failure::new(Kind::Failed, place.l10n, "fail-no-keyring", &[]).hint(
        place.l10n,
        "hint-no-keyring",
        &[],
    )
}

/// Asks the server whose token this is.
fn whose(place: &Place<'_>, api: &Api, token: Token) -> Outcome<(Member, Token)> {
    let me = place
        .block_on(api.with_token(Some(token.clone())).me())?
        .map_err(|e| place.call_failed("fail-login", &e))?;
    Ok((me.member, token))
}

/// What the token is called in the list of the member's tokens.
pub(super) fn label(place: &Place<'_>) -> Outcome<Label> {
    Label::parse(&place.l10n.text("login-label"))
        .or_else(|_| Label::parse("space"))
        .map_err(|e| Failure::new(Kind::Failed, place.l10n, "fail-login", &[]).because(&e))
}

/// Takes the token out of what the server answered.
pub(super) fn token_of(place: &Place<'_>, session: Session) -> Outcome<(Member, Token)> {
    let token = Token::new(session.token)
        .ok_or_else(|| Failure::new(Kind::Failed, place.l10n, "fail-login", &[]))?;
    Ok((session.member, token))
}

fn with_password(place: &Place<'_>, args: &Login, api: &Api) -> Outcome<(Member, Token)> {
    let name = match &args.name {
        Some(name) => name.clone(),
        None => ask(place, "login-name", false)?,
    };
    let name = MemberName::parse(&name)
        .map_err(|e| Failure::new(Kind::Usage, place.l10n, "fail-login", &[]).because(&e))?;
    let password = password(place, args)?;
    let label = label(place)?;
    let session = place
        .block_on(api.log_in(&LogIn {
            name,
            password,
            label,
        }))?
        .map_err(|e| place.call_failed("fail-login", &e))?;
    token_of(place, session)
}

/// Says what is wrong with an address. Mostly it lacks its beginning.
fn address_failed(place: &Place<'_>, server: &str, error: &ApiError) -> Failure {
    let failure = place.call_failed("fail-server", error);
    if !matches!(error, ApiError::Address { .. }) || server.contains("://") {
        return failure;
    }
    let ends_at = server.rfind(':').unwrap_or(server.len());
    let host = server.split('/').next().unwrap_or_default();
    let host = host.get(..ends_at).unwrap_or(host);
    let is_here = host == "localhost" || host == "[::1]" || host.starts_with("127.");
    let scheme = if is_here { "http" } else { "https" };
    let whole = format!("{scheme}://{}", server.trim());
    failure.hint(place.l10n, "hint-address", &[("server", whole.into())])
}

/// A local copy belongs to one server and one reader: another needs another profile. Returns the profile so far.
fn check_other(place: &Place<'_>, new: &Profile, args: &Login) -> Outcome<Option<Profile>> {
    let old = place
        .folders
        .load(&place.name)
        .map_err(|e| place.profile_failed(&e))?;
    let Some(old) = old else { return Ok(None) };
    let is_same_reader = match (&old.member, &args.name) {
        (Some(old), Some(new)) => folded(old.as_str()) == folded(new),
        (Some(_), None) => !args.guest,
        // A guest who signs in keeps the copy of what everyone may read.
        (None, _) => true,
    };
    if old.server == new.server && is_same_reader {
        return Ok(Some(old));
    }
    let who = old
        .member
        .map_or_else(|| place.l10n.text("status-guest"), |name| name.to_string());
    Err(belongs_to(place, who, &old.server))
}

/// A local copy stays that of its space, also when another one is at the address now: what waits in it is not for that.
fn check_same_space(place: &Place<'_>, old: Option<&Profile>, now: &Space) -> Outcome {
    if old.is_none() {
        return Ok(());
    }
    let file = place.folders.replica(&place.name);
    let file = file.map_err(|e| place.profile_failed(&e))?;
    let held = Replica::open(&file).and_then(|replica| replica.identity());
    let held = held.map_err(|e| place.replica_failed(&e))?;
    match (held, &now.identity) {
        (Some(held), Some(now_there)) if held != *now_there => {
            let values = [
                ("name", place.name.as_str().into()),
                ("space", now.name.as_str().into()),
            ];
            let failure = Failure::new(Kind::Usage, place.l10n, "fail-other-space", &values);
            Err(failure.hint(place.l10n, "hint-other-profile", &[]))
        }
        _ => Ok(()),
    }
}

/// Returns whose the local copy is, if it is not this member's: what they may read and what they wrote is in it.
fn other_owner(
    place: &Place<'_>,
    old: Option<&Profile>,
    replica: &Replica,
    new: &Member,
) -> Outcome<Option<String>> {
    let failed = |e| place.replica_failed(&e);
    let old = old.and_then(|old| old.member.as_ref());
    let me = replica.me().map_err(failed)?;
    let is_other = match (me, old) {
        // Names change, ids do not.
        (Some(me), _) => me != new.id,
        (None, Some(old)) => folded(old.as_str()) != folded(new.name.as_str()),
        (None, None) => false,
    };
    if !is_other {
        return Ok(None);
    }
    if let Some(old) = old {
        return Ok(Some(old.to_string()));
    }
    let known = match me {
        Some(me) => replica.member(me).map_err(failed)?,
        None => None,
    };
    let number = || me.map_or_else(String::new, |me| format!("#{me}"));
    Ok(Some(
        known.map_or_else(number, |member| member.name.to_string()),
    ))
}

fn belongs_to(place: &Place<'_>, who: String, server: &str) -> Failure {
    let values = [
        ("name", place.name.as_str().into()),
        ("member", who.into()),
        ("server", server.into()),
    ];
    Failure::new(Kind::Usage, place.l10n, "fail-other-profile", &values).hint(
        place.l10n,
        "hint-other-profile",
        &[],
    )
}

fn password(place: &Place<'_>, args: &Login) -> Outcome<String> {
    match &args.password_file {
        Some(file) => {
            let failed = |e: std::io::Error| {
                let values = [("file", file.display().to_string().into())];
                Failure::new(Kind::Usage, place.l10n, "fail-file", &values).because(&e)
            };
            let line = if file == Path::new("-") {
                first_line(&mut std::io::stdin().lock())
            } else {
                let opened = secret_file::open(file).map_err(|e| {
                    let values = [("file", file.display().to_string().into())];
                    Failure::new(Kind::Usage, place.l10n, "fail-file", &values).because(&e)
                })?;
                first_line(&mut std::io::BufReader::new(opened))
            };
            let line = line.map_err(failed)?;
            if line.is_empty() {
                return Err(Failure::new(
                    Kind::Usage,
                    place.l10n,
                    "fail-no-password",
                    &[],
                ));
            }
            Ok(line)
        }
        None => ask(place, "login-password", true),
    }
}

fn first_line(from: &mut dyn BufRead) -> std::io::Result<String> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\n', '\r']).to_owned())
}

/// Asks on the terminal; a password without showing it.
pub(super) fn ask(place: &Place<'_>, key: &str, is_secret: bool) -> Outcome<String> {
    if !std::io::stdin().is_terminal() {
        return Err(
            Failure::new(Kind::Usage, place.l10n, "fail-nobody-to-ask", &[]).hint(
                place.l10n,
                "hint-nobody-to-ask",
                &[],
            ),
        );
    }
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
