// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use super::*;
use crate::run::testing::Fake;

/// Its id, its last number, and the numbers and ids of the posts that are there.
type Topic = (i64, i64, Vec<(i64, i64)>);

fn topic(id: i64) -> String {
    format!(r#"{{"id":{id},"category":12,"author":1,"title":"Tea","created_at":1,"revision":1}}"#)
}

fn tally(topic: i64, last_number: i64, at: i64) -> String {
    format!(
        r#"{{"topic":{topic},"posts":1,"last_number":{last_number},"last_post_at":{at},"last_poster":1,"views":0,"likes":0}}"#
    )
}

/// A server with topics, the latest first.
fn server(topics: Vec<Topic>) -> Fake {
    Fake::start(move |path| {
        if path.contains("/topics?") {
            let lines: Vec<String> = topics
                .iter()
                .enumerate()
                .map(|(place, (id, last, _))| {
                    let at = 1000 - i64::try_from(place).unwrap();
                    format!(
                        r#"{{"topic":{},"tally":{}}}"#,
                        topic(*id),
                        tally(*id, *last, at)
                    )
                })
                .collect();
            return (200, format!(r#"{{"topics":[{}]}}"#, lines.join(",")));
        }
        let of = |name: &str| -> i64 {
            let rest = path.split_once(name).unwrap().1;
            let end = rest.find(|c: char| !c.is_ascii_digit());
            rest[..end.unwrap_or(rest.len())].parse().unwrap()
        };
        let (id, from, limit) = (of("/topics/"), of("from="), of("limit="));
        let (_, last, there) = topics.iter().find(|(topic, ..)| *topic == id).unwrap();
        let posts: Vec<String> = there
            .iter()
            .filter(|(number, _)| *number >= from)
            .take(usize::try_from(limit).unwrap())
            .map(|(number, post)| {
                format!(
                    r#"{{"id":{post},"topic":{id},"number":{number},"author":1,"source":"x","created_at":1,"revision":1}}"#
                )
            })
            .collect();
        let body = format!(
            r#"{{"topic":{},"tally":{},"posts":[{}]}}"#,
            topic(id),
            tally(id, *last, 1),
            posts.join(",")
        );
        (200, body)
    })
}

async fn newest(topics: Vec<Topic>) -> i64 {
    let category = CategoryId::new(12).unwrap();
    newest_post(&server(topics).api(), category).await.unwrap()
}

#[tokio::test]
async fn a_mirror_begins_behind_the_newest_post_that_is_there() {
    assert_eq!(newest(vec![]).await, 0);
    assert_eq!(newest(vec![(20, 2, vec![(1, 101), (2, 107)])]).await, 107);
}

#[tokio::test]
async fn a_last_post_that_is_gone_is_no_reason_to_begin_at_the_beginning() {
    // The one before it counts, however many are gone.
    assert_eq!(newest(vec![(20, 2, vec![(1, 101)])]).await, 101);
    assert_eq!(newest(vec![(20, 180, vec![(3, 101)])]).await, 101);
    // And where the latest activity was is not where the newest post is.
    let topics = vec![
        (20, 3, vec![(1, 101)]),
        (21, 2, vec![]),
        (22, 2, vec![(1, 99), (2, 105)]),
        (23, 1, vec![(1, 104)]),
    ];
    assert_eq!(newest(topics).await, 105);
}
