// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tables of named actors: alice owns the space, bob moderates, charlie is a member, dora is in the closed
//! group, mallory is a member who tries.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::category::{Access, AccessRule, Audience, Level};
use crate::{CategoryId, GroupId, MemberId, MemberKind, PostId, Role, Scope, Tags, TopicId};

fn group() -> GroupId {
    GroupId::new(7).unwrap()
}

fn id(name: &str) -> MemberId {
    MemberId::new(match name {
        "alice" => 1,
        "bob" => 2,
        "charlie" => 3,
        "dora" => 4,
        _ => 5,
    })
    .unwrap()
}

fn actor(name: &str) -> Actor {
    let member = |roles: &[Role], groups: &[GroupId], capabilities| Actor::Member {
        id: id(name),
        kind: MemberKind::Person,
        roles: roles.iter().copied().collect(),
        groups: groups.iter().copied().collect(),
        trust_level: 1,
        capabilities,
        token_ends_at: None,
        relayed: None,
    };
    match name {
        "nobody" => Actor::SignedOut,
        "operator" => Actor::Operator,
        "alice" => member(&[Role::Owner], &[], Capabilities::all()),
        "bob" => member(&[Role::Moderator], &[], Capabilities::all()),
        "dora" => member(&[], &[group()], Capabilities::all()),
        "dora's reader" => {
            let Actor::Member {
                kind,
                roles,
                groups,
                trust_level,
                relayed,
                ..
            } = actor("dora")
            else {
                unreachable!()
            };
            Actor::Member {
                id: id("dora"),
                kind,
                roles,
                groups,
                trust_level,
                capabilities: [Capability::Read].into_iter().collect(),
                token_ends_at: None,
                relayed,
            }
        }
        _ => member(&[], &[], Capabilities::all()),
    }
}

fn access(name: &str) -> Access {
    let rule = |audience, level| AccessRule { audience, level };
    match name {
        "open" => Access::open(),
        "news" => Access {
            rules: vec![
                rule(Audience::Everyone, Level::Read),
                rule(Audience::Members, Level::Reply),
            ],
        },
        "members" => Access {
            rules: vec![rule(Audience::Members, Level::Start)],
        },
        "closed" => Access::closed_to(group()),
        "staff" => Access {
            rules: vec![rule(Audience::Staff, Level::Start)],
        },
        _ => unreachable!("no such category in the tables"),
    }
}

fn topic(category: &str, state: &str) -> TopicContext {
    TopicContext {
        access: access(category),
        author: id("charlie"),
        is_closed: state == "closed",
        is_archived: state == "archived",
        tags: Tags::default(),
    }
}

fn starting(category: &str) -> StartContext {
    StartContext {
        access: access(category),
        pace: Pace::default(),
    }
}

/// What is edited, by somebody who wrote nothing lately.
fn calmly<T>(of: T) -> EditContext<T> {
    EditContext {
        of,
        pace: Pace::default(),
    }
}

#[rstest]
#[case("nobody", "open", Some(Level::Read))]
#[case("nobody", "news", Some(Level::Read))]
#[case("nobody", "members", None)]
#[case("nobody", "closed", None)]
#[case("nobody", "staff", None)]
#[case("charlie", "open", Some(Level::Start))]
#[case("charlie", "news", Some(Level::Reply))]
#[case("charlie", "members", Some(Level::Start))]
#[case("charlie", "closed", None)]
#[case("charlie", "staff", None)]
#[case("dora", "closed", Some(Level::Start))]
#[case("dora", "staff", None)]
#[case("bob", "closed", Some(Level::Start))]
#[case("alice", "staff", Some(Level::Start))]
fn levels(#[case] who: &str, #[case] category: &str, #[case] want: Option<Level>) {
    assert_eq!(level(&actor(who), &access(category)), want);
}

#[rstest]
#[case("charlie", "open", "", Ok(()))]
#[case("charlie", "news", "", Ok(()))]
#[case("nobody", "open", "", Err("signed_out"))]
#[case("nobody", "closed", "", Err("not_found"))]
#[case("mallory", "closed", "", Err("not_found"))]
#[case("mallory", "closed", "closed", Err("not_found"))]
#[case("charlie", "open", "closed", Err("topic_closed"))]
#[case("bob", "open", "closed", Ok(()))]
#[case("bob", "open", "archived", Err("topic_archived"))]
#[case("dora", "closed", "", Ok(()))]
#[case("dora's reader", "closed", "", Err("token_too_narrow"))]
#[case("operator", "open", "", Err("category_read_only"))]
fn replies(
    #[case] who: &str,
    #[case] category: &str,
    #[case] state: &str,
    #[case] want: Result<(), &str>,
) {
    let reply = Reply {
        topic: TopicId::new(40).unwrap(),
        reply_to: None,
    };
    let context = ReplyContext {
        topic: topic(category, state),
        answers_in: None,
        pace: Pace::default(),
    };
    let got = decide(&actor(who), reply, &context)
        .map(|_| ())
        .map_err(Denial::code);
    assert_eq!(got, want);
}

