// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `/c/SLUG`: a category, what stands under it, and its topics.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::html;
use space_core::Category;

use super::frame::{Meta, Page};
use super::home::{Further, List};
use super::open::Open;
use super::parts;
use super::scene::{Scene, path_of_category};
use super::texts::Texts;
use super::trouble::Trouble;
use super::visit::{Drawn, Visit};

/// `GET /c/SLUG`
pub(super) async fn show(
    visit: Visit,
    slug: Result<Path<String>, PathRejection>,
    query: Result<Query<Further>, QueryRejection>,
) -> Response {
    let drawn = draw(&visit, slug.ok().map(|Path(slug)| slug), Further::of(query)).await;
    visit.answer(drawn).await
}

async fn draw(
    visit: &Visit,
    slug: Option<String>,
    before: Result<Option<(i64, i64)>, Trouble>,
) -> Result<Drawn, Trouble> {
    let (slug, before) = (slug.ok_or(Trouble::Missing)?, before?);
    let (scene, (category, list)) = visit
        .read(move |x, open: &Open| {
            Box::pin(async move {
                let Some(category) = open.named(&slug) else {
                    return Ok(None);
                };
                let list = List::read(x, &open.with_below(category.id), before).await?;
                Ok(Some((category.clone(), list)))
            })
        })
        .await?;
    let about = category.about.as_str().to_owned();
    let texts = Texts::read(visit, vec![(category.id.get(), about)]).await?;
    Visit::draw(scene, move |scene| page(scene, &category, &list, &texts)).await
}

fn page(scene: &Scene, category: &Category, list: &List, texts: &Texts) -> Page {
    let words = scene.words;
    let (path, language) = (
        path_of_category(category),
        scene.language_of_category(category),
    );
    let is_elsewhere = |of: space_core::CategoryId| of != category.id;
    let body = html! {
        h1 lang=(language) dir="auto" { (category.name) }
        div class="text" lang=(language) {
            (texts.html(scene, category.id.get(), 2))
        }
        @if list.is_first && scene.open.under(Some(category.id)).next().is_some() {
            section aria-labelledby="below" {
                h2 id="below" { (words.below) }
                (parts::tree(scene, Some(category.id)))
            }
        }
        section aria-labelledby="topics" {
            h2 id="topics" { (words.topics) }
            (parts::topics(scene, list, |line| is_elsewhere(line.topic.category)))
            (parts::further(scene, &path, list.is_first, list.next.as_deref()))
        }
    };
    let mut way = way_to(scene, category);
    way.pop();
    Page {
        meta: Meta {
            title: category.name.to_string(),
            description: parts::excerpt(category.about.as_str()),
            is_indexed: list.is_first,
            feeds: vec![(category.name.to_string(), format!("{path}/feed.atom"))],
            next: list
                .next
                .as_ref()
                .map(|next| format!("{path}?before={next}")),
            path: Some(path),
            ..Meta::default()
        },
        way,
        body,
    }
}

/// Returns the way down to a category, itself last: names and paths.
pub(super) fn way_to(scene: &Scene, category: &Category) -> Vec<(String, String)> {
    let way = scene.open.way_to(category.id).into_iter();
    way.map(|category| (category.name.to_string(), path_of_category(category)))
        .collect()
}
