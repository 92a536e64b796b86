// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From queues to places, and back to certainty.

use space_core::{Member, MemberId, MemberKind, PostId, Timestamp};

use super::refusal::TRIES_BARE;
use super::{Effect, Engine, Flight, Outcome};
use crate::relay::message::PostMessage;
use crate::relay::{
    Capabilities, Change, Confirmed, Edits, Link, LinkState, Message, OpId, Operation, Outward,
    Place, Progress, RoomUp, Store, StoreError, Task,
};

impl Engine {
    pub(super) fn network_down(&mut self, network: &str, out: &mut Outcome) {
        self.networks.remove(network);
        for (place, queue) in &mut self.queues {
            if place.network == network {
                queue.is_up = false;
                land(queue, out);
            }
        }
    }

    pub(super) fn room_down(&mut self, room: &Place, out: &mut Outcome) {
        if let Some(queue) = self.queues.get_mut(room) {
            queue.is_up = false;
            land(queue, out);
        }
    }

    pub(super) fn room_up(
        &mut self,
        store: &Store,
        up: RoomUp,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        let RoomUp {
            room,
            capabilities,
            recalled,
            ..
        } = up;
        let queue = self.queues.entry(room).or_default();
        queue.is_up = true;
        queue.capabilities = capabilities;
        let mut done = Vec::new();
        for (key, operation) in &mut queue.waiting {
            let Some(progress) = &mut operation.progress else {
                continue;
            };
            let before = progress.sent;
            while let Some(line) = progress.lines.get(progress.sent)
                && recalled.contains(line)
            {
                progress.sent += 1;
            }
            if progress.is_complete() {
                done.push(*key);
            } else if progress.sent > before {
                out.note(Change::Progress(operation.id, Some(progress.clone())));
            }
        }
        let done: Vec<_> = done
            .iter()
            .filter_map(|key| queue.waiting.remove(key))
            .collect();
        for operation in done {
            Self::over(store, &operation, Vec::new(), now, out)?;
        }
        Ok(())
    }

    pub(super) fn sent(&mut self, op: OpId, place: &Place, progress: Progress, out: &mut Outcome) {
        if let Some(flight) = self.flight(op, place) {
            flight.operation.progress = Some(progress.clone());
            out.note(Change::Progress(op, Some(progress)));
        }
    }

    pub(super) fn confirmed(
        &mut self,
        store: &Store,
        confirmed: Confirmed,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        let Confirmed {
            op,
            place,
            lines,
            remote_ids,
            mark,
        } = confirmed;
        if let Some(mark) = mark {
            self.heard_up_to(&place, mark);
        }
        let Some(flight) = self.flight(op, &place) else {
            return Ok(());
        };
        flight.confirmed = flight.confirmed.max(lines);
        flight.remote_ids.extend(remote_ids);
        let progress = flight.operation.progress.as_ref();
        if progress.is_some_and(|progress| flight.confirmed < progress.lines.len()) {
            return Ok(());
        }
        self.finish(store, &place, now, out)
    }

    pub(super) fn refused(
        &mut self,
        store: &Store,
        op: OpId,
        place: &Place,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        if self.flight(op, place).is_none() {
            return Ok(());
        }
        self.finish(store, place, now, out)
    }

    fn finish(
        &mut self,
        store: &Store,
        place: &Place,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        let flight = self
            .queues
            .get_mut(place)
            .and_then(|queue| queue.in_flight.take());
        match flight {
            Some(flight) => Self::over(store, &flight.operation, flight.remote_ids, now, out),
            None => Ok(()),
        }
    }

    fn flight(&mut self, op: OpId, place: &Place) -> Option<&mut Flight> {
        let flight = self.queues.get_mut(place)?.in_flight.as_mut()?;
        (flight.operation.id == op).then_some(flight)
    }

    /// Notes that an operation is done.
    pub(super) fn over(
        store: &Store,
        operation: &Operation,
        remote_ids: Vec<String>,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        out.note(Change::OperationDone(operation.id));
        if let Some(post) = operation.tells()
            && let Some(mut link) = store.link(&operation.place, post)?
        {
            // It may have been withdrawn while it was on its way; then what takes it back comes next.
            if link.state == LinkState::Queued {
                link.state = LinkState::Told;
            }
            link.told_at = Some(now);
            link.remote_ids = remote_ids;
            out.note(Change::Link(link));
        }
        Ok(())
    }

