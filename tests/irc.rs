// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A category in a room on real IRC servers, watched by somebody who knows nothing of the bridge.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use space_core::Access;
use space_core::client::api::{CasesRequest, PostsRequest};
use space_core::protocol::{CreateGroup, EditPost, SetAccess};
use space_core::text::PostSource;
use space_tests::hall::key;
use space_tests::irc::story::{BOT, Story};
use space_tests::irc::{Ircd, Kind};

fn tell_and_answer(kind: Kind) {
    let Some(story) = Story::new(kind, |setup| setup.mirror("announce_withdrawals", "true")) else {
        return;
    };
    let post = story.post("I **do**, @ann!");
    let line = story.ann.waits_for("https://space.example.org/p/");
    let id = post.id;
    let want = format!(
        "#{id} <a\u{200b}lice> [Tea at four] I \u{2}do\u{2}, @a\u{200b}nn! https://space.example.org/p/{id}"
    );
    assert!(
        line.trim_end_matches('\u{f}').ends_with(&want) || line.contains("I \u{2}do\u{2}"),
        "{line:?}"
    );

    // The first answer waits until the code of conduct is accepted, in private.
    story.ann.says(&format!("{id}: me too"));
    story
        .ann
        .waits_for_whisper("https://space.example.org/code");
    story.ann.whispers(BOT, "agree");
    let posted = story.ann.waits_for_whisper("Posted as #");
    let number = posted.split("Posted as #").nth(1).unwrap();
    let number = number.split(',').next().unwrap().parse().unwrap();
    let posted = story.runtime.block_on(story.api.post(number)).unwrap();
    assert_eq!(
        (posted.source.as_str(), posted.reply_to),
        ("me too", Some(id))
    );

    // Others of the room read it already; what comes later comes once.
    let later = story.post("then come");
    story.ann.waits_for(&format!("#{} ", later.id));
    assert_eq!(story.told(), [id.get(), later.id.get()]);

    // A report is made in private, and nobody in the room learns of it.
    story.ann.says(&format!("!report {id} spam"));
    story.ann.waits_for_whisper("I did not file that");
    story
        .ann
        .whispers(BOT, &format!("report {id} inappropriate it shouts"));
    story
        .ann
        .waits_for_whisper(&format!("report on #{id} is with the moderators"));
    let cases = story
        .runtime
        .block_on(story.moderator.cases(&CasesRequest::default()))
        .unwrap();
    assert_eq!(cases.cases.len(), 1, "the one in the open was not filed");

    // What moderators hide is withdrawn.
    story.hide(&post);
    story.ann.waits_for(&format!("#{id} was withdrawn"));
    assert!(story.bridge.unwrap().stop().success());
}

#[test]
fn a_category_is_told_and_answered_on_ngircd() {
    tell_and_answer(Kind::Ngircd);
}

#[test]
fn a_category_is_told_and_answered_on_inspircd() {
    tell_and_answer(Kind::Inspircd);
}

/// Every post is told once and in order, whatever is killed in between.
fn kills(kind: Kind) {
    let Some(mut story) = Story::new(kind, |setup| setup) else {
        return;
    };
    let mut posted = Vec::new();
    for round in 0..3 {
        for (name, kill) in [
            ("bridge", Story::kill_bridge as fn(&mut Story)),
            ("server", Story::kill_server),
            ("ircd", Story::kill_ircd),
        ] {
            // At another point of the telling each time: nothing, some or all of it is said.
            for number in 0..=round * 2 {
                let post = story.post(&format!("before {name} {round} {number}"));
                posted.push(post.id.get());
            }
            if round == 1 {
                story
                    .ann
                    .waits_for(&format!("#{} ", posted.last().unwrap()));
            }
            kill(&mut story);
            posted.push(story.post(&format!("after {name} {round}")).id.get());
        }
    }
    story
        .ann
        .waits_for(&format!("#{} ", posted.last().unwrap()));
    assert_eq!(story.told(), posted);
}

#[test]
fn nothing_is_lost_or_told_twice_when_anything_is_killed_on_ngircd() {
    kills(Kind::Ngircd);
}

#[test]
fn nothing_is_lost_or_told_twice_when_anything_is_killed_on_inspircd() {
    kills(Kind::Inspircd);
}

#[test]
fn a_burst_of_a_hundred_posts_is_whole_and_in_order() {
    let Some(story) = Story::new(Kind::Ngircd, |setup| setup) else {
        return;
    };
    let posted: Vec<i64> = (0..100)
        .map(|n| story.post(&format!("burst {n}")).id.get())
        .collect();
    story.ann.waits_for(&format!("#{} ", posted[99]));
    assert_eq!(story.told(), posted);
}

#[test]
fn what_was_posted_while_the_bridge_was_stopped_is_told_when_it_is_back() {
    let Some(mut story) = Story::new(Kind::Ngircd, |setup| setup) else {
        return;
    };
    let first = story.post("before").id.get();
    story.ann.waits_for(&format!("#{first} "));
    assert!(story.bridge.take().unwrap().stop().success());
    let (second, third) = (
        story.post("meanwhile").id.get(),
        story.post("and more").id.get(),
    );
    story.start_bridge();
    story.ann.waits_for(&format!("#{third} "));
    assert_eq!(story.told(), [first, second, third]);
}

#[test]
fn an_edit_is_a_correction() {
    let Some(story) = Story::new(Kind::Ngircd, |setup| setup) else {
        return;
    };
    let post = story.post("I like teh tea");
    story.ann.waits_for("teh tea");
    let edit = EditPost {
        revision: post.revision,
        source: PostSource::parse("I like the tea").unwrap(),
    };
    story
        .runtime
        .block_on(story.api.edit_post(post.id, &edit, &key("edit")))
        .unwrap();
    story.ann.waits_for("correction: \"teh\" → \"the\"");
}

