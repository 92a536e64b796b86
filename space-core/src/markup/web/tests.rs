// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::fmt::Write as _;

use proptest::prelude::*;
use rstest::rstest;
use scraper::node::Node;
use scraper::{ElementRef, Html as Page};

use super::super::parse;
use super::*;

/// A space at `https://space.example` where alice is, and one picture.
pub(super) struct Example;

impl Site for Example {
    fn address(&self, path: &str) -> String {
        path.to_owned()
    }

    fn own_path<'a>(&self, address: &'a str) -> Option<&'a str> {
        address
            .strip_prefix("https://space.example")
            .filter(|path| path.starts_with('/'))
    }

    fn member(&self, name: &str) -> Option<String> {
        (name == "alice").then(|| "/m/alice".to_owned())
    }

    fn is_picture(&self, path: &str) -> bool {
        path == "/media/1.png"
    }
}

pub(super) const LOOK: Look<'_> = Look {
    words: Words {
        picture: "Picture",
        spoiler: "Spoiler",
        details: "Details",
        table: "Table",
    },
    heading: 3,
    id: "p-7",
    masks_spoilers: false,
    max_bytes: usize::MAX,
};

fn shown(source: &str) -> String {
    html(&parse(source), &Example, &LOOK)
        .html
        .trim_end()
        .to_owned()
}

#[rstest]
#[case::paragraph("one *two*\nthree", "<p dir=\"auto\">one <em>two</em>\nthree</p>")]
#[case::break_of_a_line("a\\\nb", "<p dir=\"auto\">a<br>\nb</p>")]
#[case::headings_fit_the_page(
    "# a\n\n###### b",
    "<h3 dir=\"auto\">a</h3>\n<h6 dir=\"auto\">b</h6>"
)]
#[case::headings_leave_no_gap(
    "### a\n\n#### b",
    "<h3 dir=\"auto\">a</h3>\n<h4 dir=\"auto\">b</h4>"
)]
#[case::text_is_escaped(
    "a < b & \"c\" > 'd'",
    "<p dir=\"auto\">a &lt; b &amp; &quot;c&quot; &gt; 'd'</p>"
)]
#[case::code(
    "```c++\nif (a<b) {}\n```",
    "<pre dir=\"ltr\" tabindex=\"0\"><code class=\"language-c++\">if (a&lt;b) {}</code></pre>"
)]
#[case::html_is_text(
    "<script>alert(1)</script>",
    "<pre dir=\"ltr\" tabindex=\"0\"><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>"
)]
#[case::foreign_link(
    "[a](https://example.org/?a=1&b=2 \"t\")",
    "<p dir=\"auto\"><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"nofollow ugc noopener\" title=\"t\">a</a></p>"
)]
#[case::own_link(
    "[a](https://space.example/t/5)",
    "<p dir=\"auto\"><a href=\"/t/5\">a</a></p>"
)]
#[case::own_number("see #12", "<p dir=\"auto\">see <a href=\"/p/12\">#12</a></p>")]
#[case::mail(
    "<mailto:a@example.org>",
    "<p dir=\"auto\"><a href=\"mailto:a@example.org\">mailto:a@example.org</a></p>"
)]
#[case::other_schemes_stay_text(
    "[join](ircs://irc.example/#x) <irc://irc.example>",
    "<p dir=\"auto\">join (ircs://irc.example/#x) irc://irc.example</p>"
)]
#[case::members(
    "@alice @nobody",
    "<p dir=\"auto\"><a href=\"/m/alice\"><bdi>@alice</bdi></a> <bdi>@nobody</bdi></p>"
)]
#[case::own_picture(
    "![a \"cat\"](/media/1.png)",
    "<p dir=\"auto\"><img src=\"/media/1.png\" alt=\"a &quot;cat&quot;\" loading=\"lazy\" decoding=\"async\"></p>"
)]
#[case::foreign_picture(
    "![a cat](https://example.org/c.png)",
    "<p dir=\"auto\"><a href=\"https://example.org/c.png\" rel=\"nofollow ugc noopener\">Picture: a cat</a></p>"
)]
#[case::foreign_picture_in_a_link(
    "[![cat](https://example.org/c.png)](https://example.org/)",
    "<p dir=\"auto\"><a href=\"https://example.org/\" rel=\"nofollow ugc noopener\">Picture: cat</a></p>"
)]
#[case::quote(
    "> @alice, #5:\n>\n> words",
    "<figure><figcaption dir=\"auto\"><a href=\"/m/alice\"><bdi>@alice</bdi></a>, <a href=\"/p/5\">#5</a></figcaption>\n<blockquote>\n<p dir=\"auto\">words</p>\n</blockquote>\n</figure>"
)]
#[case::tight_list(
    "3. a\n4. b",
    "<ol start=\"3\">\n<li dir=\"auto\">a</li>\n<li dir=\"auto\">b</li>\n</ol>"
)]
#[case::tasks(
    "- [x] a\n- [ ] b",
    "<ul>\n<li dir=\"auto\">☑ a</li>\n<li dir=\"auto\">☐ b</li>\n</ul>"
)]
#[case::footnote(
    "a[^x]\n\n[^x]: b",
    "<p dir=\"auto\">a<sup><a href=\"#p-7-note-1\">1</a></sup></p>\n<div class=\"footnote\" id=\"p-7-note-1\"><span class=\"mark\">1.</span>\n<p dir=\"auto\">b</p>\n</div>"
)]
fn things_have_their_html(#[case] source: &str, #[case] want: &str) {
    assert_eq!(shown(source), want);
    assert_safe(&shown(source));
}

