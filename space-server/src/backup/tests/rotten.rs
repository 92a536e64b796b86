// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One row that cannot be read: it is named, and everything else is served, backed up and comes back.

use axum::body::Body;
use axum::http::Request;
use space_core::protocol::FeedLine;

use super::*;
use crate::doctor::{Level, examine};
use crate::store::{Engine, aside};
use crate::testing::StillClock;

/// Does something to the tables by hand.
async fn by_hand(house: &House, sql: &str) {
    match house.app.store.engine() {
        Engine::Sqlite(sqlite) => {
            let connection = sqlite.writer().unwrap();
            connection
                .pragma_update(None, "foreign_keys", false)
                .unwrap();
            connection.execute_batch(sql).unwrap();
        }
        Engine::Postgres(postgres) => {
            let client = postgres.client().await.unwrap();
            client.batch_execute(sql).await.unwrap();
        }
    }
}

async fn page(house: &House, path: &str) -> (u16, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let (status, _, text) = house.page(request).await;
    (status.as_u16(), text)
}

/// A topic with five posts, and another one; the third post of the first is `rotten`.
struct Story {
    house: House,
    topic: i64,
    other: i64,
    rotten: i64,
}

async fn story(on: On) -> Option<Story> {
    let house = House::new(on).await?;
    let hall = house.category("hall", &["everyone start"]).await;
    let (topic, _) = house.topic("alice", hall, "Long").await;
    let mut posts = Vec::new();
    for number in 2..=5 {
        posts.push(house.reply("dora", topic, &format!("post {number}")).await);
    }
    let (other, _) = house.topic("charlie", hall, "Other").await;
    Some(Story {
        house,
        topic,
        other,
        rotten: posts[1],
    })
}

fn ids_of(lines: &[FeedLine], kind: &str) -> Vec<i64> {
    let of_kind = lines.iter().filter_map(|line| match line {
        FeedLine::Row(row) if row.kind.word() == kind => Some(row.id),
        _ => None,
    });
    let mut ids: Vec<i64> = of_kind.collect();
    ids.sort_unstable();
    ids
}

