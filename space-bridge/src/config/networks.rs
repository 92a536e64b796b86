// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Networks, and what is mirrored where.

use std::path::PathBuf;

use super::section::section;
use super::units::Period;
use crate::relay::{Edits, Visitors};

section! {
    /// What becomes of posts that have waited for a room.
    pub(crate) struct Backlog {
        /// More posts than this that have waited too long become one line with a link.
        posts: usize = 20;
        /// How long is too long.
        age: Period = Period::seconds(300);
    }
}

section! {
    /// What the bridge says of itself, on standard error.
    pub(crate) struct Log {
        /// What is logged: error, warn, info, debug or trace, also per part of the program, as in
        /// "info,space_bridge::irc=debug". What people say is never logged.
        filter: String = "info".to_owned();
    }
}

section! {
    /// An IRC network.
    pub(crate) struct IrcNetwork {
        /// The name of a server of the network.
        host: String = String::new(), like "\"irc.libera.chat\"";
        /// Its port.
        port: u16 = 6697;
        /// Whether the connection is encrypted.
        tls: bool = true;
        /// Whether passwords and keys of rooms are sent although the connection is not encrypted and the server is on another
        /// machine: everyone in between can read them. Without this, such a configuration is refused.
        allow_plain_secrets: bool = false;
        /// A file with more certificate authorities to trust, as PEM, besides those of the operating system.
        tls_ca_file: Option<PathBuf> = None, like "\"/etc/space/irc-ca.pem\"";
        /// What the bridge is called there.
        nick: String = "space".to_owned();
        /// The part before the @ of its address, where the network asks for one.
        user: String = "space".to_owned();
        /// What /whois shows of it.
        real_name: String = "A bridge to a Space".to_owned();
        /// The bridge's account with the services of the network (SASL PLAIN). Register it there first. When they refuse it, the
        /// bridge tries again after a minute, and then ever more seldom.
        account: Option<String> = None, like "\"space\"";
        /// The file that holds the password of that account. Only its owner may read it.
        account_password_file: Option<PathBuf> = None, like "\"/etc/space/irc.password\"";
        /// The file that holds the password of the server, if it has one. Only its owner may read it.
        server_password_file: Option<PathBuf> = None, like "\"/etc/space/irc-server.password\"";
        /// Programs there that are not listened to, by nick. Those that say of themselves what they are need not be named.
        ignore: Vec<String> = Vec::new();
        /// How many lines may be sent at once after a rest.
        burst: u32 = 5;
        /// Then one line in this time. Servers throw out who is faster than they like; "1ms" is for servers of your own.
        pace: Period = Period::seconds(2);
        /// Whether bold, slanted and struck text is shown as such.
        formatting: bool = true;
        /// After so long without a word the server is asked whether it is there.
        ping_after: Period = Period::seconds(60);
    }
}

section! {
    /// A category in a room.
    pub(crate) struct MirrorRule {
        /// The category, by its short name.
        category: String = String::new(), like "\"welcome\"";
        /// The network, by the name that it has above.
        network: String = String::new(), like "\"libera\"";
        /// The room.
        room: String = String::new(), like "\"#space-welcome\"";
        /// The file that holds the key of the room, if it has one. Only its owner may read it.
        room_key_file: Option<PathBuf> = None, like "\"/etc/space/room.key\"";
        /// What people there may do: "post" (read, report, and reply once they have accepted the code of conduct), or "read"
        /// (read and report; the posts of the mirror are not answered in private either).
        visitors: Visitors = Visitors::Post;
        /// What the room sees of edits: "diff" (small corrections that come soon), "full" (the whole post again), "off".
        edits: Edits = Edits::Diff;
        /// Whether the room is told when a post goes, where it cannot be taken back.
        announce_withdrawals: bool = false;
        /// Whether the category is mirrored although it is not open to everyone. Whoever is in the room then reads it.
        allow_closed: bool = false;
    }
}
