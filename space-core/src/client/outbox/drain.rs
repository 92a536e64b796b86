// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Sending what waits.

use std::time::Duration;

use rusqlite::{OptionalExtension, params};

use super::pace::{self, HeldUp, Kept, TRACK, Track};
use super::queue::run;
use super::table::{DOING, item, json};
use super::{Draft, Item, ItemState, LocalId, Outbox, OutboxError, Outcome, PostRef, TopicRef};
use super::{drafts, marks};
use crate::client::api::{Api, ApiError};
use crate::client::database::Doing;
use crate::client::replica;
use crate::id::{PostId, TopicId};
use crate::protocol::{
    CatchUp, CatchUpPlace, CreateReport, EditPost, MarkRead, MarkWay, Problem, ProblemCode,
    PutBookmark, Reply, StartTopic,
};
use crate::time::{Clock, Timestamp};
use crate::topic::ReadPosition;

/// A server remembers keys for 30 days; older than this an item could be done twice.
const HOLD_AFTER: Duration = Duration::from_hours(25 * 24);
/// How long sent items stay in the list.
const KEEP_SENT: Duration = Duration::from_hours(7 * 24);

/// The lane of an item: reports go first, whatever was queued before them.
const LANE: &str = "case json_extract(draft, '$.do') when 'report' then 0 else 1 end";

/// Where a drain stands: the lane and the number of the item that was looked at last, and what is held up.
#[derive(Debug, Default)]
struct Passed {
    lane: i64,
    id: i64,
    held_up: HeldUp,
}

/// What came of sending.
#[derive(Debug, Default)]
pub struct DrainReport {
    /// What the server has now.
    pub sent: Vec<(LocalId, Outcome)>,
    /// What it refused; the items say why.
    pub refused: Vec<LocalId>,
    /// What it wants later; the items say when and why.
    pub paced: Vec<LocalId>,
    /// How many items still wait to be sent.
    pub left: usize,
    /// Why sending ended early.
    pub stopped: Option<Stopped>,
}

/// Why sending ended early. Everything not sent is kept.
#[derive(Debug)]
pub enum Stopped {
    /// The server cannot be reached, or fails.
    Unreachable(ApiError),
    /// It asks to wait this long, with everything or with what the report names as paced and what was written after it.
    NotBefore(Duration),
    /// One must sign in first.
    SignedOut,
    /// Another space is at the address now: what was written is not for it.
    OtherSpace,
    /// The server's answer makes no sense: somebody must look at it.
    Broken(ApiError),
}

/// What the server said of one's own reading, which it need not say in the feed.
enum Settled {
    Read(ReadPosition),
    CaughtUp(Vec<CatchUpPlace>),
}

/// What came of one item.
enum Fate {
    Done(Outcome, Option<Settled>),
    Refused(Box<Problem>),
    /// A limit of pace holds it up.
    Paced(Box<Problem>, Duration),
    Stopped(Stopped),
}

