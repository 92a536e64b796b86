// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A small site that answers as Discourse does, and with whatever fault a story wants.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use reqwest::Url;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::import::live::Forum;
use crate::import::tests::forum::{but, post, topic};

/// What happens to one request instead of an answer, or before it.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    /// An answer with this status, these headers and this body.
    Status(u16, Vec<(&'static str, String)>, String),
    /// The connection is cut in the middle of the answer.
    Cut,
    /// The answer is half of what it should be, and looks whole.
    Half,
    /// The answer is a page for people.
    Page,
    /// The answer begins, and then nothing more comes.
    Stuck,
    /// It leads elsewhere.
    To(String),
    /// The answer is longer than this.
    Long(usize),
    /// The answer is something else.
    Other(Value),
    /// This post is added to this topic, and the answer is as it should be.
    Grow(i64, i64),
    /// This post is taken from this topic, and the answer is as it should be.
    Shrink(i64, i64),
    /// This topic is begun, and the answer is as it should be.
    Begin(i64),
    /// The answer is as it should be.
    Fine,
}

/// A request that was made.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) headers: HeaderMap,
}

/// What the site has, and does.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) topics: BTreeMap<i64, Value>,
    pub(super) categories: Vec<Value>,
    /// Categories whose topics are not among the latest.
    pub(super) aside: BTreeSet<i64>,
    /// Categories that are shown only to who has the key `s3cret`.
    pub(super) closed: BTreeSet<i64>,
    /// Topics to a page of a list.
    pub(super) page: usize,
    /// By the beginning of the path, what happens to the next requests.
    pub(super) faults: Vec<(String, VecDeque<Fault>)>,
    pub(super) asked: Vec<Asked>,
    /// From this request on there are no answers.
    pub(super) silent_from: usize,
}

/// The site, until it is dropped.
pub(super) struct Site {
    pub(super) forum: Forum,
    shown: Arc<Mutex<Shown>>,
    _serving: JoinSet<()>,
}

/// A post that counts on from its topic, so that no two topics share one.
pub(super) fn post_of(topic: i64, number: i64) -> Value {
    let id = topic * 1000 + number;
    let name = format!("member{}", (topic + number) % 7);
    let day = format!("2019-{:02}-{:02}", number % 12 + 1, topic % 28 + 1);
    let changes = json!({"topic_id": topic, "raw": format!("What {name} wrote in {id}.")});
    but(post(id, number, &name, &day), changes)
}

/// A topic with so many posts.
pub(super) fn topic_of(id: i64, posts: i64) -> Value {
    let posts: Vec<Value> = (1..=posts).map(|number| post_of(id, number)).collect();
    topic(id, &posts)
}

impl Site {
    /// Opens a site with topics of so many posts, numbered from 1.
    pub(super) async fn open(topics: &[i64]) -> Self {
        let topics = (1..)
            .zip(topics)
            .map(|(id, posts)| (id, topic_of(id, *posts)));
        let shown = Arc::new(Mutex::new(Shown {
            topics: topics.collect(),
            categories: vec![json!({"id": 10, "name": "Talk", "slug": "talk", "topic_count": 0})],
            aside: BTreeSet::new(),
            closed: BTreeSet::new(),
            page: 3,
            faults: Vec::new(),
            asked: Vec::new(),
            silent_from: usize::MAX,
        }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shown));
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            axum::serve(listener, router).await.unwrap();
        });
        Self {
            forum: Forum::parse(&address).unwrap(),
            shown,
            _serving: serving,
        }
    }

    pub(super) fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap()
    }

    /// Lets these faults happen to the next requests for paths that begin so.
    pub(super) fn with(self, path: &str, faults: impl IntoIterator<Item = Fault>) -> Self {
        let faults = faults.into_iter().collect();
        self.shown().faults.push((path.to_owned(), faults));
        self
    }

    /// Returns the paths that were asked for since this was last asked.
    pub(super) fn paths(&self) -> Vec<String> {
        let asked = std::mem::take(&mut self.shown().asked);
        asked.into_iter().map(|asked| asked.path).collect()
    }
}

