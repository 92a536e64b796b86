// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How much is here, for a copy that is not whole.

use super::{Replica, ReplicaError};
use crate::client::database::Doing;

const DOING: &str = "counting what is here";

impl Replica {
    /// Returns how many topics are here.
    pub fn topics_held(&self) -> Result<u64, ReplicaError> {
        self.count("select count(*) from topic")
    }

    /// Returns how many topics the feed has delivered: those that were kept because somebody opened them say nothing of
    /// how far back the copy goes.
    pub(in crate::client) fn topics_delivered(&self) -> Result<u64, ReplicaError> {
        self.count(
            "select (select count(*) from topic) - (select count(*) from topic where is_kept)",
        )
    }

    fn count(&self, sql: &str) -> Result<u64, ReplicaError> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .doing(DOING)
    }
}
