// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Measures how well [`to_markdown`] gives back what the authors of a Discourse forum wrote.
//!
//! ```text
//! cargo run -p space-core --features html --example markdown_score -- <json folder> <raw folder> [number of samples]
//! ```
//!
//! The first folder holds topics as `/t/<id>.json` gives them (HTML in `cooked`), the second the same topics as
//! `/raw/<id>` does (what was written), with the same file names up to the ending.

#![expect(
    clippy::cast_precision_loss,
    reason = "counts of posts and bytes are far below 2^52"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use space_core::markup::html::{KeepLinks, to_markdown};
use space_core::markup::{Block, Document, Inline, TableCell, parse};

/// From here on two texts count as alike.
const ALIKE: f64 = 0.95;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [json, raw, rest @ ..] = arguments.as_slice() else {
        return Err(
            "expected a folder of topics as JSON and one of the same topics as raw text".into(),
        );
    };
    let samples = rest.first().map_or(Ok(0), |number| number.parse())?;
    let mut score = Score::default();
    let mut files: Vec<_> = std::fs::read_dir(json)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    files.sort();
    for file in files {
        let topic: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
        let name = file.file_name().unwrap_or_default();
        let Ok(text) = std::fs::read_to_string(Path::new(raw).join(name).with_extension("md"))
        else {
            continue;
        };
        score.topic(&topic, &raw_posts(&text));
    }
    score.print(samples);
    Ok(())
}

/// Cuts a raw topic into posts: a line `name | time | #number`, an empty line, the text, a line of 25 dashes.
fn raw_posts(text: &str) -> BTreeMap<u64, String> {
    let mut posts: BTreeMap<u64, String> = BTreeMap::new();
    let mut current = None;
    let mut is_after_line = true;
    for line in text.lines() {
        let number = line
            .rsplit_once(" | #")
            .filter(|(head, _)| is_after_line && head.ends_with(" UTC"));
        if let Some(number) = number.and_then(|(_, number)| number.parse().ok()) {
            current = Some(number);
        } else if let Some(number) = current {
            let post = posts.entry(number).or_default();
            post.push_str(line);
            post.push('\n');
        }
        is_after_line = line == "-".repeat(25) || (is_after_line && line.is_empty());
    }
    for post in posts.values_mut() {
        let text = post
            .trim_end()
            .strip_suffix(&"-".repeat(25))
            .unwrap_or(post.trim_end())
            .trim()
            .to_owned();
        *post = text;
    }
    posts
}

#[derive(Default)]
struct Score {
    posts: usize,
    without_raw: usize,
    alike: usize,
    same_links: usize,
    same_code: usize,
    sum: f64,
    html_bytes: usize,
    time: Duration,
    differences: BTreeMap<&'static str, Vec<String>>,
    causes: BTreeMap<&'static str, Vec<(f64, String)>>,
}

