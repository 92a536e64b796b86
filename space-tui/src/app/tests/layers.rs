// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What lies over the screens.

use rstest::rstest;

use super::world::World;
use crate::app::keymap::{Keymap, Override, Preset};
use crate::app::layers::Layer;
use crate::app::layers::confirm::Confirm;
use crate::app::message::{Cmd, View};
use crate::app::model::Screen;

fn filter(world: &World) -> View {
    match world.model.screen() {
        Screen::Topics(list) => list.filter.view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_palette_finds_a_command_and_does_it() {
    let mut world = World::new(80, 24);
    world.press(":");
    world.write("never opened");
    assert!(world.screen().contains("▸ new"), "{}", world.screen());
    world.press("Enter");
    assert_eq!(filter(&world), View::New);
    assert_eq!(world.model.layers, []);
}

#[test]
fn the_palette_says_why_a_command_cannot_be_used() {
    let mut world = World::new(80, 24);
    world.model.status.is_member = false;
    world.press("Enter :");
    world.write("reply");
    assert!(
        world.screen().contains("sign in first"),
        "{}",
        world.screen()
    );
    world.press("Enter");
    assert_eq!(world.model.layers.len(), 1);
    assert_eq!(world.model.notice.as_ref().unwrap().key, "disabled-guest");
    world.press("Esc");
    assert_eq!(world.model.layers, []);
}

#[test]
fn what_can_follow_is_shown_to_who_hesitates() {
    let mut world = World::new(80, 24);
    world.press("g");
    assert!(!world.screen().contains("u  unread"), "{}", world.screen());
    world.hesitate();
    assert!(world.screen().contains("u  unread"), "{}", world.screen());
    world.press("u");
    assert_eq!(filter(&world), View::Unread);
    assert_eq!(world.model.layers, []);
    // A wait that is over by now shows nothing.
    world.hesitate();
    assert_eq!(world.model.layers, []);
}

#[test]
fn the_help_shows_only_what_fits_what_is_typed() {
    let mut world = World::new(80, 24);
    world.press("?");
    assert!(world.screen().contains("Reads on"));
    world.write("half a page");
    let screen = world.screen();
    assert!(
        screen.contains("Half a page up") && !screen.contains("Reads on"),
        "{screen}"
    );
    world.press("Esc");
    assert!(world.screen().contains("Reads on"));
    world.press("End");
    assert!(world.screen().contains("Quits"));
    world.press("?");
    assert_eq!(world.model.layers, []);
}

#[rstest]
#[case("y", true)]
#[case("Enter", true)]
#[case("n", false)]
#[case("Esc", false)]
fn a_question_is_answered_by_one_key(#[case] keys: &str, #[case] is_done: bool) {
    let mut world = World::new(80, 24);
    world.asked.clear();
    let confirm = Confirm::yes("confirm-left", "", vec![Cmd::Sync]);
    world.model.open(Layer::Confirm(confirm));
    assert!(world.screen().contains("Sure?"));
    world.press(keys);
    assert_eq!(world.asked.contains(&Cmd::Sync), is_done);
    assert_eq!(world.model.layers, []);
}

#[rstest]
#[case("removed", true)]
#[case("remove", false)]
#[case("y", false)]
fn what_lasts_asks_for_a_word(#[case] typed: &str, #[case] is_done: bool) {
    let mut world = World::new(80, 24);
    world.asked.clear();
    let confirm = Confirm::yes("confirm-left", "", vec![Cmd::Sync]).typed("removed");
    world.model.open(Layer::Confirm(confirm));
    world.write(typed);
    assert_eq!(world.asked, []);
    world.press("Enter");
    assert_eq!(world.asked.contains(&Cmd::Sync), is_done);
}

#[test]
fn other_keys_are_shown_wherever_keys_are() {
    let mut world = World::new(120, 40);
    let wish = Override {
        context: None,
        keys: "<C-k>".to_owned(),
        command: Some("search".to_owned()),
    };
    world.keymap = Keymap::new(Preset::Arrows, &[wish]).unwrap();
    assert!(
        world.screen().contains("Ctrl-k search"),
        "{}",
        world.screen()
    );
    world.press("C-n :");
    world.write("page-down");
    assert!(world.screen().contains("Ctrl-v"), "{}", world.screen());
}
