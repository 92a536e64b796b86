// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Puts a topic together of its first page and its further posts. Pure.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

/// How many posts are asked for at once, as the forum's own pages do.
pub(super) const CHUNK: usize = 20;

/// More posts no topic has.
const MAX_POSTS: usize = 1_000_000;

/// What the first page has that is not of the topic, but of who looks at it.
const NOT_KEPT: [&str; 6] = [
    "suggested_topics",
    "related_topics",
    "timeline_lookup",
    "draft",
    "draft_key",
    "draft_sequence",
];

/// A topic that is being put together.
#[derive(Debug)]
pub(super) struct Topic {
    pub(super) id: i64,
    document: Map<String, Value>,
    /// The ids of its posts, in their order.
    stream: Vec<i64>,
    known: HashSet<i64>,
    posts: HashMap<i64, Value>,
    /// Of a topic that does not name its posts: how many there should be.
    endless: Option<usize>,
    /// The highest number so far.
    last_number: i64,
}

impl Topic {
    /// Reads the first page.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it.
    pub(super) fn begin(id: i64, page: Value) -> Result<Self, String> {
        let Value::Object(mut document) = page else {
            return Err("is no topic: it is not an object".to_owned());
        };
        if document.get("id").and_then(Value::as_i64) != Some(id) {
            let other = shown(document.get("id").unwrap_or(&Value::Null));
            return Err(format!("is another topic: its id is {other}"));
        }
        let Some(Value::Object(posts)) = document.remove("post_stream") else {
            return Err("is no topic: it has no post_stream".to_owned());
        };
        // From some thousands of posts on (10,000 in Discourse) a forum does not name them.
        let is_endless = posts.get("isMegaTopic").and_then(Value::as_bool) == Some(true)
            && posts.get("stream").is_none();
        let count = document.get("posts_count").and_then(Value::as_u64);
        let endless = is_endless.then(|| usize::try_from(count.unwrap_or(0)).unwrap_or(usize::MAX));
        let nothing = Value::Array(Vec::new());
        let stream = posts.get("stream").or(is_endless.then_some(&nothing));
        let Some(Value::Array(stream)) = stream else {
            return Err("does not say which posts it has".to_owned());
        };
        if stream.len() > MAX_POSTS {
            return Err(format!("names {} posts", stream.len()));
        }
        let mut known = HashSet::with_capacity(stream.len());
        let mut ids = Vec::with_capacity(stream.len());
        for entry in stream {
            let id = entry
                .as_i64()
                .filter(|id| *id > 0)
                .ok_or_else(|| format!("names a post {}", shown(entry)))?;
            if known.insert(id) {
                ids.push(id);
            }
        }
        for name in NOT_KEPT {
            document.remove(name);
        }
        let mut topic = Self {
            id,
            document,
            stream: ids,
            known,
            posts: HashMap::new(),
            endless,
            last_number: 0,
        };
        let posts = posts.get("posts").unwrap_or(&Value::Null);
        if topic.is_endless() {
            topic.name(posts)?;
        }
        topic.take(posts)?;
        Ok(topic)
    }

    /// Returns whether it has so many posts that the forum does not name them.
    pub(super) fn is_endless(&self) -> bool {
        self.endless.is_some()
    }

    /// Returns the highest number of its posts so far.
    pub(super) fn last_number(&self) -> i64 {
        self.last_number
    }

    /// Takes the page that follows the last number; `false` when it brings nothing new.
    pub(super) fn take_next(&mut self, page: &Value) -> Result<bool, String> {
        let posts = page
            .get("post_stream")
            .and_then(|stream| stream.get("posts"))
            .ok_or("has no posts in an answer to a question for some")?;
        let before = (self.stream.len(), self.last_number);
        self.name(posts)?;
        self.take(posts)?;
        if self.stream.len() > MAX_POSTS {
            return Err(format!("has more than {MAX_POSTS} posts"));
        }
        // Without a higher number the next question would be the same.
        Ok(self.stream.len() > before.0 && self.last_number > before.1)
    }

    /// Names posts in the order in which they come.
    fn name(&mut self, posts: &Value) -> Result<(), String> {
        for post in posts.as_array().into_iter().flatten() {
            let number = |field| post.get(field).and_then(Value::as_i64);
            let id = number("id")
                .filter(|id| *id > 0)
                .ok_or("has a post without an id")?;
            let is_here = number("topic_id").is_none_or(|topic| topic == self.id);
            if is_here && self.known.insert(id) {
                self.stream.push(id);
            }
            self.last_number = self.last_number.max(number("post_number").unwrap_or(0));
        }
        Ok(())
    }

    /// Returns the ids of the posts that are still missing, in their order.
    pub(super) fn missing(&self) -> Vec<i64> {
        self.stream
            .iter()
            .copied()
            .filter(|id| !self.posts.contains_key(id))
            .collect()
    }

    /// Takes the posts of an answer to a question for some of them.
    pub(super) fn take_chunk(&mut self, page: &Value) -> Result<(), String> {
        let posts = page
            .get("post_stream")
            .and_then(|stream| stream.get("posts"));
        self.take(posts.ok_or("has no posts in an answer to a question for some")?)
    }

    fn take(&mut self, posts: &Value) -> Result<(), String> {
        let Value::Array(posts) = posts else {
            return Err("has something else than a list of posts".to_owned());
        };
        for post in posts {
            let Some(id) = post.get("id").and_then(Value::as_i64) else {
                return Err("has a post without an id".to_owned());
            };
            let is_here = post
                .get("topic_id")
                .is_none_or(|topic| topic.is_null() || topic.as_i64() == Some(self.id));
            // What nobody asked for is not taken.
            if is_here && self.known.contains(&id) {
                self.posts.entry(id).or_insert_with(|| post.clone());
            }
        }
        Ok(())
    }

