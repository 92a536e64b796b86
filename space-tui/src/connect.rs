// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From a profile to its server, with the token of its member: asked for when it is needed, and not before.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use space_core::MemberId;
use space_core::client::credentials::{Account, Found, Search, Secrets, Source};
use space_core::client::{Api, ApiError};
use space_core::text::folded;

use crate::profile::Profile;

/// A profile and everything that may have its token.
#[derive(Debug, Clone)]
pub struct Connect {
    profile: Profile,
    secrets: Secrets,
    /// Where the profile is kept, which everybody writes anew who signs in.
    file: Option<PathBuf>,
}

/// What the files of a profile looked like; another one means that somebody has signed in meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp([Option<(SystemTime, u64)>; 2]);

/// A server, and where the token for it is from; guests have none.
#[derive(Debug, Clone)]
pub struct Connected {
    /// The server.
    pub api: Api,
    /// Where the token is from.
    pub source: Option<Source>,
}

/// Whose a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// It was kept for the profile's member, or there is none.
    Profile,
    /// It was given for this run, and is that of the profile's member, who has this id.
    Member(MemberId),
    /// It was given for this run, and the server does not answer: nobody can tell.
    Unknown,
}

/// Why there is no way to the server.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// There is no token.
    #[error("there is no token for {name}")]
    NoToken {
        /// Whose.
        name: String,
    },
    /// The place that should have the token cannot give it.
    #[error("the token for {name} cannot be had: {why}")]
    Refused {
        /// Whose.
        name: String,
        /// What the place said.
        why: String,
    },
    /// The token that was given for this run is somebody else's.
    #[error("the token that was given is {found}'s, and the local copy is {name}'s")]
    Other {
        /// Whose the copy is.
        name: String,
        /// Whose the token is.
        found: String,
    },
    /// The server cannot be used.
    #[error(transparent)]
    Api(#[from] ApiError),
}

impl Connect {
    /// Puts them together. Nothing is asked yet.
    pub fn new(profile: Profile, secrets: Secrets) -> Self {
        Self {
            profile,
            secrets,
            file: None,
        }
    }

    /// Names the file of the profile, so that a later log-in is noticed.
    #[must_use]
    pub fn kept_in(self, file: PathBuf) -> Self {
        Self {
            file: Some(file),
            ..self
        }
    }

    /// Returns what the files of the profile and of its token look like now. No keyring is asked.
    pub fn stamp(&self) -> Stamp {
        let look = |file: &Path| {
            let found = std::fs::metadata(file).ok()?;
            Some((found.modified().ok()?, found.len()))
        };
        let token = self
            .profile
            .account()
            .map(|account| self.secrets.files().path(&account));
        Stamp([&self.file, &token].map(|file| file.as_deref().and_then(look)))
    }

    /// Returns whether the profile is still that of the same member at the same server.
    pub fn is_same_reader(&self) -> bool {
        let Some(file) = &self.file else { return true };
        let now = std::fs::read(file)
            .ok()
            .and_then(|text| serde_json::from_slice::<Profile>(&text).ok());
        // A file that is being written just now is looked at again when it is whole.
        now.is_none_or(|now| now.server == self.profile.server && now.member == self.profile.member)
    }

    /// Returns whether the token is kept without encryption. Only looks whether there is a file: no keyring is asked.
    pub fn is_plain(&self) -> bool {
        let account = self.profile.account();
        account.is_some_and(|account| self.secrets.files().path(&account).exists())
    }

    /// Finds the token. May take as long as a keyring needs to be unlocked; `waits` is told when it does.
    pub fn find(&self, waits: &mut dyn FnMut()) -> Result<Connected, ConnectError> {
        let found = match self.profile.account() {
            Some(account) => {
                let search = self.secrets.find(&account, waits);
                Some(token(&account, search)?)
            }
            None => None,
        };
        let (token, source) = found.map(|found| (found.token, found.source)).unzip();
        let api = self.profile.api(token)?;
        Ok(Connected { api, source })
    }

    /// Makes sure that a token which was given for this run is that of the profile's member: what one may read must not
    /// come into the copy of another.
    pub async fn check(&self, connected: &Connected) -> Result<Owner, ConnectError> {
        let is_given = connected.source.as_ref().is_some_and(Source::is_given);
        let Some(account) = self.profile.account().filter(|_| is_given) else {
            return Ok(Owner::Profile);
        };
        match connected.api.me().await {
            Ok(me) if folded(me.member.name.as_str()) != folded(account.name.as_str()) => {
                Err(ConnectError::Other {
                    name: account.name.to_string(),
                    found: me.member.name.to_string(),
                })
            }
            Ok(me) => Ok(Owner::Member(me.member.id)),
            Err(error) if error.is_retryable() => Ok(Owner::Unknown),
            Err(error) => Err(error.into()),
        }
    }
}

fn token(account: &Account, search: Search) -> Result<Found, ConnectError> {
    let name = account.name.to_string();
    let why = search.refusal().map(str::to_owned);
    match (search.found, why) {
        (Some(found), _) => Ok(found),
        (None, Some(why)) => Err(ConnectError::Refused { name, why }),
        (None, None) => Err(ConnectError::NoToken { name }),
    }
}

#[cfg(test)]
mod tests {
    use space_core::client::Token;
    use space_core::client::credentials::{Given, Keyring, Settings};
    use space_core::client::sync::Window;
    use space_core::text::MemberName;

    use super::*;
    use crate::profile::Folders;

    #[test]
    fn a_log_in_in_another_terminal_is_noticed_and_whose_it_is() {
        let place = tempfile::tempdir().unwrap();
        let folders = Folders {
            data: place.path().join("data"),
            config: place.path().join("config"),
        };
        let of = |name: &str| Profile {
            server: "https://space.example.org".to_owned(),
            member: Some(MemberName::parse(name).unwrap()),
            allow_plain_http: false,
            window: Window::default(),
        };
        folders.save("default", &of("Alice")).unwrap();
        let secrets = Secrets::new(
            folders.credentials(),
            Keyring::of_system(),
            Settings::default(),
            Given::default(),
        );
        let file = folders.path("default").unwrap();
        let connect = Connect::new(of("Alice"), secrets).kept_in(file);
        let before = connect.stamp();
        assert_eq!(connect.stamp(), before);
        let token = Token::new("space_new").unwrap();
        let account = of("Alice").account().unwrap();
        folders.credentials().save(&account, &token).unwrap();
        let signed_in = connect.stamp();
        assert_ne!(signed_in, before);
        assert!(connect.is_same_reader());
        folders.save("default", &of("Bartholomew")).unwrap();
        assert_ne!(connect.stamp(), signed_in);
        assert!(!connect.is_same_reader());
    }
}
