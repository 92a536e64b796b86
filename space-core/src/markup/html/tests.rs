// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use proptest::prelude::*;
use rstest::rstest;

use super::super::document::{Attribution, Author, Block, Source};
use super::super::{parse, plain_text};
use super::*;

/// Two topics of the other forum are here: topic 12 is #700, its post 3 is #703.
struct Moved;

impl LinkMap for Moved {
    fn link(&self, address: &str) -> Option<Target> {
        match address.trim_start_matches("https://old.example.org") {
            "/t/welcome/12" => Some(Target::Id(700)),
            "/t/welcome/12/3" => Some(Target::Id(703)),
            "/faq" => Some(Target::Address(
                "https://new.example.org/guidelines".to_owned(),
            )),
            _ => None,
        }
    }

    fn post(&self, topic: u64, number: u64) -> Option<PostId> {
        PostId::new(703).filter(|_| (topic, number) == (12, 3))
    }

    fn member(&self, name: &str) -> Option<String> {
        (name == "Old_Alice").then(|| "alice".to_owned())
    }

    fn picture(&self, _: &str, upload: Option<&str>) -> Option<String> {
        upload.map(|id| format!("/uploads/{id}.png"))
    }
}

fn markdown(html: &str) -> String {
    to_markdown(html, &Moved)
}

#[rstest]
#[case::paragraphs("<p>a</p>\n<p>b</p>", "a\n\nb")]
#[case::breaks("<p>a<br>\nb<br/>c</p>", "a\\\nb\\\nc")]
#[case::breaks_at_the_ends("<p><br>a<br></p>", "a")]
#[case::two_breaks("<p>a<br>\n<br>\nb</p>", "a\n\nb")]
#[case::white_space("<p> a \n  b&nbsp;c </p>", "a\nb\u{a0}c")]
#[case::no_paragraph("a <b>b</b>", "a **b**")]
#[case::spans(
    "<p><em>a</em> <strong>b</strong> <s>c</s> <del>d</del></p>",
    "*a* **b** ~~c~~ ~~d~~"
)]
#[case::nested_spans("<p><strong>a <em>b</em></strong></p>", "**a *b***")]
#[case::same_span_twice("<p><em>a <i>b</i></em></p>", "*a b*")]
#[case::space_inside_span("<p>a<em> b </em>c</p>", "a *b* c")]
#[case::empty_span("<p>a<em> </em>b</p>", "a b")]
#[case::inside_a_word("<p>a<em>b</em>c</p>", "a*b*c")]
#[case::signs_inside_a_word("<p>a<em>(b)</em>c</p>", "a<em>(b)</em>c")]
#[case::spans_side_by_side("<p><em>a</em><strong>b</strong></p>", "*a*<strong>b</strong>")]
#[case::bbcode(
    "<p><span class=\"bbcode-b\">a</span> <span class=\"bbcode-u\">b</span></p>",
    "**a** *b*"
)]
#[case::small_tags(
    "<p><kbd>a</kbd><sup>b</sup><sub>c</sub></p>",
    "<kbd>a</kbd><sup>b</sup><sub>c</sub>"
)]
#[case::code("<p><code>a`b</code> <code>*c*</code></p>", "``a`b`` `*c*`")]
#[case::code_side_by_side("<p><code>a</code><code>b</code></p>", "`a` `b`")]
#[case::code_block(
    "<pre><code class=\"lang-auto\">a\n  b &lt;c&gt;\n</code></pre>",
    "```\na\n  b <c>\n```"
)]
#[case::code_of_several_lines("<p><code>a\n  b</code></p>", "```\na\n  b\n```")]
#[case::code_of_several_lines_in_text(
    "<p>a <code>b\nc</code><br>\nd</p>",
    "a\n\n```\nb\nc\n```\n\nd"
)]
#[case::code_with_language("<pre><code class=\"lang-cpp\">a</code></pre>", "```cpp\na\n```")]
#[case::code_with_fence("<pre><code>```\na</code></pre>", "````\n```\na\n````")]
#[case::headings("<h1>a</h1><h3>b <em>c</em></h3>", "# a\n\n### b *c*")]
#[case::heading_of_two_lines("<h2>a<br>b</h2>", "a\\\nb\n---")]
#[case::heading_with_anchor(
    "<h2><a name=\"x\" class=\"anchor\" href=\"#x\"></a>a #</h2>",
    "## a \\#"
)]
#[case::rule("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb")]
#[case::quote(
    "<blockquote><p>a</p><blockquote>b</blockquote></blockquote>",
    "> a\n>\n> > b"
)]
#[case::list(
    "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>",
    "- a\n- b\n  1. c"
)]
#[case::loose_list(
    "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n<p>c</p></li>\n</ul>",
    "- a\n\n- b\n\n  c"
)]
#[case::numbers(
    "<ol start=\"9\"><li>a</li><li>b<pre>c</pre></li></ol>",
    "9. a\n10. b\n\n    ```\n    c\n    ```"
)]
#[case::late_nested_list("<ul><li>a<ol start=\"2\"><li>b</li></ol></li></ul>", "- a\n\n  2. b")]
#[case::two_lists("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b")]
#[case::empty_item("<ul><li></li><li>a</li></ul>", "-\n- a")]
#[case::rule_in_item("<ul><li><hr></li></ul>", "- ***")]
#[case::table(
    "<div class=\"md-table\"><table><thead><tr><th style=\"text-align:center\">a</th><th>b|c</th></tr></thead>\
     <tbody><tr><td>d<br>e</td><td><code>f|g</code></td></tr></tbody></table></div>",
    "| a | b\\|c |\n| :-: | --- |\n| d<br>e | `f\\|g` |"
)]
#[case::table_without_head("<table><tr><td>a</td></tr></table>", "| |\n| --- |\n| a |")]
#[case::spoiler("<p>a <span class=\"spoiler\">b</span></p>", "a [spoiler]b[/spoiler]")]
#[case::block_spoiler(
    "<div class=\"spoiler\">\n<p>a</p>\n<p>b</p></div>",
    "[spoiler]\n\na\n\nb\n\n[/spoiler]"
)]
#[case::details(
    "<details>\n<summary>\nA &amp; &lt;b&gt;</summary>\n<p>c</p>\n</details>",
    "<details>\n<summary>A &amp; &lt;b&gt;</summary>\n\nc\n\n</details>"
)]
#[case::footnote(
    "<p>a<sup class=\"footnote-ref\"><a href=\"#footnote-5-1\" id=\"footnote-ref-5-1\">[1]</a></sup></p>\n\
     <hr class=\"footnotes-sep\">\n<ol class=\"footnotes-list\"><li id=\"footnote-5-1\" class=\"footnote-item\">\
     <p>b <a href=\"#footnote-ref-5-1\" class=\"footnote-backref\">↩︎</a></p></li></ol>",
    "a[^1]\n\n[^1]: b"
)]
fn constructs_are_written(#[case] html: &str, #[case] expected: &str) {
    assert_eq!(markdown(html), expected);
}

