// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Puts texts into the command line: what each command and option says of itself, in the reader's language.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory};

use crate::l10n::L10n;

/// Returns the command line with its texts.
pub fn command(l10n: &L10n) -> Command {
    let command = super::args::Cli::command();
    let command = describe(command, "cli", l10n);
    command
        .max_term_width(WIDEST)
        .after_long_help(exit_codes(l10n))
}

/// Columns beyond which help is hard to read.
const WIDEST: usize = 100;

/// Returns a text with its paragraphs on one line each: where lines end is for the terminal to say. Lines that begin with
/// space stay as they are.
fn flowing(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let is_apart = line.trim().is_empty() || line.starts_with(' ');
        match out.chars().last() {
            None | Some('\n') => {}
            Some(_) if is_apart => out.push('\n'),
            // Some scripts have no space between words.
            Some(last) if is_wide(last) || line.chars().next().is_some_and(is_wide) => {}
            Some(_) => out.push(' '),
        }
        out.push_str(line);
        if is_apart {
            out.push('\n');
        }
    }
    out
}

fn is_wide(c: char) -> bool {
    crate::text::measure::width(c.encode_utf8(&mut [0; 4])) > 1
}

fn describe(command: Command, prefix: &str, l10n: &L10n) -> Command {
    let about = l10n.text(prefix);
    let long = format!("{prefix}-long");
    let mut command = command.about(about.clone());
    if l10n.has(&long) {
        let text = flowing(&l10n.text(&long));
        command = command.long_about(format!("{about}\n\n{text}"));
    }
    let names: Vec<String> = command.get_arguments().filter_map(own).collect();
    for name in names {
        let text = l10n.text(&format!("{prefix}-{}", dashed(&name)));
        command = command.mut_arg(name, |arg| arg.help(text));
    }
    let subs: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    for sub in subs {
        let prefix = texts_of(prefix, &sub);
        command = command.mut_subcommand(sub, |sub| describe(sub, &prefix, l10n));
    }
    command
}

/// Where the texts of a command stand. One that is offered at two places has them once.
fn texts_of(prefix: &str, sub: &str) -> String {
    match (prefix, sub) {
        ("cli-auth", "login" | "logout") => format!("cli-{sub}"),
        _ => format!("{prefix}-{sub}"),
    }
}

/// The name of an argument that is ours to describe.
fn own(arg: &Arg) -> Option<String> {
    let name = arg.get_id().as_str();
    (!matches!(name, "help" | "version")).then(|| name.to_owned())
}

fn dashed(name: &str) -> String {
    name.replace('_', "-")
}

fn exit_codes(l10n: &L10n) -> String {
    let mut text = l10n.text("cli-exit");
    for kind in crate::cli::failure::Kind::ALL {
        let _ = write!(text, "\n  {}  {}", kind.code(), l10n.text(kind.key()));
    }
    text
}

/// Returns the keys of every text of the command line.
#[cfg(test)]
pub(crate) fn keys() -> Vec<String> {
    fn collect(command: &Command, prefix: &str, out: &mut Vec<String>) {
        out.push(prefix.to_owned());
        let l10n = L10n::english();
        let long = format!("{prefix}-long");
        if l10n.has(&long) {
            out.push(long);
        }
        let args = command.get_arguments().filter_map(own);
        out.extend(args.map(|name| format!("{prefix}-{}", dashed(&name))));
        for sub in command.get_subcommands() {
            collect(sub, &texts_of(prefix, sub.get_name()), out);
        }
    }
    let mut out = Vec::new();
    collect(&super::args::Cli::command(), "cli", &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("one\ntwo\n\nthree\nfour", "one two\n\nthree four")]
    #[case("one\n  two\n  three\nfour", "one\n  two\n  three\nfour")]
    #[case("日本\n語", "日本語")]
    #[case("", "")]
    fn lines_flow(#[case] text: &str, #[case] want: &str) {
        assert_eq!(flowing(text), want);
    }
}
