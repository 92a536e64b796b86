// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Languages of posts, categories and the interface.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language tag in the common part of BCP 47: `en`, `pt-BR`, `zh-Hant-TW`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", try_from = "String")]
pub struct Language(String);

/// A text that is not a language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a language tag: expected one such as en, pt-BR or zh-Hant")]
pub struct ParseLanguageError {
    /// What was given.
    pub text: String,
}

impl Language {
    /// Returns the tag, with the casing that BCP 47 §2.1.1 recommends.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Language {
    type Err = ParseLanguageError;

    fn from_str(text: &str) -> Result<Self, ParseLanguageError> {
        let error = || ParseLanguageError {
            text: text.to_owned(),
        };
        if text.len() > 35 {
            return Err(error());
        }
        let mut tag = String::with_capacity(text.len());
        for (at, part) in text.split('-').enumerate() {
            let alphabetic = part.bytes().all(|b| b.is_ascii_alphabetic());
            let cased = match (at, part.len()) {
                (0, 2..=3) if alphabetic => part.to_ascii_lowercase(),
                (1.., 4) if alphabetic => {
                    part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase()
                }
                (1.., 2) if alphabetic => part.to_ascii_uppercase(),
                (1.., 3..=8) if part.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                    part.to_ascii_lowercase()
                }
                _ => return Err(error()),
            };
            if at > 0 {
                tag.push('-');
            }
            tag.push_str(&cased);
        }
        Ok(Self(tag))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

impl TryFrom<String> for Language {
    type Error = ParseLanguageError;

    fn try_from(text: String) -> Result<Self, ParseLanguageError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("EN", Some("en"))]
    #[case("pt-br", Some("pt-BR"))]
    #[case("ZH-hant-tw", Some("zh-Hant-TW"))]
    #[case("es-419", Some("es-419"))]
    #[case("e", None)]
    #[case("english", None)]
    #[case("en_GB", None)]
    #[case("", None)]
    #[case("é", None)]
    fn tags(#[case] text: &str, #[case] want: Option<&str>) {
        assert_eq!(
            text.parse::<Language>().ok().as_ref().map(Language::as_str),
            want
        );
    }
}
