// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Parts that several pages have.

use std::collections::BTreeMap;

use maud::{Markup, html};
use space_core::protocol::TopicLine;
use space_core::{
    Category, CategoryId, Colour, Member, MemberId, MemberKind, Timestamp, Topic, markup,
};

use super::frame::DESCRIPTION;
use super::home::List;
use super::scene::{Scene, path_of_category, path_of_member, path_of_tag, path_of_topic};
use super::words::fill;

/// Who wrote what is on a page.
pub(super) type Members = BTreeMap<MemberId, Member>;

/// Returns a moment, for readers and for programs. It is UTC for everybody: the page does not know where they are.
pub(super) fn time(at: Timestamp) -> Markup {
    let exact = at.to_string();
    // `2016-11-13T05:22:31Z`: the day and the minute.
    let (day, rest) = exact.split_once('T').unwrap_or((&exact, ""));
    let minute = rest.get(..5).unwrap_or_default();
    html! { time datetime=(exact) { (day) " " (minute) " UTC" } }
}

/// Returns the day of a moment.
pub(super) fn day(at: Timestamp) -> Markup {
    let exact = at.to_string();
    let day = exact.split_once('T').map_or("", |(day, _)| day);
    html! { time datetime=(day) { (day) } }
}

/// Returns a member's name, with a link to their page, and what kind of account it is unless it is a person's own.
pub(super) fn member(scene: &Scene, members: &Members, id: MemberId) -> Markup {
    let Some(member) = members.get(&id) else {
        return html! {};
    };
    let name = html! { bdi { (member.shown_name()) } };
    html! {
        @match path_of_member(&member.name) {
            Some(path) => a href=(scene.link(&path)) { (name) },
            None => (name),
        }
        (mark(scene, member))
    }
}

/// Returns the same for the head of what a member wrote: with the name that they chose beside the one they are known by.
pub(super) fn author(scene: &Scene, members: &Members, id: MemberId) -> Markup {
    let chosen = members
        .get(&id)
        .filter(|member| member.kind != MemberKind::Visitor)
        .map(|member| (member.name.as_str(), member.full_name()));
    let chosen = chosen
        .as_ref()
        .and_then(|(name, full)| full.strip_prefix(name)?.strip_prefix(' '));
    html! {
        (member(scene, members, id))
        @if let Some(chosen) = chosen {
            " " span class="meta" { bdi { (chosen) } }
        }
    }
}

/// Returns what stands beside a name: what kind of account it is, unless it is a person's own.
pub(super) fn mark(scene: &Scene, member: &Member) -> Markup {
    html! {
        @if let Some(mark) = scene.words.mark(member.kind) {
            " " span class="state" { (mark) }
        }
    }
}

/// Returns a dot in a category's colour. A picture, since a style of its own would need leave from the policy.
fn dot(colour: Option<Colour>) -> Markup {
    html! {
        @if let Some(colour) = colour {
            svg class="dot" viewBox="0 0 8 8" aria-hidden="true" {
                rect width="8" height="8" rx="2" fill=(colour) {}
            }
        }
    }
}

/// Returns a category's name, with a link to its page.
pub(super) fn category(scene: &Scene, category: &Category) -> Markup {
    html! {
        a href=(scene.link(&path_of_category(category))) lang=(scene.language_of_category(category)) {
            (dot(category.colour)) bdi { (category.name) }
        }
    }
}

/// Returns the categories under one, or all, as a tree.
pub(super) fn tree(scene: &Scene, under: Option<CategoryId>) -> Markup {
    html! {
        @if scene.open.under(under).next().is_some() {
            ul class="categories" {
                @for one in scene.open.under(under) {
                    li {
                        (category(scene, one))
                        @let about = excerpt(one.about.as_str());
                        @if !about.is_empty() {
                            p class="meta" lang=(scene.language_of_category(one)) dir="auto" { (about) }
                        }
                        (tree(scene, Some(one.id)))
                    }
                }
            }
        }
    }
}

/// Returns the beginning of a text that is not a post.
pub(super) fn excerpt(source: &str) -> String {
    markup::excerpt(&markup::parse(source), DESCRIPTION)
}

/// Returns a list of topics.
pub(super) fn topics(
    scene: &Scene,
    list: &List,
    names_category: impl Fn(&TopicLine) -> bool,
) -> Markup {
    let (words, members) = (scene.words, &list.members);
    html! {
        @if list.lines.is_empty() {
            p { (words.no_topics) }
        } @else {
            ul class="topics" {
                @for line in &list.lines {
                    li {
                        h3 lang=(scene.language_of(&line.topic)) dir="auto" {
                            a href=(scene.link(&path_of_topic(line.topic.id, 1))) { (line.topic.title) }
                        }
                        p class="meta" {
                            @if names_category(line) {
                                @if let Some(of) = scene.open.category(line.topic.category) {
                                    (category(scene, of)) " · "
                                }
                            }
                            @let began = &list.began_hidden;
                            (started(scene, members, &line.topic, began.contains(&line.topic.id)))
                            " · "
                            (fill(words.posts, &[("n", html! { (line.tally.posts) })]))
                            @if line.tally.posts > 1 {
                                " · "
                                @if list.ended_hidden.contains(&line.topic.id) {
                                    (time(line.tally.last_post_at))
                                } @else {
                                    (fill(words.last_post, &[
                                        ("who", member(scene, members, line.tally.last_poster)),
                                        ("when", time(line.tally.last_post_at)),
                                    ]))
                                }
                            }
                            (states(scene, line))
                        }
                        (tags(scene, &line.topic))
                    }
                }
            }
        }
    }
}

/// Returns who began a topic, and on which day; the day alone when its first post is hidden, since whose post was hidden is
/// not told to everybody.
pub(super) fn started(scene: &Scene, members: &Members, topic: &Topic, is_hidden: bool) -> Markup {
    let day = day(topic.created_at);
    if is_hidden {
        return day;
    }
    let who = member(scene, members, topic.author);
    fill(scene.words.started, &[("who", who), ("when", day)])
}

/// Returns the tags of a topic, with links to their pages.
pub(super) fn tags(scene: &Scene, topic: &Topic) -> Markup {
    html! {
        @if !topic.tags.is_empty() {
            ul class="tags" aria-label=(scene.words.tags) {
                @for tag in &topic.tags {
                    li { a rel="tag" href=(scene.link(&path_of_tag(tag))) { bdi { (tag) } } }
                }
            }
        }
    }
}

fn states(scene: &Scene, line: &TopicLine) -> Markup {
    let (words, topic) = (scene.words, &line.topic);
    let states = [
        (topic.is_pinned, words.pinned, "state"),
        (topic.answer.is_some(), words.answered, "state good"),
        (topic.is_archived, words.archived, "state"),
        (topic.is_closed && !topic.is_archived, words.closed, "state"),
    ];
    html! {
        @for (_, word, class) in states.into_iter().filter(|(is_so, ..)| *is_so) {
            " " span class=(class) { (word) }
        }
    }
}

/// Returns the links from a page of a list to the next. A list moves on from a mark, so what was written meanwhile neither
/// hides a line nor shows one twice.
pub(super) fn further(scene: &Scene, path: &str, is_first: bool, next: Option<&str>) -> Markup {
    html! {
        @if !is_first || next.is_some() {
            nav class="pages" aria-label=(scene.words.pages) {
                @if !is_first {
                    a href=(scene.link(path)) { (scene.words.newest) }
                }
                @if let Some(next) = next {
                    a rel="next" href=(scene.link(&format!("{path}?before={next}"))) { (scene.words.older) }
                }
            }
        }
    }
}
