// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use crate::machine::Machine;

#[test]
fn accounts_are_made_and_listed() {
    let machine = Machine::with_space();
    machine
        .run(&[
            "member",
            "add",
            "bob",
            "--role",
            "moderator",
            "--no-password",
        ])
        .ok();
    let list = machine.run(&["member", "list"]).ok();
    let words: Vec<Vec<&str>> = list
        .lines()
        .map(|line| line.split_whitespace().take(4).collect())
        .collect();
    assert_eq!(
        words,
        [
            ["ID", "NAME", "KIND", "ROLES"],
            ["1001", "alice", "person", "owner"],
            ["1002", "bob", "person", "moderator"],
        ]
    );
    let json = machine.run(&["member", "list", "--json"]).ok();
    let newest: serde_json::Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    assert_eq!(newest["name"], "bob");
}

#[test]
fn a_name_is_given_once() {
    let machine = Machine::with_space();
    let said = machine.run(&["member", "add", "Alice", "--no-password"]);
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @r#"error: the name "Alice" is taken already"#);
}

#[test]
fn roles_are_given_and_taken() {
    let machine = Machine::with_space();
    let role = |arguments: &[&str]| {
        let mut all = vec!["member", "role"];
        all.extend(arguments);
        machine.run(&all)
    };
    insta::assert_snapshot!(role(&["alice", "editor"]).ok(), @"alice is now: owner, editor.");
    insta::assert_snapshot!(role(&["alice", "editor", "--remove"]).ok(), @"alice is now: owner.");
    assert_eq!(role(&["alice", "edtor"]).code, 2);
    let said = role(&["alic", "editor"]);
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @r#"
    error: there is no member "alic"
      try: `space-server member list` shows who there is
    "#);
}

#[test]
fn passwords_come_from_a_file_or_standard_input_and_never_without_a_terminal() {
    let machine = Machine::with_space();
    let set = ["member", "password", "alice", "--password-file", "-"];
    insta::assert_snapshot!(machine.run_with(&set, "battery staple\n").ok(), @"alice has a new password.");
    let said = machine.run_with(&set, "short\n");
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @"error: a password has at least 10 characters");
    let said = machine.run(&["member", "password", "alice"]);
    assert_eq!(said.code, 2);
    insta::assert_snapshot!(said.errors, @r"
    error: there is no terminal to ask for a password on
      try: give it with --password-file FILE, or --password-file - for standard input
    ");
}

#[test]
fn a_token_is_alone_on_standard_output_and_listed_without_its_secret() {
    let machine = Machine::with_space();
    let create = [
        "token",
        "create",
        "alice",
        "--label",
        "bridge",
        "--may",
        "read,write",
    ];
    let said = machine.run(&create);
    insta::assert_snapshot!(said.errors, @"Token 1 of alice; it is shown this one time:");
    let token = said.ok();
    assert!(token.starts_with("space_") && token.lines().count() == 1);
    let list = machine.run(&["token", "list", "alice"]).ok();
    assert!(
        list.contains("bridge  read write") && !list.contains(token.trim()),
        "{list}"
    );
    insta::assert_snapshot!(machine.run(&["token", "revoke", "alice", "1"]).ok(), @"Token 1 of alice is revoked.");
    assert_eq!(machine.run(&["token", "revoke", "alice", "1"]).code, 3);
}
