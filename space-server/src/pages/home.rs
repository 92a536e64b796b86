// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `/`: the space, its categories, and the latest topics.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use maud::html;
use serde::Deserialize;
use space_core::protocol::TopicLine;
use space_core::{CategoryId, Tag, Timestamp, TopicId};

use super::frame::{Meta, Page};
use super::open::Open;
use super::parts::{self, Members};
use super::texts::Texts;
use super::trouble::Trouble;
use super::visit::{Drawn, Visit};
use crate::http::{mark, mark_after};
use crate::store::{Executor, Result, member, post, topic};

/// Topics on a page of a list.
const PAGE: usize = 30;

/// Where a list goes on.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Further {
    before: Option<String>,
}

/// One page of a list of topics.
#[derive(Debug)]
pub(super) struct List {
    pub(super) lines: Vec<TopicLine>,
    pub(super) members: Members,
    /// Topics whose first post is hidden: who began them is not told.
    pub(super) began_hidden: BTreeSet<TopicId>,
    /// Topics whose last post is.
    pub(super) ended_hidden: BTreeSet<TopicId>,
    pub(super) is_first: bool,
    pub(super) next: Option<String>,
}

impl Further {
    /// Reads the mark.
    pub(super) fn of(
        query: std::result::Result<Query<Self>, QueryRejection>,
    ) -> std::result::Result<Option<(i64, i64)>, Trouble> {
        let Query(query) = query.map_err(|_| Trouble::Missing)?;
        query
            .before
            .map(|text| mark(&text).ok_or(Trouble::Missing))
            .transpose()
    }
}

impl List {
    /// Reads topics of categories that are open.
    pub(super) async fn read(
        x: &mut Executor<'_>,
        categories: &BTreeSet<CategoryId>,
        before: Option<(i64, i64)>,
    ) -> Result<Self> {
        let lines = topic::latest(x, categories, from(before), PAGE + 1).await?;
        Self::of(x, lines, before).await
    }

    /// Reads topics with a tag, of categories that are open.
    pub(super) async fn tagged(
        x: &mut Executor<'_>,
        tag: &Tag,
        categories: &BTreeSet<CategoryId>,
        before: Option<(i64, i64)>,
    ) -> Result<Self> {
        let lines = topic::tagged(x, tag, categories, from(before), PAGE + 1).await?;
        Self::of(x, lines, before).await
    }

    /// Makes a page of topics, and one more if there are more.
    async fn of(
        x: &mut Executor<'_>,
        mut lines: Vec<TopicLine>,
        before: Option<(i64, i64)>,
    ) -> Result<Self> {
        let has_more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let next = lines.last().filter(|_| has_more).map(mark_after);
        let members = members(x, &lines).await?;
        let ended: BTreeMap<TopicId, Timestamp> = lines
            .iter()
            .map(|line| (line.topic.id, line.tally.last_post_at))
            .collect();
        let topics: Vec<TopicId> = ended.keys().copied().collect();
        let (mut began_hidden, mut ended_hidden) = (BTreeSet::new(), BTreeSet::new());
        for (topic, number, at) in post::hidden_of(x, &topics).await? {
            if number == 1 {
                began_hidden.insert(topic);
            }
            if ended.get(&topic) == Some(&at) {
                ended_hidden.insert(topic);
            }
        }
        Ok(Self {
            lines,
            members,
            began_hidden,
            ended_hidden,
            is_first: before.is_none(),
            next,
        })
    }
}

fn from(before: Option<(i64, i64)>) -> (i64, i64) {
    before.unwrap_or((i64::MAX, i64::MAX))
}

/// Reads who started topics and wrote in them last.
pub(super) async fn members(x: &mut Executor<'_>, lines: &[TopicLine]) -> Result<Members> {
    let ids = lines
        .iter()
        .flat_map(|line| [line.topic.author.get(), line.tally.last_poster.get()]);
    by_ids(x, ids).await
}

/// Reads members, each once.
pub(super) async fn by_ids(
    x: &mut Executor<'_>,
    ids: impl Iterator<Item = i64>,
) -> Result<Members> {
    let ids: BTreeSet<i64> = ids.collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let found = member::by_ids(x, &ids).await?;
    Ok(found
        .into_iter()
        .map(|member| (member.id, member))
        .collect())
}

/// `GET /`
pub(super) async fn show(
    visit: Visit,
    query: std::result::Result<Query<Further>, QueryRejection>,
) -> Response {
    let drawn = draw(&visit, Further::of(query)).await;
    visit.answer(drawn).await
}

/// The text of the space has no id among posts.
const ABOUT: i64 = 0;

async fn draw(
    visit: &Visit,
    before: std::result::Result<Option<(i64, i64)>, Trouble>,
) -> std::result::Result<Drawn, Trouble> {
    let before = before?;
    let (scene, list) = visit
        .read(move |x, open: &Open| {
            Box::pin(async move { List::read(x, &open.ids(), before).await.map(Some) })
        })
        .await?;
    let about = scene.open.space.about.as_str().to_owned();
    let texts = Texts::read(visit, vec![(ABOUT, about)]).await?;
    let drawn = Visit::draw(scene, move |scene| {
        let words = scene.words;
        let name = scene.open.space.name.to_string();
        let body = html! {
            h1 { bdi { (name) } }
            div class="text" lang=(scene.language) { (texts.html(scene, ABOUT, 2)) }
            @if list.is_first && scene.open.under(None).next().is_some() {
                section aria-labelledby="categories" {
                    h2 id="categories" { (words.categories) }
                    (parts::tree(scene, None))
                }
            }
            section aria-labelledby="latest" {
                h2 id="latest" { (words.latest) }
                (parts::topics(scene, &list, |_| true))
                (parts::further(scene, "/", list.is_first, list.next.as_deref()))
            }
        };
        Page {
            meta: Meta {
                description: parts::excerpt(scene.open.space.about.as_str()),
                path: Some("/".to_owned()),
                is_indexed: list.is_first,
                feeds: vec![(name.clone(), "/feed.atom".to_owned())],
                next: list.next.as_ref().map(|next| format!("/?before={next}")),
                title: name,
                ..Meta::default()
            },
            way: Vec::new(),
            body,
        }
    });
    drawn.await
}
