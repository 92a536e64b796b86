// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A memory that cannot be written for a time: what was decided waits, and is then done once.

use std::path::Path;

use super::*;

fn long() -> String {
    "x".repeat(30_000)
}

#[test]
fn full_disk_keeps_what_a_room_said() {
    let mut relay = listening();
    relay.store().set_full(true);
    let text = long();
    let answer = says(room(), &format!("101: {text}"));
    let error = relay.step(answer, at(5)).unwrap_err();
    assert!(relay.is_blocked());
    assert_eq!(
        error.sentence(Path::new("/var/lib/bridge/bridge.db")),
        "the disk is full: /var/lib/bridge"
    );
    assert_eq!(
        error.sentence(Path::new("bridge.db")),
        "the disk is full: ."
    );
    assert!(relay.retry(at(6)).is_err());
    assert_eq!(relay.store().jobs().unwrap(), []);
    relay.store().set_full(false);
    let effects = relay.retry(at(7)).unwrap();
    assert_eq!(all_said(&effects), [format!("ask reply 101 {text}")]);
    assert!(!relay.is_blocked());
    assert_eq!(relay.store().jobs().unwrap().len(), 1);
    assert_eq!(relay.retry(at(8)).unwrap(), []);
}

#[test]
fn full_disk_keeps_what_the_feed_brought() {
    let mut relay = listening();
    relay.store().set_full(true);
    let rows = vec![post(102, 1, 1, &long()), post(103, 2, 1, "short")];
    assert!(relay.step(batch(rows), at(5)).is_err());
    relay.store().set_full(false);
    let effects = relay.retry(at(7)).unwrap();
    let told = deliver(&mut relay, effects, at(7));
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[1], "#103 bob: short");
    // Nothing of it is there twice.
    let mut relay = relay.killed(at(8));
    assert_eq!(relay.step(room_up(), at(9)).unwrap(), []);
}

#[test]
fn program_that_ends_on_a_full_disk_begins_where_it_last_wrote() {
    let mut relay = listening();
    relay.store().set_full(true);
    assert!(
        relay
            .step(batch(vec![post(102, 1, 1, &long())]), at(5))
            .is_err()
    );
    relay.store().set_full(false);
    let mut relay = relay.killed(at(6));
    relay.step(room_up(), at(7)).unwrap();
    // The feed brings again what was not written down.
    let effects = relay
        .step(batch(vec![post(102, 1, 1, &long())]), at(7))
        .unwrap();
    assert_eq!(effects.len(), 1, "{effects:?}");
}
