// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Previews and players, which all stand for one address that the author wrote.

use super::node::{self, Html};

/// Returns the address that an embedded thing stands for; `None` if the node is no such thing or hides its source.
pub(super) fn address(node: Html<'_>) -> Option<String> {
    match node::name(node) {
        "aside" if node::has_class(node, "onebox") => preview(node),
        "div"
            if node::has_class(node, "lazyYT") || node::has_class(node, "lazy-video-container") =>
        {
            video_site(node)
        }
        "div"
            if node::has_class(node, "onebox")
                || node::has_class(node, "large-image-placeholder") =>
        {
            preview(node)
        }
        "div" if node::has_class(node, "video-placeholder-container") => {
            own(node, "data-video-src")
        }
        "video" | "audio" => own(node, "src")
            .or_else(|| inner(node, "source", "src"))
            .or_else(|| inner(node, "a", "href")),
        "iframe" => own(node, "data-original-href")
            .or_else(|| own(node, "src").map(|source| page_of_player(&source))),
        _ => None,
    }
}

/// Whether the node is an embedded thing, known address or not.
pub(super) fn is_embed(node: Html<'_>) -> bool {
    let any = |names: &[&str]| names.iter().any(|class| node::has_class(node, class));
    match node::name(node) {
        "aside" => any(&["onebox"]),
        "div" => any(&[
            "lazyYT",
            "lazy-video-container",
            "onebox",
            "large-image-placeholder",
            "video-placeholder-container",
        ]),
        _ => false,
    }
}

fn own(node: Html<'_>, attribute: &str) -> Option<String> {
    let value = node::attribute(node, attribute)?.trim();
    let value = if value.starts_with("//") {
        format!("https:{value}")
    } else {
        value.to_owned()
    };
    (!value.is_empty()).then_some(value)
}

fn inner(node: Html<'_>, element: &str, attribute: &str) -> Option<String> {
    node::find(node, |inner| {
        node::name(inner) == element && node::attribute(inner, attribute).is_some()
    })
    .and_then(|inner| own(inner, attribute))
}

fn preview(node: Html<'_>) -> Option<String> {
    let source = |inner: Html<'_>| {
        node::name(inner) == "a"
            && inner
                .parent()
                .is_some_and(|parent| node::name(parent) == "header")
    };
    own(node, "data-onebox-src")
        .or_else(|| node::find(node, source).and_then(|anchor| own(anchor, "href")))
        .or_else(|| inner(node, "a", "href"))
        .or_else(|| inner(node, "iframe", "src").map(|source| page_of_player(&source)))
        .or_else(|| inner(node, "source", "src"))
        .or_else(|| inner(node, "img", "src"))
}

fn video_site(node: Html<'_>) -> Option<String> {
    inner(node, "a", "href").or_else(|| {
        own(node, "data-youtube-id")
            .or_else(|| own(node, "data-video-id"))
            .map(|id| format!("https://www.youtube.com/watch?v={id}"))
    })
}

/// Returns the page that shows what a player shows.
fn page_of_player(source: &str) -> String {
    let rest = source.split_once("://").map_or(source, |(_, rest)| rest);
    let id = |prefix: &str| {
        rest.strip_prefix(prefix)
            .map(|rest| rest.split(['?', '/', '&']).next().unwrap_or_default())
    };
    if let Some(id) = id("player.vimeo.com/video/") {
        format!("https://vimeo.com/{id}")
    } else if let Some(id) =
        id("www.youtube.com/embed/").or_else(|| id("www.youtube-nocookie.com/embed/"))
    {
        format!("https://www.youtube.com/watch?v={id}")
    } else if let Some(id) = id("store.steampowered.com/widget/") {
        format!("https://store.steampowered.com/app/{id}")
    } else if let Some(id) = id("gyazo.com/player/").or_else(|| id("api.gyazo.com/player/")) {
        format!("https://gyazo.com/{id}")
    } else {
        source.to_owned()
    }
}
