// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The command line. What each command and option says of itself stands with the other texts, under
//! `cli-COMMAND` and `cli-COMMAND-OPTION`; see [`help`](super::help).

use std::path::PathBuf;

use clap::builder::RangedU64ValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use space_core::client::sync::Window;
use space_core::{CaseId, Outcome, PostId, ReportReason, Tag, TokenId, TopicId};

use crate::config::When;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "space", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Args)]
pub(crate) struct Global {
    #[arg(long, global = true, env = "SPACE_PROFILE", value_name = "NAME")]
    pub(crate) profile: Option<String>,
    #[arg(long, global = true, value_name = "WHEN", value_enum)]
    pub(crate) color: Option<ColorWhen>,
    #[arg(long, global = true, env = "SPACE_DATA_DIR", value_name = "FOLDER")]
    pub(crate) data_dir: Option<PathBuf>,
    #[arg(long, global = true, env = "SPACE_CONFIG_DIR", value_name = "FOLDER")]
    pub(crate) config_dir: Option<PathBuf>,
    #[arg(long, global = true, value_name = "NUMBER")]
    pub(crate) token_fd: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    Auto,
    Always,
    Never,
}

impl ColorWhen {
    /// Returns the same as the configuration says it.
    pub(crate) fn when(self) -> When {
        match self {
            Self::Auto => When::Auto,
            Self::Always => When::Always,
            Self::Never => When::Never,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Tui,
    Login(Login),
    Logout(Logout),
    Password(Password),
    Sessions(Sessions),
    Auth(Auth),
    Sync(Sync),
    Topics(Topics),
    Read(Read),
    Reply(Reply),
    Start(Start),
    Search(Search),
    Bookmark(Bookmark),
    Tag(TagTopic),
    Tags(Tags),
    Report(Report),
    Reports(Reports),
    Hide(Hide),
    Restore(Restore),
    Decide(Decide),
    Outbox(Outbox),
    Watch(Watch),
    #[command(visible_alias = "status")]
    Whoami(Whoami),
    Config(Config),
    Doctor(Doctor),
    Completion(Completion),
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Login {
    #[arg(value_name = "SERVER")]
    pub(crate) server: String,
    #[arg(long, value_name = "NAME", conflicts_with = "guest")]
    pub(crate) name: Option<String>,
    #[arg(long, conflicts_with = "guest")]
    pub(crate) password: bool,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["guest", "password"])]
    pub(crate) password_file: Option<PathBuf>,
    #[arg(long)]
    pub(crate) guest: bool,
    #[arg(long, conflicts_with = "guest")]
    pub(crate) insecure_storage: bool,
    #[arg(long)]
    pub(crate) allow_plain_http: bool,
    #[arg(long, value_name = "WINDOW")]
    pub(crate) window: Option<Window>,
}

#[derive(Debug, Default, Args)]
pub(crate) struct Sync {
    #[arg(long, value_name = "WINDOW")]
    pub(crate) window: Option<Window>,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Logout {
    #[arg(long)]
    pub(crate) discard_unsent: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Password {
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    #[arg(long)]
    pub(crate) sign_out: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Sessions {
    #[arg(long, value_name = "NUMBER")]
    pub(crate) end: Vec<TokenId>,
    #[arg(long, conflicts_with = "end")]
    pub(crate) end_others: bool,
    #[arg(long, conflicts_with_all = ["end", "end_others"])]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Auth {
    #[command(subcommand)]
    pub(crate) action: AuthAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuthAction {
    Status(AuthStatus),
    List(AuthList),
    Switch(AuthSwitch),
    Login(Login),
    Logout(Logout),
}

#[derive(Debug, Args)]
pub(crate) struct AuthStatus {
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AuthList {
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AuthSwitch {
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches of a command line are booleans"
)]
pub(crate) struct Topics {
    #[arg(long, value_name = "SLUG")]
    pub(crate) category: Option<String>,
    #[arg(long, value_name = "TAG", conflicts_with = "bookmarks")]
    pub(crate) tag: Option<Tag>,
    #[arg(long, value_name = "N", default_value = "20", value_parser = at_least_one())]
    pub(crate) limit: usize,
    #[arg(long, group = "which")]
    pub(crate) unread: bool,
    #[arg(long, group = "which")]
    pub(crate) new: bool,
    #[arg(long, group = "which")]
    pub(crate) bookmarks: bool,
    #[arg(long, group = "which", value_name = "PERIOD", value_enum, num_args = 0..=1, default_missing_value = "all")]
    pub(crate) top: Option<Period>,
    #[arg(long, value_name = "NAME", conflicts_with = "bookmarks")]
    pub(crate) by: Option<String>,
    #[arg(long)]
    pub(crate) json: bool,
}

/// How far back a list goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Period {
    Week,
    Month,
    Year,
    All,
}

#[derive(Debug, Args)]
pub(crate) struct Bookmark {
    #[arg(value_name = "TOPIC|#POST")]
    pub(crate) target: Target,
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    #[arg(long, conflicts_with = "note")]
    pub(crate) remove: bool,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TagTopic {
    #[arg(long)]
    pub(crate) json: bool,
    #[arg(value_name = "TOPIC")]
    pub(crate) target: Target,
    #[arg(value_name = "+TAG|-TAG", allow_hyphen_values = true)]
    pub(crate) change: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Tags {
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Read {
    #[arg(value_name = "TOPIC|#POST")]
    pub(crate) target: Target,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) from: Option<i64>,
    #[arg(long)]
    pub(crate) hidden: bool,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Reply {
    #[arg(value_name = "TOPIC|#POST")]
    pub(crate) target: Target,
    #[arg(value_name = "TEXT", conflicts_with = "file")]
    pub(crate) text: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Start {
    #[arg(value_name = "CATEGORY")]
    pub(crate) category: String,
    #[arg(value_name = "TEXT", conflicts_with = "file")]
    pub(crate) text: Option<String>,
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: String,
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Vec<Tag>,
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    #[arg(value_name = "QUERY", required = true)]
    pub(crate) words: Vec<String>,
    #[arg(long, value_name = "N", default_value = "20", value_parser = at_least_one())]
    pub(crate) limit: usize,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Report {
    #[arg(value_name = "TOPIC|#POST")]
    pub(crate) target: Target,
    #[arg(value_name = "REASON", value_enum)]
    pub(crate) reason: Reason,
    #[arg(long, value_name = "TEXT")]
    pub(crate) comment: Option<String>,
    #[arg(long)]
    pub(crate) json: bool,
}

/// Why something is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reason {
    Talk,
    #[value(name = "off_topic", alias = "off-topic")]
    OffTopic,
    Inappropriate,
    Spam,
    Illegal,
    Other,
}

impl Reason {
    /// Returns the same as the protocol says it.
    pub(crate) fn reason(self) -> ReportReason {
        match self {
            Self::Talk => ReportReason::Talk,
            Self::OffTopic => ReportReason::OffTopic,
            Self::Inappropriate => ReportReason::Inappropriate,
            Self::Spam => ReportReason::Spam,
            Self::Illegal => ReportReason::Illegal,
            Self::Other => ReportReason::Other,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Reports {
    #[arg(long)]
    pub(crate) all: bool,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Hide {
    #[arg(value_name = "POST")]
    pub(crate) post: PostId,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) clause: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    #[arg(value_name = "POST")]
    pub(crate) post: PostId,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Decide {
    #[arg(value_name = "CASE")]
    pub(crate) case: CaseId,
    #[arg(value_name = "OUTCOME", value_enum)]
    pub(crate) outcome: Verdict,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) clause: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    #[arg(long, conflicts_with = "keep_hidden")]
    pub(crate) hide: bool,
    #[arg(long)]
    pub(crate) keep_hidden: bool,
    #[arg(long)]
    pub(crate) correct: bool,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) revision: Option<i64>,
    #[arg(long)]
    pub(crate) json: bool,
}

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Verdict {
    Agree,
    Disagree,
    Ignore,
}

impl Verdict {
    /// Returns the same as the protocol says it.
    pub(crate) fn outcome(self) -> Outcome {
        match self {
            Self::Agree => Outcome::Agree,
            Self::Disagree => Outcome::Disagree,
            Self::Ignore => Outcome::Ignore,
        }
    }
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Outbox {
    #[command(subcommand)]
    pub(crate) action: Option<OutboxAction>,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum OutboxAction {
    Retry(OutboxItem),
    Discard(OutboxItem),
}

#[derive(Debug, Args)]
pub(crate) struct OutboxItem {
    #[arg(value_name = "NUMBER")]
    pub(crate) number: i64,
}

#[derive(Debug, Args)]
pub(crate) struct Watch {
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Whoami {
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Config {
    #[command(subcommand)]
    pub(crate) action: ConfigAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigAction {
    Check(ConfigCheck),
    Show(ConfigShow),
    Path,
    Schema(ConfigSchema),
    Init,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigCheck {
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigShow {
    #[arg(value_name = "FILE", value_enum, default_value = "config")]
    pub(crate) file: ConfigFile,
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigSchema {
    #[arg(value_name = "FILE", value_enum, default_value = "config")]
    pub(crate) file: ConfigFile,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConfigFile {
    Config,
    Keys,
    Theme,
}

impl ConfigFile {
    /// Returns the file's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Config => "config.toml",
            Self::Keys => "keys.toml",
            Self::Theme => "theme.toml",
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[arg(long)]
    pub(crate) json: bool,
    #[arg(long)]
    pub(crate) offline: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Completion {
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

fn at_least_one() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..)
}

/// A topic or a post: topics and posts share one number space, so `48213` and `#48213` name one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Target(pub(crate) i64);

impl std::str::FromStr for Target {
    type Err = space_core::id::ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<TopicId>().map(|id| Self(id.get()))
    }
}
