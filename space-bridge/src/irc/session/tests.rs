// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A scripted server: what it says, and what the session makes of it.

mod past;
mod people;
mod playback;
mod refused;

use rstest::rstest;

use super::*;
use crate::irc::pace::Pace;
use crate::irc::settings::{Hidden, Room};
use crate::relay::{Confirmed, Heard, OpId, Past, RoomUp};

fn network() -> Network {
    Network {
        name: "net".to_owned(),
        host: "irc.test".to_owned(),
        port: 6667,
        is_encrypted: false,
        authorities: None,
        password: None,
        nick: "space".to_owned(),
        user: "space".to_owned(),
        real_name: "A bridge".to_owned(),
        account: None,
        rooms: vec![Room {
            name: "#Tea".to_owned(),
            key: None,
        }],
        ignored: vec!["Eggdrop".to_owned()],
        pace: Pace {
            burst: 5,
            each: None,
        },
        is_formatted: false,
        ping_after: Duration::from_mins(1),
    }
}

fn room() -> Place {
    Place::room("net", "#Tea")
}

struct Talk {
    session: Session,
    now: Instant,
}

impl Talk {
    fn new(network: Network) -> Self {
        Self {
            session: Session::new(network, Marks::new()),
            now: Instant::now(),
        }
    }

    fn hear(&mut self, line: &str) -> Out {
        let clock = Timestamp::from_millis(1_600_000_000_000);
        self.session.hear(line, self.now, clock)
    }

    /// Says lines to the session; returns the lines that it answers.
    fn lines(&mut self, lines: &[&str]) -> Vec<String> {
        lines
            .iter()
            .flat_map(|line| self.hear(line).lines)
            .collect()
    }

    fn relayed(&mut self, line: &str) -> Vec<Input> {
        self.hear(line)
            .events
            .into_iter()
            .filter_map(|event| match event {
                Event::Relay(input) => Some(*input),
                _ => None,
            })
            .collect()
    }

    /// Lets the bridge in, with capabilities, and into the room.
    fn entered(network: Network, capabilities: &str) -> Self {
        let mut talk = Self::new(network);
        let asked = talk.lines(&[&format!(":irc.test CAP * LS :{capabilities}")]);
        for line in asked {
            if let Some(name) = line.strip_prefix("CAP REQ :") {
                talk.hear(&format!(":irc.test CAP * ACK :{name}"));
            }
        }
        talk.lines(&[
            ":irc.test 001 space :Welcome",
            ":irc.test 005 space CASEMAPPING=ascii NICKLEN=30 :are supported",
            ":irc.test 376 space :End of MOTD",
        ]);
        let lines = talk.lines(&[":space!space@host.test JOIN #tea"]);
        let ping = lines
            .last()
            .unwrap()
            .strip_prefix("PING :")
            .unwrap()
            .to_owned();
        let up = talk.relayed(&format!(":irc.test PONG irc.test :{ping}"));
        assert!(matches!(&up[..], [Input::RoomUp(_)]), "{up:?}");
        talk
    }
}

