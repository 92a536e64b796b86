// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The state machine of the relay. It does nothing: it is told what happened and what time it is, and answers what is to be
//! written down and what is to be done. What it may read of the memory it is handed.
//!
//! In every place operations go one at a time, the urgent ones first and else in the order in which they were decided.
//! An operation is over when the network has shown that the place has it. When the connection breaks before that, what
//! is not certain is said again, unless the network shows on coming back that it is there already. When the program
//! itself is killed, what it had handed to its operating system is on its way and is not said again.

mod confidence;
mod inward;
mod outward;
mod presence;
mod refusal;
mod reply;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use space_core::{PostId, Timestamp};

use super::loops::Loops;
use super::person::PATIENCE;
use super::{
    Capabilities, Change, Input, Job, JobId, Lane, Message, Mirror, OpId, Operation, Outward,
    Place, Progress, Store, StoreError,
};
use presence::Presence;

/// What the engine goes by.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// What is mirrored where.
    pub(crate) mirrors: Vec<Mirror>,
    /// Where the public pages are, without a slash at the end.
    pub(crate) public_url: String,
    /// Posts older than this that still wait are a backlog.
    pub(crate) backlog_age: Duration,
    /// A backlog of more posts than this becomes one line.
    pub(crate) backlog_posts: usize,
    /// A room is told of an absence that was longer than this, when what was said meanwhile is lost.
    pub(crate) away_after: Duration,
}

impl Settings {
    /// Returns the page of a post.
    pub(crate) fn page(&self, post: PostId) -> String {
        format!("{}/p/{post}", self.public_url)
    }

    /// Returns the page of the code of conduct.
    pub(crate) fn code(&self) -> String {
        format!("{}/code", self.public_url)
    }

    /// Returns the mirrors of a room.
    pub(super) fn mirrors_of<'a, 'r>(
        &'a self,
        room: &'r Place,
    ) -> impl Iterator<Item = &'a Mirror> + use<'a, 'r> {
        self.mirrors
            .iter()
            .filter(move |mirror| mirror.room == *room)
    }
}

/// Something to be done, now that it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all effects are the large one, and few are there at a time"
)]
pub(crate) enum Effect {
    /// Say something.
    Send {
        /// By which number it is confirmed.
        op: OpId,
        /// Where.
        place: Place,
        /// How urgent.
        lane: Lane,
        /// What.
        message: Message,
        /// The lines that it was worded in before, and how many of them are there.
        progress: Option<Progress>,
    },
    /// Remember that an operation came no further than this, whatever was noted of it.
    Landed(OpId, Progress),
    /// Ask the server.
    Ask(Box<Job>),
    /// Tell whoever runs the bridge.
    Warn(String),
}

/// What follows from something.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) changes: Vec<Change>,
    pub(super) effects: Vec<Effect>,
}

impl Outcome {
    pub(super) fn note(&mut self, change: Change) {
        self.changes.push(change);
    }
}

/// A place, and what waits to be said there.
#[derive(Debug, Default)]
struct Queue {
    is_up: bool,
    capabilities: Capabilities,
    waiting: BTreeMap<(Lane, OpId), Operation>,
    in_flight: Option<Flight>,
}

/// An operation on its way.
#[derive(Debug)]
struct Flight {
    operation: Operation,
    confirmed: usize,
    remote_ids: Vec<String>,
}

/// A job, and how it is with it.
#[derive(Debug)]
struct Open {
    job: Job,
    is_asked: bool,
    /// Whether the server may have done it although there is no answer.
    is_unsure: bool,
    /// Whether whoever asked may have left since: another may have their name now.
    has_left: bool,
}

/// The state machine.
#[derive(Debug)]
pub(crate) struct Engine {
    settings: Settings,
    /// Of which the keys of jobs are made.
    memory_id: String,
    next_id: i64,
    has_drawn: bool,
    queues: BTreeMap<Place, Queue>,
    networks: BTreeSet<String>,
    jobs: BTreeMap<(Lane, JobId), Open>,
    loops: Loops,
    presences: BTreeMap<Place, Presence>,
    /// Whether nothing new is begun any more.
    is_draining: bool,
    forgot_at: Timestamp,
}

/// How long messages are remembered by the names their networks give them.
const MEMORY: Duration = Duration::from_hours(24 * 7);

