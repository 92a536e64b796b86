// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Texts that nobody wrote: words of a made-up language, as often as words of a real one are used.

/// How many words the language has.
const WORDS: usize = 4_000;

/// How long a text is on average, in characters: as long as the posts of a real forum.
pub(crate) const MEAN: usize = 566;

const ONSETS: [&str; 16] = [
    "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "sh",
];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];

/// Writes texts, the same ones in every run.
#[derive(Debug)]
pub(crate) struct Writer {
    words: Vec<String>,
    state: u64,
}

impl Writer {
    pub(crate) fn new() -> Self {
        let mut writer = Self {
            words: Vec::new(),
            state: 0x9e37_79b9_7f4a_7c15,
        };
        writer.words = (0..WORDS).map(|rank| writer.word(rank)).collect();
        writer
    }

    /// Frequent words are short.
    fn word(&mut self, rank: usize) -> String {
        let syllables = match rank {
            0..60 => 1,
            60..800 => 2,
            _ => 3,
        };
        let mut word = String::new();
        for _ in 0..syllables {
            word.push_str(ONSETS[self.below(ONSETS.len())]);
            word.push_str(VOWELS[self.below(VOWELS.len())]);
        }
        word
    }

    /// Returns a number below a bound (xorshift64*).
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let random = self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(random).unwrap_or(0) % bound
    }

    /// Returns the most frequent word.
    pub(crate) fn common_word(&self) -> &str {
        &self.words[0]
    }

    /// Writes a text of 1 to 2 times [`MEAN`] characters, shorter ones more often.
    pub(crate) fn text(&mut self) -> String {
        // The product of two even spreads over 0..4 MEAN / 4 MEAN has a quarter of the bound for its mean.
        let wanted = 20 + self.below(4 * MEAN) * self.below(4 * MEAN) / (4 * MEAN);
        let mut text = String::with_capacity(wanted + 40);
        let mut begins = true;
        while text.len() < wanted {
            // Zipf's law, nearly: the rank is spread evenly on a logarithmic scale.
            let bits = self.below(12) + 1;
            let rank = self.below(1 << bits).min(WORDS - 1);
            let word = self.words[rank].clone();
            if begins {
                let (first, rest) = word.split_at(1);
                text.push_str(&first.to_uppercase());
                text.push_str(rest);
            } else {
                text.push_str(&word);
            }
            begins = self.below(11) == 0;
            text.push_str(if !begins {
                " "
            } else if self.below(5) == 0 {
                ".\n\n"
            } else {
                ". "
            });
        }
        text.truncate(text.trim_end().len());
        text
    }
}
