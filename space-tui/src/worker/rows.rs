// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rows of the replica and the outbox, as the screens show them.

use space_core::PostKind;
use space_core::client::outbox::{Draft, Item, ItemState, Outcome, PostRef, TopicRef};
use space_core::client::replica::{CategoryRow, Person, PostRow, Replica, SearchHit, TopicRow};
use space_core::member::full_name;
use space_core::text::DisplayName;
use space_core::{PostId, TopicId};

use crate::app::items::{
    CategoryItem, HitItem, Places, PostItem, PostKey, ReplyTo, TopicItem, Waiting,
};

/// Returns a topic for a list.
pub fn topic(row: TopicRow) -> TopicItem {
    TopicItem {
        id: row.topic.id,
        key: row.key,
        category: row.category.id,
        title: row.topic.title.to_string(),
        category_name: row.category.name,
        posts: row.posts,
        last_number: row.last_number,
        last_post_at: row.last_post_at,
        last_poster: row.last_poster.name,
        read_number: row.read_number,
        state: row.state,
        is_closed: row.topic.is_closed,
        is_archived: row.topic.is_archived,
        is_pinned: row.topic.is_pinned,
        tags: row.topic.tags,
        bookmark: None,
    }
}

/// Returns the tree of categories.
pub fn places(rows: &[CategoryRow]) -> Places {
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    let mut places = Places::default();
    for row in rows {
        places.unread += count(row.own.unread);
        places.new += count(row.own.new);
        places.categories.push(CategoryItem {
            id: row.category.id,
            name: row.category.name.to_string(),
            icon: row.category.icon.as_ref().map(ToString::to_string),
            depth: row.depth,
            own: count(row.own.unread + row.own.new),
            with_below: count(row.with_below.unread + row.with_below.new),
        });
    }
    places
}

/// Returns a post for a thread.
pub fn post(row: PostRow) -> PostItem {
    PostItem {
        key: PostKey::Id(row.post.id),
        topic: row.post.topic,
        number: row.post.number,
        author: named(&row.author),
        author_id: Some(row.author.id),
        reply_to: row.reply_to.map(|to| ReplyTo {
            id: to.id,
            author: to.author.map(|person| person.name),
        }),
        kind: row.post.kind,
        notice: row.post.notice,
        source: row.post.source,
        is_hidden: row.post.is_hidden,
        created_at: row.post.created_at,
        edited_at: row.post.edited_at,
        likes: row.likes,
        revision: row.post.revision,
        waiting: None,
        missing: 0,
        bookmark: None,
    }
}

/// Returns the name one is mentioned by, and the one shown beside it when it says something else.
pub fn named(person: &Person) -> String {
    shown(&person.name, person.display_name.as_deref())
}

pub(super) fn shown(name: &str, display_name: Option<&str>) -> String {
    full_name(name, display_name)
}

/// Returns a post for what a search found.
pub fn hit(hit: SearchHit) -> HitItem {
    HitItem {
        post: hit.post,
        number: hit.number,
        topic: hit.topic,
        title: hit.title,
        author: hit.author.name,
        author_id: hit.author.id,
        created_at: hit.created_at,
        title_marks: hit.title_marks,
        excerpt: hit.snippet.text,
        marks: hit.snippet.marks,
    }
}

/// Returns the replies in a topic that the replica does not hold yet: they wait, were refused, or were just sent.
pub fn unsent(items: Vec<Item>, topic: TopicId, member: &str, replica: &Replica) -> Vec<PostItem> {
    let author_id = replica.me().ok().flatten();
    let me = replica
        .me()
        .and_then(|me| me.map_or(Ok(None), |me| replica.member(me)))
        .ok()
        .flatten();
    let member = me.map_or_else(
        || member.to_owned(),
        |me| {
            shown(
                me.name.as_str(),
                me.display_name.as_ref().map(DisplayName::as_str),
            )
        },
    );
    items
        .into_iter()
        .filter_map(|item| {
            let Draft::Reply {
                topic: TopicRef::Sent(of),
                reply_to,
                source,
                ..
            } = item.draft
            else {
                return None;
            };
            if of != topic {
                return None;
            }
            let (key, waiting) = match item.state {
                ItemState::Queued | ItemState::Sending | ItemState::Held => {
                    (PostKey::Outbox(item.id.0), Some(Waiting::Queued))
                }
                ItemState::Refused(problem) => (
                    PostKey::Outbox(item.id.0),
                    Some(Waiting::Refused(problem.title)),
                ),
                ItemState::Sent(Outcome::Replied { post, .. }) => {
                    if matches!(replica.post(post), Ok(Some(_))) {
                        return None;
                    }
                    (PostKey::Id(post), None)
                }
                ItemState::Sent(_) => return None,
            };
            let reply_to = match reply_to {
                Some(PostRef::Sent(id)) => Some(reply_mark(id, replica)),
                _ => None,
            };
            Some(PostItem {
                key,
                topic,
                number: i64::MAX,
                author: member.clone(),
                author_id,
                reply_to,
                kind: PostKind::Regular,
                notice: None,
                source: source.as_str().to_owned(),
                is_hidden: false,
                created_at: item.written_at,
                edited_at: None,
                likes: 0,
                revision: 0,
                waiting,
                missing: 0,
                bookmark: None,
            })
        })
        .collect()
}

fn reply_mark(id: PostId, replica: &Replica) -> ReplyTo {
    let author = replica.post(id).ok().flatten().map(|row| row.author.name);
    ReplyTo { id, author }
}
