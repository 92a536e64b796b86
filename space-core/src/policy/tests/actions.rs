// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A table for every action that the other tables leave out.

use rstest::rstest;

use super::super::*;
use super::{access, actor, calmly, id, topic};
use crate::{CategoryId, MemberId, MemberKind, PostId, Tags, TopicId};

fn place() -> TopicId {
    TopicId::new(40).unwrap()
}

fn code<A: Action>(who: &str, action: A, context: &A::Context) -> Result<(), &'static str> {
    decide(&actor(who), action, context)
        .map(drop)
        .map_err(Denial::code)
}

#[rstest]
#[case("nobody", "open", "", Err("signed_out"))]
#[case("nobody", "closed", "", Err("not_found"))]
#[case("charlie", "open", "", Err("not_staff"))]
#[case("charlie", "open", "archived", Err("topic_archived"))]
#[case("mallory", "closed", "", Err("not_found"))]
#[case("dora's reader", "closed", "", Err("token_too_narrow"))]
#[case("bob", "open", "", Ok(()))]
#[case("bob", "open", "closed", Ok(()))]
#[case("bob", "open", "archived", Err("topic_archived"))]
#[case("alice", "closed", "", Ok(()))]
fn close_topic_needs_staff_and_live_topic(
    #[case] who: &str,
    #[case] category: &str,
    #[case] state: &str,
    #[case] want: Result<(), &str>,
) {
    for close in [true, false] {
        let action = CloseTopic {
            topic: place(),
            close,
        };
        assert_eq!(code(who, action, &topic(category, state)), want);
    }
}

#[rstest]
#[case("nobody", "open", Err("signed_out"))]
#[case("nobody", "members", Err("not_found"))]
#[case("charlie", "open", Ok(()))]
#[case("charlie", "news", Ok(()))]
#[case("charlie", "closed", Err("not_found"))]
#[case("dora", "closed", Ok(()))]
#[case("dora's reader", "closed", Err("token_too_narrow"))]
#[case("bob", "staff", Ok(()))]
fn own_marks_need_readable_topic_and_write_token(
    #[case] who: &str,
    #[case] category: &str,
    #[case] want: Result<(), &str>,
) {
    for state in ["", "closed", "archived"] {
        let topic = topic(category, state);
        assert_eq!(code(who, MarkRead { topic: place() }, &topic), want);
        for post in [None, PostId::new(50)] {
            let bookmark = PutBookmark {
                topic: place(),
                post,
            };
            assert_eq!(code(who, bookmark, &topic), want);
        }
    }
    let caught_up = CatchUp {
        category: CategoryId::new(9),
    };
    assert_eq!(code(who, caught_up, &Some(access(category))), want);
}

#[rstest]
#[case("nobody", Err("signed_out"))]
#[case("charlie", Ok(()))]
#[case("dora's reader", Err("token_too_narrow"))]
fn bookmark_removal_and_catch_up_everywhere_need_write_token(
    #[case] who: &str,
    #[case] want: Result<(), &str>,
) {
    assert_eq!(code(who, RemoveBookmark { id: 50 }, &()), want);
    assert_eq!(code(who, CatchUp { category: None }, &None), want);
    assert_eq!(code(who, AcceptCode, &()), want);
}

#[test]
fn operator_accepts_no_code() {
    assert_eq!(code("operator", AcceptCode, &()), Err("signed_out"));
}

#[rstest]
#[case("alice", Ok(()))]
#[case("operator", Ok(()))]
#[case("bob", Err("not_administrator"))]
#[case("charlie", Err("not_administrator"))]
#[case("dora's reader", Err("token_too_narrow"))]
#[case("nobody", Err("signed_out"))]
fn configuration_is_for_administrators(#[case] who: &str, #[case] want: Result<(), &str>) {
    assert_eq!(code(who, ManageCategories, &()), want);
    assert_eq!(code(who, ManageGroups, &()), want);
    assert_eq!(code(who, ManageMembers, &()), want);
    assert_eq!(code(who, RunImport, &()), want);
    assert_eq!(code(who, PurgePosts, &()), want);
}

#[test]
fn administrator_without_manage_token_configures_nothing() {
    let Actor::Member {
        id,
        kind,
        roles,
        groups,
        trust_level,
        relayed,
        ..
    } = actor("alice")
    else {
        unreachable!()
    };
    let alice = Actor::Member {
        id,
        kind,
        roles,
        groups,
        trust_level,
        capabilities: "read write".parse().unwrap(),
        token_ends_at: None,
        relayed,
    };
    let got = decide(&alice, ManageCategories, &()).map(drop);
    assert_eq!(got.map_err(Denial::code), Err("token_too_narrow"));
}

