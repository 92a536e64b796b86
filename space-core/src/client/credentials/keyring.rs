// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tokens in the keyring of the operating system.
//!
//! The store is an explicit one: nothing here touches the default of the process. A keyring may be locked and ask its
//! owner, on a screen that nobody looks at; so every question runs on a thread of its own: after three
//! seconds its owner is told that it waits, and after two minutes it is given up.

#[cfg(feature = "keyring")]
use std::sync::Arc;
#[cfg(feature = "keyring")]
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

#[cfg(feature = "keyring")]
use keyring_core::{CredentialStore, Error};

use super::Account;
use crate::client::api::Token;
#[cfg(feature = "keyring")]
use crate::text::folded;

/// How long a keyring may take before its owner is told that it waits for them.
#[cfg(feature = "keyring")]
const PROMPT: Duration = Duration::from_secs(3);

/// How long it may take in all: long enough to find the window and type a password.
#[cfg(feature = "keyring")]
const MOST: Duration = Duration::from_mins(2);

/// Under which name programs keep their secrets apart.
#[cfg(feature = "keyring")]
const SERVICE: &str = "space-tui";

/// An account that nobody has: whether it can be looked up tells whether the keyring works.
#[cfg(feature = "keyring")]
const NOBODY: &str = "probe";

/// What went wrong with the keyring.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// There is none, or it cannot be reached.
    #[error("there is no keyring here ({why})")]
    Absent {
        /// What the operating system said.
        why: String,
    },
    /// It is locked, or its owner refused.
    #[error("the keyring is locked or refused ({why})")]
    Locked {
        /// What the operating system said.
        why: String,
    },
    /// It asked its owner, who did not answer.
    #[error("the keyring did not answer within {} s", .after.as_secs())]
    NoAnswer {
        /// How long it was given.
        after: Duration,
    },
    /// Something else.
    #[error("the keyring failed ({why})")]
    Failed {
        /// What it said.
        why: String,
    },
}

/// Opens a store. Run at each question: a keyring that is started or unlocked later is found.
#[cfg(feature = "keyring")]
type Open = dyn Fn() -> Result<Arc<CredentialStore>, Error> + Send + Sync;

/// What is asked of a store.
#[cfg(feature = "keyring")]
type Ask<T> = Box<dyn FnOnce(&CredentialStore) -> Result<T, Error> + Send>;

/// The keyring of one person.
#[derive(Clone)]
pub struct Keyring {
    #[cfg(feature = "keyring")]
    open: Arc<Open>,
    #[cfg(feature = "keyring")]
    prompt: Duration,
    #[cfg(feature = "keyring")]
    most: Duration,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring").finish_non_exhaustive()
    }
}

#[cfg(feature = "keyring")]
impl Keyring {
    /// Uses the keyring of the operating system. Nothing is opened yet.
    pub fn of_system() -> Self {
        Self::opened_by(open_system)
    }

    /// Uses a store that is open.
    pub fn with_store(store: Arc<CredentialStore>) -> Self {
        Self::opened_by(move || Ok(Arc::clone(&store)))
    }

    fn opened_by(
        open: impl Fn() -> Result<Arc<CredentialStore>, Error> + Send + Sync + 'static,
    ) -> Self {
        Self {
            open: Arc::new(open),
            prompt: PROMPT,
            most: MOST,
        }
    }

    /// Looks something up that is not there: a keyring that says so works. `waits` is told when it takes long.
    pub fn probe(&self, waits: &mut dyn FnMut()) -> Result<(), KeyringError> {
        self.ask(
            waits,
            Box::new(|store| found(entry(store, NOBODY, None)?.get_secret()).map(drop)),
        )
    }

    /// Returns the token of an account.
    pub fn load(
        &self,
        account: &Account,
        waits: &mut dyn FnMut(),
    ) -> Result<Option<Token>, KeyringError> {
        let user = user(account);
        let secret = self.ask(
            waits,
            Box::new(move |store| found(entry(store, &user, None)?.get_secret())),
        )?;
        match secret {
            None => Ok(None),
            Some(bytes) => String::from_utf8(bytes)
                .ok()
                .and_then(Token::new)
                .map(Some)
                .ok_or_else(|| KeyringError::Failed {
                    why: "what it has for this account is no token".to_owned(),
                }),
        }
    }

    /// Keeps the token of an account.
    pub fn save(
        &self,
        account: &Account,
        token: &Token,
        waits: &mut dyn FnMut(),
    ) -> Result<(), KeyringError> {
        let (user, label) = (
            user(account),
            format!("Space: {} at {}", account.name, account.server),
        );
        let token = token.clone();
        self.ask(
            waits,
            Box::new(move |store| {
                entry(store, &user, Some(&label))?.set_secret(token.expose().as_bytes())
            }),
        )
    }

