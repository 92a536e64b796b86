// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Man pages and completions, generated from the definition of a command line.

use std::path::Path;

use clap::Command;
use clap_complete::Shell;

use crate::generated::same_as_committed;

/// Compares the man pages in `man/` and the completions in `man/completions/` with the command line of a program,
/// one page per subcommand; with `SPACE_BLESS=1` writes them.
///
/// # Panics
///
/// When they differ.
#[track_caller]
pub fn same_as_committed_manual(command: Command) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("man");
    let name = command.get_name().to_owned();
    for (shell, file) in [
        (Shell::Bash, format!("{name}.bash")),
        (Shell::Fish, format!("{name}.fish")),
        (Shell::Zsh, format!("_{name}")),
    ] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut command.clone(), &name, &mut script);
        same_as_committed(&folder.join("completions").join(file), &text(&script));
    }
    // Without the note on --help in each subcommand, and with each subcommand's full name.
    let mut command = command.disable_help_subcommand(true);
    command.build();
    page(&folder, &command, &name);
}

fn page(folder: &Path, command: &Command, name: &str) {
    let mut roff = Vec::new();
    clap_mangen::Man::new(command.clone().name(leaked(name)))
        .render(&mut roff)
        .expect("writing to a buffer does not fail");
    same_as_committed(&folder.join(format!("{name}.1")), &text(&roff));
    for inner in command.get_subcommands() {
        page(folder, inner, &format!("{name}-{}", inner.get_name()));
    }
}

/// clap keeps names for as long as the program runs.
fn leaked(name: &str) -> &'static str {
    Box::leak(name.to_owned().into_boxed_str())
}

/// Ends every line where its text ends, so that editors and checks of white space leave the files alone.
fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}
