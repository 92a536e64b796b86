// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The code of conduct that a space begins with.

use space_core::{Code, Timestamp};

const TEXT: &str = include_str!("conduct/en.md");

/// Returns the first version, written for this project; a community can adopt one of its own in its place.
pub(crate) fn first(now: Timestamp) -> Code {
    let (_, source) = TEXT
        .split_once("-->")
        .expect("the file begins with a comment");
    Code {
        version: 1,
        language: "en".parse().expect("this is a language"),
        title: "Code of conduct".to_owned().try_into().expect("a title"),
        source: source.trim().to_owned(),
        adopted_at: now,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// People and decisions name clauses: each has one number, and they rise without a gap.
    #[test]
    fn every_clause_has_a_number_of_its_own() {
        let code = first(Timestamp::default());
        assert!(!code.source.contains("SPDX"));
        let (mut section, mut clause, mut seen) = (0, 0, BTreeSet::new());
        for line in code.source.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                (section, clause) = (section + 1, 0);
                assert!(title.starts_with(&format!("{section}. ")), "{line}");
            } else if let Some(rest) = line.strip_prefix("- ") {
                clause += 1;
                let id = format!("{section}.{clause}");
                assert!(rest.starts_with(&format!("**{id}** ")), "{line}");
                assert!(space_core::text::Clause::parse(&id).is_ok());
                assert!(seen.insert(id));
            }
        }
        assert_eq!(section, 6);
    }

    /// What the community was promised that its first code names.
    #[test]
    fn m1_3_the_code_names_what_is_not_accepted() {
        let source = first(Timestamp::default()).source.to_lowercase();
        for what in [
            "personal attacks",
            "offensive comments",
            "sexual language",
            "stalking",
            "disclosure",
            "private communication",
            "trolling",
            "discrimination",
            "using reports against people",
            "goes around it",
            "no signatures",
            "links that have nothing to do",
            "for an employer uses an account that says so",
        ] {
            assert!(source.contains(what), "{what}");
        }
    }
}
