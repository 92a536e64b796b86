// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One topic put in order: which posts it has, with which numbers, dates and references.

use std::collections::{BTreeSet, HashMap, HashSet};

use space_core::Timestamp;

use super::discourse::{Form, TopicDoc};
use super::finding::{FindingKind, Findings};
use super::gather;
use super::gone::{Gone, GonePost, GoneTopic, Why};
use super::people::Sighting;

/// No topic has more posts than this; a higher number is not believed.
const MAX_NUMBER: i64 = 1_000_000;

/// A topic with its posts in order. It has at least one.
#[derive(Debug)]
pub(crate) struct Thread {
    pub(crate) doc: TopicDoc,
    pub(crate) posts: Vec<Post>,
    /// The accepted answer's id in the source.
    pub(crate) answer: Option<i64>,
    /// The latest moment that its documents tell of.
    pub(crate) seen_at: Timestamp,
    /// Whether every post that the forum shows of it is there.
    pub(crate) is_whole: bool,
}

/// A post in its place.
#[derive(Debug)]
pub(crate) struct Post {
    /// What documents say of it.
    pub(crate) told: gather::Post,
    pub(crate) author: Sighting,
    pub(crate) number: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) edited_at: Option<Timestamp>,
    /// The id in the source of the post that it answers.
    pub(crate) reply_to: Option<i64>,
}

/// Puts a topic in order; `None` when it is left out.
pub(crate) fn of(
    id: i64,
    topic: gather::Topic,
    now: Timestamp,
    gone: &mut Gone,
    findings: &mut Findings,
) -> Option<Thread> {
    let place = format!("topic {id}");
    let gather::Topic { doc, posts, .. } = topic;
    let seen_at = seen_at(&doc, posts.values(), now);
    let gone_topic = |why| GoneTopic {
        why,
        views: doc.views,
        seen_at,
        created_at: posts
            .values()
            .filter_map(|post| post.created_at)
            .chain(doc.created_at)
            .collect(),
        posts: posts.keys().copied().collect(),
    };
    if doc.is_private {
        gone.topics.insert(id, gone_topic(Why::Private));
        findings.add_many(
            FindingKind::Private,
            &place,
            "is a private conversation",
            posts.len() as u64,
        );
        return None;
    }
    if doc.is_deleted {
        gone.topics.insert(id, gone_topic(Why::Removed));
        findings.add_many(
            FindingKind::Removed,
            &place,
            "was removed",
            posts.len() as u64,
        );
        return None;
    }
    let not_saved = doc
        .stream
        .iter()
        .filter(|id| !posts.contains_key(id))
        .count();
    if not_saved > 0 {
        let what = format!(
            "{not_saved} of its {} posts were not saved",
            not_saved + posts.len()
        );
        findings.add_many(FindingKind::NotSaved, &place, what, not_saved as u64);
    }
    // Long topics come without the list of their posts, and say only how many there are.
    let counted = doc
        .posts_count
        .map_or(0, |count| count - i64::try_from(posts.len()).unwrap_or(0));
    let untold = if doc.stream.is_empty() && doc.form == Form::Topic {
        counted.max(0)
    } else {
        0
    };
    if untold > 0 {
        let what = format!(
            "{untold} of its {} posts were not saved",
            doc.posts_count.unwrap_or_default()
        );
        findings.add_many(FindingKind::NotSaved, &place, what, untold.unsigned_abs());
    }
    // A list that some were filtered out of does not tell that the others are gone.
    let is_listed = !doc.stream.is_empty()
        && doc
            .posts_count
            .is_none_or(|count| count <= i64::try_from(doc.stream.len()).unwrap_or(i64::MAX));
    let is_whole = is_listed && not_saved == 0;
    let had_posts = !posts.is_empty();
    let mut as_gone = gone_topic(Why::Removed);
    let mut posts = in_order(&doc.stream, posts);
    posts.retain(|post| {
        let why = why_gone(post);
        if let Some(why) = why {
            gone.posts.insert(
                post.id,
                GonePost {
                    topic: id,
                    number: post.number,
                    why,
                    updated_at: latest(post, now),
                },
            );
        }
        is_kept(&place, post, why, findings)
    });
    if posts.is_empty() {
        if had_posts {
            as_gone.why = Why::Emptied;
            gone.topics.insert(id, as_gone);
        }
        let kind = if had_posts {
            FindingKind::Removed
        } else {
            FindingKind::Document
        };
        findings.add(kind, &place, "has no posts that could be taken");
        return None;
    }
    let numbers = number_all(&place, &posts, findings);
    let dates = date_all(&place, &posts, doc.created_at, now, findings);
    let by_number: HashMap<i64, i64> = numbers
        .iter()
        .copied()
        .zip(posts.iter().map(|post| post.id))
        .collect();
    report_gaps(&place, &by_number, findings);
    let answer = answer(&place, &doc, &posts, &by_number, findings);
    let posts = posts
        .into_iter()
        .zip(numbers)
        .zip(dates)
        .map(|((post, number), created_at)| {
            let reply_to = reply_to(&place, &post, number, &by_number, findings);
            if post.is_hidden {
                findings.add(
                    FindingKind::Hidden,
                    format!("{place}, number {number}"),
                    format!("post {}", post.id),
                );
            }
            let edited_at = post.is_edited.then(|| {
                post.updated_at
                    .unwrap_or(created_at)
                    .clamp(created_at, now.max(created_at))
            });
            Post {
                author: post.author,
                number,
                created_at,
                edited_at,
                reply_to,
                told: post,
            }
        })
        .collect();
    if is_listed {
        gone.listed.insert(id);
    }
    Some(Thread {
        doc,
        posts,
        answer,
        seen_at,
        is_whole,
    })
}