    /// Forgets the token of an account; one that is not there is forgotten already.
    pub fn forget(&self, account: &Account, waits: &mut dyn FnMut()) -> Result<(), KeyringError> {
        let user = user(account);
        self.ask(
            waits,
            Box::new(
                move |store| match entry(store, &user, None)?.delete_credential() {
                    Err(Error::NoEntry) => Ok(()),
                    other => other,
                },
            ),
        )
    }

    /// Asks on a thread that may stay behind: it holds nothing, and ends with the process.
    fn ask<T: Send + 'static>(
        &self,
        waits: &mut dyn FnMut(),
        ask: Ask<T>,
    ) -> Result<T, KeyringError> {
        let open = Arc::clone(&self.open);
        let (answer, answered) = sync_channel(1);
        std::thread::Builder::new()
            .name("space-keyring".to_owned())
            .spawn(move || {
                let result = open().and_then(|store| ask(&*store));
                // Nobody may wait any more.
                let _ = answer.send(result);
            })
            .map_err(|error| KeyringError::Failed {
                why: error.to_string(),
            })?;
        let first = match answered.recv_timeout(self.prompt) {
            Err(RecvTimeoutError::Timeout) => {
                waits();
                answered.recv_timeout(self.most.saturating_sub(self.prompt))
            }
            other => other,
        };
        match first {
            Ok(result) => result.map_err(KeyringError::from),
            Err(RecvTimeoutError::Timeout) => Err(KeyringError::NoAnswer { after: self.most }),
            Err(RecvTimeoutError::Disconnected) => Err(KeyringError::Failed {
                why: "it broke off".to_owned(),
            }),
        }
    }
}

/// Without the feature there is no keyring, and that is what is said.
#[cfg(not(feature = "keyring"))]
#[expect(clippy::unused_self, reason = "the same calls as with the feature")]
impl Keyring {
    /// Stands for the keyring that is not built in.
    pub fn of_system() -> Self {
        Self {}
    }

    fn absent() -> KeyringError {
        KeyringError::Absent {
            why: "this program was built without it".to_owned(),
        }
    }

    /// Says that there is none.
    pub fn probe(&self, _: &mut dyn FnMut()) -> Result<(), KeyringError> {
        Err(Self::absent())
    }

    /// Says that there is none.
    pub fn load(&self, _: &Account, _: &mut dyn FnMut()) -> Result<Option<Token>, KeyringError> {
        Err(Self::absent())
    }

    /// Says that there is none.
    pub fn save(&self, _: &Account, _: &Token, _: &mut dyn FnMut()) -> Result<(), KeyringError> {
        Err(Self::absent())
    }

    /// Says that there is none.
    pub fn forget(&self, _: &Account, _: &mut dyn FnMut()) -> Result<(), KeyringError> {
        Err(Self::absent())
    }
}

/// Names differ by no more than their folded form, and servers by their spelling.
#[cfg(feature = "keyring")]
fn user(account: &Account) -> String {
    format!("{}@{}", folded(account.name.as_str()), account.server)
}

/// Finds the place of an account; `label` is what its owner reads in a program that shows the keyring.
#[cfg(feature = "keyring")]
fn entry(
    store: &CredentialStore,
    user: &str,
    label: Option<&str>,
) -> Result<keyring_core::Entry, Error> {
    if let Some(label) = label {
        let labelled = store.build(SERVICE, user, Some(&[("label", label)].into()));
        // Not every keyring has labels.
        if labelled.is_ok() {
            return labelled;
        }
    }
    store.build(SERVICE, user, None)
}

#[cfg(feature = "keyring")]
fn found(result: Result<Vec<u8>, Error>) -> Result<Option<Vec<u8>>, Error> {
    match result {
        Ok(secret) => Ok(Some(secret)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(feature = "keyring")]
impl From<Error> for KeyringError {
    /// What the store found is left out where it might be a secret.
    fn from(error: Error) -> Self {
        let failed = |why: &str| Self::Failed {
            why: why.to_owned(),
        };
        match error {
            Error::PlatformFailure(why) => Self::Absent {
                why: why.to_string(),
            },
            Error::NoStorageAccess(why) => Self::Locked {
                why: why.to_string(),
            },
            Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) => {
                failed("what it has cannot be read")
            }
            Error::Ambiguous(_) => failed("it has several tokens for this account"),
            Error::TooLong(what, most) => Self::Failed {
                why: format!("{what} is longer than {most}"),
            },
            Error::Invalid(what, why) => Self::Failed {
                why: format!("{what}: {why}"),
            },
            Error::NotSupportedByStore(why) => Self::Failed { why },
            _ => failed("it does not say why"),
        }
    }
}

/// Opens the keyring of this operating system.
#[cfg(feature = "keyring")]
fn open_system() -> Result<Arc<CredentialStore>, Error> {
    #[cfg(target_os = "macos")]
    return Ok(apple_native_keyring_store::keychain::Store::new()?);
    #[cfg(windows)]
    return Ok(windows_native_keyring_store::Store::new()?);
    #[cfg(all(
        unix,
        not(any(target_os = "macos", target_os = "ios", target_os = "android"))
    ))]
    return Ok(zbus_secret_service_keyring_store::Store::new()?);
    #[cfg(not(any(windows, all(unix, not(any(target_os = "ios", target_os = "android"))))))]
    Err(Error::NotSupportedByStore(
        "none is known for this system".to_owned(),
    ))
}

