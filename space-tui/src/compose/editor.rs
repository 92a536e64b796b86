// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A text that is being written: the text, the cursor, and the way back through what was changed.
//!
//! It is a plain value that compares and clones, as the model asks; what a reader sees as one character is one step of
//! the cursor and one press of the erasing key, however many code points it has.

use crossterm::event::KeyCode;
use unicode_segmentation::UnicodeSegmentation;

use super::rows::{Row, rows};
use crate::app::keys::Key;
use crate::text::measure::width;

/// States kept for undo at most.
const RING: usize = 200;

/// What the last change was; typing on joins one step of undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Change {
    #[default]
    Other,
    Typed,
    Erased,
}

/// The text and where the cursor is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct State {
    text: String,
    at: usize,
}

/// The text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Editor {
    now: State,
    before: Vec<State>,
    after: Vec<State>,
    last: Change,
    /// The column that moving up and down tries to keep.
    column: Option<usize>,
    is_one_line: bool,
}

impl Editor {
    /// Takes a text up, with the cursor at its end.
    pub fn new(text: &str) -> Self {
        let text = plain(text);
        let at = text.len();
        Self {
            now: State { text, at },
            ..Self::default()
        }
    }

    /// Takes up a text of one line.
    pub fn line(text: &str) -> Self {
        let mut editor = Self {
            is_one_line: true,
            ..Self::default()
        };
        editor.insert(text);
        editor.before.clear();
        editor
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.now.text
    }

    /// Returns the byte at which the cursor is; always between two characters as readers see them.
    pub fn at(&self) -> usize {
        self.now.at
    }

    /// Returns the rows of the text at a width, and the row and column of the cursor.
    pub fn laid_out(&self, columns: usize) -> (Vec<Row>, usize, usize) {
        let rows = rows(&self.now.text, columns);
        let row = row_of(&rows, self.now.at);
        let column = measured(&self.now.text[rows[row].start..self.now.at]);
        (rows, row, column)
    }

    /// Puts a text at the cursor, as one step of undo.
    pub fn insert(&mut self, text: &str) {
        let text = if self.is_one_line {
            plain(text).replace(['\n', '\t'], " ")
        } else {
            plain(text)
        };
        self.change(Change::Other, self.now.at..self.now.at, &text);
    }

    /// Puts another text in the place of everything, as one step of undo.
    pub fn replace(&mut self, text: &str) {
        if plain(text) != self.now.text {
            self.change(Change::Other, 0..self.now.text.len(), &plain(text));
        }
    }

    /// Puts another text in the place of a part of it, as one step of undo.
    pub fn replace_part(&mut self, part: std::ops::Range<usize>, with: &str) {
        self.change(Change::Other, part, with);
    }

    fn change(&mut self, kind: Change, part: std::ops::Range<usize>, with: &str) {
        if part.is_empty() && with.is_empty() {
            return;
        }
        let joins = kind != Change::Other && kind == self.last && !with.contains([' ', '\n']);
        if !joins {
            self.before.push(self.now.clone());
            let extra = self.before.len().saturating_sub(RING);
            self.before.drain(..extra);
        }
        self.after.clear();
        self.last = kind;
        self.column = None;
        let at = part.start + with.len();
        self.now.text.replace_range(part, with);
        // What was put in may have joined what stands after it.
        self.now.at = snapped(&self.now.text, at);
    }

    /// Takes the last change back.
    pub fn undo(&mut self) -> bool {
        let Some(state) = self.before.pop() else {
            return false;
        };
        self.after.push(std::mem::replace(&mut self.now, state));
        (self.last, self.column) = (Change::Other, None);
        true
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) -> bool {
        let Some(state) = self.after.pop() else {
            return false;
        };
        self.before.push(std::mem::replace(&mut self.now, state));
        (self.last, self.column) = (Change::Other, None);
        true
    }

