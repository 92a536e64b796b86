// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Makes the picture of the terminal in the README from the demonstration, and prints it.
//!
//! ```text
//! cargo build && cargo run -p space-tests --bin space-picture > space-tui/picture.svg
//! ```

fn main() -> anyhow::Result<()> {
    print!("{}", space_tests::demo::picture()?);
    Ok(())
}
