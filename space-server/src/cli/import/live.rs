// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The options of an import from a live forum, and what they mean.

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use space_core::secret_file;

use crate::cli::error::Error;
use crate::cli::{data_folder, output};
use crate::clock::{OsEntropy, SystemClock};
use crate::config::Loaded;
use crate::import::Progress;
use crate::import::live::{ApiKey, Fetch, FetchError, Fetched, Forum, Limits, Sleep, Tools, fetch};

/// Where a key may stand in the environment.
const KEY_VARIABLE: &str = "SPACE_IMPORT_API_KEY";

/// Longer no key is.
const KEY_BYTES: u64 = 4096;

/// How a live forum is fetched.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options for a live forum")]
pub(super) struct Live {
    /// The folder that the fetched forum is kept in [default: import/HOST in the data folder]
    #[arg(long, value_name = "DIR")]
    staging: Option<PathBuf>,

    /// Fetch into the folder, and bring nothing in
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) only_fetch: bool,

    /// How many requests a minute are made at most [default: 60]
    ///
    /// Discourse allows 200 for each address, and 60 with a key of the administrators. Whatever is said here, requests are
    /// made one after the other, and the forum is obeyed when it asks to wait.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=6000))]
    rate: Option<u32>,

    /// Fetch all topics again, also those of which the forum's list says nothing new
    ///
    /// The list does not tell that an older post was edited.
    #[arg(long)]
    refetch: bool,

    /// A file with a key of the forum's API, which opens what is not open to everyone; `-` reads standard input
    ///
    /// The variable SPACE_IMPORT_API_KEY does the same. The key is sent to the named address alone, and over https alone.
    #[arg(long, value_name = "FILE")]
    api_key_file: Option<PathBuf>,

    /// The member as whom a key of the administrators is used; without it, the key is taken for a member's own
    #[arg(long, value_name = "NAME")]
    api_user: Option<String>,

    /// How those who run the forum can reach you: it is sent with every request
    #[arg(long, value_name = "TEXT")]
    contact: Option<String>,
}

impl Live {
    /// Refuses options that mean nothing for a saved forum.
    pub(super) fn expect_unused(&self) -> Result<(), Error> {
        let used = [
            ("--staging", self.staging.is_some()),
            ("--only-fetch", self.only_fetch),
            ("--rate", self.rate.is_some()),
            ("--refetch", self.refetch),
            ("--api-key-file", self.api_key_file.is_some()),
            ("--api-user", self.api_user.is_some()),
            ("--contact", self.contact.is_some()),
        ];
        match used.into_iter().find(|(_, is_used)| *is_used) {
            Some((option, _)) => Err(Error::usage(format!(
                "{option} is for a live forum, and a path was given"
            ))
            .hint("the address of the forum, such as https://forum.example.org")),
            None => Ok(()),
        }
    }

    /// Returns what is to be fetched, and how.
    pub(super) fn fetch(&self, address: &str, loaded: &Loaded) -> Result<Fetch, Error> {
        let forum = Forum::parse(address).map_err(|error| Error::usage(error.to_string()))?;
        let staging = self.staging.clone().unwrap_or_else(|| {
            loaded
                .config
                .data_dir
                .join("import")
                .join(forum.folder_name())
        });
        Ok(Fetch {
            forum,
            staging,
            interval: Duration::from_mins(1) / self.rate.unwrap_or(60),
            key: self.key()?,
            contact: self.contact.clone(),
            everything: self.refetch,
            limits: Limits::default(),
        })
    }

