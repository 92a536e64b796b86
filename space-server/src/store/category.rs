// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Categories and who may do what in them.

use std::collections::BTreeMap;
use std::str::FromStr;

use space_core::policy::{ManageCategories, Permit, RunImport};
use space_core::{Access, AccessRule, Category, CategoryId, Timestamp};

use super::{Executor, Result, Row, Value, aside, ids64, statements};
use crate::writer::Tx;

statements! {
    BY_IDS = concat!("select id, parent_id, slug, name, about, colour, icon, language, position, created_at, revision
        from category where id in (", ids64!(), ")");
    IN_ORDER = "select id, parent_id, slug, name, about, colour, icon, language, position, created_at, revision
        from category order by position, id";
    ID_BY_SLUG = "select id from category where slug = $1";
    PARENT = "select parent_id from category where id = $1";
    NEXT_POSITION = "select coalesce(max(c.position), 0) + 1 from category c where exists
        (select 1 from category_access a where a.category_id = c.id and a.audience = 'everyone')";
    CHILDREN = "select id from category where parent_id = $1 order by id";
    CLOSED_ONCE = "update category set was_closed = true where id = $1";
    ACCESS = "select audience, level from category_access where category_id = $1";
    ALL_ACCESS = "select c.id, a.audience, a.level
        from category c left join category_access a on a.category_id = c.id order by c.id";
    INSERT = "insert into category
        (id, parent_id, slug, name, about, colour, icon, language, position, created_at, revision)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    STORE = "update category set parent_id = $1, slug = $2, name = $3, about = $4, colour = $5, position = $6,
        language = $7, revision = $8 where id = $9";
    CHANGED = "update category set revision = revision + 1 where id = $1";
    CLEAR_ACCESS = "delete from category_access where category_id = $1";
    INSERT_ACCESS = "insert into category_access (category_id, audience, level) values ($1, $2, $3)
        on conflict (category_id, audience) do update set level = excluded.level";
    START_MOVE = "insert into scope_move (category_id, after_topic) values ($1, 0)
        on conflict (category_id) do update set after_topic = 0";
    IS_MOVING = "select category_id from scope_move where category_id = $1";
    NEXT_MOVE = "select category_id, after_topic from scope_move order by category_id limit 1";
    MOVED = "update scope_move set after_topic = $1 where category_id = $2";
    END_MOVE = "delete from scope_move where category_id = $1";
}

fn category(row: &Row<'_>) -> Result<Category> {
    Ok(Category {
        id: row.id(0, CategoryId::new)?,
        parent: row.opt_id(1, CategoryId::new)?,
        slug: row.checked(2)?,
        name: row.checked(3)?,
        about: row.checked(4)?,
        colour: row.opt_word(5)?,
        icon: row.opt_checked(6)?,
        language: row.opt_word(7)?,
        position: row.i64(8)?,
        // Whoever reads categories knows their access, and fills this in.
        is_open: false,
        created_at: Timestamp::from_millis(row.i64(9)?),
        revision: row.i64(10)?,
    })
}

/// Reads rules of access that a statement has put into one column: `everyone=read members=start`.
pub(super) fn access_in(row: &Row<'_>, column: usize) -> Access {
    // Rules that cannot be read give nobody a right.
    let rules: Vec<Rule> =
        aside::readable("category_access", row, |row| row.words(column)).unwrap_or_default();
    Access {
        rules: rules.into_iter().map(|Rule(rule)| rule).collect(),
    }
}

struct Rule(AccessRule);

impl FromStr for Rule {
    type Err = &'static str;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let rule = text.split_once('=').and_then(|(audience, level)| {
            Some(AccessRule {
                audience: audience.parse().ok()?,
                level: level.parse().ok()?,
            })
        });
        rule.map(Self).ok_or("it is no rule of access")
    }
}

/// Reads categories, in no particular order; `is_open` is for the caller to fill in.
pub(crate) async fn by_ids(x: &mut Executor<'_>, ids: &[i64]) -> Result<Vec<Category>> {
    x.readable_in("category", BY_IDS, ids, &[], category).await
}

