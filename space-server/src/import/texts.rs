// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The texts of posts between reading and writing. Only where each stands is kept in memory: a forum of a
//! million posts has more text than a small server has memory.

use std::io::{self, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

/// Up to this size the texts stay in memory.
const IN_MEMORY_BYTES: usize = 32 << 20;

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    start: u64,
    length: u64,
}

/// Texts, in memory or in an unnamed temporary file.
#[derive(Debug)]
pub(crate) struct Texts {
    file: SpooledTempFile,
    end: u64,
    /// Whether the next write goes to the end without a seek.
    at_end: bool,
}

impl Texts {
    pub(crate) fn new() -> Self {
        Self {
            file: tempfile::spooled_tempfile(IN_MEMORY_BYTES),
            end: 0,
            at_end: true,
        }
    }

    /// Keeps a text.
    pub(crate) fn add(&mut self, text: &str) -> io::Result<Span> {
        if !self.at_end {
            self.file.seek(SeekFrom::Start(self.end))?;
            self.at_end = true;
        }
        self.file.write_all(text.as_bytes())?;
        let span = Span {
            start: self.end,
            length: text.len() as u64,
        };
        self.end += span.length;
        Ok(span)
    }

    /// Gives a text back.
    pub(crate) fn get(&mut self, span: Span) -> io::Result<String> {
        self.at_end = false;
        self.file.seek(SeekFrom::Start(span.start))?;
        let mut text = String::new();
        (&mut self.file)
            .take(span.length)
            .read_to_string(&mut text)?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_in_any_order() {
        let mut texts = Texts::new();
        let one = texts.add("eins").unwrap();
        let none = texts.add("").unwrap();
        assert_eq!(texts.get(one).unwrap(), "eins");
        let two = texts.add("zwei – drei").unwrap();
        assert_eq!(texts.get(two).unwrap(), "zwei – drei");
        assert_eq!(texts.get(none).unwrap(), "");
        assert_eq!(texts.get(one).unwrap(), "eins");
    }
}
