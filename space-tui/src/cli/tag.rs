// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space tag`: gives a topic tags and takes tags from it, or says which it has.

use std::collections::BTreeSet;

use serde::Serialize;
use space_core::client::outbox::Draft;
use space_core::protocol::ChangeTags;
use space_core::tag::TagsError;
use space_core::{Tag, Tags, TopicId};

use super::End;
use super::args::TagTopic;
use super::failure::{Failure, Kind};
use super::open::Place;
use super::output::Output;
use super::read::find;
use super::reply::queue_and_send;
use crate::doc::{Role, Span};
use crate::text::clean;

/// The tags of a topic, as the local copy has them.
#[derive(Debug, Serialize)]
struct TagsJson<'a> {
    topic: TopicId,
    tags: &'a Tags,
}

/// Queues the change, and sends it at once when the server answers.
pub(super) fn run(place: &Place<'_>, args: &TagTopic, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    // Behind a tag that begins with a minus, clap takes everything for one.
    let (flags, words): (Vec<&String>, Vec<&String>) =
        args.change.iter().partition(|word| *word == "--json");
    let is_json = args.json || !flags.is_empty();
    if words.is_empty() {
        let mut opened = place.open_to_read()?;
        let topic = find(place, &mut opened, args.target)?.topic.topic;
        if is_json {
            out.json(&TagsJson {
                topic: topic.id,
                tags: &topic.tags,
            })?;
            return Ok(());
        }
        for tag in &topic.tags {
            out.spans(&[Span::new(Role::Text, clean::line(tag.as_str()))])?;
        }
        return Ok(());
    }
    let change = change(words.into_iter().map(String::as_str))
        .map_err(|error| Failure::new(Kind::Usage, l10n, "fail-tags", &[]).because(&error))?;
    let mut opened = place.open_as_member()?;
    let topic = find(place, &mut opened, args.target)?.topic.topic.id;
    let draft = Draft::TagTopic { topic, change };
    queue_and_send(place, &mut opened, &draft, None, is_json, out)
}

/// Reads what is to change: `+new`, or `new`, and `-old`.
fn change<'a>(words: impl Iterator<Item = &'a str>) -> Result<ChangeTags, TagsError> {
    let (mut add, mut remove) = (BTreeSet::new(), BTreeSet::new());
    for word in words {
        match word.strip_prefix('-') {
            Some(tag) => remove.insert(Tag::parse(tag)?),
            None => add.insert(Tag::parse(word.strip_prefix('+').unwrap_or(word))?),
        };
    }
    Ok(ChangeTags {
        add: add.try_into()?,
        remove: remove.try_into()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_say_what_comes_and_what_goes() {
        let read = change(["+Wiki", "c++", "-old-one", "+.net"].into_iter()).unwrap();
        assert_eq!(read.add.joined(), ".net c++ wiki");
        assert_eq!(read.remove.joined(), "old-one");
        assert!(change(["+"].into_iter()).is_err());
        assert!(change(["a b"].into_iter()).is_err());
    }
}
