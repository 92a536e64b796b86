// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Text on its way to a terminal: made harmless, measured, wrapped, and times in words.

pub mod bidi;
pub mod clean;
pub mod fuzzy;
pub mod host;
pub mod isolate;
pub mod measure;
pub mod search_error;
mod shape;
pub mod when;
pub mod wrap;
