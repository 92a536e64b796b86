// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rows 13 and 14: how soon the server answers, and how much memory it takes.

use std::time::Instant;

use crate::feed;
use crate::http::{Connection, get};
use crate::library::Library;
use crate::machine;
use crate::report::{Report, side};
use crate::spread::Spread;

/// Measures starts, and memory.
pub(crate) async fn measure(report: &mut Report, library: &Library) -> anyhow::Result<()> {
    report.group(&format!("start and memory, SQLite, {}", library.name));
    let mut starts = Vec::new();
    let server = loop {
        let begun = Instant::now();
        let server = library.house.serve();
        let mut connection = Connection::open(server.url()).await?;
        connection
            .ask(get("/v1/topics", &library.reader))
            .await?
            .done()?;
        starts.push(begun.elapsed());
        if starts.len() == 7 {
            break server;
        }
        server.stop();
    };
    let starts: Spread = starts.into_iter().collect();
    let start = starts.p50().as_secs_f64() * 1e3;
    report.figure(
        "14",
        &side(start, "ms", "start to first answer, p50 (wanted: <= 100)"),
    );
    let memory = |what: &str| {
        let kb = machine::memory_kb(server.pid(), "RssAnon")?;
        anyhow::Ok(side(
            f64::from(kb) / 1024.0,
            "MiB",
            format!("RssAnon {what}"),
        ))
    };
    report.figure("13", &memory("idle (wanted: <= 20 MB)")?);
    let mut connection = Connection::open(server.url()).await?;
    for _ in 0..3 {
        feed::end(&mut connection, &library.reader).await?;
    }
    report.figure(
        "13",
        &memory("after three first syncs (wanted: <= 20 MB + page caches of 64 MiB)")?,
    );
    server.stop();
    Ok(())
}