impl Score {
    fn topic(&mut self, topic: &Value, raw: &BTreeMap<u64, String>) {
        let posts = topic["post_stream"]["posts"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        for post in posts {
            // Posts of the software itself, and hidden ones, whose text nobody sees, have no raw text of their own.
            let is_regular = post["post_type"] == 1 && post["cooked_hidden"] != true;
            let (Some(cooked), Some(number), true) = (
                post["cooked"].as_str(),
                post["post_number"].as_u64(),
                is_regular,
            ) else {
                continue;
            };
            let Some(written) = raw.get(&number) else {
                self.without_raw += 1;
                continue;
            };
            let begin = Instant::now();
            let ours = to_markdown(cooked, &KeepLinks);
            self.time += begin.elapsed();
            self.html_bytes += cooked.len();
            self.post(&format!("{}/{number}", topic["id"]), cooked, written, &ours);
        }
    }

    fn post(&mut self, name: &str, cooked: &str, written: &str, ours: &str) {
        let mut theirs = Facts::of(&from_discourse(written), &BTreeSet::new());
        // With the addresses inside tags.
        theirs.all.push_str(&without_space(written));
        let ours = Facts::of(&from_discourse(ours), &theirs.bare);
        self.posts += 1;
        let missing: Vec<_> = theirs
            .links
            .iter()
            .filter(|link| !ours.has_link(link))
            .collect();
        let added: Vec<_> = ours
            .links
            .iter()
            .filter(|link| !theirs.has_link(link))
            .collect();
        self.same_links += usize::from(missing.is_empty() && added.is_empty());
        self.same_code += usize::from(theirs.code == ours.code);
        if !missing.is_empty() {
            self.differences
                .entry("links missing")
                .or_default()
                .push(format!("{name} {missing:?}"));
        }
        if !added.is_empty() {
            self.differences
                .entry("links added")
                .or_default()
                .push(format!("{name} {added:?}"));
        }
        if theirs.code != ours.code {
            let text = format!("{name}\n  raw:  {:?}\n  ours: {:?}", theirs.code, ours.code);
            self.differences
                .entry("code differs")
                .or_default()
                .push(text);
        }
        let likeness = likeness(&theirs.words, &ours.words);
        self.sum += likeness;
        if likeness >= ALIKE {
            self.alike += 1;
        } else {
            let samples = self.causes.entry(cause(cooked, written)).or_default();
            samples.push((
                likeness,
                format!("{name}\n  raw:  {}\n  ours: {}", theirs.words, ours.words),
            ));
        }
    }

    fn print(&self, samples: usize) {
        let share = |part: usize| 100.0 * part as f64 / self.posts.max(1) as f64;
        println!("posts compared        {}", self.posts);
        println!("without raw text      {}", self.without_raw);
        println!("likeness >= {ALIKE}    {:.2} %", share(self.alike));
        println!(
            "mean likeness         {:.4}",
            self.sum / self.posts.max(1) as f64
        );
        println!("same links            {:.2} %", share(self.same_links));
        println!("same code blocks      {:.2} %", share(self.same_code));
        let megabytes = self.html_bytes as f64 / 1e6;
        println!(
            "speed                 {:.1} MB/s ({megabytes:.1} MB of HTML)",
            megabytes / self.time.as_secs_f64()
        );
        for (difference, posts) in &self.differences {
            println!("{:5} posts: {difference}", posts.len());
            for sample in posts.iter().take(samples) {
                println!("    {sample}");
            }
        }
        println!("below {ALIKE} by cause:");
        for (cause, posts) in &self.causes {
            println!("  {:5}  {cause}", posts.len());
            for (likeness, sample) in posts.iter().take(samples) {
                println!("    {likeness:.3} {sample}");
            }
        }
    }
}

/// Guesses why a post differs: the first that fits.
fn cause(cooked: &str, written: &str) -> &'static str {
    let has = |marks: &[&str]| marks.iter().any(|mark| written.contains(mark));
    if cooked.is_empty() || written.is_empty() {
        "one of the two is empty"
    } else if cooked.contains("<pre><code class=\"lang-auto\"></code></pre>") {
        "code that Discourse lost when it rendered"
    } else if has(&["[/code]", "[code"]) {
        "BBCode code that Discourse read or left in its own way"
    } else if has(&["[quote", "[/quote"]) {
        "quote tags that Discourse read or left in its own way"
    } else if has(&["[/", "[poll", "[img"]) {
        "other BBCode or a poll"
    } else if has(&["</", "/>", "<img"]) {
        "HTML that the author wrote"
    } else if has(&["|--", "| --", "|:-"]) {
        "table"
    } else if cooked.contains("onebox") {
        "previews"
    } else if has(&["http", "www."]) {
        "links"
    } else if written.chars().count() < 40 {
        "very short"
    } else {
        "other"
    }
}

/// What is compared of a text.
#[derive(Debug, Default)]
struct Facts {
    words: String,
    links: BTreeSet<String>,
    code: Vec<String>,
    /// Addresses that are their own text.
    bare: BTreeSet<String>,
    /// All text without white space, in which an address may stand that only one side reads as a link.
    all: String,
}

