// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A thread: posts of one topic around where the reader is, and where that is on the screen.

use std::collections::BTreeSet;
use std::sync::Arc;

use space_core::{PostId, TopicId};

use crate::app::Env;
use crate::app::items::{PostItem, PostKey, ThreadPart, TopicItem};
use crate::app::layout::MEASURE;
use crate::app::message::{Place, Query, Shape, Ticket};
use crate::app::outline::Outline;
use crate::doc::Span;

use super::minimap::MiniMap;
use super::rendered::{Extras, Sought, Wish};
use super::thread_view::{Peek, block};

/// Posts held on each side of the reader.
pub const REACH: usize = 40;
/// When fewer posts than this are left on a side that goes on, more are asked for.
const MARGIN: usize = 15;
/// Columns of a screen for each level of a tree: 80 columns show six levels, deeper ones stand at the sixth.
const COLUMNS_A_LEVEL: usize = 13;

/// Everything that a block depends on: while it stays the same, so does the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of {
    /// The post.
    pub key: PostKey,
    /// Its revision.
    pub revision: i64,
    /// How many posts before it are not here.
    pub missing: u64,
    /// The columns of its text.
    pub columns: usize,
    /// The columns of code in it.
    pub code_columns: usize,
    /// How many levels it is indented.
    pub indent: usize,
    /// Whether spoilers and folded parts of it are open.
    pub is_opened: bool,
    /// Whether pictures of other servers may be loaded for it.
    pub loads_foreign: bool,
}

/// A post, wrapped to the width of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What was wrapped.
    pub of: Of,
    /// Lines above the line that names the author.
    pub before: Vec<Vec<Span>>,
    /// Lines below it.
    pub body: Vec<Vec<Span>>,
    /// What would make it better.
    pub wishes: Vec<Wish>,
}

impl Block {
    /// Returns the lines it takes, with the line that names the author and an empty one at the end.
    pub fn height(&self) -> usize {
        self.before.len() + 1 + self.body.len() + 1
    }
}

/// The thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadScreen {
    /// Names the screen in questions.
    pub id: u64,
    /// Which topic.
    pub topic_id: TopicId,
    /// The topic; absent until the first answer.
    pub topic: Option<TopicItem>,
    /// Which post answers which.
    pub outline: Arc<Outline>,
    /// The posts held.
    pub posts: Vec<PostItem>,
    /// The same, wrapped.
    pub blocks: Vec<Block>,
    /// Nothing comes before them.
    pub is_start: bool,
    /// Nothing comes after them.
    pub is_end: bool,
    /// The post at the top of the screen.
    pub top: usize,
    /// How many of its lines are above the screen.
    pub above: usize,
    /// These two as they were when the words at the top were held last, and how many letters were before them.
    pub(super) held: Option<(usize, usize, usize)>,
    /// The post the reader is on.
    pub focus: Option<PostKey>,
    /// The number of the first post that was unread when the thread was opened.
    pub first_unread: Option<i64>,
    /// The highest post number up to which everything was on the screen to its last line.
    pub seen: i64,
    /// Posts beyond that which were on the screen, as a tree shows them.
    pub(super) looked: BTreeSet<i64>,
    /// The highest post number that the outbox was told of.
    pub told: i64,
    /// The last question.
    pub ticket: Option<Ticket>,
    /// Where the reader goes when the answer comes.
    pub jump: Option<Place>,
    /// Whether answers stand below what they answer.
    pub is_tree: bool,
    /// Posts below which nothing is shown.
    pub folded: Vec<PostId>,
    /// Posts whose spoilers and folded parts are open.
    pub opened: BTreeSet<PostKey>,
    /// Posts whose pictures may be loaded from other servers.
    pub loads_foreign: BTreeSet<PostKey>,
    /// Whether the strip is shown; decided by what it is worth when nobody said.
    pub map_wanted: Option<bool>,
    /// The strip.
    pub(super) map: MiniMap,
    /// A post shown over the thread, without leaving it.
    pub peek: Option<Peek>,
    /// The question for it.
    pub peek_ticket: Option<Ticket>,
    /// The question where a link within the space leads.
    pub find_ticket: Option<Ticket>,
    /// What was typed of the number of a link, while numbers are shown.
    pub hint: Option<String>,
    /// Code and pictures.
    pub extras: Extras,
    /// What the search looked for that the thread was opened from; marked until it is left.
    pub sought: Option<Sought>,
    /// How many posts were wrapped so far.
    pub laid_out: u64,
    /// The columns that the blocks are wrapped to.
    columns: usize,
    /// Columns of a line at most.
    pub(super) measure: usize,
}