    /// Returns the whole topic as one document, and how many posts of it are gone.
    pub(super) fn finish(mut self) -> (Value, usize) {
        let gone = self.missing().len();
        let mut stream = Vec::with_capacity(self.stream.len());
        let mut posts = Vec::with_capacity(self.stream.len());
        for id in &self.stream {
            if let Some(post) = self.posts.remove(id) {
                stream.push(Value::from(*id));
                posts.push(post);
            }
        }
        // Where fewer came than the forum counts, nothing says that these are all: the import tells how many are missing.
        let is_all = self.endless.is_none_or(|count| posts.len() >= count);
        let mut whole = Map::new();
        whole.insert("posts".to_owned(), Value::Array(posts));
        if is_all {
            whole.insert("stream".to_owned(), Value::Array(stream));
        }
        self.document
            .insert("post_stream".to_owned(), Value::Object(whole));
        (Value::Object(self.document), gone)
    }
}

/// Shows a value in a few characters.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::json;

    fn page(stream: &[i64], posts: &[i64]) -> Value {
        json!({
            "id": 7, "title": "Seven", "suggested_topics": [{"id": 8}],
            "post_stream": {"stream": stream, "posts": posts_of(posts)},
        })
    }

    fn posts_of(ids: &[i64]) -> Vec<Value> {
        ids.iter()
            .map(|id| json!({"id": id, "topic_id": 7}))
            .collect()
    }

    fn chunk(ids: &[i64]) -> Value {
        json!({"post_stream": {"posts": posts_of(ids)}, "id": 7})
    }

    fn ids(document: &Value) -> (Vec<i64>, Vec<i64>) {
        let stream = document["post_stream"]["stream"].as_array().unwrap();
        let posts = document["post_stream"]["posts"].as_array().unwrap();
        (
            stream.iter().map(|id| id.as_i64().unwrap()).collect(),
            posts
                .iter()
                .map(|post| post["id"].as_i64().unwrap())
                .collect(),
        )
    }

    #[test]
    fn posts_stand_in_the_order_of_the_stream() {
        let mut topic = Topic::begin(7, page(&[3, 1, 2, 9], &[1, 3])).unwrap();
        assert_eq!(topic.missing(), [2, 9]);
        topic.take_chunk(&chunk(&[9, 2])).unwrap();
        let (whole, gone) = topic.finish();
        assert_eq!(gone, 0);
        assert_eq!(ids(&whole), (vec![3, 1, 2, 9], vec![3, 1, 2, 9]));
        assert!(whole.get("suggested_topics").is_none());
        assert_eq!(whole["title"], "Seven");
    }

    #[test]
    fn posts_that_nobody_asked_for_are_not_taken() {
        let mut topic = Topic::begin(7, page(&[1, 2], &[1])).unwrap();
        topic.take_chunk(&chunk(&[2, 5])).unwrap();
        let other = json!({"post_stream": {"posts": [{"id": 2, "topic_id": 8}]}});
        topic.take_chunk(&other).unwrap();
        assert_eq!(ids(&topic.finish().0).1, [1, 2]);
    }

    #[test]
    fn a_post_that_comes_twice_is_there_once() {
        let mut topic = Topic::begin(7, page(&[1, 2, 1], &[1, 1])).unwrap();
        topic.take_chunk(&chunk(&[2, 2])).unwrap();
        assert_eq!(ids(&topic.finish().0), (vec![1, 2], vec![1, 2]));
    }

    #[test]
    fn a_post_that_never_comes_is_gone_from_the_stream_too() {
        let topic = Topic::begin(7, page(&[1, 2, 3], &[1, 3])).unwrap();
        let (whole, gone) = topic.finish();
        assert_eq!((ids(&whole).0, gone), (vec![1, 3], 1));
    }

    #[rstest]
    #[case(json!([]), "is no topic")]
    #[case(json!({"id": 8}), "is another topic: its id is 8")]
    #[case(json!({"id": 7}), "has no post_stream")]
    #[case(json!({"id": 7, "post_stream": []}), "has no post_stream")]
    #[case(json!({"id": 7, "post_stream": {"posts": []}}), "does not say which")]
    #[case(json!({"id": 7, "post_stream": {"posts": [], "stream": ["x"]}}), "names a post \"x\"")]
    #[case(json!({"id": 7, "post_stream": {"posts": {}, "stream": [1]}}), "else than a list")]
    #[case(json!({"id": 7, "post_stream": {"posts": [{}], "stream": [1]}}), "without an id")]
    fn other_documents_are_no_topic(#[case] page: Value, #[case] want: &str) {
        let why = Topic::begin(7, page).unwrap_err();
        assert!(why.contains(want), "{why}");
    }

    proptest! {
        /// Whatever order and cut the posts come in, with repetitions: the same topic.
        #[test]
        fn every_way_of_cutting_gives_the_same_topic(
            stream in proptest::collection::vec(1_i64..500, 1..80),
            first in 0_usize..80,
            cut in 1_usize..30,
        ) {
            let whole = Topic::begin(7, page(&stream, &stream)).unwrap().finish();
            let first = first.min(stream.len());
            let mut topic = Topic::begin(7, page(&stream, &stream[..first])).unwrap();
            for ids in stream.chunks(cut).rev() {
                topic.take_chunk(&chunk(ids)).unwrap();
            }
            prop_assert_eq!(topic.finish(), whole);
        }
    }
}
