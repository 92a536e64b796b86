// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use super::super::document::{Block, Document, Inline, MAX_DEPTH};
use super::parse;

/// Returns the blocks as JSON, short enough to compare by eye.
fn blocks(source: &str) -> Value {
    short(&serde_json::to_value(parse(source).blocks).unwrap())
}

/// Folds `{"type": "text", "text": x}` to `x`, and `{"type": t, "children": c}` to `{t: c}`.
fn short(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(short).collect(),
        Value::Object(fields) => {
            let kind = fields.get("type").and_then(Value::as_str);
            let rest: Vec<_> = fields.iter().filter(|(name, _)| *name != "type").collect();
            match (kind, rest.as_slice()) {
                (Some("text"), [(_, text)]) => (*text).clone(),
                (Some(kind), []) => json!(format!("<{kind}>")),
                (Some(kind), [(_, only)]) => json!({ kind: short(only) }),
                (Some(kind), many) => {
                    let many: serde_json::Map<_, _> = many
                        .iter()
                        .map(|(name, field)| ((*name).clone(), short(field)))
                        .collect();
                    json!({ kind: many })
                }
                (None, many) => many
                    .iter()
                    .map(|(name, field)| ((*name).clone(), short(field)))
                    .collect(),
            }
        }
        other => other.clone(),
    }
}

#[rstest]
#[case::paragraph("a\nb  \nc\\\nd", json!([{"paragraph": ["a", "<soft_break>", "b", "<hard_break>", "c", "<hard_break>", "d"]}]))]
#[case::heading("## Two", json!([{"heading": {"level": 2, "children": ["Two"]}}]))]
#[case::fence("```rust,ignore\nfn x() {}\n\n```", json!([{"code_block": {"language": "rust", "code": "fn x() {}\n"}}]))]
#[case::indented("    a\n    b", json!([{"code_block": {"language": null, "code": "a\nb"}}]))]
#[case::rule("---", json!(["<rule>"]))]
#[case::quote("> a\n>> b", json!([{"quote": {"attribution": null, "blocks": [
    {"paragraph": ["a"]}, {"quote": {"attribution": null, "blocks": [{"paragraph": ["b"]}]}}]}}]))]
#[case::tight_list("3. a\n4. b", json!([{"list": {"start": 3, "is_tight": true, "items": [
    {"task": null, "blocks": [{"paragraph": ["a"]}]}, {"task": null, "blocks": [{"paragraph": ["b"]}]}]}}]))]
#[case::loose_list("- a\n\n- b", json!([{"list": {"start": null, "is_tight": false, "items": [
    {"task": null, "blocks": [{"paragraph": ["a"]}]}, {"task": null, "blocks": [{"paragraph": ["b"]}]}]}}]))]
#[case::tasks("- [x] a\n- [ ] b\n  - c", json!([{"list": {"start": null, "is_tight": true, "items": [
    {"task": true, "blocks": [{"paragraph": ["a"]}]},
    {"task": false, "blocks": [{"paragraph": ["b"]}, {"list": {"start": null, "is_tight": true, "items": [
        {"task": null, "blocks": [{"paragraph": ["c"]}]}]}}]}]}}]))]
#[case::table("| a | b |\n|:-:|--:|\n| c | `d\\|e` |", json!([{"table": {"alignments": ["center", "right"],
    "header": [{"children": ["a"]}, {"children": ["b"]}],
    "rows": [[{"children": ["c"]}, {"children": [{"code": "d|e"}]}]]}}]))]
#[case::footnote("a[^1]\n\n[^1]: b", json!([{"paragraph": ["a", {"footnote_reference": "1"}]},
    {"footnote": {"label": "1", "blocks": [{"paragraph": ["b"]}]}}]))]
fn blocks_are_read(#[case] source: &str, #[case] expected: Value) {
    assert_eq!(blocks(source), expected);
}

