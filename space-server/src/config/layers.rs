// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The layers of a configuration: where values come from, and which of them counts.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};
use space_core::secret_file;

use super::error::{ConfigError, Fault};
use super::{Config, Secret};

/// What names of environment variables begin with; `__` stands between section and key.
pub const ENVIRONMENT_PREFIX: &str = "SPACE_SERVER__";

/// The environment variable that names the data folder as `--data-dir` does.
pub const DATA_DIR_VARIABLE: &str = "SPACE_SERVER_DATA_DIR";

/// Where values may come from. Later fields count more.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// A TOML file.
    pub file: Option<PathBuf>,
    /// Environment variables, of which those that begin with [`ENVIRONMENT_PREFIX`] are read.
    pub environment: Vec<(OsString, OsString)>,
    /// Values from the command line, with the dotted names of their keys.
    pub command_line: Vec<(&'static str, String)>,
}

/// A configuration, and where its values came from.
#[derive(Debug)]
pub struct Loaded {
    /// The configuration.
    pub config: Config,
    /// Keys that are not at their default, with the place that says so.
    pub origins: BTreeMap<String, String>,
    /// What this run was told of where the space is.
    pub given: Given,
}

/// The options of a run that say where the space is: a hint that names a command repeats them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The configuration file.
    pub file: Option<PathBuf>,
    /// The data folder, from the command line.
    pub data_dir: Option<String>,
}

impl Sources {
    /// Reads all sources and checks what they say.
    ///
    /// # Errors
    ///
    /// Names the source and the key, and says what was probably meant.
    pub fn load(&self) -> Result<Loaded, ConfigError> {
        let mut layers = Vec::new();
        if let Some(path) = &self.file {
            layers.push(Layer::of_file(path)?);
        }
        layers.extend(self.data_dir_layer()?);
        layers.push(self.environment_layer()?);
        layers.push(Layer::new(
            Origin::CommandLine,
            self.command_line
                .iter()
                .map(|(key, value)| (key.split('.').collect(), value.clone())),
        ));

        let figment = layers.iter().fold(Figment::new(), Figment::merge);
        let origin_of = |metadata: Option<&Metadata>| {
            let name = metadata.map_or("", |metadata| metadata.name.as_ref());
            let found = layers.iter().map(|layer| &layer.origin);
            found
                .clone()
                .find(|origin| origin.name() == name)
                .cloned()
                .unwrap_or(Origin::CommandLine)
        };
        // Lossy: environment and command line hold texts, and a text such as "8" is a number where one is wanted.
        let mut config: Config = figment.extract_lossy().map_err(|errors: figment::Error| {
            ConfigError::Values(
                errors
                    .into_iter()
                    .map(|error| Fault::of(&error, &origin_of(error.metadata.as_ref())))
                    .collect(),
            )
        })?;

        let place_of = |key: &str| {
            let path: Vec<String> = key.split('.').map(str::to_owned).collect();
            match figment.find_metadata(key) {
                Some(metadata) => origin_of(Some(metadata)).place(&path),
                None => key.to_owned(),
            }
        };
        let mut faults: Vec<Fault> = config
            .faults()
            .into_iter()
            .map(|(key, wrong)| Fault {
                place: place_of(key),
                wrong,
                hint: None,
            })
            .collect();
        faults.extend(resolve_url(&mut config, &place_of));
        if !faults.is_empty() {
            return Err(ConfigError::Values(faults));
        }

        let mut origins = BTreeMap::new();
        for layer in &layers {
            layer.for_each_key(|path| {
                origins.insert(path.join("."), layer.origin.place(path));
            });
        }
        let data_dir = self
            .command_line
            .iter()
            .rev()
            .find(|(key, _)| *key == "data_dir");
        let given = Given {
            file: self.file.clone(),
            data_dir: data_dir.map(|(_, folder)| folder.clone()),
        };
        Ok(Loaded {
            config,
            origins,
            given,
        })
    }

    fn data_dir_layer(&self) -> Result<Option<Layer>, ConfigError> {
        let given = self
            .environment
            .iter()
            .find(|(name, _)| name == DATA_DIR_VARIABLE);
        let Some((_, folder)) = given.filter(|(_, folder)| !folder.is_empty()) else {
            return Ok(None);
        };
        let origin = Origin::Variable(DATA_DIR_VARIABLE);
        let Some(folder) = folder.to_str() else {
            return Err(ConfigError::Values(vec![Fault {
                place: origin.name(),
                wrong: "its value is not UTF-8".to_owned(),
                hint: None,
            }]));
        };
        let values = std::iter::once((vec!["data_dir"], folder.to_owned()));
        Ok(Some(Layer::new(origin, values)))
    }

