// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Posts as lines of IRC, and lines of IRC as text.

mod diff;
mod name;
mod render;
mod say;
mod split;
mod strip;

pub(super) use say::{Style, lines, redacted};
pub(super) use strip::strip;
