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
    /// In the help.
    Help,
}

impl Context {
    /// Every context.
    pub const ALL: [Self; 4] = [Self::Topics, Self::Thread, Self::Search, Self::Help];
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
    Unread,
    Reply,
    Tree,
    Fold,
    Parent,
    NextSibling,
    PreviousSibling,
    Peek,
    Links,
    Reveal,
    Pictures,
    MiniMap,
    Search,
    Sync,
    Help,
    Suspend,
    Quit,
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
}

const EVERYWHERE: &[Context] = &Context::ALL;
const READING: &[Context] = &[Context::Topics, Context::Thread, Context::Search];
const THREAD: &[Context] = &[Context::Thread];
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
    }
}

/// The table, in the order of the help.
pub const COMMANDS: &[Command] = &[
    row("read-on", Action::ReadOn, &["Space"], READING, Some(2)),
    row(
        "open",
        Action::Open,
        &["Enter", "l", "Right"],
        LISTS,
        Some(0),
    ),
    row(
        "back",
        Action::Back,
        &["h", "Left", "Esc"],
        EVERYWHERE,
        Some(6),
    ),
    row("reply", Action::Reply, &["r"], &[Context::Thread], Some(1)),
    row("peek", Action::Peek, &["Enter"], THREAD, None),
    row("parent", Action::Parent, &["p"], THREAD, None),
    row("next-sibling", Action::NextSibling, &["}"], THREAD, None),
    row(
        "previous-sibling",
        Action::PreviousSibling,
        &["{"],
        THREAD,
        None,
    ),
    row("links", Action::Links, &["o"], THREAD, None),
    row("tree", Action::Tree, &["t"], THREAD, None),
    row("fold", Action::Fold, &["z a"], THREAD, None),
    row("reveal", Action::Reveal, &["s"], THREAD, None),
    row("pictures", Action::Pictures, &["i"], THREAD, None),
    row("mini-map", Action::MiniMap, &["M"], THREAD, None),
    row("next-unread", Action::NextUnread, &["n"], READING, Some(3)),
    row(
        "unread",
        Action::Unread,
        &["u"],
        &[Context::Topics],
        Some(5),
    ),
    row("search", Action::Search, &["/"], READING, Some(4)),
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
    row("sync", Action::Sync, &["R"], READING, None),
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
