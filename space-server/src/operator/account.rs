// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Accounts that are blocked, and the audit log.

use std::collections::BTreeMap;

use space_core::text::{Comment, MemberName};
use space_core::{MemberId, Timestamp};

use super::{Operator, OperatorError};
use crate::audit::chain::Follower;
use crate::audit::{AuditEntry, ChainError};
use crate::store::{audit, block};
use crate::writer::commands::block::{Blocked, SetBlock};

/// Entries of the audit log that are read at a time.
const PAGE: usize = 1_000;

impl Operator {
    /// Blocks an account: nobody can sign in as it, its tokens end, and no bridge speaks for it.
    pub async fn block(
        &self,
        name: &MemberName,
        reason: Option<Comment>,
        even_the_only_owner: bool,
    ) -> Result<Blocked, OperatorError> {
        self.find(name).await?;
        self.deed(SetBlock {
            name: name.clone(),
            block: true,
            reason,
            even_the_only_owner,
        })
        .await
    }

    /// Takes the block of an account away. Its tokens do not come back.
    pub async fn unblock(&self, name: &MemberName) -> Result<Blocked, OperatorError> {
        self.find(name).await?;
        self.deed(SetBlock {
            name: name.clone(),
            block: false,
            reason: None,
            even_the_only_owner: false,
        })
        .await
    }

    /// Lists the accounts that are blocked, with since when.
    pub async fn blocked(&self) -> Result<BTreeMap<MemberId, Timestamp>, OperatorError> {
        Ok(self.store.read(|x| Box::pin(block::all(x))).await?)
    }

    /// Returns the number of the newest entry of the audit log; 0 when there is none.
    pub async fn newest_audit(&self) -> Result<i64, OperatorError> {
        Ok(self.store.read(|x| Box::pin(audit::newest(x))).await?)
    }

    /// Reads entries of the audit log after a number, oldest first; there are no more when none comes.
    pub async fn audit(&self, after: i64) -> Result<Vec<AuditEntry>, OperatorError> {
        Ok(self
            .store
            .read(move |x| Box::pin(audit::after(x, after, PAGE)))
            .await?)
    }

    /// Verifies the audit log from its first entry to its last. Returns the number and hash of the last; `known` is one that
    /// was noted earlier, and has to be there.
    pub async fn verify_audit(
        &self,
        known: Option<(i64, String)>,
    ) -> Result<Result<Option<(i64, String)>, ChainError>, OperatorError> {
        let mut follower = Follower::new(known);
        let mut after = 0;
        loop {
            let page = self.audit(after).await?;
            let Some(last) = page.last() else {
                return Ok(follower.end());
            };
            after = last.number;
            for entry in &page {
                if let Err(error) = follower.take(entry) {
                    return Ok(Err(error));
                }
            }
        }
    }
}
