// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What to do after a space was made.

use super::command_line;
use crate::config::Loaded;

/// Says how to serve a new space and how to come in. It is for standard error: programs read what was made.
pub(super) fn text(loaded: &Loaded, has_owner: bool) -> String {
    let serve = command_line::with_place(loaded, "serve");
    let address = loaded.config.http.bind.to_string();
    let login = format!("space login http://{address}");
    if has_owner {
        format!("Next: `{serve}`, then `{login}` in another terminal.")
    } else {
        let member = command_line::with_place(loaded, "member add NAME --role owner");
        format!("Next: `{member}`, then `{serve}`, then `{login}` in another terminal.")
    }
}
