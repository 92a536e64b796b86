// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Posts, as they stand within topic documents.

use serde::Deserialize;
use serde_json::value::RawValue;
use space_core::Timestamp;

use super::field::{Raw, Reader};
use crate::import::finding::{FindingKind, Findings};

/// One post.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of the source"
)]
pub(crate) struct PostDoc {
    pub(crate) id: i64,
    /// The topic that the post says it is in.
    pub(crate) topic_id: Option<i64>,
    /// What a post that stands alone says of its topic.
    pub(crate) topic: AboutTopic,
    pub(crate) number: Option<i64>,
    /// 1 regular, 2 by a moderator, 3 a note of something that happened, 4 for staff alone.
    pub(crate) kind: i64,
    pub(crate) user: UserDoc,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) updated_at: Option<Timestamp>,
    /// Above 1 when it was edited.
    pub(crate) version: i64,
    pub(crate) text: PostText,
    pub(crate) reply_to: Option<i64>,
    pub(crate) likes: i64,
    pub(crate) is_hidden: bool,
    /// Its author took it back.
    pub(crate) is_taken_back: bool,
    pub(crate) is_removed: bool,
    /// When it was removed, where that is said.
    pub(crate) removed_at: Option<Timestamp>,
    pub(crate) is_answer: bool,
    pub(crate) action: Option<String>,
    /// To whom it was done.
    pub(crate) action_who: Option<String>,
    /// `None` where the document does not tell of polls.
    pub(crate) polls: Option<Vec<Poll>>,
    /// The host of the forum, as the address of the author's picture names it.
    pub(crate) own_host: Option<String>,
}

/// What a post that stands alone says of its topic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct AboutTopic {
    pub(crate) title: Option<String>,
    pub(crate) slug: Option<String>,
    pub(crate) category: Option<i64>,
}

/// What a post says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PostText {
    /// As the forum rendered it.
    Html(String),
    /// As it was written, where only that was saved.
    Markdown(String),
}

/// Who wrote something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct UserDoc {
    pub(crate) id: Option<i64>,
    pub(crate) username: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) trust_level: i64,
    pub(crate) is_admin: bool,
    pub(crate) is_moderator: bool,
    pub(crate) is_suspended: bool,
}

/// A poll within a post, with how it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Poll {
    /// HTML; mostly there is none.
    pub(crate) title: Option<String>,
    /// HTML of each option, and its votes when they are public.
    pub(crate) options: Vec<(String, Option<i64>)>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct PostFields<'a> {
    id: Raw<'a>,
    topic_id: Raw<'a>,
    topic_title: Raw<'a>,
    topic_slug: Raw<'a>,
    category_id: Raw<'a>,
    avatar_template: Raw<'a>,
    action_code_who: Raw<'a>,
    post_number: Raw<'a>,
    post_type: Raw<'a>,
    user_id: Raw<'a>,
    username: Raw<'a>,
    name: Raw<'a>,
    trust_level: Raw<'a>,
    admin: Raw<'a>,
    moderator: Raw<'a>,
    user_suspended: Raw<'a>,
    created_at: Raw<'a>,
    updated_at: Raw<'a>,
    version: Raw<'a>,
    cooked: Raw<'a>,
    raw: Raw<'a>,
    reply_to_post_number: Raw<'a>,
    actions_summary: Raw<'a>,
    hidden: Raw<'a>,
    cooked_hidden: Raw<'a>,
    user_deleted: Raw<'a>,
    deleted_at: Raw<'a>,
    accepted_answer: Raw<'a>,
    action_code: Raw<'a>,
    polls: Raw<'a>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct PollFields<'a> {
    title: Raw<'a>,
    options: Raw<'a>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct OptionFields<'a> {
    html: Raw<'a>,
    votes: Raw<'a>,
}

/// The action under which Discourse counts likes.
const LIKE: i64 = 2;

/// Reads one entry of the posts of a topic document.
pub(super) fn read(
    name: &str,
    topic: i64,
    at: usize,
    raw: &RawValue,
    findings: &mut Findings,
) -> Option<PostDoc> {
    let place = format!("{name}, entry {} of topic {topic}", at + 1);
    read_one(place, Some(topic), raw.get(), findings)
}

/// Reads a post that stands alone; `None` when it does not say which topic it is of.
pub(super) fn read_alone(name: &str, json: &str, findings: &mut Findings) -> Option<PostDoc> {
    let post = read_one(name.to_owned(), None, json, findings)?;
    if post.topic_id.is_none_or(|topic| topic <= 0) {
        findings.add(FindingKind::Post, name, "does not say which topic it is of");
        return None;
    }
    Some(post)
}

fn read_one(
    place: String,
    topic: Option<i64>,
    json: &str,
    findings: &mut Findings,
) -> Option<PostDoc> {
    let fields: PostFields<'_> = match serde_json::from_str(json) {
        Ok(fields) => fields,
        Err(error) => {
            findings.add(
                FindingKind::Post,
                place,
                format!("is not a sound post: {error}"),
            );
            return None;
        }
    };
    let mut reader = Reader { place, findings };
    let Some(id) = reader.number("id", fields.id).filter(|id| *id > 0) else {
        let place = reader.place;
        findings.add(FindingKind::Post, place, "is a post without an id");
        return None;
    };
    let topic_id = reader.number("topic_id", fields.topic_id);
    reader.place = match topic.or(topic_id) {
        Some(topic) => format!("topic {topic}, post {id}"),
        None => format!("post {id}"),
    };
    // The HTML counts even where the source is there, too: in it the forum has resolved what only it can - quotes of other
    // posts, mentions, uploads by their short names, polls, emoji. The source is for measuring what comes out.
    let text = if let Some(html) = reader.text("cooked", fields.cooked) {
        PostText::Html(without_controls(&mut reader, html))
    } else {
        let source = reader.text("raw", fields.raw).unwrap_or_default();
        PostText::Markdown(without_controls(&mut reader, source))
    };
    let is_hidden =
        reader.flag("hidden", fields.hidden) | reader.flag("cooked_hidden", fields.cooked_hidden);
    let kind = reader.number("post_type", fields.post_type).unwrap_or(1);
    if fields.cooked.is_none() && fields.raw.is_none() && !is_hidden && kind != 3 {
        reader
            .findings
            .add(FindingKind::Value, &reader.place, "has no text");
    }
    Some(PostDoc {
        id,
        topic_id,
        topic: AboutTopic {
            title: reader.text("topic_title", fields.topic_title),
            slug: reader.text("topic_slug", fields.topic_slug),
            category: reader.number("category_id", fields.category_id),
        },
        number: reader.number("post_number", fields.post_number),
        kind,
        user: UserDoc {
            id: reader.number("user_id", fields.user_id),
            username: reader
                .text("username", fields.username)
                .filter(|name| !name.trim().is_empty()),
            display_name: reader
                .text("name", fields.name)
                .filter(|name| !name.trim().is_empty()),
            trust_level: reader
                .number("trust_level", fields.trust_level)
                .unwrap_or(0),
            is_admin: reader.flag("admin", fields.admin),
            is_moderator: reader.flag("moderator", fields.moderator),
            is_suspended: reader.flag("user_suspended", fields.user_suspended),
        },
        created_at: reader.moment("created_at", fields.created_at),
        updated_at: reader.moment("updated_at", fields.updated_at),
        version: reader.number("version", fields.version).unwrap_or(1),
        text,
        reply_to: reader.number("reply_to_post_number", fields.reply_to_post_number),
        likes: likes(&mut reader, fields.actions_summary),
        is_hidden,
        is_taken_back: reader.flag("user_deleted", fields.user_deleted),
        is_removed: fields.deleted_at.is_some(),
        removed_at: reader.moment("deleted_at", fields.deleted_at),
        is_answer: reader.flag("accepted_answer", fields.accepted_answer),
        action: reader
            .text("action_code", fields.action_code)
            .filter(|code| !code.is_empty()),
        action_who: reader
            .text("action_code_who", fields.action_code_who)
            .filter(|who| !who.is_empty()),
        own_host: reader
            .text("avatar_template", fields.avatar_template)
            .and_then(|template| host_of_avatar(&template)),
        polls: fields.polls.map(|raw| polls(&mut reader, Some(raw))),
    })
}

