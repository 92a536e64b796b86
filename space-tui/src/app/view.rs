// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The whole screen as a document.

use super::Env;
use super::commands::{Action, COMMANDS, Command, disabled};
use super::items::PostKey;
use super::keys::shown;
use super::message::{Filter, Net};
use super::model::{MIN_COLUMNS, MIN_ROWS, Model, Screen};
use crate::doc::{Doc, Line, Overlay, Role, Span, Tone, plain};
use crate::screens::thread::ThreadScreen;
use crate::text::clean;
use crate::text::measure::{fit, width};

/// Returns what is on the screen.
pub fn view(model: &Model, env: Env<'_>) -> Doc {
    if !model.is_readable() {
        return too_small(model, env);
    }
    let (columns, height) = (model.body_columns(), model.body_rows());
    let (below, overlay) = match model.screen() {
        Screen::Help(help) => {
            let lines = help.lines(model, env, columns);
            let overlay = Overlay {
                title: env.l10n.text("help-title"),
                lines: lines
                    .into_iter()
                    .skip(help.top)
                    .take(height.saturating_sub(2))
                    .collect(),
            };
            (model.under().unwrap_or(model.screen()), Some(overlay))
        }
        screen @ Screen::Thread(thread) => (screen, peek(thread, height)),
        screen => (screen, None),
    };
    let body = match below {
        Screen::Topics(list) => list.view(env, columns, height),
        Screen::Thread(thread) => thread.view(env, columns, height),
        Screen::Search(found) => found.view(env, columns, height),
        Screen::Help(_) => Vec::new(),
    };
    let cursor = cursor(model, below, env, height);
    Doc {
        top: Some(top(model, below, env)),
        body,
        foot: foot(model, env),
        overlay,
        cursor,
        bidi: env.reading.bidi,
    }
}

/// A post shown over the thread, as much of it as there is room for.
fn peek(thread: &ThreadScreen, height: usize) -> Option<Overlay> {
    let peek = thread.peek.as_ref()?;
    let id = match &peek.post.key {
        PostKey::Id(id) => format!("  #{id}"),
        PostKey::Outbox(_) => String::new(),
    };
    Some(Overlay {
        title: format!("{}{id}", peek.post.author),
        lines: peek
            .lines
            .iter()
            .take(height.saturating_sub(2))
            .map(|line| Line::of(line.clone()))
            .collect(),
    })
}

fn too_small(model: &Model, env: Env<'_>) -> Doc {
    let size = [
        ("columns", u64::from(MIN_COLUMNS).into()),
        ("rows", u64::from(MIN_ROWS).into()),
    ];
    let text = env.l10n.with("too-small", &size);
    let lines = crate::text::wrap::wrap(&[Span::new(Role::Text, text)], model.body_columns());
    Doc {
        body: lines.into_iter().map(Line::of).collect(),
        ..Doc::default()
    }
}

/// Where one is.
fn top(model: &Model, screen: &Screen, env: Env<'_>) -> Line {
    let l10n = env.l10n;
    let space = match clean::line(&model.status.overview.space) {
        name if name.is_empty() => clean::line(&model.status.server).into_owned(),
        name => name.into_owned(),
    };
    let mut right = Vec::new();
    let place = match screen {
        Screen::Topics(list) => {
            if list.top > 0 && list.is_start {
                right.push(Span::new(Role::Text, format!("▲ {} ", list.top)));
            }
            match list.filter {
                Filter::Latest => l10n.text("list-latest"),
                Filter::Unread => l10n.text("list-unread"),
                Filter::New => l10n.text("list-new"),
            }
        }
        Screen::Thread(thread) => match &thread.topic {
            Some(topic) => {
                let number = thread
                    .current()
                    .map_or(0, |post| post.number.min(topic.last_number));
                right.push(Span::new(
                    Role::Text,
                    format!("{number}/{} ", topic.last_number),
                ));
                clean::line(&topic.title).into_owned()
            }
            None => format!("#{}", thread.topic_id),
        },
        Screen::Search(found) => {
            if found.is_loaded {
                let count = found.hits.len();
                let text = l10n.with("search-count", &[("count", count.into())]);
                right.push(Span::new(Role::Text, format!("{text} ")));
            }
            l10n.with(
                "search-title",
                &[("words", clean::line(&found.words).into())],
            )
        }
        Screen::Help(_) => String::new(),
    };
    Line::of(vec![
        Span::new(Role::Title, format!(" {space} › ")),
        Span::new(Role::Text, place),
    ])
    .right(right)
    .tone(Tone::Bar)
}

