// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The terminal client of Space: read, write and search, offline too.

use std::process::ExitCode;

fn main() -> ExitCode {
    space_tui::main()
}
