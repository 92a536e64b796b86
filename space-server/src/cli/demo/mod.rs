// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server demo`

mod clock;
mod fill;
mod folder;
mod live;
mod sample;
mod script;
mod terminal;

use std::io::IsTerminal as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use clap::Args;
use space_core::policy::Capabilities;
use space_core::text::{Label, MemberName};

use super::error::Error;
use super::operate::{self, log_for_commands};
use super::serve::{Interrupts, serve};
use super::{data_folder, load, output};
use crate::config::{Bind, Config, Database, Sources};
use crate::lifecycle::Lifecycle;
use crate::logging;
use clock::DemoClock;
use folder::DemoFolder;
use live::Places;
use sample::Sample;
use terminal::Visit;

/// The password of everybody in the demonstration. It is no secret, so the demonstration stays on this machine.
const PASSWORD: &str = "open the shelf";

/// Who looks around in the terminal.
const VISITOR: &str = "leila";

/// Where the terminal's server listens: on any port that is free.
const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// Make a small community to look around in, and open the terminal on it
///
/// It has thirteen members, a dozen categories (one of them closed to a group, one for staff) and topics in thirteen
/// languages. The terminal is the program `space`, beside this one or on the search path; leaving it ends the
/// demonstration. With --bind or --no-terminal, or when the output is no terminal, it is served until it is interrupted,
/// and what to do is printed.
///
/// Without --data-dir it is gone when the program ends; with it, it stays there, and the next demo goes on with it.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Only serve, on this address and port of this machine; port 0 takes any free one [default: 127.0.0.1:7780]
    #[arg(long, short, value_name = "ADDRESS:PORT")]
    bind: Option<Bind>,

    /// Only serve, and print how to look around
    #[arg(long)]
    no_terminal: bool,

    /// Let members write now and then, to see how posts arrive
    #[arg(long)]
    live: bool,
}

impl Demo {
    pub(super) fn run(self, mut sources: Sources) -> Result<(), Error> {
        if let Some(bind) = self.bind {
            sources.command_line.push(("http.bind", bind.to_string()));
        }
        let mut loaded = load(&sources)?;
        let config = &mut loaded.config;
        // It is there to be tried, by somebody in a hurry.
        config.limits.enabled = false;
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
        let wants_terminal = !self.no_terminal
            && self.bind.is_none()
            && std::io::stdout().is_terminal()
            && std::io::stdin().is_terminal();
        let program = terminal::find(
            std::env::current_exe().ok().as_deref(),
            std::env::var_os("PATH").as_deref(),
        );
        // Lives until the end of this function: then the folder goes.
        let folder = DemoFolder::make().context("cannot make a temporary folder")?;
        // What is configured is a real space, or is to become one.
        let keeps = loaded.given.data_dir.is_some();
        if !keeps {
            folder
                .path()
                .join("server")
                .clone_into(&mut loaded.config.data_dir);
        }
        let program = program.filter(|_| wants_terminal);
        match &program {
            // The screen belongs to the terminal.
            Some(_) => {
                let log = folder.path().join("server.log");
                logging::start_in(&loaded.config.log, &log).map_err(Error::config)?;
            }
            None => log_for_commands(&loaded)?,
        }
        let config = &mut loaded.config;
        if program.is_some() && !loaded.origins.contains_key("http.bind") {
            config.http.bind = ANY_PORT.into();
        }
        data_folder::make(config)?;
        let (places, token) = prepare(config)?;
        let config = loaded.config;
        let live = (self.live, Arc::new(config.clone()), places);
        let place = config.data_dir.display().to_string();
        let has_pages = config.pages.is_enabled;
        let Some(program) = program else {
            return serve(config, Interrupts::End, |address, lifecycle| {
                begin_live(lifecycle, live);
                Ok(output::text(&greeting(
                    address,
                    &place,
                    keeps,
                    wants_terminal,
                    has_pages,
                ))?)
            });
        };
        let visited = Arc::new(Mutex::new(Ok(())));
        let outcome = Arc::clone(&visited);
        let terminal = folder.path().join("terminal");
        serve(config, Interrupts::AreOthers, move |address, lifecycle| {
            begin_live(lifecycle, live);
            visit(lifecycle, program, terminal, address, token, outcome);
            Ok(())
        })?;
        let visited = std::mem::replace(
            &mut *visited.lock().unwrap_or_else(PoisonError::into_inner),
            Ok(()),
        );
        if visited.is_ok() && !keeps {
            output::note(
                "The demonstration is gone. A space of your own: `space-server init --help`.",
            );
        }
        visited
    }
}

