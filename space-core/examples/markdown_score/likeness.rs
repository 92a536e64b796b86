// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How alike two texts are.

use std::collections::HashMap;

/// Returns the normalised Indel similarity, as `rapidfuzz.distance.Indel.normalized_similarity` defines it: twice the length
/// of the longest common subsequence by the length of both, in characters; 1 for two empty texts.
///
/// Bit-parallel after Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): a few lines, and the crate that has it
/// would be a dependency for this alone.
#[expect(
    clippy::cast_precision_loss,
    reason = "lengths of posts are far below 2^52"
)]
pub(crate) fn likeness(left: &str, right: &str) -> f64 {
    if left == right {
        return 1.0;
    }
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let total = left.len() + right.len();
    let words = left.len().div_ceil(64);
    let mut places: HashMap<char, Vec<u64>> = HashMap::new();
    for (index, c) in left.iter().enumerate() {
        places.entry(*c).or_insert_with(|| vec![0; words])[index / 64] |= 1 << (index % 64);
    }
    let mut row = vec![u64::MAX; words];
    for c in &right {
        let Some(places) = places.get(c) else {
            continue;
        };
        let mut carry = 0;
        for (bits, place) in row.iter_mut().zip(places) {
            let met = *bits & place;
            let (sum, first) = bits.overflowing_add(met);
            let (sum, second) = sum.overflowing_add(carry);
            carry = u64::from(first || second);
            *bits = sum | (*bits & !place);
        }
    }
    let common = (0..left.len())
        .filter(|index| row[index / 64] >> (index % 64) & 1 == 0)
        .count();
    2.0 * common as f64 / total as f64
}

#[cfg(test)]
mod tests {
    use super::likeness;

    /// The textbook way, slowly.
    fn plain(left: &str, right: &str) -> f64 {
        let (left, right): (Vec<char>, Vec<char>) =
            (left.chars().collect(), right.chars().collect());
        if left.len() + right.len() == 0 {
            return 1.0;
        }
        let mut row = vec![0_u32; right.len() + 1];
        for a in &left {
            let mut corner = 0;
            for (at, b) in right.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if a == b {
                    corner + 1
                } else {
                    above.max(row[at])
                };
                corner = above;
            }
        }
        let both = u32::try_from(left.len() + right.len()).unwrap();
        2.0 * f64::from(row[right.len()]) / f64::from(both)
    }

    #[test]
    fn it_is_what_the_textbook_says() {
        let long = "the quick brown fox jumps over the lazy dog, ".repeat(5);
        let texts = [
            "",
            "a",
            "kitten",
            "sitting",
            "żółw",
            &long,
            &long.replace("fox", "cat"),
            "xyz",
        ];
        for left in texts {
            for right in texts {
                let (ours, want) = (likeness(left, right), plain(left, right));
                assert!((ours - want).abs() < 1e-12, "{left} {right}: {ours} {want}");
            }
        }
        // As rapidfuzz 3 has it.
        assert!((likeness("kitten", "sitting") - 8.0 / 13.0).abs() < 1e-12);
    }
}
