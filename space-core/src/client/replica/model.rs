// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From columns back to the model.

use std::fmt::Display;
use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::FromSql;

use super::rows::{CategoryMark, Person};
use super::{ReplicaError, store};
use crate::category::Category;
use crate::client::database::Doing;
use crate::group::Group;
use crate::id::MemberId;
use crate::member::Member;
use crate::post::{Post, PostKind};
use crate::space::Space;
use crate::time::Timestamp;
use crate::topic::Topic;

const DOING: &str = "reading a row";

/// The columns of [`category`], of table `c`.
pub(super) const CATEGORY: &str =
    "c.id, c.parent, c.slug, c.name, c.about, c.colour, c.icon, c.language, c.position,
    c.is_open, c.created_at, c.revision";
/// The columns of [`topic`], of table `t`.
pub(super) const TOPIC: &str =
    "t.id, t.category, t.author, t.title, t.language, t.answer, t.is_closed, t.is_archived,
    t.is_pinned, not t.is_listed, t.created_at, t.revision, t.tags";
/// The columns of [`post`], of table `p`.
pub(super) const POST: &str =
    "p.id, p.topic, p.number, p.author, p.reply_to, p.kind, p.source, p.notice, p.language,
    p.is_hidden, p.created_at, p.written_at, p.edited_at, p.revision";
/// The columns of [`group`], of table `g`.
pub(super) const GROUP: &str = "g.id, g.slug, g.name, g.is_closed, g.created_at, g.revision";
/// The columns of [`member`], of table `m`.
pub(super) const MEMBER: &str =
    "m.id, m.kind, m.name, m.display_name, m.roles, m.trust_level, m.created_at, m.revision";
/// The columns of [`mark`], of table `c`.
pub(super) const MARK: &str = "c.id, c.slug, c.name, c.colour, c.icon";

/// Reads the columns of a row one after the other.
pub(super) struct Columns<'r> {
    row: &'r Row<'r>,
    at: usize,
}

impl<'r> Columns<'r> {
    pub(super) fn of(row: &'r Row<'r>) -> Self {
        Self { row, at: 0 }
    }

    pub(super) fn next<T: FromSql>(&mut self) -> Result<T, ReplicaError> {
        let at = self.at;
        self.at += 1;
        self.row.get(at).doing(DOING)
    }

    pub(super) fn moment(&mut self) -> Result<Timestamp, ReplicaError> {
        self.next().map(Timestamp::from_millis)
    }

    pub(super) fn moment_or_none(&mut self) -> Result<Option<Timestamp>, ReplicaError> {
        Ok(self.next::<Option<i64>>()?.map(Timestamp::from_millis))
    }

    /// A number that is an id.
    pub(super) fn id<T>(&mut self, wrap: fn(i64) -> Option<T>) -> Result<T, ReplicaError> {
        let number = self.next()?;
        wrap(number).ok_or_else(|| damaged(number))
    }

    pub(super) fn id_or_none<T>(
        &mut self,
        wrap: fn(i64) -> Option<T>,
    ) -> Result<Option<T>, ReplicaError> {
        Ok(self.next::<Option<i64>>()?.and_then(wrap))
    }

    /// A text that is checked.
    fn text<T: TryFrom<String, Error: Display>>(&mut self) -> Result<T, ReplicaError> {
        self.next::<String>()?.try_into().map_err(damaged)
    }

    fn text_or_none<T: TryFrom<String, Error: Display>>(
        &mut self,
    ) -> Result<Option<T>, ReplicaError> {
        self.next::<Option<String>>()?
            .map(|text| text.try_into().map_err(damaged))
            .transpose()
    }
}

fn damaged(what: impl Display) -> ReplicaError {
    ReplicaError::Damaged {
        what: what.to_string(),
    }
}

/// Reads a word or scope that was written by this program.
pub(super) fn parse<T: FromStr<Err: Display>>(text: &str) -> Result<T, ReplicaError> {
    text.parse().map_err(damaged)
}

pub(super) fn space(c: &mut Columns<'_>) -> Result<Space, ReplicaError> {
    Ok(Space {
        name: c.text()?,
        about: c.text()?,
        created_at: c.moment()?,
        revision: c.next()?,
        identity: c.text_or_none()?,
    })
}

