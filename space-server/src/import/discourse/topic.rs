// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Topic documents: `/t/ID.json`, and the further chunks `/t/ID/posts.json` of long topics.

use serde::Deserialize;
use space_core::Timestamp;
use space_core::markup::html;

use super::field::{Raw, Reader};
use super::post::{self, PostDoc};
use crate::import::finding::{FindingKind, Findings};

/// What a document of a topic is, from the least to the most that it tells of the topic itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// Further posts of a long topic, without its title.
    Chunk,
    /// A post that stands alone and names its topic.
    Post,
    /// The topic.
    Topic,
}

/// A topic, or some of its posts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of the source"
)]
pub(crate) struct TopicDoc {
    pub(crate) id: i64,
    pub(crate) form: Form,
    /// Absent in further chunks of a long topic.
    pub(crate) title: Option<String>,
    pub(crate) slug: Option<String>,
    pub(crate) category_id: Option<i64>,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) last_posted_at: Option<Timestamp>,
    /// When it last moved up in the lists.
    pub(crate) bumped_at: Option<Timestamp>,
    pub(crate) deleted_at: Option<Timestamp>,
    /// How many posts it says it has.
    pub(crate) posts_count: Option<i64>,
    /// They only rise; 0 where they are not told.
    pub(crate) views: i64,
    pub(crate) is_closed: bool,
    pub(crate) is_archived: bool,
    pub(crate) is_pinned: bool,
    pub(crate) is_visible: bool,
    /// A conversation between named people.
    pub(crate) is_private: bool,
    pub(crate) is_deleted: bool,
    /// The number of the accepted answer.
    pub(crate) answer: Option<i64>,
    /// The names of its tags.
    pub(crate) tags: Vec<String>,
    /// The ids of all posts that could be seen, in their order.
    pub(crate) stream: Vec<i64>,
    pub(crate) posts: Vec<PostDoc>,
    /// Hosts that the forum itself says are its own.
    pub(crate) own_hosts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct TopicFields<'a> {
    post_stream: Raw<'a>,
    id: Raw<'a>,
    title: Raw<'a>,
    unicode_title: Raw<'a>,
    fancy_title: Raw<'a>,
    slug: Raw<'a>,
    bumped_at: Raw<'a>,
    posts_count: Raw<'a>,
    category_id: Raw<'a>,
    created_at: Raw<'a>,
    last_posted_at: Raw<'a>,
    views: Raw<'a>,
    closed: Raw<'a>,
    archived: Raw<'a>,
    pinned: Raw<'a>,
    pinned_globally: Raw<'a>,
    visible: Raw<'a>,
    archetype: Raw<'a>,
    deleted_at: Raw<'a>,
    accepted_answer: Raw<'a>,
    details: Raw<'a>,
    tags: Raw<'a>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct StreamFields<'a> {
    posts: Raw<'a>,
    stream: Raw<'a>,
}