/// What people send by mistake or on purpose ends nothing, and what is in posts steers nothing.
fn hostile(kind: Kind) {
    let Some(story) = Story::new(kind, |setup| setup) else {
        return;
    };
    // From the room: bytes that are not UTF-8, a command that never ends, names that are nothing.
    story.ann.send(b"PRIVMSG #tea :caf\xe9 \xff\xfe");
    story
        .ann
        .send(format!("PRIVMSG #tea :{}", "é".repeat(200)).as_bytes());
    story.ann.says("\u{1}VERSION\u{1}");
    story.ann.says("99999999999999999999: x");
    story.ann.whispers(BOT, "report 1 \u{202e}spam");
    // From posts: long words, lines that would be commands, marks that would be styles.
    let long = "é".repeat(400);
    let posts = [
        long.as_str(),
        "one\r\nQUIT :two\nthree",
        "`\u{202e}b` @all @here",
        "a\u{200b}b\u{2066}c",
        "https://example.org/ [x](javascript:alert(1))",
        "the end",
    ];
    for text in posts {
        story.post(text);
    }
    story.ann.waits_for("the end");
    let told = story.ann.told_by(BOT);
    let all = told.join("\n");
    assert!(
        !all.contains('\u{fffd}'),
        "a character was cut in the middle: {all}"
    );
    assert!(!all.contains(['\u{202e}', '\u{2066}']), "{all}");
    assert!(all.contains("@a\u{200b}ll @h\u{200b}ere"), "{all}");
    assert_eq!(
        all.matches('é').count() % 400,
        all.matches('é').count(),
        "it was shortened"
    );
    // It is still there, and listens.
    story.ann.whispers(BOT, "help");
    story.ann.waits_for_whisper("I bring posts of");
}

#[test]
fn what_people_send_and_post_ends_and_steers_nothing_on_ngircd() {
    hostile(Kind::Ngircd);
}

#[test]
fn what_people_send_and_post_ends_and_steers_nothing_on_inspircd() {
    hostile(Kind::Inspircd);
}

#[test]
fn the_memory_is_closed_to_others_and_status_says_how_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let Some(story) = Story::new(Kind::Ngircd, |setup| setup) else {
        return;
    };
    let folder = story.community.folder();
    let mode = |name: &str| {
        let metadata = std::fs::metadata(folder.join(name)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode("bridge.db"), 0o600);
    let status = story.status();
    assert!(status.contains("story #tea: up"), "{status}");
}

#[test]
fn a_bridge_that_is_let_into_a_closed_category_later_mirrors_it() {
    let Some(ircd) = Ircd::start(Kind::Ngircd) else {
        return;
    };
    let mut story = Story::without_bridge(ircd, |setup| setup.mirror("allow_closed", "true"));
    let before = story.post("before");
    story.runtime.block_on(async {
        let group = CreateGroup {
            slug: "board".to_owned().try_into().unwrap(),
            name: "Board".to_owned().try_into().unwrap(),
            is_closed: true,
        };
        let group = story.api.create_group(&group, &key("board")).await.unwrap();
        let request = PostsRequest::default();
        let page = story.api.posts_of(before.topic, &request).await.unwrap();
        let access = SetAccess {
            access: Access::closed_to(group.id),
        };
        let room = page.topic.category;
        let closed = story.api.set_access(room, &access, &key("closed")).await;
        closed.unwrap();
        let author = before.author;
        let put = story.api.put_in_group(group.id, author, &key("put")).await;
        put.unwrap();
    });
    story.start_bridge_alone();
    let bridge = story.bridge.as_mut().unwrap();
    bridge.wait_for_log("there is no category \"room\"");
    // The category and the topic are older than what the bridge has read.
    story.community.run(&["group", "put", "board", "bridge"]);
    let bridge = story.bridge.as_mut().unwrap();
    bridge.wait_for_log("mirroring room in #tea");
    let post = story.post("since then");
    let line = story.ann.waits_for(&format!("#{} ", post.id));
    assert!(line.contains("[Tea at four] since then"), "{line:?}");
    assert_eq!(story.told(), [post.id.get()]);
}

/// What the memory says is of the past when the bridge was killed.
#[test]
fn status_of_a_dead_bridge_says_that_none_runs() {
    let Some(mut story) = Story::new(Kind::Ngircd, |setup| setup) else {
        return;
    };
    let (code, said, why) = story.asks_status(&[]);
    assert_eq!(code, Some(0), "{said}{why}");
    assert!(said.starts_with("bridge running, process "), "{said}");
    assert!(said.contains("story #tea: up"), "{said}");

    story.bridge.take().unwrap().kill9();
    let (code, said, why) = story.asks_status(&[]);
    assert_eq!(code, Some(4), "{said}{why}");
    assert!(
        said.starts_with("bridge not running, last sign of life "),
        "{said}"
    );
    assert!(!said.contains(": up"), "{said}");
    assert!(
        why.contains("no bridge runs on") && why.contains("without being stopped"),
        "{why}"
    );
    let (code, said, _) = story.asks_status(&["--json"]);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(code, Some(4));
    assert_eq!(said["bridge"]["condition"], "not running");
    assert_eq!(said["bridge"]["pid"], serde_json::Value::Null);
    let places = said["places"].as_array().unwrap();
    assert!(
        places.iter().all(|place| place["condition"] == "stopped"),
        "{said}"
    );

    // Another one takes over, and is stopped as it should be.
    story.start_bridge();
    assert_eq!(story.asks_status(&[]).0, Some(0));
    assert!(story.bridge.take().unwrap().stop().success());
    let (code, _, why) = story.asks_status(&[]);
    assert!(code == Some(4) && why.contains("it was stopped"), "{why}");
}
