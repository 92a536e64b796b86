// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space` without a command: the screen.

use std::io::IsTerminal as _;

use super::End;
use super::failure::{Failure, Kind};
use super::open::{Opened, Place};
use crate::app::model::Notice;
use crate::app::reading::{Images, Reading};
use crate::connect::Connect;
use crate::doc::appearance::{Appearance, Colours};
use crate::l10n::L10n;
use crate::terminal::{Session, background, run as run_screen};

/// Runs the screen; it needs a terminal and a profile, and nothing else.
pub(super) fn run(
    place: &Place<'_>,
    mut appearance: Appearance,
    colours: Colours,
) -> Result<(), End> {
    let l10n = place.l10n;
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(Failure::new(Kind::Usage, l10n, "fail-no-terminal", &[])
            .hint(l10n, "hint-no-terminal", &[])
            .into());
    }
    // Such a terminal shows what it is sent, and moves nothing.
    let term = std::env::var("TERM").unwrap_or_default();
    if matches!(term.as_str(), "dumb" | "unknown") {
        let values = [("term", term.into())];
        return Err(
            Failure::new(Kind::Usage, l10n, "fail-dumb-terminal", &values)
                .hint(l10n, "hint-dumb-terminal", &[])
                .into(),
        );
    }
    let has_colour = colours.on(true);
    // The terminal answers while the local copy is opened.
    let is_asked = has_colour && appearance.depends_on_background();
    let asked = is_asked.then(background::ask);
    let opened = place.open_quietly();
    appearance.tell(asked.and_then(background::Asked::answer));
    let opened = opened?;
    log_to_file(place);
    // What was asked for wins over NO_COLOR, which crossterm looks at by itself.
    crossterm::style::force_color_output(has_colour);
    // What is here opens without any secret: the token is looked for once the screen stands.
    let secrets = place.secrets.clone().without_terminal();
    let mut connect = Connect::new(opened.profile.clone(), secrets);
    if let Ok(file) = place.folders.path(&place.name) {
        connect = connect.kept_in(file);
    }
    let session = Session {
        tools: opened.tools(),
        connect,
        server: opened.profile.server_name().to_owned(),
        l10n: L10n::new(l10n.language()).dated(l10n.dates()),
        keymap: place.config.keys.keymap(),
        settings: place.config.settings.clone(),
        theme: appearance.theme(has_colour),
        notice: notice(place).or_else(|| read_only(place, &opened)),
        reading: Reading {
            origin: opened.profile.server.clone(),
            // Terminals without hyperlinks ignore them, but for these.
            has_hyperlinks: !std::env::var("TERM")
                .is_ok_and(|term| matches!(term.as_str(), "dumb" | "linux")),
            // Half blocks are made of colours.
            images: if has_colour {
                place.config.settings.images
            } else {
                Images::Off
            },
            bidi: place.config.settings.bidi,
            measure: place.config.settings.measure,
        },
    };
    drop(opened);
    run_screen(session).map_err(|error| {
        Failure::new(Kind::Failed, l10n, "fail-screen", &[])
            .because(error.as_ref())
            .into()
    })
}

/// Says that nothing can be kept.
fn read_only(place: &Place<'_>, opened: &Opened) -> Option<Notice> {
    Some(Notice {
        key: "notice-as-it-is",
        detail: place.read_only(opened)?,
        is_error: true,
    })
}

/// Says that a configuration file is not used.
fn notice(place: &Place<'_>) -> Option<Notice> {
    let (first, count) = place.config.first_error()?;
    let values = [
        ("detail", first.line(place.l10n).into()),
        ("count", count.into()),
    ];
    Some(Notice {
        key: "notice-as-it-is",
        detail: place.l10n.with("notice-config", &values),
        is_error: true,
    })
}

/// The screen is for reading: what the program has to say of itself goes to a file.
fn log_to_file(place: &Place<'_>) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("SPACE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(place.folders.log());
    // Without a log the screen works all the same.
    if let Ok(file) = file {
        let _ = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(false)
            .with_writer(std::sync::Mutex::new(file))
            .try_init();
    }
}
