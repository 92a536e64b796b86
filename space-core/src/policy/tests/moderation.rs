// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who may report, decide and hide, and what a bridge may do for whom: rita is a bot with a bridge's token, vera a
//! visitor whom it has brought.

use std::time::Duration;

use rstest::rstest;

use super::super::*;
use super::{access, actor, id, topic};
use crate::case::{CaseState, Outcome, ReportReason};
use crate::{CaseId, MemberId, MemberKind, PostId, Timestamp, TopicId};

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

fn ago(hours: u64) -> Timestamp {
    NOW.minus(Duration::from_hours(hours))
}

fn vera(has_accepted: bool) -> VisitorFacts {
    VisitorFacts {
        id: MemberId::new(9).unwrap(),
        trust_level: 0,
        has_accepted,
        bridge: MemberId::new(8),
        is_blocked: false,
    }
}

fn rita(capabilities: &str, kind: MemberKind) -> Actor {
    Actor::Member {
        id: MemberId::new(8).unwrap(),
        kind,
        roles: [crate::Role::Owner].into(),
        groups: [super::group()].into(),
        trust_level: 4,
        capabilities: capabilities.parse().unwrap(),
        token_ends_at: None,
        relayed: None,
    }
}

fn relayed(capabilities: &str, has_accepted: bool) -> Actor {
    act_for(
        &rita(capabilities, MemberKind::Bot),
        Some(vera(has_accepted)),
    )
    .unwrap()
}

/// Everybody of the other tables, and vera through a bridge.
fn who(name: &str) -> Actor {
    match name {
        "vera" => relayed("read relay:write report:create", true),
        "vera, new" => relayed("read relay:write report:create", false),
        "vera, written for" => relayed("relay:write", true),
        "vera, reported for" => relayed("report:create", true),
        name => actor(name),
    }
}

fn post(category: &str, is_hidden: bool) -> PostContext {
    PostContext {
        topic: topic(category, ""),
        author: id("mallory"),
        is_first: false,
        is_hidden,
    }
}

fn code<A: Action>(who: &Actor, action: A, context: &A::Context) -> Result<(), &'static str> {
    decide(who, action, context).map(drop).map_err(Denial::code)
}

#[rstest]
#[case("read relay:write", MemberKind::Bot, Ok(()))]
#[case("report:create", MemberKind::Bot, Ok(()))]
#[case("read write manage", MemberKind::Bot, Err("token_too_narrow"))]
#[case("relay:write report:create", MemberKind::Person, Err("not_bridge"))]
#[case("relay:write report:create", MemberKind::Visitor, Err("not_bridge"))]
fn only_a_bot_with_such_a_token_acts_for_others(
    #[case] capabilities: &str,
    #[case] kind: MemberKind,
    #[case] want: Result<(), &str>,
) {
    let bridge = rita(capabilities, kind);
    let got = act_for(&bridge, Some(vera(true))).map(drop);
    assert_eq!(got.map_err(Denial::code), want);
}

#[test]
fn a_bridge_acts_for_nobody_but_visitors_and_nobody_acts_through_two() {
    let bridge = rita("relay:write", MemberKind::Bot);
    assert_eq!(act_for(&bridge, None).unwrap_err(), Denial::NotVisitor);
    let acting = act_for(&bridge, Some(vera(true))).unwrap();
    assert_eq!(
        act_for(&acting, Some(vera(true))).unwrap_err().code(),
        "token_too_narrow"
    );
    assert_eq!(
        act_for(&Actor::SignedOut, Some(vera(true))).unwrap_err(),
        Denial::SignedOut
    );
}

