// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a restore brings back that had been taken away since: revoked tokens, former passwords, roles, texts that were hidden.
//! The database that was put aside knows.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use space_core::Timestamp;

/// How many of a kind are named; the others are counted.
const NAMED: usize = 1_000;

/// What is there again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "compared", content = "found")]
pub(crate) enum Returned {
    /// Nothing was put aside, or it cannot be read.
    Unknown,
    /// What was put aside was another space.
    OtherSpace,
    /// This; kinds of which there is nothing are left out.
    Known(Vec<CameBack>),
}

/// What is there again of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct CameBack {
    /// A stable word for programs.
    pub(crate) kind: &'static str,
    /// What it is, for people.
    #[serde(skip)]
    pub(crate) title: &'static str,
    /// How many.
    pub(crate) count: u64,
    /// Which, the first thousand of them.
    pub(crate) named: Vec<String>,
}

/// Word, title, and a statement that compares `main`, which was restored, with `old`, which was there before.
const KINDS: [(&str, &str, &str); 11] = [
    (
        "tokens",
        "tokens that were revoked, or were made and had ended",
        "select m.name || ' (' || t.label || ')' from main.token t join main.member m on m.id = t.member_id
         where not exists (select 1 from old.token o where o.hash = t.hash)
         and (t.expires_at is null or t.expires_at > ?1) order by m.name, t.id",
    ),
    (
        "blocks",
        "accounts that were blocked, and are not",
        "select m.name from old.member_block o join main.member m on m.id = o.member_id
         where not exists (select 1 from main.member_block b where b.member_id = o.member_id) and ?1 order by m.name",
    ),
    (
        "passwords",
        "former passwords",
        "select m.name from main.member m join old.member o on o.id = m.id
         where m.password_hash is not null and m.password_hash is not o.password_hash and ?1 order by m.name",
    ),
    (
        "roles",
        "roles that were taken away",
        "select m.name || ' (' || r.role || ')' from main.member_role r join main.member m on m.id = r.member_id
         where not exists (select 1 from old.member_role o where o.member_id = r.member_id and o.role = r.role)
         and ?1 order by m.name, r.role",
    ),
    (
        "groups",
        "places in groups that were taken away",
        "select m.name || ' (' || g.slug || ')' from main.group_member r join main.member m on m.id = r.member_id
         join main.member_group g on g.id = r.group_id
         where not exists (select 1 from old.group_member o where o.member_id = r.member_id and o.group_id = r.group_id)
         and ?1 order by m.name, g.slug",
    ),
    (
        "access",
        "rights in categories that were taken away",
        "select c.slug || ' (' || a.audience || ' ' || a.level || ')' from main.category_access a
         join main.category c on c.id = a.category_id
         where not exists (select 1 from old.category_access o where o.category_id = a.category_id
            and o.audience = a.audience and o.level = a.level) and ?1 order by c.slug, a.audience",
    ),
    (
        "hidden_posts",
        "posts that were hidden",
        "select cast(p.id as text) from main.post p join old.post o on o.id = p.id
         where o.is_hidden and not p.is_hidden and p.deleted_at is null and ?1 order by p.id",
    ),
    (
        "deleted_posts",
        "posts that were deleted",
        "select cast(p.id as text) from main.post p left join old.post o on o.id = p.id
         where p.deleted_at is null and (o.id is null or o.deleted_at is not null) and ?1 order by p.id",
    ),
    (
        "edited_posts",
        "posts that say again what they said before they were edited",
        "select cast(p.id as text) from main.post p join old.post o on o.id = p.id
         where o.revision > p.revision and o.source <> p.source and not o.is_hidden and not p.is_hidden
         and o.deleted_at is null and p.deleted_at is null and ?1 order by p.id",
    ),
    (
        "closed_topics",
        "topics that were closed",
        "select cast(t.id as text) from main.topic t join old.topic o on o.id = t.id
         where o.is_closed and not t.is_closed and ?1 order by t.id",
    ),
    (
        "open_cases",
        "reports that were decided",
        "select cast(c.id as text) from main.moderation_case c join old.moderation_case o on o.id = c.id
         where c.state = 'open' and o.state <> 'open' and ?1 order by c.id",
    ),
];

/// Compares a database that was restored with the one that was there before.
pub(super) fn compare(restored: &Path, old: &Path, now: Timestamp) -> Returned {
    if !old.is_file() {
        return Returned::Unknown;
    }
    compared(restored, old, now).unwrap_or(Returned::Unknown)
}

fn compared(restored: &Path, old: &Path, now: Timestamp) -> rusqlite::Result<Returned> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(restored, flags)?;
    // What was put aside stays as it is, its log too.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let name = old.to_string_lossy();
    connection.execute("attach ?1 as old", [&*name])?;
    connection.pragma_update(None, "query_only", true)?;
    if !is_same_space(&connection)? {
        return Ok(Returned::OtherSpace);
    }
    let mut found = Vec::new();
    for (kind, title, sql) in KINDS {
        // Tables of another version may lack what is compared.
        let Ok(mut statement) = connection.prepare(sql) else {
            continue;
        };
        let mut rows = statement.query([now.millis().max(1)])?;
        let mut one = CameBack {
            kind,
            title,
            count: 0,
            named: Vec::new(),
        };
        while let Some(row) = rows.next()? {
            one.count += 1;
            if one.named.len() < NAMED {
                one.named.push(row.get(0)?);
            }
        }
        if one.count > 0 {
            found.push(one);
        }
    }
    Ok(Returned::Known(found))
}

/// A space keeps its identity; those of the first versions have none, but a moment at which they were made.
fn is_same_space(connection: &Connection) -> rusqlite::Result<bool> {
    let of = |column: &str| {
        let sql = format!(
            "select o.{column} is n.{column} and n.{column} is not null from old.space o, main.space n"
        );
        connection.query_row(&sql, [], |row| row.get::<_, bool>(0))
    };
    match of("identity") {
        Ok(true) => Ok(true),
        _ => of("created_at"),
    }
}
