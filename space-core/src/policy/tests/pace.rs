// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How fast who may write: charlie is a member, nora's account is of level 0, vera is a visitor, rita her bridge.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use rstest::rstest;

use super::super::*;
use super::{actor, calmly, starting, topic};
use crate::{CategoryId, MemberId, MemberKind, PostId, Tags, Timestamp, TopicId};

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

pub(super) fn limits() -> Limits {
    Limits {
        new_for: Duration::from_hours(24),
        topic_gap: Duration::from_secs(15),
        new_topic_gap: Duration::from_mins(2),
        reply_gap: Duration::from_secs(5),
        new_reply_gap: Duration::from_secs(30),
        daily_topics: 20,
        new_topics: 3,
        new_replies: 10,
        daily_edits: 30,
        same_text_gap: Duration::from_mins(5),
        daily_reports: 20,
        visitor_reports: 5,
        address_posts: 6,
        network_posts: 5,
        network_reports: 4,
        network_visitors: 3,
        bridge_posts: 8,
        bridge_reports: 7,
        bridge_visitors: 9,
    }
}

/// The pace of an account that has begun long ago, and wrote nothing lately.
pub(super) fn paced(now: Timestamp) -> Pace {
    Pace {
        limits: Some(Arc::new(limits())),
        now,
        began_at: now.minus(Duration::from_hours(1000)),
        ..Pace::default()
    }
}

fn member(level: u8, relayed: Option<Relayed>) -> Actor {
    Actor::Member {
        id: MemberId::new(9).unwrap(),
        kind: MemberKind::Person,
        roles: BTreeSet::new(),
        groups: BTreeSet::new(),
        trust_level: level,
        capabilities: "read write report:create".parse().unwrap(),
        token_ends_at: None,
        relayed,
    }
}

fn who(name: &str) -> Actor {
    match name {
        "nora" => member(0, None),
        "vera" => member(
            0,
            Some(Relayed {
                bridge: MemberId::new(8).unwrap(),
                has_accepted: true,
            }),
        ),
        name => actor(name),
    }
}

fn began(pace: Pace, hours_ago: u64) -> Pace {
    let began_at = pace.now.minus(Duration::from_hours(hours_ago));
    Pace { began_at, ..pace }
}

fn seconds_ago(seconds: u64) -> Timestamp {
    NOW.minus(Duration::from_secs(seconds))
}

fn start(who: &Actor, pace: Pace) -> Result<(), Denial> {
    let action = StartTopic {
        category: CategoryId::new(9).unwrap(),
        tags: Tags::default(),
    };
    let context = StartContext {
        pace,
        ..starting("open")
    };
    decide(who, action, &context).map(drop)
}

fn reply(who: &Actor, pace: Pace) -> Result<(), Denial> {
    let action = Reply {
        topic: TopicId::new(40).unwrap(),
        reply_to: None,
    };
    let context = ReplyContext {
        topic: topic("open", ""),
        answers_in: None,
        pace,
    };
    decide(who, action, &context).map(drop)
}

fn report(who: &Actor, pace: Pace) -> Result<(), Denial> {
    let action = ReportPost {
        post: PostId::new(50).unwrap(),
        reason: crate::ReportReason::Spam,
        has_comment: false,
    };
    let context = ReportContext {
        post: PostContext {
            topic: topic("open", ""),
            author: super::id("mallory"),
            is_first: false,
            is_hidden: false,
        },
        edited_at: None,
        earlier: None,
        has_moderator: true,
        pace,
    };
    decide(who, action, &context).map(drop)
}

fn too_fast(retry_after_s: u64) -> Result<(), Denial> {
    Err(Denial::TooFast { retry_after_s })
}

fn daily(retry_after_s: u64) -> Result<(), Denial> {
    Err(Denial::DailyLimit { retry_after_s })
}

