// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What commands print: text for people, JSON for programs; a reader who goes away ends it quietly.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use ratatui::backend::IntoCrossterm as _;
use serde::Serialize;

use crate::doc::theme::Theme;
use crate::doc::{Role, Span, Tone};
use crate::text::clean;
use crate::text::measure::width;

/// Where a command prints.
pub struct Output<'a> {
    out: &'a mut dyn Write,
    /// How it looks; nothing but text when absent.
    theme: Option<Theme>,
    /// The columns of the terminal, or 80.
    pub columns: usize,
}

impl<'a> Output<'a> {
    /// Makes an output.
    pub fn new(out: &'a mut dyn Write, theme: Option<Theme>, columns: usize) -> Self {
        // What was asked for on the command line wins over NO_COLOR, which crossterm looks at by itself.
        crossterm::style::force_color_output(theme.is_some());
        Self {
            out,
            theme,
            columns,
        }
    }

    /// Prints a line of text.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", clean::line(text))
    }

    /// Prints spans as a line.
    pub fn spans(&mut self, spans: &[Span]) -> io::Result<()> {
        for (at, span) in spans.iter().enumerate() {
            let text = clean::line(&span.text);
            // Nobody sees spaces at the end of a line, but they get in the way of copying.
            let text = if at + 1 == spans.len() {
                text.trim_end()
            } else {
                &text
            };
            match self.theme {
                Some(theme) => {
                    let style = theme.style(span.role, span.stress, Tone::Plain);
                    write!(self.out, "{}", style.into_crossterm().apply(text))?;
                }
                None => self.out.write_all(text.as_bytes())?,
            }
        }
        writeln!(self.out)
    }

    /// Prints what ends at the right edge after what begins at the left one.
    pub fn row(&mut self, left: &[Span], right: &[Span]) -> io::Result<()> {
        let size = |spans: &[Span]| spans.iter().map(|s| width(&s.text)).sum::<usize>();
        let gap = self.columns.saturating_sub(size(left) + size(right)).max(1);
        let mut spans = left.to_vec();
        spans.push(Span::new(Role::Text, " ".repeat(gap)));
        spans.extend_from_slice(right);
        self.spans(&spans)
    }

    /// Prints one JSON document on a line of its own, and hands it over at once: a reader may follow.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string(value)?;
        writeln!(self.out, "{}", escaped(&text))?;
        self.out.flush()
    }

    /// Prints JSON that is made already, as it is but for what would steer a terminal.
    pub fn ready_json(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(escaped(text).as_bytes())
    }
}

/// Returns JSON text that means the same and steers no terminal: DEL, C1 controls and bidirectional controls, which
/// JSON allows in strings, as escapes. C0 controls are escaped in any JSON.
fn escaped(json: &str) -> Cow<'_, str> {
    if !json.chars().any(steers) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if steers(c) {
            // None of them is above U+FFFF, so there are no pairs to make.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn steers(c: char) -> bool {
    matches!(c,
        '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}')
}

impl Output<'_> {
    /// Prints bytes that we made ourselves, as they are.
    pub fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// Hands over what was printed so far.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_steers_no_terminal_and_means_the_same() {
        let all: String = (0..=0x2070_u32).filter_map(char::from_u32).collect();
        let value = serde_json::json!({ "source": all, &all: "👩\u{200d}💻" });
        let mut printed = Vec::new();
        let mut out = Output::new(&mut printed, None, 80);
        out.json(&value).unwrap();
        out.ready_json(&format!("{value}\n")).unwrap();
        let printed = String::from_utf8(printed).unwrap();
        assert_eq!(printed.lines().count(), 2);
        for line in printed.lines() {
            assert!(!line.chars().any(|c| c.is_control() || steers(c)), "{line}");
            let read: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(read, value);
        }
    }

    #[test]
    fn escapes_have_four_digits() {
        assert_eq!(escaped("\"\u{9b}\u{202e}é\""), "\"\\u009b\\u202eé\"");
    }
}
