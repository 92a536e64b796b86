// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space read`: prints a thread, from its beginning or from a post.

use std::time::Duration;

use space_core::client::ApiError;
use space_core::client::api::Api;
use space_core::client::replica::{Found, PostRow, Replica, ReplicaError, TopicRow};
use space_core::client::sync::{Fetched, fetch_number};
use space_core::protocol::ProblemCode;
use space_core::{Clock as _, Hiding, PostId, PostKind, TopicId};

use super::End;
use super::args::{Read, Target};
use super::failure::{Failure, Kind, Outcome};
use super::hidden::{self, Told};
use super::json::{PostJson, ThreadJson, TopicJson};
use super::moderate::failed;
use super::open::{Opened, Place};
use super::output::Output;
use crate::doc::{Role, Span};
use crate::machine::Machine;
use crate::screens::rendered;
use crate::text::clean;
use crate::text::when;

/// Columns beyond which lines are hard to read.
const MEASURE: usize = 100;
/// How long the server may take for what is missing. What has come until then is shown.
const PATIENCE: Duration = Duration::from_secs(30);
/// Posts read from the local copy in one go.
const PAGE: usize = 200;

/// What was named on the command line: a topic, and a post of it when that was named.
pub(super) struct Named {
    pub(super) topic: TopicRow,
    pub(super) post: Option<PostRow>,
}

/// Finds a topic or post: here, or else on the server, which is where a copy with a window has the rest.
pub(super) fn find(place: &Place<'_>, opened: &mut Opened, target: Target) -> Outcome<Named> {
    if let Some(named) = here(place, &opened.replica, target)? {
        return Ok(named);
    }
    let id = [("id", target.0.to_string().into())];
    match fetch(place, opened, target.0) {
        Ok(Fetched::Whole(_)) => {}
        Ok(Fetched::NotShown | Fetched::NoCategory) => {
            return Err(Failure::new(
                Kind::NotFound,
                place.l10n,
                "fail-not-shown",
                &id,
            ));
        }
        Err(failure) => return Err(outside(place, opened, target, &failure)),
    }
    here(place, &opened.replica, target)?.ok_or_else(|| {
        Failure::new(Kind::NotFound, place.l10n, "fail-not-found", &id).hint(
            place.l10n,
            "hint-sync",
            &[],
        )
    })
}

/// Says why something is not here, when the server cannot be asked: a copy with a window does not know whether it exists.
fn outside(place: &Place<'_>, opened: &Opened, target: Target, why: &Failure) -> Failure {
    let l10n = place.l10n;
    let window = opened.profile.window;
    let values = [
        ("id", target.0.to_string().into()),
        ("window", window.to_string().into()),
    ];
    let (key, hint) = if window.is_whole() {
        ("fail-not-found", "hint-sync")
    } else {
        ("fail-outside-window", "hint-outside-window")
    };
    Failure::new(Kind::NotFound, l10n, key, &values)
        .reason_is(&why.reason())
        .hint(l10n, hint, &[])
}

/// Finds a topic or post in the local copy.
fn here(place: &Place<'_>, replica: &Replica, target: Target) -> Outcome<Option<Named>> {
    let failed = |e: ReplicaError| place.replica_failed(&e);
    Ok(match replica.find(target.0).map_err(failed)? {
        Some(Found::Topic(topic)) => Some(Named { topic, post: None }),
        Some(Found::Post(post)) => {
            let topic = replica.topic(post.post.topic).map_err(failed)?;
            topic.map(|topic| Named {
                topic,
                post: Some(post),
            })
        }
        _ => None,
    })
}

/// Reads a topic from the server, and keeps it.
fn fetch(place: &Place<'_>, opened: &mut Opened, number: i64) -> Outcome<Fetched> {
    let l10n = place.l10n;
    if let Some(error) = opened.replica.read_only() {
        return Err(place.replica_failed(error));
    }
    let api = place.api(&opened.profile)?;
    let fetched = place.block_on(async {
        let fetch = fetch_number(&api, &mut opened.replica, number);
        tokio::time::timeout(PATIENCE, fetch).await
    })?;
    let Ok(fetched) = fetched else {
        let server = [("server", opened.profile.server_name().into())];
        return Err(Failure::new(Kind::Offline, l10n, "fail-server", &[])
            .reason_is(&l10n.with("why-timed-out", &server)));
    };
    fetched.map_err(|error| place.sync_failed("fail-server", &error))
}

