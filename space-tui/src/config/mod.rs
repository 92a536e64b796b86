// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The reader's configuration: `config.toml`, `keys.toml` and `theme.toml` in one folder.
//!
//! Every mistake in every file is found at once, with its line, the word that was perhaps meant, and what to do. A file
//! with a mistake is not used, but never keeps the program from starting: its defaults are used instead.

pub mod example;
mod file;
pub mod keys;
mod neighbours;
pub mod problem;
pub mod schema;
mod settings;
mod source;
pub mod theme;

use std::path::{Path, PathBuf};

pub use file::read as read_settings;
pub use keys::KeyRows;
pub use problem::{Level, Problem};
pub use settings::{Bidi, Dates, Images, Mark, Settings, ThemePick, When};
pub use theme::OwnTheme;

use problem::{Place, Text};

/// Files of more bytes than this are none that anybody wrote.
const LARGEST: u64 = 1024 * 1024;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// There is none: the defaults are used.
    Absent,
    /// It is used.
    Used,
    /// It has mistakes: the defaults are used.
    NotUsed,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Config {
    /// What is set.
    pub settings: Settings,
    /// Keys.
    pub keys: KeyRows,
    /// Looks.
    pub theme: OwnTheme,
    /// The files, and what became of them.
    pub files: Vec<(PathBuf, State)>,
    /// All that is wrong with them.
    pub problems: Vec<Problem>,
}

impl Config {
    /// Reads the files of a folder.
    pub fn load(folder: &Path) -> Self {
        let mut out = Self::default();
        out.settings = out.one(folder, "config.toml", file::read);
        out.keys = out.one(folder, "keys.toml", keys::read);
        out.theme = out.one(folder, "theme.toml", theme::read);
        out.problems.extend(neighbours::find(folder));
        out
    }

    /// Returns whether a file is not used because of mistakes.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|p| p.level == Level::Error)
    }

    /// Returns the first problem because of which a file is not used, and how many there are.
    pub fn first_error(&self) -> Option<(&Problem, usize)> {
        let mut errors = self.problems.iter().filter(|p| p.level == Level::Error);
        errors.next().map(|first| (first, errors.count() + 1))
    }

    fn one<T: Default>(
        &mut self,
        folder: &Path,
        name: &str,
        read: fn(&str, &str) -> (T, Vec<Problem>),
    ) -> T {
        let path = folder.join(name);
        let shown = path.display().to_string();
        let (value, problems, is_there) = match bytes(&path) {
            Ok(None) => (T::default(), Vec::new(), false),
            Ok(Some(bytes)) => {
                let (value, problems) = read_bytes(&shown, &bytes, read);
                (value, problems, true)
            }
            Err(error) => {
                let what = Text::new("config-unreadable", [("why", error.to_string())]);
                let problem = Problem::new(Level::Error, &shown, None, what);
                (T::default(), vec![problem], true)
            }
        };
        let state = if !is_there {
            State::Absent
        } else if problems.iter().any(|p| p.level == Level::Error) {
            State::NotUsed
        } else {
            State::Used
        };
        self.files.push((path, state));
        self.problems.extend(problems);
        value
    }
}

/// Reads bytes that should be a file of ours.
pub fn read_bytes<T: Default>(
    name: &str,
    bytes: &[u8],
    read: fn(&str, &str) -> (T, Vec<Problem>),
) -> (T, Vec<Problem>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => read(name, text),
        Err(error) => {
            let at = error.valid_up_to();
            // The line around the byte is shown as well as it can be.
            let text = String::from_utf8_lossy(bytes);
            let place = Place::of(&text, at..at + 1);
            let what = Text::plain("config-not-text");
            let problem = Problem::new(Level::Error, name, Some(place), what);
            (
                T::default(),
                vec![problem.todo(Text::plain("config-not-text-todo"))],
            )
        }
    }
}

fn bytes(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    use std::io::Read as _;
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut out = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut out)?;
    if out.len() as u64 > LARGEST {
        return Err(std::io::Error::from(std::io::ErrorKind::FileTooLarge));
    }
    Ok(Some(out))
}

/// Returns the folder that a command line or the environment names, before the command line is read in full: its texts
/// are in a language that stands in the configuration.
pub fn folder(
    args: &[std::ffi::OsString],
    variable: impl Fn(&str) -> Option<std::ffi::OsString>,
) -> Option<PathBuf> {
    let mut args = args.iter().skip(1);
    let mut named = None;
    while let Some(arg) = args.next() {
        match arg.to_str() {
            Some("--") => break,
            Some("--config-dir") => named = args.next().map(PathBuf::from),
            Some(text) => {
                if let Some(folder) = text.strip_prefix("--config-dir=") {
                    named = Some(PathBuf::from(folder));
                }
            }
            None => {}
        }
    }
    let given = named.or_else(|| {
        variable("SPACE_CONFIG_DIR")
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    });
    crate::profile::Folders::new(Some(PathBuf::new()), given)
        .ok()
        .map(|folders| folders.config)
}

#[cfg(test)]
mod tests;