impl ThreadScreen {
    /// Makes a thread that is to open at a place.
    pub fn new(id: u64, topic_id: TopicId, place: Place) -> Self {
        Self {
            id,
            topic_id,
            topic: None,
            outline: Arc::default(),
            posts: Vec::new(),
            blocks: Vec::new(),
            is_start: false,
            is_end: false,
            top: 0,
            above: 0,
            held: None,
            focus: None,
            first_unread: None,
            seen: 0,
            looked: BTreeSet::new(),
            told: 0,
            ticket: None,
            jump: Some(place),
            is_tree: false,
            folded: Vec::new(),
            opened: BTreeSet::new(),
            loads_foreign: BTreeSet::new(),
            map_wanted: None,
            map: MiniMap::default(),
            peek: None,
            peek_ticket: None,
            find_ticket: None,
            hint: None,
            extras: Extras::default(),
            sought: None,
            laid_out: 0,
            columns: 80,
            measure: usize::from(MEASURE),
        }
    }

    /// Returns the question that brings the posts around the reader.
    pub fn query(&self) -> Query {
        let place = match (&self.jump, self.current()) {
            (Some(place), _) => place.clone(),
            (None, Some(post)) => match post.key {
                PostKey::Id(_) => Place::Number(post.number),
                PostKey::Outbox(_) => Place::Number(i64::MAX),
            },
            (None, None) => Place::Unread,
        };
        Query::Thread {
            topic: self.topic_id,
            place,
            reach: REACH,
            shape: if self.is_tree {
                Shape::Tree {
                    folded: self.folded.clone(),
                }
            } else {
                Shape::Flat
            },
        }
    }

    /// Returns the post the reader is on.
    pub fn current(&self) -> Option<&PostItem> {
        self.posts.get(self.focus_index())
    }

    /// Takes the posts of an answer. What is at the top of the screen stays there.
    pub fn take(&mut self, part: ThreadPart, columns: usize, height: usize, env: &Env<'_>) {
        let anchor = self
            .posts
            .get(self.top)
            .map(|post| (post.key.clone(), post.number));
        if self.topic.is_none() {
            let read = part.topic.read_number;
            self.first_unread = (read > 0 && part.topic.is_unread()).then_some(read + 1);
            self.told = read;
            self.seen = self.seen.max(read);
        }
        self.topic = Some(part.topic);
        self.outline = part.outline;
        self.posts = part.posts;
        // A reply that waited gets an id when it is sent: whoever is on it stays on the newest post.
        if matches!(self.focus, Some(PostKey::Outbox(_)))
            && self
                .focus
                .as_ref()
                .is_some_and(|key| self.index_of(key).is_none())
        {
            self.focus = self.posts.last().map(|post| post.key.clone());
        }
        self.is_start = part.is_start;
        self.is_end = part.is_end;
        self.wrap(columns, env);
        match (self.jump.take(), anchor) {
            (Some(_), _) | (None, None) => {
                let at = part
                    .at
                    .as_ref()
                    .and_then(|key| self.index_of(key))
                    .unwrap_or(0);
                self.top = at;
                // A first post is seen with the title above it; another right below the screen's edge.
                self.above = 0;
                self.focus = self.posts.get(at).map(|post| post.key.clone());
            }
            (None, Some((key, number))) => {
                let near = || self.posts.iter().position(|post| post.number >= number);
                if let Some(at) = self.index_of(&key) {
                    self.top = at;
                } else {
                    (self.top, self.above) = (near().unwrap_or(usize::MAX), 0);
                }
            }
        }
        self.draw_map(height);
        self.settle(height);
    }

    /// Fits the thread to another size. The post that the reader is on stays in view: on the row it begins on, or, when
    /// that is above the screen, with the same words at the top.
    pub fn resize(&mut self, columns: usize, height: usize, env: &Env<'_>) {
        let anchor = self.anchor();
        if columns != self.columns {
            // Pictures are made for a width.
            self.extras.pictures.clear();
            self.wrap(columns, env);
        }
        self.draw_map(height);
        self.hold(anchor, height);
        self.settle(height);
    }

