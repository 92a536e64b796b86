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
use space_core::{Category, Post, PostId, Tag, Timestamp, Topic, TopicId};

use atom::{Author, Category as Term, Entry, Feed, InReplyTo};
use id::{urn, urn_of_feed, urn_of_tag};

use super::answer::Kind;
use super::home::by_ids;
use super::open::Open;
use super::parts::Members;
use super::scene::{
    Scene, marked_name, path_of_category, path_of_member, path_of_post, path_of_tag, path_of_topic,
};
use super::slices::{Slices, tag_of};
use super::tag::named;
use super::texts::{In, Room, Texts};
use super::topic::{open_topic, source_of};
use super::trouble::Trouble;
use super::visit::{Drawn, Visit, work};
use super::words::fill_plain;
use crate::store::{Executor, Result, post, topic};

/// Entries of a feed.
const ENTRIES: usize = 30;

/// What a feed of topics is of.
#[derive(Debug)]
enum Of<C, T> {
    Space,
    Category(C),
    Tag(T),
}

/// `GET /feed.atom`
pub(super) async fn of_space(visit: Visit) -> Response {
    let drawn = topics(&visit, Of::Space).await;
    visit.answer(drawn).await
}

/// `GET /c/SLUG/feed.atom`
pub(super) async fn of_category(
    visit: Visit,
    slug: std::result::Result<Path<String>, PathRejection>,
) -> Response {
    let drawn = match slug {
        Ok(Path(slug)) => topics(&visit, Of::Category(slug)).await,
        Err(_) => Err(Trouble::Missing),
    };
    visit.answer(drawn).await
}

