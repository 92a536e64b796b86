// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The public pages.

use space_core::Language;

use super::base_url::BaseUrl;
use super::section::section;

section! {
    /// What everybody may read, as pages for browsers and as feeds for feed readers.
    pub struct Pages {
        /// Whether there are pages and feeds. Chat rooms and search engines link to them; without them, only programs
        /// such as `space` read here.
        is_enabled: bool = true;
        /// The address under which people reach this server. It stands in feeds, previews of links and the page of
        /// log-ins. Without it, each answer has the address by which its request came, and caches may not share it.
        base_url: Option<BaseUrl> = None, like "\"https://space.example.org\"";
        /// The language of the space: that of posts that do not say theirs, and of the words of the pages, which speak
        /// ar, de, en and ja, and else English.
        language: Language = english();
    }
}

fn english() -> Language {
    "en".parse().expect("en is a language")
}
