// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lines of a connection: bytes in, messages out, whatever the bytes are.
//!
//! The codec of the `irc` crate is not used. It ends a connection on the first byte that is not UTF-8, unless it is built
//! with a package that nobody keeps, and a line without end fills its memory. Here a line that is not UTF-8 is read as
//! Latin-1, in which most of those are written, and a line has an end.

use std::collections::BTreeMap;
use std::io;

use irc::proto::{CapSubCommand, Command, Message, Prefix};
use tokio_util::bytes::BytesMut;
use tokio_util::codec::Decoder;

/// Bytes of a line at most: tags may take 8191, the rest 512; some servers send longer ones.
const LINE: usize = 16 << 10;

/// Cuts bytes into lines. What is longer than a line can be is left out.
#[derive(Debug, Default)]
pub(super) struct Lines {
    searched: usize,
    /// Whether the rest of a line that is too long is still coming.
    is_skipping: bool,
}

impl Decoder for Lines {
    type Item = String;
    type Error = io::Error;

    fn decode(&mut self, bytes: &mut BytesMut) -> io::Result<Option<String>> {
        loop {
            let end = bytes[self.searched..].iter().position(|b| *b == b'\n');
            let Some(end) = end.map(|at| self.searched + at) else {
                self.searched = bytes.len();
                if bytes.len() > LINE {
                    bytes.clear();
                    self.searched = 0;
                    self.is_skipping = true;
                }
                return Ok(None);
            };
            let line = bytes.split_to(end + 1);
            self.searched = 0;
            if std::mem::take(&mut self.is_skipping) || line.len() > LINE {
                continue;
            }
            let line = line.trim_ascii_end();
            if line.is_empty() {
                continue;
            }
            return Ok(Some(match std::str::from_utf8(line) {
                Ok(text) => text.to_owned(),
                Err(_) => line.iter().map(|byte| char::from(*byte)).collect(),
            }));
        }
    }
}

/// A message of the server, in one shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Incoming {
    pub(super) tags: BTreeMap<String, String>,
    /// Nick, user and host of whoever sent it; the nick alone, or nothing, when it is the server.
    pub(super) nick: String,
    pub(super) user: String,
    pub(super) host: String,
    /// The command, in capitals, or three digits.
    pub(super) verb: String,
    pub(super) args: Vec<String>,
}

impl Incoming {
    /// Reads a line; nothing when it makes no sense.
    pub(super) fn read(line: &str) -> Option<Self> {
        let message: Message = line.parse().ok()?;
        let tags = message.tags.unwrap_or_default();
        let tags = tags
            .into_iter()
            .map(|tag| (tag.0, tag.1.unwrap_or_default()))
            .collect();
        let (nick, user, host) = match message.prefix {
            Some(Prefix::Nickname(nick, user, host)) => (nick, user, host),
            Some(Prefix::ServerName(name)) => (name, String::new(), String::new()),
            None => <(String, String, String)>::default(),
        };
        let (verb, args) = parts(message.command)?;
        Some(Self {
            tags,
            nick,
            user,
            host,
            verb,
            args,
        })
    }

    /// Returns an argument; nothing when it is not there.
    pub(super) fn arg(&self, at: usize) -> &str {
        self.args.get(at).map_or("", String::as_str)
    }

    /// Returns the last argument, which is a sentence for people in many messages.
    pub(super) fn sentence(&self) -> &str {
        self.args.last().map_or("", String::as_str)
    }

