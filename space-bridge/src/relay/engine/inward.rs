// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From what people say to what the server is asked, and back to what they are answered.

use std::time::Duration;

use space_core::text::PostSource;
use space_core::{PostId, Timestamp};

use super::reply::{Meant, author, excerpt_of, posts_by_name};
use super::{Effect, Engine, Open, Outcome, confidence};
use crate::relay::loops::Verdict;
use crate::relay::person::PATIENCE;
use crate::relay::{
    Answer, Change, Command, Heard, Job, JobId, Lane, Link, LinkState, Outward, Pending, Person,
    Place, Reported, Store, StoreError, Task, Who, words,
};

/// How many jobs of one person may wait.
const JOBS_EACH: usize = 5;
/// How many posts are named when it is not clear which one is reported.
const CANDIDATES: usize = 3;
/// How many answers may wait for one person.
const ANSWERS_EACH: usize = 10;
/// How many jobs are asked at the same time.
const ASKED: usize = 4;
/// How long an answer is worth saying.
const ANSWER_LASTS: Duration = Duration::from_mins(30);
/// How long to wait before the first new try; each further one waits twice as long.
const RETRY_FIRST: Duration = Duration::from_secs(1);
/// How long to wait between tries at most.
const RETRY_MOST: Duration = Duration::from_mins(1);

impl Engine {
    pub(super) fn heard(
        &mut self,
        store: &Store,
        heard: &Heard,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        if let Some(mark) = &heard.mark {
            self.heard_up_to(&heard.place, mark.clone());
        }
        let print = heard.print();
        let name = heard.remote_id.as_ref().or(print.as_ref());
        let is_known_again =
            heard.remote_id.is_some() || heard.is_timed && print.is_some() || heard.may_be_past;
        if let Some(name) = name.filter(|_| is_known_again) {
            if store.has_heard(&heard.place, name)? {
                return Ok(());
            }
        } else if heard.is_history {
            // Nothing tells whether it was heard before.
            return Ok(());
        }
        if heard.is_history {
            // What was said before the mirror was there was not said to it.
            let begun = store.first_begun(&heard.place)?;
            if begun.is_none_or(|begun| heard.at < begun) {
                return Ok(());
            }
        }
        let Some(command) = Self::meant(store, heard, now)? else {
            return Ok(());
        };
        let is_late = heard.is_history && now.since(heard.at) > ANSWER_LASTS;
        if is_late && !matches!(command, Meant::Reply { .. }) {
            // Whoever wanted to know that has gone on.
            return Ok(());
        }
        if !heard.place.is_person {
            let said_at = if heard.is_history { heard.at } else { now };
            let remote = &heard.who.remote;
            let consequence = match self.loops.hear(&heard.place, remote, &heard.text, said_at) {
                Verdict::Fine => None,
                Verdict::Paused => return Ok(()),
                Verdict::Repeats => Some("whoever says them is not listened to"),
                Verdict::Loop => Some("nobody there is listened to"),
            };
            if let Some(consequence) = consequence {
                out.effects.push(Effect::Warn(format!(
                    "the same words come again and again from {}: {consequence} for ten minutes",
                    heard.place
                )));
                return Ok(());
            }
        }
        // A bouncer may know the moment of a line and not its name, when it tells it again.
        for remote_id in heard.remote_id.clone().into_iter().chain(print) {
            out.note(Change::Heard {
                place: heard.place.clone(),
                remote_id,
                at: now,
            });
        }
        self.obey(store, heard, command, now, out)
    }

    fn obey(
        &mut self,
        store: &Store,
        heard: &Heard,
        meant: Meant,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        let who = heard.who.clone();
        let command = match meant {
            Meant::Reply { post, text } => {
                return self.reply(store, heard, post, &text, now, out);
            }
            Meant::Unclear { name } => {
                self.answer(&who, Lane::Answer, words::unclear(&name), now, out);
                return Ok(());
            }
            Meant::Command(command) => command,
        };
        match command {
            Command::Help => {
                let help = words::help(&self.settings);
                self.answer(&who, Lane::Answer, help, now, out);
            }
            Command::Unknown => self.answer(&who, Lane::Answer, words::unknown(), now, out),
            Command::HowToReply => self.answer(&who, Lane::Answer, words::how_to_reply(), now, out),
            Command::HowToReport => {
                self.answer(&who, Lane::Report, words::how_to_report(), now, out);
            }
            Command::NoSuchReason { of, said } => {
                let words = words::no_such_reason(&of, &said);
                self.answer(&who, Lane::Report, words, now, out);
            }
            Command::NoWords { of, reason } => {
                let words = words::no_words(&of, reason);
                self.answer(&who, Lane::Report, words, now, out);
            }
            Command::ReportInTheOpen { of, .. } => {
                let words = words::report_in_the_open(&heard.me, of.as_ref());
                self.answer(&who, Lane::Report, words, now, out);
            }
            Command::Agree => {
                let known = store.person(&who.network, &who.remote)?;
                let version = known.and_then(|person| person.asked);
                self.ask_for(&who, Task::Agree { version }, now, out);
            }
            Command::Report {
                of,
                reason,
                comment,
            } => {
                let post = match of {
                    Reported::Post(post) => post,
                    Reported::By(name) => match self.last_of(store, &who, &name, now)? {
                        Ok(post) => post,
                        Err(words) => {
                            self.answer(&who, Lane::Report, words, now, out);
                            return Ok(());
                        }
                    },
                };
                let task = Task::Report {
                    post,
                    reason: reason.to_owned(),
                    comment,
                };
                self.ask_for(&who, task, now, out);
            }
            Command::Reply { post, text } | Command::Direct { post, text } => {
                return self.reply(store, heard, post, &text, now, out);
            }
        }
        Ok(())
    }

