// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `/t/ID`: a topic and its posts, a page for each twenty numbers.

use std::collections::BTreeMap;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use space_core::protocol::TopicLine;
use space_core::{Post, PostId, PostKind, Topic, TopicId};

use super::answer::Kind;
use super::category::way_to;
use super::frame::{self, DESCRIPTION, Meta, Page, Thing};
use super::home::by_ids;
use super::open::{Open, is_open};
use super::parts::{self, Members};
use super::scene::{Scene, path_of_member, path_of_post, path_of_topic};
use super::slices::{Slices, tag_of};
use super::texts::{In, Room, Texts};
use super::trouble::Trouble;
use super::visit::{Drawn, Visit, work};
use super::words::{Words, fill, fill_plain};
use crate::store::{Executor, Result, post, topic};

/// Numbers of posts on one page.
pub(super) const PAGE: i64 = 20;

/// Which page of a topic.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Which {
    page: Option<i64>,
}

/// Returns the page that a number of a post is on, counted from 1.
pub(super) fn page_of(number: i64) -> i64 {
    (number.max(1) - 1) / PAGE + 1
}

/// A page of a topic, as it was read.
#[derive(Debug)]
struct Read {
    line: TopicLine,
    posts: Vec<Post>,
    members: Members,
    /// Whether its first post is hidden: who began it is not told then.
    began_hidden: bool,
}

/// Reads a topic that is open to everybody.
pub(super) async fn open_topic(x: &mut Executor<'_>, id: TopicId) -> Result<Option<TopicLine>> {
    let found = topic::with_access(x, id).await?;
    Ok(found.and_then(|(line, access)| is_open(&access).then_some(line)))
}

/// Returns what a post says to everybody: what is hidden says nothing.
pub(super) fn source_of(post: &Post) -> String {
    if post.is_hidden {
        String::new()
    } else {
        post.source.clone()
    }
}

/// `GET /t/ID`
pub(super) async fn show(
    visit: Visit,
    id: std::result::Result<Path<TopicId>, PathRejection>,
    query: std::result::Result<Query<Which>, QueryRejection>,
) -> Response {
    let which = query.ok().map(|Query(which)| which.page.unwrap_or(1));
    let asked = id
        .ok()
        .map(|Path(id)| id)
        .zip(which.filter(|page| *page > 0));
    let drawn = draw(&visit, asked).await;
    visit.answer(drawn).await
}

/// `GET /t/ID/NUMBER`: the page with the post of a number.
pub(super) async fn number(
    visit: Visit,
    place: std::result::Result<Path<(TopicId, i64)>, PathRejection>,
) -> Response {
    let drawn = find(&visit, place.ok().map(|Path(place)| place)).await;
    visit.answer(drawn).await
}

async fn find(visit: &Visit, place: Option<(TopicId, i64)>) -> std::result::Result<Drawn, Trouble> {
    let (id, number) = place.ok_or(Trouble::Missing)?;
    let (_, found) = visit
        .read(move |x, _| {
            Box::pin(async move {
                let Some(line) = open_topic(x, id).await? else {
                    return Ok(None);
                };
                if !(1..=line.tally.last_number).contains(&number) {
                    return Ok(None);
                }
                let post = post::of_topic(x, id, number, 1).await?.pop();
                Ok(Some(
                    post.filter(|post| post.number == number)
                        .map(|post| post.id),
                ))
            })
        })
        .await?;
    let path = path_of_topic(id, page_of(number));
    Ok(Drawn::Elsewhere(match found {
        Some(post) => format!("{path}#p-{post}"),
        None => path,
    }))
}

