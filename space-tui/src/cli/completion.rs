// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space completion`: completions for a shell.

use super::args::Completion;
use super::output::Output;
use super::{End, help};
use crate::l10n::L10n;

/// Prints the completions.
pub(super) fn run(l10n: &L10n, args: &Completion, out: &mut Output<'_>) -> Result<(), End> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(l10n), "space", &mut text);
    Ok(out.bytes(&text)?)
}