#[rstest]
#[case::spans("*a* **b** ~~c~~ `d`", json!([{"emphasis": ["a"]}, " ", {"strong": ["b"]}, " ", {"strike": ["c"]}, " ", {"code": "d"}]))]
#[case::tags("<kbd>a</kbd><SUP>b</sup><br>x<br/>", json!([{"keyboard": ["a"]}, {"superscript": ["b"]}, "<hard_break>", "x"]))]
#[case::open_tag("<kbd>a *b*", json!(["<kbd>a ", {"emphasis": ["b"]}]))]
#[case::crossed_tags("<b>a<i>b</b>c</i>", json!([{"strong": ["a<i>b"]}, "c</i>"]))]
#[case::tag_crosses_span("*a <kbd>b* c</kbd>", json!([{"emphasis": ["a <kbd>b"]}, " c</kbd>"]))]
#[case::other_tags("a <script>x</script> <a href=\"u\">y</a>", json!(["a <script>x</script> <a href=\"u\">y</a>"]))]
#[case::link("[a *b*](https://example.org \"t\")", json!([{"link": {"destination": "https://example.org", "title": "t", "children": ["a ", {"emphasis": ["b"]}]}}]))]
#[case::link_to_post("[a](#5)", json!([{"link": {"destination": "#5", "title": "", "children": ["a"]}}]))]
#[case::unsafe_link("[a](javascript:x) <file:///x>", json!(["a file:///x"]))]
#[case::autolink("<https://example.org/_a_>", json!([{"link": {"destination": "https://example.org/_a_", "title": "", "children": ["https://example.org/_a_"]}}]))]
#[case::mail("<a@example.org>", json!([{"link": {"destination": "mailto:a@example.org", "title": "", "children": ["a@example.org"]}}]))]
#[case::bare_address("see https://example.org/a_b?c=d.", json!(["see ", {"link": {"destination": "https://example.org/a_b?c=d", "title": "", "children": ["https://example.org/a_b?c=d"]}}, "."]))]
#[case::bare_host("www.example.org", json!([{"link": {"destination": "http://www.example.org", "title": "", "children": ["www.example.org"]}}]))]
#[case::image("![a *b*](https://example.org/i.png)", json!([{"image": {"source": "https://example.org/i.png", "alt": "a b"}}]))]
#[case::unsafe_image("![a](data:x)", json!(["a"]))]
#[case::mention("@al_ice, hi", json!([{"mention": "al_ice"}, ", hi"]))]
#[case::mention_in_emphasis("*@bob*", json!([{"emphasis": [{"mention": "bob"}]}]))]
#[case::reference("see #48213!", json!(["see ", {"reference": 48213}, "!"]))]
#[case::emoji(":smile: a:b:c", json!([{"emoji": "smile"}, " a:b:c"]))]
#[case::emoji_in_a_row(":a::b: x::c:", json!([{"emoji": "a"}, {"emoji": "b"}, " x::c:"]))]
#[case::not_in_code("`@a #1 :b:`", json!([{"code": "@a #1 :b:"}]))]
#[case::not_in_links("[@a #1 :b:](x)", json!([{"link": {"destination": "x", "title": "", "children": ["@a #1 ", {"emoji": "b"}]}}]))]
#[case::escaped("\\@a \\#1 \\:b: \\[spoiler] http\\://c.org", json!(["@a #1 :b: [spoiler] http://c.org"]))]
#[case::escaped_backslash("\\\\@a", json!(["\\", {"mention": "a"}]))]
#[case::by_reference("&#64;a &#35;1", json!(["@a #1"]))]
#[case::controls("a&#27;[31m&#x202e;&#10;b", json!(["a[31m b"]))]
#[case::spoiler("a [spoiler]b *c*[/spoiler] d", json!(["a ", {"spoiler": ["b ", {"emphasis": ["c"]}]}, " d"]))]
#[case::open_spoiler("a [spoiler]b", json!(["a [spoiler]b"]))]
#[case::only_end_of_spoiler("a [/spoiler]b", json!(["a [/spoiler]b"]))]
fn inlines_are_read(#[case] source: &str, #[case] expected: Value) {
    assert_eq!(blocks(source), json!([{"paragraph": expected}]));
}

