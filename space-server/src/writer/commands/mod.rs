// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What can be done: one file per subject.

pub(crate) mod block;
pub(crate) mod bridge;
pub(crate) mod case;
pub(crate) mod category;
pub(crate) mod category_edit;
pub(crate) mod code;
pub(crate) mod device;
mod grants;
pub(crate) mod group;
pub(crate) mod hidden;
pub(crate) mod housekeeping;
pub(crate) mod init;
pub(crate) mod member;
pub(crate) mod password;
pub(crate) mod post;
pub(crate) mod probe;
pub(crate) mod purge;
pub(crate) mod reading;
mod receipt;
pub(crate) mod report;
pub(crate) mod scope_move;
pub(crate) mod token;
pub(crate) mod topic;
pub(crate) mod tries;
pub(crate) mod visitor;

pub(crate) use grants::{refresh_category, refresh_member};
pub(crate) use scope_move::{leave_others, topic as move_topic};
