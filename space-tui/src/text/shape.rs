// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Arabic letters as they join: most terminals show each letter as it looks alone, which is hard to read.
//!
//! Where this program orders right-to-left text, it also puts the form of a letter that its neighbours ask for in its
//! place (Unicode's presentation forms, which fonts for terminals have). Letters that have none stay as they are. A
//! terminal that orders and joins by itself is left alone.

use crate::doc::Span;

/// Letters that join what stands before them only: the letter, and its final form.
#[rustfmt::skip]
const TWO: [(char, char); 28] = [
    ('\u{622}', '\u{fe82}'),
    ('\u{623}', '\u{fe84}'),
    ('\u{624}', '\u{fe86}'),
    ('\u{625}', '\u{fe88}'),
    ('\u{627}', '\u{fe8e}'),
    ('\u{629}', '\u{fe94}'),
    ('\u{62f}', '\u{feaa}'),
    ('\u{630}', '\u{feac}'),
    ('\u{631}', '\u{feae}'),
    ('\u{632}', '\u{feb0}'),
    ('\u{648}', '\u{feee}'),
    ('\u{671}', '\u{fb51}'),
    ('\u{688}', '\u{fb89}'),
    ('\u{68c}', '\u{fb85}'),
    ('\u{68d}', '\u{fb83}'),
    ('\u{68e}', '\u{fb87}'),
    ('\u{691}', '\u{fb8d}'),
    ('\u{698}', '\u{fb8b}'),
    ('\u{6ba}', '\u{fb9f}'),
    ('\u{6c0}', '\u{fba5}'),
    ('\u{6c5}', '\u{fbe1}'),
    ('\u{6c6}', '\u{fbda}'),
    ('\u{6c7}', '\u{fbd8}'),
    ('\u{6c8}', '\u{fbdc}'),
    ('\u{6c9}', '\u{fbe3}'),
    ('\u{6cb}', '\u{fbdf}'),
    ('\u{6d2}', '\u{fbaf}'),
    ('\u{6d3}', '\u{fbb1}'),
];

/// Letters that join both ways: the letter, its final form, and its initial form, which its medial one follows.
#[rustfmt::skip]
const FOUR: [(char, char, char); 46] = [
    ('\u{626}', '\u{fe8a}', '\u{fe8b}'),
    ('\u{628}', '\u{fe90}', '\u{fe91}'),
    ('\u{62a}', '\u{fe96}', '\u{fe97}'),
    ('\u{62b}', '\u{fe9a}', '\u{fe9b}'),
    ('\u{62c}', '\u{fe9e}', '\u{fe9f}'),
    ('\u{62d}', '\u{fea2}', '\u{fea3}'),
    ('\u{62e}', '\u{fea6}', '\u{fea7}'),
    ('\u{633}', '\u{feb2}', '\u{feb3}'),
    ('\u{634}', '\u{feb6}', '\u{feb7}'),
    ('\u{635}', '\u{feba}', '\u{febb}'),
    ('\u{636}', '\u{febe}', '\u{febf}'),
    ('\u{637}', '\u{fec2}', '\u{fec3}'),
    ('\u{638}', '\u{fec6}', '\u{fec7}'),
    ('\u{639}', '\u{feca}', '\u{fecb}'),
    ('\u{63a}', '\u{fece}', '\u{fecf}'),
    ('\u{641}', '\u{fed2}', '\u{fed3}'),
    ('\u{642}', '\u{fed6}', '\u{fed7}'),
    ('\u{643}', '\u{feda}', '\u{fedb}'),
    ('\u{644}', '\u{fede}', '\u{fedf}'),
    ('\u{645}', '\u{fee2}', '\u{fee3}'),
    ('\u{646}', '\u{fee6}', '\u{fee7}'),
    ('\u{647}', '\u{feea}', '\u{feeb}'),
    ('\u{649}', '\u{fef0}', '\u{fbe8}'),
    ('\u{64a}', '\u{fef2}', '\u{fef3}'),
    ('\u{679}', '\u{fb67}', '\u{fb68}'),
    ('\u{67a}', '\u{fb5f}', '\u{fb60}'),
    ('\u{67b}', '\u{fb53}', '\u{fb54}'),
    ('\u{67e}', '\u{fb57}', '\u{fb58}'),
    ('\u{67f}', '\u{fb63}', '\u{fb64}'),
    ('\u{680}', '\u{fb5b}', '\u{fb5c}'),
    ('\u{683}', '\u{fb77}', '\u{fb78}'),
    ('\u{684}', '\u{fb73}', '\u{fb74}'),
    ('\u{686}', '\u{fb7b}', '\u{fb7c}'),
    ('\u{687}', '\u{fb7f}', '\u{fb80}'),
    ('\u{6a4}', '\u{fb6b}', '\u{fb6c}'),
    ('\u{6a6}', '\u{fb6f}', '\u{fb70}'),
    ('\u{6a9}', '\u{fb8f}', '\u{fb90}'),
    ('\u{6ad}', '\u{fbd4}', '\u{fbd5}'),
    ('\u{6af}', '\u{fb93}', '\u{fb94}'),
    ('\u{6b1}', '\u{fb9b}', '\u{fb9c}'),
    ('\u{6b3}', '\u{fb97}', '\u{fb98}'),
    ('\u{6bb}', '\u{fba1}', '\u{fba2}'),
    ('\u{6be}', '\u{fbab}', '\u{fbac}'),
    ('\u{6c1}', '\u{fba7}', '\u{fba8}'),
    ('\u{6cc}', '\u{fbfd}', '\u{fbfe}'),
    ('\u{6d0}', '\u{fbe5}', '\u{fbe6}'),
];