#[rstest]
#[case(None, Ok(()))]
#[case(Some(8), Ok(()))]
#[case(Some(7), Err("other_network"))]
fn bridge_acts_for_people_of_its_own_network_only(
    #[case] owner: Option<i64>,
    #[case] want: Result<(), &str>,
) {
    let owner = owner.and_then(MemberId::new);
    for capabilities in ["relay:write", "report:create", "relay:write report:create"] {
        let facts = VisitorFacts {
            bridge: owner,
            ..vera(true)
        };
        let got = act_for(&rita(capabilities, MemberKind::Bot), Some(facts)).map(drop);
        assert_eq!(got.map_err(Denial::code), want, "{capabilities}");
    }
    let bridge = rita("relay:write", MemberKind::Bot);
    assert_eq!(code(&bridge, BringFromNetwork, &owner), want);
    // What is refused to anybody does not depend on whose network it is.
    for who in [
        rita("report:create", MemberKind::Bot),
        rita("relay:write", MemberKind::Person),
        actor("alice"),
        Actor::SignedOut,
    ] {
        assert!(code(&who, BringFromNetwork, &owner).is_err());
    }
}

#[rstest]
#[case("operator", MemberKind::Bot, Ok(()))]
#[case("alice", MemberKind::Bot, Ok(()))]
#[case("operator", MemberKind::Person, Err("not_bridge"))]
#[case("operator", MemberKind::Visitor, Err("not_bridge"))]
#[case("bob", MemberKind::Bot, Err("not_administrator"))]
#[case("charlie", MemberKind::Bot, Err("not_administrator"))]
#[case("nobody", MemberKind::Bot, Err("signed_out"))]
fn administrators_assign_networks_to_bots(
    #[case] name: &str,
    #[case] kind: MemberKind,
    #[case] want: Result<(), &str>,
) {
    assert_eq!(code(&who(name), AssignNetwork, &kind), want);
}

#[test]
fn whoever_acts_for_a_visitor_has_none_of_the_bridges_rights() {
    let vera = who("vera");
    assert_eq!(vera.member(), MemberId::new(9));
    assert!(!vera.is_staff() && !vera.is_administrator() && !vera.is_in(super::group()));
    for category in ["members", "closed", "staff"] {
        assert_eq!(level(&vera, &access(category)), None, "{category}");
    }
    assert_eq!(level(&vera, &access("open")), Some(Level::Reply));
    assert_eq!(code(&vera, ManageCategories, &()), Err("token_too_narrow"));
    assert_eq!(code(&vera, SeeCases, &()), Err("token_too_narrow"));
    assert_eq!(code(&vera, MeetVisitors, &()), Err("token_too_narrow"));
    let own = MemberId::new(9);
    assert_eq!(code(&vera, BringFromNetwork, &own), Err("token_too_narrow"));
}

use crate::category::Level;

#[rstest]
#[case("vera", "open", "", Ok(()))]
#[case("vera", "news", "", Ok(()))]
#[case("vera", "members", "", Err("not_found"))]
#[case("vera", "closed", "", Err("not_found"))]
#[case("vera", "open", "closed", Err("topic_closed"))]
#[case("vera, new", "open", "", Err("code_not_accepted"))]
#[case("vera, new", "closed", "", Err("not_found"))]
#[case("vera, written for", "open", "", Ok(()))]
#[case("vera, reported for", "open", "", Err("token_too_narrow"))]
fn visitors_reply_where_everyone_reads_once_they_have_accepted(
    #[case] name: &str,
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
    assert_eq!(code(&who(name), reply, &context), want);
}

#[rstest]
#[case("vera, reported for", Capability::RelayWrite)]
#[case("dora's reader", Capability::Write)]
fn refused_token_names_lacking_capability(#[case] name: &str, #[case] needs: Capability) {
    let reply = Reply {
        topic: TopicId::new(40).unwrap(),
        reply_to: None,
    };
    let context = ReplyContext {
        topic: topic("open", ""),
        answers_in: None,
        pace: Pace::default(),
    };
    let refused = decide(&who(name), reply, &context).unwrap_err();
    assert_eq!(refused, Denial::TokenTooNarrow { needs });
    assert!(refused.to_string().contains(needs.word()));
}

