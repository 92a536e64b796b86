// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One page of the feed.

use std::collections::BTreeSet;

use space_core::policy::{Actor, Capability, Denial};
use space_core::protocol::{Body, FeedOlder, FeedOrder, FeedRow, Kind};
use space_core::{Scope, Timestamp};

use super::body;
use super::cursor::{Position, Seal, reader};
use crate::store::actor::{self, By, Sights};
use crate::store::feed::{self as rows, Part};
use crate::store::{Executor, StoreError, head};
use space_core::protocol::Cursor;

/// How large a page grows at most, about: whatever limit a reader asks for, a page of very long posts ends earlier.
pub(crate) const PAGE_BYTES: usize = 4 * 1024 * 1024;

/// How large the parts are in which a page is read and sent, and what a follower is sent at once: what a slow reader holds.
pub(crate) const PART_BYTES: usize = 256 * 1024;

/// How many rows are filled in before the size is looked at again.
const SLICE: usize = 64;

/// How many rows are looked through for each that is asked for, when only some kinds are wanted: a page may then have
/// fewer rows, and there is more to read.
const SCANNED: usize = 8;

/// What to read.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) by: By,
    /// Where to go on; from zero when absent.
    pub(crate) since: Option<Cursor>,
    /// Only this scope, for a follower who was just granted it.
    pub(crate) scope: Option<Scope>,
    /// Only these kinds; all when empty.
    pub(crate) kinds: BTreeSet<Kind>,
    /// How many rows at most; with the newest first, topics that are put beside their numbers come on top.
    pub(crate) limit: usize,
    /// About how many bytes at most.
    pub(crate) bytes: usize,
    /// In which order a read from zero goes.
    pub(crate) order: FeedOrder,
    /// Whether a read with the newest first goes on to what is older.
    pub(crate) older: FeedOlder,
}

/// What was read.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) rows: Vec<FeedRow>,
    pub(crate) next: Position,
    /// Whether there is more to read at once.
    pub(crate) more: bool,
    pub(crate) epoch: i64,
    /// Whom the next cursor is for.
    pub(crate) reader: String,
    /// The scopes that were read.
    pub(crate) scopes: BTreeSet<Scope>,
    /// The scopes to wait on: those that were read, and the reader's own.
    pub(crate) watched: BTreeSet<Scope>,
    /// When the reader's token ends, by which they may read on until then.
    pub(crate) ends_at: Option<Timestamp>,
}

