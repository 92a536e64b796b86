// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rows that cannot be read: every page may be sound, and a text in it no text any more.

use std::collections::BTreeMap;

use super::Finding;
use crate::store::portable::{Gaps, scan};
use crate::store::{Store, StoreError, aside, checkup};

/// How many are named.
const NAMED: usize = 20;

pub(super) async fn examine(store: &Store) -> Result<Finding, StoreError> {
    let gaps = scan(store).await?;
    store.read_long(|x| Box::pin(checkup::read_all(x))).await?;
    Ok(finding(&gaps, &aside::found()))
}

fn finding(gaps: &Gaps, set_aside: &[aside::SetAside]) -> Finding {
    let mut rows: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for gap in gaps.named() {
        rows.insert((&gap.table, gap.key.clone()), &gap.why);
    }
    for row in set_aside {
        rows.entry((row.table, row.id.to_string()))
            .or_insert(&row.why);
    }
    let count = rows.len() as u64 + gaps.more();
    if count == 0 {
        return Finding::fine("rows", "every row can be read");
    }
    let named: Vec<String> = rows
        .iter()
        .take(NAMED)
        .map(|((table, key), why)| format!("{table} {key} ({why})"))
        .collect();
    let more = count - named.len() as u64;
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let noun = if count == 1 { "row" } else { "rows" };
    Finding::wrong(
        "rows",
        format!(
            "{count} {noun} cannot be read as written: {}{more}",
            named.join(", ")
        ),
        "feeds, lists and exports leave them out; backups hold them mended as well as it can be done",
        "take them from an older backup, or edit or delete what they are; then test the disk and the memory",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Level;

    #[test]
    fn rotten_rows_are_named_once() {
        assert_eq!(finding(&Gaps::default(), &[]).level, Level::Fine);
        let row = |id| aside::SetAside {
            table: "post",
            id,
            why: "invalid utf-8".to_owned(),
        };
        let rows: Vec<_> = (1..=22).map(row).collect();
        let found = finding(&Gaps::default(), &rows);
        assert_eq!(found.level, Level::Wrong);
        assert!(
            found
                .found
                .starts_with("22 rows cannot be read as written: post 1 (invalid utf-8), ")
        );
        assert!(found.found.ends_with(" and 2 more"), "{}", found.found);
    }
}
