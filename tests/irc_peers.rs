// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The bridge among stricter and richer programs of IRC: TLS, accounts of services, a client that people use, tags, history.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use space_core::protocol::Reply;
use space_core::text::PostSource;
use space_core::{Post, PostId};
use space_tests::BridgeSetup;
use space_tests::hall::key;
use space_tests::irc::story::{BOT, ROOM, Story};
use space_tests::irc::{Ircd, Kind, Watcher, Weechat, tag};

const PASSWORD: &str = "walnut-table";

/// A story on a server with services, and on them an account `spacebot`; the bridge will come by TLS.
fn encrypted() -> Option<Story> {
    let ircd = Ircd::start_with_services()?;
    let owner = Watcher::enter(ircd.port(), "spacebot", "#lobby");
    owner.registers(PASSWORD);
    let port = ircd.encrypted_port().to_string();
    Some(Story::without_bridge(ircd, |setup| {
        setup.network("tls", "true").network("port", &port)
    }))
}

/// Lets the bridge trust the authority of the server.
fn trusting(story: &Story, setup: BridgeSetup) -> BridgeSetup {
    let authority = story.ircd.authority();
    setup.network("tls_ca_file", &format!("\"{}\"", authority.display()))
}

/// Gives the bridge its account.
fn with_account(setup: BridgeSetup, password: &str) -> BridgeSetup {
    let file = setup.secret("irc.password", password);
    setup
        .network("account", "\"spacebot\"")
        .network("account_password_file", &file)
}

/// A story whose bridge is signed in.
fn signed_in() -> Option<Story> {
    let mut story = encrypted()?;
    story.setup = with_account(trusting(&story, story.setup.clone()), PASSWORD);
    story.start_bridge();
    let bridge = story.bridge.as_mut().unwrap();
    bridge.wait_for_log("mirroring room in #tea");
    Some(story)
}

/// Waits until somebody is told that something was posted for them after so many other things; returns it.
fn posted(story: &Story, who: &Watcher, times: usize) -> Post {
    let told = who.waits_for_whispers("Posted as #", times);
    let number = told.split("Posted as #").nth(1).unwrap();
    let number: PostId = number.split(',').next().unwrap().parse().unwrap();
    story.runtime.block_on(story.api.post(number)).unwrap()
}

#[test]
fn it_comes_in_encrypted_and_signed_in() {
    let Some(story) = signed_in() else {
        return;
    };
    story.ann.asks_who_is(BOT, "spacebot :is logged in as");
    story.ann.asks_who_is(BOT, "is using a secure connection");
    let post = story.post("behind a lock");
    story.ann.waits_for(&format!("#{} ", post.id));
    let status = story.status();
    assert!(status.contains("story #tea: up"), "{status}");
}

#[test]
fn a_wrong_password_is_said_and_not_tried_again_soon() {
    let Some(mut story) = encrypted() else {
        return;
    };
    story.setup = with_account(trusting(&story, story.setup.clone()), "not-it");
    story.start_bridge_alone();
    let status = story.waits_for_status("story: down");
    assert!(
        status.contains("the services do not take the account \"spacebot\" or its password"),
        "{status}"
    );
    assert!(
        status.contains("account_password_file of [irc.story]") && !status.contains("not-it"),
        "{status}"
    );
    let log = story.bridge.as_ref().unwrap().log();
    let (_, wait) = log.split_once("connecting again in ").unwrap();
    let seconds: u64 = wait.split_once(' ').unwrap().0.parse().unwrap();
    assert!(seconds >= 60, "{log}");
    assert!(!log.contains("not-it"), "{log}");
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    let Some(mut story) = encrypted() else {
        return;
    };
    story.setup = with_account(story.setup.clone(), PASSWORD);
    story.start_bridge_alone();
    let status = story.waits_for_status("story: down");
    for part in [
        "nobody whom this machine trusts vouches for the certificate of 127.0.0.1",
        "name the file in tls_ca_file of [irc.story]",
    ] {
        assert!(status.contains(part), "{status}");
    }
}

