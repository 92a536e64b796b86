// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Feeds for feed readers (Atom, RFC 4287): the latest topics of the space or a category, the latest posts of a topic.

mod atom;
mod id;

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use space_core::markup::web::uri;
use space_core::protocol::TopicLine;
use space_core::{Category, Post, PostId, Timestamp, Topic, TopicId};

use atom::{Author, Category as Term, Entry, Feed, InReplyTo};
use id::urn;

use super::home::by_ids;
use super::open::Open;
use super::parts::Members;
use super::scene::{
    Scene, path_of_category, path_of_member, path_of_post, path_of_topic, shown_name,
};
use super::texts::{In, Texts};
use super::topic::{open_topic, source_of};
use super::trouble::Trouble;
use super::visit::{Drawn, Visit, work};
use super::words::fill_plain;
use crate::store::{Executor, Result, post, topic};

/// Entries of a feed.
const ENTRIES: usize = 30;

/// `GET /feed.atom`
pub(super) async fn of_space(visit: Visit) -> Response {
    let drawn = topics(&visit, None).await;
    visit.answer(drawn).await
}

/// `GET /c/SLUG/feed.atom`
pub(super) async fn of_category(
    visit: Visit,
    slug: std::result::Result<Path<String>, PathRejection>,
) -> Response {
    let drawn = match slug {
        Ok(Path(slug)) => topics(&visit, Some(slug)).await,
        Err(_) => Err(Trouble::Missing),
    };
    visit.answer(drawn).await
}

/// `GET /t/ID/feed.atom`
pub(super) async fn of_topic(
    visit: Visit,
    id: std::result::Result<Path<TopicId>, PathRejection>,
) -> Response {
    let drawn = match id {
        Ok(Path(id)) => posts(&visit, id).await,
        Err(_) => Err(Trouble::Missing),
    };
    visit.answer(drawn).await
}

/// Topics as they were read.
struct Topics {
    /// The category, when they are those of one.
    of: Option<Category>,
    lines: Vec<TopicLine>,
    firsts: BTreeMap<TopicId, Post>,
    members: Members,
}

async fn read_topics(
    x: &mut Executor<'_>,
    open: &Open,
    slug: Option<String>,
) -> Result<Option<Topics>> {
    let of = slug.as_ref().map(|slug| open.named(slug).cloned());
    let (categories, of) = match of {
        None => (open.ids(), None),
        Some(None) => return Ok(None),
        Some(Some(category)) => (open.with_below(category.id), Some(category)),
    };
    let mut lines = topic::latest(x, &categories, (i64::MAX, i64::MAX), ENTRIES).await?;
    // Whatever was answered last, a reader of feeds wants what is new first.
    lines.sort_by_key(|line| std::cmp::Reverse((line.topic.created_at, line.topic.id)));
    let ids: Vec<TopicId> = lines.iter().map(|line| line.topic.id).collect();
    let firsts = post::firsts(x, &ids).await?;
    let members = by_ids(x, lines.iter().map(|line| line.topic.author.get())).await?;
    Ok(Some(Topics {
        of,
        lines,
        firsts: firsts.into_iter().map(|post| (post.topic, post)).collect(),
        members,
    }))
}

async fn topics(visit: &Visit, slug: Option<String>) -> std::result::Result<Drawn, Trouble> {
    let (scene, read) = visit
        .read(move |x, open: &Open| Box::pin(read_topics(x, open, slug)))
        .await?;
    let sources = read
        .firsts
        .values()
        .map(|post| (post.id.get(), source_of(post)));
    let texts = Texts::read(visit, sources.collect()).await?;
    let feed = work(move || {
        let entries = read.lines.iter().map(|line| {
            let first = read.firsts.get(&line.topic.id);
            topic_entry(&scene, &line.topic, first, &read.members, &texts)
        });
        let (title, path, born) = match &read.of {
            Some(category) => (
                format!("{} · {}", scene.open.space.name, category.name),
                path_of_category(category),
                category.created_at,
            ),
            None => (
                scene.open.space.name.to_string(),
                "/".to_owned(),
                scene.open.space.created_at,
            ),
        };
        let about = read
            .of
            .as_ref()
            .map_or(&scene.open.space.about, |of| &of.about);
        let number = read.of.as_ref().map_or(0, |category| category.id.get());
        write(
            &scene,
            &title,
            &path,
            about.as_str(),
            number,
            born,
            entries.collect(),
        )
    });
    feed.await.map(Drawn::Feed)
}

