// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `/p/ID`: one post on a page of its own, so that a preview of its link in a chat room shows the post and not the
//! beginning of its topic. Whatever else has a number is found by it, too.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use maud::html;
use space_core::protocol::TopicLine;
use space_core::{CategoryId, MemberId, Post, PostId, TopicId};

use super::category::way_to;
use super::frame::{DESCRIPTION, Meta, Page, Thing};
use super::home::by_ids;
use super::open::{Open, is_open};
use super::parts::Members;
use super::scene::{
    Scene, marked_name, path_of_category, path_of_member, path_of_post, path_of_topic,
};
use super::texts::{In, Room, Texts};
use super::topic::{Around, article, open_topic, page_of, source_of};
use super::trouble::Trouble;
use super::visit::{Drawn, Visit};
use super::words::{fill, fill_plain};
use crate::store::{Executor, Result, member, post, topic};
use space_core::markup::web::uri;

/// What has a number.
enum Found {
    Post(Box<(Post, TopicLine, Members)>),
    /// It was removed from this topic.
    Gone(Box<TopicLine>),
    /// It is something else, which has this path.
    Other(String),
}

/// `GET /p/ID`
pub(super) async fn show(
    visit: Visit,
    id: std::result::Result<Path<PostId>, PathRejection>,
) -> Response {
    let drawn = draw(&visit, id.ok().map(|Path(id)| id)).await;
    visit.answer(drawn).await
}

async fn draw(visit: &Visit, id: Option<PostId>) -> std::result::Result<Drawn, Trouble> {
    let id = id.ok_or(Trouble::Missing)?;
    let (scene, found) = visit
        .read(move |x, open: &Open| Box::pin(find(x, open, id)))
        .await?;
    let (post, line, members) = match found {
        Found::Post(found) => *found,
        Found::Gone(line) => return Err(Trouble::Gone(Box::new(line.topic))),
        Found::Other(path) => return Ok(Drawn::Elsewhere(uri(&path))),
    };
    let texts = Texts::read(visit, vec![(id.get(), source_of(&post))]).await?;
    Visit::draw(scene, move |scene| {
        whole(scene, &post, &line, &members, &texts)
    })
    .await
}

/// Finds what has a number. A post that is closed is looked for among everything else as well, as a number that nothing
/// has: the time does not tell the two apart.
async fn find(x: &mut Executor<'_>, open: &Open, id: PostId) -> Result<Option<Found>> {
    let standing = post::with_access(x, id).await?;
    if let Some(standing) = standing.filter(|post| is_open(&post.access)) {
        let Some(line) = topic::by_id(x, standing.post.topic).await? else {
            return Ok(None);
        };
        if standing.is_gone {
            return Ok(Some(Found::Gone(Box::new(line))));
        }
        let members = by_ids(x, [standing.post.author.get()].into_iter()).await?;
        return Ok(Some(Found::Post(Box::new((standing.post, line, members)))));
    }
    let number = id.get();
    if let Some(id) = TopicId::new(number)
        && let Some(line) = open_topic(x, id).await?
    {
        return Ok(Some(Found::Other(path_of_topic(line.topic.id, 1))));
    }
    let category = CategoryId::new(number).and_then(|id| open.category(id));
    if let Some(category) = category {
        return Ok(Some(Found::Other(path_of_category(category))));
    }
    let Some(id) = MemberId::new(number) else {
        return Ok(None);
    };
    let member = member::shown_by_id(x, id).await?;
    let path = member.and_then(|member| path_of_member(&member.name));
    Ok(path.map(Found::Other))
}

fn whole(scene: &Scene, post: &Post, line: &TopicLine, members: &Members, texts: &Texts) -> Page {
    let (words, topic) = (scene.words, &line.topic);
    let place = format!(
        "{}#p-{}",
        path_of_topic(topic.id, page_of(post.number)),
        post.id
    );
    let around = Around {
        topic,
        members,
        here: &BTreeMap::new(),
        place: In::PageOfItsOwn,
    };
    let body = html! {
        h1 lang=(scene.language_of(topic)) dir="auto" { (topic.title) }
        p class="meta" {
            (fill(words.in_topic, &[("what", html! {
                a href=(scene.link(&path_of_topic(topic.id, 1))) lang=(scene.language_of(topic)) {
                    bdi { (topic.title) }
                }
            })]))
        }
        (article(scene, post, &around, texts, &mut Room::new()))
        nav class="pages" aria-label=(words.pages) {
            a href=(scene.link(&place)) { (words.whole_topic) }
        }
    };
    let author = members.get(&post.author).filter(|_| !post.is_hidden);
    let number = fill_plain(words.post_number, &[("n", &post.number.to_string())]);
    let title = match author {
        Some(author) => {
            let name = marked_name(words, author);
            format!("{} · {name} · {number}", topic.title)
        }
        None => format!("{} · {number}", topic.title),
    };
    let category = scene.open.category(topic.category);
    Page {
        meta: Meta {
            title,
            description: if post.is_hidden {
                words.hidden.to_owned()
            } else {
                texts.excerpt(post.id.get(), DESCRIPTION)
            },
            path: Some(path_of_post(post.id)),
            // Search engines have it once, with its topic.
            is_indexed: false,
            thing: Thing::Article {
                published: post.created_at,
                modified: post.edited_at.filter(|_| !post.is_hidden),
                author: author.and_then(|author| path_of_member(&author.name)),
                section: scene.name_of(topic.category).to_owned(),
                tags: topic.tags.clone(),
            },
            picture: texts.picture(scene, post.id.get()),
            feeds: vec![(
                topic.title.to_string(),
                format!("/t/{}/feed.atom", topic.id),
            )],
            ..Meta::default()
        },
        way: category.map_or_else(Vec::new, |category| way_to(scene, category)),
        body,
    }
}
