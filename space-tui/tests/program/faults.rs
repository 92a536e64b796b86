// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What goes wrong around a terminal, and what is left of it, and of what was written.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rstest::rstest;
use space_core::client::credentials::{Given, Keyring, Secrets, Settings as Places};
use space_core::{Clock, Entropy, Timestamp};
use space_tui::app::reading::Reading;
use space_tui::connect::Connect;
use space_tui::l10n::L10n;
use space_tui::profile::Folders;
use space_tui::terminal::{Session, run};
use space_tui::worker::Tools;

use crate::house::House;
use crate::seat::Seat;

#[rstest]
#[case("TERM")]
#[case("HUP")]
fn a_signal_gives_the_terminal_back(#[case] signal: &str) {
    let house = House::new();
    let mut seat = Seat::new(&house, "true");
    seat.wait_for("Trains without network");
    seat.signal(signal);
    seat.ends();
}

/// The shell is told to stand above the program, as the one of a reader does.
#[test]
fn the_program_rests_and_goes_on() {
    let house = House::new();
    let script = "set -m; \"$SPACE\"; echo \"it rests\"; read -r _; fg; echo \"it ended\"";
    let program = env!("CARGO_BIN_EXE_space");
    let mut seat = Seat::of(
        &house,
        Path::new("/bin/sh"),
        &[("SPACE", program)],
        &["-c", script],
    );
    seat.wait_for("Trains without network");
    seat.press("gz");
    seat.wait_for("it rests");
    assert!(!seat.parser.screen().alternate_screen());
    seat.press("\r");
    seat.wait("the screen is back", |screen| {
        screen.alternate_screen() && screen.contents().contains("Trains without network")
    });
    // Keys are read again, one by one.
    seat.press("j\r");
    seat.wait_for("Hello everyone!");
    seat.press("q");
    seat.wait_for("it ended");
    seat.ends();
}

#[test]
fn a_kill_loses_nothing_that_was_written() {
    let house = House::new();
    // It saves what it has, and then goes on and on, as a person at a difficult answer does.
    let mut seat = Seat::new(
        &house,
        "sed -i 1s/^/Half-an-answer/ \"$1\"; echo saved; cat -",
    );
    seat.wait_for("Trains without network");
    seat.press("j\r");
    seat.wait_for("Hello everyone!");
    seat.press("r");
    seat.wait_for("nothing new");
    seat.press("\u{5}");
    seat.wait_for("saved");
    seat.signal("KILL");
    assert!(!seat.is_over().success());
    drop(seat);
    let left = house.folders().replica("default").expect("a folder");
    let left = left.with_file_name("editing");
    let left = std::fs::read_dir(left).expect("a folder").flatten();
    let texts = left.filter(|file| file.path().extension().is_some_and(|it| it == "md"));
    assert_eq!(texts.count(), 1);

    // The next answer to the topic goes on with it.
    let mut seat = Seat::new(&house, "sed -i 1s/$/-ends-well/");
    seat.wait_for("Trains without network");
    seat.press("j\r");
    seat.wait_for("Hello everyone!");
    seat.press("r");
    seat.wait_for(" of 32000");
    seat.press("\u{5}");
    seat.wait_for("Half-an-answer-ends-well");
    seat.press("\u{1b}\r");
    seat.wait_for("1 queued");
    seat.signal("KILL");
    assert!(!seat.is_over().success());
    let listed = house.space(&["outbox"]);
    assert!(
        listed.out.contains("Half-an-answer-ends-well"),
        "{}",
        listed.out
    );
}

