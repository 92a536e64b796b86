// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A profile with a local copy, in a temporary folder; its server does not answer.

use std::process::Command;

use space_core::client::Replica;
use space_core::protocol::{Body, FeedRow};
use space_core::text::{About, Label, MemberName, Slug, TopicTitle};
use space_core::{
    Category, CategoryId, Member, MemberId, MemberKind, Post, PostId, PostKind, PostTally, Scope,
    Space, Timestamp, Topic, TopicId, TopicTally,
};
use space_tui::profile::{Folders, Profile};
use tempfile::TempDir;

/// Where nothing listens: the discard port of this machine.
const SERVER: &str = "http://127.0.0.1:9";

/// The folder.
pub(crate) struct House {
    place: TempDir,
}

/// How a command ended.
pub(crate) struct Done {
    /// Its exit code.
    pub(crate) code: i32,
    /// What it printed.
    pub(crate) out: String,
    /// What it complained of.
    pub(crate) err: String,
}

impl House {
    /// Makes a profile of Alice.
    pub(crate) fn new() -> Self {
        Self::of(Some("Alice"))
    }

    /// Makes a profile of a guest.
    pub(crate) fn guest() -> Self {
        Self::of(None)
    }

    fn of(member: Option<&str>) -> Self {
        let house = Self {
            place: tempfile::tempdir().expect("a temporary folder"),
        };
        let folders = house.folders();
        let member = member.map(|name| MemberName::parse(name).expect("a name"));
        let profile = Profile {
            server: SERVER.to_owned(),
            member,
            allow_plain_http: false,
            window: space_core::client::sync::Window::default(),
        };
        folders.save("default", &profile).expect("a profile");
        if let Some(name) = profile.member {
            let account = space_core::client::credentials::Account {
                server: profile.server,
                name,
            };
            let token = space_core::client::Token::new("space_test").expect("a token");
            folders
                .credentials()
                .save(&account, &token)
                .expect("a kept token");
        }
        let mut replica =
            Replica::open(&folders.replica("default").expect("a folder")).expect("a replica");
        replica.set_me(MemberId::new(2)).expect("a member");
        replica
            .apply(
                &rows(),
                Some(&space_core::protocol::Cursor("c1".to_owned())),
            )
            .expect("rows");
        house
    }

    /// Adds a topic with these posts, of Bob. Its number and those after it must be free.
    pub(crate) fn adds(&self, id: i64, title: &str, posts: &[&str]) {
        let mut bodies = Vec::new();
        topic(id, title, 20, posts.len(), &mut bodies);
        for (number, source) in (1..).zip(posts) {
            post(id, 1000 + number, number, 3, None, source, &mut bodies);
        }
        let file = self.folders().replica("default").expect("a folder");
        let mut replica = Replica::open(&file).expect("a replica");
        replica.apply(&public(bodies), None).expect("rows");
    }

    /// Returns the folders of the profile.
    pub(crate) fn folders(&self) -> Folders {
        Folders {
            data: self.place.path().join("data"),
            config: self.place.path().join("config"),
        }
    }

    /// Runs the program.
    pub(crate) fn space(&self, args: &[&str]) -> Done {
        self.space_with(&[], args)
    }

    /// Runs the program with more in its environment. The keyring of whoever runs the tests stays out of it.
    pub(crate) fn space_with(&self, variables: &[(&str, &str)], args: &[&str]) -> Done {
        let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
        command.args(args).env_clear().env("SPACE_KEYRING", "off");
        self.run(command.envs(variables.iter().copied()))
    }

