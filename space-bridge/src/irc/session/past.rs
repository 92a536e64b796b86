// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was said in a room while the bridge was not in it.
//!
//! Where the server has `draft/chathistory`, it is asked for what came after the last line that was heard, page by page.
//! Others show the latest lines to everyone who comes in. Whether that is all that was missed can often be told: when the
//! last line that was heard is among it, or when a page was not full.

use std::time::Duration;

use space_core::Timestamp;
use tokio::time::Instant;

use super::mark::{Mark, moment};
use super::playback::sane;
use super::rooms::Channel;
use super::{Out, Session};
use crate::irc::incoming::Incoming;
use crate::relay::Past;

/// How many lines are asked for at once, where the server gives so many.
const PAGE: usize = 100;
/// How many times at most: a room in which more was said has to be told.
const PAGES: usize = 20;

/// What the server has shown since the bridge came into a room.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// After which moment it was asked; `None` for the latest.
    after: Option<Timestamp>,
    /// So many lines were asked for; none when the server cannot be asked.
    wanted: Option<usize>,
    is_refused: bool,
    pages: usize,
    /// Lines of this page.
    lines: usize,
    oldest: Option<Timestamp>,
    latest: Option<Mark>,
    /// Whether the last line that was heard is among them.
    has_mark: bool,
}

impl Shown {
    fn is_full(&self) -> bool {
        self.wanted.is_some_and(|wanted| self.lines >= wanted)
    }

    /// Returns after which moment to go on; nothing when there is no more to ask for.
    fn next(&self) -> Option<Timestamp> {
        let after = self.after?;
        // The page may end between lines of the same moment; those that come again are known by their names.
        let reached = self.latest.as_ref()?.at.minus(Duration::from_millis(1));
        let goes_on = self.is_full() && !self.is_refused && self.pages < PAGES;
        (goes_on && reached > after).then_some(reached)
    }

    fn past(&self, mark: Option<&Mark>) -> Past {
        let reaches_back = match (mark, self.oldest) {
            (Some(mark), Some(oldest)) => self.has_mark || oldest < mark.second(),
            _ => false,
        };
        if self.wanted.is_some() && !self.is_refused && !self.is_full()
            || reaches_back && self.after.is_none()
        {
            Past::Whole
        } else if self.oldest.is_some() {
            Past::Part
        } else {
            Past::Lost
        }
    }
}

impl Session {
    /// Asks for what was said before, where the server can be asked.
    pub(super) fn ask_for_past(&mut self, folded: &str, out: &mut Out) {
        let can_ask = self.has("draft/chathistory") && self.has("batch");
        // Without an echo a line of the bridge may be older than the last one that it heard, and not known to be there.
        let knows_order = self.has("echo-message") && self.has("server-time");
        let page = match self.server.history {
            0 => PAGE,
            most => PAGE.min(most),
        };
        let Some(channel) = self.channels.get_mut(folded) else {
            return;
        };
        let name = &channel.room.name;
        channel.shown = Shown::default();
        if !can_ask {
            return;
        }
        channel.shown.wanted = Some(page);
        channel.shown.pages = 1;
        channel.shown.after = self
            .marks
            .get(name)
            .filter(|_| knows_order)
            .map(|mark| mark.second().minus(Duration::from_millis(1)));
        out.line(asked(name, channel.shown.after, page));
    }

    /// Asks for the next page, when there is one; returns whether it did.
    pub(super) fn ask_for_more(&mut self, folded: &str, out: &mut Out) -> bool {
        let Some(channel) = self.channels.get_mut(folded) else {
            return false;
        };
        let Some(after) = channel.shown.next() else {
            return false;
        };
        channel.shown.after = Some(after);
        channel.shown.pages += 1;
        channel.shown.lines = 0;
        let page = channel.shown.wanted.unwrap_or(PAGE);
        out.line(asked(&channel.room.name, channel.shown.after, page));
        true
    }

    /// Counts a line of the past, and remembers the last of a room.
    pub(super) fn shows(&mut self, message: &Incoming, now: Instant, clock: Timestamp) {
        let is_history = self.is_history(message, now);
        let name = match message.verb.as_str() {
            "PRIVMSG" | "NOTICE" => message.arg(0),
            _ if is_history => message.arg(0),
            _ => return,
        };
        let folded = self.server.fold(name);
        let Some(channel) = self.channels.get_mut(&folded) else {
            return;
        };
        let at = message.time().map(|at| sane(at, clock));
        let known = self.marks.get(&channel.room.name);
        let is_mark = known.is_some_and(|mark| message.tag("msgid") == Some(&mark.id));
        if is_history {
            channel.shown.has_mark |= is_mark;
            channel.shown.lines += 1;
            channel.shown.oldest = [channel.shown.oldest, at].into_iter().flatten().min();
        }
        let Some(at) = at else { return };
        let id = message.tag("msgid").unwrap_or_default().to_owned();
        let mark = Mark { at, id };
        if channel.hears() {
            if is_history && known.is_some_and(|known| mark < *known) {
                return;
            }
            self.marks.insert(channel.room.name.clone(), mark);
        } else if channel
            .shown
            .latest
            .as_ref()
            .is_none_or(|latest| *latest < mark)
        {
            channel.shown.latest = Some(mark);
        }
    }

    /// The server does not show the past.
    pub(super) fn past_refused(&mut self) {
        // Which room it speaks of, servers say in different places; to ask another one again would be of no use either.
        for channel in self.channels.values_mut() {
            channel.shown.is_refused = true;
        }
    }

    /// Returns whether a line was said before the bridge came in, and the server shows it now.
    pub(super) fn is_history(&self, message: &Incoming, now: Instant) -> bool {
        let batch = message.tag("batch").and_then(|name| self.batches.get(name));
        batch.is_some_and(|(kind, _)| kind.ends_with("chathistory") || kind == "znc.in/playback")
            || message.tags.contains_key("draft/chathistory")
            || self.is_played_back(message, now)
    }

    /// Returns whether a line of the past was heard when it was said. Of the second of the last one, the relay knows by their
    /// names which were.
    pub(super) fn was_heard(&self, channel: &Channel, message: &Incoming) -> bool {
        let Some(mark) = self.marks.get(&channel.room.name) else {
            return false;
        };
        let at = message.time();
        at.is_some_and(|at| at < mark.second())
            || message.tag("msgid").is_some_and(|id| id == mark.id)
    }

    /// Returns up to where a room was heard. As long as the past is being shown, nothing that comes is that.
    pub(super) fn mark_of(&self, folded: &str) -> Option<&Mark> {
        let channel = self
            .channels
            .get(folded)
            .filter(|channel| channel.hears())?;
        self.marks.get(&channel.room.name)
    }

    /// Everything that there is of the past was shown: returns what that was, and moves the mark.
    pub(super) fn past_is_over(&mut self, folded: &str) -> Past {
        let Some(channel) = self.channels.get_mut(folded) else {
            return Past::Lost;
        };
        let shown = std::mem::take(&mut channel.shown);
        let name = channel.room.name.clone();
        let past = shown.past(self.marks.get(&name));
        if let Some(latest) = shown.latest
            && self.marks.get(&name).is_none_or(|mark| *mark < latest)
        {
            self.marks.insert(name, latest);
        }
        past
    }
}

fn asked(name: &str, after: Option<Timestamp>, page: usize) -> String {
    match after {
        Some(after) => format!(
            "CHATHISTORY AFTER {name} timestamp={} {page}",
            moment(after)
        ),
        None => format!("CHATHISTORY LATEST {name} * {page}"),
    }
}