/// Lam, which joins some letters to one sign.
const LAM: char = '\u{644}';

/// Kinds of alef, and the sign that they make with lam before them; the next one is its final form.
const WITH_LAM: [(char, char); 4] = [
    ('\u{622}', '\u{fef5}'),
    ('\u{623}', '\u{fef7}'),
    ('\u{625}', '\u{fef9}'),
    ('\u{627}', '\u{fefb}'),
];

/// How a character takes part in joining.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joins {
    /// Not at all.
    Never,
    /// It is a mark on a letter: whoever looks for a neighbour looks past it.
    Through,
    /// It joins both ways, and has one form.
    Always,
    /// It joins what stands before it.
    Before { last: char },
    /// It joins both ways.
    Both { last: char, first: char },
}

impl Joins {
    fn of(c: char) -> Self {
        match c {
            // Tatweel, and the joiner that is there for nothing else.
            '\u{640}' | '\u{200d}' => Self::Always,
            '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{6df}'..='\u{6e4}'
            | '\u{6e7}'
            | '\u{6e8}'
            | '\u{6ea}'..='\u{6ed}'
            | '\u{8d3}'..='\u{8ff}' => Self::Through,
            _ => {
                let four = FOUR.binary_search_by_key(&c, |(letter, ..)| *letter);
                if let Ok(at) = four {
                    let (_, last, first) = FOUR[at];
                    return Self::Both { last, first };
                }
                let two = TWO.binary_search_by_key(&c, |(letter, _)| *letter);
                two.map_or(Self::Never, |at| Self::Before { last: TWO[at].1 })
            }
        }
    }

    fn joins_on(self) -> bool {
        matches!(self, Self::Both { .. } | Self::Always)
    }

    fn joins_back(self) -> bool {
        matches!(self, Self::Both { .. } | Self::Before { .. } | Self::Always)
    }
}

/// Returns whether there may be letters that join.
pub(super) fn may_join(text: &str) -> bool {
    // All of them are in U+0600..U+06FF, of which the first bytes are 0xd8..0xdb.
    text.bytes().any(|byte| (0xd8..=0xdb).contains(&byte))
}

/// Gives the letters of a text in logical order the forms that they have beside each other, also where one span ends and
/// the next begins. Lam and alef become one sign when they look alike, as writing demands; so a text may be some columns
/// narrower than it was.
pub(super) fn shaped(spans: Vec<Span>) -> Vec<Span> {
    if !spans.iter().any(|span| may_join(&span.text)) {
        return spans;
    }
    let letters: Vec<(usize, char, Joins)> = spans
        .iter()
        .enumerate()
        .flat_map(|(at, span)| span.text.chars().map(move |c| (at, c, Joins::of(c))))
        .collect();
    let mut out: Vec<Span> = spans.iter().map(Span::clone_empty).collect();
    // What the letter before joins on to: marks in between do not count.
    let mut is_open = false;
    // The alef that the lam before it has swallowed.
    let mut swallowed = None;
    for (at, (span, c, joins)) in letters.iter().copied().enumerate() {
        let text = &mut out[span].text;
        if swallowed == Some(at) {
            continue;
        }
        if joins == Joins::Through {
            text.push(c);
            continue;
        }
        let next = letters[at + 1..]
            .iter()
            .position(|(_, _, joins)| *joins != Joins::Through)
            .map(|n| at + 1 + n);
        if c == LAM
            && let Some(after) = next
            && letters[after].0 == span
            && let Some((_, sign)) = WITH_LAM.iter().find(|(alef, _)| *alef == letters[after].1)
        {
            text.push(if is_open { following(*sign) } else { *sign });
            swallowed = Some(after);
            is_open = false;
            continue;
        }
        let is_next = next.is_some_and(|next| letters[next].2.joins_back());
        text.push(match (joins, is_open, is_next) {
            (Joins::Both { last, .. } | Joins::Before { last }, true, false)
            | (Joins::Before { last }, true, true) => last,
            (Joins::Both { first, .. }, false, true) => first,
            (Joins::Both { first, .. }, true, true) => following(first),
            _ => c,
        });
        is_open = joins.joins_on();
    }
    out
}

