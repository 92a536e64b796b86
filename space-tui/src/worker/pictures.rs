// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The thread that loads pictures, makes them fit, and hangs them where the screen finds them.

mod shelf;

use std::io::Cursor;

use crate::connect::{Connect, Owner};
use image::{DynamicImage, ImageReader, Limits};
use ratatui::layout::Size;
use ratatui_image::picker::Picker;
use ratatui_image::sliced::SlicedProtocol;
use space_core::client::{Api, ApiError};
use tokio::sync::mpsc;

use crate::app::message::Msg;
use crate::screens::rendered::Picture;
#[cfg(test)]
use crate::screens::rendered::fault;
use crate::terminal::gallery::{Art, Blocks, Gallery};
use crate::text::isolate::isolated;
use shelf::Shelf;

/// Pictures that wait at most. When it is full a picture is not shown until it is asked for again.
pub const ORDERS: usize = 64;
/// Bytes of a picture at most.
const MOST_BYTES: usize = 8 << 20;
/// Pixels on a side at most.
const MOST_SIDE: u32 = 8_192;
/// Bytes that decoding may take: a small file can claim to be a picture of any size.
const MOST_MEMORY: u64 = 64 << 20;

/// A picture to load.
pub struct Order {
    /// Its address, as its post has it.
    pub source: String,
    /// Columns and rows that it may take.
    pub most: (u16, u16),
    /// How the terminal shows pictures; as half blocks when absent.
    pub picker: Option<Picker>,
}

/// Loads pictures until nobody asks any more. `folder` keeps what was loaded.
pub fn run(
    connect: &Connect,
    folder: std::path::PathBuf,
    mut orders: mpsc::Receiver<Order>,
    gallery: &Gallery,
    answers: &mpsc::Sender<Msg>,
) {
    let shelf = Shelf::new(folder);
    let mut way = Way { connect, api: None };
    while let Some(order) = orders.blocking_recv() {
        // Decoders work on bytes from anybody.
        let made = isolated("a picture", || {
            load(&mut way, &shelf, &order).and_then(|bytes| art(&bytes, &order))
        });
        let picture = match made.unwrap_or(Err("picture-unreadable")) {
            Ok(art) => {
                let (columns, rows) = art.size();
                for gone in gallery.hang(&order.source, art) {
                    let _ = answers.blocking_send(Msg::PictureGone(gone));
                }
                Picture::Ready(columns, rows)
            }
            Err(why) => Picture::Failed(why),
        };
        let msg = Msg::Pictured(order.source, picture);
        if answers.blocking_send(msg).is_err() {
            return;
        }
    }
}

/// The way to the server, looked for with the first picture.
struct Way<'a> {
    connect: &'a Connect,
    api: Option<Api>,
}

impl Way<'_> {
    fn api(&mut self, runtime: &tokio::runtime::Runtime) -> Option<Api> {
        if self.api.is_none() {
            let connected = self.connect.find(&mut || {}).ok()?;
            let owner = runtime.block_on(self.connect.check(&connected)).ok()?;
            if owner == Owner::Unknown {
                return None;
            }
            self.api = Some(connected.api);
        }
        self.api.clone()
    }
}

/// Returns the bytes of a picture, or the key of the text that says why there are none.
fn load(way: &mut Way<'_>, shelf: &Shelf, order: &Order) -> Result<Vec<u8>, &'static str> {
    #[cfg(test)]
    fault::strike(&order.source);
    if let Some(bytes) = shelf.get(&order.source) {
        return Ok(bytes);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| "picture-missing")?;
    let api = way.api(&runtime).ok_or("picture-offline")?;
    let loaded = runtime.block_on(api.picture(&order.source, MOST_BYTES));
    let bytes = loaded.map_err(|error| {
        tracing::info!(%error, "a picture cannot be loaded");
        match error {
            ApiError::TooLarge { .. } => "picture-too-large",
            ApiError::Unreachable { .. } | ApiError::TimedOut { .. } => "picture-offline",
            _ => "picture-missing",
        }
    })?;
    shelf.put(&order.source, &bytes);
    Ok(bytes)
}

/// Decodes a picture within limits.
fn decode(bytes: &[u8]) -> Result<DynamicImage, &'static str> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| "picture-unreadable")?;
    reader.limits(limits);
    reader.decode().map_err(|error| match error {
        image::ImageError::Limits(_) => "picture-too-large",
        _ => "picture-unreadable",
    })
}

/// Makes a picture fit.
fn art(bytes: &[u8], order: &Order) -> Result<Art, &'static str> {
    let image = decode(bytes)?;
    let cell = order.picker.as_ref().map_or((8, 16), |picker| {
        let font = picker.font_size();
        (font.width.max(1), font.height.max(1))
    });
    let (columns, rows) = fit((image.width(), image.height()), cell, order.most);
    match &order.picker {
        None => Ok(Art::Blocks(Blocks::new(&image, columns, rows))),
        Some(picker) => {
            let small = image.resize(
                u32::from(columns) * u32::from(cell.0),
                u32::from(rows) * u32::from(cell.1),
                image::imageops::FilterType::Triangle,
            );
            drop(image);
            SlicedProtocol::new(picker, small, Some(Size::new(columns, rows)))
                .map(|drawn| Art::Drawn(Box::new(drawn)))
                .map_err(|_| "picture-unreadable")
        }
    }
}

