// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is wrong with a search, in the reader's language.

use space_core::search::SearchErrorKind as Kind;

use crate::l10n::L10n;

/// Returns what is wrong. What was typed is in it: it goes to the screen as untrusted as it is.
pub fn text(l10n: &L10n, kind: &Kind) -> String {
    let near = |sign: &str, near: &[String]| -> String {
        let near: Vec<String> = near.iter().map(|name| format!("{sign}{name}")).collect();
        near.join(", ")
    };
    let or_this = |text: String, near: String| {
        if near.is_empty() {
            text
        } else {
            let meant = l10n.with("search-wrong-near", &[("near", near.into())]);
            format!("{text} {meant}")
        }
    };
    match kind {
        Kind::UnknownOperator { operator, nearest } => or_this(
            l10n.with(
                "search-wrong-operator",
                &[("operator", format!("{operator}:").into())],
            ),
            (*nearest).to_owned(),
        ),
        Kind::UnknownValue {
            operator,
            known,
            nearest,
            ..
        } => or_this(
            l10n.with(
                "search-wrong-value",
                &[
                    ("operator", format!("{operator}:").into()),
                    ("known", known.join(", ").into()),
                ],
            ),
            nearest.map_or(String::new(), |word| format!("{operator}:{word}")),
        ),
        Kind::MissingValue { operator, example } => l10n.with(
            "search-wrong-missing",
            &[
                ("operator", (*operator).into()),
                ("example", (*example).into()),
            ],
        ),
        Kind::NoDate { value } => {
            l10n.with("search-wrong-date", &[("value", value.as_str().into())])
        }
        Kind::NoLanguage { value } => {
            l10n.with("search-wrong-language", &[("value", value.as_str().into())])
        }
        Kind::NoTag { value } => l10n.with("search-wrong-tag", &[("value", value.as_str().into())]),
        Kind::NotExcludable { operator } => {
            l10n.with("search-wrong-minus", &[("operator", (*operator).into())])
        }
        Kind::TooLong { most } => l10n.with("search-wrong-long", &[("most", (*most).into())]),
        Kind::OnlyExcluded => l10n.text("search-wrong-only-excluded"),
        Kind::UnknownAuthor { name, near: names } => or_this(
            l10n.with("search-wrong-author", &[("name", name.as_str().into())]),
            near("@", names),
        ),
        Kind::UnknownCategory { name, near: names } => or_this(
            l10n.with("search-wrong-category", &[("name", name.as_str().into())]),
            near("#", names),
        ),
        Kind::UnknownTag { name, near: names } => or_this(
            l10n.with("search-wrong-no-tag", &[("name", name.as_str().into())]),
            near("tag:", names),
        ),
    }
}
