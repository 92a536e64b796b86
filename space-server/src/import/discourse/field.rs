// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reads single values of documents that others wrote: what is absent or null is absent, what has another type
//! than it should is reported and then absent, and never takes the rest of its document with it.

use serde_json::value::RawValue;
use space_core::Timestamp;

use crate::import::finding::{FindingKind, Findings};

/// A value as it stands in the document; `None` when absent or null.
pub(super) type Raw<'a> = Option<&'a RawValue>;

/// Numbers past this are not exact in JSON, and no forum has them.
const MAX_NUMBER: i64 = 1 << 53;

/// Reads values, and reports those that cannot be used.
pub(super) struct Reader<'f> {
    /// Where the values stand, as the report names it.
    pub(super) place: String,
    /// Where to report.
    pub(super) findings: &'f mut Findings,
}

impl Reader<'_> {
    pub(super) fn unusable(&mut self, field: &str, raw: &RawValue, wanted: &str) {
        let mut shown: String = raw.get().chars().take(40).collect();
        if shown.len() < raw.get().len() {
            shown.push('…');
        }
        self.findings.add(
            FindingKind::Value,
            &self.place,
            format!("{field} is {shown}; expected {wanted}"),
        );
    }

    /// Reads a whole number; `12.0` and `"12"` will do.
    pub(super) fn number(&mut self, field: &str, raw: Raw<'_>) -> Option<i64> {
        let raw = raw?;
        let text = raw.get();
        let text = serde_json::from_str::<&str>(text).unwrap_or(text);
        let number = text.parse().ok().or_else(|| {
            let number: f64 = text.parse().ok()?;
            #[expect(
                clippy::cast_possible_truncation,
                reason = "checked to be whole and in range"
            )]
            #[expect(clippy::cast_precision_loss, reason = "the bound is a power of two")]
            (number.fract() == 0.0 && number.abs() <= MAX_NUMBER as f64).then_some(number as i64)
        });
        let number = number.filter(|n: &i64| (-MAX_NUMBER..=MAX_NUMBER).contains(n));
        if number.is_none() {
            self.unusable(field, raw, "a whole number");
        }
        number
    }

    /// Reads a count: a number that is not below zero.
    pub(super) fn count(&mut self, field: &str, raw: Raw<'_>) -> Option<i64> {
        let number = self.number(field, raw)?;
        if number < 0 {
            self.findings.add(
                FindingKind::Value,
                &self.place,
                format!("{field} is {number}; expected a count"),
            );
            return None;
        }
        Some(number)
    }

    /// Reads a truth; 0 and 1 will do.
    pub(super) fn flag(&mut self, field: &str, raw: Raw<'_>) -> bool {
        let Some(raw) = raw else { return false };
        match raw.get() {
            "true" | "1" => true,
            "false" | "0" => false,
            _ => {
                self.unusable(field, raw, "true or false");
                false
            }
        }
    }

    /// Reads a text. Characters that are none (half of a surrogate pair) become U+FFFD and are reported.
    pub(super) fn text(&mut self, field: &str, raw: Raw<'_>) -> Option<String> {
        let raw = raw?;
        if let Ok(text) = serde_json::from_str(raw.get()) {
            return Some(text);
        }
        let text = whole_characters(raw.get()).and_then(|json| serde_json::from_str(&json).ok());
        if text.is_some() {
            let what = format!("{field} has half a character; replaced");
            self.findings.add(FindingKind::Value, &self.place, what);
        } else {
            self.unusable(field, raw, "a text");
        }
        text
    }

    /// Reads a moment: RFC 3339 in UTC.
    pub(super) fn moment(&mut self, field: &str, raw: Raw<'_>) -> Option<Timestamp> {
        let raw = raw?;
        let moment = serde_json::from_str::<&str>(raw.get())
            .ok()
            .and_then(Timestamp::parse_utc);
        if moment.is_none() {
            self.unusable(field, raw, "a date and time in UTC");
        }
        moment
    }

    /// Reads a list; what is not one is reported and empty.
    pub(super) fn list<'a>(&mut self, field: &str, raw: Raw<'a>) -> Vec<&'a RawValue> {
        let Some(raw) = raw else { return Vec::new() };
        serde_json::from_str(raw.get()).unwrap_or_else(|_| {
            self.unusable(field, raw, "a list");
            Vec::new()
        })
    }
}

/// Replaces escaped halves of surrogate pairs in a JSON string; `None` when it is no string or has none.
fn whole_characters(json: &str) -> Option<String> {
    let unit = |at: usize| -> Option<u16> {
        (json.get(at..at + 2)? == r"\u")
            .then(|| u16::from_str_radix(json.get(at + 2..at + 6)?, 16).ok())
            .flatten()
    };
    if !json.starts_with('"') {
        return None;
    }
    let mut out = String::with_capacity(json.len());
    let (mut at, mut from, mut changed) = (0, 0, false);
    while let Some(found) = json[at..].find('\\') {
        let here = at + found;
        at = match (unit(here), unit(here + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => here + 12,
            (Some(0xd800..=0xdfff), _) => {
                out.push_str(&json[from..here]);
                out.push('\u{fffd}');
                changed = true;
                from = here + 6;
                from
            }
            // An escaped backslash hides what follows it.
            _ => here + 2,
        };
        if !json.is_char_boundary(at) {
            return None;
        }
    }
    out.push_str(&json[from..]);
    changed.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn raw(json: &str) -> Box<RawValue> {
        serde_json::from_str(json).unwrap()
    }

    fn reader(findings: &mut Findings) -> Reader<'_> {
        Reader {
            place: "x".to_owned(),
            findings,
        }
    }

    #[rstest]
    #[case("12", Some(12), 0)]
    #[case("-3", Some(-3), 0)]
    #[case("12.0", Some(12), 0)]
    #[case("\"12\"", Some(12), 0)]
    #[case("12.5", None, 1)]
    #[case("1e999", None, 1)]
    #[case("123456789012345678901234567890", None, 1)]
    #[case("9223372036854775807", None, 1)]
    #[case("\"many\"", None, 1)]
    #[case("\"NaN\"", None, 1)]
    #[case("[12]", None, 1)]
    fn numbers(#[case] json: &str, #[case] want: Option<i64>, #[case] reports: usize) {
        let mut findings = Findings::default();
        assert_eq!(reader(&mut findings).number("n", Some(&raw(json))), want);
        assert_eq!(findings.count(FindingKind::Value), reports);
    }

    #[rstest]
    #[case(r#""plain""#, Some("plain"), 0)]
    #[case(r#""\ud83d\ude00""#, Some("\u{1f600}"), 0)]
    #[case(r#""a\ud83d b""#, Some("a\u{fffd} b"), 1)]
    #[case(r#""\ude00\ud83d""#, Some("\u{fffd}\u{fffd}"), 1)]
    #[case(r#""\\ud83d""#, Some(r"\ud83d"), 0)]
    #[case(r#""\ud83d\\ud83d é""#, Some("\u{fffd}\\ud83d é"), 1)]
    #[case("5", None, 1)]
    #[case("{}", None, 1)]
    fn texts(#[case] json: &str, #[case] want: Option<&str>, #[case] reports: usize) {
        let mut findings = Findings::default();
        assert_eq!(
            reader(&mut findings).text("t", Some(&raw(json))).as_deref(),
            want
        );
        assert_eq!(findings.count(FindingKind::Value), reports);
    }

    proptest! {
        #[test]
        fn any_escapes_are_read_without_panic(text in r#"("|\\|u|d83d|de00|é|a){0,12}"#) {
            let _ = whole_characters(&format!("\"{text}\""));
        }
    }
}
