// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What keys mean where: a value made of the commands' own keys, a preset, and what the reader wants otherwise.
//!
//! A file of keys becomes a list of [`Override`]s, and [`Keymap::new`] says everything that is wrong with them, each with
//! its place in the list.

use space_core::nearest::nearest;

use super::commands::{Action, COMMANDS, Command, Context};
use super::keys::{Key, binding, sequence, shown};

/// A set of keys to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// The keys of the commands' table: letters move, as in vi.
    #[default]
    Vim,
    /// Arrows and the keys of Emacs move; letters only do things.
    Arrows,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 2] = [Self::Vim, Self::Arrows];

    /// Returns its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vim => "vim",
            Self::Arrows => "arrows",
        }
    }

    /// Returns the preset of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// What differs from the table: keys, and the command they get; none frees them.
    fn changes(self) -> &'static [(&'static str, Option<&'static str>)] {
        match self {
            Self::Vim => &[],
            Self::Arrows => &[
                ("j", None),
                ("k", None),
                ("h", None),
                ("l", None),
                ("H", None),
                ("L", None),
                ("C-d", None),
                ("C-u", None),
                ("C-f", None),
                ("C-b", None),
                ("C-n", Some("down")),
                ("C-p", Some("up")),
                ("A-Down", Some("half-down")),
                ("A-Up", Some("half-up")),
                ("C-v", Some("page-down")),
                ("A-v", Some("page-up")),
                ("A-<", Some("top")),
                ("A->", Some("bottom")),
                ("C-s", Some("search")),
                ("A-x", Some("palette")),
            ],
        }
    }
}

/// One thing that a reader wants otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Where; everywhere when absent.
    pub context: Option<Context>,
    /// The keys: `g g`, `<C-k>`.
    pub keys: String,
    /// The name of the command; none frees the keys.
    pub command: Option<String>,
}

/// What can be wrong with an override; `at` is its place in the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages name each field")]
pub enum KeymapError {
    /// A key is not written as keys are.
    #[error("{part:?} is no key")]
    NoKey { at: usize, part: String },
    /// There is no command of this name.
    #[error("there is no command {name:?}")]
    NoCommand {
        at: usize,
        name: String,
        nearest: Option<&'static str>,
    },
    /// The command cannot be used there.
    #[error("{command} cannot be used in {}", context.name())]
    NotThere {
        at: usize,
        command: &'static str,
        context: Context,
    },
    /// Nothing has these keys, so they cannot be freed.
    #[error("nothing is bound to {keys}")]
    NotBound { at: usize, keys: String },
    /// Two overrides give the same keys to different commands.
    #[error("{keys} is bound to {first} already")]
    Twice {
        at: usize,
        keys: String,
        first: &'static str,
    },
    /// The shorter keys act at once, so the longer ones can never be typed.
    #[error("{keys} ({command}) hides {hidden_keys} ({hidden})")]
    Hides {
        at: usize,
        keys: String,
        command: &'static str,
        hidden_keys: String,
        hidden: &'static str,
    },
}

impl KeymapError {
    /// Returns which override is meant.
    pub fn at(&self) -> usize {
        match self {
            Self::NoKey { at, .. }
            | Self::NoCommand { at, .. }
            | Self::NotThere { at, .. }
            | Self::NotBound { at, .. }
            | Self::Twice { at, .. }
            | Self::Hides { at, .. } => *at,
        }
    }
}

/// Keys that do something somewhere.
#[derive(Debug, Clone)]
struct Binding {
    context: Context,
    keys: Vec<Key>,
    command: &'static Command,
    /// The override that it comes from.
    from: Option<usize>,
}

/// What one more key leads to.
#[derive(Debug, Clone)]
enum Step {
    Command(&'static Command),
    More(Trie),
}

/// Keys that can come next, in the order of the table.
#[derive(Debug, Clone, Default)]
struct Trie {
    steps: Vec<(Key, Step)>,
}

impl Trie {
    fn insert(&mut self, keys: &[Key], command: &'static Command) {
        let Some((first, rest)) = keys.split_first() else {
            return;
        };
        let known = self.steps.iter().position(|(key, _)| key == first);
        let at = known.unwrap_or_else(|| {
            let step = match rest {
                [] => Step::Command(command),
                _ => Step::More(Self::default()),
            };
            self.steps.push((*first, step));
            self.steps.len() - 1
        });
        if let Step::More(trie) = &mut self.steps[at].1 {
            trie.insert(rest, command);
        }
    }

