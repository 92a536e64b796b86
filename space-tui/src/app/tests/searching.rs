// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Stories of searching: with every letter, by operators, and when something is wrong with what was typed.

use super::story::Story;

#[test]
fn every_letter_searches_and_escape_leaves_things_as_they_were() {
    let mut story = Story::begins(80, 24);
    story.press("/");
    story.write("trai");
    story.sees("How do you read on trains?");
    story.sees("Trains without network");
    story.write("nzz");
    story.sees("No post contains: trainzz");
    story.press("C-w");
    story.write("train");
    story.sees("How do you read on trains?");
    story.press("Esc");
    story.sees("Welcome");
    story.does_not_see("How do you read on trains?");
}

#[test]
fn enter_keeps_what_was_found_and_opens_the_thread_at_it() {
    let mut story = Story::begins(80, 24);
    story.press("/");
    story.write("curious");
    story.press("Enter");
    story.sees("And curious.");
    story.press("Enter");
    story.sees("Be kind.");
    story.press("Esc");
    story.sees("Search: curious");
}

#[test]
fn operators_narrow_down_and_are_completed() {
    let mut story = Story::begins(80, 24);
    story.press("/");
    story.write("#meta-h");
    story.press("Tab");
    story.sees("Search: #meta-help");
    story.sees("With a local copy.");
    story.does_not_see("Be kind.");
    story.press("C-u");
    story.write("is:un");
    story.press("Tab");
    story.sees("Search: is:unread");
    story.write("curious");
    story.sees("And curious.");
    story.press("C-u");
    story.write("is:unread kind");
    story.sees("No post contains");
    story.press("C-u");
    story.write("@ali");
    story.press("Tab");
    story.sees("@Alice");
}

#[test]
fn what_is_wrong_is_said_below_the_part_that_it_is_about() {
    let mut story = Story::begins(80, 24);
    story.press("/");
    story.write("fox befor:2020");
    story.sees("      ^^^^^^");
    story.sees("befor: is no operator. Did you mean before:?");
    // There is something to mend: the line stays.
    story.press("Enter");
    story.press("C-u");
    story.write("before:2020-13-40");
    story.sees("2020-13-40 is no date.");
    story.press("C-u");
    story.write("@bobb");
    story.sees("Nobody here is called bobb. Did you mean @Bob?");
}

#[test]
fn earlier_searches_come_back() {
    let mut story = Story::begins(80, 24);
    for words in ["curious", "kind"] {
        story.press("/");
        story.write(words);
        story.press("Enter Esc");
    }
    story.press("/ Up");
    story.sees("Be kind.");
    story.press("Up");
    story.sees("And curious.");
    story.press("Down");
    story.sees("Be kind.");
}
