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
            ["1003", "bob", "person", "moderator"],
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
    let notes: Vec<&str> = said.errors.lines().collect();
    insta::assert_snapshot!(notes[0], @"Token 1 of alice; it is shown this one time:");
    assert!(notes[1].starts_with("It ends on ") && notes.len() == 2);
    let token = said.ok();
    assert!(token.starts_with("space_") && token.lines().count() == 1);
    let list = machine.run(&["token", "list", "alice"]).ok();
    assert!(
        list.contains("bridge  read write") && !list.contains(token.trim()),
        "{list}"
    );
    insta::assert_snapshot!(machine.run(&["token", "revoke", "alice", "1"]).ok(), @"Token 1 of alice is revoked.");
    let said = machine.run(&["token", "revoke", "alice", "1"]);
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @r"
    error: alice has no token 1
      try: `space-server token list alice` shows which there are
    ");
}

#[test]
fn the_only_owner_stays_one() {
    let machine = Machine::with_space();
    let remove = ["member", "role", "alice", "owner", "--remove"];
    let said = machine.run(&remove);
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @r"
    error: alice is the only owner
      try: make somebody else an owner first: `space-server member role NAME owner`
    ");
    machine
        .run(&["member", "add", "bob", "--role", "owner", "--no-password"])
        .ok();
    insta::assert_snapshot!(machine.run(&remove).ok(), @"alice holds no role now.");
}

#[test]
fn a_token_needs_a_label() {
    let said = Machine::new().run(&["token", "create", "alice", "--label", ""]);
    assert_eq!(said.code, 2);
    let first = said.errors.lines().next().unwrap();
    insta::assert_snapshot!(first, @"error: invalid value '' for '--label <TEXT>': the label has 0 characters; at least 1 is needed");
}

#[test]
fn token_without_end_is_made_when_asked() {
    let machine = Machine::with_space();
    let create = ["token", "create", "alice", "--label", "bridge", "--no-end"];
    let said = machine.run(&create);
    assert_eq!(said.errors.lines().count(), 1);
    said.ok();
    let list = machine.run(&["token", "list", "alice"]).ok();
    assert!(list.contains("never"), "{list}");
}

#[test]
fn account_is_blocked_and_unblocked() {
    let machine = Machine::with_space();
    machine
        .run(&["member", "add", "mallory", "--no-password"])
        .ok();
    machine
        .run(&["token", "create", "mallory", "--label", "bot"])
        .ok();
    let block = ["member", "block", "mallory", "--reason", "spam"];
    insta::assert_snapshot!(machine.run(&block).ok(), @"mallory is blocked. One token ended.");
    insta::assert_snapshot!(machine.run(&block).ok(), @"mallory was already blocked.");
    let said = machine.run(&["token", "create", "mallory", "--label", "bot"]);
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @"error: this account is blocked");
    let list = machine.run(&["member", "list", "--json"]).ok();
    let newest: serde_json::Value = serde_json::from_str(list.lines().last().unwrap()).unwrap();
    assert!(newest["blocked_at"].is_i64(), "{newest}");
    let unblock = ["member", "unblock", "mallory"];
    insta::assert_snapshot!(machine.run(&unblock).ok(), @"mallory can sign in again. Earlier tokens stay ended.");
    insta::assert_snapshot!(machine.run(&unblock).ok(), @"mallory was not blocked.");
}

#[test]
fn only_owner_is_not_blocked_unawares() {
    let machine = Machine::with_space();
    let said = machine.run(&["member", "block", "alice"]);
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @r"
    error: alice is the only owner who can sign in
      try: make another member an owner first, or add --even-the-only-owner
    ");
    let block = ["member", "block", "alice", "--even-the-only-owner"];
    insta::assert_snapshot!(machine.run(&block).ok(), @"alice is blocked.");
}

#[test]
fn new_password_says_what_stays_valid() {
    let machine = Machine::with_space();
    machine
        .run(&["token", "create", "alice", "--label", "bot"])
        .ok();
    let set = ["member", "password", "alice", "--password-file", "-"];
    let said = machine.run_with(&set, "battery staple\n");
    insta::assert_snapshot!(said.errors, @"Log-ins and tokens stay valid, 1 in all: --sign-out ends them.");
    said.ok();
    let mut set = set.to_vec();
    set.push("--sign-out");
    insta::assert_snapshot!(machine.run_with(&set, "battery staple\n").ok(), @"alice has a new password. One token ended.");
}

#[test]
fn audit_log_is_listed_and_verified() {
    let machine = Machine::with_space();
    machine.run(&["member", "role", "alice", "editor"]).ok();
    let list = machine.run(&["audit", "list"]).ok();
    let words: Vec<&str> = list.lines().last().unwrap().split_whitespace().collect();
    assert_eq!(words[2..6], ["role.given", "operator", "alice", "-"]);
    let only = machine.run(&["audit", "list", "--event", "member.made", "--json"]);
    let only: serde_json::Value = serde_json::from_str(only.ok().trim()).unwrap();
    assert_eq!(only["event"], "member.made");
    let verified = machine.run(&["audit", "verify"]).ok();
    let (says, known) = verified.trim().split_once('\n').unwrap();
    assert_eq!(says, "The audit log is as it was written.");
    machine.run(&["audit", "verify", "--known", known]).ok();
    let other = format!("1:{}", "0".repeat(64));
    let said = machine.run(&["audit", "verify", "--known", &other]);
    assert_eq!(said.code, 1);
    assert!(
        said.errors
            .contains("the audit log is not as it was written")
    );
}
