// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server serve`

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;
use tracing::{info, warn};

use super::error::Error;
use super::{data_folder, load};
use crate::clock::{OsEntropy, SystemClock};
use crate::config::{Bind, Config, Period, Sources};
use crate::doctor::reach;
use crate::lifecycle::{Ended, Lifecycle};
use crate::logging;
use crate::store::StoreError;

/// Serve the space until SIGTERM or SIGINT; a second signal does not wait for what was begun
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The address and port to listen on; port 0 takes any free one [default: 127.0.0.1:7780]
    #[arg(long, short, value_name = "ADDRESS:PORT")]
    bind: Option<Bind>,

    /// Leave the tables as they are, and refuse to start when they are of an older version
    #[arg(long)]
    no_migrate: bool,
}

impl Serve {
    pub(super) fn run(self, mut sources: Sources) -> Result<(), Error> {
        if let Some(bind) = self.bind {
            sources.command_line.push(("http.bind", bind.to_string()));
        }
        if self.no_migrate {
            sources
                .command_line
                .push(("store.migrate", "false".to_owned()));
        }
        let config = load(&sources)?.config;
        logging::start(&config.log).map_err(Error::config)?;
        data_folder::expect(&config)?;
        serve(config, Interrupts::End, |_, _| Ok(()))
    }
}

/// What SIGINT means, which Ctrl-C sends to everybody in the foreground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interrupts {
    /// End the server.
    End,
    /// Nothing: another program has the terminal, and knows what to do.
    AreOthers,
}

/// Serves until a signal ends it. `once_bound` is told the address before the first answer, and may begin what goes on
/// beside the server.
pub(super) fn serve(
    config: Config,
    interrupts: Interrupts,
    once_bound: impl FnOnce(SocketAddr, &Lifecycle) -> Result<(), Error>,
) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    runtime.block_on(async {
        let bind = config.http.bind;
        let listener = TcpListener::bind(*bind).await.map_err(|error| {
            let hint = cannot_listen(bind, &error);
            let error = anyhow::Error::from(error).context(format!("cannot listen on {bind}"));
            Error::from(error).hint(hint)
        })?;
        let address = listener
            .local_addr()
            .context("cannot tell where it listens")?;
        let lifecycle = Lifecycle::new();
        lifecycle
            .obey_signals(interrupts == Interrupts::End)
            .context("cannot listen for signals")?;
        lifecycle.tell(&format!("listening on http://{address}"));
        if let Some(warning) = reach::in_the_open(address, &config) {
            warn!("{warning}");
        }
        once_bound(address, &lifecycle)?;
        until_stopped(config, listener, &lifecycle).await
    })
}

/// Returns what to try where the machine does not let this process listen.
fn cannot_listen(bind: Bind, error: &std::io::Error) -> String {
    use std::io::ErrorKind::{AddrInUse, AddrNotAvailable, PermissionDenied};
    match error.kind() {
        AddrInUse => format!(
            "stop what listens there (`ss -ltnp sport = :{}` shows it), or choose another address with --bind",
            bind.port()
        ),
        AddrNotAvailable => format!(
            "{} is no address of this machine: `ip address` shows which it has; 0.0.0.0 stands for all of IPv4, [::] for all",
            bind.ip()
        ),
        PermissionDenied => format!(
            "only root may listen on ports below 1024: choose one above, such as {}:7780, and put a reverse proxy before it",
            bind.ip()
        ),
        _ => "choose another address with --bind".to_owned(),
    }
}

async fn until_stopped(
    config: Config,
    listener: TcpListener,
    lifecycle: &Lifecycle,
) -> Result<(), Error> {
    let config = Arc::new(config);
    let patience = config.stop_timeout.get();
    let draining = config.http.drain.map_or(Duration::ZERO, Period::get);
    let run = crate::run(
        Arc::clone(&config),
        listener,
        lifecycle,
        Arc::new(SystemClock),
        Arc::new(OsEntropy),
    );
    let (soft, hard) = (lifecycle.soft(), lifecycle.hard());
    let end_of_patience = async {
        soft.cancelled().await;
        tokio::time::sleep(draining + patience).await;
    };
    // Whatever ends first, the others are not needed any more.
    let served = tokio::select! {
        served = run => served,
        () = end_of_patience => {
            warn!("dropping connections that did not end");
            Ok(())
        }
        () = hard.cancelled() => Ok(()),
    };
    match lifecycle.finish(patience).await {
        // What could not go on is told by the error alone.
        Ended::Drained if served.is_err() => {}
        Ended::Drained => info!("stopped"),
        Ended::Dropped => warn!("stopped; not everything was finished"),
    }
    served.map_err(|error| match error.downcast() {
        Ok(StoreError::NoSpace) => data_folder::no_space(&config),
        Ok(error) => data_folder::cannot_open(&config, &error),
        Err(error) => Error::from(error).diagnosed(&config.database()),
    })
}
