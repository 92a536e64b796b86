// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::sync::{Arc, Mutex};

use super::tests::{house, serve};
use super::*;
use crate::client::testing::Still;
use crate::client::testing::server::{Fake, STREAM, json, problem, say};
use crate::client::testing::space::Model;
use crate::{Post, TopicId};

/// A space with an old topic of 30 posts, and newer ones.
fn space() -> (Model, i64) {
    let mut model = Model::new();
    model.start(0);
    let old = model.topic_at(0).unwrap();
    for _ in 1..30 {
        model.reply(0);
    }
    for _ in 0..5 {
        model.start(0);
    }
    (model, old)
}

struct Reader {
    fake: Fake,
    model: Arc<Mutex<Model>>,
    replica: Replica,
    outbox: Outbox,
    clock: Still,
}

impl Reader {
    /// A reader whose copy goes back to the newest topics.
    async fn of(model: Model) -> Self {
        let model = Arc::new(Mutex::new(model));
        let shared = Arc::clone(&model);
        let fake = Fake::start(move |asked| {
            let path = asked.path.split('?').next().unwrap_or_default();
            let number = |from: &str| path.strip_prefix(from)?.parse::<i64>().ok();
            let query = |key| asked.query(key).and_then(|value| value.parse::<i64>().ok());
            let model = shared.lock().unwrap();
            let found = if let Some(topic) = number("/v1/topics/") {
                let limit = query("limit").unwrap_or(20).min(7);
                model
                    .topic_page(
                        topic,
                        query("from").unwrap_or(1),
                        usize::try_from(limit).unwrap(),
                    )
                    .map(|page| serde_json::to_string(&page).unwrap())
            } else if let Some(post) = number("/v1/posts/") {
                let found: Option<Post> = model.post(post);
                found.map(|post| serde_json::to_string(&post).unwrap())
            } else {
                drop(model);
                return serve(&shared, asked);
            };
            match found {
                Some(body) => json(200, "", &body),
                None => problem(404, "", "not_found"),
            }
        });
        let (replica, outbox, clock) = house();
        let mut reader = Self {
            fake,
            model,
            replica,
            outbox,
            clock,
        };
        reader.sync().await;
        reader
    }

    async fn sync(&mut self) {
        let api = self.fake.api();
        let window = Window::Topics(2);
        let (replica, outbox) = (&mut self.replica, &mut self.outbox);
        sync_once(&api, replica, outbox, &self.clock, window, &mut |_| {})
            .await
            .unwrap();
    }

    async fn fetch(&mut self, number: i64) -> Fetched {
        let api = self.fake.api();
        fetch_number(&api, &mut self.replica, number).await.unwrap()
    }

    fn coverage(&self, topic: i64) -> (u64, u64) {
        let it = self.replica.coverage(TopicId::new(topic).unwrap()).unwrap();
        (it.held, it.missing)
    }
}

#[tokio::test]
async fn topic_outside_the_window_is_fetched_by_a_post_and_kept() {
    let (model, old) = space();
    let post = model.topic_page(old, 12, 1).unwrap().posts[0].id.get();
    let mut reader = Reader::of(model).await;
    assert_eq!(reader.replica.find(old).unwrap(), None);
    let before = reader.replica.topics_delivered().unwrap();
    let topic = TopicId::new(old).unwrap();
    assert_eq!(reader.fetch(post).await, Fetched::Whole(topic));
    assert_eq!(reader.coverage(old), (30, 0));
    assert_eq!(reader.replica.thread(topic, 1, 100).unwrap().len(), 30);
    // It says nothing of how far back the copy goes.
    assert_eq!(reader.replica.topics_delivered().unwrap(), before);
    // It is part of the copy from now on: what changes in it comes by the feed, and stays counted.
    reader.model.lock().unwrap().reply(0);
    reader.model.lock().unwrap().delete(3);
    reader.sync().await;
    assert_eq!(reader.replica.thread(topic, 1, 100).unwrap().len(), 30);
    reader.model.lock().unwrap().delete_topic(0);
    reader.sync().await;
    assert_eq!(reader.replica.find(old).unwrap(), None);
    assert_eq!(reader.coverage(old), (0, 0));
}

