// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Typed calls to a server.

mod body;
mod calls;
mod clock;
mod error;
mod feed;
mod line;
mod moderation;
mod picture;
mod secret;
mod server;

use std::time::Duration;

use reqwest::Url;

use crate::id::MemberId;
use crate::text::SpaceIdentity;

pub use calls::{PostsRequest, TopicsRequest};
pub use error::ApiError;
pub use feed::{FeedBatch, FeedRequest, FeedStream};
pub use line::UnreadRow;
pub(in crate::client) use line::{Line, beyond};
pub use moderation::CasesRequest;
pub use picture::is_own_picture;
pub use secret::{IdempotencyKey, Token};

#[cfg(test)]
mod tests;

/// How long opening a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a plain call may take, answer included.
const REQUEST: Duration = Duration::from_secs(30);

/// A connection to one server, with or without an account. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Api {
    http: reqwest::Client,
    /// Ends with a slash.
    base: Url,
    token: Option<Token>,
    space: Option<SpaceIdentity>,
    /// The visitor in whose name commands are sent.
    acting_for: Option<MemberId>,
    limits: Limits,
}

/// How long to wait for what.
#[derive(Debug, Clone, Copy)]
struct Limits {
    request: Duration,
    wait: Duration,
    silence: Duration,
}

/// Settings of an [`Api`] that are seldom needed.
#[derive(Debug, Clone)]
pub struct ApiBuilder {
    server: String,
    token: Option<Token>,
    allows_plain_http: bool,
    roots: Vec<Vec<u8>>,
    limits: Limits,
}

impl Api {
    /// Prepares calls to `server`, such as `https://space.example.org`, `https://example.org/space` or
    /// `http://127.0.0.1:8080`. Nothing is sent yet.
    ///
    /// # Errors
    /// The address is refused when it is no such address, or when it would send the token unencrypted to
    /// another machine.
    pub fn new(server: &str, token: Option<Token>) -> Result<Self, ApiError> {
        Self::builder(server, token).build()
    }

    /// Like [`Api::new`], with more settings.
    pub fn builder(server: &str, token: Option<Token>) -> ApiBuilder {
        ApiBuilder {
            server: server.to_owned(),
            token,
            allows_plain_http: false,
            roots: Vec::new(),
            limits: Limits {
                request: REQUEST,
                // The server holds a waiting request for 30 s, and sends an empty line every 15 s while it is
                // followed: a little more than that without a byte means that nobody is there any more.
                wait: Duration::from_secs(45),
                silence: Duration::from_secs(40),
            },
        }
    }

    /// Returns the same server with another token, or none.
    #[must_use]
    pub fn with_token(&self, token: Option<Token>) -> Self {
        Self {
            token,
            ..self.clone()
        }
    }

    /// Returns the same server for one space: another one at this address answers nothing, and takes nothing.
    #[must_use]
    pub fn for_space(&self, space: Option<SpaceIdentity>) -> Self {
        Self {
            space,
            ..self.clone()
        }
    }

    /// Returns the same server for commands in the name of a visitor whom this account, a bridge's, has brought.
    ///
    /// Commands have that visitor's rights then; reading is still done in one's own name.
    #[must_use]
    pub fn acting_for(&self, visitor: MemberId) -> Self {
        Self {
            acting_for: Some(visitor),
            ..self.clone()
        }
    }

    /// Returns the server's address in its one spelling, by which credentials and profiles are kept.
    pub fn server(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// Returns the address of the page on which a member types a code. It is on this server, whatever that says.
    pub fn device_page(&self) -> String {
        format!("{}device", self.base)
    }

    /// Returns whether calls are made for an account.
    pub fn has_token(&self) -> bool {
        self.token.is_some()
    }
}

impl ApiBuilder {
    /// Allows `http://` to other machines: for a private network that encrypts by itself. The token and
    /// everything read and written travel in the open.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.allows_plain_http = true;
        self
    }

    /// Trusts one more certificate authority, given as PEM, besides those of the operating system.
    #[must_use]
    pub fn trust(mut self, pem: &[u8]) -> Self {
        self.roots.push(pem.to_vec());
        self
    }

    /// Shortens every wait for the server to `most`.
    #[must_use]
    pub fn patience(mut self, most: Duration) -> Self {
        let limits = &mut self.limits;
        for limit in [&mut limits.request, &mut limits.wait, &mut limits.silence] {
            *limit = most.min(*limit);
        }
        self
    }

    /// Checks the settings.
    pub fn build(self) -> Result<Api, ApiError> {
        let base = server::parse(&self.server, self.allows_plain_http)?;
        let http = server::client(&base, &self.roots)?;
        Ok(Api {
            http,
            base,
            token: self.token,
            space: None,
            acting_for: None,
            limits: self.limits,
        })
    }
}