/// Reads all categories, in the order in which they are shown.
pub(crate) async fn all(x: &mut Executor<'_>) -> Result<Vec<Category>> {
    let access = all_access(x).await?;
    let mut all = x.readable_rows("category", IN_ORDER, &[], category).await?;
    for category in &mut all {
        category.is_open = access.get(&category.id).is_some_and(Access::is_open);
    }
    Ok(all)
}

/// Reads one category.
pub(crate) async fn by_id(x: &mut Executor<'_>, id: CategoryId) -> Result<Option<Category>> {
    let Some(mut category) = by_ids(x, &[id.get()]).await?.pop() else {
        return Ok(None);
    };
    category.is_open = access(x, id).await?.is_open();
    Ok(Some(category))
}

/// Finds a category by its short name.
pub(crate) async fn by_slug(x: &mut Executor<'_>, slug: &str) -> Result<Option<CategoryId>> {
    x.row(ID_BY_SLUG, &[slug.into()], |row| row.id(0, CategoryId::new))
        .await
}

/// Says how deep a category stands: 1 at the top.
pub(crate) async fn depth(x: &mut Executor<'_>, id: CategoryId) -> Result<usize> {
    let mut depth = 1;
    let mut at = id;
    while let Some(Some(parent)) = x
        .row(PARENT, &[at.get().into()], |row| {
            row.opt_id(0, CategoryId::new)
        })
        .await?
    {
        at = parent;
        depth += 1;
    }
    Ok(depth)
}

/// Lists the categories right under one.
pub(crate) async fn children(x: &mut Executor<'_>, id: CategoryId) -> Result<Vec<CategoryId>> {
    x.rows(CHILDREN, &[id.get().into()], |row| {
        row.id(0, CategoryId::new)
    })
    .await
}

/// Returns a place after all categories that are open to everyone. Closed ones do not count, or the places of open ones would
/// tell how many there are; those at the same place stand in the order of their ids.
pub(crate) async fn next_position(x: &mut Executor<'_>) -> Result<i64> {
    Ok(x.row(NEXT_POSITION, &[], |row| row.i64(0))
        .await?
        .unwrap_or(1))
}

/// Reads who may do what in a category; nobody anything when it is not there.
pub(crate) async fn access(x: &mut Executor<'_>, id: CategoryId) -> Result<Access> {
    let rules = x
        .readable_rows("category_access", ACCESS, &[id.get().into()], |row| {
            Ok(AccessRule {
                audience: row.word(0)?,
                level: row.word(1)?,
            })
        })
        .await?;
    Ok(Access { rules })
}

/// Reads who may do what in every category.
pub(crate) async fn all_access(x: &mut Executor<'_>) -> Result<BTreeMap<CategoryId, Access>> {
    let mut all: BTreeMap<CategoryId, Access> = BTreeMap::new();
    let rules = x
        .rows(ALL_ACCESS, &[], |row| {
            // A category without a rule that can be read is there, and closed: one that is missing here has no scope at all.
            let rule = aside::readable("category_access", row, |row| {
                let Some(audience) = row.opt_word(1)? else {
                    return Ok(None);
                };
                let level = row.word(2)?;
                Ok(Some(AccessRule { audience, level }))
            });
            Ok((row.id(0, CategoryId::new)?, rule.flatten()))
        })
        .await?;
    for (id, rule) in rules {
        all.entry(id).or_default().rules.extend(rule);
    }
    Ok(all)
}

/// Makes a category.
pub(crate) async fn insert<P>(
    tx: &mut Tx<'_>,
    permit: &Permit<P>,
    category: &Category,
    access: &Access,
) -> Result<()> {
    let colour = category.colour.map(|colour| colour.to_string());
    let values = [
        category.id.get().into(),
        category.parent.map(CategoryId::get).into(),
        category.slug.as_str().into(),
        category.name.as_str().into(),
        category.about.as_str().into(),
        colour.as_ref().into(),
        category
            .icon
            .as_ref()
            .map(space_core::text::Label::as_str)
            .into(),
        category
            .language
            .as_ref()
            .map(space_core::Language::as_str)
            .into(),
        category.position.into(),
        category.created_at.millis().into(),
        category.revision.into(),
    ];
    tx.execute(INSERT, &values).await?;
    if !access.is_open() {
        tx.execute(CLOSED_ONCE, &[category.id.get().into()]).await?;
    }
    insert_access(tx, permit, category.id, access).await
}

