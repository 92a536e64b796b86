// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server purge`

use clap::Args;
use space_core::text::MemberName;
use space_core::{Clock, PostId};

use super::error::Error;
use super::operate::operate;
use super::output;
use crate::clock::SystemClock;
use crate::config::{Database, Loaded, Period};
use crate::purge::{Purged, Which};

/// Erase the texts of deleted posts for good
///
/// Deleting a post hides its text from everybody and keeps it in the database. This erases the text, its earlier versions and
/// what was put aside when it was hidden, and the pictures that no other post shows.
///
/// It cannot reach backups, exports, copies on members' machines that were not online since the post was deleted, and rooms of
/// other networks. What cases keep as evidence stays, unless --with-evidence is given.
#[derive(Debug, Args)]
pub(super) struct Purge {
    #[command(flatten)]
    posts: Posts,

    /// Erase what decided cases keep of them as evidence, too
    #[arg(long)]
    with_evidence: bool,

    /// Say what would be erased, and erase nothing
    #[arg(long)]
    dry_run: bool,

    /// Report as one JSON object
    #[arg(long)]
    json: bool,
}

/// Which deleted posts.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Posts {
    /// One deleted post, by its number
    #[arg(long, value_name = "NUMBER")]
    post: Option<PostId>,

    /// All posts that were deleted longer ago than this: 30d
    #[arg(long, value_name = "TIME")]
    older_than: Option<Period>,

    /// All deleted posts of a member
    #[arg(long, value_name = "NAME", value_parser = MemberName::parse)]
    member: Option<MemberName>,
}

impl Purge {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let Posts {
            post,
            older_than,
            member,
        } = self.posts;
        let older = older_than.map(|age| Which::DeletedBefore(SystemClock.now().minus(age.get())));
        let which = post
            .map(Which::Post)
            .or(older)
            .or(member.map(Which::Member))
            .ok_or_else(|| Error::usage("say which posts: --post, --older-than or --member"))?;
        let is_sqlite = matches!(loaded.config.database(), Database::Sqlite(_));
        operate(loaded, async |operator| {
            let folder = &loaded.config.data_dir;
            let done = operator
                .purge(which, folder, self.with_evidence, self.dry_run)
                .await?;
            if self.json {
                output::json_lines(&[done])?;
                return Ok(());
            }
            for line in report(&done, self.dry_run, is_sqlite) {
                output::line(line)?;
            }
            Ok(())
        })
    }
}

/// Says what was erased, and what was not.
fn report(done: &Purged, is_trial: bool, is_sqlite: bool) -> Vec<String> {
    let did = if is_trial { "Would erase" } else { "Erased" };
    let mut lines = vec![format!(
        "{did} {} texts of {} deleted posts and {} pieces of evidence.",
        done.texts, done.posts, done.evidence
    )];
    if done.pictures > 0 {
        lines.push(format!("Removed {} pictures.", done.pictures));
    }
    if done.evidence_left > 0 {
        lines.push(format!(
            "Cases keep {} texts of them as evidence; --with-evidence erases those of decided cases. Open cases keep theirs.",
            done.evidence_left
        ));
    }
    if is_trial || done.texts + done.evidence == 0 {
        return lines;
    }
    if !is_sqlite {
        lines.push(
            "PostgreSQL keeps erased rows until `vacuum` removes them, and its write-ahead log until it is recycled."
                .to_owned(),
        );
    } else if !done.log_is_empty {
        lines.push(
            "The server is reading: the write-ahead log space.db-wal holds the old pages until the server empties it."
                .to_owned(),
        );
    }
    lines.push(
        "Not reached: backups, exports, members' copies that have not synchronised since, and rooms of other networks."
            .to_owned(),
    );
    lines
}
