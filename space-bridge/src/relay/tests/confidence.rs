// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is said about a report reaches whoever made it, and nobody who has their name afterwards.

use super::*;

/// Ann reports a post; returns the job.
fn reported(relay: &mut Relay, now: Timestamp) -> JobId {
    let effects = relay.step(says(private(), "report 101 spam"), now).unwrap();
    match &effects[..] {
        [Effect::Ask(job)] => job.id,
        other => panic!("{other:?}"),
    }
}

fn filed(relay: &mut Relay, job: JobId, now: Timestamp) -> Vec<String> {
    let effects = relay
        .step(Input::Answered(job, Answer::Reported), now)
        .unwrap();
    all_said(&effects)
}

fn network_up() -> Input {
    Input::NetworkUp("net".to_owned())
}

#[test]
fn whoever_is_still_there_is_told() {
    let mut relay = listening();
    let job = reported(&mut relay, at(5));
    let other = Place::person("net", "ben");
    relay.step(Input::PersonGone(other), at(6)).unwrap();
    assert_eq!(filed(&mut relay, job, at(5 + 300)).len(), 1);
}

#[test]
fn nobody_is_told_when_the_name_was_given_up_or_the_connection_broke_or_it_took_long() {
    type Between = fn(Relay) -> Relay;
    let gone: Between = |mut relay| {
        relay.step(Input::PersonGone(private()), at(6)).unwrap();
        relay
    };
    let broken: Between = |mut relay| {
        relay.step(network_down(), at(6)).unwrap();
        relay.step(network_up(), at(6)).unwrap();
        relay
    };
    let killed: Between = |relay| {
        let mut relay = relay.killed(at(6));
        relay.step(network_up(), at(6)).unwrap();
        relay
    };
    let nothing: Between = |relay| relay;
    for (between, answered_at) in [
        (gone, at(7)),
        (broken, at(7)),
        (killed, at(7)),
        (nothing, at(5 + 301)),
    ] {
        let mut relay = listening();
        let job = reported(&mut relay, at(5));
        let mut relay = between(relay);
        assert_eq!(filed(&mut relay, job, answered_at), [""; 0]);
        assert_eq!(
            relay.store().jobs().unwrap(),
            [],
            "it is filed all the same"
        );
    }
}

#[test]
fn that_it_takes_longer_is_no_less_confidential() {
    let mut relay = listening();
    let job = reported(&mut relay, at(5));
    relay.step(Input::PersonGone(private()), at(6)).unwrap();
    let later = Answer::Later {
        is_away: true,
        after: None,
    };
    let effects = relay.step(Input::Answered(job, later), at(7)).unwrap();
    assert_eq!(all_said(&effects), [""; 0]);
}

#[test]
fn what_waits_or_is_on_its_way_is_dropped() {
    // Two answers: the first is on its way, the second waits.
    for end in [
        Input::PersonGone(private()),
        Input::NetworkDown {
            network: "net".to_owned(),
            silent: Duration::ZERO,
        },
    ] {
        let mut relay = listening();
        let first = reported(&mut relay, at(5));
        assert_eq!(filed(&mut relay, first, at(5)).len(), 1);
        let second = reported(&mut relay, at(6));
        assert_eq!(filed(&mut relay, second, at(6)), [""; 0]);
        assert_eq!(relay.store().operations().unwrap().len(), 2);
        relay.step(end, at(7)).unwrap();
        assert_eq!(relay.store().operations().unwrap(), []);
        assert_eq!(relay.step(network_up(), at(8)).unwrap(), []);
    }
    // So is what a program that was killed had not said.
    let mut relay = listening();
    let job = reported(&mut relay, at(5));
    assert_eq!(filed(&mut relay, job, at(5)).len(), 1);
    let relay = relay.killed(at(6));
    assert_eq!(relay.store().operations().unwrap(), []);
}

#[test]
fn other_answers_wait_for_a_name_as_ever() {
    let mut relay = listening();
    relay.step(says(private(), "help"), at(5)).unwrap();
    relay.step(network_down(), at(6)).unwrap();
    let effects = relay.step(network_up(), at(7)).unwrap();
    assert_eq!(effects.len(), 1, "{effects:?}");
}
