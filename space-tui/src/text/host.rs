// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The host of an address, as a reader must see it to know where a link leads.

use super::clean;

/// What an address says of where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// The host as computers spell it; letters outside of ASCII as `xn--...`.
    pub ascii: String,
    /// The port, when it is not the usual one.
    pub port: Option<u16>,
}

impl Host {
    /// Returns the host of an http or https address.
    pub fn of(address: &str) -> Option<Self> {
        let url = url::Url::parse(address).ok()?;
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        Some(Self {
            ascii: url.host_str()?.to_owned(),
            port: url.port(),
        })
    }

    /// Returns whether its letters could be taken for others: it is shown as computers spell it then.
    pub fn is_confusable(&self) -> bool {
        self.ascii.split('.').any(|label| label.starts_with("xn--"))
    }
}

impl std::fmt::Display for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let host = self.ascii.strip_prefix("www.").unwrap_or(&self.ascii);
        f.write_str(&clean::line(host))?;
        match self.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://example.org/x", Some("example.org"))]
    #[case("https://www.Example.org", Some("example.org"))]
    #[case("http://127.0.0.1:7780/x", Some("127.0.0.1:7780"))]
    #[case::the_name_is_not_the_host("https://bank.example@evil.example/", Some("evil.example"))]
    #[case::cyrillic("https://\u{440}\u{430}ypal.com/", Some("xn--ypal-43d9g.com"))]
    #[case("mailto:a@example.org", None)]
    #[case("/t/5", None)]
    fn hosts(#[case] address: &str, #[case] want: Option<&str>) {
        let host = Host::of(address).map(|host| host.to_string());
        assert_eq!(host.as_deref(), want);
    }

    #[test]
    fn confusable_hosts_are_known() {
        let host = Host::of("https://\u{440}\u{430}ypal.com/").unwrap();
        assert!(host.is_confusable());
    }
}
