// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rights that are lost while somebody follows: by the command line beside a running server, and by another server.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use std::time::{Duration, Instant};

use space_core::client::api::{Api, FeedRequest, FeedStream, IdempotencyKey, Token};
use space_core::protocol::FeedMode;
use space_tests::{Community, On};

/// What a lost right may take to end a stream: servers look twice a second, and the machine may be busy.
const DEADLINE: Duration = Duration::from_secs(20);

fn api(url: &str, token: &str) -> Api {
    Api::new(url, Some(Token::new(token.to_owned()).unwrap())).unwrap()
}

/// Follows, and reads what there is.
async fn follow(api: &Api) -> FeedStream {
    let request = FeedRequest {
        mode: FeedMode::Follow,
        ..FeedRequest::default()
    };
    let mut stream = api.feed(&request).await.unwrap();
    let first = stream.next().await.unwrap().unwrap();
    assert!(!first.rows.is_empty());
    stream
}

/// Waits until a stream ends, and returns how long that took.
async fn ends(mut stream: FeedStream, what: &str) -> Duration {
    let began = Instant::now();
    let ending = async { while let Ok(Some(_)) = stream.next().await {} };
    let ended = tokio::time::timeout(DEADLINE, ending).await;
    assert!(ended.is_ok(), "{what}: the stream goes on");
    began.elapsed()
}

fn number_of(community: &Community, name: &str) -> String {
    let list = community.run(&["token", "list", name, "--json"]);
    let newest: serde_json::Value = serde_json::from_str(list.lines().last().unwrap()).unwrap();
    newest["id"].to_string()
}

async fn by_command_line(on: On) {
    let Some(community) = Community::new(on) else {
        return;
    };
    community.member("alice", Some("owner"));
    let server = community.server().start();
    let mut took = Vec::new();

    let token = community.member("charlie", None);
    let stream = follow(&api(server.url(), &token)).await;
    community.run(&[
        "token",
        "revoke",
        "charlie",
        &number_of(&community, "charlie"),
    ]);
    took.push(ends(stream, "revoked").await);

    let token = community.member("mallory", None);
    let stream = follow(&api(server.url(), &token)).await;
    community.run(&["member", "block", "mallory", "--reason", "spam"]);
    took.push(ends(stream, "blocked").await);
    let refused = api(server.url(), &token).me().await;
    assert!(refused.is_err_and(|error| error.is_signed_out()));

    community.member("dora", None);
    let made = community.run(&[
        "token",
        "create",
        "dora",
        "--label",
        "short",
        "--expires-after",
        "2s",
    ]);
    let stream = follow(&api(server.url(), made.trim())).await;
    ends(stream, "expired").await;

    println!(
        "{on:?}: revoked {:?}, blocked {:?} after the command",
        took[0], took[1]
    );
    community.run(&["audit", "verify"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn command_line_ends_streams_beside_a_server_on_sqlite() {
    by_command_line(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn command_line_ends_streams_beside_a_server_on_postgres() {
    by_command_line(On::Postgres).await;
}

/// Two servers on one database: what one revokes ends at the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn revoked_token_ends_stream_at_another_server() {
    let Some(community) = Community::new(On::Postgres) else {
        return;
    };
    let token = community.member("charlie", None);
    let id = number_of(&community, "charlie").parse().unwrap();
    let [one, other] = [community.server().start(), community.server().start()];
    let stream = follow(&api(other.url(), &token)).await;
    let key = IdempotencyKey::new("revoke".to_owned()).unwrap();
    api(one.url(), &token).revoke_token(id, &key).await.unwrap();
    let took = ends(stream, "revoked elsewhere").await;
    println!("after {took:?}");
}
