// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Which addresses a link or a picture may have.

use super::super::{link, sanitize};

/// Schemes that open a page, a message or a chat, and run nothing.
const SAFE_SCHEMES: [&str; 8] = [
    "http", "https", "mailto", "xmpp", "irc", "ircs", "matrix", "tel",
];

/// Returns the destination of a link as it may be followed, if it may.
pub(super) fn destination(address: &str) -> Option<String> {
    let address = clean(address);
    is_safe_destination(&address).then_some(address)
}

/// Returns the address of a picture as it may be loaded, if it may.
pub(super) fn image_source(address: &str) -> Option<String> {
    let address = clean(address);
    let is_safe = match scheme(&address) {
        Some(scheme) => scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"),
        None => !address.is_empty(),
    };
    is_safe.then_some(address)
}

/// Returns whether a link may lead there: a safe scheme, or none (a relative address, or `#48213`).
pub(in super::super) fn is_safe_destination(address: &str) -> bool {
    match scheme(address) {
        Some(scheme) => SAFE_SCHEMES
            .iter()
            .any(|safe| safe.eq_ignore_ascii_case(scheme)),
        None => !address.is_empty(),
    }
}

/// Returns what stands before the first colon, unless the colon belongs to a path, query or fragment.
fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#'])?;
    address[end..].starts_with(':').then(|| &address[..end])
}

fn clean(address: &str) -> String {
    link::harmless(&sanitize::line(address).replace(' ', "%20"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://example.org/", true)]
    #[case("HTTP://example.org/", true)]
    #[case("mailto:a@example.org", true)]
    #[case("matrix:r/room:example.org", true)]
    #[case("/t/5", true)]
    #[case("#48213", true)]
    #[case("page?a=b:c", true)]
    #[case("//example.org/x", true)]
    #[case("mailto:?attach=/etc/passwd", false)]
    #[case("https://ann@example.org/", true)]
    #[case("javascript:alert(1)", false)]
    #[case("java\u{1}script:alert(1)", false)]
    #[case("java script:alert(1)", false)]
    #[case("data:text/html,x", false)]
    #[case("file:///etc/passwd", false)]
    #[case("ssh://host", false)]
    #[case("", false)]
    fn only_safe_destinations_pass(#[case] address: &str, #[case] is_safe: bool) {
        assert_eq!(destination(address).is_some(), is_safe);
    }

    #[rstest]
    #[case("https://example.org/a.png", true)]
    #[case("/uploads/a.png", true)]
    #[case("mailto:a@example.org", false)]
    #[case("data:image/png;base64,x", false)]
    fn only_web_pictures_pass(#[case] address: &str, #[case] is_safe: bool) {
        assert_eq!(image_source(address).is_some(), is_safe);
    }
}
