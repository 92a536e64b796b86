// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Every string a reader sees, in the reader's language.
//!
//! The texts stand in `locales/LANGUAGE/space.ftl` (Fluent). What a language lacks is shown in English; a
//! locale that is not known is no error.

mod choose;

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use choose::from_environment;

/// The languages there are, with their texts; English first.
pub(crate) const LOCALES: &[(&str, &str)] = &[
    ("en", include_str!("../../locales/en/space.ftl")),
    ("de", include_str!("../../locales/de/space.ftl")),
    ("ar", include_str!("../../locales/ar/space.ftl")),
    ("ja", include_str!("../../locales/ja/space.ftl")),
];

/// A value put into a text.
pub type Value<'a> = FluentValue<'a>;

/// The texts in one language, and in English behind them.
pub struct L10n {
    bundles: Vec<FluentBundle<FluentResource>>,
    language: &'static str,
}

impl L10n {
    /// Returns the texts in English.
    pub fn english() -> Self {
        Self::new("en")
    }

    /// Returns the texts in the language of a locale such as `de_AT.UTF-8`; English when there is none.
    pub fn new(locale: &str) -> Self {
        let wanted = locale.split(['_', '-', '.', '@']).next().unwrap_or("en");
        let found = LOCALES.iter().filter(|(name, _)| *name == wanted);
        let mut chosen: Vec<_> = found.chain(&LOCALES[..1]).collect();
        chosen.dedup_by_key(|(name, _)| *name);
        Self {
            language: chosen[0].0,
            bundles: chosen
                .iter()
                .map(|(name, text)| bundle(name, text, None))
                .collect(),
        }
    }

    /// Returns English with every vowel accented and every text two fifths longer, to find what is cut off or
    /// not translated.
    #[cfg(test)]
    pub(crate) fn pseudo() -> Self {
        Self {
            language: "en",
            bundles: vec![bundle("en", LOCALES[0].1, Some(accented))],
        }
    }

    /// Returns the language in use: `en`.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// Returns a text.
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// Returns a text with values in it.
    pub fn with(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
        let args: FluentArgs<'_> = values.iter().cloned().collect();
        for bundle in &self.bundles {
            if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
                if errors.is_empty() {
                    return text.into_owned();
                }
            }
        }
        // A missing text is a fault that a test finds; the key still tells a reader something.
        key.to_owned()
    }

    /// Returns whether there is a text of this name in any language.
    pub fn has(&self, key: &str) -> bool {
        self.bundles.iter().any(|bundle| bundle.has_message(key))
    }
}

impl std::fmt::Debug for L10n {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("L10n").field(&self.language).finish()
    }
}

fn bundle(
    name: &str,
    text: &str,
    transform: Option<fn(&str) -> Cow<'_, str>>,
) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = name.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolation marks are controls, which a terminal may show as boxes; names are cleaned of such marks instead.
    bundle.set_use_isolating(false);
    bundle.set_transform(transform);
    // What cannot be read is left out and shown in English; a test reads every file strictly.
    let resource = match FluentResource::try_new(text.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
fn accented(text: &str) -> Cow<'_, str> {
    let mut out: String = text
        .chars()
        .map(|c| match c {
            'a' => 'á',
            'e' => 'é',
            'i' => 'í',
            'o' => 'ó',
            'u' => 'ú',
            'A' => 'Á',
            'E' => 'É',
            other => other,
        })
        .collect();
    let longer = (text.trim().chars().count() * 2).div_ceil(5);
    if text.trim().chars().count() > 2 {
        out.extend(std::iter::repeat_n('~', longer));
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
