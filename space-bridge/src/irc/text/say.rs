// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a room is told, in lines that fit.

use space_core::Timestamp;
use space_core::markup::{parse, plain_text, sanitize};

use super::diff::correction;
use super::name::unpinged;
use super::render::{Rendered, count, render};
use super::split::{cut, split};
use super::strip::strip;
use crate::relay::{Absence, Edits, Message, PostMessage};

/// How lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::irc) struct Style {
    /// So many bytes of text fit in a line when the server has put its own before it.
    pub(in crate::irc) budget: usize,
    /// Whether stress is shown.
    pub(in crate::irc) is_formatted: bool,
}

/// A post with more lines than this is shortened; appservice-irc users ask for some lines and a link, no paste.
const LINES: usize = 3;
/// So many lines of a shortened post are shown.
const LINES_SHORTENED: usize = 2;
/// A post with more characters than this is shortened.
const CHARACTERS: usize = 350;
/// How much of a title is shown.
const TITLE: usize = 60;

/// What is never in a text: it marks a line that is no text but a message to be taken back.
const REDACT: char = '\0';

/// Returns the name of the message that a line takes back, when it is such a line.
pub(in crate::irc) fn redacted(line: &str) -> Option<&str> {
    line.strip_prefix(REDACT)
}

/// Words a message in lines. There may be none: then there is nothing to say.
pub(in crate::irc) fn lines(message: &Message, style: Style) -> Vec<String> {
    match message {
        Message::Post(post) => told(post, style),
        Message::Edit { now, before, edits } => match edits {
            Edits::Off => Vec::new(),
            Edits::Full => in_lines(now, "edited: ", style),
            Edits::Diff => corrected(now, before, style),
        },
        Message::Withdraw {
            post,
            remote_ids,
            announces,
        } => {
            if !remote_ids.is_empty() {
                let usable = remote_ids.iter().filter(|id| {
                    !id.is_empty()
                        && id.bytes().all(|b| b.is_ascii_graphic())
                        && !id.starts_with(':')
                });
                usable.map(|id| format!("{REDACT}{id}")).collect()
            } else if *announces {
                vec![format!("#{post} was withdrawn.")]
            } else {
                Vec::new()
            }
        }
        // No name, no formatting, nothing that a network could take offence at.
        Message::Pointer { post, url } => pieces(&format!("#{post} {url}"), style.budget),
        Message::WithdrawMany { count: posts } => {
            vec![format!("{} were withdrawn.", count(*posts, "post"))]
        }
        Message::Digest { digest, url } => {
            let text = format!(
                "{} in {} came while I was away, from #{} to #{}. The first: {url}",
                count(digest.posts, "post"),
                count(digest.topics, "topic"),
                digest.first,
                digest.last,
            );
            pieces(&text, style.budget)
        }
        Message::Away(absence) => vec![away(absence)],
        Message::Answer { text } => text
            .lines()
            .map(strip)
            .filter(|line| !line.is_empty())
            .flat_map(|line| pieces(&line, style.budget))
            .collect(),
    }
}

