// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One connection to an IRC server, as a state machine: lines come in, lines and events go out. It does no I/O and is told
//! the time.

mod fences;
mod mark;
mod past;
mod people;
mod playback;
mod register;
mod rooms;
mod speech;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use space_core::Timestamp;
use tokio::time::Instant;

use super::incoming::Incoming;
use super::isupport::Isupport;
use super::settings::Network;
use super::text::Style;
use crate::relay::{Input, Place};
use fences::{Echo, Fence};
use people::Confidant;
use playback::Playback;
use register::Registration;
use rooms::Channel;

pub(crate) use mark::{Mark, Marks};

/// Something that the session tells.
#[derive(Debug)]
pub(super) enum Event {
    /// For the relay.
    Relay(Box<Input>),
    /// The server has let the bridge in, under this name.
    In { nick: String },
    /// How it is with a room; `None` when it is well.
    Room {
        room: String,
        trouble: Option<String>,
    },
    /// Something that whoever runs the bridge should know.
    Warn(String),
}

/// What comes of something.
#[derive(Debug, Default)]
pub(super) struct Out {
    /// Lines to be sent at once, before anything that waits.
    pub(super) lines: Vec<String>,
    pub(super) events: Vec<Event>,
    /// Why the connection is of no use any more.
    pub(super) end: Option<End>,
}

/// Why a connection is of no use any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct End {
    /// A sentence for whoever runs the bridge.
    pub(super) why: String,
    /// Whether the server will say the same again until somebody does something about it.
    pub(super) is_refusal: bool,
}

impl Out {
    fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    fn relay(&mut self, input: Input) {
        self.events.push(Event::Relay(Box::new(input)));
    }

    fn end(&mut self, why: impl Into<String>) {
        let why = why.into();
        let is_refusal = false;
        self.end = Some(End { why, is_refusal });
    }

    /// Ends it, and not to come back soon: services and servers shut out who does.
    fn refuse(&mut self, why: impl Into<String>) {
        let why = why.into();
        let is_refusal = true;
        self.end = Some(End { why, is_refusal });
    }
}

/// One connection.
#[derive(Debug)]
pub(super) struct Session {
    settings: Network,
    registration: Registration,
    /// What the server calls the bridge.
    nick: String,
    /// What others see after the nick: `user@host`.
    mask: Option<String>,
    server: Isupport,
    capabilities: BTreeSet<String>,
    /// By folded name.
    channels: BTreeMap<String, Channel>,
    /// Batches that are open: their kind, and the channel that they are about.
    batches: BTreeMap<String, (String, String)>,
    /// Up to where rooms were heard.
    marks: Marks,
    /// What the answers to PING will mean, in order.
    fences: VecDeque<Fence>,
    /// Lines of which the server will send the bridge its own copy.
    echoes: VecDeque<Echo>,
    next_token: u64,
    /// Who spoke to the bridge in private lately, by folded name.
    confidants: BTreeMap<String, Confidant>,
    /// When the name that is wanted is tried again.
    regain_at: Option<Instant>,
    playback: Playback,
}

/// How long a name that somebody else has is left alone.
const REGAIN: Duration = Duration::from_mins(1);

impl Session {
    pub(super) fn new(settings: Network, marks: Marks) -> Self {
        let nick = settings.nick.clone();
        Self {
            settings,
            registration: Registration::default(),
            nick,
            mask: None,
            server: Isupport::default(),
            capabilities: BTreeSet::new(),
            channels: BTreeMap::new(),
            batches: BTreeMap::new(),
            marks,
            fences: VecDeque::new(),
            echoes: VecDeque::new(),
            next_token: 0,
            confidants: BTreeMap::new(),
            regain_at: None,
            playback: Playback::default(),
        }
    }

    /// Returns up to where rooms were heard.
    pub(super) fn into_marks(self) -> Marks {
        self.marks
    }

    /// Takes in a line of the server.
    pub(super) fn hear(&mut self, line: &str, now: Instant, clock: Timestamp) -> Out {
        let mut out = Out::default();
        if let Some(message) = Incoming::read(line) {
            self.take(&message, now, clock, &mut out);
        }
        out
    }

