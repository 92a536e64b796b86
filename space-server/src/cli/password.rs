// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where passwords come from: asked for without echo, or read from a file.

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use space_core::secret_file;

use super::error::Error;

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

    /// Reads the password for `name`, or asks for it twice.
    pub(super) fn read(&self, name: &str) -> Result<String, Error> {
        match &self.password_file {
            Some(path) if path == Path::new("-") => {
                first_line(&mut io::stdin().lock(), "standard input")
            }
            Some(path) => {
                let file = secret_file::open(path)
                    .map_err(anyhow::Error::from)
                    .context("cannot read the password")?;
                first_line(&mut io::BufReader::new(file), &path.display().to_string())
            }
            None => ask(name),
        }
    }
}

fn ask(name: &str) -> Result<String, Error> {
    if !io::stdin().is_terminal() {
        return Err(
            Error::usage("there is no terminal to ask for a password on")
                .hint("give it with --password-file FILE, or --password-file - for standard input"),
        );
    }
    let password = rpassword::prompt_password(format!("Password for {name}: "))
        .context("cannot ask for the password")?;
    let again = rpassword::prompt_password("Once more: ").context("cannot ask for the password")?;
    if password == again {
        Ok(password)
    } else {
        Err(Error::refused("the two passwords are not the same"))
    }
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
