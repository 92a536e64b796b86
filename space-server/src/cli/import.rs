// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server import`

mod live;
mod owner;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Subcommand};
use space_core::Clock;
use space_core::text::{Label, MemberName};

use super::error::Error;
use super::operate::{log_for_commands, with_operator};
use super::password::PasswordArgs;
use super::{data_folder, next_steps, output};
use crate::clock::SystemClock;
use crate::config::Loaded;
use crate::import::live::Forum;
use crate::import::{self, CategoryNames, ImportError, Obstacle, Progress, Report};
use crate::operator::OperatorError;
use owner::Owner;

/// Bring in another forum
///
/// What was brought in before is recognised: running it again adds what is new and changes nothing else.
#[derive(Debug, Args)]
pub(super) struct Import {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    Discourse(Discourse),
}

/// Bring in a Discourse forum, from its live site or saved as JSON
///
/// A live forum is fetched into a folder first, politely and one request at a time; then that folder is brought in. A
/// fetch that ended early, by itself or by you, goes on where it was when it is started again, and later runs fetch only
/// the topics of which the forum's list says something new. Topics that cannot be fetched are named and left out.
///
/// The server may run meanwhile. An import that was cut off goes on where it was when it is started again. What
/// cannot be used is named in the report, and the rest is brought in; the exit code is then 4. It is 4 too when the
/// archive itself is damaged or cut, but then nothing is brought in: import a sound copy.
///
/// What the forum took back since an earlier import is withdrawn here, and the report names each. Topics count as taken
/// back that are removed, private, no longer shown or without posts, or moved to a category that is not for everyone:
/// they go to a category for staff. Posts count that are removed, taken back by their author, for staff, missing in a
/// topic's list of its posts, or moved to a topic that is not for everyone: they are removed. A category that was closed
/// is closed. What an archive does not mention is not withdrawn, except with --whole.
///
/// What was decided here stands: posts that members or moderators edited, hid, showed again or removed, and topics that
/// they moved, stay as they are, and the report says so. An archive that is older than one that was imported before
/// undoes nothing of it. That is decided for each topic and post, by its views and dates, and the report names what was
/// left as it is.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent flags of a command line"
)]
struct Discourse {
    /// The address of the forum (`https://forum.example.org`), or a folder with its saved JSON, or an archive of that
    /// (.tar, .tar.zst)
    #[arg(value_name = "ADDRESS|PATH")]
    from: PathBuf,

    /// What tells this forum from other forums in the same space; always the same for the same forum
    #[arg(long, value_name = "NAME", default_value = "discourse")]
    source: String,

    /// The name of the community, if there is no space yet
    #[arg(long, value_name = "NAME", default_value = "Imported forum", value_parser = Label::parse)]
    name: Label,

    /// Bring in what can be read of a damaged archive
    ///
    /// Texts may then be wrong, and a sound archive does not put all of them right later: only for an archive of
    /// which there is no sound copy.
    #[arg(long)]
    salvage: bool,

    /// The address of the forum that was saved, such as `https://forum.example.org`
    ///
    /// Links to its topics lead to the topics here, and other addresses on it are completed with it. Without this, it is
    /// taken from the archive: from its own links, the pictures of authors, or links to topics in it.
    #[arg(long, value_name = "URL", value_parser = Forum::parse)]
    address: Option<Forum>,

    /// The archive holds every topic that the forum shows: withdraw those that it does not mention
    #[arg(long)]
    whole: bool,

    /// What a category is called here, by its number in the forum (none: topics without one); may be given several times
    ///
    /// Without it the names come from the forum's own lists (site.json, categories.json), and a category that they do not have is
    /// called after its number. `space-server category edit` changes names later, and what it changed stays.
    #[arg(long = "category", value_name = "ID=NAME", value_parser = category_name)]
    categories: Vec<(Option<i64>, Label)>,

    /// Make this account an owner, so that you can sign in afterwards: one of the forum's, or a new one
    ///
    /// An account without a password gets one: you are asked before the import begins, or it is read from --password-file.
    #[arg(long, value_name = "NAME", value_parser = MemberName::parse, conflicts_with_all = ["dry_run", "only_fetch"])]
    owner: Option<MemberName>,

