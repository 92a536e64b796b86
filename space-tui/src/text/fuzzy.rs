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
    places: Vec<u32>,
}

impl Fuzzy {
    /// Makes ready what was typed: words in any order, each as letters in order; accents may be left out.
    pub fn new(words: &str) -> Self {
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        Self {
            pattern: Pattern::parse(words, CaseMatching::Ignore, Normalization::Smart),
            matcher: Matcher::new(config),
            buffer: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Returns how well a name fits, higher is better; absent when it does not. Letters that are only here and there in a
    /// long name do not: nobody who typed them meant it.
    pub fn score(&mut self, name: &str) -> Option<u32> {
        let name = Utf32Str::new(name, &mut self.buffer);
        // Most names do not fit at all, and that is found out faster without the places.
        self.pattern.score(name, &mut self.matcher)?;
        let mut score = 0;
        for atom in &self.pattern.atoms {
            self.places.clear();
            score += u32::from(atom.indices(name, &mut self.matcher, &mut self.places)?);
            if !is_meant(name, &self.places) {
                return None;
            }
        }
        Some(score)
    }
}

/// Returns whether letters at these places of a name look like what somebody typed to find it: all in a row, at the
/// beginnings of words, or not far apart within one word.
fn is_meant(name: Utf32Str<'_>, places: &[u32]) -> bool {
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return true;
    };
    let is_letter = |at: u32| name.get(at).is_alphanumeric();
    let begins = |at: u32| at == 0 || !is_letter(at - 1);
    let follows = |at: &usize| *at > 0 && places[at - 1] + 1 == places[*at];
    let runs = || {
        (0..places.len())
            .filter(|at| !follows(at))
            .map(|at| places[at])
    };
    let is_one_word =
        || (*first..*last).all(is_letter) && (last - first) as usize <= 3 * places.len();
    runs().count() == 1 || runs().all(begins) || (is_one_word() && (*first == 0 || begins(*first)))
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
    #[case("bookm", "My bookmarks", true)]
    #[case("mark", "Bookmarks", true)]
    #[case("rot", "Reading offline on a train", true)]
    #[case("readtrain", "Reading offline on a train", true)]
    #[case("dgli", "Reading offline on a train", false)]
    #[case("rea nai", "Reading offline on a train", false)]
    #[case("bdl", "Somebody else said that it is so", false)]
    #[case("!train read", "Reading on a bus", true)]
    fn what_fits(#[case] words: &str, #[case] name: &str, #[case] fits: bool) {
        assert_eq!(Fuzzy::new(words).score(name).is_some(), fits);
    }

    #[test]
    fn a_beginning_fits_better_than_letters_here_and_there() {
        let mut fuzzy = Fuzzy::new("meta");
        assert!(fuzzy.score("Meta") > fuzzy.score("My extra table"));
    }
}
