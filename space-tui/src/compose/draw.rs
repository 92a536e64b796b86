// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How the pane looks: what it is about, the text or its preview, and below it language, length and whether it is kept.

use space_core::text::PostSource;

use super::pane::{Compose, shown_from};
use super::{Subject, language, rows};
use crate::app::Env;
use crate::app::layers::Drawn;
use crate::app::model::Model;
use crate::doc::{Area, Line, Pane, Role, Span, Tone, plain};
use crate::screens::rendered;
use crate::text::clean;
use crate::text::measure::{fit, width};

/// From this part of the limit on, the length is shown as a warning.
const NEAR: (usize, usize) = (9, 10);

impl Compose {
    fn head_rows(&self) -> usize {
        let is_topic = self.start.as_ref().is_some_and(|it| it.is_topic);
        if is_topic { 2 } else { 0 }
    }

    /// Returns the columns and rows of the text.
    pub(super) fn text_area(&self, area: Area) -> (usize, usize) {
        // The cursor may stand behind the last character of a full row.
        let columns = usize::from(area.columns).saturating_sub(2).max(1);
        let height = usize::from(area.rows).saturating_sub(self.head_rows() + 1);
        (columns, height.max(1))
    }

    /// Draws the pane.
    pub(crate) fn draw(&self, model: &Model, env: Env<'_>, area: Area) -> Drawn {
        let (columns, height) = self.text_area(area);
        let mut lines = Vec::new();
        let mut cursor = None;
        if self.head_rows() > 0 {
            let (title, column) = self.title_line(env, usize::from(area.columns));
            lines.push(title);
            lines.push(self.category_line(model, env));
            cursor = self.is_in_title.then_some((0, column));
        }
        let head = lines.len();
        if self.is_previewed {
            let shown = rendered::source(self.body.text(), columns, env.l10n);
            let top = self.top.min(shown.len().saturating_sub(height));
            let shown = shown.into_iter().skip(top).take(height);
            lines.extend(shown.map(|mut line| {
                line.insert(0, Span::new(Role::Text, " "));
                Line::of(line)
            }));
        } else {
            let (all, row, column) = self.body.laid_out(columns);
            let top = shown_from(self.top, row, height);
            let shown = all.iter().skip(top).take(height);
            lines.extend(shown.map(|row| {
                let text = rows::painted(&self.body.text()[row.start..row.end]);
                Line::of(vec![
                    Span::new(Role::Text, " "),
                    Span::new(Role::Text, text),
                ])
            }));
            if !self.is_in_title {
                cursor = Some((head + row - top, 1 + column.min(columns)));
            }
        }
        lines.resize(head + height, Line::default());
        lines.push(self.foot(env, usize::from(area.columns)));
        lines.truncate(usize::from(area.rows));
        let is_focused = model.is_writing;
        let cursor = cursor.filter(|_| is_focused).and_then(|(row, column)| {
            let row = u16::try_from(row).ok()?.min(area.rows.saturating_sub(1));
            let column = u16::try_from(column)
                .ok()?
                .min(area.columns.saturating_sub(1));
            Some((area.y + row, area.x + column))
        });
        let pane = Pane {
            name: env.l10n.text("pane-compose"),
            area,
            title: Some(self.heading(model, env)),
            lines,
            is_focused,
        };
        Drawn::Docked(pane, cursor)
    }

    /// What is being written.
    fn heading(&self, model: &Model, env: Env<'_>) -> String {
        let start = self.start.as_ref();
        let title = start.map(|it| clean::line(&it.topic_title).into_owned());
        let to = start
            .and_then(|it| it.answered.as_ref())
            .filter(|it| it.post.is_some());
        let key = match (self.subject, to) {
            (Subject::Edit(_), _) => "compose-edit",
            (Subject::Waiting(_), _) => "compose-waiting",
            (Subject::NewTopic(_) | Subject::NewTopicAnywhere, _) => "compose-topic",
            (_, Some(_)) => "compose-reply-to",
            _ => "compose-reply",
        };
        let author = to.map(|it| clean::line(&it.author).into_owned());
        let values = [
            ("title", title.unwrap_or_default().into()),
            ("author", author.unwrap_or_default().into()),
        ];
        let text = env.l10n.with(key, &values);
        if self.is_previewed {
            return format!("{} · {text}", env.l10n.text("compose-preview"));
        }
        if model.is_writing {
            return text;
        }
        format!("{text} · {}", env.l10n.text("compose-aside"))
    }

    fn title_line(&self, env: Env<'_>, columns: usize) -> (Line, usize) {
        let label = format!(" {} ", env.l10n.text("compose-title"));
        let room = columns.saturating_sub(width(&label) + 1);
        let text = self.title.text();
        // The part around the cursor is shown when the title is longer than the line.
        let before = &text[..self.title.at()];
        let mut from = 0;
        while width(&text[from..before.len()]) > room {
            from += text[from..].chars().next().map_or(1, char::len_utf8);
        }
        let column = width(&label) + width(&text[from..before.len()]);
        let shown = fit(&text[from..], room);
        let line = Line::of(vec![
            Span::new(Role::Key, label),
            Span::new(Role::Title, shown),
        ]);
        (line, column)
    }

    fn category_line(&self, model: &Model, env: Env<'_>) -> Line {
        let label = format!(" {} ", env.l10n.text("compose-category"));
        let name = self.category.and_then(|id| model.tree.name_of(id));
        let name = match name {
            Some(name) => Span::new(Role::Category, clean::line(name)),
            None => Span::new(Role::Warning, env.l10n.text("compose-no-category")),
        };
        let mut spans = vec![Span::new(Role::Key, label), name];
        for tag in &self.tags {
            let tag = clean::line(tag.as_str());
            spans.push(Span::new(Role::Quiet, format!("  #{tag}")));
        }
        Line::of(spans)
    }

    fn foot(&self, env: Env<'_>, columns: usize) -> Line {
        if let Some(mention) = &self.mention {
            let mut spans = vec![Span::new(Role::Text, " ")];
            for (at, name) in mention.found.iter().enumerate() {
                let is_here = mention.at == Some(at);
                let role = if is_here { Role::Mention } else { Role::Quiet };
                let text = format!("@{}  ", clean::line(name));
                if width(&plain(&spans)) + width(&text) > columns && !is_here {
                    break;
                }
                spans.push(Span::new(role, text));
            }
            return Line::of(spans);
        }
        let l10n = env.l10n;
        let length = self.body.text().trim().chars().count();
        let most = PostSource::MAX;
        let count = [("count", length.into()), ("most", most.into())];
        let length = match length {
            n if n > most => {
                let over = [("count", (n - most).into())];
                Span::new(Role::Error, l10n.with("compose-too-long", &over))
            }
            n if n * NEAR.1 > most * NEAR.0 => {
                Span::new(Role::Warning, l10n.with("compose-length", &count))
            }
            _ => Span::new(Role::Quiet, l10n.with("compose-length", &count)),
        };
        let mut left = vec![Span::new(Role::Text, " "), length];
        if let Some(tag) = &self.language {
            left.push(Span::new(
                Role::Quiet,
                format!(" · {}", language::name(tag)),
            ));
        }
        let key = match (self.is_sending, self.start.is_some(), self.is_kept()) {
            (true, ..) => "compose-sending",
            (_, false, _) => "list-loading",
            (.., true) if self.kept.is_some() => "compose-kept",
            (.., true) => "compose-nothing-new",
            _ => "compose-not-kept",
        };
        Line::of(left)
            .right(vec![Span::new(Role::Quiet, l10n.text(key) + " ")])
            .tone(Tone::Plain)
    }
}