#[rstest]
#[case::link(
    "<a href=\"https://e.org/a\">b <em>c</em></a>",
    "[b *c*](https://e.org/a)"
)]
#[case::bare(
    "<a href=\"https://e.org/a_b\">https://e.org/a_b</a>",
    "https://e.org/a_b"
)]
#[case::bare_in_text(
    "a:<a href=\"https://e.org/\">https://e.org/</a>, b",
    "a:<https://e.org/>, b"
)]
#[case::bare_with_markup(
    "<a href=\"https://e.org/_a_\">https://e.org/_a_</a>",
    "<https://e.org/_a_>"
)]
#[case::bare_decoded(
    "<a href=\"https://e.org/%C5%82\">https://e.org/ł</a>",
    "https://e.org/%C5%82"
)]
#[case::host("<a href=\"http://www.e.org\">www.e.org</a>", "www.e.org")]
#[case::domain("<a href=\"http://e.org\">e.org</a>", "[e.org](http://e.org)")]
#[case::brackets(
    "<a href=\"https://e.org/a(b)\">[c]</a>",
    "[\\[c\\]](<https://e.org/a(b)>)"
)]
#[case::no_scheme("<a href=\"//e.org/a\">b</a>", "[b](https://e.org/a)")]
#[case::mail("<a href=\"mailto:a@e.org\">a@e.org</a>", "<a@e.org>")]
#[case::no_address("<a>a</a> <a href=\"\">b</a>", "a b")]
#[case::unsafe_address("<a href=\"javascript:x\">a</a>", "a")]
#[case::own_topic(
    "<a href=\"https://old.example.org/t/welcome/12/3\">a</a>",
    "[a](#703)"
)]
#[case::own_topic_bare("<a href=\"/t/welcome/12\">/t/welcome/12</a>", "#700")]
#[case::own_page("<a href=\"/faq\">a</a>", "[a](https://new.example.org/guidelines)")]
#[case::mention("<a class=\"mention\" href=\"/u/old_alice\">@Old_Alice</a>", "@alice")]
#[case::group("<a class=\"mention-group\" href=\"/g/staff\">@staff</a>", "@staff")]
#[case::mention_of_nobody("<span class=\"mention\">@override</span>", "\\@override")]
#[case::hashtag(
    "<span class=\"hashtag\">#include</span> <span class=\"hashtag\">#12</span>",
    "#include \\#12"
)]
#[case::inline_onebox(
    "<a href=\"https://e.org\" class=\"inline-onebox\">Title</a>",
    "[Title](https://e.org)"
)]
#[case::image(
    "<img src=\"https://e.org/a.png\" alt=\"a [b]\" width=\"5\">",
    "![a \\[b\\]](https://e.org/a.png)"
)]
#[case::upload(
    "<img src=\"https://e.org/a.png\" alt=\"\" data-base62-sha1=\"x1\">",
    "![](/uploads/x1.png)"
)]
#[case::linked_image(
    "<a href=\"https://e.org/\"><img src=\"//e.org/a.png\"></a>",
    "[![](https://e.org/a.png)](https://e.org/)"
)]
#[case::shout_before_link("a!<a href=\"https://e.org\">b</a>", "a\\![b](https://e.org)")]
#[case::avatar("<img class=\"avatar\" src=\"https://e.org/a.png\">a", "a")]
#[case::emoji(
    "a<img class=\"emoji\" title=\":smile:\" alt=\"🙂\" src=\"x\"><img class=\"emoji\" title=\":+1:\">",
    "a :smile::+1:"
)]
#[case::lightbox(
    "a <div class=\"lightbox-wrapper\"><a class=\"lightbox\" href=\"https://e.org/big.png\"><img src=\"https://e.org/small.png\" \
     alt=\"b\"><div class=\"meta\"><svg></svg><span class=\"filename\">b.png</span></div></a></div><br>\nc",
    "a ![b](https://e.org/big.png)\\\nc"
)]
#[case::attachment(
    "<a class=\"attachment\" href=\"/uploads/a.csv\">a.csv</a> (3.5 KB)",
    "[a.csv](/uploads/a.csv) (3.5 KB)"
)]
#[case::date(
    "<span class=\"discourse-local-date\" data-date=\"2019-10-28\" data-time=\"17:55:57\" data-timezone=\"UTC\">x</span>",
    "2019-10-28 17:55:57 UTC"
)]
#[case::math("<span class=\"math\">a </span>b", "$a $b")]
fn links_and_pictures_are_written(#[case] html: &str, #[case] expected: &str) {
    assert_eq!(markdown(html), expected);
    assert_eq!(markdown(&format!("<p>{html}</p>")), expected);
}

