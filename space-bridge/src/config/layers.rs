// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The layers of a configuration: where values come from, and which of them counts.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use figment::error::Kind;
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};
use space_core::nearest::nearest;

use super::Config;

/// What names of environment variables begin with; `__` stands between section and key.
const ENVIRONMENT_PREFIX: &str = "SPACE_BRIDGE__";

/// Where values may come from. Later fields count more.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    /// A TOML file.
    pub(crate) file: Option<PathBuf>,
    /// Environment variables, of which those that begin with `SPACE_BRIDGE__` are read.
    pub(crate) environment: Vec<(OsString, OsString)>,
    /// Values from the command line, with the dotted names of their keys.
    pub(crate) command_line: Vec<(&'static str, String)>,
}

/// What the sources say together.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The configuration.
    pub(crate) config: Config,
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration file {}", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{} is not TOML: {reason}", path.display())]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// Where in the file and why.
        reason: String,
    },
    /// Values that cannot be used, each with its place.
    #[error("{}", .0.join("\n"))]
    Values(Vec<String>),
}

impl Sources {
    /// Reads all sources and checks what they say.
    pub(crate) fn load(&self) -> Result<Loaded, ConfigError> {
        let mut figment = Figment::new();
        if let Some(path) = &self.file {
            figment = figment.merge(Layer::of_file(path)?);
        }
        let figment = figment.merge(self.environment_layer()?).merge(Layer::new(
            "command line",
            self.command_line
                .iter()
                .map(|(key, value)| (key.split('.').map(str::to_owned).collect(), value.clone())),
        ));
        // Lossy: environment and command line hold texts, and a text such as "8" is a number where one is wanted.
        let config: Config = figment.extract_lossy().map_err(|errors: figment::Error| {
            ConfigError::Values(errors.into_iter().map(|error| worded(&error)).collect())
        })?;
        Ok(Loaded { config })
    }

    fn environment_layer(&self) -> Result<Layer, ConfigError> {
        let mut values = Vec::new();
        for (name, value) in &self.environment {
            let Some(key) = name
                .to_str()
                .and_then(|name| name.strip_prefix(ENVIRONMENT_PREFIX))
            else {
                continue;
            };
            let Some(value) = value.to_str() else {
                let name = name.to_string_lossy();
                return Err(ConfigError::Values(vec![format!(
                    "environment variable {name}: its value is not UTF-8"
                )]));
            };
            let path: Vec<String> = key.to_lowercase().split("__").map(str::to_owned).collect();
            values.push((path, value.to_owned()));
        }
        Ok(Layer::new("environment", values.into_iter()))
    }
}

fn worded(error: &figment::Error) -> String {
    let source = error
        .metadata
        .as_ref()
        .map_or("configuration", |m| m.name.as_ref());
    let path = error.path.join(".");
    let (what, hint) = match &error.kind {
        Kind::UnknownField(field, known) => (
            "there is no such key".to_owned(),
            Some(match nearest(field, known.iter().copied()) {
                Some(key) => format!("did you mean {key:?}?"),
                None => format!("known here are: {}", known.join(", ")),
            }),
        ),
        Kind::UnknownVariant(word, known) => (
            format!("{word:?} is not known here"),
            Some(format!("expected one of: {}", known.join(", "))),
        ),
        other => (other.to_string(), None),
    };
    match hint {
        Some(hint) => format!("{source}: {path}: {what}; {hint}"),
        None => format!("{source}: {path}: {what}"),
    }
}

/// The values of one source.
struct Layer {
    name: String,
    values: Dict,
}

impl Layer {
    fn new(name: &str, values: impl Iterator<Item = (Vec<String>, String)>) -> Self {
        let mut dict = Dict::new();
        for (path, value) in values {
            insert(&mut dict, &path, Value::from(value));
        }
        Self {
            name: name.to_owned(),
            values: dict,
        }
    }

    fn of_file(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
            path: path.to_owned(),
            source,
        })?;
        let values = toml::from_str(&text).map_err(|error| ConfigError::Syntax {
            path: path.to_owned(),
            reason: error.to_string().trim_end().to_owned(),
        })?;
        Ok(Self {
            name: path.display().to_string(),
            values,
        })
    }
}

/// Puts a value at its place, making the tables on the way.
fn insert(dict: &mut Dict, path: &[String], value: Value) {
    match path {
        [] => {}
        [key] => {
            dict.insert(key.clone(), value);
        }
        [table, rest @ ..] => {
            let inner = dict
                .entry(table.clone())
                .or_insert_with(|| Value::from(Dict::new()));
            if let Value::Dict(_, inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.values.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn with(file: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bridge.toml");
        std::fs::write(&path, file).unwrap();
        let sources = Sources {
            file: Some(path),
            environment: environment
                .iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
            command_line: vec![("state", "from-the-command-line.db".to_owned())],
        };
        let loaded = sources.load().map_err(|error| error.to_string())?;
        Ok(loaded.config)
    }

    #[test]
    fn the_environment_counts_more_than_the_file_and_the_command_line_more_than_both() {
        let file =
            "state = \"a\"\nserver = \"https://a.example\"\n[irc.libera]\nhost = \"a\"\nport = 1\n";
        let config = with(
            file,
            &[
                ("SPACE_BRIDGE__IRC__LIBERA__PORT", "6667"),
                ("SPACE_BRIDGE__STATE", "b"),
                ("SPACE_BRIDGE_LOG", "no key"),
            ],
        )
        .unwrap();
        assert_eq!(config.state, PathBuf::from("from-the-command-line.db"));
        assert_eq!(config.server, "https://a.example");
        let network = &config.irc["libera"];
        assert_eq!((network.host.as_str(), network.port), ("a", 6667));
    }

    #[rstest]
    #[case(
        "sever = \"x\"",
        "sever: there is no such key; did you mean \"server\"?"
    )]
    #[case(
        "[irc.a]\nprot = 1",
        "irc.a.prot: there is no such key; did you mean \"port\"?"
    )]
    #[case("[mirrors.a]\nedits = \"some\"", "expected one of: off, diff, full")]
    #[case("[irc.a]\npace = \"2\"", "irc.a.pace: \"2\" is not a length of time")]
    fn what_is_wrong_is_named(#[case] file: &str, #[case] wrong: &str) {
        let error = with(file, &[]).unwrap_err();
        assert!(error.contains(wrong), "{error}");
        assert!(error.contains("bridge.toml"), "{error}");
    }
}
