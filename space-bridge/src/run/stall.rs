// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! When the memory cannot be written, because the disk is full or refuses: the bridge stays where it is, and waits.
//!
//! What was decided and could not be written is written as soon as there is room, and only then done. What people say
//! meanwhile is kept here, in order; the feed is not read, since it can be read later. When more is kept than fits, networks
//! are not listened to any more either. A memory that can be written again goes on as if nothing had been.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::time::Duration;

use space_core::Timestamp;
use tracing::{error, info, warn};

use super::Daemon;
use crate::failure::Failure;
use crate::relay::store::{Condition, Sign};
use crate::relay::{Effect, Input, OpId, Place, Progress, StoreError};

/// So much is kept at most.
const MOST: usize = 10_000;
/// The words of what is kept, in bytes.
const MOST_BYTES: usize = 16 << 20;
/// How often a sign of life is left.
const SIGN: Duration = Duration::from_secs(5);

/// What waits until the memory can be written.
#[derive(Debug, Default)]
pub(super) struct Stall {
    /// Why it cannot be written now.
    trouble: Option<String>,
    held: VecDeque<(Input, Timestamp)>,
    held_bytes: usize,
    /// Whether what could not be written first is something that was said.
    pub(super) stops_at_words: bool,
    /// How it is with networks and rooms.
    conditions: BTreeMap<(String, String), (Condition, String, Timestamp)>,
    /// What the journal is to be told.
    landed: Vec<(OpId, Progress)>,
    signed_at: Timestamp,
}

impl Stall {
    pub(super) fn is_full(&self) -> bool {
        self.held.len() >= MOST || self.held_bytes >= MOST_BYTES
    }

    fn hold(&mut self, input: Input, now: Timestamp) {
        // The next one comes by itself.
        if matches!(input, Input::Tick) {
            return;
        }
        if let Input::Heard(heard) = &input {
            self.held_bytes += heard.text.len();
        }
        self.held.push_back((input, now));
    }

    /// Returns how many things that people said are kept.
    fn said(&self) -> usize {
        let is_said = |(input, _): &&(Input, Timestamp)| matches!(input, Input::Heard(_));
        self.held.iter().filter(is_said).count() + usize::from(self.stops_at_words)
    }
}

impl Daemon {
    /// Returns whether the memory cannot be written.
    pub(super) fn is_stalled(&self) -> bool {
        self.relay.is_blocked()
    }

    /// Takes something in, now or when the memory can be written.
    pub(super) fn take_in(&mut self, input: Input) -> Result<(), Failure> {
        let now = self.clock.now();
        if self.is_stalled() {
            self.stall.hold(input, now);
            return Ok(());
        }
        self.step(input, now)
    }

    /// Says why the memory cannot be written; or fails, when that is not for a time.
    pub(super) fn stalls(&mut self, error: StoreError) -> Result<(), Failure> {
        if !self.is_stalled() {
            return Err(error.into());
        }
        let trouble = error.sentence(&self.state);
        if self.stall.trouble.as_ref() != Some(&trouble) {
            error!("{trouble}; waiting, and keeping what people in rooms say");
            self.stall.trouble = Some(trouble);
            self.sign(false);
        }
        Ok(())
    }

    /// Tries to write what could not be written, and goes on with what was kept.
    pub(super) fn try_again(&mut self) -> Result<(), Failure> {
        if self.is_stalled() {
            self.relay.store().make_room();
            let effects = match self.relay.retry(self.clock.now()) {
                Ok(effects) => effects,
                Err(error) => return self.stalls(error),
            };
            let effects = self.still_wanted(effects);
            self.perform_all(effects)?;
        }
        while !self.is_stalled()
            && let Some((input, at)) = self.stall.held.pop_front()
        {
            if let Input::Heard(heard) = &input {
                self.stall.held_bytes -= heard.text.len().min(self.stall.held_bytes);
            }
            self.step(input, at)?;
        }
        if self.is_stalled() {
            return Ok(());
        }
        if self.stall.trouble.take().is_some() {
            info!("the memory can be written again; going on");
            self.sign(false);
        }
        for ((network, room), (condition, detail, _)) in std::mem::take(&mut self.stall.conditions)
        {
            self.note(&network, &room, condition, &detail)?;
        }
        Ok(())
    }

