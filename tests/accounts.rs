// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A member on two machines: a first copy that is larger than one answer, log-ins, another password, the end of the rest.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use serde_json::Value;
use space_core::client::api::{Api, Token};
use space_core::protocol::Reply;
use space_tests::{Community, Home, On, hall};

const OLD: &str = "correct horse battery staple";
const NEW: &str = "a wholly different sentence";
/// The exit code for what the server refuses.
const DENIED: i32 = 3;

/// As many posts as make several parts of one page of the feed.
const POSTS: usize = 60;

fn json_lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn member_copies_a_long_topic_and_ends_other_sessions() {
    let Some(community) = Community::new(On::Sqlite) else {
        return;
    };
    let alice = community.member("alice", Some("owner"));
    let password = community.folder().join("password");
    space_tests::write_secret(&password, OLD);
    community.run(&[
        "member",
        "add",
        "dora",
        "--password-file",
        password.to_str().unwrap(),
    ]);
    let server = community.server().start();
    let api = Api::new(server.url(), Token::new(alice)).unwrap();
    let hall = hall::category(&api, "hall", None).await;
    let topic = hall::topic(&api, hall, "Long").await;
    for at in 0..POSTS {
        let reply = Reply {
            reply_to: None,
            source: format!("post {at}: {}", "word ".repeat(6_000))
                .try_into()
                .unwrap(),
            language: None,
            written_at: None,
        };
        let key = hall::key(&format!("post {at}"));
        api.reply(topic, &reply, &key).await.unwrap();
    }

    let laptop = Home::new(community.folder(), "laptop");
    let desktop = Home::new(community.folder(), "desktop");
    for home in [&laptop, &desktop] {
        home.signs_in(server.url(), "dora", OLD);
        home.does(&["sync"]);
        let read = json_lines(&home.does(&["read", &topic.to_string(), "--json"]));
        assert_eq!(read[0]["posts"].as_array().unwrap().len(), POSTS + 1);
    }

    let sessions = json_lines(&laptop.does(&["sessions", "--json"]));
    assert_eq!(sessions.len(), 2, "{sessions:?}");
    let current = sessions
        .iter()
        .filter(|session| session["is_current"] == true);
    assert_eq!(current.count(), 1);

    let wrong = laptop.secret(&format!("not {OLD}\n{NEW}\n"));
    laptop.is_told(&["password", "--password-file", &wrong], DENIED, "password");
    let right = laptop.secret(&format!("{OLD}\n{NEW}\n"));
    laptop.does(&["password", "--password-file", &right, "--sign-out"]);
    assert_eq!(json_lines(&laptop.does(&["sessions", "--json"])).len(), 1);
    assert_ne!(desktop.space(&["sessions"]).code, 0);

    let old = desktop.secret(OLD);
    let login = [
        "login",
        server.url(),
        "--name",
        "dora",
        "--insecure-storage",
    ];
    let with_old = [&login[..], &["--password-file", &old]].concat();
    desktop.is_told(&with_old, DENIED, "password");
    desktop.signs_in(server.url(), "dora", NEW);
    desktop.does(&["sessions", "--end-others"]);
    assert_ne!(laptop.space(&["sessions"]).code, 0);
    assert_eq!(json_lines(&desktop.does(&["sessions", "--json"])).len(), 1);
}
