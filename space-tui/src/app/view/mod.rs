// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The whole screen as a document.

mod bars;

use super::Env;
use super::items::PostKey;
use super::layers::Drawn;
use super::model::{MIN_COLUMNS, MIN_ROWS, Model, Screen};
use crate::doc::{Area, Doc, Line, Overlay, Pane, Role, Span, Tone};
use crate::screens::thread::ThreadScreen;
use crate::text::clean;

/// Returns what is on the screen.
pub fn view(model: &Model, env: Env<'_>) -> Doc {
    if !model.is_readable() {
        return too_small(model, env);
    }
    let layout = model.layout();
    let mut doc = Doc {
        top: Some(bars::top(model, model.screen(), env)),
        panes: panes(model, env),
        cursor: cursor(model),
        bidi: env.reading.bidi,
        ..Doc::default()
    };
    if let (Screen::Thread(thread), false) = (model.screen(), model.is_in_tree) {
        doc.overlays
            .extend(peek(thread, model.area_of(model.screen())));
    }
    // The lines at the foot stand for what is on top of everything, so layers may take the first of them.
    let mut line = None;
    for layer in &model.layers {
        let area = match (layer.dock(), layout.dock) {
            (Some(_), Some(dock)) => dock,
            _ => layout.body,
        };
        match layer.draw(model, env, area) {
            Drawn::Box(overlay, cursor) => {
                doc.overlays.push(overlay);
                doc.cursor = cursor.or(doc.cursor);
            }
            Drawn::Docked(pane, cursor) => {
                doc.panes.push(pane);
                doc.cursor = cursor.or(doc.cursor);
            }
            Drawn::Foot(typed, column) => {
                let row = model.rows.saturating_sub(model.foot_rows());
                doc.cursor = column.map(|column| (row, column.min(model.columns - 1)));
                line = Some(typed);
            }
            Drawn::Hidden => {}
        }
    }
    doc.foot = bars::foot(model, env, line);
    doc
}

/// A text about something: `$detail` is what it is, `$count` the same as a number.
pub(super) fn said(key: &str, detail: &str, env: Env<'_>) -> String {
    let count: i64 = detail.parse().unwrap_or(0);
    let detail = clean::line(detail);
    env.l10n
        .with(key, &[("detail", detail.into()), ("count", count.into())])
}

/// A post shown over the thread, as much of it as there is room for.
fn peek(thread: &ThreadScreen, area: Area) -> Option<Overlay> {
    let peek = thread.peek.as_ref()?;
    let id = match &peek.post.key {
        PostKey::Id(id) => format!("  #{id}"),
        PostKey::Outbox(_) => String::new(),
    };
    let title = format!("{}{id}", peek.post.author);
    let most = usize::from(area.rows).saturating_sub(2);
    let lines: Vec<Line> = peek
        .lines
        .iter()
        .take(most)
        .map(|line| Line::of(line.clone()))
        .collect();
    let (columns, rows) = Overlay::size(&title, &lines);
    let area = area.middle(columns, rows);
    let hidden = (0, peek.lines.len() - lines.len());
    Some(Overlay {
        title,
        area,
        lines,
        hidden,
    })
}

fn too_small(model: &Model, env: Env<'_>) -> Doc {
    let size = [
        ("columns", u64::from(MIN_COLUMNS).into()),
        ("rows", u64::from(MIN_ROWS).into()),
    ];
    let text = env.l10n.with("too-small", &size);
    let columns = usize::from(model.columns).max(1);
    let lines = crate::text::wrap::wrap(&[Span::new(Role::Text, text)], columns);
    Doc {
        body: lines.into_iter().map(Line::of).collect(),
        ..Doc::default()
    }
}

/// The parts that stand beside each other.
fn panes(model: &Model, env: Env<'_>) -> Vec<Pane> {
    let layout = model.layout();
    let mut panes = Vec::new();
    let is_in_tree = model.is_in_tree;
    let is_reading = matches!(model.screen(), Screen::Thread(_));
    if let Some(area) = layout.tree {
        let shown = match model.list() {
            Screen::Topics(list) => Some(list.filter),
            _ => None,
        };
        let (columns, height) = (usize::from(area.columns), usize::from(area.rows));
        let lines = model.tree.view(shown, is_in_tree, env, columns, height);
        panes.push(pane(env.l10n.text("pane-tree"), area, lines, is_in_tree));
    }
    if let Some(area) = layout.list {
        let lines = lines(model.list(), area, env);
        panes.push(pane(
            env.l10n.text("pane-list"),
            area,
            lines,
            !is_reading && !is_in_tree,
        ));
    }
    if let Some(area) = layout.thread {
        let lines = lines(model.screen(), area, env);
        panes.push(pane(
            env.l10n.text("pane-thread"),
            area,
            lines,
            is_reading && !is_in_tree,
        ));
    }
    panes
}

fn pane(name: String, area: Area, mut lines: Vec<Line>, is_focused: bool) -> Pane {
    // Where the reader is not, a mark and a weight say where they were.
    for line in lines.iter_mut().filter(|_| !is_focused) {
        if line.tone == Tone::Focused {
            line.tone = Tone::Here;
        }
    }
    Pane {
        name,
        area,
        title: None,
        lines,
        is_focused,
    }
}

fn lines(screen: &Screen, area: Area, env: Env<'_>) -> Vec<Line> {
    let (columns, height) = (usize::from(area.columns), usize::from(area.rows));
    match screen {
        Screen::Topics(list) => list.view(env, columns, height),
        Screen::Thread(thread) => thread.view(env, columns, height),
        Screen::Search(found) => found.view(env, columns, height),
    }
}

/// The cursor rests where the reader is: screen readers follow it.
fn cursor(model: &Model) -> Option<(u16, u16)> {
    if model.is_in_tree {
        let area = model.layout().tree?;
        let row = u16::try_from(model.tree.cursor()).ok()?;
        return (row < area.rows).then_some((area.y + row, area.x));
    }
    let area = model.area_of(model.screen());
    let row = match model.screen() {
        Screen::Topics(list) => list.at.checked_sub(list.top)?,
        Screen::Search(found) => found.at.checked_sub(found.top)? * 2,
        Screen::Thread(thread) => {
            let at = thread.focus_index();
            let before = thread.blocks.get(at)?.before.len();
            let row = thread.row_of(at) + isize::try_from(before).ok()?;
            usize::try_from(row.max(0)).ok()?
        }
    };
    let row = u16::try_from(row).ok().filter(|row| *row < area.rows)?;
    Some((area.y + row, area.x))
}
