// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server import`

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use space_core::Clock;
use space_core::text::Label;

use super::error::Error;
use super::operate::operate_on_new;
use super::{data_folder, output};
use crate::clock::SystemClock;
use crate::config::Loaded;
use crate::import::{self, ImportError, Progress, Report};

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

/// Bring in a Discourse forum that was saved as JSON
///
/// The server may run meanwhile. An import that was cut off goes on where it was when it is started again. What
/// cannot be used is named in the report, and the rest is brought in; the exit code is then 4.
#[derive(Debug, Args)]
struct Discourse {
    /// A folder with the saved JSON, or an archive of it (.tar, .tar.zst)
    path: PathBuf,

    /// What tells this forum from other forums in the same space; always the same for the same forum
    #[arg(long, value_name = "NAME", default_value = "discourse")]
    source: String,

    /// The name of the community, if there is no space yet
    #[arg(long, value_name = "NAME", default_value = "Imported forum", value_parser = Label::parse)]
    name: Label,

    /// Only tell what would be brought in
    #[arg(long)]
    dry_run: bool,

    /// The report as one JSON object, with every finding
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let From::Discourse(command) = self.from;
        command.run(loaded)
    }
}

impl Discourse {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let progress = if std::io::stderr().is_terminal() {
            Progress::shown()
        } else {
            Progress::hidden()
        };
        let report = if self.dry_run {
            import::inspect(&self.path, SystemClock.now(), &progress)?
        } else {
            let import = import::Import {
                path: self.path.clone(),
                source: self.source,
                space_name: self.name,
            };
            // A path that is not there should not leave a data folder behind.
            std::fs::metadata(&import.path)
                .with_context(|| format!("cannot open {}", import.path.display()))?;
            data_folder::make(&loaded.config)?;
            operate_on_new(loaded, async |operator| {
                Ok(import::run(&operator, &import, &progress).await?)
            })?
        };
        show(&report, self.json)?;
        if report.is_complete {
            Ok(())
        } else {
            let path = self.path.display();
            Err(Error::partial(format!(
                "not everything in {path} could be used"
            )))
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
            ImportError::Store(error) => error.into(),
            ImportError::OtherForum { .. } => {
                Self::refused(error.to_string()).hint("give each forum its own --source NAME")
            }
            ImportError::Source(_) | ImportError::Texts(_) | ImportError::Stopped => {
                anyhow::Error::from(error).into()
            }
        }
    }
}
