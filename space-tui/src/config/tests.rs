// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is said of mistakes is the product here: every kind of mistake has its text in a snapshot.

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::app::commands::{Action, Context};
use crate::l10n::L10n;

fn said(problems: &[Problem]) -> String {
    let l10n = L10n::english();
    let texts: Vec<String> = problems.iter().map(|p| p.text(&l10n)).collect();
    texts.join("\n\n")
}

#[rstest]
#[case("unknown_setting", "colour = \"auto\"\n")]
#[case("wrong_word", "color = \"allways\"")]
#[case(
    "wrong_kind",
    "mouse = \"yes\"\nlanguage = 3\neditor = \"\"\nread = true\ntheme = 1"
)]
#[case(
    "wrong_section",
    "after = \"3s\"\n[read]\nmouse = true\n[layuot]\nnav_width = 30"
)]
#[case(
    "out_of_range",
    "[layout]\nnav_width = 5\nlist_width = 1000\n[read]\nafter = \"3 weeks\""
)]
#[case("wrong_theme", "theme = \"drak\"")]
#[case(
    "wrong_theme_pair",
    "theme = { light = \"auto\", drak = \"dark\", dark = 1 }"
)]
#[case(
    "not_toml",
    "mouse = tru\ncolor = \"auto\"\neditor = \"vi\nbidi = \"app\"\n"
)]
#[case("twice", "mouse = true\nmouse = false\n")]
#[case(
    "all_at_once",
    "colour = \"auto\"\nmouse = 1\nimages = \"on\"\n[read]\nmark = \"never\"\n"
)]
#[case(
    "hostile",
    "\"\\u001b[31mred\" = \"\u{202e}\"\n\"日本語\" = true # é\n"
)]
fn mistakes_in_settings(#[case] name: &str, #[case] text: &str) {
    let (settings, problems) = read_settings("config.toml", text);
    assert_eq!(settings, Settings::default());
    insta::assert_snapshot!(format!("settings_{name}"), said(&problems));
}

#[rstest]
#[case(
    "unknown_command",
    "[everywhere]\n\"x\" = \"replay\"\n[topics]\n\"y\" = \"reply\""
)]
#[case("unknown_place", "[topic]\n\"x\" = \"open\"")]
#[case("outside", "\"x\" = \"open\"\npreste = \"vim\"\npreset = \"emacs\"")]
#[case(
    "no_keys",
    "[everywhere]\n\"gg\" = \"top\"\n\"<C-Entr>\" = \"open\"\n\"S-g\" = \"top\"\n\"\" = \"top\"\n\"<X-a>\" = \"top\"\n\"a b c d e\" = \"top\""
)]
#[case("wrong_kind", "[everywhere]\n\"x\" = true\n\"y\" = 3")]
#[case(
    "twice",
    "[thread]\n\"<C-k>\" = \"open\"\n\"Ctrl-k\" = \"search\"\n[topics]\n\"<C-k>\" = \"open\"\n\"C-k\" = \"search\""
)]
#[case(
    "hidden",
    "[everywhere]\n\"x\" = \"search\"\n\"x y\" = \"open\"\n\"g g x\" = \"open\""
)]
#[case(
    "same_to_terminals",
    "[everywhere]\n\"<C-i>\" = \"top\"\n\"Ctrl-m\" = \"bottom\"\n\"Ctrl-h\" = \"search\""
)]
#[case(
    "typed",
    "[everywhere]\n\"m\" = \"send\"\n[compose]\n\"<C-x> y\" = \"preview\"\n\"<C-y>\" = \"preview\""
)]
#[case("hides_and_unbound", "[everywhere]\n\"g\" = \"search\"\n\"Z\" = false")]
fn mistakes_in_keys(#[case] name: &str, #[case] text: &str) {
    let (keys, problems) = keys::read("keys.toml", text);
    if problems.iter().any(|p| p.level == Level::Error) {
        assert_eq!(keys, KeyRows::default());
    }
    insta::assert_snapshot!(format!("keys_{name}"), said(&problems));
}

#[rstest]
#[case(
    "unknown_token",
    "[tokens]\nlinc = \"blue\"\n[dork]\nlink = \"red\"\nlink = \"red\""
)]
#[case(
    "wrong_look",
    "[tokens]\nlink = \"bold bleu on #12345\"\nquiet = \"blinking\"\ntitle = 3"
)]
#[case(
    "colours",
    "[tokens]\nlink = \"red blue\"\nquiet = \"red on\"\ntitle = \"on red on blue\""
)]
#[case("inherits", "inherits = \"solarized\"\nlink = \"red\"")]
fn mistakes_in_themes(#[case] name: &str, #[case] text: &str) {
    let (theme, problems) = theme::read("theme.toml", text);
    assert_eq!(theme, OwnTheme::default());
    insta::assert_snapshot!(format!("theme_{name}"), said(&problems));
}