/// The latest moment that a post tells of.
fn latest(post: &gather::Post, now: Timestamp) -> Timestamp {
    [post.created_at, post.updated_at, post.removed_at]
        .into_iter()
        .flatten()
        .filter(|at| *at <= now)
        .max()
        .unwrap_or(Timestamp::from_millis(0))
}

/// The latest moment that the documents of a topic tell of: they are no older than that.
fn seen_at<'p>(
    doc: &TopicDoc,
    posts: impl Iterator<Item = &'p gather::Post>,
    now: Timestamp,
) -> Timestamp {
    [
        doc.created_at,
        doc.last_posted_at,
        doc.bumped_at,
        doc.deleted_at,
    ]
    .into_iter()
    .flatten()
    .filter(|at| *at <= now)
    .chain(posts.map(|post| latest(post, now)))
    .max()
    .unwrap_or(Timestamp::from_millis(0))
}

/// Why a post is not shown to everyone; `None` when it is.
fn why_gone(post: &gather::Post) -> Option<Why> {
    match () {
        () if post.kind == 4 => Some(Why::Whisper),
        () if post.is_removed => Some(Why::Removed),
        () if post.is_taken_back => Some(Why::TakenBack),
        () => None,
    }
}

/// The order of the stream; a post that it does not name stands after those with lower numbers.
fn in_order(stream: &[i64], mut posts: HashMap<i64, gather::Post>) -> Vec<gather::Post> {
    let mut ordered: Vec<gather::Post> = stream.iter().filter_map(|id| posts.remove(id)).collect();
    let mut others: Vec<gather::Post> = posts.into_values().collect();
    others.sort_by_key(|post| (post.number.unwrap_or(i64::MAX), post.id));
    for post in others {
        let number = post.number.unwrap_or(i64::MAX);
        let after = ordered
            .iter()
            .rposition(|other| other.number.is_some_and(|n| n <= number));
        let at = if post.number.is_some() {
            after.map_or(0, |at| at + 1)
        } else {
            ordered.len()
        };
        ordered.insert(at, post);
    }
    ordered
}

fn is_kept(
    place: &str,
    post: &gather::Post,
    why_gone: Option<Why>,
    findings: &mut Findings,
) -> bool {
    let place = || {
        post.number.map_or_else(
            || place.to_owned(),
            |number| format!("{place}, number {number}"),
        )
    };
    if let Some(why) = why_gone {
        let kind = if why == Why::Whisper {
            FindingKind::Whisper
        } else {
            FindingKind::Withdrawn
        };
        findings.add(kind, place(), format!("post {}", post.id));
        return false;
    }
    if !(1..=3).contains(&post.kind) {
        let what = format!(
            "post {} is of the unknown kind {}; taken as a regular one",
            post.id, post.kind
        );
        findings.add(FindingKind::Value, place(), what);
    }
    true
}

