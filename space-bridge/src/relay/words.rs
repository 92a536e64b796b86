// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What people are told in private. Each line is one line of a chat.

use std::time::Duration;

use space_core::PostId;

use super::Settings;
use super::command::{Reported, nearest_reason};

pub(super) fn help(settings: &Settings) -> String {
    format!(
        "I bring posts of {url} here. To answer one, write its number before your text: `48213: I agree` \
         (also `!reply 48213 I agree`), or use the reply of your client. `alice: I agree` answers what alice wrote last, \
         if that was a moment ago and nobody here is called alice.\n\
         In private: `report 48213 spam` reports a post to the moderators (talk, off_topic, inappropriate, spam, illegal, \
         other), `report eve spam` the last one of eve, and nobody here sees it. `agree` accepts the code of conduct: {code}",
        url = settings.public_url,
        code = settings.code(),
    )
}

pub(super) fn unknown() -> String {
    "I do not understand that. `help` says what I can do.".to_owned()
}

pub(super) fn how_to_reply() -> String {
    "To answer a post, write its number and then your text: `!reply 48213 I agree`, or `48213: I agree`.".to_owned()
}

/// The reasons, as people write them.
const REASONS: &str = "talk, off_topic, inappropriate, spam, illegal and other";

pub(super) fn how_to_report() -> String {
    format!(
        "Not reported. To report a post, write to me in private: `report 48213 spam`, or `report eve spam` for the last post \
         of eve, and what you want to say about it after that. The reasons are {REASONS}; the last two need some words."
    )
}

pub(super) fn no_such_reason(of: &Reported, said: &str) -> String {
    let word = said.split_whitespace().next().unwrap_or_default();
    let send = match nearest_reason(word) {
        Some(reason) => format!("Did you mean {reason}? Send `report {of} {reason}`"),
        None => format!("Send for example `report {of} spam`"),
    };
    format!(
        "Not reported: `{word}` is no reason. The reasons are {REASONS}. {send}, or in your own words \
         `report {of} other {said}`."
    )
}

pub(super) fn no_words(of: &Reported, reason: &str) -> String {
    format!(
        "Not reported: {reason} alone does not say what is wrong. Send `report {of} {reason}` and some words after that."
    )
}

pub(super) fn report_in_the_open(bot: &str, of: Option<&Reported>) -> String {
    let of = of.map_or_else(|| "48213".to_owned(), Reported::to_string);
    format!(
        "I did not file that: everyone there could read it. Write it to me in private, and only the moderators will \
         learn of it: `/msg {bot} report {of} spam`"
    )
}

pub(super) fn nobody_of_that_name(name: &str) -> String {
    format!(
        "Not reported: nobody called {name} wrote lately where I could report it. Name the post by its number: \
         `report 48213 spam`"
    )
}

/// One of several posts that may be meant: its number, who wrote it, what it says.
pub(super) fn candidate(post: PostId, author: &str, excerpt: &str) -> String {
    format!("#{post} by {author}: \u{201c}{excerpt}\u{201d}")
}

pub(super) fn which_report(name: &str, candidates: &[String]) -> String {
    format!(
        "Not reported: several people are called {name}. Name the post by its number, as in `report 48213 spam`.\n{}",
        candidates.join("\n")
    )
}

/// Says which post is meant.
pub(super) fn numbered(post: PostId, author: Option<String>) -> String {
    match author {
        Some(author) => format!("#{post} by {author}"),
        None => format!("#{post}"),
    }
}

/// Asks for agreement; an answer to the post `kept` waits for it.
pub(super) fn must_agree(settings: &Settings, kept: Option<&str>) -> String {
    let kept = kept.map_or_else(String::new, |post| {
        format!(" I keep your answer to {post} for an hour and post it then.")
    });
    format!(
        "Before your first post please read our code of conduct: {}\n\
         If you want to follow it, answer me here with the one word `agree`.{kept}",
        settings.code()
    )
}

pub(super) fn agreed(is_posting: bool) -> String {
    if is_posting {
        "Thank you. Now I post what you wrote.".to_owned()
    } else {
        "Thank you. You can answer posts now: `48213: your text`.".to_owned()
    }
}

pub(super) fn posted(settings: &Settings, post: PostId, answered: &str) -> String {
    format!(
        "Posted as #{post}, in answer to {answered}: {}",
        settings.page(post)
    )
}

pub(super) fn unclear(name: &str) -> String {
    format!(
        "Several people called {name} wrote lately, so I did not post that. Say which post you answer by its number: \
         `48213: your text`"
    )
}

/// Thanks for a report, and says what was reported, where that is known.
pub(super) fn reported(post: PostId, what: Option<(String, String)>) -> String {
    let what = what.map_or_else(String::new, |(author, excerpt)| {
        format!(" {author} wrote: \u{201c}{excerpt}\u{201d}.")
    });
    format!(
        "Your report on #{post} is with the moderators.{what} Thank you; nobody else learns of it."
    )
}

pub(super) fn refused(why: &str, hint: Option<&str>) -> String {
    let mut why = why.trim().trim_end_matches('.').to_owned();
    if let Some(first) = why.get(..1) {
        let upper = first.to_uppercase();
        why.replace_range(..1, &upper);
    }
    match hint {
        Some(hint) => format!(
            "That was not done. {why}; {}.",
            hint.trim().trim_end_matches('.')
        ),
        None => format!("That was not done. {why}."),
    }
}

pub(super) fn read_only(settings: &Settings, post: PostId) -> String {
    format!(
        "Here that post can only be read, not answered. You are welcome to answer it at {}",
        settings.page(post)
    )
}

pub(super) fn away() -> String {
    "The server cannot be reached just now. What you wrote is saved, and will be sent.".to_owned()
}

pub(super) fn slow(after: Option<Duration>) -> String {
    match after {
        Some(after) => format!(
            "That was quick: it is saved, and will be sent in about {}.",
            lasting(after)
        ),
        None => "That was quick: it is saved, and will be sent a little later.".to_owned(),
    }
}

pub(super) fn too_many() -> String {
    "Several things that you wrote wait to be sent already. Please write that one again later."
        .to_owned()
}

pub(super) fn too_long(why: &str) -> String {
    format!("That cannot be posted: {why}.")
}

fn lasting(after: Duration) -> String {
    match after.as_secs() {
        0..=1 => "a second".to_owned(),
        seconds @ 2..=119 => format!("{seconds} seconds"),
        seconds @ 120..=7199 => format!("{} minutes", seconds.div_ceil(60)),
        seconds => format!("{} hours", seconds.div_ceil(3600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_one_sentence_with_what_to_do() {
        assert_eq!(
            refused("the topic is closed.", Some("ask a moderator to open it.")),
            "That was not done. The topic is closed; ask a moderator to open it."
        );
        assert_eq!(
            refused("\u{e9}t\u{e9}", None),
            "That was not done. \u{e9}t\u{e9}."
        );
    }
}
