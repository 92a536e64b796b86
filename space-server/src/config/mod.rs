// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Configuration.

mod log;

pub use log::{Log, LogFormat};
