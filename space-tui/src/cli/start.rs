// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space start`: starts a topic.

use space_core::client::outbox::Draft;
use space_core::text::{PostSource, TopicTitle};

use super::End;
use super::args::Start;
use super::failure::{Failure, Kind};
use super::open::Place;
use super::output::Output;
use super::reply::{editor_failed, given, need_terminal, queue_and_send};
use crate::terminal::{draft_file, edit_text};

/// Queues the topic, and sends it at once when the server answers.
pub(super) fn run(place: &Place<'_>, args: &Start, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let mut opened = place.open_as_member()?;
    let category = place.category(&opened.replica, &args.category)?;
    let refused = |e| Failure::new(Kind::Usage, l10n, "fail-text", &[]).because(&e);
    let title = TopicTitle::parse(&args.title).map_err(refused)?;
    let file = draft_file(&opened.file, &format!("start-{category}"));
    let given = given(place, args.text.as_deref(), args.file.as_deref())?;
    let text = if given.is_some() {
        given
    } else {
        need_terminal(place)?;
        let context = l10n.with("editor-context", &[("title", title.as_str().into())]);
        edit_text(&place.config.settings.editor, &file, "", &context)
            .map_err(|e| editor_failed(place, &e))?
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
    };
    queue_and_send(place, &mut opened, &draft, &file, args.json, out)
}