#[rstest]
#[case(Some(40), Ok(()))]
#[case(Some(41), Err("other_topic"))]
#[case(None, Err("other_topic"))]
fn a_reply_answers_a_post_of_its_own_topic(
    #[case] answers_in: Option<i64>,
    #[case] want: Result<(), &str>,
) {
    let reply = Reply {
        topic: TopicId::new(40).unwrap(),
        reply_to: PostId::new(50),
    };
    let context = ReplyContext {
        topic: topic("open", ""),
        answers_in: answers_in.and_then(TopicId::new),
        pace: Pace::default(),
    };
    assert_eq!(
        decide(&actor("charlie"), reply, &context)
            .map(|_| ())
            .map_err(Denial::code),
        want
    );
}

#[rstest]
#[case("charlie", "open", Ok(()))]
#[case("charlie", "news", Err("category_no_topics"))]
#[case("nobody", "open", Err("signed_out"))]
#[case("mallory", "closed", Err("not_found"))]
#[case("bob", "news", Ok(()))]
fn starting_topics(#[case] who: &str, #[case] category: &str, #[case] want: Result<(), &str>) {
    let start = StartTopic {
        category: CategoryId::new(9).unwrap(),
        tags: Tags::default(),
    };
    assert_eq!(
        decide(&actor(who), start, &starting(category))
            .map(|_| ())
            .map_err(Denial::code),
        want
    );
}

#[rstest]
#[case("charlie", false, false, Ok(()))]
#[case("charlie", true, false, Err("first_post"))]
#[case("mallory", false, false, Err("not_author"))]
#[case("bob", false, true, Ok(()))]
#[case("bob", true, true, Err("first_post"))]
#[case("charlie", false, true, Err("post_hidden"))]
#[case("charlie", true, true, Err("first_post"))]
#[case("mallory", false, true, Err("not_author"))]
#[case("nobody", false, false, Err("signed_out"))]
fn removing_posts(
    #[case] who: &str,
    #[case] is_first: bool,
    #[case] is_hidden: bool,
    #[case] want: Result<(), &str>,
) {
    let context = PostContext {
        topic: topic("open", ""),
        author: id("charlie"),
        is_first,
        is_hidden,
    };
    let delete = DeletePost {
        post: PostId::new(50).unwrap(),
    };
    assert_eq!(
        decide(&actor(who), delete, &context)
            .map(|_| ())
            .map_err(Denial::code),
        want
    );
}

#[rstest]
#[case("charlie", false, Ok(()))]
#[case("charlie", true, Err("post_hidden"))]
#[case("mallory", false, Err("not_author"))]
#[case("bob", false, Ok(()))]
#[case("bob", true, Err("post_hidden"))]
#[case("nobody", false, Err("signed_out"))]
fn editing_posts(#[case] who: &str, #[case] is_hidden: bool, #[case] want: Result<(), &str>) {
    let context = PostContext {
        topic: topic("open", ""),
        author: id("charlie"),
        is_first: false,
        is_hidden,
    };
    let edit = EditPost {
        post: PostId::new(50).unwrap(),
    };
    assert_eq!(
        decide(&actor(who), edit, &calmly(context))
            .map(|_| ())
            .map_err(Denial::code),
        want
    );
}

#[test]
fn a_topic_moves_only_where_its_mover_may_start_topics() {
    let into = |category| EditTopic {
        topic: TopicId::new(40).unwrap(),
        moves_to: Some((CategoryId::new(9).unwrap(), access(category))),
        tags: None,
    };
    let code = |who, category| {
        decide(&actor(who), into(category), &calmly(topic("open", "")))
            .map(|_| ())
            .map_err(Denial::code)
    };
    assert_eq!(code("charlie", "open"), Ok(()));
    assert_eq!(code("charlie", "members"), Err("not_staff"));
    assert_eq!(code("charlie", "news"), Err("category_no_topics"));
    assert_eq!(code("charlie", "closed"), Err("not_found"));
    assert_eq!(code("bob", "closed"), Ok(()));
}