fn heard(inputs: &[Input]) -> &Heard {
    match inputs {
        [Input::Heard(heard)] => heard,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_old_server_without_capabilities_lets_it_in() {
    let mut talk = Talk::new(network());
    assert_eq!(
        talk.session.begin(),
        ["CAP LS 302", "NICK space", "USER space 0 * :A bridge"]
    );
    assert_eq!(
        talk.lines(&[":irc.test CAP * LS :multi-prefix"]),
        ["CAP END"]
    );
    let joined = talk.lines(&[
        ":irc.test 001 space :Welcome",
        ":irc.test 422 space :No MOTD",
    ]);
    assert_eq!(joined, ["JOIN #Tea"]);
}

#[test]
fn capabilities_come_in_several_lines_and_are_asked_for_one_by_one() {
    let mut talk = Talk::new(network());
    let asked = talk.lines(&[
        ":irc.test CAP * LS * :echo-message batch",
        ":irc.test CAP * LS :labeled-response sasl=PLAIN foo",
    ]);
    assert_eq!(
        asked,
        [
            "CAP REQ :batch",
            "CAP REQ :echo-message",
            "CAP REQ :labeled-response"
        ]
    );
    let answers = talk.lines(&[
        ":irc.test CAP * ACK :batch",
        ":irc.test CAP * NAK :echo-message",
        ":irc.test CAP * ACK :labeled-response",
    ]);
    assert_eq!(answers, ["CAP END"]);
}

#[test]
fn an_account_signs_in_before_registration_ends() {
    let mut with_account = network();
    with_account.account = Some(("space".to_owned(), Hidden("pässword".to_owned())));
    let mut talk = Talk::new(with_account);
    let lines = talk.lines(&[
        ":irc.test CAP * LS :sasl=EXTERNAL,PLAIN",
        ":irc.test CAP * ACK :sasl",
        "AUTHENTICATE +",
    ]);
    assert_eq!(
        lines,
        [
            "CAP REQ :sasl",
            "AUTHENTICATE PLAIN",
            "AUTHENTICATE AHNwYWNlAHDDpHNzd29yZA=="
        ]
    );
    assert_eq!(
        talk.lines(&[":irc.test 903 space :SASL successful"]),
        ["CAP END"]
    );
}

#[rstest]
#[case(&[":irc.test CAP * LS :multi-prefix"])]
#[case(&[":irc.test CAP * LS :sasl=EXTERNAL"])]
#[case(&[":irc.test CAP * LS :sasl", ":irc.test CAP * NAK :sasl"])]
#[case(&[":irc.test CAP * LS :sasl", ":irc.test CAP * ACK :sasl", "AUTHENTICATE +", ":irc.test 904 * :failed"])]
fn without_its_account_it_does_not_go_on(#[case] lines: &[&str]) {
    let mut with_account = network();
    with_account.account = Some(("space".to_owned(), Hidden("secret".to_owned())));
    let mut talk = Talk::new(with_account);
    let ends: Vec<End> = lines
        .iter()
        .filter_map(|line| talk.hear(line).end)
        .collect();
    assert_eq!(ends.len(), 1);
    assert!(!ends[0].why.contains("secret"));
}

#[test]
fn a_name_that_is_taken_is_lengthened_and_later_regained() {
    let mut talk = Talk::new(network());
    let lines = talk.lines(&[
        ":irc.test 433 * space :in use",
        ":irc.test 433 * space_ :in use",
    ]);
    assert_eq!(lines, ["NICK space_", "NICK space__"]);
    talk.lines(&[
        ":irc.test 001 space__ :Welcome",
        ":irc.test 376 space__ :End",
    ]);
    let later = talk.now + Duration::from_mins(2);
    assert!(
        talk.session
            .tick(later)
            .lines
            .contains(&"NICK space".to_owned())
    );
    talk.hear(":space__!space@host NICK :space");
    let later = later + Duration::from_mins(2);
    assert!(
        !talk
            .session
            .tick(later)
            .lines
            .contains(&"NICK space".to_owned())
    );
}

#[test]
fn without_echo_a_ping_proves_that_lines_arrived() {
    let mut talk = Talk::entered(network(), "");
    let line = talk.session.say(OpId(7), &room(), 0, "#5 hello", talk.now);
    assert_eq!(line, "PRIVMSG #Tea :#5 hello");
    let ping = talk
        .session
        .prove(OpId(7), &room(), 1, "#5 hello", talk.now)
        .unwrap();
    let token = ping.strip_prefix("PING :").unwrap();
    assert!(talk.session.unproven_since().is_some());
    let inputs = talk.relayed(&format!(":irc.test PONG irc.test {token}"));
    assert!(
        matches!(
            &inputs[..],
            [Input::Confirmed(Confirmed {
                op: OpId(7),
                lines: 1,
                ..
            })]
        ),
        "{inputs:?}"
    );
    assert!(talk.session.unproven_since().is_none());
}

#[test]
fn with_echo_and_labels_the_echo_proves_it_and_gives_the_name_of_the_message() {
    let mut talk = Talk::entered(
        network(),
        "batch echo-message labeled-response message-tags",
    );
    let line = talk.session.say(OpId(7), &room(), 0, "#5 hello", talk.now);
    assert_eq!(line, "@label=7.0 PRIVMSG #Tea :#5 hello");
    assert_eq!(
        talk.session
            .prove(OpId(7), &room(), 1, "#5 hello", talk.now),
        None
    );
    let inputs = talk.relayed("@label=7.0;msgid=abc :space!space@host.test PRIVMSG #tea :#5 hello");
    let [
        Input::Confirmed(Confirmed {
            op,
            lines,
            remote_ids,
            ..
        }),
    ] = &inputs[..]
    else {
        panic!("{inputs:?}")
    };
    assert_eq!(
        (*op, *lines, &remote_ids[..]),
        (OpId(7), 1, &["abc".to_owned()][..])
    );
}

#[rstest]
#[case("message-tags", Some("m0"), "@+draft/reply=m0 x")]
#[case("message-tags", None, "x")]
#[case("message-tags", Some("a b"), "x")]
#[case("message-tags", Some("a;b"), "x")]
#[case("message-tags", Some(""), "x")]
#[case("", Some("m0"), "x")]
fn an_answer_says_so_where_tags_are_passed_on(
    #[case] capabilities: &str,
    #[case] answered: Option<&str>,
    #[case] want: &str,
) {
    let talk = Talk::entered(network(), capabilities);
    assert_eq!(talk.session.in_answer_to(answered, "x".to_owned()), want);
    let labelled = talk
        .session
        .in_answer_to(answered, "@label=7.0 x".to_owned());
    assert!(labelled.ends_with("label=7.0 x"), "{labelled}");
    assert_eq!(labelled.matches('@').count(), 1, "{labelled}");
}

#[test]
fn with_echo_alone_they_come_in_order() {
    let mut talk = Talk::entered(network(), "echo-message");
    for number in 0..2 {
        talk.session.say(OpId(number), &room(), 0, "x", talk.now);
    }
    for number in 0..2 {
        let inputs = talk.relayed(":space!space@host.test PRIVMSG #tea :x");
        assert!(
            matches!(&inputs[..], [Input::Confirmed(Confirmed { op, .. })] if *op == OpId(number))
        );
    }
}

#[test]
fn what_can_be_taken_back_is_taken_back() {
    let mut talk = Talk::entered(
        network(),
        "draft/message-redaction echo-message message-tags",
    );
    let line = talk.session.say(OpId(7), &room(), 0, "\0abc", talk.now);
    assert_eq!(line, "REDACT #Tea abc :withdrawn");
    assert!(
        talk.session
            .prove(OpId(7), &room(), 1, "\0abc", talk.now)
            .is_some()
    );
}

#[test]
fn history_shows_what_is_there_and_is_no_echo() {
    let mut talk = Talk::new(network());
    talk.lines(&[
        ":irc.test CAP * LS :batch",
        ":irc.test CAP * ACK :batch",
        ":irc.test 001 space :Welcome",
        ":irc.test 376 space :End",
    ]);
    let lines = talk.lines(&[":space!space@host.test JOIN #tea"]);
    let ping = lines.last().unwrap().replace("PING", "PONG irc.test");
    talk.lines(&[
        "BATCH +h chathistory #tea",
        "@batch=h;msgid=1 :space!space@host.test PRIVMSG #tea :#5 hello",
    ]);
    let old =
        talk.relayed("@batch=h;msgid=2;time=2020-09-13T12:26:41.000Z :ann!a@h PRIVMSG #tea :5: hi");
    assert!(heard(&old).is_history);
    assert_eq!(heard(&old).at, Timestamp::from_millis(1_600_000_001_000));
    talk.hear("BATCH -h");
    let up = talk.relayed(&format!(":irc.test {ping}"));
    let [Input::RoomUp(up)] = &up[..] else {
        panic!("{up:?}")
    };
    assert_eq!(up.recalled, ["#5 hello"]);
}

#[test]
fn somebody_is_their_account_or_else_their_nick_and_address() {
    let mut talk = Talk::entered(network(), "account-tag message-tags");
    let inputs = talk.relayed(
        "@account=Ann;msgid=m1;+draft/reply=m0 :ann!a@h.test PRIVMSG #TEA :\u{2}5: hi\u{3}04!",
    );
    let said = heard(&inputs);
    assert_eq!(said.who.remote, "account:ann");
    assert_eq!((said.place.clone(), said.text.as_str()), (room(), "5: hi!"));
    assert_eq!(
        (said.remote_id.as_deref(), said.answers.as_deref()),
        (Some("m1"), Some("m0"))
    );
    let inputs = talk.relayed(":Ann!a@h.test PRIVMSG space :help");
    let said = heard(&inputs);
    assert_eq!(said.who.remote, "mask:ann!a@h.test");
    assert_eq!(said.place, Place::person("net", "Ann"));
}

#[rstest]
#[case("@draft/relaymsg=bot :ann/x!a@h PRIVMSG #tea :5: hi")]
#[case("@bot= :ann!a@h PRIVMSG #tea :5: hi")]
#[case("@inspircd.org/bot :ann!a@h PRIVMSG #tea :5: hi")]
#[case(":EGGDROP!a@h PRIVMSG #tea :5: hi")]
#[case(":ann!a@h NOTICE #tea :5: hi")]
#[case(":irc.test PRIVMSG #tea :5: hi")]
#[case(":ann!a@h PRIVMSG #other :5: hi")]
#[case(":ann!a@h PRIVMSG #tea :\u{1}VERSION\u{1}")]
#[case(":SPACE!space@host.test PRIVMSG #tea :5: hi")]
fn programs_and_the_bridge_itself_are_not_listened_to(#[case] line: &str) {
    let mut talk = Talk::entered(network(), "message-tags");
    assert!(talk.relayed(line).is_empty(), "{line}");
}

#[test]
fn thrown_out_it_waits_and_comes_back_ever_more_slowly() {
    let mut talk = Talk::entered(network(), "");
    for wait in [30, 60, 120] {
        let inputs = talk.relayed(":op!o@h KICK #tea space :flooding");
        assert!(matches!(&inputs[..], [Input::RoomDown(_)]), "{inputs:?}");
        assert!(!talk.session.can_reach(&room()));
        assert!(
            talk.session
                .tick(talk.now + Duration::from_secs(wait - 1))
                .lines
                .is_empty()
        );
        talk.now += Duration::from_secs(wait);
        assert_eq!(talk.session.tick(talk.now).lines, ["JOIN #Tea"]);
        let lines = talk.lines(&[":space!space@host.test JOIN #tea"]);
        let pong = lines[0].replace("PING", ":irc.test PONG irc.test");
        assert_eq!(talk.relayed(&pong).len(), 1);
    }
}

#[test]
fn a_room_that_lets_nobody_in_or_speak_is_down_and_tried_again() {
    let mut talk = Talk::entered(network(), "");
    let inputs = talk.relayed(":irc.test 404 space #tea :Cannot send to channel (+m)");
    assert!(matches!(&inputs[..], [Input::RoomDown(_)]), "{inputs:?}");
    let out = talk.session.tick(talk.now + Duration::from_secs(31));
    assert!(out.lines.is_empty(), "it is in the room already");
    assert!(talk.session.can_reach(&room()));
}

#[test]
fn somebody_who_left_is_not_spoken_to_for_ever() {
    let mut talk = Talk::entered(network(), "");
    let ann = Place::person("net", "ann");
    let line = talk.session.say(OpId(3), &ann, 0, "hello", talk.now);
    assert_eq!(line, "NOTICE ann :hello");
    talk.session.prove(OpId(3), &ann, 1, "hello", talk.now);
    let inputs = talk.relayed(":irc.test 401 space ann :No such nick");
    assert!(
        matches!(&inputs[..], [Input::Refused { op: OpId(3), .. }]),
        "{inputs:?}"
    );
}

#[test]
fn a_line_fits_with_what_the_server_puts_before_it() {
    let mut talk = Talk::entered(network(), "");
    let budget = |talk: &Talk| talk.session.style(&room()).budget;
    let line = |budget: usize, mask: &str| {
        format!(":space!{mask} PRIVMSG #Tea :{}\r\n", "x".repeat(budget)).len()
    };
    assert!(line(budget(&talk), "space@host.test") <= 512);
    talk.hear(":irc.test 396 space a.very.long.cloak.example.org :is your displayed host");
    assert!(line(budget(&talk), "space@a.very.long.cloak.example.org") <= 512);
    talk.hear(
        ":space!space@a.very.long.cloak.example.org CHGHOST other yet.another.cloak.example.org",
    );
    assert!(line(budget(&talk), "other@yet.another.cloak.example.org") <= 512);
    // Nothing is wasted either.
    assert!(line(budget(&talk), "other@yet.another.cloak.example.org") > 490);
}

#[test]
fn the_server_ends_it_with_a_reason() {
    let mut talk = Talk::entered(network(), "");
    assert_eq!(
        talk.hear("ERROR :Closing link (flooding)").end,
        Some(End {
            why: "the server says: Closing link (flooding)".to_owned(),
            is_refusal: false,
        })
    );
    assert_eq!(talk.hear("PING :irc.test").lines, ["PONG :irc.test"]);
}

#[test]
fn passwords_are_not_in_debug_texts() {
    let mut with_account = network();
    with_account.account = Some(("space".to_owned(), Hidden("hunter2".to_owned())));
    with_account.password = Some(Hidden("hunter2".to_owned()));
    assert!(!format!("{:?}", Session::new(with_account, Marks::new())).contains("hunter2"));
}