#[test]
fn nothing_of_a_hostile_post_reaches_the_terminal() {
    let house = House::new();
    let mut seat = Seat::new(&house, "true");
    seat.wait_for("Trains without network");
    // The program's own question after the background has been asked; what comes now is the post.
    seat.written.clear();
    seat.press("\r");
    seat.wait_for("hostile");
    seat.press("q");
    seat.ends();
    // Cells that stay as they were are not written again, so the word may come in parts; but come it does.
    assert!(!seat.written.is_empty());
    for bytes in ["\u{1b}]52", "\u{1b}[2J", "\u{7}", "\u{9b}", "\u{202e}"] {
        assert!(!seat.has_written(bytes.as_bytes()), "{bytes:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_idle_screen_uses_no_time() {
    let house = House::new();
    let mut seat = Seat::new(&house, "true");
    seat.wait_for("Trains without network");
    seat.wait_for("offline");
    let id = seat.child.process_id().expect("a process");
    let before = ticks(id);
    seat.looks_on(Duration::from_secs(3));
    let used = ticks(id) - before;
    // A tick is a hundredth of a second on Linux; whoever polls or draws without need uses dozens.
    assert!(used <= 5, "{used} hundredths of a second in three seconds");
    seat.press("q");
    seat.ends();
}

/// Returns the time that a process has used, in ticks (proc_pid_stat(5): the 14th and 15th field).
#[cfg(target_os = "linux")]
fn ticks(id: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).expect("a process");
    // The second field is a name, which may have blanks.
    let (_, rest) = stat.rsplit_once(')').expect("a name");
    let fields = rest.split_whitespace().skip(11).take(2);
    fields
        .map(|field| field.parse::<u64>().expect("a number"))
        .sum()
}

/// Returns whether anything was written in a colour (ECMA-48, SGR 30 to 49 and their bright ones).
fn has_colour(written: &[u8]) -> bool {
    let text = String::from_utf8_lossy(written);
    text.split("\u{1b}[").skip(1).any(|code| {
        let end = code.find(|c: char| !c.is_ascii_digit() && !matches!(c, ';' | ':'));
        let (numbers, rest) = code.split_at(end.unwrap_or(code.len()));
        rest.starts_with('m')
            && numbers.split([';', ':']).any(|number| {
                let is_colour = |n: u8| matches!(n, 30..=38 | 40..=48 | 90..=97 | 100..=107);
                number.parse().is_ok_and(is_colour)
            })
    })
}

#[rstest]
#[case::a_usual_one(&[], true)]
#[case::asked_for_none(&[("NO_COLOR", "1")], false)]
fn colours_are_there_unless_they_are_not_wanted(
    #[case] variables: &[(&str, &str)],
    #[case] want: bool,
) {
    let house = House::new();
    let mut seat = Seat::set(&house, variables, &[]);
    seat.wait_for("Trains without network");
    seat.press("j\r");
    seat.wait_for("Hello everyone!");
    seat.wait_for("offline");
    let is_linked = seat.has_written(b"\x1b]8;");
    seat.press("q");
    seat.ends();
    assert_eq!(has_colour(&seat.written), want);
    assert!(is_linked);
}

/// The clock of a machine that breaks: whoever asks it on the thread that the file names is done for.
struct Breaking(std::path::PathBuf);

impl Clock for Breaking {
    fn now(&self) -> Timestamp {
        let name = std::fs::read_to_string(&self.0).unwrap_or_default();
        let thread = std::thread::current();
        let is_here = thread.name().is_some_and(|own| own.ends_with(name.trim()));
        assert!(name.is_empty() || !is_here, "the clock fell down");
        Timestamp::from_millis(1_600_000_000_000)
    }
}

/// Not by chance at all.
struct Even;

impl Entropy for Even {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

/// What [`a_panic_gives_the_terminal_back`] runs in a terminal: the screen, with a clock that breaks when told.
#[test]
#[ignore = "runs in a terminal of its own, within another test"]
fn a_screen_that_panics() {
    let (Some(data), Some(config)) = (
        std::env::var_os("SPACE_DATA_DIR"),
        std::env::var_os("SPACE_CONFIG_DIR"),
    ) else {
        return;
    };
    let folders = Folders {
        data: data.into(),
        config: config.into(),
    };
    let profile = folders.load("default").expect("a look").expect("a profile");
    let places = Places {
        token_command: None,
        uses_keyring: false,
    };
    let secrets = Secrets::new(
        folders.credentials(),
        Keyring::of_system(),
        places,
        Given::default(),
    );
    let session = Session {
        tools: Tools {
            file: folders.replica("default").expect("a folder"),
            clock: Arc::new(Breaking(folders.data.join("break"))),
            entropy: Arc::new(Even),
            member: Some("Alice".to_owned()),
            window: profile.window,
        },
        server: profile.server_name().to_owned(),
        connect: Connect::new(profile, secrets),
        l10n: L10n::english(),
        keymap: space_tui::app::keymap::Keymap::default(),
        settings: space_tui::config::Settings::default(),
        notice: None,
        theme: space_tui::doc::theme::Theme::default(),
        reading: Reading::default(),
    };
    run(session).expect("the screen ends well");
}

#[rstest]
#[case::on_the_screen("a_screen_that_panics")]
#[case::beside_it("space-sync")]
fn a_panic_gives_the_terminal_back(#[case] thread: &str) {
    let house = House::new();
    let program = std::env::current_exe().expect("a path");
    let name = "faults::a_screen_that_panics";
    let args = [name, "--exact", "--ignored", "--nocapture"];
    let mut seat = Seat::of(&house, &program, &[], &args);
    seat.wait_for("Trains without network");
    seat.wait_for("offline");
    std::fs::write(house.folders().data.join("break"), thread).expect("a file");
    // Asks the server again, and so every clock.
    seat.press("R");
    assert!(!seat.gives_back().success());
    seat.wait_for("the clock fell down");
}