#[test]
fn somebody_is_their_account_and_not_their_nick() {
    let Some(mut story) = signed_in() else {
        return;
    };
    let post = story.post("who are you?").id;
    story.ann.waits_for(&format!("#{post} "));
    story.ann.registers("ann-has-a-cat");
    story.ann.says(&format!("{post}: ann"));
    story
        .ann
        .waits_for_whisper("https://space.example.org/code");
    story.ann.whispers(BOT, "agree");
    let first = posted(&story, &story.ann, 1);

    // Under another nick she is who she was, and is asked nothing.
    story.ann.goes_by("annie");
    story.ann.says(&format!("{post}: still ann"));
    let second = posted(&story, &story.ann, 2);
    assert_eq!(second.source.as_str(), "still ann");
    assert_eq!(first.author, second.author);

    // Whoever takes her nick is not.
    let mallory = Watcher::enter(story.ircd.port(), "ann", ROOM);
    mallory.says(&format!("{post}: ann, too"));
    mallory.waits_for_whisper("https://space.example.org/code");
    mallory.whispers(BOT, "agree");
    let third = posted(&story, &mallory, 1);
    assert_eq!(third.source.as_str(), "ann, too");
    assert_ne!(first.author, third.author);
}

#[test]
fn a_client_that_people_use_shows_what_was_written_and_answers() {
    let Some(story) = Story::new(Kind::Inspircd, |setup| setup) else {
        return;
    };
    let Some(eyes) = Weechat::enter(story.ircd.port(), "eyes", ROOM) else {
        return;
    };
    let post = story.post("I **do** *like* `tea`, @eyes!\n\nEvery day.");
    let line = eyes.reads(&format!("#{} ", post.id));
    let id = post.id;
    assert!(line.contains("I \u{1b}[1mdo\u{1b}[21m "), "bold: {line:?}");
    assert_eq!(
        {
            eyes.reads("Every day.");
            eyes.shown(&format!("#{id} "))
        },
        [
            format!("#{id} <a\u{200b}lice> [Tea at four] I do like tea, @e\u{200b}yes!"),
            format!("#{id} <a\u{200b}lice> Every day. https://space.example.org/p/{id}"),
        ]
    );
    // The mark of a mention is not on it: it calls nobody.
    eyes.says(&format!("{id}: me too"));
    eyes.reads_from(BOT, "https://space.example.org/code");
    eyes.whispers(BOT, "agree");
    let told = eyes.reads_from(BOT, "Posted as #");
    assert!(
        told.contains(&format!("in answer to #{id} by alice")),
        "{told}"
    );
    eyes.whispers(BOT, &format!("report {id} spam"));
    eyes.reads_from(BOT, &format!("report on #{id} is with the moderators"));
    let cases = story
        .runtime
        .block_on(
            story
                .moderator
                .cases(&space_core::client::api::CasesRequest::default()),
        )
        .unwrap();
    assert_eq!(cases.cases.len(), 1);
    // Nothing of it was in the room but what the person said there.
    let later = story.post("later");
    eyes.reads(&format!("#{} ", later.id));
    assert_eq!(eyes.shown("report"), [""; 0]);
}