#[rstest]
#[case::member_at_once("charlie", 1000, 0, too_fast(15))]
#[case::member_a_second_early("charlie", 1000, 14, too_fast(1))]
#[case::member_in_time("charlie", 1000, 15, Ok(()))]
#[case::member_first_day("charlie", 1, 15, Ok(()))]
#[case::new_account("nora", 1, 15, too_fast(105))]
#[case::new_account_in_time("nora", 1, 120, Ok(()))]
#[case::a_day_old("nora", 24, 15, Ok(()))]
#[case::staff("bob", 0, 0, Ok(()))]
fn m7_1_topics_keep_a_gap(
    #[case] name: &str,
    #[case] age_hours: u64,
    #[case] last_s: u64,
    #[case] want: Result<(), Denial>,
) {
    let pace = Pace {
        topics: vec![seconds_ago(last_s), seconds_ago(7200)],
        replies: vec![seconds_ago(0)],
        ..began(paced(NOW), age_hours)
    };
    assert_eq!(start(&who(name), pace), want);
}

#[rstest]
#[case::member_at_once("charlie", 1000, 0, too_fast(5))]
#[case::member_in_time("charlie", 1000, 5, Ok(()))]
#[case::new_account("nora", 1, 5, too_fast(25))]
#[case::new_account_in_time("nora", 1, 30, Ok(()))]
#[case::a_day_old("nora", 24, 5, Ok(()))]
#[case::visitor("vera", 1000, 0, Ok(()))]
#[case::staff("bob", 0, 0, Ok(()))]
fn m7_1_replies_keep_a_gap(
    #[case] name: &str,
    #[case] age_hours: u64,
    #[case] last_s: u64,
    #[case] want: Result<(), Denial>,
) {
    let pace = Pace {
        topics: vec![seconds_ago(0)],
        replies: vec![seconds_ago(7200), seconds_ago(last_s)],
        ..began(paced(NOW), age_hours)
    };
    assert_eq!(reply(&who(name), pace), want);
}

/// A visitor says three things in a row, and no more than one in 30 seconds for long.
#[rstest]
#[case::third_in_a_row(1000, &[2, 1], Ok(()))]
#[case::fourth_in_a_row(1000, &[5, 2, 1], too_fast(85))]
#[case::fourth_on_the_first_day(1, &[5, 2, 1], too_fast(85))]
#[case::fourth_after_a_rest(1000, &[90, 2, 1], Ok(()))]
#[case::at_an_even_pace(1000, &[120, 90, 60, 30], Ok(()))]
fn m7_1_visitors_reply_in_bursts(
    #[case] age_hours: u64,
    #[case] before_s: &[u64],
    #[case] want: Result<(), Denial>,
) {
    let pace = Pace {
        replies: before_s.iter().map(|s| seconds_ago(*s)).collect(),
        ..began(paced(NOW), age_hours)
    };
    assert_eq!(reply(&who("vera"), pace), want);
}

/// `count` moments, the earliest `first_s` seconds ago, a minute apart.
fn spread(count: u64, first_s: u64) -> Vec<Timestamp> {
    (0..count)
        .map(|at| seconds_ago(first_s).plus(Duration::from_mins(at)))
        .collect()
}

#[rstest]
#[case::member_has_twenty("charlie", 1000, 20, daily(3600))]
#[case::member_has_nineteen("charlie", 1000, 19, Ok(()))]
#[case::first_day_has_three("nora", 23, 3, daily(3600))]
#[case::first_day_has_two("nora", 23, 2, Ok(()))]
#[case::second_day_has_three("nora", 24, 3, Ok(()))]
#[case::staff("alice", 1000, 40, Ok(()))]
fn m7_1_topics_a_day_are_counted(
    #[case] name: &str,
    #[case] age_hours: u64,
    #[case] count: u64,
    #[case] want: Result<(), Denial>,
) {
    let pace = Pace {
        topics: spread(count, 23 * 3600),
        ..began(paced(NOW), age_hours)
    };
    assert_eq!(start(&who(name), pace), want);
}

#[rstest]
#[case::first_day_has_ten("nora", 23, 10, daily(3600))]
#[case::first_day_has_nine("nora", 23, 9, Ok(()))]
#[case::visitor_first_day("vera", 23, 10, daily(3600))]
#[case::visitor_later("vera", 24, 10, Ok(()))]
#[case::member("charlie", 1000, 200, Ok(()))]
fn m6_3_replies_of_first_day_are_counted(
    #[case] name: &str,
    #[case] age_hours: u64,
    #[case] count: u64,
    #[case] want: Result<(), Denial>,
) {
    let pace = Pace {
        replies: spread(count, 23 * 3600),
        ..began(paced(NOW), age_hours)
    };
    assert_eq!(reply(&who(name), pace), want);
}

