// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Loading who acts, with everything that rules look at.

use std::collections::{BTreeMap, BTreeSet};

use space_core::policy::{Actor, Capabilities, scopes};
use space_core::{Access, CategoryId, GroupId, MemberId, Role, Scope, Timestamp, TokenId};

use super::{Executor, Result, category, group, statements, token};

statements! {
    KIND = "select kind, trust_level from member where id = $1";
    ROLES = "select role from member_role where member_id = $1";
    GROUPS = "select group_id from group_member where member_id = $1";
}

/// In whose name something is asked.
#[derive(Debug, Clone)]
pub(crate) enum By {
    /// Nobody's.
    Nobody,
    /// The member's whose token has this hash.
    Token(Box<[u8; 32]>),
    /// A member's, at the wish of whoever runs commands on this machine.
    Member(MemberId),
    /// The operator's.
    Operator,
}

/// Who acts, and by which token.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) actor: Actor,
    pub(crate) token: Option<TokenId>,
}

/// Loads who acts; `None` when there is a token, but it is not valid (any more).
pub(crate) async fn load(x: &mut Executor<'_>, by: &By, now: Timestamp) -> Result<Option<Caller>> {
    match by {
        By::Nobody => Ok(Some(Caller {
            actor: Actor::SignedOut,
            token: None,
        })),
        By::Operator => Ok(Some(Caller {
            actor: Actor::Operator,
            token: None,
        })),
        By::Member(id) => Ok(member(x, *id, Capabilities::all())
            .await?
            .map(|actor| Caller { actor, token: None })),
        By::Token(hash) => {
            let Some(token) = token::by_hash(x, &hash[..], now).await? else {
                return Ok(None);
            };
            let actor = member(x, token.member, token.capabilities).await?;
            Ok(actor.map(|actor| Caller {
                actor,
                token: Some(token.id),
            }))
        }
    }
}

/// Loads a member as an actor.
pub(crate) async fn member(
    x: &mut Executor<'_>,
    id: MemberId,
    capabilities: Capabilities,
) -> Result<Option<Actor>> {
    let key = [id.get().into()];
    let Some((kind, trust_level)) = x
        .row(KIND, &key, |row| Ok((row.word(0)?, row.i64(1)?)))
        .await?
    else {
        return Ok(None);
    };
    let roles: BTreeSet<Role> = x
        .rows(ROLES, &key, |row| row.word(0))
        .await?
        .into_iter()
        .collect();
    let groups: BTreeSet<GroupId> = x
        .rows(GROUPS, &key, |row| row.id(0, GroupId::new))
        .await?
        .into_iter()
        .collect();
    let trust_level = u8::try_from(trust_level).unwrap_or(0);
    Ok(Some(Actor::Member {
        id,
        kind,
        roles,
        groups,
        trust_level,
        capabilities,
    }))
}

/// Who may see what: every category's access, and the groups that are closed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sights {
    pub(crate) access: BTreeMap<CategoryId, Access>,
    pub(crate) closed_groups: Vec<GroupId>,
}

impl Sights {
    pub(crate) async fn load(x: &mut Executor<'_>) -> Result<Self> {
        Ok(Self {
            access: category::all_access(x).await?,
            closed_groups: group::closed(x).await?,
        })
    }

    /// Returns every scope whose rows `actor` may see.
    pub(crate) fn scopes(&self, actor: &Actor) -> BTreeSet<Scope> {
        scopes(
            actor,
            self.access.iter().map(|(id, access)| (*id, access)),
            self.closed_groups.iter().copied(),
        )
    }

    /// Returns the scope in which a category and what is in it are published.
    pub(crate) fn scope_of(&self, category: CategoryId) -> Option<Scope> {
        self.access
            .get(&category)
            .map(|access| access.scope(category))
    }
}
