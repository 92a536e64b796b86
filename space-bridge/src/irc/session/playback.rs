// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was said before the bridge came in, and is played back without a batch that says so.
//!
//! Bouncers and servers do it: with the time of each line, when they were asked for `server-time`; ZNC also with a line before
//! and one after it. The clocks of servers differ, so a time alone makes no line old, unless it lies well before the bridge
//! came in; and what is taken for old is not left out, but looked at as other history is: what was answered is known again,
//! by the moment and the words. A line without any time that comes while the bridge enters may be old: it is left out when
//! the same words of the same person were answered before.

use std::collections::BTreeMap;
use std::time::Duration;

use space_core::Timestamp;
use tokio::time::Instant;

use super::Session;
use crate::irc::incoming::Incoming;

/// While the bridge comes in, a line that is older than its coming by more than this was said before.
const ENTERING: Duration = Duration::from_secs(10);
/// At any time, a line that is older than this. Servers whose clocks differ as much do not link.
const AT_ANY_TIME: Duration = Duration::from_mins(10);
/// After being let in, what bouncers play back of private messages comes within this time.
const AT_FIRST: Duration = Duration::from_secs(30);
/// A playback of ZNC whose end was not seen is over after this.
const LONGEST: Duration = Duration::from_mins(1);
/// No line is later than now by more than this, whatever some server's clock says.
const AHEAD: Duration = Duration::from_mins(10);

/// What is known of playbacks.
#[derive(Debug, Default)]
pub(super) struct Playback {
    /// Where ZNC plays back just now, and since when.
    playing: BTreeMap<String, Instant>,
    /// When the bridge was let in, by the server's clock and by this machine's.
    let_in: Option<(Timestamp, Instant)>,
}

impl Session {
    /// Notes when the bridge was let in.
    pub(super) fn is_let_in(&mut self, message: &Incoming, now: Instant, clock: Timestamp) {
        self.playback.let_in = Some((message.time().unwrap_or(clock), now));
    }

    /// Takes in a line of the bouncer itself; returns whether it is one. No server lets anybody have such a name.
    pub(super) fn bouncer_says(&mut self, message: &Incoming, now: Instant) -> bool {
        if message.host != "znc.in" || !message.nick.starts_with('*') {
            return false;
        }
        if message.nick == "***" {
            let folded = self.server.fold(message.arg(0));
            // Other languages have other words; one begins and one ends it.
            let begins = message.sentence().starts_with("Buffer Playback");
            if self.playback.playing.remove(&folded).is_none() || begins {
                self.playback.playing.insert(folded, now);
            }
        }
        true
    }

    /// Returns whether a line that no batch calls old was said before the bridge came in.
    pub(super) fn is_played_back(&self, message: &Incoming, now: Instant) -> bool {
        let folded = self.server.fold(message.arg(0));
        let plays = |since: &Instant| now.saturating_duration_since(*since) < LONGEST;
        if self.playback.playing.get(&folded).is_some_and(plays) {
            return true;
        }
        let Some(at) = message.time() else {
            return false;
        };
        let (came, is_coming) = if let Some(channel) = self.channels.get(&folded) {
            let Some(came) = channel.came else {
                return false;
            };
            (came, !channel.hears())
        } else if let Some((came, since)) = self.playback.let_in
            && self.is_me(message.arg(0))
        {
            let is_coming = now.saturating_duration_since(since) < AT_FIRST;
            (came, is_coming)
        } else {
            return false;
        };
        let tolerance = if is_coming { ENTERING } else { AT_ANY_TIME };
        at.plus(tolerance) < came
    }

    /// Returns whether a line without a time may have been said before the bridge came in.
    pub(super) fn may_be_past(&self, message: &Incoming) -> bool {
        let channel = self.channels.get(&self.server.fold(message.arg(0)));
        message.time().is_none() && channel.is_some_and(|channel| !channel.hears())
    }
}

impl Incoming {
    /// Returns when a line was said, as the server has it.
    pub(super) fn time(&self) -> Option<Timestamp> {
        self.tag("time").and_then(Timestamp::parse_utc)
    }
}

/// Returns a time of a line, or what is left of it when some server's clock is far ahead: what comes after it must not
/// look as if it had been said before.
pub(super) fn sane(at: Timestamp, clock: Timestamp) -> Timestamp {
    at.min(clock.plus(AHEAD))
}
