// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Which addresses a page has, and how they are written.

use std::fmt::Write as _;

use super::super::budget::ADDRESS_BYTES;
use super::Site;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Within the space: a path.
    Own(String),
    /// To a page of somebody else's.
    Foreign(String),
    /// To somebody's mailbox.
    Mail(String),
}

/// Where links in texts lead within the space: to what people write, and to themselves. What asks for something, such as the
/// page that lets a device in, is reached by nobody's link.
const LINKED: [&str; 7] = ["t", "p", "c", "m", "tag", "code", "media"];

/// Returns where a destination leads, if a page may link to it.
pub(super) fn place(destination: &str, site: &dyn Site) -> Option<Place> {
    if destination.len() > ADDRESS_BYTES {
        return None;
    }
    if let Some(number) = destination.strip_prefix('#') {
        let number: i64 = number.parse().ok().filter(|number| *number > 0)?;
        return Some(Place::Own(format!("/p/{number}")));
    }
    if let Some(path) = own(destination, site) {
        return is_linked(path).then(|| Place::Own(path.to_owned()));
    }
    // What begins with two slashes takes its scheme from the page.
    let with_scheme = if is_of_another_host(destination) {
        format!("https:{destination}")
    } else {
        destination.to_owned()
    };
    let (scheme, rest) = with_scheme.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            // Browsers read a backslash as a slash, so that is what it says.
            let rest = rest.replace('\\', "/");
            let address = format!("{scheme}:{rest}");
            if let Some(path) = own(&address, site) {
                return is_linked(path).then(|| Place::Own(path.to_owned()));
            }
            has_host(&rest).then_some(Place::Foreign(address))
        }
        "mailto" if !rest.is_empty() => Some(Place::Mail(with_scheme)),
        _ => None,
    }
}

/// Returns whether links lead to a path: by its first part, and without a way up.
fn is_linked(path: &str) -> bool {
    let way = path.split(['?', '#']).next().unwrap_or_default();
    let parts = || way.split(['/', '\\']).skip(1);
    let is_up = |part: &str| {
        let part = part.to_ascii_lowercase().replace("%2e", ".");
        matches!(part.as_str(), "." | "..")
    };
    let leads_to_known = parts().next().is_some_and(|first| LINKED.contains(&first));
    path == "/" || (leads_to_known && !parts().any(is_up))
}

/// Returns the path of a picture, if the space itself serves it.
pub(super) fn own_picture<'a>(source: &'a str, site: &dyn Site) -> Option<&'a str> {
    own(source, site).filter(|path| site.is_picture(path))
}

/// Returns the path within the space that an address leads to.
fn own<'a>(address: &'a str, site: &dyn Site) -> Option<&'a str> {
    let is_path = |address: &str| address.starts_with('/') && !is_of_another_host(address);
    if is_path(address) {
        return Some(address);
    }
    site.own_path(address).filter(|path| is_path(path))
}

/// Returns whether an address begins with two slashes, or what browsers read as two.
fn is_of_another_host(address: &str) -> bool {
    let mut chars = address.chars();
    matches!(chars.next(), Some('/' | '\\')) && matches!(chars.next(), Some('/' | '\\'))
}

/// Returns whether two slashes and a host follow: without them a browser would look for the page beside ours.
fn has_host(rest: &str) -> bool {
    rest.strip_prefix("//").is_some_and(|rest| {
        rest.chars()
            .next()
            .is_some_and(|c| c.is_alphanumeric() || c == '[')
    })
}

