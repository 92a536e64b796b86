// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Cutting text to what one line of IRC can hold.

use unicode_segmentation::UnicodeSegmentation;

/// Cuts a line into pieces of at most `budget` bytes: after a space when one is in the second half of the piece, else
/// between graphemes, and inside a grapheme only when it alone is too long. Put together they are the line again.
///
/// A budget below four bytes, which some characters take, counts as four.
pub(super) fn split(line: &str, budget: usize) -> Vec<&str> {
    let budget = budget.max(4);
    let mut pieces = Vec::new();
    let mut rest = line;
    while rest.len() > budget {
        let (piece, more) = rest.split_at(cut(rest, budget));
        pieces.push(piece);
        rest = more;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(rest);
    }
    pieces
}

/// Returns where to cut a text that is longer than the budget; never at its beginning.
pub(super) fn cut(text: &str, budget: usize) -> usize {
    let mut end = 0;
    let mut after_space = None;
    for (at, grapheme) in text.grapheme_indices(true) {
        let next = at + grapheme.len();
        if next > budget {
            break;
        }
        end = next;
        if grapheme == " " && next > budget / 2 {
            after_space = Some(next);
        }
    }
    if let Some(at) = after_space {
        return at;
    }
    if end > 0 {
        return end;
    }
    // One grapheme that is longer than a line: letters with marks without end.
    let mut end = budget.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end.max(text.chars().next().map_or(0, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("", 10, &[""])]
    #[case("short", 10, &["short"])]
    #[case("one two three", 8, &["one two ", "three"])]
    #[case("a bcdefghijkl", 8, &["a bcdefg", "hijkl"])]
    #[case("éééé", 5, &["éé", "éé"])]
    #[case("👩\u{200d}👩\u{200d}👧👩\u{200d}👩\u{200d}👧", 20, &["👩\u{200d}👩\u{200d}👧", "👩\u{200d}👩\u{200d}👧"])]
    fn cuts(#[case] line: &str, #[case] budget: usize, #[case] want: &[&str]) {
        assert_eq!(split(line, budget), want);
    }

    #[test]
    fn four_hundred_letters_with_accents_are_never_cut_in_the_middle() {
        let line = "é".repeat(400);
        for budget in [101, 399, 400, 401] {
            let pieces = split(&line, budget);
            assert!(
                pieces
                    .iter()
                    .all(|piece| piece.len() <= budget && piece.chars().all(|c| c == 'é'))
            );
            assert_eq!(pieces.concat(), line);
        }
    }

    proptest! {
        #[test]
        fn any_text_fits_any_budget_and_nothing_is_lost(text in "\\PC{0,200}|[a é\u{301}]{0,300}", budget in 1_usize..120) {
            let pieces = split(&text, budget);
            prop_assert_eq!(pieces.concat(), text.clone());
            for piece in pieces {
                prop_assert!(piece.len() <= budget.max(4));
                prop_assert!(text.is_empty() || !piece.is_empty());
            }
        }
    }
}
