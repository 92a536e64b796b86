// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server init`

use clap::Args;

use super::password::PasswordArgs;

/// Make a space: its data folder, its database and its owner's account
///
/// The data folder is made when it is missing, and closed to other users of this machine. A space that is there
/// already stays as it is.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The name of the community
    #[arg(long, value_name = "NAME")]
    name: String,

    /// What the community is for, in a sentence or two
    #[arg(long, value_name = "TEXT", default_value = "")]
    about: String,

    /// Make an account for the owner, under this name
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,

    #[command(flatten)]
    password: PasswordArgs,
}
