// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Quoting a post, or some of its paragraphs, in the form that says whose words they are.

use space_core::PostId;

/// Returns the parts of a post that can be quoted by themselves: what stands between empty lines. Code between fences
/// is one part.
pub fn parts(source: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut end, mut at) = (None, 0, 0);
    let mut fence: Option<String> = None;
    for line in source.split_inclusive('\n') {
        let trimmed = line.trim();
        let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'));
        let run: String = trimmed.chars().take_while(|c| Some(*c) == mark).collect();
        match &fence {
            Some(open) if run.len() >= open.len() && run == trimmed && run.starts_with(open) => {
                fence = None;
            }
            None if run.len() >= 3 => fence = Some(run),
            _ => {}
        }
        let is_empty = trimmed.is_empty() && fence.is_none();
        if is_empty {
            parts.extend(start.take().map(|from: usize| &source[from..end]));
        } else {
            start = start.or(Some(at));
            end = at + line.trim_end().len();
        }
        at += line.len();
    }
    parts.extend(start.map(|from| &source[from..end.max(from)]));
    parts
}

/// Returns parts as a quote, with an empty line after it.
pub fn quoted(author: &str, post: PostId, parts: &[&str]) -> String {
    let mut quote = format!("> @{author}, #{post}:\n>\n");
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            quote.push_str(">\n");
        }
        for line in part.lines() {
            quote.push_str(if line.is_empty() { ">" } else { "> " });
            quote.push_str(line);
            quote.push('\n');
        }
    }
    quote.push('\n');
    quote
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use space_core::markup::{self, Author, Block, Source};

    #[rstest]
    #[case("", &[])]
    #[case("one", &["one"])]
    #[case("one\ntwo\n\n\nthree\n", &["one\ntwo", "three"])]
    #[case("a\n\n```sh\nls\n\npwd\n```\n\nb", &["a", "```sh\nls\n\npwd\n```", "b"])]
    #[case("~~~~\n```\n\n~~~\n~~~~\n\nb", &["~~~~\n```\n\n~~~\n~~~~", "b"])]
    #[case("```\nopen\n\nto the end", &["```\nopen\n\nto the end"])]
    fn what_can_be_quoted(#[case] source: &str, #[case] want: &[&str]) {
        assert_eq!(parts(source), want);
    }

    #[test]
    fn a_quote_names_whose_words_they_are() {
        let quote = quoted("alice", PostId::new(12).unwrap(), &["one\ntwo", "three"]);
        assert_eq!(quote, "> @alice, #12:\n>\n> one\n> two\n>\n> three\n\n");
        let document = markup::parse(&(quote + "Mine"));
        let Block::Quote {
            attribution: Some(from),
            blocks,
        } = &document.blocks[0]
        else {
            panic!("{document:?}");
        };
        assert_eq!(blocks.len(), 2);
        assert!(
            matches!(&from.author, Some(Author::Member { .. })),
            "{from:?}"
        );
        assert!(
            matches!(&from.source, Some(Source::Post { .. })),
            "{from:?}"
        );
    }

    proptest! {
        #[test]
        fn parts_keep_every_word(source in "([a-z`~ \n]|\\PC){0,80}") {
            let solid = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(solid(&parts(&source).concat()), solid(&source));
        }
    }
}