    /// What was to be said on a connection that has gone meanwhile is not said on the next one: the relay takes it back as
    /// soon as it learns of that, and says it again.
    pub(super) fn still_wanted(&self, effects: Vec<Effect>) -> Vec<Effect> {
        if self.stall.held.is_empty() {
            return effects;
        }
        let mut networks: BTreeSet<&str> = BTreeSet::new();
        let mut rooms: BTreeSet<&Place> = BTreeSet::new();
        for (input, _) in &self.stall.held {
            match input {
                Input::NetworkDown { network, .. } => {
                    networks.insert(network);
                }
                Input::RoomDown(room) => {
                    rooms.insert(room);
                }
                _ => {}
            }
        }
        let is_gone = |effect: &Effect| match effect {
            Effect::Send { place, .. } => {
                networks.contains(place.network.as_str()) || rooms.contains(place)
            }
            _ => false,
        };
        effects
            .into_iter()
            .filter(|effect| !is_gone(effect))
            .collect()
    }

    /// Keeps how it is with something until it can be noted.
    pub(super) fn keep_condition(
        &mut self,
        network: &str,
        room: &str,
        condition: Condition,
        detail: &str,
    ) {
        self.stall.conditions.insert(
            (network.to_owned(), room.to_owned()),
            (condition, detail.to_owned(), self.clock.now()),
        );
    }

    /// Notes that an operation came no further than this, whatever was noted of it.
    pub(super) fn note_landed(&mut self, op: OpId, progress: Progress) {
        self.stall.landed.push((op, progress));
        self.settle_journal();
    }

    /// Writes into the journal what could not be written yet. When nothing is on its way it is forgotten: all of it is in the
    /// memory.
    pub(super) fn settle_journal(&mut self) {
        while let Some((op, progress)) = self.stall.landed.first() {
            if let Err(error) = self.journal.note(*op, progress) {
                warn!("cannot note what was not sent: {error}");
                return;
            }
            self.stall.landed.remove(0);
        }
    }

    /// Leaves a sign of life now and then.
    pub(super) fn sign_if_due(&mut self) {
        let now = self.clock.now();
        let last = self.stall.signed_at;
        if now < last || now.since(last) >= SIGN {
            self.sign(false);
        }
    }

    /// Leaves a sign of life.
    pub(super) fn sign(&mut self, has_stopped: bool) {
        let now = self.clock.now();
        self.stall.signed_at = now;
        let sign = Sign {
            pid: std::process::id(),
            started_ms: self.started.millis(),
            alive_ms: now.millis(),
            has_stopped,
            trouble: self.stall.trouble.clone(),
        };
        if let Err(error) = self.relay.store().sign(&sign) {
            warn!("cannot leave a sign of life: {error}");
        }
    }

    /// The program ends. What could not be written is lost, and that is said.
    pub(super) fn give_up(&mut self) -> Result<(), Failure> {
        self.try_again()?;
        let Some(trouble) = &self.stall.trouble else {
            return Ok(());
        };
        let why = match self.stall.said() {
            0 => trouble.clone(),
            said => format!("{trouble}; {said} messages of people in rooms could not be kept"),
        };
        Err(Failure::from(anyhow::anyhow!(why))
            .hint("make room there; the next start goes on from what was written last"))
    }
}

/// Says what is wrong when the bridge cannot even begin for want of room.
pub(super) fn full_disk(error: StoreError, state: &Path) -> Failure {
    let is_for_want_of_room = match &error {
        StoreError::File { source, .. } => source.kind() == std::io::ErrorKind::StorageFull,
        other => other.may_pass(),
    };
    if !is_for_want_of_room {
        return error.into();
    }
    Failure::from(anyhow::anyhow!(error.sentence(state)))
        .hint("make room there, and start the bridge again: it goes on where it stopped")
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        error!("{error}");
        let hint = match &error {
            StoreError::Taken { .. } => Some("stop it, or name another file with `state`"),
            StoreError::OtherServer { .. } => {
                Some("name another file with `state`, or the server that it belongs to")
            }
            _ => None,
        };
        let failure = Self::from(anyhow::Error::from(error));
        match hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}
