// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A snapshot of every type on the wire: a change of shape must be seen. What is written must read back.

use insta::assert_json_snapshot;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::category::{Access, Category};
use crate::policy::Capabilities;
use crate::*;

fn same<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(
    value: &T,
) -> serde_json::Value {
    let json = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(json.clone()).unwrap(), value);
    json
}

fn category() -> Category {
    Category {
        id: CategoryId::new(1002).unwrap(),
        parent: CategoryId::new(1001),
        slug: "news".to_owned().try_into().unwrap(),
        name: "News".to_owned().try_into().unwrap(),
        about: "What happened".to_owned().try_into().unwrap(),
        colour: Some("#3366cc".parse().unwrap()),
        icon: Some("*".to_owned().try_into().unwrap()),
        language: Some("pt-BR".parse().unwrap()),
        position: 2,
        is_open: true,
        created_at: Timestamp::from_millis(1_600_000_000_000),
        revision: 3,
    }
}

fn member() -> Member {
    Member {
        id: MemberId::new(1003).unwrap(),
        kind: MemberKind::Person,
        name: "Alice".to_owned().try_into().unwrap(),
        display_name: Some("Alice A.".to_owned().try_into().unwrap()),
        roles: [Role::Owner].into(),
        trust_level: 4,
        created_at: Timestamp::from_millis(1_600_000_000_000),
        revision: 1,
    }
}

fn topic() -> Topic {
    Topic {
        id: TopicId::new(1004).unwrap(),
        category: CategoryId::new(1002).unwrap(),
        author: MemberId::new(1003).unwrap(),
        title: "Hello".to_owned().try_into().unwrap(),
        language: Some("en".parse().unwrap()),
        tags: "irc café".parse().unwrap(),
        answer: PostId::new(1006),
        is_closed: true,
        is_archived: false,
        is_pinned: true,
        is_unlisted: false,
        created_at: Timestamp::from_millis(1_600_000_000_000),
        revision: 2,
    }
}

fn post() -> Post {
    Post {
        id: PostId::new(1006).unwrap(),
        topic: TopicId::new(1004).unwrap(),
        number: 2,
        author: MemberId::new(1003).unwrap(),
        reply_to: PostId::new(1005),
        kind: PostKind::Regular,
        source: "Hi *there*\n\u{5e9}\u{5dc}\u{5d5}\u{5dd}".to_owned(),
        notice: None,
        language: None,
        is_hidden: false,
        created_at: Timestamp::from_millis(1_600_000_100_000),
        written_at: Some(Timestamp::from_millis(1_600_000_050_000)),
        edited_at: None,
        revision: 1,
    }
}

fn tally() -> TopicTally {
    TopicTally {
        topic: TopicId::new(1004).unwrap(),
        posts: 2,
        last_number: 2,
        last_post_at: Timestamp::from_millis(1_600_000_100_000),
        last_poster: MemberId::new(1003).unwrap(),
        views: 10,
        likes: 1,
    }
}

fn space() -> Space {
    Space {
        name: "Example".to_owned().try_into().unwrap(),
        about: "A place".to_owned().try_into().unwrap(),
        created_at: Timestamp::from_millis(1_600_000_000_000),
        revision: 1,
        identity: Some(
            "0123456789abcdef0123456789abcdef"
                .to_owned()
                .try_into()
                .unwrap(),
        ),
    }
}