#[test]
fn visitors_start_no_topics_and_withdraw_what_is_theirs_without_accepting_anew() {
    let start = StartTopic {
        category: crate::CategoryId::new(9).unwrap(),
        tags: crate::Tags::default(),
    };
    assert_eq!(
        code(&who("vera"), start, &super::starting("open")),
        Err("visitor_no_topics")
    );
    let own = PostContext {
        author: MemberId::new(9).unwrap(),
        ..post("open", false)
    };
    let post = PostId::new(50).unwrap();
    assert_eq!(code(&who("vera, new"), DeletePost { post }, &own), Ok(()));
    assert_eq!(
        code(&who("vera, new"), EditPost { post }, &super::calmly(own)),
        Err("code_not_accepted")
    );
}

fn report(reason: ReportReason, has_comment: bool) -> ReportPost {
    ReportPost {
        post: PostId::new(50).unwrap(),
        reason,
        has_comment,
    }
}

fn about(post: PostContext) -> ReportContext {
    ReportContext {
        post,
        edited_at: None,
        earlier: None,
        has_moderator: true,
        pace: reported([]),
    }
}

/// What somebody is held to who reported at these moments.
fn reported(reports: impl IntoIterator<Item = Timestamp>) -> Pace {
    Pace {
        reports: reports.into_iter().collect(),
        ..super::pace::paced(NOW)
    }
}

#[rstest]
#[case("charlie", "open", Ok(()))]
#[case("charlie", "news", Ok(()))]
#[case("charlie", "closed", Err("not_found"))]
#[case("dora", "closed", Ok(()))]
#[case("dora's reader", "closed", Err("token_too_narrow"))]
#[case("mallory", "open", Err("own_post"))]
#[case("nobody", "open", Err("signed_out"))]
#[case("operator", "open", Err("signed_out"))]
#[case("bob", "staff", Ok(()))]
#[case("vera", "open", Ok(()))]
#[case("vera", "members", Err("not_found"))]
#[case("vera, new", "open", Ok(()))]
#[case("vera, reported for", "open", Ok(()))]
#[case("vera, written for", "open", Err("token_too_narrow"))]
fn m2_1_who_may_read_a_post_may_report_it(
    #[case] name: &str,
    #[case] category: &str,
    #[case] want: Result<(), &str>,
) {
    let context = about(post(category, false));
    assert_eq!(
        code(&who(name), report(ReportReason::Spam, false), &context),
        want
    );
}

#[rstest]
#[case(ReportReason::OffTopic, false, Ok(()))]
#[case(ReportReason::Inappropriate, false, Ok(()))]
#[case(ReportReason::Other, false, Err("comment_needed"))]
#[case(ReportReason::Other, true, Ok(()))]
#[case(ReportReason::Illegal, false, Err("comment_needed"))]
#[case(ReportReason::Illegal, true, Ok(()))]
#[case(ReportReason::Talk, true, Err("talk_is_no_report"))]
fn m2_1_some_reasons_need_words_and_one_is_no_report(
    #[case] reason: ReportReason,
    #[case] has_comment: bool,
    #[case] want: Result<(), &str>,
) {
    let context = about(post("open", false));
    assert_eq!(
        code(&who("charlie"), report(reason, has_comment), &context),
        want
    );
}

#[test]
fn what_is_hidden_already_is_not_reported_again() {
    let context = about(post("open", true));
    let spam = report(ReportReason::Spam, false);
    assert_eq!(code(&who("charlie"), spam, &context), Err("post_hidden"));
}

#[rstest]
#[case::reported_before(None, None, Err("already_reported"))]
#[case::edited_before_that(Some(6), None, Err("already_reported"))]
#[case::edited_since(Some(4), None, Ok(()))]
#[case::edited_at_that_moment(Some(5), None, Err("already_reported"))]
#[case::decided_just_now(None, Some(1), Err("already_reported"))]
#[case::decided_a_day_ago(None, Some(24), Ok(()))]
fn m2_4_one_report_a_person_and_thing(
    #[case] edited: Option<u64>,
    #[case] decided: Option<u64>,
    #[case] want: Result<(), &str>,
) {
    let context = ReportContext {
        edited_at: edited.map(ago),
        earlier: Some(EarlierReport {
            reported_at: if decided == Some(24) { ago(30) } else { ago(5) },
            decided_at: decided.map(ago),
        }),
        ..about(post("open", false))
    };
    let spam = report(ReportReason::Spam, false);
    assert_eq!(code(&who("charlie"), spam, &context), want);
}

