// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rights change while somebody follows: what is granted comes, and a live stream loses a scope the moment its reader
//! does.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use std::time::Duration;

use space_core::client::api::{Api, FeedBatch, FeedRequest, FeedStream, Token};
use space_core::protocol::{Body, CreateGroup, FeedMode, FeedRow, Kind};
use space_core::{Access, Scope};
use space_tests::{Community, On, hall};

const DEADLINE: Duration = Duration::from_secs(30);

/// Reads batches until a row is there; returns everything that came.
async fn until(
    stream: &mut FeedStream,
    what: &str,
    is_it: impl Fn(&FeedRow) -> bool,
) -> Vec<FeedRow> {
    let mut seen = Vec::new();
    let reading = async {
        while !seen.iter().any(&is_it) {
            let batch: FeedBatch = stream
                .next()
                .await
                .unwrap()
                .expect("a stream that is followed does not end");
            seen.extend(batch.rows);
        }
    };
    assert!(
        tokio::time::timeout(DEADLINE, reading).await.is_ok(),
        "{what} did not come: {seen:?}"
    );
    seen
}

fn says(text: &'static str) -> impl Fn(&FeedRow) -> bool {
    move |row| matches!(&row.body, Some(Body::Post(post)) if post.source == text)
}

async fn tell(on: On) {
    let Some(community) = Community::new(on) else {
        return;
    };
    let owner = Token::new(community.member("alice", Some("owner"))).unwrap();
    let member = Token::new(community.member("mallory", None)).unwrap();
    let server = community.server().start();
    let (alice, mallory) = (
        Api::new(server.url(), Some(owner)).unwrap(),
        Api::new(server.url(), Some(member)).unwrap(),
    );
    let group = CreateGroup {
        slug: "board".to_owned().try_into().unwrap(),
        name: "Board".to_owned().try_into().unwrap(),
        is_closed: true,
    };
    let board = alice
        .create_group(&group, &hall::key("board"))
        .await
        .unwrap()
        .id;
    let closed = hall::category(&alice, "secret", Some(Access::closed_to(board))).await;
    let hall = hall::category(&alice, "hall", None).await;
    let (secret, open) = (
        hall::topic(&alice, closed, "Treasure").await,
        hall::topic(&alice, hall, "Hello").await,
    );
    let me = mallory.me().await.unwrap().member.id;

    let follow = FeedRequest {
        mode: FeedMode::Follow,
        ..FeedRequest::default()
    };
    let mut stream = mallory.feed(&follow).await.unwrap();
    hall::reply(&alice, secret, "nobody hears this")
        .await
        .unwrap();
    hall::reply(&alice, open, "everybody hears this")
        .await
        .unwrap();
    let seen = until(&mut stream, "the open reply", says("everybody hears this")).await;
    assert!(
        seen.iter()
            .all(|row| matches!(row.scope, Scope::Public | Scope::Member(_))),
        "{seen:?}"
    );

    alice
        .put_in_group(board, me, &hall::key("in"))
        .await
        .unwrap();
    let is_granted = |row: &FeedRow| matches!(&row.body, Some(Body::Grant(grant)) if grant.scope == Scope::Category(closed));
    until(&mut stream, "the grant", is_granted).await;
    let scope = FeedRequest {
        scope: Some(Scope::Category(closed)),
        ..FeedRequest::default()
    };
    let mut granted = Vec::new();
    let mut backfill = mallory.feed(&scope).await.unwrap();
    while let Some(batch) = backfill.next().await.unwrap() {
        granted.extend(batch.rows);
    }
    assert!(granted.iter().any(says("nobody hears this")));
    hall::reply(&alice, secret, "now mallory hears it")
        .await
        .unwrap();
    until(
        &mut stream,
        "the secret reply",
        says("now mallory hears it"),
    )
    .await;

    alice
        .take_out_of_group(board, me, &hall::key("out"))
        .await
        .unwrap();
    hall::reply(&alice, secret, "and now not any more")
        .await
        .unwrap();
    hall::reply(&alice, open, "the end").await.unwrap();
    let seen = until(&mut stream, "the end", says("the end")).await;
    let is_revoked =
        |row: &FeedRow| row.kind == Kind::Grant && row.id == closed.get() && row.body.is_none();
    assert!(seen.iter().any(is_revoked), "{seen:?}");
    assert!(!seen.iter().any(says("and now not any more")), "{seen:?}");
    assert!(mallory.feed(&scope).await.is_err());

    // A token that is revoked ends its stream.
    mallory.log_out().await.unwrap();
    let ended = async { while stream.next().await.is_ok_and(|batch| batch.is_some()) {} };
    assert!(
        tokio::time::timeout(DEADLINE, ended).await.is_ok(),
        "the stream went on"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_right_that_comes_and_goes_while_following_on_sqlite() {
    tell(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_right_that_comes_and_goes_while_following_on_postgres() {
    tell(On::Postgres).await;
}
