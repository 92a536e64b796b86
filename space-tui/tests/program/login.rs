// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Signing in, with a server that says whatever the test wants.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use space_core::client::Replica;
use space_core::client::credentials::Account;
use space_core::text::MemberName;
use space_core::{Member, MemberId, MemberKind, Space, Timestamp};
use space_tui::profile::Profile;

use crate::house::House;

/// A server of two calls: everybody who signs in is Bob, and tokens can be ended.
struct Impostor {
    url: String,
    /// First lines of what was asked, with the token.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Impostor {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let line = answer(stream);
                seen.lock().unwrap().push(line);
            }
        });
        Self { url, asked }
    }
}

fn answer(mut stream: TcpStream) -> String {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut first, mut token, mut length) = (String::new(), String::new(), 0);
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim().split_once(": ") else {
            break;
        };
        match name.to_lowercase().as_str() {
            "authorization" => value.clone_into(&mut token),
            "content-length" => length = value.parse().unwrap(),
            _ => {}
        }
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    let created_at = Timestamp::from_millis(1_600_000_000_000);
    let body = if first.contains("/login ") {
        let member = Member {
            id: MemberId::new(3).unwrap(),
            kind: MemberKind::Person,
            name: MemberName::parse("Bob").unwrap(),
            display_name: None,
            roles: std::collections::BTreeSet::default(),
            trust_level: 1,
            created_at,
            revision: 1,
        };
        serde_json::json!({ "token": "space_bob", "member": member }).to_string()
    } else if first.contains("/space ") {
        let space = Space {
            name: "Example".to_owned().try_into().unwrap(),
            about: String::new().try_into().unwrap(),
            created_at,
            revision: 1,
        };
        serde_json::json!({ "space": space, "version": "test" }).to_string()
    } else {
        String::new()
    };
    let status = if body.is_empty() {
        "204 No Content"
    } else {
        "200 OK"
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    format!("{} {token}", first.trim())
}

/// The copy is Alice's: what only she may read and what she has not sent yet must never be Bob's.
#[test]
fn nobody_signs_in_over_the_copy_of_another() {
    for has_profile in [true, false] {
        let server = Impostor::start();
        let house = House::new();
        let folders = house.folders();
        let profile = Profile {
            server: server.url.clone(),
            member: Some(MemberName::parse("Alice").unwrap()),
            allow_plain_http: false,
            window: space_core::client::sync::Window::default(),
        };
        if has_profile {
            folders.save("default", &profile).unwrap();
        } else {
            std::fs::remove_file(folders.config.join("profiles/default.json")).unwrap();
        }
        let password = folders.data.join("password");
        std::fs::write(&password, "secret").unwrap();
        let password = password.to_str().unwrap();
        let done = house.space(&[
            "login",
            &server.url,
            "--name",
            "alice",
            "--password-file",
            password,
        ]);
        assert_eq!(done.code, 2, "{} {}", done.out, done.err);
        for word in ["Alice", "--profile", "space logout"] {
            assert!(done.err.contains(word), "{word}: {}", done.err);
        }
        let asked = server.asked.lock().unwrap().clone();
        let last = asked.last().unwrap();
        assert!(
            last.contains("/logout ") && last.ends_with("Bearer space_bob"),
            "the token is ended: {asked:?}"
        );
        let bob = Account {
            server: server.url.clone(),
            name: MemberName::parse("Bob").unwrap(),
        };
        assert!(folders.credentials().load(&bob).unwrap().is_none());
        let kept = folders.load("default").unwrap();
        assert_eq!(kept, has_profile.then_some(profile));
        let replica = Replica::open(&folders.replica("default").unwrap()).unwrap();
        assert_eq!(replica.me().unwrap(), MemberId::new(2));
    }
}

#[test]
fn without_a_terminal_the_password_comes_from_a_file_or_the_standard_input() {
    let server = Impostor::start();
    let house = House::new();
    for (args, word) in [
        (&[][..], "--password-file FILE"),
        (&["--name", "bob"], "--password-file FILE"),
        // The standard input of these tests is empty.
        (&["--name", "bob", "--password-file", "-"], "is empty"),
    ] {
        let login = ["login", &server.url, "--profile", "new"];
        let done = house.space(&[&login, args].concat());
        assert_eq!(done.code, 2, "{} {}", done.out, done.err);
        assert!(done.err.contains(word), "{}", done.err);
    }
}
