// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From what is written to what the bridge goes by: what no single value shows is found here, and all of it at once.

use std::path::PathBuf;

use space_core::client::{Api, Token};
use space_core::text::Slug;

use super::files::secret;
use super::{Config, ConfigError};
use crate::relay::{Mirror, Place, Settings};

/// Everything that the bridge goes by.
pub(crate) struct Checked {
    pub(crate) api: Api,
    pub(crate) state: PathBuf,
    pub(crate) settings: Settings,
    #[cfg(feature = "irc")]
    pub(crate) networks: Vec<crate::irc::Network>,
}

/// Checks what no single value shows, and reads the files that are named.
pub(crate) fn check(config: &Config) -> Result<Checked, ConfigError> {
    let mut wrong = Vec::new();
    let token = match &config.token_file {
        None => {
            wrong.push(
                "token_file: is missing; `space-server token create` makes a token".to_owned(),
            );
            None
        }
        Some(path) => match secret(path) {
            Ok(text) => {
                let token = Token::new(text);
                if token.is_none() {
                    wrong.push(format!(
                        "token_file: {} does not hold a token",
                        path.display()
                    ));
                }
                token
            }
            Err(error) => {
                wrong.push(format!("token_file: {error}"));
                None
            }
        },
    };
    let mut builder = Api::builder(&config.server, token);
    if config.allow_plain_http {
        builder = builder.allow_plain_http();
    }
    let api = builder.build().map_err(|error| format!("server: {error}"));
    let public_url = config.public_url.as_deref().unwrap_or(&config.server);
    if !public_url.starts_with("https://") && !public_url.starts_with("http://") {
        wrong.push(format!(
            "public_url: {public_url:?} is no address such as https://space.example.org"
        ));
    }
    let mirrors = mirrors(config, &mut wrong);
    #[cfg(feature = "irc")]
    let networks = irc_networks(config, &mut wrong);
    match api {
        Ok(api) if wrong.is_empty() => Ok(Checked {
            api,
            state: config.state.clone(),
            settings: Settings {
                mirrors,
                public_url: public_url.trim_end_matches('/').to_owned(),
                backlog_age: config.backlog.age.get(),
                backlog_posts: config.backlog.posts,
                away_after: config.away_after.get(),
            },
            #[cfg(feature = "irc")]
            networks,
        }),
        Ok(_) => Err(ConfigError::Values(wrong)),
        Err(error) => {
            wrong.push(error);
            Err(ConfigError::Values(wrong))
        }
    }
}

fn mirrors(config: &Config, wrong: &mut Vec<String>) -> Vec<Mirror> {
    if config.mirrors.is_empty() {
        wrong.push(
            "mirrors: there is none; a table such as [mirrors.welcome] says what goes where"
                .to_owned(),
        );
    }
    let mut found: Vec<Mirror> = Vec::new();
    for (name, rule) in &config.mirrors {
        let mut fault =
            |key: &str, what: String| wrong.push(format!("mirrors.{name}.{key}: {what}"));
        let category = match Slug::parse(&rule.category) {
            Ok(slug) => Some(slug),
            Err(error) => {
                fault("category", error.to_string());
                None
            }
        };
        if !config.irc.contains_key(&rule.network) {
            let known: Vec<&str> = config.irc.keys().map(String::as_str).collect();
            fault(
                "network",
                format!(
                    "there is no network {:?}; there is: {}",
                    rule.network,
                    known.join(", ")
                ),
            );
        }
        let is_name = |c: char| !c.is_whitespace() && !c.is_control() && c != ',';
        if !rule.room.starts_with(['#', '&', '+', '!']) || !rule.room.chars().all(is_name) {
            fault(
                "room",
                format!("{:?} is no name of a room, such as #welcome", rule.room),
            );
        }
        let Some(category) = category else { continue };
        let room = Place::room(&rule.network, &rule.room);
        if found
            .iter()
            .any(|other| other.room == room && other.category == category)
        {
            fault(
                "category",
                format!("{category} is mirrored in {} already", rule.room),
            );
        }
        found.push(Mirror {
            category,
            room,
            edits: rule.edits,
            announces_withdrawals: rule.announce_withdrawals,
            visitors: rule.visitors,
            allows_closed: rule.allow_closed,
        });
    }
    found
}