/// Turns what Discourse alone understands into what both sides understand, or removes it on both sides.
///
/// | construct | what happens | why |
/// |---|---|---|
/// | `[quote=...]`, `[/quote]` | the tags go, and so do our attribution lines | names and numbers are checked by tests, not by likeness |
/// | `[code]` | becomes a fence or a code span | the same thing in another spelling |
/// | `[b]`, `[i]`, `[u]`, `[s]`, `[spoiler]`, `[details]`, `[url]` | the tags go | marks are not words |
/// | `[img]`, `upload://` | go, as all pictures do; become a web address | see `inlines` |
/// | `[poll]` ... `[/poll]` | goes | polls are imported as polls |
fn from_discourse(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    let mut is_in_fence = false;
    while let Some(at) = rest.find(['[', '`']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("```") {
            is_in_fence = !is_in_fence;
            out.push_str("```");
            rest = &rest[3..];
            continue;
        }
        let end = rest
            .find(']')
            .filter(|end| *end < 200 && !is_in_fence && rest.starts_with('['));
        let tag = end.map(|end| &rest[1..end]).unwrap_or_default();
        let name = tag
            .trim_start_matches('/')
            .split(['=', ' '])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let after = end.map_or("", |end| &rest[end + 1..]);
        match (name.as_str(), tag.starts_with('/')) {
            ("code", false) => {
                let (code, after) = after.split_once("[/code]").unwrap_or((after, ""));
                let is_block = code.contains('\n');
                let (open, close) = if is_block {
                    ("\n```\n", "\n```\n")
                } else {
                    ("`", "`")
                };
                out.extend([open, code.trim_matches('\n'), close]);
                rest = after;
            }
            ("poll", false) => rest = after.split_once("[/poll]").map_or("", |(_, after)| after),
            ("details" | "quote", _) => {
                out.push_str("\n\n");
                // The title of details is a word of the author's.
                if name == "details" {
                    out.push_str(
                        tag.split_once('=')
                            .map_or("", |(_, title)| title.trim_matches('"')),
                    );
                    out.push_str("\n\n");
                }
                rest = after;
            }
            ("img", false) => rest = after.split_once("[/img]").map_or(after, |(_, after)| after),
            ("b" | "i" | "u" | "s" | "spoiler" | "url" | "img" | "code", _) => rest = after,
            _ => {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.replace("upload://", "https://upload.invalid/")
}

impl Facts {
    /// Reads a text. The texts of links to the `titled` addresses do not count: they are titles of pages, which the
    /// renderer looked up.
    fn of(source: &str, titled: &BTreeSet<String>) -> Self {
        let mut facts = Self {
            bare: titled.clone(),
            ..Self::default()
        };
        facts.document(&parse(source));
        facts.all = without_space(source);
        facts.words = plain(&facts.words);
        facts
    }

    fn has_link(&self, link: &str) -> bool {
        self.links.contains(link) || self.all.contains(link)
    }

    fn document(&mut self, document: &Document) {
        self.blocks(&document.blocks);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph { children } | Block::Heading { children, .. } => {
                    self.inlines(children);
                }
                Block::CodeBlock { code, .. } => {
                    self.words.push_str(code);
                    self.code.push(
                        code.lines()
                            .map(str::trim_end)
                            .collect::<Vec<_>>()
                            .join("\n")
                            .trim()
                            .to_owned(),
                    );
                }
                Block::Quote { blocks, .. }
                | Block::Spoiler { blocks }
                | Block::Footnote { blocks, .. } => self.blocks(blocks),
                Block::Details { summary, blocks } => {
                    self.inlines(summary);
                    self.blocks(blocks);
                }
                Block::List { items, .. } => {
                    for item in items {
                        self.blocks(&item.blocks);
                    }
                }
                Block::Table { header, rows, .. } => {
                    self.cells(header);
                    for row in rows {
                        self.cells(row);
                    }
                }
                Block::RawHtml { text } => self.words.push_str(text),
                Block::Rule => {}
            }
            self.words.push('\n');
        }
    }

    fn cells(&mut self, cells: &[TableCell]) {
        for cell in cells {
            self.inlines(&cell.children);
            self.words.push(' ');
        }
    }

    /// Pictures and addresses are no words: pictures get other addresses and descriptions with sizes when they are
    /// uploaded, and a bare address may be shown by the title of its page. Links are compared apart.
    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { text } => self.words.push_str(text),
                Inline::Code { code } => self.words.push_str(code),
                Inline::HardBreak | Inline::SoftBreak => self.words.push('\n'),
                Inline::Mention { name } => self.words.extend(["@", name]),
                Inline::Emoji { .. } | Inline::Image { .. } | Inline::FootnoteReference { .. } => {}
                Inline::Reference { id } => self.words.extend(["#", &id.to_string()]),
                Inline::Link {
                    destination,
                    children,
                    ..
                } => {
                    let link = address(destination);
                    let is_bare = matches!(children.as_slice(), [Inline::Text { text }]
 if text.starts_with("http") && address(text) == link);
                    if is_bare {
                        self.bare.insert(link.clone());
                    }
                    if !self.bare.contains(&link) {
                        self.inlines(children);
                    }
                    if !destination.contains("upload.invalid") {
                        self.links.insert(link);
                    }
                }
                other => self.inlines(other.children().unwrap_or_default()),
            }
        }
    }
}

