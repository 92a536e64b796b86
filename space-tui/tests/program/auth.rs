// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space auth`: where tokens are, and which profile is used.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use serde_json::{Value, json};
use space_tui::profile::Profile;

use crate::house::House;
use crate::login::Impostor;

fn status(house: &House) -> Value {
    let done = house.space(&["auth", "status", "--json"]);
    assert_eq!(done.code, 0, "{}", done.err);
    serde_json::from_str(&done.out).unwrap()
}

#[test]
fn status_names_the_file_from_before_what_else_was_looked_at_and_what_to_do() {
    let house = House::new();
    let status = status(&house);
    let path = house.folders().credentials().path(
        &house
            .folders()
            .load("default")
            .unwrap()
            .unwrap()
            .account()
            .unwrap(),
    );
    assert_eq!(
        status["token"],
        json!({"place": "plain_file", "at": path, "is_plain": true, "state": "used"})
    );
    assert_eq!(status["accepted"], "unknown", "its server does not answer");
    assert_eq!(
        status["places"][1],
        json!({"place": "keyring", "is_plain": false, "state": "refused", "why": "the keyring is switched off"})
    );
    assert!(status["fix"].as_str().unwrap().contains("no keyring"));
    let done = house.space(&["auth", "status"]);
    for word in [
        "default",
        "Alice",
        "unencrypted",
        "did not answer",
        "switched off",
    ] {
        assert!(done.out.contains(word), "{word}: {}", done.out);
    }
    for secret in [done.out, status.to_string()] {
        assert!(!secret.contains("space_test"), "{secret}");
    }
}

#[test]
fn missing_profile_names_those_that_are_there() {
    let house = House::new();
    let done = house.space(&["--profile", "other", "topics"]);
    assert_eq!(done.code, 3, "{}", done.err);
    assert!(done.err.contains("--profile NAME"), "{}", done.err);
    assert!(done.err.contains("(default)"), "{}", done.err);
}

#[test]
fn status_without_a_token_says_how_to_get_one() {
    let house = House::new();
    std::fs::remove_dir_all(house.folders().data.join("credentials")).unwrap();
    let status = status(&house);
    assert_eq!(status["accepted"], "no_token");
    assert!(status.get("token").is_none());
    assert!(
        status["fix"]
            .as_str()
            .unwrap()
            .contains("--insecure-storage")
    );
}

#[test]
fn a_token_of_a_variable_a_file_or_a_command_goes_before() {
    let house = House::new();
    let file = house.folders().data.join("given");
    std::fs::write(&file, "space_given\n").unwrap();
    for (variable, value, place) in [
        ("SPACE_TOKEN", "space_given", "variable"),
        ("SPACE_TOKEN_FILE", file.to_str().unwrap(), "variable_file"),
        ("SPACE_TOKEN_COMMAND", "echo space_given", "command"),
    ] {
        let variables = [(variable, value), ("PATH", "/usr/bin:/bin")];
        let done = house.space_with(&variables, &["auth", "status", "--json"]);
        let status: Value = serde_json::from_str(&done.out).unwrap();
        assert_eq!(status["token"]["place"], place);
        assert_eq!(status["places"][1]["state"], "unused", "{status}");
    }
}

#[test]
fn the_profile_that_is_switched_to_is_used() {
    let house = House::new();
    let server = Impostor::start();
    let other = Profile {
        server: server.url.clone(),
        member: None,
        allow_plain_http: false,
        window: space_core::client::sync::Window::default(),
    };
    house.folders().save("other", &other).unwrap();
    let names = |house: &House| {
        let done = house.space(&["auth", "list", "--json"]);
        let list: Value = serde_json::from_str(&done.out).unwrap();
        let profiles = list.as_array().unwrap().iter();
        profiles
            .map(|p| {
                (
                    p["profile"].as_str().unwrap().to_owned(),
                    p["is_current"] == true,
                )
            })
            .collect::<Vec<_>>()
    };
    let both = |first, second| vec![("default".to_owned(), first), ("other".to_owned(), second)];
    assert_eq!(names(&house), both(true, false));
    let done = house.space(&["auth", "switch", "nowhere"]);
    assert_eq!(done.code, 4);
    assert!(done.err.contains("default, other"), "{}", done.err);
    assert_eq!(house.space(&["auth", "switch", "other"]).code, 0);
    assert_eq!(names(&house), both(false, true));
    assert_eq!(status(&house)["profile"], "other");
    let asked = house.space(&["--profile", "default", "auth", "status", "--json"]);
    assert!(asked.out.contains("Alice"), "a name goes before");
    assert_eq!(house.space(&["auth", "logout"]).code, 0);
    assert_eq!(names(&house), [("default".to_owned(), true)]);
}
