// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Finds what has a meaning of its own inside plain text: mentions, references, emoji, addresses, spoilers.
//!
//! The parser and the Markdown writer ask the same function, so what one reads the other knows to escape.

use unicode_normalization::char::is_combining_mark;

/// Characters that can begin a token.
const STARTS: [char; 8] = ['@', '#', ':', 'h', 'H', 'w', 'W', '['];
/// Longest name that is taken for a mention, in characters.
const MAX_NAME_CHARS: usize = 60;
/// Longest shortcode of an emoji, in bytes.
const MAX_EMOJI_BYTES: usize = 64;
/// Longest address that is found in text, in characters; keeps the time linear.
const MAX_ADDRESS_CHARS: usize = 2_000;
/// Most digits of a number, so that it fits a signed 64-bit integer.
const MAX_ID_DIGITS: usize = 18;

/// Something found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `@name`
    Mention(&'a str),
    /// `#123`
    Reference(i64),
    /// `:name:`
    Emoji(&'a str),
    /// `https://...` or `www....`
    Address(&'a str),
    /// `[spoiler]`
    SpoilerStart,
    /// `[/spoiler]`
    SpoilerEnd,
}

impl Token<'_> {
    /// Returns how many of its first bytes carry the meaning: a backslash before one of them takes it away.
    pub(super) fn syntax_bytes(self) -> usize {
        match self {
            Self::Mention(_) | Self::Reference(_) => 1,
            Self::Emoji(name) => name.len() + 2,
            Self::Address(_) => "https://".len(),
            Self::SpoilerStart => "[spoiler]".len(),
            Self::SpoilerEnd => "[/spoiler]".len(),
        }
    }
}

/// Returns the token that begins at `at`, and where it ends. `before` is the character in front of it, if any.
pub(super) fn token_at(text: &str, at: usize, before: Option<char>) -> Option<(Token<'_>, usize)> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let is_after_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let (token, length) = match first {
        '@' if !is_after_word && !matches!(before, Some('@' | '/' | '.' | '-' | '+')) => {
            mention(rest)?
        }
        '#' if !is_after_word && !matches!(before, Some('#' | '/' | '&' | '.' | '-' | '=')) => {
            reference(rest)?
        }
        ':' if !is_after_word && before != Some(':') => emoji(rest)?,
        'h' | 'H' | 'w' | 'W' if !is_after_word => address(rest)?,
        '[' if rest.starts_with("[spoiler]") => (Token::SpoilerStart, "[spoiler]".len()),
        '[' if rest.starts_with("[/spoiler]") => (Token::SpoilerEnd, "[/spoiler]".len()),
        _ => return None,
    };
    Some((token, at + length))
}

/// Returns where the next character stands that can begin a token.
pub(super) fn next_start(text: &str, from: usize) -> Option<usize> {
    text[from..].find(STARTS).map(|offset| from + offset)
}

fn mention(rest: &str) -> Option<(Token<'_>, usize)> {
    let name = &rest[1..];
    let end = name
        .char_indices()
        .take(MAX_NAME_CHARS + 1)
        .find(|(_, c)| {
            !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.') || is_combining_mark(*c))
        })
        .map_or_else(|| name.len(), |(index, _)| index);
    let name = name.get(..end)?;
    if name.chars().count() > MAX_NAME_CHARS
        || !name.starts_with(|c: char| c.is_alphanumeric() || c == '_')
    {
        return None;
    }
    let mut following = rest[1 + end..].chars();
    // Names on other networks are no mentions: @alice@example.org, @alice:example.org.
    match following.next() {
        Some('@') => return None,
        Some(':') if following.next().is_some_and(char::is_alphanumeric) => return None,
        _ => {}
    }
    let name = name.trim_end_matches(['.', '-']);
    Some((Token::Mention(name), 1 + name.len()))
}

fn reference(rest: &str) -> Option<(Token<'_>, usize)> {
    let digits = rest.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let number = rest.get(1..=digits)?;
    if digits > MAX_ID_DIGITS
        || rest[1 + digits..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
    {
        return None;
    }
    let id = number.parse().ok().filter(|id| *id > 0)?;
    Some((Token::Reference(id), 1 + digits))
}

fn emoji(rest: &str) -> Option<(Token<'_>, usize)> {
    let is_part = |byte: &u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-')
    };
    let bytes = rest.as_bytes();
    let mut end = 1 + bytes[1..].iter().take_while(|byte| is_part(byte)).count();
    if end == 1 || end > MAX_EMOJI_BYTES || bytes.get(end) != Some(&b':') {
        return None;
    }
    let name = &rest[1..end];
    if !matches!(name, "+1" | "-1" | "100" | "1234")
        && !name.bytes().any(|byte| byte.is_ascii_lowercase())
    {
        return None;
    }
    // A skin tone belongs to the name: `:wave:t3:`.
    if matches!(bytes.get(end + 1..end + 4), Some([b't', b'1'..=b'6', b':'])) {
        end += 3;
    }
    Some((Token::Emoji(&rest[1..end]), end + 1))
}

