// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Words: values that have one spelling in SQL, JSON, commands and on screens.

macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $name {
            /// Every value, in the order of their definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the word used in SQL, JSON, commands and on screens.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(word: &str) -> Result<Self, $crate::words::UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    _ => Err($crate::words::UnknownWord { word: word.to_owned(), known: &[$($word),*] }),
                }
            }
        }
    };
}
pub(crate) use words;

/// A word that names none of the values it should.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not known here; expected one of: {}", .known.join(", "))]
pub struct UnknownWord {
    /// What was given.
    pub word: String,
    /// What would have been understood.
    pub known: &'static [&'static str],
}
