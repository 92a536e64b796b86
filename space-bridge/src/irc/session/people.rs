// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who is in a room: people who are called by name there are not posts that are answered. Nothing of this is told to
//! anybody; people who come and go, even by hundreds when a network is torn apart, cost a word in a list each. Only of those
//! who spoke to the bridge in private lately the relay learns that they have gone, so that what is meant for them is not said
//! to whoever takes their name.

use std::time::Duration;

use tokio::time::Instant;

use super::{Out, Session};
use crate::irc::incoming::Incoming;
use crate::relay::{Input, Place, called};

/// How long it counts that somebody spoke in private: longer than anything confidential is said afterwards.
const CONFIDENCE: Duration = Duration::from_mins(15);
/// So many of them are known at most; with more the time alone protects them.
const CONFIDANTS: usize = 4096;

/// Somebody who spoke to the bridge in private.
#[derive(Debug)]
pub(super) struct Confidant {
    nick: String,
    at: Instant,
    has_left: bool,
}

impl Session {
    /// Somebody speaks in private.
    pub(super) fn confides(&mut self, nick: &str, now: Instant) {
        let is_lately = |known: &Confidant| now.saturating_duration_since(known.at) <= CONFIDENCE;
        self.confidants.retain(|_, known| is_lately(known));
        if self.confidants.len() < CONFIDANTS {
            let confidant = Confidant {
                nick: nick.to_owned(),
                at: now,
                has_left: false,
            };
            self.confidants.insert(self.server.fold(nick), confidant);
        }
    }

    /// Returns whether who spoke in private under a name has it no longer.
    pub(in crate::irc) fn has_left(&self, person: &Place) -> bool {
        let known = self.confidants.get(&self.server.fold(&person.name));
        person.is_person && known.is_some_and(|known| known.has_left)
    }

    /// Nobody has this name any more, or somebody else.
    fn leaves_name(&mut self, folded: &str, out: &mut Out) {
        if let Some(known) = self.confidants.get_mut(folded)
            && !std::mem::replace(&mut known.has_left, true)
        {
            let place = Place::person(&self.settings.name, &known.nick);
            out.relay(Input::PersonGone(place));
        }
    }

    /// The server lists who is in a room (RPL_NAMREPLY, RPL_ENDOFNAMES).
    pub(super) fn listed(&mut self, message: &Incoming) {
        let is_end = message.verb == "366";
        let folded = self.server.fold(message.arg(if is_end { 1 } else { 2 }));
        let names: Vec<String> = message
            .sentence()
            .split_ascii_whitespace()
            .map(|name| self.server.fold(self.server.without_rank(name)))
            .collect();
        let Some(channel) = self.channels.get_mut(&folded) else {
            return;
        };
        if is_end {
            channel.is_listed = true;
        } else {
            channel.people.extend(names);
        }
    }

    /// Somebody else has come into a room.
    pub(super) fn comes(&mut self, folded: &str, nick: &str) {
        let nick = self.server.fold(nick);
        if let Some(channel) = self.channels.get_mut(folded) {
            channel.people.insert(nick);
        }
    }

    /// Somebody else has left a room.
    pub(super) fn goes(&mut self, folded: &str, nick: &str) {
        let nick = self.server.fold(nick);
        if let Some(channel) = self.channels.get_mut(folded) {
            channel.people.remove(&nick);
        }
    }

    /// Somebody has left the network.
    pub(super) fn quits(&mut self, message: &Incoming, out: &mut Out) {
        let nick = self.server.fold(&message.nick);
        self.leaves_name(&nick, out);
        for channel in self.channels.values_mut() {
            channel.people.remove(&nick);
        }
    }

    /// Somebody is called something else now.
    pub(super) fn goes_by(&mut self, before: &str, now: &str, out: &mut Out) {
        let (before, now) = (self.server.fold(before), self.server.fold(now));
        self.leaves_name(&before, out);
        for channel in self.channels.values_mut() {
            if channel.people.remove(&before) {
                channel.people.insert(now.clone());
            }
        }
    }

    /// Returns whether a line may be meant for somebody in the room whom it names. Until the server has listed them, it may.
    pub(super) fn calls_someone(&self, folded: &str, text: &str) -> bool {
        let Some((name, _)) = called(text) else {
            return false;
        };
        self.channels.get(folded).is_none_or(|channel| {
            !channel.is_listed || channel.people.contains(&self.server.fold(name))
        })
    }
}
