// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Takes the terminal over, and gives it back whatever happens.

use std::io::{self, Write as _};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, KeyboardEnhancementFlags,
    PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::style::Print;
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{cursor, execute};

use crate::text::isolate;

/// Presses and the wheel, with places beyond column 223. Movements are not asked for: each would wake the program.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
/// Gives the mouse back.
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Whether the mouse is used; a panic has to know it too.
static TAKES_MOUSE: AtomicBool = AtomicBool::new(false);
/// Whether the terminal is ours. Giving it back twice would put the cursor where it was before, and what a panic said
/// would be written over.
static IS_HELD: AtomicBool = AtomicBool::new(false);

/// Holds the terminal; gives it back when dropped.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal over, and sees to it that a panic gives it back before it says anything.
    /// The mouse stays the terminal's own unless it is asked for.
    pub fn enter(takes_mouse: bool) -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            isolate::keep_quiet();
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                // One that is caught is said where the text would have stood.
                if !isolate::is_inside() {
                    restore();
                }
                before(info);
            }));
        });
        TAKES_MOUSE.store(takes_mouse, Ordering::Relaxed);
        take()?;
        Ok(Self(()))
    }

    /// Gives the terminal back for a while.
    pub fn suspend(&self) {
        restore();
    }

    /// Takes the terminal over again.
    pub fn resume(&self) -> io::Result<()> {
        take()
    }

    /// Returns whether the terminal may be drawn on: a panic on any thread has given it back already.
    pub fn is_held(&self) -> bool {
        IS_HELD.load(Ordering::SeqCst)
    }

    /// Gives the terminal back.
    pub fn leave(self) {
        drop(self);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    IS_HELD.store(true, Ordering::SeqCst);
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        // What a terminal takes for wider than it is stays in its row.
        DisableLineWrap,
        EnableBracketedPaste,
        // Where the terminal knows of it, Ctrl-Enter and Enter are told apart; others ignore it.
        PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES)
    )?;
    if TAKES_MOUSE.load(Ordering::Relaxed) {
        execute!(io::stdout(), Print(MOUSE_ON))?;
    }
    Ok(())
}

/// Nothing can be done when it fails: the terminal is gone then.
fn restore() {
    if !IS_HELD.swap(false, Ordering::SeqCst) {
        return;
    }
    if TAKES_MOUSE.load(Ordering::Relaxed) {
        let _ = execute!(io::stdout(), Print(MOUSE_OFF));
    }
    let _ = execute!(
        io::stdout(),
        PopKeyboardEnhancementFlags,
        DisableBracketedPaste,
        EnableLineWrap,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
    let _ = io::stdout().flush();
}
