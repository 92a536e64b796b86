// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Short ways to make things and rows of them.

use crate::category::Category;
use crate::protocol::{Body, FeedRow, Kind};
use crate::topic::{Topic, TopicTally};
use crate::{
    CategoryId, Member, MemberId, MemberKind, Post, PostId, PostKind, Scope, Space, Timestamp,
    TopicId,
};

pub(in crate::client) fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_600_000_000_000 + seconds * 1000)
}

pub(in crate::client) fn space() -> Space {
    Space {
        name: "Example".to_owned().try_into().unwrap(),
        about: String::new().try_into().unwrap(),
        created_at: moment(0),
        revision: 1,
        identity: Some(
            "00000000000000000000000000000001"
                .to_owned()
                .try_into()
                .unwrap(),
        ),
    }
}

pub(in crate::client) fn category(id: i64, parent: Option<i64>) -> Category {
    Category {
        id: CategoryId::new(id).unwrap(),
        parent: parent.and_then(CategoryId::new),
        slug: format!("place-{id}").try_into().unwrap(),
        name: format!("Place {id}").try_into().unwrap(),
        about: String::new().try_into().unwrap(),
        colour: Some("#3366cc".parse().unwrap()),
        icon: None,
        language: None,
        position: id,
        is_open: true,
        created_at: moment(0),
        revision: 1,
    }
}

pub(in crate::client) fn member(id: i64, name: &str) -> Member {
    Member {
        id: MemberId::new(id).unwrap(),
        kind: MemberKind::Person,
        name: name.to_owned().try_into().unwrap(),
        display_name: None,
        roles: std::collections::BTreeSet::new(),
        trust_level: 1,
        created_at: moment(0),
        revision: 1,
    }
}

pub(in crate::client) fn topic(id: i64, category: i64, title: &str) -> Topic {
    Topic {
        id: TopicId::new(id).unwrap(),
        category: CategoryId::new(category).unwrap(),
        author: MemberId::new(3).unwrap(),
        title: title.to_owned().try_into().unwrap(),
        language: None,
        tags: crate::Tags::default(),
        answer: None,
        is_closed: false,
        is_archived: false,
        is_pinned: false,
        is_unlisted: false,
        created_at: moment(id),
        revision: 1,
    }
}

pub(in crate::client) fn post(id: i64, topic: i64, number: i64, source: &str) -> Post {
    Post {
        id: PostId::new(id).unwrap(),
        topic: TopicId::new(topic).unwrap(),
        number,
        author: MemberId::new(3).unwrap(),
        reply_to: None,
        kind: PostKind::Regular,
        source: source.to_owned(),
        notice: None,
        language: None,
        is_hidden: false,
        created_at: moment(id),
        written_at: None,
        edited_at: None,
        revision: 1,
    }
}

pub(in crate::client) fn tally(topic: i64, last_number: i64, at: i64) -> TopicTally {
    TopicTally {
        topic: TopicId::new(topic).unwrap(),
        posts: last_number,
        last_number,
        last_post_at: moment(at),
        last_poster: MemberId::new(3).unwrap(),
        views: 7,
        likes: last_number % 5,
    }
}

/// The id that a row of this body has.
pub(in crate::client) fn id_of(body: &Body) -> i64 {
    match body {
        Body::Space(_) => 1,
        Body::Category(it) => it.id.get(),
        Body::Group(it) => it.id.get(),
        Body::Member(it) => it.id.get(),
        Body::Topic(it) => it.id.get(),
        Body::Post(it) => it.id.get(),
        Body::TopicTally(it) => it.topic.get(),
        Body::PostTally(it) => it.post.get(),
        Body::ReadPosition(it) => it.topic.get(),
        Body::Bookmark(it) => it.id(),
        Body::CaughtUp(it) => it.id(),
        Body::Grant(it) => match it.scope {
            Scope::Category(id) => id.get(),
            Scope::Group(id) => id.get(),
            _ => 5,
        },
    }
}

pub(in crate::client) fn row_in(scope: Scope, body: Body) -> FeedRow {
    FeedRow {
        scope,
        kind: body.kind(),
        id: id_of(&body),
        body: Some(body),
    }
}

pub(in crate::client) fn row(body: Body) -> FeedRow {
    row_in(Scope::Public, body)
}

pub(in crate::client) fn gone(scope: Scope, kind: Kind, id: i64) -> FeedRow {
    FeedRow {
        scope,
        kind,
        id,
        body: None,
    }
}

/// A small space: two categories, two members, and topic 10 with three posts.
pub(in crate::client) fn small() -> Vec<FeedRow> {
    vec![
        row(Body::Space(space())),
        row(Body::Category(category(1001, None))),
        row(Body::Category(category(1002, Some(1001)))),
        row(Body::Member(member(3, "Alice"))),
        row(Body::Member(member(4, "Ångström"))),
        row(Body::Topic(topic(10, 1002, "Firefox crashes"))),
        row(Body::Post(post(
            11,
            10,
            1,
            "It *crashes* on [start](https://example.org/hidden).",
        ))),
        row(Body::Post(post(12, 10, 2, "Me too, with Firefox 3."))),
        row(Body::Post(post(13, 10, 3, "Fixed in Åland."))),
        row(Body::TopicTally(tally(10, 3, 13))),
    ]
}
