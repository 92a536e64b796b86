// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Stories of reading: lists and places, reading on, read marks, news.

use std::time::Duration;

use rstest::rstest;

use super::story::Story;

#[test]
fn the_tree_leads_to_a_category_and_those_below_it() {
    let mut story = Story::begins(80, 24);
    story.press("Tab");
    // Latest, new, unread, most liked, bookmarks, Meta.
    story.press("j j j j j Enter");
    story.sees("Meta › Latest");
    story.sees("Rules");
    story.sees("Trains without network");
    story.does_not_see("Which editor?");
    story.press("Tab j Enter");
    story.sees("Help › Latest");
    story.does_not_see("Rules");
    story.press("Esc");
    story.sees("Which editor?");
}

#[test]
fn the_tree_counts_what_is_unread() {
    let mut story = Story::begins(80, 24);
    story.sees("Unread         2 │");
    story.sees("-Meta          1 │");
    story.press("Tab j j j j j z a");
    story.sees("+Meta          2 │");
    story.does_not_see("Help           1 │");
}

#[rstest]
#[case("g n", &["Trains without network"], &["Rules", "Which editor?"])]
#[case("g u", &["Rules", "Which editor?"], &["Trains without network"])]
#[case("g t", &["Rules", "Which editor?", "Trains without network", "Welcome"], &[])]
fn lists(#[case] keys: &str, #[case] there: &[&str], #[case] not_there: &[&str]) {
    let mut story = Story::begins(80, 24);
    story.press(keys);
    for title in there {
        story.sees(title);
    }
    for title in not_there {
        story.does_not_see(title);
    }
}

#[test]
fn space_reads_on_through_posts_topics_and_categories() {
    let mut story = Story::begins(80, 24);
    story.press("G k Space");
    // Rules, the second post of which is unread.
    story.sees("And curious.");
    story.press("Space");
    assert_eq!(story.read_number("Rules"), 2);
    // Nothing else in Meta itself: on to the next category that has any.
    story.sees("How do you read on trains?");
    story.sees("Next category: Help");
    story.press("Space");
    story.sees("Next category: Questions");
    story.sees("11/40");
    for _ in 0..20 {
        story.press("Space");
    }
    story.sees("You have read everything.");
    assert_eq!(story.read_number("Which editor?"), 40);
}

#[test]
fn marks_are_taken_back_as_they_were() {
    let mut story = Story::begins(80, 24);
    story.press("m A");
    story.sees("Mark 3 topics as read?");
    assert_eq!(story.marks(), []);
    story.press("y");
    story.sees("3 topics are marked as read.");
    assert_eq!(story.read_number("Which editor?"), 40);
    assert_eq!(story.read_number("Rules"), 2);
    story.press("g u");
    story.sees("You have read everything.");
    story.press("u");
    story.sees("Taken back: what was unread before is unread again.");
    story.sees("Which editor?");
    assert_eq!(story.read_number("Which editor?"), 10);
    assert_eq!(story.read_number("Rules"), 1);
    story.press("u");
    story.sees("There is nothing to take back");
}

#[test]
fn what_is_taken_back_is_said_by_its_name() {
    let mut story = Story::begins(80, 24);
    story.press("g l g g m m u");
    story.sees("Taken back: “Which editor?” is no longer marked as read.");
    story.press("G m u u");
    story.sees("Taken back: “Welcome” is no longer marked as unread.");
    story.press("g g m c u");
    story.sees("Taken back: what was unread in Questions is unread again.");
}

#[test]
fn a_category_is_marked_with_those_below_it() {
    let mut story = Story::begins(80, 24);
    story.press("G k m c");
    assert_eq!(story.read_number("Rules"), 2);
    assert_eq!(story.read_number("Trains without network"), 2);
    assert_eq!(story.read_number("Which editor?"), 10);
    story.press("C-z");
    assert_eq!(story.read_number("Rules"), 1);
}

#[test]
fn a_topic_is_unread_from_the_post_one_is_on_and_stays_so() {
    let mut story = Story::begins(80, 24);
    story.press("G Enter g g j m u");
    story.sees("Marked as unread.");
    assert_eq!(story.read_number("Welcome"), 1);
    // Looking on does not make it read again, nor does leaving.
    story.passes(Duration::from_secs(10));
    story.press("Esc");
    assert_eq!(story.read_number("Welcome"), 1);
    story.press("g u");
    story.sees("Welcome");
}

