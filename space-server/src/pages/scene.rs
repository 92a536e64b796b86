// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a page is made in: the open part of the space, its words, and the addresses.

use space_core::markup::web::uri;
use space_core::text::MemberName;
use space_core::{
    Category, CategoryId, Language, Member, MemberKind, Post, PostId, Tag, Topic, TopicId,
};

use super::open::Open;
use super::words::Words;
use crate::http::Origin;

/// What every page knows.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) origin: Origin,
    pub(super) words: &'static Words,
    /// The language of what does not say its own.
    pub(super) language: Language,
    pub(super) open: Open,
}

impl Scene {
    /// Returns the address of a path of ours for a link on a page.
    pub(super) fn link(&self, path: &str) -> String {
        format!("{}{}", self.origin.path(), uri(path))
    }

    /// Returns the whole address of a path of ours; without the host when that is not known.
    pub(super) fn whole(&self, path: &str) -> String {
        format!("{}{}", self.origin.base(), uri(path))
    }

    /// Returns the language of a topic's title, and of what in it does not say its own.
    pub(super) fn language_of(&self, topic: &Topic) -> Language {
        let of_category = || self.open.category(topic.category)?.language.clone();
        topic
            .language
            .clone()
            .or_else(of_category)
            .unwrap_or_else(|| self.language.clone())
    }

    /// Returns the language of a post in a topic.
    pub(super) fn language_of_post(&self, topic: &Topic, post: &Post) -> Language {
        let own = post.language.clone();
        own.unwrap_or_else(|| self.language_of(topic))
    }

    /// Returns the language of what a category says of itself.
    pub(super) fn language_of_category(&self, category: &Category) -> Language {
        let own = category.language.clone();
        own.unwrap_or_else(|| self.language.clone())
    }

    /// Returns the name of a category.
    pub(super) fn name_of(&self, id: CategoryId) -> &str {
        self.open
            .category(id)
            .map_or("", |category| category.name.as_str())
    }
}

/// Returns the path of a topic's page, counted from 1.
pub(super) fn path_of_topic(id: TopicId, page: i64) -> String {
    match page {
        1 => format!("/t/{id}"),
        page => format!("/t/{id}?page={page}"),
    }
}

/// Returns the path of a post.
pub(super) fn path_of_post(id: PostId) -> String {
    format!("/p/{id}")
}

/// Returns the path of a category.
pub(super) fn path_of_category(category: &Category) -> String {
    format!("/c/{}", category.slug)
}

/// Returns the path of a tag's page.
pub(super) fn path_of_tag(tag: &Tag) -> String {
    format!("/tag/{tag}")
}

/// Returns the path of a member's page. A name of dots alone has none: browsers would take it for a way up.
pub(super) fn path_of_member(name: &MemberName) -> Option<String> {
    let is_way = name.as_str().chars().all(|c| c == '.');
    (!is_way).then(|| format!("/m/{name}"))
}

/// Returns the name of a member for a text without looks: with the mark of what is no person's own account, and for persons
/// with the name that they chose.
pub(super) fn marked_name(words: &Words, member: &Member) -> String {
    let name = match member.kind {
        MemberKind::Visitor => member.shown_name(),
        MemberKind::Person | MemberKind::Staff | MemberKind::Bot => member.full_name(),
    };
    match words.mark(member.kind) {
        Some(mark) => format!("{name} · {mark}"),
        None => name,
    }
}
