// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading the feed: sealed cursors, pages, and waking those who wait.

mod body;
mod cursor;
mod hub;
mod page;

pub(crate) use cursor::Seal;
pub(crate) use hub::{Hub, Stand, Watch};
pub(crate) use page::{PAGE_BYTES, PART_BYTES, Page, PageError, Request, read, size};

#[cfg(test)]
mod newest;
#[cfg(test)]
mod properties;
