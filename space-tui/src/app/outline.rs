// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The outline of a topic: which post answers which, without what they say.

use std::collections::{HashMap, HashSet};

use space_core::PostId;

/// A post as the replica marks it, in the order of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The post.
    pub id: PostId,
    /// Its place in the topic.
    pub number: i64,
    /// The post it answers.
    pub reply_to: Option<PostId>,
    /// Whether the reader wrote it.
    pub is_own: bool,
}

/// A post in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knot {
    /// The post.
    pub id: PostId,
    /// Its place in the topic.
    pub number: i64,
    /// Whether the reader wrote it.
    pub is_own: bool,
    /// How deep it stands: 0 for the first post and what answers the topic.
    pub depth: u32,
    /// How many posts stand below it.
    pub below: u32,
    /// The place of the post it answers, in the order of numbers.
    parent: Option<u32>,
}

/// The tree of a topic. Made once for each change, beside the screen; a frame only looks things up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// By number.
    knots: Vec<Knot>,
    /// Places in `knots`, as the tree is read: each post before what answers it.
    order: Vec<u32>,
    /// Where each of `knots` stands in `order`.
    rank: Vec<u32>,
}

const fn index(at: u32) -> usize {
    at as usize
}

impl Outline {
    /// Builds the tree of posts that come in the order of their numbers.
    ///
    /// An answer to the first post is an answer to the topic, and stands beside it. A post answers an earlier one;
    /// what says otherwise, or answers what is not here, answers the topic.
    pub fn new(marks: &[Mark]) -> Self {
        let at: HashMap<PostId, u32> = marks.iter().map(|m| m.id).zip(0..).collect();
        let parent_of = |mark: &Mark, own: u32| {
            let parent = *at.get(&mark.reply_to?)?;
            (parent < own && marks[index(parent)].number > 1).then_some(parent)
        };
        let mut knots: Vec<Knot> = Vec::with_capacity(marks.len());
        for (mark, own) in marks.iter().zip(0..) {
            let parent = parent_of(mark, own);
            knots.push(Knot {
                id: mark.id,
                number: mark.number,
                is_own: mark.is_own,
                depth: parent.map_or(0, |parent| knots[index(parent)].depth + 1),
                below: 0,
                parent,
            });
        }
        // Whoever answers comes later, so counting from the end counts every post once.
        for own in (0..knots.len()).rev() {
            if let Some(parent) = knots[own].parent {
                knots[index(parent)].below += knots[own].below + 1;
            }
        }
        // Each post stands after its parent and after what was placed below that so far.
        let mut rank = vec![0; knots.len()];
        let mut next_root = 0;
        let mut next_below: Vec<u32> = vec![0; knots.len()];
        for own in 0..knots.len() {
            let size = knots[own].below + 1;
            let place = match knots[own].parent {
                None => &mut next_root,
                Some(parent) => &mut next_below[index(parent)],
            };
            rank[own] = *place;
            *place += size;
            next_below[own] = rank[own] + 1;
        }
        let mut order = vec![0; knots.len()];
        for (own, number) in (0..knots.len()).zip(0..) {
            order[index(rank[own])] = number;
        }
        Self { knots, order, rank }
    }

    /// Returns how many posts there are.
    pub fn len(&self) -> usize {
        self.knots.len()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.knots.is_empty()
    }

    /// Returns the posts in the order of numbers.
    pub fn by_number(&self) -> impl Iterator<Item = &Knot> {
        self.knots.iter()
    }

    /// Returns the posts as the tree is read.
    pub fn as_read(&self) -> impl Iterator<Item = &Knot> {
        self.order.iter().map(|at| &self.knots[index(*at)])
    }

    /// Returns the posts as the tree is read, without what stands below the folded ones.
    pub fn open(&self, folded: &[PostId]) -> Vec<Knot> {
        let folded: HashSet<PostId> = folded.iter().copied().collect();
        let mut open = Vec::new();
        let mut at = 0;
        while let Some(own) = self.order.get(at) {
            let knot = self.knots[index(*own)];
            at += 1;
            if folded.contains(&knot.id) {
                at += index(knot.below);
            }
            open.push(knot);
        }
        open
    }

    /// Returns which of the [open](Self::open) posts are near one: `reach` before it, and as many from it on. One that
    /// is folded away is looked for at what is folded, one that is gone at the next.
    pub fn window(&self, open: &[Knot], number: i64, reach: usize) -> std::ops::Range<usize> {
        let rank = |number| self.rank(number, true);
        let wanted = self.from(number).and_then(|knot| rank(knot.number));
        let wanted = wanted.unwrap_or(usize::MAX);
        let before = |knot: &Knot| rank(knot.number).is_some_and(|rank| rank <= wanted);
        let at = open.partition_point(before).saturating_sub(1);
        at.saturating_sub(reach)..at.saturating_add(reach).min(open.len())
    }

    fn place(&self, number: i64) -> Option<usize> {
        self.knots.binary_search_by_key(&number, |k| k.number).ok()
    }

    /// Returns the post of this number.
    pub fn get(&self, number: i64) -> Option<&Knot> {
        self.place(number).map(|at| &self.knots[at])
    }

    /// Returns the post of this number, or the next one that is there.
    pub fn from(&self, number: i64) -> Option<&Knot> {
        let at = self.knots.partition_point(|knot| knot.number < number);
        self.knots.get(at)
    }

    /// Returns how far down a post stands, of [`len`](Self::len): in the order of numbers, or as the tree is read.
    pub fn rank(&self, number: i64, is_tree: bool) -> Option<usize> {
        let at = self.place(number)?;
        Some(if is_tree { index(self.rank[at]) } else { at })
    }

