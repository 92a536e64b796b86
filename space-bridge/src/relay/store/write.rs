// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Writing changes down.

use std::borrow::Cow;

use rusqlite::params;
use serde::Serialize;
use space_core::Timestamp;
use space_core::protocol::{Body, FeedRow, Kind};

use super::{Change, Condition, Store, StoreError};
use crate::relay::heard::fingerprint;
use crate::relay::{Job, Link, Operation, Person, Place};

impl Store {
    /// Applies changes inside the transaction that the caller has begun.
    pub(in crate::relay) fn apply(&self, changes: &[Change]) -> Result<(), StoreError> {
        changes.iter().try_for_each(|change| self.apply_one(change))
    }

    fn apply_one(&self, change: &Change) -> Result<(), StoreError> {
        match change {
            Change::Row(row) => self.row(row),
            Change::Cursor(Some(cursor)) => self.set_note("cursor", &cursor.0),
            Change::Cursor(None) => self.run("delete from note where name = 'cursor'", []),
            Change::Planned { seen_post } => {
                self.run("delete from waiting", [])?;
                self.set_note("seen_post", &seen_post.to_string())
            }
            Change::Begun {
                room,
                category,
                last_post,
                at,
            } => self.run(
                "insert into begun (network, room, category, last_post, at) values (?1, ?2, ?3, ?4, ?5)
                 on conflict do nothing",
                params![room.network, room.name, category.get(), last_post, at.millis()],
            ),
            Change::Operation(operation) => self.operation(operation),
            Change::Progress(id, progress) => self.run(
                "update operation set progress = ?2 where id = ?1",
                params![id.0, progress.as_ref().map(json).transpose()?],
            ),
            Change::OperationDone(id) => {
                self.confident("delete from operation where id = ?1 returning lane = '\"report\"'", id.0)
            }
            Change::Link(link) => self.link_put(link),
            Change::Job(job) => self.job(job),
            Change::JobDone(id) => self.confident(
                "delete from job where id = ?1 returning json_extract(task, '$.task') = 'report'",
                id.0,
            ),
            Change::Person(person) => self.person_put(person),
            Change::Heard {
                place,
                remote_id,
                at,
            } => self.run(
                "insert into heard (network, place, remote_id, at) values (?1, ?2, ?3, ?4) on conflict do nothing",
                params![
                    place.network,
                    known_as(place, remote_id).0,
                    known_as(place, remote_id).1,
                    at.millis()
                ],
            ),
            Change::Presence { room, until, mark } => self.run(
                "insert into presence (network, room, until, mark) values (?1, ?2, ?3, ?4)
                 on conflict (network, room) do update set until = excluded.until, mark = excluded.mark",
                params![room.network, room.name, until.millis(), mark],
            ),
            Change::NextId(id) => self.set_note("next_id", &id.to_string()),
            Change::Forget { before } => {
                self.run("delete from heard where at < ?1", [before.millis()])
            }
            Change::ForgetPending { before } => self.run(
                "update person set pending = null where json_extract(pending, '$.at') < ?1",
                [before.millis()],
            ),
        }
    }

