// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was imported of a thing, in short: kept with its origin, so that the next import sees what changed in the
//! archive, and tells that from what was changed here.

use std::fmt::{self, Write};

use sha2::{Digest, Sha256};
use space_core::Tags;

use super::plan::{PlannedPost, PlannedTopic};

/// Stands for a category or member: what they are called here is not changed by a later import.
pub(crate) const WRITTEN: &str = "1";

/// Returns a short fingerprint of a text.
pub(crate) fn fingerprint(text: &str) -> u64 {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter()
        .take(8)
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Returns a short fingerprint of tags; 0 for none.
pub(crate) fn tags_fingerprint(tags: &Tags) -> u64 {
    if tags.is_empty() {
        return 0;
    }
    fingerprint(&tags.joined())
}

/// Writes and reads the fields of a digest, in their order, as `1 field field`. A field that was added later says what it
/// is where there is none.
macro_rules! digest {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty $(= $earlier:literal)?,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) struct $name { $($(#[$field_doc])* pub(crate) $field: $type,)* }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(WRITTEN)?;
                $(f.write_char(' ')?; write!(f, "{}", self.$field)?;)*
                Ok(())
            }
        }

        impl $name {
            /// Reads what was written; `None` for one of another version.
            pub(crate) fn read(text: &str) -> Option<Self> {
                let mut fields = text.split(' ');
                (fields.next() == Some(WRITTEN)).then_some(())?;
                let digest = Self { $($field: fields.next()$(.or(Some($earlier)))?.and_then(|field| field.parse().ok())?,)* };
                fields.next().is_none().then_some(digest)
            }
        }
    };
}

digest! {
    /// What was imported of a topic.
    TopicDigest {
        /// When it began: a topic of another forum with the same number began at another time.
        created_at: i64,
        /// Of the title.
        title: u64,
        /// The category's id in the source; -1 for none.
        category: i64,
        is_closed: bool,
        is_archived: bool,
        is_pinned: bool,
        is_unlisted: bool,
        /// The accepted answer's id in the source; 0 for none.
        answer: i64,
        views: i64,
        /// Numbers up to this are kept free for posts of the import, also while it runs.
        reserved: i64,
        /// Of the tags; 0 for none.
        tags: u64 = "0",
    }
}

digest! {
    /// What was imported of a post.
    PostDigest {
        /// Of the source.
        source: u64,
        is_hidden: bool,
        likes: i64,
        /// The topic's id in the source.
        topic: i64,
    }
}

impl TopicDigest {
    pub(crate) fn of(topic: &PlannedTopic, category: &str) -> Self {
        Self {
            created_at: topic.created_at.millis(),
            title: fingerprint(topic.title.as_str()),
            category: category.parse().unwrap_or(-1),
            is_closed: topic.is_closed,
            is_archived: topic.is_archived,
            is_pinned: topic.is_pinned,
            is_unlisted: topic.is_unlisted,
            answer: topic.answer.unwrap_or(0),
            views: topic.views,
            reserved: topic.last_number,
            tags: tags_fingerprint(&topic.tags),
        }
    }
}

impl PostDigest {
    pub(crate) fn of(post: &PlannedPost, topic: i64, source: &str) -> Self {
        Self {
            source: fingerprint(source),
            is_hidden: post.is_hidden,
            likes: post.likes,
            topic,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let digest = PostDigest {
            source: fingerprint("some text"),
            is_hidden: true,
            likes: 3,
            topic: 12,
        };
        assert_eq!(PostDigest::read(&digest.to_string()), Some(digest));
        assert_eq!(PostDigest::read(""), None);
        assert_eq!(PostDigest::read("1 2"), None);
        assert_eq!(PostDigest::read("2 5 true 3 12"), None);
        assert_eq!(PostDigest::read(&format!("{digest} 9")), None);
    }

    #[test]
    fn what_was_written_before_there_were_tags_is_read() {
        let earlier = "1 5 7 3 true false false false 0 9 2";
        let digest = TopicDigest::read(earlier).unwrap();
        assert_eq!((digest.reserved, digest.tags), (2, 0));
        assert_eq!(digest.to_string(), format!("{earlier} 0"));
    }
}
