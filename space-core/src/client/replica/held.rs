// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How much is here, for a copy that is not whole.

use super::{Replica, ReplicaError};
use crate::client::database::Doing;
use crate::id::TopicId;

const DOING: &str = "counting what is here";

impl Replica {
    /// Returns how many topics are here.
    pub fn topics_held(&self) -> Result<u64, ReplicaError> {
        self.connection
            .prepare_cached("select count(*) from topic")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .doing(DOING)
    }

    /// Returns how many posts of a topic are not here: it has that many more than the copy goes back to, or than have
    /// arrived so far. Deleted posts, which nobody has, are not counted.
    pub fn posts_missing(&self, topic: TopicId) -> Result<u64, ReplicaError> {
        self.connection
            .prepare_cached(
                "select max(0, coalesce((select posts from topic_tally where id = ?1), 0)
                    - (select count(*) from post where topic = ?1))",
            )
            .and_then(|mut s| s.query_row([topic.get()], |row| row.get(0)))
            .doing(DOING)
    }
}
