// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What an import says at its end: for people and, with `--json`, for programs.

use std::fmt;

use serde::Serialize;

use super::finding::{Finding, FindingKind};
use super::live::Fetched;

/// How many findings of a kind are shown to people when nothing was lost by them.
const SHOWN: usize = 20;

/// How much there is of each kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Categories.
    pub categories: u64,
    /// Topics.
    pub topics: u64,
    /// Posts, notices of what happened to a topic among them.
    pub posts: u64,
    /// Members.
    pub members: u64,
}

impl Counts {
    /// Returns whether all are zero.
    pub fn is_zero(&self) -> bool {
        *self == Self::default()
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Written {
    /// What was not there before.
    pub new: Counts,
    /// What was there, and is different in the archive now.
    pub changed: Counts,
    /// What was there for everyone, and is not any more, because the forum took it back.
    pub withdrawn: Counts,
}

impl Written {
    fn is_zero(&self) -> bool {
        *self == Self::default()
    }
}

/// Why nothing of a source is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// The archive itself is damaged, and nobody asked to salvage it.
    Damaged,
    /// There is no topic in it.
    NoForum,
}

/// The report of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What came of fetching the forum first; absent when it was saved before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Fetched>,
    /// What was written; absent when nothing was to be written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<Written>,
    /// Why nothing was, or would be, written; absent when nothing stands against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Obstacle>,
    /// Whether everything that the source has arrived.
    pub is_complete: bool,
    /// Everything worth telling, grouped by kind.
    pub findings: Vec<Finding>,
    /// What the archive holds, as far as it could be used.
    pub totals: Counts,
}

impl Report {
    /// Adds what came of fetching the forum before.
    #[must_use]
    pub fn with_fetched(mut self, fetched: Fetched) -> Self {
        self.is_complete &= fetched.is_complete();
        self.findings.extend(fetched.findings());
        self.findings.sort_by_key(|finding| finding.kind);
        self.fetched = Some(fetched);
        self
    }

    /// Puts a report together.
    pub(crate) fn new(totals: Counts, findings: Vec<Finding>, obstacle: Option<Obstacle>) -> Self {
        let is_loss = findings.iter().any(|finding| finding.kind.is_loss());
        let is_complete = obstacle.is_none() && !is_loss;
        Self {
            fetched: None,
            written: None,
            obstacle,
            is_complete,
            findings,
            totals,
        }
    }
}

impl fmt::Display for Report {
    /// Ends with the totals, one to a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Shown(&self.findings))?;
        if !self.findings.is_empty() {
            writeln!(f)?;
        }
        let is_damaged = self
            .findings
            .iter()
            .any(|finding| finding.kind == FindingKind::Archive);
        if is_damaged {
            writeln!(
                f,
                "the archive is damaged: texts before the damage may be wrong too"
            )?;
        }
        if let Some(fetched) = &self.fetched {
            writeln!(f, "{fetched}")?;
        }
        match (self.obstacle, self.written) {
            (Some(Obstacle::Damaged), _) => writeln!(
                f,
                "nothing was written: get a sound copy of the archive and import that"
            )?,
            (Some(Obstacle::NoForum), _) => {
                writeln!(f, "nothing was written: no forum was found")?;
            }
            (None, None) => writeln!(f, "dry run: nothing was written")?,
            (None, Some(written)) if written.is_zero() => {
                writeln!(f, "nothing changed")?;
            }
            (None, Some(written)) => {
                let Written {
                    new,
                    changed,
                    withdrawn,
                } = written;
                for (what, counts) in [("new", new), ("changed", changed), ("withdrawn", withdrawn)]
                {
                    let Counts {
                        categories,
                        topics,
                        posts,
                        members,
                    } = counts;
                    if !counts.is_zero() {
                        writeln!(
                            f,
                            "{what}: {topics} topics, {posts} posts, {members} members, {categories} categories"
                        )?;
                    }
                }
            }
        }
        if !self.is_complete && self.obstacle.is_none() {
            writeln!(f, "incomplete: not everything could be used; see above")?;
        }
        let Counts {
            topics,
            posts,
            members,
            ..
        } = self.totals;
        write!(f, "topics: {topics}\nposts: {posts}\nmembers: {members}")
    }
}

/// Findings, grouped by kind, for people to read.
pub(crate) struct Shown<'a>(pub(crate) &'a [Finding]);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for group in self.0.chunk_by(|a, b| a.kind == b.kind) {
            let kind = group[0].kind;
            let things: u64 = group.iter().map(|finding| finding.count).sum();
            if things == group.len() as u64 {
                writeln!(f, "{}: {things}", kind.heading())?;
            } else {
                writeln!(f, "{}: {} ({things} posts)", kind.heading(), group.len())?;
            }
            // What was lost is named to the last one.
            let shown = if kind.is_loss() { group.len() } else { SHOWN };
            for Finding { place, what, .. } in group.iter().take(shown) {
                writeln!(f, "  {}: {}", OneLine(place), OneLine(what))?;
            }
            if group.len() > shown {
                writeln!(f, "  and {} more; --json lists all", group.len() - shown)?;
            }
        }
        Ok(())
    }
}

/// A text of the source on one line, without anything that moves a terminal's cursor.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            let is_odd = c.is_control()
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            write!(f, "{}", if is_odd { '\u{fffd}' } else { c })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::finding::Findings;

    fn report() -> Report {
        let mut findings = Findings::default();
        findings.add_many(FindingKind::Gap, "topic 5", "2-4", 3);
        findings.add(FindingKind::Document, "bad\u{1b}[2J.json", "is empty");
        for n in 0..25 {
            findings.add(
                FindingKind::Hidden,
                format!("topic 6, number {n}"),
                "post 9",
            );
        }
        let totals = Counts {
            categories: 1,
            topics: 2,
            posts: 30,
            members: 4,
        };
        Report::new(totals, findings.sorted(), None)
    }

    #[test]
    fn totals_stand_last_and_losses_first() {
        let mut report = report();
        let text = report.to_string();
        assert!(
            text.starts_with("documents that were skipped: 1\n  bad\u{fffd}[2J.json: is empty\n"),
            "{text}"
        );
        assert!(
            text.contains("(kept as gaps): 1 (3 posts)\n  topic 5: 2-4\n"),
            "{text}"
        );
        assert!(text.contains("  and 5 more; --json lists all\n"), "{text}");
        assert!(
            text.ends_with("see above\ntopics: 2\nposts: 30\nmembers: 4"),
            "{text}"
        );
        assert!(!report.is_complete);
        report.written = Some(Written::default());
        assert!(report.to_string().contains("\nnothing changed\n"));
    }

    #[test]
    fn programs_read_it_as_json() {
        let json = serde_json::to_value(report()).unwrap();
        assert_eq!(json["totals"]["posts"], 30);
        assert_eq!(json["is_complete"], false);
        assert_eq!(json["findings"][0]["kind"], "document");
        assert_eq!(json["findings"].as_array().unwrap().len(), 27);
    }
}