    /// Takes a key that types, erases or moves, on rows of so many columns; returns whether it was one.
    pub fn key(&mut self, key: Key, columns: usize, page: usize) -> bool {
        let at = self.now.at;
        if let Some(c) = key.typed() {
            self.change(Change::Typed, at..at, c.encode_utf8(&mut [0; 4]));
            return true;
        }
        let held = key.ctrl || key.alt;
        match key.code {
            KeyCode::Enter if !held => self.newline(),
            KeyCode::Char('j') if key.ctrl => self.newline(),
            KeyCode::Backspace if held => self.erase(self.word_before()..at),
            KeyCode::Char('w') if key.ctrl => self.erase(self.word_before()..at),
            KeyCode::Backspace => self.erase(self.before(at)..at),
            KeyCode::Char('h') if key.ctrl => self.erase(self.before(at)..at),
            KeyCode::Delete if held => self.erase(at..self.word_after()),
            KeyCode::Char('d') if key.alt => self.erase(at..self.word_after()),
            KeyCode::Delete => self.erase(at..self.after(at)),
            KeyCode::Char('d') if key.ctrl => self.erase(at..self.after(at)),
            KeyCode::Char('u') if key.ctrl => self.erase(self.line_start()..at),
            KeyCode::Char('k') if key.ctrl => {
                let end = self.line_end();
                self.erase(at..if end == at { self.after(at) } else { end });
            }
            KeyCode::Left if held => self.go(self.word_before()),
            KeyCode::Char('b') if key.alt => self.go(self.word_before()),
            KeyCode::Right if held => self.go(self.word_after()),
            KeyCode::Char('f') if key.alt => self.go(self.word_after()),
            KeyCode::Left => self.go(self.before(at)),
            KeyCode::Char('b') if key.ctrl => self.go(self.before(at)),
            KeyCode::Right => self.go(self.after(at)),
            KeyCode::Char('f') if key.ctrl => self.go(self.after(at)),
            KeyCode::Home if held => self.go(0),
            KeyCode::End if held => self.go(self.now.text.len()),
            KeyCode::Home => self.row_edge(columns, false),
            KeyCode::Char('a') if key.ctrl => self.row_edge(columns, false),
            KeyCode::End => self.row_edge(columns, true),
            KeyCode::Up if !held => self.up_or_down(-1, columns),
            KeyCode::Down if !held => self.up_or_down(1, columns),
            KeyCode::PageUp if !held => self.up_or_down(-signed(page), columns),
            KeyCode::PageDown if !held => self.up_or_down(signed(page), columns),
            _ => return false,
        }
        true
    }

    fn newline(&mut self) {
        if !self.is_one_line {
            self.change(Change::Typed, self.now.at..self.now.at, "\n");
        }
    }

    fn erase(&mut self, part: std::ops::Range<usize>) {
        self.change(Change::Erased, part, "");
    }

    fn go(&mut self, at: usize) {
        (self.now.at, self.last, self.column) = (at, Change::Other, None);
    }

    fn line_start(&self) -> usize {
        let start = self.now.text[..self.now.at].rfind('\n');
        start.map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        let rest = &self.now.text[self.now.at..];
        self.now.at + rest.find('\n').unwrap_or(rest.len())
    }

    fn before(&self, at: usize) -> usize {
        let start = self.line_start();
        let last = self.now.text[start..at].graphemes(true).next_back();
        at - last.map_or(usize::from(at > 0), str::len)
    }

    fn after(&self, at: usize) -> usize {
        let next = self.now.text[at..self.line_end()].graphemes(true).next();
        let step = next.map_or(1, str::len);
        (at + step).min(self.now.text.len())
    }

    /// Where the word before the cursor begins, over the space between.
    fn word_before(&self) -> usize {
        let text = &self.now.text[..self.now.at];
        let word = |part: &str| part.chars().any(char::is_alphanumeric);
        let mut parts = text.split_word_bound_indices().rev();
        let found = parts.find(|(_, part)| word(part));
        found.map_or(0, |(at, _)| at)
    }

