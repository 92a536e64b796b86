// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-bridge console`: a category on standard output, one line per new post.

mod follow;
mod line;
mod place;
mod state;
mod tracker;

use std::io;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use space_core::client::{Api, Token};
use space_core::text::Slug;
use tracing::warn;
use tracing_subscriber::EnvFilter;

use crate::failure::Failure;
use follow::{Follower, Wanted};
use state::StateFile;

/// Write each new post of a category to standard output, as one line
///
/// It is the dry run of a bridge: what a room would receive. It begins with what is posted from now on, and keeps how
/// far it came in a file, so that it goes on where it stopped: nothing is lost, and nothing comes twice unless the
/// program is killed while it writes a line. SIGTERM and SIGINT end it.
#[derive(Debug, Args)]
pub(crate) struct Console {
    /// The address of the server
    #[arg(long, value_name = "https://SERVER")]
    server: String,

    /// The category, by its short name
    #[arg(long, value_name = "SLUG", value_parser = Slug::parse)]
    category: Slug,

    /// The file that holds the access token; without it only what is open to everyone is read
    #[arg(long, value_name = "FILE", env = "SPACE_BRIDGE_TOKEN_FILE")]
    token_file: Option<PathBuf>,

    /// The file that keeps how far it came [default: one per server and category, in the user's state folder]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,

    /// The first time, begin with the oldest post instead of now
    #[arg(long)]
    from_start: bool,

    /// End when everything that is there has been written
    #[arg(long)]
    once: bool,

    /// Allow http:// to another machine: token and posts travel in the open
    #[arg(long)]
    allow_plain_http: bool,
}

impl Console {
    pub(crate) fn run(self) -> Result<(), Failure> {
        start_logging();
        let mut builder = Api::builder(&self.server, self.token()?);
        if self.allow_plain_http {
            builder = builder.allow_plain_http();
        }
        let api = builder.build()?;
        let path = match self.state {
            Some(path) => path,
            None => place::default(api.server(), &self.category)?,
        };
        let state = StateFile::open(&path, api.server(), &self.category)?;
        let wanted = Wanted {
            slug: self.category,
            from_start: self.from_start,
            once: self.once,
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot start the runtime")?;
        let follower = Follower::new(api, wanted, state, io::stdout());
        runtime.block_on(follower.run())
    }

    fn token(&self) -> Result<Option<Token>, Failure> {
        let Some(path) = &self.token_file else {
            return Ok(None);
        };
        warn_if_exposed(path);
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the token file {}", path.display()))?;
        match Token::new(text.trim()) {
            Some(token) => Ok(Some(token)),
            None => Err(
                Failure::refused(format!("{} does not hold a token", path.display())).hint(
                    "`space-server token create NAME --label TEXT` writes one to standard output",
                ),
            ),
        }
    }
}

fn warn_if_exposed(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    if std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0) {
        warn!(
            "others on this machine can read the token file {}; chmod 600 closes it",
            path.display()
        );
    }
}

fn start_logging() {
    let filter = EnvFilter::try_from_env("SPACE_BRIDGE_LOG").unwrap_or_else(|_| "info".into());
    // Only a test that runs this twice in one process has logging already.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::IsTerminal::is_terminal(&io::stderr()))
        .try_init();
}
