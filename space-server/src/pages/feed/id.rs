// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Ids of feeds and entries: the same for ever, whatever host or title a thing gets.

use sha2::{Digest as _, Sha256};
use space_core::Space;

/// Returns the id of a topic or post.
pub(super) fn urn(space: &Space, number: i64) -> String {
    made_of(space, "thing", number)
}

/// Returns the id of the feed of something; 0 is the space itself. It is another than that of the thing.
pub(super) fn urn_of_feed(space: &Space, number: i64) -> String {
    made_of(space, "feed", number)
}

/// A UUID of version 8 (RFC 9562 §5.8) made of when the space began, what it is, and its number: a space that moves to
/// another host, or is restored from a backup, keeps it, and readers of its feeds find nothing twice.
fn made_of(space: &Space, what: &str, number: i64) -> String {
    let born = space.created_at.millis();
    let hash = Sha256::digest(format!("space {born} {what} {number}").as_bytes());
    let mut bytes: [u8; 16] = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let value = u128::from_be_bytes(bytes);
    format!(
        "urn:uuid:{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        value >> 96,
        (value >> 80) & 0xffff,
        (value >> 64) & 0xffff,
        (value >> 48) & 0xffff,
        value & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use space_core::Timestamp;
    use space_core::text::{About, Label};

    fn space(name: &str, born: i64) -> Space {
        Space {
            name: Label::parse(name).unwrap(),
            about: About::parse("").unwrap(),
            created_at: Timestamp::from_millis(born),
            revision: 1,
            identity: None,
        }
    }

    #[test]
    fn ids_stay_when_the_space_is_renamed_and_differ_otherwise() {
        let id = urn(&space("One", 1_600_000_000_000), 5);
        assert_eq!(id, "urn:uuid:835e1964-b008-8710-bf13-33c6d29c4eb2");
        assert_eq!(id, urn(&space("Two", 1_600_000_000_000), 5));
        let others = [
            urn(&space("One", 1_600_000_000_000), 6),
            urn(&space("One", 1_600_000_000_001), 5),
            urn_of_feed(&space("One", 1_600_000_000_000), 5),
        ];
        assert!(!others.contains(&id));
    }
}
