// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rooms on IRC networks.
//!
//! Messages are parsed and written by the `irc` crate. What it leaves to its users, or does in a way that a bridge cannot
//! live with, is here: registration with capabilities and SASL, a pace, lines that fit, rooms that are come back to, proof
//! that lines arrived, and connections that outlive bad bytes.

mod connect;
mod incoming;
mod isupport;
mod link;
mod pace;
mod session;
mod settings;
mod text;

pub(crate) use connect::has_certificates;
pub(crate) use link::{Outside, run};
pub(crate) use pace::Pace;
pub(crate) use session::{Mark, Marks};
pub(crate) use settings::{Hidden, Network, Room};