    /// Wraps what changed since it was wrapped last.
    pub(super) fn wrap_again(&mut self, env: &Env<'_>) {
        self.wrap(self.columns, env);
    }

    fn wrap(&mut self, columns: usize, env: &Env<'_>) {
        self.columns = columns;
        self.measure = usize::from(env.reading.measure.unwrap_or(MEASURE)).max(1);
        let mut old = std::mem::take(&mut self.blocks);
        let mut blocks = Vec::with_capacity(self.posts.len());
        for post in &self.posts {
            let of = self.of(post);
            let is_kept = post.number != 1 && post.waiting.is_none();
            let kept = old.iter().position(|block| is_kept && block.of == of);
            blocks.push(if let Some(at) = kept {
                old.swap_remove(at)
            } else {
                self.laid_out += 1;
                block(self, post, of, env)
            });
        }
        self.blocks = blocks;
    }

    /// Wraps one post anew; when it is at the top of the screen, the line there stays.
    pub(super) fn renew(&mut self, at: usize, env: &Env<'_>) {
        let Some(post) = self.posts.get(at) else {
            return;
        };
        let new = block(self, post, self.of(post), env);
        self.laid_out += 1;
        let old = std::mem::replace(&mut self.blocks[at], new);
        if at != self.top {
            return;
        }
        let new = &self.blocks[at];
        let same = old
            .body
            .iter()
            .zip(&new.body)
            .take_while(|(a, b)| a == b)
            .count();
        let changed_at = old.before.len() + 1 + same;
        if self.above > changed_at {
            let moved = (self.above + new.height()).saturating_sub(old.height());
            self.above = moved.max(changed_at);
        }
    }

    fn of(&self, post: &PostItem) -> Of {
        let depth = self.depth(post);
        let indent = depth.min(self.columns / COLUMNS_A_LEVEL);
        Of {
            key: post.key.clone(),
            revision: post.revision,
            missing: post.missing,
            columns: self.text_columns(indent),
            code_columns: self.room(indent),
            indent,
            is_opened: self.opened.contains(&post.key),
            loads_foreign: self.loads_foreign.contains(&post.key),
        }
    }

    /// Returns how deep a post stands in the tree; 0 in a flat thread.
    pub(super) fn depth(&self, post: &PostItem) -> usize {
        let knot = self.outline.get(post.number).filter(|_| self.is_tree);
        knot.map_or(0, |knot| usize::try_from(knot.depth).unwrap_or(usize::MAX))
    }

    /// Returns the columns that the blocks are wrapped to.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// Returns whether the strip is shown.
    pub fn has_map(&self) -> bool {
        self.map_wanted
            .unwrap_or_else(|| MiniMap::is_worth_it(&self.outline, self.columns))
            && !self.outline.is_empty()
    }

    /// Draws the strip anew.
    pub(super) fn draw_map(&mut self, height: usize) {
        self.map = if self.has_map() {
            let read = self.topic.as_ref().map_or(0, |topic| topic.read_number);
            MiniMap::new(&self.outline, self.is_tree, read, height)
        } else {
            MiniMap::default()
        };
    }

    /// Returns where a post stands among those held.
    pub fn index_of(&self, key: &PostKey) -> Option<usize> {
        self.posts.iter().position(|post| post.key == *key)
    }

    /// Returns which post the reader is on; the one at the top when it is not held any more.
    pub fn focus_index(&self) -> usize {
        self.focus
            .as_ref()
            .and_then(|key| self.index_of(key))
            .unwrap_or(self.top)
    }

    /// Returns whether the last line of the thread is on the screen.
    pub fn is_at_end(&self, height: usize) -> bool {
        let last = self.posts.len().saturating_sub(1);
        self.is_end
            && (self.posts.is_empty() || self.end_of(last) <= super::thread_move::signed(height))
    }

    /// Returns whether the reader comes near an edge behind which there is more.
    pub fn wants_more(&self) -> bool {
        let at = self.focus_index();
        self.topic.is_some()
            && !self.posts.is_empty()
            && ((!self.is_start && at.min(self.top) < MARGIN)
                || (!self.is_end && at.max(self.top) + MARGIN > self.posts.len()))
    }

    /// Returns how far the outbox is to be told that the reader has read, and remembers that it was.
    pub fn tell(&mut self) -> Option<i64> {
        (self.seen > self.told).then(|| {
            self.told = self.seen;
            self.seen
        })
    }
}
