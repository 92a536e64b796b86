// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a server says of itself (numeric 005).

/// What a server says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Isupport {
    casemapping: Casemapping,
    /// How long a nick may be.
    pub(super) nick_bytes: usize,
    /// With what the names of channels begin.
    channel_types: String,
    /// The mode that says that one is a program.
    pub(super) bot_mode: Option<char>,
    /// How many lines of the past it shows at once; 0 when it does not say.
    pub(super) history: usize,
    /// The marks that stand before the names of people with a rank.
    ranks: String,
}

/// Which letters are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Casemapping {
    Ascii,
    /// `{}|^` are the small letters of `[]\~`, as on the Finnish keyboards of 1988.
    Rfc1459,
    /// The same without `^~`.
    StrictRfc1459,
}

impl Default for Isupport {
    fn default() -> Self {
        Self {
            casemapping: Casemapping::Rfc1459,
            nick_bytes: 9,
            channel_types: "#&".to_owned(),
            bot_mode: None,
            history: 0,
            ranks: "~&@%+".to_owned(),
        }
    }
}

impl Isupport {
    /// Takes in one word of a 005.
    pub(super) fn take(&mut self, word: &str) {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match key {
            "CASEMAPPING" => {
                self.casemapping = match value {
                    "ascii" => Casemapping::Ascii,
                    "strict-rfc1459" => Casemapping::StrictRfc1459,
                    _ => Casemapping::Rfc1459,
                }
            }
            "NICKLEN" => self.nick_bytes = value.parse().unwrap_or(self.nick_bytes),
            "CHANTYPES" => value.clone_into(&mut self.channel_types),
            "CHATHISTORY" | "draft/CHATHISTORY" => self.history = value.parse().unwrap_or(0),
            "PREFIX" => value
                .rsplit_once(')')
                .map_or("", |(_, marks)| marks)
                .clone_into(&mut self.ranks),
            "BOT" => self.bot_mode = value.chars().next(),
            _ => {}
        }
    }

    /// Returns the form under which names are compared.
    pub(super) fn fold(&self, name: &str) -> String {
        let fold = |c: char| match (c, self.casemapping) {
            ('A'..='Z', _) => c.to_ascii_lowercase(),
            ('[', Casemapping::Rfc1459 | Casemapping::StrictRfc1459) => '{',
            (']', Casemapping::Rfc1459 | Casemapping::StrictRfc1459) => '}',
            ('\\', Casemapping::Rfc1459 | Casemapping::StrictRfc1459) => '|',
            ('~', Casemapping::Rfc1459) => '^',
            _ => c,
        };
        name.chars().map(fold).collect()
    }

    /// Returns whether two names are one.
    pub(super) fn is_same(&self, a: &str, b: &str) -> bool {
        self.fold(a) == self.fold(b)
    }

    /// Returns a name of a list without the marks of rank before it.
    pub(super) fn without_rank<'a>(&self, name: &'a str) -> &'a str {
        name.trim_start_matches(|c| self.ranks.contains(c))
    }

    /// Returns whether a name is that of a channel.
    pub(super) fn is_channel(&self, name: &str) -> bool {
        name.starts_with(|c| self.channel_types.contains(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_as_the_server_says() {
        let mut server = Isupport::default();
        assert!(server.is_same("Ann[~]", "aNN{^}"));
        server.take("CASEMAPPING=strict-rfc1459");
        assert!(server.is_same("Ann[]", "aNN{}"));
        assert!(!server.is_same("a~", "a^"));
        server.take("CASEMAPPING=ascii");
        assert!(!server.is_same("a[", "a{"));
        assert!(server.is_same("A", "a"));
    }

    #[test]
    fn ranks_are_what_the_server_says() {
        let mut server = Isupport::default();
        assert_eq!(server.without_rank("@+ann"), "ann");
        server.take("PREFIX=(yov)!@+");
        assert_eq!(server.without_rank("!@ann"), "ann");
        assert_eq!(server.without_rank("~ann"), "~ann");
        server.take("PREFIX=");
        assert_eq!(server.without_rank("@ann"), "@ann");
    }

    #[test]
    fn channels_are_told_from_people() {
        let mut server = Isupport::default();
        assert!(server.is_channel("#a") && !server.is_channel("ann"));
        server.take("CHANTYPES=!");
        assert!(server.is_channel("!a") && !server.is_channel("#a"));
    }
}
