// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server demo`

mod clock;
mod fill;
mod folder;
mod sample;

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;

use super::error::Error;
use super::operate::{self, log_for_commands};
use super::serve::serve;
use super::{data_folder, load, output};
use crate::config::{Config, Database, Sources};
use clock::DemoClock;
use folder::DemoFolder;
use sample::Sample;

/// The password of everybody in the demonstration. It is no secret, so the demonstration stays on this machine.
const PASSWORD: &str = "open the shelf";

/// Make a small community to look around in, and serve it
///
/// It has seven members, some categories (one of them closed to a group) and topics in several languages. Without
/// --data-dir it is gone when the program ends; with it, it stays there, and the next demo goes on with it.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// The address and port to listen on, of this machine only; port 0 takes any free one [default: 127.0.0.1:7780]
    #[arg(long, short, value_name = "ADDRESS:PORT")]
    bind: Option<SocketAddr>,
}

impl Demo {
    pub(super) fn run(self, mut sources: Sources) -> Result<(), Error> {
        if let Some(bind) = self.bind {
            sources.command_line.push(("http.bind", bind.to_string()));
        }
        let mut loaded = load(&sources)?;
        let config = &mut loaded.config;
        if !config.http.bind.ip().is_loopback() {
            return Err(Error::refused(format!(
                "{} can be reached from other machines, and the passwords of the demonstration are known to everybody",
                config.http.bind
            ))
            .hint("leave --bind out, or give an address of this machine, such as 127.0.0.1:7780"));
        }
        if let Database::Postgres(url) = config.database() {
            return Err(
                Error::refused(format!("the demonstration does not go into {url}"))
                    .hint("leave store.url out: it uses SQLite, in a folder of its own"),
            );
        }
        log_for_commands(&loaded)?;
        let config = &mut loaded.config;
        let keeps = loaded.origins.contains_key("data_dir");
        // Lives until the end of this function: then the folder goes.
        let folder = if keeps {
            None
        } else {
            Some(DemoFolder::make().context("cannot make a temporary folder")?)
        };
        if let Some(folder) = &folder {
            folder.path().clone_into(&mut config.data_dir);
        }
        data_folder::make(config)?;
        fill(config)?;
        let config = loaded.config;
        let place = config.data_dir.display().to_string();
        serve(config, |address| {
            Ok(output::text(&greeting(address, &place, keeps))?)
        })
    }
}

/// Puts the community into the store, unless one is there.
fn fill(config: &Config) -> Result<(), Error> {
    let sample = Sample::read();
    let clock = Arc::new(DemoClock::new());
    operate::with_operator(config, clock.clone(), async |operator| {
        fill::fill(&operator, &clock, sample).await
    })
}

fn greeting(address: SocketAddr, place: &str, keeps: bool) -> String {
    let stays = if keeps {
        format!("It is kept in {place}.")
    } else {
        "It is gone when you end it with Ctrl-C; --data-dir FOLDER would keep it.".to_owned()
    };
    format!(
        "\
A small community is open at http://{address}

  Look around in the terminal   space --profile demo login http://{address} --name leila --insecure-storage
                                space --profile demo
  Read it with any tool         curl -sN 'http://{address}/v1/feed?mode=follow'

  Members   amara (owner), jonas (moderator), priya (editor), leila, mateo, yuki
  Password  {PASSWORD}

{stays}
"
    )
}
