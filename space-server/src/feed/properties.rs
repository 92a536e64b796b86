// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Whatever happens, and wherever a follower is cut off: in the end it holds what a fresh one holds, no more, no less.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestRunner};
use serde_json::json;
use space_core::policy::Capabilities;
use space_core::protocol::{Body, FeedLine, FeedOlder, FeedOrder};
use space_core::text::MemberName;
use space_core::{MemberId, Role, Scope};

use crate::store::actor::{self, Sights};
use crate::store::{group, head};
use crate::testing::{House, Mirror, On};
use crate::writer::commands::scope_move::MoveStep;

const PEOPLE: [&str; 5] = ["alice", "bob", "charlie", "dora", "mallory"];
const FOLLOWERS: [&str; 4] = ["nobody", "bob", "charlie", "mallory"];
const ACCESS: [&[&str]; 5] = [
    &["everyone read", "members start"],
    &["everyone read", "members reply"],
    &["members start"],
    &["staff start"],
    &["group"],
];

/// Something that happens. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Event {
    Start {
        who: usize,
        category: usize,
    },
    Reply {
        who: usize,
        topic: usize,
    },
    Edit {
        post: usize,
    },
    Delete {
        post: usize,
    },
    Move {
        topic: usize,
        category: usize,
    },
    Access {
        category: usize,
        access: usize,
    },
    Group {
        who: usize,
        is_in: bool,
    },
    Moderator {
        who: usize,
        holds: bool,
    },
    Read {
        who: usize,
        topic: usize,
        number: i64,
    },
    Bookmark {
        who: usize,
        target: usize,
        is_there: bool,
    },
    CatchUp {
        who: usize,
        category: usize,
        until: i64,
    },
    /// A report, which a follower must not notice.
    Report {
        who: usize,
        post: usize,
        follower: usize,
    },
    Hide {
        post: usize,
        is_hidden: bool,
    },
    /// One step of a move of rows between scopes.
    Chore,
    /// A follower reads a page of so many rows, and may leave what is older for later.
    Follow {
        follower: usize,
        limit: usize,
        leaves_older: bool,
    },
}

fn event() -> impl Strategy<Value = Event> {
    let one = 0..100_usize;
    prop_oneof![
        3 => (one.clone(), one.clone()).prop_map(|(who, category)| Event::Start { who, category }),
        6 => (one.clone(), one.clone()).prop_map(|(who, topic)| Event::Reply { who, topic }),
        2 => one.clone().prop_map(|post| Event::Edit { post }),
        2 => one.clone().prop_map(|post| Event::Delete { post }),
        2 => (one.clone(), one.clone()).prop_map(|(topic, category)| Event::Move { topic, category }),
        3 => (one.clone(), one.clone()).prop_map(|(category, access)| Event::Access { category, access }),
        3 => (one.clone(), any::<bool>()).prop_map(|(who, is_in)| Event::Group { who, is_in }),
        2 => (one.clone(), any::<bool>()).prop_map(|(who, holds)| Event::Moderator { who, holds }),
        2 => (one.clone(), one.clone(), 0..3_i64).prop_map(|(who, topic, number)| Event::Read { who, topic, number }),
        2 => (one.clone(), one.clone(), any::<bool>()).prop_map(|(who, target, is_there)| Event::Bookmark { who, target, is_there }),
        1 => (one.clone(), one.clone(), 0..2_i64).prop_map(|(who, category, until)| Event::CatchUp { who, category, until }),
        2 => (one.clone(), one.clone(), one.clone()).prop_map(|(who, post, follower)| Event::Report { who, post, follower }),
        3 => (one.clone(), any::<bool>()).prop_map(|(post, is_hidden)| Event::Hide { post, is_hidden }),
        2 => Just(Event::Chore),
        10 => (one.clone(), 1..8_usize, any::<bool>()).prop_map(|(follower, limit, leaves_older)| {
            Event::Follow { follower, limit, leaves_older }
        }),
    ]
}

struct Story<'h> {
    house: &'h House,
    board: i64,
    categories: Vec<i64>,
    topics: Vec<i64>,
    posts: Vec<i64>,
    followers: Vec<Mirror>,
}

fn pick<T: Copy>(from: &[T], number: usize) -> Option<T> {
    (!from.is_empty()).then(|| from[number % from.len()])
}

