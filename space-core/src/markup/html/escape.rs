// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Puts a backslash before every character of plain text that would be read as markup, and before no other.

use super::super::scan::{self, Token};
use super::node::Next;

/// Marks a hard break in text that is being written; plain text cannot hold it.
pub(super) const HARD_BREAK: char = '\u{1}';
/// Marks where a span will begin in text that is being written, so that the text after it does not begin the line.
pub(super) const SPAN_START: char = '\u{2}';

/// Where the text stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// What follows the text.
    pub(super) next: Next,
    /// Whether it is the text of a link or picture.
    pub(super) is_label: bool,
}

/// Adds a text, in which white space is folded already, to what is written so far.
pub(super) fn push(out: &mut String, text: &str, place: Place) {
    let before = out.chars().next_back();
    let tokens = tokens(text, before, place.is_label);
    let mut tokens = tokens.iter().copied().peekable();
    let mut block_marker = None;
    // Whether the current row of underscores stands inside a word; looked up once per row.
    let mut is_in_word = None;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        if is_line_start(out) {
            block_marker = marker(&text[at..], place.next).map(|offset| at + offset);
        }
        if c == '_' {
            is_in_word.get_or_insert_with(|| {
                let before = out.chars().next_back();
                let after = rest.trim_start_matches('_').chars().next();
                before.is_some_and(char::is_alphanumeric)
                    && after.is_some_and(char::is_alphanumeric)
            });
        } else {
            is_in_word = None;
        }
        let is_after_bracket = at == 0 && matches!(c, '(' | ':') && ends_with_bracket(out);
        let is_token = tokens.next_if_eq(&at).is_some();
        if is_token
            || is_in_word == Some(false)
            || is_after_bracket
            || block_marker == Some(at)
            || is_markup(out, c, rest, place)
        {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Whether a bracket of ours came last, such as that of `[/spoiler]`: with what follows it could be read as a link.
fn ends_with_bracket(out: &str) -> bool {
    out.ends_with(']') && !out.ends_with("\\]")
}

/// Whether the next character will begin a line.
pub(super) fn is_line_start(out: &str) -> bool {
    out.is_empty() || out.ends_with(['\n', HARD_BREAK])
}

/// Returns where a backslash takes the meaning from what the parser would find, in ascending order.
fn tokens(text: &str, before: Option<char>, is_label: bool) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = scan::next_start(text, from) {
        let before = text[..at].chars().next_back().or(before);
        from = at + 1;
        let Some((token, _)) = scan::token_at(text, at, before) else {
            continue;
        };
        match token {
            Token::Emoji(_) => found.push(at),
            // Brackets are escaped in every label, and the others mean nothing there.
            _ if is_label => {}
            // The colon after the scheme, or the dot after `www`: no letter can be escaped.
            Token::Address(address) => {
                found.push(at + address.find([':', '.']).unwrap_or_default());
            }
            _ => found.push(at),
        }
    }
    found
}

/// Whether the character would be read as inline markup where it stands.
fn is_markup(out: &str, c: char, rest: &str, place: Place) -> bool {
    let previous = out.chars().next_back();
    // White space at the end may go, or move behind a mark.
    let is_end = rest.trim_start().is_empty();
    let next = rest.chars().next().or(match place.next {
        Next::Text(c) => Some(c),
        Next::Break => Some('\n'),
        Next::Link | Next::Other => None,
    });
    match c {
        '`' => true,
        '\\' => next.is_none_or(|n| n.is_ascii_punctuation() || n.is_whitespace()),
        '*' | '~' => {
            let is_open = |c: Option<char>| c.is_some_and(char::is_whitespace);
            // White space at the beginning of a span moves before its mark.
            let is_start = is_line_start(out) || out.trim_end().ends_with(SPAN_START);
            is_end || is_start || !is_open(previous) || !is_open(next)
        }
        '[' => place.is_label || next.is_none_or(|n| n == '^'),
        ']' => place.is_label || next.is_none_or(|n| matches!(n, '(' | '[' | ':')),
        '!' => next == Some('[') || (is_end && matches!(place.next, Next::Link | Next::Other)),
        '<' => next.is_none_or(|n| n.is_ascii_alphabetic() || matches!(n, '/' | '!' | '?')),
        '&' => is_character_reference(rest),
        // A heading would lose the signs at its end.
        '#' => is_end && place.next == Next::Break,
        _ => false,
    }
}

/// Whether a text goes on as `amp;` or `#38;`.
fn is_character_reference(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name
        .bytes()
        .take(40)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    end > 0 && name[end..].starts_with(';')
}

/// Returns which character, counted from the beginning of the line, makes the line more than text.
fn marker(text: &str, next: Next) -> Option<usize> {
    let line = text.split(['\n', HARD_BREAK]).next().unwrap_or_default();
    // What follows a line that ends with the text may be a space, or nothing.
    let is_space_or_end = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\u{a0}', '\t']);
    let is_of = |signs: &[char]| line.chars().all(|c| signs.contains(&c));
    match line.chars().next()? {
        '>' => Some(0),
        '#' => {
            let rest = line.trim_start_matches('#');
            (line.len() - rest.len() <= 6 && is_space_or_end(rest)).then_some(0)
        }
        '-' | '+' if is_space_or_end(&line[1..]) => Some(0),
        '-' | '=' if is_of(&['-', ' ']) || is_of(&['=', ' ']) => Some(0),
        '-' | '|' | ':' if line.contains('-') && is_of(&['-', '|', ':', ' ']) => Some(0),
        '[' if ["[ ]", "[x]", "[X]"]
            .iter()
            .any(|task| line.starts_with(task)) =>
        {
            Some(0)
        }
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &line[digits..];
            let is_number =
                digits <= 9 && rest.starts_with(['.', ')']) && is_space_or_end(&rest[1..]);
            let is_cut = rest.is_empty() && line.len() == text.len() && next == Next::Other;
            (is_number && !is_cut).then_some(digits)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::nothing(
        "plain text, (really) - x = 2 * 3 ~ 5!",
        "plain text, (really) - x = 2 * 3 ~ 5!"
    )]
    #[case::stars("a*b **c**", "a\\*b \\*\\*c\\*\\*")]
    #[case::underscores(
        "snake_case _x_ __init__ a__b",
        "snake_case \\_x\\_ \\_\\_init\\_\\_ a__b"
    )]
    #[case::brackets("a[i] [b](c) [d]: e [^f]", "a[i] [b\\](c) [d\\]: e \\[^f]")]
    #[case::tags("a < b <c> </d>", "a < b \\<c> \\</d>")]
    #[case::references("&amp; &#38; & b &c", "\\&amp; \\&#38; & b &c")]
    #[case::backslashes("C:\\dir \\* \\", "C:\\dir \\\\\\* \\\\")]
    #[case::code("`a`", "\\`a\\`")]
    #[case::heading("# a", "\\# a")]
    #[case::hashtag("#include", "#include")]
    #[case::closing_heading("a #", "a \\#")]
    #[case::list("- a", "\\- a")]
    #[case::dash("-a", "-a")]
    #[case::numbered("12. a", "12\\. a")]
    #[case::number("12.5 a", "12.5 a")]
    #[case::rule("---", "\\---")]
    #[case::underline("===", "\\===")]
    #[case::quote("> a", "\\> a")]
    #[case::table(":-|-:", "\\:-|-:")]
    #[case::task("[x] a", "\\[x] a")]
    #[case::second_line("a\n# b", "a\n\\# b")]
    #[case::mention("@alice a@b", "\\@alice a@b")]
    #[case::reference("#12 a", "\\#12 a")]
    #[case::emoji(":a:b:", "\\:a:b:")]
    #[case::address("https://e.org", "https\\://e.org")]
    #[case::host("www.e.org", "www\\.e.org")]
    #[case::spoiler("[spoiler]", "\\[spoiler]")]
    fn only_markup_is_escaped(#[case] text: &str, #[case] expected: &str) {
        let mut out = String::new();
        push(
            &mut out,
            text,
            Place {
                next: Next::Break,
                is_label: false,
            },
        );
        assert_eq!(out, expected);
        let words = super::super::super::plain_text(&super::super::super::parse(&out));
        assert_eq!(words.replace('\n', " "), text.replace('\n', " "));
    }
}