fn address(rest: &str) -> Option<(Token<'_>, usize)> {
    let scheme = ["https://", "http://", "www."].into_iter().find(|scheme| {
        rest.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    if !rest[scheme.len()..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let is_end =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`');
    let end = rest
        .char_indices()
        .take(MAX_ADDRESS_CHARS + 1)
        .find(|(_, c)| is_end(*c))
        .map_or_else(|| rest.len(), |(index, _)| index);
    if end > 4 * MAX_ADDRESS_CHARS {
        return None;
    }
    let end = ["[spoiler]", "[/spoiler]"]
        .into_iter()
        .filter_map(|tag| rest[..end].find(tag))
        .min()
        .unwrap_or(end);
    let address = trim_address(&rest[..end]);
    Some((Token::Address(address), address.len()))
}

/// Leaves the punctuation of the sentence behind, and a closing bracket that the address did not open.
fn trim_address(mut address: &str) -> &str {
    // Counted once, so that a long row of brackets does not take quadratic time.
    let count = |c: char| address.matches(c).count();
    let mut unopened_round = count(')').saturating_sub(count('('));
    let mut unopened_square = count(']').saturating_sub(count('['));
    while let Some(last) = address.chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '’' | '”' | '“' | '…'
            | '»' => {}
            ')' if unopened_round > 0 => unopened_round -= 1,
            ']' if unopened_square > 0 => unopened_square -= 1,
            _ => break,
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::name("@alice", Some(Token::Mention("alice")))]
    #[case::name_ends_before_stop("@alice. Yes", Some(Token::Mention("alice")))]
    #[case::name_with_marks("@j.d-x_1, hi", Some(Token::Mention("j.d-x_1")))]
    #[case::name_in_other_script("@Łukasz", Some(Token::Mention("Łukasz")))]
    #[case::name_before_colon("@alice: hi", Some(Token::Mention("alice")))]
    #[case::matrix_name("@alice:example.org", None)]
    #[case::fediverse_name("@alice@example.org", None)]
    #[case::no_name("@ home", None)]
    #[case::post("#48213.", Some(Token::Reference(48213)))]
    #[case::post_alone("#1", Some(Token::Reference(1)))]
    #[case::colour("#12ab", None)]
    #[case::tag("#include", None)]
    #[case::hash("#", None)]
    #[case::huge("#1234567890123456789", None)]
    #[case::emoji(":smile:", Some(Token::Emoji("smile")))]
    #[case::thumb(":+1:", Some(Token::Emoji("+1")))]
    #[case::skin_tone(":wave:t3: hi", Some(Token::Emoji("wave:t3")))]
    #[case::time(":30:", None)]
    #[case::path("::vector:", None)]
    #[case::address(
        "https://example.org/a_b(c)",
        Some(Token::Address("https://example.org/a_b(c)"))
    )]
    #[case::address_in_brackets(
        "https://example.org/a).",
        Some(Token::Address("https://example.org/a"))
    )]
    #[case::address_without_scheme("www.example.org, x", Some(Token::Address("www.example.org")))]
    #[case::hidden_address("https://e.org/a[/spoiler]", Some(Token::Address("https://e.org/a")))]
    #[case::half_an_address("https:// x", None)]
    #[case::word("hello", None)]
    #[case::spoiler("[spoiler]x", Some(Token::SpoilerStart))]
    fn tokens_are_found(#[case] text: &str, #[case] token: Option<Token<'_>>) {
        assert_eq!(token_at(text, 0, None).map(|(token, _)| token), token);
    }

    #[rstest]
    #[case("me@example.org", 2)]
    #[case("a#1", 1)]
    #[case("12:ab:", 2)]
    #[case("xhttp://example.org", 1)]
    #[case("&#1", 1)]
    fn nothing_is_found_inside_words(#[case] text: &str, #[case] at: usize) {
        let before = text[..at].chars().next_back();
        assert_eq!(token_at(text, at, before), None);
    }
}