#[rstest]
#[case("", "", true)]
#[case("", "read", true)]
#[case("read", "", false)]
#[case("read", "read", true)]
#[case("read", "read write", true)]
#[case("read write", "read", false)]
#[case("read write", "read manage", false)]
#[case("relay:write", "read write manage", false)]
fn capabilities_within_others(#[case] some: &str, #[case] others: &str, #[case] want: bool) {
    let parse = |text: &str| text.parse::<Capabilities>().unwrap();
    assert_eq!(parse(some).is_within(&parse(others)), want);
    assert_eq!(parse(some).is_empty(), some.is_empty());
    assert_eq!(parse(some).to_string(), some);
    assert_eq!(String::from(parse(some)), some);
}

#[test]
fn capabilities_of_person_are_those_without_bridge() {
    let all = Capabilities::all();
    let each = [
        (Capability::Read, true),
        (Capability::Write, true),
        (Capability::Manage, true),
        (Capability::RelayWrite, false),
        (Capability::ReportCreate, false),
    ];
    for (capability, want) in each {
        assert_eq!(all.has(capability), want, "{capability}");
    }
    assert!("read fly".parse::<Capabilities>().is_err());
    assert!(Capabilities::try_from("read fly".to_owned()).is_err());
}

#[test]
fn permit_names_action_and_actor() {
    let permit = decide(
        &actor("charlie"),
        MarkRead { topic: place() },
        &topic("open", ""),
    )
    .unwrap();
    assert_eq!(permit.action().topic, place());
    assert_eq!(permit.actor(), Some(id("charlie")));
    let permit = decide(&Actor::Operator, ManageMembers, &()).unwrap();
    assert_eq!(permit.actor(), None);
}

#[rstest]
#[case("charlie", "", Ok(()))]
#[case("charlie", "archived", Err("topic_archived"))]
#[case("mallory", "", Err("not_author"))]
#[case("bob", "archived", Err("topic_archived"))]
#[case("bob", "", Ok(()))]
#[case("operator", "", Err("category_read_only"))]
fn retitling_needs_author_or_staff_and_live_topic(
    #[case] who: &str,
    #[case] state: &str,
    #[case] want: Result<(), &str>,
) {
    let edit = EditTopic {
        topic: place(),
        moves_to: None,
        tags: None,
    };
    assert_eq!(code(who, edit, &calmly(topic("open", state))), want);
}

#[test]
fn topic_leaves_closed_category_by_staff_alone() {
    let into = |category| EditTopic {
        topic: place(),
        moves_to: Some((CategoryId::new(9).unwrap(), access(category))),
        tags: None,
    };
    let of_dora = TopicContext {
        author: id("dora"),
        ..topic("closed", "")
    };
    assert_eq!(
        code("dora", into("open"), &calmly(of_dora.clone())),
        Err("not_staff")
    );
    assert_eq!(code("bob", into("open"), &calmly(of_dora)), Ok(()));
}

#[rstest]
#[case("charlie", "news", Ok(()))]
#[case("charlie", "members", Ok(()))]
#[case("nobody", "news", Err("signed_out"))]
#[case("mallory", "staff", Err("not_found"))]
fn reply_needs_category_open_to_replies(
    #[case] who: &str,
    #[case] category: &str,
    #[case] want: Result<(), &str>,
) {
    let reply = Reply {
        topic: place(),
        reply_to: None,
    };
    let context = ReplyContext {
        topic: topic(category, ""),
        answers_in: None,
        pace: Pace::default(),
    };
    assert_eq!(code(who, reply, &context), want);
}

#[test]
fn read_only_category_takes_neither_topics_nor_replies() {
    use crate::category::{Access, AccessRule, Audience, Level};
    let access = Access {
        rules: vec![AccessRule {
            audience: Audience::Everyone,
            level: Level::Read,
        }],
    };
    let start = StartTopic {
        category: CategoryId::new(9).unwrap(),
        tags: Tags::default(),
    };
    let context = StartContext {
        access: access.clone(),
        pace: Pace::default(),
    };
    assert_eq!(code("charlie", start, &context), Err("category_read_only"));
    let edit = EditTopic {
        topic: place(),
        moves_to: None,
        tags: None,
    };
    let topic = TopicContext {
        access,
        ..topic("open", "")
    };
    assert_eq!(
        code("charlie", edit, &calmly(topic)),
        Err("category_read_only")
    );
}

#[rstest]
#[case(MemberKind::Bot, "relay:write", Ok(()))]
#[case(MemberKind::Bot, "report:create", Err("token_too_narrow"))]
#[case(MemberKind::Bot, "read write manage", Err("token_too_narrow"))]
#[case(MemberKind::Person, "relay:write", Err("not_bridge"))]
fn visitors_are_made_by_bridges_alone(
    #[case] kind: MemberKind,
    #[case] capabilities: &str,
    #[case] want: Result<(), &str>,
) {
    let bridge = Actor::Member {
        id: MemberId::new(8).unwrap(),
        kind,
        roles: [].into(),
        groups: [].into(),
        trust_level: 0,
        capabilities: capabilities.parse().unwrap(),
        token_ends_at: None,
        relayed: None,
    };
    let meet = decide(&bridge, MeetVisitors, &()).map(drop);
    assert_eq!(meet.map_err(Denial::code), want);
    let make = decide(&bridge, MakeVisitor, &Pace::default()).map(drop);
    assert_eq!(make.map_err(Denial::code), want);
}

