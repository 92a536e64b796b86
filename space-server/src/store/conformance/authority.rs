// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who is let in, and how they are put out again: blocks, tokens, passwords.

use super::*;
use space_core::Clock as _;
use space_core::policy::{LOG_INS_OF_A_MEMBER, TOKENS_OF_A_MEMBER};
use space_core::text::MemberName;

const PASSWORD: &str = "correct horse battery";
const DAY: Duration = Duration::from_hours(24);

fn named(name: &str) -> MemberName {
    MemberName::parse(name).unwrap()
}

async fn give_password(house: &House, name: &str) {
    let (name, password) = (named(name), PASSWORD.to_owned());
    house.operator.set_password(&name, password).await.unwrap();
}

async fn log_in(house: &House, name: &str, password: &str) -> crate::testing::Answer {
    let body = json!({"name": name, "password": password, "label": "test"});
    house.tell("nobody", "POST /v1/login", body).await
}

/// Asks with a token that a log-in gave.
async fn with(house: &House, token: &str, line: &str, body: Option<Value>) -> (StatusCode, Value) {
    let (method, path) = line.split_once(' ').unwrap();
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json");
    let body = body.map_or_else(String::new, |body| body.to_string());
    let (status, bytes) = house.raw(request.body(body.into()).unwrap()).await;
    (
        status,
        serde_json::from_slice(&bytes).unwrap_or(Value::Null),
    )
}