impl Outbox {
    /// Sends what waits: reports first, then the rest in order.
    ///
    /// Network errors end it and keep everything. A refusal is kept with its reason; what depends on it waits, the
    /// rest goes on. What comes too early for a limit of pace waits for its time, and with it what was written after it;
    /// reports and marks of one's own are not held up by that. The future may be dropped at any time: the item then in flight is sent again under its key.
    ///
    /// # Errors
    /// Only about the file; what the server says is in the report.
    pub async fn drain(
        &mut self,
        api: &Api,
        clock: &dyn Clock,
    ) -> Result<DrainReport, OutboxError> {
        let mut report = DrainReport::default();
        let mut passed = Passed::default();
        let mut had_words = false;
        while let Some(next) = self.next(&mut passed, clock.now())? {
            let id = next.id;
            match send(api, &next).await {
                Fate::Done(outcome, settled) => {
                    had_words |= !next.draft.is_silent();
                    self.done(&next, outcome, settled, clock.now())?;
                    report.sent.push((id, outcome));
                }
                Fate::Refused(problem) => {
                    if self.refused(&next, &problem)? {
                        report.refused.push(id);
                    }
                }
                Fate::Paced(problem, wait) => {
                    passed.held_up.note(Track::of(&next.draft), wait);
                    let kept = Kept::new(*problem, clock.now().plus(wait));
                    self.write(|tx| {
                        run(
                            tx,
                            "update outbox set state = 'queued', problem = ?2 where id = ?1",
                            params![id.0, json(&kept)],
                        )
                    })?;
                    report.paced.push(id);
                }
                Fate::Stopped(stopped) => {
                    self.write(|tx| {
                        run(
                            tx,
                            "update outbox set state = 'queued' where id = ?1",
                            [id.0],
                        )
                    })?;
                    // A fault of the server may lie in this one item: the others are tried.
                    let is_fault =
                        matches!(&stopped, Stopped::Unreachable(ApiError::Problem { .. }));
                    report.stopped = Some(stopped);
                    if !is_fault {
                        break;
                    }
                }
            }
        }
        if had_words {
            self.cut_log();
        }
        if report.stopped.is_none() {
            report.stopped = passed.held_up.shortest().map(Stopped::NotBefore);
        }
        report.left = self
            .connection
            .prepare_cached("select count(*) from outbox where state in ('queued', 'sending')")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .doing(DOING)?;
        Ok(report)
    }

    /// Takes the next item that can be sent, and marks it as on its way. `passed` is the last one looked at.
    fn next(&mut self, passed: &mut Passed, now: Timestamp) -> Result<Option<Item>, OutboxError> {
        let sql = format!(
            "select id, coalesce(confirmed_at, written_at), {LANE} as lane, {TRACK},
             case state when 'queued' then json_extract(problem, '$.not_before') end from outbox
             where state in ('queued', 'sending') and (lane, id) > (?1, ?2) order by lane, id limit 1"
        );
        self.write(|tx| {
            loop {
                let found: Option<(i64, i64, i64, i64, Option<i64>)> = tx
                    .prepare_cached(&sql)
                    .and_then(|mut s| {
                        let after = [passed.lane, passed.id];
                        let columns = |row: &rusqlite::Row<'_>| {
                            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
                        };
                        s.query_row(after, columns).optional()
                    })
                    .doing(DOING)?;
                let Some((id, meant_at, lane, track, not_before)) = found else {
                    return Ok(None);
                };
                (passed.lane, passed.id) = (lane, id);
                let track = Track::of_column(track);
                if let Some(left) = pace::left(not_before, now) {
                    passed.held_up.note(track, left);
                }
                if passed.held_up.has(track) {
                    continue;
                }
                let blocked: bool = tx
                    .prepare_cached(
                        "select exists (select 1 from outbox_after a left join outbox o on o.id = a.needs
                         where a.item = ?1 and o.state is not 'sent')",
                    )
                    .and_then(|mut s| s.query_row([id], |row| row.get(0)))
                    .doing(DOING)?;
                if blocked {
                    continue;
                }
                if now.since(Timestamp::from_millis(meant_at)) > HOLD_AFTER {
                    run(tx, "update outbox set state = 'held' where id = ?1", [id])?;
                    continue;
                }
                run(tx, "update outbox set state = 'sending', tries = tries + 1 where id = ?1", [id])?;
                let Some(mut next) = item(tx, LocalId(id))? else {
                    continue;
                };
                for need in &next.after {
                    if let Some(needed) = item(tx, *need)?
                        && let ItemState::Sent(outcome) = needed.state
                    {
                        fill_in(&mut next.draft, *need, outcome);
                    }
                }
                return Ok(Some(next));
            }
        })
    }

    fn done(
        &mut self,
        it: &Item,
        outcome: Outcome,
        settled: Option<Settled>,
        now: Timestamp,
    ) -> Result<(), OutboxError> {
        self.write(|tx| {
            run(
                tx,
                "update outbox set state = 'sent', problem = null, outcome = ?2, sent_at = ?3 where id = ?1",
                params![it.id.0, json(&outcome), now.millis()],
            )?;
            // Nobody looks for a mark that is done, and others may still need what else was sent.
            run(tx, "delete from outbox where id = ?1 and marks is not null", [it.id.0])?;
            drafts::sent(tx, it.id, &it.draft, outcome)?;
            // What one has reported stays nowhere on this machine.
            if matches!(it.draft, Draft::Report { .. }) {
                run(tx, "delete from outbox where id = ?1", [it.id.0])?;
            }
            match (settled, &it.draft) {
                (Some(Settled::Read(position)), _) => marks::settle(tx, &position)?,
                (Some(Settled::CaughtUp(changed)), Draft::CatchUp { places }) => {
                    replica::settle_caught_up(tx, places, &changed)?;
                }
                _ => {}
            }
            run(
                tx,
                "delete from outbox where state = 'sent' and sent_at < ?1 and id not in (select needs from outbox_after)",
                [now.minus(KEEP_SENT).millis()],
            )?;
            run(tx, "delete from outbox_after where item = ?1", [it.id.0])
        })
    }

    /// Keeps why; returns whether there was anything worth keeping.
    fn refused(&mut self, it: &Item, problem: &Problem) -> Result<bool, OutboxError> {
        self.write(|tx| {
            marks::forget(tx, it.id, &it.draft)?;
            if it.draft.is_silent() && problem.code == ProblemCode::NotFound {
                // The topic is gone, and so is what could have been marked.
                run(tx, "delete from outbox where id = ?1", [it.id.0])?;
                return Ok(false);
            }
            run(
                tx,
                "update outbox set state = 'refused', problem = ?2 where id = ?1",
                params![it.id.0, json(problem)],
            )?;
            Ok(true)
        })
    }
}

