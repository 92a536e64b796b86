// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What waits to be answered. Another thread listens, so that a newer question ends a search that is under way.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use space_core::client::replica::Interrupter;
use tokio::sync::mpsc;

use super::reader::Question;
use crate::app::message::{Query, Ticket};

/// Questions in the order in which they came, each made void by a later one of the same screen and kind.
#[derive(Default)]
pub(crate) struct Ears {
    state: Mutex<State>,
    came: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Question>,
    /// The search that is under way.
    running: Option<(Ticket, Query)>,
    /// A newer question has come in its place.
    is_void: bool,
    /// Nobody asks any more.
    is_over: bool,
}

impl Ears {
    fn lock(&self) -> MutexGuard<'_, State> {
        // The state is whole whenever the lock is free.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Listens until nobody asks any more.
    pub(crate) fn listen(
        &self,
        mut questions: mpsc::Receiver<Question>,
        interrupter: &Interrupter,
    ) {
        while let Some(question) = questions.blocking_recv() {
            self.hear(question, interrupter);
        }
        self.lock().is_over = true;
        self.came.notify_all();
    }

    /// Takes a question, and ends what it makes void.
    pub(crate) fn hear(&self, question: Question, interrupter: &Interrupter) {
        let mut state = self.lock();
        if let Question::Ask(ticket, query) = &question {
            let is_same = |other: &(Ticket, Query)| is_void(other, *ticket, query);
            if state.running.as_ref().is_some_and(is_same) {
                state.is_void = true;
                // The lock is held, so that the search is ended and nothing that comes after it.
                interrupter.interrupt();
            }
            state.waiting.retain(|waiting| match waiting {
                Question::Ask(other, asked) => {
                    !(other.screen == ticket.screen && is_alike(asked, query))
                }
                Question::AskAgain(..) | Question::Do(_) | Question::Keep(_) => true,
            });
        }
        state.waiting.push_back(question);
        self.came.notify_one();
    }

    /// Waits for the next question; nothing when there will be none. What stands beside the screen comes last.
    pub(crate) fn next(&self) -> Option<Question> {
        let mut state = self.lock();
        loop {
            let first = state.waiting.iter().position(|waiting| !is_beside(waiting));
            if let Some(question) = state.waiting.remove(first.unwrap_or(0)) {
                return Some(question);
            }
            if state.is_over {
                return None;
            }
            let woken = self.came.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Searches; returns nothing when a newer question came meanwhile. The search may ask whether one has come, and what
    /// it asks the replica is interrupted then.
    pub(crate) fn search<T>(
        &self,
        ticket: Ticket,
        query: &Query,
        search: impl FnOnce(&mut dyn FnMut() -> bool) -> T,
    ) -> Option<T> {
        {
            let mut state = self.lock();
            state.running = Some((ticket, query.clone()));
            state.is_void = false;
        }
        let found = search(&mut || self.lock().is_void);
        let mut state = self.lock();
        state.running = None;
        (!state.is_void).then_some(found)
    }
}

/// Says whether a question is about numbers and names around what is being read. Nothing hangs on when they come, but
/// that they come after what was written before.
fn is_beside(question: &Question) -> bool {
    matches!(question, Question::Ask(_, Query::Overview | Query::Places))
}

fn is_alike(one: &Query, other: &Query) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

fn is_void((of, running): &(Ticket, Query), ticket: Ticket, query: &Query) -> bool {
    of.screen == ticket.screen && is_alike(running, query)
}
