// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Somebody from another network meets the space through a bridge, accepts its code of conduct, answers, and reports a
//! post; a member reports it from the shell. Moderators see it there, decide, and hide the post; and nobody else learns
//! anything, not even from a stream that was open all the time.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use space_core::client::api::{Api, ApiError, FeedRequest, FeedStream, Token};
use space_core::protocol::{AcceptCode, Body, CreateReport, FeedMode, FeedRow, Kind, MeetVisitor};
use space_core::{Case, Post, ReportReason};
use space_tests::{Community, On, binary, hall};

const DEADLINE: Duration = Duration::from_mins(1);
const PASSWORD: &str = "correct horse battery staple";

/// Somebody at a shell of their own.
struct Seat {
    folder: PathBuf,
}

struct Done {
    code: i32,
    out: String,
    err: String,
}

impl Seat {
    fn new(folder: &Path, name: &str) -> Self {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    fn space(&self, args: &[&str]) -> Done {
        let output = Command::new(binary("space"))
            .args(args)
            .env_clear()
            .env("SPACE_KEYRING", "off")
            .env("LC_ALL", "C")
            .env("SPACE_DATA_DIR", self.folder.join("data"))
            .env("SPACE_CONFIG_DIR", self.folder.join("config"))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Done {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    #[track_caller]
    fn does(&self, args: &[&str]) -> String {
        let done = self.space(args);
        assert_eq!(done.code, 0, "space {}: {}", args.join(" "), done.err);
        done.out
    }

    #[track_caller]
    fn is_told(&self, args: &[&str], code: i32, hint: &str) {
        let done = self.space(args);
        assert_eq!(done.code, code, "space {}: {}", args.join(" "), done.err);
        assert!(done.err.contains(hint), "{}", done.err);
    }

    fn signs_in(&self, server: &str, name: &str) {
        let file = self.folder.join("password");
        space_tests::write_secret(&file, PASSWORD);
        let file = file.to_str().unwrap();
        let login = ["login", server, "--name", name, "--password-file", file];
        self.does(&[&login[..], &["--insecure-storage"]].concat());
    }
}

/// Reads what comes until a row is there; returns everything that came.
async fn until(stream: &mut FeedStream, is_it: impl Fn(&FeedRow) -> bool) -> Vec<FeedRow> {
    let mut seen = Vec::new();
    let reading = async {
        while !seen.iter().any(&is_it) {
            let batch = stream.next().await.unwrap().expect("it does not end");
            seen.extend(batch.rows);
        }
    };
    let in_time = tokio::time::timeout(DEADLINE, reading).await;
    assert!(in_time.is_ok(), "it did not come: {seen:?}");
    seen
}

fn says(text: &str) -> impl Fn(&FeedRow) -> bool {
    let text = text.to_owned();
    move |row| matches!(&row.body, Some(Body::Post(post)) if post.source == text)
}

fn denial(answer: Result<Post, ApiError>) -> Option<String> {
    match answer {
        Err(ApiError::Problem { problem, .. }) => problem.denial,
        other => panic!("{other:?}"),
    }
}

async fn tell(on: On) {
    let Some(community) = Community::new(on) else {
        return;
    };
    let password = community.folder().join("password");
    space_tests::write_secret(&password, PASSWORD);
    for (name, role) in [("bob", Some("moderator")), ("dora", None)] {
        let mut add = vec!["member", "add", name, "--password-file"];
        add.push(password.to_str().unwrap());
        add.extend(role.iter().flat_map(|role| ["--role", *role]));
        community.run(&add);
    }
    community.run(&["member", "add", "rita", "--kind", "bot", "--no-password"]);
    let may = "read,relay:write,report:create";
    let rita = community.run(&["token", "create", "rita", "--label", "irc", "--may", may]);
    let alice = community.member("alice", Some("owner"));
    let mallory = community.member("mallory", None);
    let server = community.server().start();
    let api = |token: &str| Api::new(server.url(), Token::new(token.trim())).unwrap();
    let (alice, mallory, rita) = (api(&alice), api(&mallory), api(&rita));
    let hall = hall::category(&alice, "hall", None).await;
    let topic = hall::topic(&alice, hall, "Hello").await;
    let rude = hall::reply(&mallory, topic, "You are all fools")
        .await
        .unwrap();

    // Ann speaks in a room; what she says waits until she has accepted the code.
    let meet = MeetVisitor {
        network: "irc.libera".to_owned().try_into().unwrap(),
        remote: "~ann@host.example".to_owned().try_into().unwrap(),
        name: "ann".to_owned().try_into().unwrap(),
    };
    let ann = rita.meet_visitor(&meet, &hall::key("meet")).await.unwrap();
    assert!(!ann.has_accepted());
    let as_ann = rita.acting_for(ann.member.id);
    let early = hall::reply(&as_ann, topic, "Good evening").await;
    assert_eq!(denial(early).as_deref(), Some("code_not_accepted"));
    let code = rita.code().await.unwrap();
    assert!(code.source.contains("Personal attacks"));
    let accept = AcceptCode {
        version: code.version,
        language: Some(code.language),
    };
    let ann = rita
        .accept_code_for(ann.member.id, &accept, &hall::key("accept"))
        .await
        .unwrap();
    assert!(ann.has_accepted());
    let said = hall::reply(&as_ann, topic, "Good evening").await.unwrap();
    assert_eq!(said.author, ann.member.id);

    // Mallory and the bridge listen from before the reports on.
    let follow = FeedRequest {
        mode: FeedMode::Follow,
        ..FeedRequest::default()
    };
    let mut streams = [
        mallory.feed(&follow).await.unwrap(),
        rita.feed(&follow).await.unwrap(),
    ];
    for stream in &mut streams {
        until(stream, says("Good evening")).await;
    }
    let report = CreateReport {
        reason: ReportReason::Inappropriate,
        comment: Some("this hurts".to_owned().try_into().unwrap()),
        written_at: None,
    };
    let receipt = as_ann
        .report(rude.id, &report, &hall::key("report"))
        .await
        .unwrap();
    assert_eq!((receipt.post, receipt.reason), (rude.id, report.reason));
    let dora = Seat::new(community.folder(), "dora");
    dora.signs_in(server.url(), "dora");
    dora.does(&["sync"]);
    let id = rude.id.to_string();
    let told = dora.does(&["report", &id, "spam"]);
    assert!(told.contains("in confidence"), "{told}");
    dora.is_told(&["report", &id, "other"], 2, "--comment");
    dora.is_told(&["report", &id, "talk"], 2, "space reply");
    dora.is_told(&["report", &id, "off_topic"], 3, "space outbox");
    // Nothing that was sent stays in the outbox; the last one was refused, and does.
    let kept = dora.does(&["outbox", "--json"]);
    assert!(
        kept.contains("off_topic") && !kept.contains("spam"),
        "{kept}"
    );
    hall::reply(&alice, topic, "On we go").await.unwrap();
    for stream in &mut streams {
        let seen = until(stream, says("On we go")).await;
        let others: Vec<_> = seen
            .iter()
            .filter(|row| !matches!(row.kind, Kind::Post | Kind::TopicTally))
            .collect();
        assert!(others.is_empty(), "{others:?}");
        assert_eq!(seen.iter().filter(|row| row.kind == Kind::Post).count(), 1);
    }

    // Bob finds both reports in the shell, without who made them. Dora does not.
    dora.is_told(&["reports"], 3, "space report POST REASON");
    let bob = Seat::new(community.folder(), "bob");
    bob.signs_in(server.url(), "bob");
    let listed = bob.does(&["reports", "--json"]);
    let case: Case = serde_json::from_str(listed.trim()).unwrap();
    assert_eq!((case.post, case.reports.len()), (rude.id, 2));
    assert_eq!(case.evidence[0].source, "You are all fools");
    assert!(
        !listed.contains("ann") && !listed.contains("dora"),
        "{listed}"
    );
    let shown = bob.does(&["reports"]);
    for what in [
        "mallory",
        "reporter 1: inappropriate",
        "irc.libera",
        "this hurts",
        "reporter 2: spam",
    ] {
        assert!(shown.contains(what), "{what}: {shown}");
    }
    let number = case.id.to_string();
    let decide = ["decide", &number, "agree", "--hide", "--clause", "2.1"];
    bob.is_told(
        &["decide", &number, "agree", "--clause", "9.99"],
        2,
        "2.1 to 2.10",
    );
    let decided = bob.does(&decide);
    assert!(
        decided.contains(&format!("#{id} is hidden")) && decided.contains("2.1"),
        "{decided}"
    );
    // Bob's own copy shows it without a sync, and what it says only when he asks.
    let named = format!("#{id}");
    let read = bob.does(&["read", &named]);
    assert!(
        read.contains("hidden by moderators") && !read.contains("fools"),
        "{read}"
    );
    let read = bob.does(&["read", &named, "--hidden"]);
    for what in ["You are all fools", "hidden by bob", "2.1"] {
        assert!(read.contains(what), "{what}: {read}");
    }
    let read = bob.does(&["read", &named, "--hidden", "--json"]);
    assert!(read.contains(r#""by_name":"bob""#), "{read}");
    let read = bob.does(&["read", &named, "--json"]);
    assert!(!read.contains("fools"), "{read}");
    dora.does(&["sync"]);
    dora.is_told(&["read", &named, "--hidden"], 3, "moderators");
    bob.is_told(&decide, 3, "space reports --all");
    bob.is_told(
        &[&decide[..], &["--revision", "1"]].concat(),
        1,
        "look at it again",
    );
    assert!(bob.does(&["reports"]).contains("no open reports"));

    // Everybody sees that it is hidden, and nobody what it says.
    for stream in &mut streams {
        let is_hidden = |row: &FeedRow| matches!(&row.body, Some(Body::Post(post)) if post.id == rude.id && post.is_hidden);
        let seen = until(stream, is_hidden).await;
        assert!(!format!("{seen:?}").contains("fools"), "{seen:?}");
    }
    dora.does(&["sync"]);
    let read = dora.does(&["read", &topic.to_string()]);
    assert!(
        read.contains("hidden by moderators") && !read.contains("fools"),
        "{read}"
    );
    dora.is_told(
        &["restore", &id],
        3,
        "owners, administrators and moderators",
    );
    let correct = [
        "decide",
        &number,
        "disagree",
        "--correct",
        "--note",
        "a joke",
    ];
    let corrected = bob.does(&correct);
    for what in ["shown again", "corrected since", "a joke", "hidden by bob"] {
        assert!(corrected.contains(what), "{what}: {corrected}");
    }
    dora.does(&["sync"]);
    assert!(dora.does(&["read", &topic.to_string()]).contains("fools"));
    bob.does(&["hide", &id, "--clause", "2.1", "--note", "again"]);
    bob.does(&["restore", &id]);
    let trail = bob.does(&["read", &named, "--hidden"]);
    for what in ["You are all fools", "again", "shown again by bob"] {
        assert!(trail.contains(what), "{what}: {trail}");
    }
    bob.is_told(&["hide", "999999"], 4, "look at the number");

    // Alive, the whole time.
    assert!(server.stop().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reports_are_told_to_moderators_and_to_nobody_else_on_sqlite() {
    tell(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reports_are_told_to_moderators_and_to_nobody_else_on_postgres() {
    tell(On::Postgres).await;
}
