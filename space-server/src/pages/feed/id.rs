// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Ids of feeds and entries: the same for ever, whatever host or title a thing gets.

use std::fmt::Display;

use sha2::{Digest as _, Sha256};
use space_core::text::SpaceIdentity;
use space_core::{Space, Tag};

/// Returns the id of a topic or post.
pub(super) fn urn(space: &Space, number: i64) -> String {
    made_of(space, "thing", number)
}

/// Returns the id of the feed of something; 0 is the space itself. It is another than that of the thing.
pub(super) fn urn_of_feed(space: &Space, number: i64) -> String {
    made_of(space, "feed", number)
}

/// Returns the id of the feed of a tag.
pub(super) fn urn_of_tag(space: &Space, tag: &Tag) -> String {
    made_of(space, "tag", tag)
}

/// A UUID of version 8 (RFC 9562 §5.8) made of the identity of the space, what it is, and its number: a space that moves to
/// another host, or is restored from a backup, keeps it, and readers of its feeds find nothing twice. Two spaces that were
/// made in the same moment have different ones.
fn made_of(space: &Space, what: &str, which: impl Display) -> String {
    let identity = space.identity.as_ref().map_or("", SpaceIdentity::as_str);
    let hash = Sha256::digest(format!("space {identity} {what} {which}").as_bytes());
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

    fn space(name: &str, identity: &str) -> Space {
        Space {
            name: Label::parse(name).unwrap(),
            about: About::parse("").unwrap(),
            created_at: Timestamp::from_millis(5),
            revision: 1,
            identity: Some(SpaceIdentity::parse(identity).unwrap()),
        }
    }

    #[test]
    fn ids_stay_when_the_space_is_renamed_and_differ_otherwise() {
        const A: &str = "0123456789abcdef0123456789abcdef";
        const B: &str = "0123456789abcdef0123456789abcdee";
        let id = urn(&space("One", A), 5);
        assert_eq!(id, "urn:uuid:16a3e8af-b803-8d7b-bfe7-eaf5955db519");
        assert_eq!(id, urn(&space("Two", A), 5));
        let others = [
            urn(&space("One", A), 6),
            urn(&space("One", B), 5),
            urn_of_feed(&space("One", A), 5),
            urn_of_tag(&space("One", A), &Tag::parse("5").unwrap()),
        ];
        assert!(!others.contains(&id));
    }
}
