// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server import`

use clap::{Args, Subcommand};

/// Bring in another forum
///
/// What was brought in before is recognised: running it again adds what is new and changes nothing else.
#[derive(Debug, Args)]
pub(super) struct Import {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    Discourse(Discourse),
}

/// Bring in a Discourse forum that was saved as JSON
#[derive(Debug, Args)]
struct Discourse {
    /// A folder with the saved JSON, or an archive of it (.tar, .tar.zst)
    path: std::path::PathBuf,
}

impl Import {
    pub(super) fn run(self, _loaded: &crate::config::Loaded) -> Result<(), super::error::Error> {
        let From::Discourse(Discourse { path }) = self.from;
        Err(super::error::Error::refused(format!(
            "cannot import {} yet",
            path.display()
        )))
    }
}