    pub(super) fn tag(&self, name: &str) -> Option<&str> {
        self.tags
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

/// Brings the commands that matter here into one shape.
fn parts(command: Command) -> Option<(String, Vec<String>)> {
    let some = |verb: &str, args: Vec<String>| Some((verb.to_owned(), args));
    let with = |first: Vec<String>, last: Option<String>| first.into_iter().chain(last).collect();
    match command {
        Command::PRIVMSG(target, text) => some("PRIVMSG", vec![target, text]),
        Command::NOTICE(target, text) => some("NOTICE", vec![target, text]),
        Command::JOIN(channel, account, name) => some(
            "JOIN",
            std::iter::once(channel)
                .chain(account)
                .chain(name)
                .collect(),
        ),
        Command::PART(channel, why) => some("PART", with(vec![channel], why)),
        Command::KICK(channel, nick, why) => some("KICK", with(vec![channel, nick], why)),
        Command::NICK(nick) => some("NICK", vec![nick]),
        Command::QUIT(why) => some("QUIT", with(Vec::new(), why)),
        Command::PING(one, two) => some("PING", with(vec![one], two)),
        Command::PONG(one, two) => some("PONG", with(vec![one], two)),
        Command::ERROR(why) => some("ERROR", vec![why]),
        Command::AUTHENTICATE(text) => some("AUTHENTICATE", vec![text]),
        Command::CHGHOST(user, host) => some("CHGHOST", vec![user, host]),
        Command::CAP(_, what, one, two) => {
            let what = match what {
                CapSubCommand::LS => "LS",
                CapSubCommand::ACK => "ACK",
                CapSubCommand::NAK => "NAK",
                CapSubCommand::NEW => "NEW",
                CapSubCommand::DEL => "DEL",
                CapSubCommand::LIST | CapSubCommand::REQ | CapSubCommand::END => "?",
            };
            some(
                "CAP",
                std::iter::once(what.to_owned())
                    .chain(one)
                    .chain(two)
                    .collect(),
            )
        }
        Command::BATCH(reference, kind, args) => {
            let kind = kind.map(|kind| kind.to_str().to_lowercase());
            let args = args.unwrap_or_default();
            some(
                "BATCH",
                std::iter::once(reference).chain(kind).chain(args).collect(),
            )
        }
        Command::Response(code, args) => Some((format!("{:03}", code as u16), args)),
        Command::Raw(verb, args) => Some((verb.to_uppercase(), args)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn cut(chunks: &[&[u8]]) -> Vec<String> {
        let (mut lines, mut buffer) = (Lines::default(), BytesMut::new());
        let mut found = Vec::new();
        for chunk in chunks {
            buffer.extend_from_slice(chunk);
            while let Some(line) = lines.decode(&mut buffer).unwrap() {
                found.push(line);
            }
        }
        found
    }

    #[test]
    fn lines_end_where_they_end() {
        assert_eq!(cut(&[b"a\r\nb", b"c\n\r\n", b"d"]), ["a", "bc"]);
    }

    #[test]
    fn latin_1_is_read_and_the_connection_lives() {
        assert_eq!(
            cut(&[b"caf\xe9\r\n", "caf\u{e9}\r\n".as_bytes()]),
            ["café", "café"]
        );
    }

    #[test]
    fn ten_megabytes_without_an_end_are_left_out() {
        let chunk = vec![b'x'; 1 << 20];
        let mut chunks: Vec<&[u8]> = vec![&chunk; 10];
        chunks.push(b"end\r\nnext\r\n");
        assert_eq!(cut(&chunks), ["next"]);
    }

    #[rstest]
    #[case("@time=1;account=ann;msgid=x\\sy :ann!u@h PRIVMSG #c :hi there", "PRIVMSG", &["#c", "hi there"])]
    #[case(":irc.test 001 space :Welcome", "001", &["space", "Welcome"])]
    #[case(":irc.test 396 space h.cloak :is now", "396", &["space", "h.cloak", "is now"])]
    #[case(":irc.test CAP * LS * :a b=c", "CAP", &["LS", "*", "a b=c"])]
    #[case(":irc.test CAP space ACK :a b", "CAP", &["ACK", "a b"])]
    #[case("BATCH +x chathistory #c", "BATCH", &["+x", "chathistory", "#c"])]
    #[case(":irc.test PONG irc.test :token", "PONG", &["irc.test", "token"])]
    #[case(":a!u@h FOO bar", "FOO", &["bar"])]
    fn messages(#[case] line: &str, #[case] verb: &str, #[case] args: &[&str]) {
        let read = Incoming::read(line).unwrap();
        assert_eq!(
            (read.verb.as_str(), &read.args[..]),
            (
                verb,
                &args.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>()[..]
            )
        );
    }

    proptest! {
        #[test]
        fn any_line_is_read_without_panic(line in "[@:]?\\PC{0,80}") {
            let _ = Incoming::read(&line);
        }
    }
}
