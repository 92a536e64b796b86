// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use space_core::MemberId;

use super::*;

fn visitor() -> MemberId {
    MemberId::new(900).unwrap()
}

fn job(effects: &[Effect]) -> Box<Job> {
    match effects {
        [Effect::Ask(job)] => job.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_reply_is_posted_confirmed_in_private_and_not_told_where_it_was_written() {
    let mut relay = listening();
    let job = job(&relay.step(says(room(), "101: I do."), at(5)).unwrap());
    assert_eq!(task(&job.task), "reply 101 I do.");
    // The feed may be faster than the answer.
    let rows = vec![
        member(900, "ann_irc", "visitor"),
        post(102, 900, 1, "I do."),
    ];
    assert_eq!(relay.step(batch(rows), at(6)).unwrap(), []);
    let posted = Answer::Posted {
        visitor: visitor(),
        post: post_id(102),
    };
    let effects = relay.step(Input::Answered(job.id, posted), at(6)).unwrap();
    assert_eq!(
        deliver(&mut relay, effects, at(6)),
        ["to ann: Posted as #102, in answer to #101 by alice: https://space.example.org/p/102"]
    );
    // Somebody else's comes after it, and an edit of it is not told either.
    let rows = vec![post(102, 900, 2, "I did."), post(103, 2, 1, "so?")];
    let effects = relay.step(batch(rows), at(7)).unwrap();
    assert_eq!(deliver(&mut relay, effects, at(7)), ["#103 bob: so?"]);
    // But it can be taken back.
    let effects = relay.step(batch(vec![hidden(102, 3)]), at(8)).unwrap();
    assert_eq!(deliver(&mut relay, effects, at(8)), ["#102 gone"]);
}

#[test]
fn the_feed_may_also_be_slower_than_the_answer() {
    let mut relay = listening();
    let job = job(&relay.step(says(room(), "101: I do."), at(5)).unwrap());
    let posted = Answer::Posted {
        visitor: visitor(),
        post: post_id(102),
    };
    let effects = relay.step(Input::Answered(job.id, posted), at(6)).unwrap();
    deliver(&mut relay, effects, at(6));
    let rows = vec![
        member(900, "ann_irc", "visitor"),
        post(102, 900, 1, "I do."),
    ];
    assert_eq!(relay.step(batch(rows), at(7)).unwrap(), []);
}

#[test]
fn a_sentence_that_begins_with_another_number_is_one() {
    let mut relay = listening();
    assert_eq!(
        relay
            .step(says(room(), "2020: what a year"), at(5))
            .unwrap(),
        []
    );
    assert_eq!(relay.step(says(room(), "hello"), at(5)).unwrap(), []);
}

#[test]
fn the_first_reply_waits_until_its_author_agrees() {
    let mut relay = listening();
    let first = job(&relay.step(says(room(), "101: I do."), at(5)).unwrap());
    let must = Answer::MustAgree {
        visitor: visitor(),
        version: 3,
    };
    let effects = relay.step(Input::Answered(first.id, must), at(5)).unwrap();
    let asked = deliver(&mut relay, effects, at(5));
    assert!(
        asked[0].contains("https://space.example.org/code"),
        "{asked:?}"
    );
    let mut relay = relay.killed(at(6));
    relay
        .step(Input::NetworkUp("net".to_owned()), at(6))
        .unwrap();
    let agree = job(&relay.step(says(private(), "agree"), at(60)).unwrap());
    assert_eq!(task(&agree.task), "agree Some(3)");
    let agreed = Answer::Agreed { visitor: visitor() };
    let effects = relay
        .step(Input::Answered(agree.id, agreed), at(61))
        .unwrap();
    let all = all_said(&effects);
    assert!(all.contains(&"ask reply 101 I do.".to_owned()), "{all:?}");
}

#[test]
fn after_an_hour_the_text_is_not_posted_any_more() {
    let mut relay = listening();
    let first = job(&relay.step(says(room(), "101: I do."), at(5)).unwrap());
    let must = Answer::MustAgree {
        visitor: visitor(),
        version: 3,
    };
    relay.step(Input::Answered(first.id, must), at(5)).unwrap();
    let agree = relay.step(says(private(), "agree"), at(5000)).unwrap();
    let agree = job(&agree);
    let agreed = Answer::Agreed { visitor: visitor() };
    let effects = relay
        .step(Input::Answered(agree.id, agreed), at(5001))
        .unwrap();
    assert!(
        !all_said(&effects)
            .iter()
            .any(|said| said.starts_with("ask")),
        "{effects:?}"
    );
}

#[test]
fn a_report_in_the_open_is_answered_in_private_and_not_filed() {
    let mut relay = listening();
    let effects = relay.step(says(room(), "!report 101 spam"), at(5)).unwrap();
    let all = all_said(&effects);
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].starts_with("to ann: I did not file that"), "{all:?}");
    assert!(all[0].contains("/msg space report"), "{all:?}");
}