fn bodies() -> Vec<(Scope, i64, Body)> {
    let me = Scope::Member(MemberId::new(1003).unwrap());
    vec![
        (Scope::Public, 1, Body::Space(space())),
        (Scope::Public, 1002, Body::Category(category())),
        (
            Scope::Group(GroupId::new(1010).unwrap()),
            1010,
            Body::Group(Group {
                id: GroupId::new(1010).unwrap(),
                slug: "board".to_owned().try_into().unwrap(),
                name: "Board".to_owned().try_into().unwrap(),
                is_closed: true,
                created_at: Timestamp::from_millis(1_600_000_000_000),
                revision: 1,
            }),
        ),
        (Scope::Public, 1003, Body::Member(member())),
        (Scope::Public, 1004, Body::Topic(topic())),
        (
            Scope::Category(CategoryId::new(1002).unwrap()),
            1006,
            Body::Post(post()),
        ),
        (Scope::Public, 1004, Body::TopicTally(tally())),
        (
            Scope::Public,
            1006,
            Body::PostTally(PostTally {
                post: PostId::new(1006).unwrap(),
                topic: TopicId::new(1004).unwrap(),
                likes: 1,
            }),
        ),
        (
            me,
            1004,
            Body::ReadPosition(ReadPosition {
                topic: TopicId::new(1004).unwrap(),
                number: 2,
                unread: vec![1],
                set_at: Some(Timestamp::from_millis(1_600_000_190_000)),
                read_at: Timestamp::from_millis(1_600_000_200_000),
            }),
        ),
        (
            me,
            1006,
            Body::Bookmark(Bookmark {
                topic: TopicId::new(1004).unwrap(),
                post: PostId::new(1006),
                note: Some("read again".to_owned().try_into().unwrap()),
                created_at: Timestamp::from_millis(1_600_000_210_000),
            }),
        ),
        (
            me,
            1002,
            Body::CaughtUp(CaughtUp {
                category: CategoryId::new(1002),
                until: Timestamp::from_millis(1_600_000_220_000),
                changed_at: Timestamp::from_millis(1_600_000_230_000),
            }),
        ),
        (
            me,
            1002,
            Body::Grant(Grant {
                scope: Scope::Category(CategoryId::new(1002).unwrap()),
            }),
        ),
    ]
}

#[test]
fn feed_lines() {
    let mut out = Vec::new();
    let mut lines: Vec<FeedLine> = bodies()
        .into_iter()
        .map(|(scope, id, body)| {
            FeedLine::Row(FeedRow {
                scope,
                kind: body.kind(),
                id,
                body: Some(body),
            })
        })
        .collect();
    lines.push(FeedLine::Row(FeedRow {
        scope: Scope::Public,
        kind: Kind::Post,
        id: 1006,
        body: None,
    }));
    lines.push(FeedLine::Idle);
    lines.push(FeedLine::Cursor {
        cursor: Cursor("q1Zk".to_owned()),
        more: false,
    });
    for line in &lines {
        line.write(&mut out).unwrap();
    }
    let text = String::from_utf8(out).unwrap();
    let back: Vec<FeedLine> = text
        .lines()
        .map(|line| FeedLine::read(line).unwrap())
        .collect();
    assert_eq!(back, lines);
    insta::assert_snapshot!(text);
}

#[test]
fn every_kind_has_a_line_in_the_snapshot() {
    let kinds: Vec<Kind> = bodies().iter().map(|(_, _, body)| body.kind()).collect();
    assert_eq!(kinds, Kind::ALL);
}

#[test]
fn what_a_later_version_adds_is_skipped() {
    for line in [
        r#"{"scope":"public","kind":"hologram","id":4,"body":{}}"#,
        r#"{"scope":"planet:4","kind":"post","id":4,"body":{}}"#,
    ] {
        assert_eq!(FeedLine::read(line).unwrap(), FeedLine::Unknown);
    }
    let more = r#"{"scope":"public","kind":"post_tally","id":4,"body":{"post":4,"topic":3,"likes":1,"smell":"rose"}}"#;
    assert!(matches!(FeedLine::read(more), Ok(FeedLine::Row(_))));
    assert!(FeedLine::read("{}").is_err());
    assert!(FeedLine::read("nonsense").is_err());
}