    fn environment_layer(&self) -> Result<Layer, ConfigError> {
        let mut values = Vec::new();
        for (name, value) in &self.environment {
            let Some(name) = name.to_str() else { continue };
            let Some(key) = name.strip_prefix(ENVIRONMENT_PREFIX) else {
                continue;
            };
            let Some(value) = value.to_str() else {
                return Err(ConfigError::Values(vec![Fault {
                    place: format!("environment variable {name}"),
                    wrong: "its value is not UTF-8".to_owned(),
                    hint: None,
                }]));
            };
            values.push((key.to_lowercase(), value.to_owned()));
        }
        Ok(Layer::new(
            Origin::Environment,
            values
                .iter()
                .map(|(key, value)| (key.split("__").collect(), value.clone())),
        ))
    }
}

/// Reads `store.url_file` into `store.url`.
fn resolve_url(config: &mut Config, place_of: &dyn Fn(&str) -> String) -> Option<Fault> {
    let path = config.store.url_file.as_ref()?;
    if config.store.url.is_some() {
        return Some(Fault {
            place: place_of("store.url_file"),
            wrong: format!(
                "the address is given twice: {} has it too",
                place_of("store.url")
            ),
            hint: Some("keep one of the two".to_owned()),
        });
    }
    let text = match secret_file::read(path) {
        Ok(text) => text,
        Err(error) => {
            return Some(Fault {
                place: place_of("store.url_file"),
                wrong: error.to_string(),
                hint: None,
            });
        }
    };
    match Secret::parse(&text) {
        Ok(url) => {
            config.store.url = Some(url);
            None
        }
        Err(wrong) => Some(Fault {
            place: path.display().to_string(),
            wrong: wrong.to_owned(),
            hint: None,
        }),
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    File(PathBuf),
    /// One variable with a name of its own.
    Variable(&'static str),
    Environment,
    CommandLine,
}

impl Origin {
    fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Variable(name) => format!("environment variable {name}"),
            Self::Environment => "environment variable".to_owned(),
            Self::CommandLine => "command line".to_owned(),
        }
    }

    /// Returns how a key is called there.
    pub(super) fn place(&self, path: &[String]) -> String {
        match self {
            Self::File(_) if path.is_empty() => self.name(),
            Self::Variable(_) => self.name(),
            Self::Environment => format!(
                "{} {ENVIRONMENT_PREFIX}{}",
                self.name(),
                path.join("__").to_uppercase()
            ),
            Self::File(_) | Self::CommandLine => format!("{}: {}", self.name(), path.join(".")),
        }
    }
}

/// The values of one source.
struct Layer {
    origin: Origin,
    values: Dict,
}

impl Layer {
    fn new<'a>(origin: Origin, values: impl Iterator<Item = (Vec<&'a str>, String)>) -> Self {
        let mut layer = Dict::new();
        for (path, value) in values {
            insert(&mut layer, &path, Value::from(value));
        }
        Self {
            origin,
            values: layer,
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
            origin: Origin::File(path.to_owned()),
            values,
        })
    }

    fn for_each_key(&self, mut f: impl FnMut(&[String])) {
        fn walk(dict: &Dict, path: &mut Vec<String>, f: &mut dyn FnMut(&[String])) {
            for (key, value) in dict {
                path.push(key.clone());
                match value {
                    Value::Dict(_, inner) => walk(inner, path, f),
                    _ => f(path),
                }
                path.pop();
            }
        }
        walk(&self.values, &mut Vec::new(), &mut f);
    }
}

/// Puts a value at its place, making the tables on the way. Of two values at one place the later stays.
fn insert(dict: &mut Dict, path: &[&str], value: Value) {
    match path {
        [] => {}
        [key] => {
            dict.insert((*key).to_owned(), value);
        }
        [table, rest @ ..] => {
            let inner = dict
                .entry((*table).to_owned())
                .or_insert_with(|| Value::from(Dict::new()));
            if !matches!(inner, Value::Dict(..)) {
                *inner = Value::from(Dict::new());
            }
            if let Value::Dict(_, inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.origin.name())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.values.clone()))
    }
}
