// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The binary `space-bridge`; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    space_bridge::main()
}
