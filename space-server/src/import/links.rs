// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Links into the source's own site: which topic or post they mean.

use std::collections::{BTreeMap, BTreeSet};

/// What a link within the source means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// A topic, or a post of it by its number.
    Topic {
        /// The topic's id in the source.
        id: i64,
        /// The post's number.
        number: Option<i64>,
    },
    /// A post by its id in the source.
    Post(i64),
}

/// The source's own site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OwnSite {
    /// Host names, with the port where it is not the usual one, and how often each was seen.
    pub(crate) hosts: BTreeMap<String, u64>,
    /// Scheme, host and port, where that is known rather than concluded.
    pub(crate) origin: Option<String>,
    /// The folder of the forum on its host, with a slash at its start and none at its end; mostly empty.
    pub(crate) folder: String,
}

impl OwnSite {
    /// Takes what is known of the site.
    pub(crate) fn know(&mut self, origin: String, folder: &str) {
        if let Some((_, host)) = origin.split_once("//") {
            *self.hosts.entry(host.to_ascii_lowercase()).or_default() += 1;
        }
        folder.trim_end_matches('/').clone_into(&mut self.folder);
        self.origin = Some(origin);
    }

    /// Takes the host that the picture of an author is kept under.
    pub(crate) fn see_picture_of(&mut self, host: Option<&str>) {
        let Some(host) = host else { return };
        match self.hosts.get_mut(host) {
            Some(seen) => *seen += 1,
            None => drop(self.hosts.insert(host.to_owned(), 1)),
        }
    }

    /// Returns whether anything tells where the site is.
    pub(crate) fn is_known(&self) -> bool {
        self.origin.is_some() || !self.hosts.is_empty()
    }

    /// Returns the address of something on the site that is named by its path alone.
    pub(crate) fn absolute(&self, path: &str) -> Option<String> {
        let is_path = path.starts_with('/') && !path.starts_with("//");
        if let Some(origin) = &self.origin {
            return is_path.then(|| format!("{origin}{path}"));
        }
        let (host, _) = self.hosts.iter().max_by_key(|(_, seen)| **seen)?;
        is_path.then(|| format!("https://{host}{path}"))
    }

    /// Returns the name of the member whose page a link leads to.
    pub(crate) fn member<'h>(&self, href: &'h str) -> Option<&'h str> {
        let path = self.path(href)?.trim_start_matches('/');
        let name = path
            .strip_prefix("u/")
            .or_else(|| path.strip_prefix("users/"))?;
        let name = name.strip_suffix('/').unwrap_or(name);
        (!name.is_empty() && !name.contains(['/', '?', '#'])).then_some(name)
    }

    /// Finds what a link means, when it leads to a topic or post of the site.
    pub(crate) fn target(&self, href: &str) -> Option<Target> {
        let path = self.path(href)?;
        let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
        let path = path.split('?').next().unwrap_or(path);
        let path = path.strip_suffix(".json").unwrap_or(path);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let id = |part: &str| {
            let sound =
                !part.is_empty() && part.len() < 16 && part.bytes().all(|b| b.is_ascii_digit());
            sound
                .then(|| part.parse::<i64>().ok())
                .flatten()
                .filter(|id| *id > 0)
        };
        let number = |part: Option<&&str>| {
            let fragment = fragment.strip_prefix("post_").and_then(id);
            part.and_then(|part| id(part)).or(fragment)
        };
        match parts.as_slice() {
            ["p", post, ..] => Some(Target::Post(id(post)?)),
            // A slug of digits alone does not exist: Discourse takes it for the id.
            ["t", topic, rest @ ..] if id(topic).is_some() => Some(Target::Topic {
                id: id(topic)?,
                number: number(rest.first()),
            }),
            ["t", _, topic, rest @ ..] => Some(Target::Topic {
                id: id(topic)?,
                number: number(rest.first()),
            }),
            _ => None,
        }
    }

    /// Returns the path of a link within the site.
    fn path<'h>(&self, href: &'h str) -> Option<&'h str> {
        let rest = match href.split_once("//") {
            Some(("" | "http:" | "https:", rest)) => rest,
            _ if href.starts_with('/') => return self.in_folder(href),
            _ => return None,
        };
        let (host, path) = rest.split_at(rest.find('/')?);
        self.hosts
            .contains_key(&host.to_ascii_lowercase())
            .then(|| self.in_folder(path))
            .flatten()
    }

    /// Returns what of a path stands after the folder of the forum.
    fn in_folder<'h>(&self, path: &'h str) -> Option<&'h str> {
        path.strip_prefix(&self.folder)
            .filter(|rest| rest.starts_with('/'))
    }
}

/// Links to topics, seen in texts while nobody knows yet which of them lead to the forum itself.
#[derive(Debug, Default)]
pub(crate) struct OwnLinks {
    /// Host, and id and short name of a topic.
    seen: BTreeSet<(String, i64, String)>,
}

impl OwnLinks {
    /// So many are enough to tell.
    const MAX: usize = 2_000;
    /// Topics that every forum of this kind is made with have ids up to this, and the same names.
    const MADE_WITH: i64 = 20;
    /// Longer no host name is.
    const MAX_HOST: usize = 260;

