// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Archives of other shapes: single posts, topics too long to name their posts, addresses that nothing tells.

use rstest::rstest;
use serde_json::{Value, json};

use super::forum::{Forum, but, post, topic};
use super::into_a_space::{Saved, posts, told};
use crate::import::FindingKind;
use crate::testing::{House, on_both_engines};

/// A post as `/posts/ID.json` gives it.
fn alone(id: i64, number: i64) -> Value {
    but(
        post(id, number, "ann", "2020-01-01"),
        json!({
            "topic_id": 9, "topic_slug": "first-topic", "topic_title": "First topic", "category_id": 10,
        }),
    )
}

#[test]
fn single_posts_become_topics() {
    let plan = Forum::new()
        .with(alone(12, 2))
        .with(alone(11, 1))
        .with(json!({"latest_posts": [alone(13, 3)]}))
        .with(json!([alone(14, 4)]))
        .plan();
    assert_eq!(plan.order(), [11, 12, 13, 14]);
    assert_eq!(plan.plan.topics[0].title.as_str(), "First topic");
    assert_eq!(plan.lines(FindingKind::Assembled).len(), 1);
    plan.tells_nothing_of(FindingKind::Other);
    plan.tells_nothing_of(FindingKind::Repeated);
}

#[test]
fn topic_document_counts_more_than_single_posts() {
    let whole = but(
        topic(9, &[post(11, 1, "ann", "2020-01-01")]),
        json!({"title": "The title", "closed": true}),
    );
    for documents in [[whole.clone(), alone(12, 2)], [alone(12, 2), whole]] {
        let plan = documents.into_iter().fold(Forum::new(), Forum::with).plan();
        assert_eq!(plan.order(), [11, 12]);
        let topic = &plan.plan.topics[0];
        assert_eq!((topic.title.as_str(), topic.is_closed), ("The title", true));
    }
}

#[test]
fn long_topic_without_list_says_what_is_missing() {
    let mut long = topic(1, &[post(10, 1, "ann", "2020-01-01")]);
    long["posts_count"] = json!(10_050);
    long["post_stream"]
        .as_object_mut()
        .unwrap()
        .remove("stream");
    long["post_stream"]["isMegaTopic"] = json!(true);
    let plan = Forum::new().with(long).plan();
    assert_eq!(
        plan.lines(FindingKind::NotSaved),
        ["topic 1: 10049 of its 10050 posts were not saved"]
    );
}

#[test]
fn title_that_is_missing_is_taken_from_the_fancy_one() {
    let document = but(
        topic(1, &[post(10, 1, "ann", "2020-01-01")]),
        json!({"title": null, "fancy_title": "Ann&rsquo;s &lt;best&gt;"}),
    );
    let plan = Forum::new().with(document).plan();
    assert_eq!(plan.plan.topics[0].title.as_str(), "Ann’s <best>");
}

#[test]
fn control_characters_are_no_loss() {
    let odd = but(
        post(10, 1, "ann", "2020-01-01"),
        json!({"cooked": "<p>a\u{1}\u{2}b</p>"}),
    );
    let plan = Forum::new().with(topic(1, &[odd])).plan();
    assert_eq!(
        plan.lines(FindingKind::Cleaned),
        ["topic 1, post 10: 2 control characters were left out"]
    );
    assert!(!plan.findings.has_loss());
}

#[rstest]
#[case("..")]
#[case(".")]
#[case("_._")]
#[case("--")]
fn odd_member_names_are_made_to_fit(#[case] name: &str) {
    let plan = Forum::new()
        .with(topic(1, &[post(10, 1, name, "2020-01-01")]))
        .plan();
    let member = &plan.plan.members[0].person;
    assert!(space_core::text::MemberName::parse(member.name.as_str()).is_ok());
    assert_eq!(
        plan.lines(FindingKind::Renamed).len(),
        usize::from(member.name.as_str() != name)
    );
}