#[test]
fn a_table_keeps_its_columns_and_scrolls() {
    let html = shown("| a | b |\n|:-|-:|\n| 1 | <b>2</b> |");
    assert!(html.contains("<th scope=\"col\" class=\"left\" dir=\"auto\">a</th>"));
    assert!(html.contains("<td class=\"right\" dir=\"auto\"><strong>2</strong></td>"));
    assert!(
        html.starts_with("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">")
    );
    assert_safe(&html);
}

#[test]
fn spoilers_are_hidden_by_style_or_left_out() {
    let source = "the [spoiler]butler[/spoiler]\n\n[spoiler]\n\ndid it\n\n[/spoiler]";
    assert!(shown(source).contains("butler") && shown(source).contains("did it"));
    let masked = Look {
        masks_spoilers: true,
        ..LOOK
    };
    let masked = html(&parse(source), &Example, &masked);
    assert_eq!(
        masked.html,
        "<p dir=\"auto\">the [Spoiler]</p>\n<p>[Spoiler]</p>\n"
    );
}

#[test]
fn names_and_pictures_are_found() {
    let document = parse(
        "@alice ![](https://example.org/x.png)\n\n> @bob:\n>\n> [spoiler]![s](/media/1.png) @carol[/spoiler]\n\n- ![a cat](/media/1.png)",
    );
    assert_eq!(
        names(&document).into_iter().collect::<Vec<_>>(),
        ["alice", "bob", "carol"]
    );
    assert_eq!(
        first_picture(&document, &Example),
        Some(("/media/1.png", "a cat"))
    );
}

#[rstest]
#[case::script("<script>alert(1)</script>")]
#[case::handler("<img src=x onerror=alert(1)>")]
#[case::breaking_out("\"><svg onload=alert(1)>")]
#[case::scheme("[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](&#106;avascript:alert(1))")]
#[case::scheme_with_controls("[a](java\u{1}script:alert(1)) [b](<java\tscript:alert(1)>)")]
#[case::data("![a](data:text/html,<script>alert(1)</script>)")]
#[case::vbscript("<vbscript:msgbox(1)>")]
#[case::attribute_in_address("[a](https://e.example/\"onmouseover=alert(1)\")")]
#[case::attribute_in_title("[a](https://e.example \"x\\\" onmouseover=alert(1)\")")]
#[case::attribute_in_alt("![\" onerror=alert(1)](/media/1.png)")]
#[case::attribute_in_language("```x\" onclick=alert(1)\na\n```")]
#[case::end_of_code("```\n</code></pre><script>alert(1)</script>\n```")]
#[case::style(
    "<style>*{background:url(//e.example)}</style><link rel=stylesheet href=//e.example>"
)]
#[case::frame("<iframe src=//e.example></iframe><base href=//e.example><meta http-equiv=refresh>")]
#[case::comment("<!--><script>alert(1)</script>-->")]
#[case::cdata("<![CDATA[<script>alert(1)</script>]]>")]
#[case::math("<math><mi xlink:href=\"javascript:alert(1)\">")]
#[case::template("<template><script>alert(1)</script></template>")]
#[case::title("</title></textarea></noscript><script>alert(1)</script>")]
#[case::entities("&lt;script&gt;alert(1)&lt;/script&gt; &#60;img&#62;")]
#[case::nul("<scr\0ipt>alert(1)</scr\0ipt>")]
#[case::names("@<img> @\"onx :\"><b>: [^\"><script>] \n\n[^\"><script>]: x")]
#[case::summary(
    "<details>\n<summary><a href=javascript:x>a</a></summary>\n\n</details></details>\n</details>"
)]
#[case::links_in_links(
    "[a [b](https://b.example) #12 @alice ![c](https://c.example)](https://a.example)"
)]
#[case::note_in_a_link("[a[^1]](https://a.example)\n\n[^1]: x")]
#[case::deep("> - ".repeat(200) + "x")]
fn hostile_posts_stay_within_the_list(#[case] source: String) {
    let html = shown(&source);
    assert_safe(&html);
    let masked = Look {
        masks_spoilers: true,
        id: "",
        ..LOOK
    };
    assert_safe(&super::html(&parse(&source), &Example, &masked).html);
}

