// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the writer works with besides the store.

use std::sync::Arc;

use space_core::Clock;
use space_core::policy::Limits;

use crate::config::Config;

/// The time, and how fast people may write.
#[derive(Clone)]
pub(crate) struct Setting {
    pub(crate) clock: Arc<dyn Clock>,
    /// Nothing is limited without it.
    pub(crate) limits: Option<Arc<Limits>>,
}

impl Setting {
    /// Takes from a configuration how fast people may write.
    pub(crate) fn of(config: &Config, clock: &Arc<dyn Clock>) -> Self {
        Self {
            clock: Arc::clone(clock),
            limits: config.limits.of_policy(),
        }
    }

    /// What commands on the machine itself work with: they keep to no pace.
    pub(crate) fn unlimited(clock: &Arc<dyn Clock>) -> Self {
        Self {
            clock: Arc::clone(clock),
            limits: None,
        }
    }
}