fn trusted(level: u8) -> Actor {
    let mut actor = actor("charlie");
    if let Actor::Member { trust_level, .. } = &mut actor {
        *trust_level = level;
    }
    actor
}

#[rstest]
#[case(0, 20)]
#[case(1, 20)]
#[case(2, 30)]
#[case(3, 40)]
#[case(4, 60)]
fn m2_4_reports_a_day_rise_with_trust(#[case] level: u8, #[case] most: usize) {
    let with = |count: usize| ReportContext {
        pace: reported((0..count).map(|_| ago(23))),
        ..about(post("open", false))
    };
    let spam = || report(ReportReason::Spam, false);
    assert!(decide(&trusted(level), spam(), &with(most - 1)).is_ok());
    let denial = decide(&trusted(level), spam(), &with(most)).unwrap_err();
    assert_eq!(
        denial,
        Denial::TooManyReports {
            retry_after_s: 3600
        }
    );
}

#[test]
fn m2_4_visitors_report_five_an_hour_and_are_told_when_there_is_room() {
    let recent = |minutes: &[u64]| ReportContext {
        pace: reported(minutes.iter().map(|m| NOW.minus(Duration::from_mins(*m)))),
        ..about(post("open", false))
    };
    let spam = || report(ReportReason::Spam, false);
    let five = recent(&[50, 40, 30, 20, 10]);
    assert_eq!(
        decide(&who("vera"), spam(), &five).unwrap_err(),
        Denial::TooManyReports { retry_after_s: 600 }
    );
    assert!(decide(&who("charlie"), spam(), &five).is_ok());
    assert!(decide(&who("vera"), spam(), &recent(&[61, 40, 30, 20, 10])).is_ok());
}

#[rstest]
#[case("alice", Ok(()))]
#[case("bob", Ok(()))]
#[case("charlie", Err("not_staff"))]
#[case("dora's reader", Err("token_too_narrow"))]
#[case("operator", Err("not_staff"))]
#[case("nobody", Err("signed_out"))]
fn m3_1_cases_are_for_staff(#[case] name: &str, #[case] want: Result<(), &str>) {
    assert_eq!(code(&actor(name), SeeCases, &()), want);
}

/// Where the only moderator wrote the post, the reporter is told the truth instead of being thanked.
#[rstest]
#[case("charlie", true, Ok(()))]
#[case("charlie", false, Err("no_moderator"))]
#[case("vera", true, Ok(()))]
#[case("vera", false, Err("no_moderator"))]
#[case("bob", false, Err("no_moderator"))]
#[case("nobody", false, Err("signed_out"))]
#[case("mallory", false, Err("own_post"))]
fn m3_10_report_that_no_moderator_could_read_is_refused(
    #[case] name: &str,
    #[case] has_moderator: bool,
    #[case] want: Result<(), &str>,
) {
    let context = ReportContext {
        has_moderator,
        ..about(post("open", false))
    };
    let spam = report(ReportReason::Spam, false);
    assert_eq!(code(&who(name), spam, &context), want);
}

#[rstest]
// Who wrote the post is party whatever else there is.
#[case("bob", "bob", false, true, Err("not_found"))]
#[case("bob", "bob", false, false, Err("not_found"))]
#[case("alice", "alice", true, false, Err("not_found"))]
// Who reported is, too, unless nobody else could decide.
#[case("bob", "mallory", true, true, Err("not_found"))]
#[case("alice", "mallory", true, true, Err("not_found"))]
#[case("bob", "mallory", true, false, Ok(()))]
#[case("bob", "mallory", false, true, Ok(()))]
#[case("bob", "mallory", false, false, Ok(()))]
#[case("charlie", "mallory", true, false, Err("not_staff"))]
#[case("dora's reader", "mallory", true, false, Err("token_too_narrow"))]
#[case("vera", "mallory", true, false, Err("token_too_narrow"))]
fn m3_10_parties_neither_see_nor_decide(
    #[case] name: &str,
    #[case] author: &str,
    #[case] has_reported: bool,
    #[case] has_other: bool,
    #[case] want: Result<(), &str>,
) {
    let case = CaseId::new(3).unwrap();
    for (state, correct) in [(CaseState::Open, false), (CaseState::Decided, true)] {
        let context = CaseContext {
            author: id(author),
            has_reported,
            has_other,
            state,
        };
        let who = who(name);
        assert_eq!(code(&who, SeeCase { case }, &context), want);
        assert_eq!(code(&who, DecideCase { case, correct }, &context), want);
    }
}

