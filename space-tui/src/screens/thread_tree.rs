// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Ways through the tree of a thread: to what a post answers, beside it, below it.

use space_core::PostId;

use crate::app::items::PostKey;
use crate::app::message::Place;

use super::thread::ThreadScreen;

/// A way through the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the post that is answered.
    Parent,
    /// To the next answer to the same.
    Next,
    /// To the answer before.
    Previous,
}

/// What became of going a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// The reader is there.
    There,
    /// The posts around it have to be asked for.
    Asks,
    /// There is no such post.
    Nowhere,
}

impl ThreadScreen {
    /// Goes a way through the tree.
    pub fn go(&mut self, way: Way, height: usize) -> Gone {
        let Some(number) = self.current().map(|post| post.number) else {
            return Gone::Nowhere;
        };
        let knot = match way {
            Way::Parent => self.outline.parent(number),
            Way::Next => self.outline.sibling(number, true),
            Way::Previous => self.outline.sibling(number, false),
        };
        match knot.map(|knot| knot.id) {
            Some(post) => self.go_to(post, height),
            None => Gone::Nowhere,
        }
    }

    /// Goes to a post of this topic.
    pub fn go_to(&mut self, post: PostId, height: usize) -> Gone {
        let key = PostKey::Id(post);
        let Some(at) = self.index_of(&key) else {
            self.jump = Some(Place::Post(post));
            return Gone::Asks;
        };
        self.focus = Some(key);
        self.show(at, height);
        self.settle(height);
        Gone::There
    }

    /// Lets answers stand below what they answer, or by time again. The reader stays on their post.
    pub fn toggle_tree(&mut self) {
        self.is_tree = !self.is_tree;
        self.jump = self.current().map(|post| Place::from(&post.key));
    }

    /// Folds what stands below the post that the reader is on, or shows it again; where nothing stands below it,
    /// what stands below its parent. Returns whether anything changed.
    pub fn toggle_fold(&mut self) -> bool {
        let Some(number) = self.current().map(|post| post.number) else {
            return false;
        };
        let knot = match self.outline.get(number) {
            Some(knot) if knot.below > 0 => Some(knot),
            Some(_) => self.outline.parent(number),
            None => None,
        };
        let Some(id) = knot.map(|knot| knot.id).filter(|_| self.is_tree) else {
            return false;
        };
        match self.folded.iter().position(|folded| *folded == id) {
            Some(at) => {
                self.folded.remove(at);
            }
            None => self.folded.push(id),
        }
        self.focus = Some(PostKey::Id(id));
        // When the post is held, the screen stays where it is as far as it can.
        if self.index_of(&PostKey::Id(id)).is_none() {
            self.jump = Some(Place::Post(id));
        }
        true
    }
}