/// A room in which alice (a member), eve and another eve (visitors) wrote.
fn with_two_eves() -> Relay {
    let mut relay = listening();
    let named = |id: i64, name: &str| {
        row(&format!(
            r#"{{"scope":"public","kind":"member","id":{id},"body":{{"id":{id},"kind":"visitor","name":"{name}","display_name":"eve","trust_level":0,"created_at":1,"revision":1}}}}"#
        ))
    };
    let rows = vec![
        named(3, "eve_irc"),
        named(4, "eve_irc2"),
        post(102, 3, 1, "buy **this** now"),
        post(103, 2, 1, "no, thank you"),
        post(104, 3, 1, "buy that\n\nor that"),
    ];
    let effects = relay.step(batch(rows), at(3)).unwrap();
    deliver(&mut relay, effects, at(3));
    relay
}

#[test]
fn last_post_of_somebody_is_reported_by_name() {
    for text in ["report eve spam", "flag @Eve: spam", "!report eve_irc spam"] {
        let mut relay = with_two_eves();
        let effects = relay.step(says(private(), text), at(5)).unwrap();
        assert_eq!(all_said(&effects), ["ask report 104 spam"], "{text}");
        let report = job(&effects);
        let answered = Input::Answered(report.id, Answer::Reported);
        let all = all_said(&relay.step(answered, at(5)).unwrap());
        assert!(
            all[0].contains("#104 is with the moderators. eve"),
            "{all:?}"
        );
        assert!(
            all[0].contains("\u{201c}buy that or that\u{201d}"),
            "{all:?}"
        );
    }
}

#[test]
fn name_that_is_unclear_or_unknown_files_nothing() {
    let mut relay = with_two_eves();
    let effects = relay
        .step(batch(vec![post(105, 4, 1, "I am another eve")]), at(4))
        .unwrap();
    deliver(&mut relay, effects, at(4));
    for (text, says_this) in [
        ("report eve spam", "several people are called eve"),
        ("report carol spam", "nobody called carol"),
    ] {
        let all = all_said(&relay.step(says(private(), text), at(5)).unwrap());
        assert!(all[0].contains(says_this), "{all:?}");
        let answer = relay.store().operations().unwrap();
        assert_eq!(relay.store().jobs().unwrap(), [], "{answer:?}");
        relay.step(network_down(), at(5)).unwrap();
        relay
            .step(Input::NetworkUp("net".to_owned()), at(5))
            .unwrap();
    }
    // By a day later, the number has to be told.
    let mut relay = with_two_eves();
    let late = at(5 + 24 * 3600);
    let all = all_said(
        &relay
            .step(says(private(), "report eve spam"), late)
            .unwrap(),
    );
    assert!(all[0].contains("nobody called eve"), "{all:?}");
}

#[test]
fn mistyped_reason_is_asked_about() {
    for (text, says_this) in [
        ("report 101 spma", "`spma` is no reason"),
        (
            "report 101 spma",
            "Did you mean spam? Send `report 101 spam`",
        ),
        ("report 101 nonsense", "Send for example `report 101 spam`"),
        ("report 101 she shouts", "`report 101 other she shouts`"),
        ("report eve nonsense", "`report eve spam`"),
        ("report 101 other", "other alone does not say what is wrong"),
    ] {
        let mut relay = with_two_eves();
        let all = all_said(&relay.step(says(private(), text), at(5)).unwrap());
        assert_eq!(all.len(), 1, "{all:?}");
        assert!(all[0].starts_with("to ann: Not reported"), "{all:?}");
        assert!(all[0].contains(says_this), "{all:?}");
        assert_eq!(relay.store().jobs().unwrap(), []);
    }
}

#[test]
fn report_by_name_in_the_open_is_answered_in_private() {
    let mut relay = with_two_eves();
    let all = all_said(&relay.step(says(room(), "report eve spam"), at(5)).unwrap());
    assert!(all[0].contains("/msg space report eve spam"), "{all:?}");
    // Talk, of somebody whom the room does not know.
    let mut relay = with_two_eves();
    for talk in ["report them spam", "report carol other"] {
        assert_eq!(relay.step(says(room(), talk), at(5)).unwrap(), [], "{talk}");
    }
}

