// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A server of a few lines that says exactly what a test wants, byte for byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::client::api::{Api, Token};

/// What somebody asked.
#[derive(Debug, Clone, Default)]
pub(in crate::client) struct Asked {
    pub(in crate::client) method: String,
    /// Path and query.
    pub(in crate::client) path: String,
    /// In lower case, `name: value`.
    pub(in crate::client) headers: Vec<String>,
    pub(in crate::client) body: String,
}

impl Asked {
    pub(in crate::client) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The value of a query's key, as it stands there.
    pub(in crate::client) fn query(&self, key: &str) -> Option<&str> {
        let (_, query) = self.path.split_once('?')?;
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
    }
}

/// One step of an answer.
pub(in crate::client) enum Step {
    Send(Vec<u8>),
    Pause(Duration),
}

/// An answer; the connection ends after it.
pub(in crate::client) type Answer = Vec<Step>;

/// Says something and hangs up.
pub(in crate::client) fn say(text: impl Into<Vec<u8>>) -> Answer {
    vec![Step::Send(text.into())]
}

pub(in crate::client) fn json(status: u16, extra: &str, body: &str) -> Answer {
    let length = body.len();
    say(format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n{extra}\r\n{body}"
    ))
}

pub(in crate::client) fn problem(status: u16, extra: &str, code: &str) -> Answer {
    json(
        status,
        extra,
        &format!(r#"{{"status":{status},"code":"{code}","title":"no: {code}"}}"#),
    )
}

/// The head of an answer whose end is the end of the connection.
pub(in crate::client) const STREAM: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\nconnection: close\r\n\r\n";

/// A server on a free port of this machine, for as long as the test runs.
pub(in crate::client) struct Fake {
    pub(in crate::client) address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Fake {
    /// Starts a server that answers by `answer`.
    pub(in crate::client) fn start(
        answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, log) = (Arc::new(answer), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                thread::spawn(move || {
                    if let Some(asked) = read(&stream) {
                        log.lock().unwrap().push(asked.clone());
                        let _ = write(&stream, answer(&asked));
                    }
                });
            }
        });
        Self { address, asked }
    }

    pub(in crate::client) fn api(&self) -> Api {
        Api::builder(
            &format!("http://{}", self.address),
            Token::new("space_secret"),
        )
        .patience(Duration::from_millis(800))
        .build()
        .unwrap()
    }

    /// What was asked so far.
    pub(in crate::client) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let mut asked = Asked {
        method: words.next()?.to_owned(),
        path: words.next()?.to_owned(),
        ..Asked::default()
    };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        let (name, value) = line.trim_end().split_once(": ")?;
        asked
            .headers
            .push(format!("{}: {value}", name.to_ascii_lowercase()));
    }
    let length = asked
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    asked.body = String::from_utf8(body).ok()?;
    Some(asked)
}

fn write(mut stream: &TcpStream, answer: Answer) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    for step in answer {
        match step {
            Step::Send(bytes) => stream.write_all(&bytes)?,
            Step::Pause(time) => thread::sleep(time),
        }
    }
    Ok(())
}
