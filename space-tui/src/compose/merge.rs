// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Two changes of one text made into one: by lines, and where both changed the same lines, by words. Where both changed
//! the same words, both stand in the result between marks, and a person decides.

use unicode_segmentation::UnicodeSegmentation;

/// Pairs of pieces compared at most; beyond that everything between the first and the last difference counts as changed.
const MOST: usize = 4_000_000;

/// Above one's own words.
pub const MINE: &str = "<<<<<<<";
/// Between the two.
pub const OR: &str = "=======";
/// Below the other's words.
pub const THEIRS: &str = ">>>>>>>";

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text; with marks where nothing else would do.
    pub text: String,
    /// How many places a person has to look at.
    pub clashes: usize,
}

/// A part of the three texts.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Agreed(String),
    Clash {
        base: &'a [&'a str],
        theirs: &'a [&'a str],
        mine: &'a [&'a str],
    },
}

/// Merges two changes of `base`.
pub fn merge(base: &str, theirs: &str, mine: &str) -> Merged {
    let (b, t, m) = (lined(base), lined(theirs), lined(mine));
    let mut merged = Merged {
        text: String::new(),
        clashes: 0,
    };
    for part in three(&b, &t, &m) {
        match part {
            Part::Agreed(text) => merged.text.push_str(&text),
            Part::Clash { base, theirs, mine } => {
                words(
                    &base.concat(),
                    &theirs.concat(),
                    &mine.concat(),
                    &mut merged,
                );
            }
        }
    }
    merged
}

/// Tries the same lines by words.
fn words(base: &str, theirs: &str, mine: &str, merged: &mut Merged) {
    let (b, t, m) = (worded(base), worded(theirs), worded(mine));
    let mut text = String::new();
    for part in three(&b, &t, &m) {
        match part {
            Part::Agreed(words) => text.push_str(&words),
            Part::Clash { .. } => {
                let line = |part: &str| match part {
                    "" => String::new(),
                    part => format!("{}\n", part.strip_suffix('\n').unwrap_or(part)),
                };
                if !merged.text.is_empty() && !merged.text.ends_with('\n') {
                    merged.text.push('\n');
                }
                let (mine, theirs) = (line(mine), line(theirs));
                for part in [MINE, "\n", &mine, OR, "\n", &theirs, THEIRS, "\n"] {
                    merged.text.push_str(part);
                }
                merged.clashes += 1;
                return;
            }
        }
    }
    merged.text.push_str(&text);
}

