// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The order of an import: every thing in the order of its birth over the whole forum.
//!
//! Posts are sorted by time. Within a topic the order is that of its stream, also where dates disagree (posts
//! that were moved): there a post counts as no earlier than the one before it. A category, member or topic is
//! born right before the first post that needs it. The same documents give the same plan, in whatever order
//! they are read.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use space_core::markup::sanitize;
use space_core::text::{ImportedSource, TopicTitle};
use space_core::{PostKind, Tag, Tags, Timestamp};

use super::categories::{self, CategoryNames, PlannedCategory};
use super::discourse::{Form, Poll, TopicDoc};
use super::emoji;
use super::finding::{FindingKind, Findings};
use super::gather::{self, Gathered};
use super::gone::{Gone, GoneTopic, Why};
use super::links::OwnSite;
use super::people::{Person, Sighting};
use super::texts::{Span, Texts};
use super::thread;

/// Everything that an import brings.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) categories: Vec<PlannedCategory>,
    pub(crate) members: Vec<PlannedMember>,
    pub(crate) topics: Vec<PlannedTopic>,
    /// In the order in which they are written.
    pub(crate) posts: Vec<PlannedPost>,
    /// Every thing, in the order of birth.
    pub(crate) births: Vec<Birth>,
    pub(crate) texts: Texts,
    pub(crate) own_site: OwnSite,
    /// What the source does not show any more.
    pub(crate) gone: Gone,
    /// The latest moment that anything in the source tells of: it is no older than that.
    pub(crate) seen_at: Timestamp,
}

/// A thing of a plan, by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Birth {
    Category(usize),
    Member(usize),
    Topic(usize),
    Post(usize),
}

/// A member to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlannedMember {
    pub(crate) person: Person,
    /// When they first wrote.
    pub(crate) created_at: Timestamp,
}

/// A topic to be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, as the topic has them"
)]
pub(crate) struct PlannedTopic {
    pub(crate) source_id: i64,
    /// Its place among the categories.
    pub(crate) category: usize,
    /// Its place among the members.
    pub(crate) author: usize,
    pub(crate) title: TopicTitle,
    pub(crate) tags: Tags,
    /// The accepted answer's id in the source.
    pub(crate) answer: Option<i64>,
    pub(crate) is_closed: bool,
    pub(crate) is_archived: bool,
    pub(crate) is_pinned: bool,
    pub(crate) is_unlisted: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) views: i64,
    /// The highest number of its posts.
    pub(crate) last_number: i64,
    /// The latest moment that its documents tell of.
    pub(crate) seen_at: Timestamp,
    /// Whether every post that the source shows of it is there.
    pub(crate) is_whole: bool,
}

/// A post to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlannedPost {
    pub(crate) source_id: i64,
    /// Its place among the topics.
    pub(crate) topic: usize,
    pub(crate) number: i64,
    /// Its place among the members.
    pub(crate) author: usize,
    /// The id in the source of the post that it answers.
    pub(crate) reply_to: Option<i64>,
    pub(crate) kind: PostKind,
    pub(crate) notice: Option<Box<str>>,
    pub(crate) is_hidden: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) edited_at: Option<Timestamp>,
    /// When it changed last, as far as the source says so.
    pub(crate) updated_at: Option<Timestamp>,
    /// To whom something was done, in a notice of it.
    pub(crate) who: Option<Box<str>>,
    pub(crate) likes: i64,
    pub(crate) text: Span,
    pub(crate) is_html: bool,
    /// `None` where the source does not tell of polls apart from the text.
    pub(crate) polls: Option<Box<[Poll]>>,
}

