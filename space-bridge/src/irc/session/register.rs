// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Being let in: capabilities (IRCv3 CAP 302), SASL PLAIN, a name.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::time::Instant;

use super::{Event, Out, REGAIN, Session};
use crate::irc::incoming::Incoming;
use crate::relay::Input;

/// What is asked for when the server has it.
const WANTED: &[&str] = &[
    "account-tag",
    "batch",
    "cap-notify",
    "chghost",
    "draft/chathistory",
    "draft/message-redaction",
    "echo-message",
    "labeled-response",
    "message-tags",
    "server-time",
];

/// Bytes of SASL in one line (IRCv3 SASL 3.1).
const SASL_CHUNK: usize = 400;

/// How far registration came.
#[derive(Debug, Default)]
pub(super) struct Registration {
    offered: Vec<String>,
    /// What was asked for and not answered.
    asked: usize,
    is_negotiated: bool,
    is_in: bool,
    is_done: bool,
    tries: u32,
}

impl Registration {
    pub(super) fn is_done(&self) -> bool {
        self.is_done
    }
}

impl Session {
    /// Returns the first lines of a connection.
    pub(in crate::irc) fn begin(&self) -> Vec<String> {
        let settings = &self.settings;
        let mut lines = vec!["CAP LS 302".to_owned()];
        if let Some(password) = &settings.password {
            lines.push(format!("PASS :{}", password.0));
        }
        lines.push(format!("NICK {}", settings.nick));
        lines.push(format!(
            "USER {} 0 * :{}",
            settings.user, settings.real_name
        ));
        lines
    }

    /// Takes in what belongs to registration; returns whether it did.
    pub(super) fn registering(&mut self, message: &Incoming, now: Instant, out: &mut Out) -> bool {
        match message.verb.as_str() {
            "CAP" => self.cap(message, out),
            "AUTHENTICATE" if message.arg(0) == "+" => self.authenticate(out),
            // Logged in (900) comes before success (903).
            "900" => {}
            "903" | "907" => self.negotiated(out),
            "902" | "904" | "905" | "906" | "908" => {
                let account = self.settings.account.as_ref();
                out.refuse(format!(
                    "the services do not take the account {:?} or its password ({}): see account and \
                     account_password_file of [irc.{}]",
                    account.map_or("", |(account, _)| account),
                    message.sentence(),
                    self.settings.name
                ));
            }
            "001" => {
                message.arg(0).clone_into(&mut self.nick);
                self.registration.is_in = true;
            }
            // The end of the message of the day, or that there is none: the server is ready.
            "376" | "422" if self.registration.is_in => self.ready(now, out),
            "431" | "432" | "433" | "436" | "437" if !self.registration.is_in => {
                self.other_nick(message, out);
            }
            "464" | "465" | "463" => {
                out.refuse(format!(
                    "the server does not let the bridge in: {}",
                    message.sentence()
                ));
            }
            _ => return false,
        }
        true
    }

    fn cap(&mut self, message: &Incoming, out: &mut Out) {
        match message.arg(0) {
            "LS" => {
                let names = message.sentence().split_ascii_whitespace();
                self.registration.offered.extend(names.map(str::to_owned));
                // A star says that more lines come.
                if message.args.len() < 3 {
                    self.ask_for_capabilities(out);
                }
            }
            "ACK" => {
                for name in message.sentence().split_ascii_whitespace() {
                    match name.strip_prefix('-') {
                        Some(name) => self.capabilities.remove(name),
                        None => self.capabilities.insert(name.to_owned()),
                    };
                }
                self.one_answered(out);
            }
            "NAK" => self.one_answered(out),
            "NEW" => {
                let new: Vec<&str> = message.sentence().split_ascii_whitespace().collect();
                for name in WANTED.iter().filter(|name| new.contains(*name)) {
                    out.line(format!("CAP REQ :{name}"));
                }
            }
            "DEL" => {
                for name in message.sentence().split_ascii_whitespace() {
                    self.capabilities.remove(name);
                }
            }
            _ => {}
        }
    }

