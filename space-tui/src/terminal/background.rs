// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Asking the terminal whether it is light or dark.

use std::thread::JoinHandle;
use std::time::Duration;

use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use crate::doc::theme::Mode;

/// How long the terminal may take. Most answer in a millisecond, also to say that they do not know; together with what
/// the start takes beside it, the first page is there within a tenth of a second even if one never answers.
const PATIENCE: Duration = Duration::from_millis(75);

/// A question that was asked and not answered yet.
#[derive(Debug)]
pub struct Asked(Option<JoinHandle<Option<Mode>>>);

/// Asks. Until the answer is taken nobody else may read from the terminal or write to it.
pub fn ask() -> Asked {
    // The library itself asks nothing when there is no terminal, or a dumb one.
    let thread = std::thread::Builder::new()
        .name("space-ask".to_owned())
        .spawn(|| {
            let mut options = QueryOptions::default();
            options.timeout = PATIENCE;
            match theme_mode(options) {
                Ok(ThemeMode::Dark) => Some(Mode::Dark),
                Ok(ThemeMode::Light) => Some(Mode::Light),
                Err(_) => None,
            }
        });
    Asked(thread.ok())
}

impl Asked {
    /// Waits for the answer; none when the terminal does not say.
    pub fn answer(self) -> Option<Mode> {
        self.0?.join().ok().flatten()
    }
}
