// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The first line and the last ones: where one is, what one can do, who one is and how things stand.

use crate::app::Env;
use crate::app::banner;
use crate::app::commands::{Action, COMMANDS, Command, disabled};
use crate::app::keys::shown;
use crate::app::message::Net;
use crate::app::model::{Model, Screen};
use crate::doc::{Line, Role, Span, Tone, plain};
use crate::text::clean;
use crate::text::measure::{fit, width};

/// Where one is.
pub(super) fn top(model: &Model, screen: &Screen, env: Env<'_>) -> Line {
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
            let name = list.filter.category.and_then(|id| model.tree.name_of(id));
            let mut parts: Vec<String> = Vec::new();
            if list.filter.author.is_some() {
                let author = list.author.as_deref().unwrap_or("…");
                parts.push(format!("@{}", clean::line(author)));
            }
            parts.extend(name.map(|name| clean::line(name).into_owned()));
            parts.push(l10n.text(list.filter.view.key()));
            parts.extend(list.filter.period.key().map(|key| l10n.text(key)));
            parts.join(" › ")
        }
        Screen::Thread(thread) => match &thread.topic {
            Some(topic) => {
                if model.drafts.iter().any(|it| it.topic == Some(topic.id)) {
                    right.push(Span::new(
                        Role::Text,
                        format!("[{}] ", l10n.text("topic-draft")),
                    ));
                }
                let number = thread
                    .current()
                    .map_or(0, |post| post.number.min(topic.last_number));
                let height = usize::from(model.area_of(screen).rows);
                let seen = thread.seen.max(topic.read_number);
                let unread = topic.last_number.saturating_sub(seen);
                if unread > 0 && !thread.is_at_end(height) {
                    let text = l10n.with("thread-below", &[("count", unread.into())]);
                    right.push(Span::new(Role::Text, format!("▼ {text}  ")));
                }
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
                let more = if found.next.is_some() { "+" } else { "" };
                right.push(Span::new(Role::Text, format!("{text}{more} ")));
            }
            l10n.with(
                "search-title",
                &[("words", clean::line(&found.words).into())],
            )
        }
    };
    Line::of(vec![
        Span::new(Role::Title, format!(" {space} › ")),
        Span::new(Role::Text, place),
    ])
    .right(right)
    .tone(Tone::Bar)
}

/// Hints, then who one is and how things stand; one line for both on a low screen.
pub(super) fn foot(model: &Model, env: Env<'_>, typed: Option<Line>) -> Vec<Line> {
    let columns = usize::from(model.columns);
    if let Some(line) = typed {
        return with_status(model, env, line);
    }
    if let Some(notice) = &model.notice {
        let text = super::said(notice.key, &notice.detail, env);
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

fn with_status(model: &Model, env: Env<'_>, mut line: Line) -> Vec<Line> {
    if model.foot_rows() == 1 {
        // Who one is stays to be seen.
        let who = Span::new(Role::Quiet, format!(" {} ", who(model, env)));
        line.right = vec![who];
        return vec![line];
    }
    let columns = usize::from(model.columns);
    let mut lines = vec![line];
    if banner::is_needed(&model.status.net) {
        lines.push(banner::line(&model.status, env, columns));
    }
    lines.push(status(model, env, columns, 0));
    lines
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
        let keys = shown(&model.pending);
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
        .filter(|command| !env.keymap.keys_of(context, command.action).is_empty())
        .filter_map(|command| command.footer.map(|place| (place, command)))
        .collect();
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter()
        .map(|(_, command)| {
            let key = env.keymap.keys_of(context, command.action);
            let key = key.into_iter().next();
            let name = env.l10n.text(&format!("command-{}", command.name));
            Hint {
                key: format!(" {}", key.unwrap_or_default()),
                name: format!(" {name} "),
                is_kept: matches!(command.action, Action::Help | Action::Quit | Action::Send),
            }
        })
        .collect()
}

fn who(model: &Model, env: Env<'_>) -> String {
    if model.status.is_member {
        clean::line(&model.status.member).into_owned()
    } else {
        env.l10n.text("status-guest")
    }
}

/// Who one is, and how things stand; `kept` columns of it stay free.
fn status(model: &Model, env: Env<'_>, columns: usize, kept: usize) -> Line {
    let l10n = env.l10n;
    let status = &model.status;
    let member = who(model, env);
    let net = match &status.net {
        Net::Starting | Net::Syncing => match &model.status.reading {
            Some(reading) => banner::reading(reading, env),
            None => l10n.text("status-syncing"),
        },
        Net::Keyring => l10n.text("status-keyring"),
        Net::Online => l10n.text("status-online"),
        Net::Offline => l10n.text("status-offline"),
        Net::SignedOut => l10n.text("status-signed-out"),
        Net::OtherSpace | Net::OtherProfile | Net::Failed(_) => l10n.text("status-failed"),
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
    let mark = if status.is_token_plain {
        // Room for the name and for how to quit is kept on small screens too.
        if columns < 60 {
            l10n.text("status-plain-token-short") + " "
        } else {
            l10n.text("status-plain-token") + "  "
        }
    } else {
        String::new()
    };
    let net = mark + &net + " ";
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
    let role = if matches!(
        status.net,
        Net::Failed(_) | Net::OtherSpace | Net::OtherProfile | Net::SignedOut
    ) {
        Role::Error
    } else {
        Role::Text
    };
    Line::text(Role::Text, who)
        .right(vec![Span::new(role, right)])
        .tone(Tone::Bar)
}
