// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What changes on the forum between two fetches, and while one is under way.

use serde_json::json;

use super::site::topic_of;
use super::*;

fn topics_asked_for(site: &Site) -> Vec<String> {
    let mut paths = site.paths();
    paths.retain(|path| path.starts_with("/t/"));
    paths
}

#[tokio::test]
async fn a_second_fetch_asks_for_the_lists_alone() {
    let site = Site::open(&[1, 30, 2]).await;
    let fetcher = Fetcher::of(&site);
    fetcher.fetch().await;
    let files = fetcher.files();
    site.paths();
    assert_eq!(numbers(&fetcher.fetch().await), [3, 0, 3, 0, 0, 0]);
    assert_eq!(topics_asked_for(&site), Vec::<String>::new());
    assert_eq!(fetcher.files(), files);
}

#[tokio::test]
async fn only_what_changed_is_fetched_again() {
    let site = Site::open(&[1, 2, 3, 4]).await;
    let fetcher = Fetcher::of(&site);
    fetcher.fetch().await;
    site.paths();
    {
        let mut shown = site.shown();
        shown.add_post(2, 3);
        shown.topics.get_mut(&3).unwrap()["closed"] = json!(true);
        shown.topics.insert(5, topic_of(5, 1));
    }
    assert_eq!(numbers(&fetcher.fetch().await), [5, 3, 2, 0, 0, 0]);
    let want = ["/t/2.json", "/t/3.json", "/t/5.json"];
    let asked = topics_asked_for(&site);
    assert!(
        asked
            .iter()
            .zip(want)
            .all(|(path, want)| path.starts_with(want)),
        "{asked:?}"
    );
    assert_eq!(asked.len(), want.len());
    assert_eq!(fetcher.inspect().totals.posts, 12);
}

#[tokio::test]
async fn everything_is_fetched_again_when_asked_for() {
    let site = Site::open(&[1, 2]).await;
    let mut fetcher = Fetcher::of(&site);
    fetcher.fetch().await;
    fetcher.settings.everything = true;
    assert_eq!(numbers(&fetcher.fetch().await), [2, 2, 0, 0, 0, 0]);
}

#[tokio::test]
async fn a_topic_that_was_removed_since_is_not_kept() {
    let site = Site::open(&[1, 2, 3]).await;
    let fetcher = Fetcher::of(&site);
    fetcher.fetch().await;
    site.shown().topics.remove(&2);
    let outcome = fetcher.fetch().await;
    assert_eq!(numbers(&outcome), [2, 0, 2, 1, 0, 0]);
    // That the forum took something away is no loss of ours.
    assert!(outcome.is_complete());
    assert_eq!(
        told(&outcome, FindingKind::Vanished),
        ["topic 2: is not there any more"]
    );
    assert_eq!(fetcher.inspect().totals.topics, 2);
    // And it is not asked for a third time.
    site.paths();
    fetcher.fetch().await;
    assert_eq!(topics_asked_for(&site), Vec::<String>::new());
}

#[tokio::test]
async fn topics_removed_or_closed_between_list_and_fetch_are_counted() {
    let site = Site::open(&[1, 1, 1, 1]).await;
    let no = |status| [Fault::Status(status, vec![], "{}".to_owned())];
    let site = site
        .with("/t/2.json", no(404))
        .with("/t/3.json", no(410))
        .with("/t/4.json", no(403));
    let outcome = Fetcher::of(&site).fetch().await;
    assert_eq!(numbers(&outcome), [4, 1, 0, 2, 1, 0]);
    assert!(outcome.is_complete());
    assert_eq!(
        outcome.to_string(),
        format!(
            "fetched: 1 of 4 topics, 0 unchanged, 2 removed meanwhile, 1 not shown ({} requests)",
            outcome.requests
        )
    );
}

#[tokio::test]
async fn a_topic_that_grows_while_it_is_fetched_is_completed_by_the_next_fetch() {
    let site = Site::open(&[45]).await;
    let site = site.with("/t/1/posts.json", [Fault::Grow(1, 46)]);
    let fetcher = Fetcher::of(&site);
    let outcome = fetcher.fetch().await;
    assert!(outcome.is_complete());
    let report = fetcher.inspect();
    assert_eq!((report.totals.posts, report.is_complete), (45, true));
    assert_eq!(numbers(&fetcher.fetch().await), [1, 1, 0, 0, 0, 0]);
    assert_eq!(fetcher.inspect().totals.posts, 46);
}

#[tokio::test]
async fn a_post_removed_while_its_topic_is_fetched_is_counted_and_not_missed() {
    let site = Site::open(&[45]).await;
    let site = site.with("/t/1/posts.json", [Fault::Shrink(1, 30)]);
    let fetcher = Fetcher::of(&site);
    let outcome = fetcher.fetch().await;
    assert_eq!((outcome.posts_gone, outcome.is_complete()), (1, true));
    let report = fetcher.inspect();
    assert_eq!(report.totals.posts, 44);
    assert!(report.is_complete, "{report}");
}

