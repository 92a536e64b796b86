// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The binary `space-server`; everything is in the library.

fn main() {}
