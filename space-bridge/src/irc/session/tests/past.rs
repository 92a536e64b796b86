// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was said before the bridge came in.

use super::*;

const ALL: &str = "batch draft/chathistory echo-message message-tags server-time";

/// A bridge that last heard line `m0` of 12:26:41, and comes back into its room; with what it asks.
fn coming_back(capabilities: &str, history: &str) -> (Talk, Vec<String>) {
    let mark = Mark::read("1600000001234 m0").unwrap();
    let marks = Marks::from([("#Tea".to_owned(), mark)]);
    let mut talk = Talk::new(network());
    talk.session = Session::new(network(), marks);
    let asked = talk.lines(&[&format!(":irc.test CAP * LS :{capabilities}")]);
    for line in asked {
        if let Some(name) = line.strip_prefix("CAP REQ :") {
            talk.hear(&format!(":irc.test CAP * ACK :{name}"));
        }
    }
    talk.lines(&[
        ":irc.test 001 space :Welcome",
        &format!(":irc.test 005 space CASEMAPPING=ascii {history} :are supported"),
        ":irc.test 376 space :End of MOTD",
    ]);
    let lines = talk.lines(&[":space!space@host.test JOIN #tea"]);
    (talk, lines)
}

impl Talk {
    /// Shows lines of the past, by the second at which they were said; returns the names of those that are relayed.
    fn shown(&mut self, seconds: std::ops::Range<u32>) -> Vec<String> {
        self.hear(":irc.test BATCH +h chathistory #tea");
        let mut relayed = Vec::new();
        for second in seconds {
            let line = format!(
                "@batch=h;msgid=m{second};time=2020-09-13T12:27:{second:02}.000Z :ann!a@h PRIVMSG #tea :5: {second}"
            );
            for input in self.relayed(&line) {
                let heard = heard(std::slice::from_ref(&input)).clone();
                assert!(heard.is_history && heard.mark.is_none(), "{heard:?}");
                relayed.push(heard.remote_id.unwrap());
            }
        }
        self.hear(":irc.test BATCH -h");
        relayed
    }

    /// Answers the PING of these lines; returns what is asked then, and how the room comes up.
    fn answered(&mut self, lines: &[String]) -> (Vec<String>, Option<RoomUp>) {
        let pong = lines
            .last()
            .unwrap()
            .replace("PING", ":irc.test PONG irc.test");
        let out = self.hear(&pong);
        let up = out.events.into_iter().find_map(|event| match event {
            Event::Relay(input) => match *input {
                Input::RoomUp(up) => Some(up),
                _ => None,
            },
            _ => None,
        });
        (out.lines, up)
    }
}

#[test]
fn what_came_after_the_last_line_is_asked_for_page_by_page() {
    let (mut talk, lines) = coming_back(ALL, "CHATHISTORY=5");
    assert_eq!(
        lines[0],
        "CHATHISTORY AFTER #Tea timestamp=2020-09-13T12:26:40.999Z 5"
    );
    // The line that was heard comes again, and what is older would, too.
    talk.hear(":irc.test BATCH +h chathistory #tea");
    for (id, time) in [
        ("m0", "12:26:41.234"),
        ("m0", "12:26:41.000"),
        ("old", "12:26:40.999"),
    ] {
        let line =
            format!("@batch=h;msgid={id};time=2020-09-13T{time}Z :ann!a@h PRIVMSG #tea :5: x");
        assert!(talk.relayed(&line).is_empty(), "{id}");
    }
    talk.hear(":irc.test BATCH -h");
    // In the second of that line, somebody else may have spoken after it.
    let line = "@batch=h;msgid=n;time=2020-09-13T12:26:41.000Z :ann!a@h PRIVMSG #tea :5: x";
    talk.hear(":irc.test BATCH +h chathistory #tea");
    assert_eq!(talk.relayed(line).len(), 1);
    talk.hear(":irc.test BATCH -h");
    assert_eq!(talk.shown(1..2), ["m1"]);
    let (lines, up) = talk.answered(&lines);
    assert!(up.is_none());
    assert_eq!(
        lines[0],
        "CHATHISTORY AFTER #Tea timestamp=2020-09-13T12:27:00.999Z 5"
    );
    // Somebody speaks meanwhile: that is later than what is shown after it.
    let now =
        talk.relayed("@msgid=now;time=2020-09-13T12:30:00.000Z :bob!b@h PRIVMSG #tea :5: now");
    assert_eq!(heard(&now).mark, None);
    assert_eq!(
        talk.shown(1..3),
        ["m1", "m2"],
        "the relay knows m1 by its name"
    );
    let (lines, up) = talk.answered(&lines);
    assert!(lines.is_empty());
    let up = up.unwrap();
    assert_eq!(up.past, Past::Whole);
    assert_eq!(up.mark.as_deref(), Some("1600000200000 now"));
    // From now on each line is the last.
    let now = talk.relayed("@msgid=x;time=2020-09-13T12:31:00.000Z :bob!b@h PRIVMSG #tea :5: now");
    assert_eq!(heard(&now).mark.as_deref(), Some("1600000260000 x"));
}