/// Puts what the server made of an earlier item in the place of its local number.
fn fill_in(draft: &mut Draft, needed: LocalId, outcome: Outcome) {
    match (draft, outcome) {
        (
            Draft::Reply {
                topic, reply_to, ..
            },
            Outcome::Started {
                topic: started,
                post,
            },
        ) => {
            if *topic == TopicRef::Queued(needed) {
                *topic = TopicRef::Sent(started);
            }
            if *reply_to == Some(PostRef::Queued(needed)) {
                *reply_to = Some(PostRef::Sent(post));
            }
        }
        (Draft::Reply { reply_to, .. }, Outcome::Replied { post, .. })
            if *reply_to == Some(PostRef::Queued(needed)) =>
        {
            *reply_to = Some(PostRef::Sent(post));
        }
        (Draft::EditPost { revision, .. }, Outcome::Edited { revision: made, .. }) => {
            *revision = made;
        }
        _ => {}
    }
}

async fn send(api: &Api, it: &Item) -> Fate {
    let written_at = Some(it.written_at);
    let key = &it.key;
    let answer = match &it.draft {
        Draft::StartTopic {
            category,
            title,
            source,
            language,
            tags,
        } => {
            let command = StartTopic {
                category: *category,
                title: title.clone(),
                source: source.clone(),
                language: language.clone(),
                tags: tags.clone(),
                written_at,
            };
            api.start_topic(&command, key)
                .await
                .map(|started| Outcome::Started {
                    topic: started.topic.id,
                    post: started.post.id,
                })
        }
        Draft::TagTopic { topic, change } => api
            .change_tags(*topic, change, key)
            .await
            .map(|_| Outcome::Done),
        Draft::Reply {
            topic,
            reply_to,
            source,
            language,
        } => {
            let Some((topic, reply_to)) = named(*topic, *reply_to) else {
                return Fate::Refused(Box::new(Problem::new(
                    ProblemCode::Invalid,
                    "what this answers was never sent",
                )));
            };
            let command = Reply {
                reply_to,
                source: source.clone(),
                language: language.clone(),
                written_at,
            };
            api.reply(topic, &command, key)
                .await
                .map(|post| Outcome::Replied {
                    post: post.id,
                    number: post.number,
                })
        }
        Draft::EditPost {
            post,
            revision,
            source,
            ..
        } => {
            let command = EditPost {
                revision: *revision,
                source: source.clone(),
            };
            api.edit_post(*post, &command, key)
                .await
                .map(|post| Outcome::Edited {
                    post: post.id,
                    revision: post.revision,
                })
        }
        Draft::DeletePost { post } => api.delete_post(*post, key).await.map(|()| Outcome::Done),
        Draft::Report {
            post,
            reason,
            comment,
        } => {
            let command = CreateReport {
                reason: *reason,
                comment: comment.clone(),
                written_at,
            };
            return match api.report(*post, &command, key).await {
                Ok(_) => Fate::Done(Outcome::Done, None),
                Err(error) => fate(error),
            };
        }
        // Kept by a version that noted nothing but the number.
        Draft::MarkRead { topic, number } => {
            let command = MarkRead {
                way: MarkWay::Add,
                marked_at: written_at,
                ..MarkRead::set(*number)
            };
            return marked(api.mark_read(*topic, &command, key).await);
        }
        Draft::SetRead { topic, mark } => {
            let command = MarkRead {
                marked_at: written_at,
                ..mark.clone()
            };
            return marked(api.mark_read(*topic, &command, key).await);
        }
        // The queue turns these into the one before.
        Draft::MarkPost { .. } | Draft::RestoreRead { .. } => {
            return Fate::Refused(Box::new(Problem::new(
                ProblemCode::Invalid,
                "this mark was kept in a form that is not sent",
            )));
        }
        Draft::CatchUp { places } => {
            let command = CatchUp {
                places: places.clone(),
                marked_at: written_at,
            };
            return match api.catch_up(&command, key).await {
                Ok(answer) => Fate::Done(Outcome::Done, Some(Settled::CaughtUp(answer.before))),
                Err(error) => fate(error),
            };
        }
        Draft::PutBookmark { topic, post, note } => {
            let command = PutBookmark {
                note: note.clone(),
                written_at,
            };
            api.put_bookmark(marks::target(*topic, *post), &command, key)
                .await
                .map(|_| Outcome::Done)
        }
        Draft::RemoveBookmark { topic, post } => api
            .remove_bookmark(marks::target(*topic, *post), key)
            .await
            .map(|()| Outcome::Done),
    };
    answer.map_or_else(fate, |outcome| Fate::Done(outcome, None))
}

