// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Posts, whatever they say: one that cannot be rendered, or not in any reasonable time, is shown as it was written.

use space_core::markup;

use super::{Paper, Rendered, render};
use crate::doc::{Role, Span};
use crate::text::clean;
use crate::text::isolate::{STEPS, boxed};
use crate::text::wrap::wrap;

/// Renders the source of a post. There are always lines, and it never panics.
pub fn post(source: &str, paper: Paper<'_>) -> Rendered {
    let whole = boxed("a post", STEPS, || {
        #[cfg(test)]
        fault::strike(source);
        render(&markup::parse(source), paper)
    });
    whole.unwrap_or_else(|| raw(source, paper))
}

fn raw(source: &str, paper: Paper<'_>) -> Rendered {
    let said = Span::new(Role::Error, paper.l10n.text("post-broken"));
    let text = Span::new(Role::Text, clean::block(source));
    let mut lines = wrap(&[said], paper.columns);
    lines.extend(wrap(&[text], paper.columns));
    Rendered {
        lines,
        wishes: Vec::new(),
    }
}

/// Faults of the renderer, for tests of what becomes of them.
#[cfg(test)]
pub(crate) mod fault {
    use crate::text::isolate::step;

    /// A post that says this makes it panic.
    pub(crate) const PANICS: &str = "This makes the renderer panic.";
    /// A post that says this never ends.
    pub(crate) const LASTS: &str = "This makes the renderer go on for ever.";

    pub(crate) fn strike(source: &str) {
        assert!(!source.contains(PANICS), "as asked");
        while source.contains(LASTS) {
            step(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::plain;
    use crate::l10n::L10n;
    use rstest::rstest;

    fn lines(source: &str) -> Vec<String> {
        let l10n = L10n::english();
        let done = post(source, Paper::stream(60, &l10n));
        done.lines.iter().map(|line| plain(line)).collect()
    }

    #[rstest]
    #[case(fault::PANICS)]
    #[case(fault::LASTS)]
    fn a_post_that_cannot_be_rendered_is_shown_as_it_was_written(#[case] fault: &str) {
        let shown = lines(&format!("*One*\u{1b}[2J\n\n{fault}"));
        let told = "This post cannot be rendered; this is its text:";
        assert_eq!(shown, [told, "*One*[2J", "", fault]);
        assert_eq!(lines("*One*"), ["One"]);
    }

    #[rstest]
    #[case::words("word ".repeat(6_400))]
    #[case::one_word("w".repeat(32_000))]
    #[case::marks("a\u{301}".repeat(16_000))]
    #[case::quotes(">".repeat(32_000))]
    #[case::lists("- ".repeat(16_000))]
    #[case::columns("|a".repeat(8_000) + "\n" + &"|-".repeat(8_000))]
    #[case::rows("|a|b|\n|-|-|\n".to_owned() + &"|c|d|\n".repeat(5_300))]
    #[case::links("[a](b) ".repeat(4_570))]
    #[case::brackets("[".repeat(32_000))]
    #[case::stars("*a_".repeat(10_600))]
    #[case::both_ways("א a ".repeat(8_000))]
    #[case::code("```rust\n".to_owned() + &"א = b;\n".repeat(4_500))]
    fn the_longest_posts_are_well_within_what_one_may_take(#[case] source: String) {
        let l10n = L10n::english();
        let paper = Paper {
            orders_rtl: true,
            ..Paper::stream(40, &l10n)
        };
        let part = boxed("a test", STEPS / 4, || {
            render(&markup::parse(&source), paper)
        });
        assert!(part.is_some());
    }
}
