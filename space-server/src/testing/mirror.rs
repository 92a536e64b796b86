// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The smallest follower that keeps to the rules of the feed: what every client must come to.

use std::collections::BTreeMap;

use space_core::Scope;
use space_core::protocol::{Body, FeedLine, FeedOlder, FeedOrder, Kind};

use super::House;

/// What a follower holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Mirror {
    pub(crate) rows: BTreeMap<(Kind, i64), (Scope, Body)>,
    cursor: Option<String>,
    order: FeedOrder,
    /// Whether what is older is left for later, while reading newest first.
    pub(crate) older: FeedOlder,
    /// Scopes that were granted and are still to be read from zero, with where that read stands.
    pending: BTreeMap<Scope, Option<String>>,
}

impl Mirror {
    /// A follower that reads in an order.
    pub(crate) fn reading(order: FeedOrder) -> Self {
        Self {
            order,
            ..Self::default()
        }
    }

    /// Takes in one line.
    fn apply(&mut self, line: &FeedLine) {
        let FeedLine::Row(row) = line else { return };
        let key = (row.kind, row.id);
        let Some(body) = &row.body else {
            // A tombstone acts on its own scope only.
            if self
                .rows
                .get(&key)
                .is_some_and(|(scope, _)| *scope == row.scope)
            {
                self.rows.remove(&key);
            }
            if row.kind == Kind::Grant {
                self.forget(row.id);
            }
            return;
        };
        if let Body::Grant(grant) = body {
            // Also one that is held: the right may have been away for a while, and what changed
            // meanwhile was not delivered.
            self.rows.retain(|_, (scope, _)| *scope != grant.scope);
            self.pending.insert(grant.scope, None);
        }
        self.rows.insert(key, (row.scope, body.clone()));
    }

    /// Wipes the scope that was granted under an id.
    fn forget(&mut self, id: i64) {
        self.rows
            .retain(|_, (scope, _)| scope.grant_id() != Some(id));
        self.pending.retain(|scope, _| scope.grant_id() != Some(id));
    }

    /// Reads one page. Returns whether there is more.
    pub(crate) async fn step(
        &mut self,
        house: &House,
        who: &str,
        limit: usize,
    ) -> Result<bool, String> {
        // A scope that was granted is read first, as long as it is granted.
        if let Some((scope, since)) = self
            .pending
            .iter()
            .next()
            .map(|(scope, since)| (*scope, since.clone()))
        {
            let since = since
                .map(|cursor| format!("&since={cursor}"))
                .unwrap_or_default();
            let order = self.order.word();
            match house
                .feed(
                    who,
                    &format!("scope={scope}&limit={limit}&order={order}{since}"),
                )
                .await
            {
                Ok(lines) => {
                    for line in &lines {
                        self.apply(line);
                    }
                    let (cursor, more) = end(&lines);
                    if more {
                        self.pending.insert(scope, Some(cursor));
                    } else {
                        self.pending.remove(&scope);
                    }
                }
                // It was taken again: the main feed says so.
                Err(code) if code == "not_found" => {
                    self.pending.remove(&scope);
                }
                Err(code) => return Err(code),
            }
            return Ok(true);
        }
        let since = self
            .cursor
            .as_ref()
            .map(|cursor| format!("&since={cursor}"))
            .unwrap_or_default();
        let (order, back) = (self.order.word(), self.older.word());
        let query = format!("limit={limit}&order={order}&older={back}{since}");
        let lines = house.feed(who, &query).await?;
        for line in &lines {
            self.apply(line);
        }
        let (cursor, more) = end(&lines);
        self.cursor = Some(cursor);
        Ok(more || !self.pending.is_empty())
    }

    /// Reads until there is nothing more.
    pub(crate) async fn catch_up(&mut self, house: &House, who: &str) {
        while self.step(house, who, 7).await.unwrap() {}
    }

    /// Reads everything from zero.
    pub(crate) async fn fresh(house: &House, who: &str) -> Self {
        let mut mirror = Self::default();
        mirror.catch_up(house, who).await;
        mirror
    }

    /// Returns what is held, without where it stands.
    pub(crate) fn held(&self) -> &BTreeMap<(Kind, i64), (Scope, Body)> {
        &self.rows
    }

    /// Lists what is held as `kind:id`.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.rows
            .keys()
            .map(|(kind, id)| format!("{kind}:{id}"))
            .collect()
    }
}

fn end(lines: &[FeedLine]) -> (String, bool) {
    match lines.last() {
        Some(FeedLine::Cursor { cursor, more }) => (cursor.0.clone(), *more),
        other => panic!("a page ends with a cursor, not with {other:?}"),
    }
}
