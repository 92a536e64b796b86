// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Which categories an import needs, with names and places that are valid here.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use space_core::category::MAX_DEPTH;
use space_core::markup::sanitize;
use space_core::text::{About, Label, Slug};
use space_core::{Colour, Timestamp};

use super::discourse::CategoryDoc;
use super::emoji;
use super::finding::{FindingKind, Findings};

/// Names that the operator gives to categories, by their ids in the source; `None` stands for topics without one.
pub type CategoryNames = BTreeMap<Option<i64>, Label>;

/// Who says what a category is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedBy {
    /// Nobody: the name is made up of its id.
    Nobody,
    Source,
    /// The command line of the import.
    Operator,
}

/// The highest place that is believed.
const MAX_POSITION: i64 = 1_000_000;

/// A category to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlannedCategory {
    /// Its id in the source; `none` for topics that had no category.
    pub(crate) source_id: String,
    /// Its place among the categories.
    pub(crate) parent: Option<usize>,
    /// The short name it gets, if no other category of the space has it.
    pub(crate) slug: Slug,
    pub(crate) name: Label,
    pub(crate) about: About,
    pub(crate) colour: Option<Colour>,
    /// Its place among its siblings, 1 the first.
    pub(crate) position: Option<i64>,
    /// Who says its name.
    pub(crate) named_by: NamedBy,
    /// Whether the source lists it, and so says where it stands.
    pub(crate) is_listed: bool,
    /// Whether the source says what belongs there.
    pub(crate) says_about: bool,
    /// Staff alone may read it, until somebody says otherwise.
    pub(crate) is_restricted: bool,
    pub(crate) created_at: Timestamp,
}

/// What the source says of its categories.
#[derive(Debug)]
pub(crate) struct Known<'n> {
    pub(crate) by_id: BTreeMap<i64, CategoryDoc>,
    /// Whether it lists them: one that is not among them is then one that not everyone could see.
    pub(crate) is_list: bool,
    /// What the operator calls them.
    pub(crate) names: &'n CategoryNames,
}

/// Plans the categories that hold topics, and those they stand under.
///
/// `wanted` says since when each is needed. Parents come before their children.
pub(crate) fn plan(
    wanted: &BTreeMap<Option<i64>, Timestamp>,
    known: Known<'_>,
    findings: &mut Findings,
) -> (Vec<PlannedCategory>, HashMap<Option<i64>, usize>) {
    let Known {
        by_id: mut known,
        is_list,
        names,
    } = known;
    let mut since: BTreeMap<Option<i64>, Timestamp> = BTreeMap::new();
    let mut chains: BTreeSet<Vec<Option<i64>>> = BTreeSet::new();
    for (id, began) in wanted {
        let chain = chain(*id, &known);
        if chain.len() > MAX_DEPTH
            || chain.first() == Some(id) && id.is_some_and(|id| has_parent(id, &known))
        {
            let id = id.unwrap_or_default();
            findings.add(
                FindingKind::Category,
                format!("category {id}"),
                "stands too deep; it stands at the top here",
            );
            if let Some(category) = known.get_mut(&id) {
                category.parent = None;
            }
            chains.insert(vec![Some(id)]);
            since
                .entry(Some(id))
                .and_modify(|at| *at = (*at).min(*began))
                .or_insert(*began);
            continue;
        }
        for id in &chain {
            since
                .entry(*id)
                .and_modify(|at| *at = (*at).min(*began))
                .or_insert(*began);
        }
        chains.insert(chain);
    }
    // Shorter chains first: parents before children. Then by id.
    let mut order: Vec<(usize, Option<i64>, Option<i64>)> = Vec::new();
    let mut seen = HashSet::new();
    for chain in &chains {
        for (depth, id) in chain.iter().enumerate() {
            if seen.insert(*id) {
                order.push((
                    depth,
                    *id,
                    depth.checked_sub(1).and_then(|above| chain[above]),
                ));
            }
        }
    }
    order.sort_unstable();
    let mut planned = Vec::with_capacity(order.len());
    let mut places = HashMap::new();
    let mut slugs = HashSet::new();
    for (_, id, parent) in order {
        let parent = parent.and_then(|parent| places.get(&Some(parent)).copied());
        places.insert(id, planned.len());
        let doc = id.and_then(|id| known.get(&id));
        let mut category = one(
            id,
            (doc, names.get(&id)),
            parent,
            since[&id],
            &mut slugs,
            findings,
        );
        if is_list && doc.is_none() {
            category.is_restricted = true;
            findings.add(
                FindingKind::Unlisted,
                format!("category {}", category.source_id),
                format!("is {} here, for staff alone", category.slug),
            );
        }
        planned.push(category);
    }
    for (id, name) in names {
        if !places.contains_key(id) {
            let id = id.map_or_else(|| "none".to_owned(), |id| id.to_string());
            let what = format!("has no topic, so nothing is called {name}");
            findings.add(FindingKind::Category, format!("category {id}"), what);
        }
    }
    (planned, places)
}

