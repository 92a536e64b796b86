// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The screen stopped and continued, by whoever can do that.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::house::House;
use crate::seat::Seat;

/// A shell with job control, in which the screen is a job. Whenever it stops the shell says how the terminal is; a line
/// continues it. The process number of the job is in a file.
struct Shell<'a> {
    seat: Seat,
    house: &'a House,
}

impl<'a> Shell<'a> {
    fn new(house: &'a House, editor: &str) -> Self {
        let pid = Self::file(house);
        let says = "echo stopped; stty -a | grep -ow -- '-*icanon'; stty -a | grep -ow -- '-*echo'";
        let script = format!(
            "set -m; sh -c 'echo $$ >\"$0\"; exec \"$1\"' {} \"$0\"; {says}; while read line; do fg; {says}; done",
            pid.display()
        );
        let args = ["-c", &script, env!("CARGO_BIN_EXE_space")];
        let variables = [("EDITOR", editor)];
        let mut seat = Seat::of(house, Path::new("/bin/sh"), &variables, &args);
        seat.wait_for("Trains without network");
        Self { seat, house }
    }

    fn file(house: &House) -> std::path::PathBuf {
        house.folders().data.with_file_name("job")
    }

    fn signal(&self, name: &str) {
        let pid = std::fs::read_to_string(Self::file(self.house)).expect("a process number");
        let kill = std::process::Command::new("kill")
            .args(["-s", name, pid.trim()])
            .status();
        assert!(kill.expect("kill runs").success());
    }

    /// The shell has the terminal, and it is as it was.
    fn is_back(&mut self) {
        self.seat.wait("the shell is back", |screen| {
            !screen.alternate_screen() && screen.contents().trim_end().ends_with("echo")
        });
        let screen = self.seat.parser.screen();
        let text = screen.contents();
        assert!(!screen.bracketed_paste() && !screen.hide_cursor(), "{text}");
        assert!(
            text.contains("icanon") && !text.contains("-icanon"),
            "{text}"
        );
        assert!(!text.contains("-echo"), "{text}");
    }

    /// The screen is there, with everything that belongs to it.
    fn goes_on(&mut self) {
        self.seat.wait("the screen is back", |screen| {
            screen.alternate_screen() && screen.contents().contains("Trains without network")
        });
        let screen = self.seat.parser.screen();
        assert!(screen.bracketed_paste());
        assert!(!screen.contents().contains("stopped"));
    }

    fn ends(mut self) {
        self.seat.press("q");
        self.is_back();
        self.seat.press("\u{4}");
        self.seat.is_over();
    }
}

#[test]
fn stopped_from_outside_it_gives_the_terminal_back_and_takes_it_over_again() {
    let house = House::new();
    let mut shell = Shell::new(&house, "true");
    for _ in 0..2 {
        shell.signal("TSTP");
        shell.is_back();
        shell.seat.press("\n");
        shell.goes_on();
    }
    shell.ends();
}

#[test]
fn stopped_by_its_own_key_it_does_the_same() {
    let house = House::new();
    let mut shell = Shell::new(&house, "true");
    shell.seat.press("gz");
    shell.is_back();
    shell.seat.press("\n");
    shell.goes_on();
    shell.ends();
}

#[test]
fn stopped_without_being_asked_it_draws_everything_anew() {
    let house = House::new();
    let mut shell = Shell::new(&house, "true");
    shell.signal("STOP");
    shell.seat.wait_for("stopped");
    // Nobody gave the terminal back: the shell wrote where the screen was.
    assert!(shell.seat.parser.screen().alternate_screen());
    shell.seat.press("\n");
    shell.goes_on();
    shell.ends();
}

#[test]
fn an_editor_that_is_stopped_stops_the_whole_job() {
    let house = House::new();
    let editor = "kill -s TSTP 0; sed -i 1s/^/An-answer/";
    let mut shell = Shell::new(&house, editor);
    shell.seat.press("j\r");
    shell.seat.wait_for("Hello everyone!");
    shell.seat.press("r");
    shell.seat.wait_for("nothing new");
    shell.seat.press("to you\u{5}");
    shell.is_back();
    shell.seat.press("\n");
    shell.seat.wait_for("An-answerto you");
    // What stopped the editor is over: the screen does not stop for it once more.
    shell.seat.looks_on(Duration::from_millis(300));
    assert!(shell.seat.parser.screen().alternate_screen());
    shell.seat.press("\u{1b}");
    shell.seat.wait_for("g d lists");
    shell.ends();
}

#[test]
fn without_a_shell_nothing_stops_it() {
    let house = House::new();
    let mut seat = Seat::new(&house, "true");
    seat.wait_for("Trains without network");
    seat.signal("TSTP");
    seat.press("gz");
    seat.wait_for("There is no shell here");
    // What a terminal was told meanwhile is forgotten when it goes on, whoever stopped it.
    seat.signal("STOP");
    let until = Instant::now() + Duration::from_secs(20);
    while !is_stopped(&seat) {
        assert!(Instant::now() < until, "it is not stopped");
        std::thread::sleep(Duration::from_millis(5));
    }
    seat.parser
        .process(b"\x1b[?1049l\x1b[?25h\x1b[2Jsomebody else");
    seat.resize(30, 90);
    seat.signal("CONT");
    seat.wait("the screen is back", |screen| {
        screen.alternate_screen() && screen.contents().contains("Trains without network")
    });
    assert!(!seat.parser.screen().contents().contains("somebody else"));
    // The size has changed as well, so it is drawn twice; a hand types after that.
    seat.looks_on(Duration::from_millis(80));
    seat.press("q");
    seat.ends();
}

/// Asks the system whether the program is stopped.
fn is_stopped(seat: &Seat) -> bool {
    let id = seat.child.process_id().expect("a process").to_string();
    let asked = std::process::Command::new("ps")
        .args(["-o", "stat=", "-p", &id])
        .output();
    asked.expect("ps runs").stdout.starts_with(b"T")
}