#[test]
fn guests_have_no_marks() {
    let mut story = Story::begins(80, 24);
    story.model.status.is_member = false;
    story.press("m A");
    story.sees("Guests have no read marks");
    assert_eq!(story.marks(), []);
}

#[test]
fn a_list_that_nobody_touched_stays_at_its_start() {
    let mut story = Story::begins(80, 24);
    story.starts("Questions", "First news", &["Hi"]);
    story.sees("▸● First news");
    story.press("j k");
    story.starts("Questions", "Second news", &["Hi"]);
    story.sees("▸● First news");
    story.press("g g");
    story.sees("▸● Second news");
}

#[test]
fn news_do_not_move_what_is_read() {
    let mut story = Story::begins(200, 40);
    story.press("Enter g g");
    let thread = |story: &Story| {
        let rows = story.screen();
        // Without the ages, which change.
        let right = |row: &str| row.chars().skip(97).take(75).collect::<String>();
        rows.lines().skip(1).take(36).map(right).collect::<Vec<_>>()
    };
    let before = thread(&story);
    story.posts("Which editor?", "Bob", "One more!");
    story.starts("Questions", "Brand new", &["Hi"]);
    assert_eq!(thread(&story), before);
    story.sees("Brand new");
    story.sees("/41");
}

#[test]
fn jumping_anywhere_by_some_letters() {
    let mut story = Story::begins(80, 24);
    story.press("C-k");
    story.write("trnet");
    story.sees("▸ Trains without network");
    story.press("Enter");
    story.sees("How do you read on trains?");
    story.press("C-k");
    story.write("questions");
    story.press("Enter");
    story.sees("Questions › Latest");
    story.press("C-k");
    story.write("@bob");
    story.sees("▸ @Bob");
    story.write("zzz");
    story.sees("Nothing is called that.");
}

#[test]
fn back_and_forward_survive_the_end_of_the_program() {
    let mut story = Story::begins(80, 24);
    story.press("H");
    story.sees("There is no place to go to");
    story.press("j Enter g n g u");
    story.sees("› Unread");
    story.press("H H");
    story.sees("How do you read on trains?");
    story.press("L");
    story.sees("› New");
    story.reopens();
    story.sees("› Latest");
    story.press("H");
    story.sees("How do you read on trains?");
}

#[test]
fn text_that_lands_in_a_list_does_nothing() {
    let mut story = Story::begins(80, 24);
    let before = story.model.screen().clone();
    story.paste("m m u q");
    story.sees("Pasted text is ignored here");
    assert_eq!(*story.model.screen(), before);
    // Pasted as keys the first letters cannot be told from typing; nothing is written all the same.
    story.paste_as_keys("hm mA yes");
    story.sees("Pasted text is ignored here");
    assert_eq!((story.marks(), story.model.layers.len()), (Vec::new(), 0));
}

#[test]
fn what_is_new_below_is_told() {
    let mut story = Story::begins(80, 24);
    story.press("Enter");
    story.sees("▼ 26 unread");
    story.press("G");
    story.does_not_see("▼");
    story.posts("Which editor?", "Bob", "One more!");
    story.posts("Which editor?", "Alice", "And another one.");
    story.sees("▼ 2 unread");
    story.press("G");
    story.does_not_see("▼");
}

#[rstest]
#[case(40, 10)]
#[case(60, 20)]
#[case(100, 30)]
#[case(200, 60)]
fn where_one_is_and_who_one_is_can_be_seen_at_any_size(#[case] columns: u16, #[case] rows: u16) {
    let mut story = Story::begins(80, 24);
    story.goes_offline();
    story.resize(columns, rows);
    for keys in ["Tab", "Tab Enter", ":", "Esc ?"] {
        story.press(keys);
        let screen = story.screen();
        let (first, last) = (screen.lines().next(), screen.lines().last());
        assert!(first.unwrap().contains("Example ›"), "{screen}");
        assert!(last.unwrap().contains("Charlie"), "{screen}");
        assert!(last.unwrap().contains("offline"), "{screen}");
    }
}
