// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rows 5 and 11: filling a client's replica and importing a forum, against the least that both could do: putting
//! the same texts into a table and a full-text index.

use std::io::Read;
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use rusqlite::{Connection, params};
use serde::Deserialize;
use space_core::Timestamp;
use space_core::client::replica::TopicQuery;
use space_core::client::sync::{Window, sync_once};
use space_core::client::{Api, Outbox, Replica, Token};
use space_core::protocol::{Body, FeedRow};
use space_core::time::Clock;

use crate::bare;
use crate::house::House;
use crate::library::Library;
use crate::report::{Goal, Report, side};
use crate::spread::{Spread, count, us};

/// How often each side is timed.
const TIMES: usize = 3;

/// How long a screen of 60 frames a second has for one.
const FRAME: Duration = Duration::from_millis(16);

/// How long the reader at the screen waits between two looks.
const LOOK: Duration = Duration::from_millis(50);

/// Time stands still: a filling asks for it only to guess how much is left.
#[derive(Debug)]
struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000)
    }
}

/// Measures how a client fills its replica, and whether the screen can be used meanwhile.
pub(crate) async fn replica(report: &mut Report, library: &Library) -> anyhow::Result<()> {
    report.group(&format!("filling a replica with {}", library.name));
    fill_and_insert(report, &library.house, &library.reader, TIMES).await
}

/// Measures the same on a forum of many posts.
pub(crate) async fn replica_large(report: &mut Report, posts: usize) -> anyhow::Result<()> {
    let library = Library::made_up(posts).await?;
    report.group(&format!("filling a replica with {}", library.name));
    fill_and_insert(report, &library.house, &library.reader, 1).await
}

async fn fill_and_insert(
    report: &mut Report,
    house: &House,
    reader: &str,
    times: usize,
) -> anyhow::Result<()> {
    let server = house.serve();
    let mut texts = Vec::new();
    bare::everything(&house.reader()?, &mut |row| {
        texts.push(row);
        Ok(())
    })?;
    let posts = posts(&texts);
    let (mut whole, mut bare_times) = (Vec::new(), Vec::new());
    let (mut rows, mut looks) = (0, Vec::new());
    let mut bytes = 0;
    for _ in 0..times {
        let folder = tempfile::tempdir()?;
        let token = Token::new(reader).context("the token is one")?;
        let api = Api::new(server.url(), Some(token))?;
        let file = folder.path().join("replica.db");
        let filled = fill(&api, &file).await?;
        bytes = std::fs::metadata(&file)?.len();
        rows = filled.rows;
        whole.push(filled.time);
        looks.extend(filled.looks);
        bare_times.push(insert(&folder.path().join("bare.db"), &posts)?);
    }
    let (whole, bare) = (Spread::from_iter(whole), Spread::from_iter(bare_times));
    report.ratio(
        "5",
        &side(
            whole.p50().as_secs_f64(),
            "s",
            format!("empty replica to {rows} rows, over HTTP, searchable"),
        ),
        &side(
            bare.p50().as_secs_f64(),
            "s",
            "bare insert and full-text index",
        ),
        Goal::AtMost(2.5),
    );
    let looks = Spread::from_iter(looks);
    report.ratio(
        "5",
        &side(
            us(looks.p99()) / 1e3,
            "ms",
            format!(
                "a page of topics while it fills, p50 {:.1} ms, p99",
                us(looks.p50()) / 1e3
            ),
        ),
        &side(us(FRAME) / 1e3, "ms", "one frame"),
        Goal::AtMost(1.0),
    );
    report.note(format!(
        "the slowest of the looks at it took {:.0} ms; the replica has {:.0} MB",
        us(looks.most()) / 1e3,
        count(usize::try_from(bytes)?) / 1e6
    ));
    server.stop();
    Ok(())
}

/// What came of filling.
struct Filled {
    time: Duration,
    rows: usize,
    /// How long a look at the latest topics took meanwhile, each.
    looks: Vec<Duration>,
}

