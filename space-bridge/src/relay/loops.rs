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
/// How long nobody in the room is listened to then.
const PAUSE: Duration = Duration::from_mins(10);

/// What was heard lately, room by room.
#[derive(Debug, Default)]
pub(super) struct Loops {
    heard: BTreeMap<Place, Lately>,
}

#[derive(Debug, Default)]
struct Lately {
    words: VecDeque<(Timestamp, String)>,
    paused_until: Timestamp,
}

/// What to make of something that was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Listen.
    Fine,
    /// It goes round in circles: from now on nobody there is listened to for a while.
    Loop,
    /// The while is not over.
    Paused,
}

impl Loops {
    /// Remembers what was said in a room, and judges it.
    pub(super) fn hear(&mut self, room: &Place, words: &str, now: Timestamp) -> Verdict {
        let lately = self.heard.entry(room.clone()).or_default();
        if now < lately.paused_until {
            return Verdict::Paused;
        }
        while lately
            .words
            .front()
            .is_some_and(|(at, _)| now.since(*at) > WINDOW)
        {
            lately.words.pop_front();
        }
        lately.words.push_back((now, words.to_owned()));
        let times = lately
            .words
            .iter()
            .filter(|(_, said)| said == words)
            .count();
        if times >= TIMES {
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

    #[test]
    fn the_same_words_three_times_in_ten_seconds_pause_a_room() {
        let mut loops = Loops::default();
        let (here, there) = (Place::room("a", "#here"), Place::room("a", "#there"));
        let at = |seconds: i64| Timestamp::from_millis(seconds * 1000);
        assert_eq!(loops.hear(&here, "12: hi", at(1)), Verdict::Fine);
        assert_eq!(loops.hear(&here, "12: hi", at(2)), Verdict::Fine);
        assert_eq!(loops.hear(&there, "12: hi", at(2)), Verdict::Fine);
        assert_eq!(loops.hear(&here, "12: hi", at(3)), Verdict::Loop);
        assert_eq!(loops.hear(&here, "12: ho", at(4)), Verdict::Paused);
        assert_eq!(loops.hear(&here, "12: ho", at(604)), Verdict::Fine);
    }

    #[test]
    fn a_person_who_repeats_themselves_slowly_is_no_loop() {
        let mut loops = Loops::default();
        let here = Place::room("a", "#here");
        for second in [0_i64, 6, 12, 18, 24] {
            let at = Timestamp::from_millis(second * 1000);
            assert_eq!(loops.hear(&here, "12: hello?", at), Verdict::Fine);
        }
    }
}
