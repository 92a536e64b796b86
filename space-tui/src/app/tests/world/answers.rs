// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the made-up replica answers.

use std::sync::Arc;

use space_core::client::outbox::{PostRef, TopicRef};
use space_core::client::replica::TopicState;
use space_core::{MemberId, PostId, TopicId};

use super::World;
use crate::app::items::{
    FoundPart, HitItem, NextUnread, Overview, PostItem, PostKey, ThreadPart, TopicItem, TopicsPart,
};
use crate::app::message::{Answer, Around, Filter, Place, Query, Shape, View};
use crate::app::outline::{Mark, Outline};
use crate::compose::{Answered, Start, Subject, Writing};

impl World {
    pub(in crate::app::tests) fn answer(&self, query: &Query) -> Answer {
        match query {
            Query::Topics {
                filter,
                around,
                reach,
            } => {
                let mut rows: Vec<_> = self
                    .topics
                    .iter()
                    .filter(|row| shows(filter, row))
                    .cloned()
                    .collect();
                rows.sort_by_key(|row| std::cmp::Reverse(row.key()));
                let at = match around {
                    Around::Start => 0,
                    Around::End => rows.len(),
                    Around::At(key) => rows.iter().take_while(|row| row.key() > *key).count(),
                };
                let (from, to) = (at.saturating_sub(*reach), (at + reach).min(rows.len()));
                Answer::Topics(TopicsPart {
                    is_start: from == 0,
                    is_end: to == rows.len(),
                    rows: rows[from..to].to_vec(),
                    author: None,
                })
            }
            Query::Thread {
                topic,
                place,
                reach,
                shape,
            } => {
                let Some(row) = self.topics.iter().find(|row| row.id == *topic) else {
                    return Answer::Failed("no such topic".to_owned());
                };
                let mut posts: Vec<_> = self
                    .posts
                    .iter()
                    .filter(|post| post.topic == *topic)
                    .cloned()
                    .collect();
                let marks: Vec<Mark> = posts
                    .iter()
                    .filter_map(|post| match post.key {
                        PostKey::Id(id) => Some(Mark {
                            id,
                            number: post.number,
                            reply_to: post.reply_to.as_ref().map(|to| to.id),
                            is_own: post.author == "charlie",
                        }),
                        PostKey::Outbox(_) => None,
                    })
                    .collect();
                let outline = Arc::new(Outline::new(&marks));
                let number = match place {
                    Place::Unread if row.is_unread() => row.read_number + 1,
                    Place::Unread => row.last_number,
                    Place::Number(number) => *number,
                    Place::Post(id) => posts
                        .iter()
                        .find(|p| p.key == PostKey::Id(*id))
                        .map_or(1, |p| p.number),
                };
                let (at, near) = if let Shape::Tree { folded } = shape {
                    let open = outline.open(folded);
                    let rank =
                        |post: &PostItem| open.iter().position(|k| PostKey::Id(k.id) == post.key);
                    posts.retain(|post| rank(post).is_some() || post.waiting.is_some());
                    posts.sort_by_key(|post| rank(post).unwrap_or(usize::MAX));
                    let at = posts.iter().position(|post| post.number == number);
                    let near = outline.window(&open, number, *reach);
                    (at.unwrap_or(near.end.saturating_sub(1)), near)
                } else {
                    let before = posts.iter().take_while(|post| post.number < number);
                    let at = before.count().min(posts.len().saturating_sub(1));
                    (at, at.saturating_sub(*reach)..(at + reach).min(posts.len()))
                };
                let (from, to) = (near.start, near.end);
                Answer::Thread(Box::new(ThreadPart {
                    topic: row.clone(),
                    at: posts.get(at).map(|post| post.key.clone()),
                    is_start: from == 0,
                    is_end: to == posts.len(),
                    posts: posts[from..to].to_vec(),
                    outline,
                }))
            }
            Query::Complete { .. } => Answer::Complete(None),
            Query::Post(id) => {
                let found = self.posts.iter().find(|p| p.key == PostKey::Id(*id));
                Answer::Post(found.cloned().map(Box::new))
            }
            Query::Locate(number) => {
                let id = PostId::new(*number).unwrap();
                let found = self.posts.iter().find(|p| p.key == PostKey::Id(id));
                Answer::Locate(found.map(|post| (post.topic, Place::Post(id))))
            }
            Query::Search { words, limit, .. } => {
                let found = self
                    .posts
                    .iter()
                    .filter(|post| post.source.contains(words.as_str()));
                Answer::Search(FoundPart {
                    words: words.clone(),
                    is_start: true,
                    hits: found
                        .take(*limit)
                        .filter_map(|post| match post.key {
                            PostKey::Id(id) => Some(HitItem {
                                post: id,
                                number: post.number,
                                topic: post.topic,
                                title: "Welcome to the space".to_owned(),
                                author: post.author.clone(),
                                author_id: MemberId::new(1).unwrap(),
                                created_at: post.created_at,
                                title_marks: Vec::new(),
                                excerpt: post.source.replace('\n', " "),
                                marks: Vec::new(),
                            }),
                            PostKey::Outbox(_) => None,
                        })
                        .collect(),
                    ..FoundPart::default()
                })
            }
            Query::NextUnread { after, category } => {
                let here = self.topics.iter().find(|row| Some(row.id) == *after);
                let category = here.map(|row| row.category).or(*category);
                let others = self
                    .topics
                    .iter()
                    .filter(|row| row.is_unread() && Some(row.id) != *after);
                let found = others
                    .clone()
                    .find(|row| Some(row.category) == category)
                    .or(others.clone().next());
                Answer::NextUnread(found.map(|row| NextUnread {
                    topic: row.id,
                    category: row.category,
                    category_name: row.category_name.clone(),
                }))
            }
            Query::Places => Answer::Places(self.places()),
            Query::Find { .. } => Answer::Find(Vec::new()),
            Query::Compose(subject) => Answer::Compose(Box::new(Start {
                writing: Writing {
                    subject: *subject,
                    title: String::new(),
                    category: None,
                    source: String::new(),
                    language: None,
                    base: None,
                },
                is_kept: false,
                is_topic: matches!(subject, Subject::NewTopic(_) | Subject::NewTopicAnywhere),
                has_language: true,
                topic: match subject {
                    Subject::Reply(TopicRef::Sent(topic)) => Some(*topic),
                    Subject::ReplyTo(PostRef::Sent(post)) => TopicId::new(post.get() / 1000),
                    _ => None,
                },
                topic_title: "Welcome to the space".to_owned(),
                answered: None,
                people: vec!["alice".to_owned(), "bob".to_owned()],
                blank: String::new(),
            })),
            Query::Quote(post) => Answer::Quote(Answered {
                post: Some(*post),
                author: "alice".to_owned(),
                source: "One.\n\nTwo.".to_owned(),
            }),
            Query::Names { .. } => Answer::Names(vec!["charlie".to_owned()]),
            Query::Outbox => Answer::Outbox(Vec::new()),
            Query::Drafts => Answer::Drafts(Vec::new()),
            Query::Conflict(_) => Answer::Failed("no such edit".to_owned()),
            Query::Overview => Answer::Overview(Overview {
                space: "Example".to_owned(),
                queued: self
                    .posts
                    .iter()
                    .filter(|post| post.waiting.is_some())
                    .count(),
                refused: 0,
                unread_topics: self.topics.iter().filter(|row| row.is_unread()).count(),
            }),
        }
    }
}

fn shows(filter: &Filter, row: &TopicItem) -> bool {
    let is_there = filter
        .category
        .is_none_or(|category| row.category == category);
    is_there
        && match filter.view {
            View::Latest | View::Top => true,
            View::Unread => row.state == TopicState::Unread,
            View::New => row.state == TopicState::New,
            View::Bookmarks => row.bookmark.is_some(),
        }
}
