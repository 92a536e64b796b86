// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lengths of time with units: `"15s"`. A bare number is refused: it does not say what it counts.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A length of time above zero, written with its unit: `500ms`, `15s`, `2m` or `1h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct Period(Duration);

const UNITS: &[(&str, u64)] = &[("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

impl Period {
    /// Makes a length of time of whole seconds, above zero.
    pub(crate) const fn seconds(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }

    /// Returns the length of time.
    pub(crate) const fn get(self) -> Duration {
        self.0
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        UNITS
            .iter()
            .find(|(name, _)| *name == unit.trim_start())
            .and_then(|(_, each)| number.parse::<u64>().ok()?.checked_mul(*each))
            .filter(|millis| *millis > 0)
            .map(|millis| Self(Duration::from_millis(millis)))
            .ok_or_else(|| {
                format!(
                    "{text:?} is not a length of time: expected a whole number above zero with a unit, such as 15s or 500ms"
                )
            })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = u64::try_from(self.0.as_millis()).unwrap_or(u64::MAX);
        let fits = UNITS.iter().find(|(_, each)| millis.is_multiple_of(*each));
        let (unit, each) = fits.expect("the smallest unit is one");
        write!(f, "{}{unit}", millis / each)
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("15s", Some("15s"))]
    #[case("60s", Some("1m"))]
    #[case("1500ms", Some("1500ms"))]
    #[case("15", None)]
    #[case("0s", None)]
    #[case("99999999999999999999s", None)]
    fn lengths_of_time(#[case] text: &str, #[case] want: Option<&str>) {
        let read = text.parse::<Period>().ok().map(|p| p.to_string());
        assert_eq!(read.as_deref(), want);
    }
}
