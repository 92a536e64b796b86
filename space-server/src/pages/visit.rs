// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One request for a page, from the reading to the answer.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::IF_NONE_MATCH;
use axum::http::request::Parts;
use axum::response::Response;
use futures_util::future::BoxFuture;
use space_core::markup::web::uri;

use super::answer::{self, Kind};
use super::frame::{self, Page};
use super::open::Open;
use super::scene::Scene;
use super::slices::{Slices, tag_of_whole};
use super::trouble::{self, Trouble};
use super::{Turns, words};
use crate::http::in_flight::Held;
use crate::http::{App, Origin};
use crate::store::{Executor, Result};

/// Somebody asks for a page.
pub(crate) struct Visit {
    pub(super) app: App,
    origin: Origin,
    /// What they have already.
    held: Option<String>,
    /// The room that the page takes.
    pub(super) room: Option<Arc<Held>>,
    pub(super) turns: Option<Turns>,
}

/// What comes of it.
pub(super) enum Drawn {
    Page(String),
    /// One that is made while it is sent.
    Slices(Kind, Slices),
    /// It has another address: this path.
    Elsewhere(String),
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &App,
    ) -> std::result::Result<Self, Infallible> {
        let origin = Origin::from_request_parts(parts, app).await?;
        let held = parts.headers.get_all(IF_NONE_MATCH).iter();
        let held: Vec<&str> = held.filter_map(|value| value.to_str().ok()).collect();
        let held = (!held.is_empty()).then(|| held.join(","));
        Ok(Self {
            app: app.clone(),
            room: parts.extensions.get::<Arc<Held>>().cloned(),
            turns: parts.extensions.get::<Turns>().cloned(),
            origin,
            held,
        })
    }
}

impl Visit {
    /// Reads what a page shows, in one snapshot with what is open. `None` is not there, or not for everybody.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        body: impl for<'x, 'c> FnOnce(
            &'x mut Executor<'c>,
            &'x Open,
        ) -> BoxFuture<'x, Result<Option<T>>>
        + Send
        + 'static,
    ) -> std::result::Result<(Scene, T), Trouble> {
        let read = self.app.store.read_long(move |x| {
            Box::pin(async move {
                let open = Open::read(x).await?;
                let found = body(x, &open).await?;
                Ok((open, found))
            })
        });
        let (open, found) = read.await?;
        Ok((self.scene(open), found.ok_or(Trouble::Missing)?))
    }

    fn scene(&self, open: Open) -> Scene {
        let language = &self.app.config.pages.language;
        Scene {
            origin: self.origin.clone(),
            words: words::of(language),
            language: language.clone(),
            open,
        }
    }

    /// Makes a page, off the threads that wait for the network.
    pub(super) async fn draw(
        scene: Scene,
        page: impl FnOnce(&Scene) -> Page + Send + 'static,
    ) -> std::result::Result<Drawn, Trouble> {
        let drawn = work(move || {
            let page = page(&scene);
            frame::whole(&scene, &page)
        });
        drawn.await.map(Drawn::Page)
    }

    /// Answers with what came of it.
    pub(super) async fn answer(self, drawn: std::result::Result<Drawn, Trouble>) -> Response {
        let held = self.held.as_deref();
        let is_shared = self.origin.is_configured();
        match drawn {
            Ok(Drawn::Page(html)) => {
                let tag = tag_of_whole(html.as_bytes());
                let held = answer::is_held(&tag, held);
                answer::with_tag(Kind::Page, &tag, (!held).then(|| html.into()), is_shared)
            }
            Ok(Drawn::Slices(kind, slices)) => {
                let tag = slices.tag.clone();
                if answer::is_held(&tag, held) {
                    return answer::with_tag(kind, &tag, None, is_shared);
                }
                match slices.body(&self).await {
                    Ok(body) => answer::with_tag(kind, &tag, Some(body), is_shared),
                    Err(trouble) => self.explain(&trouble).await,
                }
            }
            Ok(Drawn::Elsewhere(path)) => {
                answer::elsewhere(&format!("{}{}", self.origin.path(), uri(&path)))
            }
            Err(trouble) => self.explain(&trouble).await,
        }
    }

    async fn explain(&self, trouble: &Trouble) -> Response {
        let open = self.app.store.read_long(|x| Box::pin(Open::read(x))).await;
        match open {
            Ok(open) => trouble::page(&self.scene(open), trouble),
            Err(error) => {
                trouble::log(&error);
                trouble::bare(words::of(&self.app.config.pages.language))
            }
        }
    }
}

/// Does heavy pure work where it stops nobody.
pub(super) async fn work<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> std::result::Result<T, Trouble> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Trouble::Failed)
}
