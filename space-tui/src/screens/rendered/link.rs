// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where links lead, and what of it a reader must see.

use space_core::client::api::is_own_picture;
use space_core::{PostId, TopicId};

use crate::doc::Target;
use crate::text::clean;
use crate::text::host::Host;

/// Bytes of an address at most: longer ones are shown, and not followed.
const LONGEST: usize = 2000;

/// Returns where a link leads, when it can be followed. `origin` is the address of the space.
pub fn target(destination: &str, origin: &str) -> Option<Target> {
    if let Some(number) = destination.strip_prefix('#') {
        return number.parse().ok().filter(|n| *n > 0).map(Target::Number);
    }
    let base = url::Url::parse(&format!("{}/", origin.trim_end_matches('/'))).ok();
    let url = match (url::Url::parse(destination), &base) {
        (Ok(url), _) => url,
        (Err(_), Some(base)) => base.join(destination).ok()?,
        // Without the address of the space its own pages can still be told.
        (Err(_), None) => return inside(destination),
    };
    if let Some(base) = &base
        && url.origin() == base.origin()
        && let Some(path) = url.path().strip_prefix(base.path().trim_end_matches('/'))
        && let Some(inside) = inside(path)
    {
        return Some(inside);
    }
    let address = url.as_str();
    // An address as it is spelled here is ASCII without spaces and controls, so it can stand in an escape sequence.
    let is_plain = address.bytes().all(|b| b.is_ascii_graphic());
    if address.len() > LONGEST || !is_plain {
        return None;
    }
    match url.scheme() {
        "http" | "https" => Some(Target::Web(address.to_owned())),
        "mailto" => Some(Target::Mail(address.to_owned())),
        _ => None,
    }
}

/// Returns what a path of the space's own pages means: `/t/5`, `/t/5/17`, `/p/7`.
fn inside(path: &str) -> Option<Target> {
    let path = path.split(['?', '#']).next()?;
    let mut words = path.strip_prefix('/')?.split('/');
    let kind = words.next()?;
    let number: i64 = words.next()?.parse().ok()?;
    match kind {
        "t" => TopicId::new(number).map(Target::Topic),
        "p" => PostId::new(number).map(Target::Post),
        _ => None,
    }
}

/// Returns whether a picture is one that the space's own server keeps.
pub fn is_own(source: &str, origin: &str) -> bool {
    let Ok(base) = url::Url::parse(&format!("{}/", origin.trim_end_matches('/'))) else {
        return false;
    };
    base.join(source)
        .is_ok_and(|url| is_own_picture(&base, &url))
}

/// Returns whether an address names a user before its host.
fn has_user(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| !url.username().is_empty() || url.password().is_some())
}

/// What has to be said beside the text of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// Nothing: the text says it.
    Nothing,
    /// Where it leads.
    Quietly(String),
    /// Where it leads: the text says that it leads elsewhere, or letters could be taken for others.
    Loudly(String),
}

/// Returns what a reader has to see beside a link before following it.
pub fn beside(shown: &str, destination: &str, target: Option<&Target>, is_screen: bool) -> Beside {
    let is_same = bare(shown) == bare(destination);
    let whole = || clean::line(destination).into_owned();
    match target {
        Some(Target::Web(address)) => {
            let Some(host) = Host::of(address) else {
                return Beside::Quietly(whole());
            };
            // `https://bank.example@elsewhere.example/` names a host that it does not lead to.
            if has_user(address) {
                return Beside::Loudly(host.to_string());
            }
            if is_same && !host.is_confusable() {
                return Beside::Nothing;
            }
            let says_other = said_host(shown).is_some_and(|said| said != host.to_string());
            let said = if is_screen { host.to_string() } else { whole() };
            if says_other || host.is_confusable() {
                Beside::Loudly(said)
            } else {
                Beside::Quietly(said)
            }
        }
        // What stays inside needs no warning.
        Some(Target::Topic(_) | Target::Post(_) | Target::Number(_)) if is_screen => {
            Beside::Nothing
        }
        _ if is_same => Beside::Nothing,
        Some(Target::Mail(address)) if is_screen => {
            let to = address.trim_start_matches("mailto:");
            Beside::Quietly(to.split('?').next().unwrap_or(to).to_owned())
        }
        _ => Beside::Quietly(whole()),
    }
}