    /// Notes how it is with a network (`room` is empty) or a room, for whoever asks.
    pub(crate) fn set_condition(
        &self,
        network: &str,
        room: &str,
        condition: Condition,
        detail: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            "insert into condition (network, room, word, detail, at) values (?1, ?2, ?3, ?4, ?5)
             on conflict (network, room) do update set word = excluded.word, detail = excluded.detail, at = excluded.at",
            params![network, room, condition.word(), detail, at.millis()],
        )
    }

    /// Forgets how it was with everything.
    pub(crate) fn forget_conditions(&self) -> Result<(), StoreError> {
        self.run("delete from condition", [])
    }

    pub(super) fn set_note(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.run(
            "insert into note (name, value) values (?1, ?2)
             on conflict (name) do update set value = excluded.value",
            [name, value],
        )
    }

    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
        self.connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// Deletes something; when it was confidential, its bytes go as well.
    fn confident(&self, sql: &str, id: i64) -> Result<(), StoreError> {
        let was: Vec<bool> = self.all(sql, [id], |row| Ok(row.get(0)?))?;
        if was.contains(&true) {
            self.owes_wipe.set(true);
        }
        Ok(())
    }

    /// A tombstone acts on its own scope only: what moved to another one is there already.
    fn row(&self, row: &FeedRow) -> Result<(), StoreError> {
        let scope = row.scope.to_string();
        match (row.kind, &row.body) {
            (Kind::Post, Some(Body::Post(post))) => self.run(
                "insert into waiting (id, scope, body) values (?1, ?2, ?3)
                 on conflict (id) do update set scope = excluded.scope, body = excluded.body",
                params![row.id, scope, json(post)?],
            ),
            (Kind::Post, None) => self.run(
                "insert into waiting (id, scope, body) values (?1, ?2, null)
                 on conflict (id) do update set body = null where waiting.scope = excluded.scope",
                params![row.id, scope],
            ),
            (Kind::Category | Kind::Member | Kind::Topic, Some(body)) => {
                let slug = match body {
                    Body::Category(category) => Some(category.slug.as_str()),
                    _ => None,
                };
                self.run(
                    "insert into thing (kind, id, scope, slug, body) values (?1, ?2, ?3, ?4, ?5)
                     on conflict (kind, id) do update set scope = excluded.scope, slug = excluded.slug, body = excluded.body",
                    params![row.kind.word(), row.id, scope, slug, json(body)?],
                )
            }
            (Kind::Category | Kind::Member | Kind::Topic, None) => self.run(
                "delete from thing where kind = ?1 and id = ?2 and scope = ?3",
                params![row.kind.word(), row.id, scope],
            ),
            _ => Ok(()),
        }
    }

    fn operation(&self, operation: &Operation) -> Result<(), StoreError> {
        self.run(
            "insert into operation (id, network, place, is_person, lane, what, progress, created_at, expires_at, tries)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             on conflict (id) do update set what = excluded.what, progress = excluded.progress, tries = excluded.tries",
            params![
                operation.id.0,
                operation.place.network,
                operation.place.name,
                operation.place.is_person,
                json(&operation.lane)?,
                json(&operation.what)?,
                operation.progress.as_ref().map(json).transpose()?,
                operation.created_at.millis(),
                operation.expires_at.map(Timestamp::millis),
                operation.tries,
            ],
        )
    }

    fn link_put(&self, link: &Link) -> Result<(), StoreError> {
        self.run(
            "insert into link (post, network, room, topic, author, reply_to, number, is_moderator, scope, state,
                               revision, source, told_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             on conflict (post, network, room) do update set topic = excluded.topic, author = excluded.author,
                reply_to = excluded.reply_to, number = excluded.number, is_moderator = excluded.is_moderator,
                scope = excluded.scope, state = excluded.state, revision = excluded.revision,
                source = excluded.source, told_at = excluded.told_at",
            params![
                link.post.get(),
                link.room.network,
                link.room.name,
                link.topic.get(),
                link.author.get(),
                link.reply_to.map(space_core::PostId::get),
                link.number,
                link.is_moderator,
                link.scope.to_string(),
                json(&link.state)?,
                link.revision,
                link.source,
                link.told_at.map(Timestamp::millis),
            ],
        )?;
        for (part, remote_id) in link.remote_ids.iter().enumerate() {
            self.run(
                "insert into remote (network, room, remote_id, post, part) values (?1, ?2, ?3, ?4, ?5)
                 on conflict (network, room, remote_id) do update set post = excluded.post, part = excluded.part",
                params![
                    link.room.network,
                    link.room.name,
                    remote_id,
                    link.post.get(),
                    i64::try_from(part).unwrap_or(i64::MAX)
                ],
            )?;
        }
        Ok(())
    }

    fn job(&self, job: &Job) -> Result<(), StoreError> {
        self.run(
            "insert into job (id, key, network, remote, nick, task, created_at, tries, not_before, has_told)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             on conflict (id) do update set tries = excluded.tries, not_before = excluded.not_before,
                has_told = excluded.has_told",
            params![
                job.id.0,
                job.key,
                job.who.network,
                job.who.remote,
                job.who.nick,
                json(&job.task)?,
                job.created_at.millis(),
                job.tries,
                job.not_before.millis(),
                job.has_told,
            ],
        )
    }

    fn person_put(&self, person: &Person) -> Result<(), StoreError> {
        self.run(
            "insert into person (network, remote, visitor, asked, pending) values (?1, ?2, ?3, ?4, ?5)
             on conflict (network, remote) do update set visitor = excluded.visitor, asked = excluded.asked,
                pending = excluded.pending",
            params![
                person.network,
                person.remote,
                person.visitor.map(space_core::MemberId::get),
                person.asked,
                person.pending.as_ref().map(json).transpose()?,
            ],
        )
    }
}

/// Returns under which names a message is noted: in a room by its own, in private by a hash that names nobody.
pub(super) fn known_as<'a>(place: &'a Place, remote_id: &'a str) -> (&'a str, Cow<'a, str>) {
    if place.is_person {
        let hash = fingerprint(&[&place.network, &place.name, remote_id]);
        ("", Cow::Owned(format!("{hash:016x}")))
    } else {
        (&place.name, Cow::Borrowed(remote_id))
    }
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    Ok(serde_json::to_string(value)?)
}
