// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a thread shows.

use space_core::PostKind;

use crate::app::Env;
use crate::app::items::{PostItem, PostKey, Waiting};
use crate::app::reading::{Bidi, Images};
use crate::doc::{Line, Role, Span, Tone, plain};
use crate::text::clean;
use crate::text::measure::width;
use crate::text::when;
use crate::text::wrap::wrap;

use super::rendered::{self, Paper, Rendered};
use super::thread::{Block, Of, ThreadScreen};
use super::thread_extras;
use super::topics::bookmark;

/// What stands before every line of a post.
const INDENT: usize = 2;
/// What stands for each level of the tree before a line.
const LEVEL: &str = "│ ";

/// A post shown over the thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peek {
    /// The post.
    pub post: PostItem,
    /// Its lines.
    pub lines: Vec<Vec<Span>>,
}

/// Wraps a post.
pub(super) fn block(thread: &ThreadScreen, post: &PostItem, of: Of, env: &Env<'_>) -> Block {
    let mut before = Vec::new();
    let columns = of.columns;
    if let (true, Some(topic)) = (post.number == 1 || post.missing > 0, &thread.topic) {
        let title = Span::new(Role::Title, clean::line(&topic.title));
        let title = match &thread.sought {
            Some(sought) => sought.mark(vec![title]),
            None => vec![title],
        };
        before.extend(wrap(&title, columns).into_iter().map(indented));
        let name = Span::new(Role::Category, clean::line(&topic.category_name));
        let tags = topic.tags.iter().map(|tag| {
            let tag = clean::line(tag.as_str());
            Span::new(Role::Quiet, format!("  #{tag}"))
        });
        let place: Vec<Span> = [name].into_iter().chain(tags).collect();
        before.extend(wrap(&place, columns).into_iter().map(indented));
        before.push(Vec::new());
        if post.missing > 0 {
            let text = env
                .l10n
                .with("thread-missing", &[("count", post.missing.into())]);
            before.extend(
                wrap(&[Span::new(Role::Quiet, text)], columns)
                    .into_iter()
                    .map(indented),
            );
            before.push(Vec::new());
        }
    }
    if thread.first_unread == Some(post.number) && !thread.is_tree {
        let text = env.l10n.text("thread-new");
        before.push(indented(vec![Span::new(
            Role::Unread,
            format!("── {text} ──"),
        )]));
    }
    let paper = Paper {
        columns,
        code_columns: of.code_columns,
        l10n: env.l10n,
        origin: &env.reading.origin,
        is_screen: true,
        orders_rtl: env.reading.bidi == Bidi::App,
        is_opened: of.is_opened,
        shows_pictures: env.reading.images != Images::Off && !post.is_hidden,
        loads_foreign: of.loads_foreign,
        extras: Some(&thread.extras),
        sought: thread.sought.as_ref(),
    };
    let Rendered { lines, wishes } = body(post, paper);
    let guides = LEVEL.repeat(of.indent);
    let body = lines.into_iter().map(|line| {
        let mut line = line;
        if of.indent > 0 {
            line.insert(0, Span::new(Role::Quiet, guides.as_str()));
        }
        indented(line)
    });
    Block {
        before,
        body: body.collect(),
        wishes,
        of,
    }
}

/// Renders what a post says, and what is to be said of it.
fn body(post: &PostItem, paper: Paper<'_>) -> Rendered {
    let (columns, l10n) = (paper.columns, paper.l10n);
    let said = |role, text: String| wrap(&[Span::new(role, text)], columns);
    let mut done = Rendered::default();
    if post.is_hidden {
        done.lines = said(Role::Quiet, l10n.text("post-hidden"));
        // Whoever may read it all the same opens it by hand.
        if post.source.is_empty() || !paper.is_opened {
            return done;
        }
    } else if post.kind == PostKind::Notice {
        let about = clean::line(post.notice.as_deref().unwrap_or_default());
        let about = [("about", about.into())];
        done.lines = said(Role::Quiet, l10n.with("post-notice", &about));
        if post.source.is_empty() {
            return done;
        }
    }
    let rendered = rendered::post(&post.source, paper);
    done.lines.extend(rendered.lines);
    done.wishes = rendered.wishes;
    if let Some(Waiting::Refused(why)) = &post.waiting {
        let text = l10n.with("post-refused", &[("why", clean::line(why).into())]);
        done.lines.extend(said(Role::Error, text));
    }
    done
}

fn indented(mut line: Vec<Span>) -> Vec<Span> {
    if !line.is_empty() {
        line.insert(0, Span::new(Role::Text, " ".repeat(INDENT)));
    }
    line
}