#[test]
fn a_past_that_has_no_end_is_not_all_of_it() {
    let (mut talk, mut lines) = coming_back(ALL, "CHATHISTORY=2");
    let mut pages = 1;
    let up = loop {
        talk.shown(pages * 2..pages * 2 + 2);
        let (next, up) = talk.answered(&lines);
        if let Some(up) = up {
            break up;
        }
        pages += 1;
        assert!(next[0].starts_with("CHATHISTORY AFTER"), "{next:?}");
        lines = next;
    };
    assert_eq!((pages, up.past), (20, Past::Part));
}

#[test]
fn a_server_that_refuses_shows_nothing() {
    let (mut talk, lines) = coming_back(ALL, "");
    talk.hear(
        ":irc.test FAIL CHATHISTORY MESSAGE_ERROR AFTER #tea :Messages could not be retrieved",
    );
    let (_, up) = talk.answered(&lines);
    assert_eq!(up.unwrap().past, Past::Lost);
}

#[test]
fn without_an_echo_the_latest_are_asked_for() {
    let (mut talk, lines) = coming_back("batch draft/chathistory message-tags server-time", "");
    assert_eq!(lines[0], "CHATHISTORY LATEST #Tea * 100");
    talk.shown(1..3);
    let (_, up) = talk.answered(&lines);
    assert_eq!(up.unwrap().past, Past::Whole, "the page was not full");
}

#[test]
fn a_server_that_shows_the_latest_by_itself_shows_enough_when_it_reaches_back() {
    let capabilities = "batch echo-message message-tags server-time";
    for (oldest, id, want) in [
        (Some("12:26:40.000"), "a", Past::Whole),
        // Some tell only the second afterwards.
        (Some("12:26:41.000"), "m0", Past::Whole),
        (Some("12:26:41.000"), "b", Past::Part),
        (Some("12:26:50.000"), "c", Past::Part),
        (None, "", Past::Lost),
    ] {
        let (mut talk, lines) = coming_back(capabilities, "");
        assert!(lines[0].starts_with("PING"), "{lines:?}");
        if let Some(time) = oldest {
            talk.hear(":irc.test BATCH +h chathistory #tea");
            talk.hear(&format!(
                "@batch=h;msgid={id};time=2020-09-13T{time}Z :ann!a@h PRIVMSG #tea :5: x"
            ));
            talk.hear(":irc.test BATCH -h");
        }
        let (_, up) = talk.answered(&lines);
        assert_eq!(up.unwrap().past, want, "{oldest:?}");
    }
}

#[test]
fn whoever_could_not_speak_has_heard_everything() {
    let mut talk = Talk::entered(network(), "");
    talk.relayed(":irc.test 404 space #tea :Cannot send to channel (+m)");
    let out = talk.session.tick(talk.now + Duration::from_secs(31));
    let [Event::Relay(input), ..] = &out.events[..] else {
        panic!("{out:?}")
    };
    let Input::RoomUp(up) = &**input else {
        panic!("{input:?}")
    };
    assert_eq!(up.past, Past::Whole);
}
