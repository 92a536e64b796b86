// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server audit`

use std::collections::{BTreeMap, VecDeque};

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use super::error::Error;
use super::operate::operate;
use super::output;
use crate::audit::{ACTS, AuditEntry};
use crate::config::Loaded;
use crate::operator::Operator;

/// How many entries are listed when nothing is said.
const LAST: u32 = 50;

/// Read and verify the audit log
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    List(List),
    Verify(Verify),
}

/// List who did what: log-ins, tokens, roles, blocks, hidden posts
#[derive(Debug, Args)]
pub(super) struct List {
    /// How many of the newest entries; 0 for all
    #[arg(long, value_name = "NUMBER", default_value_t = LAST)]
    last: u32,

    /// Only these events; several words with commas between
    #[arg(long, value_name = "WORDS", value_delimiter = ',', value_parser = PossibleValuesParser::new(ACTS))]
    event: Vec<String>,

    /// All of it as one JSON object a line, with the hashes
    #[arg(long)]
    json: bool,
}

/// Verify that no entry was changed, removed or added
///
/// Each entry has a hash over itself and the entry before. The last hash is printed: note it elsewhere, and give it with
/// --known the next time, so that a log that was cut off or written anew is noticed, too.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// An entry that was noted earlier: its number and hash
    #[arg(long, value_name = "NUMBER:HASH", value_parser = known)]
    known: Option<(i64, String)>,
}

fn known(text: &str) -> Result<(i64, String), String> {
    text.split_once(':')
        .and_then(|(number, hash)| {
            let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            let number = number.parse().ok().filter(|number| *number > 0)?;
            is_hash.then(|| (number, hash.to_ascii_lowercase()))
        })
        .ok_or_else(|| "expected what `audit verify` printed, such as 12:9f86d0...".to_owned())
}

impl Audit {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        match self {
            Self::List(command) => command.run(loaded),
            Self::Verify(command) => command.run(loaded),
        }
    }
}

impl List {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let newest = operator.newest_audit().await?;
            // What is wanted of a few kinds may stand anywhere.
            let is_bounded = self.last > 0 && self.event.is_empty();
            let mut after = if is_bounded {
                (newest - i64::from(self.last)).max(0)
            } else {
                0
            };
            let names = names(&operator).await?;
            let (mut rows, mut lines) = (Vec::new(), VecDeque::new());
            loop {
                let page = operator.audit(after).await?;
                let Some(last) = page.last() else { break };
                after = last.number;
                let wanted = page
                    .into_iter()
                    .filter(|entry| self.event.is_empty() || self.event.contains(&entry.event));
                if self.json && self.last > 0 {
                    lines.extend(wanted);
                    let over = lines.len().saturating_sub(self.last as usize);
                    lines.drain(..over);
                } else if self.json {
                    output::json_lines(&wanted.collect::<Vec<_>>())?;
                } else {
                    rows.extend(wanted.map(|entry| row(&entry, &names)));
                    if self.last > 0 {
                        let over = rows.len().saturating_sub(self.last as usize);
                        rows.drain(..over);
                    }
                }
            }
            if self.json {
                output::json_lines(lines.make_contiguous())?;
            } else {
                let head = ["NUMBER", "WHEN", "WHAT", "BY", "ON", "FROM", "MORE"];
                output::table(head, &rows)?;
            }
            Ok(())
        })
    }
}

/// Members by the words by which they stand in the log.
async fn names(operator: &Operator) -> Result<BTreeMap<String, String>, Error> {
    let (mut names, mut after) = (BTreeMap::new(), 0);
    loop {
        let page = operator.members(after, 500).await?;
        let Some(last) = page.last() else {
            return Ok(names);
        };
        after = last.id.get();
        names.extend(
            page.iter()
                .map(|member| (format!("member:{}", member.id), member.name.to_string())),
        );
    }
}

fn row(entry: &AuditEntry, names: &BTreeMap<String, String>) -> [String; 7] {
    let shown = |word: &str| {
        names
            .get(word)
            .map_or_else(|| word.to_owned(), Clone::clone)
    };
    [
        entry.number.to_string(),
        entry.at.to_string(),
        entry.event.clone(),
        shown(&entry.actor),
        entry
            .subject
            .as_deref()
            .map_or_else(|| "-".to_owned(), shown),
        entry.address().unwrap_or("-").to_owned(),
        entry.detail.clone(),
    ]
}

impl Verify {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            match operator.verify_audit(self.known).await? {
                Ok(Some((number, hash))) => {
                    output::line(format_args!("The audit log is as it was written."))?;
                    output::line(format_args!("{number}:{hash}"))?;
                    Ok(())
                }
                Ok(None) => {
                    output::line(format_args!("The audit log is empty."))?;
                    Ok(())
                }
                Err(error) => Err(Error::from(
                    anyhow::Error::new(error).context("the audit log is not as it was written"),
                )
                .hint("`space-server audit list --last 0 --json` shows all entries")),
            }
        })
    }
}