impl Engine {
    /// Takes up what was not finished.
    pub(super) fn resume(settings: Settings, store: &Store) -> Result<Self, StoreError> {
        let mut engine = Self {
            settings,
            memory_id: store.id()?,
            next_id: store.next_id()?,
            has_drawn: false,
            queues: BTreeMap::new(),
            networks: BTreeSet::new(),
            jobs: BTreeMap::new(),
            loops: Loops::default(),
            presences: Presence::all(store)?,
            is_draining: false,
            forgot_at: Timestamp::default(),
        };
        for operation in store.operations()? {
            engine.put(operation);
        }
        for job in store.jobs()? {
            let open = Open {
                job,
                is_asked: false,
                is_unsure: true,
                has_left: true,
            };
            engine.jobs.insert((open.job.lane(), open.job.id), open);
        }
        Ok(engine)
    }

    /// Settles what needs no network: operations that were handed over whole before the program ended are done.
    pub(super) fn begin(
        &mut self,
        store: &Store,
        now: Timestamp,
    ) -> Result<Vec<Change>, StoreError> {
        let mut out = Outcome::default();
        let whole = |operation: &Operation| {
            let progress = operation.progress.as_ref();
            progress.is_some_and(Progress::is_complete)
        };
        let mut done = Vec::new();
        for queue in self.queues.values_mut() {
            let keys: Vec<_> = queue
                .waiting
                .iter()
                .filter(|(_, operation)| whole(operation))
                .map(|(key, _)| *key)
                .collect();
            done.extend(keys.iter().filter_map(|key| queue.waiting.remove(key)));
        }
        for operation in done {
            Self::over(store, &operation, Vec::new(), now, &mut out)?;
        }
        // Who comes and goes is not known from before.
        self.drop_confidences(|_| true, &mut out);
        // Rooms that are not mirrored any more will never be there.
        let Self {
            queues, settings, ..
        } = self;
        queues.retain(|place, queue| {
            let is_known = place.is_person || settings.mirrors_of(place).next().is_some();
            if !is_known {
                let ids = queue.waiting.values().map(|operation| operation.id);
                out.changes.extend(ids.map(Change::OperationDone));
            }
            is_known
        });
        Ok(out.changes)
    }

    /// Takes in what happened. What it says to write down has to be applied before [`Engine::dispatch`].
    pub(super) fn absorb(
        &mut self,
        store: &Store,
        input: Input,
        now: Timestamp,
    ) -> Result<Outcome, StoreError> {
        let mut out = Outcome::default();
        match input {
            Input::Batch(batch) => {
                out.changes.extend(batch.rows.into_iter().map(Change::Row));
                out.note(Change::Cursor(Some(batch.cursor)));
            }
            Input::Granted(rows) => out.changes.extend(rows.into_iter().map(Change::Row)),
            Input::CursorGone => out.note(Change::Cursor(None)),
            Input::Begun {
                room,
                category,
                last_post,
            } => out.note(Change::Begun {
                room,
                category,
                last_post,
                at: now,
            }),
            Input::NetworkUp(network) => {
                self.networks.insert(network);
            }
            Input::NetworkDown { network, silent } => {
                self.leave_all(&network, now.minus(silent), &mut out);
                self.network_down(&network, &mut out);
                self.drop_confidences(|place| place.network == network, &mut out);
            }
            Input::RoomUp(up) => {
                self.arrive(store, &up, now, &mut out)?;
                self.room_up(store, up, now, &mut out)?;
            }
            Input::RoomDown(room) => {
                self.leave(&room, now, &mut out);
                self.room_down(&room, &mut out);
            }
            Input::Sent {
                op,
                place,
                progress,
            } => self.sent(op, &place, progress, &mut out),
            Input::Confirmed(confirmed) => self.confirmed(store, confirmed, now, &mut out)?,
            Input::Unsaid { op, place } => self.unsaid(store, op, &place, &mut out)?,
            Input::PersonGone(person) => self.drop_confidences(|place| *place == person, &mut out),
            Input::Refused { op, place } => self.refused(store, op, &place, now, &mut out)?,
            Input::Heard(heard) => self.heard(store, &heard, now, &mut out)?,
            Input::Answered(job, answer) => self.answered(store, job, answer, now, &mut out)?,
            Input::Tick => self.tick(now, &mut out),
        }
        self.note_numbers(&mut out);
        Ok(out)
    }

