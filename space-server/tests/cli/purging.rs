// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use rstest::rstest;

use crate::machine::Machine;

#[rstest]
#[case::a_post(&["--post", "1004"])]
#[case::a_time(&["--older-than", "30d"])]
#[case::a_member(&["--member", "alice"])]
fn choice_of_posts_goes_with_every_option(#[case] which: &[&str]) {
    let machine = Machine::with_space();
    let mut args = vec!["purge", "--dry-run", "--json", "--with-evidence"];
    args.extend(which);
    let said = machine.run(&args);
    assert!([0, 3].contains(&said.code), "{}", said.errors);
    assert!(
        !said.errors.contains("cannot be used with"),
        "{}",
        said.errors
    );
}

#[rstest]
#[case::none(&["purge"])]
#[case::options_alone(&["purge", "--dry-run"])]
#[case::two(&["purge", "--post", "1004", "--member", "alice"])]
fn choice_of_posts_is_one(#[case] args: &[&str]) {
    assert_eq!(Machine::with_space().run(args).code, 2);
}
