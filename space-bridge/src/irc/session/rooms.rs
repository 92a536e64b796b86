// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Being in rooms: joining, being thrown out, coming back.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use space_core::Timestamp;
use tokio::time::Instant;

use super::fences::Meaning;
use super::mark::Mark;
use super::past::Shown;
use super::{Event, Out, Session};
use crate::irc::incoming::Incoming;
use crate::irc::settings::Room;
use crate::relay::{Capabilities, Input, Past, Place, RoomUp};

/// How long the first new try waits; each further one twice as long.
const RETRY_FIRST: Duration = Duration::from_secs(30);
/// How long tries wait at most.
const RETRY_MOST: Duration = Duration::from_hours(1);
/// After so long without an answer a JOIN is sent again.
const PATIENCE: Duration = Duration::from_secs(30);
/// After so long in a room the first new try waits as long as ever.
const SETTLED: Duration = Duration::from_mins(30);

/// A room.
#[derive(Debug)]
pub(super) struct Channel {
    pub(super) room: Room,
    state: State,
    tries: u32,
    /// Our own lines that the server shows to be there.
    pub(super) recalled: Vec<String>,
    /// What the server has shown of the past since the bridge came in.
    pub(super) shown: Shown,
    /// Who is there, by folded name.
    pub(super) people: BTreeSet<String>,
    /// Whether all of them were listed.
    pub(super) is_listed: bool,
    /// Since when the bridge is there.
    since: Option<Instant>,
    /// When it came in last, by the server's clock where that is known.
    pub(super) came: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not there; at this moment it is tried (again).
    Out(Instant),
    /// Asked for; at this moment it is asked for again.
    Joining(Instant),
    /// There, but the server has not shown yet what was said before.
    Entering,
    /// There.
    In,
    /// There, but not allowed to speak until this moment.
    Mute(Instant),
}

impl Channel {
    pub(super) fn is_in(&self) -> bool {
        self.state == State::In
    }

    /// Returns whether everything that is said there arrives, and what was said before has.
    pub(super) fn hears(&self) -> bool {
        matches!(self.state, State::In | State::Mute(_))
    }

    pub(super) fn due(&self) -> Option<Instant> {
        match self.state {
            State::Out(at) | State::Joining(at) | State::Mute(at) => Some(at),
            State::Entering | State::In => None,
        }
    }

    fn retry_at(&mut self, now: Instant) -> Instant {
        let since = self.since.take();
        if since.is_some_and(|since| now.saturating_duration_since(since) >= SETTLED) {
            self.tries = 0;
        }
        let wait = RETRY_FIRST
            .saturating_mul(2_u32.saturating_pow(self.tries))
            .min(RETRY_MOST);
        self.tries = self.tries.saturating_add(1);
        now + wait
    }
}

impl Session {
    pub(super) fn enter_rooms(&mut self, now: Instant, out: &mut Out) {
        for room in self.settings.rooms.clone() {
            let channel = Channel {
                room,
                state: State::Out(now),
                tries: 0,
                recalled: Vec::new(),
                shown: Shown::default(),
                people: BTreeSet::new(),
                is_listed: false,
                since: None,
                came: None,
            };
            self.channels
                .insert(self.server.fold(&channel.room.name), channel);
        }
        self.join_due(now, out);
    }

    pub(super) fn join_due(&mut self, now: Instant, out: &mut Out) {
        let mut spoken = Vec::new();
        for (folded, channel) in &mut self.channels {
            if channel.due().is_none_or(|at| at > now) {
                continue;
            }
            if matches!(channel.state, State::Mute(_)) {
                spoken.push(folded.clone());
                continue;
            }
            channel.state = State::Joining(now + PATIENCE);
            channel.recalled.clear();
            match &channel.room.key {
                Some(key) => out.line(format!("JOIN {} {}", channel.room.name, key.0)),
                None => out.line(format!("JOIN {}", channel.room.name)),
            }
        }
        for folded in spoken {
            // It heard everything, and only could not speak.
            self.is_there(&folded, Past::Whole, now, out);
        }
    }

    /// Somebody, perhaps the bridge, comes into a room or leaves it.
    pub(super) fn comes_or_goes(
        &mut self,
        message: &Incoming,
        now: Instant,
        clock: Timestamp,
        out: &mut Out,
    ) {
        let folded = self.server.fold(message.arg(0));
        let is_me = match message.verb.as_str() {
            "KICK" => self.is_me(message.arg(1)),
            _ => self.is_me(&message.nick),
        };
        if !is_me {
            match message.verb.as_str() {
                "JOIN" => self.comes(&folded, &message.nick),
                "KICK" => self.goes(&folded, message.arg(1)),
                _ => self.goes(&folded, &message.nick),
            }
            return;
        }
        if message.verb == "JOIN" {
            if !message.host.is_empty() {
                self.mask = Some(format!("{}@{}", message.user, message.host));
            }
            let Some(channel) = self.channels.get_mut(&folded) else {
                return;
            };
            channel.state = State::Entering;
            channel.came = Some(message.time().unwrap_or(clock));
            channel.people.clear();
            channel.is_listed = false;
            self.ask_for_past(&folded, out);
            // A server answers in order: when this is answered, what it shows of the past is there.
            self.fence(Meaning::Entered(folded), out);
            return;
        }
        let why = match message.verb.as_str() {
            "KICK" => format!(
                "{} threw the bridge out: {}",
                message.nick,
                message.sentence()
            ),
            _ => "the bridge is not in it any more".to_owned(),
        };
        self.is_out(&folded, why, now, out);
    }

