// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Commands that are sent again, and what senders claim: keys, times, names.

use serde_json::{Value, json};

use crate::testing::{House, on_both_engines};

/// Sends a command with a key.
async fn send(house: &House, who: &str, line: &str, body: &Value, key: &str) -> Value {
    house
        .ask(who, line, Some(body.clone()), Some(key))
        .await
        .ok()
}

on_both_engines! {
    async fn repeated_reply_is_answered_when_the_post_is_gone(house: &House) {
        let hall = house.category("hall", &["everyone start"]).await;
        let (topic, _) = house.topic("alice", hall, "Hello").await;
        let line = format!("POST /v1/topics/{topic}/posts");
        let body = json!({"source": "said once"});
        let first = send(house, "charlie", &line, &body, "k1").await;
        let post = first["id"].as_i64().unwrap();
        let edit = json!({"revision": 1, "source": "said better"});
        let edited = send(house, "charlie", &format!("PUT /v1/posts/{post}"), &edit, "k2").await;
        assert_eq!(edited["revision"], 2);
        let gone = house.ask("charlie", &format!("DELETE /v1/posts/{post}"), None, Some("k3")).await;
        assert!(gone.status.is_success());
        for (line, body, key, revision) in [
            (line.clone(), body, "k1", 1),
            (format!("PUT /v1/posts/{post}"), edit, "k2", 2),
        ] {
            let again = send(house, "charlie", &line, &body, key).await;
            for field in ["id", "topic", "number", "author", "created_at"] {
                assert_eq!(again[field], first[field], "{key} {field}");
            }
            assert_eq!((&again["source"], &again["revision"]), (&json!(""), &json!(revision)), "{key}");
        }
        assert_eq!(house.get("charlie", &format!("/v1/posts/{post}")).await.status.as_u16(), 404);
    }

    async fn repeated_topic_is_answered_when_access_is_lost(house: &House) {
        let board = house.group("board", "dora").await;
        let rules = format!("group:{board} start");
        let closed = house.category("board", &[&rules]).await;
        let body = json!({"category": closed, "title": "Our plan", "source": "in confidence"});
        let first = send(house, "dora", "POST /v1/topics", &body, "k1").await;
        let topic = first["topic"]["id"].as_i64().unwrap();
        let line = format!("POST /v1/topics/{topic}/posts");
        let reply = json!({"source": "one more word"});
        let replied = send(house, "dora", &line, &reply, "k2").await;
        // Somebody else goes on, and the title changes, after dora has left.
        house.put_in(board, "dora", false).await;
        house
            .tell("alice", &format!("PATCH /v1/topics/{topic}"), json!({"revision": 1, "title": "A secret plan"}))
            .await
            .ok();
        let again = send(house, "dora", "POST /v1/topics", &body, "k1").await;
        assert_eq!(again["topic"]["id"], first["topic"]["id"]);
        assert_eq!(again["topic"]["title"], "Our plan", "what she sent, and not what it is called now");
        assert_eq!(again["post"]["id"], first["post"]["id"]);
        assert_eq!(again["post"]["source"], "");
        let again = send(house, "dora", &line, &reply, "k2").await;
        assert_eq!((&again["id"], &again["number"]), (&replied["id"], &replied["number"]));
        assert_eq!(again["source"], "");
        assert!(!again.to_string().contains("secret"), "{again}");
        // The key opens nothing: not for another command, and not for a new one.
        let other = json!({"source": "another word"});
        let reused = house.ask("dora", &line, Some(other.clone()), Some("k2")).await;
        assert_eq!(reused.code(), "key_reused");
        assert_eq!(house.ask("dora", &line, Some(other), Some("k9")).await.status.as_u16(), 404);
    }

    async fn repeated_tags_and_marks_are_answered_when_undone(house: &House) {
        let hall = house.category("hall", &["everyone start"]).await;
        let staff = house.category("staff", &["staff start"]).await;
        let (topic, post) = house.topic("charlie", hall, "Hello").await;
        let (tags, mark) = (format!("PATCH /v1/topics/{topic}/tags"), format!("PUT /v1/bookmarks/{post}"));
        let (change, note) = (json!({"add": ["tea"]}), json!({"note": "to read"}));
        send(house, "alice", &tags, &change, "k1").await;
        let tagged = send(house, "charlie", &tags, &json!({"add": ["milk"]}), "k2").await;
        assert_eq!(tagged["id"], topic);
        let put = send(house, "charlie", &mark, &note, "k3").await;
        let taken = house.ask("charlie", &format!("DELETE /v1/bookmarks/{post}"), None, None).await;
        assert!(taken.status.is_success());
        house
            .tell("alice", &format!("PATCH /v1/topics/{topic}"), json!({"revision": tagged["revision"], "category": staff, "title": "Moved away"}))
            .await
            .ok();
        let again = send(house, "charlie", &tags, &json!({"add": ["milk"]}), "k2").await;
        assert_eq!(again["id"], topic);
        assert!(!again.to_string().contains("Moved"), "{again}");
        assert_ne!(again["category"], staff, "where it is now is not told");
        let again = send(house, "charlie", &mark, &note, "k3").await;
        assert_eq!((&again["post"], &again["note"]), (&put["post"], &put["note"]));
    }

    async fn empty_or_odd_key_is_refused(house: &House) {
        let hall = house.category("hall", &["everyone start"]).await;
        let (topic, _) = house.topic("alice", hall, "Hello").await;
        let line = format!("POST /v1/topics/{topic}/posts");
        let long = "k".repeat(65);
        for key in ["", " ", "two words", &long] {
            let answer = house.ask("charlie", &line, Some(json!({"source": "x"})), Some(key)).await;
            assert_eq!(answer.status.as_u16(), 400, "{key:?}: {}", answer.body);
            assert_eq!(answer.code(), "invalid");
        }
        let page = house.get("charlie", &format!("/v1/topics/{topic}")).await.ok();
        assert_eq!(page["posts"].as_array().unwrap().len(), 1, "nothing was posted");
    }

    async fn claimed_time_out_of_bounds_is_not_kept(house: &House) {
        let hall = house.category("hall", &["everyone start"]).await;
        let (topic, _) = house.topic("alice", hall, "Hello").await;
        let line = format!("POST /v1/topics/{topic}/posts");
        let now = space_core::Clock::now(&*house.clock).millis();
        for (claimed, is_kept) in [
            (i64::MIN, false),
            (0, false),
            (now - 86_400_000, true),
            (now + 86_400_000, false),
            (i64::MAX, false),
        ] {
            let body = json!({"source": "x", "written_at": claimed});
            let post = house.tell("charlie", &line, body).await.ok();
            assert_eq!(post.get("written_at").is_some(), is_kept, "{claimed}");
            let mark = json!({"number": 1, "way": "set", "marked_at": claimed});
            let marked = house.tell("charlie", &format!("PUT /v1/topics/{topic}/read"), mark).await.ok();
            let at = marked["read_at"].as_i64().unwrap();
            assert!(at > 946_000_000_000 && at < now + 3_600_000, "{claimed}: {at}");
        }
    }

    async fn token_that_ended_before_it_began_is_refused(house: &House) {
        let now = space_core::Clock::now(&*house.clock).millis();
        for (end, is_fine) in [(i64::MIN, false), (now - 1, false), (now, false), (now + 60_000, true)] {
            let body = json!({"label": "bot", "capabilities": "read", "expires_at": end});
            let answer = house.tell("charlie", "POST /v1/tokens", body).await;
            assert_eq!(answer.status.is_success(), is_fine, "{end}: {}", answer.body);
            if !is_fine {
                assert_eq!(answer.body["title"], "a token cannot end in the past", "{end}");
            }
        }
    }
}

#[test]
fn name_of_signs_alone_is_given_to_nobody() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let house = House::new(crate::testing::On::Sqlite).await.unwrap();
        let account = |name: &str| crate::operator::NewAccount {
            kind: space_core::MemberKind::Person,
            name: space_core::text::MemberName::parse(name).unwrap(),
            display_name: None,
            roles: Vec::new(),
            password: None,
        };
        for name in ["..", "__", "-.-"] {
            let refused = house.operator.add_member(account(name)).await.unwrap_err();
            assert_eq!(refused.to_string(), "the name needs a letter or a digit");
        }
        assert!(house.operator.add_member(account("x.")).await.is_ok());
    });
}
