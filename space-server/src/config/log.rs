// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is logged, and how.

use serde::{Deserialize, Serialize};

use super::section::section;

section! {
    /// What the server says of itself, on standard error.
    pub struct Log {
        /// "text" for people, "json" for one JSON object a line.
        format: LogFormat = LogFormat::Text;
        /// What is logged: error, warn, info, debug or trace, also per part of the program, as in
        /// "info,space_server::http=debug".
        filter: String = "info".to_owned();
        /// Whether each request is a line of the log, with its route, status and duration, but without the address that it
        /// came from: "off", or the level it has, "debug" or "info".
        requests: LogRequests = LogRequests::Debug;
    }
}

/// How each request is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogRequests {
    /// Not at all.
    Off,
    /// At the level debug.
    Debug,
    /// At the level info.
    Info,
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}
