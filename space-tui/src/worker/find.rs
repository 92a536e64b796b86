// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Finding anything by some letters of its name: read in pages, so that a large space is never held in memory and a
//! newer question ends the search at the next page.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use space_core::client::replica::ReplicaError;

use super::reader::{Error, Reader};
use crate::app::items::{Found, Target};
use crate::text::fuzzy::Fuzzy;

/// Names read in one go; between two of them the search may be ended.
const PAGE: usize = 2_000;
/// Names looked at in one search at most: 20 times the topics of a large forum.
const MOST: usize = 1_000_000;

/// The best ones so far, the worst of them on top.
struct Best {
    heap: BinaryHeap<Reverse<(u32, Reverse<usize>, Found)>>,
    limit: usize,
    count: usize,
}

impl Best {
    fn offer(&mut self, score: Option<u32>, found: impl FnOnce() -> Found) {
        let Some(score) = score else { return };
        self.count += 1;
        // Among equals what came first stays: it is newer.
        let is_full = self.heap.len() >= self.limit;
        if is_full
            && self
                .heap
                .peek()
                .is_some_and(|Reverse((worst, ..))| *worst >= score)
        {
            return;
        }
        self.heap
            .push(Reverse((score, Reverse(self.count), found())));
        if is_full {
            self.heap.pop();
        }
    }

    /// The best first.
    fn found(self) -> Vec<Found> {
        let sorted = self.heap.into_sorted_vec();
        sorted
            .into_iter()
            .map(|Reverse((.., found))| found)
            .collect()
    }
}

impl Reader<'_> {
    /// Returns what fits best; nothing when it was ended.
    pub(super) fn find(
        &self,
        words: &str,
        limit: usize,
        is_void: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Vec<Found>>, Error> {
        let mut fuzzy = Fuzzy::new(words);
        let mut best = Best {
            heap: BinaryHeap::new(),
            limit,
            count: 0,
        };
        for row in self.replica.categories()? {
            let name = row.category.name.to_string();
            // A category is more often meant than a topic that is called like it.
            let score = fuzzy.score(&name).map(|score| score + 8);
            best.offer(score, || Found {
                target: Target::Category(row.category.id),
                name,
            });
        }
        let mut below = None;
        self.pages(is_void, |replica| {
            let page = replica.topic_titles(below, PAGE)?;
            below = page.last().map(|(id, _)| *id);
            let len = page.len();
            for (id, name) in page {
                best.offer(fuzzy.score(&name), || Found {
                    target: Target::Topic(id),
                    name,
                });
            }
            Ok(len)
        })?;
        let mut below = None;
        let is_whole = self.pages(is_void, |replica| {
            let page = replica.member_names(below, PAGE)?;
            below = page.last().map(|(id, ..)| *id);
            let len = page.len();
            for (id, name, display_name) in page {
                let shown = super::rows::shown(&name, display_name.as_deref());
                let score = fuzzy.score(&format!("@{shown}"));
                best.offer(score, || Found {
                    target: Target::Member(id, name),
                    name: format!("@{shown}"),
                });
            }
            Ok(len)
        })?;
        Ok(is_whole.then(|| best.found()))
    }

    /// Reads pages until one is not full, there were too many, or the search is ended; returns whether it was not.
    fn pages(
        &self,
        is_void: &mut dyn FnMut() -> bool,
        mut page: impl FnMut(&space_core::client::Replica) -> Result<usize, ReplicaError>,
    ) -> Result<bool, Error> {
        for _ in 0..MOST / PAGE {
            if is_void() {
                return Ok(false);
            }
            if page(&self.replica)? < PAGE {
                break;
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::machine::Machine;
    use crate::worker::Tools;

    #[test]
    fn a_newer_question_ends_the_search() {
        let folder = tempfile::tempdir().unwrap();
        let tools = Tools {
            file: folder.path().join("copy.db"),
            clock: Arc::new(Machine),
            entropy: Arc::new(Machine),
            member: None,
        };
        let reader = Reader::open(&tools).unwrap();
        assert_eq!(reader.find("x", 10, &mut || true).unwrap(), None);
        assert_eq!(
            reader.find("x", 10, &mut || false).unwrap(),
            Some(Vec::new())
        );
    }

    #[test]
    fn the_best_stay_and_among_equals_the_first() {
        let mut best = Best {
            heap: BinaryHeap::new(),
            limit: 3,
            count: 0,
        };
        for (name, score) in [("a", 5), ("b", 9), ("c", 5), ("d", 1), ("e", 5), ("f", 7)] {
            best.offer(Some(score), || Found {
                target: Target::Member(space_core::MemberId::new(1).unwrap(), String::new()),
                name: name.to_owned(),
            });
        }
        best.offer(None, || unreachable!("it does not fit"));
        let names: Vec<String> = best.found().into_iter().map(|found| found.name).collect();
        assert_eq!(names, ["b", "f", "a"]);
    }
}
