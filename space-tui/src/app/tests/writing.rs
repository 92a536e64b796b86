// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Stories of writing: replies, topics, edits, quotes, drafts, the outbox, conflicts.

use std::time::Duration;

use crossterm::event::KeyCode;
use proptest::prelude::*;
use rstest::rstest;
use space_core::client::outbox::{Draft, ItemState};

use super::story::Story;
use crate::app::keys::Key;
use crate::app::message::{Edited, Msg};

/// The texts of the outbox that somebody wrote.
fn sources(story: &Story) -> Vec<String> {
    let texts = story.outbox().into_iter().filter_map(|draft| match draft {
        Draft::StartTopic { source, .. }
        | Draft::Reply { source, .. }
        | Draft::EditPost { source, .. } => Some(source.as_str().to_owned()),
        _ => None,
    });
    texts.collect()
}

fn in_welcome(columns: u16, rows: u16) -> Story {
    let mut story = Story::begins(columns, rows);
    story.press("G Enter");
    story.sees("Hello, Bob.");
    story
}

#[test]
fn a_reply_is_written_beside_the_thread_and_waits_at_once() {
    let mut story = in_welcome(80, 24);
    story.press("r");
    story.sees("Reply to Alice · Welcome");
    story.sees("Hello, Bob.");
    story.write("Good morning");
    story.press("Enter");
    story.write("to all.");
    story.press("C-s");
    story.does_not_see("Reply to Alice");
    story.sees("Good morning");
    story.sees("queued");
    assert_eq!(sources(&story), ["Good morning\nto all."]);
    let Some(Draft::Reply {
        language, reply_to, ..
    }) = story.outbox().into_iter().next_back()
    else {
        panic!("{:?}", story.outbox());
    };
    assert!(reply_to.is_some());
    assert_eq!(language.unwrap().as_str(), "en");
}

#[test]
fn an_empty_text_and_one_that_is_too_long_are_not_sent() {
    let mut story = in_welcome(80, 24);
    story.press("r C-s");
    story.sees("There is nothing to send yet.");
    story.paste(&"a".repeat(32_001));
    story.sees("one character too many");
    story.press("C-s");
    story.sees("This cannot be sent");
    story.press("Bksp");
    story.sees("32000 of 32000");
    story.press("C-s");
    assert_eq!(sources(&story).len(), 1);
}

#[test]
fn a_topic_is_started_in_the_category_that_is_chosen() {
    let mut story = Story::begins(80, 24);
    story.press("c");
    story.sees("In which category?");
    story.write("hlp");
    story.press("Enter");
    story.sees("Category: Help");
    story.write("A new one");
    story.press("Tab");
    story.write("What about it?");
    story.press("C-s");
    let Some(Draft::StartTopic { title, source, .. }) = story.outbox().into_iter().next_back()
    else {
        panic!("{:?}", story.outbox());
    };
    assert_eq!(
        (title.as_str(), source.as_str()),
        ("A new one", "What about it?")
    );
}

#[test]
fn a_new_topic_gets_its_tags_on_a_line_of_their_own() {
    let mut story = Story::begins(80, 24);
    story.press("c");
    story.write("hlp");
    story.press("Enter A-t");
    story.sees("Tags: words with spaces between");
    story.write("Wiki a/b");
    story.press("Enter");
    story.sees("U+002F");
    story.press("Bksp Bksp Enter");
    story.sees("Category: Help  #a  #wiki");
    // What is there can be changed, and left as it is.
    story.press("A-t");
    story.sees("Tags: a wiki");
    story.write("irc");
    story.press("Esc");
    story.sees("Category: Help  #a  #wiki");
    story.write("A new one");
    story.press("Tab");
    story.write("What about it?");
    story.press("C-s");
    let Some(Draft::StartTopic { tags, .. }) = story.outbox().into_iter().next_back() else {
        panic!("{:?}", story.outbox());
    };
    assert_eq!(tags.joined(), "a wiki");
}

#[test]
fn only_a_new_topic_gets_tags_where_one_writes() {
    let mut story = in_welcome(80, 24);
    story.press("r A-t");
    story.sees("Only a new topic gets its tags here");
}

