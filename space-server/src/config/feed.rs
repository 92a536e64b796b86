// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How followers read the change feed.

use std::num::NonZeroU32;

use super::section::section;
use super::units::Period;

section! {
    /// How followers read the change feed.
    pub struct Feed {
        /// How often a silent stream sends an empty line, so that both sides know that it lives. Keep it below the
        /// idle timeout of the reverse proxy.
        idle_line: Period = Period::seconds(15);
        /// How long a waiting read waits for something to see before it answers with nothing.
        wait: Period = Period::seconds(30);
        /// How many rows a page has when the reader does not say.
        page_rows: NonZeroU32 = rows(1_000);
        /// How many rows a page has at most.
        page_rows_max: NonZeroU32 = rows(10_000);
    }
}

fn rows(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).expect("the default is above zero")
}