    /// Finds the newest post of whom a name means, in the rooms of the network that are mirrored; or says why there is none.
    fn last_of(
        &self,
        store: &Store,
        who: &Who,
        name: &str,
        now: Timestamp,
    ) -> Result<Result<PostId, String>, StoreError> {
        let mut rooms: Vec<Place> = Vec::new();
        for mirror in &self.settings.mirrors {
            if mirror.room.network == who.network && !rooms.contains(&mirror.room) {
                rooms.push(mirror.room.clone());
            }
        }
        let found = posts_by_name(store, &rooms, name, now)?;
        Ok(match &found[..] {
            [] => Err(words::nobody_of_that_name(name)),
            [link] => Ok(link.post),
            several => {
                let mut candidates = Vec::new();
                for link in several.iter().take(CANDIDATES) {
                    let author = author(store, &link.room, link.post)?.unwrap_or_default();
                    let excerpt = excerpt_of(link).unwrap_or_default();
                    candidates.push(words::candidate(link.post, &author, &excerpt));
                }
                Err(words::which_report(name, &candidates))
            }
        })
    }

    /// Decides a job.
    pub(super) fn ask_for(&mut self, who: &Who, task: Task, now: Timestamp, out: &mut Outcome) {
        let is_theirs =
            |open: &&Open| open.job.who.network == who.network && open.job.who.remote == who.remote;
        if self.jobs.values().filter(is_theirs).count() >= JOBS_EACH {
            self.answer(who, Lane::Answer, words::too_many(), now, out);
            return;
        }
        let id = JobId(self.draw());
        let job = Job {
            id,
            key: format!("{}-{}", self.memory_id, id.0),
            who: who.clone(),
            task,
            created_at: now,
            tries: 0,
            not_before: now,
            has_told: false,
        };
        out.note(Change::Job(job.clone()));
        let open = Open {
            job,
            is_asked: false,
            is_unsure: true,
            has_left: false,
        };
        self.jobs.insert((open.job.lane(), id), open);
    }

    /// Asks the server what can be asked now: one thing after another for each person, reports first.
    pub(super) fn ask(&mut self, now: Timestamp, out: &mut Outcome) {
        let mut asked = self.jobs.values().filter(|open| open.is_asked).count();
        let mut busy: Vec<Who> = self
            .jobs
            .values()
            .filter(|open| open.is_asked)
            .map(|open| open.job.who.clone())
            .collect();
        for open in self.jobs.values_mut() {
            if asked >= ASKED {
                return;
            }
            let who = &open.job.who;
            let is_busy = busy
                .iter()
                .any(|other| other.network == who.network && other.remote == who.remote);
            let waits = open.job.not_before > now;
            // What comes later from the same person waits, so that their words stay in order. A report that waits for its
            // turn is no part of that order.
            if !(waits && open.job.lane() == Lane::Report) {
                busy.push(who.clone());
            }
            if is_busy || open.is_asked || waits {
                continue;
            }
            open.is_asked = true;
            open.is_unsure = true;
            asked += 1;
            out.effects.push(Effect::Ask(Box::new(open.job.clone())));
        }
    }

    pub(super) fn answered(
        &mut self,
        store: &Store,
        id: JobId,
        answer: Answer,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        let key = self.jobs.keys().find(|(_, job)| *job == id).copied();
        let Some((key, mut open)) = key.and_then(|key| Some((key, self.jobs.remove(&key)?))) else {
            return Ok(());
        };
        let who = open.job.who.clone();
        let is_told = open.is_told(now);
        if let Answer::Later { is_away, after } = answer {
            open.is_asked = false;
            open.is_unsure = is_away;
            let doubled = RETRY_FIRST.saturating_mul(2_u32.saturating_pow(open.job.tries));
            let wait = doubled.min(RETRY_MOST).max(after.unwrap_or_default());
            open.job.tries = open.job.tries.saturating_add(1);
            open.job.not_before = now.plus(wait);
            if is_told && !std::mem::replace(&mut open.job.has_told, true) {
                let words = if is_away {
                    words::away()
                } else {
                    words::slow(after)
                };
                self.answer(&who, key.0, words, now, out);
            }
            out.note(Change::Job(open.job.clone()));
            self.jobs.insert(key, open);
            return Ok(());
        }
        out.note(Change::JobDone(id));
        let person = store
            .person(&who.network, &who.remote)?
            .unwrap_or_else(|| Person::new(&who.network, &who.remote));
        self.conclude(store, &open, answer, person, now, out)
    }

