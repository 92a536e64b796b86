// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What people can ask of the bridge in a room or in private, alike on every network.

use std::fmt;

use space_core::PostId;

/// Something that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    /// What can be asked.
    Help,
    /// To accept the code of conduct.
    Agree,
    /// To post a reply: `!reply 48213 text`.
    Reply {
        /// What it answers.
        post: PostId,
        /// What it says.
        text: String,
    },
    /// The same by `48213: text`, which may also be a sentence of somebody who speaks of a number.
    Direct {
        /// What it answers, if it is a post that was told here.
        post: PostId,
        /// What it says.
        text: String,
    },
    /// To report a post, in private.
    Report {
        /// Which.
        of: Reported,
        /// Why, in the words of the server.
        reason: &'static str,
        /// What they say about it.
        comment: Option<String>,
    },
    /// To report a post for what is no reason: they are asked what they mean.
    NoSuchReason {
        /// Which.
        of: Reported,
        /// What they wrote in its place, and after it.
        said: String,
    },
    /// To report a post for a reason that needs words, without any.
    NoWords {
        /// Which.
        of: Reported,
        /// Why.
        reason: &'static str,
    },
    /// To report something where everyone reads it. It is not done.
    ReportInTheOpen {
        /// What, when it was understood.
        of: Option<Reported>,
        /// Whether it is surely meant for the bridge; otherwise a name may be a word of a sentence.
        is_sure: bool,
    },
    /// Something with `reply` that cannot be understood.
    HowToReply,
    /// Something with `report` that cannot be understood.
    HowToReport,
    /// Something in private that is none of all this.
    Unknown,
}

/// What somebody reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reported {
    /// A post, by its number.
    Post(PostId),
    /// The newest post of somebody, by the name that a room calls them.
    By(String),
}

impl fmt::Display for Reported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Post(post) => post.fmt(f),
            Self::By(name) => name.fmt(f),
        }
    }
}

/// Why something can be reported: what people write, and the word of the server.
const REASONS: &[(&str, &str)] = &[
    ("talk", "talk"),
    ("off_topic", "off_topic"),
    ("off-topic", "off_topic"),
    ("offtopic", "off_topic"),
    ("inappropriate", "inappropriate"),
    ("spam", "spam"),
    ("vandalism", "spam"),
    ("illegal", "illegal"),
    ("other", "other"),
    ("else", "other"),
];

impl Command {
    /// Reads what was said; nothing when it is not for the bridge.
    pub(crate) fn read(text: &str, is_private: bool) -> Option<Self> {
        let text = text.trim();
        if let Some((post, text)) = addressed(text) {
            return Some(Self::Direct {
                post,
                text: text.to_owned(),
            });
        }
        let bare = match text.strip_prefix('!') {
            Some(bare) => bare,
            None if is_private => text,
            None => return open_report(text),
        };
        let (word, rest) = word(bare);
        Some(match word.to_lowercase().as_str() {
            "help" | "space" | "commands" => Self::Help,
            "agree" | "accept" => Self::Agree,
            "reply" | "re" => numbered(rest).filter(|(_, text)| !text.is_empty()).map_or(
                Self::HowToReply,
                |(post, text)| Self::Reply {
                    post,
                    text: text.to_owned(),
                },
            ),
            "report" | "flag" if is_private => report(rest).unwrap_or(Self::HowToReport),
            "report" | "flag" => Self::ReportInTheOpen {
                of: reported(rest).map(|(of, _)| of),
                is_sure: true,
            },
            // The command of another program, or none.
            _ if !is_private => return None,
            _ => Self::Unknown,
        })
    }
}

/// Reads what somebody reports in the open as if it were in private: a number or a name, and one of the reasons. They are
/// told, lest they believe that they have reported it; anything else that begins with the word is talk.
fn open_report(text: &str) -> Option<Command> {
    let (first, rest) = word(text);
    let is_report = ["report", "flag"]
        .iter()
        .any(|known| first.eq_ignore_ascii_case(known));
    let (of, rest) = reported(rest).filter(|_| is_report)?;
    let (said, more) = reason_word(rest);
    // After a name nothing but the reason is believed: `report this spam to them` is talk.
    let is_meant = match of {
        Reported::Post(_) => true,
        Reported::By(_) => more.is_empty(),
    };
    (is_meant && known_reason(&said).is_some()).then_some(Command::ReportInTheOpen {
        of: Some(of),
        is_sure: false,
    })
}

