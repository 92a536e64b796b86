// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The screen driven by keys on a made-up replica.

mod going;
mod keeping;
mod keys;
mod layers;
mod lists;
mod looks;
mod matrix;
mod mouse;
mod posts;
mod searching;
mod story;
mod world;
mod writing;
