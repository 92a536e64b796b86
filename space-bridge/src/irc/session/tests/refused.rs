// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lines that the server refuses, or drops without a word.

use super::*;

/// Returns the operation that is told not to have been passed on.
fn unsaid(inputs: &[Input]) -> Option<OpId> {
    inputs.iter().find_map(|input| match input {
        Input::Unsaid { op, .. } => Some(*op),
        _ => None,
    })
}

#[rstest]
#[case("")]
#[case("echo-message")]
#[case("echo-message batch labeled-response")]
fn a_line_that_is_refused_is_named_after_the_room_is_down(#[case] capabilities: &str) {
    let mut talk = Talk::entered(network(), capabilities);
    talk.session.say(OpId(7), &room(), 0, "#5 evil", talk.now);
    let ping = talk.session.prove(OpId(7), &room(), 1, "#5 evil", talk.now);
    let inputs = talk.relayed(":irc.test 404 space #tea :Message was blocked by a filter");
    assert!(
        matches!(
            &inputs[..],
            [Input::RoomDown(_), Input::Unsaid { op: OpId(7), .. }]
        ),
        "{inputs:?}"
    );
    assert!(talk.session.unproven_since().is_none() || ping.is_some());
    // The answer to the PING behind it proves nothing.
    if let Some(ping) = ping {
        let pong = ping.replace("PING", ":irc.test PONG irc.test");
        assert!(talk.relayed(&pong).is_empty());
    }
}

#[test]
fn a_line_that_is_dropped_without_a_word_is_asked_for() {
    let mut talk = Talk::entered(network(), "echo-message");
    talk.session.say(OpId(7), &room(), 0, "#5 evil", talk.now);
    let begun = talk.now;
    assert_eq!(
        talk.session.wakes_at(),
        Some(begun + Duration::from_secs(10))
    );
    talk.now = begun + Duration::from_secs(9);
    assert!(talk.session.tick(talk.now).lines.is_empty());
    talk.now = begun + Duration::from_secs(10);
    let lines = talk.session.tick(talk.now).lines;
    assert_eq!(lines.len(), 1, "{lines:?}");
    // What is said after the question is not answered by it.
    talk.session.say(OpId(8), &room(), 0, "#6 good", talk.now);
    assert!(talk.session.tick(talk.now).lines.is_empty(), "asked once");
    let pong = lines[0].replace("PING", ":irc.test PONG irc.test");
    let inputs = talk.relayed(&pong);
    assert_eq!((inputs.len(), unsaid(&inputs)), (1, Some(OpId(7))));
    let inputs = talk.relayed(":space!space@host.test PRIVMSG #tea :#6 good");
    assert!(
        matches!(
            &inputs[..],
            [Input::Confirmed(Confirmed { op: OpId(8), .. })]
        ),
        "{inputs:?}"
    );
    assert!(talk.session.unproven_since().is_none());
}

#[test]
fn an_echo_that_is_late_is_an_echo() {
    let mut talk = Talk::entered(network(), "echo-message");
    talk.session.say(OpId(7), &room(), 0, "#5 slow", talk.now);
    talk.now += Duration::from_secs(10);
    let lines = talk.session.tick(talk.now).lines;
    let inputs = talk.relayed(":space!space@host.test PRIVMSG #tea :#5 slow");
    assert!(
        matches!(
            &inputs[..],
            [Input::Confirmed(Confirmed { op: OpId(7), .. })]
        ),
        "{inputs:?}"
    );
    let pong = lines[0].replace("PING", ":irc.test PONG irc.test");
    assert!(talk.relayed(&pong).is_empty());
}