/// Every element that there may be, with its attributes.
const ALLOWED: &[(&str, &[&str])] = &[
    ("a", &["href", "rel", "title"]),
    ("bdi", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &["class", "dir"]),
    ("details", &["class"]),
    ("div", &["class", "id", "tabindex", "role", "aria-label"]),
    ("em", &[]),
    ("figcaption", &["dir"]),
    ("figure", &[]),
    ("h3", &["dir"]),
    ("h4", &["dir"]),
    ("h5", &["dir"]),
    ("h6", &["dir"]),
    ("hr", &[]),
    ("img", &["src", "alt", "loading", "decoding"]),
    ("kbd", &[]),
    ("li", &["dir"]),
    ("ol", &["start"]),
    ("p", &["dir"]),
    ("pre", &["dir", "tabindex"]),
    ("s", &[]),
    ("span", &["class", "tabindex", "role", "aria-label"]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &["dir"]),
    ("sup", &[]),
    ("table", &["dir"]),
    ("tbody", &[]),
    ("td", &["class", "dir"]),
    ("th", &["scope", "class", "dir"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
];

/// Values of attributes that are ours alone.
const CLASSES: &[&str] = &[
    "spoiler", "wide", "left", "center", "right", "footnote", "mark",
];

/// Checks what a browser makes of HTML: the elements and attributes of the list and no others, safe addresses, and the
/// tree that the tags say, which means that nothing had to be mended.
#[track_caller]
fn assert_safe(html: &str) {
    let page = Page::parse_fragment(html);
    // The element around it is the parser's own.
    for node in page.root_element().descendants().skip(1) {
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                let allowed = ALLOWED.iter().find(|(known, _)| *known == name);
                let Some((_, attributes)) = allowed else {
                    panic!("<{name}> in {html}");
                };
                for (attribute, value) in element.attrs() {
                    assert!(
                        attributes.contains(&attribute),
                        "<{name} {attribute}> in {html}"
                    );
                    assert_value(name, attribute, value, html);
                }
            }
            Node::Text(_) | Node::Fragment | Node::Document => {}
            other => panic!("{other:?} in {html}"),
        }
    }
    let mut tree = String::new();
    describe(page.root_element(), &mut tree);
    assert_eq!(tree, as_written(html), "mended: {html}");
}

