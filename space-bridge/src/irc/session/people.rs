// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who is in a room: people who are called by name there are not posts that are answered. Nothing of this is told to
//! anybody; people who come and go, even by hundreds when a network is torn apart, cost a word in a list each.

use super::Session;
use crate::irc::incoming::Incoming;
use crate::relay::called;

impl Session {
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
    pub(super) fn quits(&mut self, message: &Incoming) {
        let nick = self.server.fold(&message.nick);
        for channel in self.channels.values_mut() {
            channel.people.remove(&nick);
        }
    }

    /// Somebody is called something else now.
    pub(super) fn goes_by(&mut self, before: &str, now: &str) {
        let (before, now) = (self.server.fold(before), self.server.fold(now));
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