    fn walk(&self, keys: &[Key]) -> Meaning {
        let Some((first, rest)) = keys.split_first() else {
            return Meaning::Prefix;
        };
        match self.steps.iter().find(|(key, _)| key == first) {
            Some((_, Step::Command(command))) if rest.is_empty() => Meaning::Command(command),
            Some((_, Step::More(trie))) => trie.walk(rest),
            _ => Meaning::Nothing,
        }
    }

    fn below(&self, keys: &[Key]) -> Option<&Self> {
        let Some((first, rest)) = keys.split_first() else {
            return Some(self);
        };
        self.steps
            .iter()
            .find_map(|(key, step)| match step {
                Step::More(trie) if key == first => Some(trie),
                _ => None,
            })?
            .below(rest)
    }
}

/// What a sequence of keys means.
#[derive(Debug, Clone, Copy)]
pub enum Meaning {
    /// A command.
    Command(&'static Command),
    /// The beginning of at least one.
    Prefix,
    /// Nothing.
    Nothing,
}

/// What can follow keys that were typed.
#[derive(Debug, Clone, Copy)]
pub enum Following {
    /// A command.
    Command(&'static Command),
    /// This many commands, after more keys.
    Prefix(usize),
}

/// What keys mean, everywhere.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
    /// One for each context, in the order of [`Context::ALL`].
    tries: Vec<Trie>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::made(table())
    }
}

impl Keymap {
    /// Makes a keymap of a preset and what a reader wants otherwise. Keys are freed before any are bound, so the order of
    /// the list does not matter.
    ///
    /// # Errors
    /// Everything that is wrong with the overrides.
    pub fn new(preset: Preset, overrides: &[Override]) -> Result<Self, Vec<KeymapError>> {
        let mut errors = Vec::new();
        let mut bindings = preset_bindings(preset);
        for (at, wish) in overrides.iter().enumerate() {
            if wish.command.is_none()
                && let Err(error) = free(&mut bindings, at, wish)
            {
                errors.push(error);
            }
        }
        for (at, wish) in overrides.iter().enumerate() {
            if let Some(name) = &wish.command
                && let Err(error) = bind(&mut bindings, at, wish, name)
            {
                errors.push(error);
            }
        }
        errors.extend(hidden(&bindings));
        if errors.is_empty() {
            Ok(Self::made(bindings))
        } else {
            errors.sort_by_key(KeymapError::at);
            Err(errors)
        }
    }

    fn made(bindings: Vec<Binding>) -> Self {
        let tries = Context::ALL
            .into_iter()
            .map(|context| {
                let mut trie = Trie::default();
                for it in bindings.iter().filter(|it| it.context == context) {
                    trie.insert(&it.keys, it.command);
                }
                trie
            })
            .collect();
        Self { bindings, tries }
    }

    fn trie(&self, context: Context) -> Option<&Trie> {
        let at = Context::ALL.iter().position(|it| *it == context)?;
        self.tries.get(at)
    }

    /// Returns what keys mean somewhere.
    pub fn meaning(&self, context: Context, keys: &[Key]) -> Meaning {
        self.trie(context)
            .map_or(Meaning::Nothing, |trie| trie.walk(keys))
    }

    /// Returns what can follow keys that were typed, in the order of the table.
    pub fn following(&self, context: Context, keys: &[Key]) -> Vec<(Key, Following)> {
        let trie = self.trie(context).and_then(|trie| trie.below(keys));
        trie.map(|trie| {
            let steps = trie.steps.iter().map(|(key, step)| {
                let next = match step {
                    Step::Command(command) => Following::Command(command),
                    Step::More(trie) => Following::Prefix(trie.steps.len()),
                };
                (*key, next)
            });
            steps.collect()
        })
        .unwrap_or_default()
    }

