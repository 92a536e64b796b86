// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Whole plans of small forums: what arrives, in which order, and what is told of the rest.

mod categories;
mod damage;
mod forum;
mod into_a_space;
mod killed;
mod live;
mod shapes;
mod traps;
mod urho;
mod withdrawn;

use self::forum::{Forum, post, topic};
use super::finding::FindingKind;
use super::plan::Birth;
use serde_json::json;
use space_core::text::Label;

/// The import of what is under a path.
fn import_of(path: &std::path::Path) -> super::Import {
    super::Import::new(path.to_owned(), Label::parse("Imported").unwrap())
}

#[test]
fn posts_of_all_topics_stand_in_time_order() {
    let plan = Forum::new()
        .with(topic(
            1,
            &[
                post(10, 1, "ann", "2020-01-01"),
                post(13, 2, "bo", "2020-01-04"),
            ],
        ))
        .with(topic(
            2,
            &[
                post(11, 1, "bo", "2020-01-02"),
                post(12, 2, "ann", "2020-01-03"),
            ],
        ))
        .plan();
    assert_eq!(plan.order(), [10, 11, 12, 13]);
}

#[test]
fn a_thing_is_born_right_before_the_first_post_that_needs_it() {
    let plan = Forum::new()
        .with(topic(
            1,
            &[
                post(10, 1, "ann", "2020-01-01"),
                post(12, 2, "bo", "2020-01-03"),
            ],
        ))
        .with(topic(2, &[post(11, 1, "ann", "2020-01-02")]))
        .plan();
    let member = |name: &str| {
        let found = plan
            .plan
            .members
            .iter()
            .position(|m| m.person.username == name);
        Birth::Member(found.unwrap())
    };
    let (ann, bo) = (member("ann"), member("bo"));
    let want = [
        Birth::Category(0),
        ann,
        Birth::Topic(0),
        Birth::Post(0),
        Birth::Topic(1),
        Birth::Post(1),
        bo,
        Birth::Post(2),
    ];
    assert_eq!(plan.plan.births, want);
    assert_eq!(
        plan.plan.members[0].created_at.to_string(),
        "2020-01-01T00:00:00Z"
    );
}

#[test]
fn a_moved_post_keeps_its_place_in_the_stream_and_its_own_date() {
    let plan = Forum::new()
        .with(topic(
            1,
            &[
                post(20, 1, "ann", "2020-01-05"),
                post(7, 2, "bo", "2020-01-02"),
                post(21, 3, "ann", "2020-01-06"),
            ],
        ))
        .with(topic(2, &[post(15, 1, "bo", "2020-01-03")]))
        .plan();
    assert_eq!(plan.order(), [15, 20, 7, 21]);
    assert_eq!(plan.post(7).created_at.to_string(), "2020-01-02T00:00:00Z");
}

#[test]
fn the_plan_does_not_depend_on_the_order_of_documents() {
    let topics = || {
        vec![
            topic(
                1,
                &[
                    post(10, 1, "ann", "2020-01-01"),
                    post(13, 2, "bo c", "2020-01-04"),
                ],
            ),
            topic(
                2,
                &[
                    post(11, 1, "bo_c", "2020-01-02"),
                    post(12, 2, "ann", "2020-01-03"),
                ],
            ),
            // An older state of the first.
            topic(1, &[post(10, 1, "ann", "2020-01-01")]),
            json!({"categories": [{"id": 10, "name": "Talk", "slug": "talk"}]}),
        ]
    };
    let plan = |documents: Vec<serde_json::Value>| {
        let forum = documents.into_iter().fold(Forum::new(), Forum::with);
        let made = forum.plan();
        (
            made.plan.categories,
            made.plan.members,
            made.plan.topics,
            made.plan.births,
            made.ids,
        )
    };
    let want = plan(topics());
    for turned in 1..4 {
        let mut documents = topics();
        documents.rotate_left(turned);
        assert_eq!(plan(documents), want);
    }
}

#[test]
fn long_topics_may_come_in_chunks() {
    let mut first = topic(
        1,
        &[
            post(10, 1, "ann", "2020-01-01"),
            post(11, 2, "bo", "2020-01-02"),
        ],
    );
    first["post_stream"]["stream"] = json!([10, 11, 12, 13]);
    let chunk = json!({"id": 1, "post_stream": {"posts": [post(12, 3, "ann", "2020-01-03"), post(13, 4, "bo", "2020-01-04")]}});
    let whole = Forum::new().with(chunk).with(first.clone()).plan();
    assert_eq!(whole.order(), [10, 11, 12, 13]);
    assert_eq!(whole.plan.topics[0].title.as_str(), "Topic number 1");
    whole.tells_nothing_of(FindingKind::NotSaved);

    let part = Forum::new().with(first).plan();
    assert_eq!(part.order(), [10, 11]);
    assert_eq!(
        part.lines(FindingKind::NotSaved),
        ["topic 1: 2 of its 4 posts were not saved"]
    );
}

#[test]
fn categories_are_named_after_the_sites_list_when_it_is_there() {
    let with_list = Forum::new()
        .with(topic(1, &[post(10, 1, "ann", "2020-01-01")]))
        .with(json!({"category_list": {"categories": [{
            "id": 9, "name": "Top", "slug": "top", "color": "3366CC",
            "subcategory_list": [{"id": 10, "name": "Talk", "slug": "talk", "read_restricted": true}],
        }]}}))
        .plan();
    let shown: Vec<_> = with_list
        .plan
        .categories
        .iter()
        .map(|c| (c.name.to_string(), c.parent, c.is_restricted))
        .collect();
    assert_eq!(
        shown,
        [
            ("Top".to_owned(), None, false),
            ("Talk".to_owned(), Some(0), true)
        ]
    );
    let without = Forum::new()
        .with(topic(1, &[post(10, 1, "ann", "2020-01-01")]))
        .plan();
    assert_eq!(without.plan.categories[0].name.as_str(), "Category 10");
}