pub(super) fn category(c: &mut Columns<'_>) -> Result<Category, ReplicaError> {
    Ok(Category {
        id: c.id(crate::CategoryId::new)?,
        parent: c.id_or_none(crate::CategoryId::new)?,
        slug: c.text()?,
        name: c.text()?,
        about: c.text()?,
        colour: c.text_or_none()?,
        icon: c.text_or_none()?,
        language: c.text_or_none()?,
        position: c.next()?,
        is_open: c.next()?,
        created_at: c.moment()?,
        revision: c.next()?,
    })
}

pub(super) fn group(c: &mut Columns<'_>) -> Result<Group, ReplicaError> {
    Ok(Group {
        id: c.id(crate::GroupId::new)?,
        slug: c.text()?,
        name: c.text()?,
        is_closed: c.next()?,
        created_at: c.moment()?,
        revision: c.next()?,
    })
}

pub(super) fn member(c: &mut Columns<'_>) -> Result<Member, ReplicaError> {
    Ok(Member {
        id: c.id(MemberId::new)?,
        kind: parse(&c.next::<String>()?)?,
        name: c.text()?,
        display_name: c.text_or_none()?,
        roles: c
            .next::<String>()?
            .split_whitespace()
            .map(parse)
            .collect::<Result<_, _>>()?,
        trust_level: c.next()?,
        created_at: c.moment()?,
        revision: c.next()?,
    })
}

pub(super) fn topic(c: &mut Columns<'_>) -> Result<Topic, ReplicaError> {
    // In the order of the columns: that is how they are read.
    Ok(Topic {
        id: c.id(crate::TopicId::new)?,
        category: c.id(crate::CategoryId::new)?,
        author: c.id(MemberId::new)?,
        title: c.text()?,
        language: c.text_or_none()?,
        answer: c.id_or_none(crate::PostId::new)?,
        is_closed: c.next()?,
        is_archived: c.next()?,
        is_pinned: c.next()?,
        is_unlisted: c.next()?,
        created_at: c.moment()?,
        revision: c.next()?,
        tags: serde_json::from_str(&c.next::<String>()?).map_err(damaged)?,
    })
}

pub(super) fn post(c: &mut Columns<'_>) -> Result<Post, ReplicaError> {
    Ok(Post {
        id: c.id(crate::PostId::new)?,
        topic: c.id(crate::TopicId::new)?,
        number: c.next()?,
        author: c.id(MemberId::new)?,
        reply_to: c.id_or_none(crate::PostId::new)?,
        kind: post_kind(c.next()?)?,
        source: c.next()?,
        notice: c.next()?,
        language: c.text_or_none()?,
        is_hidden: c.next()?,
        created_at: c.moment()?,
        written_at: c.moment_or_none()?,
        edited_at: c.moment_or_none()?,
        revision: c.next()?,
    })
}

fn post_kind(number: i64) -> Result<PostKind, ReplicaError> {
    PostKind::ALL
        .iter()
        .copied()
        .find(|kind| store::kind_number(*kind) == number)
        .ok_or_else(|| damaged(number))
}

/// Columns: id, and name, display name and kind of a member who may not be held.
pub(super) fn person(c: &mut Columns<'_>) -> Result<Person, ReplicaError> {
    let id = c.id(MemberId::new)?;
    Ok(Person {
        id,
        name: c.next::<Option<String>>()?.unwrap_or_else(|| {
            if id.is_withheld() {
                "—".to_owned()
            } else {
                format!("#{id}")
            }
        }),
        display_name: c.next()?,
        kind: c
            .next::<Option<String>>()?
            .as_deref()
            .map(parse)
            .transpose()?,
    })
}

pub(super) fn mark(c: &mut Columns<'_>) -> Result<CategoryMark, ReplicaError> {
    Ok(CategoryMark {
        id: c.id(crate::CategoryId::new)?,
        slug: c.next()?,
        name: c.next()?,
        colour: c.text_or_none()?,
        icon: c.next()?,
    })
}
