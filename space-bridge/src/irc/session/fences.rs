// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How the bridge learns that a line has arrived. Where the server sends everyone their own lines back (`echo-message`),
//! that is the proof; when it does not come, a PING asks whether the line was dropped. Elsewhere a PING follows the lines: a server does what it is asked in order, so its answer proves
//! that it has dealt with what came before.

use std::time::Duration;

use tokio::time::Instant;

use super::mark::Mark;
use super::{Out, Session};
use crate::irc::incoming::Incoming;
use crate::irc::text::redacted;
use crate::relay::{Confirmed, Input, OpId, Place};

/// A PING that was sent.
#[derive(Debug)]
pub(super) struct Fence {
    token: String,
    meaning: Meaning,
    sent_at: Option<Instant>,
}

/// What the answer to a PING means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The server is there.
    Alive,
    /// The server has shown what was said in a room.
    Entered(String),
    /// The server has dealt with the lines of which this PING asked where they are: what has no echo by now was dropped.
    Doubted(u64),
    /// So many lines of an operation are there.
    Said {
        op: OpId,
        place: Place,
        lines: usize,
    },
}

/// A line of which the server will send the bridge its own copy.
#[derive(Debug)]
pub(super) struct Echo {
    pub(super) op: OpId,
    pub(super) place: Place,
    pub(super) line: usize,
    label: Option<String>,
    sent_at: Instant,
    /// The PING that asks where it is, when it is late.
    doubt: Option<u64>,
}

/// After so long without an echo the server is asked whether it has dealt with the line. Not sooner: a bouncer answers by
/// itself, and passes the echo on when it comes.
const DOUBT: Duration = Duration::from_secs(10);

impl Session {
    /// Returns the line that says something, and remembers how its arrival is shown.
    pub(in crate::irc) fn say(
        &mut self,
        op: OpId,
        place: &Place,
        line: usize,
        text: &str,
        now: Instant,
    ) -> String {
        let target = &place.name;
        if let Some(id) = redacted(text) {
            return format!("REDACT {target} {id} :withdrawn");
        }
        let verb = if place.is_person { "NOTICE" } else { "PRIVMSG" };
        let said = format!("{verb} {target} :{text}");
        if !self.has("echo-message") {
            return said;
        }
        let label = self
            .has("labeled-response")
            .then(|| format!("{}.{line}", op.0));
        let labelled = match &label {
            Some(label) => format!("@label={label} {said}"),
            None => said,
        };
        self.echoes.push_back(Echo {
            op,
            place: place.clone(),
            line,
            label,
            sent_at: now,
            doubt: None,
        });
        labelled
    }

    /// Marks a line as the answer to a message, where the server passes that on (`+draft/reply`): clients then show what it
    /// answers.
    pub(in crate::irc) fn in_answer_to(&self, answered: Option<&str>, line: String) -> String {
        let is_plain = |id: &&str| {
            !id.is_empty()
                && id
                    .bytes()
                    .all(|b| b.is_ascii_graphic() && b != b';' && b != b'\\')
        };
        let Some(id) = answered
            .filter(is_plain)
            .filter(|_| self.has("message-tags"))
        else {
            return line;
        };
        match line.strip_prefix('@') {
            Some(tagged) => format!("@+draft/reply={id};{tagged}"),
            None => format!("@+draft/reply={id} {line}"),
        }
    }

    /// Returns the line that will prove that the lines of an operation are there, where nothing else does.
    pub(in crate::irc) fn prove(
        &mut self,
        op: OpId,
        place: &Place,
        lines: usize,
        last: &str,
        now: Instant,
    ) -> Option<String> {
        if self.has("echo-message") && redacted(last).is_none() {
            return None;
        }
        let mut out = Out::default();
        let meaning = Meaning::Said {
            op,
            place: place.clone(),
            lines,
        };
        self.fence(meaning, &mut out);
        if let Some(fence) = self.fences.back_mut() {
            fence.sent_at = Some(now);
        }
        out.lines.pop()
    }

    /// Asks the server whether it is there.
    pub(in crate::irc) fn is_anybody_there(&mut self) -> Out {
        let mut out = Out::default();
        self.fence(Meaning::Alive, &mut out);
        out
    }

    pub(super) fn fence(&mut self, meaning: Meaning, out: &mut Out) {
        self.next_token += 1;
        let token = format!("space-{}", self.next_token);
        out.line(format!("PING :{token}"));
        self.fences.push_back(Fence {
            token,
            meaning,
            sent_at: None,
        });
    }

