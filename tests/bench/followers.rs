// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Row 12: what a follower of the feed costs that waits, in each of the three forms.

use anyhow::{Context, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::feed;
use crate::house::House;
use crate::http::Connection;
use crate::machine;
use crate::report::{Goal, Report, side};

/// How many follow at the same time.
const FOLLOWERS: u16 = 2_000;
/// How many come and go before, so that what the server allocates once is not counted.
const WARM_UP: u16 = 200;

/// A form in which one can follow.
struct Form {
    name: &'static str,
    headers: &'static str,
    status: &'static str,
    wanted_kb: f64,
}

const FORMS: [Form; 3] = [
    Form {
        name: "WebSocket",
        headers: "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
                  sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        status: "HTTP/1.1 101 ",
        wanted_kb: 10.0,
    },
    Form {
        name: "server-sent events",
        headers: "accept: text/event-stream\r\n",
        status: "HTTP/1.1 200 ",
        wanted_kb: 30.0,
    },
    Form {
        name: "lines",
        headers: "",
        status: "HTTP/1.1 200 ",
        wanted_kb: 30.0,
    },
];

/// Measures the memory of followers that wait.
pub(crate) async fn measure(report: &mut Report) -> anyhow::Result<()> {
    report.group(&format!("{FOLLOWERS} followers that wait, SQLite"));
    let house = House::new(None)?;
    let token = house.token("owner")?;
    for form in &FORMS {
        // A server for each, so that none has what another left.
        let server = house.serve();
        let mut connection = Connection::open(server.url()).await?;
        let cursor = feed::end(&mut connection, &token).await?;
        drop(follow(server.url(), &token, &cursor, form, WARM_UP).await?);
        let before = machine::memory_kb(server.pid(), "RssAnon")?;
        let followers = follow(server.url(), &token, &cursor, form, FOLLOWERS).await?;
        let after = machine::memory_kb(server.pid(), "RssAnon")?;
        drop(followers);
        let each = f64::from(after.saturating_sub(before)) / f64::from(FOLLOWERS);
        report.ratio(
            "12",
            &side(each, "kB", format!("RssAnon each, {}", form.name)),
            &side(form.wanted_kb, "kB", "wanted"),
            Goal::AtMost(1.0),
        );
        server.stop();
    }
    Ok(())
}

/// Opens so many streams; each has been answered, and has got what there is.
async fn follow(
    url: &str,
    token: &str,
    cursor: &str,
    form: &Form,
    count: u16,
) -> anyhow::Result<Vec<TcpStream>> {
    let host = url.strip_prefix("http://").unwrap_or(url);
    let request = format!(
        "GET /v1/feed?mode=follow&since={cursor} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n{}\r\n",
        form.headers
    );
    let mut streams = Vec::with_capacity(count.into());
    for _ in 0..count {
        let mut stream = TcpStream::connect(host).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut head = Vec::with_capacity(1024);
        while !head.windows(4).any(|end| end == b"\r\n\r\n") {
            if stream.read_buf(&mut head).await? == 0 {
                bail!("a follower was sent away");
            }
        }
        let head = String::from_utf8(head).context("a head is text")?;
        if !head.starts_with(form.status) {
            bail!("a follower was answered: {head}");
        }
        streams.push(stream);
    }
    Ok(streams)
}