/// Makes the plan of what was gathered. `category_names` count more than what the source says; dates after `now` are not
/// believed.
pub(crate) fn make(
    mut gathered: Gathered,
    category_names: &CategoryNames,
    now: Timestamp,
) -> (Plan, Findings) {
    gathered.settle();
    gathered.conclude_address();
    let mut gone = Gone::of(&gathered.topics);
    let assembled = gathered
        .topics
        .values()
        .filter(|topic| topic.doc.form == Form::Post)
        .count();
    if assembled > 0 {
        gathered.findings.add_many(
            FindingKind::Assembled,
            "this archive",
            "whether they are closed, pinned or tagged, and which other posts there are, is not in it",
            assembled as u64,
        );
    }
    let Gathered {
        topics,
        categories,
        lists_categories,
        people,
        texts,
        own_site,
        vanished,
        back_since,
        mut findings,
        ..
    } = gathered;
    let mut threads = BTreeMap::new();
    for (id, topic) in topics {
        if let Some(mut thread) = thread::of(id, topic, now, &mut gone, &mut findings) {
            if let Some(since) = back_since.get(&id) {
                thread.seen_at = thread.seen_at.max(*since);
            }
            threads.insert(id, thread);
        }
    }
    for topic in vanished {
        gone.mentioned.insert(topic.topic);
        gone.topics.insert(
            topic.topic,
            GoneTopic {
                why: if topic.is_closed {
                    Why::Closed
                } else {
                    Why::Removed
                },
                views: 0,
                seen_at: topic.seen_at,
                created_at: Vec::new(),
                posts: Vec::new(),
            },
        );
    }
    let seen_at = threads
        .values()
        .map(|thread| thread.seen_at)
        .chain(gone.topics.values().map(|topic| topic.seen_at))
        .max()
        .unwrap_or(Timestamp::from_millis(0));
    let used: HashSet<Sighting> = threads
        .values()
        .flat_map(|thread| thread.posts.iter().map(|p| p.author))
        .collect();
    let (people, places) = people.resolve(&used, &mut findings);
    let mut wanted: BTreeMap<Option<i64>, Timestamp> = BTreeMap::new();
    for thread in threads.values() {
        let began = thread.posts[0].created_at;
        wanted
            .entry(thread.doc.category_id)
            .and_modify(|at| *at = began.min(*at))
            .or_insert(began);
    }
    let known = categories::Known {
        by_id: categories,
        is_list: lists_categories,
        names: category_names,
    };
    let (categories, category_places) = categories::plan(&wanted, known, &mut findings);

    let mut plan = Plan {
        categories,
        members: Vec::with_capacity(people.len()),
        topics: Vec::with_capacity(threads.len()),
        posts: Vec::new(),
        births: Vec::new(),
        texts,
        own_site,
        gone,
        seen_at,
    };
    let mut first_written = vec![now; people.len()];
    let mut keyed = Vec::new();
    for (id, thread) in threads {
        let at = plan.topics.len();
        let (title, change) = fit_title(&title_of(&thread.doc), id);
        if let Some(change) = change {
            findings.add(FindingKind::Title, format!("topic {id}"), change);
        }
        let (tags, odd) = fit_tags(&thread.doc.tags);
        for what in odd {
            findings.add(FindingKind::Tag, format!("topic {id}"), what);
        }
        plan.topics.push(PlannedTopic {
            source_id: id,
            category: category_places[&thread.doc.category_id],
            author: places[&thread.posts[0].author],
            title,
            tags,
            answer: thread.answer,
            is_closed: thread.doc.is_closed,
            is_archived: thread.doc.is_archived,
            is_pinned: thread.doc.is_pinned,
            is_unlisted: !thread.doc.is_visible,
            created_at: thread.posts[0].created_at,
            views: thread.doc.views,
            last_number: thread
                .posts
                .iter()
                .map(|post| post.number)
                .max()
                .unwrap_or(1),
            seen_at: thread.seen_at,
            is_whole: thread.is_whole,
        });
        let mut not_before = Timestamp::from_millis(i64::MIN);
        for (place, post) in thread.posts.into_iter().enumerate() {
            not_before = not_before.max(post.created_at);
            let author = places[&post.author];
            first_written[author] = first_written[author].min(post.created_at);
            keyed.push(((not_before, id, place), planned(post, at, author)));
        }
    }
    keyed.sort_by_key(|(key, _)| *key);
    plan.posts = keyed.into_iter().map(|(_, post)| post).collect();
    plan.members = people
        .into_iter()
        .zip(first_written)
        .map(|(person, created_at)| PlannedMember { person, created_at })
        .collect();
    plan.births = births(&plan);
    (plan, findings)
}

fn planned(post: thread::Post, topic: usize, author: usize) -> PlannedPost {
    let gather::Post {
        id,
        kind,
        text,
        is_html,
        likes,
        is_hidden,
        updated_at,
        action,
        action_who,
        polls,
        ..
    } = post.told;
    PlannedPost {
        source_id: id,
        topic,
        number: post.number,
        author,
        reply_to: post.reply_to,
        kind: match kind {
            2 => PostKind::Moderator,
            3 => PostKind::Notice,
            _ => PostKind::Regular,
        },
        notice: action.filter(|_| kind == 3),
        is_hidden,
        created_at: post.created_at,
        edited_at: post.edited_at,
        updated_at,
        who: action_who.filter(|_| kind == 3),
        likes,
        text,
        is_html,
        polls,
    }
}

/// Puts everything in the order of birth.
fn births(plan: &Plan) -> Vec<Birth> {
    let mut born = HashSet::new();
    let mut births = Vec::with_capacity(plan.posts.len() + plan.topics.len() + plan.members.len());
    for (at, post) in plan.posts.iter().enumerate() {
        let topic = &plan.topics[post.topic];
        let mut categories = Vec::new();
        let mut category = Some(topic.category);
        while let Some(at) = category {
            categories.push(Birth::Category(at));
            category = plan.categories[at].parent;
        }
        let needed = categories.into_iter().rev().chain([
            // The topic's author is the author of its first post, except where an answer was born earlier.
            Birth::Member(topic.author),
            Birth::Topic(post.topic),
            Birth::Member(post.author),
        ]);
        births.extend(needed.filter(|thing| born.insert(*thing)));
        births.push(Birth::Post(at));
    }
    births
}