/// Why a page could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PageError {
    /// The token is not valid (any more).
    #[error("the access token is not valid (any more)")]
    BadToken,
    /// Not for this reader.
    #[error(transparent)]
    Denied(#[from] Denial),
    /// The cursor is not ours, of another epoch, for another reader, or too old.
    #[error("the cursor is of no use any more")]
    CursorGone,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads one page, with the rights of this very moment.
pub(crate) async fn read(
    x: &mut Executor<'_>,
    seal: &Seal,
    request: &Request,
    now: Timestamp,
) -> Result<Page, PageError> {
    let caller = actor::load(x, &request.by, now)
        .await?
        .ok_or(PageError::BadToken)?;
    let actor = caller.actor;
    let ends_at = match &actor {
        Actor::Member { token_ends_at, .. } => *token_ends_at,
        Actor::SignedOut | Actor::Operator => None,
    };
    if let Actor::Member { capabilities, .. } = &actor
        && !capabilities.has(Capability::Read)
    {
        return Err(Denial::TokenTooNarrow {
            needs: Capability::Read,
        }
        .into());
    }
    let sights = Sights::load(x).await?;
    let readable = sights.scopes(&actor);
    let scopes = match request.scope {
        Some(scope) if readable.contains(&scope) => BTreeSet::from([scope]),
        Some(_) => return Err(Denial::NotFound.into()),
        None => readable.clone(),
    };
    // A right that is lost wakes the member's own scope, whatever else is followed.
    let own = actor.member().map(Scope::Member);
    let watched = scopes.iter().copied().chain(own).collect();
    let head = head::read(x).await?;
    let reader = reader(actor.member(), request.scope);
    let position = match &request.since {
        None => Position::Frame {
            after: 0,
            until: head.seq,
            order: request.order,
        },
        Some(cursor) => seal
            .open(cursor, head.epoch, &reader)
            .ok_or(PageError::CursorGone)?,
    };
    let oldest = match position {
        Position::Frame { until, .. } | Position::Rest { until, .. } => until,
        Position::Recent { after, .. } | Position::Changes { after } => after,
    };
    if oldest < head.floor {
        return Err(PageError::CursorGone);
    }
    let mut page = Page {
        rows: Vec::new(),
        next: position,
        more: true,
        epoch: head.epoch,
        reader,
        scopes,
        watched,
        ends_at,
    };
    let (mut bytes, mut scanned) = (0, 0);
    // With the newest first, each page has changes, and then what is older.
    let mut has_changes = false;
    // A part that ends leaves room for the next one on the same page.
    while page.more
        && page.rows.len() < request.limit
        && bytes < request.bytes
        && scanned < request.limit.saturating_mul(SCANNED)
    {
        let room = request.limit - page.rows.len();
        let is_backwards = matches!(page.next, Position::Recent { .. });
        let (part, after, until, room) = match page.next {
            Position::Frame { after, until, .. } => (Part::Frame, after, until, room),
            Position::Rest { after, until } => (Part::Rest, after, until, room),
            Position::Recent { below, .. } if has_changes => (Part::Older, 0, below - 1, room),
            // Half of the page is left to what is older, so that neither waits for the end of the other.
            Position::Recent { after, .. } if request.older == FeedOlder::Now => {
                (Part::Changes, after, head.seq, room.div_ceil(2))
            }
            Position::Recent { after, .. } | Position::Changes { after } => {
                (Part::Changes, after, head.seq, room)
            }
        };
        let (mut keys, mut more) = rows::read(x, &page.scopes, part, after, until, room).await?;
        scanned += keys.len().max(1);
        let mut last = if part == Part::Older {
            until + 1
        } else {
            after
        };
        if is_backwards {
            keys = rows::with_topics(x, part, keys).await?;
        }
        let mut found = Vec::new();
        for slice in keys.chunks(SLICE) {
            if bytes >= request.bytes {
                more = true;
                break;
            }
            let mut wanted = slice.to_vec();
            if !request.kinds.is_empty() {
                wanted.retain(|key| request.kinds.contains(&key.kind));
            }
            let filled = body::fill(x, &actor, &sights, &readable, &wanted).await?;
            bytes += filled.iter().map(size).sum::<usize>();
            found.extend(filled);
            last = slice.last().map_or(last, |key| key.seq);
        }
        if part == Part::Older {
            // Whoever takes the page in takes it in whole, and a store is quicker when it goes upwards.
            found.reverse();
        }
        page.rows.extend(found);
        page.next = match page.next {
            Position::Frame { until, order, .. } if more => Position::Frame {
                after: last,
                until,
                order,
            },
            Position::Frame {
                until,
                order: FeedOrder::Oldest,
                ..
            } => Position::Rest { after: 0, until },
            Position::Frame { until, .. } => Position::Recent {
                below: until + 1,
                after: until,
            },
            Position::Rest { until, .. } if more => Position::Rest { after: last, until },
            Position::Rest { until, .. } => Position::Changes { after: until },
            Position::Recent { after, .. } if has_changes && more => {
                Position::Recent { below: last, after }
            }
            Position::Recent { after, .. } if has_changes => Position::Changes { after },
            Position::Recent { below, .. } => {
                let is_held = request.older == FeedOlder::Later;
                page.more = !is_held || more;
                has_changes = !is_held;
                let after = if more { last } else { head.seq };
                Position::Recent { below, after }
            }
            Position::Changes { .. } if more => Position::Changes { after: last },
            Position::Changes { .. } => {
                page.more = false;
                Position::Changes { after: head.seq }
            }
        };
    }
    Ok(page)
}

/// About how large a row is as a line: what varies much, and a little for the rest.
pub(crate) fn size(row: &FeedRow) -> usize {
    match &row.body {
        Some(Body::Post(post)) => post.source.len() + 250,
        _ => 250,
    }
}
