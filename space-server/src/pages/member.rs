// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `/m/NAME`: a member, and what they wrote last that everybody may read.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use maud::{Markup, html};
use space_core::text::MemberName;
use space_core::{Member, MemberKind, Post, Topic, TopicId};

use super::frame::{DESCRIPTION, Meta, Page, Thing};
use super::open::Open;
use super::parts;
use super::scene::{Scene, path_of_member, path_of_post};
use super::texts::Texts;
use super::topic::source_of;
use super::trouble::Trouble;
use super::visit::{Drawn, Visit};
use super::words::fill;
use crate::store::{Executor, Result, member, post, topic};

/// Posts on the page.
const POSTS: usize = 20;
/// How many posts are looked through at once, and how often: somebody may write most in places that are closed.
const LOOK: usize = 60;
const LOOKS: usize = 20;

/// `GET /m/NAME`
pub(super) async fn show(
    visit: Visit,
    name: std::result::Result<Path<String>, PathRejection>,
) -> Response {
    let drawn = draw(&visit, name.ok().map(|Path(name)| name)).await;
    visit.answer(drawn).await
}

async fn draw(visit: &Visit, name: Option<String>) -> std::result::Result<Drawn, Trouble> {
    let name = name.and_then(|name| MemberName::parse(&name).ok());
    let name = name.ok_or(Trouble::Missing)?;
    let (scene, (member, posts)) = visit
        .read(move |x, open: &Open| {
            Box::pin(async move {
                let Some(id) = member::shown_by_name(x, &name).await? else {
                    return Ok(None);
                };
                let Some(member) = member::by_id(x, id).await? else {
                    return Ok(None);
                };
                let posts = latest(x, open, &member).await?;
                Ok(Some((member, posts)))
            })
        })
        .await?;
    let sources = posts
        .iter()
        .map(|(post, _)| (post.id.get(), source_of(post)));
    let texts = Texts::read(visit, sources.collect()).await?;
    Visit::draw(scene, move |scene| whole(scene, &member, &posts, &texts)).await
}

/// Lists what a member wrote last in categories that are open, with the topics.
async fn latest(x: &mut Executor<'_>, open: &Open, member: &Member) -> Result<Vec<(Post, Topic)>> {
    let seen = open.ids();
    let mut ids: Vec<i64> = Vec::new();
    let mut before = (i64::MAX, i64::MAX);
    for _ in 0..LOOKS {
        let found = post::of_author(x, member.id, before, LOOK).await?;
        if let Some((last, _, at)) = found.last() {
            before = (at.millis(), last.get());
        }
        let is_end = found.len() < LOOK;
        let here = found
            .into_iter()
            .filter(|(_, category, _)| seen.contains(category));
        ids.extend(here.map(|(id, ..)| id.get()));
        if is_end || ids.len() >= POSTS {
            break;
        }
    }
    ids.truncate(POSTS);
    let posts = post::by_ids(x, &ids).await?;
    let topics: BTreeSet<i64> = posts.iter().map(|found| found.post.topic.get()).collect();
    let topics: Vec<i64> = topics.into_iter().collect();
    let topics = topic::by_ids(x, &topics).await?;
    let topics: BTreeMap<TopicId, Topic> = topics
        .into_iter()
        .map(|line| (line.topic.id, line.topic))
        .collect();
    let mut posts: Vec<(Post, Topic)> = posts
        .into_iter()
        .filter_map(|found| Some((topics.get(&found.post.topic)?.clone(), found.post)))
        .map(|(topic, post)| (post, topic))
        .collect();
    posts.sort_unstable_by_key(|(post, _)| std::cmp::Reverse((post.created_at, post.id)));
    Ok(posts)
}

fn whole(scene: &Scene, member: &Member, posts: &[(Post, Topic)], texts: &Texts) -> Page {
    let words = scene.words;
    let name = member.name.as_str();
    let shown = match member.kind {
        MemberKind::Visitor => member.shown_name(),
        MemberKind::Person | MemberKind::Staff | MemberKind::Bot => member.full_name(),
    };
    let duties: Vec<&str> = member.roles.iter().map(|role| words.role(*role)).collect();
    let kind = words.kind(member.kind);
    let body = html! {
        h1 dir="auto" { (shown) }
        p class="meta" {
            bdi { "@" (name) } " · " (kind)
            @for duty in &duties { " · " (duty) }
            " · " (fill(words.since, &[("when", parts::day(member.created_at))]))
        }
        section aria-labelledby="recent" {
            h2 id="recent" { (words.recent) }
            @if posts.is_empty() {
                p { (words.no_posts) }
            } @else {
                ul class="found" {
                    @for (post, topic) in posts { (line(scene, post, topic, texts)) }
                }
            }
        }
    };
    let about: Vec<&str> = [kind].into_iter().chain(duties.iter().copied()).collect();
    Page {
        meta: Meta {
            title: if shown == name {
                format!("@{name}")
            } else {
                format!("{shown} (@{name})")
            },
            description: about.join(" · "),
            path: path_of_member(&member.name),
            // A page about somebody is for those who look here, and not for those who search the web for a name.
            is_indexed: false,
            thing: Thing::Profile {
                name: name.to_owned(),
            },
            ..Meta::default()
        },
        way: Vec::new(),
        body,
    }
}

fn line(scene: &Scene, post: &Post, topic: &Topic, texts: &Texts) -> Markup {
    html! {
        li {
            h3 lang=(scene.language_of(topic)) dir="auto" {
                a href=(scene.link(&path_of_post(post.id))) { (topic.title) }
            }
            p class="meta" {
                @if let Some(category) = scene.open.category(topic.category) {
                    (parts::category(scene, category)) " · "
                }
                (parts::time(post.created_at))
            }
            p lang=(scene.language_of_post(topic, post)) dir="auto" {
                (texts.excerpt(post.id.get(), DESCRIPTION))
            }
        }
    }
}