async fn tell_of(on: On, rot: &str) {
    let Some(story) = story(on).await else { return };
    let Story {
        house,
        topic,
        other,
        rotten,
    } = &story;
    by_hand(house, &rot.replace("$ID", &rotten.to_string())).await;

    // The feed, from zero and page by page.
    let lines = seen(house, "charlie").await;
    let posts = ids_of(&lines, "post");
    assert_eq!(posts.len(), 5, "{posts:?}");
    assert!(!posts.contains(rotten));
    // Lists, also where one page would end with it.
    let path = format!("/v1/topics/{topic}?limit=2");
    let first = house.get("nobody", &path).await.ok();
    let numbers: Vec<i64> = first["posts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|post| post["number"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(first["next"], 4);
    let rest = house.get("nobody", &format!("{path}&from=3")).await.ok();
    assert_eq!(rest["posts"].as_array().unwrap().len(), 2);
    for path in [
        format!("/t/{topic}"),
        format!("/t/{topic}/feed.atom"),
        "/feed.atom".to_owned(),
        "/m/dora".to_owned(),
    ] {
        let (status, text) = page(house, &path).await;
        assert_eq!(status, 200, "{path}");
        assert!(!text.contains("post 3"), "{path}");
    }
    // Writing goes on.
    house.reply("charlie", *topic, "after").await;
    house.reply("alice", *other, "after").await;
    // It is named, once.
    let found = aside::found();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].table, found[0].id), ("post", *rotten));
    let text = house.app.metrics.render();
    assert!(text.contains("space_store_rows_set_aside 1"), "{text}");
    let findings = examine(&house.config, &StillClock::default(), true).await;
    let rows = findings.iter().find(|found| found.check == "rows").unwrap();
    assert_eq!(rows.level, Level::Wrong);
    assert!(
        rows.found.contains(&format!("post {rotten}")),
        "{}",
        rows.found
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_is_not_utf8_is_set_aside() {
    let rot = "update post set source = cast(x'706f7374fffe33' as text) where id = $ID";
    tell_of(On::Sqlite, rot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_word_is_set_aside_on_sqlite() {
    tell_of(On::Sqlite, "update post set kind = 'bogus' where id = $ID").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_word_is_set_aside_on_postgres() {
    tell_of(
        On::Postgres,
        "update post set kind = 'bogus' where id = $ID",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rotten_topic_category_and_rule_stop_nobody() {
    for on in [On::Sqlite, On::Postgres] {
        let Some(Story {
            house,
            topic,
            other,
            rotten,
        }) = story(on).await
        else {
            continue;
        };
        let second = house.category("second", &["everyone start"]).await;
        let (hidden, _) = house.topic("alice", second, "Closed by rot").await;
        for sql in [
            format!("update topic set title = '' where id = {topic}"),
            format!("update category_access set level = 'bogus' where category_id = {second}"),
            format!("update feed set kind = 'bogus' where kind = 'post' and id = {rotten}"),
        ] {
            by_hand(&house, &sql).await;
        }
        let lines = seen(&house, "charlie").await;
        assert_eq!(ids_of(&lines, "topic"), [other]);
        // Page by page nothing is lost and nothing repeats for ever.
        let mut since = cursor(&house, "dora").await;
        assert!(!since.is_empty());
        let mut topics = Vec::new();
        since.clear();
        for _ in 0..200 {
            let query = if since.is_empty() {
                "limit=1".to_owned()
            } else {
                format!("limit=1&since={since}")
            };
            let lines = house.feed("charlie", &query).await.unwrap();
            topics.extend(ids_of(&lines, "topic"));
            let Some(FeedLine::Cursor { cursor, more }) = lines.last() else {
                panic!("{lines:?}");
            };
            since = cursor.to_string();
            if !more {
                break;
            }
        }
        assert_eq!(topics, [other]);
        let list = house.get("charlie", "/v1/topics?limit=1").await.ok();
        assert_eq!(list["topics"][0]["topic"]["id"], other);
        // A rule that cannot be read opens nothing.
        let closed = house.get("nobody", &format!("/v1/topics/{hidden}")).await;
        assert_eq!(closed.status, 404);
        assert_eq!(page(&house, "/").await.0, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rotten_post_can_be_looked_at_edited_and_deleted() {
    let Some(Story { house, rotten, .. }) = story(On::Sqlite).await else {
        return;
    };
    let rot =
        format!("update post set source = cast(x'706f7374fffe33' as text) where id = {rotten}");
    by_hand(&house, &rot).await;
    let line = format!("/v1/posts/{rotten}");
    let post = house.get("dora", &line).await.ok();
    assert_eq!(post["source"], "post\u{fffd}\u{fffd}3");
    let edit = json!({"revision": post["revision"], "source": "post 3"});
    house.tell("dora", &format!("PUT {line}"), edit).await.ok();
    assert!(ids_of(&seen(&house, "charlie").await, "post").contains(&rotten));
    by_hand(&house, &rot).await;
    house
        .ask("dora", &format!("DELETE {line}"), None, None)
        .await
        .ok();
    assert!(!ids_of(&seen(&house, "charlie").await, "post").contains(&rotten));
}

#[tokio::test(flavor = "multi_thread")]
async fn backup_mends_what_is_rotten_and_says_so() {
    let Some(Story {
        house,
        topic,
        rotten,
        ..
    }) = story(On::Sqlite).await
    else {
        return;
    };
    for sql in [
        format!("update post set source = cast(x'706f7374fffe33' as text) where id = {rotten}"),
        // Two rows that cannot stand, and one that refers to one of them.
        format!("update post set topic_id = 77 where id = {}", rotten + 1),
        format!(
            "update topic set created_at = 'x' where id = {}",
            rotten + 3
        ),
    ] {
        by_hand(&house, &sql).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("space.tar");
    let plain = Make {
        is_compressed: false,
        ..what(&path)
    };
    let totals = make(&house.config, &plain, &Progress::hidden())
        .await
        .unwrap();
    let named: Vec<(&str, &str, bool)> = totals
        .gaps
        .iter()
        .filter(|gap| !gap.table.is_empty())
        .map(|gap| (gap.table.as_str(), gap.key.as_str(), gap.is_left_out))
        .collect();
    let key = |id: i64| id.to_string();
    let (first, second, third) = (key(rotten), key(rotten + 1), key(rotten + 3));
    assert!(named.contains(&("post", &first, false)), "{named:?}");
    assert!(named.contains(&("post", &second, true)), "{named:?}");
    assert!(named.contains(&("topic", &third, true)), "{named:?}");
    let lot = House::empty(On::Sqlite).unwrap();
    restored(&path, &lot.config).await.unwrap();
    let back = lot.open(&house).await;
    let posts = back
        .get("nobody", &format!("/v1/topics/{topic}"))
        .await
        .ok();
    assert_eq!(posts["posts"][2]["source"], "post\u{fffd}\u{fffd}3");
    assert_eq!(posts["posts"].as_array().unwrap().len(), 4);
}