/// Returns an address as it is spelled in ASCII: with `%20` and the like for everything that could end it, or that no
/// address has; `&` is left, which an attribute has as `&amp;`.
/// The host is left as it is, since its letters may be of any script.
pub fn uri(address: &str) -> String {
    let is_scheme = |at: &usize| address[..*at].bytes().all(|b| b.is_ascii_alphanumeric());
    let start = address.find("://").filter(is_scheme).map_or(0, |at| {
        let host = at + 3;
        let end = address[host..].find(['/', '?', '#']);
        end.map_or(address.len(), |end| host + end)
    });
    let mut out = String::with_capacity(address.len() + 8);
    for c in address[..start].chars() {
        match c {
            c if c.is_ascii_control() => {}
            '"' | '<' | '>' | '&' | '\'' | '\\' | '`' | '{' | '}' | '|' | '^' => {
                encode(&mut out, c);
            }
            c if c.is_whitespace() => encode(&mut out, c),
            c => out.push(c),
        }
    }
    let mut has_fragment = false;
    for (at, c) in address[start..].char_indices() {
        match c {
            '%' => {
                let digits = address.as_bytes().get(start + at + 1..start + at + 3);
                if digits.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)) {
                    out.push('%');
                } else {
                    out.push_str("%25");
                }
            }
            '#' if !has_fragment => {
                has_fragment = true;
                out.push('#');
            }
            'A'..='Z' | 'a'..='z' | '0'..='9' => out.push(c),
            '-' | '.' | '_' | '~' | ':' | '/' | '?' | '@' | '!' | '$' | '&' | '(' | ')' | '*'
            | '+' | ',' | ';' | '=' => {
                out.push(c);
            }
            c => encode(&mut out, c),
        }
    }
    out
}

fn encode(out: &mut String, c: char) {
    let mut bytes = [0; 4];
    for byte in c.encode_utf8(&mut bytes).bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::tests::Example;
    use super::*;

    #[rstest]
    #[case("#48213", Some(Place::Own("/p/48213".into())))]
    #[case("#part", None)]
    #[case("#0", None)]
    #[case("/t/5", Some(Place::Own("/t/5".into())))]
    #[case("https://space.example/t/5", Some(Place::Own("/t/5".into())))]
    #[case("https://space.example.evil.example/t/5", Some(Place::Foreign("https://space.example.evil.example/t/5".into())))]
    #[case("https://space.example//evil.example", Some(Place::Foreign("https://space.example//evil.example".into())))]
    #[case("/", Some(Place::Own("/".into())))]
    #[case("/code#part", Some(Place::Own("/code#part".into())))]
    #[case("/t/5/feed.atom?x", Some(Place::Own("/t/5/feed.atom?x".into())))]
    #[case("/device?code=BCDF-GHJK", None)]
    #[case("https://space.example/device?code=BCDF-GHJK", None)]
    #[case("https://space.example\\device?code=BCDF-GHJK", None)]
    #[case("//space.example/device?code=BCDF-GHJK", None)]
    #[case("/t/../device?code=BCDF-GHJK", None)]
    #[case("/t/%2E%2e/device", None)]
    #[case("/t\\..\\device", None)]
    #[case("/v1/logout", None)]
    #[case("/tags", None)]
    #[case("//evil.example/x", Some(Place::Foreign("https://evil.example/x".into())))]
    #[case("/\\evil.example/x", Some(Place::Foreign("https://evil.example/x".into())))]
    #[case("https://good.example\\@evil.example", Some(Place::Foreign("https://good.example/@evil.example".into())))]
    #[case("https:evil.example", None)]
    #[case("https:///evil.example", None)]
    #[case("HTTP://example.org", Some(Place::Foreign("HTTP://example.org".into())))]
    #[case("mailto:a@example.org", Some(Place::Mail("mailto:a@example.org".into())))]
    #[case("javascript:alert(1)", None)]
    #[case("data:text/html,x", None)]
    #[case("matrix:r/room:example.org", None)]
    #[case("page", None)]
    #[case("../page", None)]
    #[case("", None)]
    fn places(#[case] destination: &str, #[case] want: Option<Place>) {
        assert_eq!(place(destination, &Example), want);
    }

    #[rstest]
    #[case("/a b\"c<d>", "/a%20b%22c%3Cd%3E")]
    #[case("/a?b=1&c=2", "/a?b=1&c=2")]
    #[case("/50%", "/50%25")]
    #[case("/a%20b", "/a%20b")]
    #[case("/a#b#c", "/a#b%23c")]
    #[case("/é", "/%C3%A9")]
    #[case("/it's", "/it%27s")]
    #[case(
        "https://bücher.example/ü?q=[1]",
        "https://bücher.example/%C3%BC?q=%5B1%5D"
    )]
    #[case("https://a\"b.example", "https://a%22b.example")]
    #[case("https://[::1]/", "https://[::1]/")]
    #[case("/go?to=https://é", "/go?to=https://%C3%A9")]
    fn addresses_are_spelled_in_ascii(#[case] address: &str, #[case] want: &str) {
        assert_eq!(uri(address), want);
    }
}
