// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Painting a document into the cells of a terminal.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::contested::Contested;
use super::hyperlink::Run;
use super::theme::Theme;
use super::{Area, Doc, Line, Mark, Overlay, Pane, Role, Span, Stress, Strip, Tone};
use crate::config::Bidi;
use crate::text::measure::{fit, is_contested, width};
use crate::text::{bidi, clean};

/// What is on the screen besides text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Painted {
    /// Cells that lead somewhere.
    pub links: Vec<Run>,
    /// Rows of pictures: where each begins.
    pub strips: Vec<(u16, u16, Strip)>,
    /// Characters that terminals do not agree about.
    pub contested: Vec<Contested>,
}

/// Paints a whole screen, and returns what is on it besides text.
pub fn paint(doc: &Doc, theme: Theme, buffer: &mut Buffer) -> Painted {
    let mut painted = Painted::default();
    let mut brush = Painter {
        theme,
        bidi: doc.bidi,
        buffer,
        painted: &mut painted,
    };
    brush.doc(doc);
    painted
}

struct Painter<'a> {
    theme: Theme,
    bidi: Bidi,
    buffer: &'a mut Buffer,
    painted: &'a mut Painted,
}

impl Painter<'_> {
    fn doc(&mut self, doc: &Doc) {
        let area = self.buffer.area;
        self.buffer.set_style(area, self.theme.screen());
        let mut y = area.top();
        if let Some(top) = &doc.top {
            self.line(top, row(area, y));
            y += 1;
        }
        let foot = u16::try_from(doc.foot.len()).unwrap_or(u16::MAX);
        let body_end = area.bottom().saturating_sub(foot);
        let first_body_row = y;
        for line in &doc.body {
            if y >= body_end {
                break;
            }
            self.line(line, row(area, y));
            y += 1;
        }
        for (line, y) in doc
            .foot
            .iter()
            .zip(body_end.max(first_body_row)..area.bottom())
        {
            self.line(line, row(area, y));
        }
        for pane in &doc.panes {
            self.pane(pane);
        }
        for overlay in &doc.overlays {
            self.overlay(overlay);
        }
    }

    /// Returns an area as far as there are cells.
    fn within(&self, area: Area) -> Rect {
        Rect::new(area.x, area.y, area.columns, area.rows).intersection(self.buffer.area)
    }

    /// The lines of a pane, and a line that parts it from what stands left of it or above it.
    fn pane(&mut self, pane: &Pane) {
        let place = self.within(pane.area);
        self.covered(place);
        let quiet = self
            .theme
            .style(Role::Quiet, Stress::default(), Tone::Plain);
        if let Some(x) = place.x.checked_sub(1) {
            for y in place.top()..place.bottom() {
                self.text("│", quiet, x, y);
            }
        }
        if let (Some(title), Some(y)) = (&pane.title, place.y.checked_sub(1)) {
            let columns = usize::from(place.width);
            self.text(&"─".repeat(columns), quiet, place.x, y);
            let title = format!(" {} ", clean::line(title));
            let bold = self
                .theme
                .style(Role::Heading, Stress::default(), Tone::Plain);
            let title = fit(&title, columns.saturating_sub(2));
            let title = self.turned(title);
            self.text(&title, bold, place.x + 1, y);
        }
        for (line, y) in pane.lines.iter().zip(place.top()..place.bottom()) {
            self.line(line, Rect::new(place.x, y, place.width, 1));
        }
    }

    /// Returns a text of one look in the order in which cells show it.
    fn turned(&self, text: String) -> String {
        if self.bidi == Bidi::Terminal || !bidi::may_be_rtl(&text) {
            return text;
        }
        let spans = bidi::visual(&[Span::new(Role::Heading, text)]);
        spans.into_iter().map(|span| span.text).collect()
    }

    /// What lies under something is neither seen nor followed.
    fn covered(&mut self, place: Rect) {
        let is_free = |x: u16, y: u16| !place.contains((x, y).into());
        self.painted.links.retain(|run| {
            let last = run.x + run.columns.saturating_sub(1);
            is_free(run.x, run.y) && is_free(last, run.y)
        });
        self.painted.strips.retain(|(x, y, strip)| {
            let last = x.saturating_add(strip.size.0.saturating_sub(1));
            is_free(*x, *y) && is_free(last, *y)
        });
        self.painted.contested.retain(|it| {
            let last = it.x + it.columns.saturating_sub(1);
            is_free(it.x, it.y) && is_free(last, it.y)
        });
    }

    fn line(&mut self, line: &Line, area: Rect) {
        if area.is_empty() {
            return;
        }
        let columns = usize::from(area.width);
        if matches!(line.tone, Tone::Bar | Tone::Focused) {
            let style = self.theme.style(Role::Text, Stress::default(), line.tone);
            self.buffer.set_style(area, style);
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
        self.put(&line.left, line.tone, area.x, area.y, left_columns);
        let right_at = area.right() - to_u16(right_columns);
        self.put(&line.right, line.tone, right_at, area.y, right_columns);
    }

    fn put(&mut self, spans: &[Span], tone: Tone, mut x: u16, y: u16, columns: usize) {
        let spans = cut(spans, columns);
        let ordered = match self.bidi {
            Bidi::App if spans.iter().any(|span| bidi::may_be_rtl(&span.text)) => {
                bidi::visual(&spans)
            }
            Bidi::App | Bidi::Terminal => spans,
        };
        for span in &ordered {
            let style = self.theme.style(span.role, span.stress, tone);
            let from = x;
            x = self.text(&span.text, style, x, y);
            match span.mark.as_deref() {
                Some(Mark::Link(target)) => self.painted.links.push(Run {
                    x: from,
                    y,
                    columns: x - from,
                    target: target.clone(),
                }),
                Some(Mark::Picture(strip)) => {
                    self.painted.strips.push((from, y, strip.clone()));
                }
                None => {}
            }
        }
    }

    /// Sets cells one grapheme cluster each, and returns the column after the last.
    fn text(&mut self, text: &str, style: Style, mut x: u16, y: u16) -> u16 {
        let buffer = &mut *self.buffer;
        // Of a wide character that is half covered nothing is left: whole, it would stand over what covers it.
        if let Some(before) = x.checked_sub(1)
            && let Some(cell) = buffer.cell_mut((before, y))
            && width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
            let is_whole = |it: &Contested| (it.x, it.y) != (before, y);
            self.painted.contested.retain(is_whole);
        }
        for cluster in text.graphemes(true) {
            let w = to_u16(width(cluster));
            if w == 0 {
                continue;
            }
            if x + w > buffer.area.right() {
                break;
            }
            buffer[(x, y)].set_symbol(cluster).set_style(style);
            if is_contested(cluster) {
                self.painted.contested.push(Contested { x, y, columns: w });
            }
            for trailing in 1..w {
                buffer[(x + trailing, y)].reset();
                buffer[(x + trailing, y)].set_style(style);
            }
            x += w;
        }
        x
    }

    /// A box in a frame.
    fn overlay(&mut self, overlay: &Overlay) {
        let place = self.within(overlay.area);
        let (w, h) = (place.width, place.height);
        if w < 5 || h < 3 {
            return;
        }
        self.covered(place);
        for y in place.top()..place.bottom() {
            for x in place.left()..place.right() {
                self.buffer[(x, y)].reset();
                self.buffer[(x, y)].set_style(self.theme.screen());
            }
        }
        let quiet = self
            .theme
            .style(Role::Border, Stress::default(), Tone::Plain);
        let bar = "─".repeat(usize::from(w) - 2);
        self.text(&format!("┌{bar}┐"), quiet, place.x, place.y);
        self.text(&format!("└{bar}┘"), quiet, place.x, place.bottom() - 1);
        for y in place.top() + 1..place.bottom() - 1 {
            self.text("│", quiet, place.x, y);
            self.text("│", quiet, place.right() - 1, y);
        }
        let title = fit(
            &format!(" {} ", clean::line(&overlay.title)),
            usize::from(w) - 4,
        );
        let bold = self
            .theme
            .style(Role::Heading, Stress::default(), Tone::Plain);
        let title = self.turned(title);
        self.text(&title, bold, place.x + 2, place.y);
        // How much there is beyond the edges stands in them.
        for (mark, count, y) in [
            ("▲", overlay.hidden.0, place.y),
            ("▼", overlay.hidden.1, place.bottom() - 1),
        ] {
            let text = format!(" {mark} {count} ");
            let room = usize::from(w) - 2;
            if count > 0 && width(&text) + width(&title) < room {
                let x = place.right() - 2 - to_u16(width(&text));
                self.text(&text, quiet, x, y);
            }
        }
        for (line, y) in overlay
            .lines
            .iter()
            .zip(place.top() + 1..place.bottom() - 1)
        {
            self.line(line, Rect::new(place.x + 2, y, w - 4, 1));
        }
    }
}

