// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What works on text from others must not take the screen with it when it fails, nor hold it up.
//!
//! [`isolated`] ends a panic; [`boxed`] ends work that is too much as well. The box is one of steps, which loops over the
//! text count with [`step`], and not one of time: the same post is rendered the same way on every machine, however busy
//! it is.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook};
use std::sync::Once;

/// Steps that rendering one post may take. The longest post that a server takes, 32,000 characters, is rendered in a tenth
/// of them; all of them take about as long as a slow machine needs for a few frames.
pub const STEPS: u64 = 1_000_000;

thread_local! {
    static IS_INSIDE: Cell<bool> = const { Cell::new(false) };
    static LEFT: Cell<u64> = const { Cell::new(u64::MAX) };
    /// Where in the program the last panic was. Not what it said: that may quote the text.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What unwinds when a box is full.
struct TooMuch;

/// Runs something that works on text or bytes from others, and returns nothing when it panics. `what` is for the log.
pub fn isolated<T>(what: &'static str, work: impl FnOnce() -> T) -> Option<T> {
    boxed(what, u64::MAX, work)
}

/// Does the same, and returns nothing either when the work takes more steps than these.
pub fn boxed<T>(what: &'static str, steps: u64, work: impl FnOnce() -> T) -> Option<T> {
    keep_quiet();
    let outer = (IS_INSIDE.replace(true), LEFT.get());
    // One that is inside of another never has more than the other has left.
    LEFT.set(steps.min(outer.1));
    // What it worked on is dropped with it, so nothing half done is left.
    let result = catch_unwind(AssertUnwindSafe(work));
    IS_INSIDE.set(outer.0);
    LEFT.set(match outer.1 {
        u64::MAX => u64::MAX,
        had => had - (steps.min(had) - LEFT.get()),
    });
    match &result {
        Ok(_) => {}
        Err(panic) if panic.is::<TooMuch>() => tracing::warn!(what, "this would take too long"),
        Err(_) => {
            let place = PLACE.take();
            tracing::error!(
                what,
                place,
                "this cannot be worked on: a fault in the program"
            );
        }
    }
    result.ok()
}

/// Counts steps of work; ends it when its box is full. Outside of a box nothing is counted.
pub fn step(steps: usize) {
    let left = LEFT.get();
    if left == u64::MAX {
        return;
    }
    let left = left.checked_sub(steps as u64);
    LEFT.set(left.unwrap_or(0));
    if left.is_none() {
        resume_unwind(Box::new(TooMuch));
    }
}

/// Returns whether a panic now would be caught by [`isolated`]: the terminal stays as it is then.
pub fn is_inside() -> bool {
    IS_INSIDE.get()
}

/// Sees to it that a panic that is caught here says nothing on the terminal; where it was is kept for the log.
pub fn keep_quiet() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            if is_inside() {
                PLACE.set(info.location().map(ToString::to_string));
            } else {
                before(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panics() -> u8 {
        let nothing: Option<u8> = std::hint::black_box(None);
        nothing.expect("there is nothing")
    }

    #[test]
    fn a_panic_ends_here() {
        assert_eq!(isolated("a test", || 7), Some(7));
        let inside = isolated("a test", || {
            assert!(is_inside());
            panics()
        });
        assert_eq!(inside, None);
        assert!(!is_inside());
    }

    #[test]
    fn work_that_is_too_much_ends_here() {
        let count = |to: usize| boxed("a test", 10, || (0..to).map(|_| step(1)).count());
        assert_eq!(count(10), Some(10));
        assert_eq!(count(11), None);
        // Nothing is left of it afterwards.
        step(1000);
        assert_eq!(count(10), Some(10));
    }

    #[test]
    fn a_box_within_a_box_takes_from_it() {
        let all = boxed("a test", 10, || {
            assert_eq!(boxed("a test", 100, || step(6)), Some(()));
            assert_eq!(boxed("a test", 3, || step(4)), None);
            assert_eq!(boxed("a test", 100, || step(1)), Some(()));
            step(1);
        });
        assert_eq!(all, None);
    }
}
