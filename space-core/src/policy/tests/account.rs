// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Accounts: blocking, signing in, tokens, passwords.

use rstest::rstest;

use super::*;
use crate::Timestamp;

fn at(hours: i64) -> Timestamp {
    Timestamp::from_millis(hours * 3_600_000)
}

/// One of the other tables, with a token that ends.
fn until(who: &str, end: Option<Timestamp>) -> Actor {
    let mut actor = actor(who);
    if let Actor::Member { token_ends_at, .. } = &mut actor {
        *token_ends_at = end;
    }
    actor
}

fn code<T>(decided: Result<T, Denial>) -> Result<(), &'static str> {
    decided.map(drop).map_err(Denial::code)
}

#[rstest]
#[case::operator("operator", "mallory", false, false, Ok(()))]
#[case::administrator("alice", "mallory", false, false, Ok(()))]
#[case::moderator("bob", "mallory", false, false, Err("not_administrator"))]
#[case::member("charlie", "mallory", false, false, Err("not_administrator"))]
#[case::nobody("nobody", "mallory", false, false, Err("signed_out"))]
#[case::oneself("alice", "alice", true, false, Err("own_account"))]
#[case::another_owner("alice", "dora", true, false, Ok(()))]
#[case::owner_by_operator("operator", "alice", true, false, Ok(()))]
#[case::only_owner("operator", "alice", true, true, Err("only_owner"))]
fn block_is_for_administrators(
    #[case] who: &str,
    #[case] whom: &str,
    #[case] is_owner: bool,
    #[case] is_only_owner: bool,
    #[case] want: Result<(), &'static str>,
) {
    let context = AccountContext {
        is_owner,
        is_only_owner,
    };
    let block = BlockMember {
        member: id(whom),
        block: true,
        even_the_only_owner: false,
    };
    assert_eq!(code(decide(&actor(who), block, &context)), want);
}

#[test]
fn only_owner_is_blocked_when_that_is_meant() {
    let context = AccountContext {
        is_owner: true,
        is_only_owner: true,
    };
    let block = BlockMember {
        member: id("alice"),
        block: true,
        even_the_only_owner: true,
    };
    assert!(decide(&Actor::Operator, block, &context).is_ok());
    let unblock = BlockMember {
        block: false,
        even_the_only_owner: false,
        ..block
    };
    assert!(decide(&Actor::Operator, unblock, &context).is_ok());
}

#[test]
fn administrator_cannot_block_owner() {
    let mut erin = actor("mallory");
    if let Actor::Member { roles, .. } = &mut erin {
        roles.insert(Role::Administrator);
    }
    let block = BlockMember {
        member: id("alice"),
        block: true,
        even_the_only_owner: true,
    };
    let context = AccountContext {
        is_owner: true,
        is_only_owner: false,
    };
    assert_eq!(code(decide(&erin, block, &context)), Err("not_owner"));
    let member = AccountContext {
        is_owner: false,
        is_only_owner: false,
    };
    let block = BlockMember {
        member: id("bob"),
        ..block
    };
    assert!(decide(&erin, block, &member).is_ok());
}

#[rstest]
#[case::free("charlie", "charlie", false, Ok(()))]
#[case::blocked("charlie", "charlie", true, Err("account_blocked"))]
#[case::as_another("alice", "charlie", false, Err("not_found"))]
#[case::operator("operator", "charlie", false, Err("not_found"))]
fn sign_in_needs_an_account_without_block(
    #[case] who: &str,
    #[case] of: &str,
    #[case] is_blocked: bool,
    #[case] want: Result<(), &'static str>,
) {
    let sign_in = SignIn { of: id(of) };
    assert_eq!(code(decide(&actor(who), sign_in, &is_blocked)), want);
}