#[test]
fn a_report_goes_before_what_was_said_earlier_by_others() {
    let mut relay = listening();
    let report = job(&relay
        .step(says(private(), "report 101 spam"), at(5))
        .unwrap());
    assert_eq!(report.lane(), Lane::Report);
    let effects = relay
        .step(Input::Answered(report.id, Answer::Reported), at(5))
        .unwrap();
    let all = all_said(&effects);
    assert!(all[0].starts_with("to ann: Your report on #101"), "{all:?}");
}

#[test]
fn a_server_that_is_away_is_asked_again_with_the_same_key_and_the_person_told_once() {
    let mut relay = listening();
    let first = job(&relay.step(says(room(), "101: I do."), at(5)).unwrap());
    let later = || Answer::Later {
        is_away: true,
        after: None,
    };
    let effects = relay
        .step(Input::Answered(first.id, later()), at(5))
        .unwrap();
    let told = deliver(&mut relay, effects, at(5));
    assert!(told[0].contains("is saved, and will be sent"), "{told:?}");
    assert_eq!(relay.step(Input::Tick, at(5)).unwrap(), []);
    let again = job(&relay.step(Input::Tick, at(7)).unwrap());
    assert_eq!(again.key, first.key);
    assert_eq!(
        relay
            .step(Input::Answered(first.id, later()), at(7))
            .unwrap(),
        []
    );
    // A kill changes nothing about it.
    let mut relay = relay.killed(at(8));
    let again = job(&relay.step(Input::Tick, at(60)).unwrap());
    assert_eq!(again.key, first.key);
}

#[test]
fn a_refusal_comes_back_with_its_reason() {
    let mut relay = listening();
    let first = job(&relay.step(says(room(), "101: I do."), at(5)).unwrap());
    let refused = Answer::Refused {
        why: "the topic is closed".to_owned(),
        hint: Some("ask a moderator to open it".to_owned()),
    };
    let effects = relay
        .step(Input::Answered(first.id, refused), at(5))
        .unwrap();
    let all = all_said(&effects);
    assert_eq!(
        all,
        ["to ann: That was not done. The topic is closed; ask a moderator to open it."]
    );
}

#[test]
fn what_a_network_tells_twice_counts_once() {
    let mut relay = listening();
    let named = |is_history| {
        Input::Heard(Heard {
            remote_id: Some("x1".to_owned()),
            is_history,
            ..heard(room(), "101: I do.")
        })
    };
    assert_eq!(relay.step(named(false), at(5)).unwrap().len(), 1);
    assert_eq!(relay.step(named(true), at(50)).unwrap(), []);
    let mut relay = relay.killed(at(60));
    let asked = relay.step(named(true), at(61)).unwrap();
    assert_eq!(
        all_said(&asked),
        ["ask reply 101 I do."],
        "only the job that was open"
    );
}

#[test]
fn an_answer_by_the_networks_own_means_is_a_reply() {
    let mut relay = listening();
    let link = relay.store().link(&room(), post_id(101)).unwrap().unwrap();
    let heard = Heard {
        answers: Some(link.remote_ids[0].clone()),
        ..heard(room(), "me too")
    };
    let effects = relay.step(Input::Heard(heard), at(5)).unwrap();
    assert_eq!(all_said(&effects), ["ask reply 101 me too"]);
}

#[test]
fn one_person_has_one_thing_asked_at_a_time_and_five_waiting() {
    let mut relay = listening();
    let mut all = Vec::new();
    for number in 1..=7 {
        let effects = relay
            .step(says(private(), &format!("reply 101 {number}")), at(5))
            .unwrap();
        all.extend(all_said(&effects));
    }
    let asked: Vec<_> = all.iter().filter(|said| said.starts_with("ask")).collect();
    assert_eq!(asked, ["ask reply 101 1"]);
    assert_eq!(relay.store().jobs().unwrap().len(), 5);
}

#[test]
fn an_answer_is_sent_with_the_time_at_which_it_was_said() {
    let mut relay = listening();
    let said = Heard {
        at: at(3),
        ..heard(room(), "101: I do.")
    };
    let first = job(&relay.step(Input::Heard(said), at(60)).unwrap());
    let written = |job: &Job| match &job.task {
        Task::Reply { written_at, .. } => *written_at,
        other => panic!("{other:?}"),
    };
    assert_eq!(written(&first), Some(at(3)));
    // Also when the server was away, and when its author had to agree first.
    let mut relay = relay.killed(at(61));
    assert_eq!(
        written(&job(&relay.step(Input::Tick, at(62)).unwrap())),
        Some(at(3))
    );
    let must = Answer::MustAgree {
        visitor: visitor(),
        version: 3,
    };
    relay.step(Input::Answered(first.id, must), at(63)).unwrap();
    let agree = job(&relay.step(says(private(), "agree"), at(70)).unwrap());
    let agreed = Answer::Agreed { visitor: visitor() };
    let effects = relay
        .step(Input::Answered(agree.id, agreed), at(71))
        .unwrap();
    let again = effects.iter().find_map(|effect| match effect {
        Effect::Ask(job) => written(job),
        _ => None,
    });
    assert_eq!(again, Some(at(3)));
}

