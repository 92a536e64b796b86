// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The relay: what every network needs, once.
//!
//! Rows of the feed become operations in rooms, and what people say in rooms becomes commands to the server. In between
//! stands the [`engine`], which is pure: it is given what happened and the time, and answers with [`Change`]s to be
//! written down and [`Effect`]s to be had afterwards. [`Relay`] does the first in one transaction of the [`store`]; the
//! program does the second. So whatever is sent was written down before, and the program may be killed between any two
//! steps.
//!
//! An adapter (`irc`) knows its network alone. It is told what to say as a [`Message`], which it words itself, and says
//! of each room what it can do there ([`Capabilities`]).

mod backlog;
mod command;
pub(crate) mod engine;
mod heard;
mod input;
mod job;
mod journal;
mod link;
mod loops;
mod message;
mod operation;
mod person;
mod place;
mod plan;
pub(crate) mod store;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use command::{Command, Reported, addressed_to, called, markdown};
pub(crate) use engine::{Effect, Engine, Settings};
pub(crate) use heard::{Heard, Who};
pub(crate) use input::{Confirmed, Input, Past, RoomUp};
pub(crate) use job::{Answer, Job, JobId, Task};
pub(crate) use journal::Journal;
pub(crate) use link::{Link, LinkState};
pub(crate) use message::{Message, PostMessage};
pub(crate) use operation::{Absence, Lane, OpId, Operation, Outward, Progress};
pub(crate) use person::{Pending, Person};
pub(crate) use place::{Capabilities, Edits, Mirror, Place, Visitors};
pub(crate) use store::{Change, Store, StoreError};

use space_core::Timestamp;

/// The engine and its memory: each step is written down before it has effects.
#[derive(Debug)]
pub(crate) struct Relay {
    engine: Engine,
    store: Store,
    /// What was decided and could not be written down.
    unwritten: Option<Unwritten>,
}

/// What follows from a step, as long as it is not written down.
#[derive(Debug)]
struct Unwritten {
    changes: Vec<Change>,
    effects: Vec<Effect>,
    is_lasting: bool,
    next: Stage,
    /// The engine was interrupted while it thought: what it has decided is not all here.
    is_torn: bool,
}

/// What the engine has to think of next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Settle,
    Dispatch,
    Nothing,
}

impl Relay {
    /// Takes up the work where it was left; `sent` is what the journal holds.
    pub(crate) fn resume(
        settings: Settings,
        store: Store,
        sent: Vec<(OpId, Progress)>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        // What was sent and not written down any more; an operation that is done is not there to be changed.
        let sent: Vec<_> = sent
            .into_iter()
            .map(|(op, progress)| Change::Progress(op, Some(progress)))
            .collect();
        store.commit(&sent)?;
        let mut relay = Self {
            engine: Engine::resume(settings, &store)?,
            store,
            unwritten: None,
        };
        let begun = relay.engine.begin(&relay.store, now)?;
        relay.store.commit(&begun)?;
        Ok(relay)
    }

    /// Takes in what happened, writes down what follows from it, and returns what is to be done.
    ///
    /// When it cannot be written for a time, as on a full disk, nothing is lost: [`Relay::is_blocked`] then, and
    /// [`Relay::retry`] goes on. Before it has, there is no other step.
    pub(crate) fn step(&mut self, input: Input, now: Timestamp) -> Result<Vec<Effect>, StoreError> {
        debug_assert!(self.unwritten.is_none(), "a step comes after the last one");
        // Everything is read to the end of what there is.
        let settles = matches!(&input, Input::Batch(batch) if !batch.more);
        // That something was said may be forgotten in a power cut, and is said again then; what is to be said may not.
        let is_lasting = !matches!(input, Input::Sent { .. } | Input::Confirmed(_));
        let absorbed = self.engine.absorb(&self.store, input, now)?;
        self.unwritten = Some(Unwritten {
            changes: absorbed.changes,
            effects: absorbed.effects,
            is_lasting,
            next: if settles {
                Stage::Settle
            } else {
                Stage::Dispatch
            },
            is_torn: false,
        });
        self.retry(now)
    }

    /// Returns whether what was decided last is not written down yet.
    pub(crate) fn is_blocked(&self) -> bool {
        self.unwritten.is_some()
    }

    /// Writes down what could not be written, and returns what is to be done.
    pub(crate) fn retry(&mut self, now: Timestamp) -> Result<Vec<Effect>, StoreError> {
        let Some(mut unwritten) = self.unwritten.take() else {
            return Ok(Vec::new());
        };
        match self.write(&mut unwritten, now) {
            Ok(()) => Ok(unwritten.effects),
            Err(error) => {
                if error.may_pass() && !unwritten.is_torn {
                    self.unwritten = Some(unwritten);
                }
                Err(error)
            }
        }
    }

    fn write(&mut self, unwritten: &mut Unwritten, now: Timestamp) -> Result<(), StoreError> {
        let Self { engine, store, .. } = self;
        store.set_lasting(unwritten.is_lasting)?;
        let transaction = store.begin()?;
        store.apply(&unwritten.changes)?;
        if unwritten.next == Stage::Settle {
            unwritten.is_torn = true;
            let settled = engine.settle(store, now)?;
            (unwritten.is_torn, unwritten.next) = (false, Stage::Dispatch);
            let from = unwritten.changes.len();
            unwritten.changes.extend(settled);
            store.apply(&unwritten.changes[from..])?;
        }
        if unwritten.next == Stage::Dispatch {
            unwritten.is_torn = true;
            let dispatched = engine.dispatch(store, now)?;
            (unwritten.is_torn, unwritten.next) = (false, Stage::Nothing);
            let from = unwritten.changes.len();
            unwritten.changes.extend(dispatched.changes);
            unwritten.effects.extend(dispatched.effects);
            store.apply(&unwritten.changes[from..])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Returns what was written down.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Begins nothing new from now on: what is on its way can arrive.
    pub(crate) fn drain(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let changes = self.engine.drain(now);
        self.store.commit(&changes)
    }

    /// Returns whether anything is on its way or being asked.
    pub(crate) fn is_busy(&self) -> bool {
        self.engine.is_busy()
    }
}
