// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The screens: each one's state, what moves it, and what it shows.

pub mod help;
pub mod minimap;
pub mod rendered;
pub mod rows;
pub mod search;
pub mod thread;
pub mod thread_extras;
mod thread_move;
pub mod thread_tree;
pub mod thread_view;
pub mod topics;
pub mod tree;
