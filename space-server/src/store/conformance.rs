// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One suite, both engines.

mod audit;
mod authority;
mod categories;
mod decisions;
mod moderation;
mod networks;
mod pace;
mod parties;
mod replay;
mod schema;
mod tags;
mod unseen;

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use space_core::protocol::{Body, FeedLine, FeedRow, Kind};

use crate::store::{self, Store};
use crate::testing::{House, Mirror, on_both_engines};
use crate::writer::commands::housekeeping::Tidy;

on_both_engines! {
    async fn a_topic_is_started_read_and_answered(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, first) = house.topic("charlie", news, "Hello").await;
        let line = format!("POST /v1/topics/{topic}/posts");
        let reply = house.tell("dora", &line, json!({"source": "Hi *there*", "reply_to": first})).await;
        assert_eq!(reply.status, StatusCode::CREATED);
        let reply = reply.ok();
        assert_eq!((&reply["number"], &reply["reply_to"]), (&json!(2), &json!(first)));

        let page = house.get("nobody", &format!("/v1/topics/{topic}")).await.ok();
        assert_eq!(page["topic"]["title"], "Hello");
        assert_eq!(page["tally"]["posts"], 2);
        assert_eq!(page["tally"]["last_poster"], house.id("dora"));
        assert_eq!(page["posts"][1]["source"], "Hi *there*");
        let list = house.get("nobody", "/v1/topics").await.ok();
        assert_eq!(list["topics"][0]["topic"]["id"], topic);
    }

    async fn a_category_that_is_not_there_takes_no_topic_of_staff_either(house: &House) {
        let news = house.category("news", &["everyone start"]).await;
        let (topic, _) = house.topic("alice", news, "Hello").await;
        // A number that something else has.
        let nowhere = house.id("alice");
        for who in ["alice", "charlie", "nobody"] {
            let start = json!({"category": nowhere, "title": "Hello", "source": "Hi"});
            let started = house.tell(who, "POST /v1/topics", start).await;
            assert_eq!(started.code(), "not_found", "{who}");
        }
        let edit = json!({"revision": 1, "category": nowhere});
        let moved = house.tell("alice", &format!("PATCH /v1/topics/{topic}"), edit).await;
        assert_eq!(moved.code(), "not_found");
    }

    async fn lists_and_topics_come_in_pages(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let mut topics = Vec::new();
        for number in 0..5 {
            house.clock.pass(Duration::from_secs(1));
            topics.push(house.topic("charlie", news, &format!("Topic {number}")).await.0);
        }
        for number in 0..4 {
            house.reply("dora", topics[0], &format!("reply {number}")).await;
        }
        let mut seen = Vec::new();
        let mut path = "/v1/topics?limit=2".to_owned();
        loop {
            let page = house.get("nobody", &path).await.ok();
            seen.extend(page["topics"].as_array().unwrap().iter().map(|line| line["topic"]["id"].as_i64().unwrap()));
            match page["next"].as_str() {
                Some(next) => path = format!("/v1/topics?limit=2&before={next}"),
                None => break,
            }
        }
        let mut latest_first = topics.clone();
        latest_first.reverse();
        // The first topic was answered in the same second as the last was started: the id breaks the tie.
        assert_eq!(seen.len(), 5);
        assert_eq!(seen.iter().collect::<BTreeSet<_>>(), topics.iter().collect());
        assert_eq!(seen[2..], latest_first[1..4]);

        let page = house.get("nobody", &format!("/v1/topics/{}?from=2&limit=2", topics[0])).await.ok();
        assert_eq!((&page["posts"][0]["number"], &page["next"]), (&json!(2), &json!(4)));
    }

    async fn the_frame_comes_first_and_every_page_ends_with_a_cursor(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        // An edited category stands after its topics in the order of changes.
        house.set_access(news, &["everyone read", "members reply"]).await;
        let lines = house.feed("nobody", "limit=1000").await.unwrap();
        let kinds: Vec<Kind> = lines
            .iter()
            .filter_map(|line| match line {
                FeedLine::Row(row) => Some(row.kind),
                _ => None,
            })
            .collect();
        let frame = kinds.iter().take_while(|kind| kind.is_frame()).count();
        assert!(kinds[frame..].iter().all(|kind| !kind.is_frame()), "{kinds:?}");
        assert!(kinds[..frame].contains(&Kind::Category));
        assert!(matches!(lines.last(), Some(FeedLine::Cursor { more: false, .. })));

        let FeedLine::Cursor { cursor, .. } = lines.last().unwrap() else { unreachable!() };
        let nothing = house.feed("nobody", &format!("since={cursor}")).await.unwrap();
        assert_eq!(nothing.len(), 1);
        house.reply("bob", topic, "one more").await;
        let delta = house.feed("nobody", &format!("since={cursor}")).await.unwrap();
        assert_eq!(delta.len(), 3, "{delta:?}");
    }

    /// Whatever limit a reader asks for, a page stays a few megabytes.
    async fn a_page_of_very_long_posts_ends_early(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let long = "long ".repeat(6_000);
        futures_util::future::join_all((0..300).map(|_| house.reply("dora", topic, &long))).await;
        let first = house.feed("nobody", "limit=5000").await.unwrap();
        assert!(first.len() < 300, "{}", first.len());
        assert!(matches!(first.last(), Some(FeedLine::Cursor { more: true, .. })));
        let all = Mirror::fresh(house, "nobody").await;
        assert_eq!(all.keys().iter().filter(|key| key.starts_with("post:")).count(), 301);
    }

    async fn a_cursor_is_for_one_reader_and_one_epoch(house: &House) {
        let end = |lines: Vec<FeedLine>| match lines.last() {
            Some(FeedLine::Cursor { cursor, .. }) => cursor.0.clone(),
            other => panic!("{other:?}"),
        };
        let dora = end(house.feed("dora", "").await.unwrap());
        assert!(house.feed("dora", &format!("since={dora}")).await.is_ok());
        for (who, cursor) in [("charlie", dora.as_str()), ("nobody", &dora), ("dora", "nonsense"), ("dora", "")] {
            assert_eq!(house.feed(who, &format!("since={cursor}")).await.unwrap_err(), "cursor_gone", "{who}");
        }
        // Two cursors of the same place cannot be told to be the same.
        assert_ne!(end(house.feed("dora", "").await.unwrap()), dora);
    }

    async fn old_tombstones_are_dropped_and_old_cursors_with_them(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("dora", topic, "soon gone").await;
        let mut early = Mirror::fresh(house, "charlie").await;
        house.ask("dora", &format!("DELETE /v1/posts/{post}"), None, None).await.ok();
        let mut late = early.clone();
        late.catch_up(house, "charlie").await;
        assert!(!late.keys().contains(&format!("post:{post}")));
        house.clock.pass(Duration::from_hours(181 * 24));
        house.app.writer.submit(Tidy).await.unwrap();
        assert_eq!(early.step(house, "charlie", 10).await.unwrap_err(), "cursor_gone");
        late.catch_up(house, "charlie").await;
        assert_eq!(late.held(), Mirror::fresh(house, "charlie").await.held());
    }

    async fn a_command_is_done_once_per_key(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let line = format!("POST /v1/topics/{topic}/posts");
        let ask = async |who: &str, source: &str| {
            house.ask(who, &line, Some(json!({"source": source})), Some("key-1")).await
        };
        let once = ask("dora", "once").await.ok();
        let again = ask("dora", "once").await.ok();
        assert_eq!(once, again);
        assert_eq!(ask("dora", "something else").await.code(), "key_reused");
        // The key is the member's own.
        assert_ne!(ask("charlie", "once").await.ok()["id"], once["id"]);
        let page = house.get("nobody", &format!("/v1/topics/{topic}")).await.ok();
        assert_eq!(page["tally"]["posts"], 3);
        // A refusal is not remembered: the same key may succeed later.
        let edit = json!({"revision": 1, "is_closed": true});
        house.tell("bob", &format!("PATCH /v1/topics/{topic}"), edit).await.ok();
        let ask = |key| house.ask("dora", &line, Some(json!({"source": "later"})), Some(key));
        assert_eq!(ask("key-2").await.code(), "topic_closed");
        let edit = json!({"revision": 2, "is_closed": false});
        house.tell("bob", &format!("PATCH /v1/topics/{topic}"), edit).await.ok();
        ask("key-2").await.ok();
        // Keys are kept for thirty days.
        house.clock.pass(Duration::from_hours(31 * 24));
        house.app.writer.submit(Tidy).await.unwrap();
        assert_ne!(ask("key-2").await.ok()["number"], 4);
    }

    async fn an_edit_that_met_another_gets_both_texts(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (_, post) = house.topic("charlie", news, "Hello").await;
        let line = format!("PUT /v1/posts/{post}");
        let edited = house.tell("charlie", &line, json!({"revision": 1, "source": "mine"})).await.ok();
        assert_eq!(edited["revision"], 2);
        let answer = house.tell("bob", &line, json!({"revision": 1, "source": "yours"})).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert_eq!(answer.body["conflict"], json!({"revision": 2, "theirs": "mine", "yours": "yours"}));
        assert_eq!(house.get("nobody", &format!("/v1/posts/{post}")).await.ok()["source"], "mine");
        house.tell("bob", &line, json!({"revision": 2, "source": "both"})).await.ok();
    }

    async fn a_removed_post_leaves_its_number_empty(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, first) = house.topic("charlie", news, "Hello").await;
        let second = house.reply("dora", topic, "second").await;
        let third = house.reply("mallory", topic, "third").await;
        let remove = async |who: &str, post: i64| house.ask(who, &format!("DELETE /v1/posts/{post}"), None, None).await;
        assert_eq!(remove("mallory", second).await.code(), "not_author");
        assert_eq!(remove("charlie", first).await.code(), "first_post");
        remove("mallory", third).await.ok();
        assert_eq!(remove("mallory", third).await.code(), "not_found");
        let page = house.get("nobody", &format!("/v1/topics/{topic}")).await.ok();
        assert_eq!(page["posts"].as_array().unwrap().len(), 2);
        assert_eq!((&page["tally"]["posts"], &page["tally"]["last_number"]), (&json!(2), &json!(3)));
        assert_eq!(page["tally"]["last_poster"], house.id("dora"));
        let line = format!("POST /v1/topics/{topic}/posts");
        assert_eq!(house.tell("dora", &line, json!({"source": "fourth"})).await.ok()["number"], 4);
    }

    async fn what_is_closed_is_as_if_it_were_not_there(house: &House) {
        let board = house.group("board", "dora").await;
        let closed = house.category("secret", &[&format!("group:{board} start")]).await;
        let (topic, post) = house.topic("dora", closed, "Treasure").await;
        house.tell("dora", &format!("PATCH /v1/topics/{topic}/tags"), json!({"add": ["oaks"]})).await.ok();
        let reply = house.reply("dora", topic, "under the oak").await;
        let missing = 999_999;
        for who in ["nobody", "mallory"] {
            for (path, twin) in [
                (format!("GET /v1/topics/{topic}"), format!("GET /v1/topics/{missing}")),
                (format!("GET /v1/posts/{post}"), format!("GET /v1/posts/{missing}")),
                (format!("GET /v1/topics?category={closed}"), format!("GET /v1/topics?category={missing}")),
                ("GET /v1/topics?tag=oaks".to_owned(), "GET /v1/topics?tag=elms".to_owned()),
                (format!("GET /v1/feed?scope=category:{closed}"), format!("GET /v1/feed?scope=category:{missing}")),
                (format!("GET /v1/feed?scope=group:{board}"), format!("GET /v1/feed?scope=group:{missing}")),
            ] {
                let (got, want) =
                    (house.ask(who, &path, None, None).await, house.ask(who, &twin, None, None).await);
                assert_eq!((got.status, got.body), (want.status, want.body), "{who} {path}");
            }
            for (line, twin, body) in [
                (format!("POST /v1/topics/{topic}/posts"), format!("POST /v1/topics/{missing}/posts"), json!({"source": "x"})),
                (format!("PUT /v1/posts/{post}"), format!("PUT /v1/posts/{missing}"), json!({"revision": 1, "source": "x"})),
                (format!("DELETE /v1/posts/{reply}"), format!("DELETE /v1/posts/{missing}"), Value::Null),
                (format!("PATCH /v1/topics/{topic}"), format!("PATCH /v1/topics/{missing}"), json!({"revision": 1, "title": "Mine"})),
                (format!("PUT /v1/topics/{topic}/read"), format!("PUT /v1/topics/{missing}/read"), json!({"number": 1})),
                (format!("PATCH /v1/topics/{topic}/tags"), format!("PATCH /v1/topics/{missing}/tags"), json!({"add": ["mine"]})),
            ] {
                let (got, want) =
                    (house.tell(who, &line, body.clone()).await, house.tell(who, &twin, body).await);
                assert_eq!((got.status, got.body), (want.status, want.body), "{who} {line}");
            }
            let start = |category| json!({"category": category, "title": "Mine", "source": "x"});
            let got = house.tell(who, "POST /v1/topics", start(closed)).await;
            let want = house.tell(who, "POST /v1/topics", start(missing)).await;
            assert_eq!((got.status, got.body), (want.status, want.body), "{who}");

            assert_eq!(house.get(who, "/v1/topics").await.ok()["topics"], json!([]));
            assert_eq!(house.get(who, "/v1/categories").await.ok(), json!([]));
            assert_eq!(house.get(who, "/v1/tags").await.ok()["tags"], json!([]));
            let keys = Mirror::fresh(house, who).await.keys();
            for id in [closed, topic, post, reply, board] {
                assert!(!keys.iter().any(|key| key.ends_with(&format!(":{id}"))), "{who} sees {id}: {keys:?}");
            }
        }
        // A reply elsewhere cannot be used to ask whether a hidden post is there.
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (open, _) = house.topic("charlie", news, "Hello").await;
        let line = format!("POST /v1/topics/{open}/posts");
        let ask = |id: i64| house.tell("mallory", &line, json!({"source": "x", "reply_to": id}));
        let (got, want) = (ask(post).await, ask(missing).await);
        assert_eq!((got.status, got.body), (want.status, want.body));

        let keys = Mirror::fresh(house, "dora").await.keys();
        for key in [format!("category:{closed}"), format!("post:{reply}"), format!("group:{board}")] {
            assert!(keys.contains(&key), "{key}: {keys:?}");
        }
    }

    async fn joining_and_leaving_a_group_gives_and_wipes_exactly_its_rows(house: &House) {
        let board = house.group("board", "dora").await;
        let closed = house.category("secret", &[&format!("group:{board} start")]).await;
        let news = house.category("news", &["everyone read", "members start"]).await;
        house.topic("charlie", news, "Hello").await;
        for number in 0..9 {
            house.topic("dora", closed, &format!("Secret {number}")).await;
        }
        let mut mallory = Mirror::fresh(house, "mallory").await;
        let before = mallory.held().clone();
        house.put_in(board, "mallory", true).await;
        mallory.catch_up(house, "mallory").await;
        assert_eq!(mallory.held(), Mirror::fresh(house, "mallory").await.held());
        assert!(mallory.held().len() > before.len() + 9 * 3);
        house.put_in(board, "mallory", false).await;
        mallory.catch_up(house, "mallory").await;
        assert_eq!(*mallory.held(), before);
        assert_eq!(mallory.held(), Mirror::fresh(house, "mallory").await.held());
    }

    async fn closing_a_category_takes_effect_at_once_and_its_rows_follow(house: &House) {
        let board = house.group("board", "dora").await;
        let hall = house.category("hall", &["everyone read", "members start"]).await;
        let (topic, post) = house.topic("charlie", hall, "Hello").await;
        for number in 0..30 {
            house.reply("dora", topic, &format!("reply {number}")).await;
        }
        let (mut nobody, mut dora) = (Mirror::fresh(house, "nobody").await, Mirror::fresh(house, "dora").await);
        house.set_access(hall, &[&format!("group:{board} start")]).await;
        // Before any row has moved.
        assert_eq!(house.get("nobody", &format!("/v1/posts/{post}")).await.code(), "not_found");
        let keys = Mirror::fresh(house, "nobody").await.keys();
        assert!(!keys.iter().any(|key| key.starts_with("post") || key.starts_with("topic")), "{keys:?}");
        dora.step(house, "dora", 5).await.unwrap();
        house.do_chores().await;
        nobody.catch_up(house, "nobody").await;
        dora.catch_up(house, "dora").await;
        assert_eq!(nobody.held(), Mirror::fresh(house, "nobody").await.held());
        assert_eq!(dora.held(), Mirror::fresh(house, "dora").await.held());
        assert!(dora.keys().contains(&format!("post:{post}")));

        house.set_access(hall, &["everyone read", "members start"]).await;
        house.do_chores().await;
        nobody.catch_up(house, "nobody").await;
        dora.catch_up(house, "dora").await;
        assert!(nobody.keys().contains(&format!("post:{post}")));
        assert_eq!(nobody.held(), Mirror::fresh(house, "nobody").await.held());
        assert_eq!(dora.held(), Mirror::fresh(house, "dora").await.held());
    }

    async fn a_topic_moves_between_scopes_in_one_step(house: &House) {
        let board = house.group("board", "dora").await;
        let hall = house.category("hall", &["everyone read", "members start"]).await;
        let closed = house.category("secret", &[&format!("group:{board} start")]).await;
        let (topic, post) = house.topic("dora", hall, "Hello").await;
        let mut mallory = Mirror::fresh(house, "mallory").await;
        let mut dora = Mirror::fresh(house, "dora").await;
        let line = format!("PATCH /v1/topics/{topic}");
        let move_it = |revision: i64, category: i64| json!({"revision": revision, "category": category});
        assert_eq!(house.tell("dora", &line, move_it(1, closed)).await.code(), "not_staff");
        house.tell("bob", &line, move_it(1, closed)).await.ok();
        mallory.catch_up(house, "mallory").await;
        dora.catch_up(house, "dora").await;
        assert!(!mallory.keys().contains(&format!("post:{post}")));
        assert!(dora.keys().contains(&format!("post:{post}")));
        assert_eq!(mallory.held(), Mirror::fresh(house, "mallory").await.held());
        assert_eq!(dora.held(), Mirror::fresh(house, "dora").await.held());
        house.tell("bob", &line, move_it(2, hall)).await.ok();
        mallory.catch_up(house, "mallory").await;
        dora.catch_up(house, "dora").await;
        assert!(mallory.keys().contains(&format!("post:{post}")));
        assert_eq!(dora.held(), Mirror::fresh(house, "dora").await.held());
    }

    async fn read_positions_are_ones_own(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        house.reply("charlie", topic, "more").await;
        let line = format!("PUT /v1/topics/{topic}/read");
        let position = house.tell("dora", &line, json!({"number": 17})).await.ok();
        assert_eq!(position["number"], 2, "never beyond the last post");
        let key = format!("read_position:{topic}");
        assert!(Mirror::fresh(house, "dora").await.keys().contains(&key));
        assert!(!Mirror::fresh(house, "alice").await.keys().contains(&key));
        assert_eq!(house.tell("nobody", &line, json!({"number": 1})).await.code(), "signed_out");
    }

    async fn posts_are_unread_one_by_one_and_late_marks_do_not_undo_it(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        for n in 0..5 {
            house.reply("charlie", topic, &format!("reply {n}")).await;
        }
        let line = format!("PUT /v1/topics/{topic}/read");
        let first = house.tell("dora", &line, json!({"number": 6, "way": "add"})).await.ok();
        let known = first["read_at"].clone();
        let set = json!({"number": 6, "unread": [2, 4], "known": known, "marked_at": 5});
        let set = house.tell("dora", &line, set).await.ok();
        assert_eq!((&set["number"], &set["unread"]), (&json!(6), &json!([2, 4])));
        // Another machine, offline for long, says what was read before that.
        let late = json!({"number": 6, "way": "add", "marked_at": 5});
        assert_eq!(house.tell("dora", &line, late).await.ok(), set);
        let read_one = json!({"number": 6, "unread": [4], "way": "add", "known": set["read_at"], "marked_at": 5});
        let read_one = house.tell("dora", &line, read_one).await.ok();
        assert_eq!(read_one["unread"], json!([4]));
        assert_eq!(read_one["set_at"], set["set_at"]);
        let mirror = Mirror::fresh(house, "dora").await;
        let (_, body) = &mirror.held()[&(Kind::ReadPosition, topic)];
        assert_eq!(serde_json::to_value(body).unwrap(), read_one);
    }

    async fn catching_up_is_one_row_and_says_what_undoes_it(house: &House) {
        let board = house.group("board", "dora").await;
        let news = house.category("news", &["everyone read", "members start"]).await;
        let closed = house.category("secret", &[&format!("group:{board} start")]).await;
        let line = "PUT /v1/caught-up";
        let places = json!([{"until": 40}, {"category": news, "until": 50}]);
        let before = house.tell("charlie", line, json!({"places": places})).await.ok();
        let nothing = json!([{"until": 0}, {"category": news, "until": 0}]);
        assert_eq!(before["before"], nothing);
        let next = json!({"places": [{"category": news, "until": 60}]});
        let undo = house.tell("charlie", line, next).await.ok();
        assert_eq!(undo["before"], json!([{"category": news, "until": 50}]));
        // A word from long ago comes too late.
        let late = json!({"places": [{"category": news, "until": 3}], "marked_at": 7});
        assert_eq!(house.tell("charlie", line, late).await.ok()["before"], json!([]));
        house.tell("charlie", line, json!({"places": undo["before"]})).await.ok();
        let mirror = Mirror::fresh(house, "charlie").await;
        let (_, body) = &mirror.held()[&(Kind::CaughtUp, news)];
        assert_eq!(serde_json::to_value(body).unwrap()["until"], 50);
        assert!(mirror.held().contains_key(&(Kind::CaughtUp, 1)));
        let others = Mirror::fresh(house, "alice").await;
        assert!(others.keys().iter().all(|key| !key.starts_with("caught_up")));
        let secret = json!({"places": [{"until": 4}, {"category": closed, "until": 4}]});
        assert_eq!(house.tell("mallory", line, secret.clone()).await.code(), "not_found");
        assert!(!Mirror::fresh(house, "mallory").await.keys().contains(&"caught_up:1".to_owned()));
        house.tell("dora", line, secret).await.ok();
        assert_eq!(house.tell("nobody", line, json!({"places": [{"until": 4}]})).await.code(), "signed_out");
        assert_eq!(house.tell("charlie", line, json!({"places": []})).await.code(), "invalid");
        let twice = json!({"places": [{"until": 4}, {"until": 5}]});
        assert_eq!(house.tell("charlie", line, twice).await.code(), "invalid");
        let nowhere = json!({"places": [{"category": 999_999, "until": 4}]});
        assert_eq!(house.tell("alice", line, nowhere).await.code(), "not_found");
    }

    async fn bookmarks_are_ones_own(house: &House) {
        let board = house.group("board", "dora").await;
        let closed = house.category("secret", &[&format!("group:{board} start")]).await;
        let (topic, post) = house.topic("dora", closed, "Hello").await;
        let put = |id: i64| format!("PUT /v1/bookmarks/{id}");
        let mut dora = Mirror::fresh(house, "dora").await;
        let made = house.tell("dora", &put(post), json!({"note": " read  again "})).await.ok();
        assert_eq!((&made["topic"], &made["post"], &made["note"]), (&json!(topic), &json!(post), &json!("read again")));
        house.tell("dora", &put(topic), json!({})).await.ok();
        let again = house.tell("dora", &put(post), json!({})).await.ok();
        assert_eq!((&again["note"], &again["created_at"]), (&json!(null), &made["created_at"]));
        // Neither that they are there, nor what they are in, is told to anybody else.
        for (who, code) in [("mallory", "not_found"), ("nobody", "not_found")] {
            assert_eq!(house.tell(who, &put(post), json!({})).await.code(), code, "{who}");
            assert!(Mirror::fresh(house, who).await.keys().iter().all(|key| !key.starts_with("bookmark")));
        }
        assert!(Mirror::fresh(house, "alice").await.keys().iter().all(|key| !key.starts_with("bookmark")));
        assert_eq!(house.tell("dora", &put(board), json!({})).await.code(), "not_found");
        dora.catch_up(house, "dora").await;
        assert!(dora.keys().contains(&format!("bookmark:{topic}")));
        // Whoever may no longer read the topic keeps the mark, which tells nothing of it, and can take it out.
        house.put_in(board, "dora", false).await;
        assert_eq!(house.tell("dora", &put(post), json!({})).await.code(), "not_found");
        dora.catch_up(house, "dora").await;
        assert!(dora.keys().contains(&format!("bookmark:{post}")));
        let remove = format!("DELETE /v1/bookmarks/{post}");
        house.ask("dora", &remove, None, None).await.ok();
        house.ask("dora", &remove, None, None).await.ok();
        dora.catch_up(house, "dora").await;
        assert!(!dora.keys().contains(&format!("bookmark:{post}")));
        assert_eq!(dora.held(), Mirror::fresh(house, "dora").await.held());
    }

    async fn ones_own_posts_count_as_read(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let read = async |who: &str| {
            let mirror = Mirror::fresh(house, who).await;
            mirror.held().get(&(Kind::ReadPosition, topic)).map(|(_, body)| match body {
                space_core::protocol::Body::ReadPosition(position) => position.number,
                other => panic!("{other:?}"),
            })
        };
        assert_eq!(read("charlie").await, Some(1));
        house.reply("charlie", topic, "one more thing").await;
        assert_eq!(read("charlie").await, Some(2));
        house.reply("dora", topic, "not read by charlie yet").await;
        house.reply("charlie", topic, "written without reading").await;
        assert_eq!(read("charlie").await, Some(2));
        assert_eq!(read("dora").await, None);
    }

    async fn tokens_are_listed_narrowed_and_revoked(house: &House) {
        let create = async |who: &str, capabilities: &str| {
            let body = json!({"label": "script", "capabilities": capabilities});
            house.tell(who, "POST /v1/tokens", body).await
        };
        let made = create("dora", "read").await.ok();
        assert!(made["token"].as_str().unwrap().starts_with("space_"));
        assert_eq!(create("dora", "").await.code(), "invalid");
        assert_eq!(create("nobody", "read").await.code(), "signed_out");
        let list = house.get("dora", "/v1/tokens").await.ok();
        assert_eq!(list.as_array().unwrap().len(), 2);
        assert!(!list.to_string().contains("space_"));
        let id = made["id"].as_i64().unwrap();
        let line = format!("DELETE /v1/tokens/{id}");
        assert_eq!(house.ask("mallory", &line, None, None).await.code(), "not_found");
        house.ask("dora", &line, None, None).await.ok();
        assert_eq!(house.get("dora", "/v1/tokens").await.ok().as_array().unwrap().len(), 1);
        house.ask("dora", "POST /v1/logout", None, None).await.ok();
        assert_eq!(house.get("dora", "/v1/me").await.code(), "signed_out");
        assert_eq!(house.feed("dora", "").await.unwrap_err(), "signed_out");
    }

    async fn a_role_opens_every_category_and_taking_it_closes_them(house: &House) {
        let board = house.group("board", "dora").await;
        let closed = house.category("secret", &[&format!("group:{board} start")]).await;
        house.topic("dora", closed, "Secret").await;
        let mut charlie = Mirror::fresh(house, "charlie").await;
        let name = space_core::text::MemberName::parse("charlie").unwrap();
        house.operator.set_role(&name, space_core::Role::Moderator, true).await.unwrap();
        charlie.catch_up(house, "charlie").await;
        assert!(charlie.keys().contains(&format!("category:{closed}")));
        assert_eq!(charlie.held(), Mirror::fresh(house, "charlie").await.held());
        house.operator.set_role(&name, space_core::Role::Moderator, false).await.unwrap();
        charlie.catch_up(house, "charlie").await;
        assert!(!charlie.keys().contains(&format!("category:{closed}")));
        assert_eq!(charlie.held(), Mirror::fresh(house, "charlie").await.held());
    }

    async fn hostile_requests_get_clear_problems(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = format!("POST /v1/topics/{topic}/posts");
        for (body, want) in [
            (json!({"source": ""}), "invalid"),
            (json!({"source": "a\u{0}b"}), "invalid"),
            (json!({"source": "x".repeat(32_001)}), "invalid"),
            (json!({"source": "x", "surprise": 1}), "invalid"),
            (json!({"source": "x", "reply_to": -1}), "invalid"),
            (json!([]), "invalid"),
            (json!({"source": "x".repeat(2_000_000)}), "too_large"),
        ] {
            assert_eq!(house.tell("dora", &post, body).await.code(), want);
        }
        for path in ["/v1/topics/0", "/v1/topics/abc", "/v1/topics/99999999999999999999", "/v1/nothing"] {
            assert_eq!(house.get("dora", path).await.code(), "not_found", "{path}");
        }
        for path in ["/v1/topics?limit=x", "/v1/topics?before=x", "/v1/feed?mode=x", "/v1/feed?kinds=x", "/v1/feed?x=1"] {
            assert_eq!(house.get("dora", path).await.code(), "invalid", "{path}");
        }
        assert_eq!(house.tell("dora", "POST /v1/space", json!({})).await.code(), "method_not_allowed");
        let long = "k".repeat(65);
        let answer = house.ask("dora", &post, Some(json!({"source": "x"})), Some(&long)).await;
        assert_eq!(answer.code(), "invalid");
    }

    async fn rights_end_between_two_commands_of_one_batch(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let reply = format!("POST /v1/topics/{topic}/posts");
        let close = format!("PUT /v1/categories/{news}/access");
        let staff = json!({"access": [{"audience": "staff", "level": "start"}]});
        // They wait in the queue in this order, most of them when the writer takes its first batch.
        let mut orders = vec![("dora", &reply, json!({"source": "before"})); 5];
        orders.push(("alice", &close, staff));
        orders.extend(vec![("dora", &reply, json!({"source": "after"})); 5]);
        let told = orders.into_iter().map(|(who, line, body)| house.tell(who, line, body));
        let mut answers = futures_util::future::join_all(told).await;
        for refused in answers.split_off(6) {
            assert_eq!(refused.code(), "not_found");
        }
        for done in answers {
            done.ok();
        }
    }

    async fn a_statement_that_fails_spoils_nothing_but_its_own_command(house: &House) {
        use crate::writer::{Command, Failure, Tx};

        struct Fails;
        impl Command for Fails {
            type Reply = ();
            async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<(), Failure> {
                tx.touch(space_core::Scope::Public, Kind::Post, 4);
                Ok(tx.execute("insert into head (space) values ($1)", &[1.into()]).await.map(drop)?)
            }
        }

        struct RefusesLate;
        impl Command for RefusesLate {
            type Reply = ();
            async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<(), Failure> {
                tx.execute("update space set name = $1", &["Spoilt".into()]).await?;
                Err(space_core::policy::Denial::NotStaff.into())
            }
        }

        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let replies = (0..20).map(|number| {
            let line = format!("POST /v1/topics/{topic}/posts");
            async move { house.tell("dora", &line, json!({"source": format!("reply {number}")})).await.ok() }
        });
        let writer = &house.app.writer;
        let (replies, failed, late) =
            tokio::join!(futures_util::future::join_all(replies), writer.submit(Fails), writer.submit(RefusesLate));
        assert_eq!(replies.len(), 20);
        assert!(failed.is_err());
        assert!(late.is_err());
        assert_eq!(house.get("nobody", "/v1/space").await.ok()["space"]["name"], "Test");
        let page = house.get("nobody", &format!("/v1/topics/{topic}?limit=100")).await.ok();
        let numbers: Vec<i64> =
            page["posts"].as_array().unwrap().iter().map(|post| post["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers, (1..=21).collect::<Vec<_>>());
    }

    async fn who_means_another_space_gets_nothing_of_this_one(house: &House) {
        let hello = house.get("nobody", "/v1/space").await.ok();
        let ours = hello["space"]["identity"].as_str().unwrap().to_owned();
        assert_eq!(ours.len(), 32);
        for (meant, want) in [(ours.as_str(), StatusCode::OK), ("another-space-altogether", StatusCode::MISDIRECTED_REQUEST)] {
            for path in ["/v1/space", "/v1/topics", "/v1/feed"] {
                let request = Request::builder().uri(path).header("space-identity", meant);
                let (status, body) = house.raw(request.body(axum::body::Body::empty()).unwrap()).await;
                assert_eq!(status, want, "{path}");
                let is_told = String::from_utf8_lossy(&body).contains("\"other_space\"");
                assert_eq!(is_told, want != StatusCode::OK, "{path}");
            }
        }
        let rows = house.feed("nobody", "kinds=space").await.unwrap();
        let identity = rows.iter().find_map(|line| match line {
            FeedLine::Row(FeedRow { body: Some(Body::Space(space)), .. }) => space.identity.clone(),
            _ => None,
        });
        assert_eq!(identity.unwrap().as_str(), ours);
    }

    async fn a_migrated_store_opens_again_and_stays_as_it_is(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        house.topic("charlie", news, "Hello").await;
        let before = Mirror::fresh(house, "alice").await;
        let again = Store::open(&house.config).await.unwrap();
        let head = again.read(|x| Box::pin(store::head::read(x))).await.unwrap();
        assert!(head.seq > 0);
        assert_eq!(before.held(), Mirror::fresh(house, "alice").await.held());
    }
}
