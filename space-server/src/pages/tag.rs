// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `/tag/NAME`: the topics with a tag, in all categories that are open to everybody.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::html;
use space_core::Tag;

use super::frame::{Meta, Page};
use super::home::{Further, List};
use super::open::Open;
use super::parts;
use super::scene::{Scene, path_of_tag};
use super::trouble::Trouble;
use super::visit::{Drawn, Visit};
use super::words::{fill, fill_plain};
use crate::store::{Executor, Result, topic};

/// `GET /tag/NAME`
pub(super) async fn show(
    visit: Visit,
    name: std::result::Result<Path<String>, PathRejection>,
    query: std::result::Result<Query<Further>, QueryRejection>,
) -> Response {
    let drawn = match named(name.ok().map(|Path(name)| name)) {
        Ok(tag) => draw(&visit, tag, Further::of(query)).await,
        Err(other) => other,
    };
    visit.answer(drawn).await
}

/// Reads a name from an address. A tag has one address: other ways to write it lead there.
pub(super) fn named(
    name: Option<String>,
) -> std::result::Result<Tag, std::result::Result<Drawn, Trouble>> {
    let name = name.ok_or(Err(Trouble::Missing))?;
    let tag = Tag::parse(&name).map_err(|_| Err(Trouble::Missing))?;
    if tag.as_str() == name {
        Ok(tag)
    } else {
        Err(Ok(Drawn::Elsewhere(path_of_tag(&tag))))
    }
}

/// Returns whether everybody may read a topic in a list that has the tag. What is closed is as if it were not there.
pub(super) async fn is_known(x: &mut Executor<'_>, open: &Open, tag: &Tag) -> Result<bool> {
    let newest = (i64::MAX, i64::MAX);
    Ok(!topic::tagged(x, tag, &open.ids(), newest, 1)
        .await?
        .is_empty())
}

async fn draw(
    visit: &Visit,
    tag: Tag,
    before: std::result::Result<Option<(i64, i64)>, Trouble>,
) -> std::result::Result<Drawn, Trouble> {
    let (before, wanted) = (before?, tag.clone());
    let (scene, list) = visit
        .read(move |x, open: &Open| {
            Box::pin(async move {
                if !is_known(x, open, &wanted).await? {
                    return Ok(None);
                }
                List::tagged(x, &wanted, &open.ids(), before)
                    .await
                    .map(Some)
            })
        })
        .await?;
    Visit::draw(scene, move |scene| page(scene, &tag, &list)).await
}

fn page(scene: &Scene, tag: &Tag, list: &List) -> Page {
    let words = scene.words;
    let path = path_of_tag(tag);
    let title = fill_plain(words.tagged, &[("tag", tag.as_str())]);
    let body = html! {
        h1 { (fill(words.tagged, &[("tag", html! { bdi { (tag) } })])) }
        section aria-labelledby="topics" {
            h2 id="topics" { (words.topics) }
            (parts::topics(scene, list, |_| true))
            (parts::further(scene, &path, list.is_first, list.next.as_deref()))
        }
    };
    Page {
        meta: Meta {
            is_indexed: list.is_first,
            feeds: vec![(title.clone(), format!("{path}/feed.atom"))],
            next: list
                .next
                .as_ref()
                .map(|next| format!("{path}?before={next}")),
            path: Some(path),
            title,
            ..Meta::default()
        },
        way: Vec::new(),
        body,
    }
}
