// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is taken from an address before anybody follows it.

/// Returns an address without its user part, and a `mailto:` with one address and a subject at most.
///
/// `https://bank.example@evil.example/` leads to evil.example and reads otherwise; a mail program may attach a file that
/// `mailto:` names, copy others in, or send a text.
pub(super) fn harmless(address: &str) -> String {
    let scheme_end = address.find([':', '/', '?', '#', '\\']).unwrap_or(0);
    let (scheme, rest) = match address[scheme_end..].strip_prefix(':') {
        Some(rest) => (&address[..scheme_end], rest),
        None => ("", address),
    };
    if scheme.eq_ignore_ascii_case("mailto") {
        return mail(rest).map_or_else(String::new, |mail| format!("{scheme}:{mail}"));
    }
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let host = rest.trim_start_matches(is_slash);
    let slashes = rest.len() - host.len();
    // Browsers need no slashes for a web page; others name no host without them.
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    if !is_web && slashes < 2 {
        return address.to_owned();
    }
    let end = host
        .find(|c| is_slash(c) || matches!(c, '?' | '#'))
        .unwrap_or(host.len());
    match host[..end].rfind('@') {
        Some(at) => {
            let start = address.len() - host.len();
            format!("{}{}", &address[..start], &host[at + 1..])
        }
        None => address.to_owned(),
    }
}

/// Returns the first address and the subject of what stands after `mailto:`.
fn mail(rest: &str) -> Option<String> {
    let rest = rest.split('#').next().unwrap_or_default();
    let (address, fields) = rest.split_once('?').unwrap_or((rest, ""));
    let address = address.split(',').next().unwrap_or_default();
    if !address.contains('@') && !address.to_ascii_lowercase().contains("%40") || has_break(address)
    {
        return None;
    }
    let subject = fields
        .split('&')
        .filter_map(|field| field.split_once('='))
        .find(|(name, value)| name.eq_ignore_ascii_case("subject") && !has_break(value));
    Some(match subject {
        Some((_, subject)) => format!("{address}?subject={subject}"),
        None => address.to_owned(),
    })
}

/// A line end would begin another header field.
fn has_break(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.contains("%0a") || text.contains("%0d") || text.contains(['\r', '\n'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://good.example@evil.example/x", "https://evil.example/x")]
    #[case("https://a:b@c@evil.example/x@y", "https://evil.example/x@y")]
    #[case("HTTPS:good@evil.example", "HTTPS:evil.example")]
    #[case("https:\\\\good@evil.example", "https:\\\\evil.example")]
    #[case(
        "https://good.example\\@evil.example",
        "https://good.example\\@evil.example"
    )]
    #[case("//good@evil.example/", "//evil.example/")]
    #[case("ircs://nick@irc.example/#x", "ircs://irc.example/#x")]
    #[case("https://example.org/@ann?to=b@c", "https://example.org/@ann?to=b@c")]
    #[case("https://example.org?a@b", "https://example.org?a@b")]
    #[case("/m/ann@irc", "/m/ann@irc")]
    #[case("xmpp:ann@example.org", "xmpp:ann@example.org")]
    #[case("matrix:u/ann:example.org", "matrix:u/ann:example.org")]
    #[case("#48213", "#48213")]
    #[case("", "")]
    fn user_part_is_removed(#[case] address: &str, #[case] want: &str) {
        assert_eq!(harmless(address), want);
    }

    #[rstest]
    #[case("mailto:a@b.example", "mailto:a@b.example")]
    #[case("MAILTO:a@b.example?attach=/etc/passwd", "MAILTO:a@b.example")]
    #[case(
        "mailto:a@b.example?cc=c@d.example&Subject=Hi%20you&body=x",
        "mailto:a@b.example?subject=Hi%20you"
    )]
    #[case(
        "mailto:a@b.example?subject=x%0D%0ABcc:c@d.example",
        "mailto:a@b.example"
    )]
    #[case("mailto:a@b.example,c@d.example", "mailto:a@b.example")]
    #[case("mailto:a@b.example%0Abcc:c@d.example", "")]
    #[case("mailto:?to=a@b.example", "")]
    #[case("mailto:", "")]
    fn mail_keeps_one_address_and_its_subject(#[case] address: &str, #[case] want: &str) {
        assert_eq!(harmless(address), want);
    }

    proptest! {
        #[test]
        fn taking_twice_is_taking_once(address in "(https?:|mailto:|irc:)?[/\\\\]{0,3}[a-z@:?&=,#/.]{0,20}") {
            let once = harmless(&address);
            prop_assert_eq!(harmless(&once), once);
        }
    }
}