#[rstest]
#[case("charlie", 29, Ok(()))]
#[case("charlie", 30, daily(3600))]
#[case("alice", 30, Ok(()))]
fn m7_1_edits_a_day_are_counted(
    #[case] name: &str,
    #[case] count: u64,
    #[case] want: Result<(), Denial>,
) {
    let pace = Pace {
        edits: spread(count, 23 * 3600),
        ..paced(NOW)
    };
    let of_topic = EditTopic {
        topic: TopicId::new(40).unwrap(),
        moves_to: None,
        tags: None,
    };
    let context = EditContext {
        pace: pace.clone(),
        ..calmly(topic("open", ""))
    };
    assert_eq!(decide(&who(name), of_topic, &context).map(drop), want);
    let of_post = EditPost {
        post: PostId::new(50).unwrap(),
    };
    let context = EditContext {
        pace,
        ..calmly(PostContext {
            topic: topic("open", ""),
            author: super::id("charlie"),
            is_first: false,
            is_hidden: false,
        })
    };
    assert_eq!(decide(&who(name), of_post, &context).map(drop), want);
}

#[rstest]
#[case("charlie", 0, Err(Denial::SameText { retry_after_s: 300 }))]
#[case("charlie", 299, Err(Denial::SameText { retry_after_s: 1 }))]
#[case("charlie", 300, Ok(()))]
#[case("vera", 10, Err(Denial::SameText { retry_after_s: 290 }))]
#[case("bob", 0, Ok(()))]
fn m7_1_same_text_waits_five_minutes(
    #[case] name: &str,
    #[case] last_s: u64,
    #[case] want: Result<(), Denial>,
) {
    let pace = Pace {
        same_text_at: Some(seconds_ago(last_s)),
        ..paced(NOW)
    };
    assert_eq!(reply(&who(name), pace.clone()), want);
    if name != "vera" {
        assert_eq!(start(&who(name), pace), want);
    }
}

#[rstest]
#[case(Crowd::Address, 5, 6)]
#[case(Crowd::Network, 4, 5)]
#[case(Crowd::Bridge, 7, 8)]
#[case(Crowd::Host, 1, 2)]
fn m7_1_posts_of_crowds_are_counted(
    #[case] crowd: Crowd,
    #[case] allowed: u64,
    #[case] refused: u64,
) {
    let with = |count: u64| Pace {
        crowds: vec![(crowd, (0..count).map(|at| seconds_ago(50 - at)).collect())],
        ..paced(NOW)
    };
    assert_eq!(reply(&who("vera"), with(allowed)), Ok(()));
    let limit = Err(Denial::CrowdLimit { retry_after_s: 10 });
    assert_eq!(reply(&who("vera"), with(refused)), limit);
    assert_eq!(start(&who("charlie"), with(refused)), limit);
}

#[rstest]
#[case(Crowd::Address, 100, None)]
#[case(Crowd::Network, 4, Some(600))]
#[case(Crowd::Bridge, 7, Some(600))]
#[case(Crowd::Host, 1, Some(600))]
fn m7_1_reports_of_crowds_are_counted(
    #[case] crowd: Crowd,
    #[case] refused: u64,
    #[case] wait_s: Option<u64>,
) {
    let with = |count: u64| Pace {
        crowds: vec![(crowd, (0..count).map(|at| seconds_ago(3000 - at)).collect())],
        ..paced(NOW)
    };
    assert_eq!(report(&who("vera"), with(refused - 1)), Ok(()));
    let want = wait_s.map_or(Ok(()), |retry_after_s| {
        Err(Denial::CrowdLimit { retry_after_s })
    });
    assert_eq!(report(&who("vera"), with(refused)), want);
}

