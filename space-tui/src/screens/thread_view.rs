// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a thread shows.

use space_core::PostKind;

use crate::app::Env;
use crate::app::items::{PostItem, PostKey, TopicItem, Waiting};
use crate::doc::{Line, Role, Span, Tone, plain};
use crate::l10n::L10n;
use crate::text::clean;
use crate::text::measure::width;
use crate::text::when;
use crate::text::wrap::wrap;

use super::rendered;
use super::thread::{Block, ThreadScreen};

/// Columns beyond which lines are hard to read.
const MEASURE: usize = 100;
/// What stands before every line of a post.
const INDENT: usize = 2;

/// Wraps a post.
pub(super) fn block(
    post: &PostItem,
    topic: Option<&TopicItem>,
    first_unread: Option<i64>,
    columns: usize,
    l10n: &L10n,
) -> Block {
    let inner = columns.saturating_sub(INDENT + 1).clamp(1, MEASURE);
    let mut before = Vec::new();
    if let (true, Some(topic)) = (post.number == 1 || post.missing > 0, topic) {
        let title = Span::new(Role::Title, clean::line(&topic.title));
        before.extend(wrap(&[title], inner).into_iter().map(indented));
        let name = Span::new(Role::Category, clean::line(&topic.category_name));
        before.extend(wrap(&[name], inner).into_iter().map(indented));
        before.push(Vec::new());
        if post.missing > 0 {
            let text = l10n.with("thread-missing", &[("count", post.missing.into())]);
            before.extend(
                wrap(&[Span::new(Role::Quiet, text)], inner)
                    .into_iter()
                    .map(indented),
            );
            before.push(Vec::new());
        }
    }
    if first_unread == Some(post.number) {
        let text = l10n.text("thread-new");
        before.push(indented(vec![Span::new(
            Role::Unread,
            format!("── {text} ──"),
        )]));
    }
    Block {
        of: (post.key.clone(), post.revision, post.missing),
        before,
        body: body(post, inner, l10n).into_iter().map(indented).collect(),
    }
}

fn body(post: &PostItem, columns: usize, l10n: &L10n) -> Vec<Vec<Span>> {
    let said = |role, text: String| wrap(&[Span::new(role, text)], columns);
    if post.is_hidden {
        return said(Role::Quiet, l10n.text("post-hidden"));
    }
    if post.kind == PostKind::Notice {
        let about = post.notice.as_deref().unwrap_or_default();
        let mut lines = said(
            Role::Quiet,
            l10n.with("post-notice", &[("about", clean::line(about).into())]),
        );
        if !post.source.is_empty() {
            lines.extend(rendered::source(&post.source, columns, l10n));
        }
        return lines;
    }
    let mut lines = rendered::source(&post.source, columns, l10n);
    match &post.waiting {
        Some(Waiting::Refused(why)) => {
            let text = l10n.with("post-refused", &[("why", clean::line(why).into())]);
            lines.extend(said(Role::Error, text));
        }
        Some(Waiting::Queued) | None => {}
    }
    lines
}

fn indented(mut line: Vec<Span>) -> Vec<Span> {
    if !line.is_empty() {
        line.insert(0, Span::new(Role::Text, " ".repeat(INDENT)));
    }
    line
}

impl ThreadScreen {
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
        let focus = self.focus_index();
        let mut lines = Vec::with_capacity(height);
        for (at, (post, block)) in self
            .posts
            .iter()
            .zip(&self.blocks)
            .enumerate()
            .skip(self.top)
        {
            if lines.len() >= height + self.above {
                break;
            }
            lines.extend(block.before.iter().cloned().map(Line::of));
            lines.push(header(post, at == focus, columns, env));
            lines.extend(block.body.iter().cloned().map(Line::of));
            lines.push(Line::default());
        }
        lines.drain(..self.above.min(lines.len()));
        lines.truncate(height);
        lines
    }
}

fn header(post: &PostItem, is_here: bool, columns: usize, env: Env<'_>) -> Line {
    let l10n = env.l10n;
    let mut left = vec![
        Span::new(Role::Key, if is_here { "▌ " } else { "  " }),
        Span::new(Role::Author, clean::line(&post.author)),
    ];
    let mut quiet = |text: String| left.push(Span::new(Role::Quiet, text));
    if post.kind == PostKind::Moderator {
        quiet(format!(" [{}]", l10n.text("post-moderator")));
    }
    if let Some(to) = &post.reply_to {
        let id = format!("#{}", to.id);
        let text = match &to.author {
            Some(author) => {
                let author = clean::line(author);
                l10n.with(
                    "post-reply-to",
                    &[("author", author.into()), ("id", id.into())],
                )
            }
            None => l10n.with("post-reply-to-id", &[("id", id.into())]),
        };
        quiet(format!("  {text}"));
    }
    let mut right = Vec::new();
    match (&post.waiting, &post.key) {
        (Some(Waiting::Queued), _) => right.push(Span::new(Role::Queued, l10n.text("post-queued"))),
        (Some(Waiting::Refused(_)), _) => {
            right.push(Span::new(Role::Error, l10n.text("post-not-sent")));
        }
        (None, PostKey::Id(id)) => {
            if post.likes > 0 {
                right.push(Span::new(Role::Quiet, format!("♥{}  ", post.likes)));
            }
            if post.edited_at.is_some() {
                right.push(Span::new(
                    Role::Quiet,
                    format!("{}  ", l10n.text("post-edited")),
                ));
            }
            let age = when::short(l10n, post.created_at, env.now);
            right.push(Span::new(Role::Quiet, age));
            right.push(Span::new(Role::Id, format!("  #{id}")));
        }
        (None, PostKey::Outbox(_)) => {}
    }
    let tone = if is_here { Tone::Focused } else { Tone::Plain };
    // On a wide screen what ends a line stays where the text ends.
    let full = MEASURE + INDENT + 1;
    if columns > full {
        let taken = width(&plain(&left)) + width(&plain(&right));
        left.push(Span::new(
            Role::Text,
            " ".repeat(full.saturating_sub(taken).max(2)),
        ));
        left.append(&mut right);
    }
    Line::of(left).right(right).tone(tone)
}
