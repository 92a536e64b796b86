// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The thread that colours code. Nothing of it is loaded before the first piece of code is on the screen.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use tokio::sync::mpsc;

use crate::app::message::Msg;
use crate::doc::Role;
#[cfg(test)]
use crate::screens::rendered::fault;
use crate::screens::rendered::{Colours, Snippet};
use crate::text::isolate::isolated;

/// Pieces of code that wait at most. When it is full a piece stays without colours.
pub const SNIPPETS: usize = 64;
/// Bytes of a line that is coloured at most: patterns look at whole lines again and again.
const LINE: usize = 1000;
/// Languages whose patterns are kept at most; a few megabytes each.
const LANGUAGES: usize = 4;
/// How long one piece of code may take.
const PATIENCE: Duration = Duration::from_millis(500);

/// Colours code until nobody asks any more.
pub fn run(mut snippets: mpsc::Receiver<Arc<Snippet>>, answers: &mpsc::Sender<Msg>) {
    let mut painter: Option<Painter> = None;
    let mut languages = HashSet::new();
    while let Some(snippet) = snippets.blocking_recv() {
        // Each language compiles patterns of its own, and they stay: now and then it begins anew.
        if languages.insert(snippet.language.clone()) && languages.len() > LANGUAGES {
            painter = None;
            languages.clear();
        }
        let coloured = isolated("colours of code", || {
            let painter = painter.get_or_insert_with(Painter::load);
            painter.colours(&snippet)
        });
        let colours = coloured.unwrap_or_else(|| {
            // Nobody knows what state it is in now. This piece stays plain.
            painter = None;
            Colours::new()
        });
        let msg = Msg::Coloured(snippet, Arc::new(colours));
        if answers.blocking_send(msg).is_err() {
            return;
        }
    }
}

/// Colours one piece of code.
#[cfg(test)]
pub(crate) fn once(snippet: &Snippet) -> Colours {
    Painter::load().colours(snippet)
}

/// The syntaxes, and what their scopes are to a reader.
struct Painter {
    syntaxes: SyntaxSet,
    roles: Vec<(Scope, Role)>,
}

/// The first one that a scope begins with counts.
const ROLES: [(&str, Role); 21] = [
    ("comment", Role::Comment),
    ("string", Role::Literal),
    ("constant.character.escape", Role::Number),
    ("constant", Role::Number),
    ("storage", Role::Keyword),
    ("keyword.operator", Role::Code),
    ("keyword", Role::Keyword),
    ("entity.name.tag", Role::Keyword),
    ("entity.other.attribute-name", Role::Name),
    ("entity", Role::Name),
    ("support", Role::Name),
    ("variable.function", Role::Name),
    ("variable.language", Role::Keyword),
    ("variable", Role::Code),
    ("markup.inserted", Role::Literal),
    ("markup.deleted", Role::Error),
    ("markup.heading", Role::Heading),
    ("markup.raw", Role::Literal),
    ("meta.diff", Role::Comment),
    ("meta.function-call.identifier", Role::Name),
    ("invalid", Role::Code),
];

impl Painter {
    fn load() -> Self {
        let scope = |(name, role): &(&str, Role)| Scope::new(name).ok().map(|s| (s, *role));
        Self {
            syntaxes: two_face::syntax::extra_newlines(),
            roles: ROLES.iter().filter_map(scope).collect(),
        }
    }

    /// Returns the colours of a piece of code; none for a language that is not known.
    fn colours(&self, snippet: &Snippet) -> Colours {
        #[cfg(test)]
        fault::strike(&snippet.code);
        let Some(syntax) = self.syntax(&snippet.language) else {
            return Colours::new();
        };
        let until = Instant::now() + PATIENCE;
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        let mut out = Colours::new();
        for line in snippet.code.split_inclusive('\n') {
            // What takes too long, or cannot be read, stays plain from here on; so does everything after it,
            // because nobody knows what is open there.
            if line.len() > LINE || Instant::now() > until {
                break;
            }
            // The grammars expect a line feed after the last line, too.
            let whole = format!("{}\n", line.trim_end_matches('\n'));
            let Ok(changes) = state.parse_line(&whole, &self.syntaxes) else {
                break;
            };
            let mut from = 0;
            for (at, change) in changes {
                let at = at.min(line.len());
                push(&mut out, at.saturating_sub(from), self.role(&stack));
                from = from.max(at);
                if stack.apply(&change).is_err() {
                    return out;
                }
            }
            push(&mut out, line.len() - from, self.role(&stack));
        }
        out
    }

