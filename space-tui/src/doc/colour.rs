// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Colours: their names, how many a terminal has, and the nearest of those.

use ratatui::style::Color;

/// The sixteen colours that every terminal has and lets its user choose.
pub const NAMES: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// The sixteen as xterm has them when nobody chose others.
pub const XTERM: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Depth {
    /// The sixteen.
    #[default]
    Sixteen,
    /// The sixteen, a cube of 6 x 6 x 6, and 24 greys.
    TwoHundredFiftySix,
    /// Red, green and blue in 256 steps each.
    True,
}

impl Depth {
    /// Returns what the environment says. A terminal that does not say it has them all is not sent them.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let is = |name: &str, test: &dyn Fn(&str) -> bool| variable(name).is_some_and(|v| test(&v));
        if is("COLORTERM", &|v| matches!(v, "truecolor" | "24bit")) {
            Self::True
        } else if is("TERM", &|v| v.contains("256color")) {
            Self::TwoHundredFiftySix
        } else {
            Self::Sixteen
        }
    }

    /// Returns how many colours that is.
    pub fn colours(self) -> u32 {
        match self {
            Self::Sixteen => 16,
            Self::TwoHundredFiftySix => 256,
            Self::True => 1 << 24,
        }
    }

    /// Returns the nearest colour that there is.
    pub fn nearest(self, colour: Color) -> Color {
        match (self, colour) {
            (Self::True, _) => colour,
            (Self::TwoHundredFiftySix, Color::Rgb(r, g, b)) => {
                // The first sixteen are whatever the user made of them: none of them is near anything.
                Color::Indexed(closest([r, g, b], 16..=255))
            }
            (Self::Sixteen, Color::Rgb(r, g, b)) => sixteen([r, g, b]),
            (Self::Sixteen, Color::Indexed(at)) => sixteen(of_index(at)),
            _ => colour,
        }
    }
}

fn sixteen(rgb: [u8; 3]) -> Color {
    NAMES[usize::from(closest(rgb, 0..=15))].1
}

fn closest(rgb: [u8; 3], among: std::ops::RangeInclusive<u8>) -> u8 {
    among
        .min_by_key(|at| distance(of_index(*at), rgb))
        .unwrap_or(0)
}

/// Distance as eyes see it, roughly: a weight for each colour by the mean of the reds (the "redmean").
fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    let square = |at: usize| u32::from(a[at].abs_diff(b[at])).pow(2);
    let mean = (u32::from(a[0]) + u32::from(b[0])) / 2;
    ((512 + mean) * square(0) >> 8) + 4 * square(1) + ((767 - mean) * square(2) >> 8)
}

/// Returns what one of the 256 colours is, as xterm has them.
pub fn of_index(at: u8) -> [u8; 3] {
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match at {
        0..=15 => XTERM[usize::from(at)],
        16..=231 => {
            let n = at - 16;
            [step(n / 36), step(n / 6 % 6), step(n % 6)]
        }
        232..=255 => [8 + 10 * (at - 232); 3],
    }
}

/// Reads a colour: a name, `default`, `#rrggbb`, or 0 to 255.
pub fn parse(text: &str) -> Option<Color> {
    if let Some((_, colour)) = NAMES.iter().find(|(name, _)| *name == text) {
        return Some(*colour);
    }
    if text == "default" {
        return Some(Color::Reset);
    }
    if let Some(hex) = text.strip_prefix('#') {
        let is_hex = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        let [_, r, g, b] = u32::from_str_radix(hex, 16).ok()?.to_be_bytes();
        return is_hex.then_some(Color::Rgb(r, g, b));
    }
    text.parse().ok().map(Color::Indexed)
}

/// Returns how a colour is written.
pub fn written(colour: Color) -> String {
    match colour {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Indexed(at) => at.to_string(),
        other => NAMES
            .iter()
            .find(|(_, named)| *named == other)
            .map_or("default", |(name, _)| name)
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("red", Some(Color::Red))]
    #[case("bright-white", Some(Color::White))]
    #[case("white", Some(Color::Gray))]
    #[case("default", Some(Color::Reset))]
    #[case("#Ff8800", Some(Color::Rgb(255, 136, 0)))]
    #[case("#f80", None)]
    #[case("#+12345", None)]
    #[case("240", Some(Color::Indexed(240)))]
    #[case("256", None)]
    #[case("", None)]
    fn colours(#[case] text: &str, #[case] want: Option<Color>) {
        assert_eq!(parse(text), want);
    }

    #[rstest]
    #[case(Depth::True, Color::Rgb(255, 136, 0), Color::Rgb(255, 136, 0))]
    #[case(
        Depth::TwoHundredFiftySix,
        Color::Rgb(255, 135, 0),
        Color::Indexed(208)
    )]
    #[case(Depth::TwoHundredFiftySix, Color::Rgb(9, 9, 9), Color::Indexed(232))]
    #[case(Depth::TwoHundredFiftySix, Color::Red, Color::Red)]
    #[case(Depth::Sixteen, Color::Rgb(250, 10, 10), Color::LightRed)]
    #[case(Depth::Sixteen, Color::Indexed(46), Color::LightGreen)]
    #[case(Depth::Sixteen, Color::Indexed(16), Color::Black)]
    #[case(Depth::Sixteen, Color::Reset, Color::Reset)]
    fn the_nearest(#[case] depth: Depth, #[case] colour: Color, #[case] want: Color) {
        assert_eq!(depth.nearest(colour), want);
    }

    #[rstest]
    #[case(Some("truecolor"), "xterm", Depth::True)]
    #[case(Some("yes"), "xterm-256color", Depth::TwoHundredFiftySix)]
    #[case(None, "linux", Depth::Sixteen)]
    fn depths(#[case] colorterm: Option<&str>, #[case] term: &str, #[case] want: Depth) {
        let variable = |name: &str| match name {
            "COLORTERM" => colorterm.map(str::to_owned),
            "TERM" => Some(term.to_owned()),
            _ => None,
        };
        assert_eq!(Depth::from_environment(variable), want);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(r: u8, g: u8, b: u8, at: u8) {
            for colour in [Color::Rgb(r, g, b), Color::Indexed(at), NAMES[usize::from(at % 16)].1, Color::Reset] {
                prop_assert_eq!(parse(&written(colour)), Some(colour));
            }
        }

        #[test]
        fn a_terminal_is_sent_only_colours_that_it_has(r: u8, g: u8, b: u8, at: u8) {
            for colour in [Color::Rgb(r, g, b), Color::Indexed(at)] {
                let near = Depth::Sixteen.nearest(colour);
                prop_assert!(NAMES.iter().any(|(_, named)| *named == near));
                let is_true = matches!(Depth::TwoHundredFiftySix.nearest(colour), Color::Rgb(..));
                prop_assert!(!is_true);
            }
        }
    }
}
