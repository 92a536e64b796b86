// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The screen of a terminal as a picture: SVG text, one run of equal looks after the other.

use std::fmt::Write as _;

/// Columns and rows of the grid, in the units of the picture.
const WIDTH: f64 = 8.4;
const HEIGHT: f64 = 18.0;
const MARGIN: f64 = 14.0;

/// The upper half of a cell, of which pictures are made: its ink above, its paper below.
const HALF: &str = "\u{2580}";

const PAPER: &str = "#1b1d23";
const INK: &str = "#d7dae0";

/// The sixteen colours.
const COLOURS: [&str; 16] = [
    "#1b1d23", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0",
    "#6b7280", "#ef8a92", "#b3d998", "#f0d399", "#82c1f5", "#d79be8", "#7fccd6", "#ffffff",
];

/// How a piece of text looks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    ink: String,
    paper: Option<String>,
    is_bold: bool,
    is_italic: bool,
    is_underlined: bool,
}

/// Draws a screen. Everything that is drawn is escaped, whatever stands there.
pub fn draw(screen: &vt100::Screen, title: &str) -> String {
    let (rows, columns) = screen.size();
    let width = f64::from(columns) * WIDTH + 2.0 * MARGIN;
    let height = f64::from(rows) * HEIGHT + 2.0 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>{}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" \
         xml:space=\"preserve\" shape-rendering=\"crispEdges\">\n",
        escaped(title)
    );
    for row in 0..rows {
        draw_row(&mut out, screen, row, columns);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn draw_row(out: &mut String, screen: &vt100::Screen, row: u16, columns: u16) {
    let mut runs: Vec<(u16, u16, Look, String)> = Vec::new();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column) else {
            continue;
        };
        if cell.is_wide_continuation() {
            if let Some(run) = runs.last_mut() {
                run.1 += 1;
            }
            continue;
        }
        let look = look(cell);
        let text = if cell.has_contents() {
            cell.contents().to_owned()
        } else {
            " ".to_owned()
        };
        // A wide character is a run of its own, so that what follows it stands in its column whatever the font. Halves of
        // cells are drawn, not written, so they may be many.
        let is_plain = text.is_ascii();
        let is_half = text == HALF;
        match runs.last_mut() {
            Some(run)
                if run.2 == look
                    && (is_plain && run.3.is_ascii() || is_half && run.3.starts_with(HALF)) =>
            {
                run.1 += 1;
                run.3.push_str(&text);
            }
            _ => runs.push((column, 1, look, text)),
        }
    }
    let top = MARGIN + f64::from(row) * HEIGHT;
    for (column, cells, look, text) in runs {
        let left = MARGIN + f64::from(column) * WIDTH;
        let width = f64::from(cells) * WIDTH;
        if let Some(paper) = &look.paper {
            let _ = writeln!(
                out,
                "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{HEIGHT}\" fill=\"{paper}\"/>"
            );
        }
        if text.starts_with(HALF) {
            // Fonts leave gaps between blocks.
            let _ = writeln!(
                out,
                "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{}\"/>",
                HEIGHT / 2.0,
                look.ink
            );
            continue;
        }
        if text.trim().is_empty() {
            continue;
        }
        let mut style = String::new();
        for (is_so, attribute) in [
            (look.is_bold, " font-weight=\"bold\""),
            (look.is_italic, " font-style=\"italic\""),
            (look.is_underlined, " text-decoration=\"underline\""),
        ] {
            if is_so {
                style.push_str(attribute);
            }
        }
        let _ = writeln!(
            out,
            "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
             fill=\"{}\"{style}>{}</text>",
            top + 13.5,
            look.ink,
            escaped(&text)
        );
    }
}

fn look(cell: &vt100::Cell) -> Look {
    let ink = colour(cell.fgcolor()).unwrap_or_else(|| INK.to_owned());
    let paper = colour(cell.bgcolor());
    let (ink, paper) = if cell.inverse() {
        (paper.unwrap_or_else(|| PAPER.to_owned()), Some(ink))
    } else {
        (ink, paper)
    };
    Look {
        ink,
        paper,
        is_bold: cell.bold(),
        is_italic: cell.italic(),
        is_underlined: cell.underline(),
    }
}

fn colour(colour: vt100::Color) -> Option<String> {
    match colour {
        vt100::Color::Default => None,
        vt100::Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        vt100::Color::Idx(at @ 0..=15) => Some(COLOURS[usize::from(at)].to_owned()),
        vt100::Color::Idx(at @ 16..=231) => {
            let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            let at = at - 16;
            let (r, g, b) = (step(at / 36), step(at / 6 % 6), step(at % 6));
            Some(format!("#{r:02x}{g:02x}{b:02x}"))
        }
        vt100::Color::Idx(at) => {
            let grey = 8 + 10 * (at - 232);
            Some(format!("#{grey:02x}{grey:02x}{grey:02x}"))
        }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(bytes: &str) -> String {
        let mut parser = vt100::Parser::new(2, 20, 0);
        parser.process(bytes.as_bytes());
        draw(parser.screen(), "A <test>")
    }

    #[test]
    fn runs_of_equal_looks_are_one_text_and_markup_is_escaped() {
        let svg = drawn("ab \x1b[1;31m<b>\x1b[0m");
        assert!(svg.contains("<title>A &lt;test&gt;</title>"));
        assert!(svg.contains(">ab </text>"));
        assert!(svg.contains("fill=\"#e06c75\" font-weight=\"bold\">&lt;b&gt;</text>"));
    }

    #[test]
    fn a_wide_character_takes_two_columns() {
        let svg = drawn("本x");
        assert!(svg.contains("textLength=\"16.8\""));
        assert!(svg.contains("<text x=\"30.8\""), "{svg}");
    }

    #[test]
    fn halves_of_cells_are_drawn() {
        let svg = drawn("\x1b[31;42m\u{2580}\u{2580}\x1b[0m");
        assert!(
            svg.contains("width=\"16.8\" height=\"18\" fill=\"#98c379\"/>"),
            "{svg}"
        );
        assert!(
            svg.contains("width=\"16.8\" height=\"9\" fill=\"#e06c75\"/>"),
            "{svg}"
        );
        assert!(!svg.contains('\u{2580}'));
    }

    #[test]
    fn reversed_text_has_a_ground() {
        assert!(drawn("\x1b[7mz").contains("fill=\"#d7dae0\"/>"));
    }
}
