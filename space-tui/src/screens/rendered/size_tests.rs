// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How much text a post becomes in a terminal: never more than so many times its source.

use proptest::prelude::*;
use rstest::rstest;

use super::source;
use crate::doc::plain;
use crate::l10n::L10n;

/// Bytes for each byte of source: a row of a table of three bytes may need a rule across the screen above it.
const TIMES: usize = 120;
/// A reference may repeat an address until 100,000 bytes were repeated.
const BESIDES: usize = 700_000;

fn check(text: &str) {
    let lines = source(text, 80, &L10n::english());
    let bytes: usize = lines.iter().map(|line| plain(line).len() + 1).sum();
    let besides = if text.contains("]: ") { BESIDES } else { 2_000 };
    assert!(
        bytes <= TIMES * text.len() + besides,
        "{bytes} of {}",
        text.len()
    );
}

fn lacking_tables() -> String {
    let (columns, rows) = (440, 594);
    let table = format!(
        "{}|\n{}|\n{}\n",
        "|a".repeat(columns),
        "|-".repeat(columns),
        "|x\n".repeat(rows)
    );
    table.repeat(9)
}

#[rstest]
#[case::lacking_cells(lacking_tables())]
#[case::long_name_of_a_column(format!(
    "|{}|{}\n|{}\n{}",
    "name ".repeat(3_000),
    "b|".repeat(20),
    "-|".repeat(21),
    "|x\n".repeat(400)
))]
#[case::rows("|a\n|-\n".to_owned() + &"|b\n".repeat(10_000))]
#[case::tall_rows(format!("|a|b|\n|-|-|\n{}", "|c d e f g h i j k l m n o p q r s t u v|w|\n".repeat(600)))]
#[case::items("-\n".repeat(16_000))]
#[case::deep_breaks(format!("{}a{}", "> ".repeat(32), "\\\nb".repeat(9_000)))]
#[case::references("#1 ".repeat(10_000))]
#[case::links("[a](b)".repeat(5_000))]
#[case::rules("---\n\n".repeat(6_000))]
#[case::repeated_address(format!("[a]: https://{}\n\n{}", "b".repeat(15_000), "[a]".repeat(5_000)))]
fn hostile_post_becomes_so_many_times_as_much(#[case] text: String) {
    check(&text);
}

proptest! {
    #[test]
    fn any_nasty_post_becomes_so_many_times_as_much(
        pieces in prop::collection::vec(
            ("(\\||\\|a|\\|-|\n|\n\n|\\|-\\|-\\|\n|> |- |-\n|\\*|_|`|#1 |\\[a\\]\\(b\\)|# |<|\\\\\n|---\n|    ){1,5}", 1..60_usize),
            1..10,
        )
    ) {
        check(&pieces.iter().map(|(piece, times)| piece.repeat(*times)).collect::<String>());
    }
}
