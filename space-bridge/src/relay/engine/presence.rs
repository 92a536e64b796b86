// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Since when a room is not heard: what was said to the bridge while it was away is taken in where the network shows it,
//! and where it does not, the room is told so.

use std::collections::BTreeMap;
use std::time::Duration;

use space_core::Timestamp;

use super::{Engine, Outcome};
use crate::relay::input::{Past, RoomUp};
use crate::relay::operation::Absence;
use crate::relay::{Change, Lane, Outward, Place, Store, StoreError, Visitors};

/// How often it is written down that the bridge is still there.
const EACH: Duration = Duration::from_secs(10);

/// How it is with a room.
#[derive(Debug)]
pub(super) struct Presence {
    is_here: bool,
    /// Until when the bridge is known to have been there.
    until: Timestamp,
    /// Up to where the room was heard, in the words of its adapter.
    mark: Option<String>,
}

impl Presence {
    /// Reads what was written down.
    pub(super) fn all(store: &Store) -> Result<BTreeMap<Place, Self>, StoreError> {
        let rows = store.presences()?.into_iter().map(|(room, until, mark)| {
            let presence = Self {
                is_here: false,
                until,
                mark,
            };
            (room, presence)
        });
        Ok(rows.collect())
    }

    fn note(&self, room: &Place) -> Change {
        Change::Presence {
            room: room.clone(),
            until: self.until,
            mark: self.mark.clone(),
        }
    }
}

impl Engine {
    /// The bridge has come into a room. What was said there while it was away is known, or the room learns that it is not.
    pub(super) fn arrive(
        &mut self,
        store: &Store,
        up: &RoomUp,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        let presence = self.presences.entry(up.room.clone());
        let presence = presence.or_insert(Presence {
            is_here: true,
            until: now,
            mark: None,
        });
        let was_here = std::mem::replace(&mut presence.is_here, true);
        let since = std::mem::replace(&mut presence.until, now);
        if up.mark.is_some() {
            presence.mark.clone_from(&up.mark);
        }
        out.note(presence.note(&up.room));
        let is_lost = !was_here && up.past != Past::Whole;
        if !is_lost || now.since(since) <= self.settings.away_after {
            return Ok(());
        }
        let is_listened_to = self
            .settings
            .mirrors_of(&up.room)
            .any(|mirror| mirror.visitors == Visitors::Post);
        let Some(begun) = store.first_begun(&up.room)?.filter(|_| is_listened_to) else {
            return Ok(());
        };
        let mut absence = Absence {
            since: since.max(begun),
            until: now,
            is_partly_known: up.past == Past::Part,
        };
        // One that was not said yet is the same to whoever reads it.
        let earlier = self.take_back(&up.room, |what| matches!(what, Outward::Away(_)), out);
        if let Some(Outward::Away(earlier)) = earlier.map(|operation| operation.what) {
            absence.since = absence.since.min(earlier.since);
            absence.is_partly_known &= earlier.is_partly_known;
        }
        self.enqueue(
            &up.room,
            Lane::Answer,
            Outward::Away(absence),
            now,
            None,
            out,
        );
        Ok(())
    }

    /// The bridge is not in a room any more.
    pub(super) fn leave(&mut self, room: &Place, at: Timestamp, out: &mut Outcome) {
        if let Some(presence) = self.presences.get_mut(room)
            && std::mem::replace(&mut presence.is_here, false)
        {
            presence.until = at;
            out.note(presence.note(room));
        }
    }

    /// A network has gone: the bridge is in no room of it any more.
    pub(super) fn leave_all(&mut self, network: &str, at: Timestamp, out: &mut Outcome) {
        let rooms: Vec<Place> = self
            .presences
            .keys()
            .filter(|room| room.network == network)
            .cloned()
            .collect();
        for room in rooms {
            self.leave(&room, at, out);
        }
    }

    /// Notes up to where a room was heard.
    pub(super) fn heard_up_to(&mut self, room: &Place, mark: String) {
        if let Some(presence) = self.presences.get_mut(room) {
            presence.mark = Some(mark);
        }
    }

    /// Writes down now and then that the bridge is where it is.
    pub(super) fn still_there(&mut self, now: Timestamp, out: &mut Outcome) {
        let is_due = |presence: &Presence| presence.is_here && now.since(presence.until) >= EACH;
        if self.presences.values().any(is_due) {
            self.note_presences(now, out);
        }
    }

    /// Writes down that the bridge is where it is.
    pub(super) fn note_presences(&mut self, now: Timestamp, out: &mut Outcome) {
        for (room, presence) in &mut self.presences {
            if presence.is_here {
                presence.until = now;
                out.note(presence.note(room));
            }
        }
    }
}
