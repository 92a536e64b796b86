// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the authors wrote, turned into what our parser reads: only what Discourse reads and CommonMark does not.
//!
//! | written | becomes | because Discourse |
//! |---|---|---|
//! | `[quote=...]`, `[/quote]` | a paragraph's end | renders a quote; whose, and of which post, is its head, which tests check |
//! | `[code]` that begins a line | a fence | renders `<pre>` |
//! | `[code]` within a line | a code span | renders `<code>` |
//! | `[url=A]t[/url]`, `[url]A[/url]` | `[t](A)`, `<A>` | renders a link |
//! | `[img]A[/img]` | nothing | renders a picture; pictures are not compared, since it gives them other addresses |
//! | `[details=S]`, `[details]` | its summary, a paragraph's end | shows the summary |
//! | `[poll]` ... `[/poll]` | nothing | has the poll apart from the text |
//! | `upload://A` | an address that counts for nothing | gives uploads another address |
//!
//! Nothing is read within code. The tags that stand within a line - `[b]`, `[i]` and their kin - are removed on both sides
//! later (see [`normal`](super::normal)), since Discourse leaves those that it cannot pair as text.

use std::collections::BTreeMap;

/// The host of addresses that count for nothing.
pub(crate) const UPLOAD: &str = "upload.invalid";

/// The line that `/raw/ID` puts between posts.
const RULE: &str = "-------------------------";

/// A post as its author wrote it.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) text: String,
    /// When it was last changed, to the second: `2020-01-01 00:00:00`.
    updated_at: String,
}

impl Written {
    /// Returns whether this is the state that another document dates so: `2020-01-01T00:00:00.000Z`.
    pub(crate) fn is_of(&self, updated_at: &str) -> bool {
        updated_at.get(..10) == self.updated_at.get(..10)
            && updated_at.get(11..19) == self.updated_at.get(11..19)
    }
}

/// Cuts a raw topic into posts: a line `name | time | #number`, an empty line, the text, a line of 25 dashes.
pub(crate) fn posts(text: &str) -> BTreeMap<u64, Written> {
    let mut posts: BTreeMap<u64, Written> = BTreeMap::new();
    let mut current = None;
    let mut is_after_rule = true;
    for line in text.lines() {
        let head = line
            .rsplit_once(" | #")
            .filter(|_| is_after_rule)
            .and_then(|(head, number)| {
                let time = head.strip_suffix(" UTC")?.rsplit(" | ").next()?;
                Some((number.parse().ok()?, time))
            });
        if let Some((number, time)) = head {
            current = Some(number);
            time.clone_into(&mut posts.entry(number).or_default().updated_at);
        } else if let Some(number) = current {
            let post = posts.entry(number).or_default();
            post.text.push_str(line);
            post.text.push('\n');
        }
        is_after_rule = line == RULE || (is_after_rule && line.is_empty());
    }
    for post in posts.values_mut() {
        let text = post.text.trim_end();
        let text = text.strip_suffix(RULE).unwrap_or(text).trim_end();
        // Not the spaces before the first word: they may make code of it.
        post.text = text.trim_start_matches('\n').to_owned();
    }
    posts
}