fn lined(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn worded(text: &str) -> Vec<&str> {
    text.split_word_bounds().collect()
}

/// Parts three texts into what is agreed and what is not.
fn three<'a>(base: &'a [&'a str], theirs: &'a [&'a str], mine: &'a [&'a str]) -> Vec<Part<'a>> {
    let (in_theirs, in_mine) = (same(base, theirs), same(base, mine));
    let mut parts: Vec<Part<'a>> = Vec::new();
    let (mut b, mut t, mut m) = (0, 0, 0);
    loop {
        // The next piece of the base that both kept.
        let kept = (b..base.len()).find_map(|at| Some((at, in_theirs[at]?, in_mine[at]?)));
        let (next_b, next_t, next_m) = kept.unwrap_or((base.len(), theirs.len(), mine.len()));
        let (was, one, other) = (&base[b..next_b], &theirs[t..next_t], &mine[m..next_m]);
        if one == other || other == was {
            agree(&mut parts, &one.concat());
        } else if one == was {
            agree(&mut parts, &other.concat());
        } else {
            parts.push(Part::Clash {
                base: was,
                theirs: one,
                mine: other,
            });
        }
        if kept.is_none() {
            return parts;
        }
        agree(&mut parts, base[next_b]);
        (b, t, m) = (next_b + 1, next_t + 1, next_m + 1);
    }
}

fn agree(parts: &mut Vec<Part<'_>>, text: &str) {
    match parts.last_mut() {
        Some(Part::Agreed(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => parts.push(Part::Agreed(text.to_owned())),
    }
}

/// Returns where each piece of `a` stands in `b`, for a longest row of pieces that stand in both in the same order.
fn same(a: &[&str], b: &[&str]) -> Vec<Option<usize>> {
    let mut found = vec![None; a.len()];
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - start;
    let pairs = a.iter().rev().zip(b.iter().rev()).take(rest);
    let end = pairs.take_while(|(x, y)| x == y).count();
    for (at, place) in found.iter_mut().enumerate().take(start) {
        *place = Some(at);
    }
    for back in 1..=end {
        found[a.len() - back] = Some(b.len() - back);
    }
    let (a, b) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    if a.len().saturating_mul(b.len()) > MOST {
        return found;
    }
    // How long a common row is at most from each pair of pieces on.
    let wide = b.len() + 1;
    let mut longest = vec![0_u32; (a.len() + 1) * wide];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * wide + j] = if a[i] == b[j] {
                longest[(i + 1) * wide + j + 1] + 1
            } else {
                longest[(i + 1) * wide + j].max(longest[i * wide + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            found[start + i] = Some(start + j);
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * wide + j] >= longest[i * wide + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("a\nb\nc\n", "a\nB\nc\n", "a\nb\nC\n", "a\nB\nC\n", 0)]
    #[case("a\nb\n", "a\nb\n", "b\n", "b\n", 0)]
    #[case("a\n", "a\nt\n", "a\n", "a\nt\n", 0)]
    #[case("one two three", "one 2 three", "one two 3", "one 2 3", 0)]
    #[case(
        "the cat sat",
        "the dog sat",
        "the cow sat",
        "<<<<<<<\nthe cow sat\n=======\nthe dog sat\n>>>>>>>\n",
        1
    )]
    #[case(
        "a\nx\nb\n",
        "a\nt\nb\n",
        "a\nm\nb\n",
        "a\n<<<<<<<\nm\n=======\nt\n>>>>>>>\nb\n",
        1
    )]
    #[case("a\nx\n", "a\n", "a\nm\n", "a\n<<<<<<<\nm\n=======\n>>>>>>>\n", 1)]
    #[case("", "t", "m", "<<<<<<<\nm\n=======\nt\n>>>>>>>\n", 1)]
    fn cases(
        #[case] base: &str,
        #[case] theirs: &str,
        #[case] mine: &str,
        #[case] want: &str,
        #[case] clashes: usize,
    ) {
        let merged = merge(base, theirs, mine);
        assert_eq!((merged.text.as_str(), merged.clashes), (want, clashes));
    }

    const TEXT: &str = "([a-d \n]|日本|👩\u{200d}💻){0,24}";

    proptest! {
        #[test]
        fn who_changed_nothing_gets_what_the_other_wrote(base in TEXT, other in TEXT) {
            for merged in [merge(&base, &base, &other), merge(&base, &other, &base), merge(&base, &other, &other)] {
                prop_assert_eq!((merged.text, merged.clashes), (other.clone(), 0));
            }
        }

        #[test]
        fn changes_apart_from_each_other_both_stand(
            before in prop::collection::vec("[a-z]{3,5}\n", 1..4), mine in "[A-Z]{1,4}\n", theirs in "[0-9]{1,4}\n"
        ) {
            let base = before.concat() + "same\n" + &before.concat();
            let merged = merge(&base, &(theirs.clone() + &base), &(base.clone() + &mine));
            prop_assert_eq!((merged.text, merged.clashes), (theirs + &base + &mine, 0));
        }

        #[test]
        fn nothing_that_either_wrote_is_lost(base in TEXT, theirs in TEXT, mine in TEXT) {
            let merged = merge(&base, &theirs, &mine);
            let new = |text: &str| text.split_whitespace().filter(|w| !base.contains(*w)).map(str::to_owned).collect::<Vec<_>>();
            for word in new(&theirs).into_iter().chain(new(&mine)) {
                for piece in word.split_word_bounds().filter(|piece| !base.contains(*piece)) {
                    prop_assert!(merged.text.contains(piece), "{piece:?} in {merged:?}");
                }
            }
        }

        #[test]
        fn who_is_who_does_not_matter_for_whether_they_clash(base in TEXT, theirs in TEXT, mine in TEXT) {
            prop_assert_eq!(merge(&base, &theirs, &mine).clashes, merge(&base, &mine, &theirs).clashes);
        }
    }
}
