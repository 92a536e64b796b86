// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The forum's own lists of topics: `/latest.json` and its further pages.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a list says of a topic. When it says the same as before, the topic need not be fetched again.
///
/// Views are not among it: they change whenever somebody looks.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of the list"
)]
pub(super) struct Seen {
    pub(super) bumped_at: Option<String>,
    pub(super) last_posted_at: Option<String>,
    pub(super) posts_count: Option<i64>,
    pub(super) highest_post_number: Option<i64>,
    pub(super) like_count: Option<i64>,
    pub(super) category_id: Option<i64>,
    pub(super) title: Option<String>,
    pub(super) closed: bool,
    pub(super) archived: bool,
    pub(super) pinned: bool,
    pub(super) visible: Option<bool>,
    pub(super) has_accepted_answer: bool,
    /// Tagging a topic brings it nowhere in the list.
    pub(super) tags: Vec<String>,
}

/// A topic of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Listed {
    pub(super) id: i64,
    pub(super) seen: Seen,
}

/// A page of a list.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Page {
    pub(super) topics: Vec<Listed>,
    /// Where the next page is, as the forum says it.
    pub(super) more: Option<String>,
    /// How many entries could not be read.
    pub(super) unreadable: usize,
}

/// Reads a page; `None` when it is no list of topics.
pub(super) fn read(page: &Value) -> Option<Page> {
    let list = page.get("topic_list")?;
    let mut read = Page {
        more: list
            .get("more_topics_url")
            .and_then(Value::as_str)
            .filter(|url| !url.is_empty())
            .map(str::to_owned),
        ..Page::default()
    };
    for entry in list.get("topics")?.as_array()? {
        match topic(entry) {
            Some(topic) => read.topics.push(topic),
            None => read.unreadable += 1,
        }
    }
    Some(read)
}

fn topic(entry: &Value) -> Option<Listed> {
    let id = entry.get("id")?.as_i64().filter(|id| *id > 0)?;
    let text = |name| entry.get(name).and_then(Value::as_str).map(str::to_owned);
    let number = |name| entry.get(name).and_then(Value::as_i64);
    let flag = |name| entry.get(name).and_then(Value::as_bool);
    Some(Listed {
        id,
        seen: Seen {
            bumped_at: text("bumped_at"),
            last_posted_at: text("last_posted_at"),
            posts_count: number("posts_count"),
            highest_post_number: number("highest_post_number"),
            like_count: number("like_count"),
            category_id: number("category_id"),
            title: text("title"),
            closed: flag("closed").unwrap_or(false),
            archived: flag("archived").unwrap_or(false),
            pinned: flag("pinned").unwrap_or(false) || flag("pinned_globally").unwrap_or(false),
            visible: flag("visible"),
            has_accepted_answer: flag("has_accepted_answer").unwrap_or(false),
            tags: tags(entry),
        },
    })
}

/// Returns the names of the tags of an entry, which are texts or objects.
fn tags(entry: &Value) -> Vec<String> {
    let all = entry.get("tags").and_then(Value::as_array);
    let name = |tag: &Value| {
        tag.as_str()
            .or_else(|| tag.get("name")?.as_str())
            .map(str::to_owned)
    };
    all.into_iter().flatten().filter_map(name).collect()
}

/// Returns the address under which the next page is JSON: what the forum says leads to the page for people.
pub(super) fn as_json(more: &str) -> String {
    let (path, query) = more.split_once('?').unwrap_or((more, ""));
    let path = path.strip_suffix(".json").unwrap_or(path);
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{path}.json{mark}{query}")
}

/// A category of `/site.json`, for the topics that the list of the latest leaves out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Category {
    pub(super) id: i64,
    pub(super) slug: String,
    pub(super) topics: usize,
}

/// Returns the categories of a document that lists them; `None` when it lists none.
pub(super) fn categories(site: &Value) -> Option<Vec<Category>> {
    let list = site
        .get("categories")
        .or_else(|| site.get("category_list")?.get("categories"))?
        .as_array()?;
    let read = |entry: &Value| {
        let slug = entry.get("slug").and_then(Value::as_str).unwrap_or("-");
        // It becomes part of an address.
        let is_plain = slug
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        Some(Category {
            id: entry.get("id")?.as_i64().filter(|id| *id > 0)?,
            slug: if is_plain && !slug.is_empty() {
                slug
            } else {
                "-"
            }
            .to_owned(),
            topics: entry
                .get("topic_count")
                .and_then(Value::as_u64)
                .and_then(|count| usize::try_from(count).ok())
                .unwrap_or(0),
        })
    };
    Some(list.iter().filter_map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[test]
    fn a_page_is_read_and_bad_entries_are_counted() {
        let page = read(&json!({"users": [], "topic_list": {
            "more_topics_url": "/latest?page=1",
            "topics": [
                {"id": 7, "posts_count": 3, "tags": ["wiki", {"id": 2, "name": "irc"}], "bumped_at": "2020-01-01T00:00:00.000Z", "pinned_globally": true},
                {"id": "7"}, {"id": -1}, 5, null,
            ],
        }}))
        .unwrap();
        assert_eq!(page.unreadable, 4);
        assert_eq!(page.more.as_deref(), Some("/latest?page=1"));
        assert_eq!(page.topics.len(), 1);
        assert_eq!(page.topics[0].seen.posts_count, Some(3));
        assert_eq!(page.topics[0].seen.tags, ["wiki", "irc"]);
        assert!(page.topics[0].seen.pinned);
    }

    #[rstest]
    #[case(json!({}))]
    #[case(json!([]))]
    #[case(json!({"topic_list": {}}))]
    #[case(json!({"topic_list": {"topics": {}}}))]
    fn other_documents_are_no_list(#[case] page: Value) {
        assert_eq!(read(&page), None);
    }

    #[test]
    fn views_are_no_change() {
        let listed = |views: i64, likes: i64| {
            let entry = json!({"id": 7, "views": views, "like_count": likes});
            topic(&entry).unwrap()
        };
        assert_eq!(listed(1, 1), listed(2, 1));
        assert_ne!(listed(1, 1), listed(1, 2));
    }

    #[rstest]
    #[case("/latest?page=1&order=created", "/latest.json?page=1&order=created")]
    #[case("/latest.json?page=1", "/latest.json?page=1")]
    #[case("/c/talk/5/l/latest?page=2", "/c/talk/5/l/latest.json?page=2")]
    #[case("/latest", "/latest.json")]
    fn further_pages_are_asked_for_as_json(#[case] more: &str, #[case] want: &str) {
        assert_eq!(as_json(more), want);
    }

    #[test]
    fn categories_are_read_from_both_documents() {
        let one = json!({"id": 5, "slug": "talk", "topic_count": 12});
        let odd = json!({"id": 6, "slug": "../../admin?", "topic_count": -1});
        let want = [
            Category {
                id: 5,
                slug: "talk".to_owned(),
                topics: 12,
            },
            Category {
                id: 6,
                slug: "-".to_owned(),
                topics: 0,
            },
        ];
        let flat = json!({"categories": [one, odd, {"id": null}]});
        let tree = json!({"category_list": {"categories": [one, odd]}});
        assert_eq!(categories(&flat).unwrap(), want);
        assert_eq!(categories(&tree).unwrap(), want);
        assert_eq!(categories(&json!({"groups": []})), None);
    }
}
