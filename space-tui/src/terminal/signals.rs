// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Signals, as far as the system has them: those that end the session, stop it, and let it go on.

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// The session is to end.
    End,
    /// The session is to stop, as Ctrl-Z stops a job.
    Stop,
    /// The session goes on, whatever it was that stopped it.
    GoOn,
}

#[cfg(unix)]
pub(super) use unix::{Signals, stop, stop_job};

#[cfg(not(unix))]
pub(super) use elsewhere::{Signals, stop, stop_job};

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::process::{Signal as Number, getpgrp, getsid, kill_current_process_group};
    use signal_hook::consts::{SIGCONT, SIGSTOP, SIGTSTP};
    use signal_hook::flag::{register, register_conditional_default};
    use tokio::signal::unix::{Signal, SignalKind, signal};

    use super::Told;

    /// Signals that are waited for.
    pub(in super::super) struct Signals {
        terminate: Signal,
        hang_up: Signal,
        stop: Signal,
        go_on: Signal,
        /// Taken and dropped: Ctrl-C is a key here, and in an editor it is the editor's.
        _interrupt: Signal,
        /// Set when the signal comes, not when the screen hears of it: what came while somebody else had the terminal is
        /// over when it comes back.
        is_stop_asked: Arc<AtomicBool>,
        has_gone_on: Arc<AtomicBool>,
        is_lent: Arc<AtomicBool>,
    }

    impl Signals {
        pub(in super::super) fn new() -> io::Result<Self> {
            let [is_stop_asked, has_gone_on, is_lent] =
                std::array::from_fn(|_| Arc::new(AtomicBool::new(false)));
            register(SIGTSTP, Arc::clone(&is_stop_asked))?;
            register(SIGCONT, Arc::clone(&has_gone_on))?;
            // Ctrl-Z in an editor stops the whole job. The screen only waits for the editor then, and stops where it is.
            register_conditional_default(SIGTSTP, Arc::clone(&is_lent))?;
            Ok(Self {
                terminate: signal(SignalKind::terminate())?,
                hang_up: signal(SignalKind::hangup())?,
                stop: signal(SignalKind::from_raw(SIGTSTP))?,
                go_on: signal(SignalKind::from_raw(SIGCONT))?,
                _interrupt: signal(SignalKind::interrupt())?,
                is_stop_asked,
                has_gone_on,
                is_lent,
            })
        }

        /// Waits for the next one. Nothing is lost when this is dropped.
        pub(in super::super) async fn told(&mut self) -> Told {
            loop {
                tokio::select! {
                    _ = self.terminate.recv() => return Told::End,
                    _ = self.hang_up.recv() => return Told::End,
                    _ = self.stop.recv() => {
                        if self.is_stop_asked.swap(false, Ordering::SeqCst) && has_shell() {
                            return Told::Stop;
                        }
                    }
                    _ = self.go_on.recv() => {
                        if self.has_gone_on.swap(false, Ordering::SeqCst) {
                            return Told::GoOn;
                        }
                    }
                }
            }
        }

        /// Somebody else has the terminal now.
        pub(in super::super) fn lend(&self) {
            self.is_lent.store(has_shell(), Ordering::SeqCst);
        }

        /// The terminal is ours again.
        pub(in super::super) fn take_back(&self) {
            for flag in [&self.is_lent, &self.is_stop_asked, &self.has_gone_on] {
                flag.store(false, Ordering::SeqCst);
            }
        }
    }

    /// Asks every program of the job to stop, as Ctrl-Z does, this one among them. Returns whether anybody could let it
    /// go on again.
    pub(in super::super) fn stop_job() -> bool {
        if !has_shell() {
            return false;
        }
        let asked = kill_current_process_group(Number::TSTP);
        if let Err(error) = asked {
            tracing::warn!(%error, "cannot stop");
        }
        asked.is_ok()
    }

    /// Stops this program until it is continued.
    pub(in super::super) fn stop() {
        if let Err(error) = signal_hook::low_level::raise(SIGSTOP) {
            tracing::warn!(%error, "cannot stop");
        }
    }

    /// Whether a shell waits for this job. It gives each job a group of its own; a group that is its session's first was
    /// begun by no shell, as in a terminal that runs nothing else, and would stand still for ever. The system does not
    /// stop such a group either, when it is asked to.
    fn has_shell() -> bool {
        getsid(None).is_ok_and(|session| session != getpgrp())
    }
}

/// Where there are no such signals, none comes.
#[cfg(not(unix))]
mod elsewhere {
    use super::Told;

    pub(in super::super) struct Signals;

    impl Signals {
        #[expect(
            clippy::unnecessary_wraps,
            reason = "the same shape as where signals exist"
        )]
        pub(in super::super) fn new() -> std::io::Result<Self> {
            Ok(Self)
        }

        pub(in super::super) async fn told(&mut self) -> Told {
            std::future::pending().await
        }

        pub(in super::super) fn lend(&self) {}

        pub(in super::super) fn take_back(&self) {}
    }

    pub(in super::super) fn stop_job() -> bool {
        false
    }

    pub(in super::super) fn stop() {}
}