/// Returns spans cut to columns. The one that no longer fits ends in an ellipsis, and is the last one.
fn cut(spans: &[Span], mut columns: usize) -> Vec<Span> {
    let mut out = Vec::with_capacity(spans.len());
    for (at, span) in spans.iter().enumerate() {
        let text = clean::line(&span.text);
        let rest: usize = spans[at + 1..].iter().map(|s| width(&s.text)).sum();
        let wanted = width(&text);
        let is_cut = wanted > columns || (wanted == columns && rest > 0);
        let shown = if wanted > columns {
            fit(&text, columns)
        } else if is_cut {
            fit(&(text.into_owned() + "…"), columns)
        } else {
            text.into_owned()
        };
        columns = columns.saturating_sub(wanted);
        out.push(Span {
            text: shown,
            ..span.clone_empty()
        });
        if is_cut {
            break;
        }
    }
    out
}

fn row(area: Rect, y: u16) -> Rect {
    Rect::new(area.x, y, area.width, 1)
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

    #[test]
    fn a_box_covers_half_of_a_wide_character_whole() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 3));
        let line = Line::text(Role::Text, "日本語日本語");
        let area = Area {
            x: 3,
            y: 0,
            columns: 6,
            rows: 3,
        };
        let doc = Doc {
            body: vec![line.clone(), line.clone(), line],
            overlays: vec![Overlay {
                area,
                ..Overlay::default()
            }],
            ..Doc::default()
        };
        paint(&doc, Theme::default(), &mut buffer);
        let row: String = (0..12).map(|x| buffer[(x, 1)].symbol()).collect();
        assert_eq!(row, "日  │    │ 語 ");
    }

    #[test]
    fn what_terminals_do_not_agree_about_is_named_as_far_as_it_is_seen() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
        let doc = Doc {
            body: vec![Line::text(Role::Text, "a日कि👩\u{200d}💻b❤\u{fe0f}♥é")],
            ..Doc::default()
        };
        let painted = paint(&doc, Theme::default(), &mut buffer);
        let found: Vec<_> = painted.contested.iter().map(|it| it.x).collect();
        let names = found.iter().map(|x| buffer[(*x, 0)].symbol());
        assert_eq!(
            names.collect::<Vec<_>>(),
            ["कि", "👩\u{200d}💻", "❤\u{fe0f}"]
        );
    }

    proptest! {
        #[test]
        fn no_cell_holds_a_control(text in ".*|[\\x00-\\x1f\\x7f-\\x9fa日]{0,30}", columns in 0_u16..20) {
            let line = Line::text(Role::Text, text.clone()).right(vec![Span::new(Role::Text, text)]);
            let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 2));
            let area = Area { x: 2, y: 0, columns: 12, rows: 9 };
            let pane = Pane { area, lines: vec![line.clone()], ..Pane::default() };
            let overlay = Overlay { title: "t".to_owned(), area, lines: vec![line.clone()], hidden: (3, 40) };
            let doc = Doc { top: Some(line.clone()), body: vec![line.clone()], panes: vec![pane], foot: vec![line],
                overlays: vec![overlay], ..Doc::default() };
            paint(&doc, Theme::default(), &mut buffer);
            for cell in buffer.content() {
                prop_assert!(!cell.symbol().chars().any(char::is_control));
            }
        }
    }
}
