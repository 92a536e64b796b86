// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading the feed of a space in miniature.
//!
//! A reading from zero takes the frame first and then the rest, both without tombstones, as they stood when it began, and
//! then what changed since. With the newest first the rest is read backwards, changes come in between, and a topic comes
//! with its numbers. What may be read is decided when it is read; rows that stand in the wrong scope are not shown.

use std::collections::BTreeSet;

use super::Model;
use crate::Scope;
use crate::protocol::{Cursor, FeedOlder, FeedOrder, FeedRow, Kind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    Frame {
        after: i64,
        until: i64,
        order: FeedOrder,
    },
    Rest {
        after: i64,
        until: i64,
    },
    Recent {
        below: i64,
        after: i64,
    },
    Changes {
        after: i64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Frame,
    Rest,
    Older,
    Changes,
}

/// A page, as a server gives it.
#[derive(Debug, Clone)]
pub(in crate::client) struct Page {
    pub(in crate::client) rows: Vec<FeedRow>,
    pub(in crate::client) cursor: Cursor,
    pub(in crate::client) more: bool,
}

/// The answer 410.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::client) struct Gone;

impl Model {
    /// `GET /v1/feed` from the oldest on; `Ok(None)` for a scope that the reader may not see.
    pub(in crate::client) fn read(
        &self,
        since: Option<&Cursor>,
        scope: Option<Scope>,
        limit: usize,
    ) -> Result<Option<Page>, Gone> {
        self.read_in(since, scope, limit, FeedOrder::Oldest, FeedOlder::Now)
    }

    /// `GET /v1/feed`; `Ok(None)` for a scope that the reader may not see.
    pub(in crate::client) fn read_in(
        &self,
        since: Option<&Cursor>,
        scope: Option<Scope>,
        limit: usize,
        order: FeedOrder,
        back: FeedOlder,
    ) -> Result<Option<Page>, Gone> {
        let mut scopes = self.scopes();
        if let Some(scope) = scope {
            if !scopes.contains(&scope) {
                return Ok(None);
            }
            scopes = [scope].into();
        }
        let mut position = match since {
            Some(cursor) => self.open(cursor)?,
            None => Position::Frame {
                after: 0,
                until: self.seq,
                order,
            },
        };
        let mut rows = Vec::new();
        let mut has_changes = false;
        let more = loop {
            let room = limit.saturating_sub(rows.len());
            if room == 0 {
                break true;
            }
            let (part, after, until, room) = match position {
                Position::Frame { after, until, .. } => (Part::Frame, after, until, room),
                Position::Rest { after, until } => (Part::Rest, after, until, room),
                Position::Recent { below, .. } if has_changes => (Part::Older, 0, below - 1, room),
                Position::Recent { after, .. } => {
                    (Part::Changes, after, self.seq, room.div_ceil(2))
                }
                Position::Changes { after } => (Part::Changes, after, self.seq, room),
            };
            let mut found = self.part(&scopes, part, after, until);
            if part == Part::Older {
                found.reverse();
            }
            let is_cut = found.len() > room;
            found.truncate(room);
            let last = found.last().map_or(after, |(seq, _)| *seq);
            if matches!(position, Position::Recent { .. }) {
                rows.extend(self.topics_of(&found));
            }
            // A row in the wrong scope is passed over: it is on its way.
            rows.extend(found.into_iter().map(|(_, row)| row).filter(|row| {
                self.things
                    .get(&(row.kind, row.id))
                    .is_none_or(|thing| row.body.is_none() || self.belongs(thing) == row.scope)
            }));
            position = match position {
                Position::Frame { until, order, .. } if is_cut => Position::Frame {
                    after: last,
                    until,
                    order,
                },
                Position::Frame { until, order, .. } => match order {
                    FeedOrder::Oldest => Position::Rest { after: 0, until },
                    FeedOrder::Newest => Position::Recent {
                        below: until + 1,
                        after: until,
                    },
                },
                Position::Rest { until, .. } if is_cut => Position::Rest { after: last, until },
                Position::Rest { until, .. } => Position::Changes { after: until },
                Position::Recent { after, .. } if has_changes && is_cut => {
                    Position::Recent { below: last, after }
                }
                Position::Recent { after, .. } if has_changes => Position::Changes { after },
                Position::Recent { below, .. } => {
                    has_changes = back == FeedOlder::Now;
                    let after = if is_cut { last } else { self.seq };
                    position = Position::Recent { below, after };
                    if back == FeedOlder::Later && !is_cut {
                        break false;
                    }
                    position
                }
                Position::Changes { .. } if is_cut => Position::Changes { after: last },
                Position::Changes { .. } => {
                    position = Position::Changes { after: self.seq };
                    break false;
                }
            };
        };
        Ok(Some(Page {
            rows,
            cursor: self.close(position),
            more,
        }))
    }

    /// The rows of a part, in the order of their last change.
    fn part(
        &self,
        scopes: &BTreeSet<Scope>,
        part: Part,
        after: i64,
        until: i64,
    ) -> Vec<(i64, FeedRow)> {
        let mut found: Vec<(i64, FeedRow)> = self
            .feed
            .iter()
            .filter(|((scope, kind, _), (seq, gone))| {
                let is_in_part = match part {
                    Part::Frame => kind.is_frame() && !gone,
                    Part::Rest | Part::Older => !kind.is_frame() && !gone,
                    Part::Changes => true,
                };
                scopes.contains(scope) && *seq > after && *seq <= until && is_in_part
            })
            .map(|((scope, kind, id), (seq, gone))| {
                let body = (!gone).then(|| self.things[&(*kind, *id)].body.clone());
                let row = FeedRow {
                    scope: *scope,
                    kind: *kind,
                    id: *id,
                    body,
                };
                (*seq, row)
            })
            .collect();
        found.sort_by_key(|(seq, _)| *seq);
        found
    }

    /// The topics whose numbers are met, where a row of theirs stands in the same scope.
    fn topics_of(&self, found: &[(i64, FeedRow)]) -> Vec<FeedRow> {
        let tallies = found
            .iter()
            .filter(|(_, row)| row.kind == Kind::TopicTally && row.body.is_some());
        tallies
            .filter_map(|(_, row)| {
                let stands = self.feed.get(&(row.scope, Kind::Topic, row.id));
                let thing = self.things.get(&(Kind::Topic, row.id))?;
                let is_here =
                    stands.is_some_and(|(_, gone)| !gone) && self.belongs(thing) == row.scope;
                is_here.then(|| FeedRow {
                    scope: row.scope,
                    kind: Kind::Topic,
                    id: row.id,
                    body: Some(thing.body.clone()),
                })
            })
            .collect()
    }

    fn close(&self, position: Position) -> Cursor {
        let (part, after, until) = match position {
            Position::Frame {
                after,
                until,
                order: FeedOrder::Oldest,
            } => (0, after, until),
            Position::Rest { after, until } => (1, after, until),
            Position::Changes { after } => (2, after, 0),
            Position::Frame { after, until, .. } => (3, after, until),
            Position::Recent { below, after } => (4, below, after),
        };
        Cursor(format!("{}-{part}-{after}-{until}", self.epoch))
    }

    fn open(&self, cursor: &Cursor) -> Result<Position, Gone> {
        let numbers: Vec<i64> = cursor.0.split('-').filter_map(|n| n.parse().ok()).collect();
        let frame = |after, until, order| Position::Frame {
            after,
            until,
            order,
        };
        match numbers[..] {
            [epoch, 0, after, until] if epoch == self.epoch => {
                Ok(frame(after, until, FeedOrder::Oldest))
            }
            [epoch, 1, after, until] if epoch == self.epoch => Ok(Position::Rest { after, until }),
            [epoch, 2, after, _] if epoch == self.epoch => Ok(Position::Changes { after }),
            [epoch, 3, after, until] if epoch == self.epoch => {
                Ok(frame(after, until, FeedOrder::Newest))
            }
            [epoch, 4, below, after] if epoch == self.epoch => {
                Ok(Position::Recent { below, after })
            }
            _ => Err(Gone),
        }
    }
}
