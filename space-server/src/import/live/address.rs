// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The address of a forum, and addresses within it.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

use super::FetchError;

/// The address of a forum: http or https, a host, perhaps a port and a folder. It ends with a slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forum(Url);

impl Forum {
    /// Returns whether an argument is meant as an address rather than a path.
    pub fn is_address(text: &str) -> bool {
        text.split_once("://").is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric())
        })
    }

    /// Reads an address as somebody typed it.
    ///
    /// # Errors
    ///
    /// When it is no address of a site, or has a name, a password, a query or a fragment in it.
    pub fn parse(text: &str) -> Result<Self, FetchError> {
        let refuse = |why| FetchError::Address {
            address: without_secrets(text),
            why,
        };
        let mut url = Url::parse(text.trim())
            .map_err(|_| refuse("it is not an address such as https://forum.example.org"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refuse("it must begin with https:// or http://"));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(refuse("it names no host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("it must not contain a name or password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("it must end after the path"));
        }
        let path = format!("{}/", url.path().trim_end_matches('/'));
        url.set_path(&path);
        Ok(Self(url))
    }

    /// Returns the address of a page of the forum; `page` is written by us, without a slash at its start.
    pub(super) fn page(&self, page: &str) -> Url {
        // What is joined has no scheme and no leading slash, so it cannot leave the folder.
        self.0.join(page).unwrap_or_else(|_| self.0.clone())
    }

    /// Returns where an address that the forum gave leads, if that is within the forum.
    pub(super) fn within(&self, from: &Url, to: &str) -> Result<Url, Option<Url>> {
        let url = from.join(to).map_err(|_| None)?;
        if self.is_own(&url) {
            Ok(url)
        } else {
            Err(Some(url))
        }
    }

    /// Returns whether an address is of the same scheme, host and port.
    pub(super) fn is_own(&self, url: &Url) -> bool {
        url.origin() == self.0.origin() && url.username().is_empty() && url.password().is_none()
    }

    /// Returns whether nobody on the way can read what is sent.
    pub(super) fn is_private(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let number = host.trim_start_matches('[').trim_end_matches(']');
        self.0.scheme() == "https"
            || host == "localhost"
            || number.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// Returns scheme, host and port, and the folder with a slash at both ends.
    pub(crate) fn origin_and_folder(&self) -> (String, &str) {
        (self.0.origin().ascii_serialization(), self.0.path())
    }

    /// Returns a name for a folder.
    pub fn folder_name(&self) -> String {
        let mut name = self.0.host_str().unwrap_or_default().to_owned();
        if let Some(port) = self.0.port() {
            name.push('_');
            name.push_str(&port.to_string());
        }
        for part in self.0.path().split('/').filter(|part| !part.is_empty()) {
            name.push('_');
            name.push_str(part);
        }
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let name: String = name
            .chars()
            .map(|c| if is_plain(c) { c } else { '_' })
            .take(120)
            .collect();
        name.trim_start_matches('.').to_owned()
    }
}

impl fmt::Display for Forum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

/// Leaves out what stands before `@` in an address, for a message.
fn without_secrets(text: &str) -> String {
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}://…{}", &rest[at..]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://forum.example.org", "https://forum.example.org/")]
    #[case("HTTPS://Forum.Example.org:443/", "https://forum.example.org/")]
    #[case(" http://127.0.0.1:3000/talk ", "http://127.0.0.1:3000/talk/")]
    fn addresses_have_one_spelling(#[case] text: &str, #[case] want: &str) {
        assert_eq!(Forum::parse(text).unwrap().to_string(), want);
    }

    #[rstest]
    #[case("ftp://forum.example.org")]
    #[case("file:///etc/passwd")]
    #[case("https://")]
    #[case("https://forum.example.org/?a=b")]
    #[case("https://forum.example.org/#a")]
    fn other_addresses_are_refused(#[case] text: &str) {
        assert!(Forum::parse(text).is_err());
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        let error = Forum::parse("https://alice:hunter2@forum.example.org/x").unwrap_err();
        let told = error.to_string();
        assert!(
            !told.contains("hunter2") && !told.contains("alice"),
            "{told}"
        );
        assert!(told.contains("…@forum.example.org"), "{told}");
    }

    #[rstest]
    #[case("https://forum.example.org", true)]
    #[case("http://x", true)]
    #[case("ftp://x", true)]
    #[case("saved-forum.tar.zst", false)]
    #[case("/srv/forum", false)]
    #[case("./a:b", false)]
    fn an_address_is_told_from_a_path(#[case] text: &str, #[case] want: bool) {
        assert_eq!(Forum::is_address(text), want);
    }

    #[rstest]
    #[case("/latest?page=1", Some("https://forum.example.org/latest?page=1"))]
    #[case("https://forum.example.org/t/1", Some("https://forum.example.org/t/1"))]
    #[case("http://forum.example.org/t/1", None)]
    #[case("//evil.example/t/1", None)]
    #[case("https://forum.example.org:8443/", None)]
    #[case("https://forum.example.org@evil.example/", None)]
    #[case("https://a@forum.example.org/", None)]
    #[case("javascript:alert(1)", None)]
    #[case("file:///etc/passwd", None)]
    fn only_addresses_of_the_same_origin_are_within(#[case] to: &str, #[case] want: Option<&str>) {
        let forum = Forum::parse("https://forum.example.org").unwrap();
        let found = forum.within(&forum.page("latest.json"), to).ok();
        assert_eq!(found.as_ref().map(Url::as_str), want);
    }

    #[rstest]
    #[case("https://forum.example.org", "forum.example.org")]
    #[case("http://127.0.0.1:3000/talk/", "127.0.0.1_3000_talk")]
    #[case("http://[::1]:3000/", "___1__3000")]
    fn folders_are_named_after_the_forum(#[case] text: &str, #[case] want: &str) {
        assert_eq!(Forum::parse(text).unwrap().folder_name(), want);
    }

    #[rstest]
    #[case("https://forum.example.org", true)]
    #[case("http://forum.example.org", false)]
    #[case("http://127.0.0.1:3000", true)]
    #[case("http://localhost.example.org", false)]
    fn a_key_travels_where_nobody_reads_it(#[case] text: &str, #[case] want: bool) {
        assert_eq!(Forum::parse(text).unwrap().is_private(), want);
    }
}
