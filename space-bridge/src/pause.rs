// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How long to wait before trying again.

use std::time::Duration;

use space_core::Entropy;

/// How long to wait before the first new try; each further one waits twice as long.
const FIRST: Duration = Duration::from_secs(1);

/// Returns how long to wait after so many tries in vain, at most `most` and up to a quarter more, by chance, so that many
/// programs do not come back in the same moment.
pub(crate) fn pause(tries: u32, most: Duration, entropy: &dyn Entropy) -> Duration {
    pause_from(FIRST, tries, most, entropy)
}

/// The same, with another wait before the first new try.
pub(crate) fn pause_from(
    first: Duration,
    tries: u32,
    most: Duration,
    entropy: &dyn Entropy,
) -> Duration {
    let wait = first.saturating_mul(2_u32.saturating_pow(tries)).min(most);
    let mut chance = [0];
    entropy.fill(&mut chance);
    wait + wait.mul_f64(f64::from(chance[0]) / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct All(u8);

    impl Entropy for All {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn waits_grow_up_to_a_limit_and_a_quarter() {
        let most = Duration::from_mins(1);
        assert_eq!(pause(0, most, &All(0)), FIRST);
        assert_eq!(pause(3, most, &All(0)), FIRST * 8);
        for tries in [6, 30, u32::MAX] {
            assert_eq!(pause(tries, most, &All(0)), most);
            assert!(pause(tries, most, &All(255)) < most * 5 / 4);
        }
    }
}