on_both_engines! {
    async fn blocked_account_is_put_out_until_it_signs_in_again(house: &House) {
        give_password(house, "mallory").await;
        let before = log_in(house, "mallory", PASSWORD).await.ok()["token"].as_str().unwrap().to_owned();
        let done = house.operator.block(&named("mallory"), None, false).await.unwrap();
        assert_eq!((done.is_new, done.tokens), (true, 2));
        assert_eq!(house.get("mallory", "/v1/me").await.code(), "signed_out");
        let refused = log_in(house, "mallory", PASSWORD).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert_eq!(refused.body["denial"], "account_blocked");
        assert_eq!(refused.body["title"], "this account is blocked");
        // Whether an account is blocked is told to nobody but its owner.
        assert_eq!(log_in(house, "mallory", "wrong password").await.code(), "wrong_password");
        let label = space_core::text::Label::parse("new").unwrap();
        let name = named("mallory");
        let made = house.operator.create_token(&name, label, "read".parse().unwrap(), None);
        assert!(made.await.is_err());
        assert!(!house.operator.block(&named("mallory"), None, false).await.unwrap().is_new);

        assert!(house.operator.unblock(&named("mallory")).await.unwrap().is_new);
        log_in(house, "mallory", PASSWORD).await.ok();
        for token in [before, house.token("mallory")] {
            let (status, _) = with(house, &token, "GET /v1/me", None).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "a token does not come back");
        }
    }

    async fn bridge_is_refused_for_a_blocked_visitor(house: &House) {
        let news = house.category("news", &["everyone reply"]).await;
        let (topic, first) = house.topic("alice", news, "Hello").await;
        house.bridge("irc").await;
        let met = house.tell("irc", "PUT /v1/visitors", json!({"network": "libera", "remote": "account:ann", "name": "ann"})).await.ok();
        let ann = met["member"]["id"].as_i64().unwrap();
        let accept = json!({"version": met["code"]});
        house.tell("irc", &format!("POST /v1/visitors/{ann}/acceptance"), accept).await.ok();
        let line = format!("POST /v1/topics/{topic}/posts");
        house.ask_for("irc", Some(ann), &line, Some(json!({"source": "hello"})), None).await.ok();
        // With the first post the account gets the name by which everybody hears of it.
        let members = house.operator.members(0, 100).await.unwrap();
        let name = members.into_iter().find(|member| member.id.get() == ann).unwrap().name;
        house.operator.block(&name, None, false).await.unwrap();
        let report = format!("POST /v1/posts/{first}/report");
        for (line, body) in [(line.as_str(), json!({"source": "more"})), (report.as_str(), json!({"reason": "spam"}))] {
            let refused = house.ask_for("irc", Some(ann), line, Some(body), None).await;
            assert_eq!(refused.code(), "account_blocked", "{line}");
        }
        house.operator.unblock(&name).await.unwrap();
        house.ask_for("irc", Some(ann), &line, Some(json!({"source": "more"})), None).await.ok();
    }

    async fn only_owner_is_not_blocked_unawares(house: &House) {
        let refused = house.operator.block(&named("alice"), None, false).await;
        assert!(matches!(refused, Err(crate::operator::OperatorError::OnlyOwner)));
        house.get("alice", "/v1/me").await.ok();
        house.member("olga", &[space_core::Role::Owner]).await;
        house.operator.block(&named("alice"), None, false).await.unwrap();
        // The other owner is the only one now, in each respect.
        assert!(house.operator.block(&named("olga"), None, false).await.is_err());
        assert!(house.operator.set_role(&named("olga"), space_core::Role::Owner, false).await.is_err());
        house.operator.block(&named("olga"), None, true).await.unwrap();
    }

    async fn member_changes_their_password_and_ends_other_log_ins(house: &House) {
        give_password(house, "charlie").await;
        let token = |answer: crate::testing::Answer| answer.ok()["token"].as_str().unwrap().to_owned();
        let (here, there) = (token(log_in(house, "charlie", PASSWORD).await), token(log_in(house, "charlie", PASSWORD).await));
        let line = "PUT /v1/me/password";
        let change = |old: &str, new: &str, others: bool| Some(json!({"password": old, "new_password": new, "sign_out_others": others}));
        let (status, problem) = with(house, &here, line, change("wrong password", "battery staple", false)).await;
        assert_eq!((status, &problem["code"]), (StatusCode::UNAUTHORIZED, &json!("wrong_password")));
        let (status, _) = with(house, &here, line, change(PASSWORD, "short", false)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        let (status, done) = with(house, &here, line, change(PASSWORD, "battery staple", false)).await;
        assert_eq!((status, &done), (StatusCode::OK, &json!({"tokens": 0})));
        assert_eq!(with(house, &there, "GET /v1/me", None).await.0, StatusCode::OK);
        let (_, done) = with(house, &here, line, change("battery staple", "horse battery", true)).await;
        assert_eq!(done, json!({"tokens": 2}), "the other log-in, and the token of the tests");
        assert_eq!(with(house, &there, "GET /v1/me", None).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(with(house, &here, "GET /v1/me", None).await.0, StatusCode::OK);
        house.clock.pass(Duration::from_mins(1));
        assert_eq!(log_in(house, "charlie", PASSWORD).await.code(), "wrong_password");
        log_in(house, "charlie", "horse battery").await.ok();
    }

    async fn new_password_signs_out_when_asked(house: &House) {
        let ended = house.operator.replace_password(&named("charlie"), PASSWORD.to_owned(), false).await;
        assert_eq!(ended.unwrap(), 0);
        house.get("charlie", "/v1/me").await.ok();
        let ended = house.operator.replace_password(&named("charlie"), PASSWORD.to_owned(), true).await;
        assert_eq!(ended.unwrap(), 1);
        assert_eq!(house.get("charlie", "/v1/me").await.code(), "signed_out");
    }

    async fn tokens_end_and_make_none_that_is_more(house: &House) {
        give_password(house, "charlie").await;
        let session = log_in(house, "charlie", PASSWORD).await.ok();
        let token = session["token"].as_str().unwrap();
        let now = house.clock.now();
        let ask = async |body: Value| {
            let (_, made) = with(house, token, "POST /v1/tokens", Some(body)).await;
            made["denial"].as_str().or(made["code"].as_str()).map(ToOwned::to_owned)
        };
        let end = |after: Duration| now.plus(after);
        assert_eq!(ask(json!({"label": "weaker", "capabilities": "read"})).await, None);
        assert_eq!(ask(json!({"label": "shorter", "capabilities": "read", "expires_at": end(DAY)})).await, None);
        let longer = json!({"label": "longer", "capabilities": "read", "expires_at": end(DAY * 181)});
        assert_eq!(ask(longer).await.as_deref(), Some("token_too_long"));
        let stronger = json!({"label": "stronger", "capabilities": "read relay:write"});
        assert_eq!(ask(stronger).await.as_deref(), Some("token_too_narrow"));
        let past = json!({"label": "past", "capabilities": "read", "expires_at": now.minus(DAY)});
        assert_eq!(ask(past).await.as_deref(), Some("invalid"));
        let lines = house.operator.tokens(&named("charlie")).await.unwrap();
        let ends = |label: &str| {
            let line = lines.iter().find(|line| line.label.as_str() == label && line.id.get() > 5);
            line.unwrap().expires_at
        };
        assert_eq!(ends("test"), Some(end(DAY * 180)), "a log-in");
        // It says no end, and gets that of the log-in, which is before that of the configuration.
        assert_eq!(ends("weaker"), Some(end(DAY * 180)));
        // Tokens from before there were ends stay as they are.
        house.clock.pass(DAY * 200);
        house.app.writer.submit(Tidy).await.unwrap();
        assert_eq!(with(house, token, "GET /v1/me", None).await.0, StatusCode::UNAUTHORIZED);
        house.get("charlie", "/v1/me").await.ok();
    }

    async fn tokens_of_a_member_have_a_bound(house: &House) {
        let body = json!({"label": "one more", "capabilities": "read"});
        for _ in 1..TOKENS_OF_A_MEMBER {
            house.tell("charlie", "POST /v1/tokens", body.clone()).await.ok();
        }
        assert_eq!(house.tell("charlie", "POST /v1/tokens", body).await.code(), "too_many_tokens");
        // Nobody is kept out by that: log-ins have a bound of their own, and the oldest makes room.
        give_password(house, "charlie").await;
        let mut tokens = Vec::new();
        for _ in 0..=LOG_INS_OF_A_MEMBER {
            house.clock.pass(Duration::from_mins(3));
            tokens.push(log_in(house, "charlie", PASSWORD).await.ok()["token"].as_str().unwrap().to_owned());
        }
        assert_eq!(with(house, &tokens[0], "GET /v1/me", None).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(with(house, &tokens[1], "GET /v1/me", None).await.0, StatusCode::OK);
        house.get("charlie", "/v1/me").await.ok();
    }

    /// Losses of rights are counted for other processes, and no reader finds anything of it.
    async fn lost_right_moves_a_counter_and_no_row(house: &House) {
        let end = |lines: Vec<FeedLine>| match lines.last() {
            Some(FeedLine::Cursor { cursor, .. }) => cursor.0.clone(),
            other => panic!("{other:?}"),
        };
        let cursor = end(house.feed("dora", "").await.unwrap());
        let head = async || house.app.store.read(|x| Box::pin(store::head::read(x))).await.unwrap();
        let before = head().await;
        let token = house.operator.tokens(&named("mallory")).await.unwrap()[0].id;
        house.operator.revoke_token(&named("mallory"), token).await.unwrap();
        let after = head().await;
        assert_eq!((after.seq, after.id), (before.seq, before.id));
        assert_eq!(after.rights, before.rights + 1);
        house.operator.block(&named("mallory"), None, false).await.unwrap();
        house.operator.unblock(&named("mallory")).await.unwrap();
        let last = head().await;
        assert_eq!((last.seq, last.id), (before.seq, before.id));
        assert!(last.rights > after.rights);
        let lines = house.feed("dora", &format!("since={cursor}")).await.unwrap();
        assert_eq!(lines.len(), 1, "{lines:?}");
    }
}
