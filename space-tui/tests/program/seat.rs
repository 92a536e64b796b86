// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A seat at a real (pseudo) terminal in which a program runs.

use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

use crate::house::House;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The terminal, and the program in it.
pub(crate) struct Seat {
    pub(crate) parser: vt100::Parser,
    /// Everything that was written to the terminal so far.
    pub(crate) written: Vec<u8>,
    chunks: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    pub(crate) child: Box<dyn Child + Send + Sync>,
    /// Keeps the terminal open.
    terminal: Box<dyn MasterPty + Send>,
}

impl Seat {
    pub(crate) fn new(house: &House, editor: &str) -> Self {
        Self::with(house, editor, &[])
    }

    pub(crate) fn with(house: &House, editor: &str, args: &[&str]) -> Self {
        Self::set(house, &[("EDITOR", editor)], args)
    }

    /// Runs the program with more in its environment.
    pub(crate) fn set(house: &House, variables: &[(&str, &str)], args: &[&str]) -> Self {
        Self::of(
            house,
            Path::new(env!("CARGO_BIN_EXE_space")),
            variables,
            args,
        )
    }

    /// Runs any program.
    pub(crate) fn of(
        house: &House,
        program: &Path,
        variables: &[(&str, &str)],
        args: &[&str],
    ) -> Self {
        let size = PtySize {
            rows: 24,
            cols: 80,
            ..PtySize::default()
        };
        let pair = native_pty_system()
            .openpty(size)
            .expect("a pseudo-terminal");
        let folders = house.folders();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        command.env("SPACE_KEYRING", "off");
        command.env("SPACE_DATA_DIR", folders.data);
        command.env("SPACE_CONFIG_DIR", folders.config);
        command.env("LC_ALL", "C.UTF-8");
        command.env("TERM", "xterm-256color");
        command.env("PATH", "/usr/bin:/bin");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program runs");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (sender, chunks) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().expect("a writer");
        Self {
            parser: vt100::Parser::new(24, 80, 0),
            written: Vec::new(),
            chunks,
            keys,
            child,
            terminal: pair.master,
        }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keys
            .write_all(keys.as_bytes())
            .and_then(|()| self.keys.flush())
            .expect("keys are read");
    }

    fn take(&mut self, chunk: &[u8]) {
        self.parser.process(chunk);
        self.written.extend_from_slice(chunk);
    }

    /// Makes the terminal larger or smaller.
    pub(crate) fn resize(&mut self, rows: u16, cols: u16) {
        self.parser.screen_mut().set_size(rows, cols);
        let size = PtySize {
            rows,
            cols,
            ..PtySize::default()
        };
        self.terminal.resize(size).expect("another size");
    }

    /// Sends the program a signal.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.process_id().expect("a process");
        let sent = std::process::Command::new("kill")
            .args(["-s", name, &id.to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
    }

    /// Looks on for as long as said, whatever comes.
    pub(crate) fn looks_on(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while let Ok(chunk) = self
            .chunks
            .recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            self.take(&chunk);
        }
    }

    /// Returns whether these bytes were written to the terminal.
    pub(crate) fn has_written(&self, bytes: &[u8]) -> bool {
        self.written.windows(bytes.len()).any(|part| part == bytes)
    }

    /// Waits until the screen is as wanted.
    pub(crate) fn wait(&mut self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !is_so(self.parser.screen()) {
            let left = until.saturating_duration_since(Instant::now());
            match self.chunks.recv_timeout(left) {
                Ok(chunk) => self.take(&chunk),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    assert!(
                        is_so(self.parser.screen()),
                        "{what}:\n{}",
                        self.parser.screen().contents()
                    );
                }
            }
        }
    }

    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the program has ended well; the terminal must be as it was before.
    pub(crate) fn ends(&mut self) {
        let status = self.gives_back();
        assert!(status.success(), "{status:?}");
    }

    /// Waits until the program has ended, however it did; the terminal must be as it was before.
    pub(crate) fn gives_back(&mut self) -> ExitStatus {
        self.wait("the terminal is given back", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor()
        });
        assert!(!self.parser.screen().bracketed_paste());
        self.is_over()
    }

    /// Waits until the program has ended, whatever became of the terminal.
    pub(crate) fn is_over(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.child.try_wait().expect("the program can be asked") {
                Some(status) => return status,
                None if Instant::now() > until => panic!("it does not end"),
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