    /// Returns the post that this one answers.
    pub fn parent(&self, number: i64) -> Option<&Knot> {
        let parent = self.get(number)?.parent?;
        Some(&self.knots[index(parent)])
    }

    /// Returns the post beside this one: the next (or the one before) that answers the same.
    pub fn sibling(&self, number: i64, is_next: bool) -> Option<&Knot> {
        let own = self.place(number)?;
        let parent = self.knots[own].parent;
        let rank = index(self.rank[own]);
        if is_next {
            let after = rank + 1 + index(self.knots[own].below);
            let knot = &self.knots[index(*self.order.get(after)?)];
            return (knot.parent == parent).then_some(knot);
        }
        // The one before ends where this one begins; its tree is walked up to the level of this one.
        let mut at = index(*self.order.get(rank.checked_sub(1)?)?);
        while self.knots[at].parent != parent {
            at = index(self.knots[at].parent?);
        }
        Some(&self.knots[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: i64) -> PostId {
        PostId::new(100 + n).unwrap()
    }

    /// Posts from 1, each with the number that it answers; 0 for none.
    fn outline(parents: &[i64]) -> Outline {
        let marks: Vec<Mark> = parents
            .iter()
            .zip(1..)
            .map(|(parent, number)| Mark {
                id: id(number),
                number,
                reply_to: (*parent > 0).then(|| id(*parent)),
                is_own: number == 2,
            })
            .collect();
        Outline::new(&marks)
    }

    fn read(outline: &Outline) -> Vec<(i64, u32)> {
        outline.as_read().map(|k| (k.number, k.depth)).collect()
    }

    #[test]
    fn answers_stand_below_what_they_answer() {
        // 2 answers the topic, 3 and 5 answer 2, 6 answers 3, 4 answers post 1, which is the topic.
        let outline = outline(&[0, 0, 2, 1, 2, 3]);
        let want = [(1, 0), (2, 0), (3, 1), (6, 2), (5, 1), (4, 0)];
        assert_eq!(read(&outline), want);
        assert_eq!(outline.get(2).map(|k| k.below), Some(3));
    }

    #[test]
    fn the_ways_through_the_tree() {
        let outline = outline(&[0, 0, 2, 1, 2, 3]);
        let number = |knot: Option<&Knot>| knot.map(|k| k.number);
        assert_eq!(number(outline.parent(6)), Some(3));
        assert_eq!(number(outline.parent(4)), None);
        assert_eq!(number(outline.sibling(3, true)), Some(5));
        assert_eq!(number(outline.sibling(5, false)), Some(3));
        assert_eq!(number(outline.sibling(4, false)), Some(2));
        assert_eq!(number(outline.sibling(3, false)), None);
        assert_eq!(number(outline.sibling(5, true)), None);
        assert_eq!(outline.rank(5, true), Some(4));
        assert_eq!(outline.rank(5, false), Some(4));
        assert_eq!(outline.rank(6, true), Some(3));
    }

    #[test]
    fn a_folded_tree_leaves_its_first_post() {
        let outline = outline(&[0, 0, 2, 1, 2, 3]);
        let open: Vec<i64> = outline.open(&[id(2)]).iter().map(|k| k.number).collect();
        assert_eq!(open, [1, 2, 4]);
    }

    #[test]
    fn what_is_near_a_post() {
        let outline = outline(&[0, 0, 2, 1, 2, 3]);
        // As read: 1, 2, 3, 6, 5, 4.
        let open = outline.open(&[]);
        assert_eq!(outline.window(&open, 6, 2), 1..5);
        assert_eq!(outline.window(&open, 1, 2), 0..2);
        assert_eq!(outline.window(&open, i64::MAX, 2), 3..6);
        // 6 is folded away below 2, which stands second of three.
        let open = outline.open(&[id(2)]);
        assert_eq!(outline.window(&open, 6, 1), 0..2);
        assert_eq!(Outline::default().window(&[], 3, 2), 0..0);
    }

    #[test]
    fn an_answer_to_a_later_post_or_to_itself_answers_the_topic() {
        let outline = outline(&[0, 3, 3, 2]);
        assert_eq!(read(&outline), [(1, 0), (2, 0), (4, 1), (3, 0)]);
    }

    #[test]
    fn a_chain_of_ten_thousand_posts_is_no_trouble() {
        let parents: Vec<i64> = (0..10_000).collect();
        let outline = outline(&parents);
        assert_eq!(outline.get(10_000).map(|k| k.depth), Some(9_998));
    }

    proptest! {
        #[test]
        fn every_post_is_there_once_and_after_its_parent(parents in prop::collection::vec(0_i64..40, 0..40)) {
            let outline = outline(&parents);
            let mut numbers: Vec<i64> = outline.as_read().map(|k| k.number).collect();
            for knot in outline.by_number() {
                let rank = outline.rank(knot.number, true).unwrap();
                if let Some(parent) = outline.parent(knot.number) {
                    let above = outline.rank(parent.number, true).unwrap();
                    prop_assert!(above < rank && rank <= above + parent.below as usize);
                }
                if let Some(next) = outline.sibling(knot.number, true) {
                    prop_assert_eq!(outline.sibling(next.number, false).map(|k| k.number), Some(knot.number));
                }
            }
            numbers.sort_unstable();
            let all: Vec<i64> = (1..).take(parents.len()).collect();
            prop_assert_eq!(numbers, all);
        }
    }
}
