// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reporting a post in confidence.
//!
//! Nothing here touches the feed: no row moves, so no follower is woken, no cursor and no count changes, and cases are
//! numbered by chance. Whoever is reported, and everybody else, sees exactly what they would see if nothing had happened.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use space_core::policy::{self, Actor, Denial, ReportContext, ReportPost};
use space_core::protocol::{CreateReport, ReportReceipt};
use space_core::{CaseId, Evidence, Post, PostId, Timestamp};

use super::post::find;
use super::topic::written_at;
use crate::store::{moderator, report, visitor};
use crate::writer::{Deed, Failure, Tx};

/// Reporting a post.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) post: PostId,
    pub(crate) said: CreateReport,
    /// What chooses the number of the case, if this opens one.
    pub(crate) chance: u64,
}

impl Deed for Report {
    type Reply = ReportReceipt;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, ReportReceipt), Failure> {
        let (post, context, _) = find(tx, self.post).await?;
        let now = tx.now();
        let earlier = match actor.member() {
            Some(member) => report::earlier(tx.x(), member, self.post).await?,
            None => None,
        };
        let has_moderator = moderator::is_there_besides(tx.x(), post.author, now).await?;
        let pace = tx.pace_of_report(actor).await?;
        let action = ReportPost {
            post: self.post,
            reason: self.said.reason,
            has_comment: self.said.comment.is_some(),
        };
        let context = ReportContext {
            post: context,
            edited_at: post.edited_at,
            earlier,
            has_moderator,
            pace,
        };
        let permit = policy::decide(actor, action, &context)?;
        let reporter = permit.actor().ok_or(Denial::SignedOut)?;
        let network = match actor.relayed() {
            Some(_) => visitor::standing(tx.x(), reporter)
                .await?
                .map(|standing| standing.network),
            None => None,
        };
        let open = report::open_case(tx.x(), self.post).await?;
        let case = if let Some(case) = open {
            case
        } else {
            let case = report::case_number(tx.x(), self.chance).await?;
            report::open(tx, &permit, case).await?;
            case
        };
        let new = report::NewReport {
            case,
            reporter,
            comment: self.said.comment.as_ref(),
            network: network.as_ref(),
            written_at: written_at(self.said.written_at, now),
            evidence: evidence(&post, now),
        };
        report::insert(tx, &permit, &new).await?;
        tx.note_report(&permit, actor).await?;
        let receipt = ReportReceipt {
            post: self.post,
            reason: self.said.reason,
            received_at: now,
        };
        Ok((case.get(), receipt))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> Result<ReportReceipt, Failure> {
        let case = CaseId::new(id).ok_or(Denial::NotFound)?;
        let reporter = actor.member().ok_or(Denial::SignedOut)?;
        let receipt = report::receipt(tx.x(), reporter, case).await?;
        // Erased since; what the command said is told, as it was received.
        Ok(receipt.unwrap_or(ReportReceipt {
            post: self.post,
            reason: self.said.reason,
            received_at: tx.now(),
        }))
    }
}

/// Takes down what a post says, with a hash over it.
fn evidence(post: &Post, now: Timestamp) -> Evidence {
    let stamped = Evidence::stamped(post.id, post.revision, now, &post.source);
    let mut sha256 = String::with_capacity(64);
    for byte in Sha256::digest(stamped) {
        // A string takes whatever is written to it.
        let _ = write!(sha256, "{byte:02x}");
    }
    Evidence {
        revision: post.revision,
        source: post.source.clone(),
        taken_at: now,
        sha256,
    }
}
