// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was put right, when it is little.

/// More words than this on either side are no correction.
const WORDS: usize = 6;

/// Returns the words that changed, before and after, with a word beside them when there is one; nothing when nothing that
/// can be seen has changed, or too much.
pub(super) fn correction(before: &str, after: &str) -> Option<(String, String)> {
    let before: Vec<&str> = before.split_whitespace().collect();
    let after: Vec<&str> = after.split_whitespace().collect();
    let same = |(a, b): &(&&str, &&str)| a == b;
    let start = before.iter().zip(&after).take_while(same).count();
    let (old, new) = (&before[start..], &after[start..]);
    let end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(same)
        .count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    if old.is_empty() && new.is_empty() || old.len().max(new.len()) > WORDS {
        return None;
    }
    // Words that were only put in or taken out are found by their neighbour.
    let from = start.saturating_sub(usize::from(old.is_empty() || new.is_empty()));
    let until = |words: &[&str], changed: usize| {
        let is_at_start = from == start && (old.is_empty() || new.is_empty());
        words[from..(start + changed + usize::from(is_at_start)).min(words.len())].join(" ")
    };
    Some((until(&before, old.len()), until(&after, new.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("I like teh tea", "I like the tea", Some(("teh", "the")))]
    #[case("I do like tea", "I do not like tea", Some(("do", "do not")))]
    #[case("I do not like tea", "I do like tea", Some(("do not", "do")))]
    #[case("like tea", "I like tea", Some(("like", "I like")))]
    #[case("tea at four", "tea at five", Some(("four", "five")))]
    #[case("the  same", "the same", None)]
    #[case("a b c d e f g", "h i j k l m n", None)]
    #[case("", "now something", Some(("", "now something")))]
    fn corrections(#[case] before: &str, #[case] after: &str, #[case] want: Option<(&str, &str)>) {
        let found = correction(before, after);
        let found = found.as_ref().map(|(a, b)| (a.as_str(), b.as_str()));
        assert_eq!(found, want);
    }
}