fn topic_entry(
    scene: &Scene,
    topic: &Topic,
    first: Option<&Post>,
    members: &Members,
    texts: &Texts,
) -> Entry {
    let edited = first.and_then(|post| post.edited_at);
    Entry {
        id: urn(&scene.open.space, topic.id.get()),
        title: topic.title.to_string(),
        language: scene.language_of(topic).to_string(),
        link: scene.whole(&path_of_topic(topic.id, 1)),
        published: topic.created_at,
        updated: edited.map_or(topic.created_at, |at| at.max(topic.created_at)),
        author: author(scene, members, topic.author)
            .filter(|_| first.is_none_or(|post| !post.is_hidden)),
        category: term(scene, topic),
        in_reply_to: None,
        content: first.map_or_else(String::new, |post| content(scene, post, texts)),
    }
}

/// A topic as it was read.
struct Thread {
    line: TopicLine,
    /// The newest first.
    posts: Vec<Post>,
    members: Members,
}

async fn posts(visit: &Visit, id: TopicId) -> std::result::Result<Drawn, Trouble> {
    let (scene, read) = visit
        .read(move |x, _: &Open| {
            Box::pin(async move {
                let Some(line) = open_topic(x, id).await? else {
                    return Ok(None);
                };
                let most = i64::try_from(ENTRIES).unwrap_or(i64::MAX);
                let from = (line.tally.last_number - most + 1).max(1);
                let mut posts = post::of_topic(x, id, from, ENTRIES).await?;
                posts.reverse();
                let members = by_ids(x, posts.iter().map(|post| post.author.get())).await?;
                Ok(Some(Thread {
                    line,
                    posts,
                    members,
                }))
            })
        })
        .await?;
    let sources = read
        .posts
        .iter()
        .map(|post| (post.id.get(), source_of(post)));
    let texts = Texts::read(visit, sources.collect()).await?;
    let feed = work(move || {
        let topic = &read.line.topic;
        let entries = read.posts.iter();
        let entries = entries.map(|post| post_entry(&scene, topic, post, &read.members, &texts));
        let title = format!("{} · {}", topic.title, scene.open.space.name);
        let path = path_of_topic(topic.id, 1);
        write(
            &scene,
            &title,
            &path,
            "",
            topic.id.get(),
            topic.created_at,
            entries.collect(),
        )
    });
    feed.await.map(Drawn::Feed)
}

fn post_entry(
    scene: &Scene,
    topic: &Topic,
    post: &Post,
    members: &Members,
    texts: &Texts,
) -> Entry {
    let number = fill_plain(scene.words.post_number, &[("n", &post.number.to_string())]);
    let author = author(scene, members, post.author).filter(|_| !post.is_hidden);
    let title = match &author {
        Some(author) => format!("{} · {number}", author.name),
        None => number,
    };
    Entry {
        id: urn(&scene.open.space, post.id.get()),
        title,
        language: scene.language_of_post(topic, post).to_string(),
        link: scene.whole(&path_of_post(post.id)),
        published: post.created_at,
        updated: post
            .edited_at
            .map_or(post.created_at, |at| at.max(post.created_at)),
        author,
        category: term(scene, topic),
        in_reply_to: post.reply_to.map(|parent: PostId| InReplyTo {
            id: urn(&scene.open.space, parent.get()),
            link: scene.whole(&path_of_post(parent)),
        }),
        content: content(scene, post, texts),
    }
}

/// Returns what a post says. A post that was hidden stays, so that readers that hold it take the words for its text.
fn content(scene: &Scene, post: &Post, texts: &Texts) -> String {
    if post.is_hidden {
        let hidden = maud::html! { p { (scene.words.hidden) } };
        return hidden.into_string();
    }
    texts.html(scene, post.id.get(), 2, In::Feed).into_string()
}

fn author(scene: &Scene, members: &Members, id: space_core::MemberId) -> Option<Author> {
    let member = members.get(&id)?;
    Some(Author {
        name: shown_name(member).to_owned(),
        uri: path_of_member(&member.name).map(|path| scene.whole(&path)),
    })
}

fn term(scene: &Scene, topic: &Topic) -> Option<Term> {
    let category = scene.open.category(topic.category)?;
    Some(Term {
        term: category.slug.to_string(),
        label: category.name.to_string(),
    })
}

/// Writes a feed. Its number is that of what it is about; 0 is the space.
fn write(
    scene: &Scene,
    title: &str,
    path: &str,
    about: &str,
    number: i64,
    born: Timestamp,
    entries: Vec<Entry>,
) -> Vec<u8> {
    let feed_path = match path {
        "/" => "/feed.atom".to_owned(),
        path => format!("{path}/feed.atom"),
    };
    let subtitle = super::parts::excerpt(about);
    atom::write(&Feed {
        id: id::urn_of_feed(&scene.open.space, number),
        title: title.to_owned(),
        subtitle,
        language: scene.language.to_string(),
        link: format!("{}{}", scene.origin.base(), uri(path)),
        self_link: format!("{}{}", scene.origin.base(), uri(&feed_path)),
        updated: entries
            .iter()
            .map(|entry| entry.updated)
            .max()
            .unwrap_or(born),
        author: scene.open.space.name.to_string(),
        entries,
    })
}
