// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Times in words: how long ago, or the date.

use space_core::Timestamp;

use crate::config::Dates;
use crate::l10n::L10n;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Returns a short text for a moment: minutes, hours or days ago, and the date (UTC) after 30 days or when the reader
/// wants dates.
pub fn short(l10n: &L10n, then: Timestamp, now: Timestamp) -> String {
    if l10n.dates() == Dates::Absolute {
        return date(then);
    }
    let seconds = now.since(then).as_secs();
    let counted = |key, n: u64| l10n.with(key, &[("count", n.into())]);
    match seconds {
        0..MINUTE => l10n.text("when-now"),
        MINUTE..HOUR => counted("when-minutes", seconds / MINUTE),
        HOUR..DAY => counted("when-hours", seconds / HOUR),
        _ if seconds < 30 * DAY => counted("when-days", seconds / DAY),
        _ => date(then),
    }
}

/// Returns the same in at most eight columns, which the languages keep to: day and month (UTC) after 30 days, month and
/// year after eleven months. Readers who want dates get the whole one.
pub fn brief(l10n: &L10n, then: Timestamp, now: Timestamp) -> String {
    let days = now.since(then).as_secs() / DAY;
    if days < 30 || l10n.dates() == Dates::Absolute {
        return short(l10n, then, now);
    }
    let (year, month, day) = then.date();
    let at = usize::try_from(month).unwrap_or(1).clamp(1, MONTHS.len()) - 1;
    let month = l10n.text(MONTHS[at]);
    if days < 335 {
        let values = [("day", day.into()), ("month", month.into())];
        return l10n.with("when-day-month", &values);
    }
    let values = [
        ("year", format!("{year:04}").into()),
        ("month", month.into()),
    ];
    l10n.with("when-month-year", &values)
}

/// The texts of the months.
const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8",
    "month-9", "month-10", "month-11", "month-12",
];

/// Returns the date in UTC: `2016-11-13`.
pub fn date(then: Timestamp) -> String {
    let (year, month, day) = then.date();
    format!("{year:04}-{month:02}-{day:02}")
}

/// Returns date and time in UTC to the minute: `2016-11-13 05:22`.
pub fn minute(then: Timestamp) -> String {
    let text = then.to_string();
    let (date, time) = text.split_once('T').unwrap_or((&text, ""));
    format!("{date} {}", time.get(..5).unwrap_or(time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(5, "now")]
    #[case(65, "1 min")]
    #[case(2 * 3600 + 5, "2 h")]
    #[case(3 * 86400, "3 d")]
    #[case(400 * 86400, "2019-08-10")]
    fn ages(#[case] seconds: i64, #[case] want: &str) {
        let now = Timestamp::from_millis(1_600_000_000_000);
        let then = Timestamp::from_millis(now.millis() - seconds * 1000);
        assert_eq!(short(&L10n::english(), then, now), want);
    }

    #[rstest]
    #[case("en", 20, "20 d")]
    #[case("en", 40, "4 Aug")]
    #[case("en", 400, "Aug 2019")]
    #[case("de", 400, "Aug 2019")]
    #[case("ja", 40, "8/4")]
    #[case("ar", 400, "8/2019")]
    fn brief_ages(#[case] language: &str, #[case] days: i64, #[case] want: &str) {
        let now = Timestamp::from_millis(1_600_000_000_000);
        let then = Timestamp::from_millis(now.millis() - days * 86_400_000);
        assert_eq!(brief(&L10n::new(language), then, now), want);
    }

    #[test]
    fn every_language_keeps_to_eight_columns() {
        let now = Timestamp::from_millis(1_600_000_000_000);
        for language in ["en", "de", "ar", "ja"] {
            let l10n = L10n::new(language);
            for days in 0..900 {
                let then = Timestamp::from_millis(now.millis() - days * 86_400_000);
                let text = brief(&l10n, then, now);
                let columns = crate::text::measure::width(&text);
                assert!(columns <= 8, "{language}: {text}");
            }
        }
    }

    #[test]
    fn whoever_wants_dates_gets_dates() {
        let moment = Timestamp::from_millis(1_600_000_000_000);
        let l10n = L10n::english().dated(Dates::Absolute);
        assert_eq!(short(&l10n, moment, moment), "2020-09-13");
    }

    #[test]
    fn minutes_read_well() {
        assert_eq!(
            minute(Timestamp::from_millis(1_600_000_000_000)),
            "2020-09-13 12:26"
        );
    }
}
