// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lists of addresses: `["127.0.0.1", "::1"]` in a file, `127.0.0.1,::1` in the environment, which has no lists.

use std::fmt;
use std::net::IpAddr;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

/// Addresses of machines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Addresses(Vec<IpAddr>);

impl Addresses {
    /// Returns them.
    pub fn as_slice(&self) -> &[IpAddr] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Addresses {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

fn read<E: Error>(text: &str) -> Result<IpAddr, E> {
    let text = text.trim();
    text.parse()
        .map_err(|_| E::custom(format!("{text:?} is not an address such as \"127.0.0.1\"")))
}

impl<'de> Visitor<'de> for Reader {
    type Value = Addresses;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of addresses such as \"127.0.0.1\"")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Addresses, E> {
        let parts = text.split(',').filter(|part| !part.trim().is_empty());
        parts.map(read).collect::<Result<_, E>>().map(Addresses)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Addresses, A::Error> {
        let mut addresses = Vec::new();
        while let Some(text) = list.next_element::<String>()? {
            addresses.push(read(&text)?);
        }
        Ok(Addresses(addresses))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case(json!([]), Some("[]"))]
    #[case(json!(""), Some("[]"))]
    #[case(json!(["127.0.0.1", "::1"]), Some(r#"["127.0.0.1","::1"]"#))]
    #[case(json!("127.0.0.1, ::1"), Some(r#"["127.0.0.1","::1"]"#))]
    #[case(json!("localhost"), None)]
    #[case(json!([1]), None)]
    fn lists_of_addresses(#[case] value: serde_json::Value, #[case] want: Option<&str>) {
        let read = serde_json::from_value::<Addresses>(value).ok();
        let shown = read.map(|addresses| serde_json::to_string(&addresses).unwrap());
        assert_eq!(shown.as_deref(), want);
    }
}
