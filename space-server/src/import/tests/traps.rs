// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Oddities of real forums, one by one.

use rstest::rstest;
use serde_json::{Value, json};
use space_core::{MemberKind, PostKind};

use super::forum::{Forum, Planned, but, post, topic};
use crate::import::finding::FindingKind::{self, *};

const DAY: &str = "2020-01-02";

/// A topic of two posts, the second changed.
fn second(changes: Value) -> Planned {
    let posts = [
        post(10, 1, "ann", "2020-01-01"),
        but(post(11, 2, "bo", DAY), changes),
    ];
    Forum::new().with(topic(1, &posts)).plan()
}

/// A topic changed.
fn whole(changes: Value) -> Planned {
    let posts = [post(10, 1, "ann", "2020-01-01"), post(11, 2, "bo", DAY)];
    Forum::new().with(but(topic(1, &posts), changes)).plan()
}

/// What is told, and how many posts arrive, when the second post of a topic is odd.
#[rstest]
#[case(json!({}), None, 2)]
#[case(json!({"tags": ["a", {"id": 1, "name": "b"}], "unknown": {"deep": [1]}}), None, 2)]
#[case(json!({"name": null, "actions_summary": null, "reply_to_post_number": null, "version": null}), None, 2)]
#[case(json!({"post_number": null}), Some((Renumbered, "topic 1: post 11 had no number; it is 2 here")), 2)]
#[case(json!({"post_number": 1}), Some((Renumbered, "topic 1: post 11 had number 1; it is 2 here")), 2)]
#[case(json!({"post_number": -4}), Some((Renumbered, "topic 1: post 11 had number -4; it is 2 here")), 2)]
#[case(json!({"post_number": 9_000_000_000_i64}), Some((Renumbered, "topic 1: post 11 had number 9000000000; it is 2 here")), 2)]
#[case(json!({"post_number": 1e300}), Some((Value, "topic 1, post 11: post_number is 1e+300; expected a whole number")), 2)]
#[case(json!({"post_number": 5}), Some((Gap, "topic 1: 2-4")), 2)]
#[case(json!({"reply_to_post_number": 1}), None, 2)]
#[case(json!({"reply_to_post_number": 7}), Some((DanglingReply, "topic 1, number 2: answers number 7, which is not there")), 2)]
#[case(json!({"reply_to_post_number": 2}), Some((DanglingReply, "topic 1, number 2: answers number 2, which is not there")), 2)]
#[case(json!({"created_at": "soon"}), Some((Value, "topic 1, post 11: created_at is \"soon\"; expected a date and time in UTC")), 2)]
#[case(json!({"created_at": null}), Some((Value, "topic 1: post 11 has no date; 2020-01-01T00:00:00Z was taken")), 2)]
#[case(json!({"created_at": "9999-12-31T23:59:59Z"}), Some((Value, "topic 1: post 11 has the date 9999-12-31T23:59:59Z; 2020-01-01T00:00:00Z was taken")), 2)]
#[case(json!({"created_at": "0001-01-01T00:00:00Z"}), Some((Value, "topic 1: post 11 has the date 0001-01-01T00:00:00Z; 2020-01-01T00:00:00Z was taken")), 2)]
#[case(json!({"hidden": true}), Some((Hidden, "topic 1, number 2: post 11")), 2)]
#[case(json!({"user_deleted": true}), Some((Withdrawn, "topic 1, number 2: post 11")), 1)]
#[case(json!({"deleted_at": "2021-01-01T00:00:00Z"}), Some((Withdrawn, "topic 1, number 2: post 11")), 1)]
#[case(json!({"post_type": 4}), Some((Whisper, "topic 1, number 2: post 11")), 1)]
#[case(json!({"post_type": 9}), Some((Value, "topic 1, number 2: post 11 is of the unknown kind 9; taken as a regular one")), 2)]
#[case(json!({"cooked": null}), Some((Value, "topic 1, post 11: has no text")), 2)]
#[case(json!({"cooked": 5}), Some((Value, "topic 1, post 11: cooked is 5; expected a text")), 2)]
#[case(json!({"cooked": null, "raw": "as written"}), None, 2)]
#[case(json!({"cooked": "<p>a\u{0}b\u{1b}[2J</p>"}), Some((Cleaned, "topic 1, post 11: 2 control characters were left out")), 2)]
#[case(json!({"id": null}), Some((Post, "1.json, entry 2 of topic 1: is a post without an id")), 1)]
#[case(json!({"id": 10}), Some((Repeated, "topic 1, post 10: again in 1.json, with changes")), 1)]
#[case(json!({"username": "b\u{0}o"}), Some((Renamed, "b\u{0}o: is b_o here")), 2)]
#[case(json!({"username": "Ann"}), Some((Renamed, "Ann: is Ann-2 here")), 2)]
#[case(json!({"username": null}), Some((Renamed, "")), 2)]
#[case(json!({"username": null, "user_id": null}), None, 2)]
#[case(json!({"username": "x"}), Some((Renamed, "x: is x_ here")), 2)]
#[case(json!({"admin": true}), Some((Staff, "bo: was an administrator")), 2)]
#[case(json!({"user_suspended": true}), Some((Suspended, "bo: was suspended")), 2)]
fn odd_posts(
    #[case] changes: Value,
    #[case] told: Option<(FindingKind, &str)>,
    #[case] posts: usize,
) {
    let planned = second(changes);
    assert_eq!(planned.order().len(), posts);
    match told {
        Some((_, "")) | None => {}
        Some((kind, line)) => assert!(
            planned.lines(kind).contains(&line.to_owned()),
            "{:?}",
            planned.findings
        ),
    }
    if told.is_none() {
        assert_eq!(planned.findings.clone().sorted(), []);
    }
}

