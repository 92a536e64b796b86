// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The demonstration: the first thing that anybody sees.

use std::time::Duration;

use space_tests::demo::begin;

const PATIENCE: Duration = Duration::from_mins(1);

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
