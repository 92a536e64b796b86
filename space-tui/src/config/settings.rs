// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What can be set in `config.toml`: one table, of which the checks, the examples, the schema and `space config show`
//! are made. What a setting is for stands with the other texts, under `setting-NAME`.

use std::fmt::Write as _;
use std::time::Duration;

use super::theme::BUNDLED;
use crate::l10n::LOCALES;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name { $($(#[$word_doc])* $variant),+ }

        impl $name {
            /// Every value as it is written.
            pub const WORDS: &[&str] = &[$($word),+];

            /// Returns how it is written.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads it; the default when it is not one of the words.
            pub(super) fn of(word: &str) -> Self {
                match word { $($word => Self::$variant,)+ _ => Self::default() }
            }
        }
    };
}

words! {
    /// When colours are used.
    When {
        /// On a terminal, unless the environment says otherwise.
        #[default]
        Auto = "auto",
        /// Always.
        Always = "always",
        /// Never.
        Never = "never",
    }
}

words! {
    /// How pictures are shown.
    Images {
        /// As well as the terminal can.
        #[default]
        Auto = "auto",
        /// By half blocks, which every terminal has.
        HalfBlocks = "halfblocks",
        /// Not at all: their description is shown.
        Off = "off",
    }
}

words! {
    /// Who puts right-to-left text in order.
    Bidi {
        /// We do.
        #[default]
        App = "app",
        /// The terminal does.
        Terminal = "terminal",
    }
}

words! {
    /// How times are shown.
    Dates {
        /// How long ago.
        #[default]
        Relative = "relative",
        /// The date.
        Absolute = "absolute",
    }
}

words! {
    /// When a post counts as read.
    Mark {
        /// When it was on the screen for a while.
        #[default]
        Dwell = "dwell",
        /// When its topic is left.
        Leave = "leave",
    }
}

/// Which theme is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemePick {
    /// On a light background.
    pub light: String,
    /// On a dark background.
    pub dark: String,
}

impl Default for ThemePick {
    fn default() -> Self {
        Self {
            light: "light".to_owned(),
            dark: "dark".to_owned(),
        }
    }
}

/// What is set. The comments stand with the table below.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "`setting-NAME` says what each is")]
pub struct Settings {
    pub language: String,
    pub profile: String,
    pub theme: ThemePick,
    pub color: When,
    pub dates: Dates,
    pub editor: String,
    pub token_command: String,
    pub images: Images,
    pub bidi: Bidi,
    pub mouse: bool,
    pub which_key: Duration,
    pub read_mark: Mark,
    pub read_after: Duration,
    pub nav_width: Option<u16>,
    pub list_width: Option<u16>,
    pub measure: Option<u16>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: AUTO.to_owned(),
            profile: String::new(),
            theme: ThemePick::default(),
            color: When::default(),
            dates: Dates::default(),
            editor: String::new(),
            token_command: String::new(),
            images: Images::default(),
            bidi: Bidi::default(),
            mouse: false,
            which_key: Duration::from_millis(300),
            read_mark: Mark::default(),
            read_after: Duration::from_secs(3),
            nav_width: None,
            list_width: None,
            measure: None,
        }
    }
}

/// The word for "found out by itself".
pub(super) const AUTO: &str = "auto";

/// What a setting takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// `true` or `false`.
    Bool,
    /// One of some words.
    Words(&'static [&'static str]),
    /// One of the languages, or `auto`.
    Language,
    /// Any text that is not empty.
    Text,
    /// A whole number between two others, both included.
    Number(i64, i64),
    /// A time such as `"300ms"` or `"3s"`, from nothing up to a minute.
    Time,
    /// A theme's name, or one each for light and dark.
    Theme,
}

/// A value that was checked.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Bool(bool),
    Text(String),
    Number(i64),
    Time(Duration),
    Theme(ThemePick),
}

/// One setting.
pub(super) struct Setting {
    /// The section it stands in; none at the top.
    pub(super) section: &'static str,
    /// Its name in the section.
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// What is shown in examples, when nothing is set by default.
    pub(super) example: &'static str,
    pub(super) set: fn(&mut Settings, Value),
    /// How it stands in the file now.
    pub(super) show: fn(&Settings) -> String,
}

impl Setting {
    /// Returns the whole name: `read.mark`.
    pub(super) fn path(&self) -> String {
        if self.section.is_empty() {
            self.name.to_owned()
        } else {
            format!("{}.{}", self.section, self.name)
        }
    }

    /// Returns the key of the text that says what it is for.
    pub(crate) fn doc_key(&self) -> String {
        format!("setting-{}", self.path().replace(['.', '_'], "-"))
    }

    /// Returns what is allowed, for readers and schemas; nothing where no words are.
    pub(super) fn words(&self) -> Vec<&'static str> {
        match self.kind {
            Kind::Words(words) => words.to_vec(),
            Kind::Language => [AUTO]
                .into_iter()
                .chain(LOCALES.iter().map(|(name, _)| *name))
                .collect(),
            Kind::Theme => themes(),
            Kind::Bool => vec!["true", "false"],
            Kind::Text | Kind::Number(..) | Kind::Time => Vec::new(),
        }
    }
}

/// What can stand for a theme where one is wanted.
pub(super) fn themes() -> Vec<&'static str> {
    [AUTO]
        .into_iter()
        .chain(BUNDLED.iter().map(|(name, _)| *name))
        .collect()
}