#[rstest]
#[case::as_strong("charlie", None, "read write manage", None, Ok(()))]
#[case::weaker("charlie", None, "read", None, Ok(()))]
#[case::stronger("charlie", None, "read relay:write", None, Err("token_too_narrow"))]
#[case::of_a_reader("dora's reader", None, "read", None, Err("token_too_narrow"))]
#[case::as_long("charlie", Some(9), "read", Some(9), Ok(()))]
#[case::shorter("charlie", Some(9), "read", Some(8), Ok(()))]
#[case::longer("charlie", Some(9), "read", Some(10), Err("token_too_long"))]
#[case::endless("charlie", Some(9), "read", None, Err("token_too_long"))]
#[case::ends_by_an_endless_one("charlie", None, "read", Some(9), Ok(()))]
#[case::operator("operator", None, "relay:write", None, Ok(()))]
fn token_is_no_more_than_its_maker(
    #[case] who: &str,
    #[case] own_end: Option<i64>,
    #[case] capabilities: &str,
    #[case] end: Option<i64>,
    #[case] want: Result<(), &'static str>,
) {
    let name = if who == "operator" || who.starts_with("dora") {
        "dora"
    } else {
        who
    };
    let make = MakeToken {
        of: id(name),
        capabilities: capabilities.parse().unwrap(),
        ends_at: end.map(at),
    };
    let context = TokenContext {
        is_blocked: false,
        held: 0,
    };
    assert_eq!(
        code(decide(&until(who, own_end.map(at)), make, &context)),
        want
    );
}

#[rstest]
#[case::room("charlie", false, TOKENS_OF_A_MEMBER - 1, Ok(()))]
#[case::full("charlie", false, TOKENS_OF_A_MEMBER, Err("too_many_tokens"))]
#[case::full_for_operator("operator", false, TOKENS_OF_A_MEMBER, Err("too_many_tokens"))]
#[case::blocked("charlie", true, 0, Err("account_blocked"))]
#[case::blocked_for_operator("operator", true, 0, Err("account_blocked"))]
#[case::of_another("alice", false, 0, Err("not_found"))]
fn tokens_of_a_member_are_bounded(
    #[case] who: &str,
    #[case] is_blocked: bool,
    #[case] held: usize,
    #[case] want: Result<(), &'static str>,
) {
    let make = MakeToken {
        of: id("charlie"),
        capabilities: "read".parse().unwrap(),
        ends_at: None,
    };
    let context = TokenContext { is_blocked, held };
    assert_eq!(code(decide(&actor(who), make, &context)), want);
}

#[rstest]
#[case::own("charlie", "charlie", Ok(()))]
#[case::of_another("alice", "charlie", Err("not_found"))]
#[case::with_a_narrow_token("dora's reader", "dora", Err("token_too_narrow"))]
#[case::nobody("nobody", "charlie", Err("signed_out"))]
#[case::operator("operator", "charlie", Err("not_found"))]
fn password_is_changed_by_its_owner(
    #[case] who: &str,
    #[case] of: &str,
    #[case] want: Result<(), &'static str>,
) {
    let change = ChangePassword { of: id(of) };
    assert_eq!(code(decide(&actor(who), change, &())), want);
}

#[test]
fn bot_has_no_password_of_its_own_to_change() {
    let mut bot = actor("charlie");
    if let Actor::Member { kind, .. } = &mut bot {
        *kind = MemberKind::Bot;
    }
    let change = ChangePassword { of: id("charlie") };
    assert_eq!(code(decide(&bot, change, &())), Err("not_found"));
}

/// A bridge speaks for nobody who is blocked, whether they post or report.
#[test]
fn bridge_cannot_act_for_a_blocked_visitor() {
    let mut bridge = actor("mallory");
    if let Actor::Member {
        kind, capabilities, ..
    } = &mut bridge
    {
        *kind = MemberKind::Bot;
        *capabilities = "read relay:write report:create".parse().unwrap();
    }
    let vera = |is_blocked| VisitorFacts {
        id: MemberId::new(9).unwrap(),
        trust_level: 0,
        has_accepted: true,
        bridge: Some(id("mallory")),
        is_blocked,
    };
    assert!(act_for(&bridge, Some(vera(false))).is_ok());
    assert_eq!(
        code(act_for(&bridge, Some(vera(true)))),
        Err("account_blocked")
    );
}
