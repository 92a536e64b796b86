// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Deciding cases.

use serde_json::json;
use space_core::policy::{self, Actor, Denial};
use space_core::protocol;
use space_core::{Case, CaseId, Outcome};

use super::hidden::hide;
use super::post::find;
use crate::audit::{Act, Subject};
use crate::store::{StoreError, case};
use crate::writer::{Deed, Failure, Refusal, Tx};

/// Deciding a case.
#[derive(Debug, Clone)]
pub(crate) struct Decide {
    pub(crate) case: CaseId,
    pub(crate) decide: protocol::DecideCase,
}

impl Deed for Decide {
    type Reply = Case;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Case), Failure> {
        // Before anything is looked up: whoever is no staff is not told which cases there are.
        let _may = policy::decide(actor, policy::SeeCases, &())?;
        let facts = case::facts(tx.x(), self.case, actor.member())
            .await?
            .ok_or(Denial::NotFound)?;
        let see = policy::SeeCase { case: self.case };
        let _may = policy::decide(actor, see, &facts.context)?;
        // What somebody else has decided is told as such, before that it is decided already: they see with whom to talk.
        if facts.revision != self.decide.revision {
            return Err(Refusal::Outdated {
                why: "the case has changed since: somebody reported again, or decided",
                hint: "look at it again, and decide from the revision given here",
                revision: facts.revision,
            }
            .into());
        }
        let action = policy::DecideCase { case: self.case };
        let permit = policy::decide(actor, action, &facts.context)?;
        let by = permit.actor().ok_or(Denial::SignedOut)?;
        let protocol::DecideCase {
            outcome,
            clause,
            note,
            hide: hides,
            ..
        } = &self.decide;
        let hiding = if *hides {
            if *outcome != Outcome::Agree {
                return Err(Refusal::Invalid {
                    why: "a post is hidden when one agrees with its reports, and not otherwise"
                        .to_owned(),
                }
                .into());
            }
            self.hiding(tx, actor, facts.post).await?
        } else {
            None
        };
        if let Some(permit) = &hiding {
            hide(tx, actor, permit, clause.as_ref(), note.as_ref()).await?;
        }
        case::decide(tx, &permit, by, *outcome, clause.as_ref(), note.as_ref()).await?;
        let detail = json!({
            "post": facts.post, "outcome": outcome, "clause": clause, "note": note,
        });
        tx.audit(Act::CaseDecided, actor, Subject::Case(self.case), detail);
        Ok((self.case.get(), read(tx, self.case).await?))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        _: i64,
    ) -> Result<Case, Failure> {
        let facts = case::facts(tx.x(), self.case, actor.member())
            .await?
            .ok_or(Denial::NotFound)?;
        let see = policy::SeeCase { case: self.case };
        let _may = policy::decide(actor, see, &facts.context)?;
        read(tx, self.case).await
    }
}

impl Decide {
    /// Asks whether the post may be hidden, too; `None` when there is nothing to hide any more.
    async fn hiding(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        post: space_core::PostId,
    ) -> Result<Option<policy::Permit<policy::HidePost>>, Failure> {
        match find(tx, post).await {
            Ok((_, context, _)) if context.is_hidden => Ok(None),
            Ok((_, context, _)) => Ok(Some(policy::decide(
                actor,
                policy::HidePost { post },
                &context,
            )?)),
            Err(Failure::Refused(Refusal::Denied(Denial::NotFound))) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

async fn read(tx: &mut Tx<'_>, id: CaseId) -> Result<Case, Failure> {
    Ok(case::by_id(tx.x(), id).await?.ok_or(StoreError::Lost)?)
}