    /// Looks at the posts that were laid aside, once everything up to now was read and applied.
    pub(super) fn settle(
        &mut self,
        store: &Store,
        now: Timestamp,
    ) -> Result<Vec<Change>, StoreError> {
        let mut out = Outcome::default();
        self.plan(store, now, &mut out)?;
        self.note_numbers(&mut out);
        Ok(out.changes)
    }

    /// Hands out what can go, once everything that was said before is applied.
    pub(super) fn dispatch(
        &mut self,
        store: &Store,
        now: Timestamp,
    ) -> Result<Outcome, StoreError> {
        let mut out = Outcome::default();
        if self.is_draining {
            return Ok(out);
        }
        self.hand_out(store, now, &mut out)?;
        self.ask(now, &mut out);
        self.note_numbers(&mut out);
        Ok(out)
    }

    /// Begins nothing new from now on. Says up to when everything was heard.
    pub(super) fn drain(&mut self, now: Timestamp) -> Vec<Change> {
        self.is_draining = true;
        let mut out = Outcome::default();
        self.note_presences(now, &mut out);
        out.changes
    }

    /// Returns whether anything is on its way or being asked.
    pub(crate) fn is_busy(&self) -> bool {
        self.jobs.values().any(|open| open.is_asked)
            || self.queues.values().any(|queue| queue.in_flight.is_some())
    }

    fn note_numbers(&mut self, out: &mut Outcome) {
        if std::mem::take(&mut self.has_drawn) {
            out.note(Change::NextId(self.next_id));
        }
    }

    fn draw(&mut self) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        self.has_drawn = true;
        id
    }

    fn put(&mut self, operation: Operation) {
        let queue = self.queues.entry(operation.place.clone()).or_default();
        queue
            .waiting
            .insert((operation.lane, operation.id), operation);
    }

    /// Decides an operation.
    pub(super) fn enqueue(
        &mut self,
        place: &Place,
        lane: Lane,
        what: Outward,
        now: Timestamp,
        lasts: Option<Duration>,
        out: &mut Outcome,
    ) {
        let operation = Operation {
            id: OpId(self.draw()),
            place: place.clone(),
            lane,
            what,
            progress: None,
            created_at: now,
            expires_at: lasts.map(|lasts| now.plus(lasts)),
            tries: 0,
        };
        out.note(Change::Operation(operation.clone()));
        self.put(operation);
    }

    /// Takes an operation back that nothing was said of yet. Returns whether there was one.
    pub(super) fn take_back(
        &mut self,
        place: &Place,
        is_it: impl Fn(&Outward) -> bool,
        out: &mut Outcome,
    ) -> Option<Operation> {
        let queue = self.queues.get_mut(place)?;
        let key = queue
            .waiting
            .iter()
            .find(|(_, operation)| operation.progress.is_none() && is_it(&operation.what))
            .map(|(key, _)| *key)?;
        let operation = queue.waiting.remove(&key)?;
        out.note(Change::OperationDone(operation.id));
        Some(operation)
    }

    /// Returns whether the telling of a post waits, and nothing was said of it yet.
    pub(super) fn will_tell(&self, room: &Place, post: PostId) -> bool {
        self.queues.get(room).is_some_and(|queue| {
            let mut waiting = queue.waiting.values();
            waiting.any(|op| op.progress.is_none() && op.tells() == Some(post))
        })
    }

    fn tick(&mut self, now: Timestamp, out: &mut Outcome) {
        self.still_there(now, out);
        if now.since(self.forgot_at) > Duration::from_hours(1) {
            self.forgot_at = now;
            out.note(Change::Forget {
                before: now.minus(MEMORY),
            });
            out.note(Change::ForgetPending {
                before: now.minus(PATIENCE),
            });
        }
        for queue in self.queues.values_mut() {
            queue.waiting.retain(|_, operation| {
                let is_late = operation.expires_at.is_some_and(|at| at < now);
                if is_late {
                    out.note(Change::OperationDone(operation.id));
                }
                !is_late
            });
        }
        self.queues.retain(|place, queue| {
            !place.is_person || queue.in_flight.is_some() || !queue.waiting.is_empty()
        });
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }
}
