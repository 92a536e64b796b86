// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who wrote: joins what documents say of the same person, and finds each a name that is valid here.

use std::collections::{BTreeMap, HashMap, HashSet};

use space_core::MemberKind;
use space_core::markup::sanitize;
use space_core::text::{DisplayName, MemberName, folded};

use super::digest::fingerprint;
use super::discourse::UserDoc;
use super::finding::{FindingKind, Findings};

/// The most trust that an import gives: higher levels let people act on what others wrote.
const MAX_TRUST: i64 = 2;

/// What those are called whose name has no letter and no digit.
const NAMELESS: &str = "member";

/// How long a name may be; `MemberName` says the same.
const MAX_NAME: usize = 60;

/// Stands for an author, as one or more documents name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Sighting(usize);

/// Everyone whom documents name as an author.
#[derive(Debug, Default)]
pub(crate) struct People {
    known: HashMap<(Option<i64>, Option<String>), Sighting>,
    /// What the newest post says of each, and that post's id.
    seen: Vec<(UserDoc, i64)>,
}

/// Somebody who becomes a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// Their id in the source.
    pub(crate) source_id: String,
    pub(crate) kind: MemberKind,
    /// The name they had.
    pub(crate) username: String,
    /// The name they get, if nobody else in the space has it.
    pub(crate) name: MemberName,
    pub(crate) display_name: Option<DisplayName>,
    pub(crate) trust_level: u8,
}

impl People {
    /// Notes an author; of one person the newest post is believed.
    pub(crate) fn see(&mut self, user: &UserDoc, post: i64) -> Sighting {
        let key = (user.id, user.username.clone());
        let next = Sighting(self.seen.len());
        let sighting = *self.known.entry(key).or_insert(next);
        if sighting == next {
            self.seen.push((user.clone(), post));
        } else {
            let (seen, newest) = &mut self.seen[sighting.0];
            let suspended = seen.is_suspended | user.is_suspended;
            if post > *newest {
                (*seen, *newest) = (user.clone(), post);
            }
            seen.is_suspended = suspended;
        }
        sighting
    }

    /// Joins sightings to people: by id, else by name. Only those in `used` become somebody.
    ///
    /// Gives the people in the order of their source ids, and the place of each sighting among them.
    pub(crate) fn resolve(
        self,
        used: &HashSet<Sighting>,
        findings: &mut Findings,
    ) -> (Vec<Person>, HashMap<Sighting, usize>) {
        let mut sightings: Vec<Sighting> = used.iter().copied().collect();
        // Independent of the order of documents.
        sightings.sort_by_key(|s| {
            let (doc, post) = &self.seen[s.0];
            (doc.id.is_none(), doc.id, doc.username.clone(), *post)
        });
        let mut by_name: HashMap<String, Key> = HashMap::new();
        let mut groups: BTreeMap<Key, Vec<Sighting>> = BTreeMap::new();
        for sighting in sightings {
            let doc = &self.seen[sighting.0].0;
            let name = doc.username.as_deref().map(folded);
            let key = match (doc.id, &name) {
                (Some(id), _) => Key::Id(id),
                (None, Some(name)) => by_name
                    .get(name)
                    .cloned()
                    .unwrap_or_else(|| Key::Name(name.clone())),
                (None, None) => Key::Nobody,
            };
            if let Some(name) = name {
                by_name.entry(name).or_insert_with(|| key.clone());
            }
            groups.entry(key).or_default().push(sighting);
        }
        let mut people = Vec::with_capacity(groups.len());
        let mut places = HashMap::new();
        for (key, sightings) in groups {
            for sighting in &sightings {
                places.insert(*sighting, people.len());
            }
            let newest = sightings
                .iter()
                .max_by_key(|s| self.seen[s.0].1)
                .map(|s| &self.seen[s.0].0);
            let Some(newest) = newest else { continue };
            let suspended = sightings.iter().any(|s| self.seen[s.0].0.is_suspended);
            people.push(person(&key, newest, suspended, findings));
        }
        let names = name_all(people.iter(), &HashSet::new());
        for (person, name) in people.iter_mut().zip(names) {
            person.name = name;
        }
        (people, places)
    }
}

