// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A first read with the newest first, page by page.

use space_core::protocol::{Body, FeedLine, Kind};

use crate::testing::{House, On};

/// What a page shows to a reader: the titles that it brings, whether it has a post of that text, and its end.
struct Seen {
    titles: Vec<String>,
    posts: Vec<String>,
    cursor: String,
    more: bool,
}

async fn page(house: &House, query: &str) -> Seen {
    let mut seen = Seen {
        titles: Vec::new(),
        posts: Vec::new(),
        cursor: String::new(),
        more: false,
    };
    for line in house.feed("charlie", query).await.unwrap() {
        match line {
            FeedLine::Row(row) => match row.body {
                Some(Body::Topic(topic)) => seen.titles.push(topic.title.to_string()),
                Some(Body::Post(post)) => seen.posts.push(post.source),
                _ => {}
            },
            FeedLine::Cursor { cursor, more } => (seen.cursor, seen.more) = (cursor.0, more),
            FeedLine::Idle | FeedLine::Unknown => {}
        }
    }
    seen
}

/// A space with thirty topics; the oldest has the latest reply.
async fn full() -> (House, i64) {
    let house = House::new(On::Sqlite).await.unwrap();
    let hall = house
        .category("hall", &["everyone read", "members start"])
        .await;
    let mut first = 0;
    for number in 0..30 {
        let (topic, _) = house.topic("alice", hall, &format!("Topic {number}")).await;
        if number == 0 {
            first = topic;
        }
    }
    house.reply("bob", first, "the latest").await;
    (house, first)
}

/// Reads the frame.
async fn frame(house: &House, query: &str) -> String {
    let mut cursor = String::new();
    for line in house.feed("charlie", query).await.unwrap() {
        match line {
            FeedLine::Row(row) => assert!(row.kind.is_frame() || row.kind == Kind::TopicTally),
            FeedLine::Cursor { cursor: end, .. } => cursor = end.0,
            FeedLine::Idle | FeedLine::Unknown => {}
        }
    }
    cursor
}

#[tokio::test]
async fn the_latest_can_be_read_after_the_first_page_with_the_title_of_an_old_topic() {
    let (house, _) = full().await;
    let frame = frame(&house, "order=newest&older=later&limit=100").await;
    let seen = page(&house, &format!("limit=8&since={frame}")).await;
    assert!(
        seen.titles.contains(&"Topic 0".to_owned()),
        "{:?}",
        seen.titles
    );
    assert!(seen.titles.contains(&"Topic 29".to_owned()));
    assert!(!seen.titles.contains(&"Topic 5".to_owned()));
    assert!(seen.posts.contains(&"the latest".to_owned()));
    assert!(seen.more);
}

#[tokio::test]
async fn what_happens_meanwhile_comes_with_the_next_page() {
    let (house, first) = full().await;
    let frame = frame(&house, "order=newest&older=later&limit=100").await;
    let seen = page(&house, &format!("limit=8&since={frame}")).await;
    house.reply("bob", first, "while it reads").await;
    let seen = page(&house, &format!("limit=8&since={}", seen.cursor)).await;
    assert!(seen.posts.contains(&"while it reads".to_owned()));
    assert!(
        seen.titles.len() > 1,
        "and what is older too: {:?}",
        seen.titles
    );
}

#[tokio::test]
async fn older_rows_are_left_for_later_and_found_again() {
    let (house, _) = full().await;
    let start = frame(&house, "order=newest&older=later&limit=100").await;
    let recent = page(&house, &format!("limit=8&since={start}")).await;
    // Only changes from here on; a reply to a topic that was never read brings its title.
    let held = page(&house, &format!("older=later&since={}", recent.cursor)).await;
    assert_eq!((held.titles.len(), held.more), (0, false));
    let list = house.get("charlie", "/v1/topics?limit=100").await.ok();
    let fifth = list["topics"].as_array().unwrap().iter().find_map(|line| {
        let topic = line.get("topic").unwrap_or(line);
        (topic["title"] == "Topic 5").then(|| topic["id"].as_i64().unwrap())
    });
    house.reply("bob", fifth.unwrap(), "after long").await;
    let held = page(&house, &format!("older=later&since={}", held.cursor)).await;
    assert_eq!(held.titles, ["Topic 5"]);
    assert_eq!(held.posts, ["after long"]);
    assert!(!held.more);
    // And later everything else.
    let mut titles: Vec<String> = recent.titles;
    let mut next = held;
    next.more = true;
    while next.more {
        titles.append(&mut next.titles);
        next = page(&house, &format!("limit=20&since={}", next.cursor)).await;
    }
    titles.append(&mut next.titles);
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), 30);
}

#[tokio::test]
async fn any_cut_keeps_the_numbers_of_a_topic_whose_title_was_put_beside_them() {
    let (house, _) = full().await;
    let mut cursor = frame(&house, "order=newest&older=later&limit=100").await;
    let mut tallies = std::collections::BTreeSet::new();
    loop {
        let mut more = false;
        for line in house
            .feed("charlie", &format!("limit=1&since={cursor}"))
            .await
            .unwrap()
        {
            match line {
                FeedLine::Row(row) if row.kind == Kind::TopicTally => {
                    tallies.insert(row.id);
                }
                FeedLine::Cursor {
                    cursor: end,
                    more: is_more,
                } => {
                    cursor = end.0;
                    more = is_more;
                }
                _ => {}
            }
        }
        if !more {
            break;
        }
    }
    assert_eq!(tallies.len(), 30);
}
