// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Stories of the relay without any network: what a room is told, what the server is asked, across kills.

mod absence;
mod again;
mod answers;
mod blocked;
mod confidence;
mod inward;
mod kills;
mod outward;
mod patience;
mod refusals;
mod wiped;

use space_core::client::FeedBatch;
use space_core::protocol::{Cursor, FeedLine, FeedRow};
use space_core::text::Slug;
use space_core::{PostId, Timestamp};
use std::time::Duration;

use super::*;

pub(super) const CATEGORY: i64 = 12;
pub(super) const TOPIC: i64 = 20;

pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

pub(super) fn post_id(id: i64) -> PostId {
    PostId::new(id).unwrap()
}

pub(super) fn room() -> Place {
    Place::room("net", "#tea")
}

pub(super) fn mirror() -> Mirror {
    Mirror {
        category: Slug::parse("welcome").unwrap(),
        room: room(),
        edits: Edits::Diff,
        announces_withdrawals: true,
        visitors: Visitors::Post,
        allows_closed: false,
    }
}

pub(super) fn settings() -> Settings {
    Settings {
        mirrors: vec![mirror()],
        public_url: "https://space.example.org".to_owned(),
        backlog_age: Duration::from_mins(5),
        backlog_posts: 20,
        away_after: Duration::from_mins(1),
    }
}

pub(super) fn row(line: &str) -> FeedRow {
    match FeedLine::read(line).unwrap() {
        FeedLine::Row(row) => row,
        other => panic!("{other:?}"),
    }
}

/// The category, two members and a topic.
pub(super) fn frame() -> Vec<FeedRow> {
    let open = "true";
    vec![
        row(&format!(
            r#"{{"scope":"public","kind":"category","id":{CATEGORY},"body":{{"id":{CATEGORY},"slug":"welcome","name":"Welcome","about":"","position":0,"is_open":{open},"created_at":1,"revision":1}}}}"#
        )),
        member(1, "alice", "person"),
        member(2, "bob", "person"),
        row(&format!(
            r#"{{"scope":"public","kind":"topic","id":{TOPIC},"body":{{"id":{TOPIC},"category":{CATEGORY},"author":1,"title":"Tea at four","created_at":1,"revision":1}}}}"#
        )),
    ]
}

pub(super) fn member(id: i64, name: &str, kind: &str) -> FeedRow {
    row(&format!(
        r#"{{"scope":"public","kind":"member","id":{id},"body":{{"id":{id},"kind":"{kind}","name":"{name}","trust_level":0,"created_at":1,"revision":1}}}}"#
    ))
}

pub(super) fn post(id: i64, author: i64, revision: i64, source: &str) -> FeedRow {
    let source = serde_json::to_string(source).unwrap();
    row(&format!(
        r#"{{"scope":"public","kind":"post","id":{id},"body":{{"id":{id},"topic":{TOPIC},"number":{id},"author":{author},"source":{source},"created_at":1,"revision":{revision}}}}}"#
    ))
}

pub(super) fn hidden(id: i64, revision: i64) -> FeedRow {
    row(&format!(
        r#"{{"scope":"public","kind":"post","id":{id},"body":{{"id":{id},"topic":{TOPIC},"number":{id},"author":1,"source":"","is_hidden":true,"created_at":1,"revision":{revision}}}}}"#
    ))
}

pub(super) fn gone(id: i64) -> FeedRow {
    row(&format!(
        r#"{{"scope":"public","kind":"post","id":{id},"gone":true}}"#
    ))
}

pub(super) fn batch(rows: Vec<FeedRow>) -> Input {
    Input::Batch(FeedBatch {
        unread: Vec::new(),
        rows,
        cursor: Cursor("c".to_owned()),
        more: false,
    })
}

/// A relay that mirrors a category since post 100.
pub(super) fn relay() -> Relay {
    let store = Store::in_memory();
    let begun = Change::Begun {
        room: room(),
        category: space_core::CategoryId::new(CATEGORY).unwrap(),
        last_post: 100,
        at: at(0),
    };
    store.commit(&[begun]).unwrap();
    let mut relay = Relay::resume(settings(), store, Vec::new(), at(0)).unwrap();
    assert_eq!(relay.step(batch(frame()), at(0)).unwrap(), []);
    relay
}

pub(super) fn room_up() -> Input {
    room_up_after(Past::Lost, &[])
}

