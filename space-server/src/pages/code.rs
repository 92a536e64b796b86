// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `/code`: the code of conduct in force.

use axum::response::Response;
use maud::html;

use super::frame::{DESCRIPTION, Meta, Page};
use super::open::Open;
use super::parts;
use super::texts::Texts;
use super::trouble::Trouble;
use super::visit::{Drawn, Visit};
use super::words::fill;
use crate::store::code;

/// `GET /code`
pub(super) async fn show(visit: Visit) -> Response {
    let drawn = draw(&visit).await;
    visit.answer(drawn).await
}

/// The text of the code has no id among posts.
const TEXT: i64 = 0;

async fn draw(visit: &Visit) -> Result<Drawn, Trouble> {
    let (scene, code) = visit
        .read(move |x, _: &Open| Box::pin(code::current(x)))
        .await?;
    let texts = Texts::read(visit, vec![(TEXT, code.source.clone())]).await?;
    let drawn = Visit::draw(scene, move |scene| {
        let body = html! {
            h1 lang=(code.language) dir="auto" { (code.title) }
            p class="meta" {
                (fill(scene.words.version, &[
                    ("n", html! { (code.version) }),
                    ("when", parts::day(code.adopted_at)),
                ]))
            }
            div class="text" lang=(code.language) dir="auto" { (texts.html(scene, TEXT, 2)) }
        };
        Page {
            meta: Meta {
                title: code.title.to_string(),
                description: texts.excerpt(TEXT, DESCRIPTION),
                path: Some("/code".to_owned()),
                is_indexed: true,
                ..Meta::default()
            },
            way: Vec::new(),
            body,
        }
    });
    drawn.await
}