/// Who is who in the source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Id(i64),
    Name(String),
    Nobody,
}

fn person(key: &Key, newest: &UserDoc, is_suspended: bool, findings: &mut Findings) -> Person {
    let username = newest.username.clone().unwrap_or_else(|| match key {
        Key::Id(id) => format!("member{id}"),
        Key::Name(_) | Key::Nobody => "unknown".to_owned(),
    });
    let duty = match (newest.is_admin, newest.is_moderator) {
        (true, _) => Some("was an administrator"),
        (_, true) => Some("was a moderator"),
        _ => None,
    };
    // The forum's own accounts are no people.
    if let Some(duty) = duty.filter(|_| !matches!(key, Key::Id(..0))) {
        findings.add(FindingKind::Staff, &username, duty);
    }
    if is_suspended {
        findings.add(FindingKind::Suspended, &username, "was suspended");
    }
    let display: String = newest
        .display_name
        .iter()
        .flat_map(|n| n.chars())
        .filter(|c| !c.is_control())
        .collect();
    let display: String = sanitize::line(&display).chars().take(100).collect();
    if let Some(had) = newest.display_name.as_deref()
        && had.split_whitespace().collect::<Vec<_>>().join(" ") != display
    {
        let change = format!("showed the name {had:?}, here {display:?}");
        findings.add(FindingKind::Renamed, &username, change);
    }
    Person {
        source_id: match key {
            Key::Id(id) => id.to_string(),
            Key::Name(name) => format!("name:{name}"),
            Key::Nobody => "unknown".to_owned(),
        },
        kind: match key {
            // Discourse gives its own accounts (system, discobot) ids below zero.
            Key::Id(..0) => MemberKind::Bot,
            Key::Nobody => MemberKind::Visitor,
            Key::Id(_) | Key::Name(_) => MemberKind::Person,
        },
        name: fit(&username, 0),
        display_name: DisplayName::parse(&display)
            .ok()
            .filter(|name| !name.as_str().is_empty()),
        trust_level: u8::try_from(newest.trust_level.clamp(0, MAX_TRUST)).unwrap_or(0),
        username,
    }
}

/// Gives each person a name that is valid, and that nobody has after folding.
///
/// Whoever has a valid name already keeps it before those whose name must be changed, and lower ids before
/// higher ones, so that the names do not depend on the order of documents.
pub(crate) fn name_all<'p>(
    people: impl Iterator<Item = &'p Person>,
    taken: &HashSet<String>,
) -> Vec<MemberName> {
    let people: Vec<&Person> = people.collect();
    let mut taken = taken.clone();
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|at| fit(&people[*at].username, 0).as_str() != people[*at].username);
    let mut names: Vec<(usize, MemberName)> = Vec::with_capacity(people.len());
    for at in order {
        let mut tries = (0..=taken.len()).map(|n| fit(&people[at].username, n));
        let name = tries
            .find(|name| taken.insert(folded(name.as_str())))
            .expect("one more try than there are names");
        names.push((at, name));
    }
    names.sort_by_key(|(at, _)| *at);
    names.into_iter().map(|(_, name)| name).collect()
}

/// Tells of those who have another name here.
pub(crate) fn report_renamed<'p>(
    people: impl Iterator<Item = &'p Person>,
    findings: &mut Findings,
) {
    for person in people.filter(|person| person.name.as_str() != person.username) {
        let here = format!("is {} here", person.name);
        findings.add(FindingKind::Renamed, &person.username, here);
    }
}

