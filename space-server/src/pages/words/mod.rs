// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the pages say, in the languages that they speak.
//!
//! Braces stand for values. Numbers stand apart from what they count (`Posts: 3`), so that no language needs its rules
//! for one and many.

mod ar;
mod de;
mod en;
mod ja;

use maud::{Markup, PreEscaped, html};
use space_core::{Language, MemberKind, Role, markup};

/// The texts of the pages.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) language: &'static str,
    pub(super) direction: &'static str,
    pub(super) skip: &'static str,
    /// Name of the way down from the start page.
    pub(super) place: &'static str,
    pub(super) categories: &'static str,
    /// Categories within one.
    pub(super) below: &'static str,
    pub(super) latest: &'static str,
    pub(super) topics: &'static str,
    pub(super) no_topics: &'static str,
    /// Name of the tags of a topic.
    pub(super) tags: &'static str,
    /// Takes `{tag}`.
    pub(super) tagged: &'static str,
    /// Name of the links to other pages of a list.
    pub(super) pages: &'static str,
    pub(super) newest: &'static str,
    pub(super) older: &'static str,
    pub(super) previous: &'static str,
    pub(super) next: &'static str,
    /// Takes `{page}`, `{pages}`.
    pub(super) page_of: &'static str,
    /// Takes `{who}`, `{when}`.
    pub(super) started: &'static str,
    /// Takes `{n}`.
    pub(super) posts: &'static str,
    /// Takes `{who}`, `{when}`.
    pub(super) last_post: &'static str,
    pub(super) pinned: &'static str,
    pub(super) closed: &'static str,
    pub(super) archived: &'static str,
    pub(super) answered: &'static str,
    pub(super) closed_long: &'static str,
    pub(super) archived_long: &'static str,
    /// Takes `{n}`.
    pub(super) post_number: &'static str,
    /// Takes `{what}`.
    pub(super) answers: &'static str,
    /// Takes `{when}`.
    pub(super) edited: &'static str,
    pub(super) hidden: &'static str,
    /// Takes `{what}`.
    pub(super) cut: &'static str,
    pub(super) whole_post: &'static str,
    pub(super) source: &'static str,
    /// Takes `{n}`.
    pub(super) gone_one: &'static str,
    /// Takes `{from}`, `{to}`.
    pub(super) gone_many: &'static str,
    pub(super) answer: &'static str,
    pub(super) to_answer: &'static str,
    /// Takes `{what}`.
    pub(super) notice: &'static str,
    pub(super) as_moderator: &'static str,
    /// Takes `{what}`.
    pub(super) in_topic: &'static str,
    pub(super) whole_topic: &'static str,
    pub(super) person: &'static str,
    pub(super) staff: &'static str,
    pub(super) bot: &'static str,
    pub(super) visitor: &'static str,
    /// Beside the name of a staff account.
    pub(super) mark_staff: &'static str,
    /// Beside the name of a visitor.
    pub(super) mark_visitor: &'static str,
    pub(super) owner: &'static str,
    pub(super) administrator: &'static str,
    pub(super) moderator: &'static str,
    pub(super) editor: &'static str,
    pub(super) panel: &'static str,
    /// Takes `{when}`.
    pub(super) since: &'static str,
    pub(super) recent: &'static str,
    pub(super) no_posts: &'static str,
    pub(super) feed: &'static str,
    /// Takes `{command}`.
    pub(super) terminal: &'static str,
    pub(super) code: &'static str,
    /// Takes `n`, `when`.
    pub(super) version: &'static str,
    pub(super) missing_title: &'static str,
    pub(super) missing: &'static str,
    /// Takes `{home}`.
    pub(super) missing_hint: &'static str,
    pub(super) gone_title: &'static str,
    /// Takes `{what}`.
    pub(super) gone: &'static str,
    pub(super) busy_title: &'static str,
    pub(super) busy: &'static str,
    pub(super) picture: &'static str,
    pub(super) spoiler: &'static str,
    pub(super) details: &'static str,
    pub(super) table: &'static str,
}