#[rstest]
#[case::onebox(
    "<p>a</p><aside class=\"onebox\" data-onebox-src=\"https://e.org/1\"><header class=\"source\"><a href=\"https://e.org/2\">e</a>\
     </header><article><h3><a href=\"https://e.org/3\">T</a></h3><pre><code><ol><li>x</li></ol></code></pre></article></aside>",
    "a\n\nhttps://e.org/1"
)]
#[case::onebox_without_source(
    "<aside class=\"onebox\"><header><img><a href=\"https://e.org/2\">e</a></header></aside>",
    "https://e.org/2"
)]
#[case::onebox_of_own_topic(
    "<aside class=\"onebox\" data-onebox-src=\"https://old.example.org/t/welcome/12\"></aside>",
    "#700"
)]
#[case::preview_of_own_topic(
    "<aside class=\"quote\" data-topic=\"12\" data-post=\"3\"><div class=\"title\"><img class=\"avatar\">\
     <a href=\"https://old.example.org/t/welcome/12/3\">T</a></div><blockquote>The beginning…</blockquote></aside>",
    "#703"
)]
#[case::video(
    "<div class=\"lazyYT\" data-youtube-id=\"abc\"></div>",
    "https://www.youtube.com/watch?v=abc"
)]
#[case::video_in_text(
    "<p>a<br><iframe src=\"https://player.vimeo.com/video/5?x=1\"></iframe>b</p>",
    "a\n\nhttps://vimeo.com/5\\\nb"
)]
#[case::game(
    "<p><iframe src=\"https://store.steampowered.com/widget/927840/\"></iframe></p>",
    "https://store.steampowered.com/app/927840"
)]
#[case::screen_film(
    "<iframe src=\"https://gyazo.com/player/fcfb29d8\"></iframe><iframe src=\"//api.gyazo.com/player/32f12\"></iframe>",
    "https://gyazo.com/fcfb29d8\n\nhttps://gyazo.com/32f12"
)]
#[case::film(
    "<video><source src=\"https://e.org/a.mp4\"></source><a href=\"https://e.org/a.mp4\">x</a></video>",
    "https://e.org/a.mp4"
)]
#[case::poll("<p>a</p><div class=\"poll\"><ul><li>b</li></ul></div>", "a")]
#[case::script("<p>a</p><script>alert(1)</script><style>b</style>", "a")]
#[case::comment("a<!-- b -->c", "ac")]
#[case::controls("<p>a&#x202e;b\u{1b}[31m</p>", "ab[31m")]
fn what_is_embedded_becomes_an_address(#[case] html: &str, #[case] expected: &str) {
    assert_eq!(markdown(html), expected);
}

