// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server config`

use clap::Subcommand;

use super::error::Error;
use super::output;
use crate::config::{Sources, shown};

/// Check or show the configuration
#[derive(Debug, Subcommand)]
pub(super) enum Config {
    /// Say whether the configuration can be used; exit code 78 when it cannot
    Check,
    /// Show every key with the value in force and where it comes from; passwords stay hidden
    Show,
}

impl Config {
    pub(super) fn run(&self, sources: &Sources) -> Result<(), Error> {
        let loaded = sources.load()?;
        match self {
            Self::Check => output::line("The configuration can be used.")?,
            Self::Show => output::text(&shown(&loaded))?,
        }
        Ok(())
    }
}
