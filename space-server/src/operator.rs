// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What whoever runs the machine may do: make the space, accounts, passwords, roles and tokens.
//!
//! It works on the store itself and beside a running server, which notices within half a second: every transaction
//! that writes locks the head row first, whichever process it is of.

use std::sync::Arc;

use space_core::policy::Capabilities;
use space_core::protocol::{NewToken, TokenLine};
use space_core::text::{About, DisplayName, Label, MemberName};
use space_core::{Clock, Entropy, Member, MemberKind, Role, Timestamp, TokenId};

use crate::config::Config;
use crate::feed::Hub;
use crate::http::token_hash;
use crate::lifecycle::Lifecycle;
use crate::password::{self, PasswordError};
use crate::store::actor::By;
use crate::store::{Store, StoreError, member, token};
use crate::writer::commands::init::Init;
use crate::writer::commands::member::{AddMember, SetPassword, SetRole};
use crate::writer::commands::token::{CreateToken, RevokeToken};
use crate::writer::{Deed, Refusal, Signed, WriteError, Writer};

/// Why something the operator asked for was not done.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// It was refused; nothing was changed.
    #[error("{0}")]
    Refused(String),
    /// There is no member of that name.
    #[error("there is no member \"{name}\"")]
    NoMember {
        /// The name that was given.
        name: MemberName,
    },
    /// The password is no good.
    #[error("{0}")]
    Password(String),
    /// The database holds no space yet.
    #[error("there is no space here yet")]
    NoSpace,
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] Arc<StoreError>),
    /// The writer has stopped.
    #[error("the store is closing")]
    Stopped,
}

impl From<StoreError> for OperatorError {
    fn from(error: StoreError) -> Self {
        Self::Store(Arc::new(error))
    }
}

impl From<WriteError> for OperatorError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(refusal) => Self::Refused(refusal.to_string()),
            WriteError::Store(error) if matches!(*error, StoreError::NoSpace) => Self::NoSpace,
            WriteError::Store(error) => Self::Store(error),
            WriteError::Busy | WriteError::Stopped => Self::Stopped,
        }
    }
}

impl From<PasswordError> for OperatorError {
    fn from(error: PasswordError) -> Self {
        Self::Password(error.to_string())
    }
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// What kind of account.
    pub kind: MemberKind,
    /// The name they are known by.
    pub name: MemberName,
    /// The name they show beside it.
    pub display_name: Option<DisplayName>,
    /// The duties they get.
    pub roles: Vec<Role>,
    /// Their password; without one they cannot sign in, but can be given one later.
    pub password: Option<String>,
}

/// The store, opened by whoever runs the machine.
#[derive(Clone)]
pub struct Operator {
    pub(crate) store: Store,
    pub(crate) writer: Writer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
}

impl Operator {
    /// Opens the store. The lifecycle's `finish` waits for what was written.
    pub async fn open(
        config: &Config,
        lifecycle: &Lifecycle,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        let store = Store::open(config).await?;
        let (writer, writing) = Writer::start(&store, Arc::clone(&clock), Hub::new())?;
        lifecycle.spawn("writer", writing);
        Ok(Self {
            store,
            writer,
            clock,
            entropy,
        })
    }

    /// Makes the space, unless there is one. Says whether it was made.
    pub async fn init(&self, name: Label, about: About) -> Result<bool, OperatorError> {
        let (mut seal_key, mut epoch) = ([0; 32], [0; 8]);
        self.entropy.fill(&mut seal_key);
        self.entropy.fill(&mut epoch);
        // A positive number, so that it reads well in a database browser.
        let epoch = i64::from_be_bytes(epoch) & i64::MAX;
        Ok(self
            .writer
            .submit(Init {
                name,
                about,
                seal_key,
                epoch,
            })
            .await?)
    }

    async fn deed<D: Deed>(&self, deed: D) -> Result<D::Reply, OperatorError> {
        Ok(self
            .writer
            .submit(Signed {
                by: By::Operator,
                key: None,
                deed,
            })
            .await?)
    }