#[rstest]
#[case(CaseState::Open, false, Ok(()))]
#[case(CaseState::Open, true, Err("case_open"))]
#[case(CaseState::Decided, false, Err("case_decided"))]
#[case(CaseState::Decided, true, Ok(()))]
fn m3_1_decided_case_is_corrected_and_not_decided_again(
    #[case] state: CaseState,
    #[case] correct: bool,
    #[case] want: Result<(), &str>,
) {
    let context = CaseContext {
        author: id("mallory"),
        has_reported: false,
        has_other: true,
        state,
    };
    let case = CaseId::new(3).unwrap();
    let decide = DecideCase { case, correct };
    assert_eq!(code(&actor("bob"), decide, &context), want);
}

#[rstest]
#[case(None, false, Outcome::Disagree, true)]
#[case(None, true, Outcome::Disagree, true)]
#[case(None, false, Outcome::Agree, false)]
#[case(None, false, Outcome::Ignore, false)]
#[case(Some(Outcome::Agree), false, Outcome::Disagree, true)]
#[case(Some(Outcome::Ignore), false, Outcome::Disagree, true)]
#[case(Some(Outcome::Disagree), false, Outcome::Disagree, false)]
#[case(Some(Outcome::Agree), true, Outcome::Disagree, false)]
#[case(Some(Outcome::Agree), false, Outcome::Ignore, false)]
fn m3_2_disagreeing_shows_a_hidden_post_again(
    #[case] corrects: Option<Outcome>,
    #[case] by_other_case: bool,
    #[case] outcome: Outcome,
    #[case] want: bool,
) {
    let facts = HiddenFacts {
        corrects,
        by_other_case,
    };
    assert_eq!(facts.shows_again(outcome), want);
}

#[rstest]
#[case("bob", "mallory", false, Ok(()), Err("not_hidden"))]
#[case("bob", "mallory", true, Err("post_hidden"), Ok(()))]
#[case("alice", "bob", true, Err("post_hidden"), Ok(()))]
#[case("bob", "bob", false, Err("own_post"), Err("own_post"))]
#[case("bob", "bob", true, Err("own_post"), Err("own_post"))]
#[case("charlie", "mallory", false, Err("not_staff"), Err("not_staff"))]
#[case("mallory", "mallory", true, Err("not_staff"), Err("not_staff"))]
#[case("nobody", "mallory", true, Err("signed_out"), Err("signed_out"))]
#[case("vera", "mallory", true, Err("not_staff"), Err("not_staff"))]
fn staff_hides_and_restores_what_others_wrote(
    #[case] name: &str,
    #[case] author: &str,
    #[case] is_hidden: bool,
    #[case] hides: Result<(), &str>,
    #[case] restores: Result<(), &str>,
) {
    let context = PostContext {
        author: id(author),
        ..post("open", is_hidden)
    };
    let post = PostId::new(50).unwrap();
    let who = who(name);
    assert_eq!(code(&who, HidePost { post }, &context), hides);
    assert_eq!(code(&who, RestorePost { post }, &context), restores);
    assert_eq!(code(&who, ReadHidden { post }, &context), restores);
    // What was done about a post is for those who could do it, shown or hidden.
    let trail = code(&who, SeeHidings { post }, &context);
    assert_eq!(trail, hides.or(restores));
}