/// Numbers are kept. A post without one, or with one that another has, gets the next free number after the
/// post before it.
fn number_all(place: &str, posts: &[gather::Post], findings: &mut Findings) -> Vec<i64> {
    let mut used = HashSet::new();
    let kept: Vec<Option<i64>> = posts
        .iter()
        .map(|post| {
            post.number
                .filter(|number| (1..=MAX_NUMBER).contains(number) && used.insert(*number))
        })
        .collect();
    let mut before = 0;
    let mut numbers = Vec::with_capacity(posts.len());
    for (post, kept) in posts.iter().zip(kept) {
        let number = kept.unwrap_or_else(|| {
            let mut number = before + 1;
            while !used.insert(number) {
                number += 1;
            }
            let had = post
                .number
                .map_or_else(|| "had no number".to_owned(), |n| format!("had number {n}"));
            findings.add(
                FindingKind::Renumbered,
                place,
                format!("post {} {had}; it is {number} here", post.id),
            );
            number
        });
        before = number;
        numbers.push(number);
    }
    numbers
}

/// A date that is missing or cannot be is taken from the post before, else from the topic, else from the next.
fn date_all(
    place: &str,
    posts: &[gather::Post],
    topic_created_at: Option<Timestamp>,
    now: Timestamp,
    findings: &mut Findings,
) -> Vec<Timestamp> {
    let believed = |at: Option<Timestamp>| at.filter(|at| at.millis() > 0 && *at <= now);
    let first = posts.iter().find_map(|post| believed(post.created_at));
    let mut before = believed(topic_created_at)
        .or(first)
        .unwrap_or(Timestamp::from_millis(0));
    let mut dates = Vec::with_capacity(posts.len());
    for post in posts {
        before = believed(post.created_at).unwrap_or_else(|| {
            let had = post.created_at.map_or_else(
                || "has no date".to_owned(),
                |at| format!("has the date {at}"),
            );
            findings.add(
                FindingKind::Value,
                place,
                format!("post {} {had}; {before} was taken", post.id),
            );
            before
        });
        dates.push(before);
    }
    dates
}

fn reply_to(
    place: &str,
    post: &gather::Post,
    number: i64,
    by_number: &HashMap<i64, i64>,
    findings: &mut Findings,
) -> Option<i64> {
    let answered = post.reply_to?;
    let found = by_number
        .get(&answered)
        .copied()
        .filter(|id| *id != post.id);
    if found.is_none() {
        let what = format!("answers number {answered}, which is not there");
        findings.add(
            FindingKind::DanglingReply,
            format!("{place}, number {number}"),
            what,
        );
    }
    found
}

fn answer(
    place: &str,
    doc: &TopicDoc,
    posts: &[gather::Post],
    by_number: &HashMap<i64, i64>,
    findings: &mut Findings,
) -> Option<i64> {
    let marked: Vec<i64> = posts
        .iter()
        .filter(|post| post.is_answer)
        .map(|post| post.id)
        .collect();
    let named = doc
        .answer
        .and_then(|number| by_number.get(&number).copied());
    let answer = named.or(marked.last().copied());
    if marked.iter().any(|id| Some(*id) != answer) {
        let shown: Vec<String> = marked.iter().map(i64::to_string).collect();
        let what = format!(
            "posts {}; {} was used",
            shown.join(" and "),
            answer.unwrap_or_default()
        );
        findings.add(FindingKind::Answers, place, what);
    }
    answer
}

fn report_gaps(place: &str, by_number: &HashMap<i64, i64>, findings: &mut Findings) {
    let have: BTreeSet<i64> = by_number.keys().copied().collect();
    let mut shown = Vec::new();
    let mut missing = 0;
    let mut next = 1;
    for number in have {
        match number - next {
            0 => {}
            1 => shown.push(next.to_string()),
            _ => shown.push(format!("{next}-{}", number - 1)),
        }
        missing += number - next;
        next = number + 1;
    }
    if missing > 0 {
        findings.add_many(
            FindingKind::Gap,
            place,
            shown.join(", "),
            missing.unsigned_abs(),
        );
    }
}
