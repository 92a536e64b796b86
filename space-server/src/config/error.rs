// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is wrong with a configuration, where, and what was probably meant.

use std::fmt;
use std::io;
use std::path::PathBuf;

use figment::error::{Actual, Kind};
use space_core::nearest::nearest;

use super::SECTIONS;
use super::layers::Origin;

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration file {}", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not TOML.
    #[error("{} is not TOML: {reason}", path.display())]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// Where in the file and why, in several lines.
        reason: String,
    },
    /// Values that cannot be used.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Values(Vec<Fault>),
}

/// One value that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where the value came from, and its name there: `space.toml: http.bind`.
    pub place: String,
    /// What is wrong with it.
    pub wrong: String,
    /// What was probably meant.
    pub hint: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.wrong)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl Fault {
    /// Words an error of figment; `origin` is where the value came from.
    pub(super) fn of(error: &figment::Error, origin: &Origin) -> Self {
        let (wrong, hint) = match &error.kind {
            Kind::UnknownField(field, known) => {
                ("there is no such key".to_owned(), Some(meant(field, known)))
            }
            Kind::UnknownVariant(word, known) => (
                format!("{word:?} is not known here"),
                Some(match nearest(word, known.iter().copied()) {
                    Some(word) => format!("did you mean {word:?}?"),
                    None => format!("expected one of: {}", known.join(", ")),
                }),
            ),
            Kind::InvalidType(found, expected) | Kind::InvalidValue(found, expected) => (
                format!("expected {}, found {}", wanted(expected), given(found)),
                None,
            ),
            other => (other.to_string(), None),
        };
        Self {
            place: origin.place(&error.path),
            wrong,
            hint,
        }
    }
}

/// Words for people what a type of Rust wants.
fn wanted(expected: &str) -> String {
    match expected {
        "a nonzero u32" => "a whole number above zero".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a string" | "path string" => "a text in quotes".to_owned(),
        _ => match expected.strip_prefix("struct ") {
            Some(section) => format!("keys under [{}]", section.to_lowercase()),
            None => expected.to_owned(),
        },
    }
}

/// Words for people what stands there.
fn given(found: &Actual) -> String {
    match found {
        Actual::Bool(value) => value.to_string(),
        Actual::Unsigned(value) => value.to_string(),
        Actual::Signed(value) => value.to_string(),
        Actual::Float(value) => value.to_string(),
        Actual::Str(text) => format!("{text:?}"),
        Actual::Seq => "a list".to_owned(),
        Actual::Map => "a table".to_owned(),
        other => other.to_string(),
    }
}

/// Says which key was probably meant: one nearby, one of this name in another section, or one of all.
fn meant(field: &str, known: &[&str]) -> String {
    if let Some(key) = nearest(field, known.iter().copied()) {
        return format!("did you mean {key:?}?");
    }
    let elsewhere = SECTIONS
        .iter()
        .flat_map(|(section, fields)| fields.iter().map(move |field| (*section, field.name)))
        .find(|(section, name)| *name == field && !section.is_empty());
    match elsewhere {
        Some((section, name)) => format!("did you mean {name:?} in [{section}]?"),
        None => format!("known here are: {}", known.join(", ")),
    }
}
