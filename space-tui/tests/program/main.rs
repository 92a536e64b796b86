// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The program as a whole, on a local copy in a temporary folder.

mod auth;
mod cli;
mod config;
#[cfg(unix)]
mod faults;
#[cfg(unix)]
mod hangup;
mod house;
#[cfg(target_os = "linux")]
mod keyring;
mod login;
#[cfg(unix)]
mod places;
#[cfg(unix)]
mod scripts;
#[cfg(unix)]
mod seat;
#[cfg(unix)]
mod stopping;
#[cfg(unix)]
mod terminal;