/// Fills a replica as the terminal does: the newest first. Meanwhile another thread looks at the latest topics, over and
/// over, as a screen would.
async fn fill(api: &Api, path: &Path) -> anyhow::Result<Filled> {
    let begun = Instant::now();
    let mut replica = Replica::open(path)?;
    let mut outbox = Outbox::open(path)?;
    let (end, ended) = mpsc::channel::<()>();
    let file = path.to_owned();
    let looker = std::thread::spawn(move || look(&file, &ended));
    let done = sync_once(
        api,
        &mut replica,
        &mut outbox,
        &Still,
        Window::Whole,
        &mut |_| (),
    )
    .await?;
    let time = begun.elapsed();
    drop(end);
    let looks = looker
        .join()
        .map_err(|_| anyhow!("the thread that looked has failed"))??;
    Ok(Filled {
        time,
        rows: done.rows,
        looks,
    })
}

/// Looks at the latest topics until the other end is gone.
fn look(file: &Path, ended: &mpsc::Receiver<()>) -> anyhow::Result<Vec<Duration>> {
    let replica = Replica::open(file)?;
    let query = TopicQuery {
        limit: 40,
        ..TopicQuery::default()
    };
    let mut looks = Vec::new();
    while ended.recv_timeout(LOOK) == Err(mpsc::RecvTimeoutError::Timeout) {
        let begun = Instant::now();
        replica.topics(&query)?;
        looks.push(begun.elapsed());
    }
    Ok(looks)
}

fn posts(rows: &[FeedRow]) -> Vec<(i64, i64, &str)> {
    rows.iter()
        .filter_map(|row| match &row.body {
            Some(Body::Post(post)) => Some((post.id.get(), post.topic.get(), &*post.source)),
            _ => None,
        })
        .collect()
}

/// Puts texts into a table and a full-text index, in one transaction.
fn insert(path: &Path, texts: &[(i64, i64, &str)]) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let mut db = Connection::open(path)?;
    db.pragma_update(None, "journal_mode", "wal")?;
    db.execute_batch(
        "create table post (id integer primary key, topic integer not null, source text not null);
         create index post_topic on post (topic);
         create virtual table post_text using fts5(
             body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
         );",
    )?;
    let tx = db.transaction()?;
    {
        let mut post = tx.prepare("insert into post values (?1, ?2, ?3)")?;
        let mut text = tx.prepare("insert into post_text (rowid, body) values (?1, ?2)")?;
        for (id, topic, source) in texts {
            post.execute(params![id, topic, source])?;
            text.execute(params![id, source])?;
        }
    }
    tx.commit()?;
    Ok(begun.elapsed())
}

/// Just what a bare importer would look at.
#[derive(Deserialize)]
struct Document {
    post_stream: Option<Stream>,
}

#[derive(Deserialize)]
struct Stream {
    posts: Vec<Entry>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are read to be parsed")]
struct Entry {
    id: i64,
    topic_id: i64,
    post_number: i64,
    username: String,
    created_at: String,
    reply_to_post_number: Option<i64>,
    cooked: String,
}

/// Measures the import of a saved forum.
pub(crate) fn import(report: &mut Report, library: &Library) -> anyhow::Result<()> {
    let (Some(archive), Some(took)) = (&library.archive, library.import) else {
        return Ok(());
    };
    if !archive.to_string_lossy().ends_with(".tar.zst") {
        return Ok(());
    }
    report.group(&format!("import of {}", library.name));
    let begun = Instant::now();
    let mut entries = Vec::new();
    let mut tar = tar::Archive::new(zstd::Decoder::new(std::fs::File::open(archive)?)?);
    for file in tar.entries()? {
        let mut file = file?;
        if file.path()?.extension().is_none_or(|end| end != "json") {
            continue;
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        // What is no topic does not count.
        if let Ok(Document {
            post_stream: Some(stream),
        }) = serde_json::from_slice(&bytes)
        {
            entries.extend(stream.posts);
        }
    }
    let parsed = begun.elapsed();
    let texts: Vec<_> = entries
        .iter()
        .map(|entry| (entry.id, entry.topic_id, &*entry.cooked))
        .collect();
    let folder = tempfile::tempdir()?;
    let inserted = insert(&folder.path().join("bare.db"), &texts)?;
    report.ratio(
        "11",
        &side(took.as_secs_f64(), "s", "space-server import"),
        &side(
            (parsed + inserted).as_secs_f64(),
            "s",
            format!(
                "unpack, typed parse, bare insert and index of {} posts",
                texts.len()
            ),
        ),
        Goal::None,
    );
    report.note(format!(
        "wanted: <= 4; unpack and parse {:.2} s, insert {:.2} s; the importer turns HTML into Markdown besides",
        parsed.as_secs_f64(),
        inserted.as_secs_f64()
    ));
    Ok(())
}
