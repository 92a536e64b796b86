// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How the time of converting grows with input that is made to be slow: `markdown_score --hostile [BYTES]`.
//!
//! Each pattern is repeated up to a quarter of the size, and up to the whole: where time is linear, the second takes four
//! times as long as the first.

use std::time::{Duration, Instant};

use space_core::markup::html::{KeepLinks, to_markdown};

/// What is repeated, and what is around it.
const PATTERNS: [(&str, &str, &str, &str); 26] = [
    ("paragraphs", "", "<p>some words</p>", ""),
    ("plain text", "<p>", "some words ", "</p>"),
    ("signs", "<p>", "*_`[<&\\", "</p>"),
    ("addresses", "<p>", "http://www.", "</p>"),
    ("addresses without an end", "<p>", "http://a.b/(", "</p>"),
    ("mentions", "<p>", "@a", "</p>"),
    ("colons", "<p>", ":a", "</p>"),
    ("numbers", "<p>", "#1", "</p>"),
    ("brackets", "<p>", "[", "</p>"),
    ("spoilers", "<p>", "[spoiler]", "</p>"),
    ("underscores", "<p>", "_", "</p>"),
    ("backticks", "<p><code>", "`a", "</code></p>"),
    ("spans in a row", "<p>", "<em>a</em>", "</p>"),
    ("breaks", "<p>", "<br>", "</p>"),
    ("emoji", "<p>", "<img class=emoji title=':a:'>", "</p>"),
    ("links", "<p>", "<a href='http://e.org'>a</a>", "</p>"),
    ("list items", "<ul>", "<li>a", "</ul>"),
    ("rows", "<table>", "<tr><td>a", "</table>"),
    ("cells", "<table><tr>", "<td>a", "</table>"),
    ("deep divisions", "", "<div>", "a"),
    ("deep spans", "", "<em><b>", "a"),
    ("deep quotes", "", "<blockquote>", "a"),
    ("deep lists", "", "<ul><li>", "a"),
    ("deep tables", "", "<table><tr><td>", "a"),
    ("deep details", "", "<details><summary>a</summary>", ""),
    ("lines in a deep quote", "DEEP", "a<br>\n", ""),
];

/// Prints the times.
pub(crate) fn print(bytes: usize) {
    println!(
        "{:28} {:>10} {:>10}  ratio (4 is linear)",
        "", "quarter", "whole"
    );
    for (name, before, pattern, after) in PATTERNS {
        let before = match before {
            "DEEP" => "<blockquote>".repeat(60),
            before => before.to_owned(),
        };
        let time = |bytes: usize| {
            let html = format!("{before}{}{after}", pattern.repeat(bytes / pattern.len()));
            let began = Instant::now();
            let markdown = to_markdown(&html, &KeepLinks);
            let time = began.elapsed();
            assert!(
                markdown.len() < 300 * html.len().max(1),
                "{name} grows without bound"
            );
            time
        };
        let (quarter, whole) = (time(bytes / 4), time(bytes));
        let ratio = whole.as_secs_f64() / quarter.max(Duration::from_micros(1)).as_secs_f64();
        println!("{name:28} {quarter:>10.1?} {whole:>10.1?}  {ratio:.1}");
    }
}
