// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The frame of every page: what it says of itself to browsers and previews, and what stands above and below.

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use space_core::markup::sanitize;
use space_core::{Tags, Timestamp};

use super::scene::Scene;
use super::style::STYLE;
use super::words::fill;

/// Characters of a description.
pub(super) const DESCRIPTION: usize = 200;

/// A page.
pub(super) struct Page {
    pub(super) meta: Meta,
    /// The way down from the start page: names and paths. The page itself is not on it.
    pub(super) way: Vec<(String, String)>,
    /// What stands in the middle; it has the one heading of rank 1.
    pub(super) body: Markup,
}

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// Without the name of the space.
    pub(super) title: String,
    pub(super) description: String,
    /// Its path; without one it is no place, and robots pass by.
    pub(super) path: Option<String>,
    /// Whether search engines may keep it.
    pub(super) is_indexed: bool,
    pub(super) thing: Thing,
    /// Path and description of a picture.
    pub(super) picture: Option<(String, String)>,
    /// Feeds: titles and paths.
    pub(super) feeds: Vec<(String, String)>,
    /// Paths of the pages before and after it.
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

/// What the thing of a page is, as previews of links put it (<https://ogp.me>).
#[derive(Debug, Default)]
pub(super) enum Thing {
    #[default]
    Website,
    Article {
        published: Timestamp,
        modified: Option<Timestamp>,
        /// The path of its author's page.
        author: Option<String>,
        section: String,
        tags: Tags,
    },
    Profile {
        name: String,
    },
}

impl Meta {
    /// A page that is no place.
    pub(super) fn plain(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            ..Self::default()
        }
    }
}

/// Where on a page stands what is made while it is sent. Nothing else on a page looks like this: `<` is escaped.
pub(super) const PIECES: PreEscaped<&str> = PreEscaped("<!--pieces-->");

/// Returns what stands before the pieces and what stands after them.
pub(super) fn around(scene: &Scene, page: &Page) -> (String, String) {
    let whole = whole(scene, page);
    match whole.split_once(PIECES.0) {
        Some((before, after)) => (before.to_owned(), after.to_owned()),
        None => (whole, String::new()),
    }
}

/// Returns a piece of a page without what no page shows: noncharacters, overrides of the direction, invisible signs. Texts
/// are clean when they are parsed; names and titles may be from before they were checked.
pub(super) fn clean(html: String) -> String {
    match sanitize::text(&html) {
        Cow::Borrowed(_) => html,
        Cow::Owned(clean) => clean,
    }
}

/// Returns the whole page.
pub(super) fn whole(scene: &Scene, page: &Page) -> String {
    let words = scene.words;
    let html = html! {
        (DOCTYPE)
        html lang=(words.language) dir=(words.direction) {
            (head(scene, &page.meta))
            body {
                a class="skip" href="#main" { (words.skip) }
                header {
                    a class="space" href=(scene.link("/")) { bdi { (scene.open.space.name) } }
                    @if !page.way.is_empty() {
                        nav class="way" aria-label=(words.place) {
                            ol {
                                @for (name, path) in &page.way {
                                    li { a href=(scene.link(path)) { bdi { (name) } } }
                                }
                            }
                        }
                    }
                }
                main id="main" tabindex="-1" { (page.body) }
                footer { (foot(scene, &page.meta)) }
            }
        }
    };
    clean(html.into_string())
}

fn head(scene: &Scene, meta: &Meta) -> Markup {
    let space = scene.open.space.name.as_str();
    let title = if meta.title == space {
        space.to_owned()
    } else {
        format!("{} · {space}", meta.title)
    };
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) }
            @if !meta.description.is_empty() {
                meta name="description" content=(meta.description);
            }
            @if !meta.is_indexed {
                meta name="robots" content="noindex, follow";
            }
            @if let Some(path) = &meta.path {
                (previews(scene, meta, path))
            }
            @if let Some(path) = &meta.previous {
                link rel="prev" href=(scene.link(path));
            }
            @if let Some(path) = &meta.next {
                link rel="next" href=(scene.link(path));
            }
            @for (title, path) in &meta.feeds {
                link rel="alternate" type="application/atom+xml" title=(title) href=(scene.link(path));
            }
            style { (PreEscaped(STYLE.as_str())) }
        }
    }
}

/// What previews of links in chat rooms show, and where the page stands for search engines.
fn previews(scene: &Scene, meta: &Meta, path: &str) -> Markup {
    let address = scene.whole(path);
    let kind = match meta.thing {
        Thing::Website => "website",
        Thing::Article { .. } => "article",
        Thing::Profile { .. } => "profile",
    };
    html! {
        @if !scene.origin.base().is_empty() {
            link rel="canonical" href=(address);
            meta property="og:url" content=(address);
        }
        meta property="og:type" content=(kind);
        meta property="og:site_name" content=(scene.open.space.name);
        meta property="og:title" content=(meta.title);
        @if !meta.description.is_empty() {
            meta property="og:description" content=(meta.description);
        }
        @if let Some((path, alt)) = meta.picture.as_ref().filter(|_| !scene.origin.base().is_empty()) {
            meta property="og:image" content=(scene.whole(path));
            @if !alt.is_empty() {
                meta property="og:image:alt" content=(alt);
            }
        }
        @match &meta.thing {
            Thing::Website => {},
            Thing::Article { published, modified, author, section, tags } => {
                meta property="article:published_time" content=(published);
                @if let Some(modified) = modified {
                    meta property="article:modified_time" content=(modified);
                }
                @if let Some(author) = author.as_ref().filter(|_| !scene.origin.base().is_empty()) {
                    meta property="article:author" content=(scene.whole(author));
                }
                @if !section.is_empty() {
                    meta property="article:section" content=(section);
                }
                @for tag in tags {
                    meta property="article:tag" content=(tag);
                }
            },
            Thing::Profile { name } => {
                meta property="profile:username" content=(name);
            },
        }
        meta name="twitter:card" content="summary";
    }
}

fn foot(scene: &Scene, meta: &Meta) -> Markup {
    let words = scene.words;
    html! {
        @if scene.open.has_code {
            p { a href=(scene.link("/code")) { (words.code) } }
        }
        @for (title, path) in &meta.feeds {
            p { a href=(scene.link(path)) { (words.feed) ": " bdi { (title) } } }
        }
        @if !scene.origin.base().is_empty() {
            p {
                (fill(words.terminal, &[("command", html! {
                    code dir="ltr" { "space login " (scene.origin.base()) }
                })]))
            }
        }
    }
}
