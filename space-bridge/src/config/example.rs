// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The commented example.

use std::fmt::Write as _;

use toml::{Table, Value};

use super::section::Field;
use super::{Backlog, Config, IrcNetwork, Log, MirrorRule};

const HEAD: &str = "\
# Configuration of space-bridge: a category in a room on IRC.
#
# Every key is here; those with a default are commented out. Each can also be set by an environment variable:
# SPACE_BRIDGE__STATE for state, SPACE_BRIDGE__IRC__LIBERA__NICK for nick in [irc.libera]. The environment counts more
# than this file, the command line more than both. To see whether all is well, and what is in force:
#
#     space-bridge config check --config FILE
#     space-bridge config show --config FILE
#
# The bridge needs an account of its own on the server, a bot, and a token for it:
#
#     space-server member add bridge --kind bot --no-password
#     space-server token create bridge --label irc --may read,relay:write,report:create > bridge.token
#     chmod 600 bridge.token
";

/// Returns the commented example.
pub(crate) fn example() -> String {
    let mut out = HEAD.to_owned();
    let set = [
        ("server", "\"https://space.example.org\""),
        ("token_file", "\"/etc/space/bridge.token\""),
        ("state", "\"/var/lib/space-bridge/bridge.db\""),
    ];
    keys(&mut out, Config::FIELDS, &table(&Config::default()), &set);
    let default = Backlog::default();
    section(
        &mut out,
        "backlog",
        "backlog",
        Backlog::FIELDS,
        &table(&default),
        &[],
    );
    section(
        &mut out,
        "log",
        "log",
        Log::FIELDS,
        &table(&Log::default()),
        &[],
    );
    let network = table(&IrcNetwork::default());
    let set = [("host", "\"irc.libera.chat\""), ("nick", "\"space\"")];
    section(
        &mut out,
        "irc",
        "irc.libera",
        IrcNetwork::FIELDS,
        &network,
        &set,
    );
    let mirror = table(&MirrorRule::default());
    let set = [
        ("category", "\"welcome\""),
        ("network", "\"libera\""),
        ("room", "\"#space-welcome\""),
    ];
    section(
        &mut out,
        "mirrors",
        "mirrors.welcome",
        MirrorRule::FIELDS,
        &mirror,
        &set,
    );
    out
}

fn section(
    out: &mut String,
    key: &str,
    name: &str,
    fields: &[Field],
    defaults: &Table,
    set: &[(&str, &str)],
) {
    out.push('\n');
    let about = Config::FIELDS.iter().find(|field| field.name == key);
    for text in about.map_or(&[][..], |field| field.doc) {
        comment(out, text);
    }
    let _ = writeln!(out, "[{name}]");
    keys(out, fields, defaults, set);
}

fn keys(out: &mut String, fields: &[Field], defaults: &Table, set: &[(&str, &str)]) {
    for field in fields {
        let default = defaults.get(field.name);
        if matches!(default, Some(Value::Table(_))) {
            continue; // A section, which has its own turn.
        }
        out.push('\n');
        for text in field.doc {
            comment(out, text);
        }
        let name = field.name;
        let set = set.iter().find(|(key, _)| *key == name);
        let _ = match (set, default, field.like) {
            (Some((_, value)), ..) => writeln!(out, "{name} = {value}"),
            (None, _, Some(like)) => writeln!(out, "#{name} = {like}"),
            (None, Some(value), None) => writeln!(out, "#{name} = {value}"),
            (None, None, None) => writeln!(out, "#{name} = \"\""),
        };
    }
}

fn comment(out: &mut String, text: &str) {
    let _ = writeln!(out, "# {}", text.trim());
}

fn table(section: &impl serde::Serialize) -> Table {
    Table::try_from(section).expect("a configuration is made of tables, texts and numbers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_shown_are_the_defaults() {
        let text: String = example()
            .lines()
            .filter(|line| !line.starts_with("# ") && *line != "#")
            .map(|line| line.strip_prefix('#').unwrap_or(line))
            .flat_map(|line| [line, "\n"])
            .collect();
        let config: Config = toml::from_str(&text).unwrap();
        assert_eq!(config.backlog, Backlog::default());
        assert_eq!(config.log, Log::default());
        assert_eq!(config.irc["libera"].pace, IrcNetwork::default().pace);
    }
}
