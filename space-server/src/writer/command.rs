// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Commands: what the writer does, as data.

use std::future::Future;
use std::sync::Arc;

use space_core::MemberId;
use space_core::policy::{self, Actor, Denial};
use space_core::protocol::Conflict;
use space_core::text::Clause;

use super::Tx;
use crate::audit::Source;
use crate::store::actor::{By, Caller};
use crate::store::{StoreError, bridge, idempotency, visitor};

/// Why a command was refused. Nothing of it was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Policy says no.
    #[error(transparent)]
    Denied(#[from] Denial),
    /// The token is not valid, or not any more.
    #[error("the access token is not valid (any more)")]
    BadToken,
    /// Somebody else changed it first.
    #[error("it was changed by somebody else since")]
    Conflict(Conflict),
    /// Somebody else has moved it on: this was made from what is no longer the case.
    #[error("{why}")]
    Outdated {
        /// What has moved on.
        why: &'static str,
        /// What to do.
        hint: &'static str,
        /// The revision or version now.
        revision: i64,
    },
    /// The name is taken.
    #[error("{what} is taken already")]
    Taken {
        /// What is taken.
        what: String,
    },
    /// It makes no sense.
    #[error("{why}")]
    Invalid {
        /// Why not.
        why: String,
    },
    /// The code of conduct in force has no such clause.
    #[error("the code of conduct has no clause {clause}")]
    NoSuchClause {
        /// The clause that was given.
        clause: Clause,
        /// What it has.
        hint: String,
    },
    /// There are too many of that kind at this time.
    #[error("too many are waiting already")]
    TooMany,
    /// The idempotency key was used for another request.
    #[error("this idempotency key was used for another request")]
    KeyReused,
}

impl From<space_core::text::TextError> for Refusal {
    fn from(error: space_core::text::TextError) -> Self {
        Self::Invalid {
            why: error.to_string(),
        }
    }
}

/// How a command ends when it does not succeed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// It was refused before it wrote anything; the transaction goes on.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed; the transaction is rolled back.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Denial> for Failure {
    fn from(denial: Denial) -> Self {
        Self::Refused(denial.into())
    }
}

/// Something the writer does. It loads its context, asks policy and writes, all inside one transaction.
pub(crate) trait Command: Send + Sync + 'static {
    /// What it answers.
    type Reply: Send + 'static;

    /// Whether nobody may do more or less after it: no token, role, group or access changes. What a batch has read of
    /// rights is kept over such commands, and read again after any other.
    const KEEPS_RIGHTS: bool = false;

    /// Does it. May run again after a rollback.
    fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
    ) -> impl Future<Output = Result<Self::Reply, Failure>> + Send;
}

/// Something somebody does.
pub(crate) trait Deed: Send + Sync + 'static {
    /// What it answers.
    type Reply: Send + 'static;

    /// See [`Command::KEEPS_RIGHTS`].
    const KEEPS_RIGHTS: bool = false;

    /// Does it, and names the thing that was made or changed.
    fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> impl Future<Output = Result<(i64, Self::Reply), Failure>> + Send;

    /// Answers again for a deed that was done before.
    fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> impl Future<Output = Result<Self::Reply, Failure>> + Send;
}

/// The key a sender gave to a command, and what the command was.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    /// The key.
    pub(crate) key: String,
    /// SHA-256 of the request.
    pub(crate) request_hash: Vec<u8>,
}

/// A deed in somebody's name, done once per key.
#[derive(Debug)]
pub(crate) struct Signed<D> {
    /// In whose name.
    pub(crate) by: By,
    /// The visitor for whom they do it, when a bridge acts for one.
    pub(crate) acting_for: Option<MemberId>,
    /// Stands for the address from which it came, when it came over the network.
    pub(crate) address: Option<Arc<str>>,
    /// The key that makes it safe to repeat.
    pub(crate) key: Option<Key>,
    /// Where it came from, when it came over the network.
    pub(crate) source: Option<Source>,
    /// What to do.
    pub(crate) deed: D,
}

impl<D: Deed> Command for Signed<D> {
    type Reply = D::Reply;

    const KEEPS_RIGHTS: bool = D::KEEPS_RIGHTS;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<D::Reply, Failure> {
        tx.came_from(self.address.clone());
        tx.comes_from(self.source);
        let Some(Caller { actor, .. }) = tx.caller(&self.by).await? else {
            return Err(Refusal::BadToken.into());
        };
        let mut unbound = None;
        let actor = match self.acting_for {
            None => actor,
            Some(visitor) => {
                let standing = visitor::standing(tx.x(), visitor).await?;
                let facts = standing.as_ref().map(|it| it.facts(visitor));
                unbound = standing
                    .filter(|it| it.bridge.is_none())
                    .map(|it| it.network);
                policy::act_for(&actor, facts)?
            }
        };
        let key: Option<(MemberId, &Key)> = actor.member().zip(self.key.as_ref());
        if let Some((member, key)) = key
            && let Some(done) = idempotency::find(tx.x(), member, &key.key).await?
        {
            if done.request_hash != key.request_hash {
                return Err(Refusal::KeyReused.into());
            }
            return self.deed.again(tx, &actor, done.result_id).await;
        }
        let (result_id, reply) = self.deed.run(tx, &actor).await?;
        if let Some((network, relayed)) = unbound.zip(actor.relayed()) {
            bridge::bind(tx, &network, relayed.bridge).await?;
        }
        if let Some((member, key)) = key {
            let done = idempotency::Done {
                request_hash: key.request_hash.clone(),
                result_id,
            };
            idempotency::insert(tx, member, &key.key, &done).await?;
        }
        Ok(reply)
    }
}
