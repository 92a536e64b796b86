// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Signing in, tokens, and what a server says of itself.

use serde::{Deserialize, Serialize};

use crate::id::TokenId;
use crate::member::Member;
use crate::policy::Capabilities;
use crate::space::Space;
use crate::text::{Label, MemberName};
use crate::time::Timestamp;
use std::fmt;

/// What a server answers to `GET /v1/space`, to anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hello {
    /// The community.
    pub space: Space,
    /// The server's version, for people; the path `/v1` is what programs go by.
    pub version: String,
}

/// Signs in: `POST /v1/login`. Answers a [`Session`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// Who.
    pub name: MemberName,
    /// Their password.
    pub password: String,
    /// What the token is for, so that its owner recognises it in a list.
    pub label: Label,
}

impl fmt::Debug for LogIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogIn")
            .field("name", &self.name)
            .field("label", &self.label)
            .finish_non_exhaustive()
    }
}

/// A token of one's own, shown this one time.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Session {
    /// The token, for `Authorization: Bearer`.
    pub token: String,
    /// Who it belongs to.
    pub member: Member,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("member", &self.member)
            .finish_non_exhaustive()
    }
}

/// Who one is: `GET /v1/me`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Whoami {
    /// The member.
    pub member: Member,
    /// What the token may be used for.
    pub capabilities: Capabilities,
}

/// Makes a token: `POST /v1/tokens`. Answers a [`NewToken`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateToken {
    /// What it is for.
    pub label: Label,
    /// What it may be used for; never more than the token it is made with.
    pub capabilities: Capabilities,
    /// When it ends by itself; when absent, the server says when. Never later than the token it is made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// A token that was just made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewToken {
    /// Its id, by which it is listed and revoked.
    pub id: TokenId,
    /// The token itself, shown this one time.
    pub token: String,
}

impl fmt::Debug for NewToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewToken")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// One's tokens, without the tokens: `GET /v1/tokens`. `DELETE /v1/tokens/ID` revokes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TokenLine {
    /// Its id.
    pub id: TokenId,
    /// What it is for.
    pub label: Label,
    /// What it may be used for.
    pub capabilities: Capabilities,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Whether it is the one that asks.
    #[serde(default)]
    pub is_current: bool,
    /// Whether it was made by signing in.
    #[serde(default)]
    pub is_log_in: bool,
}

/// Chooses another password for oneself: `PUT /v1/me/password`. Answers how many log-ins and tokens that ended. It takes no
/// idempotency key, of which a hash over the passwords would be kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    pub password: String,
    /// The password from now on.
    pub new_password: String,
    /// Whether every other token ends, with the log-ins and programs that use them.
    #[serde(default)]
    pub sign_out_others: bool,
}

impl fmt::Debug for ChangePassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangePassword")
            .field("sign_out_others", &self.sign_out_others)
            .finish_non_exhaustive()
    }
}

/// How many tokens ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignedOut {
    /// How many.
    pub tokens: u64,
}