#[rstest]
#[case(Crowd::Network, 3)]
#[case(Crowd::Bridge, 9)]
#[case(Crowd::Host, 1)]
fn m7_1_visitors_made_are_counted(#[case] crowd: Crowd, #[case] refused: u64) {
    let bridge = Actor::Member {
        id: MemberId::new(8).unwrap(),
        kind: MemberKind::Bot,
        roles: BTreeSet::new(),
        groups: BTreeSet::new(),
        trust_level: 0,
        capabilities: "relay:write".parse().unwrap(),
        token_ends_at: None,
        relayed: None,
    };
    let with = |count: u64| Pace {
        crowds: vec![(crowd, spread(count, 3540))],
        ..paced(NOW)
    };
    assert!(decide(&bridge, MakeVisitor, &with(refused - 1)).is_ok());
    let denial = decide(&bridge, MakeVisitor, &with(refused)).unwrap_err();
    assert_eq!(denial, Denial::CrowdLimit { retry_after_s: 60 });
}

#[test]
fn m7_2_longest_wait_is_told() {
    let mut pace = Pace {
        topics: spread(20, 23 * 3600),
        same_text_at: Some(seconds_ago(0)),
        crowds: vec![
            (Crowd::Address, vec![seconds_ago(0); 6]),
            (Crowd::Network, vec![seconds_ago(20); 5]),
        ],
        ..paced(NOW)
    };
    pace.topics.push(NOW);
    assert_eq!(start(&who("charlie"), pace.clone()), daily(3660));
    pace.topics.clear();
    let same = Err(Denial::SameText { retry_after_s: 300 });
    assert_eq!(start(&who("charlie"), pace.clone()), same);
    pace.same_text_at = None;
    let crowd = Err(Denial::CrowdLimit { retry_after_s: 60 });
    assert_eq!(start(&who("charlie"), pace), crowd);
}

#[test]
fn m7_1_future_posts_of_a_wrong_clock_do_not_count() {
    let pace = Pace {
        replies: vec![NOW.plus(Duration::from_hours(24 * 365))],
        ..paced(NOW)
    };
    assert_eq!(reply(&who("charlie"), pace), Ok(()));
}

#[test]
fn m7_1_nothing_is_limited_without_limits() {
    let pace = Pace {
        limits: None,
        topics: vec![NOW; 100],
        replies: vec![NOW; 100],
        edits: vec![NOW; 100],
        reports: vec![NOW; 100],
        same_text_at: Some(NOW),
        crowds: vec![(Crowd::Network, vec![NOW; 100])],
        ..paced(NOW)
    };
    assert_eq!(start(&who("nora"), pace.clone()), Ok(()));
    assert_eq!(reply(&who("nora"), pace.clone()), Ok(()));
    assert_eq!(report(&who("nora"), pace.clone()), Ok(()));
    assert_eq!(Pace::unlimited(NOW).now, NOW);
    assert_eq!(Pace::unlimited(NOW).limits, None);
}

#[rstest]
#[case("nobody", false)]
#[case("operator", false)]
#[case("alice", false)]
#[case("bob", false)]
#[case("charlie", true)]
#[case("vera", true)]
fn m7_1_pace_applies_to_members_without_duty(#[case] name: &str, #[case] want: bool) {
    assert_eq!(Pace::applies_to(&who(name)), want);
}

type Attempt = fn(&Actor, Pace) -> Result<(), Denial>;

proptest! {
    /// M7.2: who waits as long as they are told is let through.
    #[test]
    fn m7_2_told_wait_is_enough(
        topics in prop::collection::vec(0..100_000_u64, 0..30),
        replies in prop::collection::vec(0..100_000_u64, 0..30),
        same in prop::option::of(0..400_u64),
        crowd in prop::collection::vec(0..90_u64, 0..12),
        age_hours in 0..60_u64,
        name in prop::sample::select(vec!["charlie", "nora", "vera"]),
    ) {
        let moments = |all: &[u64]| all.iter().map(|s| seconds_ago(*s)).collect::<Vec<_>>();
        let pace = Pace {
            topics: moments(&topics),
            replies: moments(&replies),
            same_text_at: same.map(seconds_ago),
            crowds: vec![(Crowd::Bridge, moments(&crowd))],
            ..began(paced(NOW), age_hours)
        };
        let tries: [Attempt; 2] = [start, reply];
        for attempt in tries {
            if let Err(denial) = attempt(&who(name), pace.clone())
                && let Some(wait) = denial.retry_after()
            {
                let later = Pace { now: NOW.plus(wait), ..pace.clone() };
                prop_assert_eq!(attempt(&who(name), later), Ok(()));
            }
        }
    }
}
