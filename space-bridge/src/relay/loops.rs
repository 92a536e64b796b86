// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Two programs that answer each other are noticed.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use space_core::Timestamp;

use super::Place;

/// The same words this often within [`WINDOW`] are no person's.
const TIMES: usize = 3;
/// How long words are remembered.
const WINDOW: Duration = Duration::from_secs(10);
/// How long nobody, or one of them, is listened to then.
const PAUSE: Duration = Duration::from_mins(10);

/// What was heard lately, room by room.
#[derive(Debug, Default)]
pub(super) struct Loops {
    heard: BTreeMap<Place, Lately>,
}

#[derive(Debug, Default)]
struct Lately {
    words: VecDeque<Said>,
    paused_until: Timestamp,
    /// Who is not listened to, and until when.
    paused: BTreeMap<String, Timestamp>,
}

#[derive(Debug)]
struct Said {
    at: Timestamp,
    who: String,
    words: String,
}

/// What to make of something that was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Listen.
    Fine,
    /// One of them repeats themselves: from now on they are not listened to for a while. The room is not theirs to silence.
    Repeats,
    /// It goes round in circles between several: from now on nobody there is listened to for a while.
    Loop,
    /// The while is not over.
    Paused,
}

impl Loops {
    /// Remembers what somebody said in a room, and judges it.
    pub(super) fn hear(&mut self, room: &Place, who: &str, words: &str, now: Timestamp) -> Verdict {
        let lately = self.heard.entry(room.clone()).or_default();
        lately.paused.retain(|_, until| now < *until);
        if now < lately.paused_until || lately.paused.contains_key(who) {
            return Verdict::Paused;
        }
        while lately
            .words
            .front()
            .is_some_and(|said| now.since(said.at) > WINDOW)
        {
            lately.words.pop_front();
        }
        lately.words.push_back(Said {
            at: now,
            who: who.to_owned(),
            words: words.to_owned(),
        });
        let same = lately.words.iter().filter(|said| said.words == words);
        let speakers: Vec<&str> = same.map(|said| said.who.as_str()).collect();
        if speakers.iter().filter(|speaker| **speaker == who).count() >= TIMES {
            lately.paused.insert(who.to_owned(), now.plus(PAUSE));
            lately.words.retain(|said| said.who != who);
            return Verdict::Repeats;
        }
        // One, another, and the first again.
        if let [.., first, other, _] = speakers[..]
            && first == who
            && other != who
        {
            lately.words.clear();
            lately.paused_until = now.plus(PAUSE);
            return Verdict::Loop;
        }
        Verdict::Fine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    #[test]
    fn two_who_say_the_same_in_turn_pause_a_room() {
        let mut loops = Loops::default();
        let (here, there) = (Place::room("a", "#here"), Place::room("a", "#there"));
        let mut hear = |room, who, words, at| loops.hear(room, who, words, at);
        assert_eq!(hear(&here, "x", "12: hi", at(1)), Verdict::Fine);
        assert_eq!(hear(&here, "y", "12: hi", at(2)), Verdict::Fine);
        assert_eq!(hear(&there, "x", "12: hi", at(2)), Verdict::Fine);
        assert_eq!(hear(&here, "x", "12: hi", at(3)), Verdict::Loop);
        assert_eq!(hear(&here, "z", "12: ho", at(4)), Verdict::Paused);
        assert_eq!(hear(&there, "x", "12: ho", at(4)), Verdict::Fine);
        assert_eq!(hear(&here, "z", "12: ho", at(604)), Verdict::Fine);
    }

    #[test]
    fn one_who_repeats_themselves_silences_nobody_else() {
        let mut loops = Loops::default();
        let here = Place::room("a", "#here");
        let mut hear = |who, words, at| loops.hear(&here, who, words, at);
        assert_eq!(hear("mallory", "12: hi", at(1)), Verdict::Fine);
        assert_eq!(hear("mallory", "12: hi", at(2)), Verdict::Fine);
        assert_eq!(hear("mallory", "12: hi", at(3)), Verdict::Repeats);
        assert_eq!(hear("mallory", "12: ho", at(4)), Verdict::Paused);
        assert_eq!(hear("ann", "12: hi", at(4)), Verdict::Fine);
        assert_eq!(hear("mallory", "12: ho", at(603)), Verdict::Fine);
    }

    #[test]
    fn several_people_may_ask_the_same() {
        let mut loops = Loops::default();
        let here = Place::room("a", "#here");
        for who in ["ann", "ben", "cay", "dan"] {
            assert_eq!(loops.hear(&here, who, "!help", at(1)), Verdict::Fine);
        }
    }

    #[test]
    fn a_person_who_repeats_themselves_slowly_is_no_loop() {
        let mut loops = Loops::default();
        let here = Place::room("a", "#here");
        for second in [0_i64, 6, 12, 18, 24] {
            assert_eq!(
                loops.hear(&here, "ann", "12: hello?", at(second)),
                Verdict::Fine
            );
        }
    }
}
