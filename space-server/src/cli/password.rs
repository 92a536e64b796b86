// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where passwords come from: asked for without echo, or read from a file.

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use space_core::secret_file;

use super::error::Error;
use super::output;
use crate::operator::check_password;

/// Where a password comes from.
#[derive(Debug, Args)]
pub(super) struct PasswordArgs {
    /// Read the password from the first line of this file, which only you can read; - is standard input. Without it you
    /// are asked
    #[arg(long, value_name = "FILE")]
    pub(super) password_file: Option<PathBuf>,
}

impl PasswordArgs {
    /// Returns whether the command line says where it comes from.
    pub(super) fn is_given(&self) -> bool {
        self.password_file.is_some()
    }

    /// Reads the password for `name`, or asks for it twice, and checks its length.
    pub(super) fn read(&self, name: &str) -> Result<String, Error> {
        let password = match &self.password_file {
            Some(path) if path == Path::new("-") => {
                first_line(&mut io::stdin().lock(), "standard input")
            }
            Some(path) => {
                let file = secret_file::open(path)
                    .map_err(anyhow::Error::from)
                    .context("cannot read the password")?;
                first_line(&mut io::BufReader::new(file), &path.display().to_string())
            }
            None => return ask(name),
        }?;
        check_password(&password)?;
        Ok(password)
    }
}

fn ask(name: &str) -> Result<String, Error> {
    if !io::stdin().is_terminal() {
        return Err(
            Error::usage("there is no terminal to ask for a password on")
                .hint("give it with --password-file FILE, or --password-file - for standard input"),
        );
    }
    ask_with(name, |prompt| {
        let entered = rpassword::prompt_password(prompt);
        entered
            .context("cannot ask for the password")
            .map_err(Error::from)
    })
}

/// How often a password is asked for.
const TRIES: usize = 3;

/// Asks until a password is long enough and entered twice alike. What is wrong with the first entry is said before the second.
fn ask_with(
    name: &str,
    mut enter: impl FnMut(String) -> Result<String, Error>,
) -> Result<String, Error> {
    let mut wrong = None;
    for _ in 0..TRIES {
        if let Some(error) = wrong.take() {
            output::note(format_args!("{error}, try again"));
        }
        let password = enter(format!("Password for {name}: "))?;
        if let Err(error) = check_password(&password) {
            wrong = Some(error.to_string());
            continue;
        }
        if enter("Once more: ".to_owned())? == password {
            return Ok(password);
        }
        wrong = Some("the two passwords are not the same".to_owned());
    }
    Err(Error::refused(wrong.unwrap_or_default()))
}

fn first_line(from: &mut dyn BufRead, name: &str) -> Result<String, Error> {
    let mut line = String::new();
    from.read_line(&mut line)
        .with_context(|| format!("cannot read a password from {name}"))?;
    let password = line.trim_end_matches(['\n', '\r']);
    if password.is_empty() {
        return Err(Error::refused(format!("the first line of {name} is empty")));
    }
    Ok(password.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// What is entered, how many entries are asked for, and what comes of it.
    #[rstest]
    #[case::at_once(&["correct horse", "correct horse"], 2, Ok("correct horse"))]
    #[case::too_short_first(&["alice", "correct horse", "correct horse"], 3, Ok("correct horse"))]
    #[case::not_alike_first(&["correct horse", "correct hose", "correct horse", "correct horse"], 4, Ok("correct horse"))]
    #[case::always_too_short(&["a", "b", "c", "d"], 3, Err("a password has at least 10 characters"))]
    fn a_password_is_asked_for_until_it_is_good(
        #[case] entries: &[&str],
        #[case] want_asked: usize,
        #[case] want: Result<&str, &str>,
    ) {
        let mut asked = 0;
        let got = ask_with("alice", |_| {
            asked += 1;
            Ok(entries[asked - 1].to_owned())
        });
        assert_eq!(asked, want_asked);
        match want {
            Ok(want) => assert_eq!(got.unwrap(), want),
            Err(want) => assert!(got.unwrap_err().to_string().contains(want)),
        }
    }

    #[rstest]
    #[case("correct horse\nbattery", Some("correct horse"))]
    #[case(" spaces count \r\n", Some(" spaces count "))]
    #[case("\n", None)]
    #[case("", None)]
    fn a_password_is_the_first_line(#[case] text: &str, #[case] want: Option<&str>) {
        let read = first_line(&mut text.as_bytes(), "a file").ok();
        assert_eq!(read.as_deref(), want);
    }
}
