// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Members: everyone who has an account.

mod shown;

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use crate::id::MemberId;
use crate::text::{DisplayName, MemberName, NetworkName};
use crate::time::Timestamp;
use crate::words::words;

pub use shown::{full_name, shown_name};

/// What kind of account a member has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MemberKind {
    /// A person's own account.
    Person,
    /// An account that somebody uses for paid or official work; it says so.
    Staff,
    /// A program.
    Bot,
    /// Somebody known only from a chat network, by mail, or from an import.
    Visitor,
}

/// A duty that a member holds for the whole space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the space, and appoints administrators.
    Owner,
    /// Configures categories, groups and accounts.
    Administrator,
    /// Moderates every category.
    Moderator,
    /// Works on stories before they are published.
    Editor,
    /// Hears appeals.
    Panel,
}

words!(MemberKind { Person = "person", Staff = "staff", Bot = "bot", Visitor = "visitor" });
words!(Role {
    Owner = "owner",
    Administrator = "administrator",
    Moderator = "moderator",
    Editor = "editor",
    Panel = "panel",
});

/// What everyone may know about a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// The member's id.
    pub id: MemberId,
    /// What kind of account it is.
    pub kind: MemberKind,
    /// The name they are known and mentioned by.
    pub name: MemberName,
    /// The name they show beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<DisplayName>,
    /// The duties they hold.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub roles: BTreeSet<Role>,
    /// How far the community trusts them, 0 to 4.
    pub trust_level: u8,
    /// When the account began.
    pub created_at: Timestamp,
    /// Rises with every change.
    pub revision: i64,
}

/// Somebody from another network, as the bridge that relays for them sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Visitor {
    /// Their account here.
    pub member: Member,
    /// The network that they come from.
    pub network: NetworkName,
    /// The newest version of the code of conduct that they have accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<i64>,
    /// The version that is in force: before they have accepted it, nothing of theirs is relayed.
    pub code: i64,
}

impl Visitor {
    /// Returns whether they have accepted the code of conduct that is in force.
    pub fn has_accepted(&self) -> bool {
        self.accepted.is_some_and(|version| version >= self.code)
    }
}

/// Letters of a name that an account of a visitor takes from what they call themselves.
const NICK: usize = 30;

/// Returns a name for the account of a visitor: `ann_irc` for ann of `irc.libera`, then `ann_irc2`, and so on.
///
/// It has plain letters and digits alone, and always ends with the network, so that it is not taken for a member's
/// name. What they call themselves is shown beside it as it is.
#[expect(
    clippy::missing_panics_doc,
    reason = "a test makes names of anything, and none fails"
)]
pub fn visitor_name(shown: &DisplayName, network: &NetworkName, number: Option<i64>) -> MemberName {
    let nick: String = shown
        .as_str()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        .take(NICK)
        .collect();
    let nick = nick.trim_matches(['_', '-']);
    let nick = if nick.is_empty() { "visitor" } else { nick };
    let network: String = network
        .as_str()
        .split('.')
        .find(|part| !part.is_empty())
        .unwrap_or("net")
        .chars()
        .take(10)
        .collect();
    let number = number.map_or_else(String::new, |number| number.to_string());
    MemberName::parse(&format!("{nick}_{network}{number}"))
        .expect("letters, digits, _ and - of such a number are a name")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn name(shown: &str, network: &str, number: Option<i64>) -> String {
        let shown = DisplayName::parse(shown).unwrap();
        let network = NetworkName::parse(network).unwrap();
        visitor_name(&shown, &network, number).to_string()
    }

    #[rstest]
    #[case("ann", "irc.libera", None, "ann_irc")]
    #[case("ann", "irc.libera", Some(2), "ann_irc2")]
    #[case("[ann]`^|{}", "irc.libera", None, "ann_irc")]
    #[case("_ann-", "matrix", None, "ann_matrix")]
    #[case("\u{430}nn", "irc", None, "nn_irc")]
    #[case("\u{5e9}\u{5dc}\u{5d5}\u{5dd}", "irc", Some(7), "visitor_irc7")]
    #[case("", "..", None, "visitor_net")]
    fn visitors_get_plain_names(
        #[case] shown: &str,
        #[case] network: &str,
        #[case] number: Option<i64>,
        #[case] want: &str,
    ) {
        assert_eq!(name(shown, network, number), want);
    }

    proptest! {
        #[test]
        fn any_nick_of_any_network_makes_a_name(
            shown in "\\PC{0,60}",
            network in "[a-z0-9.-]{1,60}",
            number in proptest::option::of(1..i64::MAX),
        ) {
            name(&shown, &network, number);
        }
    }
}
