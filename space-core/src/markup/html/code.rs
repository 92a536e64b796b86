// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Code: nothing in it may be changed, so its fences must be longer than any run of backticks inside.

use super::super::sanitize;
use super::node::{self, Html};

/// Names that mean "no language".
const NO_LANGUAGE: [&str; 5] = ["auto", "nohighlight", "no-highlight", "none", ""];

/// Returns a code span for one line; empty for no code.
pub(super) fn span(code: &str) -> String {
    if code.trim().is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(code) + 1);
    let needs_padding = code.starts_with('`')
        || code.ends_with('`')
        || (code.starts_with(' ') && code.ends_with(' '));
    let pad = if needs_padding { " " } else { "" };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// Returns a fenced block for a `pre` element, or for a `code` element of several lines.
pub(super) fn block(pre: Html<'_>) -> String {
    let text = node::text(pre);
    let text = sanitize::text(&text);
    let code = text.strip_suffix('\n').unwrap_or(&text);
    let fence = "`".repeat((longest_run(code) + 1).max(3));
    let language = language(pre).unwrap_or_default();
    let end = if code.is_empty() { "" } else { "\n" };
    format!("{fence}{language}\n{code}{end}{fence}")
}

fn language(pre: Html<'_>) -> Option<String> {
    let code = node::find(pre, |inner| node::name(inner) == "code").unwrap_or(pre);
    let named = [pre, code]
        .into_iter()
        .find_map(|node| node::attribute(node, "data-code-wrap"));
    let language =
        named.or_else(|| node::classes(code).find_map(|class| class.strip_prefix("lang-")))?;
    let is_word = language
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '+' | '-' | '_' | '#' | '.'));
    (is_word && !NO_LANGUAGE.contains(&language)).then(|| language.to_owned())
}

fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("a", "`a`")]
    #[case("a`b", "``a`b``")]
    #[case("`a`", "`` `a` ``")]
    #[case(" a ", "`  a  `")]
    #[case(" ", "")]
    fn spans_outrun_their_backticks(#[case] code: &str, #[case] expected: &str) {
        assert_eq!(span(code), expected);
    }
}
