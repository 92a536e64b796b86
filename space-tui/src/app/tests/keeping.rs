// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Stories of texts that must not be lost, and not be sent twice: disks that are full, kills, editors that fail, two
//! terminals on one local copy.

use std::time::Duration;

use space_core::client::outbox::{Draft, ItemState};

use super::story::Story;
use crate::app::message::{Cmd, Msg};
use crate::editing;

const FULL: &str = "the disk is full";

fn replying() -> Story {
    let mut story = Story::begins(80, 24);
    story.press("G Enter r");
    story
}

fn text(story: &Story) -> &str {
    story.model.compose().unwrap().body.text()
}

fn has_quit(story: &Story) -> bool {
    story.asked.contains(&Cmd::Quit)
}

fn sources(story: &Story) -> Vec<String> {
    let texts = story.outbox().into_iter().filter_map(|draft| match draft {
        Draft::Reply { source, .. } | Draft::EditPost { source, .. } => {
            Some(source.as_str().to_owned())
        }
        _ => None,
    });
    texts.collect()
}

#[test]
fn closing_says_that_a_text_is_kept_once_it_is() {
    let mut story = replying();
    story.write("half a");
    story.is_slow = true;
    story.press("Esc");
    story.does_not_see("Your text is kept");
    story.does_not_see("half a");
    story.writes();
    story.sees("Your text is kept");
    assert_eq!(story.unfinished(), ["half a"]);
}

#[test]
fn a_text_that_cannot_be_kept_comes_back_with_the_reason() {
    let mut story = replying();
    story.write("half a");
    story.disk = Some(FULL);
    story.press("Esc");
    story.sees(FULL);
    story.sees("half a");
    story.does_not_see("Your text is kept");
    // It is tried again by itself.
    story.disk = None;
    story.passes(Duration::from_secs(3));
    assert_eq!(story.unfinished(), ["half a"]);
    story.press("Esc");
    story.sees("Your text is kept");
}

#[test]
fn a_text_that_could_not_be_kept_waits_for_the_one_that_is_written_now() {
    let mut story = replying();
    story.write("the first");
    story.press("C-t k k");
    story.disk = Some(FULL);
    story.press("r");
    story.write("the second");
    assert_eq!(text(&story), "the second");
    story.disk = None;
    story.press("Esc");
    assert_eq!(text(&story), "the first");
    story.press("Esc");
    let mut kept = story.unfinished();
    kept.sort();
    assert_eq!(kept, ["the first", "the second"]);
}

#[test]
fn quitting_waits_until_a_text_is_kept_and_stays_when_it_cannot_be() {
    let mut story = replying();
    story.write("not lost");
    story.disk = Some(FULL);
    story.press("C-t q");
    assert!(!has_quit(&story));
    story.sees(FULL);
    assert_eq!(text(&story), "not lost");
    story.disk = None;
    story.is_slow = true;
    story.press("q");
    assert!(!has_quit(&story));
    story.writes();
    assert!(has_quit(&story));
    assert_eq!(story.unfinished(), ["not lost"]);
}

#[test]
fn whoever_asks_twice_does_not_wait_for_a_disk() {
    let mut story = replying();
    story.write("not kept");
    story.is_slow = true;
    story.press("C-t q");
    assert!(!has_quit(&story));
    story.press("q");
    assert!(has_quit(&story));
    // What could not be kept is said when the screen is gone.
    let unkept = crate::compose::leave::unkept(&story.model);
    assert_eq!(unkept.len(), 1);
    assert_eq!(unkept[0].source, "not kept");
}

#[test]
fn what_is_on_its_way_to_the_outbox_is_not_kept_beside_it() {
    let mut story = replying();
    story.write("once");
    story.is_slow = true;
    story.press("C-s");
    story.passes(Duration::from_secs(5));
    story.send(Msg::Terminate);
    story.writes();
    assert_eq!(sources(&story), ["once"]);
    assert_eq!(story.unfinished(), [""; 0]);
}

#[test]
fn what_could_not_be_queued_is_still_there_and_is_sent_once() {
    let mut story = replying();
    story.write("once");
    story.disk = Some(FULL);
    story.press("C-s");
    story.sees(FULL);
    assert_eq!(text(&story), "once");
    story.disk = None;
    story.press("C-s");
    assert_eq!(sources(&story), ["once"]);
    story.dies();
    story.press("g d");
    story.sees("Nothing is unfinished.");
}

