// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;

use super::*;
use crate::client::outbox::{Draft, ItemState};
use crate::client::testing::server::{Answer, Asked, Fake, STREAM, Step, problem, say};
use crate::client::testing::space::{Gone, ME, Model, Page};
use crate::client::testing::{Counting, Still};
use crate::protocol::{Body, FeedLine, FeedOlder, FeedOrder, SPACE_IDENTITY};
use crate::{MemberId, PostId};

/// Serves the feed of a space in miniature.
pub(super) fn serve(model: &Mutex<Model>, asked: &Asked) -> Answer {
    let since = asked.query("since").map(|since| Cursor(since.to_owned()));
    let scope = asked
        .query("scope")
        .map(|scope| scope.replace("%3A", ":").parse().unwrap());
    let limit = asked
        .query("limit")
        .map_or(1000, |limit| limit.parse().unwrap());
    let order = match asked.query("order") {
        Some("newest") => FeedOrder::Newest,
        _ => FeedOrder::Oldest,
    };
    let back = match asked.query("older") {
        Some("later") => FeedOlder::Later,
        _ => FeedOlder::Now,
    };
    let model = model.lock().unwrap();
    match model.read_in(since.as_ref(), scope, limit.min(7), order, back) {
        Err(Gone) => problem(410, "", "cursor_gone"),
        Ok(None) => problem(404, "", "not_found"),
        Ok(Some(page)) => say([STREAM.as_bytes(), &lines(&page)].concat()),
    }
}

fn lines(page: &Page) -> Vec<u8> {
    let mut out = Vec::new();
    for row in &page.rows {
        row.write(&mut out).unwrap();
    }
    let end = FeedLine::Cursor {
        cursor: page.cursor.clone(),
        more: page.more,
    };
    end.write(&mut out).unwrap();
    out
}

pub(super) fn house() -> (Replica, Outbox, Still) {
    let mut replica = Replica::open_in_memory().unwrap();
    replica.set_me(MemberId::new(ME)).unwrap();
    (replica, Outbox::open_in_memory().unwrap(), Still::at(0))
}

fn full() -> Model {
    let mut model = Model::new();
    for at in 0..6 {
        model.start(at);
        model.reply(at);
    }
    model
}

#[tokio::test]
async fn reading_goes_to_the_end_through_grants_and_gone_cursors() {
    let model = Arc::new(Mutex::new(full()));
    let shared = Arc::clone(&model);
    let fake = Fake::start(move |asked| serve(&shared, asked));
    let (mut replica, mut outbox, clock) = house();
    let mut seen = Vec::new();
    let mut sync = async |replica: &mut Replica| {
        let api = fake.api();
        sync_once(
            &api,
            replica,
            &mut outbox,
            &clock,
            Window::Whole,
            &mut |progress| {
                seen.push(progress);
            },
        )
        .await
        .unwrap()
    };
    sync(&mut replica).await;
    let public = replica.counts().unwrap();
    assert_eq!(public.topics, 3);
    model.lock().unwrap().grant(1);
    let report = sync(&mut replica).await;
    assert_eq!(report.applied.granted.len(), 1);
    assert_eq!(replica.pending_scopes().unwrap(), []);
    assert_eq!(replica.counts().unwrap().topics, 6);
    // After a disaster the server has an older copy, and the grant is gone with what it opened.
    let restored = model.lock().unwrap().restored(&full());
    *model.lock().unwrap() = restored;
    let report = sync(&mut replica).await;
    assert_eq!(report.applied.revoked.len(), 1);
    assert!(!replica.is_rereading().unwrap());
    assert_eq!(replica.counts().unwrap(), public);
    assert!(seen.iter().any(|progress| progress.scope.is_some()));
}