fn marked(answer: Result<ReadPosition, ApiError>) -> Fate {
    match answer {
        Ok(position) => Fate::Done(Outcome::Done, Some(Settled::Read(position))),
        Err(error) => fate(error),
    }
}

fn named(topic: TopicRef, reply_to: Option<PostRef>) -> Option<(TopicId, Option<PostId>)> {
    let TopicRef::Sent(topic) = topic else {
        return None;
    };
    match reply_to {
        None => Some((topic, None)),
        Some(PostRef::Sent(post)) => Some((topic, Some(post))),
        Some(PostRef::Queued(_)) => None,
    }
}

fn fate(error: ApiError) -> Fate {
    if error.is_signed_out() {
        return Fate::Stopped(Stopped::SignedOut);
    }
    if error.is_other_space() {
        return Fate::Stopped(Stopped::OtherSpace);
    }
    match error {
        ApiError::Problem {
            problem,
            retry_after,
        } => match (problem.code, retry_after) {
            // A server that does not say how long is asked again after a minute. With a reason it is about this item and
            // its like; without one it is about all that is asked.
            (ProblemCode::TooMany, wait) => {
                let wait = wait.unwrap_or(Duration::from_mins(1));
                match problem.denial {
                    Some(_) => Fate::Paced(problem, wait),
                    None => Fate::Stopped(Stopped::NotBefore(wait)),
                }
            }
            (ProblemCode::Unavailable, Some(wait)) => Fate::Stopped(Stopped::NotBefore(wait)),
            (ProblemCode::Internal | ProblemCode::Unavailable, _) => {
                Fate::Stopped(Stopped::Unreachable(ApiError::Problem {
                    problem,
                    retry_after,
                }))
            }
            _ => Fate::Refused(problem),
        },
        error if error.is_retryable() => Fate::Stopped(Stopped::Unreachable(error)),
        error => Fate::Stopped(Stopped::Broken(error)),
    }
}
