// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The numbers of the writer.

use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::batch::Answers;
use crate::metrics::{self, Outcome};

/// What the writer has done. Clones count together.
#[derive(Clone)]
pub(crate) struct Meter {
    commands: Family<Outcome, Counter>,
    sizes: Histogram,
    durations: Histogram,
}

impl Meter {
    pub(super) fn new() -> Self {
        Self {
            commands: Family::default(),
            sizes: metrics::commands(),
            durations: metrics::seconds(),
        }
    }

    /// Shows the numbers in a registry.
    pub(crate) fn register(&self, registry: &mut Registry) {
        registry.register(
            "writer_commands",
            "Commands, by what came of them",
            self.commands.clone(),
        );
        registry.register(
            "writer_batch_commands",
            "Commands that were written together",
            self.sizes.clone(),
        );
        registry.register_with_unit(
            "writer_batch_duration",
            "Time that a batch took, until it was durable",
            Unit::Seconds,
            self.durations.clone(),
        );
    }

    /// Counts a batch.
    pub(super) fn batch(&self, size: usize, took: Duration, answers: &Answers) {
        let size = u32::try_from(size).unwrap_or(u32::MAX);
        self.sizes.observe(size.into());
        self.durations.observe(took.as_secs_f64());
        answers.count(self);
    }

    pub(super) fn done(&self, outcome: &'static str) {
        self.commands.get_or_create(&Outcome { outcome }).inc();
    }
}
