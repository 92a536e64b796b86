// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Removes what must never reach a terminal, a chat room or a reader's eye.
//!
//! What goes, and why:
//!
//! | removed | because |
//! |---|---|
//! | C0 and C1 controls with ESC and DEL, but not line feed and tab | they steer terminals |
//! | bidi embeddings, overrides, isolates (U+202A-202E, U+2066-2069) and U+206A-206F | they make text read as another |
//! | BOM, zero-width space, word joiner, soft hyphen, fillers and other invisible characters | names and words that look alike |
//! | tag characters and variation selectors that select nothing | hidden messages |
//! | combining marks after the eighth on one letter | text that climbs over its neighbours |
//!
//! What stays because scripts need it: ZWNJ and ZWJ between letters of Arabic, Indic and other joining scripts, ZWJ,
//! variation selectors and tags inside emoji, zero-width space between letters of scripts without word spaces (Thai,
//! Khmer, Lao, Myanmar), and the direction marks U+200E, U+200F and U+061C, which can only order the neutral characters
//! beside them. [`line()`] removes the direction marks as well, since names and titles are compared by eye.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// Combining marks kept on one letter. Vietnamese needs two, Hebrew with cantillation and Tibetan up to about six.
const MAX_COMBINING_MARKS: usize = 8;

/// Returns the text without what must never reach a terminal. Line feeds and tabs stay; CR LF, CR and the Unicode line
/// and paragraph separators become line feeds.
pub fn text(source: &str) -> Cow<'_, str> {
    if source
        .bytes()
        .all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t'))
    {
        return Cow::Borrowed(source);
    }
    let clean = Filter::default().run(source);
    if clean == source {
        Cow::Borrowed(source)
    } else {
        Cow::Owned(clean)
    }
}

/// Returns the text as one line, for names and titles: like [`text`], without direction marks, and with every run of
/// white space folded into one space, none at the ends.
pub fn line(source: &str) -> Cow<'_, str> {
    let is_clean = |byte: u8| matches!(byte, b' '..=b'~');
    if source.bytes().all(is_clean)
        && !source.contains("  ")
        && !source.starts_with(' ')
        && !source.ends_with(' ')
    {
        return Cow::Borrowed(source);
    }
    let clean = Filter::default().run(source);
    let mut folded = String::with_capacity(clean.len());
    for word in clean.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().filter(|c| !is_direction_mark(*c)));
    }
    // A word of direction marks alone leaves its space behind.
    if folded.ends_with(' ') || folded.contains("  ") {
        folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if folded == source {
        Cow::Borrowed(source)
    } else {
        Cow::Owned(folded)
    }
}

/// Invisible marks that only order the neutral characters beside them.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Walks through a text, knowing what came before.
#[derive(Default)]
struct Filter {
    out: String,
    /// The last character that was kept, joiners apart.
    previous: Option<char>,
    /// A joiner that is kept only if the next kept character needs it.
    joiner: Option<char>,
    /// Combining marks since the last letter.
    marks: usize,
    /// Whether a flag made of tags is open (U+1F3F4 and tags so far).
    is_in_flag: bool,
}

impl Filter {
    fn run(mut self, source: &str) -> String {
        self.out.reserve(source.len());
        let mut chars = source.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' if chars.peek() == Some(&'\n') => {}
                '\r' | '\u{2028}' | '\u{2029}' => self.keep('\n'),
                '\u{200b}'..='\u{200d}' => self.joiner = Some(c),
                _ if self.allows(c) => self.keep(c),
                _ => {}
            }
        }
        self.out
    }

    fn keep(&mut self, c: char) {
        if let (Some(joiner), Some(previous)) = (self.joiner.take(), self.previous)
            && is_joiner_needed(previous, joiner, c)
        {
            self.out.push(joiner);
        }
        self.is_in_flag = c == '\u{1f3f4}' || (self.is_in_flag && is_tag(c));
        self.marks = if is_combining(c) { self.marks + 1 } else { 0 };
        self.previous = Some(c);
        self.out.push(c);
    }

    fn allows(&self, c: char) -> bool {
        let after = |test: fn(char) -> bool| self.previous.is_some_and(test);
        match c {
            '\n' | '\t' | ' '..='~' => true,
            '\u{0}'..='\u{9f}' => false,
            '\u{fe0e}' | '\u{fe0f}' => {
                after(|p| is_emoji_part(p) || matches!(p, '0'..='9' | '#' | '*' | '©' | '®'))
            }
            '\u{fe00}'..='\u{fe0d}' => after(|p| !p.is_ascii() && !is_variation_selector(p)),
            '\u{e0100}'..='\u{e01ef}' => after(is_ideograph),
            '\u{180b}'..='\u{180d}' | '\u{180f}' => after(|p| matches!(p, '\u{1820}'..='\u{18aa}')),
            _ if is_tag(c) => self.is_in_flag,
            _ if is_invisible(c) => false,
            _ if is_combining(c) => self.marks < MAX_COMBINING_MARKS,
            _ => true,
        }
    }
}

