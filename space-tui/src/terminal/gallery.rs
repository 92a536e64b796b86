// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Pictures that are ready to be shown, and drawing them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use image::DynamicImage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::widgets::Widget as _;
use ratatui_image::sliced::{SignedPosition, SlicedImage, SlicedProtocol};

use crate::doc::Strip;

/// Pictures that are kept ready at most; others are made anew from the disk when they are seen.
const KEPT: usize = 24;

/// A picture that fits.
pub enum Art {
    /// As half blocks: two pixels a cell.
    Blocks(Blocks),
    /// As the terminal's own way of pictures has it.
    Drawn(Box<SlicedProtocol>),
}

impl Art {
    /// Returns its columns and rows.
    pub fn size(&self) -> (u16, u16) {
        match self {
            Self::Blocks(blocks) => (blocks.columns, blocks.rows),
            Self::Drawn(drawn) => (drawn.size().width, drawn.size().height),
        }
    }
}

/// A picture as half blocks.
#[derive(Debug, PartialEq, Eq)]
pub struct Blocks {
    columns: u16,
    rows: u16,
    /// Row by row, two rows of pixels for each row of cells; nothing where the picture is transparent.
    pixels: Vec<Option<(u8, u8, u8)>>,
}

impl Blocks {
    /// Shrinks a picture to columns and rows.
    pub fn new(image: &DynamicImage, columns: u16, rows: u16) -> Self {
        let small = image
            .thumbnail_exact(u32::from(columns), u32::from(rows) * 2)
            .to_rgba8();
        let pixels = small
            .pixels()
            .map(|pixel| {
                let [r, g, b, alpha] = pixel.0;
                (alpha >= 128).then_some((r, g, b))
            })
            .collect();
        Self {
            columns,
            rows,
            pixels,
        }
    }

    fn draw(&self, row: u16, x: u16, y: u16, has_true_colour: bool, buffer: &mut Buffer) {
        let colour = |(red, green, blue): (u8, u8, u8)| {
            if has_true_colour {
                Color::Rgb(red, green, blue)
            } else {
                Color::Indexed(16 + 36 * sixth(red) + 6 * sixth(green) + sixth(blue))
            }
        };
        for column in 0..self.columns {
            let at = |line: u16| {
                let at = usize::from(line) * usize::from(self.columns) + usize::from(column);
                self.pixels.get(at).copied().flatten().map(colour)
            };
            let Some(cell) = buffer.cell_mut((x.saturating_add(column), y)) else {
                return;
            };
            match (at(row * 2), at(row * 2 + 1)) {
                (Some(upper), Some(lower)) => cell.set_symbol("▀").set_fg(upper).set_bg(lower),
                (Some(upper), None) => cell.set_symbol("▀").set_fg(upper),
                (None, Some(lower)) => cell.set_symbol("▄").set_fg(lower),
                (None, None) => cell,
            };
        }
    }
}

/// Where a value stands in the colour cube of 256 colours: 0, 95, 135, 175, 215, 255.
fn sixth(value: u8) -> u8 {
    match value {
        0..48 => 0,
        48..115 => 1,
        _ => (value - 35) / 40,
    }
}

/// The pictures, shared between the thread that makes them and the one that draws.
#[derive(Clone, Default)]
pub struct Gallery {
    arts: Arc<Mutex<VecDeque<(String, Art)>>>,
}

impl Gallery {
    /// Hangs a picture, and returns those that had to go.
    pub fn hang(&self, source: &str, art: Art) -> Vec<String> {
        let mut arts = self.arts.lock().unwrap_or_else(PoisonError::into_inner);
        arts.retain(|(other, _)| other != source);
        arts.push_back((source.to_owned(), art));
        let excess = arts.len().saturating_sub(KEPT);
        arts.drain(..excess).map(|(source, _)| source).collect()
    }

    /// Draws the rows of pictures that are on the screen.
    pub fn draw(&self, strips: &[(u16, u16, Strip)], has_true_colour: bool, buffer: &mut Buffer) {
        if strips.is_empty() {
            return;
        }
        let arts = self.arts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut at = 0;
        while let Some((x, y, first)) = strips.get(at) {
            // Rows of one picture, one under the other.
            let follows = |(n, (other_x, other_y, strip)): &(usize, &(u16, u16, Strip))| {
                let n = u16::try_from(*n).unwrap_or(u16::MAX);
                strip.source == first.source
                    && strip.row == first.row.saturating_add(n)
                    && other_x == x
                    && *other_y == y.saturating_add(n)
            };
            let count = strips[at..].iter().enumerate().take_while(follows).count();
            let rows = u16::try_from(count).unwrap_or(u16::MAX);
            at += count.max(1);
            let Some((_, art)) = arts.iter().find(|(source, _)| *source == first.source) else {
                continue;
            };
            // One that was made for another size is on its way.
            if art.size() != first.size {
                continue;
            }
            match art {
                Art::Blocks(blocks) => {
                    for n in 0..rows {
                        blocks.draw(first.row + n, *x, y + n, has_true_colour, buffer);
                    }
                }
                Art::Drawn(drawn) => {
                    let area = Rect::new(*x, *y, first.size.0, rows).intersection(buffer.area);
                    let above = i16::try_from(first.row).unwrap_or(i16::MAX);
                    let position = SignedPosition::from((0, -above));
                    SlicedImage::new(drawn, position).render(area, buffer);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(row: u16) -> Strip {
        Strip {
            source: "a".to_owned(),
            row,
            size: (2, 2),
        }
    }

    fn gallery() -> Gallery {
        let mut image = image::RgbaImage::new(2, 4);
        for (x, y, pixel) in image.enumerate_pixels_mut() {
            *pixel = image::Rgba([
                u8::try_from(y).unwrap() * 60,
                0,
                0,
                if x == 0 { 255 } else { 0 },
            ]);
        }
        let gallery = Gallery::default();
        gallery.hang("a", Art::Blocks(Blocks::new(&image.into(), 2, 2)));
        gallery
    }

    #[test]
    fn the_rows_on_the_screen_are_drawn_where_they_stand() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 3));
        gallery().draw(&[(1, 0, strip(1))], true, &mut buffer);
        let cell = &buffer[(1, 0)];
        assert_eq!(
            (cell.symbol(), cell.fg, cell.bg),
            ("▀", Color::Rgb(120, 0, 0), Color::Rgb(180, 0, 0))
        );
        // What is transparent stays as it was.
        assert_eq!(buffer[(2, 0)].symbol(), " ");
        assert_eq!(buffer[(1, 1)].symbol(), " ");
    }

    #[test]
    fn a_picture_at_the_edge_of_the_screen_is_cut() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        gallery().draw(&[(0, 0, strip(0)), (0, 1, strip(1))], false, &mut buffer);
        assert_eq!(buffer[(0, 0)].symbol(), "▀");
    }

    #[test]
    fn the_oldest_picture_goes() {
        let gallery = gallery();
        let blank = || Art::Blocks(Blocks::new(&DynamicImage::new_rgb8(1, 1), 1, 1));
        let gone: Vec<String> = (0..KEPT)
            .flat_map(|n| gallery.hang(&format!("{n}"), blank()))
            .collect();
        assert_eq!(gone, ["a"]);
    }
}
