// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The limits that everything else is measured against, taken in the same run.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use axum::Router;
use axum::routing::get;

use crate::http::{Ask, Connection};
use crate::load;
use crate::report::{Report, side};
use crate::spread::{Spread, count, us};

/// The word that makes this program the server that says hello.
pub(crate) const HELLO: &str = "hello";

/// How often the disk is asked.
const SYNCS: usize = 1_500;

/// How many round trips are timed.
const TRIPS: usize = 3_000;

/// F: what the disk can do.
#[derive(Debug)]
pub(crate) struct Disk {
    /// How often a second it makes 4 KiB durable.
    pub(crate) rate: f64,
    pub(crate) spread: Spread,
}

/// Appends 4 KiB and waits for the disk, again and again, in the folder of the databases.
pub(crate) fn disk(folder: &Path) -> anyhow::Result<Disk> {
    let path = folder.join("limit");
    let mut file = File::create(&path)?;
    let block = [7_u8; 4096];
    let begun = Instant::now();
    let times = (0..SYNCS)
        .map(|_| {
            let one = Instant::now();
            file.write_all(&block)?;
            file.sync_data()?;
            Ok(one.elapsed())
        })
        .collect::<std::io::Result<Vec<_>>>()?;
    let rate = count(SYNCS) / begun.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(Disk {
        rate,
        spread: times.into_iter().collect(),
    })
}

/// H: what the same HTTP server can do when it has nothing to do.
#[derive(Debug)]
pub(crate) struct Hello {
    /// How many answers a second to 64 clients.
    pub(crate) rate: f64,
    /// How long one answer takes on a connection that is open.
    pub(crate) trip: Spread,
}

struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // Both fail when it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Measures a server that says hello, in a process of its own.
pub(crate) async fn hello(time: Duration) -> anyhow::Result<Hello> {
    let mut program = Program(
        Command::new(std::env::current_exe()?)
            .arg(HELLO)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?,
    );
    let out = program.0.stdout.take().context("its output is read")?;
    let mut url = String::new();
    BufReader::new(out).read_line(&mut url)?;
    let url = url.trim().to_owned();
    let ask = Ask {
        method: "GET",
        path: "/",
        ..Ask::default()
    };
    let mut connection = Connection::open(&url).await?;
    let mut times = Vec::with_capacity(TRIPS);
    for _ in 0..TRIPS {
        let begun = Instant::now();
        connection.ask(ask).await?.done()?;
        times.push(begun.elapsed());
    }
    let all = load::run(
        64,
        time,
        |_| Connection::open(&url),
        move |mut connection, _| async move {
            connection.ask(ask).await?.done()?;
            Ok(connection)
        },
    )
    .await?;
    Ok(Hello {
        rate: all.rate,
        trip: times.into_iter().collect(),
    })
}

/// Serves hello until it is killed; the first line of output is the address.
pub(crate) async fn serve_hello() -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/", get(|| async { "hello" }));
    Ok(axum::serve(listener, router).await?)
}

/// Prints the limits of this run.
pub(crate) fn report(report: &mut Report, disk: &Disk, hello: &Hello) {
    report.group("limits of this run");
    let (p50, p99) = (disk.spread.p50(), disk.spread.p99());
    report.figure("F", &side(disk.rate, "/s", "4 KiB made durable"));
    report.figure("F", &side(us(p50), "us", "the same, p50"));
    report.figure("F", &side(us(p99), "us", "the same, p99"));
    report.figure("H", &side(hello.rate, "/s", "hello, 64 clients"));
    report.figure(
        "H",
        &side(us(hello.trip.p50()), "us", "hello, one client, p50"),
    );
    if p99 >= p50 * 5 {
        report
            .note("the disk is uneven (p99 >= 5 p50): this run does not count for what is durable");
    }
}
