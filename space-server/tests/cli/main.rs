// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The command line as its users meet it: what it writes, where, and with which exit code.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod categories;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod importing;
#[cfg(test)]
mod live;
#[cfg(test)]
mod machine;
#[cfg(test)]
mod output;
#[cfg(test)]
mod purging;
#[cfg(test)]
mod serving;
