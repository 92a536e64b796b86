// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a page has to keep to, whatever is on it: structure, names for those who hear it, and nothing from elsewhere.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use scraper::node::Node;
use scraper::{ElementRef, Html, Selector};

/// Elements without an end.
const VOID: &[&str] = &["br", "hr", "img", "link", "meta"];

/// Elements that run something, load something, or send something.
const NEVER: &str = "script, iframe, frame, object, embed, applet, base, form, input, button, video, audio, source, template, \
                     noscript, link[rel~=stylesheet], link[rel~=preload], link[rel~=icon], meta[http-equiv], [style], \
                     [srcset], [ping], [background], use, image";

/// Returns what is wrong with a page; empty when nothing is.
pub fn faults(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut faults = Vec::new();
    let mut tree = String::new();
    describe(page.root_element(), &mut tree);
    let written = as_written(html);
    if format!("html({tree})") != written {
        faults.push(format!(
            "a browser has to mend it: {written} becomes {tree}"
        ));
    }
    structure(&page, &mut faults);
    names(&page, &mut faults);
    links(&page, &mut faults);
    for element in select(&page, NEVER) {
        faults.push(format!("<{}> is not for pages", element.value().name()));
    }
    for element in page.tree.nodes().filter_map(|node| match node.value() {
        Node::Element(element) => Some(element),
        _ => None,
    }) {
        for (name, _) in element.attrs().filter(|(name, _)| name.starts_with("on")) {
            faults.push(format!("<{} {name}> runs something", element.name()));
        }
    }
    faults
}

fn select<'a>(page: &'a Html, what: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(what).expect("a selector of ours is one");
    page.select(&selector).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn structure(page: &Html, faults: &mut Vec<String>) {
    for (what, count) in [
        ("html[lang]", 1),
        ("head > title", 1),
        ("head > meta[charset=utf-8]", 1),
        ("head > meta[name=viewport]", 1),
        ("body > header", 1),
        ("body > main", 1),
        ("main", 1),
        ("body > footer", 1),
        ("h1", 1),
        ("main h1", 1),
        ("body > a.skip[href='#main']", 1),
    ] {
        let found = select(page, what).len();
        if found != count {
            faults.push(format!("{found} of {what}, not {count}"));
        }
    }
    let title = select(page, "title")
        .into_iter()
        .map(words)
        .collect::<String>();
    if title.is_empty() {
        faults.push("the title is empty".to_owned());
    }
    // Ranks of headings: those in posts are their authors'.
    let in_posts: BTreeSet<_> = select(page, ".text h3, .text h4, .text h5, .text h6")
        .into_iter()
        .map(|heading| heading.id())
        .collect();
    let mut rank = 0;
    for heading in select(page, "h1, h2, h3, h4, h5, h6") {
        if words(heading).is_empty() && !in_posts.contains(&heading.id()) {
            faults.push("a heading is empty".to_owned());
        }
        if in_posts.contains(&heading.id()) {
            continue;
        }
        let own = heading.value().name()[1..].parse().unwrap_or(9);
        if own > rank + 1 {
            faults.push(format!("h{own} follows h{rank}: {}", words(heading)));
        }
        rank = own;
    }
}