/// The hours of an absence; the days as well, when it was not on one.
fn away(absence: &Absence) -> String {
    let (since, until) = (absence.since, absence.until);
    let hour = |at: Timestamp| {
        let minutes = at.millis().rem_euclid(86_400_000) / 60_000;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    let day = |at: Timestamp| {
        let (year, month, day) = at.date();
        format!("{year}-{month:02}-{day:02} {}", hour(at))
    };
    let time = if since.date() == until.date() {
        format!("{}-{}", hour(since), hour(until))
    } else {
        format!("{} - {}", day(since), day(until))
    };
    let lost = if absence.is_partly_known {
        "perhaps not all that was said to it meanwhile arrived"
    } else {
        "what was said to it meanwhile did not arrive"
    };
    format!("the bridge was away {time} UTC; {lost}")
}

fn pieces(line: &str, budget: usize) -> Vec<String> {
    split(line, budget).into_iter().map(str::to_owned).collect()
}

fn told(post: &PostMessage, style: Style) -> Vec<String> {
    let title = title(&post.topic);
    let head = if post.is_first {
        format!("started \"{title}\": ")
    } else {
        match &post.answers {
            Some(answered) if answered.starts_with('#') => format!("[{title}] re {answered}: "),
            Some(answered) => format!("[{title}] re {}: ", unpinged(answered)),
            None => format!("[{title}] "),
        }
    };
    in_lines(post, &head, style)
}

fn title(title: &str) -> String {
    let title = sanitize::line(title);
    if title.chars().count() <= TITLE {
        return title.into_owned();
    }
    let start: String = title.chars().take(TITLE - 1).collect();
    format!("{}…", start.trim_end())
}

fn prefix(post: &PostMessage) -> String {
    let mark = post
        .mark
        .map_or_else(String::new, |mark| format!(" ({mark})"));
    format!("#{} <{}{mark}> ", post.id, unpinged(&post.author))
}

/// A post: who, where, what, and its page.
fn in_lines(post: &PostMessage, head: &str, style: Style) -> Vec<String> {
    let prefix = prefix(post);
    let (texts, more) = shortened(render(&parse(&post.source), style.is_formatted));
    let room = style.budget.saturating_sub(prefix.len());
    let mut parts: Vec<String> = Vec::new();
    let mut texts = texts.into_iter();
    let first = format!("{head}{}", texts.next().unwrap_or_default());
    for text in std::iter::once(first).chain(texts) {
        if text.len() <= room {
            parts.push(text);
        } else {
            // A style would end with its line; a line that does not fit has none.
            parts.extend(pieces(&strip(&text), room));
        }
    }
    let is_cut = parts.len() > LINES;
    let more_is_left = more.is_some();
    parts.truncate(LINES);
    let end = match more {
        Some(more) => format!(" … (+{more}) {}", post.url),
        None if is_cut => format!(" … {}", post.url),
        None => format!(" {}", post.url),
    };
    let last = parts.last_mut().expect("there is a first line");
    let trimmed = last.trim_end().len();
    last.truncate(trimmed);
    let is_shortened = is_cut || more_is_left;
    if is_shortened && last.len() + end.len() > room && room > end.len() + 40 {
        // A word less rather than a line more.
        let plain = strip(last);
        let at = room - end.len();
        let fits = if plain.len() > at {
            cut(&plain, at)
        } else {
            plain.len()
        };
        plain[..fits].trim_end().clone_into(last);
    }
    if last.len() + end.len() <= room {
        last.push_str(&end);
    } else {
        parts.push(end.trim_start().to_owned());
    }
    parts
        .into_iter()
        .flat_map(|part| pieces(&format!("{prefix}{part}"), style.budget))
        .collect()
}

/// Returns the lines to be shown, and what the page has besides.
fn shortened(rendered: Rendered) -> (Vec<String>, Option<String>) {
    let Rendered {
        mut lines,
        is_partial,
    } = rendered;
    let characters: usize = lines.iter().map(|line| line.chars().count()).sum();
    if lines.len() <= LINES && characters <= CHARACTERS && !is_partial {
        return (lines, None);
    }
    let all = lines.len();
    lines.truncate(LINES_SHORTENED);
    let mut left = CHARACTERS;
    let mut dropped = all - lines.len();
    let mut is_cut = false;
    for line in &mut lines {
        let length = line.chars().count();
        if length > left {
            let plain = strip(line);
            let end: usize = plain.chars().take(left).map(char::len_utf8).sum();
            let end = if end < plain.len() {
                cut(&plain, end.max(4))
            } else {
                end
            };
            plain[..end].trim_end().clone_into(line);
            is_cut = true;
        }
        left = left.saturating_sub(length);
    }
    let before = lines.len();
    lines.retain(|line| !line.is_empty());
    dropped += before - lines.len();
    let more = match (dropped, is_cut, is_partial) {
        (0, false, false) => None,
        (0, _, _) => Some("more".to_owned()),
        (dropped, _, _) => Some(count(dropped, "line")),
    };
    (lines, more)
}

/// What was put right.
fn corrected(now: &PostMessage, before: &str, style: Style) -> Vec<String> {
    let text = |source: &str| plain_text(&parse(source));
    let Some((old, new)) = correction(&text(before), &text(&now.source)) else {
        return Vec::new();
    };
    let line = match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("{}correction: \"{new}\"", prefix(now)),
        (_, true) => format!("{}correction: without \"{old}\"", prefix(now)),
        _ => format!("{}correction: \"{old}\" → \"{new}\"", prefix(now)),
    };
    // In a correction nobody is called either.
    let line = line.replace('@', "@\u{200b}");
    pieces(&line, style.budget)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use space_core::PostId;

    const STYLE: Style = Style {
        budget: 400,
        is_formatted: false,
    };

    fn post(source: &str) -> PostMessage {
        PostMessage {
            id: PostId::new(48213).unwrap(),
            author: "alice".to_owned(),
            topic: "Tea at four".to_owned(),
            is_first: false,
            mark: None,
            answers: Some("bob".to_owned()),
            answers_remote: None,
            source: source.to_owned(),
            url: "https://space.example.org/p/48213".to_owned(),
        }
    }

    fn said(source: &str) -> Vec<String> {
        lines(&Message::Post(post(source)), STYLE)
            .into_iter()
            .map(|line| line.replace('\u{200b}', ""))
            .collect()
    }

    #[test]
    fn a_post_is_one_line_with_its_page() {
        assert_eq!(
            said("I **do**!"),
            ["#48213 <alice> [Tea at four] re bob: I do! https://space.example.org/p/48213"]
        );
    }

    #[test]
    fn a_topic_says_that_it_begins() {
        let first = PostMessage {
            is_first: true,
            answers: None,
            ..post("Who comes?")
        };
        let lines = lines(&Message::Post(first), STYLE);
        assert_eq!(
            lines,
            [
                "#48213 <a\u{200b}lice> started \"Tea at four\": Who comes? https://space.example.org/p/48213"
            ]
        );
    }

    #[test]
    fn three_lines_are_told_and_more_are_shortened() {
        assert_eq!(said("a\n\nb\n\nc").len(), 3);
        assert_eq!(
            said("a\n\nb\n\nc\n\nd\n\ne"),
            [
                "#48213 <alice> [Tea at four] re bob: a",
                "#48213 <alice> b … (+3 lines) https://space.example.org/p/48213"
            ]
        );
    }

    #[test]
    fn code_is_behind_the_link() {
        assert_eq!(
            said("so:\n\n```rust\na\nb\n```"),
            [
                "#48213 <alice> [Tea at four] re bob: so:",
                "#48213 <alice> [rust code, 2 lines] … (+more) https://space.example.org/p/48213"
            ]
        );
    }

    #[test]
    fn a_long_text_is_its_beginning_and_the_link() {
        let told = said(&"word ".repeat(400));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].ends_with("word … (+more) https://space.example.org/p/48213"),
            "{told:?}"
        );
    }

    #[test]
    fn a_small_edit_is_a_correction_and_a_large_one_nothing() {
        let edit = |before: &str, edits| {
            let message = Message::Edit {
                now: post("I like the tea"),
                before: before.to_owned(),
                edits,
            };
            lines(&message, STYLE)
        };
        assert_eq!(
            edit("I like teh tea", Edits::Diff),
            ["#48213 <a\u{200b}lice> correction: \"teh\" → \"the\""]
        );
        assert_eq!(edit("I like the **tea**", Edits::Diff), [""; 0]);
        assert_eq!(edit(&"other ".repeat(20), Edits::Diff), [""; 0]);
        assert_eq!(edit("I like teh tea", Edits::Off), [""; 0]);
        assert_eq!(edit("I like teh tea", Edits::Full).len(), 1);
    }

    #[test]
    fn what_can_be_taken_back_is_and_else_it_is_said_or_not() {
        let withdraw = |remote_ids: &[&str], announces| Message::Withdraw {
            post: PostId::new(5).unwrap(),
            remote_ids: remote_ids.iter().map(|&id| id.to_owned()).collect(),
            announces,
        };
        let taken = lines(&withdraw(&["abc", "a b", ":x"], true), STYLE);
        assert_eq!(
            taken.iter().map(|line| redacted(line)).collect::<Vec<_>>(),
            [Some("abc")]
        );
        assert_eq!(lines(&withdraw(&[], true), STYLE), ["#5 was withdrawn."]);
        assert_eq!(lines(&withdraw(&[], false), STYLE), [""; 0]);
    }

    #[test]
    fn an_absence_says_when_and_what_is_lost() {
        let said = |since: &str, until: &str, is_partly_known| {
            let absence = Absence {
                since: Timestamp::parse_utc(since).unwrap(),
                until: Timestamp::parse_utc(until).unwrap(),
                is_partly_known,
            };
            lines(&Message::Away(absence), STYLE).concat()
        };
        assert_eq!(
            said("2020-02-01T14:02:59Z", "2020-02-01T14:09:00Z", false),
            "the bridge was away 14:02-14:09 UTC; what was said to it meanwhile did not arrive"
        );
        assert_eq!(
            said("2020-02-01T23:50:00Z", "2020-02-02T00:10:00Z", true),
            "the bridge was away 2020-02-01 23:50 - 2020-02-02 00:10 UTC; \
             perhaps not all that was said to it meanwhile arrived"
        );
    }

    #[test]
    fn what_a_network_does_not_pass_on_is_its_number_and_its_page() {
        let pointer = Message::Pointer {
            post: PostId::new(101).unwrap(),
            url: "https://space.example.org/p/101".to_owned(),
        };
        assert_eq!(
            lines(&pointer, STYLE),
            ["#101 https://space.example.org/p/101"]
        );
    }

    proptest! {
        #[test]
        fn whatever_somebody_writes_every_line_fits_and_steers_nothing(
            source in "(\\PC|[\n\r\\x00-\\x1f`*>#|-]){0,400}",
            name in "\\PC{0,40}",
            title in "\\PC{0,80}",
            budget in 60_usize..450,
        ) {
            let post = PostMessage { author: name, topic: title, ..post(&source) };
            let style = Style { budget, is_formatted: true };
            let lines = lines(&Message::Post(post), style);
            prop_assert!(!lines.is_empty() && lines.len() <= 12);
            for line in lines {
                prop_assert!(line.len() <= budget, "{} > {budget}: {line:?}", line.len());
                let steers = line.contains(['\r', '\n', '\0', '\u{1}']);
                prop_assert!(!steers);
                prop_assert!(redacted(&line).is_none());
            }
        }
    }
}
