// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Ends the program when its terminal is gone. A terminal that goes away sends SIGHUP, which whoever started the program may
//! have had ignored (`nohup`, task runners, `trap "" HUP`); reading then fails for ever, and crossterm reads on for ever.

use tokio::sync::mpsc;

use crate::app::message::Msg;

/// Watches the terminal on a thread of its own, which sleeps until it is gone.
#[cfg(unix)]
pub(super) fn watch(messages: mpsc::Sender<Msg>) {
    let started = std::thread::Builder::new()
        .name("space-terminal".to_owned())
        .spawn(move || unix::watch(&messages));
    if let Err(error) = started {
        tracing::warn!(%error, "the terminal is not watched");
    }
}

/// Elsewhere a program ends with its console.
#[cfg(not(unix))]
pub(super) fn watch(_: mpsc::Sender<Msg>) {}

#[cfg(unix)]
mod unix {
    use std::io::{stdin, stdout};
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    use tokio::sync::mpsc;

    use crate::app::message::Msg;

    /// How long the screen has to keep what is being written and to end. It may not hear of it at all: an editor may have the
    /// terminal, or crossterm the thread.
    const GRACE: Duration = Duration::from_secs(5);
    /// What a program ends with whose terminal hung up: as a shell counts SIGHUP.
    const HUNG_UP: i32 = 128 + 1;

    pub(super) fn watch(messages: &mpsc::Sender<Msg>) {
        let (input, output) = (stdin(), stdout());
        loop {
            // Nothing is asked for: that the other end is gone is told in any case.
            let mut files = [
                PollFd::new(&input, PollFlags::empty()),
                PollFd::new(&output, PollFlags::empty()),
            ];
            match poll(&mut files, None) {
                Err(Errno::INTR) => continue,
                Err(error) => {
                    tracing::warn!(%error, "the terminal is not watched");
                    return;
                }
                Ok(_) => {}
            }
            let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
            if files.iter().any(|file| file.revents().intersects(gone)) {
                break;
            }
        }
        tracing::info!("the terminal is gone");
        let _ = messages.try_send(Msg::Terminate);
        std::thread::sleep(GRACE);
        // The texts that were being written are in the local copy: it has them every two seconds.
        std::process::exit(HUNG_UP);
    }
}
