// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Row 4: the first sync of a whole forum, against reading its rows from the file and writing them as lines.

use std::time::{Duration, Instant};

use crate::bare;
use crate::feed;
use crate::http::Connection;
use crate::library::Library;
use crate::machine;
use crate::report::{Goal, Report, side};
use crate::spread::count;

/// How many rows a page has: what our client asks for.
const PAGE: usize = 2_000;

/// How often the whole forum is read: processor time is known in steps of 10 ms only.
const TIMES: u32 = 5;

/// What a first sync took.
struct Sync {
    time: Duration,
    /// Of the server.
    cpu: Duration,
    bytes: usize,
    rows: usize,
    pages: usize,
}

/// Measures the first sync.
pub(crate) async fn measure(report: &mut Report, library: &Library) -> anyhow::Result<()> {
    report.group(&format!("first sync of {}", library.name));
    let server = library.house.serve();
    let mut connection = Connection::open(server.url()).await?;
    let mut sync = async |encoding: Option<&str>| {
        // Once to warm up, and for what is counted.
        let mut bytes = 0;
        let mut rows = 0;
        let mut pages = 0;
        let mut since: Option<String> = None;
        loop {
            let page = feed::page(
                &mut connection,
                &library.reader,
                since.as_deref(),
                Some(PAGE),
                encoding,
            )
            .await?;
            bytes += page.bytes;
            rows += page.rows();
            pages += 1;
            since = Some(page.cursor);
            if !page.more {
                break;
            }
        }
        let (begun, before) = (Instant::now(), machine::cpu(server.pid())?);
        for _ in 0..TIMES {
            raw(&mut connection, &library.reader, encoding).await?;
        }
        anyhow::Ok(Sync {
            time: begun.elapsed() / TIMES,
            cpu: machine::cpu(server.pid())?.saturating_sub(before) / TIMES,
            bytes,
            rows,
            pages,
        })
    };
    let plain = sync(None).await?;
    let zstd = sync(Some("zstd")).await?;

    let db = library.house.reader()?;
    let (mut read, mut both, mut compress) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let (mut lines, mut compressed) = (0, 0);
    let mut out = Vec::new();
    // The first time warms up.
    for at in 0..=TIMES {
        let begun = machine::own_cpu()?;
        lines = 0;
        bare::everything(&db, &mut |_| {
            lines += 1;
            Ok(())
        })?;
        let after_read = machine::own_cpu()?;
        // Each row is written as it is read, and the buffer is there already: nothing is cheaper.
        out.clear();
        bare::everything(&db, &mut |row| Ok(row.write(&mut out)?))?;
        let after_encode = machine::own_cpu()?;
        compressed = 0;
        for page in out.chunks(out.len().div_ceil(zstd.pages)) {
            compressed += zstd::bulk::compress(page, 3)?.len();
        }
        let after_compress = machine::own_cpu()?;
        if at > 0 {
            read += after_read.saturating_sub(begun) / TIMES;
            both += after_encode.saturating_sub(after_read) / TIMES;
            compress += after_compress.saturating_sub(after_encode) / TIMES;
        }
    }
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    report.note(format!(
        "{} rows in {} pages; the bare side has {lines} rows: read {:.0} ms, read and encode {:.0} ms, zstd-3 {:.0} ms ({compressed} B)",
        plain.rows,
        plain.pages,
        ms(read),
        ms(both),
        ms(compress)
    ));
    let bare = side(ms(both), "ms", "read and encode");
    for (how, sync) in [("plain", &plain), ("zstd", &zstd)] {
        report.figure(
            "4",
            &side(sync.time.as_secs_f64(), "s", format!("first sync, {how}")),
        );
        report.figure(
            "4",
            &side(count(sync.bytes) / 1e6, "MB", format!("bytes, {how}")),
        );
    }
    let cpu = |sync: &Sync, how| {
        side(
            ms(sync.cpu),
            "ms",
            format!("server's processor time, {how}"),
        )
    };
    report.ratio("4", &cpu(&plain, "plain"), &bare, Goal::AtMost(3.0));
    report.ratio("4", &cpu(&zstd, "zstd"), &bare, Goal::AtMost(3.0));
    let all = side(ms(both + compress), "ms", "read, encode, compress");
    report.ratio("4", &cpu(&zstd, "zstd"), &all, Goal::None);
    let texts = bare::sum_of_texts(&db)?;
    report.ratio(
        "4",
        &side(count(zstd.bytes), "B", "bytes, zstd"),
        &side(texts, "B", "all texts"),
        Goal::AtMost(0.4),
    );
    server.stop();
    Ok(())
}

/// Reads everything and looks at nothing but the cursors.
async fn raw(
    connection: &mut Connection,
    token: &str,
    encoding: Option<&str>,
) -> anyhow::Result<()> {
    let mut since: Option<String> = None;
    loop {
        let page = feed::page(connection, token, since.as_deref(), Some(PAGE), encoding).await?;
        if !page.more {
            return Ok(());
        }
        since = Some(page.cursor);
    }
}
