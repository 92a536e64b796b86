// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The program as a whole, on a local copy in a temporary folder.

mod auth;
mod cli;
mod house;
#[cfg(target_os = "linux")]
mod keyring;
mod login;
#[cfg(unix)]
mod terminal;