#[cfg(feature = "irc")]
fn irc_networks(config: &Config, wrong: &mut Vec<String>) -> Vec<crate::irc::Network> {
    use crate::irc::{Hidden, Network, Pace, Room};

    let mut networks = Vec::new();
    for (name, network) in &config.irc {
        let place = |key: &str| format!("irc.{name}.{key}");
        if Slug::parse(name).is_err() {
            wrong.push(format!(
                "irc.{name}: the name of a network has lower-case letters, digits and hyphens"
            ));
        }
        if network.host.trim().is_empty() {
            wrong.push(format!("{}: is missing", place("host")));
        }
        for (key, value) in [("nick", &network.nick), ("user", &network.user)] {
            if value.is_empty() || !value.bytes().all(|b| b.is_ascii_graphic()) {
                wrong.push(format!("{}: {value:?} is no name on IRC", place(key)));
            }
        }
        if network.real_name.chars().any(char::is_control) {
            wrong.push(format!("{}: has control characters", place("real_name")));
        }
        if network.burst == 0 {
            wrong.push(format!("{}: is 0; nothing could be sent", place("burst")));
        }
        let mut file = |key: &str, path: &Option<PathBuf>| {
            let path = path.as_ref()?;
            match secret(path) {
                Ok(text) => Some(Hidden(text)),
                Err(error) => {
                    wrong.push(format!("{}: {error}", place(key)));
                    None
                }
            }
        };
        let password = file("server_password_file", &network.server_password_file);
        let account_password = file("account_password_file", &network.account_password_file);
        let mut rooms: Vec<Room> = Vec::new();
        for rule in config.mirrors.values().filter(|rule| rule.network == *name) {
            let key = file("room_key_file", &rule.room_key_file);
            if !rooms.iter().any(|room| room.name == rule.room) {
                rooms.push(Room {
                    name: rule.room.clone(),
                    key,
                });
            }
        }
        let mut rules = config.mirrors.values();
        let secrets: Vec<&str> = [
            (
                "server_password_file",
                network.server_password_file.is_some(),
            ),
            (
                "account_password_file",
                network.account_password_file.is_some(),
            ),
            (
                "room_key_file",
                rules.any(|rule| rule.network == *name && rule.room_key_file.is_some()),
            ),
        ]
        .into_iter()
        .filter_map(|(key, is_set)| is_set.then_some(key))
        .collect();
        let is_in_the_open = !network.tls && !is_this_machine(network.host.trim());
        if is_in_the_open && !secrets.is_empty() && !network.allow_plain_secrets {
            wrong.push(format!(
                "{}: is false, and everyone between here and {} could read what {} holds; set it to true, or say with \
                 allow_plain_secrets = true that this is wanted",
                place("tls"),
                network.host.trim(),
                secrets.join(", "),
            ));
        }
        if network.account.is_some() != network.account_password_file.is_some() {
            wrong.push(format!(
                "{}: an account and the file of its password go together",
                place("account")
            ));
        }
        let authorities = match &network.tls_ca_file {
            None => None,
            Some(path) => match std::fs::read(path) {
                Ok(pem) if !crate::irc::has_certificates(&pem) => {
                    wrong.push(format!(
                        "{}: {} holds no certificate as PEM",
                        place("tls_ca_file"),
                        path.display()
                    ));
                    None
                }
                Ok(pem) => Some(pem),
                Err(error) => {
                    wrong.push(format!(
                        "{}: cannot read {}: {error}",
                        place("tls_ca_file"),
                        path.display()
                    ));
                    None
                }
            },
        };
        networks.push(Network {
            name: name.clone(),
            host: network.host.trim().to_owned(),
            port: network.port,
            is_encrypted: network.tls,
            authorities,
            password,
            nick: network.nick.clone(),
            user: network.user.clone(),
            real_name: network.real_name.clone(),
            account: network.account.clone().zip(account_password),
            rooms,
            ignored: network.ignore.clone(),
            pace: Pace {
                burst: network.burst,
                each: Some(network.pace.get()),
            },
            is_formatted: network.formatting,
            ping_after: network.ping_after.get(),
        });
    }
    networks
}

