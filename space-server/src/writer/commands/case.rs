// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Deciding cases.

use serde_json::json;
use space_core::policy::{self, Actor, Denial, HiddenFacts};
use space_core::protocol;
use space_core::{Case, CaseId, Outcome};

use super::code::check_clause;
use super::hidden::{Kept, hide, kept};
use super::post::find;
use crate::audit::{Act, Subject};
use crate::store::hidden::Reasons;
use crate::store::{StoreError, case, hidden};
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
        let now = tx.now();
        let facts = case::facts(tx.x(), self.case, actor.member(), now)
            .await?
            .ok_or(Denial::NotFound)?;
        let see = policy::SeeCase { case: self.case };
        let _may = policy::decide(actor, see, &facts.context)?;
        // What somebody else has decided is told as such, before that it is decided already: they see with whom to talk.
        if facts.revision != self.decide.revision {
            return Err(Refusal::Outdated {
                why: "the case has changed since: somebody reported again, decided, hid or showed the post",
                hint: "look at it again, and decide from the revision given here",
                revision: facts.revision,
            }
            .into());
        }
        let action = policy::DecideCase {
            case: self.case,
            correct: self.decide.correct,
        };
        let permit = policy::decide(actor, action, &facts.context)?;
        let by = permit.actor().ok_or(Denial::SignedOut)?;
        let protocol::DecideCase {
            outcome,
            clause,
            note,
            ..
        } = &self.decide;
        self.check_options()?;
        check_clause(tx, clause.as_ref()).await?;
        let reasons = Reasons {
            clause: clause.as_ref(),
            note: note.as_ref(),
            case: Some(self.case),
        };
        match self.change(tx, actor, &facts).await? {
            Change::None => {}
            Change::Hides(permit) => drop(hide(tx, actor, &permit, reasons).await?),
            Change::Shows(kept) => drop(kept.restore(tx, actor, Some(self.case)).await?),
        }
        case::decide(tx, &permit, by, *outcome, clause.as_ref(), note.as_ref()).await?;
        let detail = json!({
            "post": facts.post, "outcome": outcome, "clause": clause, "note": note,
        });
        let act = if self.decide.correct {
            Act::CaseCorrected
        } else {
            Act::CaseDecided
        };
        tx.audit(act, actor, Subject::Case(self.case), detail);
        Ok((self.case.get(), read(tx, self.case, actor).await?))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        _: i64,
    ) -> Result<Case, Failure> {
        let now = tx.now();
        let facts = case::facts(tx.x(), self.case, actor.member(), now)
            .await?
            .ok_or(Denial::NotFound)?;
        let see = policy::SeeCase { case: self.case };
        let _may = policy::decide(actor, see, &facts.context)?;
        read(tx, self.case, actor).await
    }
}

/// What a decision changes about the post.
enum Change {
    None,
    Hides(policy::Permit<policy::HidePost>),
    Shows(Kept),
}

impl Decide {
    /// Refuses what does not go together.
    fn check_options(&self) -> Result<(), Refusal> {
        let protocol::DecideCase {
            outcome,
            hide,
            keep_hidden,
            ..
        } = &self.decide;
        let why = if *hide && *outcome != Outcome::Agree {
            "a post is hidden when one agrees with its reports, and not otherwise"
        } else if *keep_hidden && *outcome != Outcome::Disagree {
            "`keep_hidden` goes with `disagree`: no other outcome shows a hidden post again"
        } else {
            return Ok(());
        };
        Err(Refusal::Invalid {
            why: why.to_owned(),
        })
    }

    /// Asks whether the post is to be hidden or shown again, and whether that is permitted.
    async fn change(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        facts: &case::Facts,
    ) -> Result<Change, Failure> {
        let post = facts.post;
        let context = match find(tx, post).await {
            Ok((_, context, _)) => context,
            // The post is gone: there is nothing to hide or to show.
            Err(Failure::Refused(Refusal::Denied(Denial::NotFound))) => return Ok(Change::None),
            Err(error) => return Err(error),
        };
        if self.decide.hide {
            if context.is_hidden {
                return Ok(Change::None);
            }
            let permit = policy::decide(actor, policy::HidePost { post }, &context)?;
            return Ok(Change::Hides(permit));
        }
        if !context.is_hidden || self.decide.keep_hidden {
            return Ok(Change::None);
        }
        let hiding_case = hidden::hiding_case(tx.x(), post).await?;
        let hidden = HiddenFacts {
            corrects: facts.outcome.filter(|_| self.decide.correct),
            by_other_case: hiding_case.is_some_and(|case| case != self.case),
        };
        if !hidden.shows_again(self.decide.outcome) {
            return Ok(Change::None);
        }
        let permit = policy::decide(actor, policy::RestorePost { post }, &context)?;
        // Hidden before it came here, it has no text to show: the answer says that it stays hidden.
        Ok(kept(tx, permit).await?.map_or(Change::None, Change::Shows))
    }
}

async fn read(tx: &mut Tx<'_>, id: CaseId, actor: &Actor) -> Result<Case, Failure> {
    let case = case::by_id(tx.x(), id, actor.member()).await?;
    Ok(case.ok_or(StoreError::Lost)?)
}