    /// Where the word after the cursor ends.
    fn word_after(&self) -> usize {
        let text = &self.now.text[self.now.at..];
        let word = |part: &str| part.chars().any(char::is_alphanumeric);
        let mut parts = text.split_word_bound_indices();
        let found = parts.find(|(_, part)| word(part));
        let end = found.map_or(text.len(), |(at, part)| at + part.len());
        snapped(&self.now.text, self.now.at + end)
    }

    fn row_edge(&mut self, columns: usize, is_end: bool) {
        let (rows, row, _) = self.laid_out(columns);
        let Row { start, end } = rows[row];
        // The end of a row that goes on in the next one would be the start of that.
        let goes_on = rows.get(row + 1).is_some_and(|next| next.start == end);
        let end = if goes_on {
            self.before_in(start, end)
        } else {
            end
        };
        self.go(if is_end { end } else { start });
    }

    fn before_in(&self, start: usize, end: usize) -> usize {
        let last = self.now.text[start..end].graphemes(true).next_back();
        end - last.map_or(0, str::len)
    }

    fn up_or_down(&mut self, by: isize, columns: usize) {
        let (rows, row, column) = self.laid_out(columns);
        let wanted = self.column.unwrap_or(column);
        let target = row.saturating_add_signed(by).min(rows.len() - 1);
        if target == row {
            self.go(if by < 0 { 0 } else { self.now.text.len() });
            return;
        }
        let Row { start, end } = rows[target];
        let goes_on = rows.get(target + 1).is_some_and(|next| next.start == end);
        let end = if goes_on {
            self.before_in(start, end)
        } else {
            end
        };
        let (mut at, mut used) = (start, 0);
        for cluster in self.now.text[start..end].graphemes(true) {
            let wide = super::rows::columns_of(cluster);
            if used + wide > wanted {
                break;
            }
            (at, used) = (at + cluster.len(), used + wide);
        }
        self.go(at);
        self.column = Some(wanted);
    }
}

/// Which row a byte is on: of two rows that meet there, the later.
fn row_of(rows: &[Row], at: usize) -> usize {
    rows.partition_point(|row| row.start <= at)
        .saturating_sub(1)
}

fn measured(text: &str) -> usize {
    text.graphemes(true).map(super::rows::columns_of).sum()
}

/// The next end of a character, as readers see them, at a byte or after it.
fn snapped(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |next| at + next);
    let mut edges = text[start..end].grapheme_indices(true);
    let edge = edges.find_map(|(edge, cluster)| {
        let next = start + edge + cluster.len();
        (next >= at && start + edge < at).then_some(next)
    });
    edge.unwrap_or(at)
}

/// The text as it can be sent: one kind of line end, and no other controls than tabs.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(is_kept).collect()
}

fn signed(n: usize) -> isize {
    isize::try_from(n).unwrap_or(isize::MAX)
}