/// `GET /tag/NAME/feed.atom`
pub(super) async fn of_tag(
    visit: Visit,
    name: std::result::Result<Path<String>, PathRejection>,
) -> Response {
    let drawn = match named(name.ok().map(|Path(name)| name)) {
        Ok(tag) => topics(&visit, Of::Tag(tag)).await,
        Err(Ok(Drawn::Elsewhere(path))) => Ok(Drawn::Elsewhere(format!("{path}/feed.atom"))),
        Err(other) => other,
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
#[derive(Debug)]
struct Topics {
    of: Of<Category, Tag>,
    lines: Vec<TopicLine>,
    firsts: BTreeMap<TopicId, Post>,
    members: Members,
}

async fn read_topics(
    x: &mut Executor<'_>,
    open: &Open,
    of: Of<String, Tag>,
) -> Result<Option<Topics>> {
    let newest = (i64::MAX, i64::MAX);
    let (of, mut lines) = match of {
        Of::Space => {
            let lines = topic::latest(x, &open.ids(), newest, ENTRIES).await?;
            (Of::Space, lines)
        }
        Of::Category(slug) => {
            let Some(category) = open.named(&slug) else {
                return Ok(None);
            };
            let categories = open.with_below(category.id);
            let lines = topic::latest(x, &categories, newest, ENTRIES).await?;
            (Of::Category(category.clone()), lines)
        }
        Of::Tag(tag) => {
            let lines = topic::tagged(x, &tag, &open.ids(), newest, ENTRIES).await?;
            // A tag that nothing open to everybody has is as if it were not there.
            if lines.is_empty() {
                return Ok(None);
            }
            (Of::Tag(tag), lines)
        }
    };
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

async fn topics(visit: &Visit, of: Of<String, Tag>) -> std::result::Result<Drawn, Trouble> {
    let (scene, read) = visit
        .read(move |x, open: &Open| Box::pin(read_topics(x, open, of)))
        .await?;
    let sources = read
        .firsts
        .values()
        .map(|post| (post.id.get(), source_of(post)));
    let texts = Texts::read(visit, sources.collect()).await?;
    work(move || {
        let tag = tag_of(&(&scene, &read, texts.known()));
        let space = &scene.open.space;
        let head = match &read.of {
            Of::Category(category) => Head {
                id: urn_of_feed(space, category.id.get()),
                title: format!("{} · {}", space.name, category.name),
                path: path_of_category(category),
                about: category.about.as_str(),
                born: category.created_at,
            },
            Of::Tag(tag) => Head {
                id: urn_of_tag(space, tag),
                title: format!("{} · {tag}", space.name),
                path: path_of_tag(tag),
                about: "",
                born: space.created_at,
            },
            Of::Space => Head {
                id: urn_of_feed(space, 0),
                title: space.name.to_string(),
                path: "/".to_owned(),
                about: space.about.as_str(),
                born: space.created_at,
            },
        };
        let changes = read.lines.iter().map(|line| {
            let first = read.firsts.get(&line.topic.id);
            changed(line.topic.created_at, first.and_then(|post| post.edited_at))
        });
        let start = start(&scene, head, changes.max());
        let Topics {
            lines,
            mut firsts,
            members,
            ..
        } = read;
        // The texts have them.
        for post in firsts.values_mut() {
            post.source.clear();
        }
        let mut room = Room::new();
        let entries = lines.into_iter().map(move |line| {
            let first = firsts.get(&line.topic.id);
            topic_entry(&scene, &line.topic, first, &members, &texts, &mut room)
        });
        drawn(tag, start, entries)
    })
    .await
}

/// Returns when something was written or changed last.
fn changed(written: Timestamp, edited: Option<Timestamp>) -> Timestamp {
    edited.map_or(written, |at| at.max(written))
}

/// Puts a feed together, entry by entry.
fn drawn(
    tag: String,
    start: Vec<u8>,
    entries: impl Iterator<Item = Entry> + Send + 'static,
) -> Drawn {
    let entries = entries.map(|entry| atom::piece(&entry));
    let whole = std::iter::once(start).chain(entries);
    let slices = Slices {
        tag,
        pieces: Box::new(whole.chain(std::iter::once_with(atom::tail))),
    };
    Drawn::Slices(Kind::Feed, slices)
}

fn topic_entry(
    scene: &Scene,
    topic: &Topic,
    first: Option<&Post>,
    members: &Members,
    texts: &Texts,
    room: &mut Room,
) -> Entry {
    Entry {
        id: urn(&scene.open.space, topic.id.get()),
        title: topic.title.to_string(),
        language: scene.language_of(topic).to_string(),
        link: scene.whole(&path_of_topic(topic.id, 1)),
        published: topic.created_at,
        updated: changed(topic.created_at, first.and_then(|post| post.edited_at)),
        author: author(scene, members, topic.author)
            .filter(|_| first.is_none_or(|post| !post.is_hidden)),
        categories: terms(scene, topic),
        in_reply_to: None,
        content: first.map_or_else(String::new, |post| content(scene, post, texts, room)),
    }
}

/// A topic as it was read.
#[derive(Debug)]
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
    work(move || {
        let tag = tag_of(&(&scene, &read, texts.known()));
        let topic = &read.line.topic;
        let head = Head {
            id: urn_of_feed(&scene.open.space, topic.id.get()),
            title: format!("{} · {}", topic.title, scene.open.space.name),
            path: path_of_topic(topic.id, 1),
            about: "",
            born: topic.created_at,
        };
        let changes = read.posts.iter();
        let changes = changes.map(|post| changed(post.created_at, post.edited_at));
        let start = start(&scene, head, changes.max());
        let Thread {
            line,
            mut posts,
            members,
        } = read;
        for post in &mut posts {
            post.source.clear();
        }
        let mut room = Room::new();
        let entries = posts
            .into_iter()
            .map(move |post| post_entry(&scene, &line.topic, &post, &members, &texts, &mut room));
        drawn(tag, start, entries)
    })
    .await
}

fn post_entry(
    scene: &Scene,
    topic: &Topic,
    post: &Post,
    members: &Members,
    texts: &Texts,
    room: &mut Room,
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
        updated: changed(post.created_at, post.edited_at),
        author,
        categories: terms(scene, topic),
        in_reply_to: post.reply_to.map(|parent: PostId| InReplyTo {
            id: urn(&scene.open.space, parent.get()),
            link: scene.whole(&path_of_post(parent)),
        }),
        content: content(scene, post, texts, room),
    }
}

/// Returns what a post says. A post that was hidden stays, so that readers that hold it take the words for its text.
fn content(scene: &Scene, post: &Post, texts: &Texts, room: &mut Room) -> String {
    if post.is_hidden {
        let hidden = maud::html! { p { (scene.words.hidden) } };
        return hidden.into_string();
    }
    texts.post(scene, post.id, 2, In::Feed, room).into_string()
}

fn author(scene: &Scene, members: &Members, id: space_core::MemberId) -> Option<Author> {
    let member = members.get(&id)?;
    Some(Author {
        name: marked_name(scene.words, member),
        uri: path_of_member(&member.name).map(|path| scene.whole(&path)),
    })
}

/// Returns the category of a topic, and its tags.
fn terms(scene: &Scene, topic: &Topic) -> Vec<Term> {
    let category = scene.open.category(topic.category).map(|category| Term {
        term: category.slug.to_string(),
        label: category.name.to_string(),
    });
    let tags = topic.tags.iter().map(|tag| Term {
        term: tag.to_string(),
        label: tag.to_string(),
    });
    category.into_iter().chain(tags).collect()
}

/// What a feed says of itself.
struct Head<'a> {
    id: String,
    title: String,
    path: String,
    about: &'a str,
    /// When it last changed, as long as it has no entries.
    born: Timestamp,
}

/// Returns what a feed begins with. `changed` is when the last of its entries did.
fn start(scene: &Scene, head: Head<'_>, changed: Option<Timestamp>) -> Vec<u8> {
    let feed_path = match head.path.as_str() {
        "/" => "/feed.atom".to_owned(),
        path => format!("{path}/feed.atom"),
    };
    atom::head(&Feed {
        id: head.id,
        title: head.title,
        subtitle: super::parts::excerpt(head.about),
        language: scene.language.to_string(),
        link: format!("{}{}", scene.origin.base(), uri(&head.path)),
        self_link: format!("{}{}", scene.origin.base(), uri(&feed_path)),
        updated: changed.unwrap_or(head.born),
        author: scene.open.space.name.to_string(),
    })
}
