// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading the feed over HTTP.

use anyhow::{Context, bail};
use serde_json::Value;

use crate::http::{Connection, get};

/// How many rows a page has at most.
pub(crate) const PAGE_MAX: usize = 10_000;

/// A page as it came.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) cursor: String,
    pub(crate) more: bool,
    /// How many bytes came, compressed or not.
    pub(crate) bytes: usize,
    /// The lines, decompressed.
    pub(crate) lines: Vec<u8>,
}

impl Page {
    /// Returns how many rows came; the line after them is the cursor.
    pub(crate) fn rows(&self) -> usize {
        self.lines
            .split(|byte| *byte == b'\n')
            .count()
            .saturating_sub(2)
    }
}

/// Reads one page.
pub(crate) async fn page(
    connection: &mut Connection,
    token: &str,
    since: Option<&str>,
    limit: Option<usize>,
    encoding: Option<&str>,
) -> anyhow::Result<Page> {
    let mut path = "/v1/feed?mode=page".to_owned();
    if let Some(since) = since {
        path.push_str("&since=");
        path.push_str(since);
    }
    if let Some(limit) = limit {
        path.push_str("&limit=");
        path.push_str(&limit.to_string());
    }
    let mut ask = get(&path, token);
    ask.encoding = encoding;
    let body = connection.ask(ask).await?.done()?;
    let bytes = body.len();
    let lines = match body.first() {
        // Answers of less than a kilobyte are not compressed.
        Some(b'{') => body,
        Some(_) => zstd::decode_all(&body[..])?,
        None => bail!("a page ends with a cursor"),
    };
    let last = lines
        .trim_ascii_end()
        .rsplit(|byte| *byte == b'\n')
        .next()
        .context("a page ends with a cursor")?;
    let last: Value = serde_json::from_slice(last)?;
    let cursor = last["cursor"]
        .as_str()
        .context("a page ends with a cursor")?
        .to_owned();
    let more = last["more"] == true;
    Ok(Page {
        cursor,
        more,
        bytes,
        lines,
    })
}

/// Reads everything since a cursor, as one page: the bytes of all, the lines of all with one cursor behind them.
pub(crate) async fn delta(
    connection: &mut Connection,
    token: &str,
    since: &str,
    encoding: Option<&str>,
) -> anyhow::Result<Page> {
    let mut all = page(connection, token, Some(since), Some(PAGE_MAX), encoding).await?;
    while all.more {
        let next = page(
            connection,
            token,
            Some(&all.cursor),
            Some(PAGE_MAX),
            encoding,
        )
        .await?;
        let end = all.lines.trim_ascii_end();
        let rows = end
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        all.lines.truncate(rows);
        all.lines.extend_from_slice(&next.lines);
        all = Page {
            bytes: all.bytes + next.bytes,
            lines: all.lines,
            ..next
        };
    }
    Ok(all)
}

/// Reads to the end and returns the cursor of there.
pub(crate) async fn end(connection: &mut Connection, token: &str) -> anyhow::Result<String> {
    let mut since = None;
    loop {
        let read = page(
            connection,
            token,
            since.as_deref(),
            Some(PAGE_MAX),
            Some("zstd"),
        )
        .await?;
        if !read.more {
            return Ok(read.cursor);
        }
        since = Some(read.cursor);
    }
}

/// Adds up the values that rows carry, as they are written in JSON: texts with their quotes and escapes, numbers,
/// facts. What is left out are names of fields and punctuation. This is the payload of row 6.
pub(crate) fn payload(lines: &[u8]) -> anyhow::Result<usize> {
    let mut sum = 0;
    for line in lines
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
    {
        sum += values(&serde_json::from_slice(line)?)?;
    }
    Ok(sum)
}

fn values(value: &Value) -> anyhow::Result<usize> {
    match value {
        Value::Object(fields) => fields.values().map(values).sum(),
        Value::Array(items) => items.iter().map(values).sum(),
        _ => Ok(serde_json::to_string(value)?.len()),
    }
}
