// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A fetch that is killed at every request, again and again, ends as one that was never disturbed.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use super::*;
use crate::clock::{OsEntropy, SystemClock};
use crate::import::live::Sleep;

/// Set for a test that is started as a process of its own: the folder, and the address of the site.
const FOLDER: &str = "SPACE_TEST_FETCH_FOLDER";
const SITE: &str = "SPACE_TEST_FETCH_SITE";

/// How long anything may take.
const DEADLINE: Duration = Duration::from_mins(1);

#[tokio::test]
#[ignore = "started as a process of its own by the test below"]
async fn the_process_that_is_killed() {
    let folder = std::env::var_os(FOLDER).expect("the folder");
    let site = std::env::var(SITE).expect("the site");
    let mut settings = settings(&Forum::parse(&site).unwrap(), Path::new(&folder));
    settings.limits.idle = DEADLINE;
    settings.limits.whole = DEADLINE;
    let tools = Tools {
        clock: Arc::new(SystemClock),
        entropy: Arc::new(OsEntropy),
        rest: Arc::new(Sleep),
    };
    fetch(&settings, tools, &Progress::hidden()).await.unwrap();
}

fn start(fetcher: &Fetcher) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "import::tests::live::killed::the_process_that_is_killed",
            "--ignored",
            "--test-threads=1",
        ])
        .env(FOLDER, &fetcher.settings.staging)
        .env(SITE, fetcher.settings.forum.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits until the site got a request that it does not answer, or the process ended; says which.
async fn wait(site: &Site, child: &mut Child) -> bool {
    let end = Instant::now() + DEADLINE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            return true;
        }
        {
            let shown = site.shown();
            if shown.asked.len() > shown.silent_from {
                return false;
            }
        }
        assert!(Instant::now() < end, "nothing happens");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fetch_killed_at_request_after_request_ends_as_one_that_was_not() {
    let topics = [1, 21, 2, 65, 1, 3];
    let site = Site::open(&topics).await;
    let fetcher = Fetcher::of(&site);
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    let mut kills = 0;
    // Each run comes as far as one request further than what the ones before it have kept.
    loop {
        // The site, three pages of lists, and then one topic or part more.
        site.shown().silent_from = 5;
        let mut child = start(&fetcher);
        let has_ended = wait(&site, &mut child).await;
        let paths = site.paths();
        if !has_ended {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        for path in paths {
            *asked.entry(path).or_default() += 1;
        }
        if has_ended {
            break;
        }
        kills += 1;
        assert!(kills < 100, "it does not come further");
    }
    assert!(kills >= 8, "it was killed {kills} times only");
    let clean = Fetcher::of(&site);
    site.shown().silent_from = usize::MAX;
    clean.fetch().await;
    assert_eq!(fetcher.files(), clean.files());
    let (one, other) = (fetcher.inspect(), clean.inspect());
    assert_eq!((one.totals, one.findings), (other.totals, other.findings));
    assert_eq!((other.totals.topics, other.totals.posts), (6, 93));
    // What had come was not asked for again: once answered, and once when it was killed over it.
    for (path, times) in asked.iter().filter(|(path, _)| path.starts_with("/t/")) {
        assert!(*times <= 2, "{path} was asked for {times} times");
    }
    let leftovers: Vec<_> = std::fs::read_dir(fetcher.settings.staging.join("parts"))
        .unwrap()
        .collect();
    assert!(leftovers.is_empty(), "{leftovers:?}");
}
