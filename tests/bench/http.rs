// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A connection that speaks just enough HTTP/1.1. The measured server shares two cores with whoever measures it, so
//! that a full client would be half of every figure.

use anyhow::{Context, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection that is kept alive.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    host: String,
    /// What was read; the answer to the present request begins at its start.
    read: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// As it was on the wire: not decompressed, but without the frames of chunks.
    pub(crate) body: Vec<u8>,
}

/// A request.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ask<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) token: Option<&'a str>,
    /// What may be used for compression.
    pub(crate) encoding: Option<&'a str>,
    pub(crate) key: Option<&'a str>,
    /// JSON.
    pub(crate) body: Option<&'a str>,
}

/// Asks for something to be read.
pub(crate) fn get<'a>(path: &'a str, token: &'a str) -> Ask<'a> {
    Ask {
        method: "GET",
        path,
        token: Some(token),
        ..Ask::default()
    }
}

/// Asks for something to be done.
pub(crate) fn order<'a>(method: &'a str, path: &'a str, token: &'a str, body: &'a str) -> Ask<'a> {
    Ask {
        method,
        path,
        token: Some(token),
        body: Some(body),
        ..Ask::default()
    }
}

impl Answer {
    /// Returns the body, when the server did what it was asked to do.
    pub(crate) fn done(self) -> anyhow::Result<Vec<u8>> {
        if !(200..300).contains(&self.status) {
            bail!(
                "the server answered {}: {}",
                self.status,
                String::from_utf8_lossy(&self.body)
            );
        }
        Ok(self.body)
    }

    /// Returns the body as JSON, when the server did what it was asked to do.
    pub(crate) fn json(self) -> anyhow::Result<serde_json::Value> {
        Ok(serde_json::from_slice(&self.done()?)?)
    }
}

impl Connection {
    /// Connects to `http://ADDRESS:PORT`.
    pub(crate) async fn open(url: &str) -> anyhow::Result<Self> {
        let host = url.strip_prefix("http://").unwrap_or(url).to_owned();
        let stream = TcpStream::connect(&host)
            .await
            .with_context(|| format!("cannot connect to {host}"))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            host,
            read: Vec::with_capacity(1 << 16),
        })
    }

    /// Asks, and waits for the whole answer.
    pub(crate) async fn ask(&mut self, ask: Ask<'_>) -> anyhow::Result<Answer> {
        let Ask { method, path, .. } = ask;
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.host);
        let mut header = |name: &str, value: &str| {
            for piece in [name, ": ", value, "\r\n"] {
                request.push_str(piece);
            }
        };
        if let Some(token) = ask.token {
            header("authorization", &format!("Bearer {token}"));
        }
        if let Some(encoding) = ask.encoding {
            header("accept-encoding", encoding);
        }
        if let Some(key) = ask.key {
            header("idempotency-key", key);
        }
        if let Some(body) = ask.body {
            header("content-type", "application/json");
            header("content-length", &body.len().to_string());
        }
        request.push_str("\r\n");
        request.push_str(ask.body.unwrap_or_default());
        self.stream.write_all(request.as_bytes()).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> anyhow::Result<Answer> {
        let mut seen = 0;
        let head = loop {
            if let Some(at) = find(&self.read[seen..], b"\r\n\r\n") {
                break seen + at + 4;
            }
            seen = self.read.len().saturating_sub(3);
            self.more().await?;
        };
        let text = std::str::from_utf8(&self.read[..head]).context("a head is text")?;
        let status = text
            .get(9..12)
            .and_then(|digits| digits.parse().ok())
            .context("an answer begins with its status")?;
        let value = |name: &str| {
            text.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then(|| value.trim())
            })
        };
        let length: Option<usize> = value("content-length").and_then(|text| text.parse().ok());
        let body = if let Some(length) = length {
            self.until(head + length).await?;
            let body = self.read[head..head + length].to_vec();
            self.read.drain(..head + length);
            body
        } else if value("transfer-encoding").is_some() {
            self.chunks(head).await?
        } else {
            bail!("an answer has no length")
        };
        Ok(Answer { status, body })
    }

    async fn chunks(&mut self, mut at: usize) -> anyhow::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                if let Some(end) = find(&self.read[at..], b"\r\n") {
                    break at + end;
                }
                self.more().await?;
            };
            let size = std::str::from_utf8(&self.read[at..end])?;
            let size = usize::from_str_radix(size, 16).context("a chunk begins with its size")?;
            self.until(end + 2 + size + 2).await?;
            body.extend_from_slice(&self.read[end + 2..end + 2 + size]);
            at = end + 2 + size + 2;
            if size == 0 {
                self.read.drain(..at);
                return Ok(body);
            }
        }
    }

    async fn until(&mut self, length: usize) -> anyhow::Result<()> {
        while self.read.len() < length {
            self.more().await?;
        }
        Ok(())
    }

    async fn more(&mut self) -> anyhow::Result<()> {
        if self.read.capacity() - self.read.len() < 1 << 15 {
            self.read.reserve(self.read.len().max(1 << 16));
        }
        match self.stream.read_buf(&mut self.read).await? {
            0 => bail!("the connection ended within an answer"),
            _ => Ok(()),
        }
    }
}

fn find(text: &[u8], piece: &[u8]) -> Option<usize> {
    text.windows(piece.len()).position(|window| window == piece)
}