/// Opens the terminal. When it is left, the server ends, and the other way round.
fn visit(
    lifecycle: &Lifecycle,
    program: PathBuf,
    folder: PathBuf,
    address: SocketAddr,
    token: String,
    outcome: Arc<Mutex<Result<(), Error>>>,
) {
    let soft = lifecycle.soft();
    lifecycle.spawn("demo.terminal", async move {
        let visit = Visit {
            program: &program,
            folder: &folder,
            address,
            member: VISITOR,
            token: &token,
        };
        if let Err(error) = visit.run(&soft).await {
            let error = anyhow::Error::from(error).context(format!(
                "cannot open the terminal with {}",
                program.display()
            ));
            *outcome.lock().unwrap_or_else(PoisonError::into_inner) = Err(error.into());
        }
        soft.cancel();
    });
}

/// Lets members write, if that is wanted and the community is new.
fn begin_live(lifecycle: &Lifecycle, live: (bool, Arc<Config>, Option<Places>)) {
    let (true, config, Some(places)) = live else {
        return;
    };
    let (stop, of_operator) = (lifecycle.soft(), lifecycle.clone());
    lifecycle.spawn("demo.live", async move {
        let done = live::go_on(config, of_operator, places, Sample::live(), stop).await;
        if let Err(error) = done {
            tracing::warn!(?error, "nobody writes any more");
        }
    });
}

/// Puts the community into the store, unless one is there, and makes a token for who looks around.
fn prepare(config: &Config) -> Result<(Option<Places>, String), Error> {
    let sample = Sample::read();
    let clock = Arc::new(DemoClock::new());
    let data_dir: &Path = &config.data_dir;
    operate::with_operator(config, clock.clone(), async |operator| {
        let places = fill::fill(&operator, &clock, data_dir, sample).await?;
        let visitor = MemberName::parse(VISITOR).context("the visitor's name is a name")?;
        let label = Label::parse("demo").context("the token's label is a label")?;
        let made = operator
            .create_token(&visitor, label, Capabilities::all(), None)
            .await?;
        Ok((places, made.token))
    })
}

fn greeting(
    address: SocketAddr,
    place: &str,
    keeps: bool,
    misses_program: bool,
    has_pages: bool,
) -> String {
    let stays = if keeps {
        format!("It is kept in {place}.")
    } else {
        "It is gone when you end it with Ctrl-C; --data-dir FOLDER would keep it.".to_owned()
    };
    let missing = if misses_program {
        "
The terminal was not opened: the program `space` is neither beside this one nor on the search path.
In a clone of the repository, `cargo build` makes both; then begin again.
"
    } else {
        ""
    };
    let browser = if has_pages {
        format!("\nLook at it in a browser:\n  http://{address}/\n")
    } else {
        String::new()
    };
    let space = terminal::called(
        std::env::current_exe().ok().as_deref(),
        std::env::var_os("PATH").as_deref(),
        std::env::current_dir().ok().as_deref(),
    );
    format!(
        "\
A small community is open at http://{address}
{missing}
Look around in the terminal:
  {space} --profile demo login http://{address} \\
      --name {VISITOR} --insecure-storage
  {space} --profile demo

Read it with any tool:
  curl -sN 'http://{address}/v1/feed?mode=follow'
{browser}
Members:  amara (owner), jonas (moderator), priya (editor), leila, mateo, yuki and others
Password: {PASSWORD}

{stays}
"
    )
}