#[test]
fn what_is_right_is_taken() {
    let text = "language = 'de'\ntheme = { light = \"mono\" }\nmouse = true\nwhich_key = \"0s\"\n[read]\nmark = \"leave\"\nafter = \"500ms\"\n[layout]\nnav_width = 3_0\n";
    let (settings, problems) = read_settings("config.toml", text);
    assert_eq!(problems, []);
    assert_eq!(settings.language, "de");
    assert_eq!(
        (settings.theme.light.as_str(), settings.theme.dark.as_str()),
        ("mono", "dark")
    );
    assert!(settings.mouse && settings.which_key.is_zero());
    assert_eq!(settings.read_mark, Mark::Leave);
    assert_eq!(settings.read_after, std::time::Duration::from_millis(500));
    assert_eq!(settings.nav_width, Some(30));
}

#[test]
fn what_is_shown_reads_back() {
    let text = "profile = \"work\"\ntheme = { light = \"mono\", dark = \"high-contrast\" }\nwhich_key = \"250ms\"\n[layout]\nlist_width = 50\n";
    let (settings, _) = read_settings("config.toml", text);
    assert_eq!(
        read_settings("config.toml", &settings.shown()),
        (settings, Vec::new())
    );
    let text =
        "preset = \"arrows\"\n[thread]\n\"<A-Up>\" = \"top\"\n[everywhere]\n\"g g\" = false\n";
    let (keys, problems) = keys::read("keys.toml", text);
    assert_eq!((keys.rows.len(), problems), (2, Vec::new()));
    let text = "inherits = \"light\"\n[tokens]\nlink = \"bold underline #ff8800 on 236\"\n[dark]\nquiet = \"\"\n";
    let (theme, problems) = theme::read("theme.toml", text);
    assert_eq!(problems, []);
    assert_eq!(
        theme::read("theme.toml", &theme.shown()),
        (theme, Vec::new())
    );
}

#[test]
fn keys_of_two_places_are_not_in_each_others_way() {
    let text = "[topics]\n\"x\" = \"search\"\n[thread]\n\"x y\" = \"search\"\n";
    let (keys, problems) = keys::read("keys.toml", text);
    assert_eq!((keys.rows.len(), problems), (2, Vec::new()));
}

#[test]
fn a_file_with_a_mistake_leaves_the_others_in_use() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("config.toml"), "mouse = true\n").unwrap();
    std::fs::write(folder.path().join("keys.toml"), "[nowhere]\n").unwrap();
    std::fs::write(folder.path().join("theme.toml"), b"# \xff\n").unwrap();
    std::fs::write(folder.path().join("keymap.toml"), "").unwrap();
    let config = Config::load(folder.path());
    assert!(config.settings.mouse);
    let states: Vec<State> = config.files.iter().map(|(_, state)| *state).collect();
    assert_eq!(states, [State::Used, State::NotUsed, State::NotUsed]);
    let said = said(&config.problems).replace(&folder.path().display().to_string(), "FOLDER");
    insta::assert_snapshot!(said);
}

#[test]
fn without_files_there_is_nothing_to_say() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::load(&folder.path().join("not-there"));
    assert_eq!(config.problems, []);
    assert!(
        config
            .files
            .iter()
            .all(|(_, state)| *state == State::Absent)
    );
}

#[test]
fn every_setting_is_used_somewhere() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut code = String::new();
    let mut folders = vec![source];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_ours = path.ends_with("src/config") || path.ends_with("cli/doctor");
            if path.is_dir() && !is_ours {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                code.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    for setting in settings::SETTINGS {
        let field = setting.path().replace('.', "_").replace("layout_", "");
        let is_used = code.contains(&format!("settings.{field}"));
        assert!(is_used, "{field}");
    }
}

#[test]
fn examples_change_nothing_and_with_their_lines_switched_on_they_still_say_what_is_so() {
    for language in ["en", "de", "ar", "ja"] {
        let l10n = L10n::new(language);
        for file in example::FILES {
            let text = example::of(file, &l10n).unwrap();
            // A comment of ours has a space after its mark, a line to switch on has none.
            let on: String = text
                .lines()
                .map(|line| match line.strip_prefix('#') {
                    Some(rest) if !rest.starts_with(' ') && !rest.is_empty() => rest,
                    _ => line,
                })
                .flat_map(|line| [line, "\n"])
                .collect();
            let problems = match file {
                "config.toml" => {
                    assert_eq!(
                        read_settings(file, &text),
                        (Settings::default(), Vec::new())
                    );
                    let (settings, problems) = read_settings(file, &on);
                    let expected = Settings {
                        profile: "work".to_owned(),
                        editor: "nano".to_owned(),
                        token_command: "pass show space".to_owned(),
                        nav_width: Some(24),
                        list_width: Some(40),
                        measure: Some(80),
                        ..Settings::default()
                    };
                    assert_eq!(settings, expected);
                    problems
                }
                "keys.toml" => {
                    assert_eq!(keys::read(file, &text), (KeyRows::default(), Vec::new()));
                    keys::read(file, &on).1
                }
                _ => {
                    assert_eq!(theme::read(file, &text), (OwnTheme::default(), Vec::new()));
                    let (own, problems) = theme::read(file, &on);
                    let dark = crate::doc::theme::Mode::Dark;
                    assert_eq!(own.over("mono", dark), theme::bundled("dark"));
                    problems
                }
            };
            let errors: Vec<_> = problems
                .iter()
                .filter(|p| p.level == Level::Error)
                .collect();
            assert!(errors.is_empty(), "{language} {file}: {}", said(&problems));
        }
    }
}

