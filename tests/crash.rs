// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The server is killed while eight members write: every acknowledged post is in the feed exactly once, and nothing is
//! there by half.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use space_core::client::api::{Api, FeedRequest, Token};
use space_core::protocol::Body;
use space_core::{Post, TopicId, TopicTally};
use space_tests::{Community, On, Server, hall};

const WRITERS: usize = 8;
const KILLS: usize = 3;

/// How many posts are acknowledged before each kill.
const ACKNOWLEDGED: usize = 150;

const DEADLINE: Duration = Duration::from_mins(1);

/// One writer: it numbers its posts, and repeats one until it is acknowledged.
struct Writer {
    name: usize,
    token: Token,
    topics: Arc<Vec<TopicId>>,
    next: usize,
}

impl Writer {
    fn source(name: usize, number: usize) -> String {
        format!("writer {name} post {number}")
    }

    /// Posts until the server is gone; returns how many posts were acknowledged in this round.
    async fn write(&mut self, server: &str, acknowledged: &AtomicUsize) {
        let api = Api::new(server, Some(self.token.clone())).unwrap();
        loop {
            let topic = self.topics[self.next % self.topics.len()];
            match hall::reply(&api, topic, &Self::source(self.name, self.next)).await {
                Ok(_) => {
                    self.next += 1;
                    acknowledged.fetch_add(1, Ordering::SeqCst);
                }
                Err(error) if error.is_retryable() => return,
                Err(error) => panic!("{error:?}"),
            }
        }
    }
}

/// Waits until something is so.
async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::task::yield_now().await;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    assert!(
        tokio::time::timeout(DEADLINE, waiting).await.is_ok(),
        "{what} did not happen"
    );
}

async fn tell(on: On) {
    let Some(community) = Community::new(on) else {
        return;
    };
    let owner = Token::new(community.member("alice", Some("owner"))).unwrap();
    let tokens: Vec<Token> = (0..WRITERS)
        .map(|number| Token::new(community.member(&format!("writer{number}"), None)).unwrap())
        .collect();

    let server = community.server().start();
    let api = Api::new(server.url(), Some(owner.clone())).unwrap();
    let category = hall::category(&api, "hall", None).await;
    let mut topics = Vec::new();
    for number in 0..3 {
        topics.push(hall::topic(&api, category, &format!("Topic {number}")).await);
    }
    let topics = Arc::new(topics);

    let mut writers: Vec<Writer> = tokens
        .into_iter()
        .enumerate()
        .map(|(name, token)| Writer {
            name,
            token,
            topics: Arc::clone(&topics),
            next: 0,
        })
        .collect();
    let mut server = Some(server);
    for _ in 0..KILLS {
        let running = server.take().unwrap_or_else(|| community.server().start());
        let acknowledged = AtomicUsize::new(0);
        let writing = async {
            for_each(&mut writers, |writer| {
                writer.write(running.url(), &acknowledged)
            })
            .await;
        };
        let killing = async {
            until("writing", || {
                acknowledged.load(Ordering::SeqCst) >= ACKNOWLEDGED
            })
            .await;
            kill(&running);
        };
        let ended = async { tokio::join!(writing, killing) };
        assert!(
            tokio::time::timeout(DEADLINE, ended).await.is_ok(),
            "the writers did not notice"
        );
    }
    // The last post of each writer may or may not have been written before the last kill: repeating it settles that.
    let server = community.server().start();
    for writer in &mut writers {
        let api = Api::new(server.url(), Some(writer.token.clone())).unwrap();
        let topic = writer.topics[writer.next % writer.topics.len()];
        hall::reply(&api, topic, &Writer::source(writer.name, writer.next))
            .await
            .unwrap();
    }
    is_whole(&server, owner, &writers).await;
    if community.database().is_none() {
        let check = std::process::Command::new("sqlite3")
            .arg(community.data_dir().join("space.db"))
            .arg("pragma integrity_check; pragma foreign_key_check;")
            .output();
        if let Ok(check) = check {
            assert_eq!(String::from_utf8_lossy(&check.stdout).trim(), "ok");
        }
    }
}

/// Runs something for all writers at the same time.
async fn for_each<'w, F: Future<Output = ()> + 'w>(
    writers: &'w mut [Writer],
    run: impl Fn(&'w mut Writer) -> F,
) {
    let mut running: Vec<_> = writers
        .iter_mut()
        .map(|writer| Box::pin(run(writer)))
        .collect();
    std::future::poll_fn(|context| {
        running.retain_mut(|future| future.as_mut().poll(context).is_pending());
        if running.is_empty() {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
}

fn kill(server: &Server) {
    server.signal("KILL");
}

/// Reads the whole feed, and compares it with what the writers know.
async fn is_whole(server: &Server, owner: Token, writers: &[Writer]) {
    let api = Api::new(server.url(), Some(owner)).unwrap();
    let mut posts: Vec<Post> = Vec::new();
    let mut tallies: BTreeMap<TopicId, TopicTally> = BTreeMap::new();
    let mut request = FeedRequest::default();
    loop {
        let mut stream = api.feed(&request).await.unwrap();
        let mut more = false;
        while let Some(batch) = stream.next().await.unwrap() {
            more = batch.more;
            request.since = Some(batch.cursor);
            for row in batch.rows {
                match row.body.unwrap() {
                    Body::Post(post) => posts.push(post),
                    Body::TopicTally(tally) => drop(tallies.insert(tally.topic, tally)),
                    _ => {}
                }
            }
        }
        if !more {
            break;
        }
    }
    let written: Vec<&str> = posts
        .iter()
        .map(|post| post.source.as_str())
        .filter(|text| *text != "first")
        .collect();
    let unique: BTreeSet<&str> = written.iter().copied().collect();
    assert_eq!(written.len(), unique.len(), "a post is there twice");
    let mut expected = BTreeSet::new();
    for writer in writers {
        expected.extend((0..=writer.next).map(|number| Writer::source(writer.name, number)));
    }
    assert!(expected.len() > ACKNOWLEDGED * KILLS);
    assert_eq!(unique, expected.iter().map(String::as_str).collect());
    for (topic, tally) in tallies {
        let mut numbers: Vec<i64> = posts
            .iter()
            .filter(|post| post.topic == topic)
            .map(|post| post.number)
            .collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=tally.posts).collect::<Vec<_>>());
        assert_eq!(tally.last_number, tally.posts);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    tell(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_postgres() {
    tell(On::Postgres).await;
}
