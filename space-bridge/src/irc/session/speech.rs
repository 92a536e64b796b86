// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is said: by others, and what the server shows of the bridge's own words.

use space_core::Timestamp;
use tokio::time::Instant;

use super::mark::Mark;
use super::{Out, Session};
use crate::irc::incoming::Incoming;
use crate::irc::text::strip;
use crate::relay::{Heard, Input, Place, Who};

/// Bytes of what somebody said that are looked at.
const LONGEST: usize = 8 << 10;

impl Session {
    pub(super) fn speech(
        &mut self,
        message: &Incoming,
        now: Instant,
        clock: Timestamp,
        out: &mut Out,
    ) {
        if self.bouncer_says(message, now) {
            return;
        }
        let is_history = self.is_history(message, now);
        if self.is_me(&message.nick) {
            if is_history {
                self.recall(message);
            } else {
                self.echoed(message, out);
            }
            return;
        }
        if message.verb == "NOTICE" || message.host.is_empty() || self.is_program(message) {
            return;
        }
        if let Some(heard) = self.heard(message, is_history, clock) {
            if heard.place.is_person {
                self.confides(&heard.who.nick, now);
            }
            out.relay(Input::Heard(heard));
        }
    }

    fn recall(&mut self, message: &Incoming) {
        let folded = self.server.fold(message.arg(0));
        if let Some(channel) = self.channels.get_mut(&folded)
            && channel.recalled.len() < 1000
        {
            channel.recalled.push(message.arg(1).to_owned());
        }
    }

    /// Other bridges and bots are not listened to: two that listen to each other never end.
    fn is_program(&self, message: &Incoming) -> bool {
        let is_marked = ["draft/relaymsg", "bot", "draft/bot", "inspircd.org/bot"]
            .iter()
            .any(|tag| message.tags.contains_key(*tag));
        let mut ignored = self.settings.ignored.iter();
        is_marked || ignored.any(|nick| self.server.is_same(nick, &message.nick))
    }

    fn heard(&self, message: &Incoming, is_history: bool, clock: Timestamp) -> Option<Heard> {
        let (target, text) = (message.arg(0), message.arg(1));
        let folded = self.server.fold(target);
        let place = if self.server.is_channel(target) {
            let channel = self.channels.get(&folded)?;
            if is_history && self.was_heard(channel, message) {
                return None;
            }
            Place::room(&self.settings.name, &channel.room.name)
        } else if self.is_me(target) {
            Place::person(&self.settings.name, &message.nick)
        } else {
            return None;
        };
        let text = text
            .get(..text.floor_char_boundary(LONGEST))
            .unwrap_or(text);
        let (text, is_action) = match text.strip_prefix('\u{1}') {
            Some(asked) => {
                let action = asked.strip_prefix("ACTION ")?;
                (action.trim_end_matches('\u{1}'), true)
            }
            None => (text, false),
        };
        // An account is somebody; without one it is whoever has this nick at this address.
        let remote = match message.tag("account").filter(|account| *account != "*") {
            Some(account) => format!("account:{}", self.server.fold(account)),
            None => format!(
                "mask:{}!{}@{}",
                self.server.fold(&message.nick),
                message.user,
                message.host
            ),
        };
        let text = strip(text);
        let mark = self.mark_of(&folded);
        Some(Heard {
            calls_someone: !place.is_person && self.calls_someone(&folded, &text),
            mark: mark.map(Mark::write),
            place,
            who: Who {
                network: self.settings.name.clone(),
                remote,
                nick: message.nick.clone(),
            },
            me: self.nick.clone(),
            text,
            is_action,
            remote_id: message.tag("msgid").map(str::to_owned),
            answers: message
                .tag("+draft/reply")
                .or_else(|| message.tag("+reply"))
                .map(str::to_owned),
            at: message.time().unwrap_or(clock),
            is_timed: message.time().is_some(),
            is_history,
            may_be_past: self.may_be_past(message),
        })
    }
}
