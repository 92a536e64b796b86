// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Man pages and completions are made of the command line, examples of the configuration are made of its tables.
//! `SPACE_BLESS=1` rewrites them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use clap_complete::Shell;
use space_tui::cli::help::command;
use space_tui::config::example;
use space_tui::l10n::L10n;

fn man() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../man")
}

fn pages(
    command: &clap::Command,
    name: &str,
    out: &mut BTreeMap<PathBuf, Vec<u8>>,
) -> io::Result<()> {
    let shown = command
        .clone()
        .display_name(name.to_owned())
        .bin_name(name.replacen('-', " ", 2));
    let exit_codes = shown.get_after_long_help().map(ToString::to_string);
    let page = clap_mangen::Man::new(shown).source("Space").manual("Space");
    // The sections one by one: a version would make every release touch every page, and exit codes have a
    // heading that readers look for.
    let mut text = Vec::new();
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    if command.get_subcommands().next().is_some() {
        page.render_subcommands_section(&mut text)?;
    }
    if let Some(codes) = exit_codes {
        text.extend(b".SH EXIT STATUS\n");
        for line in codes.lines().skip(1) {
            let (code, means) = line.trim().split_once("  ").unwrap_or((line, ""));
            text.extend(format!(".TP\n{code}\n{means}\n").bytes());
        }
    }
    out.insert(man().join(format!("{name}.1")), text);
    for sub in command.get_subcommands() {
        pages(sub, &format!("{name}-{}", sub.get_name()), out)?;
    }
    Ok(())
}

fn wanted() -> io::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut out = BTreeMap::new();
    let mut root = command(&L10n::english()).term_width(100);
    root.build();
    let root = strip_help(root);
    pages(&root, "space", &mut out)?;
    for (shell, name) in [
        (Shell::Bash, "space.bash"),
        (Shell::Zsh, "_space"),
        (Shell::Fish, "space.fish"),
    ] {
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut command(&L10n::english()), "space", &mut text);
        out.insert(man().join("completions").join(name), text);
    }
    Ok(out)
}

fn wanted_examples() -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config-examples/space");
    let files = example::FILES.iter().filter_map(|name| {
        let text = example::of(name, &L10n::english())?;
        Some((folder.join(name), text.into_bytes()))
    });
    files.collect()
}

#[test]
fn generated_configuration_examples_are_up_to_date() {
    compare(&wanted_examples()).unwrap();
}

fn strip_help(command: clap::Command) -> clap::Command {
    command.disable_help_subcommand(true)
}

#[test]
fn man_pages_and_completions_are_up_to_date() {
    let is_blessing = std::env::var_os("SPACE_BLESS").is_some();
    let wanted = wanted().unwrap();
    compare(&wanted).unwrap();
    for entry in std::fs::read_dir(man()).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_ours =
            name == "space.1" || (name.starts_with("space-") && !is_of_another_program(&name));
        if is_ours && !wanted.contains_key(&path) && path.is_file() {
            if is_blessing {
                std::fs::remove_file(&path).unwrap();
            } else {
                panic!("{} is of no command", path.display());
            }
        }
    }
}

/// Compares files with what they should be, or writes them.
fn compare(wanted: &BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    let is_blessing = std::env::var_os("SPACE_BLESS").is_some();
    let mut stale = Vec::new();
    for (path, text) in wanted {
        if std::fs::read(path).ok().as_ref() == Some(text) {
            continue;
        }
        if is_blessing {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(path, text)?;
        } else {
            stale.push(path);
        }
    }
    assert!(
        stale.is_empty(),
        "run the tests with SPACE_BLESS=1; not up to date: {stale:?}"
    );
    Ok(())
}

/// Pages of `space-server` and `space-bridge` stand in the same folder.
fn is_of_another_program(name: &str) -> bool {
    ["space-server", "space-bridge"]
        .iter()
        .any(|program| name.starts_with(program))
}