/// The host that a text names, if it looks like an address.
fn said_host(text: &str) -> Option<String> {
    let text = text.trim();
    let is_one_word = !text.contains(char::is_whitespace) && text.contains('.');
    let with_scheme = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    is_one_word
        .then(|| Host::of(&with_scheme).map(|host| host.to_string()))
        .flatten()
}

fn bare(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.trim_start_matches("mailto:").trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const ORIGIN: &str = "https://space.example.org";

    fn topic(id: i64) -> Option<Target> {
        TopicId::new(id).map(Target::Topic)
    }

    fn post(id: i64) -> Option<Target> {
        PostId::new(id).map(Target::Post)
    }

    fn web(address: &str) -> Target {
        Target::Web(address.to_owned())
    }

    #[rstest]
    #[case("#48213", Some(Target::Number(48213)))]
    #[case("/t/5", topic(5))]
    #[case("/t/5/17", topic(5))]
    #[case("/p/7?x=1", post(7))]
    #[case("https://space.example.org/p/7", post(7))]
    #[case(
        "https://space.example.org.evil.example/p/7",
        Some(web("https://space.example.org.evil.example/p/7"))
    )]
    #[case("//evil.example/p/7", Some(web("https://evil.example/p/7")))]
    #[case("/about", Some(web("https://space.example.org/about")))]
    #[case("https://example.org", Some(web("https://example.org/")))]
    #[case("mailto:a@example.org", Some(Target::Mail("mailto:a@example.org".to_owned())))]
    #[case("matrix:r/room:example.org", None)]
    #[case("javascript:alert(1)", None)]
    #[case("file:///etc/passwd", None)]
    fn targets(#[case] destination: &str, #[case] want: Option<Target>) {
        assert_eq!(target(destination, ORIGIN), want);
    }

    #[test]
    fn a_space_below_a_path_knows_its_own_links() {
        assert_eq!(
            target("https://example.org/space/t/5", "https://example.org/space"),
            topic(5)
        );
        assert_eq!(
            target("https://example.org/t/5", "https://example.org/space"),
            Some(web("https://example.org/t/5"))
        );
    }

    #[rstest]
    #[case("/media/7/map.png", true)]
    #[case("https://space.example.org/media/map.png", true)]
    #[case("https://space.example.org/v1/logout", false)]
    #[case("/media/../v1/logout", false)]
    #[case("//evil.example/media/map.png", false)]
    #[case("https://space.example.org@evil.example/media/map.png", false)]
    #[case("https://example.org/map.png", false)]
    fn pictures_of_our_own(#[case] source: &str, #[case] want: bool) {
        assert_eq!(is_own(source, ORIGIN), want);
    }

    #[rstest]
    #[case("example.org", "https://example.org/", Beside::Nothing)]
    #[case("the page", "https://example.org/a/b", Beside::Quietly("example.org".to_owned()))]
    #[case("bank.example", "https://evil.example/", Beside::Loudly("evil.example".to_owned()))]
    #[case("https://\u{440}\u{430}ypal.com", "https://\u{440}\u{430}ypal.com",
        Beside::Loudly("xn--ypal-43d9g.com".to_owned()))]
    #[case("our topic", "/t/5", Beside::Nothing)]
    #[case(
        "https://bank.example@evil.example/",
        "https://bank.example@evil.example/",
        Beside::Loudly("evil.example".to_owned())
    )]
    #[case("write to us", "mailto:a@example.org?subject=x", Beside::Quietly("a@example.org".to_owned()))]
    fn what_stands_beside(#[case] shown: &str, #[case] destination: &str, #[case] want: Beside) {
        let to = target(destination, ORIGIN);
        assert_eq!(beside(shown, destination, to.as_ref(), true), want);
    }

    proptest! {
        #[test]
        fn what_can_be_followed_is_printable_ascii(destination in "(https?://|mailto:|//|/)?\\PC{0,40}") {
            if let Some(Target::Web(to) | Target::Mail(to)) = target(&destination, ORIGIN) {
                prop_assert!(to.bytes().all(|b| b.is_ascii_graphic()), "{to}");
            }
        }
    }
}