fn following(c: char) -> char {
    char::from_u32(u32::from(c) + 1).unwrap_or(c)
}

/// Returns a text with its letters as they are alone.
#[cfg(test)]
pub(super) fn unshaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let of = |first: char| c == first || c == following(first);
        if let Some((alef, _)) = WITH_LAM.iter().find(|(_, sign)| of(*sign)) {
            out.extend([LAM, *alef]);
        } else if let Some((letter, ..)) = FOUR
            .iter()
            .find(|(_, last, first)| c == *last || of(*first))
        {
            out.push(*letter);
        } else if let Some((letter, _)) = TWO.iter().find(|(_, last)| c == *last) {
            out.push(*letter);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Role, plain};
    use crate::text::measure::width;
    use proptest::prelude::*;
    use rstest::rstest;

    fn shape(pieces: &[&str]) -> Vec<String> {
        let spans = pieces.iter().map(|text| Span::new(Role::Text, *text));
        shaped(spans.collect())
            .into_iter()
            .map(|span| span.text)
            .collect()
    }

    #[rstest]
    #[case::a_word("سلام", "ﺳﻼم", 3)]
    #[case::both_ways("بيت", "ﺑﻴﺖ", 3)]
    #[case::one_that_does_not_join_on("دار", "دار", 3)]
    #[case::alone("و", "و", 1)]
    #[case::tatweel("بـ", "ﺑـ", 2)]
    #[case::marks("مُحَمَّد", "ﻣُﺤَﻤَّﺪ", 4)]
    #[case::lam_alef_after_a_letter("بلا", "ﺑﻼ", 2)]
    #[case::lam_alef_with_marks("لِأَ", "ﻷِ\u{64e}", 1)]
    #[case::persian("پیچگاه", "ﭘﯿﭽﮕﺎه", 6)]
    #[case::urdu("ہے", "ﮨﮯ", 2)]
    #[case::kept_apart("می\u{200c}خواهم", "ﻣﯽ\u{200c}ﺧﻮاﻫﻢ", 7)]
    #[case::hebrew("שלום", "שלום", 4)]
    #[case::latin("plain", "plain", 5)]
    fn letters_join(#[case] text: &str, #[case] want: &str, #[case] columns: usize) {
        let shown = shape(&[text]).concat();
        assert_eq!(shown, want);
        assert_eq!(width(&shown), columns);
    }

    #[test]
    fn they_join_where_the_look_changes_and_are_not_melted_together_there() {
        assert_eq!(shape(&["كتا", "ب"]), ["ﻛﺘﺎ", "ب"]);
        assert_eq!(shape(&["ب", "يت"]), ["ﺑ", "ﻴﺖ"]);
        assert_eq!(shape(&["ل", "ا"]), ["ﻟ", "ﺎ"]);
    }

    #[test]
    fn the_tables_are_in_order() {
        assert!(TWO.is_sorted() && FOUR.is_sorted());
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_doing_it_twice_changes_nothing(text in "[ء-يًٌٍَُِّْپچژکگیہےa-z .]{0,40}") {
            let once = shape(&[&text]).concat();
            prop_assert_eq!(shape(&[&once]).concat(), once.clone());
            let letters = |text: &str| text.chars().filter(|c| Joins::of(*c) != Joins::Through).collect::<String>();
            prop_assert_eq!(letters(&unshaped(&once)), letters(&text));
            let one = Span::new(Role::Text, text.clone());
            prop_assert!(width(&plain(&shaped(vec![one]))) <= width(&text));
        }
    }
}
