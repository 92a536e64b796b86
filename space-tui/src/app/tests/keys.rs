// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What keys do.

use proptest::prelude::*;
use rstest::rstest;
use space_core::client::outbox::PostRef;
use space_core::client::replica::TopicKey;
use space_core::{PostId, TopicId};

use super::world::{World, post, topic};
use crate::app::items::PostKey;
use crate::app::keys::Key;
use crate::app::message::{Answer, Cmd, Edited, Filter, Msg, Net, Ticket, View, Write};
use crate::app::model::Screen;
use crate::compose::Subject;
use crossterm::event::KeyCode;

fn list_at(world: &World) -> i64 {
    match world.model.screen() {
        Screen::Topics(list) => list.current().unwrap().id.get(),
        other => panic!("{other:?}"),
    }
}

fn thread(world: &World) -> &crate::screens::thread::ThreadScreen {
    match world.model.screen() {
        Screen::Thread(thread) => thread,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case("j j", 3)]
#[case("Down Up", 1)]
#[case("G", 400)]
#[case("G g g", 1)]
#[case("C-d C-u", 1)]
#[case("G k", 399)]
#[case("k", 1)]
fn moving_in_the_list(#[case] keys: &str, #[case] want: i64) {
    let mut world = World::new(80, 24);
    world.press(keys);
    assert_eq!(list_at(&world), want);
}

#[test]
fn walking_through_the_whole_list_meets_every_topic_once() {
    let mut world = World::new(80, 24);
    for id in 1..=400 {
        assert_eq!(list_at(&world), id);
        world.press("j");
    }
    for id in (1..400).rev() {
        world.press("k");
        assert_eq!(list_at(&world), id);
    }
}

#[test]
fn a_new_topic_does_not_move_the_screen() {
    let mut world = World::new(80, 24);
    world.press("j j j");
    let mut new = topic(900, "Brand new", 1, 0);
    new.last_post_at = super::world::NOW;
    new.key = TopicKey::new(false, new.last_post_at.millis(), 900);
    world.topics.push(new);
    world.posts.push(post(900, 1, "Hi"));
    world.send(Msg::Changed);
    assert_eq!(list_at(&world), 4);
    let Screen::Topics(list) = world.model.screen() else {
        panic!()
    };
    assert_eq!((list.at, list.top), (4, 1));
    world.press("g g");
    assert_eq!(list_at(&world), 900);
}

#[test]
fn a_topic_opens_at_the_first_unread_post_and_reading_it_is_told() {
    let mut world = World::new(80, 24);
    world.press("j Enter");
    assert_eq!(thread(&world).current().unwrap().number, 4);
    assert_eq!(thread(&world).first_unread, Some(4));
    world.press("G h");
    let topic = TopicId::new(2).unwrap();
    assert_eq!(world.written, [Write::MarkRead { topic, number: 5 }]);
    assert!(world.asked.contains(&Cmd::Sync));
}

#[test]
fn looking_for_a_while_counts_as_reading() {
    let mut world = World::new(80, 40);
    world.press("j Enter");
    let dwell = world.asked.iter().rev().find_map(|cmd| match cmd {
        Cmd::Dwell(number) => Some(*number),
        _ => None,
    });
    world.send(Msg::Dwelt(dwell.unwrap() + 1));
    assert_eq!(world.written, []);
    world.send(Msg::Dwelt(dwell.unwrap()));
    assert_eq!(world.written.len(), 1);
}

#[test]
fn a_guest_reads_without_telling_anybody() {
    let mut world = World::new(80, 24);
    world.model.status.is_member = false;
    world.press("j Enter G r h");
    assert_eq!(world.written, []);
}

#[test]
fn space_reads_through_a_topic_and_on_to_the_next_unread_one() {
    let mut world = World::new(80, 24);
    world.press("Space");
    assert_eq!(thread(&world).topic_id, TopicId::new(2).unwrap());
    for _ in 0..10 {
        world.press("Space");
    }
    assert_eq!(thread(&world).topic_id, TopicId::new(3).unwrap());
    for _ in 0..10 {
        world.press("Space");
    }
    assert_eq!(world.model.notice.as_ref().unwrap().key, "notice-all-read");
    assert_eq!(world.model.status.overview.unread_topics, 0);
}

#[test]
fn new_posts_do_not_move_what_is_being_read() {
    let mut world = World::new(80, 24);
    world.press("Enter g g j j j");
    let before = world.screen();
    for number in 13..20 {
        world.posts.push(post(1, number, "More"));
    }
    world.posts.sort_by_key(|post| (post.topic, post.number));
    world.send(Msg::Changed);
    let body = |screen: &str| {
        screen
            .lines()
            .skip(1)
            .take(20)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(body(&before), body(&world.screen()));
}

#[test]
fn a_reply_is_queued_and_shown() {
    let mut world = World::new(80, 24);
    world.press("Enter g g j r");
    world.write("My answer");
    world.press("C-s");
    let reply_to = PostRef::Sent(PostId::new(1002).unwrap());
    let Some(Write::Send(writing, _)) = world.written.last() else {
        panic!("{:?}", world.written);
    };
    assert_eq!(
        (writing.subject, writing.source.as_str()),
        (Subject::ReplyTo(reply_to), "My answer")
    );
    assert!(matches!(
        thread(&world).current().unwrap().key,
        PostKey::Outbox(7)
    ));
    assert!(world.screen().contains("queued"));
    world.press("r");
    assert_eq!(world.model.notice.as_ref().unwrap().key, "disabled-unsent");
}

#[rstest]
#[case(Edited::Text("Longer.".to_owned()), "Longer.", "compose-edited")]
#[case(Edited::Empty, "", "compose-edited")]
#[case(Edited::Failed("no vi".to_owned()), "Short", "notice-editor")]
fn an_editor_changes_the_text_and_sends_nothing(
    #[case] edited: Edited,
    #[case] text: &str,
    #[case] notice: &str,
) {
    let mut world = World::new(80, 24);
    world.editor = edited;
    world.press("Enter r");
    world.write("Short");
    world.press("C-e");
    assert_eq!(world.model.compose().unwrap().body.text(), text);
    assert_eq!(world.model.notice.as_ref().unwrap().key, notice);
    assert!(!world.written.iter().any(|it| matches!(it, Write::Send(..))));
}

#[test]
fn a_closed_topic_takes_no_reply() {
    let mut world = World::new(80, 24);
    world.press("j j j j Enter r");
    assert_eq!(world.model.notice.as_ref().unwrap().key, "disabled-closed");
}

#[test]
fn searching_opens_what_was_found_at_its_post() {
    let mut world = World::new(80, 24);
    world.press("/");
    world.write("cargox");
    world.press("Bksp Enter");
    let Screen::Search(found) = world.model.screen() else {
        panic!()
    };
    assert_eq!(found.words, "cargo");
    let hit = found.hits[1].clone();
    world.press("j l");
    assert_eq!(thread(&world).current().unwrap().key, PostKey::Id(hit.post));
    world.press("h h");
    assert_eq!(world.model.depth(), 1);
}

#[rstest]
#[case("g u", View::Unread, 1)]
#[case("g n", View::New, 1)]
#[case("Enter g l", View::Latest, 150)]
fn going_to_a_list(#[case] keys: &str, #[case] view: View, #[case] rows: usize) {
    let mut world = World::new(80, 24);
    world.press(keys);
    let Screen::Topics(list) = world.model.screen() else {
        panic!()
    };
    assert_eq!((list.filter, list.rows.len()), (Filter::from(view), rows));
    assert_eq!(world.model.depth(), 1);
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let mut world = World::new(80, 24);
    let before = world.model.clone();
    let old = Ticket {
        screen: 1,
        generation: 1,
    };
    world.send(Msg::Answer(old, Answer::Failed("late".to_owned())));
    assert_eq!(world.model, before);
}

#[test]
fn quitting_tells_what_was_read() {
    let mut world = World::new(80, 24);
    world.press("j Enter G q");
    assert!(world.is_ended);
    assert_eq!(world.written.len(), 1);
}

/// Sizes at which every frame must paint.
const SIZES: [(u16, u16); 4] = [(40, 10), (80, 24), (120, 40), (200, 60)];

fn any_msg() -> impl Strategy<Value = Msg> {
    let chars = prop::sample::select(vec![
        'j', 'k', 'g', 'G', 'l', 'h', ' ', 'r', '/', ':', 'n', 'u', 'm', 'A', 'c', 'z', 't', '-',
        'R', '?', 'a', 'x', 'é',
    ]);
    let codes = prop_oneof![
        6 => chars.prop_map(KeyCode::Char),
        1 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Home,
            KeyCode::End, KeyCode::PageUp, KeyCode::PageDown, KeyCode::Backspace, KeyCode::Tab, KeyCode::Tab, KeyCode::F(3),
        ]),
    ];
    let ctrl = |c| Key {
        code: KeyCode::Char(c),
        ctrl: true,
        alt: false,
    };
    prop_oneof![
        12 => codes.prop_map(|code| Msg::Key(Key::plain(code))),
        3 => prop::sample::select(vec!['d', 'u', 'f', 'b', 'x']).prop_map(move |c| Msg::Key(ctrl(c))),
        1 => prop::sample::select(SIZES.to_vec()).prop_map(|(w, h)| Msg::Resize(w, h)),
        1 => (0_u16..150, 0_u16..60).prop_map(|(w, h)| Msg::Resize(w, h)),
        1 => (0_u64..40).prop_map(Msg::Waited),
        1 => Just(Msg::Changed),
        1 => Just(Msg::Net(Net::Offline)),
        1 => "\\PC{0,10}".prop_map(Msg::Paste),
        1 => Just(Msg::Written(
            Write::DropDraft(Subject::NewTopicAnywhere, None), Err("full".to_owned())
        )),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn no_stream_of_keys_breaks_the_screen(msgs in prop::collection::vec(any_msg(), 0..60)) {
        let mut world = World::new(80, 24);
        for msg in msgs {
            world.send(msg);
            prop_assert!(world.model.depth() >= 1);
            if world.model.columns > 0 && world.model.rows > 0 {
                world.screen();
            }
        }
    }
}
