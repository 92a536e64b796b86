// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Kills between any two steps: every post is told exactly once, in order.

use std::collections::VecDeque;

use proptest::prelude::*;

use super::*;

/// What can happen in between.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// The server has another post.
    Post,
    /// The feed brings everything that is new.
    Feed,
    /// The network takes the next line that waits for it.
    Line,
    /// The network confirms the oldest line.
    Confirm,
    /// The bridge is killed and started again.
    Kill,
    /// The network goes and comes back. It lost what it had not confirmed, or it did not; it shows which.
    Break { keeps: bool },
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => Just(Event::Post),
        3 => Just(Event::Feed),
        4 => Just(Event::Line),
        4 => Just(Event::Confirm),
        1 => Just(Event::Kill),
        1 => any::<bool>().prop_map(|keeps| Event::Break { keeps }),
    ]
}

/// A world of one server, one bridge and one room.
struct World {
    relay: Option<Relay>,
    /// Posts that the server has and the bridge has not read.
    unread: Vec<i64>,
    newest: i64,
    /// What the bridge wants said and the connection has not taken.
    wanted: VecDeque<Effect>,
    /// What is on its way: the operation, its place, and how many lines of it.
    on_the_way: VecDeque<(OpId, usize)>,
    /// What everyone in the room has read.
    room: Vec<String>,
    now: i64,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            relay: Some(relay()),
            unread: Vec::new(),
            newest: 100,
            wanted: VecDeque::new(),
            on_the_way: VecDeque::new(),
            room: Vec::new(),
            now: 1,
        };
        world.step(room_up());
        world
    }

    fn step(&mut self, input: Input) {
        self.now += 1;
        let relay = self.relay.as_mut().unwrap();
        let effects = relay.step(input, at(self.now)).unwrap();
        let sends = effects
            .into_iter()
            .filter(|effect| matches!(effect, Effect::Send { .. }));
        self.wanted.extend(sends);
    }

    /// Two lines for each post.
    fn lines(id: PostId) -> Vec<String> {
        vec![format!("{id}.1"), format!("{id}.2")]
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Post => {
                self.newest += 1;
                self.unread.push(self.newest);
            }
            Event::Feed => {
                let rows = self.unread.drain(..).rev();
                let rows = rows.map(|id| post(id, 1, 1, "x")).collect();
                self.step(batch(rows));
            }
            Event::Line => {
                let Some(Effect::Send {
                    op,
                    message,
                    progress,
                    ..
                }) = self.wanted.front()
                else {
                    return;
                };
                let (op, progress) = (*op, progress.clone());
                let Message::Post(told) = message else {
                    panic!("{message:?}")
                };
                let mut progress = progress.unwrap_or_else(|| Progress {
                    lines: Self::lines(told.id),
                    sent: 0,
                });
                self.room.push(progress.lines[progress.sent].clone());
                progress.sent += 1;
                self.on_the_way.push_back((op, progress.sent));
                if progress.is_complete() {
                    self.wanted.pop_front();
                } else if let Some(Effect::Send { progress: rest, .. }) = self.wanted.front_mut() {
                    *rest = Some(progress.clone());
                }
                self.step(Input::Sent {
                    op,
                    place: room(),
                    progress,
                });
            }
            Event::Confirm => {
                if let Some((op, lines)) = self.on_the_way.pop_front() {
                    self.step(Input::Confirmed(Confirmed {
                        op,
                        place: room(),
                        lines,
                        remote_ids: Vec::new(),
                        mark: None,
                    }));
                }
            }
            Event::Kill => {
                let relay = self.relay.take().unwrap();
                self.wanted.clear();
                self.on_the_way.clear();
                self.relay = Some(relay.killed(at(self.now)));
                self.step(room_up_after(Past::Whole, &[]));
            }
            Event::Break { keeps } => {
                if !keeps {
                    let lost = self.on_the_way.len();
                    self.room.truncate(self.room.len() - lost);
                }
                self.wanted.clear();
                self.on_the_way.clear();
                self.step(network_down());
                self.step(room_up_after(Past::Whole, &self.room.clone()));
            }
        }
    }

    fn settle(&mut self) {
        self.happens(Event::Feed);
        while !(self.wanted.is_empty() && self.on_the_way.is_empty()) {
            self.happens(Event::Line);
            self.happens(Event::Confirm);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_post_is_told_exactly_once_and_in_order(events in prop::collection::vec(event(), 1..80)) {
        let mut world = World::new();
        for event in events {
            world.happens(event);
        }
        world.settle();
        let want: Vec<String> = (101..=world.newest).flat_map(|id| World::lines(post_id(id))).collect();
        prop_assert_eq!(world.room, want);
    }
}