fn names(page: &Html, faults: &mut Vec<String>) {
    let mut ids = BTreeSet::new();
    for element in select(page, "[id]") {
        let id = element.attr("id").unwrap_or_default();
        if id.is_empty() || id.contains(' ') || !ids.insert(id.to_owned()) {
            faults.push(format!(
                "the id {id:?} is empty, has spaces or is there twice"
            ));
        }
    }
    for element in select(page, "[aria-labelledby]") {
        let by = element.attr("aria-labelledby").unwrap_or_default();
        if !ids.contains(by) {
            faults.push(format!("nothing has the id {by:?} that names a part"));
        }
    }
    for element in select(page, "nav, section") {
        let is_named = ["aria-label", "aria-labelledby"]
            .iter()
            .any(|name| element.attr(name).is_some_and(|value| !value.is_empty()));
        if !is_named {
            faults.push(format!("a <{}> has no name", element.value().name()));
        }
    }
    for link in select(page, "a") {
        let pictures: Selector = Selector::parse("img[alt]").expect("a selector of ours is one");
        let has_picture = link
            .select(&pictures)
            .any(|picture| picture.attr("alt").is_some_and(|alt| !alt.is_empty()));
        if words(link).is_empty() && !has_picture {
            faults.push(format!("a link has no text: {:?}", link.attr("href")));
        }
        let to = link.attr("href").unwrap_or_default();
        if let Some(id) = to.strip_prefix('#')
            && !ids.contains(id)
        {
            faults.push(format!("nothing has the id {id:?} that a link leads to"));
        }
    }
    for picture in select(page, "img") {
        if picture.attr("alt").is_none() {
            faults.push("a picture has no description".to_owned());
        }
    }
    for element in select(page, "[lang]") {
        let lang = element.attr("lang").unwrap_or_default();
        let is_tag = lang.len() >= 2
            && lang.split('-').all(|part| {
                (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
            });
        if !is_tag {
            faults.push(format!("{lang:?} is no language"));
        }
    }
}

fn links(page: &Html, faults: &mut Vec<String>) {
    for link in select(page, "a") {
        let Some(to) = link.attr("href") else {
            faults.push(format!("a link leads nowhere: {}", words(link)));
            continue;
        };
        let is_own = to.starts_with('#') || (to.starts_with('/') && !to.starts_with("//"));
        let lower = to.to_ascii_lowercase();
        let is_web = lower.starts_with("http://") || lower.starts_with("https://");
        if !is_own && !is_web && !lower.starts_with("mailto:") {
            faults.push(format!("a link leads to {to}"));
        }
        if is_web && link.attr("rel") != Some("nofollow ugc noopener") {
            faults.push(format!("a link to others vouches for them: {to}"));
        }
    }
    for picture in select(page, "img") {
        let source = picture.attr("src").unwrap_or_default();
        if !source.starts_with('/') || source.starts_with("//") {
            faults.push(format!("a picture comes from elsewhere: {source}"));
        }
    }
    for style in select(page, "style") {
        let style = words(style);
        if style.contains("url(") || style.contains("@import") {
            faults.push("the style loads something".to_owned());
        }
    }
}

fn describe(element: ElementRef<'_>, out: &mut String) {
    for child in element.child_elements() {
        let _ = write!(out, "{}(", child.value().name());
        describe(child, out);
        out.push(')');
    }
}

/// The tree as the tags say it: in what we write every other `<` is escaped.
fn as_written(html: &str) -> String {
    let mut out = String::new();
    for tag in html.split('<').skip(1).filter(|tag| !tag.starts_with('!')) {
        let tag = tag.split('>').next().unwrap_or_default();
        let name = tag.split(' ').next().unwrap_or_default();
        if name.starts_with('/') {
            out.push(')');
            continue;
        }
        let _ = write!(out, "{name}(");
        if VOID.contains(&name) {
            out.push(')');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
        content=\"x\"><title>t</title></head><body><a class=\"skip\" href=\"#main\">s</a><header></header><main id=\"main\">\
        <h1>t</h1><h2>u</h2></main><footer></footer></body></html>";

    #[test]
    fn a_good_page_has_no_faults() {
        assert_eq!(faults(GOOD), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_found() {
        for (good, bad) in [
            ("lang=\"en\"", ""),
            ("<h1>t</h1>", ""),
            ("<h2>u</h2>", "<h3>u</h3>"),
            ("<h2>u</h2>", "<p><div></div></p>"),
            ("<h2>u</h2>", "<a href=\"/x\"><a href=\"/y\">x</a></a>"),
            ("<h2>u</h2>", "<a href=\"/x\"></a>"),
            ("<h2>u</h2>", "<a href=\"#x\">x</a>"),
            ("<h2>u</h2>", "<a href=\"javascript:x\">x</a>"),
            ("<h2>u</h2>", "<a href=\"https://e.example\">x</a>"),
            ("<h2>u</h2>", "<img src=\"/x.png\">"),
            ("<h2>u</h2>", "<img src=\"//e.example/x.png\" alt=\"\">"),
            ("<h2>u</h2>", "<script></script>"),
            ("<h2>u</h2>", "<p style=\"x\"></p>"),
            ("<h2>u</h2>", "<p onclick=\"x\"></p>"),
            ("<h2>u</h2>", "<p id=\"main\"></p>"),
            ("<h2>u</h2>", "<nav></nav>"),
            ("<h2>u</h2>", "<p lang=\"\"></p>"),
            ("<title>t</title>", "<title></title>"),
        ] {
            let page = GOOD.replace(good, bad);
            assert_ne!(page, GOOD);
            assert!(!faults(&page).is_empty(), "{bad}");
        }
    }
}
