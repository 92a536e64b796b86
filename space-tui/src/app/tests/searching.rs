// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Stories of searching: with every letter, by operators, and when something is wrong with what was typed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use space_core::Timestamp;
use space_core::client::replica::ReplicaError;

use super::story::Story;
use crate::app::message::{Query, Ticket};
use crate::app::model::Screen;
use crate::doc::Role;
use crate::worker::ears::Ears;
use crate::worker::reader::Question;

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

#[test]
fn what_was_found_is_marked_in_the_thread_until_it_is_left() {
    let mut story = Story::begins(80, 24);
    story.press("/");
    story.write("hello");
    story.press("Enter Enter");
    story.sees("Hello everybody!");
    let hits = |story: &Story| {
        let Screen::Thread(thread) = story.model.screen() else {
            panic!("no thread");
        };
        let lines = thread.blocks.iter().flat_map(|block| &block.body);
        let spans = lines.flatten().filter(|span| span.role == Role::SearchHit);
        spans.map(|span| span.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(hits(&story), ["Hello", "Hello"]);
    // News come, and the marks stay.
    story.posts("Welcome", "Bob", "I say hello too.");
    assert_eq!(hits(&story), ["Hello", "Hello", "hello"]);
    story.press("g l Enter");
    story.sees("I say hello too.");
    assert!(hits(&story).is_empty());
}

/// A search, and the questions that come while it is under way.
fn asked(screen: u64, generation: u64, words: &str) -> (Ticket, Query) {
    let query = Query::Search {
        words: words.to_owned(),
        before: None,
        limit: 50,
    };
    (Ticket { screen, generation }, query)
}

#[test]
fn a_newer_search_interrupts_the_one_under_way() {
    let story = Story::begins(80, 24);
    let replica = story.replica();
    let (interrupter, ears) = (replica.interrupter(), Ears::default());
    let plan = replica
        .plan(&"modes".parse().unwrap(), Timestamp::from_millis(0))
        .unwrap();
    let is_done = AtomicBool::new(false);
    let mut was_interrupted = false;
    let found = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut generation = 2;
            while !is_done.load(Ordering::Relaxed) {
                let (ticket, query) = asked(7, generation, "editors");
                ears.hear(Question::Ask(ticket, query), &interrupter);
                generation += 1;
                std::thread::yield_now();
            }
        });
        let (ticket, query) = asked(7, 1, "modes");
        let found = ears.search(ticket, &query, |_| {
            // One page is soon read; so it is read again until the interruption comes.
            let until = Instant::now() + Duration::from_secs(20);
            while Instant::now() < until && !was_interrupted {
                let page = replica.search(&plan, None, 50);
                was_interrupted = matches!(page, Err(ReplicaError::Interrupted));
            }
        });
        is_done.store(true, Ordering::Relaxed);
        found
    });
    assert!(was_interrupted);
    assert!(found.is_none(), "nobody waits for it any more");
    // What comes after it is answered, and of the newer ones only the last waits.
    assert!(replica.search(&plan, None, 50).is_ok());
    assert!(matches!(ears.next(), Some(Question::Ask(ticket, _)) if ticket.screen == 7));
    ears.hear(
        Question::Keep(crate::app::jumps::Jumps::default()),
        &interrupter,
    );
    assert!(matches!(ears.next(), Some(Question::Keep(_))));
}

#[test]
fn a_question_about_something_else_ends_no_search() {
    let story = Story::begins(80, 24);
    let replica = story.replica();
    let (interrupter, ears) = (replica.interrupter(), Ears::default());
    let (ticket, query) = asked(7, 1, "modes");
    let found = ears.search(ticket, &query, |is_void| {
        let (other, same) = asked(8, 2, "modes");
        ears.hear(Question::Ask(other, same), &interrupter);
        let overview = Ticket {
            screen: 7,
            generation: 3,
        };
        ears.hear(Question::Ask(overview, Query::Overview), &interrupter);
        assert!(!is_void());
        let (newer, same) = asked(7, 4, "mode");
        ears.hear(Question::Ask(newer, same), &interrupter);
        is_void()
    });
    assert_eq!(found, None);
    let (ticket, query) = asked(7, 4, "mode");
    assert_eq!(
        ears.search(ticket, &query, |is_void| is_void()),
        Some(false)
    );
}

#[test]
fn what_stands_beside_the_screen_is_asked_last_but_after_what_was_written_before() {
    let story = Story::begins(80, 24);
    let (interrupter, ears) = (story.replica().interrupter(), Ears::default());
    let ask = |screen, query| {
        let generation = 1;
        ears.hear(
            Question::Ask(Ticket { screen, generation }, query),
            &interrupter,
        );
    };
    ask(1, Query::Overview);
    ask(1, Query::Places);
    ears.hear(
        Question::Keep(crate::app::jumps::Jumps::default()),
        &interrupter,
    );
    ask(2, Query::Locate(1));
    let order: Vec<&str> = (0..4)
        .map(|_| match ears.next() {
            Some(Question::Keep(_)) => "kept",
            Some(Question::Ask(_, Query::Locate(_))) => "the screen",
            Some(Question::Ask(_, Query::Overview)) => "overview",
            Some(Question::Ask(_, Query::Places)) => "places",
            other => panic!("nobody asked {other:?}"),
        })
        .collect();
    assert_eq!(order, ["kept", "the screen", "overview", "places"]);
}