    /// Looks through the HTML of a post.
    pub(crate) fn look(&mut self, html: &str) {
        for (at, _) in html.match_indices("/t/") {
            if self.seen.len() >= Self::MAX {
                return;
            }
            let is_of_host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':');
            let before = &html.as_bytes()[at.saturating_sub(Self::MAX_HOST)..at];
            let length = before.iter().rev().take_while(|b| is_of_host(b)).count();
            let host = &html[at - length..at];
            let is_host = length > 0 && html[..at - length].ends_with("//");
            let mut parts = html[at + 3..].split(['/', '"', '?', '#', '\'', '<']);
            let (slug, id) = (parts.next(), parts.next().and_then(|id| id.parse().ok()));
            if let (true, Some(slug), Some(id)) = (is_host, slug, id)
                && id > Self::MADE_WITH
            {
                self.seen
                    .insert((host.to_ascii_lowercase(), id, slug.to_owned()));
            }
        }
    }

    /// Returns the host most of whose topics are here, under the same id and short name.
    pub(crate) fn host<'t>(self, slug: impl Fn(i64) -> Option<&'t str>) -> Option<String> {
        let mut hosts: BTreeMap<String, u64> = BTreeMap::new();
        for (host, id, name) in self.seen {
            if slug(id) == Some(name.as_str()) {
                *hosts.entry(host).or_default() += 1;
            }
        }
        hosts
            .into_iter()
            .max_by_key(|(_, topics)| *topics)
            .map(|(host, _)| host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn site() -> OwnSite {
        OwnSite {
            hosts: BTreeMap::from([
                ("forum.example".to_owned(), 3),
                ("old.example".to_owned(), 1),
            ]),
            ..OwnSite::default()
        }
    }

    fn topic(id: i64, number: Option<i64>) -> Target {
        Target::Topic { id, number }
    }

    #[rstest]
    #[case("https://forum.example/t/a-slug/12", Some(topic(12, None)))]
    #[case("http://Forum.Example/t/a-slug/12/3?u=ann", Some(topic(12, Some(3))))]
    #[case("//forum.example/t/12", Some(topic(12, None)))]
    #[case("/t/a-slug/12/3", Some(topic(12, Some(3))))]
    #[case("/t/12/3", Some(topic(12, Some(3))))]
    #[case("/t/12#post_4", Some(topic(12, Some(4))))]
    #[case("/t/-/12/", Some(topic(12, None)))]
    #[case("/t/a-slug/12.json", Some(topic(12, None)))]
    #[case("/p/99?u=ann", Some(Target::Post(99)))]
    #[case("/t/a-slug", None)]
    #[case("/t/a-slug/0", None)]
    #[case("/t/a-slug/99999999999999999999", None)]
    #[case("/u/ann", None)]
    #[case("https://other.example/t/a-slug/12", None)]
    #[case("ftp://forum.example/t/a-slug/12", None)]
    #[case("#post_4", None)]
    #[case("", None)]
    fn links(#[case] href: &str, #[case] want: Option<Target>) {
        assert_eq!(site().target(href), want);
    }

    #[test]
    fn paths_become_addresses_of_the_host_seen_most() {
        let absolute = |path| site().absolute(path);
        assert_eq!(
            absolute("/u/ann"),
            Some("https://forum.example/u/ann".to_owned())
        );
        assert_eq!(absolute("//cdn.example/x"), None);
        assert_eq!(absolute("#here"), None);
        assert_eq!(OwnSite::default().absolute("/u/ann"), None);
    }

    #[test]
    fn a_forum_in_a_folder_has_its_links_there() {
        let site = OwnSite {
            hosts: BTreeMap::from([("example.org:8080".to_owned(), 1)]),
            origin: Some("http://example.org:8080".to_owned()),
            folder: "/talk".to_owned(),
        };
        assert_eq!(site.target("/talk/t/a-slug/12/3"), Some(topic(12, Some(3))));
        let whole = "http://example.org:8080/talk/t/12";
        assert_eq!(site.target(whole), Some(topic(12, None)));
        assert_eq!(site.target("/t/a-slug/12"), None);
        assert_eq!(site.target("/talks/t/12"), None);
        let shown = site.absolute("/talk/u/ann");
        assert_eq!(shown.as_deref(), Some("http://example.org:8080/talk/u/ann"));
    }

    #[rstest]
    #[case("/u/ann", Some("ann"))]
    #[case("https://old.example/u/ann/", Some("ann"))]
    #[case("/users/ann", Some("ann"))]
    #[case("/u/ann/summary", None)]
    #[case("/u/", None)]
    #[case("https://other.example/u/ann", None)]
    fn pages_of_members(#[case] href: &str, #[case] want: Option<&str>) {
        assert_eq!(site().member(href), want);
    }

    proptest! {
        #[test]
        fn any_link_is_read_without_panic(href in "(https?:)?(//)?(forum.example)?[/tp0-9#?a.é]{0,30}") {
            let _ = site().target(&href);
        }
    }
}
