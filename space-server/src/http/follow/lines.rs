// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lines of JSON: a row or a cursor each, and an empty one now and then.

use bytes::Bytes;
use space_core::protocol::FeedLine;

use super::Piece;
use crate::http::feed::Sealed;

/// Writes a page as lines.
pub(in crate::http) fn encode(sealed: &Sealed) -> Bytes {
    let mut out = rows(sealed);
    end(sealed, &mut out);
    out.into()
}

/// Writes the rows of a page as lines.
pub(in crate::http) fn rows(sealed: &Sealed) -> Vec<u8> {
    let rows = &sealed.page.rows;
    let mut out = Vec::with_capacity(rows.len() * 512 + 160);
    let written = rows.iter().try_for_each(|row| row.write(&mut out));
    written.expect("rows are plain data and are written to memory");
    out
}

/// Writes where to go on behind a page.
pub(in crate::http) fn end(sealed: &Sealed, out: &mut Vec<u8>) {
    let line = FeedLine::Cursor {
        cursor: sealed.cursor.clone(),
        more: sealed.page.more,
    };
    line.write(out)
        .expect("a cursor is plain data and is written to memory");
}

pub(super) fn write(piece: &Piece) -> Bytes {
    match piece {
        Piece::Batch(sealed) => encode(sealed),
        Piece::Idle => Bytes::from_static(b"\n"),
    }
}
