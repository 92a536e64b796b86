// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server bridge`

use clap::{Args, Subcommand};
use serde::Serialize;
use space_core::Timestamp;
use space_core::text::{MemberName, NetworkName};

use super::error::Error;
use super::operate::operate;
use super::output;
use crate::config::Loaded;

/// Show and change which bridge a network belongs to
///
/// The bot that a network belongs to acts for visitors from there, and no other bot does. The first bot that brings a visitor
/// from a network gets it; `assign` gives it to another bot.
#[derive(Debug, Subcommand)]
pub(super) enum Bridge {
    List(List),
    Assign(Assign),
}

/// List networks and the bots they belong to
#[derive(Debug, Args)]
pub(super) struct List {
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// Give a network to a bot, and refuse other bots
#[derive(Debug, Args)]
pub(super) struct Assign {
    /// The network, such as irc.libera
    #[arg(value_parser = NetworkName::parse)]
    network: NetworkName,

    /// The account of the bot
    #[arg(value_parser = MemberName::parse)]
    bot: MemberName,
}

/// A network as programs read it.
#[derive(Debug, Serialize)]
struct Line {
    network: NetworkName,
    bridge: MemberName,
    since: Timestamp,
    visitors: i64,
}

impl Bridge {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        match self {
            Self::List(command) => command.run(loaded),
            Self::Assign(command) => command.run(loaded),
        }
    }
}

impl List {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let lines: Vec<Line> = operator
                .bridge_networks()
                .await?
                .into_iter()
                .map(|listed| Line {
                    network: listed.network,
                    bridge: listed.bridge,
                    since: listed.bound_at,
                    visitors: listed.visitors,
                })
                .collect();
            if self.json {
                output::json_lines(&lines)?;
                return Ok(());
            }
            let rows: Vec<[String; 4]> = lines
                .into_iter()
                .map(|line| {
                    [
                        line.network.to_string(),
                        line.bridge.to_string(),
                        line.since.to_string(),
                        line.visitors.to_string(),
                    ]
                })
                .collect();
            output::table(["NETWORK", "BRIDGE", "SINCE", "VISITORS"], &rows)?;
            Ok(())
        })
    }
}

impl Assign {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            operator.assign_network(&self.network, &self.bot).await?;
            output::line(format_args!(
                "The network {} belongs to {} now.",
                self.network, self.bot
            ))?;
            Ok(())
        })
    }
}
