// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where tokens come from, and where they are kept.
//!
//! [`Secrets`] looks for the token of an account in a fixed order and says where it found it, and why not elsewhere. It
//! keeps one in the [`Keyring`] of the operating system; in a file ([`Credentials`]) only when asked to, since whoever
//! can read the file has the token. Nothing falls back from the one to the other by itself.

mod files;
mod keyring;
mod secrets;

pub use files::Credentials;
pub use keyring::{Keyring, KeyringError};
pub use secrets::{Found, Given, Keep, Looked, Search, Secrets, Settings, Source, State};

use std::path::PathBuf;

use crate::text::MemberName;

/// An account on a server.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// The server, as [`Api::server`](crate::client::Api::server) spells it.
    pub server: String,
    /// The member.
    pub name: MemberName,
}

impl Account {
    /// Puts an account together.
    pub fn new(server: &str, name: &MemberName) -> Self {
        Self {
            server: server.to_owned(),
            name: name.clone(),
        }
    }
}

/// What went wrong with kept tokens.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// A file can be read by others. The token in it may be known: revoke it, or correct the permissions.
    #[error(
        "{path:?} can be read by others (mode {mode:o}): run chmod 600 on it, or sign in again"
    )]
    Exposed {
        /// Which file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// A file cannot be read or written.
    #[error("cannot {doing} {path:?}")]
    File {
        /// What was being done.
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The keyring cannot do what it should.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// A file does not hold what was written to it.
    #[error("{path:?} holds no token: sign in again")]
    Damaged {
        /// Which file.
        path: PathBuf,
    },
}