const TITLE: &str =
    "<div class=\"title\"><div class=\"quote-controls\"></div><img class=\"avatar\" src=\"x\">";

#[rstest]
#[case::known(
    "data-username=\"Old_Alice\" data-post=\"3\" data-topic=\"12\"",
    " Old_Alice:",
    "> @alice, #703:\n>\n> a"
)]
#[case::unknown_post(
    "data-username=\"bob\" data-post=\"9\" data-topic=\"12\"",
    " bob:",
    "> @bob:\n>\n> a"
)]
#[case::name_with_space("data-username=\"Jane Doe\"", " Jane Doe:", "> **Jane Doe**:\n>\n> a")]
#[case::only_a_title("", " Some Book:", "> **Some Book**:\n>\n> a")]
#[case::other_topic(
    "data-username=\"bob\" data-post=\"1\" data-topic=\"99\"",
    "<a href=\"https://old.example.org/t/x/99\">About [x]</a> <a class=\"badge-wrapper\" href=\"/c/1\">cat</a>",
    "> @bob, [About \\[x\\]](https://old.example.org/t/x/99):\n>\n> a"
)]
fn quotes_name_their_source(#[case] attributes: &str, #[case] title: &str, #[case] expected: &str) {
    let html = format!(
        "<aside class=\"quote\" {attributes}>\n{TITLE}{title}</div>\n<blockquote>\n<p>a</p>\n</blockquote>\n</aside>"
    );
    assert_eq!(markdown(&html), expected);
    let document = parse(expected);
    assert!(matches!(
        document.blocks.as_slice(),
        [Block::Quote {
            attribution: Some(_),
            ..
        }]
    ));
    assert!(plain_text(&document).ends_with("\na"));
}

#[test]
fn a_quote_of_a_forgotten_member_keeps_its_words() {
    let html = format!(
        "<aside class=\"quote no-group\" data-post=\"3\" data-topic=\"12\">{TITLE}<a href=\"/t/welcome/12/3\">T</a></div>\
         <blockquote><p>a</p></blockquote></aside>"
    );
    assert_eq!(markdown(&html), "> #703:\n>\n> a");
}

#[test]
fn a_quote_comes_back_as_it_was() {
    let html = format!(
        "<aside class=\"quote\" data-username=\"Old_Alice\" data-post=\"3\" data-topic=\"12\">{TITLE} x:</div>\
         <blockquote><p>a</p></blockquote></aside><p>b</p>"
    );
    let attribution = Attribution {
        author: Some(Author::Member {
            name: "alice".to_owned(),
        }),
        source: PostId::new(703).map(|id| Source::Post { id }),
    };
    let expected = [
        Block::Quote {
            attribution: Some(attribution),
            blocks: vec![Block::paragraph("a")],
        },
        Block::paragraph("b"),
    ];
    assert_eq!(parse(&markdown(&html)).blocks, expected);
}

#[rstest]
#[case::elements(format!("{}a{}", "<div>".repeat(3_000), "</div>".repeat(3_000)))]
#[case::spans(format!("{}a{}", "<em><b>".repeat(2_000), "</b></em>".repeat(2_000)))]
#[case::quotes("<blockquote>".repeat(3_000))]
#[case::lists("<ul><li>".repeat(2_000))]
#[case::tables("<table><tr><td>".repeat(1_000))]
#[case::details("<details><summary>a</summary>".repeat(2_000))]
#[case::links("<a href=\"https://e.org\">".repeat(2_000))]
#[case::unclosed_divisions("<div>".repeat(50_000))]
#[case::brackets("[".repeat(50_000))]
#[case::underscores("_".repeat(20_000))]
fn hostile_html_does_no_harm(#[case] html: String) {
    std::thread::Builder::new()
        .stack_size(2 * 1024 * 1024)
        .spawn(move || parse(&markdown(&html)))
        .unwrap()
        .join()
        .unwrap();
}