/// Returns the columns of a text in a line of its own, for a title.
pub fn line_width(text: &str) -> usize {
    width(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keys::sequence;
    use proptest::prelude::*;
    use rstest::rstest;

    fn after(text: &str, keys: &str) -> String {
        let mut editor = Editor::new(text);
        for key in sequence(keys) {
            editor.key(key, 10, 5);
        }
        let mut text = editor.text().to_owned();
        text.insert(editor.at(), '|');
        text
    }

    #[rstest]
    #[case("", "a b c", "abc|")]
    #[case("one two", "C-w", "one |")]
    #[case("one two  ", "C-w C-w", "|")]
    #[case("one two", "C-Left x", "one x|two")]
    #[case("one two", "C-u", "|")]
    #[case("one\ntwo", "C-u C-u x", "one\nx|")]
    #[case("one\ntwo", "Up C-k", "one|two")]
    #[case("one\ntwo", "Up Home C-k C-k", "|two")]
    #[case("👩\u{200d}💻", "Bksp", "|")]
    #[case("ae\u{301}", "Bksp", "a|")]
    #[case("ae\u{301}", "Left Left Right", "a|e\u{301}")]
    #[case("🇩🇪🇫🇷", "Bksp", "🇩🇪|")]
    #[case("日本語", "Left Bksp", "日|語")]
    #[case("שלום", "Left x", "שלוx|ם")]
    #[case("a\n\nb", "Up Up", "a|\n\nb")]
    #[case("abc\nd\nefg", "Up Up", "abc|\nd\nefg")]
    #[case("abc", "Up", "|abc")]
    #[case("abc", "Up Down", "abc|")]
    #[case("one two three four", "Home", "one two |three four")]
    #[case("one two three four", "Up", "one two| three four")]
    #[case("a\tb", "Left Bksp", "a|b")]
    fn pressed(#[case] text: &str, #[case] keys: &str, #[case] want: &str) {
        assert_eq!(after(text, keys), want);
    }

    #[test]
    fn what_was_typed_in_a_row_is_one_step_back() {
        let mut editor = Editor::default();
        for c in "one two".chars() {
            editor.key(Key::plain(KeyCode::Char(c)), 10, 5);
        }
        editor.insert(" three\r\nfour");
        assert_eq!(editor.text(), "one two three\nfour");
        for want in ["one two", "one", ""] {
            assert!(editor.undo());
            assert_eq!(editor.text(), want);
        }
        assert!(!editor.undo());
        while editor.redo() {}
        assert_eq!(editor.text(), "one two three\nfour");
    }

    #[test]
    fn a_line_stays_a_line() {
        let mut editor = Editor::line("a\r\nb");
        editor.key(Key::plain(KeyCode::Enter), 10, 5);
        editor.insert("c\td");
        assert_eq!(editor.text(), "a bc d");
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let codes = prop_oneof![
            any::<char>().prop_map(KeyCode::Char),
            prop::sample::select(vec![
                KeyCode::Enter,
                KeyCode::Backspace,
                KeyCode::Delete,
                KeyCode::Left,
                KeyCode::Right,
                KeyCode::Up,
                KeyCode::Down,
                KeyCode::Home,
                KeyCode::End,
                KeyCode::PageUp,
                KeyCode::PageDown,
                KeyCode::Char('w'),
                KeyCode::Char('k'),
                KeyCode::Char('u'),
                KeyCode::Char('d'),
                KeyCode::Char('\u{301}'),
                KeyCode::Char('\u{200d}'),
                KeyCode::Char('💻'),
                KeyCode::Char('日'),
            ]),
        ];
        (codes, any::<bool>(), any::<bool>()).prop_map(|(code, ctrl, alt)| Key { code, ctrl, alt })
    }

    fn is_between_characters(editor: &Editor) -> bool {
        let text = editor.text();
        let mut edges = text.grapheme_indices(true).map(|(at, _)| at);
        editor.at() == text.len() || edges.any(|at| at == editor.at())
    }

    proptest! {
        #[test]
        fn text_in_is_text_out(text in "([ -~]|\\PC|[日本שلم👩\u{200d}💻e\u{301}\t]|\r?\n){0,80}") {
            let want = text.replace("\r\n", "\n").replace('\r', "\n");
            let editor = Editor::new(&text);
            prop_assert_eq!(editor.text(), &want);
            let mut pasted = Editor::default();
            pasted.insert(&text);
            prop_assert_eq!(pasted.text(), &want);
        }

        #[test]
        fn any_keys_keep_the_cursor_between_characters_and_can_be_taken_back(
            text in "([a-z \n]|[日👩\u{200d}💻e\u{301}שם]){0,30}", keys in prop::collection::vec(any_key(), 0..60),
            columns in 1_usize..12
        ) {
            let mut editor = Editor::new(&text);
            for key in keys {
                editor.key(key, columns, 3);
                prop_assert!(is_between_characters(&editor), "{editor:?}");
                let (rows, row, _) = editor.laid_out(columns);
                prop_assert!(rows[row].start <= editor.at() && editor.at() <= rows[row].end);
            }
            while editor.undo() {}
            prop_assert_eq!(editor.text(), &text);
        }
    }
}