    /// Gives every place that is there and idle the next thing to say.
    pub(super) fn hand_out(
        &mut self,
        store: &Store,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        let ready: Vec<Place> = self
            .queues
            .iter()
            .filter(|(place, queue)| {
                queue.in_flight.is_none()
                    && !queue.waiting.is_empty()
                    && (queue.is_up || place.is_person && self.networks.contains(&place.network))
            })
            .map(|(place, _)| place.clone())
            .collect();
        for place in ready {
            if !place.is_person {
                self.fold_backlog(store, &place, now, out)?;
            }
            while let Some(operation) = self.next(&place) {
                if self.is_held(store, &operation)? {
                    self.put(operation);
                    break;
                }
                let Some(message) = self.word(store, &operation)? else {
                    // What it was about is gone, or the place does not want to know.
                    out.note(Change::OperationDone(operation.id));
                    continue;
                };
                out.effects.push(Effect::Send {
                    op: operation.id,
                    place: place.clone(),
                    lane: operation.lane,
                    message,
                    progress: operation.progress.clone(),
                });
                let confirmed = operation
                    .progress
                    .as_ref()
                    .map_or(0, |progress| progress.sent);
                if let Some(queue) = self.queues.get_mut(&place) {
                    queue.in_flight = Some(Flight {
                        operation,
                        confirmed,
                        remote_ids: Vec::new(),
                    });
                }
                break;
            }
        }
        Ok(())
    }

    fn next(&mut self, place: &Place) -> Option<Operation> {
        let queue = self.queues.get_mut(place)?;
        Some(queue.waiting.pop_first()?.1)
    }