/// Reads a topic document that is known to be sound JSON with a `post_stream`.
pub(super) fn read(name: &str, json: &str, findings: &mut Findings) -> Option<TopicDoc> {
    let mut skip = |what: &dyn std::fmt::Display| findings.add(FindingKind::Document, name, what);
    let fields: TopicFields<'_> = match serde_json::from_str(json) {
        Ok(fields) => fields,
        Err(error) => {
            skip(&format_args!("is not a sound topic: {error}"));
            return None;
        }
    };
    let stream = fields
        .post_stream
        .map(|raw| serde_json::from_str::<StreamFields<'_>>(raw.get()));
    let Some(Ok(stream)) = stream else {
        skip(&"is not a sound topic: post_stream is not an object");
        return None;
    };
    let mut reader = Reader {
        place: name.to_owned(),
        findings,
    };
    let Some(id) = reader.number("id", fields.id).filter(|id| *id > 0) else {
        findings.add(FindingKind::Document, name, "is a topic without an id");
        return None;
    };
    let title = reader.text("unicode_title", fields.unicode_title);
    let title = title
        .filter(|title| !title.is_empty())
        .or_else(|| reader.text("title", fields.title))
        .or_else(|| {
            // The title again, in HTML.
            let fancy = reader.text("fancy_title", fields.fancy_title)?;
            Some(html::to_line(&fancy)).filter(|title| !title.is_empty())
        });
    let mut topic = TopicDoc {
        id,
        form: if title.is_some() {
            Form::Topic
        } else {
            Form::Chunk
        },
        title,
        slug: reader.text("slug", fields.slug),
        category_id: reader.number("category_id", fields.category_id),
        created_at: reader.moment("created_at", fields.created_at),
        last_posted_at: reader.moment("last_posted_at", fields.last_posted_at),
        bumped_at: reader.moment("bumped_at", fields.bumped_at),
        deleted_at: reader.moment("deleted_at", fields.deleted_at),
        posts_count: reader.count("posts_count", fields.posts_count),
        views: reader.count("views", fields.views).unwrap_or(0),
        is_closed: reader.flag("closed", fields.closed),
        is_archived: reader.flag("archived", fields.archived),
        is_pinned: reader.flag("pinned", fields.pinned)
            | reader.flag("pinned_globally", fields.pinned_globally),
        is_visible: fields.visible.is_none() || reader.flag("visible", fields.visible),
        is_private: reader
            .text("archetype", fields.archetype)
            .is_some_and(|a| a == "private_message"),
        is_deleted: fields.deleted_at.is_some(),
        answer: answer(fields.accepted_answer),
        tags: Vec::new(),
        stream: Vec::new(),
        posts: Vec::new(),
        own_hosts: own_hosts(fields.details),
    };
    for raw in reader.list("tags", fields.tags) {
        match tag(raw) {
            Some(name) => topic.tags.push(name),
            None => reader.unusable("tags", raw, "the name of a tag"),
        }
    }
    for id in reader.list("stream", stream.stream) {
        topic.stream.extend(reader.number("stream", Some(id)));
    }
    for (at, raw) in reader.list("posts", stream.posts).into_iter().enumerate() {
        topic
            .posts
            .extend(post::read(name, id, at, raw, reader.findings));
    }
    Some(topic)
}

/// Makes the document of a topic of which nothing but one post is known.
pub(super) fn of_post(mut post: PostDoc) -> Option<TopicDoc> {
    let about = std::mem::take(&mut post.topic);
    Some(TopicDoc {
        id: post.topic_id?,
        form: Form::Post,
        title: about.title,
        slug: about.slug,
        category_id: about.category,
        created_at: None,
        last_posted_at: post.created_at,
        bumped_at: None,
        deleted_at: None,
        posts_count: None,
        views: 0,
        is_closed: false,
        is_archived: false,
        is_pinned: false,
        is_visible: true,
        is_private: false,
        is_deleted: false,
        answer: None,
        tags: Vec::new(),
        stream: Vec::new(),
        posts: vec![post],
        own_hosts: Vec::new(),
    })
}

/// The name of a tag: a text, or an object with it.
fn tag(raw: &serde_json::value::RawValue) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Named {
        Text(String),
        Object { name: String },
    }
    match serde_json::from_str(raw.get()).ok()? {
        Named::Text(name) | Named::Object { name } => Some(name),
    }
}

/// The accepted answer of a topic: an object with the post's number, where it is known.
fn answer(raw: Raw<'_>) -> Option<i64> {
    #[derive(Deserialize)]
    struct Answer {
        post_number: i64,
    }
    serde_json::from_str::<Answer>(raw?.get())
        .ok()
        .map(|answer| answer.post_number)
}

/// The hosts of links to topics that the forum marked as its own.
fn own_hosts(details: Raw<'_>) -> Vec<String> {
    #[derive(Deserialize)]
    struct Details {
        #[serde(default)]
        links: Vec<Link>,
    }
    #[derive(Deserialize)]
    struct Link {
        #[serde(default)]
        internal: bool,
        #[serde(default)]
        url: String,
    }
    let Some(details) = details.and_then(|raw| serde_json::from_str::<Details>(raw.get()).ok())
    else {
        return Vec::new();
    };
    let hosts = details
        .links
        .iter()
        .filter(|link| link.internal)
        .filter_map(|link| {
            let rest = link.url.split_once("//")?.1;
            let (host, path) = rest.split_once('/')?;
            path.starts_with("t/").then(|| host.to_ascii_lowercase())
        });
    hosts.collect()
}
