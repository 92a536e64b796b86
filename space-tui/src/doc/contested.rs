// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Cells with characters that terminals do not agree about: letters with marks, joined emoji, what is newer than the
//! terminal.
//!
//! A frame writes only the cells that changed, and counts on the cursor being where it takes it to be. A terminal that gives
//! such a character another width would put everything behind it into the wrong columns, and leave some of it there when
//! the next frame writes something else. So the columns of the character are blank before it is written, the cursor is
//! put where it belongs behind it, and a row with such characters is written whole when anything in it changes.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};

/// A character that terminals do not agree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contested {
    /// Its first column.
    pub x: u16,
    /// Its row.
    pub y: u16,
    /// The columns that we give it.
    pub columns: u16,
}

/// What the rows with such characters were in the last frame.
#[derive(Debug, Default)]
pub struct Rows {
    /// For each row of the screen that has some: what it says, and whether it was written an odd number of times.
    last: Vec<Option<(u64, bool)>>,
}

impl Rows {
    /// Forgets the last frame: the terminal was wiped.
    pub fn forget(&mut self) {
        self.last.clear();
    }

    /// Makes a frame safe to be written. Rows of pictures are only written as they change: a picture can be large.
    pub fn settle(
        &mut self,
        contested: &[Contested],
        has_picture: impl Fn(u16) -> bool,
        buffer: &mut Buffer,
    ) {
        if contested.is_empty() && self.last.iter().all(Option::is_none) {
            return;
        }
        let area = buffer.area;
        self.last.resize(usize::from(area.height), None);
        for (at, last) in self.last.iter_mut().enumerate() {
            let y = area.y + u16::try_from(at).unwrap_or(u16::MAX);
            let here = || contested.iter().filter(|it| it.y == y);
            if last.is_none() && here().next().is_none() {
                continue;
            }
            let says = says(buffer, y);
            let (is_changed, is_odd) = match *last {
                Some((before, is_odd)) => (before != says, is_odd != (before != says)),
                None => (true, true),
            };
            for it in here() {
                surround(*it, buffer);
            }
            if !has_picture(y) {
                for x in area.left()..area.right() {
                    let cell = &mut buffer[(x, y)];
                    match cell.diff_option {
                        CellDiffOption::None if is_changed => {
                            cell.set_diff_option(CellDiffOption::AlwaysUpdate);
                        }
                        // Such a cell is written when it is not the same as before: going to its end twice is not the
                        // same as going there once.
                        CellDiffOption::ForcedWidth(columns) if is_odd => {
                            let end = go_to(x.saturating_add(columns.get()));
                            let symbol = cell.symbol().to_owned() + &end;
                            cell.set_symbol(&symbol);
                        }
                        _ => {}
                    }
                }
            }
            *last = here().next().map(|_| (says, is_odd));
        }
    }
}

/// Returns a number for what a row says, and how it looks.
fn says(buffer: &Buffer, y: u16) -> u64 {
    let mut hasher = DefaultHasher::new();
    for x in buffer.area.left()..buffer.area.right() {
        buffer[(x, y)].hash(&mut hasher);
    }
    hasher.finish()
}

/// Blanks the columns of a character before it, and goes behind them after it.
fn surround(it: Contested, buffer: &mut Buffer) {
    let Some(columns) = NonZeroU16::new(it.columns) else {
        return;
    };
    let cell = &mut buffer[(it.x, it.y)];
    let blank = " ".repeat(usize::from(it.columns));
    let symbol = format!(
        "{blank}{}{}{}",
        go_to(it.x),
        cell.symbol(),
        go_to(it.x.saturating_add(it.columns))
    );
    cell.set_symbol(&symbol)
        .set_diff_option(CellDiffOption::ForcedWidth(columns));
}