/// The room is there, with what the network shows of the time before.
pub(super) fn room_up_after(past: Past, recalled: &[String]) -> Input {
    Input::RoomUp(RoomUp {
        room: room(),
        capabilities: Capabilities::default(),
        recalled: recalled.to_vec(),
        past,
        mark: None,
    })
}

pub(super) fn network_down() -> Input {
    Input::NetworkDown {
        network: "net".to_owned(),
        silent: Duration::ZERO,
    }
}

impl Relay {
    /// Ends it as a kill would, and starts it again.
    pub(super) fn killed(self, now: Timestamp) -> Self {
        self.killed_and_set(settings(), now)
    }

    /// The same, with other settings.
    pub(super) fn killed_and_set(self, settings: Settings, now: Timestamp) -> Self {
        Self::resume(settings, self.store, Vec::new(), now).unwrap()
    }
}

/// Returns what an effect says, in short.
pub(super) fn said(effect: &Effect) -> String {
    match effect {
        Effect::Send { message, place, .. } => match message {
            Message::Post(post) => format!("#{} {}: {}", post.id, post.author, post.source),
            Message::Pointer { post, url } => format!("#{post} {url}"),
            Message::Edit { now, before, .. } => format!("#{} {before} -> {}", now.id, now.source),
            Message::Withdraw { post, .. } => format!("#{post} gone"),
            Message::WithdrawMany { count } => format!("{count} gone"),
            Message::Digest { digest, .. } => {
                format!("{} posts {}-{}", digest.posts, digest.first, digest.last)
            }
            Message::Away(absence) => format!(
                "away {}-{}",
                absence.since.millis() / 1000,
                absence.until.millis() / 1000
            ),
            Message::Answer { text } => {
                format!("to {}: {}", place.name, text.lines().next().unwrap())
            }
        },
        Effect::Landed(op, progress) => format!("{} landed at {}", op.0, progress.sent),
        Effect::Ask(job) => format!("ask {}", task(&job.task)),
        Effect::Warn(text) => format!("warn {text}"),
    }
}

fn task(task: &Task) -> String {
    match task {
        Task::Reply { post, text, .. } => format!("reply {post} {text}"),
        Task::Agree { version } => format!("agree {version:?}"),
        Task::Report { post, reason, .. } => format!("report {post} {reason}"),
    }
}

pub(super) fn ann() -> Who {
    Who {
        network: "net".to_owned(),
        remote: "account:ann".to_owned(),
        nick: "ann".to_owned(),
    }
}

/// Something that ann says, just now.
pub(super) fn heard(place: Place, text: &str) -> Heard {
    Heard {
        place,
        who: ann(),
        me: "space".to_owned(),
        text: text.to_owned(),
        is_action: false,
        remote_id: None,
        answers: None,
        at: at(5),
        is_timed: false,
        is_history: false,
        may_be_past: false,
        calls_someone: false,
        mark: None,
    }
}

pub(super) fn says(place: Place, text: &str) -> Input {
    Input::Heard(heard(place, text))
}

pub(super) fn private() -> Place {
    ann().place()
}

/// A room that knows post 101, with everything up.
pub(super) fn listening() -> Relay {
    let mut relay = relay();
    relay
        .step(Input::NetworkUp("net".to_owned()), at(1))
        .unwrap();
    relay.step(room_up(), at(1)).unwrap();
    let effects = relay
        .step(batch(vec![post(101, 1, 1, "one")]), at(2))
        .unwrap();
    deliver(&mut relay, effects, at(2));
    relay
}

pub(super) fn all_said(effects: &[Effect]) -> Vec<String> {
    effects.iter().map(said).collect()
}

/// Lets everything that was sent arrive, and what comes after it, and so on; returns all that was said.
pub(super) fn deliver(relay: &mut Relay, effects: Vec<Effect>, now: Timestamp) -> Vec<String> {
    let mut heard = Vec::new();
    let mut effects = effects;
    while !effects.is_empty() {
        let mut next = Vec::new();
        for effect in effects {
            heard.push(said(&effect));
            if let Effect::Send { op, place, .. } = effect {
                let confirmed = Input::Confirmed(Confirmed {
                    op,
                    place,
                    lines: 1,
                    remote_ids: vec![format!("m{}", op.0)],
                    mark: None,
                });
                next.extend(relay.step(confirmed, now).unwrap());
            }
        }
        effects = next;
    }
    heard
}