    /// A post that somebody wrote in this room, and that the room so knows, must not be told before the server's answer
    /// says which one it is. Nothing may overtake it.
    fn is_held(&self, store: &Store, operation: &Operation) -> Result<bool, StoreError> {
        let Some(post) = operation.tells() else {
            return Ok(false);
        };
        let mut unsure = self.jobs.values().filter(|open| {
            open.is_unsure
                && matches!(&open.job.task, Task::Reply { place, .. } if *place == operation.place)
        }).peekable();
        if unsure.peek().is_none() {
            return Ok(false);
        }
        let Some(link) = store.link(&operation.place, post)? else {
            return Ok(false);
        };
        for open in unsure {
            let who = &open.job.who;
            let known = store.person(&who.network, &who.remote)?;
            let is_theirs = match known.and_then(|person| person.visitor) {
                Some(visitor) => visitor == link.author,
                None => store
                    .member(link.author)?
                    .is_none_or(|member| member.kind == MemberKind::Visitor),
            };
            if is_theirs {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Words an operation as it stands now; nothing when there is nothing to say any more.
    fn word(&self, store: &Store, operation: &Operation) -> Result<Option<Message>, StoreError> {
        let place = &operation.place;
        let is_bare = operation.tries >= TRIES_BARE;
        let pointer = |post: PostId| Message::Pointer {
            post,
            url: self.settings.page(post),
        };
        Ok(match &operation.what {
            Outward::Tell { post } => self
                .post(store, place, *post)?
                .filter(|(link, _)| link.state == LinkState::Queued)
                .map(|(_, message)| {
                    if is_bare {
                        pointer(*post)
                    } else {
                        Message::Post(message)
                    }
                }),
            Outward::Edit { post, before } => {
                let edits = self.edits(store, place, *post)?;
                self.post(store, place, *post)?
                    .filter(|(link, _)| link.state == LinkState::Told && edits != Edits::Off)
                    .map(|(_, now)| {
                        if is_bare {
                            return pointer(*post);
                        }
                        Message::Edit {
                            now,
                            before: before.clone(),
                            edits,
                        }
                    })
            }
            Outward::Withdraw { post } => {
                let link = store.link(place, *post)?;
                let announces = self.announces(place);
                let removes = self
                    .queues
                    .get(place)
                    .is_some_and(|queue| queue.capabilities.removes);
                link.filter(|link| {
                    link.state == LinkState::Withdrawn
                        && (announces || removes && !link.remote_ids.is_empty())
                })
                .map(|link| Message::Withdraw {
                    post: *post,
                    remote_ids: if removes { link.remote_ids } else { Vec::new() },
                    announces,
                })
            }
            Outward::WithdrawMany { count } => Some(Message::WithdrawMany { count: *count }),
            Outward::Digest(digest) => Some(Message::Digest {
                url: self.settings.page(digest.first),
                digest: digest.clone(),
            }),
            Outward::Away(absence) => Some(Message::Away(*absence)),
            Outward::Answer { text } => Some(Message::Answer { text: text.clone() }),
        })
    }

    fn post(
        &self,
        store: &Store,
        room: &Place,
        post: PostId,
    ) -> Result<Option<(Link, PostMessage)>, StoreError> {
        let Some(link) = store.link(room, post)? else {
            return Ok(None);
        };
        let topic = store.topic(link.topic)?;
        let answered = match link.reply_to {
            Some(answered) => Some((answered, store.link(room, answered)?)),
            None => None,
        };
        // Whom it is by, as the room knows them; a post that the room does not have goes by its number.
        let (answers, answers_remote) = match answered {
            Some((_, Some(link))) => (
                Some(name(store, link.author)?),
                link.remote_ids.into_iter().next(),
            ),
            Some((answered, None)) => (Some(format!("#{answered}")), None),
            None => (None, None),
        };
        let author = store.member(link.author)?;
        let message = PostMessage {
            id: post,
            author: name(store, link.author)?,
            topic: topic.map_or_else(String::new, |topic| topic.title.to_string()),
            is_first: link.number == 1,
            mark: if link.is_moderator {
                Some("moderator")
            } else {
                author.as_ref().and_then(account_mark)
            },
            answers,
            answers_remote,
            source: link.source.clone(),
            url: self.settings.page(post),
        };
        Ok(Some((link, message)))
    }

    fn edits(&self, store: &Store, room: &Place, post: PostId) -> Result<Edits, StoreError> {
        let mirrors = match store.link(room, post)? {
            Some(link) => self.mirrors_that_brought(store, &link)?,
            None => self.settings.mirrors_of(room).collect(),
        };
        Ok(mirrors.first().map_or(Edits::Off, |mirror| mirror.edits))
    }

    /// Returns whether a room is told of withdrawals, where they cannot be done.
    pub(super) fn announces(&self, room: &Place) -> bool {
        self.settings
            .mirrors_of(room)
            .any(|mirror| mirror.announces_withdrawals)
    }

    /// Returns what can be done in a room.
    pub(in crate::relay) fn capabilities(&self, room: &Place) -> Capabilities {
        self.queues
            .get(room)
            .map_or_else(Capabilities::default, |queue| queue.capabilities)
    }

    /// Returns what waits to be said in a place, in order.
    pub(in crate::relay) fn waiting(&self, place: &Place) -> impl Iterator<Item = &Operation> {
        self.queues
            .get(place)
            .into_iter()
            .flat_map(|queue| queue.waiting.values())
    }

    /// Forgets an operation that waits.
    pub(in crate::relay) fn drop_waiting(&mut self, place: &Place, id: OpId, out: &mut Outcome) {
        if let Some(queue) = self.queues.get_mut(place) {
            queue.waiting.retain(|_, operation| operation.id != id);
        }
        out.note(Change::OperationDone(id));
    }
}

/// Puts what is on its way back into the queue. Only what was confirmed counts as said.
pub(super) fn land(queue: &mut super::Queue, out: &mut Outcome) {
    let Some(Flight {
        mut operation,
        confirmed,
        ..
    }) = queue.in_flight.take()
    else {
        return;
    };
    if let Some(progress) = &mut operation.progress {
        progress.sent = confirmed;
        out.effects
            .push(Effect::Landed(operation.id, progress.clone()));
        out.note(Change::Progress(operation.id, Some(progress.clone())));
    }
    queue
        .waiting
        .insert((operation.lane, operation.id), operation);
}

/// Returns the name under which a room is shown a member.
pub(super) fn name(store: &Store, member: MemberId) -> Result<String, StoreError> {
    Ok(match store.member(member)? {
        Some(member) => member.shown_name(),
        None => format!("member #{member}"),
    })
}

/// Returns what a room is told of an account beside its name. Of visitors the name says it.
fn account_mark(member: &Member) -> Option<&'static str> {
    match member.kind {
        MemberKind::Bot => Some("bot"),
        MemberKind::Staff => Some("staff"),
        MemberKind::Person | MemberKind::Visitor => None,
    }
}
