// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Errors as people read them.

/// Returns an error with everything that caused it, on one line.
///
/// ```
/// let bad = "x".parse::<i64>().unwrap_err();
/// assert_eq!(space_core::chain(&bad), "invalid digit found in string");
/// ```
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut at = error.source();
    while let Some(cause) = at {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        at = cause.source();
    }
    text
}