async fn draw(visit: &Visit, asked: Option<(TopicId, i64)>) -> std::result::Result<Drawn, Trouble> {
    let (id, page) = asked.ok_or(Trouble::Missing)?;
    let (scene, mut read) = visit
        .read(move |x, _: &Open| {
            Box::pin(async move {
                let Some(line) = open_topic(x, id).await? else {
                    return Ok(None);
                };
                if page > page_of(line.tally.last_number) {
                    return Ok(None);
                }
                let from = (page - 1) * PAGE + 1;
                let mut posts = post::of_topic(x, id, from, page_size()).await?;
                posts.retain(|post| post.number < from + PAGE);
                let hidden = post::hidden_of(x, &[id]).await?;
                let began_hidden = hidden.iter().any(|(_, number, _)| *number == 1);
                let authors = posts.iter().map(|post| post.author.get());
                let members = by_ids(x, authors.chain([line.topic.author.get()])).await?;
                Ok(Some(Read {
                    line,
                    posts,
                    members,
                    began_hidden,
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
        let tag = tag_of(&(&scene, page, &read, texts.known()));
        let (before, after) = frame::around(&scene, &whole(&scene, page, &read, &texts));
        let last = (page * PAGE).min(read.line.tally.last_number);
        let pieces = pieces(&read.posts, (page - 1) * PAGE + 1, last);
        // The texts have them.
        read.posts.iter_mut().for_each(|post| post.source.clear());
        let mut room = Room::new();
        let posts = pieces.into_iter().map(move |piece| {
            let html = match piece {
                Piece::Post(at) => post(&scene, &read, at, &texts, &mut room),
                Piece::Gone(from, to) => gone(scene.words, from, to),
            };
            frame::clean(html.into_string()).into_bytes()
        });
        let (before, after) = (before.into_bytes(), after.into_bytes());
        let whole = std::iter::once(before).chain(posts);
        let slices = Slices {
            tag,
            pieces: Box::new(whole.chain(std::iter::once(after))),
        };
        Drawn::Slices(Kind::Page, slices)
    })
    .await
}

fn page_size() -> usize {
    usize::try_from(PAGE).unwrap_or(usize::MAX)
}

fn whole(scene: &Scene, page: i64, read: &Read, texts: &Texts) -> Page {
    let (words, topic) = (scene.words, &read.line.topic);
    let pages = page_of(read.line.tally.last_number);
    let further = pager(scene, topic, page, pages);
    let body = html! {
        h1 lang=(scene.language_of(topic)) dir="auto" { (topic.title) }
        (about(scene, read))
        @if page > 1 { (further) }
        (frame::PIECES)
        (further)
    };
    let category = scene.open.category(topic.category);
    let first = read.posts.first();
    let author = read
        .members
        .get(&topic.author)
        .filter(|_| !read.began_hidden);
    let title = if page == 1 {
        topic.title.to_string()
    } else {
        let (page, pages) = (page.to_string(), pages.to_string());
        let which = fill_plain(words.page_of, &[("page", &page), ("pages", &pages)]);
        format!("{} · {which}", topic.title)
    };
    Page {
        meta: Meta {
            description: first.map_or_else(String::new, |post| {
                texts.excerpt(post.id.get(), DESCRIPTION)
            }),
            path: Some(path_of_topic(topic.id, page)),
            is_indexed: !topic.is_unlisted,
            thing: Thing::Article {
                published: topic.created_at,
                modified: first.filter(|_| page == 1).and_then(|post| post.edited_at),
                author: author.and_then(|author| path_of_member(&author.name)),
                section: scene.name_of(topic.category).to_owned(),
                tags: topic.tags.clone(),
            },
            picture: first.and_then(|post| texts.picture(scene, post.id.get())),
            feeds: vec![(title.clone(), format!("/t/{}/feed.atom", topic.id))],
            previous: (page > 1).then(|| path_of_topic(topic.id, page - 1)),
            next: (page < pages).then(|| path_of_topic(topic.id, page + 1)),
            title,
        },
        way: category.map_or_else(Vec::new, |category| way_to(scene, category)),
        body,
    }
}

fn about(scene: &Scene, read: &Read) -> Markup {
    let (words, topic) = (scene.words, &read.line.topic);
    html! {
        p class="meta" {
            (parts::started(scene, &read.members, topic, read.began_hidden))
            " · "
            (fill(words.posts, &[("n", html! { (read.line.tally.posts) })]))
        }
        (parts::tags(scene, topic))
        @if topic.is_archived {
            p { (words.archived_long) }
        } @else if topic.is_closed {
            p { (words.closed_long) }
        }
        @if let Some(answer) = topic.answer {
            p { a href=(scene.link(&path_of_post(answer))) { (words.to_answer) } }
        }
    }
}

fn pager(scene: &Scene, topic: &Topic, page: i64, pages: i64) -> Markup {
    let words = scene.words;
    html! {
        @if pages > 1 {
            nav class="pages" aria-label=(words.pages) {
                @if page > 1 {
                    a rel="prev" href=(scene.link(&path_of_topic(topic.id, page - 1))) { (words.previous) }
                }
                p {
                    (fill(words.page_of, &[("page", html! { (page) }), ("pages", html! { (pages) })]))
                }
                @if page < pages {
                    a rel="next" href=(scene.link(&path_of_topic(topic.id, page + 1))) { (words.next) }
                }
            }
        }
    }
}

/// Returns one of the posts of a page.
fn post(scene: &Scene, read: &Read, at: usize, texts: &Texts, room: &mut Room) -> Markup {
    let here: BTreeMap<PostId, &Post> = read.posts.iter().map(|post| (post.id, post)).collect();
    let around = Around {
        topic: &read.line.topic,
        members: &read.members,
        here: &here,
        place: In::Page,
    };
    article(scene, &read.posts[at], &around, texts, room)
}

/// Returns a line for numbers that are gone.
fn gone(words: &Words, from: i64, to: i64) -> Markup {
    html! {
        p class="gone" {
            @if from == to {
                (fill(words.gone_one, &[("n", html! { (from) })]))
            } @else {
                (fill(words.gone_many, &[("from", html! { (from) }), ("to", html! { (to) })]))
            }
        }
    }
}

/// What stands on a page.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// Which of its posts.
    Post(usize),
    /// Numbers that nothing has any more, both included.
    Gone(i64, i64),
}

fn pieces(posts: &[Post], first: i64, last: i64) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut next = first;
    for (at, post) in posts.iter().enumerate() {
        if next < post.number {
            pieces.push(Piece::Gone(next, post.number - 1));
        }
        pieces.push(Piece::Post(at));
        next = post.number + 1;
    }
    if next <= last {
        pieces.push(Piece::Gone(next, last));
    }
    pieces
}

/// What stands around a post.
pub(super) struct Around<'a> {
    pub(super) topic: &'a Topic,
    pub(super) members: &'a Members,
    /// The posts of the same page.
    pub(super) here: &'a BTreeMap<PostId, &'a Post>,
    pub(super) place: In,
}

/// Returns one post.
pub(super) fn article(
    scene: &Scene,
    post: &Post,
    around: &Around<'_>,
    texts: &Texts,
    room: &mut Room,
) -> Markup {
    let words = scene.words;
    let Around {
        topic,
        members,
        here,
        place,
    } = *around;
    let number = fill_plain(words.post_number, &[("n", &post.number.to_string())]);
    let link = scene.link(&path_of_post(post.id));
    // Whose post was hidden is not told to everybody, nor to those who search for a name.
    let is_named = !post.is_hidden;
    html! {
        article id=(format!("p-{}", post.id)) {
            h2 {
                @if is_named && members.contains_key(&post.author) {
                    (parts::author(scene, members, post.author)) " · "
                }
                a href=(link) { (number) }
                @if post.kind == PostKind::Moderator && is_named {
                    " " span class="state" { (words.as_moderator) }
                }
                @if topic.answer == Some(post.id) {
                    " " span class="state good" { (words.answer) }
                }
            }
            p class="meta" {
                (parts::time(post.created_at))
                @if let Some(parent) = post.reply_to {
                    " · " (fill(words.answers, &[("what", answered(scene, parent, members, here))]))
                }
                @if let Some(edited) = post.edited_at.filter(|_| is_named) {
                    " · " (fill(words.edited, &[("when", parts::time(edited))]))
                }
            }
            @if post.is_hidden {
                p class="meta" { (words.hidden) }
            } @else if let Some(what) = &post.notice {
                p class="meta" { (fill(words.notice, &[("what", html! { bdi { (what) } })])) }
                (text(scene, topic, post, texts, place, room))
            } @else {
                (text(scene, topic, post, texts, place, room))
            }
        }
    }
}

fn text(
    scene: &Scene,
    topic: &Topic,
    post: &Post,
    texts: &Texts,
    place: In,
    room: &mut Room,
) -> Markup {
    html! {
        div class="text" lang=(scene.language_of_post(topic, post)) dir="auto" {
            (texts.post(scene, post.id, 3, place, room))
        }
    }
}

fn answered(
    scene: &Scene,
    parent: PostId,
    members: &Members,
    here: &BTreeMap<PostId, &Post>,
) -> Markup {
    let Some(post) = here.get(&parent) else {
        return html! { a href=(scene.link(&path_of_post(parent))) { "#" (parent) } };
    };
    let author = members.get(&post.author).filter(|_| !post.is_hidden);
    html! {
        a href=(format!("#p-{parent}")) {
            @match author {
                Some(author) => bdi { (author.shown_name()) },
                None => { "#" (parent) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(1, 1)]
    #[case(20, 1)]
    #[case(21, 2)]
    #[case(400, 20)]
    #[case(0, 1)]
    fn a_number_stays_on_its_page(#[case] number: i64, #[case] page: i64) {
        assert_eq!(page_of(number), page);
    }
}