impl Shown {
    /// Does to a request what was ordered for it.
    fn fault(&mut self, path: &str) -> Option<Fault> {
        let (_, faults) = self
            .faults
            .iter_mut()
            .find(|(start, faults)| path.starts_with(start.as_str()) && !faults.is_empty())?;
        faults.pop_front()
    }

    pub(super) fn add_post(&mut self, topic: i64, number: i64) {
        let post = post_of(topic, number);
        let topic = self.topics.get_mut(&topic).unwrap();
        topic["last_posted_at"] = json!(format!("2020-01-01T00:00:{:02}.000Z", number % 60));
        let id = post["id"].clone();
        let stream = &mut topic["post_stream"];
        stream["posts"].as_array_mut().unwrap().push(post);
        stream["stream"].as_array_mut().unwrap().push(id);
    }

    fn remove_post(&mut self, topic: i64, number: i64) {
        let id = json!(topic * 1000 + number);
        let stream = &mut self.topics.get_mut(&topic).unwrap()["post_stream"];
        stream["posts"]
            .as_array_mut()
            .unwrap()
            .retain(|post| post["id"] != id);
        stream["stream"]
            .as_array_mut()
            .unwrap()
            .retain(|other| *other != id);
    }

    fn category_of(topic: &Value) -> i64 {
        topic["category_id"].as_i64().unwrap()
    }

    fn listed(topic: &Value) -> Value {
        json!({
            "id": topic["id"],
            "title": topic["title"],
            "category_id": topic["category_id"],
            "bumped_at": topic["last_posted_at"],
            "last_posted_at": topic["last_posted_at"],
            "posts_count": topic["post_stream"]["stream"].as_array().unwrap().len(),
            "closed": topic["closed"],
            "views": 7,
        })
    }

