// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The code of conduct: adopt the first version, accept the one in force.

use space_core::policy::{self, AcceptCode, Actor, Denial, ManageCategories};
use space_core::text::Clause;
use space_core::{Code, Language};

use crate::conduct;
use crate::store::code;
use crate::writer::{Command, Deed, Failure, Refusal, Tx};

/// Adopting the code of conduct that a space begins with, unless there is one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AdoptCode;

impl Command for AdoptCode {
    type Reply = ();

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<(), Failure> {
        if code::current(tx.x()).await?.is_some() {
            return Ok(());
        }
        let permit =
            policy::decide(&Actor::Operator, ManageCategories, &()).map_err(Refusal::from)?;
        let first = conduct::first(tx.now());
        Ok(code::adopt(tx, &permit, &first).await?)
    }
}

/// Returns the code in force when it is the version that was read.
pub(super) async fn in_force(tx: &mut Tx<'_>, read: i64) -> Result<Code, Failure> {
    let code = code::current(tx.x()).await?.ok_or(Denial::NotFound)?;
    if code.version == read {
        return Ok(code);
    }
    Err(Refusal::Outdated {
        why: "another version of the code of conduct is in force",
        hint: "read it, and accept the version that is given here",
        revision: code.version,
    }
    .into())
}

/// Refuses a clause that the code in force does not have: a decision rests on what members can read.
pub(super) async fn check_clause(tx: &mut Tx<'_>, clause: Option<&Clause>) -> Result<(), Failure> {
    let Some(clause) = clause else {
        return Ok(());
    };
    let code = code::current(tx.x()).await?;
    if code
        .as_ref()
        .is_some_and(|code| code.clauses().contains(clause))
    {
        return Ok(());
    }
    let nearest = code.as_ref().and_then(|code| code.nearest(clause));
    let clauses = code.map(|code| code.ranges()).unwrap_or_default();
    let hint = match nearest {
        Some(nearest) => format!("did you mean {nearest}? it has {clauses}"),
        None if clauses.is_empty() => "it has no numbered clauses: name none".to_owned(),
        None => format!("it has {clauses}"),
    };
    let clause = clause.clone();
    Err(Refusal::NoSuchClause { clause, hint }.into())
}

/// Accepting the code of conduct for oneself.
#[derive(Debug, Clone)]
pub(crate) struct Accept {
    pub(crate) version: i64,
    pub(crate) language: Option<Language>,
}

impl Deed for Accept {
    type Reply = Code;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Code), Failure> {
        let permit = policy::decide(actor, AcceptCode, &())?;
        let member = permit.actor().ok_or(Denial::SignedOut)?;
        let code = in_force(tx, self.version).await?;
        code::accept(tx, &permit, member, self.version, self.language.as_ref()).await?;
        Ok((self.version, code))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        _: &'t Actor,
        _: i64,
    ) -> Result<Code, Failure> {
        Ok(code::current(tx.x()).await?.ok_or(Denial::NotFound)?)
    }
}
