// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Opening an address outside of the terminal, or copying it where nothing can open it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use base64::Engine as _;

/// Opens an http, https or mailto address; where there is nothing to open it with, copies it (OSC 52, which works
/// over ssh too). Returns whether something opened it.
pub(super) fn open(address: &str) -> bool {
    for command in commands(|name| std::env::var(name).ok()) {
        let mut words = command.split_whitespace();
        let Some(program) = words.next() else {
            continue;
        };
        let mut is_said = false;
        let mut args: Vec<String> = words
            .map(|word| {
                is_said |= word.contains("%s");
                word.replace("%s", address)
            })
            .collect();
        if !is_said {
            args.push(address.to_owned());
        }
        let child = Command::new(program)
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(mut child) = child {
            // Whoever is not waited for stays as a zombie.
            let _ = std::thread::Builder::new()
                .name("space-browser".to_owned())
                .spawn(move || child.wait());
            return true;
        }
    }
    copy(address);
    false
}

/// What may open an address, in the order in which it is tried.
fn commands(env: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let is_set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
    let mut commands: Vec<String> = env("BROWSER")
        .map(|browser| browser.split(':').map(str::to_owned).collect())
        .unwrap_or_default();
    if cfg!(target_os = "macos") {
        commands.push("open".to_owned());
    } else if is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") {
        // Without a display it would look for a browser in this terminal, which is taken.
        commands.push("xdg-open".to_owned());
    }
    commands
}

fn copy(text: &str) {
    let text = base64::engine::general_purpose::STANDARD.encode(text);
    let mut out = std::io::stdout();
    let _ = write!(out, "\x1b]52;c;{text}\x1b\\");
    let _ = out.flush();
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&[], &[])]
    #[case(&[("BROWSER", "firefox:w3m %s")], &["firefox", "w3m %s"])]
    #[case(&[("DISPLAY", ":0")], &["xdg-open"])]
    #[cfg(not(target_os = "macos"))]
    fn what_opens_an_address(#[case] set: &[(&str, &str)], #[case] want: &[&str]) {
        let env = |name: &str| {
            let found = set.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(commands(env), want);
    }
}
