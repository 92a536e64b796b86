// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What works beside the screen: one thread that reads the replica, and one that follows the server.

mod beginning;
pub mod colours;
pub(crate) mod ears;
pub mod fetch;
mod find;
pub mod jumps;
mod marks;
pub mod pictures;
pub mod reader;
pub mod rows;
mod search;
pub mod sync;
pub mod synced;
mod threads;
mod topics;
mod waiting;
mod writing;

use std::path::PathBuf;
use std::sync::Arc;

use space_core::client::sync::Window;
use space_core::{Clock, Entropy};

/// What both need.
#[derive(Clone)]
pub struct Tools {
    /// The SQLite file of the profile.
    pub file: PathBuf,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Chance, for keys and delays.
    pub entropy: Arc<dyn Entropy>,
    /// Who is signed in.
    pub member: Option<String>,
    /// How far back the local copy goes.
    pub window: Window,
}
