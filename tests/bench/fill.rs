// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rows 5 and 11: filling a client's replica and importing a forum, against the least that both could do: putting
//! the same texts into a table and a full-text index.

use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use rusqlite::{Connection, params};
use serde::Deserialize;
use space_core::client::{Api, FeedRequest, Replica, Token};
use space_core::protocol::{Body, FeedRow};

use crate::bare;
use crate::library::Library;
use crate::report::{Goal, Report, side};
use crate::spread::Spread;

/// How often each side is timed.
const TIMES: usize = 3;

/// How many rows a page has; the client's own choice.
const PAGE: u32 = 2_000;

/// Measures how a client fills its replica.
pub(crate) async fn replica(report: &mut Report, library: &Library) -> anyhow::Result<()> {
    report.group(&format!("filling a replica with {}", library.name));
    let server = library.house.serve();
    let (mut whole, mut bare_times) = (Vec::new(), Vec::new());
    let mut rows = 0;
    let mut texts = Vec::new();
    bare::everything(&library.house.reader()?, &mut |row| {
        texts.push(row);
        Ok(())
    })?;
    for _ in 0..TIMES {
        let folder = tempfile::tempdir()?;
        let token = Token::new(library.reader.as_str()).context("the token is one")?;
        let api = Api::new(server.url(), Some(token))?;
        let begun = Instant::now();
        rows = fill(&api, &folder.path().join("replica.db")).await?;
        whole.push(begun.elapsed());
        bare_times.push(insert(&folder.path().join("bare.db"), &posts(&texts))?);
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
        Goal::None,
    );
    report.note("wanted: <= 2.5");
    server.stop();
    Ok(())
}

async fn fill(api: &Api, path: &Path) -> anyhow::Result<usize> {
    let mut replica = Replica::open(path)?;
    let mut rows = 0;
    loop {
        let since = replica.cursor()?;
        let request = FeedRequest {
            since: since.clone(),
            limit: Some(PAGE),
            ..FeedRequest::default()
        };
        let mut stream = api.feed(&request).await?;
        let batch = stream.next().await?.context("a page ends with a cursor")?;
        rows += batch.rows.len();
        replica.apply_since(since.as_ref(), &batch.rows, &batch.cursor)?;
        if !batch.more {
            return Ok(rows);
        }
    }
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