    /// The server has shown what was said before.
    pub(super) fn entered(&mut self, folded: &str, now: Instant, out: &mut Out) {
        if self
            .channels
            .get(folded)
            .is_none_or(|channel| channel.state != State::Entering)
        {
            return;
        }
        if self.ask_for_more(folded, out) {
            self.fence(Meaning::Entered(folded.to_owned()), out);
            return;
        }
        let past = self.past_is_over(folded);
        self.is_there(folded, past, now, out);
    }

    fn is_there(&mut self, folded: &str, past: Past, now: Instant, out: &mut Out) {
        let removes = self.has("draft/message-redaction");
        let Some(channel) = self.channels.get_mut(folded) else {
            return;
        };
        channel.state = State::In;
        channel.since.get_or_insert(now);
        let room = channel.room.name.clone();
        out.relay(Input::RoomUp(RoomUp {
            room: Place::room(&self.settings.name, &room),
            capabilities: Capabilities { removes },
            recalled: std::mem::take(&mut channel.recalled),
            past,
            mark: self.marks.get(&room).map(Mark::write),
        }));
        out.events.push(Event::Room {
            room,
            trouble: None,
        });
    }

    fn is_out(&mut self, folded: &str, why: String, now: Instant, out: &mut Out) {
        let Some(channel) = self.channels.get_mut(folded) else {
            return;
        };
        let at = channel.retry_at(now);
        channel.state = State::Out(at);
        self.trouble(folded, why, out);
    }

    fn trouble(&mut self, folded: &str, why: String, out: &mut Out) {
        let Some(channel) = self.channels.get(folded) else {
            return;
        };
        let room = channel.room.name.clone();
        let place = Place::room(&self.settings.name, &room);
        self.echoes.retain(|echo| echo.place != place);
        out.relay(Input::RoomDown(place));
        out.events.push(Event::Room {
            room,
            trouble: Some(why),
        });
    }

    /// Takes in what the server refuses.
    pub(super) fn refused(&mut self, message: &Incoming, now: Instant, out: &mut Out) {
        let folded = self.server.fold(message.arg(1));
        match message.verb.as_str() {
            // A room that cannot be joined; names as in <https://modern.ircdocs.horse/#numerics>.
            "403" | "405" | "437" | "471" | "473" | "474" | "475" | "476" | "477" | "479"
            | "489" | "520" => {
                self.is_out(&folded, message.sentence().to_owned(), now, out);
            }
            // The server has put the bridge into another one: nothing is mirrored there, and nobody asked for it.
            "470" => {
                let other = message.arg(2);
                let mut why = message.sentence().to_owned();
                if self.server.is_channel(other) {
                    let _ = write!(why, " ({other})");
                    if !self.channels.contains_key(&self.server.fold(other)) {
                        why.push_str(", which the bridge has left again");
                        out.line(format!("PART {other}"));
                    }
                }
                self.is_out(&folded, why, now, out);
            }
            // Not in it any more, without having heard of it.
            "442" => self.is_out(
                &folded,
                "the bridge is not in it any more".to_owned(),
                now,
                out,
            ),
            // It must not speak there.
            "404" | "531" => {
                if let Some(channel) = self.channels.get_mut(&folded) {
                    if channel.is_in() {
                        let at = channel.retry_at(now);
                        channel.state = State::Mute(at);
                        let place = Place::room(&self.settings.name, &channel.room.name);
                        let refused = self.on_its_way_to(&place);
                        self.trouble(&folded, message.sentence().to_owned(), out);
                        // Perhaps the room is closed to it, perhaps to this one line. The room is down first, so that the
                        // line is not said again before its time.
                        if let Some(op) = refused {
                            self.unsaid(op, place, out);
                        }
                    }
                } else {
                    self.person_refuses(message, out);
                }
            }
            // There is nobody of that name, or they take no messages.
            "401" | "716" | "486" | "407" => self.person_refuses(message, out),
            "417" => out.events.push(Event::Warn(format!(
                "the server found a line too long: {}",
                message.sentence()
            ))),
            _ => {}
        }
    }
}
