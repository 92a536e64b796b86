// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Every main screen in every size that matters, in a language of each kind, and in every kind of theme: one file per
//! screen, and one per screen with its looks.

use std::fmt::Write as _;
use std::time::Duration;

use rstest::rstest;

use super::story::Story;
use super::world::width_of_rows;
use crate::config::theme::bundled;
use crate::doc::theme::Theme;
use crate::l10n::L10n;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (40, 10)];

fn languages() -> [(&'static str, L10n); 4] {
    [
        ("English", L10n::english()),
        ("pseudo", L10n::pseudo()),
        ("Arabic", L10n::new("ar")),
        ("Japanese", L10n::new("ja")),
    ]
}

/// Goes to a screen.
fn go(story: &mut Story, screen: &str) {
    match screen {
        "list" => {}
        "tree" => story.press("Tab j j"),
        "thread" => story.press("j Enter g g"),
        "search" => {
            story.press("/");
            story.write("local");
            story.press("Enter");
        }
        "palette" => {
            story.press(":");
            story.write("re");
        }
        "which_key" => {
            story.press("g");
            story.passes(Duration::from_secs(1));
        }
        "help" => story.press("?"),
        other => panic!("no screen {other}"),
    }
}

#[rstest]
fn every_screen(
    #[values("list", "tree", "thread", "search", "palette", "which_key", "help")] screen: &str,
) {
    let mut out = String::new();
    let mut story = Story::begins(80, 24);
    go(&mut story, screen);
    for (columns, rows) in SIZES {
        for (name, l10n) in languages() {
            story.l10n = l10n;
            story.resize(columns, rows);
            let shown = story.screen();
            for row in width_of_rows(&shown) {
                assert_eq!(row, usize::from(columns), "{name}:\n{shown}");
            }
            let _ = writeln!(out, "{columns}x{rows} {name}\n{shown}");
        }
    }
    insta::assert_snapshot!(format!("every_{screen}"), out);
}

#[rstest]
fn every_look(
    #[values("list", "tree", "thread", "search", "palette", "which_key", "help")] screen: &str,
) {
    let mut story = Story::begins(80, 24);
    go(&mut story, screen);
    let mut out = String::new();
    for name in ["dark", "light", "mono"] {
        story.theme = Theme::new(bundled(name));
        let _ = writeln!(out, "{name}\n{}", story.styled());
    }
    insta::assert_snapshot!(format!("look_{screen}"), out);
}
