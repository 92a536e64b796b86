// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What people wrote, from source to HTML.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped};
use space_core::markup::web::{self, Look, Site};
use space_core::markup::{self, Document};
use space_core::text::{MemberName, folded};

use super::scene::Scene;
use super::trouble::Trouble;
use super::visit::{Visit, work};
use crate::media::MediaName;
use crate::store::member;

/// How many names of one page are looked up: more are called only to be a burden.
const NAMES: usize = 300;

/// Texts that were read, by the id of what they belong to.
#[derive(Debug, Default)]
pub(super) struct Texts {
    documents: BTreeMap<i64, Document>,
    /// The names in them that members have, folded.
    known: BTreeSet<String>,
}

/// Where a text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    Page,
    /// Feed readers have neither our style nor our address.
    Feed,
}

impl Texts {
    /// Reads texts, and finds out which of the names in them are members'.
    pub(super) async fn read(visit: &Visit, sources: Vec<(i64, String)>) -> Result<Self, Trouble> {
        let (documents, names) = work(move || {
            let documents: BTreeMap<i64, Document> = sources
                .iter()
                .map(|(id, source)| (*id, markup::parse(source)))
                .collect();
            let names: BTreeSet<MemberName> = documents
                .values()
                .flat_map(web::names)
                .filter_map(|name| MemberName::parse(name).ok())
                .take(NAMES)
                .collect();
            (documents, names)
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
        Ok(Self { documents, known })
    }

    /// Returns a text as HTML; its highest heading gets a rank.
    pub(super) fn html(&self, scene: &Scene, id: i64, heading: u8, place: In) -> Markup {
        let Some(document) = self.documents.get(&id) else {
            return PreEscaped(String::new());
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
            id: if place == In::Page { &prefix } else { "" },
            masks_spoilers: place == In::Feed,
        };
        PreEscaped(web::html(document, &around, &look))
    }

    /// Returns the beginning of a text on one line.
    pub(super) fn excerpt(&self, id: i64, max_chars: usize) -> String {
        let document = self.documents.get(&id);
        document.map_or_else(String::new, |document| markup::excerpt(document, max_chars))
    }

    /// Returns the first picture of our own in a text: its path, and what it shows.
    pub(super) fn picture(&self, scene: &Scene, id: i64) -> Option<(String, String)> {
        let around = Around {
            scene,
            known: &self.known,
            place: In::Page,
        };
        let document = self.documents.get(&id)?;
        let (path, alt) = web::first_picture(document, &around)?;
        Some((path.to_owned(), alt.to_owned()))
    }
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
            In::Page => origin.path(),
            In::Feed => origin.base(),
        };
        format!("{start}{path}")
    }

    fn own_path<'a>(&self, address: &'a str) -> Option<&'a str> {
        let base = self.scene.origin.base();
        if base.is_empty() {
            return None;
        }
        match address.strip_prefix(base)? {
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
