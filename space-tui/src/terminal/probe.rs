// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How this terminal shows pictures.

use std::process::{Command, Stdio};
use std::time::Duration;

use ratatui_image::picker::cap_parser::QueryStdioOptions;
use ratatui_image::picker::{Picker, ProtocolType};

/// How long the terminal may take to say what it can do; one that says nothing gets half blocks.
const PATIENCE: Duration = Duration::from_millis(200);

/// Asks the terminal how it shows pictures. Nobody else may read its input meanwhile. Returns nothing when half
/// blocks are the best there is.
pub(super) fn picker() -> Option<Picker> {
    if !is_worth_asking(|name| std::env::var(name).ok(), tmux_passes) {
        return None;
    }
    let options = QueryStdioOptions {
        timeout: PATIENCE,
        ..QueryStdioOptions::default()
    };
    let picker = Picker::from_query_stdio_with_options(options).ok()?;
    (picker.protocol_type() != ProtocolType::Halfblocks).then_some(picker)
}

fn is_worth_asking(env: impl Fn(&str) -> Option<String>, tmux_passes: impl Fn() -> bool) -> bool {
    let term = env("TERM").unwrap_or_default();
    if matches!(term.as_str(), "" | "dumb" | "linux") {
        return false;
    }
    // A terminal that does not answer would cost the reader a key: whoever waits for the answer takes the next one.
    // So only those are asked that are known to have something to say.
    let is_known = [
        "kitty", "ghostty", "foot", "wezterm", "contour", "mlterm", "iterm",
    ]
    .iter()
    .any(|name| term.contains(name))
        || ["KITTY_WINDOW_ID", "KONSOLE_VERSION", "WT_SESSION"]
            .iter()
            .any(|name| env(name).is_some_and(|value| !value.is_empty()))
        || env("TERM_PROGRAM").is_some_and(|program| PROGRAMS.contains(&program.as_str()));
    // The library would switch passing through on for the whole pane; whether to is for its owner to say.
    let is_tmux = env("TMUX").is_some_and(|tmux| !tmux.is_empty())
        || term.starts_with("tmux")
        || env("TERM_PROGRAM").is_some_and(|program| program == "tmux");
    // Screen passes nothing on. What tmux passes on is answered by the terminal around it, if at all.
    match (is_tmux, term.starts_with("screen")) {
        (true, _) => is_known && tmux_passes(),
        (false, true) => false,
        (false, false) => is_known,
    }
}

/// Programs that show pictures, by what they call themselves.
const PROGRAMS: [&str; 8] = [
    "WezTerm",
    "iTerm.app",
    "ghostty",
    "kitty",
    "vscode",
    "mintty",
    "rio",
    "WarpTerminal",
];

/// Whether tmux passes on what is meant for the terminal around it.
fn tmux_passes() -> bool {
    let asked = Command::new("tmux")
        .args(["show-options", "-Apv", "allow-passthrough"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    asked.is_ok_and(|said| matches!(said.stdout.trim_ascii(), b"on" | b"all"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&[("TERM", "xterm-kitty")], false, true)]
    #[case(&[("TERM", "foot")], false, true)]
    #[case(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")], false, true)]
    #[case::who_may_not_answer(&[("TERM", "xterm-256color")], false, false)]
    #[case(&[("TERM", "dumb")], false, false)]
    #[case(&[], false, false)]
    #[case::tmux_that_passes_nothing(&[("TERM", "tmux-256color")], false, false)]
    #[case::tmux_by_another_name(&[("TERM", "screen-256color"), ("TMUX", "/tmp/x,1,0")], false, false)]
    #[case::tmux_that_passes(&[("TERM", "tmux-256color"), ("KITTY_WINDOW_ID", "1")], true, true)]
    #[case::tmux_in_kitty(&[("TERM", "tmux-256color"), ("KITTY_WINDOW_ID", "1")], false, false)]
    #[case::screen(&[("TERM", "screen")], true, false)]
    fn who_is_asked(#[case] set: &[(&str, &str)], #[case] passes: bool, #[case] want: bool) {
        let env = |name: &str| {
            let found = set.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(is_worth_asking(env, || passes), want);
    }
}