/// Returns the title of a topic, with characters for emoji codes.
fn title_of(doc: &TopicDoc) -> String {
    let title = doc.title.as_deref().unwrap_or_default();
    emoji::in_line(title).unwrap_or_else(|| title.to_owned())
}

/// Makes a title that fits, and says what was changed.
fn fit_title(title: &str, topic: i64) -> (TopicTitle, Option<String>) {
    let clean: String = title
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let clean = sanitize::line(&clean).into_owned();
    let length = clean.chars().count();
    let is_odd = clean != title.split_whitespace().collect::<Vec<_>>().join(" ");
    let fitted = match length {
        0 => format!("Topic {topic}"),
        1..3 => format!("{clean} (topic {topic})"),
        256.. => clean.chars().take(254).chain(['…']).collect(),
        _ => clean,
    };
    let change = match length {
        0 => Some("had no title".to_owned()),
        1..3 => Some(format!("was {title:?}")),
        256.. => Some(format!("had {length} characters: {title:?}")),
        _ => is_odd.then(|| format!("was {title:?}")),
    };
    (
        TopicTitle::parse(&fitted).expect("length and characters were made to fit"),
        change,
    )
}

/// Takes what can be tags, and says what cannot.
fn fit_tags(names: &[String]) -> (Tags, Vec<String>) {
    let (mut tags, mut odd) = (BTreeSet::new(), Vec::new());
    for name in names {
        match Tag::parse(name) {
            Ok(tag) if tags.len() < Tags::MAX || tags.contains(&tag) => drop(tags.insert(tag)),
            Ok(tag) => odd.push(format!(
                "{tag} is one more than the {} it can have",
                Tags::MAX
            )),
            Err(error) => odd.push(format!("{name:?}: {error}")),
        }
    }
    (tags.try_into().expect("no more were taken"), odd)
}

/// Makes a source that fits, and says what was changed.
pub(crate) fn fit_source(text: &str) -> (ImportedSource, Option<(FindingKind, String)>) {
    /// As `ImportedSource` has it.
    const MAX: usize = 1_000_000;
    let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let odd = text.chars().filter(|c| is_odd(*c)).count();
    let clean: String = if odd > 0 {
        text.chars().filter(|c| !is_odd(*c)).collect()
    } else {
        text.to_owned()
    };
    let length = clean.chars().count();
    let clean = if length > MAX {
        clean.chars().take(MAX).collect()
    } else {
        clean
    };
    let change = match (odd, length > MAX) {
        (_, true) => Some((
            FindingKind::Value,
            format!("had {length} characters; cut after {MAX}"),
        )),
        (1.., false) => Some((
            FindingKind::Cleaned,
            format!("{odd} control characters were left out"),
        )),
        (0, false) => None,
    };
    (
        ImportedSource::parse(&clean).expect("length and characters were made to fit"),
        change,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Fine title", "Fine title", false)]
    #[case("", "Topic 5", true)]
    #[case(" \u{0} ", "Topic 5", true)]
    #[case("Hi", "Hi (topic 5)", true)]
    #[case("nul\0here", "nul here", true)]
    fn titles(#[case] title: &str, #[case] want: &str, #[case] changed: bool) {
        let (title, change) = fit_title(title, 5);
        assert_eq!((title.as_str(), change.is_some()), (want, changed));
    }

    #[test]
    fn tags_that_cannot_be_are_told() {
        let names = ["Wiki", "wiki", "two words", "", "日本語"].map(str::to_owned);
        let (tags, odd) = fit_tags(&names);
        assert_eq!(tags.joined(), "wiki 日本語");
        assert_eq!(
            odd,
            [
                "\"two words\": the tag cannot contain the character U+0020",
                "\"\": the tag needs a letter or a digit"
            ]
        );
        let many: Vec<String> = (100..160).map(|n| format!("t{n}")).collect();
        let (tags, odd) = fit_tags(&many);
        assert_eq!((tags.len(), odd.len()), (50, 10));
    }

    #[test]
    fn a_long_title_is_cut_and_told_in_full() {
        let long = "ü".repeat(300);
        let (title, change) = fit_title(&long, 5);
        assert_eq!(title.as_str().chars().count(), 255);
        assert!(change.unwrap().contains(&long));
    }

    #[test]
    fn a_long_source_is_cut_and_told() {
        let (source, change) = fit_source(&"a".repeat(1_000_001));
        assert_eq!(source.as_str().len(), 1_000_000);
        assert!(change.unwrap().1.contains("1000001"));
    }

    proptest! {
        #[test]
        fn any_title_and_source_can_be_made_to_fit(text in ".{0,300}|[\\x00-\\x20]{0,10}") {
            fit_title(&text, 5);
            fit_source(&text);
        }
    }
}
