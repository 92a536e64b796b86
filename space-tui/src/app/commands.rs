// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Every command of the screen, one row each: keys, help and footer are made of this table.

use super::items::PostKey;
use super::message::{Filter, Period, View};
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
    /// In the tree of categories.
    Tree,
    /// In the pane that one writes in.
    Compose,
    /// In the list of what waits to be sent.
    Outbox,
    /// In the list of unfinished texts.
    Drafts,
    /// At the three texts of an edit that met another.
    Conflict,
}

impl Context {
    /// Every context.
    pub const ALL: [Self; 8] = [
        Self::Topics,
        Self::Thread,
        Self::Search,
        Self::Tree,
        Self::Compose,
        Self::Outbox,
        Self::Drafts,
        Self::Conflict,
    ];

    /// Returns its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Topics => "topics",
            Self::Thread => "thread",
            Self::Search => "search",
            Self::Tree => "tree",
            Self::Compose => "compose",
            Self::Outbox => "outbox",
            Self::Drafts => "drafts",
            Self::Conflict => "conflict",
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
    Go(View),
    MostLiked(Period),
    Wrote,
    SwitchPane,
    Zoom,
    FoldCategory,
    MarkRead,
    MarkCategory,
    CatchUp,
    MarkUnread,
    Bookmark,
    BookmarkNote,
    TagTopic,
    Report,
    Undo,
    Jump,
    JumpBack,
    JumpForward,
    Reply,
    Nested,
    FoldAnswers,
    Parent,
    NextSibling,
    PreviousSibling,
    Peek,
    Links,
    Reveal,
    Pictures,
    MiniMap,
    StartTopic,
    Edit,
    Quote,
    Outbox,
    Drafts,
    SwitchText,
    Send,
    UseEditor,
    Close,
    ThrowDraft,
    Preview,
    Language,
    Category,
    Tags,
    UndoText,
    RedoText,
    ThreadUp,
    ThreadDown,
    ThreadPageUp,
    ThreadPageDown,
    Retry,
    ThrowItem,
    TakeMine,
    TakeTheirs,
    TakeMerged,
    EditMerged,
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
    const fn undo(mut self, undo: Undo) -> Self {
        self.undo = undo;
        self
    }

    const fn twin(mut self, twin: &'static str) -> Self {
        self.twin = Some(twin);
        self
    }
}

