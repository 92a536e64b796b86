// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The program beside a real session bus, without a keyring on it and with one.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use std::process::Command;

use serde_json::Value;
use space_tests::skipped;

use crate::house::{Done, House};
use crate::login::Impostor;

/// Why a program cannot be used here, if so.
fn misses(program: &str) -> Option<String> {
    let ran = Command::new(program).arg("--version").output();
    let is_there = ran.is_ok_and(|output| output.status.success());
    (!is_there).then(|| format!("{program} is not installed"))
}

/// Runs a script of the shell on a session bus of its own, with a home of its own; `$SPACE` is the program.
fn on_a_bus(house: &House, script: &str) -> Done {
    let home = house.folders().data.join("home");
    let runtime = home.join("run");
    std::fs::create_dir_all(&runtime).unwrap();
    let mut command = Command::new("dbus-run-session");
    command
        .args(["--", "sh", "-euc", script])
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", &home)
        .env("XDG_RUNTIME_DIR", &runtime)
        .env("SPACE", env!("CARGO_BIN_EXE_space"));
    house.run(&mut command)
}

fn login(server: &Impostor, house: &House) -> String {
    let password = house.folders().data.join("password");
    space_tests::write_secret(&password, "secret");
    format!(
        "$SPACE --profile new login {} --name bob --password-file {}",
        server.url,
        password.display()
    )
}

#[test]
fn on_a_bus_without_a_keyring_login_says_so_and_the_rest_works() {
    if let Some(why) = misses("dbus-run-session") {
        return skipped(&why);
    }
    let (server, house) = (Impostor::start(), House::new());
    let done = on_a_bus(&house, &login(&server, &house));
    assert_eq!(done.code, 1, "{} {}", done.out, done.err);
    for word in ["no keyring", "--insecure-storage"] {
        assert!(done.err.contains(word), "{word}: {}", done.err);
    }
    assert!(!done.err.contains("panicked"), "{}", done.err);
    let done = on_a_bus(&house, "$SPACE topics && $SPACE auth status --json");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.out.contains("Welcome") && done.out.contains("plain_file"),
        "{}",
        done.out
    );
}

#[test]
fn the_keyring_of_the_desktop_keeps_the_token_from_login_to_logout() {
    for program in ["dbus-run-session", "gnome-keyring-daemon"] {
        if let Some(why) = misses(program) {
            return skipped(&why);
        }
    }
    let (server, house) = (Impostor::start(), House::new());
    // The server is no whole one: that reading fails after the log-in is not what this is about.
    let script = format!(
        "printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null
        {} || true
        $SPACE --profile new auth status --json
        $SPACE --profile new logout >&2
        $SPACE --profile new auth status >&2 || echo gone",
        login(&server, &house)
    );
    let done = on_a_bus(&house, &script);
    assert!(
        done.out.contains("in the keyring"),
        "{} {}",
        done.out,
        done.err
    );
    let json = done.out.lines().find(|line| line.starts_with('{')).unwrap();
    let status: Value = serde_json::from_str(json).unwrap();
    assert_eq!(status["token"]["place"], "keyring", "{status}");
    assert_eq!(status["accepted"], "yes", "{status}");
    assert!(done.out.ends_with("gone\n"), "{} {}", done.out, done.err);
    let asked = server.asked.lock().unwrap().clone();
    let last = asked.last().unwrap();
    assert!(
        last.contains("/logout ") && last.ends_with("Bearer space_bob"),
        "{asked:?}"
    );
    let files = house.folders().data.join("credentials");
    let kept = std::fs::read_dir(files).unwrap().count();
    assert_eq!(
        kept, 1,
        "Alice's alone: nothing of Bob's was ever in a file"
    );
}
