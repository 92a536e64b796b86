// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The feed rows that a transaction moves to the head.

use std::collections::{BTreeMap, BTreeSet};

use space_core::Scope;
use space_core::protocol::Kind;

/// How a thing moves in a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// It changed, or came into the scope.
    Comes,
    /// It left the scope, if it was there.
    Leaves,
    /// It left the scope in which its readers see it, whether or not its row had arrived there.
    Vanishes,
}

/// What moves, collected in memory and written once: a thing that changes fifty times in one transaction moves once.
#[derive(Debug, Default)]
pub(crate) struct Moves {
    /// When it last moved, and how.
    by_key: BTreeMap<(Scope, Kind, i64), (u64, Way)>,
    count: u64,
    woken: BTreeSet<Scope>,
}

impl Moves {
    /// A thing changed, or came into a scope.
    pub(crate) fn touch(&mut self, scope: Scope, kind: Kind, id: i64) {
        self.put(scope, kind, id, Way::Comes);
    }

    /// A thing left a scope.
    pub(crate) fn leave(&mut self, scope: Scope, kind: Kind, id: i64) {
        self.put(scope, kind, id, Way::Leaves);
    }

    /// A thing left the scope of its readers, in which its row may not have arrived yet.
    pub(crate) fn vanish(&mut self, scope: Scope, kind: Kind, id: i64) {
        self.put(scope, kind, id, Way::Vanishes);
    }

    /// The followers of a scope should look, although no row moved.
    pub(crate) fn wake(&mut self, scope: Scope) {
        self.woken.insert(scope);
    }

    fn put(&mut self, scope: Scope, kind: Kind, id: i64, way: Way) {
        self.count += 1;
        self.by_key.insert((scope, kind, id), (self.count, way));
    }

    /// Returns what moved in the order of the last change.
    pub(crate) fn in_order(&self) -> Vec<(Scope, Kind, i64, Way)> {
        let mut all: Vec<_> = self.by_key.iter().collect();
        all.sort_unstable_by_key(|(_, (at, _))| *at);
        all.into_iter()
            .map(|((scope, kind, id), (_, way))| (*scope, *kind, *id, *way))
            .collect()
    }

    /// Returns the scopes in which something moved.
    pub(crate) fn scopes(&self) -> BTreeSet<Scope> {
        self.by_key
            .keys()
            .map(|(scope, _, _)| *scope)
            .chain(self.woken.iter().copied())
            .collect()
    }

    /// Returns whether nothing moved.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_change_counts() {
        let mut moves = Moves::default();
        moves.touch(Scope::Public, Kind::Topic, 1);
        moves.touch(Scope::Public, Kind::Post, 2);
        moves.leave(Scope::Public, Kind::Topic, 1);
        assert_eq!(
            moves.in_order(),
            [
                (Scope::Public, Kind::Post, 2, Way::Comes),
                (Scope::Public, Kind::Topic, 1, Way::Leaves)
            ]
        );
    }
}
