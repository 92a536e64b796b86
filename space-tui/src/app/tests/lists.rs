// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Stories of lists: bookmarks, what a member wrote, and the most liked of a time.

use std::time::Duration;

use space_core::ReportReason;
use space_core::client::outbox::Draft;

use super::story::Story;

#[test]
fn a_topic_is_bookmarked_listed_and_let_go() {
    let mut story = Story::begins(80, 24);
    story.press("G b");
    story.sees("Bookmarked. Undo takes it back.");
    story.sees("Welcome ★");
    story.press("g b");
    story.sees("Example › Bookmarks");
    story.sees("Welcome ★");
    story.does_not_see("Rules");
    story.press("b");
    story.sees("The bookmark is out.");
    story.sees("There are no bookmarks.");
    story.press("u");
    story.sees("Taken back: the bookmark in “Welcome” is there again.");
    story.sees("Welcome ★");
    story.press("u");
    story.sees("Taken back: the bookmark in “Welcome” is gone again.");
}

#[test]
fn the_tree_leads_to_the_bookmarks() {
    let mut story = Story::begins(80, 24);
    story.press("G b Tab g g j j j j Enter");
    story.sees("Example › Bookmarks");
    story.sees("Welcome ★");
}

#[test]
fn a_post_is_bookmarked_with_a_note_and_the_topic_is_listed() {
    let mut story = Story::begins(80, 24);
    story.press("G Enter g g j B");
    story.sees("Note:");
    story.write("thank Bob");
    story.press("Enter");
    story.sees("Bob ★ thank Bob");
    let outbox = story.outbox();
    assert!(
        matches!(
            &outbox[..],
            [Draft::PutBookmark { post: Some(_), note: Some(note), .. }] if note.as_str() == "thank Bob"
        ),
        "{outbox:?}"
    );
    story.press("g b");
    story.sees("Welcome ★");
    // In the list, what is taken out is every bookmark of the topic; undo brings the note back.
    story.press("b");
    story.sees("There are no bookmarks.");
    story.press("u Enter g g");
    story.sees("Bob ★ thank Bob");
}

#[test]
fn a_note_can_be_changed_and_left() {
    let mut story = Story::begins(80, 24);
    story.press("G B");
    story.write("first");
    story.press("Enter");
    story.sees("Welcome ★ first");
    story.press("B C-u");
    story.write("second");
    story.press("Esc");
    story.sees("Welcome ★ first");
    story.press("B C-u");
    story.write("second");
    story.press("Enter");
    story.sees("Welcome ★ second");
    story.press("u");
    story.sees("Welcome ★ first");
}

#[test]
fn the_beginning_of_a_topic_is_the_topic() {
    let mut story = Story::begins(80, 24);
    story.press("G Enter g g b");
    story.sees("Alice ★");
    assert!(matches!(
        story.outbox()[..],
        [Draft::PutBookmark { post: None, .. }]
    ));
    story.press("j b");
    story.sees("Bob ★");
    story.press("g g b");
    story.does_not_see("Alice ★");
    story.sees("Bob ★");
}

#[test]
fn guests_are_told_why_they_have_no_bookmarks() {
    let mut story = Story::begins(80, 24);
    story.model.status.is_member = false;
    story.press("b");
    story.sees("Guests have no bookmarks");
    assert!(story.outbox().is_empty());
}

#[test]
fn a_post_leads_to_all_that_its_author_wrote_and_back() {
    let mut story = Story::begins(80, 24);
    story.press("G Enter g g w");
    story.sees("@Alice › Latest");
    story.sees("Which editor?");
    // From their topics to their posts, and from those to the topics again.
    story.press("w G");
    story.sees("Search: @Alice");
    story.sees("How do you read on trains?");
    story.does_not_see("With a local copy.");
    story.press("w");
    story.sees("@Alice › Latest");
    story.press("H H H");
    story.sees("Hello everybody!");
}

#[test]
fn a_member_who_started_nothing_has_an_empty_list_and_posts() {
    let mut story = Story::begins(80, 24);
    story.press("C-k");
    story.write("@bob");
    story.press("Enter");
    story.sees("@Bob › Latest");
    story.sees("There are no topics yet.");
    story.press("w G");
    story.sees("With a local copy.");
    story.does_not_see("How do you read on trains?");
}

#[test]
fn a_list_of_nobody_says_so() {
    let mut story = Story::begins(80, 24);
    story.press("w");
    story.sees("nobody's list");
}

#[test]
fn the_most_liked_are_those_of_a_time() {
    let mut story = Story::begins(80, 24);
    story.passes(Duration::from_hours(24 * 20));
    story.posts("Rules", "Bob", "Still kind.");
    story.press("g t");
    story.sees("Example › Most liked ");
    story.sees("Welcome");
    // What can follow is shown to whoever waits.
    story.press("t");
    story.passes(Duration::from_secs(1));
    story.sees("30 days");
    story.press("w");
    story.sees("Most liked › this week");
    story.sees("Rules");
    story.does_not_see("Welcome");
    story.press("t m");
    story.sees("Most liked › 30 days");
    story.sees("Welcome");
    story.passes(Duration::from_hours(24 * 40));
    story.press("t m");
    story.sees("There are no topics yet.");
    story.press("t y");
    story.sees("Welcome");
    story.press("t a");
    story.does_not_see("a year");
    story.sees("Welcome");
    story.press("H");
    story.sees("Most liked › a year");
}

#[test]
fn the_most_liked_stay_in_their_category() {
    let mut story = Story::begins(80, 24);
    story.press("C-k");
    story.write("questions");
    story.press("Enter t w");
    story.sees("Questions › Most liked › this week");
    story.does_not_see("Rules");
}

#[test]
fn a_post_is_reported_in_confidence() {
    let mut story = Story::begins(80, 24);
    story.press("G Enter g g j !");
    story.sees("What is wrong with this post?");
    story.sees("1 talk to the author");
    story.sees("5 something else");
    story.press("4");
    story.sees("spam or vandalism:");
    story.write("they sell watches");
    story.press("Enter");
    story.sees("Your report is queued, before everything else.");
    let outbox = story.outbox();
    let is_report = |draft: &Draft| {
        matches!(draft, Draft::Report { reason: ReportReason::Spam, comment: Some(said), .. }
            if said.as_str() == "they sell watches")
    };
    assert!(outbox.iter().any(is_report), "{outbox:?}");
}

#[test]
fn something_else_needs_words_and_a_report_can_be_left() {
    let mut story = Story::begins(80, 24);
    story.press("G Enter g g j ! j j j j Enter");
    story.sees("something else:");
    story.press("Enter");
    story.sees("something else: what is wrong, in your own words");
    story.press("Esc");
    story.does_not_see("something else:");
    let outbox = story.outbox();
    let is_report = |draft: &Draft| matches!(draft, Draft::Report { .. });
    assert!(!outbox.iter().any(is_report), "{outbox:?}");
}

#[test]
fn talking_to_the_author_is_an_answer_and_no_report() {
    let mut story = Story::begins(80, 24);
    story.press("G Enter g g j ! 1");
    story.sees("Reply to Bob");
}