/// Text with every sign that means something somewhere.
fn words() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "a",
        "b",
        "c1",
        "é",
        "1.",
        "2)",
        "-",
        "--",
        "---",
        "+",
        "*",
        "**",
        "_",
        "__",
        "~",
        "~~",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "[x]",
        "!",
        "#",
        "##",
        "#12",
        ">",
        "<",
        "<b>",
        "&",
        "&amp;",
        "\\",
        "|",
        "=",
        "===",
        ":",
        ":x:",
        "@",
        "@bob",
        "http://",
        "https://e.org/a",
        "www.e.org",
        "[spoiler]",
        "[/spoiler]",
        "[^1]",
        "[a]: b",
        " ",
        " ",
        " ",
        ".",
        ",",
        "\u{a0}",
        "…",
        "//",
        "$",
    ]);
    prop::collection::vec(bits, 1..12).prop_map(|bits| bits.concat())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// HTML of one line, and the words it shows.
fn line() -> impl Strategy<Value = (String, String)> {
    let text = words().prop_map(|text| (escaped(&text), text));
    let code = words().prop_map(|text| (format!("<code>{}</code>", escaped(&text)), text));
    let line_break = Just(("<br>\n".to_owned(), " ".to_owned()));
    let leaf = prop_oneof![4 => text, 1 => code, 1 => line_break];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let tags = prop::sample::select(vec![
            ("<em>", "</em>"),
            ("<strong>", "</strong>"),
            ("<s>", "</s>"),
            ("<span>", "</span>"),
            ("<kbd>", "</kbd>"),
            ("<span class=\"spoiler\">", "</span>"),
            ("<a href=\"https://e.org/x\">y", "</a>"),
        ]);
        (tags, prop::collection::vec(inner, 1..4)).prop_map(|((open, close), parts)| {
            let (html, text): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
            // A link that shows nothing would show its address.
            let y = if open.ends_with('y') { "y" } else { "" };
            (
                format!("{open}{}{close}", html.concat()),
                format!("{y}{}", text.concat()),
            )
        })
    })
}

fn html_blocks() -> impl Strategy<Value = (String, String)> {
    let paragraph = prop::collection::vec(line(), 1..5).prop_map(|parts| {
        let (html, text): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        (
            format!("<p>{}</p>\n", html.concat()),
            format!("{}\n", text.concat()),
        )
    });
    let code = words().prop_map(|text| {
        (
            format!("<pre><code>{}</code></pre>\n", escaped(&text)),
            format!("{text}\n"),
        )
    });
    let leaf = prop_oneof![4 => paragraph, 1 => code];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let tags = prop::sample::select(vec![
            ("<blockquote>\n", "</blockquote>\n"),
            ("<ul>\n<li>", "</li>\n<li>x</li>\n</ul>\n"),
            ("<ol start=\"3\">\n<li>\n", "</li>\n<li>x</li>\n</ol>\n"),
            ("<div class=\"spoiler\">", "</div>"),
            ("<details><summary>x</summary>", "</details>"),
            ("<div>", "</div>"),
        ]);
        (tags, prop::collection::vec(inner, 1..3)).prop_map(|((open, close), parts)| {
            let (html, text): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
            let x = |tags: &str| if tags.contains('x') { "x\n" } else { "" };
            (
                format!("{open}{}{close}", html.concat()),
                format!("{}{}{}", x(open), text.concat(), x(close)),
            )
        })
    })
}

/// The characters of a text without white space: marks may need a space more or less around them.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #[test]
    fn any_text_is_converted(html in "(?s).*") {
        parse(&markdown(&html));
    }

    #[test]
    fn one_line_keeps_its_words((html, text) in line()) {
        let source = markdown(&format!("<p>{html}</p>"));
        prop_assert_eq!(letters(&plain_text(&parse(&source))), letters(&text), "through {}", source);
    }

    #[test]
    fn blocks_keep_their_words((html, text) in html_blocks()) {
        let source = markdown(&html);
        prop_assert_eq!(letters(&plain_text(&parse(&source))), letters(&text), "through {}", source);
    }
}