#[rstest]
#[case::member_and_post("> @alice, #48213:\n>\n> a", json!({"author": {"member": "alice"}, "source": {"post": 48213}}))]
#[case::same_paragraph("> @alice:\n> a", json!({"author": {"member": "alice"}, "source": null}))]
#[case::no_comma("> @alice #5:\n> a", json!({"author": {"member": "alice"}, "source": {"post": 5}}))]
#[case::post_alone("> #5:\n> a", json!({"author": null, "source": {"post": 5}}))]
#[case::other_name("> **Jane Doe**, #5:\n> a", json!({"author": {"named": "Jane Doe"}, "source": {"post": 5}}))]
#[case::other_place("> @a, [T](https://example.org):\n> a", json!({"author": {"member": "a"},
    "source": {"link": {"destination": "https://example.org", "title": "T"}}}))]
#[case::link_to_post("> @a, [T](#5):\n> a", json!({"author": {"member": "a"}, "source": {"post": 5}}))]
fn attributions_are_read(#[case] source: &str, #[case] expected: Value) {
    let expected = json!([{"quote": {"attribution": expected, "blocks": [{"paragraph": ["a"]}]}}]);
    assert_eq!(blocks(source), expected);
}

#[rstest]
#[case("> @alice: a")]
#[case("> @alice, hello:\n> a")]
#[case("> :\n> a")]
#[case("> , #5:\n> a")]
fn other_first_lines_are_no_attributions(#[case] source: &str) {
    assert!(matches!(
        parse(source).blocks.as_slice(),
        [Block::Quote {
            attribution: None,
            ..
        }]
    ));
}

#[rstest]
#[case::apart("[spoiler]\n\n- a\n\n[/spoiler]\n\nb", json!([{"spoiler": [
    {"list": {"start": null, "is_tight": true, "items": [{"task": null, "blocks": [{"paragraph": ["a"]}]}]}}]}, {"paragraph": ["b"]}]))]
#[case::attached("[spoiler]\na\n\nb\n[/spoiler]", json!([{"spoiler": [{"paragraph": ["a"]}, {"paragraph": ["b"]}]}]))]
#[case::around_code("[spoiler]\n```\na\n```\n[/spoiler]", json!([{"spoiler": [{"code_block": {"language": null, "code": "a"}}]}]))]
#[case::never_closed("[spoiler]\n\na", json!([{"paragraph": ["[spoiler]"]}, {"paragraph": ["a"]}]))]
#[case::not_at_the_end("[spoiler]\n\na [/spoiler] b", json!([{"paragraph": ["[spoiler]"]}, {"paragraph": ["a [/spoiler] b"]}]))]
#[case::ends_with_its_quote("> [spoiler]\n\n[/spoiler]", json!([
    {"quote": {"attribution": null, "blocks": [{"paragraph": ["[spoiler]"]}]}}, {"paragraph": ["[/spoiler]"]}]))]
#[case::details("<details>\n<summary>A &lt;b</summary>\n\n*c*\n\n</details>\n\nd", json!([
    {"details": {"summary": ["A <b"], "blocks": [{"paragraph": [{"emphasis": ["c"]}]}]}}, {"paragraph": ["d"]}]))]
#[case::details_at_once("<details><summary>A</summary>b\nc</details>", json!([
    {"details": {"summary": ["A"], "blocks": [{"paragraph": ["b", "<soft_break>", "c"]}]}}]))]
#[case::details_without_summary("<details open>\n\na\n\n</details>", json!([{"details": {"summary": [], "blocks": [{"paragraph": ["a"]}]}}]))]
#[case::details_never_closed("<details>\n\na", json!([{"raw_html": "<details>"}, {"paragraph": ["a"]}]))]
#[case::other_html("<div onclick=x>\na\n</div>", json!([{"raw_html": "<div onclick=x>\na\n</div>"}]))]
#[case::comment("<!-- a -->", json!([{"raw_html": "<!-- a -->"}]))]
fn blocks_that_text_opens(#[case] source: &str, #[case] expected: Value) {
    assert_eq!(blocks(source), expected);
}

/// Calls a function for every string of a document, with whether line feeds are allowed in it.
fn for_each_string(document: &Document, check: &mut dyn FnMut(&str, bool)) {
    fn walk(value: &Value, name: &str, check: &mut dyn FnMut(&str, bool)) {
        match value {
            Value::String(text) => check(text, matches!(name, "code" | "text")),
            Value::Array(items) => items.iter().for_each(|item| walk(item, name, check)),
            Value::Object(fields) => fields
                .iter()
                .for_each(|(name, field)| walk(field, name, check)),
            _ => {}
        }
    }
    walk(&serde_json::to_value(document).unwrap(), "", check);
}