#[tokio::test]
async fn a_follower_sees_changes_comes_back_and_ends_when_signed_out() {
    let model = Arc::new(Mutex::new(full()));
    let follows = Arc::new(Mutex::new(0));
    let shared = (Arc::clone(&model), Arc::clone(&follows));
    let fake = Fake::start(move |asked| {
        let (model, follows) = &shared;
        if asked.query("mode") != Some("follow") {
            return serve(model, asked);
        }
        let mut count = follows.lock().unwrap();
        *count += 1;
        match *count {
            // One change as it happens, then the connection is cut.
            1 => {
                let mut model = model.lock().unwrap();
                model.start(0);
                let since = asked.query("since").map(|since| Cursor(since.to_owned()));
                let page = model.read(since.as_ref(), None, 100).unwrap().unwrap();
                let mut answer = say(STREAM);
                answer.push(Step::Pause(Duration::from_millis(50)));
                answer.push(Step::Send(lines(&page)));
                answer.push(Step::Pause(Duration::from_millis(100)));
                answer
            }
            _ => problem(401, "", "signed_out"),
        }
    });
    let (mut replica, mut outbox, clock) = house();
    let (mut events, wake, entropy) = (Vec::new(), Notify::new(), Counting::default());
    let result = tokio::time::timeout(
        Duration::from_secs(20),
        follow(
            &fake.api(),
            &mut replica,
            &mut outbox,
            &clock,
            &entropy,
            Window::Whole,
            &wake,
            &mut |event| {
                // The first wait is cut short by somebody who knows better.
                if matches!(event, Event::Offline { .. }) {
                    wake.notify_one();
                }
                events.push(event);
            },
        ),
    )
    .await
    .unwrap();
    assert!(matches!(result, Err(SyncError::Api(error)) if error.is_signed_out()));
    assert_eq!(replica.counts().unwrap().topics, 4);
    let said: Vec<&str> = events
        .iter()
        .filter_map(|event| match event {
            Event::Reading(_) | Event::Drained(_) => None,
            Event::Live => Some("live"),
            Event::Applied(_) => Some("applied"),
            Event::Offline { .. } => Some("offline"),
        })
        .collect();
    assert_eq!(said, ["applied", "live", "applied", "offline"]);
}

#[tokio::test]
async fn a_window_holds_the_latest_topics_and_what_happens_to_the_others_until_it_is_opened() {
    let mut model = Model::new();
    for _ in 0..40 {
        model.start(0);
    }
    let model = Arc::new(Mutex::new(model));
    let shared = Arc::clone(&model);
    let fake = Fake::start(move |asked| serve(&shared, asked));
    let (mut replica, mut outbox, clock) = house();
    let mut done = Vec::new();
    let mut sync = async |replica: &mut Replica, window| {
        let api = fake.api();
        sync_once(
            &api,
            replica,
            &mut outbox,
            &clock,
            window,
            &mut |progress| {
                done.push(progress.share);
            },
        )
        .await
        .unwrap();
        replica.topics_held().unwrap()
    };
    let held = sync(&mut replica, Window::Topics(10)).await;
    assert!((10..16).contains(&held), "{held}");
    assert_eq!(sync(&mut replica, Window::Topics(10)).await, held);
    // A reply to the oldest topic, which is not here, brings the topic along.
    model.lock().unwrap().reply(0);
    assert_eq!(sync(&mut replica, Window::Topics(10)).await, held + 1);
    assert_eq!(sync(&mut replica, Window::Whole).await, 40);
    let done: Vec<f64> = done.into_iter().flatten().collect();
    assert!(done.iter().any(|done| *done > 0.5));
}

/// A new space may be at an old address: what was written for the one before is not for it.
#[tokio::test]
async fn what_was_written_for_a_space_does_not_go_to_another_one_at_its_address() {
    let model = Arc::new(Mutex::new(full()));
    let shared = Arc::clone(&model);
    let fake = Fake::start(move |asked| serve(&shared, asked));
    let (mut replica, mut outbox, clock) = house();
    let sync = async |fake: &Fake, replica: &mut Replica, outbox: &mut Outbox| {
        let api = fake.api();
        sync_once(&api, replica, outbox, &clock, Window::Whole, &mut |_| {}).await
    };
    sync(&fake, &mut replica, &mut outbox).await.unwrap();
    let space = replica.identity().unwrap().unwrap();
    let draft = Draft::DeletePost {
        post: PostId::new(12).unwrap(),
    };
    let entropy = Counting::default();
    let id = outbox.queue(&draft, &clock, &entropy).unwrap();
    // The other space says so at once.
    let meant = space.as_str().to_owned();
    let other = Fake::start(move |asked| {
        assert_eq!(asked.header(SPACE_IDENTITY), Some(meant.as_str()));
        problem(421, "", "other_space")
    });
    let error = sync(&other, &mut replica, &mut outbox).await.unwrap_err();
    assert!(error.is_other_space() && error.is_final(), "{error}");
    assert_eq!(outbox.item(id).unwrap().unwrap().state, ItemState::Queued);
    // One that does not understand the question is found out by what it says of itself, and nothing of it is taken in.
    outbox.discard(id).unwrap();
    let mut changed = crate::client::testing::bodies::space();
    changed.identity = Some("another-space-altogether".to_owned().try_into().unwrap());
    let row = crate::client::testing::bodies::row(Body::Space(changed));
    assert!(matches!(
        replica.apply(&[row], None),
        Err(ReplicaError::OtherSpace { .. })
    ));
    assert_eq!(replica.identity().unwrap(), Some(space));
}