const ALL: [&Words; 4] = [&en::ENGLISH, &de::GERMAN, &ar::ARABIC, &ja::JAPANESE];

/// Returns the words in a language; English when the pages do not speak it.
pub(super) fn of(language: &Language) -> &'static Words {
    let primary = language.as_str().split('-').next();
    ALL.into_iter()
        .find(|words| primary == Some(words.language))
        .unwrap_or(&en::ENGLISH)
}

impl Words {
    /// Returns the words that posts have among theirs.
    pub(super) fn of_markup(&self) -> markup::web::Words<'static> {
        markup::web::Words {
            picture: self.picture,
            spoiler: self.spoiler,
            details: self.details,
            table: self.table,
        }
    }

    /// Names a kind of account.
    pub(super) fn kind(&self, kind: MemberKind) -> &'static str {
        match kind {
            MemberKind::Person => self.person,
            MemberKind::Staff => self.staff,
            MemberKind::Bot => self.bot,
            MemberKind::Visitor => self.visitor,
        }
    }

    /// Names a kind of account beside a name; a person's own has no mark.
    pub(super) fn mark(&self, kind: MemberKind) -> Option<&'static str> {
        match kind {
            MemberKind::Person => None,
            MemberKind::Staff => Some(self.mark_staff),
            MemberKind::Bot => Some(self.bot),
            MemberKind::Visitor => Some(self.mark_visitor),
        }
    }

    /// Names a duty.
    pub(super) fn role(&self, role: Role) -> &'static str {
        match role {
            Role::Owner => self.owner,
            Role::Administrator => self.administrator,
            Role::Moderator => self.moderator,
            Role::Editor => self.editor,
            Role::Panel => self.panel,
        }
    }
}

/// Fills values into one of the texts.
pub(super) fn fill(text: &str, values: &[(&str, Markup)]) -> Markup {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(&html! { (before) }.0);
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            out.push_str(&value.0);
        }
        rest = after;
    }
    out.push_str(&html! { (rest) }.0);
    PreEscaped(out)
}

/// Fills plain values into one of the texts: for titles and descriptions.
pub(super) fn fill_plain(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            out.push_str(value);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("de", "de")]
    #[case("de-AT", "de")]
    #[case("ja", "ja")]
    #[case("fr", "en")]
    fn a_space_speaks_its_language_or_english(#[case] language: &str, #[case] want: &str) {
        assert_eq!(of(&language.parse().unwrap()).language, want);
    }

    #[test]
    fn values_are_filled_in_as_they_are_and_texts_are_escaped() {
        let value = html! { b { "<" } };
        let filled = fill("a & {x}, {y}{z}", &[("x", value), ("y", html! { "2" })]);
        assert_eq!(filled.0, "a &amp; <b>&lt;</b>, 2");
        assert_eq!(
            fill_plain("{x} & {y}", &[("x", "<{y}>"), ("y", "2")]),
            "<{y}> & 2"
        );
    }

    /// Whatever a text takes in one language it takes in all.
    #[test]
    fn all_languages_take_the_same_values() {
        let places = |words: &Words| -> Vec<String> {
            format!("{words:?}")
                .split("\", ")
                .map(|text| {
                    let mut names: Vec<&str> = text
                        .split('{')
                        .skip(1)
                        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
                        // Not those of `\u{651}`, as which some letters are printed.
                        .filter(|name| name.bytes().all(|b| b.is_ascii_lowercase()))
                        .collect();
                    names.sort_unstable();
                    names.join(" ")
                })
                .collect()
        };
        let english = places(&en::ENGLISH);
        assert!(english.iter().any(|names| names == "when who"));
        for words in ALL {
            assert_eq!(places(words), english, "{}", words.language);
        }
    }
}