const THREAD: &[Context] = &[Context::Thread];
const LIST: &[Context] = &[Context::Topics];
const WRITTEN: &[Context] = &[Context::Topics, Context::Thread, Context::Search];
/// Where one reads.
const READING: &[Context] = &[
    Context::Topics,
    Context::Thread,
    Context::Search,
    Context::Tree,
];
/// Everywhere but in the text: there, letters are letters.
const EVERYWHERE: &[Context] = &[
    Context::Topics,
    Context::Thread,
    Context::Search,
    Context::Tree,
    Context::Outbox,
    Context::Drafts,
    Context::Conflict,
];
const LISTS: &[Context] = &[
    Context::Topics,
    Context::Search,
    Context::Tree,
    Context::Outbox,
    Context::Drafts,
];
/// Where one can go to the text, and back.
const WITH_TEXT: &[Context] = &[
    Context::Topics,
    Context::Thread,
    Context::Search,
    Context::Tree,
    Context::Compose,
];
const COMPOSE: &[Context] = &[Context::Compose];
const WAITING: &[Context] = &[Context::Outbox, Context::Drafts];
const CONFLICT: &[Context] = &[Context::Conflict];
const TOPICS: &[Context] = &[Context::Topics, Context::Thread];
const PLACES: &[Context] = &[Context::Topics, Context::Thread, Context::Tree];

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
    row("read-on", Action::ReadOn, &["Space"], READING, Some(2)),
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
    row("nested", Action::Nested, &["t"], THREAD, None),
    row("fold-answers", Action::FoldAnswers, &["z a"], THREAD, None),
    row("reveal", Action::Reveal, &["s"], THREAD, None),
    row("pictures", Action::Pictures, &["i"], THREAD, None),
    row("mini-map", Action::MiniMap, &["M"], THREAD, None),
    row("start-topic", Action::StartTopic, &["c"], READING, None).twin("start"),
    row("edit", Action::Edit, &["e"], &[Context::Thread], None),
    row("quote", Action::Quote, &["Q"], &[Context::Thread], None),
    row("outbox", Action::Outbox, &["g o"], READING, None).twin("outbox"),
    row("drafts", Action::Drafts, &["g d"], READING, None),
    row(
        "send",
        Action::Send,
        &["C-s", "A-Enter", "C-Enter"],
        COMPOSE,
        Some(0),
    ),
    row("close", Action::Close, &["Esc", "C-c"], COMPOSE, Some(1)),
    row("preview", Action::Preview, &["C-p"], COMPOSE, Some(3)),
    row("editor", Action::UseEditor, &["C-e"], COMPOSE, Some(2)),
    row(
        "switch-text",
        Action::SwitchText,
        &["C-t"],
        WITH_TEXT,
        Some(5),
    ),
    row("write-palette", Action::Palette, &["A-x"], COMPOSE, Some(6)),
    row("write-help", Action::Help, &["F1"], COMPOSE, Some(7)),
    row("write-quote", Action::Quote, &["A-q"], COMPOSE, None),
    row("language", Action::Language, &["C-l"], COMPOSE, Some(8)),
    row("category", Action::Category, &["A-c"], COMPOSE, None),
    row("tags", Action::Tags, &["A-t"], COMPOSE, None),
    row("undo-text", Action::UndoText, &["C-z"], COMPOSE, None),
    row(
        "redo-text",
        Action::RedoText,
        &["C-y", "A-z"],
        COMPOSE,
        None,
    ),
    row(
        "thread-down",
        Action::ThreadDown,
        &["A-Down"],
        COMPOSE,
        None,
    ),
    row("thread-up", Action::ThreadUp, &["A-Up"], COMPOSE, None),
    row(
        "thread-page-down",
        Action::ThreadPageDown,
        &["A-PgDn"],
        COMPOSE,
        None,
    ),
    row(
        "thread-page-up",
        Action::ThreadPageUp,
        &["A-PgUp"],
        COMPOSE,
        None,
    ),
    row("throw-draft", Action::ThrowDraft, &["A-D"], COMPOSE, None).undo(Undo::Here),
    row("retry", Action::Retry, &["r"], &[Context::Outbox], Some(1)).twin("outbox retry"),
    row("throw", Action::ThrowItem, &["D"], WAITING, Some(2))
        .undo(Undo::Here)
        .twin("outbox discard"),
    row(
        "take-merged",
        Action::TakeMerged,
        &["Enter"],
        CONFLICT,
        Some(0),
    ),
    row("edit-merged", Action::EditMerged, &["e"], CONFLICT, Some(1)),
    row("take-mine", Action::TakeMine, &["M"], CONFLICT, Some(2)),
    row("take-theirs", Action::TakeTheirs, &["T"], CONFLICT, Some(3)).undo(Undo::Here),
    row("next-unread", Action::NextUnread, &["n"], READING, Some(3)),
    row("search", Action::Search, &["/"], READING, Some(4)).twin("search"),
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
        "switch-pane",
        Action::SwitchPane,
        &["Tab", "g c"],
        READING,
        Some(6),
    ),
    row("zoom", Action::Zoom, &["+", "z z"], WRITTEN, Some(7)),
    row(
        "fold-category",
        Action::FoldCategory,
        &["z a", "-"],
        &[Context::Tree],
        Some(3),
    ),
    row(
        "latest",
        Action::Go(View::Latest),
        &["g l"],
        EVERYWHERE,
        None,
    )
    .twin("topics"),
    row(
        "unread",
        Action::Go(View::Unread),
        &["g u"],
        EVERYWHERE,
        None,
    )
    .twin("topics --unread"),
    row("new", Action::Go(View::New), &["g n"], EVERYWHERE, None).twin("topics --new"),
    row("liked", Action::Go(View::Top), &["g t"], EVERYWHERE, None),
    row(
        "liked-week",
        Action::MostLiked(Period::Week),
        &["t w"],
        LIST,
        None,
    ),
    row(
        "liked-month",
        Action::MostLiked(Period::Month),
        &["t m"],
        LIST,
        None,
    ),
    row(
        "liked-year",
        Action::MostLiked(Period::Year),
        &["t y"],
        LIST,
        None,
    ),
    row(
        "liked-ever",
        Action::MostLiked(Period::All),
        &["t a"],
        LIST,
        None,
    ),
    row(
        "bookmarks",
        Action::Go(View::Bookmarks),
        &["g b"],
        EVERYWHERE,
        None,
    )
    .twin("topics --bookmarks"),
    row("wrote", Action::Wrote, &["w"], WRITTEN, None),
    row("mark-read", Action::MarkRead, &["m m"], PLACES, None).undo(Undo::Here),
    row(
        "mark-category",
        Action::MarkCategory,
        &["m c"],
        PLACES,
        None,
    )
    .undo(Undo::Here),
    row("catch-up", Action::CatchUp, &["m A"], READING, None).undo(Undo::Here),
    row("mark-unread", Action::MarkUnread, &["m u"], TOPICS, None).undo(Undo::Here),
    row("bookmark", Action::Bookmark, &["b"], TOPICS, None)
        .undo(Undo::Here)
        .twin("bookmark"),
    row("bookmark-note", Action::BookmarkNote, &["B"], TOPICS, None)
        .undo(Undo::Here)
        .twin("bookmark --note"),
    row("tag-topic", Action::TagTopic, &["A-t"], TOPICS, None).twin("tag"),
    row("report", Action::Report, &["!"], THREAD, None)
        .undo(Undo::Never)
        .twin("report"),
    row("undo", Action::Undo, &["u", "C-z"], EVERYWHERE, None),
    row("jump", Action::Jump, &["C-k", "g j"], READING, None),
    row(
        "jump-back",
        Action::JumpBack,
        &["H", "C-o", "A-Left"],
        READING,
        None,
    ),
    row(
        "jump-forward",
        Action::JumpForward,
        &["L", "A-Right"],
        READING,
        None,
    ),
    row("sync", Action::Sync, &["R"], EVERYWHERE, None).twin("sync"),
    row("help", Action::Help, &["?"], EVERYWHERE, Some(7)),
    row("suspend", Action::Suspend, &["g z"], EVERYWHERE, None),
    row("quit", Action::Quit, &["q", "C-c"], EVERYWHERE, Some(8)),
];