#[test]
fn what_is_typed_before_the_local_copy_answers_is_kept_too() {
    let mut story = Story::begins(80, 24);
    story.press("G Enter");
    story.is_slow = true;
    story.press("r");
    story.write("quick");
    story.press("Esc");
    story.writes();
    assert_eq!(story.unfinished(), ["quick"]);
}

#[test]
fn another_terminal_loses_nothing_and_is_told_where_it_is() {
    let mut story = replying();
    story.write("mine");
    story.press("Esc r");
    story.another_keeps("written elsewhere");
    story.write(" too");
    story.press("Esc");
    story.sees("Another text that was begun here is kept in");
    assert_eq!(story.unfinished(), ["mine too"]);
    assert_eq!(story.in_files(), ["written elsewhere"]);
    // Sending what one has does not take the other's with it either.
    story.press("r");
    story.another_keeps("once more");
    story.press("C-s");
    assert_eq!(sources(&story), ["mine too"]);
    assert_eq!(story.in_files(), ["written elsewhere", "once more"]);
}

#[test]
fn what_an_editor_left_when_everything_was_killed_is_there_again() {
    let mut story = replying();
    story.write("begun");
    story.passes(Duration::from_secs(3));
    let file = story.editors_file();
    editing::begin(&file, "begun", "> context", "begun").unwrap();
    std::fs::write(&file, "begun, and more in the editor").unwrap();
    story.dies();
    story.press("g d Enter");
    story.sees("This is what you wrote before.");
    assert_eq!(text(&story), "begun, and more in the editor");
    assert!(file.exists(), "it is not kept elsewhere yet");
    story.passes(Duration::from_secs(3));
    assert_eq!(story.unfinished(), ["begun, and more in the editor"]);
    let forgotten = |cmd: &Cmd| matches!(cmd, Cmd::ForgetFile(_));
    assert!(story.asked.iter().any(forgotten));
}

#[test]
fn a_kill_just_before_an_editors_file_goes_sends_nothing_twice() {
    let mut story = replying();
    let file = story.editors_file();
    story.write("once");
    story.press("C-s");
    editing::begin(&file, "begun", "", "begun").unwrap();
    std::fs::write(&file, "once").unwrap();
    story.dies();
    story.press("g d");
    story.sees("Nothing is unfinished.");
    story.press("Esc G Enter r");
    assert_eq!(text(&story), "");
    assert!(!file.exists());
}

#[test]
fn a_text_that_only_an_editors_file_has_is_in_the_list() {
    let mut story = replying();
    let file = story.editors_file();
    story.press("Esc");
    editing::begin(&file, "", "> context", "").unwrap();
    std::fs::write(&file, "in the editor").unwrap();
    story.dies();
    story.press("g d");
    story.sees("Reply · Welcome");
    story.sees("in the editor");
    story.press("Enter");
    assert_eq!(text(&story), "in the editor");
}

#[test]
fn an_older_text_of_an_editor_does_not_take_the_place_of_a_newer_one() {
    let mut story = replying();
    story.write("begun");
    story.passes(Duration::from_secs(3));
    let file = story.editors_file();
    editing::begin(&file, "begun", "", "begun").unwrap();
    std::fs::write(&file, "begun, by the editor").unwrap();
    story.write(", and gone on with");
    story.press("Esc r");
    assert_eq!(text(&story), "begun, and gone on with");
    story.sees("Another text that was begun here is kept in");
    assert_eq!(story.in_files(), ["begun, by the editor"]);
}

#[test]
fn another_text_for_what_was_sent_meanwhile_goes_out_as_an_edit() {
    let mut story = replying();
    story.write("first");
    story.press("C-s g o Enter");
    assert_eq!(text(&story), "first");
    story.write(" and second");
    story.server_takes();
    story.press("C-s");
    let Some(Draft::EditPost { source, base, .. }) = story.outbox().into_iter().next_back() else {
        panic!("{:?}", story.outbox());
    };
    assert_eq!(source.as_str(), "first and second");
    assert_eq!(base.as_deref(), Some("first"));
    assert_eq!(story.unfinished(), [""; 0]);
}

#[test]
fn a_rewording_is_thrown_away_and_comes_back_with_what_it_was_for() {
    let mut story = replying();
    story.write("first");
    story.press("C-s g o Enter");
    story.write(" and more");
    story.press("Esc g o D");
    assert_eq!(story.unfinished(), [""; 0]);
    story.press("u");
    assert_eq!(story.unfinished(), ["first and more"]);
    assert_eq!(story.states(), [ItemState::Queued]);
}