/// Reads `NAME: text`: whom it calls, and what it says.
pub(crate) fn called(text: &str) -> Option<(&str, &str)> {
    let (name, text) = text.trim().split_once(':')?;
    // `https://...` and `12:30` call nobody.
    let is_spaced = text.starts_with(char::is_whitespace);
    let is_name = !name.is_empty() && name.len() <= 128 && !name.contains(char::is_whitespace);
    let text = text.trim();
    (is_spaced && is_name && !text.is_empty()).then_some((name, text))
}

/// Reads `space: text` and `@space, text`, where the bridge is called `me`: what it is told.
pub(crate) fn addressed_to<'a>(text: &'a str, me: &str) -> Option<&'a str> {
    let text = text.trim();
    let text = text.strip_prefix('@').unwrap_or(text);
    let (name, rest) = text.split_at_checked(me.len())?;
    let rest = rest.strip_prefix([':', ','])?.trim_start();
    (!me.is_empty() && name.eq_ignore_ascii_case(me) && !rest.is_empty()).then_some(rest)
}

/// Reads `48213: text` and `#48213: text`.
fn addressed(text: &str) -> Option<(PostId, &str)> {
    let (number, text) = text.split_once(':')?;
    let text = text.trim();
    let post = number.parse().ok()?;
    (!text.is_empty()).then_some((post, text))
}

fn word(text: &str) -> (&str, &str) {
    let text = text.trim();
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, rest.trim()),
        None => (text, ""),
    }
}

fn numbered(text: &str) -> Option<(PostId, &str)> {
    let (number, rest) = word(text);
    Some((number.trim_end_matches([':', ',']).parse().ok()?, rest))
}

/// Reads what is reported: a number, or a name.
fn reported(text: &str) -> Option<(Reported, &str)> {
    if let Some((post, rest)) = numbered(text) {
        return Some((Reported::Post(post), rest));
    }
    let (name, rest) = word(text);
    let name = name.trim_start_matches('@').trim_end_matches([':', ',']);
    // A number that is none, and a reason without anything before it, are no names.
    let is_name = !name.is_empty()
        && name.len() <= 128
        && !name.starts_with('#')
        && !name.bytes().all(|b| b.is_ascii_digit())
        && known_reason(&name.to_lowercase()).is_none();
    (is_name && !rest.is_empty()).then(|| (Reported::By(name.to_owned()), rest))
}

/// Returns the word in which a reason is looked for, and what comes after it.
fn reason_word(text: &str) -> (String, &str) {
    let (first, rest) = word(text);
    let first = first.trim_end_matches([':', ',', '.']).to_lowercase();
    (first, rest)
}

fn known_reason(said: &str) -> Option<&'static str> {
    let known = REASONS.iter().find(|(known, _)| *known == said);
    known.map(|(_, reason)| *reason)
}

/// Returns the reason that a misspelt word is most like.
pub(crate) fn nearest_reason(said: &str) -> Option<&'static str> {
    let said = said.to_lowercase();
    let near = REASONS
        .iter()
        .map(|(known, _)| (distance(known, &said), *known));
    near.filter(|(distance, known)| *distance <= 2 && *distance * 2 < known.len())
        .min()
        .and_then(|(_, known)| known_reason(known))
}

/// Counts the letters that are put in, left out, changed or swapped between two words.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().take(2 * one.len() + 2).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, a) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, b) in other.iter().enumerate() {
            let mut cost = (last[column] + usize::from(a != b))
                .min(last[column + 1] + 1)
                .min(next[column] + 1);
            if row > 0 && column > 0 && *a == other[column - 1] && one[row - 1] == *b {
                cost = cost.min(before[column - 1] + 1);
            }
            next.push(cost);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or(0)
}

fn report(text: &str) -> Option<Command> {
    let (of, rest) = reported(text)?;
    if rest.is_empty() {
        return None;
    }
    let (said, comment) = reason_word(rest);
    // What they mean is theirs to say: a misspelt reason is not filed as another one.
    let Some(reason) = known_reason(&said) else {
        return Some(Command::NoSuchReason {
            of,
            said: rest.to_owned(),
        });
    };
    let comment = (!comment.is_empty()).then(|| comment.to_owned());
    if comment.is_none() && matches!(reason, "other" | "illegal") {
        return Some(Command::NoWords { of, reason });
    }
    Some(Command::Report {
        of,
        reason,
        comment,
    })
}