/// A category and those above it, the topmost first; itself alone when they go in a circle.
fn chain(id: Option<i64>, known: &BTreeMap<i64, CategoryDoc>) -> Vec<Option<i64>> {
    let mut chain = vec![id];
    let mut at = id;
    while let Some(parent) = at.and_then(|id| known.get(&id)).and_then(|doc| doc.parent) {
        if chain.contains(&Some(parent)) {
            return vec![id];
        }
        chain.push(Some(parent));
        at = Some(parent);
    }
    chain.reverse();
    chain
}

fn has_parent(id: i64, known: &BTreeMap<i64, CategoryDoc>) -> bool {
    known.get(&id).is_some_and(|doc| doc.parent.is_some())
}

fn one(
    id: Option<i64>,
    (doc, given): (Option<&CategoryDoc>, Option<&Label>),
    parent: Option<usize>,
    created_at: Timestamp,
    slugs: &mut HashSet<String>,
    findings: &mut Findings,
) -> PlannedCategory {
    let source_id = id.map_or_else(|| "none".to_owned(), |id| id.to_string());
    let unnamed = id.map_or_else(|| "Uncategorised".to_owned(), |id| format!("Category {id}"));
    let line = |text: &str, max: usize| -> String {
        let text = emoji::in_line(text).unwrap_or_else(|| text.to_owned());
        let clean: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let clean = sanitize::line(&clean);
        clean.chars().take(max).collect()
    };
    let told = doc
        .and_then(|doc| doc.name.as_deref())
        .map(|name| line(name, 100))
        .filter(|name| !name.is_empty());
    let (name, named_by) = match (given, told) {
        (Some(given), _) => (given.to_string(), NamedBy::Operator),
        (None, Some(told)) => (told, NamedBy::Source),
        (None, None) => (unnamed, NamedBy::Nobody),
    };
    let had = doc
        .and_then(|doc| doc.name.as_deref())
        .filter(|_| named_by != NamedBy::Operator)
        .map_or_else(
            || name.clone(),
            |had| emoji::in_line(had).unwrap_or_else(|| had.to_owned()),
        );
    if had.split_whitespace().collect::<Vec<_>>().join(" ") != name {
        let change = format!("{had:?} is {name} here");
        findings.add(
            FindingKind::Category,
            format!("category {source_id}"),
            change,
        );
    }
    let wanted = doc
        .and_then(|doc| doc.slug.as_deref())
        .filter(|slug| !slug.is_empty());
    let slug = (0..=slugs.len())
        .map(|nth_try| fit_slug(wanted.unwrap_or(&name), &source_id, nth_try))
        .find(|slug| slugs.insert(slug.as_str().to_owned()))
        .expect("one more try than there are names");
    if let Some(wanted) = wanted.filter(|wanted| *wanted != slug.as_str()) {
        findings.add(
            FindingKind::Category,
            format!("category {source_id}"),
            format!("{wanted} is {slug} here"),
        );
    }
    PlannedCategory {
        parent,
        name: Label::parse(&name).expect("one line of at most 100 characters, not empty"),
        about: doc
            .and_then(|doc| doc.about.as_deref())
            .and_then(|about| About::parse(&line(about, 2000)).ok())
            .unwrap_or_else(|| About::parse("").expect("an empty description is one")),
        colour: doc
            .and_then(|doc| doc.colour.as_deref())
            .and_then(|digits| {
                format!("#{}", digits.trim_start_matches('#').to_ascii_lowercase())
                    .parse()
                    .ok()
            }),
        position: doc
            .and_then(|doc| doc.position)
            .map(|position| position.clamp(0, MAX_POSITION) + 1),
        named_by,
        is_listed: doc.is_some(),
        says_about: doc.is_some_and(|doc| doc.about.is_some()),
        is_restricted: doc.is_some_and(|doc| doc.is_restricted),
        created_at,
        slug,
        source_id,
    }
}