/// Returns why a command cannot be used on a screen now, as the key of a text.
pub fn disabled(action: Action, model: &Model, screen: &Screen) -> Option<&'static str> {
    let is_over = model.layers.iter().any(|layer| layer.context().is_some());
    match (action, screen) {
        (Action::Undo, _) if !model.thrown.is_empty() => None,
        (Action::Undo, _) if model.undo.is_empty() => Some("disabled-no-undo"),
        // What lies over the screens is not about them.
        _ if is_over => None,
        (Action::SwitchText, _) if model.compose().is_none() => Some("disabled-no-text"),
        (Action::StartTopic | Action::Edit | Action::Quote, _) if !model.status.is_member => {
            Some("disabled-guest")
        }
        (Action::Edit | Action::Quote, Screen::Thread(thread)) => match &thread.topic {
            None => Some("disabled-loading"),
            Some(topic) if topic.is_archived => Some("disabled-archived"),
            Some(topic) if topic.is_closed && action == Action::Quote => Some("disabled-closed"),
            Some(_)
                if action == Action::Quote && matches!(thread.focus, Some(PostKey::Outbox(_))) =>
            {
                Some("disabled-unsent")
            }
            Some(_) => None,
        },
        (Action::Quote, _) => Some("disabled-no-thread"),
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
        (Action::MarkRead | Action::MarkCategory | Action::MarkUnread | Action::CatchUp, _)
            if !model.status.is_member =>
        {
            Some("disabled-no-marks")
        }
        (Action::Bookmark | Action::BookmarkNote, _) if !model.status.is_member => {
            Some("disabled-no-bookmarks")
        }
        (Action::Report, _) if !model.status.is_member => Some("disabled-no-report"),
        (Action::TagTopic, _) if !model.status.is_member => Some("disabled-guest"),
        (Action::CatchUp, _) if model.tree.places.unread + model.tree.places.new == 0 => {
            Some("notice-all-read")
        }
        (Action::JumpBack, _) if model.jumps.back.is_empty() => Some("disabled-no-jump"),
        (Action::JumpForward, _) if model.jumps.forward.is_empty() => Some("disabled-no-jump"),
        (Action::Zoom, _) if !model.can_zoom() => Some("disabled-zoom"),
        // The tree lies over the screens.
        _ if model.is_in_tree => None,
        (
            Action::Open
            | Action::MarkRead
            | Action::MarkUnread
            | Action::Bookmark
            | Action::BookmarkNote
            | Action::TagTopic,
            Screen::Topics(list),
        ) if list.rows.is_empty() => Some("disabled-empty"),
        (Action::Bookmark | Action::BookmarkNote | Action::Report, Screen::Thread(thread))
            if matches!(thread.focus, Some(PostKey::Outbox(_))) =>
        {
            Some("disabled-unsent")
        }
        (Action::Report, Screen::Thread(thread))
            if thread
                .current()
                .is_some_and(|post| post.author == model.status.member) =>
        {
            Some("disabled-own-report")
        }
        (Action::Wrote, Screen::Topics(list)) if list.filter.author.is_none() => {
            Some("disabled-no-member")
        }
        (Action::Wrote, Screen::Topics(list)) if list.author.is_none() => Some("disabled-loading"),
        (Action::Wrote, Screen::Search(found)) if found.hits.is_empty() => Some("disabled-empty"),
        (
            Action::MarkRead
            | Action::MarkUnread
            | Action::MarkCategory
            | Action::Bookmark
            | Action::BookmarkNote
            | Action::TagTopic
            | Action::Report
            | Action::Wrote,
            Screen::Thread(thread),
        ) if thread.topic.is_none() => Some("disabled-loading"),
        (Action::Open, Screen::Search(found)) if found.hits.is_empty() => Some("disabled-empty"),
        (Action::MarkCategory, Screen::Topics(list))
            if list.rows.is_empty() && list.filter.category.is_none() =>
        {
            Some("disabled-empty")
        }
        (Action::Back, Screen::Topics(list)) if list.filter == Filter::default() => {
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