    #[command(flatten)]
    password: PasswordArgs,

    /// Only tell what would be brought in; a live forum is fetched for that
    ///
    /// What would be withdrawn is not told.
    #[arg(long)]
    dry_run: bool,

    /// The report as one JSON object, with every finding
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    live: live::Live,
}

/// Reads `ID=NAME`.
fn category_name(text: &str) -> Result<(Option<i64>, Label), String> {
    let (id, name) = text
        .split_once('=')
        .ok_or("expected ID=NAME, such as 7=Help")?;
    let id = match id.trim() {
        "none" => None,
        id => match id.parse() {
            Ok(id @ 1..) => Some(id),
            _ => return Err(format!("{id:?} is not the number of a category")),
        },
    };
    let name = Label::parse(name.trim()).map_err(|error| error.to_string())?;
    Ok((id, name))
}

impl Import {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let From::Discourse(command) = self.from;
        command.run(loaded)
    }
}

/// What came of an import.
struct Done {
    report: Report,
    /// What else there is to say.
    notes: Vec<String>,
    /// Whether the owner was made; what was brought in stands in any case.
    owner: Result<(), Error>,
}

impl Done {
    fn of(report: Report) -> Self {
        Self {
            report,
            notes: Vec::new(),
            owner: Ok(()),
        }
    }
}

impl Discourse {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let names = self.category_names()?;
        log_for_commands(loaded)?;
        let progress = if std::io::stderr().is_terminal() {
            Progress::shown()
        } else {
            Progress::hidden()
        };
        let Some(address) = self.from.to_str().filter(|from| Forum::is_address(from)) else {
            self.live.expect_unused()?;
            // A path that is not there should not leave a data folder behind.
            std::fs::metadata(&self.from)
                .with_context(|| format!("cannot open {}", self.from.display()))?;
            let owner = self.owner(loaded)?;
            let done = self.bring_in(loaded, &self.from, names, &progress, owner)?;
            return self.tell(done, &self.from.display().to_string());
        };
        if self.address.is_some() {
            return Err(Error::usage(
                "--address is for a saved forum, and the address of a live one was given",
            )
            .hint("the address alone"));
        }
        let fetch = self.live.fetch(address, loaded)?;
        let owner = self.owner(loaded)?;
        let fetched = self.live.run(&fetch, loaded, &progress)?;
        if self.live.only_fetch {
            return live::tell(&fetched, &fetch, self.json);
        }
        let mut done = self.bring_in(loaded, &fetch.staging, names, &progress, owner)?;
        done.report = done.report.with_fetched(fetched);
        self.tell(done, &fetch.forum.to_string())
    }

    /// Brings in what is saved under a path, or tells what that would be.
    fn bring_in(
        &self,
        loaded: &Loaded,
        path: &Path,
        category_names: CategoryNames,
        progress: &Progress,
        owner: Option<Owner>,
    ) -> Result<Done, Error> {
        let import = import::Import {
            source: self.source.clone(),
            salvage: self.salvage,
            address: self.address.clone(),
            is_whole: self.whole,
            category_names,
            ..import::Import::new(path.to_owned(), self.name.clone())
        };
        if self.dry_run {
            let report = import::inspect(&import, SystemClock.now(), progress)?;
            return Ok(Done::of(report));
        }
        data_folder::make(&loaded.config)?;
        let has_owner = owner.is_some();
        with_operator(&loaded.config, Arc::new(SystemClock), async |operator| {
            let was_there = operator.has_space().await?;
            let mut done = Done::of(import::run(&operator, &import, progress).await?);
            let has_space = operator.has_space().await?;
            if let Some(owner) = owner
                && has_space
            {
                match owner.establish(&operator).await {
                    Ok(note) => done.notes.push(note),
                    Err(error) => done.owner = Err(error),
                }
            }
            if !was_there && has_space {
                done.notes.push(next_steps::text(loaded, has_owner));
            }
            Ok(done)
        })
    }

    /// Finds out whether the owner needs a password, and asks for it: before an import that may take hours.
    fn owner(&self, loaded: &Loaded) -> Result<Option<Owner>, Error> {
        let Some(name) = &self.owner else {
            if self.password.is_given() {
                return Err(Error::usage(
                    "--password-file is the password of --owner, which is not given",
                ));
            }
            return Ok(None);
        };
        Owner::ask(loaded, name, &self.password).map(Some)
    }

    fn category_names(&self) -> Result<CategoryNames, Error> {
        let mut names = CategoryNames::new();
        for (id, name) in &self.categories {
            if names.insert(*id, name.clone()).is_some() {
                let id = id.map_or_else(|| "none".to_owned(), |id| id.to_string());
                return Err(Error::usage(format!("--category {id} is given twice")));
            }
        }
        Ok(names)
    }

    /// Shows the report, and decides the exit code.
    fn tell(&self, done: Done, from: &str) -> Result<(), Error> {
        let Done {
            report,
            notes,
            owner,
        } = done;
        show(&report, self.json)?;
        output::flush()?;
        for note in notes {
            output::note(note);
        }
        owner?;
        match report.obstacle {
            Some(Obstacle::Damaged) => Err(Error::partial(format!(
                "{from} is damaged: nothing was brought in"
            ))
            .hint(
                "a sound copy of it; if there is none, --salvage brings in what can be read, though texts may be wrong",
            )),
            Some(Obstacle::NoForum) => Err(Error::refused(format!("no forum was found in {from}"))
                .hint(
                    "the folder or archive (.tar, .tar.zst) with the saved JSON of the topics, or of single posts",
                )),
            None if report.is_complete => Ok(()),
            None => Err(Error::partial(format!(
                "not everything in {from} could be used"
            ))),
        }
    }
}