    fn syntax(&self, language: &str) -> Option<&SyntaxReference> {
        let language = language.to_lowercase();
        // Names that people write after a fence, and no grammar goes by.
        let language = match language.as_str() {
            "shell" | "console" | "shellsession" => "bash",
            "text" | "plain" | "txt" | "none" => return None,
            "golang" => "go",
            "c++" => "cpp",
            "ftl" => "properties",
            other => other,
        };
        self.syntaxes.find_syntax_by_token(language)
    }

    fn role(&self, stack: &ScopeStack) -> Role {
        stack
            .as_slice()
            .iter()
            .rev()
            .find_map(|scope| {
                let known = self
                    .roles
                    .iter()
                    .find(|(prefix, _)| prefix.is_prefix_of(*scope));
                known.map(|(_, role)| *role)
            })
            .unwrap_or(Role::Code)
    }
}

fn push(out: &mut Colours, bytes: usize, role: Role) {
    match out.last_mut() {
        _ if bytes == 0 => {}
        Some((length, last)) if *last == role => *length += bytes,
        _ => out.push((bytes, role)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn coloured(language: &str, code: &str) -> Vec<(String, Role)> {
        let snippet = Snippet {
            language: language.to_owned(),
            code: code.to_owned(),
        };
        let mut rest = code;
        let mut out = Vec::new();
        for (bytes, role) in Painter::load().colours(&snippet) {
            let (piece, after) = rest.split_at(bytes);
            out.push((piece.to_owned(), role));
            rest = after;
        }
        out
    }

    fn role(language: &str, code: &str, piece: &str) -> Option<Role> {
        let found = coloured(language, code);
        found
            .iter()
            .find(|(text, _)| text.trim() == piece)
            .map(|(_, role)| *role)
    }

    #[test]
    fn words_texts_comments_and_numbers_are_told_apart() {
        let code = "// why\nfn main() {\n    let x = 42;\n    print(\"hi\");\n}\n";
        assert_eq!(role("rust", code, "// why"), Some(Role::Comment));
        assert_eq!(role("rust", code, "fn"), Some(Role::Keyword));
        assert_eq!(role("rust", code, "main"), Some(Role::Name));
        assert_eq!(role("rust", code, "42"), Some(Role::Number));
        assert_eq!(role("rust", code, "\"hi\""), Some(Role::Literal));
    }

    #[test]
    fn common_languages_are_known() {
        let painter = Painter::load();
        for language in [
            "rust",
            "rs",
            "python",
            "py",
            "sh",
            "bash",
            "shell",
            "console",
            "js",
            "javascript",
            "ts",
            "toml",
            "yaml",
            "json",
            "html",
            "css",
            "sql",
            "diff",
            "go",
            "c",
            "c++",
            "java",
            "php",
            "ruby",
            "lua",
            "nix",
            "markdown",
            "Dockerfile",
        ] {
            assert!(painter.syntax(language).is_some(), "{language}");
        }
        assert!(painter.syntax("no-such-language").is_none());
        assert!(painter.syntax("text").is_none());
    }

    #[test]
    fn code_that_makes_it_panic_stays_plain_and_the_next_is_coloured() {
        let (asks, asked) = mpsc::channel(8);
        let (answers, mut answered) = mpsc::channel(8);
        let snippet = |code: &str| {
            Arc::new(Snippet {
                language: "rust".to_owned(),
                code: code.to_owned(),
            })
        };
        for code in ["fn a() {}", fault::PANICS, "fn b() {}"] {
            asks.blocking_send(snippet(code)).unwrap();
        }
        drop(asks);
        run(asked, &answers);
        let mut have = Vec::new();
        while let Ok(Msg::Coloured(_, colours)) = answered.try_recv() {
            have.push(!colours.is_empty());
        }
        assert_eq!(have, [true, false, true]);
    }

    #[test]
    fn a_line_that_is_too_long_stays_plain() {
        let code = format!("x = 1\ny = \"{}\"\n", "a".repeat(LINE));
        let bytes: usize = coloured("python", &code).iter().map(|(t, _)| t.len()).sum();
        assert_eq!(bytes, 6);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20))]
        #[test]
        fn colours_never_say_more_than_the_code(code in "([a-z\"'/*#{}\n]|日|\\PC){0,80}") {
            coloured("rust", &code);
        }
    }
}
