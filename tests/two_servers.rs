// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Two servers on one PostgreSQL, sixteen writers, and followers that must miss nothing - and the twin that shows why
//! the order is not left to a sequence of the database.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use std::collections::BTreeSet;
use std::time::Duration;

use space_core::client::api::{Api, FeedRequest, Token};
use space_core::protocol::{Body, FeedMode};
use space_core::{PostId, TopicId};
use space_tests::{Community, Durability, On, Postgres, hall};
use tokio_postgres::NoTls;

const WRITERS: usize = 16;
const POSTS_EACH: usize = 25;
const DEADLINE: Duration = Duration::from_mins(2);

async fn write(api: Api, name: usize, topic: TopicId) -> Vec<PostId> {
    let mut written = Vec::new();
    for number in 0..POSTS_EACH {
        let text = format!("writer {name} post {number}");
        written.push(hall::reply(&api, topic, &text).await.unwrap().id);
    }
    written
}

/// Follows until it has seen so many posts beside the first; returns them in the order in which they came.
async fn follow(api: Api, mode: FeedMode) -> Vec<PostId> {
    let mut seen = Vec::new();
    let mut request = FeedRequest {
        mode,
        ..FeedRequest::default()
    };
    while seen.len() < WRITERS * POSTS_EACH {
        let mut stream = api.feed(&request).await.unwrap();
        while let Some(batch) = stream.next().await.unwrap() {
            request.since = Some(batch.cursor);
            for row in batch.rows {
                if let Some(Body::Post(post)) = row.body
                    && post.number > 1
                {
                    seen.push(post.id);
                }
            }
            if seen.len() >= WRITERS * POSTS_EACH {
                break;
            }
        }
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_follower_of_either_misses_a_row() {
    let Some(community) = Community::new(On::Postgres) else {
        return;
    };
    let owner = Token::new(community.member("alice", Some("owner"))).unwrap();
    let servers = [community.server().start(), community.server().start()];
    let api = |at: usize| Api::new(servers[at % 2].url(), Some(owner.clone())).unwrap();
    let category = hall::category(&api(0), "hall", None).await;
    let topic = hall::topic(&api(1), category, "Topic").await;

    let modes = [
        FeedMode::Follow,
        FeedMode::Follow,
        FeedMode::Wait,
        FeedMode::Page,
    ];
    let followers: Vec<_> = modes
        .iter()
        .enumerate()
        .map(|(at, mode)| spawn(follow(api(at), *mode)))
        .collect();
    let writers: Vec<_> = (0..WRITERS)
        .map(|name| spawn(write(api(name), name, topic)))
        .collect();
    let told = async {
        let mut written = BTreeSet::new();
        for writer in writers {
            written.extend(writer.await.unwrap());
        }
        for follower in followers {
            let seen = follower.await.unwrap();
            assert_eq!(seen.iter().copied().collect::<BTreeSet<_>>(), written);
            assert!(
                seen.is_sorted(),
                "the order of the feed is the order of the commits"
            );
        }
    };
    assert!(
        tokio::time::timeout(DEADLINE, told).await.is_ok(),
        "a follower missed something"
    );
}

#[expect(clippy::disallowed_methods, reason = "a story has no lifecycle")]
fn spawn<F: Future<Output: Send> + Send + 'static>(
    future: F,
) -> tokio::task::JoinHandle<F::Output> {
    tokio::spawn(future)
}

/// The twin: the same follower over a `bigserial`. Numbers are drawn when a row is written and become visible when it
/// is committed; a follower that reads in between goes past a number that comes to light later.
#[tokio::test]
async fn over_a_bigserial_a_follower_misses_a_row() {
    let Some(database) = Postgres::database_with(Durability::Relaxed) else {
        return;
    };
    database.query("create table feed (seq bigserial primary key, text text not null)");
    let (first, second) = (connect(database.url()).await, connect(database.url()).await);
    let mut cursor = 0;
    let mut seen = Vec::new();
    let mut read = || {
        let rows = database.query(&format!(
            "select seq, text from feed where seq > {cursor} order by seq"
        ));
        for row in rows.lines() {
            let (seq, text) = row.split_once('|').unwrap();
            cursor = seq.parse().unwrap();
            seen.push(text.to_owned());
        }
    };
    first
        .batch_execute("begin; insert into feed (text) values ('early')")
        .await
        .unwrap();
    second
        .batch_execute("begin; insert into feed (text) values ('late'); commit")
        .await
        .unwrap();
    read();
    first.batch_execute("commit").await.unwrap();
    read();
    assert_eq!(
        seen,
        ["late"],
        "the early row is lost for good: this is the fault that the head row prevents"
    );
    assert_eq!(database.query("select count(*) from feed").trim(), "2");
}

/// The same two transactions over the head row: the second waits until the first has committed.
#[tokio::test]
async fn over_the_head_row_the_second_transaction_waits() {
    let Some(community) = Community::new(On::Postgres) else {
        return;
    };
    let url = community.database().unwrap().url().to_owned();
    let (first, second) = (connect(&url).await, connect(&url).await);
    first
        .batch_execute("begin; select seq from head where space = 1 for update")
        .await
        .unwrap();
    second
        .batch_execute("set lock_timeout = '200ms'")
        .await
        .unwrap();
    let waited = second
        .batch_execute("begin; select seq from head where space = 1 for update")
        .await;
    let code = waited.unwrap_err().code().cloned();
    assert_eq!(
        code,
        Some(tokio_postgres::error::SqlState::LOCK_NOT_AVAILABLE)
    );
    first.batch_execute("commit").await.unwrap();
}

async fn connect(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    drop(spawn(connection));
    client
}