    /// Asks for each by itself: a server that refuses one refuses all of a list.
    fn ask_for_capabilities(&mut self, out: &mut Out) {
        let offered = std::mem::take(&mut self.registration.offered);
        let offers = |wanted: &str| {
            let mut names = offered
                .iter()
                .map(|offer| offer.split_once('=').unwrap_or((offer, "")));
            names
                .find(|(name, _)| *name == wanted)
                .map(|(_, value)| value)
        };
        let mut asked = 0;
        for name in WANTED {
            // Labels come with batches; without them an answer of several lines has none.
            if offers(name).is_some() && (*name != "labeled-response" || offers("batch").is_some())
            {
                out.line(format!("CAP REQ :{name}"));
                asked += 1;
            }
        }
        if self.settings.account.is_some() {
            let knows_plain =
                |methods: &str| methods.is_empty() || methods.split(',').any(|m| m == "PLAIN");
            if offers("sasl").is_some_and(knows_plain) {
                out.line("CAP REQ :sasl");
                asked += 1;
            } else {
                // Perhaps the services are away for a moment.
                out.end(format!(
                    "[irc.{}] has an account, but the server offers no SASL PLAIN just now",
                    self.settings.name
                ));
                return;
            }
        }
        self.registration.asked = asked;
        if asked == 0 {
            self.negotiated(out);
        }
    }

    fn one_answered(&mut self, out: &mut Out) {
        if self.registration.is_negotiated {
            return;
        }
        self.registration.asked = self.registration.asked.saturating_sub(1);
        if self.registration.asked > 0 {
            return;
        }
        match (&self.settings.account, self.has("sasl")) {
            (Some(_), true) => out.line("AUTHENTICATE PLAIN"),
            (Some(_), false) => out.end("the server refuses SASL"),
            (None, _) => self.negotiated(out),
        }
    }

    fn authenticate(&self, out: &mut Out) {
        let Some((account, password)) = &self.settings.account else {
            out.line("AUTHENTICATE *");
            return;
        };
        let text = STANDARD.encode(format!("\0{account}\0{}", password.0));
        let mut rest = text.as_str();
        loop {
            let (chunk, more) = rest.split_at(rest.len().min(SASL_CHUNK));
            let shown = if chunk.is_empty() { "+" } else { chunk };
            out.line(format!("AUTHENTICATE {shown}"));
            rest = more;
            // A chunk of full length says that another one comes, if only an empty one.
            if chunk.len() < SASL_CHUNK {
                return;
            }
        }
    }

    fn negotiated(&mut self, out: &mut Out) {
        if !std::mem::replace(&mut self.registration.is_negotiated, true) {
            out.line("CAP END");
        }
    }

    /// The name is taken, or no name: another one, for now.
    fn other_nick(&mut self, message: &Incoming, out: &mut Out) {
        self.registration.tries += 1;
        let tries = self.registration.tries;
        if tries > 8 || message.verb == "432" && tries > 1 {
            out.end(format!(
                "the server takes no name like {}: {}",
                self.settings.nick,
                message.sentence()
            ));
            return;
        }
        let end = match tries {
            1 => "_".to_owned(),
            2 => "__".to_owned(),
            tries => format!("{tries}"),
        };
        // How long a name may be is not known yet; every server takes nine letters.
        let start: String = self
            .settings
            .nick
            .chars()
            .take(if tries > 3 { 7 } else { 30 })
            .collect();
        self.nick = format!("{start}{end}");
        out.line(format!("NICK {}", self.nick));
    }

    fn ready(&mut self, now: Instant, out: &mut Out) {
        if std::mem::replace(&mut self.registration.is_done, true) {
            return;
        }
        if let Some(mode) = self.server.bot_mode {
            out.line(format!("MODE {} +{mode}", self.nick));
        }
        let cut: String = self
            .settings
            .nick
            .chars()
            .take(self.server.nick_bytes)
            .collect();
        if !self.server.is_same(&cut, &self.nick) {
            self.regain_at = Some(now + REGAIN);
        }
        out.events.push(Event::In {
            nick: self.nick.clone(),
        });
        out.relay(Input::NetworkUp(self.settings.name.clone()));
        self.enter_rooms(now, out);
    }
}
