// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A robot walks through the pages of the demonstration: everything that it finds keeps to the rules, and nothing of what
//! is closed is found.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use scraper::{Html, Selector};
use space_tests::html::faults;
use space_tests::{Server, skipped};

/// What came back.
struct Got {
    status: u16,
    kind: String,
    body: String,
}

/// Asks as plainly as HTTP can be.
fn get(url: &str, path: &str) -> Got {
    let host = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    let all = String::from_utf8(all).unwrap();
    let (head, body) = all.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let kind = head
        .lines()
        .find_map(|line| line.strip_prefix("content-type: "));
    Got {
        status,
        kind: kind.unwrap_or_default().to_owned(),
        body: body.to_owned(),
    }
}

/// The paths that a page leads to.
fn paths(html: &str) -> BTreeSet<String> {
    let selector = Selector::parse("a[href^='/'], link[href^='/'], img[src]").unwrap();
    let page = Html::parse_document(html);
    page.select(&selector)
        .filter_map(|link| link.attr("href").or(link.attr("src")))
        .filter_map(|path| path.split('#').next())
        .map(str::to_owned)
        .collect()
}

/// Lets an HTML validator look at a page; `None` when there is none here.
fn tidy(html: &str) -> Option<String> {
    let started = Command::new("tidy")
        .args(["-quiet", "-errors", "-utf8", "--show-warnings", "yes"])
        .args(["--drop-empty-elements", "no"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => panic!("tidy cannot be run: {error}"),
    };
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(html.as_bytes()).unwrap();
    drop(stdin);
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    // It is older than these two, which are in HTML by now.
    let is_known = |line: &&str| {
        line.ends_with("<img> proprietary attribute \"loading\"")
            || line.ends_with("<img> proprietary attribute \"decoding\"")
    };
    let lines: Vec<&str> = said.lines().filter(|line| !is_known(line)).collect();
    Some(lines.join("\n").trim().to_owned())
}

/// What a page is, by its path.
fn kind_of(path: &str) -> &'static str {
    let path = path.split('?').next().unwrap_or_default();
    match path.split('/').nth(1) {
        _ if path.ends_with("/feed.atom") => "feed",
        Some("") => "start",
        Some("c") => "category",
        Some("t") => "topic",
        Some("p") => "post",
        Some("tag") => "tag",
        Some("m") => "member",
        Some("media") => "picture",
        Some("code") => "code",
        _ => "other",
    }
}

#[test]
fn a_robot_finds_every_page_in_order_and_nothing_closed() {
    let server = Server::build()
        .arguments(&["demo", "--no-terminal"])
        .start();
    let url = server.url();
    let mut left = VecDeque::from(["/".to_owned(), "/m/noa".to_owned()]);
    let mut seen: BTreeSet<String> = left.iter().cloned().collect();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut has_validator = true;
    while let Some(path) = left.pop_front() {
        let kind = kind_of(&path);
        let number = kinds.entry(kind).or_default();
        *number += 1;
        if kind == "picture" {
            continue;
        }
        let got = get(url, &path);
        // Members call and quote numbers that nothing has.
        if kind == "post" && got.status == 404 {
            assert_eq!(faults(&got.body), Vec::<String>::new(), "{path}");
            continue;
        }
        if kind == "post" && got.status == 302 {
            continue;
        }
        assert_eq!(got.status, 200, "{path}");
        for word in [
            "Caretakers",
            "Staff room",
            "/c/caretakers",
            "/c/staff",
            "/tag/keys",
        ] {
            assert!(!got.body.contains(word), "{word} on {path}");
        }
        if kind == "feed" {
            assert!(got.kind.starts_with("application/atom+xml"), "{path}");
            continue;
        }
        assert!(got.kind.starts_with("text/html"), "{path}");
        assert_eq!(faults(&got.body), Vec::<String>::new(), "{path}");
        // The validator looks at some of each kind: it takes a while to start.
        if has_validator && *number <= 12 {
            match tidy(&got.body) {
                Some(said) => assert_eq!(said, "", "{path}\n{}", got.body),
                None => has_validator = false,
            }
        }
        for path in paths(&got.body) {
            if seen.insert(path.clone()) {
                left.push_back(path);
            }
        }
    }
    for (kind, most) in [
        ("category", 9),
        ("tag", 35),
        ("topic", 50),
        ("post", 150),
        ("member", 12),
        ("feed", 50),
        ("picture", 5),
        ("code", 1),
    ] {
        assert!(
            kinds.get(kind).is_some_and(|number| *number >= most),
            "{kind}: {kinds:?}"
        );
    }
    assert_eq!(kinds.get("other"), None, "{seen:?}");
    // The caretakers have it alone.
    assert_eq!(get(url, "/tag/keys").status, 404);
    // Kind words are valid, too.
    let missing = get(url, "/nothing");
    assert_eq!(missing.status, 404);
    if tidy(&missing.body).is_none_or(|said| {
        assert_eq!(said, "");
        false
    }) {
        skipped("tidy is not installed: no validator looked at the pages");
    }
}
