// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where tokens are kept: files that only their owner can read.

use std::path::{Path, PathBuf};

use crate::client::api::Token;
use crate::text::MemberName;

/// Tokens of one person, in a folder: one file per server and member.
#[derive(Debug, Clone)]
pub struct Credentials {
    folder: PathBuf,
}

/// An account on a server.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// The server, as [`Api::server`](crate::client::Api::server) spells it.
    pub server: String,
    /// The member.
    pub name: MemberName,
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
    /// A file does not hold what was written to it.
    #[error("{path:?} holds no token: sign in again")]
    Damaged {
        /// Which file.
        path: PathBuf,
    },
}

impl Credentials {
    /// Uses `folder`, which is made when something is first kept.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Keeps a token.
    pub fn save(&self, _account: &Account, _token: &Token) -> Result<(), CredentialsError> {
        unimplemented!("{:?}", self.folder)
    }

    /// Returns the token of an account.
    pub fn load(&self, _account: &Account) -> Result<Option<Token>, CredentialsError> {
        unimplemented!()
    }

    /// Forgets the token of an account.
    pub fn forget(&self, _account: &Account) -> Result<(), CredentialsError> {
        unimplemented!()
    }

    /// Returns the accounts that have a token, in order.
    pub fn accounts(&self) -> Result<Vec<Account>, CredentialsError> {
        unimplemented!()
    }
}
