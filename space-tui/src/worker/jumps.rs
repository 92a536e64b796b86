// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The places one came from, kept beside the local copy: in a folder of their own that only its owner can read.

use std::path::{Path, PathBuf};

use space_core::client::files::replace;

use crate::app::jumps::Jumps;

fn file(replica: &Path) -> PathBuf {
    replica.with_file_name("jumps.json")
}

/// Returns the places that were kept; none when there are none, or they cannot be read.
pub fn load(replica: &Path) -> Jumps {
    let text = std::fs::read_to_string(file(replica)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Keeps places. Whatever goes wrong, reading goes on.
pub fn save(replica: &Path, jumps: &Jumps) {
    let written = serde_json::to_vec(jumps)
        .map_err(std::io::Error::from)
        .and_then(|text| replace(&file(replica), &text));
    if let Err(error) = written {
        tracing::warn!(%error, "cannot keep the places one came from");
    }
}
