// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Painting a document into the cells of a terminal.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::theme::Theme;
use super::{Area, Doc, Line, Overlay, Pane, Role, Span, Stress, Tone};
use crate::text::clean;
use crate::text::measure::{fit, width};

/// Paints a whole screen.
pub fn paint(doc: &Doc, theme: Theme, buffer: &mut Buffer) {
    let area = buffer.area;
    buffer.set_style(area, theme.screen());
    let mut y = area.top();
    if let Some(top) = &doc.top {
        paint_line(top, theme, row(area, y), buffer);
        y += 1;
    }
    let foot = u16::try_from(doc.foot.len()).unwrap_or(u16::MAX);
    let body_end = area.bottom().saturating_sub(foot);
    let first_body_row = y;
    for line in &doc.body {
        if y >= body_end {
            break;
        }
        paint_line(line, theme, row(area, y), buffer);
        y += 1;
    }
    for (line, y) in doc
        .foot
        .iter()
        .zip(body_end.max(first_body_row)..area.bottom())
    {
        paint_line(line, theme, row(area, y), buffer);
    }
    for pane in &doc.panes {
        paint_pane(pane, theme, buffer);
    }
    for overlay in &doc.overlays {
        paint_overlay(overlay, theme, buffer);
    }
}

/// Returns an area as far as there are cells.
fn within(area: Area, buffer: &Buffer) -> Rect {
    Rect::new(area.x, area.y, area.columns, area.rows).intersection(buffer.area)
}

/// The lines of a pane, and a line that parts it from what stands left of it or above it.
fn paint_pane(pane: &Pane, theme: Theme, buffer: &mut Buffer) {
    let place = within(pane.area, buffer);
    let quiet = theme.style(Role::Quiet, Stress::default(), Tone::Plain);
    if let Some(x) = place.x.checked_sub(1) {
        for y in place.top()..place.bottom() {
            put_text("│", quiet, x, y, buffer);
        }
    }
    if let (Some(title), Some(y)) = (&pane.title, place.y.checked_sub(1)) {
        let columns = usize::from(place.width);
        put_text(&"─".repeat(columns), quiet, place.x, y, buffer);
        let title = format!(" {} ", clean::line(title));
        let bold = theme.style(Role::Heading, Stress::default(), Tone::Plain);
        put_text(
            &fit(&title, columns.saturating_sub(2)),
            bold,
            place.x + 1,
            y,
            buffer,
        );
    }
    for (line, y) in pane.lines.iter().zip(place.top()..place.bottom()) {
        let at = Rect::new(place.x, y, place.width, 1);
        paint_line(line, theme, at, buffer);
    }
}

fn row(area: Rect, y: u16) -> Rect {
    Rect::new(area.x, y, area.width, 1)
}

fn paint_line(line: &Line, theme: Theme, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let columns = usize::from(area.width);
    if line.tone == Tone::Bar {
        let style = theme.style(Role::Text, Stress::default(), Tone::Bar);
        buffer.set_style(area, style);
    }
    let right_width: usize = line
        .right
        .iter()
        .map(|s| width(&clean::line(&s.text)))
        .sum();
    // The right side stays whole unless it alone is too wide; the left gives way.
    let right_columns = right_width.min(columns);
    let left_columns = match right_columns {
        0 => columns,
        wide => columns.saturating_sub(wide + 1),
    };
    put(
        &line.left,
        line.tone,
        theme,
        area.x,
        area.y,
        left_columns,
        buffer,
    );
    let right_at = area.right() - to_u16(right_columns);
    put(
        &line.right,
        line.tone,
        theme,
        right_at,
        area.y,
        right_columns,
        buffer,
    );
}

fn put(
    spans: &[Span],
    tone: Tone,
    theme: Theme,
    mut x: u16,
    y: u16,
    mut columns: usize,
    buffer: &mut Buffer,
) {
    for (at, span) in spans.iter().enumerate() {
        let text = clean::line(&span.text);
        let rest: usize = spans[at + 1..].iter().map(|s| width(&s.text)).sum();
        let wanted = width(&text);
        let style = theme.style(span.role, span.stress, tone);
        // The span that no longer fits ends in an ellipsis, and is the last one.
        if wanted > columns || (wanted == columns && rest > 0) {
            let cut = if wanted > columns {
                fit(&text, columns)
            } else {
                fit(&(text.into_owned() + "…"), columns)
            };
            put_text(&cut, style, x, y, buffer);
            return;
        }
        x = put_text(&text, style, x, y, buffer);
        columns -= wanted;
    }
}