/// Returns what puts the cursor into a column of its row, counted from 0 (CHA; columns count from 1 there).
fn go_to(x: u16) -> String {
    format!("\x1b[{}G", u32::from(x) + 1)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::doc::paint::paint;
    use crate::doc::theme::Theme;
    use crate::doc::{Area, Doc, Line, Overlay, Role, Span};
    use proptest::prelude::*;
    use ratatui::backend::CrosstermBackend;
    use ratatui::layout::Rect;
    use ratatui::{Terminal, TerminalOptions, Viewport};

    fn line(text: &str) -> Buffer {
        Buffer::with_lines([text])
    }

    const AT_ONE: Contested = Contested {
        x: 1,
        y: 0,
        columns: 1,
    };

    /// The columns that writing `next` over `last` touches.
    fn written(last: &Buffer, next: &Buffer) -> Vec<u16> {
        last.diff(next).iter().map(|(x, _, _)| *x).collect()
    }

    #[test]
    fn a_changed_row_is_written_whole_and_one_that_stays_is_not_written() {
        let mut rows = Rows::default();
        let none = |_| false;
        let mut first = line("aक़b ");
        rows.settle(&[AT_ONE], none, &mut first);
        assert!(first[(1, 0)].symbol().starts_with(" \x1b[2G"));
        assert!(first[(1, 0)].symbol().ends_with("\x1b[3G"));
        let mut second = line("aक़c ");
        rows.settle(&[AT_ONE], none, &mut second);
        assert_eq!(written(&first, &second), [0, 1, 2, 3]);
        // What was to be written in any case is compared once more; then nothing is left to do.
        let (mut third, mut fourth) = (line("aक़c "), line("aक़c "));
        rows.settle(&[AT_ONE], none, &mut third);
        assert!(!written(&second, &third).contains(&1));
        rows.settle(&[AT_ONE], none, &mut fourth);
        assert_eq!(written(&third, &fourth), [] as [u16; 0]);
        // Without the character the row is written whole for the last time.
        let mut fifth = line("abcd");
        rows.settle(&[], none, &mut fifth);
        assert_eq!(written(&fourth, &fifth), [0, 1, 2, 3]);
        let mut sixth = line("abcd");
        rows.settle(&[], none, &mut sixth);
        assert_eq!(sixth, line("abcd"));
    }

    #[test]
    fn a_row_with_a_picture_is_only_written_where_it_changed() {
        let mut rows = Rows::default();
        let mut first = line("aक़b ");
        rows.settle(&[AT_ONE], |_| true, &mut first);
        assert_eq!(first[(0, 0)].diff_option, CellDiffOption::None);
        assert_ne!(first[(1, 0)].diff_option, CellDiffOption::None);
    }

    #[test]
    fn a_screen_that_became_smaller_has_fewer_rows() {
        let mut rows = Rows::default();
        let mut tall = Buffer::empty(Rect::new(0, 0, 3, 5));
        rows.settle(&[Contested { y: 4, ..AT_ONE }], |_| false, &mut tall);
        let mut low = Buffer::empty(Rect::new(0, 0, 3, 2));
        rows.settle(&[], |_| false, &mut low);
        assert_eq!(rows.last, [None, None]);
    }

    const SIZE: (u16, u16) = (24, 6);

    /// A terminal that gives marks with a width of their own a cell, and each part of a joined emoji two.
    struct Other {
        terminal: Terminal<CrosstermBackend<Wire>>,
        wire: Wire,
        rows: Rows,
        parser: vt100::Parser,
    }

    /// What is written to the terminal.
    #[derive(Clone, Default)]
    struct Wire(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Wire {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Other {
        fn new() -> Self {
            let wire = Wire::default();
            let viewport = Viewport::Fixed(Rect::new(0, 0, SIZE.0, SIZE.1));
            let options = TerminalOptions { viewport };
            let backend = CrosstermBackend::new(wire.clone());
            let mut parser = vt100::Parser::new(SIZE.1, SIZE.0, 0);
            parser.process(b"\x1b[?7l");
            Self {
                terminal: Terminal::with_options(backend, options).unwrap(),
                wire,
                rows: Rows::default(),
                parser,
            }
        }

        fn shows(&mut self, doc: &Doc) -> Vec<String> {
            let rows = &mut self.rows;
            let drawn = self.terminal.draw(|frame| {
                let painted = paint(doc, Theme::default(), frame.buffer_mut());
                rows.settle(&painted.contested, |_| false, frame.buffer_mut());
            });
            drawn.unwrap();
            let bytes = std::mem::take(&mut *self.wire.0.lock().unwrap());
            self.parser.process(&bytes);
            self.parser.screen().rows(0, SIZE.0).collect()
        }
    }

    const TEXTS: [&str; 9] = [
        "plain text as ever",
        "हिन्दी कि की क्ष और",
        "ภาษาไทยมีสระ กำลัง",
        "اَلْعَرَبِيَّةُ مَعَ",
        "👩\u{200d}👩\u{200d}👧 and 👩\u{200d}💻",
        "❤\u{fe0f} 🏳\u{fe0f}\u{200d}🌈 🇧🇷 x",
        "a\u{301}\u{327} z\u{335}\u{336} y",
        "தமிழ் கொ ಕನ್ನಡ",
        "",
    ];

    fn doc(lines: &[usize], has_box: bool) -> Doc {
        let line =
            |at: &usize| Line::text(Role::Text, TEXTS[*at]).right(vec![Span::new(Role::Id, "#1")]);
        let area = Area {
            x: 3,
            y: 1,
            columns: 9,
            rows: 3,
        };
        let overlay = Overlay {
            area,
            lines: vec![Line::text(Role::Text, "कि")],
            ..Overlay::default()
        };
        Doc {
            body: lines.iter().map(line).collect(),
            overlays: has_box.then_some(overlay).into_iter().collect(),
            ..Doc::default()
        }
    }

    proptest! {
        #[test]
        fn one_frame_after_another_shows_what_the_last_one_alone_would(
            frames in prop::collection::vec((prop::collection::vec(0..TEXTS.len(), 6), any::<bool>()), 1..6)
        ) {
            let mut one = Other::new();
            let mut last = Vec::new();
            for (lines, has_box) in &frames {
                last = one.shows(&doc(lines, *has_box));
                for (row, at) in last.iter().zip(lines) {
                    prop_assert!(row.ends_with("#1"), "{:?} of {}", row, TEXTS[*at]);
                }
            }
            let (lines, has_box) = frames.last().unwrap();
            prop_assert_eq!(last, Other::new().shows(&doc(lines, *has_box)));
        }
    }
}