#[rstest]
#[case("charlie", "a b c d e", Ok(()))]
#[case("charlie", "a b c d e f", Err("too_many_tags"))]
#[case("charlie", "this-has-21-character", Err("tag_too_long"))]
#[case("bob", "a b c d e f", Err("too_many_tags"))]
#[case("mallory", "a", Err("not_author"))]
fn tagging_topics(#[case] who: &str, #[case] tags: &str, #[case] want: Result<(), &str>) {
    let tags: Tags = tags.parse().unwrap();
    let edit = EditTopic {
        topic: TopicId::new(40).unwrap(),
        moves_to: None,
        tags: Some(tags.clone()),
    };
    let code = |made: Result<(), Denial>| made.map_err(Denial::code);
    assert_eq!(
        code(decide(&actor(who), edit, &calmly(topic("open", ""))).map(drop)),
        want
    );
    // A new topic is one's own.
    let start = StartTopic {
        category: CategoryId::new(9).unwrap(),
        tags,
    };
    let started = code(decide(&actor(who), start, &starting("open")).map(drop));
    assert_eq!(
        started,
        want.or_else(|code| if code == "not_author" {
            Ok(())
        } else {
            Err(code)
        })
    );
}

#[rstest]
#[case("alice", Ok(()))]
#[case("operator", Ok(()))]
#[case("bob", Err("not_administrator"))]
#[case("charlie", Err("not_administrator"))]
#[case("nobody", Err("signed_out"))]
fn configuring(#[case] who: &str, #[case] want: Result<(), &str>) {
    assert_eq!(
        decide(&actor(who), ManageCategories, &())
            .map(|_| ())
            .map_err(Denial::code),
        want
    );
}

#[test]
fn nobody_touches_the_tokens_of_another() {
    let of = |name| ManageTokens { of: id(name) };
    assert!(decide(&actor("charlie"), of("charlie"), &()).is_ok());
    assert_eq!(
        decide(&actor("alice"), of("charlie"), &()).unwrap_err(),
        Denial::NotFound
    );
    assert!(decide(&actor("operator"), of("charlie"), &()).is_ok());
}

#[test]
fn a_moderator_with_another_duty_is_no_administrator() {
    let Actor::Member {
        id,
        kind,
        groups,
        trust_level,
        capabilities,
        relayed,
        ..
    } = actor("bob")
    else {
        unreachable!()
    };
    let bob = Actor::Member {
        id,
        kind,
        roles: [Role::Moderator, Role::Editor].into(),
        groups,
        trust_level,
        capabilities,
        token_ends_at: None,
        relayed,
    };
    assert!(!scopes(&bob, [], [group()]).contains(&Scope::Group(group())));
}

#[test]
fn scopes_follow_access_and_membership() {
    let (closed, open, staff) = (access("closed"), access("open"), access("staff"));
    let category = |n| CategoryId::new(n).unwrap();
    let all = |who: &str| {
        scopes(
            &actor(who),
            [
                (category(1), &open),
                (category(2), &closed),
                (category(3), &staff),
            ],
            [group()],
        )
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ")
    };
    assert_eq!(all("nobody"), "public");
    assert_eq!(all("operator"), "public");
    assert_eq!(all("charlie"), "public member:3");
    assert_eq!(all("dora"), "public category:2 group:7 member:4");
    assert_eq!(
        all("bob"),
        "public category:2 category:3 role:moderator member:2"
    );
    assert_eq!(
        all("alice"),
        "public category:2 category:3 group:7 role:owner member:1"
    );
}

prop_compose! {
    fn any_access()(rules in prop::collection::vec((0..4_i64, 0..3_usize), 0..5)) -> Access {
        Access {
            rules: rules.into_iter().map(|(audience, level)| AccessRule {
                audience: match audience {
                    0 => Audience::Everyone,
                    1 => Audience::Members,
                    2 => Audience::Staff,
                    _ => Audience::Group(group()),
                },
                level: Level::ALL[level],
            }).collect(),
        }
    }
}

proptest! {
    #[test]
    fn a_scope_is_seen_exactly_when_its_category_may_be_read(access in any_access()) {
        let category = CategoryId::new(9).unwrap();
        for who in ["nobody", "charlie", "dora", "bob", "alice"] {
            let seen: BTreeSet<Scope> = scopes(&actor(who), [(category, &access)], []);
            prop_assert_eq!(seen.contains(&access.scope(category)), level(&actor(who), &access).is_some(), "{}", who);
        }
    }

    #[test]
    fn more_rank_never_denies(access in any_access(), closed: bool, archived: bool) {
        let context = ReplyContext {
            topic: TopicContext { access, author: id("charlie"), is_closed: closed, is_archived: archived, tags: Tags::default() },
            answers_in: None,
            pace: Pace::default(),
        };
        let reply = || Reply { topic: TopicId::new(40).unwrap(), reply_to: None };
        let may = |who: &str| decide(&actor(who), reply(), &context).is_ok();
        prop_assert!(!may("charlie") || may("dora"));
        prop_assert!(!may("dora") || may("bob"));
        prop_assert!(!may("bob") || may("alice"));
        prop_assert!(!may("nobody"));
    }
}

mod account;
mod actions;
mod moderation;
mod pace;
