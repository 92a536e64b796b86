// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reports, cases, and hidden posts.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use space_core::policy::{
    self, Denial, PostContext, ReadHidden, SeeCase, SeeCases, SeeHidings, TopicContext,
};
use space_core::protocol::{CasePage, CreateReport, DecideCase, HidePost, Hidings, ReportReceipt};
use space_core::{Case, CaseId, CaseState, HiddenPost, Post, PostId};

use super::ask::NotShown;
use super::order::{Asker, Id, Order};
use super::{ApiError, App};
use crate::store::{case, hidden as kept, post, topic};
use crate::writer::commands::case::Decide;
use crate::writer::commands::hidden::{Hide, Restore};
use crate::writer::commands::report::Report;

/// How many cases a page has when the reader does not say, and at most: each has all its reports.
const PAGE: usize = 20;
const PAGE_MAX: usize = 50;

/// `POST /v1/posts/ID/report`
pub(super) async fn report(
    State(app): State<App>,
    Id(post): Id<PostId>,
    order: Order<CreateReport>,
) -> Result<(StatusCode, Json<ReportReceipt>), ApiError> {
    let chance = app.chance();
    let order = order.signed(|said| Report { post, said, chance });
    Ok((StatusCode::CREATED, Json(app.writer.submit(order).await?)))
}

/// `POST /v1/posts/ID/hide`
pub(super) async fn hide(
    State(app): State<App>,
    Id(post): Id<PostId>,
    order: Order<Option<HidePost>>,
) -> Result<Json<Post>, ApiError> {
    let order = order.signed(|hide| Hide {
        post,
        hide: hide.unwrap_or_default(),
    });
    Ok(Json(app.writer.submit(order).await?))
}

/// `POST /v1/posts/ID/restore`
pub(super) async fn restore(
    State(app): State<App>,
    Id(post): Id<PostId>,
    order: Order<()>,
) -> Result<Json<Post>, ApiError> {
    Ok(Json(
        app.writer
            .submit(order.signed(|()| Restore { post }))
            .await?,
    ))
}

/// `GET /v1/posts/ID/hidden`
pub(super) async fn hidden(
    State(app): State<App>,
    Asker(by): Asker,
    Id(id): Id<PostId>,
) -> Result<Json<HiddenPost>, ApiError> {
    let hidden = app
        .show(by, move |x, caller| {
            Box::pin(async move {
                let found = post::by_id(x, id).await?;
                let found = found.ok_or_else(NotShown::not_found)?.post;
                let topic = topic::with_access(x, found.topic).await?;
                let (line, access) = topic.ok_or_else(NotShown::not_found)?;
                let context = PostContext::of(&found, TopicContext::of(&line.topic, access));
                let _permit = policy::decide(&caller.actor, ReadHidden { post: id }, &context)?;
                let kept = kept::by_id(x, id).await?;
                kept.ok_or_else(NotShown::not_found)
            })
        })
        .await?;
    Ok(Json(hidden))
}

/// `GET /v1/posts/ID/hidings`
pub(super) async fn hidings(
    State(app): State<App>,
    Asker(by): Asker,
    Id(id): Id<PostId>,
) -> Result<Json<Hidings>, ApiError> {
    let hidings = app
        .show(by, move |x, caller| {
            Box::pin(async move {
                let found = post::by_id(x, id).await?;
                let found = found.ok_or_else(NotShown::not_found)?.post;
                let topic = topic::with_access(x, found.topic).await?;
                let (line, access) = topic.ok_or_else(NotShown::not_found)?;
                let context = PostContext::of(&found, TopicContext::of(&line.topic, access));
                let _permit = policy::decide(&caller.actor, SeeHidings { post: id }, &context)?;
                Ok(kept::hidings(x, &[id.get()]).await?)
            })
        })
        .await?;
    Ok(Json(Hidings {
        hidings: hidings.into_values().next().unwrap_or_default(),
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    state: Option<CaseState>,
    after: Option<CaseId>,
    limit: Option<usize>,
}

/// `GET /v1/cases`
pub(super) async fn list(
    State(app): State<App>,
    Asker(by): Asker,
    query: Result<Query<ListQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<CasePage>, ApiError> {
    let Query(query) = query.map_err(|error| ApiError::invalid(error.body_text()))?;
    let limit = query.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let now = app.clock.now();
    let (mut cases, open) = app
        .show(by, move |x, caller| {
            Box::pin(async move {
                let permit = policy::decide(&caller.actor, SeeCases, &())?;
                let reader = permit.actor().ok_or(Denial::SignedOut)?;
                let ListQuery { state, after, .. } = query;
                let cases = case::list(x, state, after, reader, now, limit + 1).await?;
                Ok((cases, case::count_open(x, reader, now).await?))
            })
        })
        .await?;
    let more = cases.len() > limit;
    cases.truncate(limit);
    let next = cases.last().filter(|_| more).map(|case| case.id);
    Ok(Json(CasePage {
        cases,
        open: Some(open),
        next,
    }))
}

/// `GET /v1/cases/ID`
pub(super) async fn read(
    State(app): State<App>,
    Asker(by): Asker,
    Id(id): Id<CaseId>,
) -> Result<Json<Case>, ApiError> {
    let now = app.clock.now();
    let found = app
        .show(by, move |x, caller| {
            Box::pin(async move {
                // Whoever is no staff is told so alike for cases that are there and that are not.
                let _permit = policy::decide(&caller.actor, SeeCases, &())?;
                let facts = case::facts(x, id, caller.actor.member(), now).await?;
                let facts = facts.ok_or_else(NotShown::not_found)?;
                let _permit = policy::decide(&caller.actor, SeeCase { case: id }, &facts.context)?;
                let case = case::by_id(x, id, caller.actor.member()).await?;
                case.ok_or_else(NotShown::not_found)
            })
        })
        .await?;
    Ok(Json(found))
}

/// `POST /v1/cases/ID/decision`
pub(super) async fn decide(
    State(app): State<App>,
    Id(case): Id<CaseId>,
    order: Order<DecideCase>,
) -> Result<Json<Case>, ApiError> {
    let order = order.signed(|decide| Decide { case, decide });
    Ok(Json(app.writer.submit(order).await?))
}
