// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A post that cannot be rendered must not take the screen with it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static IS_INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Runs something that works on text from others, and returns nothing when it panics.
pub fn isolated<T>(work: impl FnOnce() -> T) -> Option<T> {
    let outer = IS_INSIDE.replace(true);
    // What it worked on is dropped with it, so nothing half done is left.
    let result = catch_unwind(AssertUnwindSafe(work));
    IS_INSIDE.set(outer);
    if result.is_err() {
        tracing::error!("a text cannot be rendered");
    }
    result.ok()
}

/// Returns whether a panic now would be caught by [`isolated`]: the terminal stays as it is then.
pub fn is_inside() -> bool {
    IS_INSIDE.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_here() {
        assert_eq!(isolated(|| 7), Some(7));
        let inside = isolated(|| {
            assert!(is_inside());
            let nothing: Option<u8> = std::hint::black_box(None);
            nothing.expect("there is nothing")
        });
        assert_eq!(inside, None);
        assert!(!is_inside());
    }
}
