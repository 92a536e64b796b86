// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Up to where a room was heard: by the server's own clock, so that it can be asked for what came after.

use std::collections::BTreeMap;

use space_core::Timestamp;

/// The last line of a room.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    /// When it was said, as the server has it.
    pub(super) at: Timestamp,
    /// What the server calls it.
    pub(super) id: String,
}

/// The last line of each room, by the name that the configuration has for it.
pub(crate) type Marks = BTreeMap<String, Mark>;

impl Mark {
    /// Reads what was written down.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (millis, id) = text.split_once(' ')?;
        Some(Self {
            at: Timestamp::from_millis(millis.parse().ok()?),
            id: id.to_owned(),
        })
    }

    /// Returns the second in which it was said: InspIRCd tells milliseconds when a line is said, and seconds afterwards.
    pub(super) fn second(&self) -> Timestamp {
        let millis = self.at.millis();
        Timestamp::from_millis(millis - millis.rem_euclid(1000))
    }

    /// Returns what is written down.
    pub(super) fn write(&self) -> String {
        format!("{} {}", self.at.millis(), self.id)
    }
}

/// Writes a moment as the server wants it (RFC 3339, in UTC, with milliseconds).
pub(super) fn moment(at: Timestamp) -> String {
    let to_the_second = at.to_string();
    let millis = at.millis().rem_euclid(1000);
    format!("{}.{millis:03}Z", to_the_second.trim_end_matches('Z'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_was_written() {
        for id in ["", "abc", "a b"] {
            let mark = Mark {
                at: Timestamp::from_millis(1_600_000_001_234),
                id: id.to_owned(),
            };
            assert_eq!(Mark::read(&mark.write()), Some(mark));
        }
        assert_eq!(Mark::read("yesterday"), None);
    }

    #[test]
    fn a_moment_is_what_other_programs_read() {
        let at = Timestamp::from_millis(1_600_000_001_234);
        assert_eq!(moment(at), "2020-09-13T12:26:41.234Z");
        assert_eq!(Timestamp::parse_utc(&moment(at)), Some(at));
    }
}
