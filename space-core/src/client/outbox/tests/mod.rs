// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

mod edits;
mod keeping;
mod marks;
mod pace;
mod reports;
mod sending;

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::client::testing::bodies::{post, topic};
use crate::client::testing::server::{Answer, Asked, json};
use crate::client::testing::{Counting, Still};
use crate::protocol::StartedTopic;
use crate::text::PostSource;
use crate::{CategoryId, PostId, ReadPosition, TopicId};

const NOW: i64 = 1_700_000_000_000;

struct House {
    outbox: Outbox,
    clock: Still,
    entropy: Counting,
}

impl House {
    fn new() -> Self {
        Self {
            outbox: Outbox::open_in_memory().unwrap(),
            clock: Still::at(NOW),
            entropy: Counting::default(),
        }
    }

    fn queue(&mut self, draft: &Draft) -> LocalId {
        self.outbox
            .queue(draft, &self.clock, &self.entropy)
            .unwrap()
    }

    fn state(&self, id: LocalId) -> ItemState {
        self.outbox.item(id).unwrap().unwrap().state
    }
}

fn text(source: &str) -> PostSource {
    source.to_owned().try_into().unwrap()
}

fn start() -> Draft {
    Draft::StartTopic {
        category: CategoryId::new(1001).unwrap(),
        title: "Offline".to_owned().try_into().unwrap(),
        source: text("on a train"),
        language: None,
        tags: "train".parse().unwrap(),
    }
}

fn reply(topic: TopicRef, reply_to: Option<PostRef>, source: &str) -> Draft {
    Draft::Reply {
        topic,
        reply_to,
        source: text(source),
        language: None,
    }
}

fn to_ten(source: &str) -> Draft {
    reply(TopicRef::Sent(TopicId::new(10).unwrap()), None, source)
}

fn edit(revision: i64, source: &str) -> Draft {
    Draft::EditPost {
        post: PostId::new(12).unwrap(),
        revision,
        base: Some("base".to_owned()),
        source: text(source),
    }
}

fn read(number: i64) -> Draft {
    Draft::MarkRead {
        topic: TopicId::new(10).unwrap(),
        number,
    }
}

/// A server that does each key once, and remembers what it has done.
#[derive(Default)]
struct Doer {
    done: Mutex<HashMap<String, String>>,
    count: AtomicUsize,
}

impl Doer {
    fn answer(&self, asked: &Asked) -> Answer {
        let key = asked.header("idempotency-key").unwrap().to_owned();
        let mut done = self.done.lock().unwrap();
        let body = done.entry(key).or_insert_with(|| {
            let n = i64::try_from(self.count.fetch_add(1, Ordering::SeqCst)).unwrap();
            match (asked.method.as_str(), asked.path.as_str()) {
                ("POST", "/v1/topics") => serde_json::to_string(&StartedTopic {
                    topic: topic(500, 1001, "Offline"),
                    post: post(501, 500, 1, "on a train"),
                }),
                ("PUT", "/v1/topics/10/read") => serde_json::to_string(&ReadPosition {
                    topic: TopicId::new(10).unwrap(),
                    number: 3,
                    unread: Vec::new(),
                    set_at: None,
                    read_at: crate::Timestamp::default(),
                }),
                ("PUT", _) => {
                    let mut it = post(12, 10, 2, "edited");
                    it.revision = 7;
                    serde_json::to_string(&it)
                }
                ("PATCH", "/v1/topics/10/tags") => {
                    serde_json::to_string(&topic(10, 1001, "Tagged"))
                }
                ("DELETE", _) => Ok(String::new()),
                _ => serde_json::to_string(&post(600 + n, 10, 4 + n, "reply")),
            }
            .unwrap()
        });
        json(200, "", body)
    }
}