#[tokio::test]
async fn a_topic_that_begins_while_the_lists_are_read_comes_too() {
    let site = Site::open(&[1, 1, 1, 1, 1]).await;
    site.shown().page = 100;
    // The list in the order of creation has been read when it begins; the latest have it first.
    let site = site.with("/latest.json", [Fault::Fine, Fault::Begin(8)]);
    let outcome = Fetcher::of(&site).fetch().await;
    assert_eq!(numbers(&outcome), [6, 6, 0, 0, 0, 0]);
}

#[tokio::test]
async fn topics_that_are_on_two_pages_come_once() {
    let site = Site::open(&[]).await;
    site.shown().topics = (2..=6).map(|id| (id, topic_of(id, 1))).collect();
    // One that is restored, and older than all others, moves each of them to the next place.
    let site = site.with("/latest.json?page=1", [Fault::Begin(1)]);
    let fetcher = Fetcher::of(&site);
    assert_eq!(numbers(&fetcher.fetch().await), [5, 5, 0, 0, 0, 0]);
    let asked = topics_asked_for(&site);
    assert_eq!(asked.len(), 5, "{asked:?}");
    // The restored one itself comes with the next fetch.
    assert_eq!(numbers(&fetcher.fetch().await), [6, 1, 5, 0, 0, 0]);
}

#[tokio::test]
async fn a_list_that_leads_back_to_itself_ends() {
    let page = |more: &str| {
        Fault::Other(json!({"topic_list": {
            "topics": [{"id": 1, "posts_count": 1, "category_id": 10}], "more_topics_url": more,
        }}))
    };
    let site = Site::open(&[1]).await;
    let site = site.with("/latest.json?page=9", [page("/latest?page=9")]);
    let site = site.with("/latest.json?order", [page("/latest?page=9")]);
    let outcome = Fetcher::of(&site).fetch().await;
    assert_eq!(numbers(&outcome), [1, 1, 0, 0, 0, 0]);
    assert_eq!(
        told(&outcome, FindingKind::NotFetched),
        ["the list /latest.json?page=9: leads back to a page that was read; topics may be missing"]
    );
    assert!(!outcome.is_complete());
}

#[tokio::test]
async fn a_list_that_repeats_under_new_addresses_ends() {
    let pages = (1..=50).map(|n| {
        Fault::Other(json!({"topic_list": {
            "topics": [{"id": 1, "posts_count": 1}], "more_topics_url": format!("/latest?page={n}&order=x"),
        }}))
    });
    let site = Site::open(&[1]).await.with("/latest.json", pages);
    let outcome = Fetcher::of(&site).fetch().await;
    assert!(outcome.requests < 10, "{} requests", outcome.requests);
    assert!(!outcome.is_complete());
}

#[tokio::test]
async fn a_list_that_leads_to_another_site_is_not_followed() {
    let other = Site::open(&[1]).await;
    let page = Fault::Other(json!({"topic_list": {
        "topics": [{"id": 1, "posts_count": 1}], "more_topics_url": format!("{}latest?page=1", other.forum),
    }}));
    let site = Site::open(&[1]).await.with("/latest.json?order", [page]);
    let outcome = Fetcher::of(&site).fetch().await;
    assert!(!outcome.is_complete());
    assert_eq!(other.paths(), Vec::<String>::new());
}

/// A topic that does not name its posts, and says how many it has.
fn endless(site: &Site, count: u64) {
    let mut shown = site.shown();
    let topic = shown.topics.get_mut(&1).unwrap();
    topic["post_stream"]["isMegaTopic"] = json!(true);
    topic["posts_count"] = json!(count);
}

#[tokio::test]
async fn topic_too_long_to_name_its_posts_is_fetched_whole() {
    let site = Site::open(&[65]).await;
    endless(&site, 65);
    let fetcher = Fetcher::of(&site);
    assert_eq!(numbers(&fetcher.fetch().await), [1, 1, 0, 0, 0, 0]);
    let report = fetcher.inspect();
    assert_eq!(
        (report.totals.posts, report.is_complete),
        (65, true),
        "{report}"
    );
}

#[tokio::test]
async fn long_topic_that_ends_early_says_what_is_missing() {
    let site = Site::open(&[65]).await;
    endless(&site, 70);
    let fetcher = Fetcher::of(&site);
    fetcher.fetch().await;
    let report = fetcher.inspect();
    assert_eq!((report.totals.posts, report.is_complete), (65, false));
    assert!(
        report
            .to_string()
            .contains("topic 1: 5 of its 70 posts were not saved"),
        "{report}"
    );
}
