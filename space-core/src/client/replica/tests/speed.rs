// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How long things take; run by hand, in release: `cargo test --release -p space-core --features client -- --ignored
//! --nocapture speed`.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::super::*;
use crate::client::testing::bodies::*;
use crate::protocol::{Body, FeedLine, FeedRow};
use crate::{CategoryId, TopicId};

/// Posts of about 600 characters in topics of about twelve, of words as unevenly common as those of a language.
fn posts(count: i64) -> Vec<FeedRow> {
    let mut rows = small();
    let mut random = 1_u64;
    let mut next = move |below: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (random >> 33) % below
    };
    let topics = count / 12 + 1;
    for n in 0..count {
        let topic_id =
            1_000_000 + i64::try_from(next(u64::try_from(n / 12 + 1).unwrap())).unwrap() % topics;
        if n % 12 == 0 {
            let id = 1_000_000 + n / 12;
            rows.push(row(Body::Topic(topic(
                id,
                1001 + (n / 12) % 2,
                &format!("Topic number {id}"),
            ))));
        }
        let mut source = String::new();
        for _ in 0..90 {
            let common = next(20_000) + 1;
            let word = next(common);
            write!(source, "w{word} ").unwrap();
        }
        if n % 3 == 0 {
            source.push_str("and *some* [link](https://example.org)");
        }
        rows.push(row(Body::Post(post(
            10_000_000 + n,
            topic_id,
            n % 12 + 1,
            &source,
        ))));
        rows.push(row(Body::TopicTally(tally(
            topic_id,
            n % 12 + 1,
            10_000_000 + n,
        ))));
    }
    rows
}

/// The least that storing and indexing the same posts takes.
fn bare(rows: &[FeedRow], path: &std::path::Path) -> Duration {
    let mut c = rusqlite::Connection::open(path).unwrap();
    c.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = normal;
         create table post (id integer primary key, topic integer, number integer, author integer, at integer, source text);
         create index post_topic on post (topic, number);
         create virtual table post_text using fts5(body, content = '', tokenize = 'unicode61 remove_diacritics 2');",
    )
    .unwrap();
    let begin = Instant::now();
    for rows in rows.chunks(2_000) {
        let tx = c.transaction().unwrap();
        for row in rows {
            let Some(Body::Post(it)) = &row.body else {
                continue;
            };
            tx.prepare_cached("insert into post values (?1, ?2, ?3, ?4, ?5, ?6)")
                .unwrap()
                .execute(rusqlite::params![
                    it.id.get(),
                    it.topic.get(),
                    it.number,
                    it.author.get(),
                    it.created_at.millis(),
                    it.source
                ])
                .unwrap();
            tx.prepare_cached("insert into post_text (rowid, body) values (?1, ?2)")
                .unwrap()
                .execute(rusqlite::params![it.id.get(), it.source])
                .unwrap();
        }
        tx.commit().unwrap();
    }
    begin.elapsed()
}

fn best(times: usize, mut work: impl FnMut()) -> Duration {
    (0..times)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed()
        })
        .min()
        .unwrap()
}

#[test]
#[ignore = "measures"]
fn speed() {
    let count = std::env::var("POSTS").map_or(30_000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let rows = posts(count);
    println!("bare: {:?}", bare(&rows, &folder.path().join("bare.db")));
    let mut lines = Vec::new();
    for row in &rows {
        row.write(&mut lines).unwrap();
    }
    let begin = Instant::now();
    let text = std::str::from_utf8(&lines).unwrap();
    let parsed = text
        .lines()
        .filter(|line| FeedLine::read(line).is_ok())
        .count();
    println!(
        "parse {parsed} lines, {} MB: {:?}",
        lines.len() >> 20,
        begin.elapsed()
    );
    let mut replica = Replica::open(&folder.path().join("replica.db")).unwrap();
    let begin = Instant::now();
    for rows in rows.chunks(2_000) {
        replica.apply(rows, None).unwrap();
    }
    println!("apply {} rows: {:?}", rows.len(), begin.elapsed());
    let size = std::fs::metadata(folder.path().join("replica.db"))
        .unwrap()
        .len();
    println!("file: {} MB", size >> 20);
    let begin = Instant::now();
    for rows in rows.chunks(2_000).take(5) {
        replica.apply(rows, None).unwrap();
    }
    println!("the first 10,000 rows again: {:?}", begin.elapsed());
    for order in [TopicOrder::Latest, TopicOrder::New, TopicOrder::Top] {
        for category in [None, CategoryId::new(1001)] {
            let query = TopicQuery {
                category,
                order,
                limit: 30,
                ..TopicQuery::default()
            };
            let took = best(20, || assert_eq!(replica.topics(&query).unwrap().len(), 30));
            println!("{order:?} of {category:?}: {took:?}");
        }
    }
    println!(
        "categories: {:?}",
        best(20, || drop(replica.categories().unwrap()))
    );
    println!(
        "thread: {:?}",
        best(20, || drop(
            replica
                .thread(TopicId::new(1_000_100).unwrap(), 1, 50)
                .unwrap()
        ))
    );
    for query in [
        "w0",
        "w1",
        "w15000",
        "w0 w1 w2",
        "w1 -w0",
        "w",
        "w1*",
        "\"w0 w1\"",
        "@ångström",
        "@alice #place-1001",
        "#place-1002",
        "#place-1002 w0 @alice",
        "is:unread",
        "is:unread w1",
        "w0 in:title",
        "topic in:title",
        "before:1970-01-05 w1",
        "after:1970-04-01",
        "lang:fr",
        "-w0 in:first",
        "w12 w13 w14 w15 w16",
    ] {
        let parsed = query.parse().unwrap();
        let plan = replica.plan(&parsed, moment(0)).unwrap();
        let page = replica.search(&plan, None, 20).unwrap();
        println!(
            "search {query:?} ({} hits, {}): plan {:?}, page {:?}",
            page.hits.len(),
            if page.next.is_some() { "more" } else { "all" },
            best(5, || drop(replica.plan(&parsed, moment(0)).unwrap())),
            best(5, || drop(replica.search(&plan, None, 20).unwrap()))
        );
    }
    println!(
        "counts: {:?}",
        best(3, || assert!(replica.counts().unwrap().posts > 0))
    );
    let begin = Instant::now();
    replica.begin_reread().unwrap();
    replica.finish_reread().unwrap();
    println!("drop everything: {:?}", begin.elapsed());
}