fn inline_depth(inlines: &[Inline]) -> usize {
    inlines
        .iter()
        .filter_map(Inline::children)
        .map(|children| 1 + inline_depth(children))
        .max()
        .unwrap_or(0)
}

fn depth(blocks: &[Block]) -> usize {
    let of = |block: &Block| match block {
        Block::Paragraph { children } | Block::Heading { children, .. } => inline_depth(children),
        Block::Quote { blocks, .. }
        | Block::Spoiler { blocks }
        | Block::Details { blocks, .. }
        | Block::Footnote { blocks, .. } => 1 + depth(blocks),
        Block::List { items, .. } => {
            1 + items
                .iter()
                .map(|item| depth(&item.blocks))
                .max()
                .unwrap_or(0)
        }
        _ => 0,
    };
    blocks.iter().map(of).max().unwrap_or(0)
}

fn assert_safe(document: &Document) {
    assert!(depth(&document.blocks) <= MAX_DEPTH);
    for_each_string(document, &mut |text, has_lines| {
        let bad = text.chars().find(|c| {
            (c.is_control() && !matches!(c, '\n' | '\t'))
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        });
        assert_eq!(bad, None, "in {text:?}");
        assert!(has_lines || !text.contains('\n'), "a line feed in {text:?}");
    });
}

#[rstest]
#[case::quotes(">".repeat(50_000))]
#[case::lists("- ".repeat(20_000))]
#[case::emphasis("*a _b ".repeat(20_000) + &"_ *".repeat(20_000))]
#[case::brackets("[".repeat(100_000))]
#[case::links("[a](".repeat(20_000))]
#[case::images("![a".repeat(20_000) + &"](b)".repeat(20_000))]
#[case::backticks((1..400).map(|n| "`".repeat(n) + " ").collect())]
#[case::tags("<b><i>".repeat(20_000))]
#[case::spoilers("[spoiler]".repeat(20_000))]
#[case::block_spoilers("[spoiler]\n\n".repeat(20_000))]
#[case::details("<details>\n\n".repeat(20_000))]
#[case::addresses("http\\://a/".repeat(20_000))]
#[case::mentions("@a".repeat(50_000))]
#[case::colons(":a".repeat(50_000))]
#[case::entities("&#27;&amp;".repeat(20_000))]
#[case::table(format!("|a|b|\n|-|-|\n{}", "|c|d|\n".repeat(10_000)))]
#[case::footnotes((0..5_000).map(|n| ["[^", &n.to_string(), "]: [^1]\n"].concat()).collect())]
#[case::tildes("~~a".repeat(30_000))]
fn hostile_texts_do_no_harm(#[case] source: String) {
    // On a small stack, as in a worker thread.
    std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(move || {
            let document = parse(&source);
            assert_safe(&document);
            assert_eq!(document.clone(), document);
            super::super::plain_text(&document);
        })
        .unwrap()
        .join()
        .unwrap();
}

/// Bits of markup, so that random texts nest and cross them.
fn markup_soup() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "a",
        "b c",
        " ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "[",
        "](",
        ")",
        "![",
        "> ",
        "- ",
        "1. ",
        "    ",
        "# ",
        "|",
        "|-|-|\n",
        "<b>",
        "</b>",
        "<kbd>",
        "</kbd>",
        "<br>",
        "<details>\n",
        "</details>\n",
        "<summary>",
        "</summary>",
        "[spoiler]",
        "[/spoiler]",
        "@bob",
        ":x:",
        "#12",
        "https://e.org/",
        "[^1]",
        "[^1]: ",
        "\\",
        "&#27;",
        "&#x202e;",
        "\u{1b}",
        "\u{202e}",
        "<!--",
        "-->",
        "<div>",
        "[x] ",
        "---\n",
        "@",
        ":",
        ",",
    ]);
    prop::collection::vec(bits, 0..60).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_safely(source in "(?s).*") {
        assert_safe(&parse(&source));
    }

    #[test]
    fn any_markup_is_read_safely(source in markup_soup()) {
        assert_safe(&parse(&source));
    }
}
