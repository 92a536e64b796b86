// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Configuration files and the doctor, as whoever runs the program meets them.

use serde_json::Value;

use crate::house::{Done, House};

fn write(house: &House, name: &str, text: &str) {
    let folder = house.folders().config;
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(name), text).expect("a file");
}

fn shown(house: &House, text: &str) -> String {
    text.replace(&house.folders().config.display().to_string(), "CONFIG")
}

#[test]
fn files_to_begin_with_change_nothing_and_are_not_written_over() {
    let house = House::new();
    let before = house.space(&["config", "show"]);
    let done = house.space(&["config", "init"]);
    assert_eq!(
        (done.code, done.out.lines().count()),
        (0, 3),
        "{}",
        done.out
    );
    let done = house.space(&["config", "check"]);
    assert_eq!(
        (done.code, shown(&house, &done.out).trim()),
        (0, "Everything is right in CONFIG.")
    );
    assert_eq!(house.space(&["config", "show"]).out, before.out);
    write(&house, "config.toml", "mouse = true # mine\n");
    let done = house.space(&["config", "init"]);
    assert!(done.out.contains("is there already"), "{}", done.out);
    let kept = std::fs::read_to_string(house.folders().config.join("config.toml")).unwrap();
    assert_eq!(kept, "mouse = true # mine\n");
}

#[test]
fn every_mistake_is_said_at_once_and_nothing_stops_working() {
    let house = House::new();
    write(
        &house,
        "config.toml",
        "colour = \"auto\"\nmouse = 1\nlanguage = \"de\"\n",
    );
    write(&house, "keys.toml", "[topic]\n");
    let done = house.space(&["config", "check"]);
    assert_eq!(done.code, 1);
    insta::assert_snapshot!(shown(&house, &(done.out + &done.err)));
    let done = house.space(&["config", "check", "--json"]);
    let lines: Vec<Value> = done
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["nearest"], "color");
    assert_eq!(
        (&lines[1]["line"], &lines[1]["column"]),
        (&2.into(), &9.into())
    );
    // With its defaults: what the file said right is not used either.
    let Done { code, out, err } = house.space(&["topics"]);
    assert_eq!((code, out.lines().count()), (0, 2));
    let err = shown(&house, &err);
    assert_eq!(
        err.trim(),
        "CONFIG/config.toml:1:1: there is no setting \"colour\"; did you mean: color; 3 mistakes, to see them: space config check"
    );
}

#[test]
fn the_language_and_the_profile_that_are_set_are_used() {
    let house = House::new();
    write(
        &house,
        "config.toml",
        "language = \"de\"\nprofile = \"other\"\n",
    );
    let done = house.space(&["topics"]);
    assert!(done.err.contains("Profil „other“"), "{}", done.err);
    let done = house.space(&["--profile", "default", "topics"]);
    assert_eq!(done.code, 0, "{}", done.err);
}

#[test]
fn schemas_are_json() {
    let house = House::new();
    for file in ["config", "keys", "theme"] {
        let done = house.space(&["config", "schema", file]);
        let schema: Value = serde_json::from_str(&done.out).unwrap();
        assert_eq!(schema["title"], format!("{file}.toml"));
    }
}

#[test]
fn the_doctor_says_what_is_wrong_and_nothing_secret() {
    let house = House::new();
    let done = house.space(&["doctor", "--json"]);
    assert!(!done.out.contains("space_test"), "{}", done.out);
    let report: Value = serde_json::from_str(&done.out).unwrap();
    let of = |name: &str| {
        let findings = report["findings"].as_array().unwrap();
        findings
            .iter()
            .find(|it| it["name"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(of("copy")["status"], "ok");
    // It lies in a file, unencrypted, and the doctor says so.
    assert_eq!(of("token")["status"], "warning");
    assert_eq!(of("folder")["status"], "ok");
    // Nobody answers at its server: a warning, for reading goes on.
    assert_eq!(of("server")["status"], "warning");
    assert!(
        of("server")["fix"]
            .as_str()
            .unwrap()
            .contains("nothing answers")
    );
    assert_eq!(done.code, 0, "{}", done.out);
}

#[test]
fn the_doctor_finds_a_damaged_copy_and_wrong_files() {
    let house = House::new();
    let file = house.folders().replica("default").unwrap();
    std::fs::write(
        &file,
        "this is no database, however long it may be ".repeat(200),
    )
    .unwrap();
    write(&house, "theme.toml", "[tokens]\nlinc = \"blue\"\n");
    let done = house.space(&["doctor", "--offline"]);
    assert_eq!(done.code, 1);
    let problems: Vec<&str> = done
        .out
        .lines()
        .filter(|line| line.starts_with("problem "))
        .collect();
    assert_eq!(problems.len(), 2, "{}", done.out);
    assert!(done.out.contains("space config check") && done.out.contains("space outbox"));
}
