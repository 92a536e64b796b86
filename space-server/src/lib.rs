// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The sync server of Space: canonical data, commands, change feed.

pub mod clock;
pub mod config;
pub mod import;
pub mod lifecycle;
pub mod logging;