/// Writes a line of a chat as CommonMark: what begins a heading, a quote, a list or a block of code there begins nothing.
/// Stress, code and links inside the line stay as people write them.
pub(crate) fn markdown(text: &str, is_action: bool) -> String {
    let text = text.trim();
    if is_action {
        let escaped: String = text
            .chars()
            .flat_map(|c| {
                matches!(c, '*' | '\\')
                    .then_some('\\')
                    .into_iter()
                    .chain([c])
            })
            .collect();
        return format!("*{escaped}*");
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = digits > 0 && text[digits..].starts_with(['.', ')']);
    if is_numbered {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    let begins_block = text.starts_with(['#', '>', '|', '=', '[', '<'])
        || text.starts_with("```")
        || text.starts_with("~~~")
        || ["-", "+", "*", "_"].iter().any(|mark| {
            let rest = text.trim_start_matches(mark);
            rest.len() < text.len() && (rest.is_empty() || rest.starts_with([' ', '\t']))
        });
    // `#48213` at the beginning names a post, `<https://...>` and `[text](...)` are links.
    let is_meant = text.starts_with('#') && text[1..].starts_with(|c: char| c.is_ascii_digit())
        || text.starts_with("<http")
        || text.starts_with('[') && text.contains("](");
    if begins_block && !is_meant {
        format!("\\{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use space_core::markup::{Block, parse, plain_text};

    fn post(number: i64) -> PostId {
        PostId::new(number).unwrap()
    }

    fn reply(number: i64, text: &str) -> Command {
        Command::Reply {
            post: post(number),
            text: text.to_owned(),
        }
    }

    fn direct(number: i64, text: &str) -> Command {
        Command::Direct {
            post: post(number),
            text: text.to_owned(),
        }
    }

    fn by(name: &str) -> Reported {
        Reported::By(name.to_owned())
    }

    fn number(number: i64) -> Reported {
        Reported::Post(post(number))
    }

    fn report(of: Reported, reason: &'static str, comment: Option<&str>) -> Command {
        Command::Report {
            of,
            reason,
            comment: comment.map(str::to_owned),
        }
    }

    fn no_such_reason(of: Reported, said: &str) -> Command {
        Command::NoSuchReason {
            of,
            said: said.to_owned(),
        }
    }

    fn no_words(of: Reported, reason: &'static str) -> Command {
        Command::NoWords { of, reason }
    }

    fn in_the_open(of: Option<Reported>, is_sure: bool) -> Command {
        Command::ReportInTheOpen { of, is_sure }
    }

    #[rstest]
    #[case("!reply 48213 I do.", Some(reply(48213, "I do.")))]
    #[case("!reply #48213: I do.", Some(reply(48213, "I do.")))]
    #[case("48213: I do.", Some(direct(48213, "I do.")))]
    #[case("#48213: I do: now", Some(direct(48213, "I do: now")))]
    #[case("48213:", None)]
    #[case("0: zero", None)]
    #[case("!reply 48213", Some(Command::HowToReply))]
    #[case("!reply to that", Some(Command::HowToReply))]
    #[case("!report 48213 spam", Some(in_the_open(Some(number(48213)), true)))]
    #[case("report #48213 Spam", Some(in_the_open(Some(number(48213)), false)))]
    #[case("report eve spam", Some(in_the_open(Some(by("eve")), false)))]
    #[case("!report eve nonsense", Some(in_the_open(Some(by("eve")), true)))]
    #[case("!report", Some(in_the_open(None, true)))]
    #[case("report this spam to somebody", None)]
    #[case("report eve nonsense", None)]
    #[case("report spam", None)]
    #[case("report 12 monkeys is a good film", None)]
    #[case("report 48213", None)]
    #[case("!help", Some(Command::Help))]
    #[case("!agree", Some(Command::Agree))]
    #[case("!seen bob", None)]
    #[case("help", None)]
    #[case("agree", None)]
    #[case("ann: hello", None)]
    #[case("", None)]
    fn in_a_room(#[case] text: &str, #[case] want: Option<Command>) {
        assert_eq!(Command::read(text, false), want);
    }

    #[rstest]
    #[case("ann: hello", Some(("ann", "hello")))]
    #[case(" ann:  hello: you ", Some(("ann", "hello: you")))]
    #[case("ann:", None)]
    #[case("ann:hello", None)]
    #[case(": hello", None)]
    #[case("dear ann: hello", None)]
    #[case("https://example.org/ is it", None)]
    #[case("12:30 is fine", None)]
    fn somebody_is_called_by_name(#[case] text: &str, #[case] want: Option<(&str, &str)>) {
        assert_eq!(called(text), want);
    }

    #[rstest]
    #[case("space: 12: yes", Some("12: yes"))]
    #[case("Space, help", Some("help"))]
    #[case("@space: help", Some("help"))]
    #[case("space:", None)]
    #[case("space is wide", None)]
    #[case("spaceship: 12: yes", None)]
    #[case("ann: 12: yes", None)]
    #[case("\u{e9}\u{e9}\u{e9}: yes", None)]
    fn somebody_speaks_to_the_bridge(#[case] text: &str, #[case] want: Option<&str>) {
        assert_eq!(addressed_to(text, "space"), want);
        assert_eq!(addressed_to(text, ""), None);
    }

    #[rstest]
    #[case("help", Command::Help)]
    #[case("AGREE", Command::Agree)]
    #[case("reply 12 yes", reply(12, "yes"))]
    #[case("12: yes", direct(12, "yes"))]
    #[case("report 12 spam", report(number(12), "spam", None))]
    #[case(
        "report #12 Off-Topic  not here",
        report(number(12), "off_topic", Some("not here"))
    )]
    #[case("report 12 other", no_words(number(12), "other"))]
    #[case(
        "report 12 illegal: copied",
        report(number(12), "illegal", Some("copied"))
    )]
    #[case(
        "report 12 she insults me",
        no_such_reason(number(12), "she insults me")
    )]
    #[case("report 12 spma", no_such_reason(number(12), "spma"))]
    #[case(
        "report 12 other she insults me",
        report(number(12), "other", Some("she insults me"))
    )]
    #[case("report eve spam", report(by("eve"), "spam", None))]
    #[case("flag @Eve: spam, again", report(by("Eve"), "spam", Some("again")))]
    #[case("report eve illegal", no_words(by("eve"), "illegal"))]
    #[case("report eve nonsense", no_such_reason(by("eve"), "nonsense"))]
    #[case("report eve", Command::HowToReport)]
    #[case("report 12", Command::HowToReport)]
    #[case("report #x spam", Command::HowToReport)]
    #[case("report 0 spam", Command::HowToReport)]
    #[case("report spam 12", Command::HowToReport)]
    #[case("report spam", Command::HowToReport)]
    #[case("hello", Command::Unknown)]
    fn in_private(#[case] text: &str, #[case] want: Command) {
        assert_eq!(Command::read(text, true), Some(want));
    }

    #[rstest]
    #[case("spma", Some("spam"))]
    #[case("SPAMM", Some("spam"))]
    #[case("offtopik", Some("off_topic"))]
    #[case("inapropriate", Some("inappropriate"))]
    #[case("ilegal", Some("illegal"))]
    #[case("vandalizm", Some("spam"))]
    #[case("nonsense", None)]
    #[case("she", None)]
    #[case("", None)]
    fn misspelt_reason_is_guessed(#[case] said: &str, #[case] want: Option<&str>) {
        assert_eq!(nearest_reason(said), want);
    }

    #[rstest]
    #[case("# no heading", "# no heading")]
    #[case("> no quote", "> no quote")]
    #[case("- no list", "- no list")]
    #[case("* no list", "* no list")]
    #[case("1. no list", "1. no list")]
    #[case("2024) no list", "2024) no list")]
    #[case("---", "---")]
    #[case("```", "```")]
    #[case("[spoiler]", "[spoiler]")]
    #[case("it **works**", "it works")]
    #[case("#48213 says so", "#48213 says so")]
    fn a_line_of_a_chat_is_a_paragraph(#[case] text: &str, #[case] shown: &str) {
        let document = parse(&markdown(text, false));
        assert!(
            matches!(&document.blocks[..], [Block::Paragraph { .. }]),
            "{document:?}"
        );
        assert_eq!(plain_text(&document), shown);
    }

    #[test]
    fn an_action_is_in_italics() {
        assert_eq!(markdown("waves *wildly*", true), r"*waves \*wildly\**");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,60}", is_private: bool) {
            let _ = Command::read(&text, is_private);
            let _ = Command::read(&format!("report {text}"), is_private);
            let _ = nearest_reason(&text);
            let _ = called(&text);
            let _ = addressed_to(&text, "space");
            let _ = markdown(&text, is_private);
        }
    }
}
