// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How large the HTML, the words and the document of a text become: never more than so many times the text.

use proptest::prelude::*;
use rstest::rstest;

use super::super::budget::{MAX_CELLS, MAX_NODES};
use super::super::{Block, Document, excerpt, parse, plain_text};
use super::tests::{Example, LOOK};
use super::*;

/// Bytes of HTML for each byte of source: a list item of two characters, `-` and a line end, has an element of its own.
const TIMES: usize = 40;
/// Bytes that do not depend on the source: a reference may repeat an address until 100,000 bytes were repeated.
const BESIDES: usize = 700_000;

fn check(source: &str) {
    let document = parse(source);
    let whole = html(&document, &Example, &LOOK);
    let repeats = source.contains("]: ");
    let besides = if repeats { BESIDES } else { 1_000 };
    let most = TIMES * source.len() + besides;
    assert!(!whole.is_cut);
    assert!(
        whole.html.len() <= most,
        "{} of {}",
        whole.html.len(),
        source.len()
    );
    let words = plain_text(&document);
    assert!(words.len() <= 4 * source.len() + besides, "{}", words.len());
    assert!(excerpt(&document, 200).chars().count() <= 200);
    let small = Look {
        max_bytes: 1_000,
        ..LOOK
    };
    let cut = html(&document, &Example, &small);
    // What is open is closed, and an address is whole.
    assert!(cut.html.len() <= 30_000, "{}", cut.html.len());
    if cut.is_cut {
        assert!(cut.html.len() >= 1_000);
    } else {
        assert_eq!(cut.html, whole.html);
    }
}

/// Tables that lack as many cells as there may be, one after another, as long as a post may be.
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

fn many_notes() -> String {
    let notes = (0..3_000).map(|n: u32| n.to_string());
    let notes = notes.map(|n| ["[^", &n, "]\n\n[^", &n, "]: x\n\n"].concat());
    notes.collect()
}

#[rstest]
#[case::lacking_cells(lacking_tables())]
#[case::lacking_cells_in_a_quote(lacking_tables().replace('\n', "\n> "))]
#[case::empty_cells(format!("|a|b\n|-|-\n{}", "|".repeat(30_000)))]
#[case::small_tables("|a\n|-\n\n".repeat(4_500))]
#[case::rows("|a\n|-\n".to_owned() + &"|b\n".repeat(10_000))]
#[case::items("-\n".repeat(16_000))]
#[case::lists("-\n\n*\n\n".repeat(5_000))]
#[case::quotes(">\n\n".repeat(10_000))]
#[case::deep_quotes(">".repeat(32_000))]
#[case::headings("#\n".repeat(16_000))]
#[case::rules("-_-\n---\n".repeat(4_000))]
#[case::emphasis("*a*b ".repeat(6_000))]
#[case::crossed_emphasis("*a **b ".repeat(4_500))]
#[case::references("#1 ".repeat(10_000))]
#[case::mentions("@alice ".repeat(4_500))]
#[case::links("[a](b)".repeat(5_000))]
#[case::addresses("www.a.b ".repeat(4_000))]
#[case::brackets("[".repeat(32_000))]
#[case::repeated_address(format!("[a]: https://{}\n\n{}", "b".repeat(15_000), "[a]".repeat(5_000)))]
#[case::quoted_address(format!("[a]: <https://a.b/{}>\n\n{}", "\"".repeat(7_000), "[a]".repeat(5_000)))]
#[case::notes("[^1]: x\n\n".to_owned() + &"[^1]".repeat(8_000))]
#[case::many_notes(many_notes())]
#[case::signs("<&\"".repeat(10_000))]
#[case::spoilers("[spoiler]a[/spoiler]".repeat(1_600))]
#[case::details("<details>\n\nx\n\n</details>\n\n".repeat(1_200))]
#[case::keys("<kbd>a</kbd>".repeat(2_600))]
#[case::code("`a`".repeat(10_000))]
#[case::fences("```\n```\n".repeat(4_000))]
#[case::pictures("![](a)".repeat(5_000))]
fn hostile_text_becomes_so_many_times_as_much(#[case] source: String) {
    check(&source);
}

