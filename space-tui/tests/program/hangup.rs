// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A terminal that goes away, and one that can do nothing.

use std::io::Read as _;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::house::House;
use crate::seat::Seat;

/// Whoever started the program has SIGHUP ignored, and no signal tells that the terminal is gone.
#[test]
fn hung_up_terminal_ends_the_screen_without_a_signal() {
    let house = House::new();
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let folders = house.folders();
    let mut command = CommandBuilder::new("/bin/sh");
    command.args([
        "-c",
        "trap '' HUP; \"$0\"; true",
        env!("CARGO_BIN_EXE_space"),
    ]);
    command.env_clear();
    for (name, value) in [
        ("LC_ALL", "C.UTF-8"),
        ("TERM", "xterm-256color"),
        ("SPACE_KEYRING", "off"),
    ] {
        command.env(name, value);
    }
    command.env("SPACE_DATA_DIR", &folders.data);
    command.env("SPACE_CONFIG_DIR", &folders.config);
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut screen = vt100::Parser::new(24, 80, 0);
    let mut buffer = [0; 4096];
    while !screen
        .screen()
        .contents()
        .contains("Trains without network")
    {
        let read = reader.read(&mut buffer).unwrap();
        assert!(read > 0, "{}", screen.screen().contents());
        screen.process(&buffer[..read]);
    }
    drop(reader);
    drop(pair.master);
    let until = Instant::now() + Duration::from_secs(20);
    while child.try_wait().unwrap().is_none() {
        let is_late = Instant::now() > until;
        if is_late {
            let _ = child.kill();
        }
        assert!(!is_late, "it lives on without a terminal");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn dumb_terminal_gets_a_sentence_and_no_escape_sequence() {
    let house = House::new();
    let mut seat = Seat::set(&house, &[("TERM", "dumb")], &[]);
    seat.wait_for("TERM=dumb");
    seat.wait_for("space topics");
    assert_eq!(seat.is_over().exit_code(), 2);
    assert!(!seat.has_written(b"\x1b"), "{:?}", seat.written);
    let doctor = house.space_with(&[("TERM", "dumb")], &["doctor", "--offline"]);
    assert!(doctor.out.contains("terminal"), "{}", doctor.out);
}