/// Makes a valid short name of any text; the second try adds `-2`, the third `-3`.
pub(crate) fn fit_slug(text: &str, source_id: &str, nth_try: usize) -> Slug {
    let suffix = if nth_try == 0 {
        String::new()
    } else {
        format!("-{}", nth_try + 1)
    };
    let mut slug = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(60 - suffix.len());
    let slug = slug.trim_end_matches('-');
    let slug = if slug.is_empty() {
        format!("category-{source_id}{suffix}")
    } else {
        format!("{slug}{suffix}")
    };
    Slug::parse(&slug).expect("every character is allowed, and so is the length")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn doc(id: i64, name: &str, parent: Option<i64>) -> (i64, CategoryDoc) {
        let doc = CategoryDoc {
            id,
            name: Some(name.to_owned()),
            slug: None,
            colour: Some("0088CC".to_owned()),
            about: None,
            parent,
            position: Some(id),
            is_restricted: false,
        };
        (id, doc)
    }

    fn planned(
        wanted: &[Option<i64>],
        known: &[(i64, CategoryDoc)],
    ) -> (Vec<(String, Option<usize>)>, usize) {
        let wanted = wanted
            .iter()
            .map(|id| (*id, Timestamp::from_millis(1)))
            .collect();
        let mut findings = Findings::default();
        let known = Known {
            by_id: known.iter().cloned().collect(),
            is_list: !known.is_empty(),
            names: &CategoryNames::new(),
        };
        let (planned, places) = plan(&wanted, known, &mut findings);
        assert!(wanted.keys().all(|id| places.contains_key(id)));
        let shown = planned
            .into_iter()
            .map(|c| (format!("{} {}", c.name, c.slug), c.parent))
            .collect();
        (shown, findings.count(FindingKind::Category))
    }

    #[test]
    fn parents_come_along_and_first() {
        let known = [
            doc(1, "Top", None),
            doc(2, "Below", Some(1)),
            doc(3, "Unused", None),
        ];
        let (got, changes) = planned(&[Some(2), Some(10), None], &known);
        let want = [
            ("Uncategorised uncategorised", None),
            ("Top top", None),
            ("Category 10 category-10", None),
            ("Below below", Some(1)),
        ];
        assert_eq!(got, want.map(|(name, parent)| (name.to_owned(), parent)));
        assert_eq!(changes, 0);
    }

    #[test]
    fn names_of_the_operator_count_more() {
        let wanted = [None, Some(1), Some(7)].map(|id| (id, Timestamp::from_millis(1)));
        let names = [(None, "Odds"), (Some(7), "Seven"), (Some(9), "Nine")];
        let names = names.map(|(id, name)| (id, Label::parse(name).unwrap()));
        let mut findings = Findings::default();
        let known = Known {
            by_id: [doc(1, "One :rocket:", None)].into(),
            is_list: true,
            names: &names.into(),
        };
        let (planned, _) = plan(&wanted.into(), known, &mut findings);
        let shown: Vec<_> = planned
            .iter()
            .map(|c| {
                (
                    c.name.as_str(),
                    c.slug.as_str(),
                    c.named_by,
                    c.is_restricted,
                )
            })
            .collect();
        // A name does not say who may read it.
        assert_eq!(
            shown,
            [
                ("Odds", "odds", NamedBy::Operator, true),
                ("One 🚀", "one", NamedBy::Source, false),
                ("Seven", "seven", NamedBy::Operator, true),
            ]
        );
        assert_eq!(
            findings.lines(FindingKind::Category),
            ["category 9: has no topic, so nothing is called Nine"]
        );
    }

    #[test]
    fn circles_and_depths_are_cut() {
        let known = [
            doc(1, "A", Some(2)),
            doc(2, "B", Some(1)),
            doc(3, "C", None),
            doc(4, "D", Some(3)),
            doc(5, "E", Some(4)),
            doc(6, "F", Some(5)),
        ];
        let (got, changes) = planned(&[Some(1), Some(6)], &known);
        assert_eq!(got, [("A a".to_owned(), None), ("F f".to_owned(), None)]);
        assert_eq!(changes, 2);
    }

    #[rstest]
    #[case("General Talk!", "general-talk")]
    #[case("Über", "ber")]
    #[case("日本", "category-7")]
    #[case("", "category-7")]
    fn slugs(#[case] name: &str, #[case] want: &str) {
        assert_eq!(fit_slug(name, "7", 0).as_str(), want);
    }

    proptest! {
        #[test]
        fn any_name_gives_a_slug(name in ".{0,100}", nth_try in 0_usize..2000) {
            fit_slug(&name, "7", nth_try);
        }
    }
}
