// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server completion`

use clap::Args;
use clap_complete::Shell;

use super::error::Error;
use super::output;

/// Write a completion script for a shell to standard output
#[derive(Debug, Args)]
pub(super) struct Completion {
    /// The shell
    shell: Shell,
}

impl Completion {
    pub(super) fn run(&self) -> Result<(), Error> {
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut super::command(),
            "space-server",
            &mut script,
        );
        Ok(output::text(&String::from_utf8_lossy(&script))?)
    }
}
