// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::time::Timestamp;

fn read(text: &str) -> SearchQuery {
    text.parse().unwrap()
}

/// What is wrong with a text, each with the part it points at.
fn wrong(text: &str) -> Vec<(&str, String)> {
    let errors = text.parse::<SearchQuery>().unwrap_err();
    errors
        .into_iter()
        .map(|error| (&text[error.span.clone()], error.to_string()))
        .collect()
}

#[rstest]
#[case("fire fox")]
#[case("\"fire fox\" -cat")]
#[case("@Leila -@bob #software -#news")]
#[case("before:2020-02-01 after:2019")]
#[case("before:2w after:2019-12")]
#[case("wiki in:title is:unread")]
#[case("is:bookmarked in:first lang:pt-BR -lang:en")]
#[case("std::env 12:30 https://example.org/a:b a@b.example c#")]
#[case("#48213")]
#[case("tag:wiki -tag:c++ tag:日本語")]
#[case("after:yesterday")]
fn queries_print_as_they_were_typed(#[case] text: &str) {
    assert_eq!(read(text).to_string(), text);
}

#[rstest]
#[case("a\"b c", "a \"b c\"")]
#[case("-\"b c\"x", "-\"b c\" x")]
#[case("  !!! Before:2W\tIS:Unread ", "before:2w is:unread")]
fn what_is_unusual_prints_in_the_usual_way(#[case] text: &str, #[case] want: &str) {
    assert_eq!(read(text).to_string(), want);
}

#[rstest]
#[case(
    "x befor:2020",
    "befor:",
    "`befor:` is no operator; did you mean `before:`?"
)]
#[case(
    "author:leila",
    "author:",
    "`author:` is no operator; did you mean `@name`?"
)]
#[case(
    "before:2020-13-40",
    "2020-13-40",
    "`2020-13-40` is no date; write 2020-02-01, 2020-02, 2020, today, or how long ago: 3d, 2w, 6m, 1y"
)]
#[case(
    "before:2019-02-29",
    "2019-02-29",
    "`2019-02-29` is no date; write 2020-02-01, 2020-02, 2020, today, or how long ago: 3d, 2w, 6m, 1y"
)]
#[case(
    "after:",
    "after:",
    "`after:` needs something after it, such as `after:2w`"
)]
#[case(
    "is:undread",
    "undread",
    "`is:` takes unread, bookmarked; did you mean `is:unread`?"
)]
#[case("tags:irc", "tags:", "`tags:` is no operator; did you mean `tag:`?")]
#[case("tag:", "tag:", "`tag:` needs something after it, such as `tag:wiki`")]
#[case(
    "tag:a,b",
    "a,b",
    "`a,b` is no tag; one has letters, digits, `-`, `_`, `.` and `+`"
)]
#[case("in:space", "space", "`in:` takes title, first")]
#[case(
    "lang:x",
    "x",
    "`x` is no language; write a tag such as en, pt-BR or zh-Hant"
)]
#[case("a -in:title", "-in:title", "`-` cannot stand before `in:title`")]
#[case("@ x", "@", "`@` needs something after it, such as `@leila`")]
#[case(
    "-cat -#news",
    "-cat -#news",
    "say what to look for, not only what to leave out"
)]
#[case(
    "ünï is:ünread",
    "ünread",
    "`is:` takes unread, bookmarked; did you mean `is:unread`?"
)]
fn errors_point_at_what_is_wrong(#[case] text: &str, #[case] at: &str, #[case] says: &str) {
    assert_eq!(wrong(text), [(at, says.to_owned())]);
}

#[test]
fn every_error_of_a_query_is_told() {
    assert_eq!(wrong("is:old lang:?? fox").len(), 2);
    let long = "x ".repeat(40);
    assert_eq!(
        wrong(&long)[0].1,
        "that is too long for a search: at most 32 words and operators"
    );
}

#[rstest]
#[case("before:2020-02", "2020-02-01T00:00:00Z")]
#[case("before:2020", "2020-01-01T00:00:00Z")]
#[case("before:today", "2020-06-15T00:00:00Z")]
#[case("before:yesterday", "2020-06-14T00:00:00Z")]
#[case("before:12h", "2020-06-15T00:30:00Z")]
#[case("before:2w", "2020-06-01T12:30:00Z")]
fn moments_are_in_utc(#[case] text: &str, #[case] want: &str) {
    let now = Timestamp::parse_utc("2020-06-15T12:30:00Z").unwrap();
    let Part::Before(when) = read(text).terms[0].part else {
        panic!("it is a moment");
    };
    assert_eq!(when.moment(now).to_string(), want);
}

#[rstest]
#[case("fox @lei|", Some("lei"))]
#[case("-#soft|", Some("soft"))]
#[case("-tag:wi|", Some("wi"))]
#[case("TAG:|", Some(""))]
#[case("bef|", Some("bef"))]
#[case("is:|", Some("is:"))]
#[case("is:unread|", None)]
#[case("fox|", None)]
#[case("|", None)]
fn what_is_being_typed_can_be_completed(#[case] text: &str, #[case] span: Option<&str>) {
    let cursor = text.find('|').unwrap();
    let text = text.replace('|', "");
    let found = complete(&text, cursor);
    assert_eq!(found.as_ref().map(|found| &text[found.span.clone()]), span);
    match found.map(|found| found.of) {
        Some(CompletionOf::Author(name)) => assert_eq!(name, "lei"),
        Some(CompletionOf::Tag(name)) => assert!(name == "wi" || name.is_empty()),
        Some(CompletionOf::Category(name)) => assert_eq!(name, "soft"),
        Some(CompletionOf::Word(words)) => assert!(!words.is_empty()),
        None => {}
    }
}

proptest! {
    #[test]
    fn any_text_is_a_query_or_errors_that_point_into_it(
        text in "\\PC{0,60}|(-|@|#|\"|in:|is:|tag:|before:|befor:|lang:|2020|2w| |\\t|é|語){0,12}"
    ) {
        match text.parse::<SearchQuery>() {
            Ok(query) => {
                for term in &query.terms {
                    prop_assert!(text.get(term.span.clone()).is_some_and(|part| !part.is_empty()));
                }
                let printed = query.to_string();
                let again: SearchQuery = printed.parse().unwrap();
                let parts = |query: &SearchQuery| -> Vec<(bool, Part)> {
                    query.terms.iter().map(|term| (term.is_excluded, term.part.clone())).collect()
                };
                prop_assert_eq!(parts(&again), parts(&query));
            }
            Err(errors) => {
                prop_assert!(!errors.is_empty());
                for error in errors {
                    prop_assert!(text.get(error.span).is_some_and(|part| !part.is_empty()));
                }
            }
        }
    }

    #[test]
    fn completing_anywhere_replaces_a_part_of_the_text(text in "\\PC{0,30}|[-@#isn:t\" é]{0,12}", cursor in 0..40_usize) {
        if let Some(found) = complete(&text, cursor) {
            prop_assert!(text.get(found.span).is_some());
        }
    }
}