    /// Returns since when something that was said has not been shown to be there.
    pub(in crate::irc) fn unproven_since(&self) -> Option<Instant> {
        let fences = self.fences.iter().filter_map(|fence| fence.sent_at);
        let echoes = self.echoes.iter().map(|echo| echo.sent_at);
        fences.chain(echoes).min()
    }

    pub(super) fn answered(&mut self, token: &str, now: Instant, out: &mut Out) {
        let Some(at) = self.fences.iter().position(|fence| fence.token == token) else {
            return;
        };
        // What was asked before was answered before, or will not be.
        for fence in self.fences.drain(..=at).collect::<Vec<_>>() {
            match fence.meaning {
                Meaning::Alive => {}
                Meaning::Doubted(doubt) => self.dropped(doubt, out),
                Meaning::Entered(channel) => self.entered(&channel, now, out),
                Meaning::Said { op, place, lines } => out.relay(Input::Confirmed(Confirmed {
                    op,
                    place,
                    lines,
                    remote_ids: Vec::new(),
                    mark: None,
                })),
            }
        }
    }

    /// Returns when the first echo that has not been asked for is late.
    pub(super) fn doubts_at(&self) -> Option<Instant> {
        let new = self.echoes.iter().filter(|echo| echo.doubt.is_none());
        new.map(|echo| echo.sent_at + DOUBT).min()
    }

    /// Asks where the lines are of which the echo is late.
    pub(super) fn doubt(&mut self, now: Instant, out: &mut Out) {
        if self.doubts_at().is_none_or(|at| at > now) {
            return;
        }
        let doubt = self.next_token + 1;
        for echo in &mut self.echoes {
            if echo.sent_at + DOUBT <= now {
                echo.doubt.get_or_insert(doubt);
            }
        }
        self.fence(Meaning::Doubted(doubt), out);
    }

    /// Lines were dropped without a word.
    fn dropped(&mut self, doubt: u64, out: &mut Out) {
        while let Some(echo) = self.echoes.iter().find(|echo| echo.doubt == Some(doubt)) {
            let (op, place) = (echo.op, echo.place.clone());
            self.unsaid(op, place, out);
        }
    }

    /// Tells that a line of an operation was not passed on; nothing of the operation is waited for any more.
    pub(super) fn unsaid(&mut self, op: OpId, place: Place, out: &mut Out) {
        self.echoes.retain(|echo| echo.op != op);
        for fence in &mut self.fences {
            if matches!(&fence.meaning, Meaning::Said { op: said, .. } if *said == op) {
                fence.meaning = Meaning::Alive;
            }
        }
        out.relay(Input::Unsaid { op, place });
    }

    /// Returns what is on its way to a room.
    pub(super) fn on_its_way_to(&self, room: &Place) -> Option<OpId> {
        let of_echo = self.echoes.iter().find(|echo| echo.place == *room);
        let of_fence = self.fences.iter().find_map(|fence| match &fence.meaning {
            Meaning::Said { op, place, .. } if place == room => Some(*op),
            _ => None,
        });
        of_echo.map(|echo| echo.op).or(of_fence)
    }

    /// The server sends the bridge its own line.
    pub(super) fn echoed(&mut self, message: &Incoming, out: &mut Out) {
        let label = message.tag("label");
        let target = self.server.fold(message.arg(0));
        let at = self.echoes.iter().position(|echo| match &echo.label {
            Some(known) => label == Some(known),
            None => self.server.fold(&echo.place.name) == target,
        });
        let Some(echo) = at.and_then(|at| self.echoes.remove(at)) else {
            return;
        };
        let mark = self.mark_of(&self.server.fold(&echo.place.name));
        out.relay(Input::Confirmed(Confirmed {
            mark: mark.map(Mark::write),
            op: echo.op,
            place: echo.place,
            lines: echo.line + 1,
            remote_ids: message
                .tag("msgid")
                .map(str::to_owned)
                .into_iter()
                .collect(),
        }));
    }

    /// Somebody cannot be spoken to.
    pub(super) fn person_refuses(&mut self, message: &Incoming, out: &mut Out) {
        let target = self.server.fold(message.arg(1));
        let is_theirs = |place: &Place| place.is_person && self.server.fold(&place.name) == target;
        let of_echo = self.echoes.iter().find(|echo| is_theirs(&echo.place));
        let of_fence = self.fences.iter().find_map(|fence| match &fence.meaning {
            Meaning::Said { op, place, .. } if is_theirs(place) => Some((*op, place.clone())),
            _ => None,
        });
        let found = of_echo
            .map(|echo| (echo.op, echo.place.clone()))
            .or(of_fence);
        if let Some((op, place)) = found {
            self.echoes.retain(|echo| echo.op != op);
            out.relay(Input::Refused { op, place });
        }
    }
}
