// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where to listen: `127.0.0.1:7780`, `[::1]:7780`, `localhost:7780`.

use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, de::Error};

/// An address and port to listen on. A name is looked up when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bind(SocketAddr);

/// A text that is no address to listen on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseBindError {
    /// It is not an address and a port.
    #[error(
        "{0:?} is not an address and port to listen on, such as 127.0.0.1:7780, [::1]:7780 or localhost:7780"
    )]
    Form(String),
    /// The name has no address.
    #[error(
        "the name {name:?} cannot be looked up ({why}): give an IP address, such as 127.0.0.1:{port}"
    )]
    Name {
        /// The name.
        name: String,
        /// The port behind it.
        port: u16,
        /// Why not.
        why: String,
    },
}

impl FromStr for Bind {
    type Err = ParseBindError;

    fn from_str(text: &str) -> Result<Self, ParseBindError> {
        let text = text.trim();
        if let Ok(address) = text.parse() {
            return Ok(Self(address));
        }
        let form = || ParseBindError::Form(text.to_owned());
        let (name, port) = text.rsplit_once(':').ok_or_else(form)?;
        let port: u16 = port.parse().map_err(|_| form())?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        let has_letter = name.contains(|c: char| c.is_ascii_alphabetic());
        if !has_letter || !name.chars().all(is_name) {
            return Err(form());
        }
        let failed = |why: String| ParseBindError::Name {
            name: name.to_owned(),
            port,
            why,
        };
        let found: Vec<SocketAddr> = (name, port)
            .to_socket_addrs()
            .map_err(|error| failed(error.to_string()))?
            .collect();
        // A name such as localhost has two addresses, and the server listens on one: the one that older programs try, too.
        let first = found.iter().find(|address| address.is_ipv4());
        first
            .or(found.first())
            .map(|address| Self(*address))
            .ok_or_else(|| failed("it has no address".to_owned()))
    }
}

impl From<SocketAddr> for Bind {
    fn from(address: SocketAddr) -> Self {
        Self(address)
    }
}

impl Deref for Bind {
    type Target = SocketAddr;

    fn deref(&self) -> &SocketAddr {
        &self.0
    }
}

impl fmt::Display for Bind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Bind {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("127.0.0.1:7780", "127.0.0.1:7780")]
    #[case("[::1]:7780", "[::1]:7780")]
    #[case(" localhost:7780 ", "127.0.0.1:7780")]
    fn address_or_name_is_read(#[case] text: &str, #[case] want: &str) {
        assert_eq!(text.parse::<Bind>().unwrap().to_string(), want);
    }

    #[rstest]
    #[case::port_alone("7780")]
    #[case::name_alone("localhost")]
    #[case::no_host(":7780")]
    #[case::star("*:7780")]
    #[case::not_a_port("localhost:http")]
    #[case::too_high_a_port("127.0.0.1:77800")]
    #[case::without_brackets("::1:7780")]
    #[case::a_url("http://localhost:7780")]
    #[case::no_such_name("no-such-name.invalid:7780")]
    fn other_text_is_refused_with_an_example(#[case] text: &str) {
        let said = text.parse::<Bind>().unwrap_err().to_string();
        assert!(said.contains("127.0.0.1:7780"), "{said}");
    }
}
