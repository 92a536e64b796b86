// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A program in a pseudo-terminal, and what is on its screen.

use std::io::{Read as _, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Whether the terminal answers what programs ask it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manners {
    /// It answers what nearly every terminal does: what it is, where its cursor is, and which colour is behind
    /// everything (black).
    Answering,
    /// It says nothing, so that programs wait as long as they are ready to.
    Silent,
}

/// What the terminal has to say.
#[derive(Debug)]
struct Answers {
    manners: Manners,
    said: Vec<u8>,
}

impl vt100::Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        prefix: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        last: char,
    ) {
        match (prefix, last, params.first().and_then(|p| p.first())) {
            // DA1: a VT220 with colours.
            (None, 'c', None | Some(0)) => self.said.extend(b"\x1b[?62;22c"),
            // DSR 6: where the cursor is, from one.
            (None, 'n', Some(6)) => {
                let (row, column) = screen.cursor_position();
                self.said
                    .extend(format!("\x1b[{};{}R", row + 1, column + 1).bytes());
            }
            _ => {}
        }
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, params: &[&[u8]]) {
        match params {
            // The colours of text and of what is behind it, as xterm says them.
            [b"10", b"?"] => self.said.extend(b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\"),
            [b"11", b"?"] => self.said.extend(b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
            _ => {}
        }
    }
}

/// A program that runs in a pseudo-terminal of its own.
pub struct Screen {
    parser: vt100::Parser<Answers>,
    chunks: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// Keeps the terminal open.
    _terminal: Box<dyn MasterPty + Send>,
    begun: Instant,
}

impl Screen {
    /// Starts a program, with nothing in its environment but what the command says and the terminal's name, in a terminal
    /// that says nothing.
    pub fn open(command: CommandBuilder, columns: u16, rows: u16) -> anyhow::Result<Self> {
        Self::open_in(Manners::Silent, command, columns, rows)
    }

    /// The same, in a terminal of these manners.
    pub fn open_in(
        manners: Manners,
        mut command: CommandBuilder,
        columns: u16,
        rows: u16,
    ) -> anyhow::Result<Self> {
        let size = PtySize {
            rows,
            cols: columns,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size)?;
        command.env("LC_ALL", "C.UTF-8");
        command.env("TERM", "xterm-256color");
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader()?;
        let (sender, chunks) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Ok(Self {
            parser: vt100::Parser::new_with_callbacks(
                rows,
                columns,
                0,
                Answers {
                    manners,
                    said: Vec::new(),
                },
            ),
            chunks,
            keys: pair.master.take_writer()?,
            child,
            _terminal: pair.master,
            begun,
        })
    }

    fn take(&mut self, chunk: &[u8]) {
        self.parser.process(chunk);
        let answers = self.parser.callbacks_mut();
        let said = std::mem::take(&mut answers.said);
        if answers.manners == Manners::Answering && !said.is_empty() {
            // A program that has ended hears nothing any more.
            let _ = self.keys.write_all(&said).and_then(|()| self.keys.flush());
        }
    }

    /// Returns the number of the process.
    pub fn process_id(&self) -> Option<u32> {
        self.child.process_id()
    }

    /// Types keys.
    pub fn press(&mut self, keys: &str) -> anyhow::Result<()> {
        self.keys.write_all(keys.as_bytes())?;
        self.keys.flush()?;
        Ok(())
    }

    /// Waits until the screen is as wanted, and returns how long after the start that was.
    pub fn wait(
        &mut self,
        what: &str,
        patience: Duration,
        is_so: impl Fn(&vt100::Screen) -> bool,
    ) -> anyhow::Result<Duration> {
        let until = Instant::now() + patience;
        while !is_so(self.parser.screen()) {
            let left = until.saturating_duration_since(Instant::now());
            match self.chunks.recv_timeout(left) {
                Ok(chunk) => self.take(&chunk),
                Err(_) => bail!(
                    "{what} did not come onto the screen:\n{}",
                    self.parser.screen().contents()
                ),
            }
        }
        Ok(self.begun.elapsed())
    }

    /// Waits until the screen has stood still for so long.
    pub fn settle(&mut self, still: Duration, patience: Duration) {
        let until = Instant::now() + patience;
        while Instant::now() < until {
            match self.chunks.recv_timeout(still) {
                Ok(chunk) => self.take(&chunk),
                Err(_) => return,
            }
        }
    }

    /// Returns what is on the screen.
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Waits until the program has ended.
    pub fn ended(&mut self, patience: Duration) -> anyhow::Result<ExitStatus> {
        let until = Instant::now() + patience;
        loop {
            // Its output ends when it does; it is read so that nothing waits for us.
            let left = until.saturating_duration_since(Instant::now());
            match self.chunks.recv_timeout(left) {
                Ok(chunk) => self.take(&chunk),
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => {
                    return self
                        .child
                        .wait()
                        .context("the program cannot be waited for");
                }
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                    bail!("the program goes on:\n{}", self.parser.screen().contents())
                }
            }
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
