// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A server that asks to wait is waited for: nothing is lost, and whoever wrote is told once.

use super::*;

fn wait() -> Answer {
    Answer::Later {
        is_away: false,
        after: Some(Duration::from_mins(10)),
    }
}

fn asked(relay: &mut Relay, input: Input, now: Timestamp) -> JobId {
    let effects = relay.step(input, now).unwrap();
    match &effects[..] {
        [Effect::Ask(job)] => job.id,
        other => panic!("{other:?}"),
    }
}

#[test]
fn answer_waits_as_long_as_the_server_asks() {
    let mut relay = listening();
    let job = asked(&mut relay, says(room(), "101: yes"), at(5));
    let told = relay.step(Input::Answered(job, wait()), at(6)).unwrap();
    assert_eq!(
        deliver(&mut relay, told, at(6)),
        ["to ann: That was quick: it is saved, and will be sent in about 10 minutes."]
    );
    assert_eq!(relay.step(Input::Tick, at(605)).unwrap(), []);
    // Also across a kill, and without another word.
    let mut relay = relay.killed(at(605));
    let up = Input::NetworkUp("net".to_owned());
    assert_eq!(relay.step(up, at(605)).unwrap(), []);
    for round in 1..5 {
        let now = at(6 + 600 * round);
        assert_eq!(asked(&mut relay, Input::Tick, now), job);
        let told = relay.step(Input::Answered(job, wait()), now).unwrap();
        assert_eq!(told, []);
    }
    assert_eq!(asked(&mut relay, Input::Tick, at(6 + 3_000)), job);
    let posted = Answer::Posted {
        visitor: space_core::MemberId::new(900).unwrap(),
        post: post_id(102),
    };
    let told = relay.step(Input::Answered(job, posted), at(3_007)).unwrap();
    assert!(
        said(&told[0]).starts_with("to ann: Posted as #102"),
        "{told:?}"
    );
    assert_eq!(relay.store().jobs().unwrap(), []);
}

#[test]
fn report_waits_as_long_as_the_server_asks() {
    let mut relay = listening();
    let job = asked(&mut relay, says(private(), "report 101 spam"), at(5));
    let told = relay.step(Input::Answered(job, wait()), at(6)).unwrap();
    assert_eq!(deliver(&mut relay, told, at(6)).len(), 1);
    assert_eq!(asked(&mut relay, Input::Tick, at(607)), job);
    let told = relay.step(Input::Answered(job, wait()), at(607)).unwrap();
    assert_eq!(told, []);
    assert_eq!(asked(&mut relay, Input::Tick, at(1_208)), job);
}
