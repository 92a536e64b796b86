// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where the state is kept when nobody says.

use std::path::PathBuf;

use anyhow::Context;
use etcetera::BaseStrategy;
use space_core::text::Slug;

/// Returns the file of a server's category: in the folder that systemd gives a service, or the user's own.
pub(super) fn default(server: &str, category: &Slug) -> anyhow::Result<PathBuf> {
    let folder = if let Some(folder) = std::env::var_os("STATE_DIRECTORY") {
        PathBuf::from(folder)
    } else {
        let user = etcetera::choose_base_strategy()
            .context("there is no home folder to keep the state in; name a file with --state")?;
        let state = user.state_dir().unwrap_or_else(|| user.data_dir());
        state.join("space-bridge")
    };
    Ok(folder.join(name(server, category)))
}

fn name(server: &str, category: &Slug) -> String {
    let place = server.split_once("://").map_or(server, |(_, place)| place);
    let place: String = place
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '.' {
                c
            } else {
                '-'
            }
        })
        .collect();
    format!("console-{place}-{category}.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_has_no_slashes() {
        let category = Slug::parse("welcome").unwrap();
        assert_eq!(
            name("https://example.org:8443/space", &category),
            "console-example.org-8443-space-welcome.json"
        );
    }
}