/// Clients from before posts could be unread one by one send and read these.
#[test]
fn earlier_shapes_of_read_positions_are_understood() {
    let mark: MarkRead = serde_json::from_str(r#"{"number":17}"#).unwrap();
    assert_eq!(mark, MarkRead::set(17));
    let position: ReadPosition =
        serde_json::from_str(r#"{"topic":4,"number":17,"read_at":5}"#).unwrap();
    assert_eq!((position.unread.len(), position.set_at), (0, None));
}

/// Servers and clients from before topics had tags send and read these.
#[test]
fn earlier_shapes_of_topics_are_understood() {
    let topic: Topic = serde_json::from_str(
        r#"{"id":4,"category":2,"author":3,"title":"Hello","created_at":5,"revision":1}"#,
    )
    .unwrap();
    assert!(topic.tags.is_empty());
    assert!(!serde_json::to_string(&topic).unwrap().contains("tags"));
    let start = r#"{"category":2,"title":"Hello","source":"Hi"}"#;
    assert!(
        serde_json::from_str::<StartTopic>(start)
            .unwrap()
            .tags
            .is_empty()
    );
}

#[test]
fn commands() {
    let source = || "Hi".to_owned().try_into().unwrap();
    let start = StartTopic {
        category: CategoryId::new(1002).unwrap(),
        title: "Hello".to_owned().try_into().unwrap(),
        source: source(),
        language: Some("en".parse().unwrap()),
        tags: "wiki".parse().unwrap(),
        written_at: None,
    };
    let reply = Reply {
        reply_to: PostId::new(1005),
        source: source(),
        language: None,
        written_at: Some(Timestamp::from_millis(1_600_000_050_000)),
    };
    let create = CreateCategory {
        parent: None,
        slug: "board".to_owned().try_into().unwrap(),
        name: "Board".to_owned().try_into().unwrap(),
        about: None,
        colour: None,
        language: None,
        access: Some(Access::closed_to(GroupId::new(1010).unwrap())),
    };
    assert_json_snapshot!(
        "commands",
        [
            same(&start),
            same(&reply),
            same(&EditPost {
                revision: 2,
                source: source()
            }),
            same(&EditTopic {
                revision: 2,
                title: None,
                category: None,
                tags: None,
                is_closed: Some(true)
            }),
            same(&EditTopic {
                revision: 2,
                title: None,
                category: None,
                tags: Some(Tags::default()),
                is_closed: None
            }),
            same(&ChangeTags {
                add: "irc".parse().unwrap(),
                remove: Tags::default(),
            }),
            same(&MarkRead::set(17)),
            same(&MarkRead {
                number: 17,
                unread: vec![3, 4],
                way: MarkWay::Add,
                marked_at: Some(Timestamp::from_millis(1_600_000_050_000)),
                known: Some(Timestamp::from_millis(1_600_000_040_000)),
            }),
            same(&CatchUp {
                places: vec![
                    CatchUpPlace {
                        category: CategoryId::new(1002),
                        until: Timestamp::from_millis(1_600_000_050_000)
                    },
                    CatchUpPlace {
                        category: None,
                        until: Timestamp::default()
                    },
                ],
                marked_at: None,
            }),
            same(&PutBookmark {
                note: Some("read again".to_owned().try_into().unwrap()),
                written_at: None,
            }),
            same(&PutBookmark::default()),
            same(&create),
            same(&SetAccess {
                access: Access::open()
            }),
            same(&CreateGroup {
                slug: "board".to_owned().try_into().unwrap(),
                name: "Board".to_owned().try_into().unwrap(),
                is_closed: true,
            }),
            same(&LogIn {
                name: "alice".to_owned().try_into().unwrap(),
                password: "correct horse".to_owned(),
                label: "laptop".to_owned().try_into().unwrap(),
            }),
            same(&CreateToken {
                label: "bot".to_owned().try_into().unwrap(),
                capabilities: "read write".parse().unwrap(),
                expires_at: Some(Timestamp::from_millis(1_700_000_000_000)),
            }),
            same(&ChangePassword {
                password: "correct horse".to_owned(),
                new_password: "battery staple".to_owned(),
                sign_out_others: true,
            }),
        ]
    );
}

#[test]
fn answers() {
    assert_json_snapshot!(
        "answers",
        [
            same(&Hello {
                space: space(),
                version: "0.1.0".to_owned()
            }),
            same(&StartedTopic {
                topic: topic(),
                post: post()
            }),
            same(&TopicPage {
                topics: vec![TopicLine {
                    topic: topic(),
                    tally: tally()
                }],
                next: Some("1600000100000.1004".to_owned())
            }),
            same(&TagPage {
                tags: vec![TagLine {
                    tag: "café".parse().unwrap(),
                    topics: 3
                }],
                next: Some("café".parse().unwrap())
            }),
            same(&PostPage {
                topic: topic(),
                tally: tally(),
                posts: vec![post()],
                next: Some(3)
            }),
            same(&CaughtUpBefore {
                before: vec![CatchUpPlace {
                    category: None,
                    until: Timestamp::from_millis(1_600_000_050_000)
                }]
            }),
            same(&Session {
                token: "space_x".to_owned(),
                member: member()
            }),
            same(&DeviceCodes {
                device_code: "space_x".to_owned(),
                user_code: UserCode::parse("wdjb mjht").unwrap(),
                verification_uri: "https://space.example.org/device".to_owned(),
                verification_uri_complete: "https://space.example.org/device?code=WDJB-MJHT"
                    .to_owned(),
                expires_in: 600,
                interval: 5,
            }),
            same(&Whoami {
                member: member(),
                capabilities: Capabilities::all()
            }),
            same(&NewToken {
                id: TokenId::new(3).unwrap(),
                token: "space_x".to_owned()
            }),
            same(&TokenLine {
                id: TokenId::new(3).unwrap(),
                label: "laptop".to_owned().try_into().unwrap(),
                capabilities: Capabilities::all(),
                created_at: Timestamp::from_millis(1_600_000_000_000),
                expires_at: None,
                is_current: true,
                is_log_in: true,
            }),
        ]
    );
}

#[test]
fn visitors_and_reports() {
    let comment = || Some("They shout\nat everybody.".to_owned().try_into().unwrap());
    let clause = || Some("3.1".to_owned().try_into().unwrap());
    let network = || -> crate::text::NetworkName { "irc.libera".to_owned().try_into().unwrap() };
    let at = |seconds: i64| Timestamp::from_millis(1_600_000_000_000 + seconds * 1000);
    let member = || Member {
        kind: MemberKind::Visitor,
        name: "ann_irc".to_owned().try_into().unwrap(),
        display_name: Some("ann".to_owned().try_into().unwrap()),
        roles: [].into(),
        trust_level: 0,
        ..member()
    };
    let case = Case {
        id: CaseId::new(17).unwrap(),
        state: CaseState::Decided,
        post: PostId::new(1006).unwrap(),
        topic: TopicId::new(1004).unwrap(),
        title: "Hello".to_owned(),
        number: 2,
        author: member(),
        came_from: Some(case::CameFrom {
            network: network(),
            remote: "ann".to_owned().try_into().unwrap(),
        }),
        is_hidden: true,
        is_gone: false,
        evidence: vec![Evidence {
            revision: 1,
            source: "Hi".to_owned(),
            taken_at: at(0),
            sha256: "00".repeat(32),
        }],
        reports: vec![Report {
            alias: "reporter 1".to_owned(),
            reason: ReportReason::Other,
            comment: comment(),
            network: Some(network()),
            revision: 1,
            created_at: at(0),
            written_at: Some(at(-60)),
        }],
        opened_at: at(0),
        decision: Some(case::Decision {
            outcome: Outcome::Agree,
            by: MemberId::new(1003).unwrap(),
            decided_at: at(60),
            clause: clause(),
            note: comment(),
        }),
        earlier: vec![case::Decision {
            outcome: Outcome::Ignore,
            by: MemberId::new(1004).unwrap(),
            decided_at: at(30),
            clause: None,
            note: None,
        }],
        hidings: vec![Hiding {
            by: MemberId::new(1003).unwrap(),
            hidden_at: at(60),
            clause: clause(),
            note: comment(),
            restored_by: MemberId::new(1003),
            restored_at: Some(at(90)),
        }],
        is_reporter: true,
        revision: 2,
    };
    let open = Case {
        state: CaseState::Open,
        came_from: None,
        is_hidden: false,
        decision: None,
        earlier: Vec::new(),
        hidings: Vec::new(),
        is_reporter: false,
        ..case.clone()
    };
    let visitor = Visitor {
        member: member(),
        network: network(),
        accepted: Some(1),
        code: 2,
    };
    assert!(!visitor.has_accepted());
    assert_json_snapshot!(
        "visitors_and_reports",
        [
            same(&MeetVisitor {
                network: network(),
                remote: "~ann@host.example".to_owned().try_into().unwrap(),
                name: "ann".to_owned().try_into().unwrap(),
            }),
            same(&visitor),
            same(&AcceptCode {
                version: 1,
                language: Some("en".parse().unwrap())
            }),
            same(&Code {
                version: 1,
                language: "en".parse().unwrap(),
                title: "Code of conduct".to_owned().try_into().unwrap(),
                source: "# 1. Welcome".to_owned(),
                adopted_at: at(0),
            }),
            same(&CreateReport {
                reason: ReportReason::Inappropriate,
                comment: comment(),
                written_at: Some(at(-60)),
            }),
            same(&ReportReceipt {
                post: PostId::new(1006).unwrap(),
                reason: ReportReason::OffTopic,
                received_at: at(0),
            }),
            same(&HidePost {
                clause: clause(),
                note: comment()
            }),
            same(&HidePost::default()),
            same(&HiddenPost {
                post: PostId::new(1006).unwrap(),
                author: MemberId::new(1004),
                source: "Hi".to_owned(),
                by: MemberId::new(1003).unwrap(),
                hidden_at: at(60),
                clause: clause(),
                note: None,
            }),
            same(&DecideCase {
                revision: 1,
                outcome: Outcome::Disagree,
                clause: None,
                note: comment(),
                hide: false,
                keep_hidden: false,
                correct: false,
            }),
            same(&DecideCase {
                revision: 2,
                outcome: Outcome::Disagree,
                clause: clause(),
                note: None,
                hide: false,
                keep_hidden: true,
                correct: true,
            }),
            same(&Hidings {
                hidings: case.hidings.clone(),
            }),
            same(&CasePage {
                cases: vec![case, open],
                open: Some(1),
                next: CaseId::new(17)
            }),
            same(
                &"read relay:write report:create"
                    .parse::<Capabilities>()
                    .unwrap()
            ),
        ]
    );
}

#[test]
fn problems() {
    let codes: Vec<(u16, &str)> = ProblemCode::ALL
        .iter()
        .map(|code| (code.status(), code.word()))
        .collect();
    let mut conflict = Problem::new(ProblemCode::Conflict, "the post was changed since")
        .hint("merge the two texts");
    conflict.conflict = Some(Conflict {
        revision: 3,
        theirs: "b".to_owned(),
        yours: "a".to_owned(),
    });
    assert_json_snapshot!("problems", (codes, same(&conflict)));
}

#[test]
fn secrets_are_not_in_debug_texts() {
    let session = Session {
        token: "space_secret".to_owned(),
        member: member(),
    };
    let new = NewToken {
        id: TokenId::new(3).unwrap(),
        token: "space_secret".to_owned(),
    };
    let login = LogIn {
        name: "alice".to_owned().try_into().unwrap(),
        password: "space_secret".to_owned(),
        label: "laptop".to_owned().try_into().unwrap(),
    };
    let codes = DeviceCodes {
        device_code: "space_secret".to_owned(),
        user_code: UserCode::parse("wdjb mjht").unwrap(),
        verification_uri: String::new(),
        verification_uri_complete: String::new(),
        expires_in: 600,
        interval: 5,
    };
    let ask = AskForToken {
        device_code: "space_secret".to_owned(),
    };
    assert!(!format!("{session:?}{new:?}{login:?}{codes:?}{ask:?}").contains("secret"));
}

proptest! {
    #[test]
    fn any_line_is_read_without_panic(line in "\\PC{0,200}") {
        let _ = FeedLine::read(&line);
    }

    #[test]
    fn any_source_travels_unchanged_on_one_line(source in ".{0,200}") {
        let row = FeedRow {
            scope: Scope::Public,
            kind: Kind::Post,
            id: 1006,
            body: Some(Body::Post(Post { source, ..post() })),
        };
        let mut out = Vec::new();
        row.write(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        prop_assert_eq!(text.lines().count(), 1);
        prop_assert_eq!(FeedLine::read(text.trim_end_matches('\n')).unwrap(), FeedLine::Row(row));
    }
}
