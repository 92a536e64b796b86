// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use super::*;
use crate::config::theme::{BUNDLED, bundled, read};
use crate::doc::colour::of_index;

type Rgb = [u8; 3];

/// A terminal's colours: text, background, and the sixteen.
struct Palette {
    name: &'static str,
    text: Rgb,
    ground: Rgb,
    colours: [Rgb; 16],
}

const fn hex(colours: [u32; 16]) -> [Rgb; 16] {
    let mut out = [[0; 3]; 16];
    let mut at = 0;
    while at < 16 {
        let [_, r, g, b] = colours[at].to_be_bytes();
        out[at] = [r, g, b];
        at += 1;
    }
    out
}

/// The Linux console and VGA.
const VGA: [Rgb; 16] = hex([
    0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa,
    0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
]);
/// Windows Terminal.
const CAMPBELL: [Rgb; 16] = hex([
    0x0c_0c0c, 0xc5_0f1f, 0x13_a10e, 0xc1_9c00, 0x00_37da, 0x88_1798, 0x3a_96dd, 0xcc_cccc,
    0x76_7676, 0xe7_4856, 0x16_c60c, 0xf9_f1a5, 0x3b_78ff, 0xb4_009e, 0x61_d6d6, 0xf2_f2f2,
]);
/// GNOME Terminal for many years.
const TANGO: [Rgb; 16] = hex([
    0x2e_3436, 0xcc_0000, 0x4e_9a06, 0xc4_a000, 0x34_65a4, 0x75_507b, 0x06_989a, 0xd3_d7cf,
    0x55_5753, 0xef_2929, 0x8a_e234, 0xfc_e94f, 0x72_9fcf, 0xad_7fa8, 0x34_e2e2, 0xee_eeec,
]);
/// Solarized: eight of its sixteen are greys, and its text itself has but 4.1 to 4.8 to 1.
const SOLARIZED: [Rgb; 16] = hex([
    0x07_3642, 0xdc_322f, 0x85_9900, 0xb5_8900, 0x26_8bd2, 0xd3_3682, 0x2a_a198, 0xee_e8d5,
    0x00_2b36, 0xcb_4b16, 0x58_6e75, 0x65_7b83, 0x83_9496, 0x6c_71c4, 0x93_a1a1, 0xfd_f6e3,
]);

/// The usual ones.
fn usual(mode: Mode) -> Vec<Palette> {
    let of = |name, colours: [Rgb; 16]| {
        let (text, ground) = match mode {
            Mode::Dark => (colours[7], [0, 0, 0]),
            Mode::Light => ([0, 0, 0], [255, 255, 255]),
        };
        Palette {
            name,
            text,
            ground,
            colours,
        }
    };
    vec![
        of("xterm", colour::XTERM),
        of("vga", VGA),
        of("campbell", CAMPBELL),
        of("tango", TANGO),
    ]
}

fn solarized(mode: Mode) -> Palette {
    let (text, ground) = match mode {
        Mode::Dark => (SOLARIZED[12], SOLARIZED[8]),
        Mode::Light => (SOLARIZED[11], SOLARIZED[15]),
    };
    Palette {
        name: "solarized",
        text,
        ground,
        colours: SOLARIZED,
    }
}

impl Palette {
    fn rgb(&self, colour: Option<Color>, default: Rgb) -> Rgb {
        match colour {
            None | Some(Color::Reset) => default,
            Some(Color::Rgb(r, g, b)) => [r, g, b],
            Some(Color::Indexed(at)) => of_index(at),
            Some(named) => {
                let at = colour::NAMES.iter().position(|(_, it)| *it == named);
                self.colours[at.expect("one of the sixteen")]
            }
        }
    }

    /// What is seen of a style: text and what is behind it.
    fn seen(&self, style: Style) -> (Rgb, Rgb) {
        let mut text = self.rgb(style.fg, self.text);
        let mut ground = self.rgb(style.bg, self.ground);
        if style.add_modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut text, &mut ground);
        }
        if style.add_modifier.contains(Modifier::DIM) {
            // Two thirds of the way, as VTE does it.
            text = std::array::from_fn(|at| {
                let mixed = (u16::from(text[at]) * 2 + u16::from(ground[at])) / 3;
                u8::try_from(mixed).expect("a mean of bytes")
            });
        }
        (text, ground)
    }
}

