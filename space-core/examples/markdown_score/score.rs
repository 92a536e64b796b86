// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Counts, and prints.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::Value;
use space_core::markup::html::{KeepLinks, to_markdown};

use super::cause::Post;
use super::facts::Facts;
use super::likeness::likeness;
use super::written::{self, Written};

/// From here on two texts count as alike.
const ALIKE: f64 = 0.95;

/// How many posts are named for a cause.
const NAMED: usize = 40;

/// The counts.
#[derive(Default)]
pub(crate) struct Score {
    compared: usize,
    without_raw: usize,
    not_ordinary: usize,
    alike: usize,
    same_links: usize,
    same_code: usize,
    all_three: usize,
    sum: f64,
    html_bytes: usize,
    time: Duration,
    text: Remainder,
    links: Remainder,
    code: Remainder,
}

/// What differs, by cause: the names of the posts, each with what differs.
#[derive(Default)]
struct Remainder(BTreeMap<&'static str, Vec<(String, String)>>);

impl Remainder {
    fn add(&mut self, cause: &'static str, name: &str, what: String) {
        let posts = self.0.entry(cause).or_default();
        posts.push((name.to_owned(), what));
    }

    fn print(&self, samples: usize) {
        let mut causes: Vec<_> = self.0.iter().collect();
        causes.sort_by_key(|(_, posts)| std::cmp::Reverse(posts.len()));
        for (cause, posts) in causes {
            println!("  {:5}  {cause}", posts.len());
            let names: Vec<&str> = posts
                .iter()
                .take(NAMED)
                .map(|(name, _)| name.as_str())
                .collect();
            let more = posts.len().saturating_sub(NAMED);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            println!("         {}{more}", names.join(" "));
            for (name, what) in posts.iter().take(samples) {
                println!("    {name} {what}");
            }
        }
    }
}

impl Score {
    /// Counts the posts of a topic of which there is no raw text.
    pub(crate) fn without_twin(&mut self, topic: &Value) {
        self.without_raw += posts_of(topic).len();
    }

    /// Compares the posts of a topic.
    pub(crate) fn topic(&mut self, topic: &Value, raw: &BTreeMap<u64, Written>) {
        for post in posts_of(topic) {
            let is_ordinary = post["post_type"] == 1 && post["cooked_hidden"] != true;
            let (Some(cooked), Some(number), true) = (
                post["cooked"].as_str(),
                post["post_number"].as_u64(),
                is_ordinary,
            ) else {
                self.not_ordinary += 1;
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
            let updated_at = post["updated_at"].as_str().unwrap_or_default();
            let post = Post {
                cooked,
                written: &written.text,
                is_edited: !written.is_of(updated_at),
            };
            self.post(&format!("{}/{number}", topic["id"]), &post, &ours);
        }
    }

    fn post(&mut self, name: &str, post: &Post<'_>, ours: &str) {
        let theirs = Facts::of(&written::source(post.written), &BTreeSet::new()).with_html_links();
        let ours = Facts::of(ours, &theirs.bare);
        self.compared += 1;

        let likeness = likeness(&theirs.text, &ours.text);
        self.sum += likeness;
        let is_alike = likeness >= ALIKE;
        if !is_alike {
            let what = format!(
                "{likeness:.3}\n  raw:  {}\n  ours: {}",
                theirs.text, ours.text
            );
            self.text.add(post.of_text(), name, what);
        }

        let missing: Vec<_> = theirs.links.difference(&ours.links).collect();
        let added: Vec<_> = ours
            .links
            .difference(&theirs.links)
            .filter(|link| !theirs.shows(link))
            .collect();
        let has_same_links = missing.is_empty() && added.is_empty();
        if !has_same_links {
            let what = format!("missing {missing:?}, added {added:?}");
            self.links.add(post.of_links(&missing, &added), name, what);
        }

        let has_same_code = theirs.code == ours.code;
        if !has_same_code {
            let what = format!("\n  raw:  {:?}\n  ours: {:?}", theirs.code, ours.code);
            self.code
                .add(post.of_code(&theirs.code, &ours.code), name, what);
        }

        self.alike += usize::from(is_alike);
        self.same_links += usize::from(has_same_links);
        self.same_code += usize::from(has_same_code);
        self.all_three += usize::from(is_alike && has_same_links && has_same_code);
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of posts and bytes are far below 2^52"
    )]
    pub(crate) fn print(&self, samples: usize) {
        let share = |part: usize| 100.0 * part as f64 / self.compared.max(1) as f64;
        println!("posts compared          {}", self.compared);
        println!("  without raw text      {}", self.without_raw);
        println!("  notices and hidden    {}", self.not_ordinary);
        println!("text alike (>= {ALIKE})    {:.2} %", share(self.alike));
        let mean = self.sum / self.compared.max(1) as f64;
        println!("  mean similarity       {mean:.4}");
        println!("same links              {:.2} %", share(self.same_links));
        println!("same code blocks        {:.2} %", share(self.same_code));
        println!("all three               {:.2} %", share(self.all_three));
        let megabytes = self.html_bytes as f64 / 1e6;
        println!(
            "speed of the converter  {:.1} MB/s ({megabytes:.1} MB of HTML)",
            megabytes / self.time.as_secs_f64()
        );
        for (what, remainder) in [
            ("text below", &self.text),
            ("other links", &self.links),
            ("other code", &self.code),
        ] {
            println!("{what}, by cause:");
            remainder.print(samples);
        }
    }
}

fn posts_of(topic: &Value) -> &[Value] {
    topic["post_stream"]["posts"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}