fn show(report: &Report, as_json: bool) -> Result<(), Error> {
    if as_json {
        output::json_lines(std::slice::from_ref(report))?;
    } else {
        output::line(report)?;
    }
    Ok(())
}

impl std::convert::From<ImportError> for Error {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Store(error @ (OperatorError::Store(_) | OperatorError::Stopped)) => {
                let first = if is_disk_full(&error) {
                    "make room on the disk"
                } else {
                    "see what is wrong there"
                };
                Self::from(error).hint(format!("{first}, then {GO_ON}"))
            }
            ImportError::Store(error) => error.into(),
            ImportError::OtherForum { .. } => {
                Self::refused(error.to_string()).hint("give each forum its own --source NAME")
            }
            ImportError::Texts(_) => {
                let folder = std::env::temp_dir();
                let first = format!("make room in {} (or set TMPDIR)", folder.display());
                Self::from(anyhow::Error::from(error)).hint(format!("{first}, then {GO_ON}"))
            }
            ImportError::Stopped => Self::from(anyhow::Error::from(error)).hint(GO_ON),
            ImportError::Source(_) => anyhow::Error::from(error).into(),
        }
    }
}

/// What to do after an import that broke off.
const GO_ON: &str =
    "run the same import again: what was stored before stands, and it goes on from there";

/// Returns whether an error came of a full disk, here or at the database server.
fn is_disk_full(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(|cause| {
        let of_sqlite = cause
            .downcast_ref::<rusqlite::Error>()
            .and_then(rusqlite::Error::sqlite_error_code);
        let of_postgres = cause
            .downcast_ref::<tokio_postgres::Error>()
            .and_then(tokio_postgres::Error::code);
        let of_system = cause
            .downcast_ref::<std::io::Error>()
            .map(std::io::Error::kind);
        of_sqlite == Some(rusqlite::ErrorCode::DiskFull)
            || of_postgres == Some(&tokio_postgres::error::SqlState::DISK_FULL)
            || of_system == Some(std::io::ErrorKind::StorageFull)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;

    #[test]
    fn a_full_disk_is_told_with_the_way_on() {
        let full = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL);
        let full = StoreError::from(rusqlite::Error::SqliteFailure(full, None));
        let error = Error::from(ImportError::from(full)).to_string();
        assert!(
            error.ends_with(&format!("try: make room on the disk, then {GO_ON}\n")),
            "{error}"
        );
    }
}