#[test]
fn the_reply_of_a_client_is_an_answer() {
    let Some(story) = Story::new(Kind::Inspircd, |setup| setup) else {
        return;
    };
    let tags = "message-tags server-time echo-message";
    let bob = Watcher::enter_with(story.ircd.port(), "bob", ROOM, tags);
    let post = story.post("who comes?");
    let line = bob.waits_for(&format!("#{} ", post.id));
    let id = tag(&line, "msgid").unwrap();
    bob.send(format!("@+draft/reply={id} PRIVMSG {ROOM} :I do").as_bytes());
    bob.waits_for_whisper(&format!("I keep your answer to #{} by alice", post.id));
    bob.whispers(BOT, "agree");
    let first = posted(&story, &bob, 1);
    assert_eq!(
        (first.source.as_str(), first.reply_to),
        ("I do", Some(post.id))
    );
    // An answer to that is one in the room, too: his client shows what it answers.
    let own = bob.waits_for(":I do");
    let reply = Reply {
        reply_to: Some(first.id),
        source: PostSource::parse("good").unwrap(),
        language: None,
        written_at: None,
    };
    story
        .runtime
        .block_on(story.api.reply(story.topic, &reply, &key("good")))
        .unwrap();
    let line = bob.waits_for("re b\u{200b}ob (irc): good");
    assert_eq!(tag(&line, "+draft/reply"), tag(&own, "msgid"), "{line}");
    assert!(tag(&own, "msgid").is_some(), "{own}");
    // What answers another message of the room is no business of the bridge.
    bob.says("alone?");
    bob.send(format!("@+draft/reply=nonsense PRIVMSG {ROOM} :alice: with you").as_bytes());
    bob.says(&format!("{}: and again", post.id));
    assert_eq!(posted(&story, &bob, 2).source.as_str(), "and again");
}

#[test]
fn a_name_answers_its_newest_post_unless_somebody_is_called_so() {
    let Some(story) = Story::new(Kind::Ngircd, |setup| setup) else {
        return;
    };
    let (first, second) = (story.post("first"), story.post("second"));
    story.ann.waits_for(&format!("#{} ", second.id));
    story.ann.says("alice: I do");
    story
        .ann
        .waits_for_whisper(&format!("I keep your answer to #{} by alice", second.id));
    story.ann.whispers(BOT, "agree");
    let answer = posted(&story, &story.ann, 1);
    assert_eq!(answer.reply_to, Some(second.id));
    // Now somebody of that name is here, and is meant.
    let _alice = Watcher::enter(story.ircd.port(), "Alice", ROOM);
    story.ann.waits_for_line(":Alice!");
    story.ann.says("alice: hello you");
    story.ann.says(&format!("{}: by number", first.id));
    let answer = posted(&story, &story.ann, 2);
    assert_eq!(answer.source.as_str(), "by number");
}

#[test]
fn what_is_lost_while_it_was_away_is_said_in_one_line() {
    let Some(mut story) = Story::new(Kind::Ngircd, |setup| setup.set("away_after", "\"1ms\""))
    else {
        return;
    };
    let post = story.post("before").id;
    story.ann.waits_for(&format!("#{post} "));
    assert!(story.bridge.take().unwrap().stop().success());
    story.ann.says(&format!("{post}: nobody hears this"));
    story.start_bridge();
    let line = story.ann.waits_for("the bridge was away ");
    assert!(
        line.ends_with(" UTC; what was said to it meanwhile did not arrive"),
        "{line}"
    );
    assert_eq!(story.ann.told_by(BOT).len(), 2);
}

#[test]
fn what_the_room_remembers_is_taken_from_there() {
    let Some(mut story) = Story::new(Kind::Inspircd, |setup| setup.set("away_after", "\"1ms\""))
    else {
        return;
    };
    // Whoever came first may set that the room shows its last lines to everyone who comes in.
    story.ann.send(format!("MODE {ROOM} +H 20:1h").as_bytes());
    story.ann.waits_for_line(" MODE #tea ");
    let post = story.post("before").id;
    story.ann.waits_for(&format!("#{post} "));
    story.ann.says(&format!("{post}: heard"));
    story.ann.waits_for_whisper("/code");
    story.ann.whispers(BOT, "agree");
    posted(&story, &story.ann, 1);
    assert!(story.bridge.take().unwrap().stop().success());
    story.ann.says(&format!("{post}: meanwhile"));
    story.start_bridge();
    assert_eq!(posted(&story, &story.ann, 2).source.as_str(), "meanwhile");
    // Once, also after a kill that may have forgotten up to where it heard.
    story.kill_bridge();
    story.ann.says(&format!("{post}: now"));
    assert_eq!(posted(&story, &story.ann, 3).source.as_str(), "now");
    let told = story.ann.told_by(BOT);
    assert_eq!(
        told.len(),
        1,
        "nothing was lost, and nothing is said: {told:?}"
    );
}
