// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reads of topics with a token, against a server that says hello.

use std::sync::Arc;
use std::time::Duration;

use space_tests::Postgres;

use crate::house::{self, House};
use crate::http::{Connection, get};
use crate::library::Library;
use crate::limits::Hello;
use crate::load;
use crate::report::{Goal, Report, side};
use crate::spread::us;
use crate::texts::Writer;

/// How many clients read.
const CLIENTS: usize = 64;

/// Measures reads of the topics of a forum on SQLite.
pub(crate) async fn sqlite(
    report: &mut Report,
    library: &Library,
    hello: &Hello,
    time: Duration,
) -> anyhow::Result<()> {
    report.group(&format!("reads with a token, SQLite, {}", library.name));
    let topics: Vec<i64> = library
        .house
        .reader()?
        .prepare("select t.id from topic t join feed f on f.id = t.id and f.kind = 'topic' and f.scope = 'public'")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let server = library.house.serve();
    read(
        report,
        server.url(),
        &library.reader,
        topics,
        hello,
        time,
        0.10,
    )
    .await?;
    server.stop();
    Ok(())
}

/// Measures reads of topics on PostgreSQL: a few hundred that are made over HTTP.
pub(crate) async fn postgres(
    report: &mut Report,
    hello: &Hello,
    time: Duration,
) -> anyhow::Result<()> {
    let Some(database) = Postgres::database() else {
        return Ok(());
    };
    report.group("reads with a token, PostgreSQL, 200 topics of 8 posts");
    let house = House::new(Some(database.url()))?;
    let owner = house.token("owner")?;
    let server = house.serve();
    let mut connection = Connection::open(server.url()).await?;
    let category = house::category(&mut connection, &owner, "open", true).await?;
    let mut writer = Writer::new();
    let mut topics = Vec::new();
    for _ in 0..200 {
        let topic = house::topic(&mut connection, &owner, category, &writer.text()).await?;
        for _ in 1..8 {
            let body = serde_json::json!({"source": writer.text()}).to_string();
            let path = format!("/v1/topics/{topic}/posts");
            let ask = crate::http::order("POST", &path, &owner, &body);
            connection.ask(ask).await?.done()?;
        }
        topics.push(topic);
    }
    house.member("reader")?;
    let reader = house.token("reader")?;
    read(report, server.url(), &reader, topics, hello, time, 0.05).await?;
    server.stop();
    Ok(())
}

/// `least` is the goal of row 1; it is printed, not gated.
async fn read(
    report: &mut Report,
    url: &str,
    token: &str,
    topics: Vec<i64>,
    hello: &Hello,
    time: Duration,
    least: f64,
) -> anyhow::Result<()> {
    let paths: Arc<Vec<String>> = Arc::new(
        topics
            .iter()
            .map(|topic| format!("/v1/topics/{topic}"))
            .collect(),
    );
    for (what, paths) in [
        ("topics, 20 posts a page", paths),
        (
            "the list of topics",
            Arc::new(vec!["/v1/topics".to_owned()]),
        ),
    ] {
        let token: Arc<str> = token.into();
        let load = load::run(
            CLIENTS,
            time,
            |number| {
                let (paths, token) = (Arc::clone(&paths), Arc::clone(&token));
                async move { Ok((Connection::open(url).await?, number, paths, token)) }
            },
            |(mut connection, number, paths, token), at| async move {
                // Far from the last one each time, so that what is read is spread over the forum.
                let path = &paths[(number * 7_919 + at * 104_729) % paths.len()];
                connection.ask(get(path, &token)).await?.done()?;
                Ok((connection, number, paths, token))
            },
        )
        .await?;
        report.ratio(
            "1",
            &side(load.rate, "/s", format!("{what}, {CLIENTS} clients")),
            &side(hello.rate, "/s", "hello"),
            Goal::None,
        );
        report.note(format!(
            "wanted: {least}; p50 {:.0} us, p99 {:.0} us",
            us(load.spread.p50()),
            us(load.spread.p99())
        ));
    }
    Ok(())
}
