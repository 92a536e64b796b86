// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the terminal is and can do.

use std::io::{self, IsTerminal as _, Write as _};

use crossterm::{cursor, terminal};

use super::{Examination, Status};
use crate::app::model::{MIN_COLUMNS, MIN_ROWS};
use crate::config::Images;
use crate::doc::appearance::{Appearance, Colours, ModeFrom};
use crate::doc::theme::Mode;
use crate::terminal::background;
use crate::text::measure;

/// Texts on whose width terminals differ: an emoji made of two characters, a flag, a family, and Chinese.
const PROBES: [&str; 4] = [
    "\u{2764}\u{fe0f}",
    "\u{1f1e9}\u{1f1ea}",
    "\u{1f469}\u{200d}\u{1f4bb}",
    "語",
];

pub(super) fn examine(
    it: &mut Examination<'_>,
    mut appearance: Appearance,
    colours: Colours,
    may_ask: bool,
    variable: impl Fn(&str) -> Option<String>,
) {
    let has_terminal = io::stdout().is_terminal() && io::stdin().is_terminal();
    let term = variable("TERM").unwrap_or_default();
    let named = match variable("COLORTERM").filter(|value| !value.is_empty()) {
        Some(more) => format!("{term}, COLORTERM={more}"),
        None => term.clone(),
    };
    if !has_terminal {
        let value = it.text("doctor-no-terminal", &[]);
        it.fine("terminal", value);
    } else if matches!(term.as_str(), "" | "dumb" | "unknown") {
        let fix = it.text("doctor-no-term-fix", &[]);
        it.say("terminal", Status::Problem, named, Some(fix));
    } else {
        it.fine("terminal", named);
    }
    multiplexer(it, appearance.depth().colours(), &variable);
    let may_ask = may_ask && has_terminal && !matches!(term.as_str(), "" | "dumb");
    if has_terminal {
        size(it);
    }
    let value = if colours.on(has_terminal || variable("TERM").is_some()) {
        let count = appearance.depth().colours();
        it.text("doctor-colours-value", &[("count", count.into())])
    } else {
        it.text("doctor-colours-none", &[("why", colours.why.into())])
    };
    it.fine("colours", value);
    if may_ask {
        appearance.tell(background::ask().answer());
    }
    ground(it, &appearance);
    it.fine("theme", appearance.name());
    if may_ask {
        widths(it);
        let is_full = terminal::supports_keyboard_enhancement().unwrap_or(false);
        let key = if is_full {
            "doctor-keyboard-full"
        } else {
            "doctor-keyboard-plain"
        };
        let value = it.text(key, &[]);
        it.fine("keyboard", value);
    }
    images(it, may_ask);
}

/// tmux, screen, ssh: each stands between the program and the terminal.
fn multiplexer(it: &mut Examination<'_>, colours: u32, variable: &impl Fn(&str) -> Option<String>) {
    let inside: Vec<&str> = [
        ("TMUX", "tmux"),
        ("STY", "screen"),
        ("SSH_CONNECTION", "ssh"),
    ]
    .into_iter()
    .filter(|(name, _)| variable(name).is_some_and(|value| !value.is_empty()))
    .map(|(_, what)| what)
    .collect();
    if inside.contains(&"tmux") && colours < 1 << 24 {
        let fix = it.text("doctor-multiplexer-fix", &[]);
        // Fewer colours are no fault: themes are made of sixteen.
        it.say("multiplexer", Status::Ok, inside.join(", "), Some(fix));
    } else if !inside.is_empty() {
        it.fine("multiplexer", inside.join(", "));
    }
}

fn size(it: &mut Examination<'_>) {
    let (columns, rows) = terminal::size().unwrap_or_default();
    let values = [("columns", columns.into()), ("rows", rows.into())];
    let value = it.text("doctor-size-value", &values);
    if columns < MIN_COLUMNS || rows < MIN_ROWS {
        let values = [("columns", MIN_COLUMNS.into()), ("rows", MIN_ROWS.into())];
        let fix = it.text("doctor-size-fix", &values);
        it.say("size", Status::Problem, value, Some(fix));
    } else {
        it.fine("size", value);
    }
}

fn ground(it: &mut Examination<'_>, appearance: &Appearance) {
    let key = match appearance.mode() {
        Mode::Dark => "doctor-background-dark",
        Mode::Light => "doctor-background-light",
    };
    let why = match appearance.mode_from() {
        ModeFrom::Terminal => it.text("doctor-background-asked", &[]),
        ModeFrom::Environment => "COLORFGBG".to_owned(),
        ModeFrom::Nobody => it.text("doctor-background-guess", &[]),
    };
    let value = it.text(key, &[("why", why.into())]);
    let is_guess = appearance.mode_from() == ModeFrom::Nobody;
    let fix = is_guess.then(|| it.text("doctor-background-fix", &[]));
    it.say("background", Status::Ok, value, fix);
}

/// Prints texts at the beginning of a line, and asks where the cursor is then.
fn widths(it: &mut Examination<'_>) {
    let mut out = io::stdout();
    let mut differs = None;
    let mut is_known = true;
    for text in PROBES {
        let asked = write!(out, "\r{text}")
            .and_then(|()| out.flush())
            .and_then(|()| cursor::position());
        let _ = write!(
            out,
            "\r{}",
            terminal::Clear(terminal::ClearType::CurrentLine)
        );
        let _ = out.flush();
        let Ok((theirs, _)) = asked else {
            // A terminal that does not answer once does not answer twice, and each time takes two seconds.
            is_known = false;
            break;
        };
        let ours = measure::width(text);
        if ours != usize::from(theirs) && differs.is_none() {
            differs = Some((text, theirs, ours));
        }
    }
    match differs {
        Some((text, theirs, ours)) => {
            let values = [
                ("text", text.into()),
                ("theirs", theirs.into()),
                ("ours", ours.into()),
            ];
            let value = it.text("doctor-width-differs", &values);
            let fix = it.text("doctor-width-fix", &[]);
            it.say("width", Status::Warning, value, Some(fix));
        }
        None if is_known => {
            let value = it.text("doctor-width-fine", &[]);
            it.fine("width", value);
        }
        None => {
            let value = it.text("doctor-width-unknown", &[]);
            it.fine("width", value);
        }
    }
}

fn images(it: &mut Examination<'_>, may_ask: bool) {
    let set = it.place.config.settings.images;
    let value = match set {
        Images::Off => it.text("doctor-images-off", &[]),
        Images::Auto if may_ask => match ratatui_image::picker::Picker::from_query_stdio() {
            Ok(picker) => format!("{:?}", picker.protocol_type()).to_lowercase(),
            Err(_) => Images::HalfBlocks.word().to_owned(),
        },
        Images::Auto | Images::HalfBlocks => Images::HalfBlocks.word().to_owned(),
    };
    it.fine("images", value);
}
