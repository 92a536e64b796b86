// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space reply`: answers a topic or a post.

use std::io::{IsTerminal as _, Read as _};
use std::path::Path;

use space_core::client::outbox::{
    Draft, ItemState, LocalId, Outcome as Sent, PostRef, SavedDraft, TopicRef,
};
use space_core::text::PostSource;
use space_core::{Clock as _, PostId};

use super::End;
use super::args::Reply;
use super::failure::{Failure, Kind, Outcome};
use super::json::SentJson;
use super::open::{Opened, Place};
use super::outbox::waits;
use super::output::Output;
use super::read::find;
use crate::app::message::{Edited, Sheet};
use crate::compose::Subject;
use crate::editing;
use crate::machine::Machine;
use crate::terminal::compose;

/// Queues the reply, and sends it at once when the server answers.
pub(super) fn run(place: &Place<'_>, args: &Reply, out: &mut Output<'_>) -> Result<(), End> {
    let mut opened = place.open_as_member()?;
    let named = find(place, &mut opened, args.target)?;
    let topic = &named.topic.topic;
    let reply_to: Option<PostId> = named.post.as_ref().map(|row| row.post.id);
    let given = given(place, args.text.as_deref(), args.file.as_deref())?;
    let subject = match reply_to {
        Some(post) => Subject::ReplyTo(PostRef::Sent(post)),
        None => Subject::Reply(TopicRef::Sent(topic.id)),
    };
    // What was given on the command line is a text of its own: one that is unfinished in the same place stays.
    let finished = given.is_none().then_some(subject);
    let text = if given.is_some() {
        given
    } else {
        let answered = named.post.as_ref();
        let sheet = Sheet {
            subject,
            title: topic.title.to_string(),
            text: String::new(),
            context: answered.map(|row| (row.author.name.clone(), row.post.source.clone())),
        };
        written(place, &mut opened, sheet)?
    };
    let Some(text) = text else {
        out.line(&place.l10n.text("notice-cancelled"))?;
        return Ok(());
    };
    let source = PostSource::parse(&text)
        .map_err(|e| Failure::new(Kind::Usage, place.l10n, "fail-text", &[]).because(&e))?;
    let draft = Draft::Reply {
        topic: TopicRef::Sent(topic.id),
        reply_to: reply_to.map(PostRef::Sent),
        source,
        language: None,
    };
    queue_and_send(place, &mut opened, &draft, finished, args.json, out)
}

/// Has a text written in the editor, from what is kept of an earlier time; and keeps it, until it is in the outbox.
pub(super) fn written(
    place: &Place<'_>,
    opened: &mut Opened,
    mut sheet: Sheet,
) -> Outcome<Option<String>> {
    need_terminal(place)?;
    let failed = |e| place.outbox_failed(&e);
    let kept = opened.outbox.draft(&sheet.subject).map_err(failed)?;
    if let Some(kept) = &kept {
        sheet.text.clone_from(&kept.source);
    }
    let (edited, aside) = compose(
        place.l10n,
        &place.config.settings.editor,
        &opened.file,
        &sheet,
    );
    if let Some(file) = aside {
        let values = [("detail", file.display().to_string().into())];
        super::open::note(&place.l10n.with("compose-set-aside", &values));
    }
    let edited = edited.map_err(|error| {
        Failure::new(Kind::Failed, place.l10n, "fail-editor", &[]).because(error.as_ref())
    })?;
    let text = if let Edited::Text(text) = edited {
        let draft = SavedDraft {
            place: sheet.subject,
            title: kept
                .as_ref()
                .map_or_else(|| sheet.title.clone(), |it| it.title.clone()),
            category: kept.as_ref().and_then(|it| it.category),
            source: text.clone(),
            language: kept.as_ref().and_then(|it| it.language.clone()),
            tags: kept.as_ref().map(|it| it.tags.clone()).unwrap_or_default(),
            base: None,
            saved_at: Machine.now(),
        };
        opened
            .outbox
            .save_draft(&draft)
            .map_err(|e| kept_in_file(place, opened, failed(e), &sheet.subject, &text))?;
        Some(text)
    } else {
        opened.outbox.drop_draft(&sheet.subject).map_err(failed)?;
        None
    };
    editing::forget(&editing::file(&opened.file, &sheet.subject));
    Ok(text)
}

/// Returns the text that was given: on the command line, in a file, or (`-`) on the standard input.
pub(super) fn given(
    place: &Place<'_>,
    text: Option<&str>,
    file: Option<&Path>,
) -> Outcome<Option<String>> {
    if let Some(text) = text {
        return Ok(Some(text.to_owned()));
    }
    let Some(file) = file else { return Ok(None) };
    let read = if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    read.map(Some).map_err(|e| {
        let values = [("file", file.display().to_string().into())];
        Failure::new(Kind::Usage, place.l10n, "fail-file", &values).because(&e)
    })
}