/// Returns whether what is sent to a host stays on this machine.
#[cfg(feature = "irc")]
fn is_this_machine(host: &str) -> bool {
    let name = host.to_ascii_lowercase();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<std::net::IpAddr>() {
        Ok(address) => address.is_loopback(),
        // RFC 6761: these names never leave the machine.
        Err(_) => name == "localhost" || name.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{IrcNetwork, MirrorRule};
    use std::os::unix::fs::PermissionsExt;

    fn good(folder: &std::path::Path) -> Config {
        let token = folder.join("token");
        std::fs::write(&token, "abc").unwrap();
        std::fs::set_permissions(&token, std::fs::Permissions::from_mode(0o600)).unwrap();
        let mut config = Config {
            token_file: Some(token),
            ..Config::default()
        };
        let network = IrcNetwork {
            host: "irc.example.org".to_owned(),
            ..IrcNetwork::default()
        };
        config.irc.insert("net".to_owned(), network);
        let mirror = MirrorRule {
            category: "welcome".to_owned(),
            network: "net".to_owned(),
            room: "#tea".to_owned(),
            ..MirrorRule::default()
        };
        config.mirrors.insert("tea".to_owned(), mirror);
        config
    }

    fn wrong(config: &Config) -> String {
        match check(config) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_good_one_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let config = good(folder.path());
        assert_eq!(wrong(&config), "");
        let checked = check(&config).unwrap();
        assert_eq!(checked.settings.public_url, "http://127.0.0.1:7780");
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = good(folder.path());
        config.token_file = None;
        let mirror = config.mirrors.get_mut("tea").unwrap();
        mirror.room = "tea room".to_owned();
        mirror.network = "other".to_owned();
        let network = config.irc.get_mut("net").unwrap();
        network.account = Some("space".to_owned());
        let no_certificate = folder.path().join("ca.pem");
        std::fs::write(&no_certificate, "-----BEGIN NOTHING-----").unwrap();
        network.tls_ca_file = Some(no_certificate);
        let said = wrong(&config);
        for part in [
            "token_file: is missing",
            "mirrors.tea.room",
            "there is no network \"other\"; there is: net",
            "irc.net.account",
            "ca.pem holds no certificate",
        ] {
            assert!(said.contains(part), "{said}");
        }
    }

    #[cfg(feature = "irc")]
    #[test]
    fn secrets_go_over_an_open_line_only_when_that_is_said_to_be_wanted() {
        let folder = tempfile::tempdir().unwrap();
        let with = |host: &str, change: &dyn Fn(&mut IrcNetwork, PathBuf)| {
            let mut config = good(folder.path());
            let key = config.token_file.clone().unwrap();
            let network = config.irc.get_mut("net").unwrap();
            host.clone_into(&mut network.host);
            change(network, key);
            wrong(&config)
        };
        let password = |network: &mut IrcNetwork, key: PathBuf| {
            network.tls = false;
            network.server_password_file = Some(key);
        };
        let said = with("irc.example.org", &password);
        assert!(
            said.contains("irc.net.tls: is false") && said.contains("server_password_file"),
            "{said}"
        );
        for host in [
            "localhost",
            "irc.localhost",
            "127.0.0.1",
            "::1",
            "127.1.2.3",
        ] {
            assert_eq!(with(host, &password), "", "{host}");
        }
        assert_ne!(with("localhost.example.org", &password), "");
        let account = with("irc.example.org", &|network, key| {
            network.tls = false;
            network.account = Some("space".to_owned());
            network.account_password_file = Some(key);
        });
        assert!(account.contains("account_password_file"), "{account}");
        let allowed = with("irc.example.org", &|network, key| {
            password(network, key);
            network.allow_plain_secrets = true;
        });
        assert_eq!(allowed, "");
        let nothing_to_hide = with("irc.example.org", &|network, _| network.tls = false);
        assert_eq!(nothing_to_hide, "");
        let mut config = good(folder.path());
        config.irc.get_mut("net").unwrap().tls = false;
        config.mirrors.get_mut("tea").unwrap().room_key_file = config.token_file.clone();
        assert!(wrong(&config).contains("room_key_file"));
    }
}
