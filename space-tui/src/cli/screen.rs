// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space` without a command: the screen.

use std::io::IsTerminal as _;

use super::End;
use super::args::ColorWhen;
use super::failure::{Failure, Kind};
use super::open::Place;
use crate::app::reading::{Images, Reading};
use crate::doc::theme::Theme;
use crate::l10n::L10n;
use crate::terminal::{Session, run as run_screen};

/// Runs the screen; it needs a terminal and a profile, and nothing else.
pub(super) fn run(place: &Place<'_>, color: ColorWhen, no_color: bool) -> Result<(), End> {
    let l10n = place.l10n;
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(Failure::new(Kind::Usage, l10n, "fail-no-terminal", &[])
            .hint(l10n, "hint-no-terminal", &[])
            .into());
    }
    let opened = place.open()?;
    log_to_file(place);
    let theme = match color {
        ColorWhen::Never => Theme::Plain,
        ColorWhen::Auto if no_color => Theme::Plain,
        ColorWhen::Always | ColorWhen::Auto => Theme::Colours,
    };
    crossterm::style::force_color_output(theme == Theme::Colours);
    // A token that is gone or cannot be read does not keep anybody from reading what is here.
    let api = place.api(&opened.profile);
    let is_signed_out = api.is_err();
    let session = Session {
        tools: opened.tools(),
        api: api.ok(),
        is_signed_out,
        server: opened.profile.server_name().to_owned(),
        l10n: L10n::new(l10n.language()),
        theme,
        reading: Reading {
            origin: opened.profile.server.clone(),
            // Terminals without hyperlinks ignore them, but for these.
            has_hyperlinks: !std::env::var("TERM")
                .is_ok_and(|term| matches!(term.as_str(), "dumb" | "linux")),
            // Half blocks are made of colours.
            images: if theme == Theme::Plain {
                Images::Off
            } else {
                Images::Auto
            },
            ..Reading::default()
        },
    };
    drop(opened);
    run_screen(session).map_err(|error| {
        Failure::new(Kind::Failed, l10n, "fail-screen", &[])
            .because(error.as_ref())
            .into()
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