    /// Runs a command on this house.
    pub(crate) fn run(&self, command: &mut Command) -> Done {
        let folders = self.folders();
        let output = command
            .env("SPACE_DATA_DIR", &folders.data)
            .env("SPACE_CONFIG_DIR", &folders.config)
            .env("LC_ALL", "C")
            .stdin(std::process::Stdio::null())
            .output()
            .expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Done {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

const HOSTILE: &str = "hostile \u{1b}[2J\u{1b}]52;c;eA==\u{7} \u{9b}31m \u{202e}text";

fn moment(minutes: i64) -> Timestamp {
    Timestamp::from_millis(1_600_000_000_000 + minutes * 60_000)
}

fn rows() -> Vec<FeedRow> {
    let label = |text: &str| Label::parse(text).expect("a label");
    let mut bodies = vec![
        (
            1,
            Body::Space(Space {
                name: label("Example"),
                about: About::parse("A place").expect("a description"),
                created_at: moment(0),
                revision: 1,
                identity: None,
            }),
        ),
        (
            10,
            Body::Category(Category {
                id: CategoryId::new(10).expect("an id"),
                parent: None,
                slug: Slug::parse("meta").expect("a slug"),
                name: label("Meta"),
                about: About::parse("About").expect("a description"),
                colour: None,
                icon: None,
                language: None,
                position: 0,
                is_open: true,
                created_at: moment(0),
                revision: 1,
            }),
        ),
    ];
    for (id, name) in [(2, "Alice"), (3, "Bob")] {
        bodies.push((
            id,
            Body::Member(Member {
                id: MemberId::new(id).expect("an id"),
                kind: MemberKind::Person,
                name: MemberName::parse(name).expect("a name"),
                display_name: None,
                roles: std::collections::BTreeSet::default(),
                trust_level: 1,
                created_at: moment(0),
                revision: 1,
            }),
        ));
    }
    topic(20, "Welcome", 1, 2, &mut bodies);
    topic(21, "Trains without network", 9, 1, &mut bodies);
    post(
        20,
        30,
        1,
        2,
        None,
        "Hello *everyone*!\n\n- read [the rules](https://example.org/rules)\n- have fun",
        &mut bodies,
    );
    post(
        20,
        31,
        2,
        3,
        Some(30),
        "> @Alice, #30:\n> Hello everyone!\n\nThanks.",
        &mut bodies,
    );
    post(21, 32, 1, 3, None, HOSTILE, &mut bodies);
    public(bodies)
}

fn public(bodies: Vec<(i64, Body)>) -> Vec<FeedRow> {
    bodies
        .into_iter()
        .map(|(id, body)| FeedRow {
            scope: Scope::Public,
            kind: body.kind(),
            id,
            body: Some(body),
        })
        .collect()
}

fn topic(id: i64, title: &str, last: i64, posts: usize, bodies: &mut Vec<(i64, Body)>) {
    let of = TopicId::new(id).expect("an id");
    bodies.push((
        id,
        Body::Topic(Topic {
            id: of,
            category: CategoryId::new(10).expect("an id"),
            author: MemberId::new(2).expect("an id"),
            title: TopicTitle::parse(title).expect("a title"),
            language: None,
            tags: match id {
                20 => "meta wiki".parse().expect("tags"),
                _ => space_core::Tags::default(),
            },
            answer: None,
            is_closed: false,
            is_archived: false,
            is_pinned: false,
            is_unlisted: false,
            created_at: moment(0),
            revision: 1,
        }),
    ));
    let posts = i64::try_from(posts).expect("a number");
    bodies.push((
        id,
        Body::TopicTally(TopicTally {
            topic: of,
            posts,
            last_number: posts,
            last_post_at: moment(last),
            last_poster: MemberId::new(3).expect("an id"),
            views: 5,
            likes: 1,
        }),
    ));
}

fn post(
    topic: i64,
    id: i64,
    number: i64,
    author: i64,
    reply_to: Option<i64>,
    source: &str,
    bodies: &mut Vec<(i64, Body)>,
) {
    let topic = TopicId::new(topic).expect("an id");
    bodies.push((
        id,
        Body::Post(Post {
            id: PostId::new(id).expect("an id"),
            topic,
            number,
            author: MemberId::new(author).expect("an id"),
            reply_to: reply_to.and_then(PostId::new),
            kind: PostKind::Regular,
            source: source.to_owned(),
            notice: None,
            language: None,
            is_hidden: false,
            created_at: moment(number),
            written_at: None,
            edited_at: None,
            revision: 1,
        }),
    ));
    bodies.push((
        id,
        Body::PostTally(PostTally {
            post: PostId::new(id).expect("an id"),
            topic,
            likes: number - 1,
        }),
    ));
}
