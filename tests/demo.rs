// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The demonstration: the first thing that anybody sees.

use std::path::Path;
use std::time::Duration;

use space_tests::demo::{begin, picture, without_dates};
use space_tests::generated::same_as_committed;

const PATIENCE: Duration = Duration::from_mins(1);

/// `SPACE_BLESS=1` makes the picture anew; look at it before you commit it.
#[test]
fn the_picture_in_the_readme_is_what_the_terminal_shows() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../space-tui/picture.svg");
    let made = picture().unwrap();
    if std::env::var_os("SPACE_BLESS").is_some_and(|value| value == "1") {
        same_as_committed(&file, &made);
        return;
    }
    let committed = std::fs::read_to_string(&file).unwrap();
    let (made, committed) = (without_dates(&made), without_dates(&committed));
    let mut lines = made.lines().zip(committed.lines());
    if let Some((made, committed)) = lines.find(|(made, committed)| made != committed) {
        panic!(
            "the picture is out of date; SPACE_BLESS=1 makes it anew\n  committed: {committed}\n  made: {made}"
        );
    }
    assert_eq!(made.lines().count(), committed.lines().count());
}

#[test]
fn it_opens_the_terminal_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = begin(folder.path(), 80, 24).unwrap();
    // As a member who is signed in, with the newest topic first.
    assert!(screen.screen().contents().contains("leila"));
    screen.press("\r").unwrap();
    screen
        .wait("a post", PATIENCE, |screen| {
            screen.contents().contains("besoin de remerciements")
        })
        .unwrap();
    screen.press("qq").unwrap();
    let status = screen.ended(PATIENCE).unwrap();
    assert!(status.success(), "{}", screen.screen().contents());
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}
