// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Codes of conduct: the rules that a community has given itself.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::text::{Clause, Label};
use crate::time::Timestamp;

/// The code of conduct in force: `GET /v1/code`, open to everyone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Code {
    /// Rises with every version that is adopted; people accept a version.
    pub version: i64,
    /// The language of this text.
    pub language: Language,
    /// What it is called.
    pub title: Label,
    /// The text, in CommonMark. Its clauses are numbered (`3.2`); a number keeps its meaning in later versions.
    pub source: String,
    /// Since when it is in force.
    pub adopted_at: Timestamp,
}

impl Code {
    /// Lists the numbers of its clauses in the order of the text: `- **3.2** ...`, or a heading `## 3.2 ...`.
    pub fn clauses(&self) -> Vec<Clause> {
        let mut found: Vec<Clause> = Vec::new();
        for clause in self.source.lines().filter_map(clause_of) {
            if !found.contains(&clause) {
                found.push(clause);
            }
        }
        found
    }

    /// Returns the clause of the same section whose number is nearest to one that does not exist.
    pub fn nearest(&self, to: &Clause) -> Option<Clause> {
        let (section, number) = parts(to);
        self.clauses()
            .into_iter()
            .filter(|clause| parts(clause).0 == section)
            .min_by_key(|clause| parts(clause).1.abs_diff(number))
    }

    /// Lists its clauses in few words: `1.1 to 1.5, 2.1 to 2.10`.
    pub fn ranges(&self) -> String {
        let mut ranges: Vec<(Clause, Clause)> = Vec::new();
        for clause in self.clauses() {
            match ranges.last_mut() {
                Some((_, last))
                    if parts(last).0 == parts(&clause).0
                        && parts(last).1.checked_add(1) == Some(parts(&clause).1) =>
                {
                    *last = clause;
                }
                _ => ranges.push((clause.clone(), clause)),
            }
        }
        let ranges: Vec<String> = ranges
            .iter()
            .map(|(first, last)| {
                if first == last {
                    first.to_string()
                } else {
                    format!("{first} to {last}")
                }
            })
            .collect();
        ranges.join(", ")
    }
}

/// Returns the number of the clause that begins on a line.
fn clause_of(line: &str) -> Option<Clause> {
    let line = line.trim_start();
    let number = if let Some(heading) = line.strip_prefix('#') {
        heading.trim_start_matches('#').split_whitespace().next()?
    } else {
        let text = line.trim_start_matches(['-', '*', '+', ' ', '\t']);
        // The marker of a list may be a star, too.
        let start = line.len() - text.len();
        if !line[..start].ends_with("**") {
            return None;
        }
        text.split_once("**")?.0
    };
    let number = number.trim_end_matches(['.', ':']);
    // A section is no clause.
    if !number.contains('.') {
        return None;
    }
    Clause::parse(number).ok()
}

/// Splits a number into its section and the number within: `("3", 2)`.
fn parts(clause: &Clause) -> (&str, u64) {
    let (section, number) = clause
        .as_str()
        .rsplit_once('.')
        .unwrap_or((clause.as_str(), "0"));
    (section, number.parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn code(source: &str) -> Code {
        Code {
            version: 1,
            language: "en".parse().unwrap(),
            title: Label::parse("Code").unwrap(),
            source: source.to_owned(),
            adopted_at: Timestamp::default(),
        }
    }

    const TEXT: &str = "Be kind.\n\n## 1. Hopes\n\n- **1.1** Be patient, see **9.1**.\n- **1.2** Write.\n\n\
        ## 2. What is not accepted\n\n* **2.1** Attacks.\n* **2.2.** Spam, **2.9** of it.\n* **2.4** Trolling.\n\n\
        ### 3.1 Reports\n\nSee 2.1.\n**3.2** Measures\n**3.2** again\n";

    #[test]
    fn clauses_are_numbers_that_begin_a_line() {
        let clauses: Vec<String> = code(TEXT).clauses().iter().map(Clause::to_string).collect();
        assert_eq!(clauses, ["1.1", "1.2", "2.1", "2.2", "2.4", "3.1", "3.2"]);
        assert_eq!(
            code(TEXT).ranges(),
            "1.1 to 1.2, 2.1 to 2.2, 2.4, 3.1 to 3.2"
        );
        assert_eq!(code("No rules.").ranges(), "");
    }

    #[rstest]
    #[case("2.3", Some("2.2"))]
    #[case("2.99", Some("2.4"))]
    #[case("9.99", None)]
    #[case("2", Some("2.1"))]
    fn nearest_clause_is_of_the_same_section(#[case] given: &str, #[case] want: Option<&str>) {
        let nearest = code(TEXT).nearest(&Clause::parse(given).unwrap());
        assert_eq!(nearest.as_ref().map(Clause::as_str), want);
    }
}