    /// Returns a page of a list of topics.
    fn list(&self, url: &Url, category: Option<i64>, has_key: bool) -> Value {
        let query = |name: &str| {
            let mut pairs = url.query_pairs();
            pairs
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        let mut topics: Vec<&Value> = self
            .topics
            .values()
            .filter(|topic| {
                let of = Self::category_of(topic);
                let is_listed = category.map_or(!self.aside.contains(&of), |id| id == of);
                is_listed && (has_key || !self.closed.contains(&of))
            })
            .collect();
        if query("order").is_none() {
            topics.reverse();
        }
        let number: usize = query("page").map_or(0, |page| page.parse().unwrap());
        let from = (number * self.page).min(topics.len());
        let to = (from + self.page).min(topics.len());
        let mut list =
            json!({"topics": topics[from..to].iter().map(|t| Self::listed(t)).collect::<Vec<_>>()});
        if to < topics.len() {
            let order = query("order").map_or(String::new(), |order| format!("&order={order}"));
            let path = url.path().trim_end_matches(".json");
            list["more_topics_url"] = json!(format!("{path}?page={}{order}", number + 1));
        }
        json!({"users": [], "topic_list": list})
    }

    fn json(&self, url: &Url, has_key: bool) -> Result<Value, u16> {
        let parts: Vec<&str> = url.path().trim_matches('/').split('/').collect();
        let topic = |id: &str| {
            let id: i64 = id.trim_end_matches(".json").parse().map_err(|_| 404_u16)?;
            let topic = self.topics.get(&id).ok_or(404_u16)?;
            let is_closed = self.closed.contains(&Self::category_of(topic)) && !has_key;
            if is_closed { Err(403_u16) } else { Ok(topic) }
        };
        match parts.as_slice() {
            ["site.json"] => Ok(json!({
                "categories": self.categories,
                "groups": [{"id": 1, "name": "admins"}],
            })),
            ["latest.json"] => Ok(self.list(url, None, has_key)),
            ["c", _, id, "l", "latest.json"] => Ok(self.list(url, id.parse().ok(), has_key)),
            ["t", id] => {
                let mut topic = topic(id)?.clone();
                topic["post_stream"]["posts"]
                    .as_array_mut()
                    .unwrap()
                    .truncate(20);
                topic["suggested_topics"] = json!([{"id": 999}]);
                if topic["post_stream"]["isMegaTopic"] == json!(true) {
                    topic["post_stream"]
                        .as_object_mut()
                        .unwrap()
                        .remove("stream");
                }
                Ok(topic)
            }
            ["t", id, "posts.json"] => {
                let topic = topic(id)?;
                let wanted: BTreeSet<i64> = url
                    .query_pairs()
                    .filter(|(key, _)| key == "post_ids[]")
                    .map(|(_, id)| id.parse().unwrap())
                    .collect();
                let posts = topic["post_stream"]["posts"].as_array().unwrap();
                let after = url
                    .query_pairs()
                    .find(|(key, _)| key == "post_number")
                    .map(|(_, number)| number.parse::<i64>().unwrap());
                let is_wanted = |post: &&Value| match after {
                    Some(number) => post["post_number"].as_i64().unwrap() > number,
                    None => wanted.contains(&post["id"].as_i64().unwrap()),
                };
                let posts: Vec<&Value> = posts.iter().filter(is_wanted).take(20).collect();
                Ok(json!({"id": topic["id"], "post_stream": {"posts": posts}}))
            }
            _ => Err(404),
        }
    }
}

async fn answer(State(shown): State<Arc<Mutex<Shown>>>, request: Request) -> Response {
    let path = request.uri().path_and_query().unwrap().to_string();
    let url = Url::parse(&format!("http://site{path}")).unwrap();
    let has_key = request
        .headers()
        .get("api-key")
        .is_some_and(|key| key == "s3cret");
    let (is_silent, fault, answer) = {
        let mut shown = shown.lock().unwrap();
        shown.asked.push(Asked {
            path: path.clone(),
            headers: request.headers().clone(),
        });
        let is_silent = shown.asked.len() > shown.silent_from;
        let fault = shown.fault(&path);
        match fault {
            Some(Fault::Grow(topic, number)) => shown.add_post(topic, number),
            Some(Fault::Shrink(topic, number)) => shown.remove_post(topic, number),
            Some(Fault::Begin(id)) => {
                shown.topics.insert(id, topic_of(id, 1));
            }
            _ => {}
        }
        (is_silent, fault, shown.json(&url, has_key))
    };
    if is_silent {
        return stuck(Bytes::new());
    }
    let (status, body) = match answer {
        Ok(body) => (200, body),
        Err(status) => (status, json!({"errors": ["no"]})),
    };
    let json_head = (header::CONTENT_TYPE, "application/json; charset=utf-8");
    let text = body.to_string();
    let half = Bytes::copy_from_slice(&text.as_bytes()[..text.len() / 2]);
    match fault {
        Some(Fault::Status(status, headers, body)) => {
            let mut response = (StatusCode::from_u16(status).unwrap(), body).into_response();
            for (name, value) in headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
        Some(Fault::Cut) => {
            let cut = [Ok(half), Err(std::io::Error::other("cut"))];
            ([json_head], Body::from_stream(stream::iter(cut))).into_response()
        }
        Some(Fault::Half) => ([json_head], half).into_response(),
        Some(Fault::Page) => axum::response::Html("<h1>Back soon</h1>").into_response(),
        Some(Fault::Stuck) => stuck(half),
        Some(Fault::To(to)) => {
            (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response()
        }
        Some(Fault::Long(bytes)) => ([json_head], " ".repeat(bytes)).into_response(),
        Some(Fault::Other(other)) => ([json_head], other.to_string()).into_response(),
        Some(Fault::Grow(..) | Fault::Shrink(..) | Fault::Begin(_) | Fault::Fine) | None => {
            (StatusCode::from_u16(status).unwrap(), [json_head], text).into_response()
        }
    }
}

/// Begins an answer that never ends.
fn stuck(begun: Bytes) -> Response {
    let body = stream::unfold(Some(begun), async |begun| {
        if let Some(begun) = begun {
            return Some((Ok::<_, std::io::Error>(begun), None));
        }
        tokio::time::sleep(Duration::from_mins(10)).await;
        None
    });
    let head = [(header::CONTENT_TYPE, "application/json")];
    (head, Body::from_stream(body)).into_response()
}