/// Counts what a document has, cells apart.
fn nodes(document: &Document) -> usize {
    let mut nodes = 0;
    for block in &document.blocks {
        super::block::visit(block, &mut |_| nodes += 1);
    }
    nodes
}

#[test]
fn lacking_cells_are_not_made() {
    let document = parse("|a|b|c|\n|-|-|-|\n|1|\n||2|\n|||\n");
    let [Block::Table { header, rows, .. }] = document.blocks.as_slice() else {
        panic!("{document:?}");
    };
    assert_eq!(header.len(), 3);
    assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 1]);
}

#[test]
fn tables_that_lack_too_many_cells_stay_source() {
    let document = parse(&lacking_tables());
    let has_table = document
        .blocks
        .iter()
        .any(|block| matches!(block, Block::Table { .. }));
    assert!(!has_table);
    assert!(plain_text(&document).contains("|x"));
}

#[test]
fn cells_over_the_limit_stay_source_with_all_that_follows() {
    let source = format!(
        "before\n\n|a|b|\n|-|-|\n{}\nafter",
        "|c|d|\n".repeat(MAX_CELLS / 2 + 1)
    );
    let document = parse(&source);
    let [Block::Paragraph { .. }, Block::CodeBlock { language, code }] = document.blocks.as_slice()
    else {
        panic!("{} blocks", document.blocks.len());
    };
    assert_eq!(*language, None);
    assert!(code.starts_with("|a|b|\n") && code.ends_with("\n\nafter"));
}

#[test]
fn nodes_over_the_limit_stay_source_with_all_that_follows() {
    let source = format!("before\n\n{}\n\nafter", "*a*\n".repeat(MAX_NODES));
    let document = parse(&source);
    assert!(nodes(&document) <= MAX_NODES);
    assert!(matches!(
        document.blocks.as_slice(),
        [Block::Paragraph { .. }, Block::CodeBlock { code, .. }] if code.ends_with("after")
    ));
    // In a line that is one text, it is text.
    let document = parse(&"@a ".repeat(MAX_NODES));
    assert!(nodes(&document) <= MAX_NODES + 8);
    assert_eq!(plain_text(&document).len(), 3 * MAX_NODES - 1);
}

#[test]
fn spoiler_over_the_limit_hides_the_rest() {
    let source = format!(
        "[spoiler]\n\nhidden\n\n{}\n\n[/spoiler]",
        "*a*\n".repeat(MAX_NODES)
    );
    let document = parse(&source);
    assert!(matches!(
        document.blocks.as_slice(),
        [Block::Spoiler { .. }]
    ));
}

#[test]
fn long_post_of_prose_is_whole() {
    let source = "Some words with *stress*, a [link](https://example.org/) and `code`.\n\n";
    let source = source.repeat(32_000 / source.len());
    let whole = html(
        &parse(&source),
        &Example,
        &Look {
            max_bytes: super::super::budget::TEXT_BYTES,
            ..LOOK
        },
    );
    assert!(!whole.is_cut);
    assert!(!whole.html.contains("<pre"));
}

/// Bits that become much more than they are, with few of anything else.
fn nasty() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "|",
        "|a",
        "|-",
        "\n",
        "\n\n",
        "|\n",
        "|-|-|\n",
        "> ",
        "- ",
        "-\n",
        "*",
        "**",
        "_",
        "`",
        "#1 ",
        "@alice",
        "[a]",
        "[a](b)",
        "[a]: https://b.c/ddddddddddddddddddddddddd\n",
        "[^1]",
        "[^1]: ",
        "<",
        "\"",
        "&",
        "# ",
        "1. ",
        "[spoiler]",
        "[/spoiler]",
        "<details>\n",
        "</details>\n",
        "<kbd>",
        "www.a.b ",
        "---\n",
        "    ",
        "![](a)",
        "\\\n",
    ]);
    let piece = (prop::collection::vec(bits, 1..6), 1..60usize)
        .prop_map(|(bits, times)| bits.concat().repeat(times));
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_nasty_text_becomes_so_many_times_as_much(source in nasty()) {
        check(&source);
    }
}
