// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How long tokens last.

use super::section::section;
use super::units::Period;

const DAY_S: u64 = 24 * 60 * 60;

section! {
    /// How long tokens last. What is set here counts for tokens that are made from then on; those that are there keep the
    /// end that they have, or none.
    pub struct Tokens {
        /// How long a log-in lasts, with a password or with a code, before it has to be done again.
        log_in_lasts: Period = Period::seconds(180 * DAY_S);
        /// How long a token lasts that somebody makes and gives no end.
        last: Period = Period::seconds(365 * DAY_S);
    }
}