/// Returns the columns and rows of a picture of so many pixels: never more than it has, never more than there is
/// room for, and as wide to its height as it is.
fn fit(pixels: (u32, u32), cell: (u16, u16), most: (u16, u16)) -> (u16, u16) {
    let (wide, high) = (u64::from(pixels.0.max(1)), u64::from(pixels.1.max(1)));
    let (cell_wide, cell_high) = (u64::from(cell.0), u64::from(cell.1));
    let (most_wide, most_high) = (
        u64::from(most.0.max(1)) * cell_wide,
        u64::from(most.1.max(1)) * cell_high,
    );
    // In pixels of the screen: (wide, high) shrunk to whichever side is the tighter one.
    let (wide, high) = if wide <= most_wide && high <= most_high {
        (wide, high)
    } else if wide * most_high > high * most_wide {
        (most_wide, (high * most_wide / wide).max(1))
    } else {
        ((wide * most_high / high).max(1), most_high)
    };
    let cells = |pixels: u64, cell: u64| u16::try_from(pixels.div_ceil(cell)).unwrap_or(u16::MAX);
    (
        cells(wide, cell_wide).min(most.0.max(1)),
        cells(high, cell_high).min(most.1.max(1)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;
    use proptest::prelude::*;
    use rstest::rstest;
    use space_core::client::credentials::{Credentials, Given, Keyring, Secrets, Settings};

    #[rstest]
    #[case((80, 160), (10, 10))]
    #[case((8000, 160), (70, 1))]
    #[case((160, 8000), (1, 16))]
    #[case((1600, 1600), (32, 16))]
    #[case((1, 1), (1, 1))]
    #[case((0, 0), (1, 1))]
    fn pictures_fit(#[case] pixels: (u32, u32), #[case] want: (u16, u16)) {
        assert_eq!(fit(pixels, (8, 16), (70, 16)), want);
    }

    fn png(wide: u32, high: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(wide, high)
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_refused() {
        // The size stands in the header; its checksum is made right, as somebody who means harm would.
        let mut bytes = png(4, 4);
        bytes[16..24].copy_from_slice(&[0, 0, 0x1f, 0, 0, 0, 0x1f, 0]);
        let crc = crc32(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(decode(&bytes).err(), Some("picture-too-large"));
        bytes[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
        let crc = crc32(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        assert!(decode(&bytes).is_err());
    }

    fn crc32(bytes: &[u8]) -> u32 {
        let mut crc = u32::MAX;
        for byte in bytes {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
            }
        }
        !crc
    }

    #[test]
    fn what_is_no_picture_is_said_to_be_none() {
        assert_eq!(decode(b"<svg onload=x>").err(), Some("picture-unreadable"));
        assert_eq!(decode(b"").err(), Some("picture-unreadable"));
    }

    #[test]
    fn a_picture_that_makes_it_panic_is_said_to_be_unreadable_and_the_next_is_shown() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("pictures");
        let shelf = Shelf::new(folder.clone());
        let profile = Profile {
            server: "http://127.0.0.1:9".to_owned(),
            member: None,
            allow_plain_http: false,
            window: space_core::client::sync::Window::default(),
        };
        let secrets = Secrets::new(
            Credentials::new(place.path()),
            Keyring::of_system(),
            Settings {
                uses_keyring: false,
                ..Settings::default()
            },
            Given::default(),
        );
        let connect = Connect::new(profile, secrets);
        let (asks, asked) = mpsc::channel(8);
        let (answers, mut answered) = mpsc::channel(8);
        for source in ["/media/a.png", fault::PANICS, "/media/b.png"] {
            shelf.put(source, &png(8, 8));
            let order = Order {
                source: source.to_owned(),
                most: (40, 10),
                picker: None,
            };
            assert!(asks.blocking_send(order).is_ok());
        }
        drop(asks);
        run(&connect, folder, asked, &Gallery::default(), &answers);
        let mut have = Vec::new();
        while let Ok(Msg::Pictured(_, picture)) = answered.try_recv() {
            have.push(picture);
        }
        let failed = Picture::Failed("picture-unreadable");
        assert_eq!(have, [Picture::Ready(1, 1), failed, Picture::Ready(1, 1)]);
    }

    #[test]
    fn half_blocks_have_two_pixels_a_cell() {
        let order = Order {
            source: String::new(),
            most: (40, 10),
            picker: None,
        };
        let art = art(&png(64, 64), &order).unwrap();
        assert_eq!(art.size(), (8, 4));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_picture_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn no_picture_takes_more_than_there_is(w in 0_u32..9000, h in 0_u32..9000, cols in 1_u16..200, rows in 1_u16..60) {
            let (columns, lines) = fit((w, h), (8, 16), (cols, rows));
            prop_assert!(columns >= 1 && columns <= cols && lines >= 1 && lines <= rows);
        }
    }
}
