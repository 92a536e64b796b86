// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Windows that change their size: what the reader is on stays in view.

use proptest::prelude::*;
use rstest::rstest;

use super::story::Story;
use crate::app::message::Msg;

/// Words that can be told apart, in a post that is as long as asked.
fn words(count: usize) -> String {
    let words: Vec<String> = (0..count).map(|n| format!("word{n:04}")).collect();
    words.join(" ")
}

fn first_word(screen: &str) -> Option<&str> {
    let at = screen.find("word")?;
    screen.get(at..at + 8)
}

#[rstest]
#[case::narrower(60, 24)]
#[case::lower(80, 10)]
#[case::smallest(40, 10)]
#[case::three_parts(120, 20)]
#[case::large(200, 60)]
fn the_post_that_one_is_on_stays_in_view(#[case] columns: u16, #[case] rows: u16) {
    let mut story = Story::begins(80, 24);
    story.press("g g Enter g g j j j j j");
    let on = story.focused();
    story.resize(columns, rows);
    assert_eq!(story.focused(), on, "{}", story.screen());
    story.resize(80, 24);
    assert_eq!(story.focused(), on, "{}", story.screen());
}

#[test]
fn the_words_at_the_top_of_a_long_post_stay_there() {
    let mut story = Story::begins(80, 24);
    story.starts("Meta", "Long", &[&words(900)]);
    story.press("g l g g Enter C-d C-d C-d");
    let screen = story.screen();
    let top = first_word(&screen).unwrap().to_owned();
    for (columns, rows) in [(60, 24), (44, 12), (100, 30), (80, 24)] {
        story.resize(columns, rows);
        let screen = story.screen();
        let line = screen.lines().find(|line| line.contains("word")).unwrap();
        assert!(line.contains(&top), "{top} at {columns}x{rows}\n{screen}");
    }
}

#[test]
fn a_key_shows_the_thread_alone_and_what_is_beside_it_again() {
    let mut story = Story::begins(200, 60);
    story.starts(
        "Meta",
        "Code",
        &[&format!("```\n{}|\n```", "x".repeat(130))],
    );
    story.press("g l g g Enter");
    story.sees("Trains without network");
    story.sees("Most liked");
    story.sees("↳ ");
    story.press("+");
    story.does_not_see("Trains without network");
    // Code has the whole window.
    story.sees("xxx|");
    story.does_not_see("↳ ");
    story.press("h");
    story.does_not_see("Most liked");
    story.press("Enter z z");
    story.sees("Trains without network");
    story.resize(80, 24);
    story.does_not_see("+ alone");
    story.press("+");
    story.sees("What you read has the whole window already");
}

#[test]
fn what_is_found_beside_a_thread_keeps_its_titles() {
    let mut story = Story::begins(160, 40);
    let title = "A title that is as long as titles are";
    story.starts("Meta", title, &["Quite rare words"]);
    story.press("/");
    story.write("rare");
    story.press("Enter Enter");
    let screen = story.screen();
    let (list, thread) = (&format!("▸ {title}"), "Quite rare words");
    assert!(screen.contains(list) && screen.contains(thread), "{screen}");
}

#[rstest]
#[case(80, 24)]
#[case(100, 30)]
#[case(120, 40)]
fn a_long_title_is_whole_and_what_stands_beside_it_gives_way(
    #[case] columns: u16,
    #[case] rows: u16,
) {
    let mut story = Story::begins(columns, rows);
    let title = "Forty columns of a title are a good line";
    story.starts("Meta/Help", title, &["Hi"]);
    story.press("g l");
    story.sees(&format!("● {title} "));
    // In its category a topic does not say again where it is.
    story.press("Tab j j j j j j Enter");
    let screen = story.screen();
    let row = screen.lines().find(|line| line.contains(title)).unwrap();
    assert!(!row.contains("Help"), "{screen}");
}

#[test]
fn the_category_that_one_is_on_stays_in_view() {
    let mut story = Story::begins(80, 24);
    for n in 0..30 {
        story.category(&format!("Place{n:02}"), None);
    }
    story.send(Msg::Changed);
    story.press("Tab G");
    story.sees("Place29");
    story.resize(80, 12);
    story.sees("Place29");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_the_sizes(keys in "[jkG]{0,12}", sizes in prop::collection::vec((40_u16..160, 10_u16..50), 1..5)) {
        let mut story = Story::begins(80, 24);
        story.press("g g Enter");
        for key in keys.chars() {
            story.press(&key.to_string());
        }
        let on = story.focused();
        for (columns, rows) in sizes {
            story.resize(columns, rows);
            prop_assert_eq!(story.focused(), on.clone(), "{}x{}\n{}", columns, rows, story.screen());
        }
    }
}
