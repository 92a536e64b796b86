// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a bridge adds: how much later a room on IRC has a post than a follower of the feed, beside how long the IRC server
//! itself takes from one client to another. Both are measured in turn, so that a busy machine slows them alike.

use std::time::{Duration, Instant};

use anyhow::Context;
use space_core::client::api::{Api, IdempotencyKey, Token};
use space_core::client::{FeedRequest, FeedStream};
use space_core::protocol::{CreateCategory, FeedMode, Kind, Reply, StartTopic};
use space_core::text::{Label, PostSource, Slug, TopicTitle};
use space_tests::irc::{Ircd, Kind as Server};
use space_tests::{BridgeSetup, Community, On};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use crate::machine;
use crate::report::{Goal, Report, side};
use crate::spread::Spread;

/// How often each is measured.
const TIMES: usize = 300;
/// What comes before: connections are made, caches are filled.
const WARM_UP: usize = 20;
/// Before each one: ngIRCd has no `TCP_NODELAY`, so a line waits until the one before it is acknowledged, which Linux puts off
/// for 40 ms. That is no time of the bridge's.
const REST: Duration = Duration::from_millis(60);
/// How long one thing may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Somebody on IRC.
struct Client {
    lines: tokio::io::Lines<BufReader<OwnedReadHalf>>,
    writer: OwnedWriteHalf,
}

impl Client {
    async fn enter(port: u16, nick: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let (reader, writer) = stream.into_split();
        let mut client = Self {
            lines: BufReader::new(reader).lines(),
            writer,
        };
        client
            .send(&format!("NICK {nick}\r\nUSER {nick} 0 * :{nick}"))
            .await?;
        client.wait_for(" 376 ").await?;
        client.send("JOIN #tea").await?;
        client.wait_for(" 366 ").await?;
        Ok(client)
    }

    async fn send(&mut self, line: &str) -> anyhow::Result<()> {
        Ok(self
            .writer
            .write_all(format!("{line}\r\n").as_bytes())
            .await?)
    }

    /// Waits for a line with a text; returns when it came.
    async fn wait_for(&mut self, text: &str) -> anyhow::Result<Instant> {
        let wait = async {
            while let Some(line) = self.lines.next_line().await? {
                if let Some(token) = line.strip_prefix("PING") {
                    let pong = format!("PONG{token}\r\n");
                    self.writer.write_all(pong.as_bytes()).await?;
                } else if line.contains(text) {
                    return anyhow::Ok(Instant::now());
                }
            }
            anyhow::bail!("the IRC server went away")
        };
        tokio::time::timeout(PATIENCE, wait)
            .await
            .with_context(|| format!("nobody said {text:?}"))?
    }
}

/// Waits until a follower of the feed has a post, the only one that is on its way; returns when it had.
async fn follower_has(feed: &mut FeedStream) -> anyhow::Result<Instant> {
    loop {
        let batch = tokio::time::timeout(PATIENCE, feed.next()).await??;
        let rows = batch.context("the feed ended")?.rows;
        if rows.iter().any(|row| row.kind == Kind::Post) {
            return Ok(Instant::now());
        }
    }
}

/// Measures what a bridge adds.
pub(crate) async fn measure(report: &mut Report) -> anyhow::Result<()> {
    report.group("a bridge to IRC (ngIRCd), unpaced, one post after another");
    let Some(ircd) = Ircd::start(Server::Ngircd) else {
        report.note("not measured: there is no ngircd");
        return Ok(());
    };
    let community = Community::new(On::Sqlite).context("SQLite is built in")?;
    let alice = community.member("alice", Some("owner"));
    community.run(&["member", "add", "bridge", "--kind", "bot", "--no-password"]);
    let token = community.run(&[
        "token", "create", "bridge", "--label", "irc", "--may", "read",
    ]);
    let server = community.server().set("log.filter", "warn").start();
    let api = Api::new(server.url(), Token::new(alice))?;
    let room = CreateCategory {
        parent: None,
        slug: Slug::parse("room")?,
        name: Label::parse("Room")?,
        about: None,
        colour: None,
        language: None,
        access: None,
    };
    let room = api.create_category(&room, &key("room")).await?;
    let topic = StartTopic {
        category: room.id,
        title: TopicTitle::parse("Tea at four")?,
        source: PostSource::parse("first")?,
        language: None,
        tags: space_core::Tags::default(),
        written_at: None,
    };
    let topic = api.start_topic(&topic, &key("topic")).await?.topic.id;
    let (mut ann, mut bob) = (
        Client::enter(ircd.port(), "ann").await?,
        Client::enter(ircd.port(), "bob").await?,
    );
    let mut bridge =
        BridgeSetup::new(community.folder(), token.trim()).start(server.url(), ircd.port());
    bridge.wait_for_log("mirroring room in #tea");
    bridge.wait_for_log("following");
    let mut since = None;
    let mut more = true;
    while more {
        let request = FeedRequest {
            since: since.clone(),
            ..FeedRequest::default()
        };
        let batch = api
            .feed(&request)
            .await?
            .next()
            .await?
            .context("there is a page")?;
        (since, more) = (Some(batch.cursor), batch.more);
    }
    let request = FeedRequest {
        since,
        mode: FeedMode::Follow,
        kinds: vec![Kind::Post],
        ..FeedRequest::default()
    };
    let mut feed = api.feed(&request).await?;

    let (mut floor, mut added) = (Vec::new(), Vec::new());
    for number in 0..WARM_UP + TIMES {
        let text = format!("floor {number}.");
        tokio::time::sleep(REST).await;
        let begun = Instant::now();
        ann.send(&format!("PRIVMSG #tea :{text}")).await?;
        let direct = bob.wait_for(&text).await? - begun;

        let line = format!("post {number}.");
        let reply = Reply {
            reply_to: None,
            source: PostSource::parse(&line)?,
            language: None,
            written_at: None,
        };
        tokio::time::sleep(REST).await;
        let (sent, followed, told) = (
            key(&format!("post-{number}")),
            follower_has(&mut feed),
            bob.wait_for(&line),
        );
        let (posted, followed, told) =
            tokio::join!(api.reply(topic, &reply, &sent), followed, told);
        posted?;
        if number >= WARM_UP {
            floor.push(direct);
            added.push(told?.saturating_duration_since(followed?));
        }
    }
    let (floor, added): (Spread, Spread) =
        (floor.into_iter().collect(), added.into_iter().collect());
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let of = |what: &str, time: Duration| side(ms(time), "ms", what);
    let beyond = |ours: Duration, floor: Duration| ours.saturating_sub(floor);
    report.ratio(
        "irc",
        &of("a room after a follower, p50", added.p50()),
        &of("client to client, p50", floor.p50()),
        Goal::None,
    );
    report.ratio(
        "irc",
        &of(
            "added beyond the floor, p50",
            beyond(added.p50(), floor.p50()),
        ),
        &side(5.0, "ms", "wanted"),
        Goal::AtMost(1.0),
    );
    report.ratio(
        "irc",
        &of(
            "added beyond the floor, p99",
            beyond(added.p99(), floor.p99()),
        ),
        &side(30.0, "ms", "wanted"),
        Goal::AtMost(1.0),
    );
    report.ratio(
        "irc",
        &side(
            machine::most_memory_mib(bridge.pid())?,
            "MiB",
            "most memory of the bridge",
        ),
        &side(40.0, "MiB", "wanted"),
        Goal::AtMost(1.0),
    );
    bridge.stop();
    Ok(())
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text).expect("a short word is a key")
}
