// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A server of a few lines that says what a test wants.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use space_core::client::{Api, Token};

/// A server on a free port of this machine, for as long as the test runs.
pub(super) struct Fake {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    /// Starts a server that answers a path and query with a status and a body.
    pub(super) fn start(answer: impl Fn(&str) -> (u16, String) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, log) = (Arc::new(answer), asked.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (answer.clone(), log.clone());
                thread::spawn(move || {
                    if let Some(path) = path(&stream) {
                        log.lock().unwrap().push(path.clone());
                        let (status, body) = answer(&path);
                        let length = body.len();
                        let _ = write!(
                            &stream,
                            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
                             connection: close\r\n\r\n{body}"
                        );
                    }
                });
            }
        });
        Self { address, asked }
    }

    pub(super) fn api(&self) -> Api {
        Api::builder(&format!("http://{}", self.address), Token::new("secret"))
            .build()
            .unwrap()
    }

    /// What was asked so far.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// An answer that says no.
pub(super) fn problem(status: u16, code: &str) -> (u16, String) {
    let body = format!(r#"{{"status":{status},"code":"{code}","title":"no: {code}"}}"#);
    (status, body)
}

fn path(stream: &TcpStream) -> Option<String> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    for line in lines {
        if line.ok()?.is_empty() {
            break;
        }
    }
    first.split(' ').nth(1).map(str::to_owned)
}
