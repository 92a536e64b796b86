// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server export`

use std::io::{BufWriter, Write};
use std::sync::Arc;

use clap::Args;
use space_core::protocol::{FeedLine, FeedOlder, FeedOrder};
use space_core::text::MemberName;

use super::error::Error;
use super::operate::operate;
use crate::config::Loaded;
use crate::feed::{self, PageError, Seal};
use crate::operator::Operator;
use crate::store::actor::By;
use crate::store::{StoreError, aside};

/// How many rows are read at once.
const ROWS: usize = 2_000;

/// Write what is public, or what one member may see, as lines of JSON
///
/// The lines are rows of the feed as `GET /v1/feed` gives them, each with its scope, kind, id and body; the last one is
/// a cursor, from which the feed can be followed on, and whose absence tells that the export broke off. For whoever
/// wants to take their data with them, and for other tools: `space-server export | jq .body`.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// Everything that this member may see, with what is theirs alone: read positions, bookmarks, closed categories
    #[arg(long = "as", value_name = "NAME", value_parser = MemberName::parse)]
    member: Option<MemberName>,
}

impl Export {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let by = match &self.member {
                Some(name) => By::Member(operator.find(name).await?.id),
                None => By::Nobody,
            };
            export(&operator, by).await
        })
    }
}

async fn export(operator: &Operator, by: By) -> Result<(), Error> {
    let key = operator
        .store
        .read(|x| Box::pin(crate::store::head::seal_key(x)))
        .await
        .map_err(anyhow::Error::from)?;
    let key: [u8; 32] = key
        .and_then(|key| key.try_into().ok())
        .ok_or_else(Error::no_space)?;
    let seal = Arc::new(Seal::new(&key));
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut request = feed::Request {
        by,
        since: None,
        scope: None,
        kinds: std::collections::BTreeSet::new(),
        limit: ROWS,
        bytes: feed::PAGE_BYTES,
        order: FeedOrder::Oldest,
        older: FeedOlder::Now,
    };
    let mut lines = Vec::new();
    loop {
        let (asked, sealed, now) = (request.clone(), Arc::clone(&seal), operator.clock.now());
        let read = operator.store.read_long(move |x| {
            Box::pin(async move { Ok(feed::read(x, &sealed, &asked, now).await) })
        });
        let page = read
            .await
            .map_err(PageError::from)
            .and_then(|page| page)
            .map_err(failed)?;
        lines.clear();
        for row in &page.rows {
            row.write(&mut lines).map_err(std::io::Error::from)?;
        }
        let cursor = seal.close(page.epoch, page.next, &page.reader, &*operator.entropy);
        let more = page.more;
        if !more {
            let line = FeedLine::Cursor {
                cursor: cursor.clone(),
                more,
            };
            line.write(&mut lines).map_err(std::io::Error::from)?;
        }
        out.write_all(&lines)?;
        if !more {
            out.flush()?;
            return whole();
        }
        request.since = Some(cursor);
    }
}

/// Says which rows are missing because they cannot be read.
fn whole() -> Result<(), Error> {
    const NAMED: usize = 20;
    let found = aside::found();
    if found.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = found
        .iter()
        .take(NAMED)
        .map(|row| format!("{} {}", row.table, row.id))
        .collect();
    let more = found.len() - named.len();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    Err(Error::partial(format!(
        "rows that cannot be read are left out: {}{more}",
        named.join(", ")
    ))
    .hint("`space-server doctor` says what is wrong with them"))
}

fn failed(error: PageError) -> Error {
    match error {
        PageError::Store(StoreError::NoSpace) => Error::no_space(),
        error => anyhow::Error::from(error).into(),
    }
}
