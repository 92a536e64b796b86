// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Visitors, the code of conduct, reports, cases and hidden posts; and that nobody learns of a report.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use space_core::protocol::{FeedLine, Kind};
use space_core::text::{MemberName, NetworkName};
use space_core::{Evidence, PostId, Timestamp};

use crate::store::{checkup, head};
use crate::testing::{House, Mirror, on_both_engines};

const OPEN: [&str; 2] = ["everyone read", "members start"];

/// Brings somebody from IRC; returns the id of their account.
async fn meet(house: &House, nick: &str) -> i64 {
    let body = json!({"network": "irc.libera", "remote": format!("~{nick}@host"), "name": nick});
    let visitor = house.tell("rita", "PUT /v1/visitors", body).await.ok();
    visitor["member"]["id"].as_i64().unwrap()
}

async fn accept(house: &House, visitor: i64) {
    let line = format!("POST /v1/visitors/{visitor}/acceptance");
    let visitor = house
        .tell("rita", &line, json!({"version": 1, "language": "en"}))
        .await
        .ok();
    assert_eq!(visitor["accepted"], 1);
}

fn report(post: i64) -> String {
    format!("POST /v1/posts/{post}/report")
}

fn because(reason: &str) -> Value {
    json!({"reason": reason})
}

/// Returns a member as everybody's feed has it.
async fn shown(house: &House, id: i64) -> Value {
    let held = Mirror::fresh(house, "nobody").await;
    let (_, member) = &held.held()[&(Kind::Member, id)];
    serde_json::to_value(member).unwrap()
}

/// What everybody could learn from: what they can read, and where they stand in it. Sealed cursors are opened, so that
/// the position in them is compared, and not how it was sealed.
async fn seen(house: &House, who: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for path in [
        "/v1/topics",
        "/v1/space",
        "/v1/code",
        "/v1/categories",
        "/v1/cases",
        "/v1/cases/1",
    ] {
        let answer = house.get(who, path).await;
        out.insert(
            path.to_owned(),
            format!("{} {}", answer.status, answer.body),
        );
    }
    let lines = house.feed(who, "").await.unwrap();
    let rows: Vec<String> = lines
        .iter()
        .filter(|line| matches!(line, FeedLine::Row(_)))
        .map(|line| format!("{line:?}"))
        .collect();
    out.insert("feed".to_owned(), rows.join("\n"));
    out
}

