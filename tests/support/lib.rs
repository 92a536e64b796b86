// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What tests of several packages need: generated files, a private PostgreSQL, a running server.

pub mod generated;
