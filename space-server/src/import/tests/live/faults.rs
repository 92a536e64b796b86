// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A site and a line that fail in every way: what passes is waited for, what does not is named, and nothing is lost.

use rstest::rstest;
use serde_json::json;

use super::*;

fn status(status: u16) -> Fault {
    Fault::Status(status, vec![], "{}".to_owned())
}

fn busy(headers: Vec<(&'static str, String)>, body: &str) -> Fault {
    Fault::Status(429, headers, body.to_owned())
}

/// What a site without faults gives.
async fn clean() -> Vec<(String, String)> {
    let site = Site::open(&[1, 45, 2]).await;
    let fetcher = Fetcher::of(&site);
    fetcher.fetch().await;
    fetcher.files()
}

#[rstest]
#[case::server_error(status(500))]
#[case::bad_gateway(status(502))]
#[case::busy(busy(vec![("retry-after", "7".to_owned())], "slow down"))]
#[case::cut(Fault::Cut)]
#[case::half_of_it(Fault::Half)]
#[case::a_page_for_people(Fault::Page)]
#[case::slow(Fault::Stuck)]
#[tokio::test]
async fn what_passes_is_waited_for(
    #[case] fault: Fault,
    #[values(
        "/site.json",
        "/latest.json",
        "/t/1.json",
        "/t/2.json",
        "/t/2/posts.json"
    )]
    path: &str,
) {
    let site = Site::open(&[1, 45, 2]).await;
    let site = site.with(path, [fault.clone(), fault]);
    let fetcher = Fetcher::of(&site);
    let outcome = fetcher.fetch().await;
    assert_eq!(numbers(&outcome), [3, 3, 0, 0, 0, 0]);
    assert!(outcome.is_complete());
    assert_eq!(fetcher.files(), clean().await);
    assert_eq!(fetcher.waits().len(), 2);
}

#[rstest]
#[case::in_the_head(vec![("retry-after", "37".to_owned())], "slow down", 37)]
#[case::in_the_body(vec![], r#"{"extras": {"wait_seconds": 41}}"#, 41)]
#[case::the_longer_counts(vec![("retry-after", "3".to_owned())], r#"{"extras": {"wait_seconds": 41}}"#, 41)]
// The clock of the tests stands on 2020-09-13T12:26:40Z.
#[case::a_date(vec![("retry-after", "Sun, 13 Sep 2020 12:27:40 GMT".to_owned())], "", 60)]
#[tokio::test]
async fn too_many_requests_are_waited_for_as_long_as_the_forum_says(
    #[case] headers: Vec<(&'static str, String)>,
    #[case] body: &str,
    #[case] seconds: u64,
) {
    let site = Site::open(&[1]).await;
    let site = site.with("/t/1.json", [busy(headers, body)]);
    let fetcher = Fetcher::of(&site);
    assert_eq!(fetcher.fetch().await.fetched, 1);
    let waits = fetcher.waits();
    assert_eq!(waits.len(), 1, "{waits:?}");
    let least = Duration::from_secs(seconds);
    assert!(
        waits[0] >= least && waits[0] <= least + Duration::from_secs(1),
        "{waits:?}"
    );
}

#[tokio::test]
async fn a_limit_by_the_day_ends_the_fetch_and_keeps_what_came() {
    let site = Site::open(&[1, 1, 1]).await;
    let day = vec![("retry-after", "86400".to_owned())];
    let site = site.with("/t/2.json", [busy(day, "")]);
    let fetcher = Fetcher::of(&site);
    let error = fetcher.try_fetch().await.unwrap_err();
    assert_eq!(error.to_string(), "the forum asks to come back in 24 hours");
    assert_eq!(fetcher.files().len(), 1);
    assert_eq!(numbers(&fetcher.fetch().await), [3, 2, 1, 0, 0, 0]);
}

