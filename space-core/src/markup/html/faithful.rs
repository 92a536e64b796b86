// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Nothing is dropped without being named, and every link leads where it led.

use proptest::prelude::*;
use rstest::rstest;

use super::super::parse;
use super::{Converted, KeepLinks, Polls, convert, to_line, to_markdown};

const HEAD: &str = "<div class=\"title\"><div class=\"quote-controls\"></div><img class=\"avatar\" src=\"x\">\
    <a href=\"/t/x/12/3\">T</a></div>";

fn markdown(html: &str) -> String {
    to_markdown(html, &KeepLinks)
}

/// The destinations of all links of a source, sorted.
fn destinations(source: &str) -> Vec<String> {
    fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    match value.as_str() {
                        // In a table a stroke has to be written so.
                        Some(text) if name == "destination" => found.push(text.replace('|', "%7C")),
                        _ => collect(value, found),
                    }
                }
            }
            serde_json::Value::Array(values) => {
                for value in values {
                    collect(value, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(&serde_json::to_value(parse(source)).unwrap(), &mut found);
    found.sort();
    found
}

#[rstest]
#[case::event(
    "<p>Come.</p><div class=\"discourse-post-event\" data-start=\"2026-12-01 18:00\" data-end=\"2026-12-01 20:00\" \
     data-status=\"public\" data-name=\"Winter meetup\" data-location=\"Town hall\" data-url=\"https://e.org/meet\" \
     data-timezone=\"Europe/Berlin\"></div>",
    "Come.\n\n**Winter meetup**\\\n2026-12-01 18:00 – 2026-12-01 20:00 (Europe/Berlin)\\\nTown hall\\\nhttps://e.org/meet"
)]
#[case::event_with_little(
    "<div class=\"discourse-calendar\" data-start=\"2026-12-01\"></div>",
    "2026-12-01"
)]
#[case::code_with_breaks("<p><code>a<br>\n  b<br>\nc</code></p>", "```\na\n  b\nc\n```")]
#[case::code_block_with_breaks("<pre><code>a<br>\nb</code></pre>", "```\na\nb\n```")]
#[case::code_in_a_spoiler(
    "<p><span class=\"spoiler\"><code>a<br>\n b</code></span></p>",
    "[spoiler]\n\n```\na\n b\n```\n\n[/spoiler]"
)]
#[case::code_in_marks("<p>x <strong><code>a\nb</code></strong></p>", "x\n\n```\na\nb\n```")]
#[case::code_in_an_item("<ul><li><code>a\nb</code></li></ul>", "- ```\n  a\n  b\n  ```")]
#[case::code_in_a_cell(
    "<table><tr><th>h</th></tr><tr><td><code>a\nb</code></td></tr></table>",
    "| h |\n| --- |\n| `a`<br>`b` |"
)]
#[case::link_in_code(
    "<p><code>see <a href=\"https://e.org/x\">it</a> now</code></p>",
    "`see `[`it`](https://e.org/x)` now`"
)]
#[case::link_in_a_code_block(
    "<pre><code>see <a href=\"https://e.org/x\">it</a></code></pre>",
    "```\nsee it\n```\n\nhttps://e.org/x"
)]
#[case::host_before_a_sign(
    "<p>(<a href=\"http://www.e.org/x\">www.e.org/x</a>)</p>",
    "([www.e.org/x](http://www.e.org/x))"
)]
#[case::host_before_a_space("<p><a href=\"http://www.e.org\">www.e.org</a> a</p>", "www.e.org a")]
#[case::stray_list("<ul><ul><li>a</li></ul><li>b</li></ul>", "- - a\n- b")]
#[case::caption(
    "<table><caption>c</caption><tr><th>h</th></tr></table>",
    "c\n\n| h |\n| --- |"
)]
#[case::quote_beside_its_words(
    "<aside class=\"quote no-group\"><blockquote><p>a</p></blockquote><p>b</p></aside>",
    "> a\n>\n> b"
)]
fn content_stays(#[case] html: &str, #[case] expected: &str) {
    let Converted { markdown, lost } = convert(html, &KeepLinks, Polls::Apart);
    assert_eq!(markdown, expected);
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn quote_without_name_keeps_its_words() {
    let quote = format!(
        "<aside class=\"quote\" data-post=\"3\" data-topic=\"12\">{HEAD}<blockquote><p>a b</p></blockquote></aside>"
    );
    assert_eq!(markdown(&quote), "> [T](/t/x/12/3):\n>\n> a b");
    let preview = quote.replace("<p>a b</p>", "The beginning");
    assert_eq!(markdown(&preview), "[/t/x/12/3](/t/x/12/3)");
    assert!(convert(&preview, &KeepLinks, Polls::Apart).lost.is_empty());
}

#[test]
fn poll_stands_in_the_text_where_nothing_else_has_it() {
    let html = "<p>Which?</p><div class=\"poll\" data-poll-name=\"poll\"><div class=\"poll-container\">\
        <div class=\"poll-title\">Colour</div><ul><li data-poll-option-id=\"1\">Red <b>one</b></li><li>Blue</li></ul>\
        </div><div class=\"poll-info\"><span class=\"info-number\">0</span> voters</div></div>";
    assert_eq!(markdown(html), "Which?");
    let Converted { markdown, lost } = convert(html, &KeepLinks, Polls::InText);
    assert_eq!(markdown, "Which?\n\nColour\n\n- Red **one**\n- Blue");
    assert!(lost.is_empty(), "{lost:?}");
}

#[rstest]
#[case("<ol><li class=\"footnote-item\"><p>two words</p></li></ol>", 2, &[])]
#[case("<p><a href=\"skype:ann\">call</a></p>", 0, &["a link to skype:ann"])]
#[case("<div class=\"discourse-calendar\" data-calendar-type=\"static\"></div>", 0, &["a block \"discourse-calendar\""])]
#[case("<p><em>in</em>side <code>a_b</code> AT&amp;T 1&lt;2 <a href=\"https://e.org/a_b\">a_b</a></p>", 0, &[])]
#[case("<aside class=\"onebox\"><header><a href=\"https://e.org\">E</a></header><p>preview</p></aside>", 0, &[])]
fn lost_words_and_things_are_named(
    #[case] html: &str,
    #[case] words: usize,
    #[case] things: &[&str],
) {
    let lost = convert(html, &KeepLinks, Polls::Apart).lost;
    assert_eq!(
        (lost.words, lost.things.as_slice()),
        (
            words,
            &things
                .iter()
                .map(|thing| (*thing).to_owned())
                .collect::<Vec<_>>()[..]
        )
    );
}

#[test]
fn title_in_html_becomes_a_line() {
    assert_eq!(
        to_line("Ann&rsquo;s &lt;b&gt; &amp; more"),
        "Ann’s <b> & more"
    );
}

/// A link, what stands in and behind it, and around both.
fn linked() -> impl Strategy<Value = (String, String)> {
    let address = prop::sample::select(vec![
        "https://e.org/a",
        "http://www.e.org",
        "http://www.e.org/x",
        "https://e.org/a_b_c?x=1&amp;y=2",
        "https://e.org/a_(b)",
        "https://e.org/*a*",
        "/t/slug/12/3",
        "/uploads/x.png",
        "mailto:a@e.org",
        "https://e.org/#a",
        "https://e.org/a|b",
        "https://e.org/ł",
        "https://e.org/%5Ba%5D",
        "https://e.org/a~b~",
        "irc://e.org/room",
    ]);
    let label = prop::sample::select(vec![
        "same",
        "without scheme",
        "text",
        "<b>bold</b>",
        "<code>co[de</code>",
        "a [b] c",
        "www.other.org",
        "\\",
        "`",
        "",
    ]);
    let behind = prop::sample::select(vec![
        "", " a", ".", ")", "a", "_", "*", "(x)", ":", "/x", "!", "<b>b</b>", "]",
    ]);
    let around = prop::sample::select(vec![
        "<p>%</p>",
        "<p>(%</p>",
        "<p>a%</p>",
        "<p>!%</p>",
        "<p><em>%</em></p>",
        "<p><strong>x %</strong></p>",
        "<p><code>%</code></p>",
        "<p><code>a %</code></p>",
        "<pre>x %</pre>",
        "<ul><li>%</li></ul>",
        "<blockquote>%</blockquote>",
        "<h2>%</h2>",
        "<table><tr><td>%</td></tr></table>",
        "<p><span class=\"spoiler\">%</span></p>",
        "<details><summary>s</summary>%</details>",
        "<aside class=\"quote no-group\"><blockquote><p>%</p></blockquote></aside>",
        "<p><kbd>%</kbd></p>",
        "<dl><dd>%</dd></dl>",
        "<ul>%<li>a</li></ul>",
        "<div>%</div>",
        "%",
    ]);
    (address, label, behind, around).prop_map(|(address, label, behind, around)| {
        let label = match label {
            "same" => address,
            "without scheme" => address.strip_prefix("http://").unwrap_or("x"),
            label => label,
        };
        let link = format!("<a href=\"{address}\">{label}</a>{behind}");
        let wanted = address.replace("&amp;", "&").replace('|', "%7C");
        (around.replace('%', &link), wanted)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Whatever stands in, around and behind a link: it leads where it led, and is there once.
    #[test]
    fn link_in_equals_link_out(links in prop::collection::vec(linked(), 1..4)) {
        let html: String = links.iter().map(|(html, _)| html.as_str()).collect::<Vec<_>>().join("\n");
        let mut wanted: Vec<String> = links.into_iter().map(|(_, wanted)| wanted).collect();
        wanted.sort();
        let source = markdown(&html);
        prop_assert_eq!(destinations(&source), wanted, "{}\n{}", html, source);
    }
}
