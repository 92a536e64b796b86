// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Which language the environment asks for.

/// Returns the locale that `LC_ALL`, else `LC_MESSAGES`, else `LANG` names; an empty one counts as unset
/// (POSIX.1-2017, section 8.2).
pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty())
        .unwrap_or_else(|| "en".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::l10n::L10n;
    use rstest::rstest;

    #[rstest]
    #[case(&[("LC_ALL", "de_DE.UTF-8"), ("LANG", "en_GB")], "de")]
    #[case(&[("LC_ALL", ""), ("LC_MESSAGES", "de"), ("LANG", "en_GB")], "de")]
    #[case(&[("LANG", "de_AT")], "de")]
    #[case(&[("LANG", "xx_YY")], "en")]
    #[case(&[("LANG", "C")], "en")]
    #[case(&[], "en")]
    fn languages(#[case] set: &[(&str, &str)], #[case] want: &str) {
        let variable = |name: &str| {
            let found = set.iter().find(|(n, _)| *n == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(L10n::new(&from_environment(variable)).language(), want);
    }
}