/// What is told, and how many topics arrive, when a topic is odd.
#[rstest]
#[case(json!({"views": null, "closed": null, "visible": null}), None, 1)]
#[case(json!({"tags": [{"id": 1, "name": "a", "slug": "a"}]}), None, 1)]
#[case(json!({"category_id": null}), None, 1)]
#[case(json!({"title": ""}), Some((Title, "topic 1: had no title")), 1)]
#[case(json!({"title": null}), Some((Title, "topic 1: had no title")), 1)]
#[case(json!({"title": "No"}), Some((Title, "topic 1: was \"No\"")), 1)]
#[case(json!({"unicode_title": "Clover 🍀", "title": "Clover :four_leaf_clover:"}), None, 1)]
#[case(json!({"views": -5}), Some((Value, "1.json: views is -5; expected a count")), 1)]
#[case(json!({"views": "many"}), Some((Value, "1.json: views is \"many\"; expected a whole number")), 1)]
#[case(json!({"closed": "perhaps"}), Some((Value, "1.json: closed is \"perhaps\"; expected true or false")), 1)]
#[case(json!({"archetype": "private_message"}), Some((Private, "topic 1: is a private conversation")), 0)]
#[case(json!({"deleted_at": "2021-01-01T00:00:00Z"}), Some((Removed, "topic 1: was removed")), 0)]
#[case(json!({"id": null}), Some((Document, "1.json: is a topic without an id")), 0)]
#[case(json!({"post_stream": 5}), Some((Document, "1.json: is not a sound topic: post_stream is not an object")), 0)]
#[case(json!({"post_stream": {"posts": 5, "stream": null}}), Some((Value, "1.json: posts is 5; expected a list")), 0)]
#[case(json!({"post_stream": {"posts": [5], "stream": []}}), Some((Document, "topic 1: has no posts that could be taken")), 0)]
#[case(json!({"post_stream": {"posts": [], "stream": [10]}}), Some((NotSaved, "topic 1: 1 of its 1 posts were not saved")), 0)]
#[case(json!({"tags": ["two words"]}), Some((Tag, "topic 1: \"two words\": the tag cannot contain the character U+0020")), 1)]
#[case(json!({"tags": [5]}), Some((Value, "1.json: tags is 5; expected the name of a tag")), 1)]
#[case(json!({"tags": "wiki"}), Some((Value, "1.json: tags is \"wiki\"; expected a list")), 1)]
#[case(json!({"tags": null}), None, 1)]
fn odd_topics(
    #[case] changes: Value,
    #[case] told: Option<(FindingKind, &str)>,
    #[case] topics: usize,
) {
    let planned = whole(changes);
    assert_eq!(planned.plan.topics.len(), topics);
    match told {
        Some((kind, line)) => assert!(
            planned.lines(kind).contains(&line.to_owned()),
            "{:?}",
            planned.findings
        ),
        None => assert_eq!(planned.findings.clone().sorted(), []),
    }
}

