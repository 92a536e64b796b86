// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! "Did you mean": the known word nearest to one that was mistyped.

/// Letters of a word that are looked at: what comes from a file of any size is not worth more comparing.
const LONGEST: usize = 64;

/// Returns the known word that was perhaps meant: one that is few enough edits away to be a mistyping, else one that begins
/// with the word or that it begins with. Large and small letters are alike.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word
        .chars()
        .take(LONGEST)
        .flat_map(char::to_lowercase)
        .collect();
    // A third of the word may be wrong: two letters of `bind` make another word.
    let most = (word.len() / 3).max(1);
    let ranked = known.into_iter().filter_map(|candidate| {
        let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
        let edits = edits(&word, &letters);
        // A beginning of three letters may belong to anything.
        let is_beginning = word.len().min(letters.len()) > 3
            && (word.starts_with(&letters) || letters.starts_with(&word));
        (edits <= most || is_beginning).then_some(((edits > most, edits), candidate))
    });
    ranked
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, candidate)| candidate)
}

/// Counts insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
fn edits(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replace = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let best = replace.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best.min(rows[i - 2][j - 2] + 1)
                } else {
                    best
                }
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("bnid", Some("bind"))]
    #[case("max_bdy", Some("max_body"))]
    #[case("maxbody", Some("max_body"))]
    #[case("colour", None)]
    #[case("", None)]
    #[case("BIND", Some("bind"))]
    #[case("request", Some("request_timeout"))]
    #[case("req", None)]
    #[case("request_timeout_seconds", Some("request_timeout"))]
    fn mistyped_words_are_recognised(#[case] word: &str, #[case] want: Option<&str>) {
        assert_eq!(nearest(word, ["bind", "request_timeout", "max_body"]), want);
    }
}