#[test]
fn tags_of_a_topic_are_changed_where_it_is_read() {
    let mut story = in_welcome(80, 24);
    for (keys, typed, want) in [("A-t", "Wiki irc", "irc wiki"), ("Esc A-t", "c++", "c++")] {
        story.press(keys);
        story.sees("Tags:");
        story.write(typed);
        story.press("Enter");
        story.sees("The change of tags is queued.");
        let Some(Draft::TagTopic { change, .. }) = story.outbox().into_iter().next_back() else {
            panic!("{:?}", story.outbox());
        };
        assert_eq!(
            (change.add.joined().as_str(), change.remove.len()),
            (want, 0)
        );
    }
    let queued = story.outbox().len();
    story.press("A-t Enter");
    assert_eq!(story.outbox().len(), queued, "nothing was changed");
}

#[test]
fn only_ones_own_post_is_edited_and_from_its_text() {
    let mut story = in_welcome(80, 24);
    story.press("e");
    story.sees("Only your own posts can be edited");
    story.posts("Welcome", "Charlie", "I am hree.");
    story.press("G e");
    story.sees("Edit · Welcome");
    story.press("Home Right Right Right Right Right t C-s");
    assert_eq!(sources(&story), ["I am three."]);
    let Some(Draft::EditPost { base, revision, .. }) = story.outbox().into_iter().next_back()
    else {
        panic!("{:?}", story.outbox());
    };
    assert_eq!((base.as_deref(), revision), (Some("I am hree."), 1));
}

#[test]
fn the_whole_post_or_some_paragraphs_are_quoted() {
    let mut story = Story::begins(80, 24);
    story.press("Enter Q");
    story.sees("What to quote");
    story.press("j j Enter");
    story.sees("> Mine has *modes*, and I like them.");
    story.does_not_see("> Editors are");
    story.press("C-t Q Enter");
    let text = story.model.compose().unwrap().body.text().to_owned();
    assert_eq!(text.matches(":\n>\n> ").count(), 2, "{text}");
    assert!(text.ends_with(
        "> Editors are a matter of taste.\n>\n> Mine has *modes*, and I like them.\n\n"
    ));
    story.press("C-p");
    story.does_not_see("> Mine");
    story.sees("│ Mine has modes, and I like them.");
    story.press("Esc");
    story.sees("> Mine");
}

#[test]
fn a_name_is_completed_with_those_of_the_topic_first() {
    let mut story = in_welcome(80, 24);
    story.press("r");
    story.write("thanks @");
    story.press("Tab");
    assert_eq!(story.model.compose().unwrap().body.text(), "thanks @Alice ");
    story.press("Tab Tab");
    assert_eq!(
        story.model.compose().unwrap().body.text(),
        "thanks @Charlie "
    );
    story.write("and @bo");
    story.press("Tab");
    assert_eq!(
        story.model.compose().unwrap().body.text(),
        "thanks @Charlie and @Bob "
    );
}

#[test]
fn the_language_is_shown_and_changed() {
    let mut story = in_welcome(80, 24);
    story.press("r");
    story.sees("English");
    story.press("C-l");
    story.write("日本");
    story.press("Enter");
    story.sees("日本語");
    story.write("はい");
    story.press("A-Enter");
    let Some(Draft::Reply { language, .. }) = story.outbox().into_iter().next_back() else {
        panic!("{:?}", story.outbox());
    };
    assert_eq!(language.unwrap().as_str(), "ja");
}

#[test]
fn leaving_keeps_the_text_and_says_so() {
    let mut story = in_welcome(80, 24);
    story.press("r");
    story.write("half a");
    story.press("Esc");
    story.sees("Your text is kept");
    story.sees("[draft]");
    story.press("r");
    story.sees("half a");
    story.write(" sentence");
    story.press("Esc Esc");
    story.sees("Welcome [draft]");
    story.press("g d");
    story.sees("Reply · Welcome");
    story.press("Enter");
    story.sees("half a sentence");
}

#[test]
fn what_was_typed_two_seconds_ago_survives_the_death_of_the_program() {
    let mut story = in_welcome(80, 24);
    story.press("r");
    story.write("a long thought");
    story.passes(Duration::from_secs(2));
    story.write("!!");
    story.dies();
    story.press("g d Enter");
    story.sees("This is what you wrote before.");
    let text = story.model.compose().unwrap().body.text();
    assert!(text.starts_with("a long thought"), "{text}");
}