/// Hints, then who one is and how things stand; one line for both on a low screen.
fn foot(model: &Model, env: Env<'_>) -> Vec<Line> {
    let columns = model.body_columns();
    if let Some(prompt) = &model.prompt {
        let label = env.l10n.text("search-prompt");
        let room = columns.saturating_sub(width(&label) + 3);
        let typed = tail(&clean::line(&prompt.text), room);
        let line = Line::of(vec![
            Span::new(Role::Key, format!(" {label} ")),
            Span::new(Role::Text, typed),
        ]);
        return with_status(model, env, line);
    }
    if let Some(notice) = &model.notice {
        let text = env.l10n.with(
            notice.key,
            &[("detail", clean::line(&notice.detail).into())],
        );
        let role = if notice.is_error {
            Role::Error
        } else {
            Role::Warning
        };
        return with_status(model, env, Line::text(role, format!(" {text}")));
    }
    if model.foot_rows() == 1 {
        // The way to the other keys, and the way out, are worth more than counts.
        let kept: usize = hint_rows(model, env)
            .iter()
            .filter(|hint| hint.is_kept)
            .map(Hint::width)
            .sum();
        let kept = if model.pending.is_empty() {
            kept + 2
        } else {
            0
        };
        let mut line = status(model, env, columns, kept);
        let used = width(&plain(&line.left)) + width(&plain(&line.right));
        let room = columns.saturating_sub(used + 2);
        // Hints stand between, where there is room; the line is a bar, so they come without keys of their own.
        let hints = hints(model, env, room);
        if !hints.is_empty() {
            line.left.push(Span::new(Role::Text, " "));
            line.left.extend(hints);
        }
        return vec![line];
    }
    with_status(model, env, Line::of(hints(model, env, columns)))
}

fn with_status(model: &Model, env: Env<'_>, line: Line) -> Vec<Line> {
    if model.foot_rows() == 1 {
        return vec![line];
    }
    vec![line, status(model, env, model.body_columns(), 0)]
}

/// The end of a text that is too long for its place.
fn tail(text: &str, columns: usize) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    let mut used = 0;
    let from = text
        .grapheme_indices(true)
        .rev()
        .take_while(|(_, cluster)| {
            used += width(cluster);
            used <= columns
        })
        .last()
        .map_or(text.len(), |(at, _)| at);
    text[from..].to_owned()
}

/// A key and what it does.
struct Hint {
    key: String,
    name: String,
    /// Whether it stays when others give way.
    is_kept: bool,
}

impl Hint {
    fn width(&self) -> usize {
        width(&self.key) + width(&self.name)
    }
}

/// Keys and what they do, as many as there is room for.
fn hints(model: &Model, env: Env<'_>, columns: usize) -> Vec<Span> {
    if !model.pending.is_empty() {
        let keys: String = model.pending.iter().map(ToString::to_string).collect();
        return vec![Span::new(Role::Key, format!(" {keys}…"))];
    }
    let rows = hint_rows(model, env);
    let mut kept: usize = rows.iter().filter(|h| h.is_kept).map(Hint::width).sum();
    let (mut spans, mut used, mut is_full) = (Vec::new(), 0, false);
    for hint in rows {
        let size = hint.width();
        if hint.is_kept {
            kept -= size;
        }
        if used + size + kept > columns || (is_full && !hint.is_kept) {
            is_full = true;
            continue;
        }
        used += size;
        spans.push(Span::new(Role::Key, hint.key));
        spans.push(Span::new(Role::Quiet, hint.name));
    }
    spans
}

