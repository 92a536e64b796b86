// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is found out beside the screen for the posts on it: colours of code, pictures; and links to follow.

use std::sync::Arc;

use crate::app::Env;
use crate::doc::{Flow, Line, Mark, Role, Span, Target};

use super::rendered::{Colouring, Colours, Picture, Snippet, Wish};
use super::thread::ThreadScreen;
use super::thread_move::signed;

/// Pieces of code that are kept coloured at most; beyond that all are forgotten, and asked for again when seen.
const COLOURED: usize = 500;

impl ThreadScreen {
    /// Returns what would make the posts on the screen better and nobody has asked for yet.
    pub fn wishes(&mut self, height: usize) -> Vec<Wish> {
        let mut wishes = Vec::new();
        let mut at = self.top;
        while let Some(block) = self.blocks.get(at)
            && self.row_of(at) < signed(height)
        {
            for wish in &block.wishes {
                let is_new = match wish {
                    Wish::Colours(snippet) => !self.extras.colours.contains_key(snippet),
                    Wish::Picture(source) => !self.extras.pictures.contains_key(source),
                };
                if is_new && !wishes.contains(wish) {
                    wishes.push(wish.clone());
                }
            }
            at += 1;
        }
        if self.extras.colours.len() + wishes.len() > COLOURED {
            self.extras.colours.clear();
        }
        for wish in &wishes {
            match wish {
                Wish::Colours(snippet) => {
                    let asked = Colouring::Asked;
                    self.extras.colours.insert(Arc::clone(snippet), asked);
                }
                Wish::Picture(source) => {
                    self.extras.pictures.insert(source.clone(), Picture::Asked);
                }
            }
        }
        wishes
    }

    /// Takes the colours of a piece of code.
    pub fn take_colours(
        &mut self,
        snippet: &Arc<Snippet>,
        colours: &Arc<Colours>,
        height: usize,
        env: &Env<'_>,
    ) {
        let known = Colouring::Known(Arc::clone(colours));
        match self.extras.colours.get_mut(snippet) {
            Some(asked) => *asked = known,
            None => return,
        }
        self.renew_all(&Wish::Colours(Arc::clone(snippet)), height, env);
    }

    /// Takes what became of a picture. The line under the reader's eye stays.
    pub fn take_picture(&mut self, source: &str, picture: Picture, height: usize, env: &Env<'_>) {
        match self.extras.pictures.get_mut(source) {
            Some(asked) => *asked = picture,
            None => return,
        }
        // A picture that comes back takes the place that was kept for it; then nothing moves.
        self.renew_all(&Wish::Picture(source.to_owned()), height, env);
    }

    fn renew_all(&mut self, wish: &Wish, height: usize, env: &Env<'_>) {
        for at in 0..self.blocks.len() {
            if self.blocks[at].wishes.contains(wish) {
                self.renew(at, env);
            }
        }
        self.settle(height);
    }

    /// Wraps the posts beside the strip, or without it.
    pub fn fit_map(&mut self, height: usize, env: &Env<'_>) {
        self.wrap_again(env);
        self.draw_map(height);
        self.settle(height);
    }

    /// Opens spoilers and folded parts of the post that the reader is on, or closes them.
    pub fn toggle_opened(&mut self, height: usize, env: &Env<'_>) {
        if let Some(key) = self.current().map(|post| post.key.clone()) {
            if !self.opened.remove(&key) {
                self.opened.insert(key);
            }
            self.wrap_again(env);
            self.settle(height);
        }
    }

    /// Lets the pictures of the post that the reader is on be loaded from wherever they are.
    pub fn load_foreign(&mut self, height: usize, env: &Env<'_>) {
        if let Some(key) = self.current().map(|post| post.key.clone()) {
            // Asked for again by hand, what failed may be tried again.
            self.extras
                .pictures
                .retain(|_, picture| !matches!(picture, Picture::Failed(_)));
            self.loads_foreign.insert(key);
            self.wrap_again(env);
            self.settle(height);
        }
    }
}

/// Returns where the links on the screen lead, in order.
pub fn links(lines: &[Line]) -> Vec<Target> {
    let mut found = Vec::new();
    let mut last: Option<&Arc<Mark>> = None;
    for mark in lines
        .iter()
        .flat_map(|line| &line.left)
        .map(|span| &span.mark)
    {
        let Some(mark) = mark else { continue };
        if let (Mark::Link(target), false) = (&**mark, is_same(last, mark)) {
            found.push(target.clone());
        }
        last = Some(mark);
    }
    found
}

/// A link may be wrapped over lines, or change its looks within: it is one link all the same.
fn is_same(last: Option<&Arc<Mark>>, mark: &Arc<Mark>) -> bool {
    last.is_some_and(|last| Arc::ptr_eq(last, mark))
}

/// Returns the number of a link as it is typed: all have as many digits.
pub fn label(at: usize, of: usize) -> String {
    match of {
        0..10 => format!("{}", at + 1),
        10..91 => format!("{}", at + 10),
        _ => format!("{}", at + 100),
    }
}

/// Writes numbers before the links on the screen.
pub(super) fn number(lines: &mut [Line]) {
    let of = links(lines).len();
    let mut at = 0;
    let mut last: Option<Arc<Mark>> = None;
    for line in lines {
        let mut spans = Vec::with_capacity(line.left.len() + 4);
        for span in std::mem::take(&mut line.left) {
            if let Some(mark) = &span.mark {
                if matches!(**mark, Mark::Link(_)) && !is_same(last.as_ref(), mark) {
                    let mut number = Span::new(Role::Key, format!("[{}]", label(at, of)));
                    // Within right-to-left text the number still reads from the left.
                    if let Flow::Running { level, is_rtl } = span.flow {
                        let level = level.saturating_add(level % 2);
                        number.flow = Flow::Running { level, is_rtl };
                    }
                    spans.push(number);
                    at += 1;
                }
                last = Some(Arc::clone(mark));
            }
            spans.push(span);
        }
        line.left = spans;
    }
}
