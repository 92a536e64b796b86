// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Whether writes get through. The writer notes what became of each batch; `/readyz` and the job that tries again go by it.

use std::sync::{Arc, Mutex, PoisonError};

use space_core::chain;
use tokio::sync::Notify;

use crate::store::{Fault, StoreError};

/// Whether writes get through. Clones are of one state.
#[derive(Debug, Clone, Default)]
pub(crate) struct Health(Arc<State>);

#[derive(Debug, Default)]
struct State {
    fault: Mutex<Option<Fault>>,
    began: Notify,
}

impl Health {
    /// Returns why nothing can be written; `None` when writes get through.
    pub(crate) fn fault(&self) -> Option<Fault> {
        *self.0.fault.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nothing can be written.
    pub(crate) async fn failing(&self) {
        while self.fault().is_none() {
            self.0.began.notified().await;
        }
    }

    /// Notes that a write failed.
    pub(super) fn failed(&self, error: &StoreError) {
        let fault = error.fault();
        if !fault.stops_writes() {
            return;
        }
        let before = self
            .0
            .fault
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(fault);
        if before != Some(fault) {
            tracing::error!(error = %chain(error), "nothing can be written: {}", fault.told());
        }
        self.0.began.notify_one();
    }

    /// Notes that something was written.
    pub(super) fn worked(&self) {
        let before = self
            .0
            .fault
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if before.is_some() {
            tracing::info!("writes get through again");
        }
    }
}

#[cfg(test)]
mod tests;