macro_rules! setting {
    ($section:literal, $name:literal, $kind:expr, $example:literal, |$s:ident, $pattern:pat_param| $set:expr, |$t:ident| $show:expr) => {
        Setting {
            section: $section,
            name: $name,
            kind: $kind,
            example: $example,
            set: |$s, value| {
                if let $pattern = value {
                    $set;
                }
            },
            show: |$t| $show,
        }
    };
}

/// The table, in the order of the example.
pub(super) const SETTINGS: &[Setting] = &[
    setting!(
        "",
        "language",
        Kind::Language,
        "",
        |s, Value::Text(v)| s.language = v,
        |s| quoted(&s.language)
    ),
    setting!(
        "",
        "profile",
        Kind::Text,
        "work",
        |s, Value::Text(v)| s.profile = v,
        |s| quoted(&s.profile)
    ),
    setting!(
        "",
        "theme",
        Kind::Theme,
        "",
        |s, Value::Theme(v)| s.theme = v,
        |s| show_theme(&s.theme)
    ),
    setting!(
        "",
        "color",
        Kind::Words(When::WORDS),
        "",
        |s, Value::Text(v)| s.color = When::of(&v),
        |s| quoted(s.color.word())
    ),
    setting!(
        "",
        "dates",
        Kind::Words(Dates::WORDS),
        "",
        |s, Value::Text(v)| s.dates = Dates::of(&v),
        |s| quoted(s.dates.word())
    ),
    setting!(
        "",
        "editor",
        Kind::Text,
        "nano",
        |s, Value::Text(v)| s.editor = v,
        |s| quoted(&s.editor)
    ),
    setting!(
        "",
        "token_command",
        Kind::Text,
        "pass show space",
        |s, Value::Text(v)| s.token_command = v,
        |s| quoted(&s.token_command)
    ),
    setting!(
        "",
        "images",
        Kind::Words(Images::WORDS),
        "",
        |s, Value::Text(v)| s.images = Images::of(&v),
        |s| quoted(s.images.word())
    ),
    setting!(
        "",
        "bidi",
        Kind::Words(Bidi::WORDS),
        "",
        |s, Value::Text(v)| s.bidi = Bidi::of(&v),
        |s| quoted(s.bidi.word())
    ),
    setting!(
        "",
        "mouse",
        Kind::Bool,
        "",
        |s, Value::Bool(v)| s.mouse = v,
        |s| s.mouse.to_string()
    ),
    setting!(
        "",
        "which_key",
        Kind::Time,
        "",
        |s, Value::Time(v)| s.which_key = v,
        |s| show_time(s.which_key)
    ),
    setting!(
        "read",
        "mark",
        Kind::Words(Mark::WORDS),
        "",
        |s, Value::Text(v)| s.read_mark = Mark::of(&v),
        |s| quoted(s.read_mark.word())
    ),
    setting!(
        "read",
        "after",
        Kind::Time,
        "",
        |s, Value::Time(v)| s.read_after = v,
        |s| show_time(s.read_after)
    ),
    setting!(
        "layout",
        "nav_width",
        Kind::Number(12, 60),
        "24",
        |s, Value::Number(v)| s.nav_width = small(v),
        |s| show_number(s.nav_width)
    ),
    setting!(
        "layout",
        "list_width",
        Kind::Number(20, 120),
        "40",
        |s, Value::Number(v)| s.list_width = small(v),
        |s| show_number(s.list_width)
    ),
    setting!(
        "layout",
        "measure",
        Kind::Number(40, 200),
        "80",
        |s, Value::Number(v)| s.measure = small(v),
        |s| show_number(s.measure)
    ),
];

/// Checked against the table's bounds before.
fn small(number: i64) -> Option<u16> {
    u16::try_from(number).ok()
}

fn show_number(number: Option<u16>) -> String {
    number.map_or(quoted(""), |number| number.to_string())
}

/// Returns a text as TOML.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn show_theme(pick: &ThemePick) -> String {
    if *pick == ThemePick::default() {
        quoted(AUTO)
    } else if pick.light == pick.dark {
        quoted(&pick.light)
    } else {
        format!(
            "{{ light = {}, dark = {} }}",
            quoted(&pick.light),
            quoted(&pick.dark)
        )
    }
}

fn show_time(time: Duration) -> String {
    let millis = time.as_millis();
    if millis.is_multiple_of(1000) {
        quoted(&format!("{}s", millis / 1000))
    } else {
        quoted(&format!("{millis}ms"))
    }
}

/// Reads a time: `300ms`, `3s`.
pub(super) fn time(text: &str) -> Option<Duration> {
    let longest = Duration::from_mins(1);
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 1),
        None => (text.strip_suffix('s')?, 1000),
    };
    let is_digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let number: u64 = is_digits.then(|| number.parse().ok()).flatten()?;
    let time = Duration::from_millis(number.checked_mul(unit)?);
    (time <= longest).then_some(time)
}

impl Settings {
    /// Returns every setting as a file that sets them.
    pub fn shown(&self) -> String {
        let mut out = String::new();
        let mut section = "";
        for setting in SETTINGS {
            if setting.section != section {
                section = setting.section;
                let _ = writeln!(out, "\n[{section}]");
            }
            let value = (setting.show)(self);
            if value == "\"\"" {
                let _ = writeln!(out, "# {} is not set", setting.name);
            } else {
                let _ = writeln!(out, "{} = {value}", setting.name);
            }
        }
        out
    }
}