/// Turns what Discourse alone reads into what both read.
pub(crate) fn source(written: &str) -> String {
    let mut out = String::with_capacity(written.len() + 64);
    let mut rest = written;
    while let Some(at) = rest.find(['[', '`', '~']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_line_start =
            out.trim_end_matches([' ', '\t', '>']).ends_with('\n') || out.is_empty();
        let taken = if rest.starts_with('[') {
            tag(&mut out, rest, is_line_start)
        } else {
            code(&mut out, rest, is_line_start)
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out.replace("upload://", &format!("https://{UPLOAD}/"))
}

/// Copies code as it is, and returns its length; what only looks like its beginning is copied alone.
fn code(out: &mut String, rest: &str, is_line_start: bool) -> usize {
    let sign = &rest[..1];
    let run = rest.len() - rest.trim_start_matches(sign).len();
    let fence = &rest[..run];
    let end = if is_line_start && run >= 3 {
        // To the line that closes it, or to the end.
        let mut at = run;
        let close = rest[run..].split_inclusive('\n').skip(1).find_map(|line| {
            at += line.len();
            (line.trim().starts_with(fence)
                && line.trim().trim_matches('`').trim_matches('~').is_empty())
            .then_some(())
        });
        let first = rest[run..].find('\n').map_or(0, |first| first + 1);
        match close {
            Some(()) => at + first,
            None => rest.len(),
        }
    } else if sign == "`" {
        let paragraph = rest.find("\n\n").unwrap_or(rest.len());
        closing(&rest[run..paragraph], run).map_or(run, |at| run + at + run)
    } else {
        run
    };
    out.push_str(&rest[..end]);
    end
}

/// Finds a run of exactly so many backticks.
fn closing(text: &str, run: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let length = text[start..].len() - text[start..].trim_start_matches('`').len();
        if length == run {
            return Some(start);
        }
        at = start + length;
    }
    None
}

/// Writes what a tag of Discourse becomes, and returns how much was read; a bracket of any other kind is copied.
fn tag(out: &mut String, rest: &str, is_line_start: bool) -> usize {
    let end = rest
        .find(']')
        .filter(|end| *end < 300 && !rest[1..*end].contains(['[', '\n']));
    let Some(end) = end else {
        out.push('[');
        return 1;
    };
    let tag = &rest[1..end];
    let after = &rest[end + 1..];
    let (name, value) = tag.split_once('=').unwrap_or((tag, ""));
    let name = name
        .split(' ')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let value = value.trim_matches(['"', '\'', '“', '”']);
    let until = |close: &str| {
        let at = after.to_ascii_lowercase().find(close)?;
        Some((&after[..at], end + 1 + at + close.len()))
    };
    match name.as_str() {
        "quote" | "/quote" | "/details" => out.push_str("\n\n"),
        "details" => out.extend(["\n\n", value, "\n\n"]),
        "poll" => {
            if let Some((_, taken)) = until("[/poll]") {
                return taken;
            }
            out.push_str(&rest[..=end]);
        }
        "img" => {
            if let Some((_, taken)) = until("[/img]") {
                return taken;
            }
            out.push_str(&rest[..=end]);
        }
        "code" => {
            let Some((code, taken)) = until("[/code]") else {
                out.push_str(&rest[..=end]);
                return end + 1;
            };
            if is_line_start {
                out.extend(["\n\n``````\n", code.trim_matches('\n'), "\n``````\n\n"]);
            } else {
                out.extend(["`` ", code.trim(), " ``"]);
            }
            return taken;
        }
        "url" => {
            let Some((text, taken)) = until("[/url]") else {
                out.push_str(&rest[..=end]);
                return end + 1;
            };
            if value.is_empty() {
                out.extend(["<", text.trim(), ">"]);
            } else {
                let text = source(text);
                out.extend(["[", &text, "](<", value, ">)"]);
            }
            return taken;
        }
        _ => out.push_str(&rest[..=end]),
    }
    end + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_topic_is_cut_into_posts() {
        let text = format!(
            "ann | 2020-01-01 00:00:00 UTC | #1\n\nHello\n{RULE}\n{RULE}\n\nbo | 2020-01-02 00:00:00 UTC | #3\n\nx | y UTC | #7\n{RULE}\n"
        );
        let posts = posts(&text);
        assert_eq!(posts[&1].text, format!("Hello\n{RULE}"));
        assert!(posts[&1].is_of("2020-01-01T00:00:00.123Z"));
        assert!(!posts[&1].is_of("2020-01-01T00:00:01.123Z"));
        assert_eq!(posts[&3].text, "x | y UTC | #7");
        assert_eq!(posts.len(), 2);
    }

    #[test]
    fn what_discourse_alone_reads_is_translated() {
        let cases = [
            ("[quote=\"ann, post:3\"]a[/quote]b", "\n\na\n\nb"),
            ("[code]\nx[i]\n[/code]", "\n\n``````\nx[i]\n``````\n\n"),
            ("a [code]x[/code]", "a `` x ``"),
            ("[url=http://a.b]c[/url]", "[c](<http://a.b>)"),
            ("[url]http://a.b[/url]", "<http://a.b>"),
            ("[img]http://a.b/c.png[/img]d", "d"),
            ("`[quote]` [b]x[/b] a[i]", "`[quote]` [b]x[/b] a[i]"),
            ("```\n[quote]\n```\n[quote]", "```\n[quote]\n```\n\n\n"),
            ("[poll]\n- a\n[/poll]b", "b"),
            (
                "[a link](upload://x.png)",
                "[a link](https://upload.invalid/x.png)",
            ),
        ];
        for (written, want) in cases {
            assert_eq!(source(written), want, "{written}");
        }
    }
}
