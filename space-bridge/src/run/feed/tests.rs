// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::mpsc::{self, Receiver};
use tokio::task::JoinSet;

use super::*;
use crate::machine::Machine;
use crate::run::testing::{Fake, problem};

const DEADLINE: Duration = Duration::from_secs(30);

const TOPIC: &str = r#"{"scope":"category:12","kind":"topic","id":20,"body":{"id":20,"category":12,"author":1,"title":"Tea","created_at":1,"revision":1}}"#;
const GRANT: &str = r#"{"scope":"member:7","kind":"grant","id":12,"body":{"scope":"category:12"}}"#;
const POST: &str = r#"{"scope":"category:12","kind":"post","id":101,"body":{"id":101,"topic":20,"number":2,"author":1,"source":"new","created_at":1,"revision":1}}"#;

fn lines(rows: &[&str], cursor: &str) -> (u16, String) {
    let rows: String = rows.iter().flat_map(|row| [row, "\n"]).collect();
    (
        200,
        format!("{rows}{{\"cursor\":\"{cursor}\",\"more\":false}}\n"),
    )
}

fn is_following(path: &str) -> bool {
    path.contains("mode=follow")
}

/// Follows a server; what it tells comes out of the channel.
fn following(fake: &Fake, start: Start) -> (JoinSet<()>, Receiver<Fed>) {
    let (fed_to, fed) = mpsc::channel(4);
    let mut tasks = JoinSet::new();
    tasks.spawn(follow(fake.api(), start, fed_to, Arc::new(Machine)));
    (tasks, fed)
}

/// Waits for what the relay is told next.
async fn told(fed: &mut Receiver<Fed>) -> Input {
    loop {
        let next = tokio::time::timeout(DEADLINE, fed.recv()).await;
        if let Fed::Relay(input) = next.expect("it comes in time").unwrap() {
            return *input;
        }
    }
}

#[tokio::test]
async fn what_has_to_be_read_from_zero_is_read_however_often_it_is_tried() {
    let readings = AtomicUsize::new(0);
    let fake = Fake::start(move |path| {
        if is_following(path) {
            return if path.contains("since=new") {
                lines(&[], "newer")
            } else {
                problem(410, "cursor_gone")
            };
        }
        match readings.fetch_add(1, Ordering::SeqCst) {
            0 => problem(503, "unavailable"),
            _ => lines(&[TOPIC, POST], "new"),
        }
    });
    let (_tasks, mut fed) = following(&fake, Start::At(Cursor("old".to_owned())));
    assert!(matches!(told(&mut fed).await, Input::CursorGone));
    let Input::Batch(batch) = told(&mut fed).await else {
        panic!("no batch")
    };
    let kinds: Vec<Kind> = batch.rows.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [Kind::Topic, Kind::Post], "the posts of the absence");
    told(&mut fed).await;
    let asked = fake.asked();
    let zero: Vec<_> = asked.iter().filter(|path| !is_following(path)).collect();
    assert_eq!(zero.len(), 2, "{asked:?}");
    assert!(zero.iter().all(|path| path.contains("post")), "{zero:?}");
}

#[tokio::test]
async fn what_is_granted_is_read_before_what_comes_with_it() {
    let tries = AtomicUsize::new(0);
    let fake = Fake::start(move |path| {
        if path.contains("scope=category") {
            return match tries.fetch_add(1, Ordering::SeqCst) {
                0 => problem(503, "unavailable"),
                _ => lines(&[TOPIC], "scope"),
            };
        }
        if path.contains("since=now") {
            lines(&[GRANT, POST], "later")
        } else {
            lines(&[], "latest")
        }
    });
    let (_tasks, mut fed) = following(&fake, Start::At(Cursor("now".to_owned())));
    let Input::Granted(rows) = told(&mut fed).await else {
        panic!("the scope comes first")
    };
    assert_eq!((rows.len(), rows[0].kind), (1, Kind::Topic));
    let Input::Batch(batch) = told(&mut fed).await else {
        panic!("then the batch")
    };
    assert_eq!(batch.rows.len(), 2);
    let asked = fake.asked();
    let scope = asked.iter().find(|path| path.contains("scope=")).unwrap();
    assert!(scope.contains("scope=category%3A12"), "{scope}");
    assert!(
        !scope.contains("since") && !scope.contains("post"),
        "{scope}"
    );
}

#[tokio::test]
async fn a_right_that_is_away_again_holds_nothing_up() {
    let fake = Fake::start(|path| {
        if path.contains("scope=category") {
            return problem(404, "not_found");
        }
        if path.contains("since=now") {
            lines(&[GRANT], "later")
        } else {
            lines(&[], "latest")
        }
    });
    let (_tasks, mut fed) = following(&fake, Start::At(Cursor("now".to_owned())));
    let Input::Batch(batch) = told(&mut fed).await else {
        panic!("no batch")
    };
    assert_eq!(batch.cursor, Cursor("later".to_owned()));
}