/// Two topics; the first links to the second, by its address and by its path, and shows a picture.
fn linked(change: &dyn Fn(&mut Value)) -> Vec<Value> {
    let text = "<p><a href=\"https://old.example.org/t/second/42/1\">that</a> <a href=\"/t/second/42\">this</a> \
        <a href=\"/u/zoe\">zoe</a> <img src=\"/uploads/a.png\" alt=\"pic\"></p>";
    let mut first = post(10, 1, "ann", "2020-01-01");
    first["cooked"] = json!(text);
    change(&mut first);
    vec![
        topic(41, &[first]),
        but(
            topic(42, &[post(20, 1, "bo", "2020-01-02")]),
            json!({"slug": "second"}),
        ),
    ]
}

on_both_engines! {
    async fn address_is_taken_from_pictures_of_authors(house: &House) {
        let picture = "/user_avatar/old.example.org/ann/{size}/1_2.png";
        Saved::new(&linked(&|post| post["avatar_template"] = json!(picture))).import(house).await;
        let text = &posts(house).await[0].1;
        assert!(!text.contains("old.example.org/t/"), "{text}");
        assert!(text.contains("(https://old.example.org/uploads/a.png)"), "{text}");
        assert!(text.contains("(https://old.example.org/u/zoe)"), "{text}");
    }

    async fn address_is_taken_from_links_to_topics(house: &House) {
        let report = Saved::new(&linked(&|_| ())).import(house).await;
        let text = &posts(house).await[0].1;
        assert!(!text.contains("old.example.org/t/"), "{text}");
        assert!(text.contains("(https://old.example.org/uploads/a.png)"), "{text}");
        assert_eq!(report.findings, []);
    }

    async fn address_that_nothing_tells_is_asked_for(house: &House) {
        let documents = linked(&|post| post["cooked"] = json!("<p><img src=\"/uploads/a.png\" alt=\"pic\"></p>"));
        let report = Saved::new(&documents).import(house).await;
        assert_eq!(told(&report, FindingKind::Relative), ["topic 41, number 1: /uploads/a.png"]);
        assert!(report.is_complete);
    }

    async fn notice_names_whom_it_is_about(house: &House) {
        let notice = but(post(11, 2, "ann", "2020-01-02"), json!({
            "post_type": 3, "action_code": "invited_user", "action_code_who": "bo", "cooked": "",
        }));
        let documents = [topic(1, &[post(10, 1, "bo", "2020-01-01"), notice])];
        Saved::new(&documents).import(house).await;
        assert_eq!(posts(house).await[1].1, "@bo");
    }

    async fn polls_arrive_with_and_without_their_results(house: &House) {
        let html = "<p>Which?</p><div class=\"poll\"><ul><li>Red</li><li>Blue</li></ul></div>";
        let polls = json!([{"title": "Colours", "options": [{"html": "Red", "votes": 3}, {"html": "Blue"}]}]);
        let documents = [topic(1, &[
            but(post(10, 1, "ann", "2020-01-01"), json!({"cooked": html})),
            but(post(11, 2, "ann", "2020-01-02"), json!({"cooked": html, "polls": polls})),
        ])];
        let report = Saved::new(&documents).import(house).await;
        let posts = posts(house).await;
        assert_eq!(posts[0].1, "Which?\n\n- Red\n- Blue");
        assert_eq!(posts[1].1, "Which?\n\nColours\n\n- Red: 3\n- Blue");
        assert_eq!(report.findings, []);
    }

    async fn lost_words_are_named(house: &House) {
        let html = "<p>Kept.</p><ol><li class=\"footnote-item\"><p>lost words</p></li></ol><p><a href=\"skype:x\">call</a></p>";
        let documents = [topic(1, &[but(post(10, 1, "ann", "2020-01-01"), json!({"cooked": html}))])];
        let report = Saved::new(&documents).import(house).await;
        assert_eq!(
            told(&report, FindingKind::Lost),
            ["topic 1, number 1: 2 words, the first of them \"lost words\"; a link to skype:x"]
        );
        assert!(!report.is_complete);
    }
}