#[tokio::test]
async fn topic_that_is_partly_here_says_so_and_is_completed() {
    let (model, old) = space();
    let mut reader = Reader::of(model).await;
    // A new post brings its topic into the window, and none of the posts before it.
    reader.model.lock().unwrap().reply(0);
    reader.sync().await;
    assert_eq!(reader.coverage(old), (1, 30));
    let topic = TopicId::new(old).unwrap();
    assert_eq!(reader.replica.first_gap(topic, 1).unwrap(), 1);
    assert_eq!(reader.fetch(old).await, Fetched::Whole(topic));
    assert_eq!(reader.coverage(old), (31, 0));
    let asked = reader.fake.asked().len();
    assert_eq!(reader.fetch(old).await, Fetched::Whole(topic));
    assert_eq!(
        reader.fake.asked().len() - asked,
        1,
        "nothing is asked for twice"
    );
}

#[tokio::test]
async fn numbers_that_count_too_much_are_believed_once() {
    let (model, old) = space();
    let mut reader = Reader::of(model).await;
    // The miniature space does not count deleted posts down.
    reader.model.lock().unwrap().delete(3);
    reader.model.lock().unwrap().delete(3);
    reader.fetch(old).await;
    assert_eq!(reader.coverage(old), (28, 0));
    // The next one that is missing is missed all the same.
    reader.model.lock().unwrap().reply(0);
    reader.sync().await;
    assert_eq!(reader.coverage(old), (29, 0));
}

#[tokio::test]
async fn closed_topic_answers_like_one_that_never_was() {
    let (mut model, old) = space();
    model.turn(0);
    model.settle_some(usize::MAX);
    let mut reader = Reader::of(model).await;
    assert_eq!(reader.fetch(old).await, Fetched::NotShown);
    assert_eq!(reader.fetch(999_999).await, Fetched::NotShown);
    assert_eq!(reader.replica.find(old).unwrap(), None);
}

#[tokio::test]
async fn fetched_topic_goes_when_its_category_closes() {
    let (model, old) = space();
    let mut reader = Reader::of(model).await;
    reader.fetch(old).await;
    assert_eq!(reader.coverage(old), (30, 0));
    reader.model.lock().unwrap().turn(0);
    reader.model.lock().unwrap().settle_some(usize::MAX);
    reader.sync().await;
    assert_eq!(reader.replica.find(old).unwrap(), None);
    assert_eq!(reader.coverage(old).0, 0);
}

#[tokio::test]
async fn page_is_asked_for_again_when_the_copy_moves_on() {
    let (model, old) = space();
    let mut reader = Reader::of(model).await;
    let since = reader.replica.cursor().unwrap();
    let page = reader.model.lock().unwrap().topic_page(old, 1, 9).unwrap();
    // A post of the page is deleted, and the copy has read that before the page arrives.
    reader.model.lock().unwrap().delete(2);
    reader.sync().await;
    let late = reader.replica.keep_page(since.as_ref(), &page);
    assert!(matches!(late, Err(ReplicaError::MovedOn)));
    assert_eq!(reader.replica.find(old).unwrap(), None);
    let none = reader.replica.keep_page(None, &page);
    assert!(matches!(none, Err(ReplicaError::MovedOn)));
}

#[tokio::test]
async fn row_that_cannot_be_read_is_set_aside_and_read_by_a_later_version() {
    let row = r#"{"scope":"public","kind":"post","id":77,"body":{"id":77,"topic":11,"number":9223372036854775807,"author":3,"source":"x","created_at":1,"revision":1}}"#;
    let good =
        r#"{"scope":"public","kind":"post_tally","id":77,"body":{"post":77,"topic":11,"likes":1}}"#;
    let end = r#"{"cursor":"c1","more":false}"#;
    let body = format!("{row}\nnonsense\n{good}\n{end}\n");
    let fake = Fake::start(move |_| say(format!("{STREAM}{body}")));
    let (mut replica, mut outbox, clock) = house();
    let api = fake.api();
    let window = Window::Whole;
    let report = sync_once(&api, &mut replica, &mut outbox, &clock, window, &mut |_| {})
        .await
        .unwrap();
    assert_eq!((report.applied.unread, report.applied.changed), (2, 1));
    let aside = replica.set_aside().unwrap();
    let named: Vec<(&str, i64)> = aside.iter().map(|it| (it.kind.as_str(), it.id)).collect();
    assert_eq!(named, [("", -1), ("post", 77)]);
    // A later version reads what it can; this one knows as little as before.
    replica.pretend_set_aside(77, &row.replace("9223372036854775807", "3"));
    replica.read_set_aside().unwrap();
    assert_eq!(replica.set_aside().unwrap().len(), 1);
    assert_eq!(replica.first_gap(TopicId::new(11).unwrap(), 3).unwrap(), 4);
}
