// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What can be done: one file per subject.

pub(crate) mod category;
pub(crate) mod device;
mod grants;
pub(crate) mod group;
pub(crate) mod housekeeping;
pub(crate) mod init;
pub(crate) mod member;
pub(crate) mod post;
pub(crate) mod scope_move;
pub(crate) mod token;
pub(crate) mod topic;

pub(crate) use grants::{refresh_category, refresh_member};
