// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The name under which a member is shown.
//!
//! A member has two names. The one they are mentioned by is checked: nobody else has it, and a visitor's ends with the
//! network. The other is chosen by its bearer, who may choose that of somebody else. So a chosen name never stands alone:
//! every page, feed, room and screen shows what these functions return.

use std::borrow::Cow;

use super::{Member, MemberKind};
use crate::markup::sanitize;
use crate::text::DisplayName;

impl Member {
    /// Returns the name for a reader: `alice`, or `ann (irc)` for a visitor; see [`shown_name`].
    pub fn shown_name(&self) -> String {
        let chosen = self.display_name.as_ref().map(DisplayName::as_str);
        shown_name(Some(self.kind), self.name.as_str(), chosen)
    }

    /// Returns both names: `alice (Alice Liddell)`; see [`full_name`].
    pub fn full_name(&self) -> String {
        let chosen = self.display_name.as_ref().map(DisplayName::as_str);
        full_name(self.name.as_str(), chosen)
    }
}

/// Returns the name for a reader: of a visitor what they call themselves with their network, `ann (irc)`; of all others
/// the name they are mentioned by.
///
/// The network is the end of the checked name, with the number that tells apart two of one name: `ann (irc2)`. What a
/// visitor calls themselves has no parentheses here, so that the network is what stands in them.
pub fn shown_name(kind: Option<MemberKind>, name: &str, chosen: Option<&str>) -> String {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    // A visitor of whom nobody had heard may have a number behind the network.
    let parts = name.rsplit_once('_').and_then(|parts| match parts {
        (before, number) if is_number(number) => before.rsplit_once('_'),
        parts => Some(parts),
    });
    let (Some(MemberKind::Visitor), Some((nick, network))) = (kind, parts) else {
        return name.to_owned();
    };
    let chosen = chosen.map(without_parentheses).unwrap_or_default();
    let nick = if chosen.is_empty() {
        nick
    } else {
        chosen.as_str()
    };
    format!("{nick} ({network})")
}

/// Returns the name a member is mentioned by, with the chosen one in parentheses when that says something else:
/// `alice (Alice Liddell)`, `ann_irc (ann|away)`. Where a reader needs the name for a command.
pub fn full_name(name: &str, chosen: Option<&str>) -> String {
    match chosen.map(sanitize::line).as_deref() {
        Some(chosen) if !chosen.is_empty() && chosen != name => format!("{name} ({chosen})"),
        _ => name.to_owned(),
    }
}

fn without_parentheses(chosen: &str) -> String {
    let bare: String = chosen
        .chars()
        .map(|c| if is_parenthesis(c) { ' ' } else { c })
        .collect();
    let bare: Cow<'_, str> = sanitize::line(&bare);
    bare.into_owned()
}

/// Parentheses, and what looks like them in another width or style.
fn is_parenthesis(c: char) -> bool {
    matches!(
        c,
        '(' | ')' | '\u{207d}' | '\u{207e}' | '\u{208d}' | '\u{208e}' | '\u{2768}'
            ..='\u{276b}'
                | '\u{2985}'
                | '\u{2986}'
                | '\u{fd3e}'
                | '\u{fd3f}'
                | '\u{fe59}'
                | '\u{fe5a}'
                | '\u{ff08}'
                | '\u{ff09}'
                | '\u{ff5f}'
                | '\u{ff60}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::member(MemberKind::Person, "alice", Some("Alice Liddell"), "alice")]
    #[case::member_named_as_another(MemberKind::Person, "mallory", Some("alice"), "mallory")]
    #[case::bot(MemberKind::Bot, "helper", Some("alice"), "helper")]
    #[case::visitor(MemberKind::Visitor, "ann_irc", Some("ann"), "ann (irc)")]
    #[case::visitor_named_as_a_member(MemberKind::Visitor, "x_irc", Some("alice"), "alice (irc)")]
    #[case::second_of_a_name(MemberKind::Visitor, "ann_irc2", Some("ann"), "ann (irc2)")]
    #[case::numbered(MemberKind::Visitor, "ann_irc_1003", Some("ann"), "ann (irc)")]
    #[case::nothing_chosen(MemberKind::Visitor, "visitor_matrix", None, "visitor (matrix)")]
    #[case::nothing_to_see(MemberKind::Visitor, "x_irc", Some("\u{202e}\u{200b}"), "x (irc)")]
    #[case::claims_another_network(
        MemberKind::Visitor,
        "x_irc",
        Some("alice (staff)"),
        "alice staff (irc)"
    )]
    #[case::wide_parentheses(
        MemberKind::Visitor,
        "x_irc",
        Some("alice\u{ff08}matrix\u{ff09}"),
        "alice matrix (irc)"
    )]
    #[case::of_an_import(MemberKind::Visitor, "unknown", Some("alice"), "unknown")]
    #[case::reversed(MemberKind::Visitor, "x_irc", Some("\u{202e}ecila"), "ecila (irc)")]
    fn chosen_name_never_stands_alone(
        #[case] kind: MemberKind,
        #[case] name: &str,
        #[case] chosen: Option<&str>,
        #[case] want: &str,
    ) {
        assert_eq!(shown_name(Some(kind), name, chosen), want);
    }

    #[rstest]
    #[case("alice", None, "alice")]
    #[case("alice", Some("alice"), "alice")]
    #[case("alice", Some("Alice Liddell"), "alice (Alice Liddell)")]
    #[case("mallory", Some("alice"), "mallory (alice)")]
    #[case("x_irc", Some("al\u{202e}ice"), "x_irc (alice)")]
    #[case("alice", Some("\u{200b}"), "alice")]
    fn full_name_begins_with_the_checked_one(
        #[case] name: &str,
        #[case] chosen: Option<&str>,
        #[case] want: &str,
    ) {
        assert_eq!(full_name(name, chosen), want);
    }

    proptest! {
        #[test]
        fn visitor_always_ends_with_its_network(chosen in "\\PC{0,40}|[()a-z ]{0,20}") {
            let shown = shown_name(Some(MemberKind::Visitor), "x_irc", Some(&chosen));
            prop_assert!(shown.ends_with(" (irc)"), "{shown}");
            prop_assert_eq!(shown.matches('(').count(), 1);
            prop_assert_eq!(sanitize::line(&shown), shown.as_str());
        }
    }
}
