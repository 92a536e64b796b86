// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A saved forum brought in by the program: names of categories, and an owner who can sign in.

use serde_json::json;

use crate::machine::{Machine, Said};

/// Saves a forum of one topic by ann, in category 7.
fn save(machine: &Machine) {
    let folder = machine.folder().join("saved");
    std::fs::create_dir(&folder).unwrap();
    let post = json!({
        "id": 10, "post_number": 1, "post_type": 1, "user_id": 5, "username": "ann", "version": 1,
        "created_at": "2020-01-01T00:00:00.000Z", "updated_at": "2020-01-01T00:00:00.000Z",
        "cooked": "<p>Hello.</p>",
    });
    let topic = json!({
        "id": 1, "title": "Topic number 1", "category_id": 7, "views": 3,
        "created_at": "2020-01-01T00:00:00.000Z", "last_posted_at": "2020-01-01T00:00:00.000Z",
        "post_stream": {"posts": [post], "stream": [10]},
    });
    std::fs::write(folder.join("1.json"), topic.to_string()).unwrap();
}

fn import(machine: &Machine, more: &[&str], input: &str) -> Said {
    let mut arguments = vec!["import", "discourse", "saved"];
    arguments.extend(more);
    machine.run_with(&arguments, input)
}

fn roles(machine: &Machine, name: &str) -> String {
    let list = machine.run(&["member", "list"]).ok();
    let row = list
        .lines()
        .find(|line| line.contains(name))
        .unwrap_or_default();
    row.split_whitespace().nth(3).unwrap_or_default().to_owned()
}

#[test]
fn an_account_of_the_forum_becomes_owner() {
    let machine = Machine::new();
    save(&machine);
    let owner = [
        "--owner",
        "ann",
        "--password-file",
        "-",
        "--category",
        "7=Help",
    ];
    let said = import(&machine, &owner, "correct horse\n");
    insta::assert_snapshot!(said.errors, @r"
    ann (#1002) is an owner, and can sign in.
    Next: `space-server serve`, then `space login http://127.0.0.1:7780` in another terminal.
    ");
    said.ok();
    assert_eq!(roles(&machine, "ann"), "owner");
    assert!(machine.run(&["category", "list"]).ok().contains("help"));
    // The second run asks for nothing, and does not replace a password.
    let said = import(&machine, &["--owner", "ann"], "");
    insta::assert_snapshot!(said.errors, @"ann (#1002) is an owner, and can sign in.");
    said.ok();
    let said = import(&machine, &owner, "another one, then\n");
    assert_eq!(said.code, 2);
    insta::assert_snapshot!(said.errors, @r"
    error: ann has a password already
      try: leave --password-file out; `space-server member password NAME` gives another one
    ");
}

#[test]
fn an_account_that_the_forum_lacks_is_made_for_the_owner() {
    let machine = Machine::new();
    save(&machine);
    let said = import(
        &machine,
        &["--owner", "zoe", "--password-file", "-"],
        "correct horse\n",
    );
    assert!(
        said.errors.starts_with("Made the account zoe (#"),
        "{}",
        said.errors
    );
    said.ok();
    assert_eq!(
        (
            roles(&machine, "zoe").as_str(),
            roles(&machine, "ann").as_str()
        ),
        ("owner", "2020-01-01")
    );
}

#[test]
fn what_is_wrong_is_said_before_anything_is_asked_or_made() {
    let machine = Machine::new();
    save(&machine);
    for (more, wrong) in [
        (
            &["--owner", "ann", "--password-file", "-"][..],
            "at least 10 characters",
        ),
        (&["--password-file", "-"], "--owner, which is not given"),
        (
            &["--category", "7=A", "--category", "7=B"],
            "--category 7 is given twice",
        ),
        (
            &["--category", "seven=A"],
            "is not the number of a category",
        ),
        (&["--category", "7"], "expected ID=NAME"),
        (&["--owner", "ann", "--dry-run"], "cannot be used with"),
    ] {
        let said = import(&machine, more, "short\n");
        assert_ne!(said.code, 0, "{more:?}");
        assert!(said.errors.contains(wrong), "{more:?}: {}", said.errors);
    }
    assert!(!machine.data_dir().exists());
}
