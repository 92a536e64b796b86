// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Finding names by some of their letters.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// What was typed, ready to be compared with many names.
pub struct Fuzzy {
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Fuzzy {
    /// Makes ready what was typed: words in any order, each as letters in order; accents may be left out.
    pub fn new(words: &str) -> Self {
        Self {
            pattern: Pattern::parse(words, CaseMatching::Ignore, Normalization::Smart),
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }

    /// Returns how well a name fits, higher is better; absent when it does not.
    pub fn score(&mut self, name: &str) -> Option<u32> {
        let name = Utf32Str::new(name, &mut self.buffer);
        self.pattern.score(name, &mut self.matcher)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("qst", "Questions", true)]
    #[case("offl train", "Reading offline on a train", true)]
    #[case("train offl", "Reading offline on a train", true)]
    #[case("angstrom", "Ångström", true)]
    #[case("日本", "日本語のトピック", true)]
    #[case("xyz", "Questions", false)]
    #[case("", "Questions", true)]
    fn what_fits(#[case] words: &str, #[case] name: &str, #[case] fits: bool) {
        assert_eq!(Fuzzy::new(words).score(name).is_some(), fits);
    }

    #[test]
    fn a_beginning_fits_better_than_letters_here_and_there() {
        let mut fuzzy = Fuzzy::new("meta");
        assert!(fuzzy.score("Meta") > fuzzy.score("My extra table"));
    }
}