/// Makes a valid name of any text; the second try adds `-2`, the third `-3`.
pub(crate) fn fit(username: &str, nth_try: usize) -> MemberName {
    let suffix = if nth_try == 0 {
        String::new()
    } else {
        format!("-{}", nth_try + 1)
    };
    let allowed = |c: char| {
        MemberName::parse(&format!("aa{c}aa")).is_ok_and(|name| name.as_str().chars().count() == 5)
    };
    // Signs alone are no name: it could be neither linked to nor spoken of.
    let username = username.trim();
    let username = if username.contains(char::is_alphanumeric) {
        username
    } else {
        NAMELESS
    };
    let mut name: String = username
        .chars()
        .map(|c| if allowed(c) { c } else { '_' })
        .take(MAX_NAME - suffix.len())
        .collect();
    while name.chars().count() < 2 {
        name.push('_');
    }
    // Characters may be allowed each, and not as a whole: names such as `..`, or with a sign at an end.
    let is_sign = |c: char| !c.is_alphanumeric();
    let plain: String = name
        .chars()
        .map(|c| if is_sign(c) { '_' } else { c })
        .collect();
    let core = plain.trim_matches(is_sign);
    let number = fingerprint(username) % 1_000_000;
    [
        format!("{name}{suffix}"),
        format!("{plain}{suffix}"),
        format!("{core}{suffix}"),
    ]
    .iter()
    .find_map(|name| MemberName::parse(name).ok())
    .or_else(|| MemberName::parse(&format!("member{number}{suffix}")).ok())
    .expect("letters and digits are a name")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn user(id: Option<i64>, username: Option<&str>) -> UserDoc {
        UserDoc {
            id,
            username: username.map(str::to_owned),
            ..UserDoc::default()
        }
    }

    fn resolved(users: &[UserDoc]) -> (Vec<(String, String)>, Vec<usize>, Findings) {
        let mut people = People::default();
        let mut sightings = Vec::new();
        for (at, user) in users.iter().enumerate() {
            sightings.push(people.see(user, i64::try_from(at).unwrap()));
        }
        let mut findings = Findings::default();
        let (people, places) = people.resolve(&sightings.iter().copied().collect(), &mut findings);
        report_renamed(people.iter(), &mut findings);
        let names = people
            .into_iter()
            .map(|p| (p.source_id, p.name.to_string()))
            .collect();
        (
            names,
            sightings.iter().map(|s| places[s]).collect(),
            findings,
        )
    }

    #[test]
    fn one_person_is_known_by_id_and_then_by_name() {
        let (names, places, _) = resolved(&[
            user(Some(7), Some("ann_old")),
            user(None, Some("Ann")),
            user(Some(7), Some("ann")),
            user(None, Some("bo")),
            user(None, None),
        ]);
        let want = [("7", "ann"), ("name:bo", "bo"), ("unknown", "unknown")];
        assert_eq!(
            names,
            want.map(|(id, name)| (id.to_owned(), name.to_owned()))
        );
        assert_eq!(places, [0, 0, 0, 1, 2]);
    }

    #[rstest]
    #[case("Sir_Nate", "Sir_Nate")]
    #[case("x", "x_")]
    #[case("", "member")]
    #[case("..", "member")]
    #[case(" _-. ", "member")]
    #[case("a b/c", "a_b_c")]
    #[case("tab\u{0}\u{202e}", "tab__")]
    #[case("日本", "日本")]
    fn names_are_made_to_fit(#[case] username: &str, #[case] want: &str) {
        assert_eq!(fit(username, 0).as_str(), want);
    }

    #[test]
    fn names_that_fold_alike_are_told_apart() {
        let (names, _, findings) = resolved(&[
            user(Some(1), Some("a b")),
            user(Some(2), Some("A_B")),
            user(Some(3), Some("a_b")),
            user(Some(4), Some("x".repeat(70).as_str())),
        ]);
        let names: Vec<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["a_b-3", "A_B", "a_b-2", "x".repeat(60).as_str()]);
        assert_eq!(findings.count(FindingKind::Renamed), 3);
    }

    proptest! {
        #[test]
        fn any_name_can_be_made_to_fit(name in "\\PC{0,80}|.{0,80}", nth_try in 0_usize..2000) {
            prop_assert!(fit(&name, nth_try).check_new().is_ok());
        }
    }
}