/// Sets cells one grapheme cluster each, and returns the column after the last.
fn put_text(text: &str, style: Style, mut x: u16, y: u16, buffer: &mut Buffer) -> u16 {
    for cluster in text.graphemes(true) {
        let w = to_u16(width(cluster));
        if w == 0 {
            continue;
        }
        if x + w > buffer.area.right() {
            break;
        }
        buffer[(x, y)].set_symbol(cluster).set_style(style);
        for trailing in 1..w {
            buffer[(x + trailing, y)].reset();
            buffer[(x + trailing, y)].set_style(style);
        }
        x += w;
    }
    x
}

/// A box in a frame.
fn paint_overlay(overlay: &Overlay, theme: Theme, buffer: &mut Buffer) {
    let place = within(overlay.area, buffer);
    let (w, h) = (place.width, place.height);
    if w < 5 || h < 3 {
        return;
    }
    for y in place.top()..place.bottom() {
        for x in place.left()..place.right() {
            buffer[(x, y)].reset();
            buffer[(x, y)].set_style(theme.screen());
        }
    }
    let quiet = theme.style(Role::Border, Stress::default(), Tone::Plain);
    let bar = "─".repeat(usize::from(w) - 2);
    put_text(&format!("┌{bar}┐"), quiet, place.x, place.y, buffer);
    put_text(
        &format!("└{bar}┘"),
        quiet,
        place.x,
        place.bottom() - 1,
        buffer,
    );
    for y in place.top() + 1..place.bottom() - 1 {
        put_text("│", quiet, place.x, y, buffer);
        put_text("│", quiet, place.right() - 1, y, buffer);
    }
    let title = fit(
        &format!(" {} ", clean::line(&overlay.title)),
        usize::from(w) - 4,
    );
    let bold = theme.style(Role::Heading, Stress::default(), Tone::Plain);
    put_text(&title, bold, place.x + 2, place.y, buffer);
    for (line, y) in overlay
        .lines
        .iter()
        .zip(place.top() + 1..place.bottom() - 1)
    {
        paint_line(line, theme, Rect::new(place.x + 2, y, w - 4, 1), buffer);
    }
}

fn to_u16(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn painted(line: Line, columns: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 1));
        let doc = Doc {
            body: vec![line],
            ..Doc::default()
        };
        paint(&doc, Theme::default(), &mut buffer);
        (0..columns)
            .map(|x| buffer[(x, 0)].symbol().to_owned())
            .collect()
    }

    #[test]
    fn the_right_side_stays_and_the_left_gives_way() {
        let line = Line::text(Role::Title, "A long title of a topic")
            .right(vec![Span::new(Role::Quiet, "3 d")]);
        assert_eq!(painted(line, 16), "A long titl… 3 d");
    }

    #[test]
    fn a_span_that_just_fits_before_more_shows_that_there_is_more() {
        let line = Line::of(vec![
            Span::new(Role::Text, "four"),
            Span::new(Role::Text, "more"),
        ]);
        assert_eq!(painted(line, 4), "fou…");
    }

    proptest! {
        #[test]
        fn no_cell_holds_a_control(text in ".*|[\\x00-\\x1f\\x7f-\\x9fa日]{0,30}", columns in 0_u16..20) {
            let line = Line::text(Role::Text, text.clone()).right(vec![Span::new(Role::Text, text)]);
            let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 2));
            let area = Area { x: 2, y: 0, columns: 12, rows: 9 };
            let pane = Pane { area, lines: vec![line.clone()], ..Pane::default() };
            let overlay = Overlay { title: "t".to_owned(), area, lines: vec![line.clone()] };
            let doc = Doc { top: Some(line.clone()), body: vec![line.clone()], panes: vec![pane], foot: vec![line],
                overlays: vec![overlay], cursor: None };
            paint(&doc, Theme::default(), &mut buffer);
            for cell in buffer.content() {
                prop_assert!(!cell.symbol().chars().any(char::is_control));
            }
        }
    }
}
