// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The bundled community, read from `space-server/sample/`.

use serde::Deserialize;
use space_core::text::{About, DisplayName, Label, MemberName, Slug};
use space_core::{Colour, Language, MemberKind, Role};

use super::script;

/// Says which files are bundled, so that a test can tell which are forgotten.
macro_rules! bundled {
    ($constant:ident: $kind:ty, $read:ident, $folder:literal, $ending:literal, [$($name:literal),* $(,)?]) => {
        const $constant: &[(&str, $kind)] = &[
            $(($name, $read!(concat!("../../../sample/", $folder, "/", $name, ".", $ending)))),*
        ];
    };
}

bundled!(TOPICS: &str, include_str, "topics", "md", [
    "caretakers", "deutsch", "espanol", "francais", "languages", "news", "repair", "rooms", "software", "staff",
    "welcome", "workshop",
]);

bundled!(PICTURES: &[u8], include_bytes, "media", "png", [
    "barometer", "floor-plan", "loans", "moth", "night-lamp", "stitches",
]);

const COMMUNITY: &str = include_str!("../../../sample/community.toml");

/// What members write while somebody looks on.
const LIVE: &str = include_str!("../../../sample/live.md");

/// A community as data.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) community: Community,
    /// Topics, with their category.
    pub(super) topics: Vec<(Slug, script::Topic)>,
    /// Pictures, by the name that posts give them: `media:NAME.png`.
    pub(super) pictures: Vec<(String, &'static [u8])>,
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
    #[serde(default)]
    pub(super) access: Opening,
}

/// For whom a category is.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Opening {
    /// Everybody reads, and members write.
    #[default]
    Open,
    /// Everybody reads, members answer, and staff begins topics.
    News,
    /// Staff alone.
    Staff,
    /// One group alone.
    Group(Slug),
}

impl Sample {
    /// Reads what is bundled.
    ///
    /// # Panics
    ///
    /// Never: a test reads it too.
    pub(super) fn read() -> Self {
        let topics = TOPICS.iter().flat_map(|(name, text)| {
            let slug = Slug::parse(name).expect("the files are named after categories");
            let topics = script::read(text).expect("the bundled topics can be read");
            topics.into_iter().map(move |topic| (slug.clone(), topic))
        });
        Self {
            community: toml::from_str(COMMUNITY).expect("the bundled community can be read"),
            topics: topics.collect(),
            pictures: PICTURES
                .iter()
                .map(|(name, bytes)| (format!("{name}.png"), *bytes))
                .collect(),
        }
    }

    /// Reads what members write while somebody looks on: each topic has the title of one that is there.
    ///
    /// # Panics
    ///
    /// Never: a test reads it too.
    pub(super) fn live() -> Vec<script::Topic> {
        script::read(LIVE).expect("the bundled topics can be read")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    fn files(folder: &str) -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("sample")
            .join(folder);
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn every_file_is_bundled_and_can_be_read() {
        for (name, text) in TOPICS.iter().chain([&("../live", LIVE)]) {
            if let Err(error) = script::read(text) {
                panic!("{name}.md: {error}");
            }
        }
        toml::from_str::<Community>(COMMUNITY).unwrap();
        let bundled = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        assert_eq!(
            files("topics"),
            bundled(TOPICS.iter().map(|(name, _)| *name).collect())
        );
        assert_eq!(
            files("media"),
            bundled(PICTURES.iter().map(|(name, _)| *name).collect())
        );
    }

    #[test]
    fn what_is_named_is_there() {
        let sample = Sample::read();
        let members: BTreeSet<_> = sample.community.members.iter().map(|m| &m.name).collect();
        let categories: BTreeSet<_> = sample
            .community
            .categories
            .iter()
            .map(|c| &c.slug)
            .collect();
        let mut used = BTreeSet::new();
        let live = Sample::live();
        let titles: BTreeSet<_> = sample
            .topics
            .iter()
            .map(|(_, topic)| &topic.title)
            .collect();
        for topic in &live {
            assert!(titles.contains(&topic.title), "{}", topic.title);
        }
        for (slug, topic) in &sample.topics {
            assert!(categories.contains(slug), "{slug}");
            for post in &topic.posts {
                assert!(members.contains(&post.by), "{} in {}", post.by, topic.title);
                for name in post.text.as_str().split("(media:").skip(1) {
                    used.insert(name.split(')').next().unwrap().to_owned());
                }
            }
        }
        for topic in live {
            assert!(topic.posts.iter().all(|post| members.contains(&post.by)));
        }
        let pictures = sample.pictures.into_iter().map(|(name, _)| name).collect();
        assert_eq!(used, pictures, "pictures named in posts");
    }

    #[test]
    fn it_shows_what_a_community_is_made_of() {
        let sample = Sample::read();
        let topics: Vec<_> = sample.topics.iter().map(|(_, topic)| topic).collect();
        let posts: Vec<_> = topics.iter().flat_map(|topic| &topic.posts).collect();
        assert!(topics.len() >= 60, "{} topics", topics.len());
        assert!(posts.len() >= 400, "{} posts", posts.len());
        assert!(sample.community.members.len() >= 12);
        let text: String = posts.iter().map(|post| post.text.as_str()).collect();
        for (what, mark) in [
            ("code", "```rust"),
            ("more code", "```python"),
            ("a table", "|---|"),
            ("a task list", "- [x]"),
            ("a quotation", "\n> "),
            ("a picture", "!["),
            ("a mention", "@"),
            ("a link", "](https://"),
            ("Arabic", "ك"),
            ("Hebrew", "ש"),
            ("Hindi", "क"),
            ("Japanese", "本"),
        ] {
            assert!(text.contains(mark), "{what}");
        }
        let mut languages = BTreeMap::new();
        for topic in &topics {
            for post in &topic.posts {
                if let Some(language) = post.language.as_ref().or(topic.language.as_ref()) {
                    *languages.entry(language.as_str()).or_insert(0) += 1;
                }
            }
        }
        assert!(languages.len() >= 8, "{languages:?}");
        let depth = |topic: &script::Topic| {
            let mut depths: Vec<usize> = Vec::new();
            for post in &topic.posts {
                let above = post.answers.map_or(0, |number| depths[number - 1] + 1);
                depths.push(above);
            }
            depths.into_iter().max().unwrap_or(0)
        };
        assert!(topics.iter().map(|topic| depth(topic)).max() >= Some(5));
        assert!(topics.iter().any(|topic| topic.closed.is_some()));
        assert!(posts.iter().any(|post| !post.edits.is_empty()));
        assert!(sample.community.groups.iter().any(|group| group.is_closed));
    }
}