#[test]
fn what_waits_for_agreement_is_forgotten_after_an_hour() {
    let mut relay = listening();
    let first = job(&relay.step(says(room(), "101: I do."), at(5)).unwrap());
    let must = Answer::MustAgree {
        visitor: visitor(),
        version: 3,
    };
    relay.step(Input::Answered(first.id, must), at(5)).unwrap();
    let pending = |relay: &Relay| {
        let person = relay.store().person("net", "account:ann").unwrap();
        person.unwrap().pending.is_some()
    };
    relay.step(Input::Tick, at(3604)).unwrap();
    assert!(pending(&relay), "not before");
    relay.step(Input::Tick, at(3604 + 3601)).unwrap();
    assert!(
        !pending(&relay),
        "by whom it is remains known, what they wrote does not"
    );
}

#[test]
fn nobody_learns_who_wrote_in_a_room_that_they_are_not_in() {
    // A closed category in a room of its own, on the same network.
    let mut settings = settings();
    let vault = Place::room("net", "#vault");
    settings.mirrors.push(Mirror {
        category: space_core::text::Slug::parse("vault").unwrap(),
        room: vault.clone(),
        allows_closed: true,
        ..mirror()
    });
    let mut relay = listening().killed_and_set(settings, at(3));
    let begun = Input::Begun {
        room: vault.clone(),
        category: space_core::CategoryId::new(13).unwrap(),
        last_post: 100,
    };
    relay.step(begun, at(3)).unwrap();
    for input in [Input::NetworkUp("net".to_owned()), room_up()] {
        relay.step(input, at(3)).unwrap();
    }
    let vault_up = Input::RoomUp(RoomUp {
        room: vault.clone(),
        capabilities: Capabilities::default(),
        recalled: Vec::new(),
        past: Past::Whole,
        mark: None,
    });
    relay.step(vault_up, at(3)).unwrap();
    let rows = vec![
        row(
            r#"{"scope":"category:13","kind":"category","id":13,"body":{"id":13,"slug":"vault","name":"Vault","about":"","position":1,"is_open":false,"created_at":1,"revision":1}}"#,
        ),
        row(
            r#"{"scope":"category:13","kind":"topic","id":30,"body":{"id":30,"category":13,"author":2,"title":"Secret","created_at":1,"revision":1}}"#,
        ),
        row(
            r#"{"scope":"category:13","kind":"post","id":102,"body":{"id":102,"topic":30,"number":1,"author":2,"source":"hush","created_at":1,"revision":1}}"#,
        ),
    ];
    let effects = relay.step(batch(rows), at(4)).unwrap();
    assert_eq!(deliver(&mut relay, effects, at(4)), ["#102 bob: hush"]);
    let asked_about = |relay: &mut Relay, place: Place, post: i64| {
        let said = says(place, &format!("!reply {post} I do."));
        let first = job(&relay.step(said, at(5)).unwrap());
        let must = Answer::MustAgree {
            visitor: visitor(),
            version: 3,
        };
        let effects = relay.step(Input::Answered(first.id, must), at(5)).unwrap();
        let [
            Effect::Send {
                op, place, message, ..
            },
        ] = &effects[..]
        else {
            panic!("{effects:?}")
        };
        let Message::Answer { text } = message else {
            panic!("{message:?}")
        };
        let (text, op, place) = (text.clone(), *op, place.clone());
        relay.step(Input::Refused { op, place }, at(5)).unwrap();
        text
    };
    for place in [room(), private()] {
        let text = asked_about(&mut relay, place, 102);
        assert!(text.contains("your answer to #102 for an hour"), "{text}");
    }
    // In the room itself it is no secret, and what is open to everyone is none anywhere.
    let text = asked_about(&mut relay, vault.clone(), 102);
    assert!(text.contains("#102 by bob"), "{text}");
    for place in [vault, private()] {
        let text = asked_about(&mut relay, place, 101);
        assert!(text.contains("#101 by alice"), "{text}");
    }
}