#[test]
fn a_signal_to_end_keeps_everything() {
    let mut story = in_welcome(80, 24);
    story.press("r");
    story.write("not lost");
    story.send(Msg::Terminate);
    story.dies();
    story.press("g d");
    story.sees("not lost");
}

#[test]
fn an_edit_and_a_reply_are_kept_apart() {
    let mut story = in_welcome(80, 24);
    story.posts("Welcome", "Charlie", "mine");
    story.press("G r");
    story.write("an answer");
    story.press("C-t e");
    story.write(" and more");
    story.press("Esc r");
    assert_eq!(story.model.compose().unwrap().body.text(), "an answer");
    story.press("C-t e");
    assert_eq!(story.model.compose().unwrap().body.text(), "mine and more");
}

#[test]
fn what_was_thrown_away_comes_back() {
    let mut story = in_welcome(80, 24);
    story.press("r");
    story.write("nonsense");
    story.press("Esc r A-D");
    story.sees("Thrown away");
    story.press("g d");
    story.sees("Nothing is unfinished.");
    story.press("u");
    story.sees("nonsense");
}

#[test]
fn the_thread_moves_while_one_writes() {
    let mut story = Story::begins(80, 24);
    story.press("Enter r");
    let before = story.screen();
    story.press("A-PgDn A-Down");
    assert_ne!(before, story.screen());
    story.write("jjj");
    assert_eq!(story.model.compose().unwrap().body.text(), "jjj");
    story.press("C-t");
    story.write("jk");
    assert_eq!(story.model.compose().unwrap().body.text(), "jjj");
}

#[test]
fn the_editor_gets_the_text_and_gives_it_back() {
    let mut story = in_welcome(80, 24);
    story.editor = Edited::Text("longer".to_owned());
    story.press("r");
    story.write("short");
    story.press("C-e");
    story.sees("longer");
    story.press("C-z");
    story.sees("short");
    story.dies();
    story.press("g d");
    story.sees("longer");
}

#[test]
fn the_outbox_shows_reasons_and_takes_another_text() {
    let mut story = in_welcome(80, 24);
    story.press("r");
    story.write("rude words");
    story.press("C-s");
    story.press("g o");
    story.sees("queued");
    story.server_says(
        403,
        r#"{"status":403,"code":"denied","title":"this topic is closed","hint":"ask a moderator"}"#,
    );
    story.sees("refused");
    story.sees("this topic is closed");
    story.sees("ask a moderator");
    story.press("Enter");
    story.sees("Not sent yet · Welcome");
    story.press("C-u");
    story.write("kind words");
    story.press("C-s");
    assert_eq!(sources(&story), ["kind words"]);
    assert_eq!(story.states(), [ItemState::Queued]);
}

#[test]
fn what_is_thrown_out_of_the_outbox_comes_back_in_its_place() {
    let mut story = in_welcome(80, 24);
    story.press("r");
    story.write("one");
    story.press("C-s");
    story.press("g o D");
    story.sees("Everything is sent.");
    story.sees("Thrown away");
    story.press("u");
    assert_eq!(sources(&story), ["one"]);
    story.sees("one");
}

const CONFLICT: &str = r#"{"status":409,"code":"conflict","title":"somebody else changed it first",
    "conflict":{"revision":2,"theirs":"Trains are fast.\n\nAnd very loud.","yours":"-"}}"#;

fn in_conflict(columns: u16, rows: u16, mine: &str) -> Story {
    let mut story = in_welcome(columns, rows);
    story.posts("Welcome", "Charlie", "Trains are fast.\n\nAnd loud.");
    story.press("G e A-Enter");
    let mut story = {
        // The edit itself comes from an editor, which is shorter to tell.
        story.editor = Edited::Text(mine.to_owned());
        story.press("g o D Esc G e C-e C-s");
        story
    };
    story.server_says(409, CONFLICT);
    story.press("g o");
    story.sees("changed by others");
    story.press("Enter");
    story.sees("Two edits of one post");
    story
}

#[test]
fn two_edits_that_do_not_meet_are_sent_as_one() {
    let mut story = in_conflict(80, 24, "Trains are slow.\n\nAnd loud.");
    story.sees("Before");
    story.sees("Theirs");
    story.sees("Yours");
    story.sees("both edits in one");
    story.press("Enter");
    assert_eq!(sources(&story), ["Trains are slow.\n\nAnd very loud."]);
    assert_eq!(story.states(), [ItemState::Queued]);
    let Some(Draft::EditPost { revision, .. }) = story.outbox().into_iter().next_back() else {
        panic!()
    };
    assert_eq!(revision, 2);
}

