// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is said about a report is for whoever made it, and for nobody who has their name afterwards. Names on other networks
//! go from one to another, so it is said soon or not at all, and not when the name was seen to change hands.

use std::time::Duration;

use space_core::Timestamp;

use super::{Engine, Open, Outcome};
use crate::relay::{Change, Lane, Operation, Place};

/// How long after a report something about it is said.
pub(super) const LASTS: Duration = Duration::from_mins(5);

impl Open {
    /// Returns whether whoever asked is still told what comes of it.
    pub(super) fn is_told(&self, now: Timestamp) -> bool {
        self.job.lane() != Lane::Report || !self.has_left && now.since(self.job.created_at) <= LASTS
    }
}

impl Engine {
    /// People may have left: what is confidential is not said to those who have their names now.
    pub(super) fn drop_confidences(
        &mut self,
        has_left: impl Fn(&Place) -> bool,
        out: &mut Outcome,
    ) {
        for open in self.jobs.values_mut() {
            open.has_left |= has_left(&open.job.who.place());
        }
        let is_confidential = |operation: &Operation| operation.lane == Lane::Report;
        for (place, queue) in &mut self.queues {
            if !place.is_person || !has_left(place) {
                continue;
            }
            let is_on_its_way = |flight: &super::Flight| is_confidential(&flight.operation);
            if let Some(flight) = queue.in_flight.take_if(|flight| is_on_its_way(flight)) {
                out.note(Change::OperationDone(flight.operation.id));
            }
            queue.waiting.retain(|_, operation| {
                let goes = is_confidential(operation);
                if goes {
                    out.note(Change::OperationDone(operation.id));
                }
                !goes
            });
        }
    }
}