/// Returns whether the joiner (or zero-width space) is spelling where it stands.
fn is_joiner_needed(before: char, joiner: char, after: char) -> bool {
    match joiner {
        '\u{200b}' => is_without_word_spaces(before) && is_without_word_spaces(after),
        '\u{200c}' => is_joining_script(before) && is_joining_script(after),
        _ => {
            // In Indic scripts a joiner may end a word to show a half letter; there a space or a stop follows.
            (is_joining_script(before)
                && (is_joining_script(after) || after == ' ' || after.is_ascii_punctuation()))
                || (is_emoji_part(before) && is_emoji_part(after))
        }
    }
}

/// Returns whether nobody sees a character, whatever stands beside it; joiners and selectors included.
pub(crate) fn is_hidden(c: char) -> bool {
    is_invisible(c)
        || is_variation_selector(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{180b}'..='\u{180f}')
}

/// Characters without ink that no script here needs, and the bidi controls.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180e}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{fffe}'..='\u{ffff}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0020}'..='\u{e007f}')
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_combining(c: char) -> bool {
    c >= '\u{300}' && !is_variation_selector(c) && !is_tag(c) && is_combining_mark(c)
}

/// Letters whose shapes join, so that a joiner or non-joiner between them is spelling.
fn is_joining_script(c: char) -> bool {
    matches!(
        c,
        '\u{600}'..='\u{8ff}'
            | '\u{900}'..='\u{dff}'
            | '\u{f00}'..='\u{109f}'
            | '\u{1700}'..='\u{18af}'
            | '\u{1900}'..='\u{1cff}'
            | '\u{a800}'..='\u{abff}'
            | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{10a00}'..='\u{11fff}'
            | '\u{1e900}'..='\u{1e95f}'
    )
}

fn is_without_word_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Pictures and what modifies them.
fn is_emoji_part(c: char) -> bool {
    matches!(
        c,
        '\u{2190}'..='\u{2bff}'
            | '\u{203c}'
            | '\u{2049}'
            | '\u{2122}'
            | '\u{2139}'
            | '\u{3030}'
            | '\u{303d}'
            | '\u{3297}'
            | '\u{3299}'
            | '\u{fe0f}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("plain text", "plain text")]
    #[case::lines_and_tabs("a\n\tb", "a\n\tb")]
    #[case::line_endings("a\r\nb\rc\u{2028}d", "a\nb\nc\nd")]
    #[case::escape_sequences("\u{1b}[31mred\u{9b}0m", "[31mred0m")]
    #[case::bell_nul_delete("a\u{7}b\u{0}c\u{7f}", "abc")]
    #[case::overrides("abc\u{202e}fdp.exe\u{202c}", "abcfdp.exe")]
    #[case::isolates("\u{2066}a\u{2069}", "a")]
    #[case::direction_marks_stay("א\u{200f}!", "א\u{200f}!")]
    #[case::zero_width("p\u{200b}a\u{2060}y\u{feff}p\u{ad}al", "paypal")]
    #[case::joiners_between_latin_letters("a\u{200d}b\u{200c}c", "abc")]
    #[case::persian_non_joiner("می\u{200c}خواهم", "می\u{200c}خواهم")]
    #[case::devanagari_joiner("क्\u{200d}ष", "क्\u{200d}ष")]
    #[case::thai_word_break("ไทย\u{200b}ไทย", "ไทย\u{200b}ไทย")]
    #[case::family_emoji("👩\u{200d}👩\u{200d}👧", "👩\u{200d}👩\u{200d}👧")]
    #[case::heart_with_selector("❤\u{fe0f}", "❤\u{fe0f}")]
    #[case::keycap("1\u{fe0f}\u{20e3}", "1\u{fe0f}\u{20e3}")]
    #[case::selector_after_letter("a\u{fe0f}b", "ab")]
    #[case::flag_of_scotland(
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}"
    )]
    #[case::hidden_message("hi\u{e0068}\u{e0069}", "hi")]
    #[case::hangul_filler("\u{3164}", "")]
    fn text_is_cleaned(#[case] source: &str, #[case] clean: &str) {
        assert_eq!(text(source), clean);
    }

    #[test]
    fn clean_text_is_borrowed() {
        assert!(matches!(text("naïve — ok"), Cow::Borrowed(_)));
        assert!(matches!(line("naïve — ok"), Cow::Borrowed(_)));
    }

    #[test]
    fn piled_marks_are_cut() {
        let piled = format!("a{}b", "\u{301}".repeat(50));
        assert_eq!(text(&piled).chars().count(), 2 + MAX_COMBINING_MARKS);
    }

    #[rstest]
    #[case("  a \n\t b ", "a b")]
    #[case("a\u{200e} \u{200f} b", "a b")]
    #[case("\u{200f}", "")]
    #[case("\u{1b}]0;x\u{7}", "]0;x")]
    fn lines_are_folded(#[case] source: &str, #[case] clean: &str) {
        assert_eq!(line(source), clean);
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(source in "\\PC*|(?s).*") {
            let once = text(&source).into_owned();
            prop_assert_eq!(text(&once), once.as_str());
            let once = line(&source).into_owned();
            prop_assert_eq!(line(&once), once.as_str());
        }
    }
}
