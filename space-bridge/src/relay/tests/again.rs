// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a network tells again, without a name for it, is posted once.

use super::*;

fn timed(text: &str, millis: i64) -> Heard {
    Heard {
        at: Timestamp::from_millis(millis),
        is_timed: true,
        ..heard(room(), text)
    }
}

fn posted(relay: &mut Relay, heard: Heard) -> bool {
    let effects = relay.step(Input::Heard(heard), at(60)).unwrap();
    let asks = |effect: &Effect| matches!(effect, Effect::Ask(_));
    let jobs = relay.store().jobs().unwrap();
    for job in &jobs {
        let refused = Answer::Refused {
            why: "no".to_owned(),
            hint: None,
        };
        relay
            .step(Input::Answered(job.id, refused), at(60))
            .unwrap();
    }
    effects.iter().any(asks)
}

#[test]
fn moment_and_words_tell_a_line_again() {
    let mut relay = listening();
    assert!(posted(&mut relay, timed("101: yes", 50_250)));
    // To the second, since some tell no more of what is past; live or as history, also after a kill.
    assert!(!posted(&mut relay, timed("101: yes", 50_000)));
    let history = Heard {
        is_history: true,
        ..timed("101: yes", 50_000)
    };
    assert!(!posted(&mut relay, history));
    let mut relay = relay.killed(at(61));
    assert!(!posted(&mut relay, timed("101: yes", 50_250)));
    // Other words, another person, another moment.
    assert!(posted(&mut relay, timed("101: no", 50_250)));
    let ben = Heard {
        who: Who {
            network: "net".to_owned(),
            remote: "account:ben".to_owned(),
            nick: "ben".to_owned(),
        },
        ..timed("101: yes", 50_250)
    };
    assert!(posted(&mut relay, ben));
    assert!(posted(&mut relay, timed("101: yes", 52_000)));
}

#[test]
fn line_said_while_away_is_posted_from_a_playback() {
    let mut relay = listening();
    let missed = Heard {
        is_history: true,
        ..timed("101: yes", 50_000)
    };
    assert!(posted(&mut relay, missed.clone()));
    assert!(!posted(&mut relay, missed));
    let nameless = Heard {
        is_timed: false,
        ..timed("101: maybe", 50_000)
    };
    let untimed = Heard {
        is_history: true,
        ..nameless
    };
    assert!(!posted(&mut relay, untimed), "nothing tells it again");
}

#[test]
fn untimed_line_counts_twice_unless_it_may_be_past() {
    let mut relay = listening();
    assert!(posted(&mut relay, heard(room(), "101: yes")));
    assert!(posted(&mut relay, heard(room(), "101: yes")));
    let maybe = |text: &str| Heard {
        may_be_past: true,
        ..heard(room(), text)
    };
    assert!(!posted(&mut relay, maybe("101: yes")));
    assert!(posted(&mut relay, maybe("101: at last")));
}

#[test]
fn name_of_a_message_counts_more_than_its_words() {
    let mut relay = listening();
    let named = |id: &str| Heard {
        remote_id: Some(id.to_owned()),
        ..timed("101: yes", 50_000)
    };
    assert!(posted(&mut relay, named("m1")));
    assert!(!posted(&mut relay, named("m1")));
    assert!(posted(&mut relay, named("m2")), "said twice in a second");
    // A bouncer passes the moment on, and not the name.
    assert!(!posted(&mut relay, timed("101: yes", 50_000)));
}

#[test]
fn what_is_said_in_private_is_noted_without_names() {
    let mut relay = listening();
    let whisper = Heard {
        remote_id: Some("m7".to_owned()),
        is_timed: true,
        ..heard(private(), "help")
    };
    assert_eq!(
        relay
            .step(Input::Heard(whisper.clone()), at(5))
            .unwrap()
            .len(),
        1
    );
    assert!(relay.store().has_heard(&private(), "m7").unwrap());
    assert_eq!(relay.store().heard_rows(), [(String::new(), 16)]);
    assert!(relay.step(Input::Heard(whisper), at(5)).unwrap().is_empty());
}

#[test]
fn bridge_is_spoken_to_by_name() {
    for (text, said) in [
        ("space: 101: yes", "ask reply 101 yes"),
        ("Space, 101: yes", "ask reply 101 yes"),
        ("space: #999: yes", "ask reply 999 yes"),
        ("space: help", "to ann: I bring posts of"),
        ("space: report 101 spam", "to ann: I did not file that"),
    ] {
        let mut relay = listening();
        let all = all_said(&relay.step(says(room(), text), at(5)).unwrap());
        assert!(
            all.len() == 1 && all[0].starts_with(said),
            "{text}: {all:?}"
        );
    }
    let mut relay = listening();
    for text in [
        "space: the final frontier",
        "space:",
        "ann: space: 101: yes",
    ] {
        assert_eq!(relay.step(says(room(), text), at(5)).unwrap(), [], "{text}");
    }
}

#[test]
fn action_answers_a_post() {
    for text in ["101: nods", "space: 101: nods"] {
        let mut relay = listening();
        let acts = Heard {
            is_action: true,
            ..heard(room(), text)
        };
        let all = all_said(&relay.step(Input::Heard(acts), at(5)).unwrap());
        assert_eq!(all, ["ask reply 101 *nods*"]);
    }
    let mut relay = listening();
    for text in ["12: is my number", "!help", "waves"] {
        let acts = Heard {
            is_action: true,
            ..heard(room(), text)
        };
        assert_eq!(relay.step(Input::Heard(acts), at(5)).unwrap(), [], "{text}");
    }
}
