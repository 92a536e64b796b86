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

/// What tells its space from every other.
const IDENTITY: &str = "the-space-of-impostors";

/// A server of two calls: everybody who signs in is Bob, and tokens can be ended.
pub(crate) struct Impostor {
    pub(crate) url: String,
    /// First lines of what was asked, with the token.
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
}

impl Impostor {
    pub(crate) fn start() -> Self {
        Self::with(true)
    }

    /// Nobody ever answers on its page.
    pub(crate) fn that_waits() -> Self {
        Self::with(false)
    }

    fn with(is_allowed: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let line = answer(stream, is_allowed);
                seen.lock().unwrap().push(line);
            }
        });
        Self { url, asked }
    }
}

fn answer(mut stream: TcpStream, is_allowed: bool) -> String {
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
    let waits = first.contains("/login/device/token ") && !is_allowed;
    let body = if waits {
        r#"{"status":400,"code":"authorization_pending","title":"wait"}"#.to_owned()
    } else if first.contains("/login ") || first.contains("/login/device/token ") {
        serde_json::json!({ "token": "space_bob", "member": member }).to_string()
    } else if first.contains("/login/device ") {
        serde_json::json!({
            "device_code": "space_device", "user_code": "WDJB-MJHT", "expires_in": 600, "interval": 1,
            "verification_uri": "https://evil.example.org/device",
            "verification_uri_complete": "https://evil.example.org/device?code=WDJB-MJHT",
        })
        .to_string()
    } else if first.contains("/me ") {
        serde_json::json!({ "member": member, "capabilities": "read write" }).to_string()
    } else if first.contains("/space ") {
        let space = Space {
            name: "Example".to_owned().try_into().unwrap(),
            about: String::new().try_into().unwrap(),
            created_at,
            revision: 1,
            identity: Some(IDENTITY.to_owned().try_into().unwrap()),
        };
        serde_json::json!({ "space": space, "version": "test" }).to_string()
    } else {
        String::new()
    };
    let status = if waits {
        "400 Bad Request"
    } else if body.is_empty() {
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
        space_tests::write_secret(&password, "secret");
        let password = password.to_str().unwrap();
        let done = house.space(&[
            "login",
            &server.url,
            "--name",
            "alice",
            "--password-file",
            password,
            "--insecure-storage",
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
        let login = [
            "login",
            &server.url,
            "--profile",
            "new",
            "--insecure-storage",
        ];
        let done = house.space(&[&login, args].concat());
        assert_eq!(done.code, 2, "{} {}", done.out, done.err);
        assert!(done.err.contains(word), "{}", done.err);
    }
}

/// Before anybody types a password, or a token is made.
#[test]
fn without_a_keyring_nothing_is_kept_unless_that_is_asked_for() {
    let server = Impostor::start();
    let house = House::new();
    let folders = house.folders();
    let password = folders.data.join("password");
    space_tests::write_secret(&password, "secret");
    let login = [
        "login",
        &server.url,
        "--profile",
        "new",
        "--password-file",
        password.to_str().unwrap(),
        "--name",
        "bob",
    ];
    let done = house.space(&login);
    assert_eq!(done.code, 1, "{} {}", done.out, done.err);
    for word in ["no keyring", "--insecure-storage", "switched off"] {
        assert!(done.err.contains(word), "{word}: {}", done.err);
    }
    let asked = server.asked.lock().unwrap().clone();
    assert!(
        !asked.iter().any(|line| line.contains("login")),
        "{asked:?}"
    );
    assert_eq!(folders.load("new").unwrap(), None);

    let done = house.space(&[&login[..], &["--insecure-storage"]].concat());
    assert!(
        done.out.contains("not encrypted"),
        "{} {}",
        done.out,
        done.err
    );
    let bob = folders.load("new").unwrap().unwrap().account().unwrap();
    let kept = folders.credentials().load(&bob).unwrap().unwrap();
    assert_eq!(kept.expose(), "space_bob");
}

#[test]
fn a_token_that_is_given_signs_in_and_is_kept_nowhere() {
    let server = Impostor::start();
    let house = House::new();
    let folders = house.folders();
    let login = ["login", &server.url, "--profile", "new"];
    let done = house.space_with(&[("SPACE_TOKEN", "space_given")], &login);
    assert!(
        done.out.contains("signed in to Example as Bob"),
        "{} {}",
        done.out,
        done.err
    );
    let bob = folders.load("new").unwrap().unwrap().account().unwrap();
    assert_eq!(folders.credentials().load(&bob).unwrap(), None);
    let asked = server.asked.lock().unwrap().clone();
    let me = asked.iter().find(|line| line.contains("/me ")).unwrap();
    assert!(me.ends_with("Bearer space_given"), "{me}");
    let done = house.space(&[&login[..], &["--token-fd", "99"]].concat());
    assert_eq!(done.code, 2, "{}", done.err);
}

/// What only Bob may read does not come into Alice's copy.
#[test]
fn a_token_of_somebody_else_is_not_used_on_a_copy() {
    let server = Impostor::start();
    let house = House::new();
    let folders = house.folders();
    let mut profile = folders.load("default").unwrap().unwrap();
    profile.server.clone_from(&server.url);
    folders.save("default", &profile).unwrap();
    let done = house.space_with(&[("SPACE_TOKEN", "space_bob")], &["sync"]);
    assert_eq!(done.code, 3, "{} {}", done.out, done.err);
    assert!(
        done.err.contains("Bob's") && done.err.contains("Alice's"),
        "{}",
        done.err
    );
    let asked = server.asked.lock().unwrap().clone();
    assert!(!asked.iter().any(|line| line.contains("feed")), "{asked:?}");
    let status = house.space_with(
        &[("SPACE_TOKEN", "space_bob")],
        &["auth", "status", "--json"],
    );
    let status: serde_json::Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!(status["accepted"], "other_member");
    assert_eq!(status["token"]["place"], "variable");
}

/// Bob's house, on this server; a token of his is kept in a file.
fn of_bob(server: &Impostor) -> House {
    let house = House::new();
    let folders = house.folders();
    let name = MemberName::parse("Bob").unwrap();
    let profile = Profile {
        server: server.url.clone(),
        member: Some(name.clone()),
        allow_plain_http: false,
        window: space_core::client::sync::Window::default(),
    };
    folders.save("default", &profile).unwrap();
    let account = Account::new(&server.url, &name);
    let token = space_core::client::Token::new("space_kept").unwrap();
    folders.credentials().save(&account, &token).unwrap();
    house
}

#[test]
fn log_out_ends_the_token_that_is_kept_also_when_another_one_is_given() {
    let server = Impostor::start();
    let house = of_bob(&server);
    let done = house.space_with(&[("SPACE_TOKEN", "space_given")], &["logout"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let asked = server.asked.lock().unwrap().clone();
    let ended: Vec<&String> = asked.iter().filter(|it| it.contains("/logout ")).collect();
    assert_eq!(ended.len(), 1, "{asked:?}");
    assert!(ended[0].ends_with("Bearer space_kept"), "{asked:?}");
    let kept = house.folders().credentials().accounts().unwrap();
    assert!(kept.iter().all(|it| it.server != server.url), "{kept:?}");
}

#[test]
fn log_out_counts_what_only_an_editors_file_has() {
    let server = Impostor::start();
    let house = of_bob(&server);
    let replica = house.folders().replica("default").unwrap();
    let place = space_tui::compose::Subject::NewTopicAnywhere;
    let file = space_tui::editing::file(&replica, &place);
    space_tui::editing::begin(&file, "", "", "").unwrap();
    std::fs::write(&file, "written in an editor that was killed").unwrap();
    let done = house.space(&["logout"]);
    assert_eq!(done.code, 1, "{}", done.err);
    assert!(done.err.contains("one thing"), "{}", done.err);
    assert!(done.err.contains("editing/start.md"), "{}", done.err);
    assert!(file.exists());
    assert_eq!(house.space(&["logout", "--discard-unsent"]).code, 0);
    assert!(!file.exists());
}

#[test]
fn nobody_signs_in_to_another_space_over_the_copy_of_one_that_was_at_its_address() {
    let server = Impostor::start();
    let house = of_bob(&server);
    let replica = house.folders().replica("default").unwrap();
    let mut replica = Replica::open(&replica).unwrap();
    let mut before = replica.space().unwrap().unwrap();
    before.revision += 1;
    before.identity = Some("the-space-from-before".to_owned().try_into().unwrap());
    let row = space_core::protocol::FeedRow {
        scope: space_core::Scope::Public,
        kind: space_core::protocol::Kind::Space,
        id: 1,
        body: Some(space_core::protocol::Body::Space(before)),
    };
    replica.apply(&[row], None).unwrap();
    for way in [&["--guest"][..], &["--name", "bob", "--insecure-storage"]] {
        let args = [&["login", &server.url][..], way].concat();
        let done = house.space(&args);
        assert_eq!(done.code, 2, "{} {}", done.out, done.err);
    }
    let done = house.space_with(&[("SPACE_TOKEN", "space_bob")], &["login", &server.url]);
    assert_eq!(done.code, 2, "{} {}", done.out, done.err);
    assert!(done.err.contains("another space"), "{}", done.err);
}
