// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The benchmark of Space: figures as ratios within one run, never times alone.
//!
//! It starts servers of its own, from the programs that stand beside it, talks to 127.0.0.1 only, and cleans up.
//! Each line of its report has the row of the table of goals, a ratio, what the goal says of it, and both sides.
//!
//! ```text
//! cargo build --release -p space-server -p space-tui -p space-bridge && cargo run --release -p space-tests --bin space-bench -- writes delta
//! ```

mod bare;
mod delta;
mod feed;
mod fill;
mod first_sync;
mod followers;
mod house;
mod http;
mod irc;
mod library;
mod limits;
mod load;
mod machine;
mod reads;
mod report;
mod seed;
mod spread;
mod start;
mod terminal;
mod texts;
mod writes;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};

use library::Library;
use report::Report;

/// Measure Space against the limits of this machine, as ratios within one run
#[derive(Debug, Parser)]
struct Arguments {
    /// What to measure; everything when nothing is named
    #[arg(value_enum)]
    what: Vec<What>,

    /// A saved forum to import: a folder, a .tar or a .tar.zst; without it a forum is made up
    #[arg(long, env = "SPACE_BENCH_ARCHIVE", value_name = "PATH")]
    archive: Option<PathBuf>,

    /// How long each throughput is measured
    #[arg(long, default_value_t = 4, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=60))]
    seconds: u32,

    /// How many posts the large forum has
    #[arg(long, default_value_t = 1_000_000, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(20_000..=2_000_000))]
    posts: u32,

    /// End with exit code 1 when a goal is not met
    #[arg(long)]
    gate: bool,
}

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Durable writes on SQLite
    Writes,
    /// Durable writes on PostgreSQL
    WritesPostgres,
    /// Deltas, and what invisible changes cost
    Delta,
    /// The first sync of a whole forum
    FirstSync,
    /// Reads of topics on SQLite
    Reads,
    /// Reads of topics on PostgreSQL
    ReadsPostgres,
    /// Start-up time and memory
    Start,
    /// Filling a client's replica, also from a large forum
    Replica,
    /// Importing a saved forum
    Import,
    /// The memory of followers that wait
    Followers,
    /// What a bridge to IRC adds
    Irc,
    /// The terminal: first page, keys, search, memory, also of a large forum and beside other programs
    Terminal,
}

fn main() -> anyhow::Result<ExitCode> {
    if std::env::args().nth(1).as_deref() == Some(limits::HELLO) {
        let runtime = tokio::runtime::Runtime::new()?;
        return runtime
            .block_on(limits::serve_hello())
            .map(|()| ExitCode::SUCCESS);
    }
    let arguments = Arguments::parse();
    // One thread asks; the server may have the rest of the machine.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let is_met = runtime.block_on(measure(&arguments))?;
    Ok(if is_met || !arguments.gate {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn measure(arguments: &Arguments) -> anyhow::Result<bool> {
    let wants = |what| arguments.what.is_empty() || arguments.what.contains(&what);
    let time = Duration::from_secs(arguments.seconds.into());
    let mut report = Report::default();
    let folder = tempfile::tempdir()?;
    let disk = limits::disk(folder.path())?;
    let hello = limits::hello(time).await?;
    limits::report(&mut report, &disk, &hello);
    if wants(What::Writes) {
        writes::sqlite(&mut report, time).await?;
    }
    if wants(What::WritesPostgres) {
        writes::postgres(&mut report, time).await?;
    }
    if [
        What::FirstSync,
        What::Reads,
        What::Start,
        What::Replica,
        What::Import,
        What::Terminal,
    ]
    .into_iter()
    .any(wants)
    {
        let library = Library::new(arguments.archive.as_deref()).await?;
        if wants(What::FirstSync) {
            first_sync::measure(&mut report, &library).await?;
        }
        if wants(What::Reads) {
            reads::sqlite(&mut report, &library, &hello, time).await?;
        }
        if wants(What::Start) {
            start::measure(&mut report, &library).await?;
        }
        if wants(What::Replica) {
            fill::replica(&mut report, &library).await?;
            fill::replica_large(&mut report, usize::try_from(arguments.posts)?).await?;
        }
        if wants(What::Import) {
            fill::import(&mut report, &library)?;
        }
        if wants(What::Terminal) {
            terminal::measure(&mut report, &library).await?;
        }
    }
    if wants(What::Terminal) {
        terminal::measure_large(&mut report, usize::try_from(arguments.posts)?).await?;
    }
    if wants(What::ReadsPostgres) {
        reads::postgres(&mut report, &hello, time).await?;
    }
    if wants(What::Followers) {
        followers::measure(&mut report).await?;
    }
    if wants(What::Irc) {
        irc::measure(&mut report).await?;
    }
    if wants(What::Delta) {
        let posts = usize::try_from(arguments.posts)?;
        delta::measure(&mut report, &hello, posts).await?;
    }
    Ok(report.end())
}
