// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Erasing what deleted posts said, for good.

use std::collections::BTreeSet;
use std::path::Path;

use space_core::text::MemberName;
use space_core::{PostId, Timestamp};

use crate::media::{self, MediaName};
use crate::operator::{Operator, OperatorError};
use crate::store::purge::{self, Whose};
use crate::store::{Engine, StoreError};
use crate::writer::commands::purge::Purge;

/// How many posts are looked up at a time.
const PIECE: usize = 200;

/// Which deleted posts are to say nothing any more.
#[derive(Debug, Clone)]
pub enum Which {
    /// One.
    Post(PostId),
    /// All that were deleted before a moment.
    DeletedBefore(Timestamp),
    /// All deleted posts of a member.
    Member(MemberName),
}

/// What was erased, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Purged {
    /// Posts that say nothing any more.
    pub posts: u64,
    /// Their texts: the last one, earlier ones, and what was put aside when they were hidden.
    pub texts: u64,
    /// Texts that cases kept of them.
    pub evidence: u64,
    /// Texts that cases keep of them still.
    pub evidence_left: u64,
    /// Pictures that nothing else names.
    pub pictures: u64,
    /// Whether the log of the database could be emptied, too; on PostgreSQL its `vacuum` does that.
    pub log_is_empty: bool,
}

impl Operator {
    /// Erases what deleted posts said. A trial changes nothing, and tells what would be erased.
    ///
    /// # Errors
    /// When a post that is named is not there or not deleted, and when the store fails.
    pub async fn purge(
        &self,
        which: Which,
        data_dir: &Path,
        with_evidence: bool,
        is_trial: bool,
    ) -> Result<Purged, OperatorError> {
        let whose = match which {
            Which::Post(id) => Whose::Post(id),
            Which::DeletedBefore(moment) => Whose::DeletedBefore(moment),
            Which::Member(name) => Whose::Member(self.find(&name).await?.id),
        };
        let mut done = Purged::default();
        let mut after = 0;
        loop {
            let found = self
                .store
                .read_long(move |x| Box::pin(purge::deleted(x, whose, after, PIECE)))
                .await?;
            let Some(last) = found.last() else { break };
            after = last.get();
            for post in found {
                let deed = Purge {
                    post,
                    with_evidence,
                    is_trial,
                };
                let erased = self.deed(deed).await?;
                let counts = [
                    (&mut done.texts, erased.texts),
                    (&mut done.evidence, erased.evidence),
                    (&mut done.evidence_left, erased.evidence_left),
                ];
                for (sum, count) in counts {
                    *sum += count as u64;
                }
                done.posts += u64::from(erased.texts + erased.evidence > 0);
                if is_trial {
                    continue;
                }
                // With their post, so that a run that is broken off leaves none behind.
                let pictures: BTreeSet<String> = erased
                    .sources
                    .iter()
                    .flat_map(|source| named(source))
                    .collect();
                for picture in pictures {
                    done.pictures += u64::from(self.drop_picture(data_dir, &picture).await?);
                }
            }
        }
        if is_trial {
            return Ok(done);
        }
        done.log_is_empty = self.empty_log().await?;
        Ok(done)
    }

    /// Removes a picture that no text names any more; says whether it was there.
    async fn drop_picture(&self, data_dir: &Path, picture: &str) -> Result<bool, OperatorError> {
        let Ok(name) = picture.parse::<MediaName>() else {
            return Ok(false);
        };
        let asked = picture.to_owned();
        let is_named = self
            .store
            .read_long(move |x| Box::pin(async move { purge::is_named(x, &asked).await }))
            .await?;
        if is_named {
            return Ok(false);
        }
        media::remove(data_dir, &name).map_err(|source| {
            OperatorError::from(StoreError::File {
                path: picture.to_owned(),
                source,
            })
        })
    }

    /// Empties the log beside a SQLite database, which still holds the pages as they were; says whether that was possible. A
    /// server that reads at this moment may keep it from being emptied, and empties it later.
    async fn empty_log(&self) -> Result<bool, OperatorError> {
        let Engine::Sqlite(sqlite) = self.store.engine() else {
            return Ok(false);
        };
        let connection = sqlite.writer()?;
        let emptied = tokio::task::spawn_blocking(move || {
            connection.query_row("pragma wal_checkpoint(truncate)", [], |row| {
                Ok(row.get::<_, i64>(0)? == 0)
            })
        });
        let emptied = emptied.await.map_err(|_| OperatorError::Stopped)?;
        Ok(emptied.unwrap_or(false))
    }
}

/// Lists the pictures of this server that a text names.
fn named(source: &str) -> Vec<String> {
    let names = source.match_indices("/media/").filter_map(|(at, prefix)| {
        let rest = &source[at + prefix.len()..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '.')
            .unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches('.');
        name.parse::<MediaName>().is_ok().then(|| name.to_owned())
    });
    names.collect()
}

#[cfg(test)]
mod tests;