#[test]
fn keys_that_are_freed_in_a_place_are_free_there() {
    let text = "[everywhere]\n\"x\" = \"search\"\n[thread]\n\"x\" = false\n\"x y\" = \"reply\"\n";
    let (keys, problems) = keys::read("keys.toml", text);
    assert_eq!(said(&problems), "");
    let map = keys.keymap();
    assert!(
        map.keys_of(Context::Thread, Action::Reply)
            .contains(&"xy".to_owned())
    );
    assert_eq!(map.keys_of(Context::Topics, Action::Search)[0], "x");
    assert!(
        !map.keys_of(Context::Thread, Action::Search)
            .contains(&"x".to_owned())
    );
}

#[test]
fn schemas_know_every_setting_command_and_token() {
    let l10n = L10n::english();
    let count = |file: &str, pointer: &str| {
        let schema = schema::of(file, &l10n).unwrap();
        schema
            .pointer(pointer)
            .and_then(|it| it.as_object())
            .map_or(0, serde_json::Map::len)
    };
    let top = settings::SETTINGS
        .iter()
        .filter(|s| s.section.is_empty())
        .count();
    assert_eq!(count("config.toml", "/properties"), top + 2);
    assert_eq!(
        count("theme.toml", "/properties/tokens/properties"),
        crate::doc::theme::TOKENS.len()
    );
    let keys = schema::of("keys.toml", &l10n).unwrap();
    let commands = keys
        .pointer("/properties/everywhere/additionalProperties/oneOf")
        .unwrap();
    assert_eq!(
        commands.as_array().unwrap().len(),
        crate::app::commands::COMMANDS.len() + 1
    );
}

#[rstest]
#[case(&["space", "--config-dir", "a", "topics"], None, "a")]
#[case(&["space", "--config-dir=b"], Some("c"), "b")]
#[case(&["space", "topics"], Some("c"), "c")]
fn the_folder(#[case] args: &[&str], #[case] set: Option<&str>, #[case] want: &str) {
    let args: Vec<std::ffi::OsString> = args.iter().map(Into::into).collect();
    let found = folder(&args, |_| set.map(Into::into));
    assert_eq!(found, Some(want.into()));
}

/// Text that is nearly a file of ours, more often than chance would make one.
fn nearly() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just("[everywhere]\n".to_owned()),
        Just("[tokens]\n".to_owned()),
        Just("[read]\n".to_owned()),
        Just("theme = { light = ".to_owned()),
        Just("\"g g\" = \"top\"\n".to_owned()),
        Just("link = \"bold on #".to_owned()),
        Just("inherits = \"dark\"\n".to_owned()),
        Just("[[a]]\n[a.b.c]\n".to_owned()),
        "[a-z\"=\\[\\]{}#<>C\\-\n .0-9é日\u{202e}\u{0}\\\\]{0,12}",
    ];
    let pieces =
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat().into_bytes());
    prop_oneof![pieces, prop::collection::vec(any::<u8>(), 0..200)]
}

proptest! {
    #[test]
    fn any_bytes_give_something_to_go_on_with(bytes in nearly()) {
        let (settings, problems) = read_bytes("config.toml", &bytes, read_settings);
        let is_wrong = problems.iter().any(|p| p.level == Level::Error);
        prop_assert!(!is_wrong || settings == Settings::default());
        let (keys, more) = read_bytes("keys.toml", &bytes, keys::read);
        let is_wrong = more.iter().any(|p| p.level == Level::Error);
        prop_assert!(!is_wrong || keys == KeyRows::default());
        let (theme, most) = read_bytes("theme.toml", &bytes, theme::read);
        let is_wrong = most.iter().any(|p| p.level == Level::Error);
        prop_assert!(!is_wrong || theme == OwnTheme::default());
        let l10n = L10n::english();
        for problem in problems.iter().chain(&more).chain(&most) {
            let text = problem.text(&l10n) + &problem.line(&l10n);
            let is_clean = !text.chars().any(|c| c.is_control() && c != '\n');
            prop_assert!(is_clean, "{text:?}");
        }
    }
}