    fn key(&self) -> Result<Option<ApiKey>, Error> {
        let key = match &self.api_key_file {
            Some(path) => {
                let mut key = String::new();
                let read = if path.as_os_str() == "-" {
                    std::io::stdin().take(KEY_BYTES).read_to_string(&mut key)
                } else {
                    secret_file::open(path)
                        .map_err(anyhow::Error::from)
                        .context("cannot read the key")?
                        .take(KEY_BYTES)
                        .read_to_string(&mut key)
                };
                read.with_context(|| format!("cannot read the key in {}", path.display()))?;
                Some(key)
            }
            None => match std::env::var(KEY_VARIABLE) {
                Ok(key) => Some(key),
                Err(std::env::VarError::NotPresent) => None,
                Err(std::env::VarError::NotUnicode(_)) => {
                    return Err(Error::usage(format!("{KEY_VARIABLE} holds no key")));
                }
            },
        };
        match (key, &self.api_user) {
            (Some(key), user) => match ApiKey::new(&key, user.as_deref()) {
                Some(key) => Ok(Some(key)),
                None => Err(Error::usage(
                    "the key, or the name of its member, has characters that none has",
                )
                .hint("a file with the key alone")),
            },
            (None, Some(_)) => Err(Error::usage("--api-user is nothing without a key")
                .hint(format!("--api-key-file FILE, or {KEY_VARIABLE}"))),
            (None, None) => Ok(None),
        }
    }

    /// Fetches the forum.
    pub(super) fn run(
        &self,
        fetched: &Fetch,
        loaded: &Loaded,
        progress: &Progress,
    ) -> Result<Fetched, Error> {
        if self.staging.is_none() {
            data_folder::make(&loaded.config)?;
        }
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot start the runtime")?;
        let tools = Tools {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(OsEntropy),
            rest: Arc::new(Sleep),
        };
        let done = runtime.block_on(fetch(fetched, tools, progress));
        if done.is_err() {
            progress.end();
        }
        done.map_err(|error| refused(error, fetched))
    }
}

/// Says what came of a fetch that was not to be followed by an import.
pub(super) fn tell(fetched: &Fetched, fetch: &Fetch, as_json: bool) -> Result<(), Error> {
    if as_json {
        output::json_lines(&[fetched.with_findings()])?;
    } else {
        output::line(fetched.with_findings())?;
    }
    if fetched.is_complete() {
        Ok(())
    } else {
        Err(Error::partial(format!(
            "not everything could be fetched from {}",
            fetch.forum
        )))
    }
}

/// What to do about an error.
fn refused(error: FetchError, fetch: &Fetch) -> Error {
    let kept = format!(
        "what was fetched is kept in {}, and the same command goes on from there",
        fetch.staging.display()
    );
    let hint = match &error {
        FetchError::Address { .. } => return Error::usage(error.to_string()),
        FetchError::PlainKey { .. } => {
            return Error::usage(error.to_string()).hint("the https:// address of the forum");
        }
        FetchError::Setup(_) => None,
        FetchError::Staging { .. } => Some(format!("see whether the disk is full; {kept}")),
        FetchError::Occupied { .. } | FetchError::OtherForum { .. } => {
            return Error::refused(error.to_string()).hint("another folder with --staging DIR");
        }
        FetchError::InUse { .. } => {
            return Error::refused(error.to_string()).hint("wait until that one has ended");
        }
        FetchError::NoForum { .. } => {
            return Error::refused(error.to_string())
                .hint("the address of the forum's first page, such as https://forum.example.org");
        }
        FetchError::Closed { .. } => {
            let hint = match &fetch.key {
                Some(_) => {
                    "see whether the key is still good, and whether --api-user names its member"
                }
                None => "a key of somebody who may read it, with --api-key-file FILE",
            };
            return Error::refused(error.to_string()).hint(hint);
        }
        FetchError::Moved { to, .. } => {
            let hint = format!("if you trust it, import {to}");
            return Error::refused(error.to_string()).hint(hint);
        }
        FetchError::Busy { .. } => Some(format!("run it again then; {kept}")),
        FetchError::Failing { .. } => Some(format!("run it again later; {kept}")),
    };
    let error = Error::from(anyhow::Error::from(error));
    match hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}