#[tokio::test]
async fn one_topic_that_always_fails_is_named_and_the_others_come() {
    let site = Site::open(&[1, 1, 1]).await;
    let site = site.with("/t/2.json", (0..6).map(|_| status(500)));
    let fetcher = Fetcher::of(&site);
    let outcome = fetcher.fetch().await;
    assert_eq!(numbers(&outcome), [3, 2, 0, 0, 0, 1]);
    assert_eq!(
        told(&outcome, FindingKind::NotFetched),
        ["topic 2: it answered 500 Internal Server Error"]
    );
    let waits = fetcher.waits();
    assert_eq!(waits.len(), 5);
    assert!(waits.is_sorted(), "{waits:?}");
    // The next fetch asks for it alone.
    assert_eq!(numbers(&fetcher.fetch().await), [3, 1, 2, 0, 0, 0]);
}

#[tokio::test]
async fn a_site_that_goes_down_ends_the_fetch_and_the_next_goes_on() {
    let site = Site::open(&[1, 1, 1, 1, 1, 1]).await;
    let down = ["/t/3.json", "/t/4.json", "/t/5.json"];
    let site = down.into_iter().fold(site, |site, path| {
        site.with(path, (0..6).map(|_| status(503)))
    });
    let fetcher = Fetcher::of(&site);
    let error = fetcher.try_fetch().await.unwrap_err();
    let want = "the forum does not answer: it answered 503 Service Unavailable";
    assert_eq!(error.to_string(), want);
    assert_eq!(numbers(&fetcher.fetch().await), [6, 4, 2, 0, 0, 0]);
}

#[tokio::test]
async fn nobody_there_ends_the_fetch() {
    let site = Site::open(&[1]).await;
    let fetcher = Fetcher::of(&site);
    drop(site);
    let error = fetcher.try_fetch().await.unwrap_err();
    assert!(matches!(error, FetchError::Failing { .. }), "{error:?}");
    assert_eq!(fetcher.waits().len(), 5);
}

#[rstest]
#[case::half_of_it(Fault::Half, "topic 2: it answered JSON that is not sound")]
#[case::a_page(
    Fault::Page,
    "topic 2: it answered \"text/html; charset=utf-8\" where JSON"
)]
#[case::another_topic(Fault::Other(json!({"id": 3})), "topic 2: is another topic: its id is 3")]
#[case::a_list(Fault::Other(json!([1])), "topic 2: is no topic")]
#[case::no_posts(Fault::Other(json!({"id": 2, "post_stream": 5})), "topic 2: is no topic")]
#[case::odd_ids(
    Fault::Other(json!({"id": 2, "post_stream": {"posts": [], "stream": [-1]}})),
    "topic 2: names a post -1"
)]
#[case::too_long(Fault::Long(2 << 20), "topic 2: the answer is larger than 1 MiB")]
#[case::teapot(status(418), "topic 2: it answered 418")]
#[case::a_circle(Fault::To("/t/2.json?again".to_owned()), "topic 2: it leads on more than 5 times")]
#[tokio::test]
async fn a_topic_that_is_no_use_is_named_and_left_out(#[case] fault: Fault, #[case] want: &str) {
    let site = Site::open(&[1, 1, 1]).await;
    let site = site.with("/t/2.json", std::iter::repeat_n(fault, 6));
    let fetcher = Fetcher::of(&site);
    let outcome = fetcher.fetch().await;
    assert_eq!(numbers(&outcome), [3, 2, 0, 0, 0, 1]);
    assert!(!outcome.is_complete());
    let told = told(&outcome, FindingKind::NotFetched);
    assert!(told.len() == 1 && told[0].starts_with(want), "{told:?}");
    let report = fetcher.inspect().with_fetched(outcome);
    assert_eq!((report.totals.topics, report.is_complete), (2, false));
    assert!(report.to_string().contains("1 failed"), "{report}");
}

