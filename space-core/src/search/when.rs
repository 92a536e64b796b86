// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Moments as people type them: days, and how long ago.

use std::fmt;

use crate::time::Timestamp;

/// A moment: the beginning of a day, month or year, or some time ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The first moment of a year, a month or a day.
    Date {
        /// The year, 1 to 9999.
        year: u16,
        /// The month, 1 to 12.
        month: Option<u8>,
        /// The day, 1 to 31.
        day: Option<u8>,
    },
    /// The first moment of the present day.
    Today,
    /// The first moment of the day before.
    Yesterday,
    /// So much time before now.
    Ago(u16, Unit),
}

/// What time is counted in. Months have 30 days and years 365 here: nobody counts hours of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `h`
    Hours,
    /// `d`
    Days,
    /// `w`
    Weeks,
    /// `m`
    Months,
    /// `y`
    Years,
}

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

impl When {
    /// Reads a moment; `None` when it is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "today" => return Some(Self::Today),
            "yesterday" => return Some(Self::Yesterday),
            _ => {}
        }
        if let Some(unit) = text.chars().last().and_then(Unit::of) {
            let count = text.strip_suffix(unit.sign())?;
            return Some(Self::Ago(number(count)?, unit));
        }
        let mut parts = text.split('-');
        let year = parts.next().filter(|year| year.len() == 4)?;
        let two = |part: &str| {
            let part = (part.len() == 2).then_some(part)?;
            u8::try_from(number(part)?).ok()
        };
        let when = Self::Date {
            year: number(year)?,
            month: parts
                .next()
                .map_or(Some(None), |part| two(part).map(Some))?,
            day: parts
                .next()
                .map_or(Some(None), |part| two(part).map(Some))?,
        };
        (parts.next().is_none() && when.date().is_some()).then_some(when)
    }

    /// Returns the moment, in UTC.
    pub fn moment(self, now: Timestamp) -> Timestamp {
        let today = now.millis().div_euclid(DAY_MS) * DAY_MS;
        let millis = match self {
            Self::Date { .. } => return self.date().unwrap_or_default(),
            Self::Today => today,
            Self::Yesterday => today - DAY_MS,
            Self::Ago(count, unit) => now.millis() - i64::from(count) * unit.millis(),
        };
        Timestamp::from_millis(millis)
    }

    /// Returns the first moment of a date that the calendar has.
    fn date(self) -> Option<Timestamp> {
        let Self::Date { year, month, day } = self else {
            return None;
        };
        let (month, day) = (month.unwrap_or(1), day.unwrap_or(1));
        Timestamp::parse_utc(&format!("{year:04}-{month:02}-{day:02}T00:00:00Z"))
    }
}

/// Reads digits, and nothing but digits.
fn number(digits: &str) -> Option<u16> {
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

impl Unit {
    fn of(sign: char) -> Option<Self> {
        [
            Self::Hours,
            Self::Days,
            Self::Weeks,
            Self::Months,
            Self::Years,
        ]
        .into_iter()
        .find(|unit| unit.sign() == sign)
    }

    fn sign(self) -> char {
        match self {
            Self::Hours => 'h',
            Self::Days => 'd',
            Self::Weeks => 'w',
            Self::Months => 'm',
            Self::Years => 'y',
        }
    }

    fn millis(self) -> i64 {
        match self {
            Self::Hours => HOUR_MS,
            Self::Days => DAY_MS,
            Self::Weeks => 7 * DAY_MS,
            Self::Months => 30 * DAY_MS,
            Self::Years => 365 * DAY_MS,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date { year, month, day } => {
                write!(f, "{year:04}")?;
                [month, day]
                    .into_iter()
                    .flatten()
                    .try_for_each(|part| write!(f, "-{part:02}"))
            }
            Self::Today => f.write_str("today"),
            Self::Yesterday => f.write_str("yesterday"),
            Self::Ago(count, unit) => write!(f, "{count}{}", unit.sign()),
        }
    }
}