fn assert_value(name: &str, attribute: &str, value: &str, html: &str) {
    match attribute {
        "href" => {
            let is_web = value.starts_with("http://") || value.starts_with("https://");
            let lower = value.to_ascii_lowercase();
            let is_own = value.starts_with('/') && !value.starts_with("//");
            assert!(
                is_web
                    || lower.starts_with("http://")
                    || lower.starts_with("https://")
                    || lower.starts_with("mailto:")
                    || is_own
                    || value.starts_with("#p-7-note-"),
                "{value} in {html}"
            );
            assert!(
                !value.contains(['\\', '\n', '\t', ' ', '<']),
                "{value} in {html}"
            );
        }
        "src" => assert_eq!(value, "/media/1.png", "{html}"),
        "rel" => assert_eq!(value, FOREIGN),
        "dir" => assert!(matches!(value, "auto" | "ltr")),
        "tabindex" => assert_eq!(value, "0"),
        "role" => assert!(matches!(value, "note" | "group")),
        "scope" => assert_eq!(value, "col"),
        "start" => assert!(value.parse::<u64>().is_ok()),
        "id" => assert!(
            value.starts_with("p-7-note-") || value.starts_with("-note-"),
            "{html}"
        ),
        "class" => assert!(
            CLASSES.contains(&value) || (name == "code" && value.starts_with("language-")),
            "{value} in {html}"
        ),
        _ => {}
    }
}

fn describe(element: ElementRef<'_>, out: &mut String) {
    for child in element.child_elements() {
        let _ = write!(out, "{}(", child.value().name());
        describe(child, out);
        out.push(')');
    }
}

/// The tree as the tags say it: every `<` is of a tag, since those of texts are escaped.
fn as_written(html: &str) -> String {
    let mut out = String::new();
    for tag in html.split('<').skip(1) {
        let tag = tag.split_once('>').expect("a tag ends").0;
        let name = tag.split(' ').next().unwrap_or_default();
        if name.starts_with('/') {
            out.push(')');
        } else {
            let _ = write!(out, "{name}(");
            if matches!(name, "br" | "hr" | "img") {
                out.push(')');
            }
        }
    }
    out
}

/// Bits of markup and of attacks, so that random posts nest and cross them.
fn soup() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "a",
        " ",
        "\n",
        "\n\n",
        "*",
        "**",
        "~~",
        "`",
        "```\n",
        "```x\"y\n",
        "[",
        "](",
        ")",
        "![",
        "> ",
        "> @alice, #5:\n",
        "> **B<**:\n",
        "- ",
        "- [x] ",
        "3. ",
        "    ",
        "# ",
        "| ",
        "|-|:-:|\n",
        "<b>",
        "</b>",
        "<kbd>",
        "</kbd>",
        "<sup>",
        "</sup>",
        "<br>",
        "<details>\n",
        "</details>\n",
        "<summary>",
        "</summary>",
        "[spoiler]",
        "[/spoiler]",
        "@alice",
        "@x",
        ":x:",
        "#12",
        "https://e.org/",
        "https://space.example/p/1",
        "/media/1.png",
        "//e.org",
        "/\\e.org",
        "[^1]",
        "[^1]: ",
        "\\",
        "\"",
        "'",
        "<",
        ">",
        "&",
        "&lt;",
        "&#x202e;",
        "javascript:",
        "data:",
        "mailto:",
        "irc://x",
        " \"t\"",
        "<!--",
        "-->",
        "<script>",
        "</p>",
        "</div>",
        "onx=",
        "\u{0}",
        "---\n",
        "ü",
        "\u{a0}",
    ]);
    prop::collection::vec(bits, 0..60).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn any_bytes_give_safe_html(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        assert_safe(&shown(&String::from_utf8_lossy(&bytes)));
    }

    #[test]
    fn any_text_gives_safe_html(source in "(?s).{0,200}") {
        assert_safe(&shown(&source));
    }

    #[test]
    fn any_markup_gives_safe_html(source in soup()) {
        assert_safe(&shown(&source));
    }

    /// Escaping loses nothing and adds nothing.
    #[test]
    fn code_is_read_as_it_was_written(code in "[ -~\n]{0,80}[!-~]") {
        let fence = "`".repeat(90);
        let html = shown(&format!("{fence}\n{code}\n{fence}"));
        let page = Page::parse_fragment(&html);
        let read: String = page.root_element().text().collect();
        prop_assert_eq!(read, code);
    }
}
