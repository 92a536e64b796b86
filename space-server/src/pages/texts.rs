// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What people wrote, from source to HTML.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};
use space_core::PostId;
use space_core::markup::budget::{LONE_TEXT_BYTES, PAGE_BYTES, TEXT_BYTES};
use space_core::markup::web::{self, Look, Site};
use space_core::markup::{self, Document};
use space_core::text::{MemberName, folded};

use super::scene::{Scene, path_of_post};
use super::trouble::Trouble;
use super::visit::{Visit, work};
use super::words::fill;
use crate::media::MediaName;
use crate::store::member;

/// How many names of one page are looked up: more are called only to be a burden.
const NAMES: usize = 300;

/// Bytes of sources whose documents are kept from one look to the next; others are read again.
const KEPT: usize = 32 << 10;

/// Bytes below which no text is begun.
const LEAST: usize = 1 << 10;

/// Texts that were read, by the id of what they belong to.
#[derive(Debug, Default)]
pub(super) struct Texts {
    sources: BTreeMap<i64, String>,
    documents: BTreeMap<i64, Document>,
    /// The names in them that members have, folded.
    known: BTreeSet<String>,
}

/// Where a text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    /// Among others.
    Page,
    /// Alone.
    PageOfItsOwn,
    /// Feed readers have neither our style nor our address.
    Feed,
}

/// The bytes that are left on a page or in a feed.
#[derive(Debug)]
pub(super) struct Room(usize);

impl Room {
    /// Returns the room of what holds several texts, or one long one.
    pub(super) fn new() -> Self {
        Self(PAGE_BYTES)
    }
}

impl Texts {
    /// Reads texts, and finds out which of the names in them are members'.
    pub(super) async fn read(visit: &Visit, sources: Vec<(i64, String)>) -> Result<Self, Trouble> {
        let (sources, documents, names) = work(move || {
            let (mut documents, mut names) = (BTreeMap::new(), BTreeSet::new());
            let mut bytes = 0;
            let mut held = BTreeMap::new();
            for (id, source) in sources {
                // A source is no shorter than what is shown of it, by more than its markup. What there is no room for is
                // not held either.
                if bytes > PAGE_BYTES {
                    break;
                }
                let document = markup::parse(&source);
                let found = web::names(&document).into_iter();
                let found = found.filter_map(|name| MemberName::parse(name).ok());
                names.extend(found.take(NAMES));
                bytes += source.len();
                if bytes <= KEPT {
                    documents.insert(id, document);
                }
                held.insert(id, source);
            }
            let names: BTreeSet<MemberName> = names.into_iter().take(NAMES).collect();
            (held, documents, names)
        })
        .await?;
        let known = if names.is_empty() {
            BTreeSet::new()
        } else {
            let asked = visit
                .app
                .store
                .read_long(move |x| Box::pin(async move { member::known(x, &names).await }));
            asked.await?
        };
        Ok(Self {
            sources,
            documents,
            known,
        })
    }

    /// Returns the names that are members'.
    pub(super) fn known(&self) -> &BTreeSet<String> {
        &self.known
    }