/// Fetches what is missing of a topic; returns how much still is, and why.
fn complete(
    place: &Place<'_>,
    opened: &mut Opened,
    topic: TopicId,
) -> Outcome<(u64, Option<String>)> {
    let failed = |e: ReplicaError| place.replica_failed(&e);
    if opened.replica.coverage(topic).map_err(failed)?.missing == 0 {
        return Ok((0, None));
    }
    let why = match fetch(place, opened, topic.get()) {
        Ok(_) => None,
        Err(failure) => Some(failure.reason()),
    };
    let missing = opened.replica.coverage(topic).map_err(failed)?.missing;
    Ok((missing, why.filter(|_| missing > 0)))
}

/// Prints the thread from the local copy. What the copy does not have of it is fetched, or said.
pub(super) fn run(place: &Place<'_>, args: &Read, out: &mut Output<'_>) -> Result<(), End> {
    let mut opened = if args.hidden {
        place.open_as_member()?
    } else {
        place.open_to_read()?
    };
    let named = find(place, &mut opened, args.target)?;
    let staff = if args.hidden {
        Some(Staff::new(place, &opened, &named)?)
    } else {
        None
    };
    let (missing, why) = complete(place, &mut opened, named.topic.topic.id)?;
    // What was fetched may say more of the topic.
    let named = here(place, &opened.replica, args.target)?.unwrap_or(named);
    let from = args
        .from
        .or(named.post.map(|post| post.post.number))
        .unwrap_or(1);
    let topic = &named.topic;
    let mut next = Some(from);
    let mut posts = Vec::new();
    if !args.json {
        head(topic, out)?;
        if missing > 0 {
            say_missing(place, &opened, missing, why.as_deref(), out)?;
        }
    }
    while let Some(from) = next {
        let page = opened
            .replica
            .thread(topic.topic.id, from, PAGE)
            .map_err(|e| place.replica_failed(&e))?;
        let Some(last) = page.last() else { break };
        // After the highest number of all there is none.
        next = last.post.number.checked_add(1);
        if args.json {
            posts.extend(page);
        } else {
            for post in &page {
                let told = match &staff {
                    Some(staff) => staff.ask(place, post)?,
                    None => None,
                };
                print(place, &opened.replica, post, told.as_ref(), out)?;
                if let Some(staff) = staff.as_ref().filter(|it| it.post == Some(post.post.id)) {
                    hidden::trail(place.l10n, &opened.replica, &staff.hidings, "  ", out)?;
                }
            }
        }
    }
    if args.json {
        let mut shown: Vec<PostJson<'_>> = Vec::with_capacity(posts.len());
        for row in &posts {
            let mut post = PostJson::from(row);
            if let Some(staff) = &staff {
                let told = staff.ask(place, row)?;
                post.hidden = told.map(|told| hidden::json(&opened.replica, told));
                if staff.post == Some(row.post.id) {
                    post.hidings.clone_from(&staff.hidings);
                }
            }
            shown.push(post);
        }
        let posts = shown;
        out.json(&ThreadJson {
            topic: TopicJson::from(topic),
            missing_posts: missing,
            missing_why: why.as_deref(),
            posts,
        })?;
    }
    Ok(())
}

/// What staff asked for besides what everybody reads.
struct Staff {
    api: Api,
    /// The post that was named, and when it was hidden and shown again.
    post: Option<PostId>,
    hidings: Vec<Hiding>,
}