/// Returns a text in which an address can be found.
fn without_space(source: &str) -> String {
    source.split_whitespace().collect::<String>().to_lowercase()
}

/// Returns an address without what the renderer changes: scheme, percent-encoding of spaces, final slash, the short form
/// of addresses of videos.
fn address(destination: &str) -> String {
    let rest = destination
        .split_once("://")
        .map_or(destination, |(_, rest)| rest);
    let rest = rest.replace("youtu.be/", "www.youtube.com/watch?v=");
    rest.trim_start_matches("//")
        .trim_end_matches('/')
        .replace("%20", "")
        .to_lowercase()
}

/// Leaves the characters that the author wrote and the renderer keeps.
///
/// - typographic signs become what is typed for them: the renderer makes them of `"`, `'`, `...`, `--`;
/// - emoji go, as shortcode, as picture or as `:)`: the renderer makes one of the other;
/// - HTML tags go: the renderer drops those it does not allow, and applies the others;
/// - white space goes, since breaks may be written in many ways;
/// - signs of markup go, since unbalanced ones remain on one side where the other has them escaped.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let emoticon = [
            ":slight_smile:",
            ":)",
            ":-)",
            ":D",
            ":-D",
            ":(",
            ":-(",
            ";)",
            ";-)",
            ":P",
            ":-P",
            ":p",
            ":O",
            ":o",
            ":/",
            ":|",
            "8)",
            "B)",
            "<3",
            "^_^",
            "=)",
        ]
        .into_iter()
        .find(|emoticon| rest.starts_with(emoticon));
        if let Some(emoticon) = emoticon {
            rest = &rest[emoticon.len()..];
            continue;
        }
        if c == '<' && after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            let tag = after
                .find(['>', '<'])
                .filter(|end| after[*end..].starts_with('>'));
            if let Some(end) = tag {
                rest = &after[end + 1..];
                continue;
            }
        }
        match c {
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '‘' | '’' | '‚' => out.push('\''),
            '…' => out.push_str(".."),
            '.' => {
                let run = rest.len() - rest.trim_start_matches('.').len();
                out.push_str(if run > 1 { ".." } else { "." });
                rest = &rest[run..];
                continue;
            }
            '©' => out.push_str("(c)"),
            '®' => out.push_str("(r)"),
            '™' => out.push_str("(tm)"),
            '±' => out.push('+'),
            '–'
            | '—'
            | '→'
            | '←'
            | '↔'
            | '-'
            | '*'
            | '_'
            | '~'
            | '`'
            | '\\'
            | '#'
            | '>'
            | '|'
            | '='
            | '['
            | ']'
            | '\u{fe0f}'
            | '\u{1f000}'..='\u{1faff}'
            | '\u{2600}'..='\u{27bf}' => {}
            c if c.is_whitespace() => {}
            c => out.push(c),
        }
        rest = after;
    }
    out
}

/// Returns the normalised Indel similarity: twice the longest common subsequence by the length of both.
///
/// Bit-parallel after Hyyrö, "Bit-parallel LCS-length computation revisited" (2004).
fn likeness(left: &str, right: &str) -> f64 {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let total = left.len() + right.len();
    if left == right {
        return 1.0;
    }
    let words = left.len().div_ceil(64);
    let mut places: BTreeMap<char, Vec<u64>> = BTreeMap::new();
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
