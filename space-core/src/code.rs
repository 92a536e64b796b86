// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Codes of conduct: the rules that a community has given itself.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::text::Label;
use crate::time::Timestamp;

/// The code of conduct in force: `GET /v1/code`, open to everyone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Code {
    /// Rises with every version that is adopted; people accept a version.
    pub version: i64,
    /// The language of this text.
    pub language: Language,
    /// What it is called.
    pub title: Label,
    /// The text, in CommonMark. Its clauses are numbered (`3.2`); a number keeps its meaning in later versions.
    pub source: String,
    /// Since when it is in force.
    pub adopted_at: Timestamp,
}