impl Staff {
    fn new(place: &Place<'_>, opened: &Opened, named: &Named) -> Result<Self, End> {
        let api = place.api(&opened.profile)?;
        let post = named.post.as_ref().map(|row| row.post.id);
        let mut hidings = Vec::new();
        if let Some(post) = post {
            match place.block_on(api.hidings(post))? {
                Ok(told) => hidings = told.hidings,
                // A server before them, or a post of the reader's own.
                Err(error) if is_beside_the_point(&error) => {}
                Err(error) => return Err(failed(place, "fail-read-hidden", &error).into()),
            }
        }
        Ok(Self { api, post, hidings })
    }

    fn ask(&self, place: &Place<'_>, row: &PostRow) -> Result<Option<Told>, End> {
        hidden::ask(place, &self.api, row)
    }
}

fn is_beside_the_point(error: &ApiError) -> bool {
    match error {
        ApiError::Problem { problem, .. } => {
            problem.code == ProblemCode::NotFound || problem.denial.as_deref() == Some("own_post")
        }
        _ => false,
    }
}

/// Says before the first post that others are not here.
fn say_missing(
    place: &Place<'_>,
    opened: &Opened,
    missing: u64,
    why: Option<&str>,
    out: &mut Output<'_>,
) -> Result<(), End> {
    let window = opened.profile.window.to_string();
    let values = [("count", missing.into()), ("window", window.into())];
    let text = place.l10n.with("read-missing", &values);
    out.spans(&[])?;
    out.spans(&[Span::new(Role::Warning, text)])?;
    if let Some(why) = why {
        let text = place.l10n.with("read-missing-why", &[("why", why.into())]);
        out.spans(&[Span::new(Role::Quiet, text)])?;
    }
    Ok(())
}

fn head(topic: &TopicRow, out: &mut Output<'_>) -> Result<(), End> {
    out.spans(&[
        Span::new(Role::Title, clean::line(topic.topic.title.as_str())),
        Span::new(Role::Id, format!("  #{}", topic.topic.id)),
    ])?;
    let mut place = vec![Span::new(Role::Category, clean::line(&topic.category.name))];
    if !topic.topic.tags.is_empty() {
        let tags = clean::line(&topic.topic.tags.joined()).into_owned();
        place.push(Span::new(Role::Quiet, format!("  {tags}")));
    }
    out.spans(&place)?;
    Ok(())
}

fn print(
    place: &Place<'_>,
    replica: &Replica,
    row: &PostRow,
    told: Option<&Told>,
    out: &mut Output<'_>,
) -> Result<(), End> {
    let l10n = place.l10n;
    let post = &row.post;
    let mut left = vec![Span::new(Role::Author, clean::line(&row.author.name))];
    if let Some(to) = &row.reply_to {
        let id = format!("#{}", to.id);
        let text = match &to.author {
            Some(author) => {
                let author = clean::line(&author.name);
                l10n.with(
                    "post-reply-to",
                    &[("author", author.into()), ("id", id.into())],
                )
            }
            None => l10n.with("post-reply-to-id", &[("id", id.into())]),
        };
        left.push(Span::new(Role::Quiet, format!("  {text}")));
    }
    let age = when::short(l10n, post.created_at, Machine.now());
    let right = [
        Span::new(Role::Quiet, age),
        Span::new(Role::Id, format!("  #{}", post.id)),
    ];
    out.spans(&[])?;
    out.row(&left, &right)?;
    let columns = out.columns.min(MEASURE).saturating_sub(2);
    let lines = if let Some(told) = told {
        hidden::lines(l10n, replica, told, columns)
    } else if post.is_hidden {
        vec![vec![Span::new(Role::Quiet, l10n.text("post-hidden"))]]
    } else if post.kind == PostKind::Notice && post.source.is_empty() {
        let about = clean::line(post.notice.as_deref().unwrap_or_default());
        vec![vec![Span::new(
            Role::Quiet,
            l10n.with("post-notice", &[("about", about.into())]),
        )]]
    } else {
        rendered::source(&post.source, columns, l10n)
    };
    for mut line in lines {
        line.insert(0, Span::new(Role::Text, "  "));
        out.spans(&line)?;
    }
    Ok(())
}
