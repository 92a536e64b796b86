// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was imported of a thing, in short: kept with its origin, so that the next import sees what changed in the
//! archive, and tells that from what was changed here.

use std::fmt::{self, Write};
use std::str::FromStr;

use sha2::{Digest, Sha256};
use space_core::{PostKind, Tags, Timestamp};

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
        /// The latest moment that documents of it told of; 0 for unknown.
        seen_at: i64 = "0",
        /// Whether every post that the source showed of it was there.
        is_whole: bool = "false",
        gone: Presence = "0",
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
        /// When it changed last at the source; 0 for unknown.
        updated_at: i64 = "0",
        gone: Presence = "0",
        /// 1 regular, 2 by a moderator, 3 a notice; 0 for unknown.
        kind: u8 = "0",
        /// The revision that the import left here; 0 for unknown. Another one here says that somebody changed it.
        revision: i64 = "0",
    }
}

/// Whether a thing is there, at the source and here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// At the source, and here.
    There,
    /// Gone at the source, and withdrawn here by an import.
    Withdrawn,
    /// Gone at the source; here it is as was decided here.
    Decided,
}

impl fmt::Display for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::There => "0",
            Self::Withdrawn => "1",
            Self::Decided => "2",
        })
    }
}

impl FromStr for Presence {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "0" => Ok(Self::There),
            "1" => Ok(Self::Withdrawn),
            "2" => Ok(Self::Decided),
            _ => Err(()),
        }
    }
}

/// Whether everyone could read a category at the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CategoryAccess {
    Open,
    Closed,
    /// An import of an earlier version did not note it.
    Unknown,
}

/// What was imported of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CategoryDigest {
    pub(crate) access: CategoryAccess,
    /// `None` when an import of an earlier version did not note it.
    pub(crate) said: Option<CategorySaid>,
}

/// What an import left here of a category, or what the source said when that was edited here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CategorySaid {
    pub(crate) name: u64,
    pub(crate) about: u64,
    /// 0 for none.
    pub(crate) colour: u64,
    pub(crate) position: i64,
    /// Of the id in the source of the category that it stands under; 0 for none.
    pub(crate) parent: u64,
    /// The name was given to the import, and counts more than what the source says.
    pub(crate) is_named: bool,
}

impl CategoryAccess {
    pub(crate) fn of(is_restricted: bool) -> Self {
        if is_restricted {
            Self::Closed
        } else {
            Self::Open
        }
    }
}

impl CategoryDigest {
    pub(crate) fn read(text: &str) -> Self {
        let mut fields = text.split(' ').skip(1);
        let access = match fields.next() {
            Some("open") => CategoryAccess::Open,
            Some("closed") => CategoryAccess::Closed,
            _ => CategoryAccess::Unknown,
        };
        let mut number = || fields.next()?.parse().ok();
        let hashes = (number(), number(), number());
        let (position, parent) = (fields.next(), fields.next());
        let said = match (hashes, position, parent, fields.next()) {
            (
                (Some(name), Some(about), Some(colour)),
                Some(position),
                Some(parent),
                Some(named),
            ) => position
                .parse()
                .ok()
                .zip(parent.parse().ok())
                .map(|(position, parent)| CategorySaid {
                    name,
                    about,
                    colour,
                    position,
                    parent,
                    is_named: named == "true",
                }),
            _ => None,
        };
        Self { access, said }
    }

    /// Returns the same, closed at the source.
    pub(crate) fn closed(self) -> Self {
        Self {
            access: CategoryAccess::Closed,
            ..self
        }
    }
}

impl fmt::Display for CategoryDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(WRITTEN)?;
        f.write_str(match (self.access, self.said) {
            (CategoryAccess::Open, _) => " open",
            (CategoryAccess::Closed, _) => " closed",
            (CategoryAccess::Unknown, Some(_)) => " unknown",
            (CategoryAccess::Unknown, None) => "",
        })?;
        let Some(said) = &self.said else {
            return Ok(());
        };
        let CategorySaid {
            name,
            about,
            colour,
            position,
            parent,
            is_named,
        } = said;
        write!(f, " {name} {about} {colour} {position} {parent} {is_named}")
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
            seen_at: topic.seen_at.millis(),
            is_whole: topic.is_whole,
            gone: Presence::There,
        }
    }
}

impl TopicDigest {
    /// Returns whether both say the same to a reader, whatever else was noted.
    pub(crate) fn says_as(&self, other: &Self) -> bool {
        let said = |digest: &Self| {
            (
                (digest.title, digest.tags, digest.category, digest.answer),
                (digest.is_closed, digest.is_archived),
                (digest.is_pinned, digest.is_unlisted),
            )
        };
        said(self) == said(other)
    }
}

impl PostDigest {
    pub(crate) fn of(post: &PlannedPost, topic: i64, source: &str) -> Self {
        Self {
            source: fingerprint(source),
            is_hidden: post.is_hidden,
            likes: post.likes,
            topic,
            updated_at: post.updated_at.map_or(0, Timestamp::millis),
            gone: Presence::There,
            kind: match post.kind {
                PostKind::Regular => 1,
                PostKind::Moderator => 2,
                PostKind::Notice => 3,
            },
            revision: 1,
        }
    }

    /// Returns whether both say the same to a reader, whatever else was noted.
    pub(crate) fn says_as(&self, other: &Self) -> bool {
        (self.source, self.is_hidden) == (other.source, other.is_hidden)
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
            updated_at: 77,
            gone: Presence::Withdrawn,
            kind: 1,
            revision: 4,
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
        assert_eq!((digest.seen_at, digest.gone), (0, Presence::There));
        assert_eq!(digest.to_string(), format!("{earlier} 0 0 false 0"));
        let post = PostDigest::read("1 5 true 3 12").unwrap();
        assert_eq!((post.updated_at, post.revision), (0, 0));
        let unknown = CategoryDigest {
            access: CategoryAccess::Unknown,
            said: None,
        };
        assert_eq!(CategoryDigest::read(WRITTEN), unknown);
        let closed = CategoryDigest::read("1 closed");
        assert_eq!((closed.access, closed.said), (CategoryAccess::Closed, None));
    }

    #[test]
    fn category_digest_is_read_as_written() {
        let said = CategorySaid {
            name: fingerprint("Talk"),
            about: 0,
            colour: 7,
            position: -3,
            parent: u64::MAX,
            is_named: true,
        };
        for access in [
            CategoryAccess::Open,
            CategoryAccess::Closed,
            CategoryAccess::Unknown,
        ] {
            for said in [None, Some(said)] {
                let digest = CategoryDigest { access, said };
                assert_eq!(CategoryDigest::read(&digest.to_string()), digest);
            }
        }
        let cut = CategoryDigest::read("1 open 5 6 7 8");
        assert_eq!((cut.access, cut.said), (CategoryAccess::Open, None));
    }
}