    fn take(&mut self, message: &Incoming, now: Instant, clock: Timestamp, out: &mut Out) {
        self.shows(message, now, clock);
        match message.verb.as_str() {
            "PING" => out.line(format!("PONG :{}", message.sentence())),
            "PONG" => self.answered(message.sentence(), now, out),
            "ERROR" => out.end(format!("the server says: {}", message.sentence())),
            "PRIVMSG" | "NOTICE" => self.speech(message, now, clock, out),
            "BATCH" => self.batch(message),
            "JOIN" | "PART" | "KICK" => self.comes_or_goes(message, now, clock, out),
            "QUIT" => self.quits(message, out),
            "NICK" => self.renamed(message, out),
            "353" | "366" => self.listed(message),
            "FAIL" if message.arg(0) == "CHATHISTORY" => self.past_refused(),
            "CHGHOST" if self.is_me(&message.nick) => {
                self.mask = Some(format!("{}@{}", message.arg(0), message.arg(1)));
            }
            // The host that others see (RPL_VISIBLEHOST); some servers give the user with it.
            "396" => {
                let host = message.arg(1);
                let user = self.mask.as_deref().and_then(|mask| mask.split_once('@'));
                self.mask = match (host.contains('@'), user) {
                    (true, _) => Some(host.to_owned()),
                    (false, Some((user, _))) => Some(format!("{user}@{host}")),
                    (false, None) => None,
                };
            }
            "005" => {
                for word in message.args.iter().skip(1) {
                    self.server.take(word);
                }
            }
            _ => {
                if message.verb == "001" {
                    self.is_let_in(message, now, clock);
                }
                if !self.registering(message, now, out) {
                    self.refused(message, now, out);
                }
            }
        }
    }

    /// Does what time asks for.
    pub(super) fn tick(&mut self, now: Instant) -> Out {
        let mut out = Out::default();
        if self.registration.is_done() {
            self.doubt(now, &mut out);
            self.join_due(now, &mut out);
            if self.regain_at.is_some_and(|at| at <= now) {
                self.regain_at = Some(now + REGAIN);
                out.line(format!("NICK {}", self.settings.nick));
            }
        }
        out
    }

    /// Returns when time asks for something.
    pub(super) fn wakes_at(&self) -> Option<Instant> {
        self.channels
            .values()
            .filter_map(Channel::due)
            .chain(self.regain_at)
            .chain(self.doubts_at())
            .min()
    }

    /// Returns how lines to a place look.
    pub(super) fn style(&self, place: &Place) -> Style {
        // `:nick!user@host PRIVMSG #room :` comes before the text, and CR LF after it. Eight bytes are spare.
        let mask = self.mask.as_ref().map_or(10 + 1 + 63, String::len);
        let command = "NOTICE".len().max("PRIVMSG".len());
        let taken = ": !  :".len() + self.nick.len() + mask + command + place.name.len();
        Style {
            budget: 510_usize.saturating_sub(taken + 8),
            is_formatted: self.settings.is_formatted,
        }
    }

    /// Returns whether a place can be spoken to.
    pub(super) fn can_reach(&self, place: &Place) -> bool {
        if place.is_person {
            return self.registration.is_done();
        }
        let channel = self.channels.get(&self.server.fold(&place.name));
        channel.is_some_and(Channel::is_in)
    }

    fn is_me(&self, nick: &str) -> bool {
        self.server.is_same(nick, &self.nick)
    }

    fn has(&self, capability: &str) -> bool {
        self.capabilities.contains(capability)
    }

    fn renamed(&mut self, message: &Incoming, out: &mut Out) {
        self.goes_by(&message.nick, message.arg(0), out);
        if self.is_me(&message.nick) {
            message.arg(0).clone_into(&mut self.nick);
            if self.nick == self.settings.nick {
                self.regain_at = None;
            }
        }
    }

    fn batch(&mut self, message: &Incoming) {
        let reference = message.arg(0);
        if let Some(reference) = reference.strip_prefix('+') {
            // A batch inside a batch of history is history.
            let outer = message
                .tag("batch")
                .and_then(|outer| self.batches.get(outer))
                .cloned();
            let batch =
                outer.unwrap_or_else(|| (message.arg(1).to_owned(), message.arg(2).to_owned()));
            if self.batches.len() < 64 {
                self.batches.insert(reference.to_owned(), batch);
            }
        } else if let Some(reference) = reference.strip_prefix('-') {
            self.batches.remove(reference);
        }
    }
}
