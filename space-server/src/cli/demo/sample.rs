// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The bundled community, read from `space-server/sample/`.

use serde::Deserialize;
use space_core::text::{About, DisplayName, Label, MemberName, PostSource, Slug, TopicTitle};
use space_core::{Colour, Language, MemberKind, Role};

use crate::config::Period;

macro_rules! bundled {
    ($($name:literal),* $(,)?) => {
        /// Name and text of every topic.
        const TOPICS: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../../sample/topics/", $name, ".toml")))),*
        ];
    };
}

bundled!(
    "arabic-shelf",
    "boxes",
    "count-pages",
    "introduce-yourself",
    "lecturas",
    "moving-day",
    "one-shelf",
    "opening-hours",
    "stammtisch",
    "start-here",
    "tea",
    "winter-rota",
);

const COMMUNITY: &str = include_str!("../../../sample/community.toml");

/// A community as data.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) community: Community,
    pub(super) topics: Vec<Topic>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Community {
    pub(super) name: Label,
    pub(super) about: About,
    #[serde(rename = "member")]
    pub(super) members: Vec<Member>,
    #[serde(rename = "group")]
    pub(super) groups: Vec<Group>,
    #[serde(rename = "category")]
    pub(super) categories: Vec<Category>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Member {
    pub(super) name: MemberName,
    #[serde(default)]
    pub(super) display_name: Option<DisplayName>,
    #[serde(default = "person")]
    pub(super) kind: MemberKind,
    #[serde(default)]
    pub(super) roles: Vec<Role>,
}

fn person() -> MemberKind {
    MemberKind::Person
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) slug: Slug,
    pub(super) name: Label,
    pub(super) is_closed: bool,
    pub(super) members: Vec<MemberName>,
}

/// A category; those that others name stand before them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Category {
    pub(super) slug: Slug,
    #[serde(default)]
    pub(super) parent: Option<Slug>,
    pub(super) name: Label,
    pub(super) about: About,
    #[serde(default)]
    pub(super) colour: Option<Colour>,
    #[serde(default)]
    pub(super) language: Option<Language>,
    /// The group that alone may read it.
    #[serde(default)]
    pub(super) closed_to: Option<Slug>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topic {
    pub(super) category: Slug,
    pub(super) title: TopicTitle,
    #[serde(default)]
    pub(super) language: Option<Language>,
    /// Whether a moderator has closed it in the end.
    #[serde(default)]
    pub(super) is_closed: bool,
    #[serde(rename = "post")]
    pub(super) posts: Vec<Post>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Post {
    pub(super) by: MemberName,
    /// How long before the demonstration it was written.
    pub(super) ago: Period,
    /// The number of the post in this topic that it answers.
    #[serde(default)]
    pub(super) answers: Option<usize>,
    #[serde(default)]
    pub(super) language: Option<Language>,
    pub(super) text: PostSource,
}

impl Sample {
    /// Reads what is bundled.
    ///
    /// # Panics
    ///
    /// Never: a test reads it too.
    pub(super) fn read() -> Self {
        Self {
            community: toml::from_str(COMMUNITY).expect("the bundled community can be read"),
            topics: TOPICS
                .iter()
                .map(|(_, text)| toml::from_str(text).expect("the bundled topics can be read"))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_file_is_bundled_and_can_be_read() {
        for (name, text) in TOPICS {
            if let Err(error) = toml::from_str::<Topic>(text) {
                panic!("{name}: {error}");
            }
        }
        toml::from_str::<Community>(COMMUNITY).unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample/topics");
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        let bundled = TOPICS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(files, bundled);
    }

    #[test]
    fn it_shows_what_a_community_is_made_of() {
        let sample = Sample::read();
        let text: String = sample
            .topics
            .iter()
            .flat_map(|topic| &topic.posts)
            .map(|post| post.text.as_str())
            .collect();
        assert!(text.contains("```rust"), "code");
        assert!(text.contains("|---|"), "a table");
        assert!(text.contains('ك'), "right-to-left text");
        let languages: BTreeSet<_> = sample
            .topics
            .iter()
            .flat_map(|topic| &topic.posts)
            .filter_map(|post| post.language.as_ref())
            .collect();
        assert!(languages.len() >= 5, "{languages:?}");
        assert!(sample.community.groups.iter().any(|group| group.is_closed));
    }
}
