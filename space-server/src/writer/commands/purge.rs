// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Erasing what deleted posts said.

use serde_json::json;
use space_core::PostId;
use space_core::policy::{self, Actor, Denial, PurgePosts};

use crate::audit::{Act, Subject};
use crate::store::purge;
use crate::writer::{Deed, Failure, Refusal, Tx};

/// What became of one post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Erased {
    /// How many texts it had: its own, earlier ones, what was put aside.
    pub(crate) texts: usize,
    /// How many texts cases kept of it, and lost.
    pub(crate) evidence: usize,
    /// How many texts cases still keep of it.
    pub(crate) evidence_left: usize,
    /// What was erased, to look for pictures in it.
    pub(crate) sources: Vec<String>,
}

/// Erasing what one deleted post said.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Purge {
    pub(crate) post: PostId,
    /// Whether what cases keep of it is erased, too.
    pub(crate) with_evidence: bool,
    /// Whether nothing is changed, and only told what would be.
    pub(crate) is_trial: bool,
}

impl Deed for Purge {
    type Reply = Erased;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Erased), Failure> {
        let permit = policy::decide(actor, PurgePosts, &())?;
        match purge::stands(tx.x(), self.post).await? {
            None => return Err(Denial::NotFound.into()),
            Some(true) => {
                let why = format!("post {} is not deleted", self.post);
                return Err(Refusal::Invalid { why }.into());
            }
            Some(false) => {}
        }
        let mut sources = purge::texts(tx.x(), self.post).await?;
        let (kept, is_open) = purge::evidence(tx.x(), self.post).await?;
        // What an open case is about stays until it is decided.
        let with_evidence = self.with_evidence && !is_open;
        let mut done = Erased {
            texts: sources.len(),
            ..Erased::default()
        };
        if with_evidence {
            done.evidence = kept.len();
            sources.extend(kept);
        } else {
            done.evidence_left = kept.len();
        }
        done.sources = sources;
        if !self.is_trial {
            purge::erase(tx, &permit, self.post, with_evidence).await?;
            if done.texts + done.evidence > 0 {
                let detail = json!({"texts": done.texts, "evidence": done.evidence});
                tx.audit(Act::PostPurged, actor, Subject::Post(self.post), detail);
            }
        }
        Ok((self.post.get(), done))
    }

    async fn again<'t>(
        &'t self,
        _: &'t mut Tx<'_>,
        _: &'t Actor,
        _: i64,
    ) -> Result<Erased, Failure> {
        Ok(Erased::default())
    }
}
