// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What most stories begin with: a category, a topic, a reply. Each is sent with a key made of its text.

use space_core::client::api::{Api, ApiError, IdempotencyKey};
use space_core::protocol::{CreateCategory, Reply, StartTopic};
use space_core::{Access, CategoryId, Post, TopicId};

/// Makes a key of a text.
///
/// # Panics
///
/// When the text is empty or very long.
pub fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text.replace(' ', "-")).expect("the text of a story makes a key")
}

/// Makes a category, open to everyone unless told otherwise.
///
/// # Panics
///
/// When that fails.
pub async fn category(api: &Api, slug: &str, access: Option<Access>) -> CategoryId {
    let create = CreateCategory {
        parent: None,
        slug: slug.to_owned().try_into().expect("a story has good names"),
        name: slug.to_owned().try_into().expect("a story has good names"),
        about: None,
        colour: None,
        language: None,
        access,
    };
    api.create_category(&create, &key(slug))
        .await
        .expect("the category can be made")
        .id
}

/// Starts a topic whose first post says "first".
///
/// # Panics
///
/// When that fails.
pub async fn topic(api: &Api, category: CategoryId, title: &str) -> TopicId {
    let start = StartTopic {
        category,
        title: title
            .to_owned()
            .try_into()
            .expect("a story has good titles"),
        source: "first"
            .to_owned()
            .try_into()
            .expect("a story has good texts"),
        language: None,
        tags: space_core::Tags::default(),
        written_at: None,
    };
    api.start_topic(&start, &key(title))
        .await
        .expect("the topic can be started")
        .topic
        .id
}

/// Replies; the same text by the same member is written once.
///
/// # Errors
///
/// When the server refuses, or does not answer.
///
/// # Panics
///
/// When the text is not one of a post.
pub async fn reply(api: &Api, topic: TopicId, text: &str) -> Result<Post, ApiError> {
    let reply = Reply {
        reply_to: None,
        source: text.to_owned().try_into().expect("a story has good texts"),
        language: None,
        written_at: None,
    };
    api.reply(topic, &reply, &key(text)).await
}
