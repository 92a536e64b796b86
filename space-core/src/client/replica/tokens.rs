// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From text to the words of the full-text index, for every script.
//!
//! FTS5's own tokenizer takes a sentence of Chinese, Japanese or Thai for one word, and cuts words of Hindi or Tamil at
//! every vowel sign. So the index is given words that were cut here, and splits them at spaces only:
//!
//! - A word is a run of letters, digits and marks, without case and without the marks that are accents or points.
//! - A run in a script without spaces between words becomes pairs of neighbours, and the last sign alone: 東京都 is 東京,
//!   京都 and 都. Whatever is looked for is then a run of such pairs, and a single sign the beginning of one. Korean has
//!   spaces, but its endings are part of the word, so it is treated alike.
//!
//! Pairs make the index larger than single signs would. But a single sign is in so many posts that looking for several
//! next to each other has to go through most of them, and a pair is in few.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::search::is_word_character;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// The bytes that it was made of.
    pub(super) span: Range<usize>,
    /// The form under which it is compared.
    pub(super) text: String,
    /// Whether it is a single sign of a script without spaces, so that it may be the beginning of a pair.
    pub(super) is_sign: bool,
}

/// Returns the words of a text, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        if !is_word_character(c) {
            at += c.len_utf8();
            continue;
        }
        let is_dense = is_dense(c);
        let end = rest
            .find(|c| !is_word_character(c) || self::is_dense(c) != is_dense)
            .map_or(text.len(), |length| at + length);
        if is_dense {
            pairs(text, at..end, &mut tokens);
        } else {
            tokens.push(Token {
                span: at..end,
                text: fold(&text[at..end]),
                is_sign: false,
            });
        }
        at = end;
    }
    // A mark that stands alone has no form to be compared by.
    tokens.retain(|token| !token.text.is_empty());
    tokens
}

fn pairs(text: &str, run: Range<usize>, tokens: &mut Vec<Token>) {
    let signs: Vec<(usize, &str)> = text[run.clone()]
        .char_indices()
        .map(|(at, c)| {
            let at = run.start + at;
            (at, &text[at..at + c.len_utf8()])
        })
        .collect();
    for (n, (at, sign)) in signs.iter().enumerate() {
        let next = signs.get(n + 1);
        let end = next.map_or(run.end, |(at, sign)| at + sign.len());
        let mut folded = fold(sign);
        if let Some((_, next)) = next {
            folded.push_str(&fold(next));
        }
        tokens.push(Token {
            span: *at..end,
            text: folded,
            is_sign: next.is_none(),
        });
    }
}

/// Returns a text as the index takes it in: its words with spaces between.
pub(super) fn indexed(text: &str) -> Cow<'_, str> {
    // Of ASCII the index makes the same words by itself.
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len() + text.len() / 2);
    for token in tokens(text) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&token.text);
    }
    Cow::Owned(words)
}

/// Returns the words that somebody looks for by a text: as [`tokens`], but a sign that ends a run of several is in the pair
/// before it, and need not end the run in what is found.
pub(super) fn wanted(text: &str) -> Vec<Token> {
    let all = tokens(text);
    let ends_pair =
        |at: usize| at > 0 && all[at].is_sign && all[at - 1].span.end == all[at].span.end;
    (0..all.len())
        .filter(|at| !ends_pair(*at))
        .map(|at| all[at].clone())
        .collect()
}

/// Scripts that are written without spaces between words, and Korean.
fn is_dense(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF       // Thai, Lao
        | 0x1000..=0x109F     // Burmese
        | 0x1780..=0x17FF     // Khmer
        | 0x3040..=0x30FF     // Hiragana, Katakana
        | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF     // Chinese characters
        | 0x4E00..=0x9FFF
        | 0xAC00..=0xD7AF     // Hangul
        | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9F     // Katakana of half width
        | 0x2_0000..=0x3_FFFF)
}

/// Returns the form under which words are compared: without case, accents and points.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| !is_accent(*c))
        .nfc()
        .collect()
}

/// Marks that people leave out when they look for a word: accents, the points of Hebrew, the vowels of Arabic. The vowel
/// signs of Indian scripts are letters to their readers, and stay.
fn is_accent(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F
        | 0x0483..=0x0489
        | 0x0591..=0x05C7
        | 0x0610..=0x061A
        | 0x0640
        | 0x064B..=0x065F
        | 0x0670
        | 0x06D6..=0x06ED
        | 0x1AB0..=0x1AFF
        | 0x1DC0..=0x1DFF
        | 0x20D0..=0x20FF
        | 0xFE20..=0xFE2F)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Hello, World_2", "hello world 2")]
    #[case("Ångström A\u{30a}ngstro\u{308}m", "angstrom angstrom")]
    #[case("東京都に行く。", "東京 京都 都に に行 行く く")]
    #[case("iPhone手機 한국어", "iphone 手機 機 한국 국어 어")]
    #[case("สวัสดี", "สว วั ัส สด ดี ี")]
    #[case("हिन्दी में", "हिन्दी में")]
    #[case("שָׁלוֹם الْعَرَبِيَّة", "שלום العربية")]
    #[case("naïve ﬁre", "naive fire")]
    #[case("", "")]
    fn words_are_cut_in_every_script(#[case] text: &str, #[case] want: &str) {
        let words: Vec<String> = tokens(text).into_iter().map(|token| token.text).collect();
        assert_eq!(words.join(" "), want);
    }

    #[rstest]
    #[case("東京都", "東京 京都")]
    #[case("都", "都")]
    #[case("a語b", "a 語 b")]
    #[case("iPhone手機", "iphone 手機")]
    fn what_is_wanted_need_not_end_where_a_run_ends(#[case] text: &str, #[case] want: &str) {
        let words: Vec<String> = wanted(text).into_iter().map(|token| token.text).collect();
        assert_eq!(words.join(" "), want);
    }

    proptest! {
        #[test]
        fn words_stand_in_their_text_in_order(text in "\\PC{0,60}|[a語都 é]{0,20}") {
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(text.get(token.span.clone()).is_some_and(|part| !part.is_empty()));
                prop_assert!(token.span.start >= last);
                last = token.span.start;
            }
        }
    }
}
