// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What screens look like.

use rstest::rstest;

use super::story::Story;
use super::world::{NOW, World, post};
use crate::app::message::{Msg, Net, Reading};
use crate::l10n::L10n;
use crate::screens::rendered::fault;
use crate::text::measure::width;

#[rstest]
#[case(80, 24)]
#[case(100, 30)]
#[case(120, 40)]
#[case(200, 60)]
#[case(40, 10)]
fn the_list(#[case] columns: u16, #[case] rows: u16) {
    let world = World::new(columns, rows);
    insta::assert_snapshot!(format!("list_{columns}x{rows}"), world.screen());
}

#[rstest]
#[case(80, 24)]
#[case(100, 30)]
#[case(120, 40)]
#[case(200, 60)]
#[case(40, 10)]
fn a_thread(#[case] columns: u16, #[case] rows: u16) {
    let mut world = World::new(columns, rows);
    world.press("Enter g g j");
    insta::assert_snapshot!(format!("thread_{columns}x{rows}"), world.screen());
}

#[rstest]
#[case(80, 24)]
#[case(120, 40)]
#[case(40, 10)]
fn a_thread_with_unread_posts(#[case] columns: u16, #[case] rows: u16) {
    let mut world = World::new(columns, rows);
    world.press("j Enter");
    insta::assert_snapshot!(format!("unread_{columns}x{rows}"), world.screen());
}

#[test]
fn posts_that_cannot_be_rendered_are_shown_as_they_were_written_between_the_others() {
    let mut story = Story::begins(80, 40);
    let endless = format!("*So* it is. {}", fault::LASTS);
    let posts = ["*One*", fault::PANICS, "*Two*", &endless, "*Three*"];
    story.starts("Meta", "Hard to show", &posts);
    story.press("g l g g Enter g g");
    let screen = story.screen();
    let told = "This post cannot be rendered; this is its text:";
    assert_eq!(screen.matches(told).count(), 2, "{screen}");
    for text in [
        fault::PANICS,
        "  *So* it is.",
        "  One ",
        "  Two ",
        "  Three ",
    ] {
        story.sees(text);
    }
    // Reading goes on.
    story.press("G k k");
    story.sees("Three");
}

#[rstest]
#[case(80, 24)]
#[case(120, 40)]
#[case(40, 10)]
fn the_help(#[case] columns: u16, #[case] rows: u16) {
    let mut world = World::new(columns, rows);
    world.press("Enter ?");
    insta::assert_snapshot!(format!("help_{columns}x{rows}"), world.screen());
}

#[test]
fn the_smallest_screen_says_how_to_get_help_and_how_to_quit() {
    let mut world = World::new(40, 10);
    for keys in ["", "Enter"] {
        world.press(keys);
        let screen = world.screen();
        let foot = screen.lines().last().unwrap_or_default();
        assert!(foot.contains("? help  q quit"), "{screen}");
    }
}

#[test]
fn the_help_of_the_list_cuts_nothing() {
    let mut world = World::new(80, 24);
    world.press("?");
    insta::assert_snapshot!(world.screen());
    assert!(!world.screen().contains("…"), "{}", world.screen());
}

#[rstest]
#[case(80, 24)]
#[case(40, 10)]
fn a_search(#[case] columns: u16, #[case] rows: u16) {
    let mut world = World::new(columns, rows);
    world.press("/");
    world.write("cargo");
    insta::assert_snapshot!(format!("prompt_{columns}x{rows}"), world.screen());
    world.press("Enter");
    insta::assert_snapshot!(format!("search_{columns}x{rows}"), world.screen());
}

#[test]
fn a_queued_reply_offline() {
    let mut world = World::new(80, 24);
    world.send(Msg::Net(Net::Offline));
    world.press("Enter r");
    insta::assert_snapshot!(world.screen());
}

#[test]
fn the_banner_says_how_old_the_copy_is_and_goes_when_the_server_is_back() {
    let mut world = World::new(80, 24);
    assert!(!world.screen().contains("cannot be reached"));
    world.send(Msg::Synced(NOW.minus(std::time::Duration::from_mins(5))));
    world.send(Msg::Net(Net::Offline));
    let screen = world.screen();
    assert!(screen.contains("The server cannot be reached · last up to date: 5 min"));
    assert_eq!(screen.lines().count(), 24);
    world.send(Msg::Net(Net::Online));
    assert!(!world.screen().contains("cannot be reached"));
}

#[test]
fn a_first_reading_says_how_far_it_is() {
    let mut world = World::new(80, 24);
    world.send(Msg::Net(Net::Syncing));
    world.send(Msg::Reading(Reading {
        rows: 12_000,
        expected_rows: Some(40_000),
        seconds_left: Some(30),
    }));
    assert!(
        world
            .screen()
            .contains("12000 of about 40000 rows · 30 s left")
    );
}

#[test]
fn posts_that_are_not_here_yet_are_told_of() {
    let mut world = World::new(80, 24);
    world.posts[0].missing = 3;
    world.press("Enter g g");
    let screen = world.screen();
    assert!(
        screen.contains("3 posts of this topic are not here yet."),
        "{screen}"
    );
}

#[test]
fn too_small_a_terminal_says_so() {
    let world = World::new(39, 9);
    insta::assert_snapshot!(world.screen());
    World::new(1, 1).screen();
}

#[test]
fn german() {
    let mut world = World::new(80, 24);
    world.l10n = L10n::new("de_DE.UTF-8");
    world.press("j Enter");
    insta::assert_snapshot!(world.screen());
}

#[test]
fn every_text_on_the_screens_is_translated_and_long_ones_are_cut_not_wrapped() {
    let mut world = World::new(80, 24);
    world.l10n = L10n::pseudo();
    world.press("Enter ?");
    insta::assert_snapshot!(world.screen());
    for line in world.screen().lines() {
        assert_eq!(width(line), 82, "{line}");
    }
}

#[test]
fn a_hostile_post_stays_in_its_place() {
    let mut world = World::new(80, 24);
    let hostile = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m \u{202e}abc\u{202c} \u{8}\u{8} ok";
    world.posts.retain(|p| p.topic.get() != 1);
    world.posts.insert(0, post(1, 1, hostile));
    world.topics[0].title = hostile.to_owned();
    world.press("Enter");
    insta::assert_snapshot!(world.screen());
}

/// Text and style, on the three sizes that matter.
#[rstest]
#[case(80, 24)]
#[case(120, 40)]
#[case(40, 10)]
fn styles(#[case] columns: u16, #[case] rows: u16) {
    let mut story = Story::begins(columns, rows);
    insta::assert_snapshot!(format!("styled_list_{columns}x{rows}"), story.styled());
    story.press("Tab j");
    insta::assert_snapshot!(format!("styled_tree_{columns}x{rows}"), story.styled());
    story.press("Tab j j Enter");
    insta::assert_snapshot!(format!("styled_thread_{columns}x{rows}"), story.styled());
    story.press(":");
    story.write("mark");
    insta::assert_snapshot!(format!("styled_palette_{columns}x{rows}"), story.styled());
    story.press("Esc g");
    story.passes(std::time::Duration::from_secs(1));
    insta::assert_snapshot!(format!("styled_which_key_{columns}x{rows}"), story.styled());
}
