// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rows 7 and 8: durable writes over HTTP, against what the disk and a plain database can do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use space_core::client::api::IdempotencyKey;
use space_core::{Entropy, Timestamp};
use space_tests::Postgres;
use tokio_postgres::NoTls;

use crate::house::{self, House};
use crate::http::{Ask, Connection};
use crate::limits;
use crate::load::{self, Load};
use crate::report::{Goal, Report, side};
use crate::spread::us;
use crate::texts::Writer;

/// How many members write.
const MEMBERS: usize = 8;

/// How many clients at most.
const CLIENTS: usize = 64;

/// A space in which clients reply.
struct Scene {
    url: String,
    tokens: Vec<String>,
    topics: Vec<i64>,
    texts: Vec<String>,
    keys: Keys,
}

/// Draws keys; numbers that do not repeat are random enough here, and any clock that goes is one.
struct Keys {
    began: Instant,
    drawn: AtomicU64,
}

impl Keys {
    fn new() -> Self {
        Self {
            began: Instant::now(),
            drawn: AtomicU64::new(0),
        }
    }

    fn draw(&self) -> IdempotencyKey {
        let millis = i64::try_from(self.began.elapsed().as_millis()).unwrap_or(0);
        IdempotencyKey::draw(Timestamp::from_millis(millis), self)
    }
}

impl Entropy for Keys {
    fn fill(&self, bytes: &mut [u8]) {
        let number = self.drawn.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        for (byte, from) in bytes.iter_mut().rev().zip(number.iter().rev()) {
            *byte = *from;
        }
    }
}

impl Scene {
    async fn new(house: &House, url: &str) -> anyhow::Result<Self> {
        let mut tokens = Vec::new();
        for number in 0..MEMBERS {
            let name = format!("member{number}");
            house.member(&name)?;
            tokens.push(house.token(&name)?);
        }
        let owner = house.token("owner")?;
        let mut connection = Connection::open(url).await?;
        let category = house::category(&mut connection, &owner, "open", true).await?;
        let mut writer = Writer::new();
        let mut topics = Vec::new();
        for _ in 0..CLIENTS {
            topics.push(house::topic(&mut connection, &owner, category, "Welcome.").await?);
        }
        let texts = (0..500)
            .map(|_| serde_json::json!({ "source": writer.text() }).to_string())
            .collect();
        Ok(Self {
            url: url.to_owned(),
            tokens,
            topics,
            texts,
            keys: Keys::new(),
        })
    }

    /// Lets clients reply, each in a topic of its own, every reply under a key of its own.
    async fn reply(self: &Arc<Self>, clients: usize, time: Duration) -> anyhow::Result<Load> {
        load::run(
            clients,
            time,
            |number| {
                let scene = Arc::clone(self);
                async move { Ok((Connection::open(&scene.url).await?, number, scene)) }
            },
            move |(mut connection, number, scene), at| async move {
                let path = format!("/v1/topics/{}/posts", scene.topics[number]);
                // Keys as our own clients draw them: they rise with time.
                let key = scene.keys.draw();
                let ask = Ask {
                    method: "POST",
                    path: &path,
                    token: Some(&scene.tokens[number % MEMBERS]),
                    key: Some(key.as_str()),
                    body: Some(&scene.texts[(number * 31 + at) % scene.texts.len()]),
                    ..Ask::default()
                };
                connection.ask(ask).await?.done()?;
                Ok((connection, number, scene))
            },
        )
        .await
    }
}

/// Measures replies on SQLite.
pub(crate) async fn sqlite(report: &mut Report, time: Duration) -> anyhow::Result<()> {
    report.group("durable writes over HTTP, SQLite");
    let house = House::new(None)?;
    let server = house.serve();
    let scene = Arc::new(Scene::new(&house, server.url()).await?);
    let mut acknowledged = 0;
    for (clients, least) in [(1, 0.3), (16, 2.0), (CLIENTS, 4.0)] {
        // The disk is looked at right before and after: shared disks change their mind.
        let before = limits::disk(house.folder())?;
        let load = scene.reply(clients, time).await?;
        let after = limits::disk(house.folder())?;
        acknowledged += load.done;
        let disk = side(before.rate.midpoint(after.rate), "/s", "F");
        let what = format!("replies, {clients} clients");
        report.ratio(
            "7",
            &side(load.rate, "/s", what),
            &disk,
            Goal::AtLeast(least),
        );
        report.note(format!(
            "p50 {:.0} us, p99 {:.0} us",
            us(load.spread.p50()),
            us(load.spread.p99())
        ));
    }
    server.kill9();
    let kept: usize =
        house
            .reader()?
            .query_row("select count(*) from post where number > 1", [], |row| {
                row.get(0)
            })?;
    report.note(format!(
        "{acknowledged} replies were acknowledged; after a kill the file has {kept}"
    ));
    Ok(())
}

/// Measures replies on PostgreSQL.
pub(crate) async fn postgres(report: &mut Report, time: Duration) -> anyhow::Result<()> {
    let (Some(plain), Some(database)) = (Postgres::database(), Postgres::database()) else {
        return Ok(());
    };
    report.group("durable writes over HTTP, PostgreSQL");
    let house = House::new(Some(database.url()))?;
    let server = house.serve();
    let scene = Arc::new(Scene::new(&house, server.url()).await?);
    plain.query("create table plain (id bigint generated always as identity primary key, body text not null)");
    for (clients, goal) in [(1, Goal::None), (16, Goal::AtLeast(0.15))] {
        let inserts = inserts(plain.url(), clients, time).await?;
        let load = scene.reply(clients, time).await?;
        let what = format!("replies, {clients} clients");
        let theirs = format!("plain inserts, {clients} clients");
        report.ratio(
            "8",
            &side(load.rate, "/s", what),
            &side(inserts.rate, "/s", theirs),
            goal,
        );
        report.note(format!(
            "p50 {:.0} us, p99 {:.0} us",
            us(load.spread.p50()),
            us(load.spread.p99())
        ));
    }
    server.stop();
    Ok(())
}

/// Measures inserts of one short row, each durable on its own, each client on a connection of its own.
async fn inserts(url: &str, clients: usize, time: Duration) -> anyhow::Result<Load> {
    let body = "x".repeat(crate::texts::MEAN);
    let mut drivers = tokio::task::JoinSet::new();
    load::run(
        clients,
        time,
        |_| {
            let (connecting, drivers) = (tokio_postgres::connect(url, NoTls), &mut drivers);
            // The connection is driven by a task of its own; it ends with its client.
            let (body, spawn) = (body.clone(), drivers);
            let (made, driver) = tokio::sync::oneshot::channel();
            spawn.spawn(async move {
                if let Ok(driver) = driver.await {
                    let driver: tokio_postgres::Connection<_, tokio_postgres::tls::NoTlsStream> =
                        driver;
                    let _ = driver.await;
                }
            });
            async move {
                let (client, driver) = connecting.await?;
                let _ = made.send(driver);
                let statement = client
                    .prepare("insert into plain (body) values ($1)")
                    .await?;
                Ok((client, statement, body))
            }
        },
        |(client, statement, body), _| async move {
            client.execute(&statement, &[&body]).await?;
            Ok((client, statement, body))
        },
    )
    .await
}
