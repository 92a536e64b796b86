// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The sync server of Space: canonical data, commands, change feed.

pub mod audit;
mod backup;
pub mod cli;
pub mod clock;
mod conduct;
pub mod config;
mod doctor;
mod feed;
mod http;
pub mod import;
mod jobs;
pub mod lifecycle;
pub mod logging;
mod media;
mod metrics;
pub mod operator;
mod pages;
mod password;
pub mod purge;
mod serve;
mod server;
pub mod store;
#[cfg(test)]
mod testing;
mod unfinished;
mod writer;

pub use server::run;