#[test]
fn denials_have_codes_of_their_own() {
    let waits = 7;
    let paced = [
        Denial::TooManyReports {
            retry_after_s: waits,
        },
        Denial::TooFast {
            retry_after_s: waits,
        },
        Denial::DailyLimit {
            retry_after_s: waits,
        },
        Denial::SameText {
            retry_after_s: waits,
        },
        Denial::CrowdLimit {
            retry_after_s: waits,
        },
    ];
    let final_ones = [
        (Denial::SignedOut, "signed_out"),
        (Denial::NotFound, "not_found"),
        (
            Denial::TokenTooNarrow {
                needs: Capability::Read,
            },
            "token_too_narrow",
        ),
        (Denial::CategoryReadOnly, "category_read_only"),
        (Denial::CategoryNoTopics, "category_no_topics"),
        (Denial::TopicClosed, "topic_closed"),
        (Denial::TopicArchived, "topic_archived"),
        (Denial::PostHidden, "post_hidden"),
        (Denial::NotAuthor, "not_author"),
        (Denial::FirstPost, "first_post"),
        (Denial::NotStaff, "not_staff"),
        (Denial::NotAdministrator, "not_administrator"),
        (Denial::TooManyTags, "too_many_tags"),
        (Denial::TagTooLong, "tag_too_long"),
        (Denial::OtherTopic, "other_topic"),
        (Denial::CodeNotAccepted, "code_not_accepted"),
        (Denial::VisitorNoTopics, "visitor_no_topics"),
        (Denial::NotBridge, "not_bridge"),
        (Denial::NotVisitor, "not_visitor"),
        (Denial::OtherNetwork, "other_network"),
        (Denial::OwnPost, "own_post"),
        (Denial::AlreadyReported, "already_reported"),
        (Denial::TalkIsNoReport, "talk_is_no_report"),
        (Denial::CommentNeeded, "comment_needed"),
        (Denial::NotHidden, "not_hidden"),
        (Denial::CaseDecided, "case_decided"),
    ];
    let codes = paced.map(Denial::code);
    assert_eq!(
        codes,
        [
            "too_many_reports",
            "too_fast",
            "daily_limit",
            "same_text",
            "crowd_limit"
        ]
    );
    for denial in paced {
        let wait = std::time::Duration::from_secs(waits);
        assert_eq!(denial.retry_after(), Some(wait), "{denial}");
    }
    for (denial, code) in final_ones {
        assert_eq!(denial.code(), code);
        assert_eq!(denial.retry_after(), None, "{denial}");
    }
}

#[test]
fn moderator_cannot_delete_own_hidden_post() {
    let of = |author| PostContext {
        topic: topic("open", ""),
        author: id(author),
        is_first: false,
        is_hidden: true,
    };
    let post = PostId::new(50).unwrap();
    assert_eq!(
        code("bob", DeletePost { post }, &of("bob")),
        Err("post_hidden")
    );
    assert_eq!(code("bob", DeletePost { post }, &of("charlie")), Ok(()));
}

#[test]
fn facts_are_taken_from_post_and_topic() {
    use crate::{Post, PostKind, Timestamp, Topic};
    let it = Topic {
        id: place(),
        category: CategoryId::new(9).unwrap(),
        author: id("dora"),
        title: "Hello".to_owned().try_into().unwrap(),
        language: None,
        tags: "a b".parse().unwrap(),
        answer: None,
        is_closed: true,
        is_archived: false,
        is_pinned: false,
        is_unlisted: false,
        created_at: Timestamp::default(),
        revision: 1,
    };
    let context = TopicContext::of(&it, access("news"));
    let want = TopicContext {
        access: access("news"),
        author: id("dora"),
        is_closed: true,
        is_archived: false,
        tags: "a b".parse().unwrap(),
    };
    assert_eq!(context, want);
    for (number, is_hidden) in [(1, false), (2, true)] {
        let post = Post {
            id: PostId::new(50).unwrap(),
            topic: place(),
            number,
            author: id("mallory"),
            reply_to: None,
            kind: PostKind::Regular,
            source: String::new(),
            notice: None,
            language: None,
            is_hidden,
            created_at: Timestamp::default(),
            written_at: None,
            edited_at: None,
            revision: 1,
        };
        let context = PostContext::of(&post, want.clone());
        assert_eq!(context.is_first, number == 1);
        assert_eq!(context.is_hidden, is_hidden);
        assert_eq!((context.author, &context.topic), (id("mallory"), &want));
    }
}

#[rstest]
#[case("nobody", false)]
#[case("charlie", false)]
#[case("mallory", true)]
#[case("bob", true)]
#[case("alice", true)]
#[case("operator", false)]
fn hidden_author_is_known_to_staff_and_author(#[case] who: &str, #[case] want: bool) {
    assert_eq!(knows_hidden_author(&actor(who), id("mallory")), want);
}
