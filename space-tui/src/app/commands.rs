// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Every command of the screen, one row each: keys, help and footer are made of this table.

use super::items::PostKey;
use super::message::Filter;
use super::model::{Model, Screen};

/// Where the reader is, as far as keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In a list of topics.
    Topics,
    /// In a thread.
    Thread,
    /// In what a search found.
    Search,
}

impl Context {
    /// Every context.
    pub const ALL: [Self; 3] = [Self::Topics, Self::Thread, Self::Search];

    /// Returns its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Topics => "topics",
            Self::Thread => "thread",
            Self::Search => "search",
        }
    }

    /// Returns the context of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.name() == name)
    }
}

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table below words each of them")]
pub enum Action {
    Down,
    Up,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    Top,
    Bottom,
    Open,
    Back,
    ReadOn,
    NextUnread,
    Go(Filter),
    Reply,
    Search,
    Palette,
    Sync,
    Help,
    Suspend,
    Quit,
}

/// Whether what a command does can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// There is nothing to take back: it only shows something else.
    Nothing,
    /// The command `undo` takes it back.
    Here,
    /// It stays; so it asks first, and no small letter alone does it.
    Never,
}

/// One command. Its text keys are `command-NAME` and `command-NAME-help`.
#[derive(Debug)]
pub struct Command {
    /// The stable name.
    pub name: &'static str,
    /// What it does.
    pub action: Action,
    /// The default keys; the first is the one shown in the footer.
    pub keys: &'static [&'static str],
    /// Where it can be used.
    pub contexts: &'static [Context],
    /// Its place in the footer, low first; the last ones give way when there is no room.
    pub footer: Option<u8>,
    /// Whether it can be taken back.
    pub undo: Undo,
    /// The command of the shell that does the same.
    pub twin: Option<&'static str>,
}

impl Command {
    const fn twin(mut self, twin: &'static str) -> Self {
        self.twin = Some(twin);
        self
    }
}

const EVERYWHERE: &[Context] = &Context::ALL;
const LISTS: &[Context] = &[Context::Topics, Context::Search];

const fn row(
    name: &'static str,
    action: Action,
    keys: &'static [&'static str],
    contexts: &'static [Context],
    footer: Option<u8>,
) -> Command {
    Command {
        name,
        action,
        keys,
        contexts,
        footer,
        undo: Undo::Nothing,
        twin: None,
    }
}

/// The table, in the order of the help.
pub const COMMANDS: &[Command] = &[
    row("read-on", Action::ReadOn, &["Space"], EVERYWHERE, Some(2)),
    row(
        "open",
        Action::Open,
        &["Enter", "l", "Right"],
        LISTS,
        Some(0),
    )
    .twin("read"),
    row(
        "back",
        Action::Back,
        &["h", "Left", "Esc"],
        EVERYWHERE,
        Some(6),
    ),
    row("reply", Action::Reply, &["r"], &[Context::Thread], Some(1)).twin("reply"),
    row(
        "next-unread",
        Action::NextUnread,
        &["n"],
        EVERYWHERE,
        Some(3),
    ),
    row("search", Action::Search, &["/"], EVERYWHERE, Some(4)).twin("search"),
    row("palette", Action::Palette, &[":"], EVERYWHERE, Some(5)),
    row("down", Action::Down, &["j", "Down"], EVERYWHERE, None),
    row("up", Action::Up, &["k", "Up"], EVERYWHERE, None),
    row("half-down", Action::HalfDown, &["C-d"], EVERYWHERE, None),
    row("half-up", Action::HalfUp, &["C-u"], EVERYWHERE, None),
    row(
        "page-down",
        Action::PageDown,
        &["PgDn", "C-f"],
        EVERYWHERE,
        None,
    ),
    row(
        "page-up",
        Action::PageUp,
        &["PgUp", "C-b"],
        EVERYWHERE,
        None,
    ),
    row("top", Action::Top, &["g g", "Home"], EVERYWHERE, None),
    row("bottom", Action::Bottom, &["G", "End"], EVERYWHERE, None),
    row(
        "latest",
        Action::Go(Filter::Latest),
        &["g l"],
        EVERYWHERE,
        None,
    )
    .twin("topics"),
    row(
        "unread",
        Action::Go(Filter::Unread),
        &["g u"],
        EVERYWHERE,
        None,
    )
    .twin("topics --unread"),
    row("new", Action::Go(Filter::New), &["g n"], EVERYWHERE, None).twin("topics --new"),
    row("sync", Action::Sync, &["R"], EVERYWHERE, None).twin("sync"),
    row("help", Action::Help, &["?"], EVERYWHERE, Some(7)),
    row("suspend", Action::Suspend, &["C-z"], EVERYWHERE, None),
    row("quit", Action::Quit, &["q", "C-c"], EVERYWHERE, Some(8)),
];

/// Returns why a command cannot be used on a screen now, as the key of a text.
pub fn disabled(action: Action, model: &Model, screen: &Screen) -> Option<&'static str> {
    match (action, screen) {
        (Action::Reply, Screen::Thread(thread)) => {
            let topic = thread.topic.as_ref();
            if !model.status.is_member {
                Some("disabled-guest")
            } else if topic.is_none() {
                Some("disabled-loading")
            } else if topic.is_some_and(|t| t.is_archived) {
                Some("disabled-archived")
            } else if topic.is_some_and(|t| t.is_closed) {
                Some("disabled-closed")
            } else if matches!(thread.focus, Some(PostKey::Outbox(_))) {
                Some("disabled-unsent")
            } else {
                None
            }
        }
        (Action::Open, Screen::Topics(list)) if list.rows.is_empty() => Some("disabled-empty"),
        (Action::Open, Screen::Search(found)) if found.hits.is_empty() => Some("disabled-empty"),
        (Action::Back, Screen::Topics(list)) if list.filter == Filter::Latest => {
            Some("disabled-root")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::l10n::L10n;

    #[test]
    fn names_are_used_once() {
        for command in COMMANDS {
            let same = COMMANDS.iter().filter(|other| other.name == command.name);
            assert_eq!(same.count(), 1, "{}", command.name);
        }
    }

    #[test]
    fn every_twin_is_a_command_of_the_shell() {
        for twin in COMMANDS.iter().filter_map(|command| command.twin) {
            let mut words = twin.split(' ');
            let mut shell = &crate::cli::help::command(&L10n::english());
            for name in words.by_ref().take_while(|word| !word.starts_with('-')) {
                shell = shell.find_subcommand(name).expect(twin);
            }
            for option in twin.split(' ').filter_map(|word| word.strip_prefix("--")) {
                assert!(
                    shell
                        .get_arguments()
                        .any(|arg| arg.get_long() == Some(option)),
                    "{twin}"
                );
            }
        }
    }

    #[test]
    fn what_cannot_be_taken_back_is_not_done_by_a_small_letter() {
        for command in COMMANDS
            .iter()
            .filter(|command| command.undo == Undo::Never)
        {
            for keys in command.keys {
                let last = keys.chars().next_back();
                assert!(!last.is_some_and(char::is_lowercase), "{}", command.name);
            }
        }
    }
}