/// Contrast (WCAG 2.2, "contrast ratio" and "relative luminance").
fn contrast((a, b): (Rgb, Rgb)) -> f64 {
    let luminance = |rgb: Rgb| {
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(rgb[0]) + 0.7152 * part(rgb[1]) + 0.0722 * part(rgb[2])
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Every pair of text and ground that a theme makes, by name.
fn pairs(looks: &Looks) -> Vec<(String, Style)> {
    let mut out = Vec::new();
    for (name, token) in TOKENS {
        let Token::Role(role) = token else { continue };
        for tone in [Tone::Plain, Tone::Focused, Tone::Here, Tone::Bar] {
            let style = looks.style(*role, Stress::default(), tone);
            out.push((format!("{name} {tone:?}"), style));
        }
    }
    out
}

/// Returns the smallest contrast, in parts of what it should be at least.
fn worst(looks: &Looks, palettes: &[Palette], least: f64) -> (f64, String) {
    let mut worst = (f64::MAX, String::new());
    for palette in palettes {
        for (name, style) in pairs(looks) {
            let ratio = contrast(palette.seen(style));
            // How much dimmer dim is, is the terminal's choice; it is for frames and what is said elsewhere too.
            let is_dim = style.add_modifier.contains(Modifier::DIM);
            let least = if is_dim && least < 7.0 { 4.0 } else { least };
            if ratio / least < worst.0 {
                worst = (ratio / least, format!("{ratio:.2} {} {name}", palette.name));
            }
        }
    }
    worst
}

#[test]
fn contrast_is_what_the_standard_says() {
    assert!((contrast(([0; 3], [255; 3])) - 21.0).abs() < 0.001);
    assert!((contrast(([0x77; 3], [255; 3])) - 4.478).abs() < 0.001);
}

#[test]
fn everything_can_be_read_on_the_usual_palettes() {
    for (theme, mode) in [
        ("dark", Mode::Dark),
        ("light", Mode::Light),
        ("mono", Mode::Dark),
        ("mono", Mode::Light),
    ] {
        let (ratio, which) = worst(&bundled(theme), &usual(mode), 4.5);
        assert!(ratio >= 1.0, "{theme}: {which}");
    }
}

#[test]
fn nothing_vanishes_on_solarized() {
    for (theme, mode) in [("dark", Mode::Dark), ("light", Mode::Light)] {
        let looks = bundled(theme);
        let palette = solarized(mode);
        for (name, style) in pairs(&looks) {
            // Solarized's dimmed text is below every bound already; it is left out, not excused.
            let style = style.remove_modifier(Modifier::DIM);
            let style = Style {
                add_modifier: style.add_modifier - Modifier::DIM,
                ..style
            };
            let ratio = contrast(palette.seen(style));
            assert!(ratio >= 2.9, "{theme}: {ratio:.2} {name}");
        }
    }
}

#[test]
fn high_contrast_is_high_on_any_background() {
    for theme in ["high-contrast", "high-contrast-light"] {
        for mode in [Mode::Dark, Mode::Light] {
            let (ratio, which) = worst(&bundled(theme), &usual(mode), 7.0);
            assert!(ratio >= 1.0, "{theme}: {which}");
        }
    }
}

#[test]
fn themes_that_we_bring_are_whole_right_and_made_of_the_sixteen() {
    for (name, text) in BUNDLED {
        let (own, problems) = read(name, text);
        assert_eq!(problems, [], "{name}");
        assert_eq!(own.len(), TOKENS.len(), "{name}: each token once");
        let looks = bundled(name);
        assert_eq!(looks.at(Depth::Sixteen), looks, "{name}");
    }
}

#[test]
fn without_colours_there_is_none() {
    for (name, _) in BUNDLED {
        let looks = bundled(name).without_colours();
        for (token, style) in pairs(&looks) {
            assert_eq!((style.fg, style.bg), (None, None), "{name}: {token}");
        }
    }
    assert_eq!(bundled("mono").without_colours(), bundled("mono"));
}

#[test]
fn light_and_dark_leave_the_terminals_own_background() {
    for name in ["dark", "light", "mono"] {
        for (token, style) in pairs(&bundled(name)) {
            assert_eq!(style.bg, None, "{name}: {token}");
        }
    }
}

#[test]
fn every_role_has_a_look() {
    // A role that is left out of the table would look like the screen everywhere.
    let source = include_str!("../mod.rs");
    let roles = source
        .split("pub enum Role {")
        .nth(1)
        .and_then(|rest| rest.split('}').next());
    let roles = roles
        .expect("the roles")
        .lines()
        .filter(|line| line.trim().ends_with(','));
    let in_table = TOKENS
        .iter()
        .filter(|(_, token)| matches!(token, Token::Role(_)));
    assert_eq!(roles.count(), in_table.count());
}

#[test]
fn the_bar_and_a_coloured_selection_take_no_colours_from_what_is_on_them() {
    let mut looks = bundled("dark");
    let on_bar = looks.style(Role::Author, Stress::default(), Tone::Bar);
    assert_eq!(on_bar.fg, None);
    let focused = looks.style(Role::Author, Stress::default(), Tone::Focused);
    assert_eq!(focused.fg, None);
    // One that is only a weight leaves colours alone.
    let here = looks.style(Role::Author, Stress::default(), Tone::Here);
    assert_eq!(here.fg, Some(Color::Cyan));
    let white_on_blue = Look {
        fg: Some(Color::White),
        bg: Some(Color::Blue),
        weight: Modifier::empty(),
    };
    looks.set(Token::Selection, white_on_blue);
    let focused = looks.style(Role::Quiet, Stress::default(), Tone::Focused);
    assert_eq!(
        (focused.fg, focused.bg),
        (Some(Color::White), Some(Color::Blue))
    );
    assert!(!focused.add_modifier.contains(Modifier::DIM));
}
