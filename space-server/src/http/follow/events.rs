// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Server-sent events: a row is a `message`, and a cursor an event of that name which also is the stream's id, so that
//! an `EventSource` whose line broke goes on where it was.

use bytes::Bytes;
use space_core::protocol::{FeedLine, FeedRow};

use super::Piece;
use crate::http::feed::Sealed;

pub(super) fn write(piece: &Piece) -> Bytes {
    let Piece::Batch(Sealed { page, cursor }) = piece else {
        return Bytes::from_static(b":\n\n");
    };
    let mut out = Vec::with_capacity(page.rows.len() * 520 + 320);
    let line = FeedLine::Cursor {
        cursor: cursor.clone(),
        more: page.more,
    };
    let written = page
        .rows
        .iter()
        .try_for_each(|row| event(&mut out, row))
        .and_then(|()| {
            out.extend_from_slice(format!("event: cursor\nid: {cursor}\ndata: ").as_bytes());
            line.write(&mut out)
        });
    written.expect("rows are plain data and are written to memory");
    out.push(b'\n');
    out.into()
}

/// JSON has no line ends of its own, so each row is one line of data.
fn event(out: &mut Vec<u8>, row: &FeedRow) -> serde_json::Result<()> {
    out.extend_from_slice(b"data: ");
    row.write(out)?;
    out.push(b'\n');
    Ok(())
}