/// What can be done here, in the order of the footer.
fn hint_rows(model: &Model, env: Env<'_>) -> Vec<Hint> {
    let context = model.context();
    let mut rows: Vec<(u8, &Command)> = COMMANDS
        .iter()
        .filter(|command| command.contexts.contains(&context))
        .filter(|command| disabled(command.action, model, model.screen()).is_none())
        .filter_map(|command| command.footer.map(|place| (place, command)))
        .collect();
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter()
        .map(|(_, command)| {
            let key = command.keys.first().map(|key| shown(key));
            let name = env.l10n.text(&format!("command-{}", command.name));
            Hint {
                key: format!(" {}", key.unwrap_or_default()),
                name: format!(" {name} "),
                is_kept: matches!(command.action, Action::Help | Action::Quit),
            }
        })
        .collect()
}

/// Who one is, and how things stand; `kept` columns of it stay free.
fn status(model: &Model, env: Env<'_>, columns: usize, kept: usize) -> Line {
    let l10n = env.l10n;
    let status = &model.status;
    let member = if status.is_member {
        clean::line(&status.member).into_owned()
    } else {
        l10n.text("status-guest")
    };
    let net = match &status.net {
        Net::Starting | Net::Syncing => l10n.text("status-syncing"),
        Net::Online => l10n.text("status-online"),
        Net::Offline => l10n.text("status-offline"),
        Net::SignedOut => l10n.text("status-signed-out"),
        Net::Failed(_) => l10n.text("status-failed"),
    };
    let count = |key, n: usize| l10n.with(key, &[("count", n.into())]);
    let mut counts = Vec::new();
    let overview = &status.overview;
    for (key, n) in [
        ("status-refused", overview.refused),
        ("status-queued", overview.queued),
        ("status-unread", overview.unread_topics),
    ] {
        if n > 0 {
            counts.push(count(key, n) + "  ");
        }
    }
    let net = net + " ";
    // The least pressing count goes first.
    let least = width(&member) + 2 + width(&net) + kept;
    while kept > 0
        && least + counts.iter().map(|c| width(c)).sum::<usize>() > columns
        && counts.pop().is_some()
    {}
    let right = counts.concat() + &net;
    // Who one is stays, whatever else has to go.
    let room = columns.saturating_sub(width(&right) + 2 + kept);
    let server = clean::line(&status.server);
    let who = format!(" {member} · {server}");
    let who = if width(&who) <= room {
        who
    } else {
        fit(&format!(" {member}"), room)
    };
    let role = if matches!(status.net, Net::Failed(_) | Net::SignedOut) {
        Role::Error
    } else {
        Role::Text
    };
    Line::text(Role::Text, who)
        .right(vec![Span::new(role, right)])
        .tone(Tone::Bar)
}

/// The cursor rests where the reader is, or where they type.
fn cursor(model: &Model, screen: &Screen, env: Env<'_>, height: usize) -> Option<(u16, u16)> {
    if let (Some(prompt), None) = (&model.prompt, &model.notice) {
        let row = model
            .rows
            .checked_sub(u16::try_from(model.foot_rows()).unwrap_or(1))?;
        let label = width(&env.l10n.text("search-prompt")) + 2;
        let typed = label + width(&clean::line(&prompt.text));
        return Some((
            row,
            u16::try_from(typed)
                .unwrap_or(u16::MAX)
                .min(model.columns - 1),
        ));
    }
    let row = match screen {
        Screen::Topics(list) => list.at.checked_sub(list.top)?,
        Screen::Search(found) => found.at.checked_sub(found.top)? * 2,
        Screen::Thread(thread) => {
            let at = thread.focus_index();
            let before = thread.blocks.get(at)?.before.len();
            let row = thread.row_of(at) + isize::try_from(before).ok()?;
            usize::try_from(row.max(0)).ok()?
        }
        Screen::Help(_) => return None,
    };
    (row < height).then(|| (u16::try_from(row + 1).unwrap_or(u16::MAX), 0))
}