on_both_engines! {
    async fn a_space_begins_with_a_code_and_people_accept_it(house: &House) {
        let code = house.get("nobody", "/v1/code").await.ok();
        assert_eq!((&code["version"], &code["language"]), (&json!(1), &json!("en")));
        assert!(code["source"].as_str().unwrap().contains("**2.1**"));
        let line = "POST /v1/me/acceptance";
        assert_eq!(house.tell("charlie", line, json!({"version": 1, "language": "de"})).await.ok(), code);
        assert_eq!(house.tell("charlie", line, json!({"version": 1})).await.ok(), code);
        assert_eq!(house.tell("nobody", line, json!({"version": 1})).await.code(), "signed_out");
        let old = house.tell("charlie", line, json!({"version": 2})).await;
        assert_eq!((old.status, old.body["conflict"]["revision"].clone()), (StatusCode::CONFLICT, json!(1)));
        // A second start does not adopt it again.
        house.app.writer.submit(crate::writer::commands::code::AdoptCode).await.unwrap();
        assert_eq!(house.get("nobody", "/v1/code").await.ok(), code);
    }

    async fn a_bridge_meets_a_visitor_who_accepts_and_replies(house: &House) {
        house.bridge("rita").await;
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let body = json!({"network": "irc.libera", "remote": "ann", "name": "ann"});
        let met = house.tell("rita", "PUT /v1/visitors", body.clone()).await.ok();
        assert_eq!(house.tell("rita", "PUT /v1/visitors", body).await.ok(), met);
        assert_eq!((&met["member"]["kind"], &met["member"]["display_name"]), (&json!("visitor"), &json!("ann")));
        assert_eq!((&met["accepted"], &met["code"], &met["member"]["trust_level"]), (&json!(null), &json!(1), &json!(0)));
        let ann = met["member"]["id"].as_i64().unwrap();
        let line = format!("POST /v1/topics/{topic}/posts");
        let says = |text: &str| Some(json!({"source": text}));
        let early = house.ask_for("rita", Some(ann), &line, says("Hi"), None).await;
        assert_eq!(early.code(), "code_not_accepted");
        accept(house, ann).await;
        let post = house.ask_for("rita", Some(ann), &line, says("Hi"), Some("k1")).await.ok();
        assert_eq!(post["author"], ann);
        assert_eq!(shown(house, ann).await["name"], "ann_irc");
        // The same key of the same visitor is done once, and is another one than that of the bridge or of somebody else.
        assert_eq!(house.ask_for("rita", Some(ann), &line, says("Hi"), Some("k1")).await.ok(), post);
        let bea = meet(house, "bea").await;
        accept(house, bea).await;
        let other = house.ask_for("rita", Some(bea), &line, says("Ho"), Some("k1")).await.ok();
        assert_eq!(other["author"], bea);
        let shown = Mirror::fresh(house, "nobody").await;
        assert!(shown.keys().contains(&format!("member:{ann}")));
        assert!(shown.keys().contains(&format!("member:{bea}")));
        // Where they come from is nowhere in it.
        assert!(!format!("{:?}", shown.held()).contains("libera"));
        // What they call themselves now is shown with their next post.
        let body = json!({"network": "irc.libera", "remote": "ann", "name": "ann|away"});
        let renamed = house.tell("rita", "PUT /v1/visitors", body).await.ok();
        assert_eq!((&renamed["member"]["id"], &renamed["member"]["display_name"]), (&json!(ann), &json!("ann")));
        assert!(!format!("{:?}", Mirror::fresh(house, "nobody").await.held()).contains("ann|away"));
        house.ask_for("rita", Some(ann), &line, says("Still here"), None).await.ok();
        assert!(format!("{:?}", Mirror::fresh(house, "nobody").await.held()).contains("ann|away"));
    }

    async fn a_bridge_has_the_rights_of_the_visitor_and_no_others(house: &House) {
        house.bridge("rita").await;
        let board = house.group("board", "dora").await;
        let open = house.category("open", &OPEN).await;
        let members = house.category("members", &["members start"]).await;
        let closed = house.category("closed", &[&format!("group:{board} start")]).await;
        let ann = meet(house, "ann").await;
        accept(house, ann).await;
        for (category, code) in [(open, "visitor_no_topics"), (members, "not_found"), (closed, "not_found")] {
            let body = json!({"category": category, "title": "Hello", "source": "Hi"});
            let answer = house.ask_for("rita", Some(ann), "POST /v1/topics", Some(body), None).await;
            assert_eq!(answer.code(), code);
        }
        let (secret, _) = house.topic("dora", closed, "Secret").await;
        let line = format!("POST /v1/topics/{secret}/posts");
        let hi = || Some(json!({"source": "Hi"}));
        assert_eq!(house.ask_for("rita", Some(ann), &line, hi(), None).await.code(), "not_found");
        // For nobody but visitors, by nobody but bridges; and reading is done in one's own name.
        let (topic, _) = house.topic("charlie", open, "Hello").await;
        let line = format!("POST /v1/topics/{topic}/posts");
        for other in [house.id("alice"), house.id("charlie"), 999_999] {
            assert_eq!(house.ask_for("rita", Some(other), &line, hi(), None).await.code(), "not_visitor");
        }
        assert_eq!(house.ask_for("alice", Some(ann), &line, hi(), None).await.code(), "token_too_narrow");
        assert_eq!(house.ask_for("nobody", Some(ann), &line, hi(), None).await.code(), "signed_out");
        assert_eq!(house.ask_for("rita", Some(ann), "GET /v1/me", None, None).await.code(), "invalid");
        // Rita herself may write nothing, and make no tokens, for herself or for others.
        assert_eq!(house.tell("rita", &line, json!({"source": "Hi"})).await.code(), "token_too_narrow");
        let token = json!({"label": "more", "capabilities": "relay:write"});
        assert_eq!(house.tell("rita", "POST /v1/tokens", token.clone()).await.code(), "token_too_narrow");
        assert_eq!(house.tell("alice", "POST /v1/tokens", token).await.code(), "token_too_narrow");
        let body = json!({"network": "irc.libera", "remote": "x", "name": "x"});
        assert_eq!(house.tell("alice", "PUT /v1/visitors", body).await.code(), "token_too_narrow");
        let accept_for = format!("POST /v1/visitors/{}/acceptance", house.id("charlie"));
        assert_eq!(house.tell("rita", &accept_for, json!({"version": 1})).await.code(), "not_visitor");
    }

    /// A bridge that somebody else runs, or a token that was taken.
    async fn a_bridge_acts_for_people_of_its_own_networks_only(house: &House) {
        house.bridge("rita").await;
        house.bridge("olga").await;
        let news = house.category("news", &OPEN).await;
        let (topic, post) = house.topic("charlie", news, "Hello").await;
        let ann = meet(house, "ann").await;
        accept(house, ann).await;
        let line = format!("POST /v1/topics/{topic}/posts");
        let hi = || Some(json!({"source": "Hi"}));
        house.ask_for("rita", Some(ann), &line, hi(), None).await.ok();
        let as_ann = |name: &str| json!({"network": "irc.libera", "remote": "~ann@host", "name": name});
        let before = Mirror::fresh(house, "nobody").await;
        for body in [as_ann("alice"), as_ann("ann"), json!({"network": "irc.libera", "remote": "new", "name": "new"})] {
            assert_eq!(house.tell("olga", "PUT /v1/visitors", body).await.code(), "other_network");
        }
        assert_eq!(house.ask_for("olga", Some(ann), &line, hi(), None).await.code(), "other_network");
        assert_eq!(house.ask_for("olga", Some(ann), &report(post), Some(because("spam")), None).await.code(), "other_network");
        let accepts = format!("POST /v1/visitors/{ann}/acceptance");
        assert_eq!(house.tell("olga", &accepts, json!({"version": 1})).await.code(), "other_network");
        assert_eq!(before.held(), Mirror::fresh(house, "nobody").await.held());
        assert_eq!(house.get("bob", "/v1/cases").await.ok()["cases"], json!([]));
        // Her own network is hers, with people of the same names.
        let own = json!({"network": "matrix.example", "remote": "~ann@host", "name": "ann"});
        house.tell("olga", "PUT /v1/visitors", own.clone()).await.ok();
        assert_eq!(house.tell("rita", "PUT /v1/visitors", own).await.code(), "other_network");
        let network = |name: &str| NetworkName::parse(name).unwrap();
        let name = |name: &str| MemberName::parse(name).unwrap();
        let listed = house.operator.bridge_networks().await.unwrap();
        let listed: Vec<_> = listed.iter().map(|one| (one.network.as_str(), one.bridge.as_str(), one.visitors)).collect();
        assert_eq!(listed, [("irc.libera", "rita", 1), ("matrix.example", "olga", 1)]);
        // The operator gives it to another one.
        assert!(house.operator.assign_network(&network("irc.libera"), &name("charlie")).await.is_err());
        house.operator.assign_network(&network("irc.libera"), &name("olga")).await.unwrap();
        assert_eq!(house.ask_for("rita", Some(ann), &line, hi(), None).await.code(), "other_network");
        house.ask_for("olga", Some(ann), &line, hi(), None).await.ok();
    }

    async fn names_of_visitors_do_not_meet(house: &House) {
        house.bridge("rita").await;
        house.member("ann_irc", &[]).await;
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let line = format!("POST /v1/topics/{topic}/posts");
        let mut names = Vec::new();
        for (remote, nick) in [("a", "ann"), ("b", "Ann"), ("c", "[ann]"), ("d", "\u{5d0}\u{5d1}"), ("e", "\u{5d0}")] {
            let body = json!({"network": "irc.libera", "remote": remote, "name": nick});
            let met = house.tell("rita", "PUT /v1/visitors", body).await.ok();
            assert_eq!(met["member"]["display_name"], nick);
            // Somebody of the same name who never posts takes nothing away.
            let silent = json!({"network": "irc.libera", "remote": format!("{remote}, silent"), "name": nick});
            house.tell("rita", "PUT /v1/visitors", silent).await.ok();
            let id = met["member"]["id"].as_i64().unwrap();
            accept(house, id).await;
            house.ask_for("rita", Some(id), &line, Some(json!({"source": "Hi"})), None).await.ok();
            names.push(shown(house, id).await["name"].as_str().unwrap().to_owned());
        }
        assert_eq!(names, ["ann_irc2", "Ann_irc3", "ann_irc4", "visitor_irc", "visitor_irc2"]);
        // Their numbers are not counted, so the counters are not behind them.
        let contents = house.app.store.read(|x| Box::pin(checkup::contents(x))).await.unwrap();
        let head = house.app.store.read(|x| Box::pin(head::read(x))).await.unwrap();
        assert!(contents.largest_id <= head.id, "{contents:?}");
    }

    async fn staff_reads_reports_without_who_made_them(house: &House) {
        house.bridge("rita").await;
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("mallory", topic, "You are all fools").await;
        let ann = meet(house, "ann").await;
        let body = json!({"reason": "inappropriate", "comment": "rude"});
        let receipt = house.ask_for("rita", Some(ann), &report(post), Some(body), Some("k")).await;
        assert_eq!(receipt.status, StatusCode::CREATED, "{}", receipt.body);
        let receipt = receipt.ok();
        assert_eq!(receipt, json!({"post": post, "reason": "inappropriate", "received_at": 1_600_000_000_000_i64}));
        let body = json!({"reason": "inappropriate", "comment": "rude"});
        let again = house.ask_for("rita", Some(ann), &report(post), Some(body), Some("k")).await.ok();
        assert_eq!(again, receipt);
        house.tell("dora", &report(post), because("spam")).await.ok();

        let page = house.get("bob", "/v1/cases?state=open").await.ok();
        assert_eq!(page["cases"].as_array().unwrap().len(), 1);
        let case = &page["cases"][0];
        assert_eq!((&case["post"], &case["topic"], &case["number"], &case["title"]), (&json!(post), &json!(topic), &json!(2), &json!("Hello")));
        assert_eq!((&case["author"]["name"], &case["state"], &case["revision"]), (&json!("mallory"), &json!("open"), &json!(2)));
        let said = case["reports"].as_array().unwrap();
        assert_eq!((&said[0]["alias"], &said[0]["comment"], &said[0]["network"]), (&json!("reporter 1"), &json!("rude"), &json!("irc.libera")));
        assert_eq!((&said[1]["alias"], &said[1]["reason"], &said[1]["network"]), (&json!("reporter 2"), &json!("spam"), &json!(null)));
        let text = page.to_string();
        for who in ["dora", "ann", &format!(":{ann}"), &format!(":{}", house.id("dora"))] {
            assert!(!text.contains(who), "{who} is in {text}");
        }
        let evidence = &case["evidence"][0];
        assert_eq!(evidence["source"], "You are all fools");
        let stamped = Evidence::stamped(
            PostId::new(post).unwrap(),
            evidence["revision"].as_i64().unwrap(),
            Timestamp::from_millis(evidence["taken_at"].as_i64().unwrap()),
            "You are all fools",
        );
        let mut hash = String::new();
        for byte in Sha256::digest(stamped) {
            write!(hash, "{byte:02x}").unwrap();
        }
        assert_eq!(evidence["sha256"], hash);
    }

    async fn m2_3_an_edit_or_a_removal_leaves_the_evidence(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("mallory", topic, "A threat").await;
        house.tell("dora", &report(post), because("inappropriate")).await.ok();
        house.clock.pass(Duration::from_mins(1));
        let edit = format!("PUT /v1/posts/{post}");
        house.tell("mallory", &edit, json!({"revision": 1, "source": "A flower"})).await.ok();
        house.tell("charlie", &report(post), because("off_topic")).await.ok();
        // After an edit the same person may report again.
        house.clock.pass(Duration::from_mins(1));
        house.tell("mallory", &edit, json!({"revision": 2, "source": "A threat again"})).await.ok();
        house.tell("dora", &report(post), because("inappropriate")).await.ok();
        assert_eq!(house.tell("dora", &report(post), because("spam")).await.code(), "already_reported");
        house.ask("mallory", &format!("DELETE /v1/posts/{post}"), None, None).await.ok();
        let case = &house.get("bob", "/v1/cases").await.ok()["cases"][0];
        let said: Vec<&str> = case["evidence"].as_array().unwrap().iter().map(|one| one["source"].as_str().unwrap()).collect();
        assert_eq!(said, ["A threat", "A flower", "A threat again"]);
        assert_eq!((&case["is_gone"], &case["reports"][1]["revision"]), (&json!(true), &json!(2)));
        assert_eq!(house.tell("charlie", &report(post), because("spam")).await.code(), "not_found");
    }

    async fn m2_4_refused_reports_say_why(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (_, first) = house.topic("charlie", news, "Hello").await;
        assert_eq!(house.tell("charlie", &report(first), because("spam")).await.code(), "own_post");
        assert_eq!(house.tell("dora", &report(first), because("other")).await.code(), "comment_needed");
        assert_eq!(house.tell("dora", &report(first), because("talk")).await.code(), "talk_is_no_report");
        assert_eq!(house.tell("nobody", &report(first), because("spam")).await.code(), "signed_out");
        assert_eq!(house.tell("dora", &report(first), because("boring")).await.code(), "invalid");
        house.tell("dora", &report(first), because("spam")).await.ok();
        assert_eq!(house.tell("dora", &report(first), because("off_topic")).await.code(), "already_reported");
    }

    /// The heart of it: whoever is not staff sees what they would see if nothing had happened, byte for byte.
    async fn m2_2_nobody_learns_of_a_report(house: &House) {
        house.bridge("rita").await;
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("mallory", topic, "You are all fools").await;
        let ann = meet(house, "ann").await;
        // Somebody whom everybody knows, and who is called something else by now.
        let cat = meet(house, "cat").await;
        accept(house, cat).await;
        let line = format!("POST /v1/topics/{topic}/posts");
        house.ask_for("rita", Some(cat), &line, Some(json!({"source": "Miaow"})), None).await.ok();
        let post_of_cat = post + 1;
        let watchers = ["nobody", "mallory", "charlie", "dora", "rita"];
        let mut before = Vec::new();
        let mut cursors = Vec::new();
        for who in watchers {
            before.push(seen(house, who).await);
            let lines = house.feed(who, "").await.unwrap();
            let Some(FeedLine::Cursor { cursor, .. }) = lines.last() else { panic!("{lines:?}") };
            cursors.push(cursor.0.clone());
        }
        let moderators = Mirror::fresh(house, "bob").await;
        // What numbers somebody is given who asks for many.
        let token = async || {
            let body = json!({"label": "probe", "capabilities": "read"});
            house.tell("mallory", "POST /v1/tokens", body).await.ok()["id"].as_i64().unwrap()
        };
        let number = token().await;
        // Everybody listens while it happens.
        let mut waiting: Vec<_> = watchers.iter().map(|_| house.app.hub.watch()).collect();

        house.tell("dora", &report(post), json!({"reason": "other", "comment": "hurts"})).await.ok();
        house.ask_for("rita", Some(ann), &report(post), Some(because("spam")), None).await.ok();
        // Somebody of whom nobody had heard.
        let eve = meet(house, "eve").await;
        house.ask_for("rita", Some(eve), &report(post), Some(because("spam")), None).await.ok();
        let renamed = json!({"network": "irc.libera", "remote": "~cat@host", "name": "tom"});
        house.tell("rita", "PUT /v1/visitors", renamed).await.ok();
        house.ask_for("rita", Some(cat), &report(post), Some(because("spam")), None).await.ok();
        let id = house.get("bob", "/v1/cases").await.ok()["cases"][0]["id"].as_i64().unwrap();
        let decision = json!({"revision": 4, "outcome": "disagree", "note": "harsh, but allowed"});
        house.tell("bob", &format!("POST /v1/cases/{id}/decision"), decision).await.ok();

        for ((who, before), cursor) in watchers.iter().zip(&before).zip(&cursors) {
            assert_eq!(&seen(house, who).await, before, "{who} sees a difference");
            let lines = house.feed(who, &format!("since={cursor}")).await.unwrap();
            assert!(matches!(lines.as_slice(), [FeedLine::Cursor { more: false, .. }]), "{who}: {lines:?}");
        }
        // Not even staff's feed has anything of it, and no follower of any scope was woken.
        assert_eq!(moderators.held(), Mirror::fresh(house, "bob").await.held());
        for (who, watch) in watchers.iter().zip(&mut waiting) {
            let scopes = crate::testing::readable(house, who).await;
            let moved = std::pin::pin!(watch.moved(&scopes));
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            assert!(moved.poll(&mut context).is_pending(), "{who} was woken");
        }
        assert_eq!(token().await, number + 1, "a report draws no number that others are given");
        // The next thing that everybody sees has the number it would have had.
        let next = house.reply("charlie", topic, "on we go").await;
        assert_eq!(next, post_of_cat + 1, "a report draws no number that others see");
        // With the next post everybody hears of the other name, in one step.
        let revision = shown(house, cat).await["revision"].as_i64().unwrap();
        house.ask_for("rita", Some(cat), &line, Some(json!({"source": "Purr"})), None).await.ok();
        let now = shown(house, cat).await;
        assert_eq!((&now["display_name"], &now["revision"]), (&json!("tom"), &json!(revision + 1)));
        // A visitor who only reports is never heard of.
        assert!(!Mirror::fresh(house, "alice").await.keys().contains(&format!("member:{ann}")));
        // Others may say the same of their own reports, and nobody is told whether a post was reported.
        house.tell("charlie", &report(post), because("spam")).await.ok();
        assert_eq!(house.get("mallory", &format!("/v1/cases/{id}")).await.body, house.get("mallory", "/v1/cases/999").await.body);
        let act = |id: i64| format!("POST /v1/cases/{id}/decision");
        let decide = json!({"revision": 1, "outcome": "agree"});
        assert_eq!(
            house.tell("mallory", &act(id), decide.clone()).await.body,
            house.tell("mallory", &act(999), decide).await.body
        );
    }

    async fn nobody_hears_of_a_visitor_before_they_say_something(house: &House) {
        house.bridge("rita").await;
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let ann = meet(house, "ann").await;
        house.reply("mallory", topic, "Is there a @ann_irc, @dora?").await;
        let page = async |path: String| {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            let (status, _, text) = house.page(request).await;
            (status, text)
        };
        let thread = format!("/t/{topic}");
        for path in ["/m/ann_irc".to_owned(), format!("/p/{ann}")] {
            assert_eq!(page(path).await.0, StatusCode::NOT_FOUND);
        }
        let (_, text) = page(thread.clone()).await;
        assert!(text.contains("/m/dora") && !text.contains("/m/ann_irc"), "{text}");
        accept(house, ann).await;
        house.clock.pass(Duration::from_mins(5));
        let line = format!("POST /v1/topics/{topic}/posts");
        let body = Some(json!({"source": "There is."}));
        let post = house.ask_for("rita", Some(ann), &line, body, None).await.ok();
        assert_eq!(page("/m/ann_irc".to_owned()).await.0, StatusCode::OK);
        assert!(page(thread).await.1.contains("/m/ann_irc"));
        let held = Mirror::fresh(house, "nobody").await;
        let (_, member) = &held.held()[&(Kind::Member, ann)];
        assert_eq!(serde_json::to_value(member).unwrap()["created_at"], post["created_at"]);
    }

    async fn numbers_of_cases_tell_nothing_of_other_cases(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let mut numbers = Vec::new();
        for text in ["one", "two", "three"] {
            let post = house.reply("mallory", topic, text).await;
            house.tell("dora", &report(post), because("spam")).await.ok();
            let cases = house.get("alice", "/v1/cases?limit=1").await.ok();
            let mut next = cases["next"].clone();
            let mut last = cases["cases"][0]["id"].clone();
            while !next.is_null() {
                let page = house.get("alice", &format!("/v1/cases?limit=1&after={next}")).await.ok();
                (last, next) = (page["cases"][0]["id"].clone(), page["next"].clone());
            }
            house.clock.pass(Duration::from_mins(1));
            numbers.push(last.as_i64().unwrap());
        }
        // In the order in which they were opened, whatever their numbers.
        let listed = house.get("alice", "/v1/cases").await.ok();
        let listed: Vec<i64> = listed["cases"].as_array().unwrap().iter().map(|case| case["id"].as_i64().unwrap()).collect();
        assert_eq!(listed, numbers);
        for pair in numbers.windows(2) {
            assert_ne!(pair[0] + 1, pair[1], "they are counted: a gap would tell of a case that one cannot see");
        }
        assert!(numbers.iter().all(|number| (1_000_000..=9_999_999).contains(number)), "{numbers:?}");
    }

    async fn m3_1_a_moderator_learns_nothing_of_a_case_about_themselves(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("bob", topic, "You are all fools").await;
        let before = house.get("bob", "/v1/cases").await.body;
        house.tell("dora", &report(post), because("inappropriate")).await.ok();
        assert_eq!(house.get("bob", "/v1/cases").await.body, before);
        let case = house.get("alice", "/v1/cases").await.ok()["cases"][0].clone();
        let id = case["id"].as_i64().unwrap();
        let nothing = house.get("bob", "/v1/cases/999").await.body;
        assert_eq!(house.get("bob", &format!("/v1/cases/{id}")).await.body, nothing);
        let decide = json!({"revision": 1, "outcome": "ignore"});
        let line = format!("POST /v1/cases/{id}/decision");
        assert_eq!(house.tell("bob", &line, decide.clone()).await.body, nothing);
        house.tell("alice", &line, decide).await.ok();
    }

    async fn the_second_of_two_moderators_meets_a_conflict(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("mallory", topic, "You are all fools").await;
        house.tell("dora", &report(post), because("inappropriate")).await.ok();
        let id = house.get("bob", "/v1/cases").await.ok()["cases"][0]["id"].as_i64().unwrap();
        let line = format!("POST /v1/cases/{id}/decision");
        let agree = json!({"revision": 1, "outcome": "agree", "clause": "2.1", "note": "an insult", "hide": true});
        let first = house.ask("bob", &line, Some(agree.clone()), Some("k")).await.ok();
        assert_eq!((&first["state"], &first["is_hidden"], &first["revision"]), (&json!("decided"), &json!(true), &json!(2)));
        assert_eq!((&first["decision"]["outcome"], &first["decision"]["clause"], &first["decision"]["by"]), (&json!("agree"), &json!("2.1"), &json!(house.id("bob"))));
        // Repeated, it is done once; by somebody else, it comes too late.
        assert_eq!(house.ask("bob", &line, Some(agree), Some("k")).await.ok(), first);
        let late = house.tell("alice", &line, json!({"revision": 1, "outcome": "disagree"})).await;
        assert_eq!((late.status, late.body["conflict"]["revision"].clone()), (StatusCode::CONFLICT, json!(2)));
        assert_eq!(house.tell("alice", &line, json!({"revision": 2, "outcome": "disagree"})).await.code(), "case_decided");
        assert_eq!(house.tell("dora", &line, json!({"revision": 2, "outcome": "agree"})).await.code(), "not_staff");
        assert_eq!(house.get("bob", "/v1/cases?state=open").await.ok()["cases"], json!([]));
        assert_eq!(house.get("bob", "/v1/cases?state=decided").await.ok()["cases"][0], first);
        // Only agreeing hides.
        let other = house.reply("mallory", topic, "Again").await;
        house.tell("dora", &report(other), because("spam")).await.ok();
        let id = house.get("bob", "/v1/cases?state=open").await.ok()["cases"][0]["id"].as_i64().unwrap();
        let odd = json!({"revision": 1, "outcome": "ignore", "hide": true});
        assert_eq!(house.tell("bob", &format!("POST /v1/cases/{id}/decision"), odd).await.code(), "invalid");
    }

    async fn cases_come_in_pages_oldest_first(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let mut posts = Vec::new();
        for number in 0..5 {
            let post = house.reply("mallory", topic, &format!("spam {number}")).await;
            house.tell("dora", &report(post), because("spam")).await.ok();
            posts.push(post);
        }
        let (mut seen, mut path) = (Vec::new(), "/v1/cases?limit=2".to_owned());
        loop {
            let page = house.get("bob", &path).await.ok();
            seen.extend(page["cases"].as_array().unwrap().iter().map(|case| case["post"].as_i64().unwrap()));
            match page["next"].as_i64() {
                Some(next) => path = format!("/v1/cases?limit=2&after={next}"),
                None => break,
            }
        }
        assert_eq!(seen, posts);
        for (who, code) in [("charlie", "not_staff"), ("nobody", "signed_out")] {
            assert_eq!(house.get(who, "/v1/cases").await.code(), code);
        }
        assert_eq!(house.get("bob", "/v1/cases?state=lost").await.code(), "invalid");
    }

    async fn a_hidden_post_says_nothing_anywhere_and_comes_back_as_it_was(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("mallory", topic, "You are all fools").await;
        let mut dora = Mirror::fresh(house, "dora").await;
        let was = dora.held()[&(Kind::Post, post)].clone();
        let hide = format!("POST /v1/posts/{post}/hide");
        let restore = format!("POST /v1/posts/{post}/restore");
        assert_eq!(house.tell("dora", &hide, json!({})).await.code(), "not_staff");
        assert_eq!(house.ask("bob", &restore, None, None).await.code(), "not_hidden");
        let hidden = house.tell("bob", &hide, json!({"clause": "2.1", "note": "insult"})).await.ok();
        assert_eq!((&hidden["is_hidden"], &hidden["source"], &hidden["revision"]), (&json!(true), &json!(""), &json!(2)));
        assert_eq!(house.tell("alice", &hide, json!({})).await.code(), "post_hidden");

        dora.catch_up(house, "dora").await;
        assert_eq!(dora.held(), Mirror::fresh(house, "dora").await.held());
        for who in ["dora", "mallory", "nobody", "bob"] {
            let mirror = Mirror::fresh(house, who).await;
            assert!(!format!("{:?}", mirror.held()).contains("fools"), "{who}");
            for path in [format!("/v1/posts/{post}"), format!("/v1/topics/{topic}")] {
                let answer = house.get(who, &path).await.ok();
                assert!(!answer.to_string().contains("fools"), "{who} {path}");
                assert!(answer.to_string().contains("is_hidden"), "{who} {path}");
            }
        }
        let text = format!("/v1/posts/{post}/hidden");
        let kept = house.get("alice", &text).await.ok();
        assert_eq!((&kept["source"], &kept["by"], &kept["clause"]), (&json!("You are all fools"), &json!(house.id("bob")), &json!("2.1")));
        for (who, code) in [("dora", "not_staff"), ("mallory", "not_staff"), ("nobody", "signed_out")] {
            assert_eq!(house.get(who, &text).await.code(), code);
        }
        // Neither its author nor staff changes it, nor is it reported.
        let edit = json!({"revision": 2, "source": "better"});
        for who in ["mallory", "bob"] {
            assert_eq!(house.tell(who, &format!("PUT /v1/posts/{post}"), edit.clone()).await.code(), "post_hidden");
        }
        assert_eq!(house.tell("dora", &report(post), because("spam")).await.code(), "post_hidden");

        let shown = house.ask("alice", &restore, None, None).await.ok();
        assert_eq!((&shown["source"], &shown["is_hidden"]), (&json!("You are all fools"), &json!(null)));
        dora.catch_up(house, "dora").await;
        let (scope, body) = dora.held()[&(Kind::Post, post)].clone();
        let space_core::protocol::Body::Post(now) = body else { panic!() };
        let space_core::protocol::Body::Post(then) = was.1 else { panic!() };
        assert_eq!((scope, now.revision), (was.0, 3));
        assert_eq!(space_core::Post { revision: 1, ..now }, then);
        assert_eq!(house.get("alice", &text).await.code(), "not_hidden");
        // Hidden again, the text that is kept is the one of now.
        house.tell("mallory", &format!("PUT /v1/posts/{post}"), json!({"revision": 3, "source": "changed"})).await.ok();
        house.tell("bob", &hide, json!({})).await.ok();
        assert_eq!(house.get("alice", &text).await.ok()["source"], "changed");
    }

    async fn staff_decides_about_nobody_of_their_own(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("bob", topic, "You are all fools").await;
        house.tell("alice", &format!("POST /v1/posts/{post}/hide"), json!({})).await.ok();
        let restore = format!("POST /v1/posts/{post}/restore");
        assert_eq!(house.ask("bob", &restore, None, None).await.code(), "own_post");
        assert_eq!(house.get("bob", &format!("/v1/posts/{post}/hidden")).await.code(), "own_post");
    }
}
