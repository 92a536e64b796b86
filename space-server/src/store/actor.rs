// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Loading who acts, with everything that rules look at.

use std::collections::{BTreeMap, BTreeSet};

use space_core::policy::{Actor, Capabilities, scopes};
use space_core::{Access, Category, CategoryId, GroupId, MemberId, Scope, Timestamp, TokenId};

use super::{Executor, Result, Row, Value, category, group, statements};

// One statement for all that rules look at: it is read at every request.
macro_rules! of_member {
    () => {
        "m.id, m.kind, m.trust_level,
         (select string_agg(r.role, ' ') from member_role r where r.member_id = m.id),
         (select string_agg(cast(g.group_id as text), ' ') from group_member g where g.member_id = m.id)"
    };
}

statements! {
    BY_TOKEN = concat!("select ", of_member!(), ", t.id, t.capabilities, t.expires_at
        from token t join member m on m.id = t.member_id
        where t.hash = $1 and (t.expires_at is null or t.expires_at > $2)
        and not exists (select 1 from member_block b where b.member_id = m.id)");
    BY_ID = concat!("select ", of_member!(), " from member m where m.id = $1");
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
            let values = [Value::Bytes(&hash[..]), now.millis().into()];
            x.row(BY_TOKEN, &values, |row| {
                Ok(Caller {
                    actor: actor(row, row.word(6)?, row.opt_i64(7)?)?,
                    token: Some(row.id(5, TokenId::new)?),
                })
            })
            .await
        }
    }
}

/// Loads a member as an actor.
pub(crate) async fn member(
    x: &mut Executor<'_>,
    id: MemberId,
    capabilities: Capabilities,
) -> Result<Option<Actor>> {
    x.row(BY_ID, &[id.get().into()], |row| {
        actor(row, capabilities.clone(), None)
    })
    .await
}

fn actor(row: &Row<'_>, capabilities: Capabilities, ends_at: Option<i64>) -> Result<Actor> {
    Ok(Actor::Member {
        id: row.id(0, MemberId::new)?,
        kind: row.word(1)?,
        trust_level: u8::try_from(row.i64(2)?).unwrap_or(0),
        roles: row.words(3)?,
        groups: row.words(4)?,
        capabilities,
        token_ends_at: ends_at.map(Timestamp::from_millis),
        relayed: None,
    })
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

    /// Returns the parent of a category, when everybody who reads the category reads the parent, too: a row of the feed is the
    /// same for all its readers.
    pub(crate) fn parent_for_all(&self, category: &Category) -> Option<CategoryId> {
        let parent = category.parent?;
        let (inner, outer) = (self.access.get(&category.id)?, self.access.get(&parent)?);
        inner.is_within(outer).then_some(parent)
    }

    /// Returns the scope in which a category and what is in it are published.
    pub(crate) fn scope_of(&self, category: CategoryId) -> Option<Scope> {
        self.access
            .get(&category)
            .map(|access| access.scope(category))
    }
}