#[tokio::test]
async fn a_bad_answer_does_not_take_the_place_of_a_good_one() {
    let site = Site::open(&[1, 2]).await;
    let fetcher = Fetcher::of(&site);
    fetcher.fetch().await;
    let files = fetcher.files();
    site.shown().add_post(2, 3);
    let site = site.with("/t/2.json", std::iter::repeat_n(Fault::Half, 3));
    assert_eq!(numbers(&fetcher.fetch().await), [2, 0, 1, 0, 0, 1]);
    assert_eq!(fetcher.files(), files);
    drop(site);
}

#[tokio::test]
async fn a_redirect_within_the_forum_is_followed() {
    let site = Site::open(&[1]).await;
    site.shown().topics.insert(7, site::topic_of(7, 2));
    let moved = Fault::To("/t/7.json?from=1".to_owned());
    let site = site.with("/t/7.json?include", [moved]);
    assert_eq!(Fetcher::of(&site).fetch().await.fetched, 2);
}

#[tokio::test]
async fn a_redirect_to_another_site_is_not_followed_and_the_key_stays() {
    let other = Site::open(&[1, 1, 1]).await;
    let site = Site::open(&[1, 1, 1]).await;
    let site = site.with("/t/2.json", [Fault::To(format!("{}t/2.json", other.forum))]);
    let mut fetcher = Fetcher::of(&site);
    fetcher.settings.key = ApiKey::new("s3cret", None);
    let outcome = fetcher.fetch().await;
    assert_eq!(numbers(&outcome), [3, 2, 0, 0, 0, 1]);
    let told = told(&outcome, FindingKind::NotFetched);
    assert!(told[0].contains("leads to another site"), "{told:?}");
    assert_eq!(other.paths(), Vec::<String>::new());
}

#[rstest]
#[case(
    "https://elsewhere.example/login?secret=1",
    "https://elsewhere.example"
)]
#[case("//elsewhere.example/", "http://elsewhere.example")]
#[case("file:///etc/passwd", "file:")]
#[tokio::test]
async fn a_forum_that_moved_is_not_followed(#[case] to: &str, #[case] told: &str) {
    let site = Site::open(&[1]).await;
    let site = site.with("/site.json", [Fault::To(to.to_owned())]);
    match Fetcher::of(&site).try_fetch().await {
        Err(FetchError::Moved { to, .. }) => assert_eq!(to, told),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case::a_page(Fault::Page)]
#[case::nothing_there(status(404))]
#[case::a_number(Fault::Other(json!(5)))]
#[case::without_categories(Fault::Other(json!({"groups": []})))]
#[tokio::test]
async fn what_is_no_forum_is_told(#[case] fault: Fault) {
    let site = Site::open(&[1]).await;
    let site = site.with("/site.json", std::iter::repeat_n(fault, 3));
    let error = Fetcher::of(&site).try_fetch().await.unwrap_err();
    assert!(matches!(error, FetchError::NoForum { .. }), "{error:?}");
}

#[tokio::test]
async fn a_forum_for_members_alone_is_told() {
    let site = Site::open(&[1]).await;
    let site = site.with("/site.json", [status(403)]);
    let error = Fetcher::of(&site).try_fetch().await.unwrap_err();
    assert!(matches!(error, FetchError::Closed { .. }), "{error:?}");
}

#[tokio::test]
async fn the_parts_of_a_long_topic_are_not_asked_for_twice() {
    let site = Site::open(&[100]).await;
    // The first page, three parts, then errors alone.
    let fine = std::iter::repeat_n(Fault::Fine, 3);
    let site = site.with("/t/1/posts.json", fine.chain((0..6).map(|_| status(500))));
    let fetcher = Fetcher::of(&site);
    let outcome = fetcher.fetch().await;
    assert_eq!(outcome.failed, 1);
    site.paths();
    let outcome = fetcher.fetch().await;
    assert_eq!(outcome.failed, 0);
    let mut asked = site.paths();
    asked.retain(|path| path.starts_with("/t/1"));
    assert_eq!(asked.len(), 1, "{asked:?}");
    let calm = Site::open(&[100]).await;
    let undisturbed = Fetcher::of(&calm);
    undisturbed.fetch().await;
    assert_eq!(fetcher.files(), undisturbed.files());
}
