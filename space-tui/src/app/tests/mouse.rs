// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Stories of the mouse.

use super::story::Story;
use crate::app::mouse::Did;

#[test]
fn a_press_selects_and_another_one_opens() {
    let mut story = Story::begins(80, 24);
    story.clicks("Rules");
    story.sees("▸● Rules");
    story.clicks("Rules");
    story.sees("Be kind.");
    story.clicks("Bob ");
    story.sees("▌ Bob");
    story.clicks("Be kind.");
    story.sees("▌ Alice");
}

#[test]
fn the_tree_and_the_list_beside_a_thread_are_a_press_away() {
    let mut story = Story::begins(200, 40);
    story.clicks("-Meta");
    story.sees("Meta › Latest");
    story.clicks("Welcome");
    story.clicks("Welcome");
    story.sees("Hello everybody!");
    story.clicks("● Rules");
    story.sees("Be kind.");
    story.clicks("Unread  ");
    story.sees("Example › Unread");
    story.does_not_see("Welcome");
    // It is the row one is on already.
    story.clicks("Which editor?");
    story.sees("Editors are a matter of taste.");
    // Where nothing is, nothing happens.
    let before = story.screen();
    story.clicks("                              ");
    assert_eq!(before.lines().next(), story.screen().lines().next());
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    let mut story = Story::begins(80, 24);
    story.mouse(Did::WheelDown, "Which editor?");
    story.sees("▸  Welcome");
    story.mouse(Did::WheelUp, "Rules");
    story.sees("▸● Which editor?");
    story.press("Enter g g");
    let before = story.screen();
    story.mouse(Did::WheelDown, "Editors");
    assert_ne!(before.lines().nth(1), story.screen().lines().nth(1));
    story.mouse(Did::WheelUp, "Editors");
    assert_eq!(before.lines().nth(1), story.screen().lines().nth(1));
}

#[test]
fn what_lies_over_the_screens_is_not_pressed_through() {
    let mut story = Story::begins(80, 24);
    story.press("?");
    let before = story.screen();
    story.mouse(Did::Press, "Latest");
    assert_eq!(before, story.screen());
    story.mouse(Did::WheelDown, "Latest");
    assert_ne!(before, story.screen());
}
