// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A category in a room on a real IRC server, watched by somebody who knows nothing of the bridge.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use space_core::client::api::{Api, Token};
use space_core::protocol::{HidePost, Reply};
use space_core::text::PostSource;
use space_core::{CategoryId, Post, TopicId};

use super::{Ircd, Kind, Watcher};
use crate::hall::{category, key, topic};
use crate::{Bridge, BridgeSetup, Community, On, Server};

/// The room.
pub const ROOM: &str = "#tea";
/// What the bridge is called in it.
pub const BOT: &str = "space";

/// A server with a category `room` and a topic in it, an IRC server, a bridge between them, and somebody in the room.
#[derive(Debug)]
pub struct Story {
    /// The bridge; nothing while it is away.
    pub bridge: Option<Bridge>,
    /// Its server; nothing while it is away.
    pub server: Option<Server>,
    /// How the bridge is started.
    pub setup: BridgeSetup,
    /// The IRC server.
    pub ircd: Ircd,
    /// Somebody in the room, who came first and so is its operator.
    pub ann: Watcher,
    /// The server, as alice sees it, who owns the space.
    pub api: Api,
    /// The server, as a moderator sees it.
    pub moderator: Api,
    /// A topic in the category.
    pub topic: TopicId,
    port: String,
    /// The space.
    pub community: Community,
    /// What questions to the server are asked on.
    pub runtime: tokio::runtime::Runtime,
}

impl Story {
    /// Begins a story on an IRC server of this kind; `None` when there is none, which is said and counted.
    ///
    /// # Panics
    ///
    /// When it cannot begin.
    #[track_caller]
    pub fn new(kind: Kind, configure: impl Fn(BridgeSetup) -> BridgeSetup) -> Option<Self> {
        let ircd = Ircd::start(kind)?;
        let mut story = Self::without_bridge(ircd, configure);
        story.start_bridge();
        let bridge = story.bridge.as_mut().unwrap();
        bridge.wait_for_log("mirroring room in #tea");
        Some(story)
    }

    /// Begins a story in which the bridge has not been started yet.
    ///
    /// # Panics
    ///
    /// When it cannot begin.
    #[track_caller]
    pub fn without_bridge(ircd: Ircd, configure: impl Fn(BridgeSetup) -> BridgeSetup) -> Self {
        let community = Community::new(On::Sqlite).unwrap();
        let alice = community.member("alice", Some("owner"));
        let moderator = community.member("mo", Some("moderator"));
        community.run(&["member", "add", "bridge", "--kind", "bot", "--no-password"]);
        let may = "read,relay:write,report:create";
        let token = community.run(&["token", "create", "bridge", "--label", "irc", "--may", may]);
        let server = community.server().start();
        let port = server.url().rsplit_once(':').unwrap().1.to_owned();
        let api = |token: &str| Api::new(server.url(), Token::new(token.trim())).unwrap();
        let (alice, moderator) = (api(&alice), api(&moderator));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let (_room, topic): (CategoryId, TopicId) = runtime.block_on(async {
            let room = category(&alice, "room", None).await;
            (room, topic(&alice, room, "Tea at four").await)
        });
        let setup = configure(BridgeSetup::new(community.folder(), token.trim()));
        let ann = Watcher::enter(ircd.port(), "ann", ROOM);
        Self {
            community,
            server: Some(server),
            setup,
            bridge: None,
            ircd,
            ann,
            api: alice,
            moderator,
            topic,
            port,
            runtime,
        }
    }

    /// Returns what the bridge says of itself.
    ///
    /// # Panics
    ///
    /// When it says nothing.
    #[track_caller]
    pub fn status(&self) -> String {
        self.try_status()
            .unwrap_or_else(|why| panic!("space-bridge status: {why}"))
    }

    fn try_status(&self) -> Result<String, String> {
        let done = std::process::Command::new(crate::binary("space-bridge"))
            .args(["status", "--config"])
            .arg(self.community.folder().join("bridge.toml"))
            .output()
            .unwrap();
        if done.status.success() {
            Ok(String::from_utf8(done.stdout).unwrap())
        } else {
            Err(String::from_utf8_lossy(&done.stderr).into_owned())
        }
    }

    /// Returns the exit code of `space-bridge status`, what it says, and its complaint.
    ///
    /// # Panics
    ///
    /// When it cannot be run.
    pub fn asks_status(&self, more: &[&str]) -> (Option<i32>, String, String) {
        let done = std::process::Command::new(crate::binary("space-bridge"))
            .args(["status", "--config"])
            .arg(self.community.folder().join("bridge.toml"))
            .args(more)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (done.status.code(), text(&done.stdout), text(&done.stderr))
    }

    /// Waits until the bridge says something of itself.
    ///
    /// # Panics
    ///
    /// When it never does.
    #[track_caller]
    pub fn waits_for_status(&self, what: &str) -> String {
        let deadline = std::time::Instant::now() + super::DEADLINE;
        loop {
            // A bridge that has just been started has no memory yet.
            let status = self.try_status().unwrap_or_else(|why| why);
            if status.contains(what) {
                return status;
            }
            assert!(
                std::time::Instant::now() < deadline,
                "space-bridge never says {what:?}: {status}"
            );
            std::thread::park_timeout(std::time::Duration::from_millis(20));
        }
    }

    /// Posts; on a server that is just coming back, again until it is there.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn post(&self, text: &str) -> Post {
        self.runtime.block_on(async {
            let reply = Reply {
                reply_to: None,
                source: PostSource::parse(text).unwrap(),
                language: None,
                written_at: None,
            };
            let key = key(&format!("{:016x}", hash(text)));
            loop {
                match self.api.reply(self.topic, &reply, &key).await {
                    Ok(post) => return post,
                    Err(error) if error.is_retryable() => {}
                    Err(error) => panic!("{error}"),
                }
            }
        })
    }

    /// Hides a post.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn hide(&self, post: &Post) {
        let hide = HidePost::default();
        let key = key(&format!("hide-{}", post.id));
        self.runtime
            .block_on(self.moderator.hide_post(post.id, &hide, &key))
            .unwrap();
    }

    /// Ends the bridge at once, and starts it again.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn kill_bridge(&mut self) {
        self.bridge.take().unwrap().kill9();
        self.start_bridge();
    }

    /// Starts the bridge, and waits until it is in the room.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn start_bridge(&mut self) {
        self.bridge = Some(self.setup.start(&self.url(), self.ircd.port()));
    }

    /// Starts the bridge, and does not wait.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn start_bridge_alone(&mut self) {
        self.bridge = Some(self.setup.start_alone(&self.url(), self.ircd.port()));
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends the server at once, and starts it again.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn kill_server(&mut self) {
        self.server.take().unwrap().kill9();
        let bind = format!("127.0.0.1:{}", self.port);
        self.server = Some(self.community.server().set("http.bind", &bind).start());
    }

    /// Ends the IRC server at once, and starts it again; everybody comes back.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn kill_ircd(&mut self) {
        let times = self
            .bridge
            .as_ref()
            .unwrap()
            .log()
            .matches("story: in #tea")
            .count();
        self.ircd.kill9();
        self.ircd.come_back();
        self.ann.come_back();
        let bridge = self.bridge.as_mut().unwrap();
        bridge.wait_for_log_times("story: in #tea", times + 1);
    }

    /// Returns the numbers of the posts that the room was told, line by line.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn told(&self) -> Vec<i64> {
        self.ann
            .told_by(BOT)
            .iter()
            .map(|line| line[1..].split_once(' ').unwrap().0.parse().unwrap())
            .collect()
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