impl Story<'_> {
    /// Lets something happen. A refusal is as good as a success: the feed must be right after either.
    async fn happen(&mut self, event: &Event) {
        let house = self.house;
        match *event {
            Event::Start { who, category } => {
                let who = PEOPLE[who % PEOPLE.len()];
                let category = pick(&self.categories, category).unwrap();
                let body = json!({"category": category, "title": "A topic", "source": "a post"});
                let answer = house.tell(who, "POST /v1/topics", body).await;
                if answer.status.is_success() {
                    self.topics
                        .push(answer.body["topic"]["id"].as_i64().unwrap());
                    self.posts.push(answer.body["post"]["id"].as_i64().unwrap());
                }
            }
            Event::Reply { who, topic } => {
                let Some(topic) = pick(&self.topics, topic) else {
                    return;
                };
                let line = format!("POST /v1/topics/{topic}/posts");
                let answer = house
                    .tell(
                        PEOPLE[who % PEOPLE.len()],
                        &line,
                        json!({"source": "a reply"}),
                    )
                    .await;
                if answer.status.is_success() {
                    self.posts.push(answer.body["id"].as_i64().unwrap());
                }
            }
            Event::Edit { post } => {
                let Some(post) = pick(&self.posts, post) else {
                    return;
                };
                let found = house.get("alice", &format!("/v1/posts/{post}")).await;
                let revision = found.body["revision"].as_i64().unwrap_or(0);
                let body = json!({"revision": revision, "source": "edited"});
                house
                    .tell("alice", &format!("PUT /v1/posts/{post}"), body)
                    .await;
            }
            Event::Delete { post } => {
                let Some(post) = pick(&self.posts, post) else {
                    return;
                };
                house
                    .ask("alice", &format!("DELETE /v1/posts/{post}"), None, None)
                    .await;
            }
            Event::Move { topic, category } => {
                let Some(topic) = pick(&self.topics, topic) else {
                    return;
                };
                let found = house.get("alice", &format!("/v1/topics/{topic}")).await;
                let body = json!({"revision": found.body["topic"]["revision"], "category": pick(&self.categories, category)});
                house
                    .tell("alice", &format!("PATCH /v1/topics/{topic}"), body)
                    .await
                    .ok();
            }
            Event::Access { category, access } => {
                let category = pick(&self.categories, category).unwrap();
                let group = format!("group:{} start", self.board);
                let rules: Vec<&str> = ACCESS[access % ACCESS.len()]
                    .iter()
                    .map(|rule| {
                        if *rule == "group" {
                            group.as_str()
                        } else {
                            rule
                        }
                    })
                    .collect();
                house.set_access(category, &rules).await;
            }
            Event::Group { who, is_in } => {
                house
                    .put_in(self.board, PEOPLE[who % PEOPLE.len()], is_in)
                    .await;
            }
            Event::Moderator { who, holds } => {
                let name = MemberName::parse(PEOPLE[who % PEOPLE.len()]).unwrap();
                house
                    .operator
                    .set_role(&name, Role::Moderator, holds)
                    .await
                    .unwrap();
            }
            Event::Bookmark {
                who,
                target,
                is_there,
            } => {
                let all = [&self.topics[..], &self.posts[..]].concat();
                let Some(target) = pick(&all, target) else {
                    return;
                };
                let who = PEOPLE[who % PEOPLE.len()];
                let line = format!("/v1/bookmarks/{target}");
                if is_there {
                    let body = json!({"note": format!("of {who}")});
                    house.tell(who, &format!("PUT {line}"), body).await;
                } else {
                    house.ask(who, &format!("DELETE {line}"), None, None).await;
                }
            }
            Event::CatchUp {
                who,
                category,
                until,
            } => {
                let category = pick(&self.categories, category);
                let body = json!({"places": [{"category": category, "until": until}]});
                house
                    .tell(PEOPLE[who % PEOPLE.len()], "PUT /v1/caught-up", body)
                    .await;
            }
            Event::Read { who, topic, number } => {
                let Some(topic) = pick(&self.topics, topic) else {
                    return;
                };
                let line = format!("PUT /v1/topics/{topic}/read");
                house
                    .tell(
                        PEOPLE[who % PEOPLE.len()],
                        &line,
                        json!({"number": number, "unread": [1]}),
                    )
                    .await;
            }
            Event::Report {
                who,
                post,
                follower,
            } => {
                let Some(post) = pick(&self.posts, post) else {
                    return;
                };
                let follower = FOLLOWERS[follower % FOLLOWERS.len()];
                let before = Mirror::fresh(house, follower).await;
                let mut since = house.feed(follower, "").await.unwrap();
                let scopes = crate::testing::readable(house, follower).await;
                // The operator's commands are another process to the hub: what they moved is known from here on.
                let head = house.app.store.read(|x| Box::pin(head::read(x)));
                let head = head.await.unwrap();
                house.app.hub.stands_at(crate::feed::Stand {
                    seq: head.seq,
                    rights: head.rights,
                });
                let mut watch = house.app.hub.watch();
                let line = format!("POST /v1/posts/{post}/report");
                let body = json!({"reason": "other", "comment": "of a story"});
                house.tell(PEOPLE[who % PEOPLE.len()], &line, body).await;
                {
                    let moved = std::pin::pin!(watch.moved(&scopes));
                    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
                    assert!(
                        moved.poll(&mut context).is_pending(),
                        "{follower} was woken"
                    );
                }
                let after = Mirror::fresh(house, follower).await;
                assert_eq!(before.held(), after.held(), "{follower}");
                // Read from zero it is the same page, too: nothing has moved to the head.
                let mut again = house.feed(follower, "").await.unwrap();
                for lines in [&mut since, &mut again] {
                    lines.retain(|line| matches!(line, FeedLine::Row(_)));
                }
                assert_eq!(since, again, "{follower}");
            }
            Event::Hide { post, is_hidden } => {
                let Some(post) = pick(&self.posts, post) else {
                    return;
                };
                let what = if is_hidden { "hide" } else { "restore" };
                let line = format!("POST /v1/posts/{post}/{what}");
                house.ask("alice", &line, None, None).await;
            }
            Event::Chore => {
                house.app.writer.submit(MoveStep).await.unwrap();
            }
            Event::Follow {
                follower,
                limit,
                leaves_older,
            } => {
                let at = follower % self.followers.len();
                let mirror = &mut self.followers[at];
                mirror.older = if leaves_older {
                    FeedOlder::Later
                } else {
                    FeedOlder::Now
                };
                mirror
                    .step(house, FOLLOWERS[at % FOLLOWERS.len()], limit)
                    .await
                    .unwrap();
            }
        }
    }

    async fn ends_well(&mut self) {
        self.house.do_chores().await;
        for (mirror, who) in self.followers.iter_mut().zip(FOLLOWERS.iter().cycle()) {
            mirror.older = FeedOlder::Now;
            mirror.catch_up(self.house, who).await;
            let fresh = Mirror::fresh(self.house, who).await;
            assert_eq!(mirror.keys(), fresh.keys(), "{who}");
            assert_eq!(mirror.held(), fresh.held(), "{who}");
            for (_, body) in fresh.held().values() {
                let says =
                    matches!(body, Body::Post(post) if post.is_hidden && !post.source.is_empty());
                assert!(!says, "{who}: {body:?}");
            }
        }
        for who in PEOPLE {
            self.grants_are_what_policy_says(who).await;
        }
    }

    /// What members have been told they may read is what they may read.
    async fn grants_are_what_policy_says(&self, who: &str) {
        let id = MemberId::new(self.house.id(who)).unwrap();
        let (told, may) = self
            .house
            .app
            .store
            .read(move |x| {
                Box::pin(async move {
                    let told: BTreeSet<i64> = group::grants_of(x, id).await?.into_iter().collect();
                    let actor = actor::member(x, id, Capabilities::all()).await?.unwrap();
                    let sights = Sights::load(x).await?;
                    let may: BTreeSet<i64> = sights
                        .scopes(&actor)
                        .into_iter()
                        .filter_map(Scope::grant_id)
                        .collect();
                    Ok((told, may))
                })
            })
            .await
            .unwrap();
        assert_eq!(told, may, "{who}");
    }
}

