// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Trying whether writes get through, while they did not: with as much as a long post takes, since a full disk may still
//! have room for a few bytes.

use crate::store::probe;
use crate::writer::{Command, Failure, Tx};

/// Writes something, and takes it away the next time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Probe {
    /// Writes it.
    Fill,
    /// Takes it away.
    Clear,
}

impl Command for Probe {
    type Reply = ();

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<(), Failure> {
        if tx.has_space() {
            match self {
                Self::Fill => probe::fill(tx).await?,
                Self::Clear => probe::clear(tx).await?,
            }
        }
        Ok(())
    }
}
