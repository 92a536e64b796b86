// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The console against a real server: from the start, from now on, across restarts and kills.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use space_core::client::api::{Api, IdempotencyKey, Token};
use space_core::protocol::{CreateCategory, EditPost, Reply, StartTopic};
use space_core::text::{Label, PostSource, Slug, TopicTitle};
use space_core::{CategoryId, Post, PostId, Tags, TopicId};
use space_tests::{Community, On, Server};
use tempfile::TempDir;

const BRIDGE: &str = env!("CARGO_BIN_EXE_space-bridge");

/// A server with a category, a topic in it, and somebody who writes.
struct Story {
    community: Community,
    server: Server,
    api: Api,
    topic: TopicId,
    first: PostId,
    runtime: tokio::runtime::Runtime,
    folder: TempDir,
}

impl Story {
    fn new() -> Self {
        let community = Community::new(On::Sqlite).unwrap();
        let token = community.member("alice", Some("owner"));
        let server = community.server().start();
        let api = Api::new(server.url(), Token::new(token)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let category = |slug: &str| CreateCategory {
            parent: None,
            slug: Slug::parse(slug).unwrap(),
            name: Label::parse(slug).unwrap(),
            about: None,
            colour: None,
            language: None,
            access: None,
        };
        let (topic, first) = runtime.block_on(async {
            let room = api
                .create_category(&category("room"), &key("room"))
                .await
                .unwrap();
            let other = api
                .create_category(&category("other"), &key("other"))
                .await
                .unwrap();
            start(&api, other.id, "Elsewhere", "not for this room").await;
            start(&api, room.id, "Tea at four", "Who **comes**?").await
        });
        Self {
            community,
            server,
            api,
            topic,
            first,
            runtime,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn post(&self, text: &str) -> Post {
        let reply = Reply {
            reply_to: None,
            source: PostSource::parse(text).unwrap(),
            language: None,
            written_at: None,
        };
        let key = key(&format!("{:016x}", hash(text)));
        let post = || {
            self.runtime
                .block_on(self.api.reply(self.topic, &reply, &key))
        };
        match post() {
            // A connection from before the server was started again.
            Err(error) if error.is_retryable() => post().unwrap(),
            done => done.unwrap(),
        }
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state.json")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BRIDGE);
        command
            .args(["console", "--server", self.server.url()])
            .args(["--category", "room", "--state"])
            .arg(self.state())
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    /// Runs the console until it has told everything; returns its lines.
    #[track_caller]
    fn told(&self, arguments: &[&str]) -> Vec<String> {
        let done = self.command(arguments).arg("--once").output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}");
        let lines = String::from_utf8(done.stdout).unwrap();
        lines.lines().map(str::to_owned).collect()
    }
}

async fn start(api: &Api, category: CategoryId, title: &str, text: &str) -> (TopicId, PostId) {
    let topic = StartTopic {
        category,
        title: TopicTitle::parse(title).unwrap(),
        source: PostSource::parse(text).unwrap(),
        language: None,
        tags: Tags::default(),
        written_at: None,
    };
    let started = api.start_topic(&topic, &key(title)).await.unwrap();
    (started.topic.id, started.post.id)
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text.replace(' ', "-")).unwrap()
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn line(post: PostId, text: &str) -> String {
    format!("#{post} alice in \"Tea at four\": {text}")
}

/// A console that follows; killed when it goes.
struct Following {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Following {
    fn start(story: &Story, arguments: &[&str]) -> Self {
        let mut child = story
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // It says on standard error when it follows.
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let begun = said.find(|line| line.as_ref().is_ok_and(|line| line.contains("following")));
        assert!(begun.is_some(), "it ended before it followed");
        // What it says later is read too, or it would wait for somebody to.
        std::thread::spawn(move || said.count());
        Self { child, lines }
    }

    fn next(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn from_the_start_it_tells_everything_once() {
    let story = Story::new();
    let second = story.post("I do.").id;
    assert_eq!(
        story.told(&["--from-start"]),
        [line(story.first, "Who comes?"), line(second, "I do.")]
    );
    assert_eq!(story.told(&["--from-start"]), [""; 0]);
    let third = story.post("Me too!").id;
    assert_eq!(story.told(&[]), [line(third, "Me too!")]);
}

#[test]
fn without_that_it_begins_now() {
    let story = Story::new();
    assert_eq!(story.told(&[]), [""; 0]);
    let second = story.post("I do.").id;
    assert_eq!(story.told(&[]), [line(second, "I do.")]);
}

#[test]
fn an_edit_is_no_new_post() {
    let story = Story::new();
    let post = story.post("I do.");
    assert_eq!(story.told(&["--from-start"]).len(), 2);
    let edit = EditPost {
        revision: post.revision,
        source: PostSource::parse("I do not.").unwrap(),
    };
    story
        .runtime
        .block_on(story.api.edit_post(post.id, &edit, &key("edit")))
        .unwrap();
    assert_eq!(story.told(&[]), [""; 0]);
}

#[test]
fn a_post_edited_before_it_was_read_is_told_in_its_turn() {
    let story = Story::new();
    assert_eq!(story.told(&[]), [""; 0]);
    let (early, late) = (story.post("early"), story.post("late"));
    let edit = EditPost {
        revision: early.revision,
        source: PostSource::parse("early, edited").unwrap(),
    };
    story
        .runtime
        .block_on(story.api.edit_post(early.id, &edit, &key("edit")))
        .unwrap();
    assert_eq!(
        story.told(&[]),
        [line(early.id, "early, edited"), line(late.id, "late")]
    );
}

#[test]
fn killed_and_started_again_it_goes_on_where_it_was() {
    let story = Story::new();
    let mut following = Following::start(&story, &["--from-start"]);
    assert_eq!(following.next(), line(story.first, "Who comes?"));
    let second = story.post("I do.").id;
    assert_eq!(following.next(), line(second, "I do."));
    // The line is noted right after it is written; the kill must not come in between.
    wait_for_note(&story.state(), second);
    following.kill();

    let (third, fourth) = (story.post("three").id, story.post("four").id);
    let mut following = Following::start(&story, &[]);
    assert_eq!(following.next(), line(third, "three"));
    assert_eq!(following.next(), line(fourth, "four"));
}

#[test]
fn it_goes_on_when_the_server_comes_back() {
    let mut story = Story::new();
    let port = story.server.url().rsplit_once(':').unwrap().1.to_owned();
    let mut following = Following::start(&story, &[]);
    let second = story.post("before").id;
    assert_eq!(following.next(), line(second, "before"));
    let builder = story
        .community
        .server()
        .set("http.bind", &format!("127.0.0.1:{port}"));
    story.server.stop();
    story.server = builder.start();
    let third = story.post("after").id;
    assert_eq!(following.next(), line(third, "after"));
}

#[test]
fn what_a_terminal_would_obey_does_not_come_through() {
    let story = Story::new();
    assert_eq!(story.told(&[]), [""; 0]);
    story.post("a `\u{202e}b` c");
    let told = story.told(&[]);
    assert_eq!(told.len(), 1);
    assert!(!told[0].contains('\u{202e}'), "{told:?}");
}

#[test]
fn a_category_that_is_not_there_is_refused_with_those_that_are() {
    let story = Story::new();
    let done = Command::new(BRIDGE)
        .args(["console", "--server", story.server.url()])
        .args(["--category", "rooom", "--once", "--state"])
        .arg(story.state())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(3));
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.contains("there is no category \"rooom\""), "{said}");
    assert!(said.contains("one of: other, room"), "{said}");
}

/// Waits until the state file says that a post was dealt with.
fn wait_for_note(state: &Path, post: PostId) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_mins(1);
    let note = format!("\"last_post\": {post}");
    while !std::fs::read_to_string(state).is_ok_and(|text| text.contains(&note)) {
        assert!(
            std::time::Instant::now() < deadline,
            "the post is not noted"
        );
        std::thread::yield_now();
    }
}
