// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Builds small forums, and shows what became of them.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use space_core::Timestamp;

use crate::import::CategoryNames;
use crate::import::finding::{FindingKind, Findings};
use crate::import::gather::Gathered;
use crate::import::people::report_renamed;
use crate::import::plan::{self, Plan, PlannedPost};
use crate::import::source::Item;

/// A topic document as Discourse gives it, with the fields that matter.
pub(super) fn topic(id: i64, posts: &[Value]) -> Value {
    let stream: Vec<&Value> = posts.iter().map(|post| &post["id"]).collect();
    json!({
        "id": id,
        "title": format!("Topic number {id}"),
        "category_id": 10,
        "created_at": posts.first().map_or(&Value::Null, |post| &post["created_at"]),
        "last_posted_at": posts.last().map_or(&Value::Null, |post| &post["created_at"]),
        "views": 7,
        "closed": false,
        "archived": false,
        "visible": true,
        "archetype": "regular",
        "post_stream": {"posts": posts, "stream": stream},
    })
}

/// A post of a topic document; the day is one such as `2020-01-01`.
pub(super) fn post(id: i64, number: i64, username: &str, day: &str) -> Value {
    let user_id = username
        .bytes()
        .fold(100, |id, byte| (id * 31 + i64::from(byte)) % 100_000);
    json!({
        "id": id,
        "post_number": number,
        "post_type": 1,
        "user_id": user_id,
        "username": username,
        "name": null,
        "created_at": format!("{day}T00:00:00.000Z"),
        "updated_at": format!("{day}T00:00:00.000Z"),
        "version": 1,
        "cooked": format!("<p>What {username} wrote in {id}.</p>"),
        "reply_to_post_number": null,
        "actions_summary": [],
        "hidden": false,
        "user_deleted": false,
        "deleted_at": null,
    })
}

/// The same with some fields changed.
pub(super) fn but(mut object: Value, changes: Value) -> Value {
    let (Value::Object(object_fields), Value::Object(changes)) = (&mut object, changes) else {
        return object;
    };
    for (key, value) in changes {
        object_fields.insert(key, value);
    }
    object
}

/// Documents on their way into a plan.
pub(super) struct Forum {
    gathered: Gathered,
    documents: usize,
}

/// A plan, and what is told of it.
pub(super) struct Planned {
    pub(super) plan: Plan,
    pub(super) findings: Findings,
    pub(super) ids: Vec<i64>,
}

impl Forum {
    pub(super) fn new() -> Self {
        Self {
            gathered: Gathered::new(),
            documents: 0,
        }
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "so that it folds over documents"
    )]
    pub(super) fn with(self, document: Value) -> Self {
        self.with_bytes(document.to_string().as_bytes())
    }

    pub(super) fn with_bytes(mut self, bytes: &[u8]) -> Self {
        self.documents += 1;
        let item = Item::Document {
            name: format!("{}.json", self.documents),
            bytes: bytes.to_vec(),
        };
        self.gathered.take(item).unwrap();
        self
    }

    pub(super) fn plan(self) -> Planned {
        let now = Timestamp::parse_utc("2026-01-01T00:00:00Z").unwrap();
        let (plan, mut findings) = plan::make(self.gathered, &CategoryNames::new(), now);
        report_renamed(
            plan.members.iter().map(|member| &member.person),
            &mut findings,
        );
        let ids = plan.posts.iter().map(|post| post.source_id).collect();
        let planned = Planned {
            plan,
            findings,
            ids,
        };
        planned.is_sound();
        planned
    }
}

impl Planned {
    /// The source ids of the posts in the order in which they are written.
    pub(super) fn order(&self) -> &[i64] {
        &self.ids
    }

    pub(super) fn post(&self, source_id: i64) -> &PlannedPost {
        self.plan
            .posts
            .iter()
            .find(|post| post.source_id == source_id)
            .unwrap()
    }

    pub(super) fn lines(&self, kind: FindingKind) -> Vec<String> {
        self.findings.lines(kind)
    }

    pub(super) fn tells_nothing_of(&self, kind: FindingKind) {
        assert_eq!(self.lines(kind), Vec::<String>::new());
    }

    /// What holds for every plan, whatever it was made of.
    fn is_sound(&self) {
        let plan = &self.plan;
        let posts: BTreeSet<i64> = self.ids.iter().copied().collect();
        assert_eq!(posts.len(), plan.posts.len(), "a post is written twice");
        let numbers: BTreeSet<(usize, i64)> = plan
            .posts
            .iter()
            .map(|post| (post.topic, post.number))
            .collect();
        assert_eq!(
            numbers.len(),
            plan.posts.len(),
            "two posts of a topic have one number"
        );
        assert!(
            plan.posts
                .iter()
                .all(|post| post.reply_to.is_none_or(|id| posts.contains(&id)))
        );
        assert!(
            plan.topics
                .iter()
                .all(|topic| topic.answer.is_none_or(|id| posts.contains(&id)))
        );
        let things =
            plan.posts.len() + plan.topics.len() + plan.members.len() + plan.categories.len();
        assert_eq!(plan.births.len(), things, "something is not born, or twice");
        let names: BTreeSet<String> = plan
            .members
            .iter()
            .map(|m| space_core::text::folded(m.person.name.as_str()))
            .collect();
        assert_eq!(names.len(), plan.members.len(), "two members have one name");
    }
}