    async fn hash(&self, password: String) -> Result<String, OperatorError> {
        let entropy = Arc::clone(&self.entropy);
        let hashed =
            tokio::task::spawn_blocking(move || password::hash(&password, &*entropy)).await;
        Ok(hashed.map_err(|_| OperatorError::Stopped)??)
    }

    /// Makes an account.
    pub async fn add_member(&self, account: NewAccount) -> Result<Member, OperatorError> {
        let NewAccount {
            kind,
            name,
            display_name,
            roles,
            password,
        } = account;
        let password_hash = match password {
            Some(password) => Some(self.hash(password).await?),
            None => None,
        };
        self.deed(AddMember {
            kind,
            name,
            display_name,
            roles,
            password_hash,
        })
        .await
    }

    /// Gives a member a new password. Tokens they have stay valid.
    pub async fn set_password(
        &self,
        name: &MemberName,
        password: String,
    ) -> Result<(), OperatorError> {
        self.find(name).await?;
        let password_hash = self.hash(password).await?;
        self.deed(SetPassword {
            name: name.clone(),
            password_hash,
        })
        .await
    }

    /// Gives or takes a role.
    pub async fn set_role(
        &self,
        name: &MemberName,
        role: Role,
        holds: bool,
    ) -> Result<Member, OperatorError> {
        self.find(name).await?;
        self.deed(SetRole {
            name: name.clone(),
            role,
            holds,
        })
        .await
    }

    /// Lists members in the order of their birth, after an id, at most `limit`.
    pub async fn members(&self, after: i64, limit: usize) -> Result<Vec<Member>, OperatorError> {
        let found = self
            .store
            .read(move |x| {
                Box::pin(async move {
                    let ids = member::ids_after(x, after, limit).await?;
                    member::by_ids(x, &ids).await
                })
            })
            .await?;
        Ok(found)
    }

    /// Finds a member by name.
    pub async fn find(&self, name: &MemberName) -> Result<Member, OperatorError> {
        let asked = name.clone();
        let found = self
            .store
            .read(move |x| {
                Box::pin(async move {
                    match member::by_name(x, &asked).await? {
                        Some(id) => member::by_id(x, id).await,
                        None => Ok(None),
                    }
                })
            })
            .await?;
        found.ok_or_else(|| OperatorError::NoMember { name: name.clone() })
    }

    /// Makes a token for a member.
    pub async fn create_token(
        &self,
        name: &MemberName,
        label: Label,
        capabilities: Capabilities,
        expires_at: Option<Timestamp>,
    ) -> Result<NewToken, OperatorError> {
        let of = self.find(name).await?.id;
        let token = password::new_token(&*self.entropy);
        let hash = token_hash(&token);
        let id = self
            .deed(CreateToken {
                of,
                hash,
                label,
                capabilities,
                expires_at,
            })
            .await?;
        Ok(NewToken { id, token })
    }

    /// Lists a member's tokens, without the tokens.
    pub async fn tokens(&self, name: &MemberName) -> Result<Vec<TokenLine>, OperatorError> {
        let of = self.find(name).await?.id;
        let tokens = self
            .store
            .read(move |x| Box::pin(token::of_member(x, of)))
            .await?;
        let line = |listed: token::Listed| TokenLine {
            id: listed.id,
            label: listed.label,
            capabilities: listed.capabilities,
            created_at: listed.created_at,
            expires_at: listed.expires_at,
            is_current: false,
        };
        Ok(tokens.into_iter().map(line).collect())
    }

    /// Revokes a member's token.
    pub async fn revoke_token(&self, name: &MemberName, id: TokenId) -> Result<(), OperatorError> {
        let of = self.find(name).await?.id;
        self.deed(RevokeToken { of, id }).await
    }
}

impl From<Refusal> for OperatorError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}
