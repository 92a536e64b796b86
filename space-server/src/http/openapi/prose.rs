// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Descriptions come from the documentation of the types, whose links lead to other types: outside of it they lead nowhere.

use serde_json::Value;

/// Turns the links of every description into their text.
pub(super) fn unlink(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == "description" || name == "summary" => {
                        *text = text_of(text);
                    }
                    value => unlink(value),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(unlink),
        _ => {}
    }
}

/// Writes ``[`Post`](crate::Post)`` and ``[`Post`]`` as `` `Post` ``; what leads into the web stays.
pub(super) fn text_of(documentation: &str) -> String {
    let mut text = String::with_capacity(documentation.len());
    let mut rest = documentation;
    while let Some((before, behind)) = rest.split_once('[') {
        text.push_str(before);
        let Some((label, after)) = behind.split_once(']') else {
            text.push('[');
            rest = behind;
            continue;
        };
        let target = after.strip_prefix('(').and_then(|it| it.split_once(')'));
        match target {
            Some((target, after)) if is_path(target) => {
                text.push_str(label);
                rest = after;
            }
            None if label.len() > 2 && label.starts_with('`') && label.ends_with('`') => {
                text.push_str(label);
                rest = after;
            }
            _ => {
                text.push('[');
                rest = behind;
            }
        }
    }
    text.push_str(rest);
    text
}

/// Says whether a link leads to something in Rust.
fn is_path(target: &str) -> bool {
    let is_of_path =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '@' | '!' | '`');
    !target.is_empty() && !target.contains("//") && target.chars().all(is_of_path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Answers the [`Post`](crate::Post).", "Answers the `Post`.")]
    #[case(
        "Answers a [`Post`]; a [`Case`] too.",
        "Answers a `Post`; a `Case` too."
    )]
    #[case("see [the rule](crate::reading)", "see the rule")]
    #[case("[RFC 9457](https://example.org)", "[RFC 9457](https://example.org)")]
    #[case("a list `[1, 2]`, and [", "a list `[1, 2]`, and [")]
    fn links_into_rust_become_their_text(#[case] documentation: &str, #[case] want: &str) {
        assert_eq!(text_of(documentation), want);
    }
}