#[test]
fn facts_of_a_topic_arrive() {
    let planned = whole(json!({
        "closed": true, "archived": true, "pinned_globally": true, "visible": false, "views": 12,
        "accepted_answer": {"post_number": 2}, "tags": ["Wiki", {"id": 4, "name": "irc", "slug": "irc"}],
    }));
    let topic = &planned.plan.topics[0];
    assert_eq!(topic.tags.joined(), "irc wiki");
    assert!(topic.is_closed && topic.is_archived && topic.is_pinned && topic.is_unlisted);
    assert_eq!(
        (topic.views, topic.answer, topic.last_number),
        (12, Some(11), 2)
    );
}

#[test]
fn facts_of_a_post_arrive() {
    let planned = second(json!({
        "post_type": 2, "version": 3, "updated_at": "2020-02-01T00:00:00.000Z", "reply_to_post_number": 1,
        "actions_summary": [{"id": 3, "count": 9}, {"id": 2, "count": 4}],
    }));
    let post = planned.post(11);
    assert_eq!(
        (post.kind, post.likes, post.reply_to),
        (PostKind::Moderator, 4, Some(10))
    );
    assert_eq!(post.edited_at.unwrap().to_string(), "2020-02-01T00:00:00Z");
    // Imports from elsewhere touch posts without editing them.
    let planned = second(json!({"updated_at": "2020-02-01T00:00:00.000Z"}));
    assert_eq!(planned.post(11).edited_at, None);
}

#[test]
fn small_actions_become_notices() {
    let planned = second(json!({"post_type": 3, "action_code": "closed.enabled", "cooked": ""}));
    let post = planned.post(11);
    assert_eq!(
        (post.kind, post.notice.as_deref()),
        (PostKind::Notice, Some("closed.enabled"))
    );
}

#[test]
fn two_accepted_answers_are_told() {
    let answer = |id, number| {
        but(
            post(id, number, "bo", DAY),
            json!({"accepted_answer": true}),
        )
    };
    let posts = [
        post(10, 1, "ann", "2020-01-01"),
        answer(11, 2),
        answer(12, 3),
    ];
    let planned = Forum::new()
        .with(but(
            topic(1, &posts),
            json!({"accepted_answer": {"post_number": 2}}),
        ))
        .plan();
    assert_eq!(planned.plan.topics[0].answer, Some(11));
    assert_eq!(
        planned.lines(Answers),
        ["topic 1: posts 11 and 12; 11 was used"]
    );
}

#[test]
fn the_systems_account_is_a_bot_and_duties_are_not_given() {
    let planned =
        second(json!({"username": "system", "user_id": -1, "moderator": true, "trust_level": 4}));
    let system = planned
        .plan
        .members
        .iter()
        .find(|m| m.person.username == "system")
        .unwrap();
    assert_eq!(
        (system.person.kind, system.person.trust_level),
        (MemberKind::Bot, 2)
    );
    planned.tells_nothing_of(Staff);
}

#[test]
fn the_newest_state_of_a_topic_and_of_each_post_counts() {
    let old = topic(
        1,
        &[post(10, 1, "ann", "2020-01-01"), post(11, 2, "bo", DAY)],
    );
    let edited = but(
        post(10, 1, "ann", "2020-01-01"),
        json!({"version": 2, "updated_at": "2020-03-01T00:00:00Z"}),
    );
    let new = but(
        topic(1, &[edited, post(12, 3, "bo", "2020-02-01")]),
        json!({"title": "A newer title"}),
    );
    let planned = Forum::new().with(new).with(old).plan();
    assert_eq!(planned.order(), [10, 11, 12]);
    assert_eq!(planned.plan.topics[0].title.as_str(), "A newer title");
    assert!(planned.post(10).edited_at.is_some());
    assert_eq!(
        planned.lines(Repeated),
        [
            "topic 1: in 1.json and in 2.json",
            "topic 1, post 10: again in 2.json, with changes"
        ]
    );
}

#[test]
fn a_post_found_in_two_topics_stays_where_it_says_it_is() {
    let moved = but(post(11, 2, "bo", DAY), json!({"topic_id": 2}));
    let one = topic(1, &[post(10, 1, "ann", "2020-01-01"), moved.clone()]);
    let two = topic(2, &[post(12, 1, "ann", "2020-01-01"), moved]);
    let planned = Forum::new().with(one).with(two).plan();
    assert_eq!(planned.order(), [10, 12, 11]);
    assert_eq!(planned.post(11).topic, 1);
    assert_eq!(
        planned.lines(Repeated),
        ["topic 1, post 11: is in topic 2 too; left there"]
    );
    planned.tells_nothing_of(NotSaved);
}