impl ThreadScreen {
    /// Returns the columns of a post's text at a level of the tree.
    pub(super) fn text_columns(&self, indent: usize) -> usize {
        self.room(indent).min(self.measure)
    }

    /// Returns the columns that there are at a level of the tree.
    pub(super) fn room(&self, indent: usize) -> usize {
        let strip = if self.has_map() { 2 } else { 0 };
        self.columns()
            .saturating_sub(INDENT + 1 + strip + indent * width(LEVEL))
            .max(1)
    }

    /// Returns the columns that a picture may take.
    pub fn picture_columns(&self) -> usize {
        self.text_columns(0)
    }

    /// Returns the lines on the screen.
    pub fn view(&self, env: Env<'_>, columns: usize, height: usize) -> Vec<Line> {
        if self.posts.is_empty() {
            let key = if self.topic.is_some() {
                "thread-empty"
            } else {
                "list-loading"
            };
            return vec![
                Line::default(),
                Line::text(Role::Quiet, format!("  {}", env.l10n.text(key))),
            ];
        }
        let mut lines = self.lines(env, columns, height);
        if self.hint.is_some() {
            thread_extras::number(&mut lines);
        }
        if self.has_map() {
            let here = self
                .current()
                .and_then(|post| self.outline.rank(post.number, self.is_tree));
            lines.resize(height, Line::default());
            for (row, line) in lines.iter_mut().enumerate() {
                line.right.push(Span::new(Role::Text, " "));
                line.right.push(self.map.row(row, here));
            }
        }
        lines
    }

    /// Returns the lines of posts on the screen: work for each of them, and for nothing above or below.
    fn lines(&self, env: Env<'_>, columns: usize, height: usize) -> Vec<Line> {
        let focus = self.focus_index();
        let mut lines = Vec::with_capacity(height);
        let mut skip = self.above;
        for (at, block) in self.blocks.iter().enumerate().skip(self.top) {
            let (before, body) = (block.before.len(), block.body.len());
            for line in std::mem::take(&mut skip)..block.height() {
                if lines.len() >= height {
                    return lines;
                }
                lines.push(if line < before {
                    Line::of(block.before[line].clone())
                } else if line == before {
                    self.header(at, at == focus, columns, env)
                } else if line - before <= body {
                    Line::of(block.body[line - before - 1].clone())
                } else {
                    Line::default()
                });
            }
        }
        lines
    }

    /// Returns where the links on the screen lead, in order.
    pub fn links(&self, env: Env<'_>, columns: usize, height: usize) -> Vec<crate::doc::Target> {
        thread_extras::links(&self.lines(env, columns, height))
    }

    /// Shows a post over the thread.
    pub fn show_peek(&mut self, post: PostItem, columns: usize, env: &Env<'_>) {
        let of = Of {
            key: post.key.clone(),
            revision: post.revision,
            missing: post.missing,
            columns: columns.saturating_sub(6).clamp(1, self.measure),
            code_columns: columns.saturating_sub(6).max(1),
            indent: 0,
            is_opened: false,
            loads_foreign: false,
        };
        let block = block(self, &post, of, env);
        let lines = block.body.into_iter().map(|mut line| {
            if !line.is_empty() {
                line.remove(0);
            }
            line
        });
        self.peek = Some(Peek {
            lines: lines.collect(),
            post,
        });
    }

    /// The line that names the author.
    fn header(&self, at: usize, is_here: bool, columns: usize, env: Env<'_>) -> Line {
        // On a wide screen what ends a line stays where the text ends.
        let strip = if self.has_map() { 2 } else { 0 };
        let full = self.measure + INDENT + 1;
        let is_wide = columns > full + strip;
        let room = if is_wide {
            full
        } else {
            columns - strip.min(columns)
        };
        let left = self.header_left(at, is_here, columns, env);
        let sizes = |left: &[Span], right: &[Span]| width(&plain(left)) + width(&plain(right));
        // The shortest of what there is to say that says it whole; when there is none, the shortest.
        let mut said = (left.clone(), Vec::new());
        for brevity in Brevity::ALL {
            said = (left.clone(), self.header_right(at, brevity, env));
            if let Some(text) = self.answered(at, brevity, env) {
                said.0.push(Span::new(Role::Quiet, format!("  {text}")));
            }
            if sizes(&said.0, &said.1) + 2 <= room {
                break;
            }
        }
        let (mut left, mut right) = said;
        let tone = if is_here { Tone::Here } else { Tone::Plain };
        if is_wide {
            let gap = full.saturating_sub(sizes(&left, &right)).max(2);
            left.push(Span::new(Role::Text, " ".repeat(gap)));
            left.append(&mut right);
        } else if !right.is_empty() {
            right.push(Span::new(Role::Text, " "));
        }
        Line::of(left).right(right).tone(tone)
    }

