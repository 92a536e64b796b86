// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Pages and feeds that are made while they are sent: a slice when the reader has taken the one before.
//!
//! What a slow reader holds is what the page is made of, and that is counted ([`in_flight`](crate::http::in_flight)).

use std::fmt::{self, Write as _};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::stream;
use sha2::{Digest as _, Sha256};

use super::style::STYLE;
use super::trouble::Trouble;
use super::visit::{Visit, work};
use crate::http::in_flight::holding;

/// Bytes of a slice: a page that is no longer is sent as a whole.
const SLICE: usize = 64 << 10;

/// What makes the pieces, one after another.
pub(super) type Pieces = Box<dyn Iterator<Item = Vec<u8>> + Send>;

/// A page or a feed that is not made yet.
pub(super) struct Slices {
    /// What it is made of, in few letters.
    pub(super) tag: String,
    pub(super) pieces: Pieces,
}

impl Slices {
    /// Makes the beginning, and the rest when that is asked for.
    pub(super) async fn body(self, visit: &Visit) -> Result<Body, Trouble> {
        let mut pieces = self.pieces;
        let (first, rest) = work(move || {
            let first = slice(&mut pieces);
            (first, pieces)
        })
        .await?;
        if first.len() < SLICE {
            return Ok(first.into());
        }
        let turns = visit.turns.clone();
        let first = stream::once(async { Ok::<_, fmt::Error>(Bytes::from(first)) });
        let rest = stream::try_unfold(rest, move |mut rest| {
            let turns = turns.clone();
            async move {
                let _turn = match &turns {
                    Some(turns) => turns.take().await,
                    None => None,
                };
                let made = tokio::task::spawn_blocking(move || {
                    let made = slice(&mut rest);
                    (made, rest)
                });
                let (made, rest) = made.await.map_err(|_| fmt::Error)?;
                Ok((!made.is_empty()).then(|| (Bytes::from(made), rest)))
            }
        });
        let whole = futures_util::StreamExt::chain(first, rest);
        let body = Body::from_stream(whole);
        Ok(match &visit.room {
            Some(room) => holding(body, Arc::clone(room)),
            None => body,
        })
    }
}

/// Puts pieces together until there are enough for a slice, or none is left.
fn slice(pieces: &mut Pieces) -> Vec<u8> {
    let mut slice = Vec::new();
    while slice.len() < SLICE {
        match pieces.next() {
            Some(piece) => slice.extend(piece),
            None => break,
        }
    }
    slice
}

/// Returns the tag of a page: of all that it is made of, so that it need not be made to be compared.
pub(super) fn tag_of(made_of: &dyn fmt::Debug) -> String {
    let mut hash = Hash(Sha256::new());
    // Looks change with the program alone.
    hash.0.update(env!("CARGO_PKG_VERSION"));
    hash.0.update(STYLE.as_bytes());
    write!(hash, "{made_of:?}").expect("a hash takes everything");
    short(&hash.0.finalize())
}

/// Returns the tag of a page that is made.
pub(super) fn tag_of_whole(body: &[u8]) -> String {
    short(&Sha256::digest(body))
}

fn short(hash: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(&hash[..18])
}

struct Hash(Sha256);

impl fmt::Write for Hash {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_are_pieces_put_together() {
        let sizes = [1, SLICE, 5, 2 * SLICE, 3];
        let mut pieces: Pieces = Box::new(sizes.into_iter().map(|size| vec![b'x'; size]));
        let made: Vec<usize> = std::iter::repeat_with(|| slice(&mut pieces).len())
            .take_while(|length| *length > 0)
            .collect();
        assert_eq!(made, [SLICE + 1, 2 * SLICE + 5, 3]);
    }

    #[test]
    fn tag_follows_what_a_page_is_made_of() {
        assert_eq!(tag_of(&("a", 1)), tag_of(&("a", 1)));
        assert_ne!(tag_of(&("a", 1)), tag_of(&("a", 2)));
    }
}
