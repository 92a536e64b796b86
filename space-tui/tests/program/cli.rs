// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Commands on a local copy prepared in a temporary folder, without any server.

use rstest::rstest;
use serde_json::Value;

use crate::house::House;

#[test]
fn topics_are_listed_from_the_local_copy() {
    let house = House::new();
    let done = house.space(&["topics"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let lines: Vec<&str> = done.out.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0].contains("#21") && lines[0].contains("Trains without network"),
        "{}",
        lines[0]
    );
    assert!(
        !done.out.contains('\u{1b}'),
        "no colours without a terminal"
    );
}

#[test]
fn topics_as_json_have_the_fields_of_the_protocol_and_names() {
    let house = House::new();
    let done = house.space(&["topics", "--json", "--category", "meta"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let lines: Vec<Value> = done
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    insta::assert_json_snapshot!(lines);
}

#[test]
fn tags_are_listed_and_topics_found_by_them() {
    let house = House::new();
    assert_eq!(house.space(&["tags"]).out, "     1  meta\n     1  wiki\n");
    let json = house.space(&["tags", "--json"]).out;
    assert_eq!(json.lines().next(), Some(r#"{"tag":"meta","topics":1}"#));
    let found = house.space(&["topics", "--tag", "WIKI"]).out;
    assert!(
        found.contains("#20") && found.lines().count() == 1,
        "{found}"
    );
    assert_eq!(
        house.space(&["topics", "--tag", "wikis"]).out,
        "No topic here has the tag wikis.\n"
    );
    assert_eq!(house.space(&["topics", "--tag", "a b"]).code, 2);
    let found = house.space(&["search", "tag:wiki"]);
    assert!(found.out.contains("Welcome"), "{} {}", found.out, found.err);
    let unheard = house.space(&["search", "tag:wikis"]);
    assert!(
        unheard.err.contains("Did you mean tag:wiki?"),
        "{}",
        unheard.err
    );
}

#[test]
fn tags_of_a_topic_are_changed_without_the_server() {
    let house = House::new();
    assert_eq!(house.space(&["tag", "20"]).out, "meta\nwiki\n");
    assert_eq!(
        house.space(&["tag", "20", "--json"]).out,
        "{\"topic\":20,\"tags\":[\"meta\",\"wiki\"]}\n"
    );
    let done = house.space(&["tag", "20", "+Trains", "-wiki", "--json"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let json: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(json["state"], "queued");
    let listed = house.space(&["outbox"]).out;
    assert!(listed.contains("tags of #20: +trains -wiki"), "{listed}");
    let item = house.space(&["outbox", "--json"]).out;
    let item: Value = serde_json::from_str(&item).unwrap();
    assert_eq!(item["change"]["add"], serde_json::json!(["trains"]));
    let wrong = house.space(&["tag", "20", "two words"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("U+0020"), "{}", wrong.err);
}

#[test]
fn a_topic_is_started_with_tags() {
    let house = House::new();
    let args = [
        "start", "meta", "Text", "--title", "Titled", "--tag", "Irc", "--tag", "café",
    ];
    let done = house.space(&args);
    assert_eq!(done.code, 0, "{}", done.err);
    let item = house.space(&["outbox", "--json"]).out;
    let item: Value = serde_json::from_str(&item).unwrap();
    assert_eq!(item["tags"], serde_json::json!(["café", "irc"]));
}

#[test]
fn a_thread_reads_well() {
    let done = House::new().space(&["read", "#20"]);
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!(done.out);
}

#[test]
fn a_thread_as_json_is_one_document() {
    let done = House::new().space(&["read", "31", "--json"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let document: Value = serde_json::from_str(&done.out).unwrap();
    insta::assert_json_snapshot!(document);
}

#[test]
fn a_hostile_post_reaches_no_terminal() {
    let house = House::new();
    for args in [
        &["read", "21", "--color", "never"][..],
        &["topics", "--color", "never"],
        &["search", "hostile"],
    ] {
        let done = house.space(args);
        assert_eq!(done.code, 0, "{args:?} {}", done.err);
        let is_fine = |c: char| c == '\n' || !c.is_control();
        assert!(done.out.chars().all(is_fine), "{:?}", done.out);
    }
}

#[test]
fn a_reply_without_the_server_is_queued_and_said_to_be() {
    let house = House::new();
    let done = house.space(&["reply", "#30", "Me too"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.out
            .contains("It will be sent as soon as the server answers"),
        "{}",
        done.out
    );
    let done = house.space(&["outbox", "--json"]);
    let item: Value = serde_json::from_str(done.out.lines().next().unwrap()).unwrap();
    assert_eq!(item["state"], "queued");
    assert_eq!(item["source"], "Me too");
    let number = item["id"].to_string();
    assert_eq!(
        house.space(&["logout"]).code,
        1,
        "what is not sent would be lost"
    );
    assert_eq!(house.space(&["outbox", "discard", &number]).code, 0);
    assert_eq!(house.space(&["outbox"]).out, "Everything is sent.\n");
}

/// What is unfinished on the screen is another text than one that is given on the command line.
#[test]
fn a_reply_that_is_given_leaves_an_unfinished_one_alone() {
    use space_core::client::Outbox;
    use space_core::client::outbox::{Place, SavedDraft, TopicRef};
    let house = House::new();
    let mut outbox = Outbox::open(&house.folders().replica("default").unwrap()).unwrap();
    let draft = SavedDraft {
        place: Place::Reply(TopicRef::Sent(space_core::TopicId::new(20).unwrap())),
        title: String::new(),
        category: None,
        source: "half a thought".to_owned(),
        language: None,
        tags: space_core::Tags::default(),
        base: None,
        saved_at: space_core::Timestamp::from_millis(1),
    };
    outbox.save_draft(&draft).unwrap();
    let done = house.space(&["reply", "20", "Me too"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(outbox.drafts().unwrap(), [draft]);
}

#[rstest]
#[case(&["topics", "--no-such-option"], 2)]
#[case(&["read", "abc"], 2)]
#[case(&["read", "999"], 4)]
#[case(&["topics", "--category", "nowhere"], 4)]
#[case(&["sync"], 5)]
#[case(&["watch"], 5)]
#[case(&["topics", "--profile", "other"], 3)]
#[case(&["topics", "--profile", "../other"], 2)]
#[case(&["login", "ftp://example.org", "--guest"], 2)]
#[case(&["reply", "20", "--file", "/nonexistent"], 2)]
#[case(&["outbox", "retry", "77"], 4)]
#[case(&["tui"], 2)]
#[case(&["topics", "--limit", "0"], 2)]
#[case(&["search", "hello", "--limit", "0"], 2)]
#[case(&["search", "hello"], 0)]
#[case(&["--help"], 0)]
#[case(&["completion", "bash"], 0)]
fn exit_codes_say_what_kind_of_failure_it_was(#[case] args: &[&str], #[case] want: i32) {
    let done = House::new().space(args);
    assert_eq!(done.code, want, "{} {}", done.out, done.err);
    if want > 2 {
        assert!(
            done.err.starts_with("Error: ") && done.err.contains("\nHint: ") || want == 4,
            "{}",
            done.err
        );
    }
}

#[rstest]
#[case(&["search", ""], 2, "nothing to look for")]
#[case(&["reply", "20"], 2, "--file FILE")]
#[case(&["start", "meta", "--title", "Hello"], 2, "--file FILE")]
#[case(&["start", "nowhere", "Hello", "--title", "Hello"], 4, "there are: meta")]
#[case(&["topics", "--category", "nowhere"], 4, "there are: meta")]
#[case(&["login", "127.0.0.1:7780", "--name", "alice"], 2, "address: http://127.0.0.1:7780\n")]
#[case(&["login", "localhost:7780", "--guest"], 2, "address: http://localhost:7780\n")]
#[case(&["login", "space.example.org", "--guest"], 2, "address: https://space.example.org\n")]
#[case(&["sync"], 5, "because: nothing answers at http://127.0.0.1:9\nHint")]
fn failures_say_what_to_do(#[case] args: &[&str], #[case] code: i32, #[case] word: &str) {
    let done = House::new().space(args);
    assert_eq!(done.code, code, "{} {}", done.out, done.err);
    assert!(done.err.contains(word), "{}", done.err);
}

#[test]
fn a_guest_cannot_reply_and_is_told_what_to_do() {
    let house = House::guest();
    assert_eq!(house.space(&["topics"]).code, 0);
    let done = house.space(&["reply", "20", "Hello"]);
    assert_eq!(done.code, 3);
    assert!(done.err.contains("space login"), "{}", done.err);
}

#[test]
fn colours_are_there_when_asked_for() {
    let done = House::new().space(&["topics", "--color", "always"]);
    assert!(done.out.contains('\u{1b}'));
}

#[test]
fn whoami_works_offline() {
    let done = House::new().space(&["whoami", "--json"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let mut status: Value = serde_json::from_str(&done.out).unwrap();
    status["server"] = "…".into();
    insta::assert_json_snapshot!(status);
}