/// Runs some random histories; `PROPTEST_CASES` asks for more than a test run should take.
fn run(on: On, cases: u32) {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(cases);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let config = Cases {
        cases,
        max_shrink_iters: 40,
        failure_persistence: None,
        ..Cases::default()
    };
    let events = prop::collection::vec(event(), 20..120);
    let told = TestRunner::new(config).run(&events, |events| {
        runtime.block_on(async {
            let Some(house) = House::new(on).await else {
                return;
            };
            let board = house.group("board", "dora").await;
            let categories = vec![
                house.category("news", ACCESS[0]).await,
                house.category("hall", ACCESS[0]).await,
                house
                    .category("secret", &[&format!("group:{board} start")])
                    .await,
            ];
            // Each of them twice: once from the oldest on, and once with the newest first.
            let followers = [FeedOrder::Oldest, FeedOrder::Newest]
                .into_iter()
                .flat_map(|order| FOLLOWERS.map(|_| Mirror::reading(order)))
                .collect();
            let mut story = Story {
                house: &house,
                board,
                categories,
                topics: Vec::new(),
                posts: Vec::new(),
                followers,
            };
            for event in &events {
                story.happen(event).await;
            }
            story.ends_well().await;
        });
        Ok(())
    });
    if let Err(error) = told {
        panic!("{error}");
    }
}

#[test]
fn a_follower_cut_off_anywhere_ends_equal_to_a_fresh_one_on_sqlite() {
    run(On::Sqlite, 24);
}

#[test]
fn a_follower_cut_off_anywhere_ends_equal_to_a_fresh_one_on_postgres() {
    run(On::Postgres, 6);
}
