// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space password`: chooses another password.

use std::io::{BufRead, BufReader};
use std::path::Path;

use space_core::protocol::ChangePassword;

use super::End;
use super::args::Password;
use super::failure::{Failure, Kind, Outcome};
use super::login::ask;
use super::open::Place;
use super::output::Output;

/// Chooses another password, and ends the other log-ins when that is wanted.
pub(super) fn run(place: &Place<'_>, args: &Password, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let opened = place.open_as_member()?;
    let api = place.api(&opened.profile)?;
    let (password, new_password) = passwords(place, args)?;
    let change = ChangePassword {
        password,
        new_password,
        sign_out_others: args.sign_out,
    };
    let done = place
        .block_on(api.change_password(&change))?
        .map_err(|e| place.call_failed("fail-password", &e))?;
    out.line(&l10n.text("password-done"))?;
    if args.sign_out {
        let count = [("count", done.tokens.into())];
        out.line(&l10n.with("password-signed-out", &count))?;
    } else {
        out.line(&l10n.text("password-others-stay"))?;
    }
    Ok(())
}

/// Returns the password until now and the one from now on.
fn passwords(place: &Place<'_>, args: &Password) -> Outcome<(String, String)> {
    let Some(file) = &args.password_file else {
        let password = ask(place, "password-now", true)?;
        let new = ask(place, "password-new", true)?;
        let again = ask(place, "password-again", true)?;
        if new != again {
            let key = "fail-passwords-differ";
            return Err(Failure::new(Kind::Usage, place.l10n, key, &[]));
        }
        return Ok((password, new));
    };
    let failed = |e: std::io::Error| {
        let values = [("file", file.display().to_string().into())];
        Failure::new(Kind::Usage, place.l10n, "fail-file", &values).because(&e)
    };
    let lines = if file == Path::new("-") {
        two_lines(&mut std::io::stdin().lock())
    } else {
        let opened = space_core::secret_file::open(file).map_err(|error| {
            let values = [("file", file.display().to_string().into())];
            Failure::new(Kind::Usage, place.l10n, "fail-file", &values).because(&error)
        })?;
        two_lines(&mut BufReader::new(opened))
    };
    let (password, new) = lines.map_err(failed)?;
    if password.is_empty() || new.is_empty() {
        let key = "fail-two-passwords";
        return Err(Failure::new(Kind::Usage, place.l10n, key, &[]));
    }
    Ok((password, new))
}

fn two_lines(from: &mut dyn BufRead) -> std::io::Result<(String, String)> {
    let mut line = || {
        let mut line = String::new();
        from.read_line(&mut line)?;
        Ok::<_, std::io::Error>(line.trim_end_matches(['\n', '\r']).to_owned())
    };
    Ok((line()?, line()?))
}