/// The host of the forum in `/user_avatar/HOST/name/{size}/1_2.png`, wherever the picture itself is kept.
fn host_of_avatar(template: &str) -> Option<String> {
    let (_, rest) = template.split_once("/user_avatar/")?;
    let (host, _) = rest.split_once('/')?;
    let is_host = !host.is_empty()
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'));
    is_host.then(|| host.to_ascii_lowercase())
}

/// Leaves out what no text should hold: NUL, escapes and their kin.
fn without_controls(reader: &mut Reader<'_>, text: String) -> String {
    let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let odd = text.chars().filter(|c| is_odd(*c)).count();
    if odd == 0 {
        return text;
    }
    let what = format!("{odd} control characters were left out");
    reader
        .findings
        .add(FindingKind::Cleaned, &reader.place, what);
    text.chars().filter(|c| !is_odd(*c)).collect()
}

fn likes(reader: &mut Reader<'_>, raw: Raw<'_>) -> i64 {
    #[derive(Deserialize)]
    #[serde(bound(deserialize = "'de: 'a"))]
    struct Action<'a> {
        id: Raw<'a>,
        count: Raw<'a>,
    }
    let mut likes = 0;
    for action in reader.list("actions_summary", raw) {
        match serde_json::from_str::<Action<'_>>(action.get()) {
            Ok(action) if reader.number("actions_summary", action.id) == Some(LIKE) => {
                likes += reader.count("likes", action.count).unwrap_or(0);
            }
            Ok(_) => {}
            Err(_) => {
                let place = &reader.place;
                reader.findings.add(
                    FindingKind::Value,
                    place,
                    "an entry of actions_summary is no object",
                );
            }
        }
    }
    likes
}

fn polls(reader: &mut Reader<'_>, raw: Raw<'_>) -> Vec<Poll> {
    let mut polls = Vec::new();
    for poll in reader.list("polls", raw) {
        let Ok(fields) = serde_json::from_str::<PollFields<'_>>(poll.get()) else {
            reader
                .findings
                .add(FindingKind::Value, &reader.place, "a poll is no object");
            continue;
        };
        let mut options = Vec::new();
        for option in reader.list("poll options", fields.options) {
            if let Ok(option) = serde_json::from_str::<OptionFields<'_>>(option.get()) {
                let html = reader.text("poll option", option.html).unwrap_or_default();
                options.push((html, reader.count("votes", option.votes)));
            }
        }
        let title = reader
            .text("poll title", fields.title)
            .filter(|title| !title.trim().is_empty());
        polls.push(Poll { title, options });
    }
    polls
}