    /// Returns the keys of a command somewhere, as readers see them; the one to tell them of comes first.
    pub fn keys_of(&self, context: Context, action: Action) -> Vec<String> {
        self.bindings
            .iter()
            .filter(|it| it.context == context && it.command.action == action)
            .map(|it| shown(&it.keys))
            .collect()
    }
}

/// The keys of the table.
fn table() -> Vec<Binding> {
    let mut bindings = Vec::new();
    for command in COMMANDS {
        for keys in command.keys {
            for context in command.contexts {
                bindings.push(Binding {
                    context: *context,
                    keys: sequence(keys),
                    command,
                    from: None,
                });
            }
        }
    }
    bindings
}

fn preset_bindings(preset: Preset) -> Vec<Binding> {
    let mut bindings = table();
    for (keys, command) in preset.changes() {
        let keys = sequence(keys);
        let command = command.and_then(named);
        // Keys that get a command lose another only where that command is: in a text they may mean something else.
        let is_there = |context| command.is_none_or(|it: &Command| it.contexts.contains(&context));
        bindings.retain(|it| it.keys != keys || !is_there(it.context));
        if let Some(command) = command {
            // The preset's keys are those that its readers are told of.
            for context in command.contexts.iter().rev() {
                bindings.insert(
                    0,
                    Binding {
                        context: *context,
                        keys: keys.clone(),
                        command,
                        from: None,
                    },
                );
            }
        }
    }
    bindings
}

/// Returns the command of a name.
pub fn named(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

fn read(at: usize, wish: &Override) -> Result<Vec<Key>, KeymapError> {
    binding(&wish.keys).map_err(|part| KeymapError::NoKey { at, part })
}

fn free(bindings: &mut Vec<Binding>, at: usize, wish: &Override) -> Result<(), KeymapError> {
    let keys = read(at, wish)?;
    let is_meant =
        |it: &Binding| it.keys == keys && wish.context.is_none_or(|context| it.context == context);
    if !bindings.iter().any(is_meant) {
        let keys = shown(&keys);
        return Err(KeymapError::NotBound { at, keys });
    }
    bindings.retain(|it| !is_meant(it));
    Ok(())
}

fn bind(
    bindings: &mut Vec<Binding>,
    at: usize,
    wish: &Override,
    name: &str,
) -> Result<(), KeymapError> {
    let keys = read(at, wish)?;
    let command = named(name).ok_or_else(|| KeymapError::NoCommand {
        at,
        name: name.to_owned(),
        nearest: nearest(name, COMMANDS.iter().map(|command| command.name)),
    })?;
    let contexts: Vec<Context> = match wish.context {
        Some(context) if !command.contexts.contains(&context) => {
            return Err(KeymapError::NotThere {
                at,
                command: command.name,
                context,
            });
        }
        Some(context) => vec![context],
        None => command.contexts.to_vec(),
    };
    for context in contexts.into_iter().rev() {
        let same = bindings
            .iter()
            .find(|it| it.context == context && it.keys == keys);
        if let Some(same) = same
            && same.from.is_some()
            && same.command.name != command.name
        {
            return Err(KeymapError::Twice {
                at,
                keys: shown(&keys),
                first: same.command.name,
            });
        }
        bindings.retain(|it| it.context != context || it.keys != keys);
        // What a reader chose comes before the keys of the table.
        bindings.insert(
            0,
            Binding {
                context,
                keys: keys.clone(),
                command,
                from: Some(at),
            },
        );
    }
    Ok(())
}

/// Returns the bindings that hide others, each once.
fn hidden(bindings: &[Binding]) -> Vec<KeymapError> {
    let mut errors: Vec<KeymapError> = Vec::new();
    for short in bindings {
        for long in bindings {
            let hides = short.context == long.context
                && long.keys.len() > short.keys.len()
                && long.keys.starts_with(&short.keys);
            if !hides {
                continue;
            }
            let error = KeymapError::Hides {
                at: short.from.or(long.from).unwrap_or(0),
                keys: shown(&short.keys),
                command: short.command.name,
                hidden_keys: shown(&long.keys),
                hidden: long.command.name,
            };
            if !errors.contains(&error) {
                errors.push(error);
            }
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn wish(context: Option<Context>, keys: &str, command: Option<&str>) -> Override {
        Override {
            context,
            keys: keys.to_owned(),
            command: command.map(str::to_owned),
        }
    }

    fn is(map: &Keymap, context: Context, keys: &str) -> Option<&'static str> {
        match map.meaning(context, &sequence(keys)) {
            Meaning::Command(command) => Some(command.name),
            Meaning::Prefix | Meaning::Nothing => None,
        }
    }

    #[rstest]
    #[case(Preset::Vim)]
    #[case(Preset::Arrows)]
    fn in_a_preset_every_binding_can_be_typed_and_none_hides_another(#[case] preset: Preset) {
        let bindings = preset_bindings(preset);
        assert_eq!(hidden(&bindings), []);
        for (at, it) in bindings.iter().enumerate() {
            let is_same = |other: &&Binding| other.context == it.context && other.keys == it.keys;
            let first = bindings.iter().position(|other| is_same(&other));
            assert_eq!(first, Some(at), "{} is bound twice", shown(&it.keys));
        }
        for (keys, command) in preset.changes() {
            assert!(binding(keys).is_ok(), "{keys}");
            assert!(
                command.is_none_or(|name| named(name).is_some()),
                "{command:?}"
            );
        }
        // Whatever a preset frees, every command that had keys keeps some.
        let map = Keymap::new(preset, &[]).unwrap();
        for command in COMMANDS.iter().filter(|command| !command.keys.is_empty()) {
            for context in command.contexts {
                assert!(
                    !map.keys_of(*context, command.action).is_empty(),
                    "{} {context:?}",
                    command.name
                );
            }
        }
    }

    #[test]
    fn the_table_is_written_as_keys_are() {
        for command in COMMANDS {
            for keys in command.keys {
                assert!(binding(keys).is_ok(), "{keys}");
            }
        }
    }

    #[test]
    fn a_prefix_waits_for_the_rest() {
        let map = Keymap::default();
        let meaning = |keys| map.meaning(Context::Topics, &sequence(keys));
        assert!(matches!(meaning("g"), Meaning::Prefix));
        assert!(matches!(meaning("g g"), Meaning::Command(c) if c.name == "top"));
        assert!(matches!(meaning("g Esc"), Meaning::Nothing));
        let after = map.following(Context::Topics, &sequence("g"));
        assert!(after.iter().any(|(key, next)| key.to_string() == "g"
            && matches!(next, Following::Command(c) if c.name == "top")));
    }

    #[test]
    fn keys_can_be_bound_freed_and_bound_in_one_place_only() {
        let map = Keymap::new(
            Preset::Vim,
            &[
                wish(None, "x", Some("search")),
                wish(None, "/", None),
                wish(Some(Context::Thread), "j", Some("read-on")),
            ],
        )
        .unwrap();
        assert_eq!(is(&map, Context::Topics, "x"), Some("search"));
        assert_eq!(is(&map, Context::Topics, "/"), None);
        assert_eq!(is(&map, Context::Thread, "j"), Some("read-on"));
        assert_eq!(is(&map, Context::Topics, "j"), Some("down"));
        assert_eq!(map.keys_of(Context::Thread, Action::Search), ["x"]);
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_place() {
        let wishes = [
            wish(None, "x", Some("serch")),
            wish(None, "Contrl-x", Some("search")),
            wish(Some(Context::Topics), "x", Some("reply")),
            wish(None, "C-F5", None),
            wish(None, "y", Some("search")),
            wish(None, "y", Some("help")),
            wish(None, "g", Some("help")),
        ];
        let errors = Keymap::new(Preset::Vim, &wishes).unwrap_err();
        let at = |n| errors.iter().find(|error| error.at() == n).unwrap();
        assert!(matches!(
            at(0),
            KeymapError::NoCommand {
                nearest: Some("search"),
                ..
            }
        ));
        assert!(matches!(at(1), KeymapError::NoKey { part, .. } if part == "Contrl-x"));
        assert!(matches!(
            at(2),
            KeymapError::NotThere {
                command: "reply",
                ..
            }
        ));
        assert!(matches!(at(3), KeymapError::NotBound { .. }));
        assert!(matches!(
            at(5),
            KeymapError::Twice {
                first: "search",
                ..
            }
        ));
        assert!(
            matches!(at(6), KeymapError::Hides { hidden_keys, .. } if hidden_keys.starts_with('g'))
        );
    }

    #[test]
    fn what_hides_nothing_any_more_may_be_bound() {
        let mut wishes: Vec<_> = table()
            .iter()
            .filter(|it| it.context == Context::Thread && it.keys[0] == sequence("g")[0])
            .map(|it| {
                let keys: Vec<_> = it.keys.iter().map(Key::to_string).collect();
                wish(Some(Context::Thread), &keys.join(" "), None)
            })
            .collect();
        wishes.insert(0, wish(Some(Context::Thread), "g", Some("top")));
        let map = Keymap::new(Preset::Vim, &wishes).unwrap();
        assert_eq!(is(&map, Context::Thread, "g"), Some("top"));
    }
}
