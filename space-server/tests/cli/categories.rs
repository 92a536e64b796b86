// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use crate::machine::{Machine, Said};

fn run(machine: &Machine, line: &str) -> Said {
    machine.run(&line.split_whitespace().collect::<Vec<_>>())
}

/// Puts a word of the same width in the place of numbers that follow the clock, as those of closed things do.
fn without_clock(text: &str) -> String {
    let mut out = text.to_owned();
    for number in text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|number| number.len() == 12)
    {
        out = out.replace(number, "by-the-clock");
    }
    out
}

#[test]
fn a_new_space_has_a_category_unless_none_is_wanted() {
    let machine = Machine::with_space();
    insta::assert_snapshot!(run(&machine, "category list").ok(), @r"
    ID    SLUG     NAME     POSITION  UNDER  WHO MAY
    1002  general  General  1                everyone read, members start
    ");
    let machine = Machine::new();
    run(&machine, "init --name Empty --no-category").ok();
    insta::assert_snapshot!(run(&machine, "category list").ok(), @"ID  SLUG  NAME  POSITION  UNDER  WHO MAY");
}

#[test]
fn categories_are_made_listed_opened_and_closed() {
    let machine = Machine::with_space();
    run(&machine, "group add press --name Press").ok();
    for line in [
        "category add news --name News --about Tidings --colour #3366cc --language en --parent general",
        "category add club --name Club --members",
        "category add desk --name Desk --staff",
        "category add wire --name Wire --group press",
    ] {
        run(&machine, line).ok();
    }
    insta::assert_snapshot!(run(&machine, "category access desk --group press").ok(), @"desk is open to press alone now.");
    insta::assert_snapshot!(run(&machine, "category access wire --open").ok(), @"wire is open to everyone now.");
    insta::assert_snapshot!(without_clock(&run(&machine, "category list").ok()), @r"
    ID            SLUG     NAME     POSITION  UNDER    WHO MAY
    1002          general  General  1                  everyone read, members start
    1004          news     News     2         general  everyone read, members start
    by-the-clock  club     Club     3                  members start
    by-the-clock  desk     Desk     3                  group press start
    by-the-clock  wire     Wire     3                  everyone read, members start
    ");
    let json = run(&machine, "category list --json").ok();
    let desk: serde_json::Value = serde_json::from_str(json.lines().nth(3).unwrap()).unwrap();
    assert_eq!(desk["slug"], "desk");
    assert_eq!(desk["access"][0]["audience"], "group:1003");
}

#[test]
fn a_category_says_what_it_is_missing() {
    let machine = Machine::with_space();
    let said = run(&machine, "category access nowhere --open");
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @r#"
    error: there is no category "nowhere"
      try: `space-server category list` shows which there are
    "#);
    let said = run(&machine, "category add news --name News --group nobody");
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @r#"
    error: there is no group "nobody"
      try: `space-server group list` shows which there are
    "#);
    assert_eq!(run(&machine, "category add general --name General").code, 3);
    assert_eq!(run(&machine, "category access general").code, 2);
    assert_eq!(
        run(&machine, "category access general --open --staff").code,
        2
    );
}

#[test]
fn a_category_is_edited() {
    let machine = Machine::with_space();
    run(&machine, "category add news --name News --colour #3366cc").ok();
    let edit = |arguments: &[&str]| {
        let mut all = vec!["category", "edit"];
        all.extend(arguments);
        machine.run(&all)
    };
    insta::assert_snapshot!(
        edit(&["general", "--name", "The hall", "--description", "For all.", "--colour", "#aa0000", "--position", "7"]).ok(),
        @r#"general is "The hall" at position 7, #aa0000."#
    );
    let said = edit(&[
        "news",
        "--slug",
        "tidings",
        "--no-colour",
        "--language",
        "en",
    ]);
    insta::assert_snapshot!(said.errors, @"Addresses and rooms that use news do not find it any more.");
    insta::assert_snapshot!(said.ok(), @r#"tidings is "News" at position 2."#);
    insta::assert_snapshot!(run(&machine, "category list").ok(), @r"
    ID    SLUG     NAME      POSITION  UNDER  WHO MAY
    1003  tidings  News      2                everyone read, members start
    1002  general  The hall  7                everyone read, members start
    ");
    let said = edit(&["tidings", "--slug", "general"]);
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @r#"error: the short name "general" is taken already"#);
    for wrong in [
        &["general"][..],
        &["general", "--position", "0"],
        &["general", "--colour", "#aa0000", "--no-colour"],
        &["general", "--name", ""],
    ] {
        assert_eq!(edit(wrong).code, 2, "{wrong:?}");
    }
    assert_eq!(edit(&["nowhere", "--name", "X"]).code, 3);
    let log = run(&machine, "audit list --json").ok();
    let edited: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("category.edited"))
        .collect();
    assert_eq!(edited.len(), 2, "{log}");
    assert!(
        edited[1].contains("tidings") && !log.contains("For all."),
        "{log}"
    );
    run(&machine, "audit verify").ok();
}

#[test]
fn members_are_put_in_groups_and_taken_out() {
    let machine = Machine::with_space();
    insta::assert_snapshot!(without_clock(&run(&machine, "group add press --name Press --closed").ok()), @"Made the group press (#by-the-clock).");
    insta::assert_snapshot!(run(&machine, "group put press alice").ok(), @"alice is in press now.");
    insta::assert_snapshot!(without_clock(&run(&machine, "group list").ok()), @r"
    ID            SLUG   NAME   KNOWN TO  MEMBERS
    by-the-clock  press  Press  members   alice
    ");
    insta::assert_snapshot!(run(&machine, "group take press alice").ok(), @"alice is not in press now.");
    assert!(!run(&machine, "group list --json").ok().contains("alice"));
    assert_eq!(run(&machine, "group put press nobody").code, 3);
}
