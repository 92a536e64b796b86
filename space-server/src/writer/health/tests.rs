// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use serde_json::json;
use space_core::chain;

use crate::store::{Engine, Executor, Fault, StoreError};
use crate::testing::{Answer, House, On};
use crate::writer::commands::probe::Probe;
use crate::writer::{Command, Failure, Tx};

use super::Health;

fn failed(code: i32) -> StoreError {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None).into()
}

#[test]
fn fault_stays_until_a_write_gets_through() {
    let health = Health::default();
    health.failed(&failed(5));
    assert_eq!(
        health.fault(),
        None,
        "a lock that was held too long stops no other command"
    );
    health.failed(&failed(13));
    assert_eq!(health.clone().fault(), Some(Fault::Full));
    health.worked();
    assert_eq!(health.fault(), None);
}

/// Lets the file grow to so many pages, and no further; SQLite says then what it says on a full disk.
struct Room(i64);

impl Command for Room {
    type Reply = ();

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<(), Failure> {
        if let Executor::Sqlite(connection) = tx.x() {
            let set =
                connection.pragma_update_and_check(None, "max_page_count", self.0, |_| Ok(()));
            set.map_err(StoreError::from)?;
        }
        Ok(())
    }
}

async fn post(house: &House, topic: i64) -> Answer {
    let line = format!("POST /v1/topics/{topic}/posts");
    let body = json!({"source": "word ".repeat(6000)});
    house.ask("charlie", &line, Some(body), None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn full_disk_is_told_and_leaves_readiness_until_there_is_room() {
    let house = House::new(On::Sqlite).await.unwrap();
    let hall = house.category("hall", &["everyone start"]).await;
    let (topic, _) = house.topic("alice", hall, "Hello").await;
    assert!(house.get("nobody", "/readyz").await.status.is_success());

    house.app.writer.submit(Room(1)).await.unwrap();
    // The last page may have room for a word or two.
    let mut answer = post(&house, topic).await;
    for _ in 0..3 {
        if !answer.status.is_success() {
            break;
        }
        answer = post(&house, topic).await;
    }
    assert_eq!(answer.status.as_u16(), 503, "{}", answer.body);
    assert_eq!(answer.body["title"], "the disk of the server is full");
    assert!(
        answer.body["hint"]
            .as_str()
            .unwrap()
            .contains("idempotency key"),
        "{}",
        answer.body
    );
    let ready = house.get("nobody", "/readyz").await;
    assert_eq!(ready.status.as_u16(), 503);
    assert_eq!(ready.body["why"], "the disk of the server is full");
    assert_eq!(
        (&ready.body["store"], &ready.body["writer"]),
        (&json!(true), &json!(false))
    );
    assert!(house.app.writer.submit(Probe::Fill).await.is_err());
    assert_eq!(house.get("nobody", "/readyz").await.status.as_u16(), 503);
    // What is there can be read.
    house
        .get("charlie", &format!("/v1/topics/{topic}"))
        .await
        .ok();

    house.app.writer.submit(Room(1 << 30)).await.unwrap();
    house.app.writer.submit(Probe::Fill).await.unwrap();
    house.app.writer.submit(Probe::Clear).await.unwrap();
    assert!(house.get("nobody", "/readyz").await.status.is_success());
    post(&house, topic).await.ok();
    let left = house.app.store.read(|x| {
        Box::pin(async move {
            x.row("select count(*) from write_probe", &[], |row| row.i64(0))
                .await
        })
    });
    assert_eq!(left.await.unwrap(), Some(0));
}

/// The database is closed to new connections, and those that are open are cut.
async fn closed(house: &House, is_closed: bool) {
    let Engine::Postgres(postgres) = house.app.store.engine() else {
        unreachable!()
    };
    let (mut config, tls) = postgres.outside();
    let name = config.get_dbname().unwrap().to_owned();
    config.dbname("postgres");
    let (client, connection) = config.connect(tls).await.unwrap();
    let sql = format!(
        "alter database {name} with allow_connections {}; select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'",
        !is_closed
    );
    let work = async move {
        for statement in sql.split(';') {
            client
                .batch_execute(statement)
                .await
                .unwrap_or_else(|error| panic!("{}", chain(&error)));
        }
        drop(client);
    };
    let (ended, ()) = tokio::join!(connection, work);
    ended.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn database_that_is_away_is_told_and_comes_back() {
    let Some(house) = House::new(On::Postgres).await else {
        return;
    };
    let hall = house.category("hall", &["everyone start"]).await;
    let (topic, _) = house.topic("alice", hall, "Hello").await;
    closed(&house, true).await;
    // The first ones find connections that were cut.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    loop {
        let read = house.get("charlie", &format!("/v1/topics/{topic}")).await;
        assert_eq!(read.status.as_u16(), 503, "{}", read.body);
        assert!(
            !read.body.to_string().contains("idempotency"),
            "{}",
            read.body
        );
        let written = post(&house, topic).await;
        assert_eq!(written.status.as_u16(), 503, "{}", written.body);
        let title = "the server does not reach its database";
        if read.body["title"] == title && written.body["title"] == title {
            break;
        }
        assert!(
            std::time::Instant::now() < deadline,
            "{} {}",
            read.body,
            written.body
        );
    }
    let ready = house.get("nobody", "/readyz").await;
    assert_eq!(
        (ready.status.as_u16(), &ready.body["store"]),
        (503, &json!(false)),
        "{}",
        ready.body
    );
    closed(&house, false).await;
    post(&house, topic).await.ok();
    assert!(house.get("nobody", "/readyz").await.status.is_success());
}
