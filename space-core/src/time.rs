// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Time as the product counts it: milliseconds of UTC since 1970.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Timestamp(i64);

/// The first of January 2000: what claims to be older was not written with this program, nor with one that it knows.
const EARLIEST: Timestamp = Timestamp(946_684_800_000);

impl Timestamp {
    /// Wraps milliseconds since 1970.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Returns milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Returns the moment `later` after this one, at most the end of the range.
    #[must_use]
    pub fn plus(self, later: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(later.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// Returns the moment `earlier` before this one, at least the start of the range.
    #[must_use]
    pub fn minus(self, earlier: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(earlier.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// Returns how long after `earlier` this is; zero when it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// Returns a moment that somebody else names, when it can be true: not before the year 2000, and not after `now`. A clock
    /// that is wrong is no reason to refuse what its owner wrote, only to go by our own.
    pub fn believed(self, now: Self) -> Option<Self> {
        (EARLIEST..=now).contains(&self).then_some(self)
    }

    /// Returns a moment that somebody else names, or the nearest that can be true: for what is told apart by which came later.
    #[must_use]
    pub fn within(self, now: Self) -> Self {
        self.clamp(EARLIEST.min(now), now)
    }

    /// Returns year, month (1-12) and day (1-31) in UTC.
    pub fn date(self) -> (i64, u32, u32) {
        civil(self.0.div_euclid(DAY_MS))
    }

    /// Reads RFC 3339 in UTC, as other forums write it: `2016-11-13T05:22:31.000Z`.
    ///
    /// Fractions finer than a millisecond are dropped. Offsets other than `Z` are not accepted.
    pub fn parse_utc(text: &str) -> Option<Self> {
        let b = text.as_bytes();
        let two = |at: usize| -> Option<i64> {
            let d = b.get(at..at + 2)?;
            d.iter()
                .all(u8::is_ascii_digit)
                .then(|| i64::from(d[0] - b'0') * 10 + i64::from(d[1] - b'0'))
        };
        let punct = |at: usize, c: u8| b.get(at) == Some(&c);
        if !(text.is_ascii()
            && punct(4, b'-')
            && punct(7, b'-')
            && (punct(10, b'T') || punct(10, b' '))
            && punct(13, b':')
            && punct(16, b':'))
        {
            return None;
        }
        let year = two(0)? * 100 + two(2)?;
        let (month, day) = (two(5)?, two(8)?);
        let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let month_days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if !(1..=12).contains(&month)
            || !(1..=month_days).contains(&day)
            || hour > 23
            || minute > 59
            || second > 60
        {
            return None;
        }
        let mut rest = text.get(19..)?;
        let mut millis = 0;
        if let Some(fraction) = rest.strip_prefix('.') {
            let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 {
                return None;
            }
            millis = fraction
                .bytes()
                .take(digits)
                .chain([b'0'; 3])
                .take(3)
                .fold(0, |n, d| n * 10 + i64::from(d - b'0'));
            rest = &fraction[digits..];
        }
        if !matches!(rest, "Z" | " UTC") {
            return None;
        }
        let days = days_from_civil(year, month, day);
        Some(Self(
            days * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000 + millis,
        ))
    }
}

const DAY_MS: i64 = 86_400_000;

/// Day number (1970-01-01 is 0) to the proleptic Gregorian calendar; the algorithm is Howard Hinnant's
/// `civil_from_days` (<https://howardhinnant.github.io/date_algorithms.html>).
fn civil(days: i64) -> (i64, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    let small = |n: i64| u32::try_from(n).expect("a month or day is between 1 and 31");
    (year, small(month), small(day))
}

/// The inverse of [`civil`]; `days_from_civil` on the same page.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let yoe = year.rem_euclid(400);
    let doy = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC to the second: `2016-11-13T05:22:31Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        let second = self.0.rem_euclid(DAY_MS) / 1000;
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
            second / 3600,
            second / 60 % 60,
            second % 60
        )
    }
}

/// Where the time comes from; passed in, so that tests decide what time it is.
pub trait Clock: Send + Sync {
    /// Returns the present moment.
    fn now(&self) -> Timestamp;
}

/// Where chance comes from; passed in, so that tests repeat.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with bytes that nobody can predict.
    fn fill(&self, bytes: &mut [u8]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("2016-11-13T05:22:31.000Z", Some(1_479_014_551_000))]
    #[case("2022-11-22T08:35:41.030Z", Some(1_669_106_141_030))]
    #[case("1970-01-01T00:00:00Z", Some(0))]
    #[case("2017-01-02 01:15:12 UTC", Some(1_483_319_712_000))]
    #[case("2017-02-29T00:00:00Z", None)]
    #[case("2017-01-02T01:15:12+02:00", None)]
    #[case("2017-01-02", None)]
    #[case("", None)]
    #[case("2017-01-02T01:15:1\u{e9}Z", None)]
    fn reads_what_forums_write(#[case] text: &str, #[case] want: Option<i64>) {
        assert_eq!(Timestamp::parse_utc(text).map(Timestamp::millis), want);
    }

    #[rstest]
    #[case::now(1_795_731_330_000, true)]
    #[case::offline_for_a_year(1_764_195_330_000, true)]
    #[case::tomorrow(1_795_817_730_000, false)]
    #[case::clock_without_a_battery(0, false)]
    #[case::least(i64::MIN, false)]
    #[case::greatest(i64::MAX, false)]
    fn claimed_moment_is_believed_within_bounds(#[case] at: i64, #[case] is_believed: bool) {
        let now = Timestamp::from_millis(1_795_731_330_000);
        let at = Timestamp::from_millis(at);
        assert_eq!(at.believed(now), is_believed.then_some(at));
        assert_eq!(at.within(now) == at, is_believed);
        assert!(at.within(now).believed(now).is_some());
    }

    proptest! {
        #[test]
        fn writing_and_reading_agree(seconds in -60_000_000_000_i64..200_000_000_000) {
            let t = Timestamp::from_millis(seconds * 1000);
            prop_assert_eq!(Timestamp::parse_utc(&t.to_string()), Some(t));
        }

        #[test]
        fn any_text_is_read_without_panic(text in ".*") {
            let _ = Timestamp::parse_utc(&text);
        }
    }
}