    fn conclude(
        &mut self,
        store: &Store,
        open: &Open,
        answer: Answer,
        mut person: Person,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        let job = &open.job;
        let who = &job.who;
        if job.lane() == Lane::Report && !open.is_told(now) {
            return Ok(());
        }
        match (answer, &job.task) {
            (
                Answer::Posted { visitor, post },
                Task::Reply {
                    place,
                    post: answered,
                    remote_id,
                    ..
                },
            ) => {
                if !place.is_person {
                    self.own(store, place, post, remote_id.clone(), now, out)?;
                }
                person.visitor = Some(visitor);
                out.note(Change::Person(person));
                let answered = words::numbered(*answered, author(store, place, *answered)?);
                let words = words::posted(&self.settings, post, &answered);
                self.answer(who, Lane::Answer, words, now, out);
            }
            (Answer::MustAgree { visitor, version }, task) => {
                person.visitor = Some(visitor);
                person.asked = Some(version);
                if let Task::Reply {
                    place,
                    post,
                    text,
                    remote_id,
                    written_at,
                } = task
                {
                    person.pending = Some(Pending {
                        place: place.clone(),
                        post: *post,
                        text: text.to_string(),
                        at: now,
                        remote_id: remote_id.clone(),
                        written_at: *written_at,
                    });
                }
                let kept = match &person.pending {
                    Some(pending) => {
                        let author = author(store, &pending.place, pending.post)?;
                        Some(words::numbered(pending.post, author))
                    }
                    None => None,
                };
                let words = words::must_agree(&self.settings, kept.as_deref());
                out.note(Change::Person(person));
                self.answer(who, Lane::Answer, words, now, out);
            }
            (Answer::Agreed { visitor }, _) => {
                person.visitor = Some(visitor);
                let pending = person.pending.take();
                out.note(Change::Person(person));
                let fresh = pending.filter(|pending| now.since(pending.at) <= PATIENCE);
                let words = words::agreed(fresh.is_some());
                self.answer(who, Lane::Answer, words, now, out);
                if let Some(pending) = fresh
                    && let Ok(text) = PostSource::parse(&pending.text)
                {
                    let task = Task::Reply {
                        place: pending.place,
                        post: pending.post,
                        text,
                        remote_id: pending.remote_id,
                        written_at: pending.written_at,
                    };
                    self.ask_for(who, task, now, out);
                }
            }
            (Answer::Reported, Task::Report { post, .. }) => {
                // Whoever may report a post may read it.
                let link = store.links(*post)?.into_iter().next();
                let what = match &link {
                    Some(link) => author(store, &link.room, *post)?.zip(excerpt_of(link)),
                    None => None,
                };
                self.answer(who, Lane::Report, words::reported(*post, what), now, out);
            }
            (Answer::Refused { why, hint }, _) => {
                let words = words::refused(&why, hint.as_deref());
                self.answer(who, job.lane(), words, now, out);
            }
            // No answer to what was asked.
            (Answer::Posted { .. } | Answer::Reported | Answer::Later { .. }, _) => {}
        }
        Ok(())
    }

    /// Notes that a post was written in a room, which so knows it, and is not told.
    fn own(
        &mut self,
        store: &Store,
        room: &Place,
        post: PostId,
        remote_id: Option<String>,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        self.take_back(room, |what| *what == Outward::Tell { post }, out);
        // The feed may not have come so far; then the link is made here and filled when it has.
        let known = store.link(room, post)?;
        let is_new = known.is_none();
        let mut link = match known {
            Some(link) => link,
            None => Link::unseen(room, post),
        };
        if is_new || link.state == LinkState::Queued {
            link.state = LinkState::Own;
        }
        link.told_at = Some(now);
        link.remote_ids.extend(remote_id);
        out.note(Change::Link(link));
        Ok(())
    }

    /// Answers somebody in private.
    pub(super) fn answer(
        &mut self,
        who: &Who,
        lane: Lane,
        text: String,
        now: Timestamp,
        out: &mut Outcome,
    ) {
        let place: Place = who.place();
        if self.waiting(&place).count() >= ANSWERS_EACH {
            return;
        }
        let (lane, lasts) = if lane == Lane::Report {
            (lane, confidence::LASTS)
        } else {
            (Lane::Answer, ANSWER_LASTS)
        };
        self.enqueue(
            &place,
            lane,
            Outward::Answer { text },
            now,
            Some(lasts),
            out,
        );
    }
}