#[cfg(all(test, feature = "keyring"))]
mod tests {
    use std::sync::mpsc::channel;

    use keyring_core::mock;

    use super::*;

    fn account(name: &str) -> Account {
        Account {
            server: "https://space.example.org".to_owned(),
            name: name.to_owned().try_into().unwrap(),
        }
    }

    fn mocked() -> (Keyring, Arc<CredentialStore>) {
        let store: Arc<CredentialStore> = mock::Store::new().unwrap();
        (Keyring::with_store(Arc::clone(&store)), store)
    }

    fn fail_next(store: &CredentialStore, user: &str, error: Error) {
        let entry = store.build(SERVICE, user, None).unwrap();
        let mock: &mock::Cred = entry.as_any().downcast_ref().unwrap();
        mock.set_error(error);
    }

    fn never() {
        panic!("it does not take long");
    }

    #[test]
    fn tokens_are_kept_by_account() {
        let (keyring, _store) = mocked();
        let token = Token::new("space_1").unwrap();
        assert_eq!(keyring.load(&account("Alice"), &mut never), Ok(None));
        keyring.save(&account("Alice"), &token, &mut never).unwrap();
        let loaded = keyring.load(&account("ALICE"), &mut never);
        assert_eq!(loaded, Ok(Some(token)), "however the name is written");
        assert_eq!(keyring.load(&account("Bob"), &mut never), Ok(None));
        keyring.forget(&account("Alice"), &mut never).unwrap();
        keyring.forget(&account("Alice"), &mut never).unwrap();
        assert_eq!(keyring.load(&account("Alice"), &mut never), Ok(None));
    }

    #[test]
    fn nothing_there_is_a_healthy_answer() {
        let (keyring, store) = mocked();
        assert_eq!(keyring.probe(&mut never), Ok(()));
        let locked = || Error::NoStorageAccess("it is locked".into());
        fail_next(&*store, NOBODY, locked());
        let error = keyring.probe(&mut never).unwrap_err();
        assert!(matches!(&error, KeyringError::Locked { why } if why == "it is locked"));
        assert_eq!(keyring.probe(&mut never), Ok(()), "and the next may be");
    }

    #[test]
    fn faults_are_told_apart_and_never_show_a_secret() {
        let (keyring, store) = mocked();
        let user = user(&account("alice"));
        let secret = || b"space_secret".to_vec();
        for (fault, want) in [
            (
                Error::PlatformFailure("no bus".into()),
                "there is no keyring here (no bus)",
            ),
            (
                Error::NoStorageAccess("dismissed".into()),
                "the keyring is locked or refused (dismissed)",
            ),
            (
                Error::BadEncoding(secret()),
                "the keyring failed (what it has cannot be read)",
            ),
            (
                Error::BadDataFormat(secret(), "space_secret".into()),
                "the keyring failed (what it has cannot be read)",
            ),
        ] {
            fail_next(&*store, &user, fault);
            let error = keyring.load(&account("alice"), &mut never).unwrap_err();
            assert_eq!(error.to_string(), want);
            assert!(!format!("{error:?}").contains("secret"));
        }
    }

    #[test]
    fn a_keyring_that_asks_its_owner_is_waited_for_and_then_given_up() {
        let (release, held) = channel::<()>();
        let held = std::sync::Mutex::new(held);
        let mut keyring = Keyring::opened_by(move || {
            // Until the test lets go, or ends.
            let _ = held.lock().unwrap().recv();
            Ok(mock::Store::new().unwrap())
        });
        keyring.prompt = Duration::from_millis(1);
        let mut told = 0;
        let answer = keyring.probe(&mut || {
            told += 1;
            release.send(()).unwrap();
        });
        assert_eq!(
            (answer, told),
            (Ok(()), 1),
            "an answer after the word is taken"
        );
        keyring.most = Duration::from_millis(2);
        let answer = keyring.probe(&mut || told += 1);
        assert!(matches!(answer, Err(KeyringError::NoAnswer { .. })));
        assert_eq!(told, 2);
    }
}