/// Stores what may change of a category, besides who may do what in it.
pub(crate) async fn store<P: MayEditCategory>(
    tx: &mut Tx<'_>,
    _: &Permit<P>,
    category: &Category,
) -> Result<()> {
    let colour = category.colour.map(|colour| colour.to_string());
    let values = [
        category.parent.map(CategoryId::get).into(),
        category.slug.as_str().into(),
        category.name.as_str().into(),
        category.about.as_str().into(),
        colour.as_ref().into(),
        category.position.into(),
        category
            .language
            .as_ref()
            .map(space_core::Language::as_str)
            .into(),
        category.revision.into(),
        category.id.get().into(),
    ];
    tx.execute(STORE, &values).await.map(drop)
}

/// Permits under which categories are edited.
pub(crate) trait MayEditCategory {}

impl MayEditCategory for ManageCategories {}
impl MayEditCategory for RunImport {}

async fn insert_access<P>(
    tx: &mut Tx<'_>,
    _: &Permit<P>,
    id: CategoryId,
    access: &Access,
) -> Result<()> {
    let audiences: Vec<String> = access
        .rules
        .iter()
        .map(|rule| rule.audience.to_string())
        .collect();
    let values: Vec<Vec<Value<'_>>> = access
        .rules
        .iter()
        .zip(&audiences)
        .map(|(rule, audience)| vec![id.get().into(), audience.into(), rule.level.word().into()])
        .collect();
    tx.execute_each(INSERT_ACCESS, &values).await
}

/// Says anew who may do what in a category. When that changes its scope, a move of its rows begins.
pub(crate) async fn set_access(
    tx: &mut Tx<'_>,
    permit: &Permit<ManageCategories>,
    id: CategoryId,
    before: &Access,
    after: &Access,
) -> Result<()> {
    tx.execute(CLEAR_ACCESS, &[id.get().into()]).await?;
    insert_access(tx, permit, id, after).await?;
    tx.execute(CHANGED, &[id.get().into()]).await?;
    if !before.is_open() || !after.is_open() {
        tx.execute(CLOSED_ONCE, &[id.get().into()]).await?;
    }
    if before.scope(id) != after.scope(id) {
        tx.execute(START_MOVE, &[id.get().into()]).await?;
    }
    Ok(())
}

/// A category whose rows are on their way to another scope.
#[derive(Debug, Clone)]
pub(crate) struct Move {
    pub(crate) category: CategoryId,
    pub(crate) after_topic: i64,
}

/// Says whether rows of a category are still on their way.
pub(crate) async fn is_moving(x: &mut Executor<'_>, id: CategoryId) -> Result<bool> {
    Ok(x.row(IS_MOVING, &[id.get().into()], |row| row.i64(0))
        .await?
        .is_some())
}

/// Finds a move that is not finished.
pub(crate) async fn next_move(x: &mut Executor<'_>) -> Result<Option<Move>> {
    x.row(NEXT_MOVE, &[], |row| {
        Ok(Move {
            category: row.id(0, CategoryId::new)?,
            after_topic: row.i64(1)?,
        })
    })
    .await
}

/// Remembers how far a move has come; `None` when it is finished.
pub(crate) async fn moved(
    tx: &mut Tx<'_>,
    category: CategoryId,
    after_topic: Option<i64>,
) -> Result<()> {
    match after_topic {
        Some(topic) => tx
            .execute(MOVED, &[topic.into(), category.get().into()])
            .await
            .map(drop),
        None => tx
            .execute(END_MOVE, &[category.get().into()])
            .await
            .map(drop),
    }
}
