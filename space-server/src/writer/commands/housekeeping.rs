// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is forgotten when its time is over.

use std::time::Duration;

use space_core::policy::Pace;

use crate::store::{audit, device, feed, idempotency, network, pace, token};
use crate::writer::{Command, Failure, Tx};

const DAY: Duration = Duration::from_hours(24);

/// How long a repeated command is recognised. Outboxes ask before they send what is older than 25 days.
const KEYS_KEPT: Duration = Duration::from_secs(30 * DAY.as_secs());

/// How long a removal is told: a follower that stayed away longer reads from zero again.
const TOMBSTONES_KEPT: Duration = Duration::from_secs(180 * DAY.as_secs());

/// How long it is kept from where somebody signed in or acted.
const ADDRESSES_KEPT: Duration = Duration::from_secs(90 * DAY.as_secs());

/// Forgets old keys, old addresses, old tombstones, ended tokens and ended codes of devices.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tidy;

impl Command for Tidy {
    type Reply = ();

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<(), Failure> {
        if !tx.has_space() {
            return Ok(());
        }
        let now = tx.now();
        idempotency::delete_before(tx, now.minus(KEYS_KEPT)).await?;
        token::delete_expired(tx, now).await?;
        device::delete_expired(tx, now).await?;
        pace::forget_before(tx, now.minus(Pace::COUNTED)).await?;
        network::forget_before(tx, now.minus(ADDRESSES_KEPT)).await?;
        audit::forget_sources(tx, now.minus(ADDRESSES_KEPT)).await?;
        let floor = feed::drop_gone_before(tx, now.minus(TOMBSTONES_KEPT)).await?;
        tx.raise_floor(floor);
        Ok(())
    }
}
