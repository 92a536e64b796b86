// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A post as one line of text.

use space_core::markup::{excerpt, parse, sanitize};
use space_core::{PostId, PostKind};

/// How many characters of a post are shown.
const EXCERPT: usize = 160;

/// Returns `#48213 alice in "Title": excerpt`, without anything that a terminal would obey.
pub(super) fn line(id: PostId, author: &str, title: &str, kind: PostKind, source: &str) -> String {
    let text = excerpt(&parse(source), EXCERPT);
    // The excerpt is one clean line already; what a parser lets through by mistake ends here.
    let text = sanitize::line(&text);
    let as_moderator = match kind {
        PostKind::Moderator => " (moderator)",
        PostKind::Regular | PostKind::Notice => "",
    };
    format!(
        "#{id} {}{as_moderator} in \"{}\": {text}",
        sanitize::line(author),
        sanitize::line(title),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn of(author: &str, title: &str, source: &str) -> String {
        let id = PostId::new(48213).unwrap();
        line(id, author, title, PostKind::Regular, source)
    }

    #[rstest]
    #[case(
        "It **works**, see [here](https://example.org).\n\nThanks!",
        "It works, see here. Thanks!"
    )]
    #[case("one\ntwo\n- three", "one two three")]
    fn a_post_is_one_readable_line(#[case] source: &str, #[case] text: &str) {
        let line = of("alice", "Tea", source);
        assert!(line.starts_with("#48213 alice in \"Tea\": "), "{line}");
        assert_eq!(line.split_once(": ").unwrap().1.replace("• ", ""), text);
    }

    #[rstest]
    #[case("\u{1b}[2Jgone")]
    #[case("\u{1b}]0;title\u{7}")]
    #[case("\u{9b}31m")]
    #[case("a\rb\u{8}c\u{7f}")]
    #[case("\u{202e}txt.exe")]
    fn nothing_that_a_terminal_obeys_comes_through(#[case] evil: &str) {
        let line = of(evil, evil, evil);
        assert!(
            !line.chars().any(|c| c.is_control() || c == '\u{202e}'),
            "{line:?}"
        );
    }

    #[test]
    fn long_posts_are_cut() {
        let line = of("alice", "Tea", &"word ".repeat(1000));
        assert!(line.chars().count() < EXCERPT + 40, "{line}");
    }
}
