// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Values with units: `"15s"`, `"64MiB"`. A bare number is refused: it does not say what it counts.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// A length of time above zero, written with its unit: `500ms`, `15s`, `2m`, `1h` or `180d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "String")]
pub struct Period(Duration);

/// An amount of memory above zero, written with its unit: `512B`, `16KiB`, `64MiB` or `1GiB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "String")]
pub struct Size(u64);

/// Largest first, so that values are shown in the largest unit that fits.
const TIMES: &[(&str, u64)] = &[
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];
const SIZES: &[(&str, u64)] = &[
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("B", 1),
];

/// A text that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not {what}: expected a whole number above zero with a unit, such as {such_as}"
)]
pub struct ParseUnitError {
    text: String,
    what: &'static str,
    such_as: &'static str,
}

impl Period {
    /// Makes a length of time of whole seconds; zero becomes one millisecond.
    pub const fn seconds(seconds: u64) -> Self {
        if seconds == 0 {
            Self(Duration::from_millis(1))
        } else {
            Self(Duration::from_secs(seconds))
        }
    }

    /// Returns the length of time.
    pub const fn get(self) -> Duration {
        self.0
    }
}

impl Size {
    /// Makes an amount of memory of 1024 · 1024 bytes each.
    pub const fn mebibytes(number: u64) -> Self {
        Self(number.saturating_mul(1 << 20))
    }

    /// Makes an amount of memory of 1024 bytes each.
    pub const fn kibibytes(number: u64) -> Self {
        Self(number.saturating_mul(1 << 10))
    }

    /// Returns the number of bytes.
    pub const fn bytes(self) -> u64 {
        self.0
    }
}

/// Reads digits and a unit, with or without space between.
fn read(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let (_, each) = units.iter().find(|(name, _)| *name == unit.trim_start())?;
    let number = number.parse::<u64>().ok()?.checked_mul(*each)?;
    (number > 0).then_some(number)
}

fn show(number: u64, units: &[(&str, u64)], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let fits = units.iter().find(|(_, each)| number.is_multiple_of(*each));
    let (unit, each) = fits.expect("the smallest unit is one");
    write!(f, "{}{unit}", number / each)
}

macro_rules! text {
    ($name:ident, $expecting:literal) => {
        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;

                impl Visitor<'_> for Text {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expecting)
                    }

                    fn visit_str<E: Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }

                deserializer.deserialize_str(Text)
            }
        }
    };
}
text!(Period, "a length of time with its unit, such as \"15s\"");
text!(Size, "a size with its unit, such as \"64MiB\"");

impl FromStr for Period {
    type Err = ParseUnitError;

    fn from_str(text: &str) -> Result<Self, ParseUnitError> {
        read(text, TIMES)
            .map(|millis| Self(Duration::from_millis(millis)))
            .ok_or_else(|| ParseUnitError {
                text: text.to_owned(),
                what: "a length of time",
                such_as: "15s or 500ms",
            })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = u64::try_from(self.0.as_millis()).unwrap_or(u64::MAX);
        show(millis, TIMES, f)
    }
}

impl FromStr for Size {
    type Err = ParseUnitError;

    fn from_str(text: &str) -> Result<Self, ParseUnitError> {
        read(text, SIZES).map(Self).ok_or_else(|| ParseUnitError {
            text: text.to_owned(),
            what: "a size",
            such_as: "64MiB or 16KiB",
        })
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.0, SIZES, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("15s", Some("15s"))]
    #[case("15 s", Some("15s"))]
    #[case("60s", Some("1m"))]
    #[case("1500ms", Some("1500ms"))]
    #[case("15", None)]
    #[case("0s", None)]
    #[case("-1s", None)]
    #[case("s", None)]
    #[case("99999999999999999999s", None)]
    #[case("18446744073709551615d", None)]
    fn lengths_of_time(#[case] text: &str, #[case] want: Option<&str>) {
        let read = text.parse::<Period>().ok().map(|p| p.to_string());
        assert_eq!(read.as_deref(), want);
    }

    #[rstest]
    #[case("1024KiB", Some("1MiB"))]
    #[case("1000B", Some("1000B"))]
    #[case("1MB", None)]
    #[case("0B", None)]
    #[case("64", None)]
    fn sizes(#[case] text: &str, #[case] want: Option<&str>) {
        let read = text.parse::<Size>().ok().map(|s| s.to_string());
        assert_eq!(read.as_deref(), want);
    }
}
