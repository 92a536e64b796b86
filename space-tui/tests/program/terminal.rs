// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The program in a real (pseudo) terminal: what is on the screen, and what is left of it afterwards.

use crate::house::House;
use crate::login::Impostor;
use crate::seat::Seat;

#[test]
fn reading_replying_and_quitting_without_the_server() {
    let house = House::new();
    // A sed that writes the answer above the scissors, as a person would.
    let mut seat = Seat::new(&house, "sed -i 1s/^/An-answer/");
    seat.wait_for("Trains without network");
    seat.wait_for("offline");
    assert!(seat.parser.screen().alternate_screen());
    seat.press("j\r");
    seat.wait_for("Hello everyone!");
    seat.press("r");
    seat.wait_for("nothing new");
    seat.press("to you");
    // The editor has what was typed, and what it makes of it comes back.
    seat.press("\u{5}");
    seat.wait_for("An-answerto you");
    seat.press("\u{13}");
    seat.wait_for("1 queued");
    seat.press("q");
    seat.ends();
    let listed = house.space(&["outbox"]);
    assert!(listed.out.contains("An-answerto you"), "{}", listed.out);
}

#[test]
fn a_change_of_size_draws_everything_anew() {
    let house = House::new();
    let mut seat = Seat::new(&house, "true");
    seat.wait_for("Trains without network");
    for (rows, cols) in [(10, 40), (5, 20), (50, 200), (24, 80)] {
        seat.resize(rows, cols);
        seat.wait_for(if rows < 10 { "Space needs" } else { "Alice" });
    }
    seat.press("\u{3}");
    seat.ends();
}

#[test]
fn signing_in_shows_a_page_of_the_server_that_was_named_and_a_code() {
    let (server, house) = (Impostor::start(), House::new());
    let args = [
        "--profile",
        "new",
        "login",
        &server.url,
        "--insecure-storage",
    ];
    let mut seat = Seat::with(&house, "", &args);
    seat.wait_for("WDJB-MJHT");
    seat.wait_for(&format!("{}/device", server.url));
    seat.wait_for("signed in to Example as Bob");
    assert!(!seat.parser.screen().contents().contains("evil"));
    let profile = house.folders().load("new").expect("a profile");
    assert!(profile.is_some());
}

#[test]
fn signing_in_that_is_given_up_leaves_nothing_behind() {
    let house = House::new();
    let server = Impostor::that_waits();
    let args = [
        "--profile",
        "new",
        "login",
        &server.url,
        "--insecure-storage",
    ];
    let mut seat = Seat::with(&house, "", &args);
    seat.wait_for("WDJB-MJHT");
    seat.press("\u{3}");
    seat.wait_for("Given up");
    let status = seat.child.wait().expect("the program ends");
    assert_eq!(status.exit_code(), 130);
    let folders = house.folders();
    assert_eq!(folders.load("new").expect("a look"), None);
    assert!(!folders.data.join("new").exists());
}

#[test]
fn a_token_in_a_file_is_marked_as_long_as_it_is_there() {
    let house = House::new();
    let mut seat = Seat::new(&house, "");
    seat.wait_for("token unencrypted");
    seat.press("q");
    seat.ends();
}

#[test]
fn the_mouse_is_the_terminals_own_unless_it_is_asked_for() {
    let house = House::new();
    let is = |wanted| move |screen: &vt100::Screen| screen.mouse_protocol_mode() == wanted;
    let mut seat = Seat::new(&house, "true");
    seat.wait_for("Trains without network");
    assert!(is(vt100::MouseProtocolMode::None)(seat.parser.screen()));
    seat.press("q");
    seat.ends();

    let folder = house.folders().config;
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("config.toml"), "mouse = true\n").expect("written");
    let mut seat = Seat::new(&house, "true");
    seat.wait_for("Trains without network");
    assert!(is(vt100::MouseProtocolMode::PressRelease)(
        seat.parser.screen()
    ));
    let row = seat.parser.screen().contents();
    let row = row.lines().position(|line| line.contains("Trains without"));
    let row = row.expect("it is on the screen") + 1;
    // The first press selects, unless the reader is there already; the second one opens.
    let press = format!("\x1b[<0;30;{row}M\x1b[<0;30;{row}m");
    seat.press(&press);
    seat.press(&press);
    seat.wait_for("r reply");
    seat.press("q");
    seat.wait(
        "the mouse is given back",
        is(vt100::MouseProtocolMode::None),
    );
    seat.ends();
}

#[test]
fn killed_while_writing_it_keeps_what_was_written() {
    let house = House::new();
    let mut seat = Seat::new(&house, "true");
    seat.wait_for("Trains without network");
    seat.press("j\r");
    seat.wait_for("Hello everyone!");
    seat.press("r");
    seat.wait_for("nothing new");
    seat.press("a thought that must not be lost");
    seat.wait_for("must not be lost");
    // Whatever was typed is kept after two seconds, without any key that says so.
    seat.wait_for(" kept ");
    let id = seat.child.process_id().expect("a process");
    let killed = std::process::Command::new("kill")
        .args(["-KILL", &id.to_string()])
        .status();
    assert!(killed.expect("kill runs").success());
    let mut seat = Seat::new(&house, "true");
    seat.wait_for("Trains without network");
    seat.press("gd");
    seat.wait_for("a thought that must not be lost");
    seat.press("\r");
    seat.wait_for("This is what you wrote before.");
    seat.press("\u{1b}\r");
    seat.wait_for("1 queued");
    seat.press("q");
    seat.ends();
    let listed = house.space(&["outbox"]);
    assert!(listed.out.contains("must not be lost"), "{}", listed.out);
}