    /// Who wrote a post, and how it stands.
    fn header_left(&self, at: usize, is_here: bool, columns: usize, env: Env<'_>) -> Vec<Span> {
        let (post, block, l10n) = (&self.posts[at], &self.blocks[at], env.l10n);
        let mut left = vec![Span::new(Role::Key, if is_here { "▌ " } else { "  " })];
        let depth = self.depth(post);
        if block.of.indent > 0 {
            left.push(Span::new(Role::Quiet, LEVEL.repeat(block.of.indent)));
        }
        if depth > block.of.indent {
            left.push(Span::new(Role::Quiet, format!("⤷{depth} ")));
        }
        left.push(Span::new(Role::Author, clean::line(&post.author)));
        if let Some(note) = &post.bookmark {
            left.push(Span::new(Role::Warning, bookmark(note, columns / 3)));
        }
        if self.is_tree && self.first_unread.is_some_and(|first| post.number >= first) {
            let text = l10n.text("thread-new");
            left.push(Span::new(Role::Unread, format!(" [{text}]")));
        }
        if let (true, PostKey::Id(id), Some(knot)) =
            (self.is_tree, &post.key, self.outline.get(post.number))
            && self.folded.contains(id)
        {
            let text = l10n.with("thread-folded", &[("count", u64::from(knot.below).into())]);
            left.push(Span::new(Role::Warning, format!(" [{text}]")));
        }
        if post.kind == PostKind::Moderator {
            let text = l10n.text("post-moderator");
            left.push(Span::new(Role::Quiet, format!(" [{text}]")));
        }
        left
    }

    /// What a post answers.
    fn answered(&self, at: usize, brevity: Brevity, env: Env<'_>) -> Option<String> {
        let (post, l10n) = (&self.posts[at], env.l10n);
        let to = post.reply_to.as_ref()?;
        // Right below what it answers, saying so again only takes room.
        let before = at.checked_sub(1).and_then(|before| self.posts.get(before));
        let is_below = before.is_some_and(|before| before.key == PostKey::Id(to.id));
        if self.is_tree && is_below {
            return None;
        }
        let id = format!("#{}", to.id);
        let Some(author) = &to.author else {
            return Some(l10n.with("post-reply-to-id", &[("id", id.into())]));
        };
        let author = clean::line(author);
        let text = if brevity < Brevity::NoId {
            let values = [("author", author.into()), ("id", id.into())];
            l10n.with("post-reply-to", &values)
        } else {
            l10n.with("post-reply-to-author", &[("author", author.into())])
        };
        Some(text)
    }

    /// When a post was written, and what became of it.
    fn header_right(&self, at: usize, brevity: Brevity, env: Env<'_>) -> Vec<Span> {
        let (post, l10n) = (&self.posts[at], env.l10n);
        let mut right = Vec::new();
        match (&post.waiting, &post.key) {
            (Some(Waiting::Queued), _) => {
                right.push(Span::new(Role::Queued, l10n.text("post-queued")));
            }
            (Some(Waiting::Refused(_)), _) => {
                right.push(Span::new(Role::Error, l10n.text("post-not-sent")));
            }
            (None, PostKey::Id(id)) => {
                let mut quiet = |text| right.push(Span::new(Role::Quiet, text));
                if post.likes > 0 {
                    quiet(format!("♥{}  ", post.likes));
                }
                if post.edited_at.is_some() && brevity < Brevity::NoEdit {
                    quiet(format!("{}  ", l10n.text("post-edited")));
                }
                quiet(if brevity < Brevity::Date {
                    when::short(l10n, post.created_at, env.now)
                } else {
                    when::brief(l10n, post.created_at, env.now)
                });
                right.push(Span::new(Role::Id, format!("  #{id}")));
            }
            (None, PostKey::Outbox(_)) => {}
        }
        right
    }
}

/// What the line that names an author leaves out when there is no room, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Brevity {
    /// Nothing.
    Whole,
    /// The day, of a month long ago.
    Date,
    /// The id of what the post answers.
    NoId,
    /// That the post was edited.
    NoEdit,
}

impl Brevity {
    const ALL: [Self; 4] = [Self::Whole, Self::Date, Self::NoId, Self::NoEdit];
}