/// Without a terminal there is nobody to write in an editor.
fn need_terminal(place: &Place<'_>) -> Outcome {
    if std::io::stdin().is_terminal() {
        return Ok(());
    }
    Err(
        Failure::new(Kind::Usage, place.l10n, "fail-no-text", &[]).hint(
            place.l10n,
            "hint-no-text",
            &[],
        ),
    )
}

/// Queues something, tries to send it, and says plainly what became of it. `finished` is where it was kept until then.
pub(super) fn queue_and_send(
    place: &Place<'_>,
    opened: &mut Opened,
    draft: &Draft,
    finished: Option<Subject>,
    is_json: bool,
    out: &mut Output<'_>,
) -> Result<(), End> {
    let l10n = place.l10n;
    let failed = |e| place.outbox_failed(&e);
    let outbox = &mut opened.outbox;
    let queued = match &finished {
        Some(place) => outbox.queue_finished(place, draft, &Machine, &Machine),
        None => outbox.queue(draft, &Machine, &Machine),
    };
    let id = queued.map_err(|e| match (texts_of(draft), failed(e)) {
        (Some((subject, text)), failure) => kept_in_file(place, opened, failure, &subject, &text),
        (None, failure) => failure,
    })?;
    // From here on it is safe: whatever the server says now, it will be sent.
    let synced = place.sync(opened, &mut |_| {});
    let item = opened.outbox.item(id).map_err(failed)?;
    let (state, waiting) = item.map(|item| (item.state, item.waiting)).unzip();
    let waiting = waiting.flatten();
    let (mut json, refused) = said(id, state);
    if let Some(waiting) = &waiting {
        json.why = Some(waiting.why.title.clone());
    }
    if is_json {
        out.json(&json)?;
    } else {
        let text = match (json.state, json.post) {
            ("sent", Some(post)) => l10n.with("reply-sent", &[("id", format!("#{post}").into())]),
            ("sent", None) if matches!(draft, Draft::TagTopic { .. }) => l10n.text("tag-sent"),
            ("queued", _) => l10n.with("reply-queued", &[("id", id.to_string().into())]),
            _ => String::new(),
        };
        if !text.is_empty() {
            out.line(&text)?;
        }
        if let Some(waiting) = &waiting {
            out.line(&waits(place, &waiting.why.title, waiting.until))?;
        }
        if let ("queued", Err(failure)) = (json.state, &synced) {
            let why = [("why", failure.reason().into())];
            out.line(&l10n.with("failure-because", &why))?;
        }
    }
    match refused {
        Some(why) => {
            let values = [("why", why.into()), ("id", id.0.to_string().into())];
            Err(Failure::new(Kind::Denied, l10n, "fail-refused", &values)
                .hint(l10n, "hint-refused", &values)
                .into())
        }
        None => Ok(()),
    }
}

/// Returns what somebody wrote, and where it belongs.
fn texts_of(draft: &Draft) -> Option<(Subject, String)> {
    match draft {
        Draft::Reply {
            reply_to: Some(post),
            source,
            ..
        } => Some((Subject::ReplyTo(*post), source.to_string())),
        Draft::Reply { topic, source, .. } => Some((Subject::Reply(*topic), source.to_string())),
        Draft::StartTopic {
            category,
            title,
            source,
            ..
        } => Some((Subject::NewTopic(*category), format!("{title}\n\n{source}"))),
        Draft::EditPost { post, source, .. } => Some((Subject::Edit(*post), source.to_string())),
        _ => None,
    }
}

/// Keeps a text in a file when the local copy does not take it, and says in which: beside the copy, or else where temporary
/// files go.
fn kept_in_file(
    place: &Place<'_>,
    opened: &Opened,
    failure: Failure,
    subject: &Subject,
    text: &str,
) -> Failure {
    let file = editing::file(&opened.file, subject);
    let kept = editing::set_aside(&file, text)
        .or_else(|_| editing::set_aside_in(&std::env::temp_dir(), &file, text));
    match kept {
        Ok(file) => {
            let values = [("file", file.display().to_string().into())];
            failure.shown(vec![place.l10n.with("text-kept", &values)])
        }
        // There is no better place left than where it can be copied from.
        Err(_) => failure.shown(
            std::iter::once(place.l10n.text("unkept"))
                .chain(text.lines().map(str::to_owned))
                .collect(),
        ),
    }
}

fn said(id: LocalId, state: Option<ItemState>) -> (SentJson, Option<String>) {
    let mut json = SentJson {
        outbox: id.0,
        state: "queued",
        topic: None,
        post: None,
        why: None,
    };
    let mut refused = None;
    match state {
        Some(ItemState::Sent(sent)) => {
            json.state = "sent";
            match sent {
                Sent::Started { topic, post } => {
                    (json.topic, json.post) = (Some(topic), Some(post));
                }
                Sent::Replied { post, .. } | Sent::Edited { post, .. } => json.post = Some(post),
                Sent::Done => {}
            }
        }
        Some(ItemState::Refused(problem)) => {
            json.state = "refused";
            json.why = Some(problem.title.clone());
            refused = Some(problem.title);
        }
        _ => {}
    }
    (json, refused)
}