    fn document(&self, id: i64) -> Option<Cow<'_, Document>> {
        let kept = self.documents.get(&id).map(Cow::Borrowed);
        kept.or_else(|| Some(Cow::Owned(markup::parse(self.sources.get(&id)?))))
    }

    /// Returns a text of the space itself as HTML; its highest heading gets a rank.
    pub(super) fn html(&self, scene: &Scene, id: i64, heading: u8) -> Markup {
        PreEscaped(
            self.written(scene, id, heading, In::PageOfItsOwn, LONE_TEXT_BYTES)
                .html,
        )
    }

    /// Returns the text of a post as HTML, as far as there is room; then a link to where it goes on.
    pub(super) fn post(
        &self,
        scene: &Scene,
        id: PostId,
        heading: u8,
        place: In,
        room: &mut Room,
    ) -> Markup {
        let most = match place {
            In::Page => TEXT_BYTES.min(room.0),
            In::PageOfItsOwn => LONE_TEXT_BYTES.min(room.0),
            // It is escaped once more.
            In::Feed => TEXT_BYTES.min(room.0 / 2),
        };
        let written = if most < LEAST || !self.sources.contains_key(&id.get()) {
            web::Html {
                html: String::new(),
                is_cut: true,
            }
        } else {
            self.written(scene, id.get(), heading, place, most)
        };
        let bytes = match place {
            In::Page | In::PageOfItsOwn => written.html.len(),
            In::Feed => escaped(&written.html),
        };
        room.0 = room.0.saturating_sub(bytes);
        let (words, text) = (scene.words, PreEscaped(written.html));
        html! {
            (text)
            @if written.is_cut {
                p { (fill(words.cut, &[("what", html! {
                    @match place {
                        In::Page => a href=(scene.link(&path_of_post(id))) { (words.whole_post) },
                        In::Feed => a href=(scene.whole(&path_of_post(id))) { (words.whole_post) },
                        In::PageOfItsOwn => a rel="nofollow" href=(scene.link(&format!("/v1/posts/{id}"))) {
                            (words.source)
                        },
                    }
                })])) }
            }
        }
    }

    fn written(&self, scene: &Scene, id: i64, heading: u8, place: In, most: usize) -> web::Html {
        let Some(document) = self.document(id) else {
            return web::Html {
                html: String::new(),
                is_cut: false,
            };
        };
        let around = Around {
            scene,
            known: &self.known,
            place,
        };
        let prefix = format!("p-{id}");
        let look = Look {
            words: scene.words.of_markup(),
            heading,
            // In a feed a link into the text would lead out of the reader.
            id: if place == In::Feed { "" } else { &prefix },
            masks_spoilers: place == In::Feed,
            max_bytes: most,
        };
        web::html(&document, &around, &look)
    }

    /// Returns the beginning of a text on one line.
    pub(super) fn excerpt(&self, id: i64, max_chars: usize) -> String {
        let document = self.document(id);
        document.map_or_else(String::new, |document| {
            markup::excerpt(&document, max_chars)
        })
    }

    /// Returns the first picture of our own in a text: its path, and what it shows.
    pub(super) fn picture(&self, scene: &Scene, id: i64) -> Option<(String, String)> {
        let around = Around {
            scene,
            known: &self.known,
            place: In::Page,
        };
        let document = self.document(id)?;
        let (path, alt) = web::first_picture(&document, &around)?;
        Some((path.to_owned(), alt.to_owned()))
    }
}

/// Returns how long HTML is as the text of an XML element.
fn escaped(html: &str) -> usize {
    let more = |byte: u8| match byte {
        b'<' | b'>' => 3,
        b'&' => 4,
        b'"' | b'\'' => 5,
        _ => 0,
    };
    html.len() + html.bytes().map(more).sum::<usize>()
}

/// The space around the texts.
struct Around<'a> {
    scene: &'a Scene,
    known: &'a BTreeSet<String>,
    place: In,
}

impl Site for Around<'_> {
    fn address(&self, path: &str) -> String {
        let origin = &self.scene.origin;
        let start = match self.place {
            In::Page | In::PageOfItsOwn => origin.path(),
            In::Feed => origin.base(),
        };
        format!("{start}{path}")
    }

    fn own_path<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (host, below) = split(self.scene.origin.base())?;
        let (of, rest) = split(address)?;
        if host != of {
            return None;
        }
        match rest.strip_prefix(below)? {
            "" => Some("/"),
            rest => Some(rest).filter(|rest| rest.starts_with('/')),
        }
    }

    fn member(&self, name: &str) -> Option<String> {
        let is_way = name.chars().all(|c| c == '.');
        (!is_way && self.known.contains(&folded(name))).then(|| format!("/m/{name}"))
    }

    fn is_picture(&self, path: &str) -> bool {
        path.strip_prefix("/media/")
            .is_some_and(|name| name.parse::<MediaName>().is_ok())
    }
}

/// Splits the address of a web page behind its host. A host is the same in capitals, with a dot at its end, with the port that
/// its scheme has anyway, and encrypted or not.
fn split(address: &str) -> Option<(String, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let port = match scheme.to_ascii_lowercase().as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let host = rest[..end].to_ascii_lowercase();
    let host = host.strip_suffix(port).unwrap_or(&host);
    Some((host.trim_end_matches('.').to_owned(), &rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://space.example/t/5", "space.example", "/t/5")]
    #[case("HTTP://Space.Example.:80/t/5", "space.example", "/t/5")]
    #[case("https://space.example:443?x", "space.example", "?x")]
    #[case("https://space.example:8443", "space.example:8443", "")]
    fn host_is_known_in_any_spelling(
        #[case] address: &str,
        #[case] host: &str,
        #[case] rest: &str,
    ) {
        assert_eq!(split(address), Some((host.to_owned(), rest)));
    }

    #[test]
    fn length_in_a_feed_is_that_of_the_escaped_text() {
        let html = "<p dir=\"auto\">a & b's</p>";
        let xml = quick_xml::escape::escape(html);
        assert_eq!(escaped(html), xml.len());
    }
}
