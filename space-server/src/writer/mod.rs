// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The writer: the only way to change anything.
//!
//! A command is data. The writer takes the commands that wait, at most [`BATCH`], into one transaction: it locks the
//! head row, then loads, decides and writes for each, stores the head, commits once, answers all, and wakes the
//! followers. So feed order is commit order, and a decision is never made on stale facts.

mod batch;
pub(crate) mod command;
pub(crate) mod commands;
mod health;
mod meter;
mod moves;
mod pace;
mod queue;
mod rights;
mod setting;
mod tx;

pub(crate) use command::{Command, Deed, Failure, Refusal, Signed};
pub(crate) use health::Health;
pub(crate) use meter::Meter;
pub(crate) use moves::{Moves, Way};
pub(crate) use queue::{WriteError, Writer};
pub(crate) use setting::Setting;
pub(crate) use tx::Tx;

/// How many commands go into one transaction at most: the first of them waits for the last. Of larger batches, 64 clients
/// get some percent more (measured at 128), and everybody else waits longer for the lock on the head row.
pub(crate) const BATCH: usize = 50;
