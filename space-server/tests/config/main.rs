// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Configuration as its users meet it: layers, examples, and errors.

#[cfg(test)]
mod examples;
#[cfg(test)]
mod invalid;
#[cfg(test)]
mod layers;