#[rstest]
#[case("M", &["Trains are fast.\n\nAnd quiet."])]
#[case("T", &[])]
#[case("T u", &["Trains are fast.\n\nAnd quiet."])]
#[case("Esc", &["Trains are fast.\n\nAnd quiet."])]
fn one_side_of_a_conflict_is_chosen(#[case] keys: &str, #[case] want: &[&str]) {
    let mut story = in_conflict(80, 24, "Trains are fast.\n\nAnd quiet.");
    story.press(keys);
    assert_eq!(sources(&story), want);
}

#[test]
fn where_two_edits_meet_somebody_decides_in_the_text() {
    let mut story = in_conflict(80, 24, "Trains are fast.\n\nAnd quite silent.");
    story.sees("one place is left");
    story.press("Enter");
    let text = story.model.compose().unwrap().body.text().to_owned();
    assert!(
        text.contains("<<<<<<<\nAnd quite silent.\n=======\nAnd very loud.\n>>>>>>>"),
        "{text}"
    );
    story.press("Esc");
    story.sees("Your text is kept");
    story.press("g d Enter");
    story.sees("<<<<<<<");
    story.editor = Edited::Text("Trains are fast.".to_owned());
    story.press("C-e C-s");
    assert_eq!(sources(&story), ["Trains are fast."]);
    assert_eq!(story.states(), [ItemState::Queued]);
}

#[rstest]
#[case(80, 24)]
#[case(120, 40)]
#[case(40, 10)]
fn looks(#[case] columns: u16, #[case] rows: u16) {
    let mut story = in_welcome(columns, rows);
    story.press("r");
    story.write("Guten Morgen, 日本語 and שלום. ");
    story.paste(
        "This is a longer line which has to be wrapped on nearly every screen.\r\n\r\n- one\n- two",
    );
    insta::assert_snapshot!(format!("compose_{columns}x{rows}"), story.styled());
    story.press("C-p");
    insta::assert_snapshot!(format!("preview_{columns}x{rows}"), story.styled());
    story.press("Esc Esc g d");
    insta::assert_snapshot!(format!("drafts_{columns}x{rows}"), story.styled());
    let mut story = Story::begins(columns, rows);
    story.press("Tab j j j j Enter c");
    story.write("A title");
    insta::assert_snapshot!(format!("compose_topic_{columns}x{rows}"), story.styled());
    let mut story = in_conflict(columns, rows, "Trains are fast.\n\nAnd quite silent.");
    insta::assert_snapshot!(format!("conflict_{columns}x{rows}"), story.styled());
    story.press("Esc");
    insta::assert_snapshot!(format!("outbox_{columns}x{rows}"), story.styled());
}

fn any_key() -> impl Strategy<Value = Key> {
    let codes = prop_oneof![
        4 => any::<char>().prop_map(KeyCode::Char),
        4 => prop::sample::select(vec!['s', 'e', 'p', 'l', 't', 'z', 'y', 'c', 'D', 'q', 'x', '@', 'r', 'Q', 'g', 'o', 'd', 'u'])
            .prop_map(KeyCode::Char),
        2 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Backspace, KeyCode::Delete, KeyCode::Left, KeyCode::Right, KeyCode::Up,
            KeyCode::Down, KeyCode::Home, KeyCode::End, KeyCode::PageUp, KeyCode::PageDown, KeyCode::Tab,
            KeyCode::BackTab, KeyCode::Esc, KeyCode::F(1),
        ]),
    ];
    (codes, any::<bool>(), any::<bool>()).prop_map(|(code, ctrl, alt)| Key { code, ctrl, alt })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_keys_in_the_pane_paint_and_lose_nothing(
        keys in prop::collection::vec(any_key(), 0..40), size in prop::sample::select(vec![(40, 10), (80, 24), (120, 40)])
    ) {
        let mut story = in_welcome(size.0, size.1);
        story.press("r");
        story.write("begun ");
        for key in keys {
            story.passes(Duration::from_millis(100));
            story.send(Msg::Key(key));
            story.screen();
        }
    }
}
