// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space start`: starts a topic.

use std::collections::BTreeSet;

use space_core::client::outbox::Draft;
use space_core::text::{PostSource, TopicTitle};
use space_core::{Tag, Tags};

use super::End;
use super::args::Start;
use super::failure::{Failure, Kind};
use super::open::Place;
use super::output::Output;
use super::reply::{given, queue_and_send, written};
use crate::app::message::Sheet;
use crate::compose::Subject;

/// Queues the topic, and sends it at once when the server answers.
pub(super) fn run(place: &Place<'_>, args: &Start, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let mut opened = place.open_as_member()?;
    let category = place.category(&opened.replica, &args.category)?;
    let refused = |e| Failure::new(Kind::Usage, l10n, "fail-text", &[]).because(&e);
    let title = TopicTitle::parse(&args.title).map_err(refused)?;
    let tags: BTreeSet<Tag> = args.tag.iter().cloned().collect();
    let tags: Tags = tags
        .try_into()
        .map_err(|error| Failure::new(Kind::Usage, l10n, "fail-tags", &[]).because(&error))?;
    let subject = Subject::NewTopic(category);
    let given = given(place, args.text.as_deref(), args.file.as_deref())?;
    // What was given on the command line is a text of its own: one that is unfinished in the same place stays.
    let finished = given.is_none().then_some(subject);
    let text = if given.is_some() {
        given
    } else {
        let sheet = Sheet {
            subject,
            title: title.to_string(),
            text: String::new(),
            context: None,
        };
        written(place, &mut opened, sheet)?
    };
    let Some(text) = text else {
        out.line(&l10n.text("notice-cancelled"))?;
        return Ok(());
    };
    let source = PostSource::parse(&text).map_err(refused)?;
    let draft = Draft::StartTopic {
        category,
        title,
        source,
        language: None,
        tags,
    };
    queue_and_send(place, &mut opened, &draft, finished, args.json, out)
}
