// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Looking for a token: where, in which order, and why not there.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};

use super::{Account, Credentials, CredentialsError, Keyring, KeyringError};
use crate::client::api::Token;

/// Bytes of what is read as a token at most.
const TOKEN_MAX: u64 = 4096;

/// What the caller was given for this one run, by environment or command line; core reads neither.
#[derive(Clone, Default)]
pub struct Given {
    /// The token itself: `SPACE_TOKEN`.
    pub token: Option<String>,
    /// A file with it: `SPACE_TOKEN_FILE`.
    pub file: Option<PathBuf>,
    /// An open file or pipe with it: `--token-fd`.
    pub descriptor: Option<u32>,
}

/// What configuration says of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// A command of the shell that prints the token, such as `pass show space`.
    pub token_command: Option<String>,
    /// Whether the keyring of the operating system is used.
    pub uses_keyring: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token_command: None,
            uses_keyring: true,
        }
    }
}

/// A place that a token can come from, in the order in which they are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// `SPACE_TOKEN`.
    Variable,
    /// `SPACE_TOKEN_FILE`.
    VariableFile(PathBuf),
    /// `--token-fd`.
    Descriptor(u32),
    /// `token_command`.
    Command(String),
    /// A file of ours, unencrypted. Before the keyring, although that is the better place: there is a file only for those
    /// who asked for it, and they are not to be asked to unlock a keyring that they do not use.
    PlainFile(PathBuf),
    /// The keyring of the operating system.
    Keyring,
}

impl Source {
    /// Returns the word for programs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Variable => "variable",
            Self::VariableFile(_) => "variable_file",
            Self::Descriptor(_) => "descriptor",
            Self::Command(_) => "command",
            Self::PlainFile(_) => "plain_file",
            Self::Keyring => "keyring",
        }
    }

    /// Returns whether the token was given for this run, rather than kept for the account.
    pub fn is_given(&self) -> bool {
        !matches!(self, Self::PlainFile(_) | Self::Keyring)
    }

    /// Returns whether we keep the token there without encryption.
    pub fn is_plain(&self) -> bool {
        matches!(self, Self::PlainFile(_))
    }
}

/// How it stands with a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The token is from there.
    Used,
    /// There is one, and an earlier place has one too.
    Unused,
    /// There is none.
    Empty,
    /// It was not looked at, since an earlier place has one.
    NotAsked,
    /// It cannot be used.
    Refused(String),
}

/// A place that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Which.
    pub source: Source,
    /// How it stands with it.
    pub state: State,
}

/// A token that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The token.
    pub token: Token,
    /// Where it is from.
    pub source: Source,
}

/// What looking gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The token, if there is one.
    pub found: Option<Found>,
    /// The places, in their order.
    pub looked: Vec<Looked>,
}

impl Search {
    /// Returns why there is no token: what the first place said that should have had one.
    pub fn refusal(&self) -> Option<&str> {
        self.looked.iter().find_map(|looked| match &looked.state {
            State::Refused(why) if self.found.is_none() => Some(why.as_str()),
            _ => None,
        })
    }
}

/// Where to keep a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// In the keyring of the operating system.
    Keyring,
    /// In a file that only its owner can read, unencrypted.
    PlainFile,
}

/// Everything that may have a token.
#[derive(Clone)]
pub struct Secrets {
    files: Credentials,
    keyring: Keyring,
    settings: Settings,
    given: Given,
    has_terminal: bool,
    /// What can be read only once: a pipe, and a command that may ask its owner.
    descriptor: Arc<OnceLock<Result<Token, String>>>,
    command: Arc<OnceLock<Result<Token, String>>>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets")
            .field("files", &self.files)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl Secrets {
    /// Puts the places together.
    pub fn new(files: Credentials, keyring: Keyring, settings: Settings, given: Given) -> Self {
        Self {
            files,
            keyring,
            settings,
            given,
            has_terminal: true,
            descriptor: Arc::default(),
            command: Arc::default(),
        }
    }

    /// Keeps commands away from the terminal: a screen is on it.
    #[must_use]
    pub fn without_terminal(self) -> Self {
        Self {
            has_terminal: false,
            ..self
        }
    }

    /// Returns the files.
    pub fn files(&self) -> &Credentials {
        &self.files
    }

    /// Looks for the token of an account, and no further than to the first place that has it or should have it. `waits`
    /// is told when the keyring waits for its owner.
    pub fn find(&self, account: &Account, waits: &mut dyn FnMut()) -> Search {
        self.look(Some(account), false, waits)
    }

    /// Looks for a token that was given for this run, whoever it belongs to.
    pub fn given(&self) -> Search {
        self.look(None, false, &mut || {})
    }

    /// Like [`Secrets::find`], and then looks at the other places too, to say how it stands with them. Commands are not
    /// run for that.
    pub fn survey(&self, account: &Account, waits: &mut dyn FnMut()) -> Search {
        self.look(Some(account), true, waits)
    }

    /// Returns every token that is kept for an account, and none that was given for this run. There may be one in a file, and
    /// an older one in the keyring.
    pub fn kept(&self, account: &Account, waits: &mut dyn FnMut()) -> Vec<Found> {
        let places = [Source::PlainFile(self.files.path(account)), Source::Keyring];
        let found = places.into_iter().filter_map(|source| {
            let token = self.read(&source, Some(account), waits).ok().flatten()?;
            Some(Found { token, source })
        });
        found.collect()
    }

    fn look(
        &self,
        account: Option<&Account>,
        is_thorough: bool,
        waits: &mut dyn FnMut(),
    ) -> Search {
        let mut search = Search {
            found: None,
            looked: Vec::new(),
        };
        for source in self.sources(account) {
            let is_over = search.found.is_some() || search.refusal().is_some();
            let asks_owner = matches!(source, Source::Command(_));
            if is_over && (asks_owner || !is_thorough) {
                search.looked.push(Looked {
                    source,
                    state: State::NotAsked,
                });
                continue;
            }
            let state = match self.read(&source, account, waits) {
                Ok(Some(_)) if is_over => State::Unused,
                Ok(Some(token)) => {
                    search.found = Some(Found {
                        token,
                        source: source.clone(),
                    });
                    State::Used
                }
                Ok(None) => State::Empty,
                Err(why) => State::Refused(why),
            };
            search.looked.push(Looked { source, state });
        }
        search
    }

    /// The places that there are, in their order.
    fn sources(&self, account: Option<&Account>) -> Vec<Source> {
        let given = &self.given;
        let mut sources = Vec::new();
        sources.extend(given.token.as_ref().map(|_| Source::Variable));
        sources.extend(given.file.clone().map(Source::VariableFile));
        sources.extend(given.descriptor.map(Source::Descriptor));
        sources.extend(self.settings.token_command.clone().map(Source::Command));
        if let Some(account) = account {
            sources.push(Source::PlainFile(self.files.path(account)));
            sources.push(Source::Keyring);
        }
        sources
    }

    fn read(
        &self,
        source: &Source,
        account: Option<&Account>,
        waits: &mut dyn FnMut(),
    ) -> Result<Option<Token>, String> {
        match (source, account) {
            (Source::Variable, _) => {
                token(self.given.token.as_deref().unwrap_or_default()).map(Some)
            }
            (Source::VariableFile(path), _) => from_file(path).map(Some),
            (Source::Descriptor(number), _) => {
                let read = self.descriptor.get_or_init(|| from_descriptor(*number));
                read.clone().map(Some)
            }
            (Source::Command(command), _) => {
                let ran = self
                    .command
                    .get_or_init(|| from_command(command, self.has_terminal));
                ran.clone().map(Some)
            }
            (Source::PlainFile(_), Some(account)) => {
                self.files.load(account).map_err(|error| sentence(&error))
            }
            (Source::Keyring, Some(account)) if self.settings.uses_keyring => self
                .keyring
                .load(account, waits)
                .map_err(|error| error.to_string()),
            (Source::Keyring, Some(_)) => Err(KeyringError::Off.to_string()),
            (Source::PlainFile(_) | Source::Keyring, None) => Ok(None),
        }
    }

    /// Says whether a token could be kept there. A keyring is asked for something.
    pub fn can_keep(&self, keep: Keep, waits: &mut dyn FnMut()) -> Result<(), KeyringError> {
        match keep {
            Keep::PlainFile => Ok(()),
            Keep::Keyring if !self.settings.uses_keyring => Err(KeyringError::Off),
            Keep::Keyring => self.keyring.probe(waits),
        }
    }

    /// Keeps the token of an account. In the keyring it is there alone: a file from before goes.
    pub fn keep(
        &self,
        account: &Account,
        token: &Token,
        keep: Keep,
        waits: &mut dyn FnMut(),
    ) -> Result<Source, CredentialsError> {
        match keep {
            Keep::PlainFile => {
                self.files.save(account, token)?;
                Ok(Source::PlainFile(self.files.path(account)))
            }
            Keep::Keyring => {
                self.keyring.save(account, token, waits)?;
                self.files.forget(account)?;
                Ok(Source::Keyring)
            }
        }
    }

    /// Forgets the token of an account wherever it is kept. It stays valid on the server: sign out there first.
    pub fn forget(
        &self,
        account: &Account,
        waits: &mut dyn FnMut(),
    ) -> Result<(), CredentialsError> {
        let is_in_file = self.files.path(account).exists();
        self.files.forget(account)?;
        if !self.settings.uses_keyring {
            return Ok(());
        }
        match self.keyring.forget(account, waits) {
            // A keyring that is not there has nothing; and where the token was in a file, one that is locked most
            // likely has nothing either.
            Err(KeyringError::Absent { .. }) => Ok(()),
            Err(_) if is_in_file => Ok(()),
            other => Ok(other?),
        }
    }
}

/// An error with its causes, in one sentence.
fn sentence(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// Reads a token from the first line of a text. What is wrong with it is not told with it.
fn token(text: &str) -> Result<Token, String> {
    let line = text.lines().next().unwrap_or_default().trim();
    Token::new(line).ok_or_else(|| {
        if line.is_empty() {
            "it is empty".to_owned()
        } else {
            "what it has is no token".to_owned()
        }
    })
}

fn from_file(path: &Path) -> Result<Token, String> {
    let open = std::fs::File::open(path).map_err(|error| error.to_string())?;
    from_reader(open)
}

fn from_reader(from: impl std::io::Read) -> Result<Token, String> {
    let mut text = String::new();
    from.take(TOKEN_MAX)
        .read_to_string(&mut text)
        .map_err(|error| error.to_string())?;
    token(&text)
}

fn from_descriptor(number: u32) -> Result<Token, String> {
    if number == 0 {
        return from_reader(std::io::stdin().lock());
    }
    // Reopened by its name: taking over a bare number would need code that cannot be checked.
    from_file(Path::new(&format!("/dev/fd/{number}")))
}

/// Runs a command of the shell. What it says of errors goes where ours go; it may ask its owner on the terminal.
fn from_command(command: &str, has_terminal: bool) -> Result<Token, String> {
    let shell = if cfg!(windows) {
        ["cmd", "/C"]
    } else {
        ["sh", "-c"]
    };
    let stream = || {
        if has_terminal {
            Stdio::inherit()
        } else {
            Stdio::null()
        }
    };
    let output = Command::new(shell[0])
        .args([shell[1], command])
        .stdin(stream())
        .stderr(stream())
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("it ended with {}", output.status));
    }
    from_reader(output.stdout.as_slice())
}

#[cfg(feature = "keyring")]
#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use keyring_core::{CredentialStore, Error, mock};

    use super::*;

    struct Place {
        folder: tempfile::TempDir,
        store: Arc<CredentialStore>,
    }

    fn alice() -> Account {
        Account {
            server: "https://space.example.org".to_owned(),
            name: "alice".to_owned().try_into().unwrap(),
        }
    }

    fn never() {
        panic!("nothing here waits");
    }

    impl Place {
        fn new() -> Self {
            Self {
                folder: tempfile::tempdir().unwrap(),
                store: mock::Store::new().unwrap(),
            }
        }

        fn secrets(&self, given: Given, settings: Settings) -> Secrets {
            Secrets::new(
                Credentials::new(&self.folder.path().join("credentials")),
                Keyring::with_store(Arc::clone(&self.store)),
                settings,
                given,
            )
        }

        fn plain(&self) -> Secrets {
            self.secrets(Given::default(), Settings::default())
        }

        fn break_keyring(&self) {
            let entry = self
                .store
                .build("space-tui", "alice@https://space.example.org", None)
                .unwrap();
            let mock: &mock::Cred = entry.as_any().downcast_ref().unwrap();
            mock.set_error(Error::NoStorageAccess("locked".into()));
        }
    }

    fn t(text: &str) -> Token {
        Token::new(text).unwrap()
    }

    fn words(search: &Search) -> Vec<(&'static str, State)> {
        let looked = search.looked.iter();
        looked
            .map(|looked| (looked.source.word(), looked.state.clone()))
            .collect()
    }

    #[test]
    fn the_first_place_that_has_a_token_wins() {
        let place = Place::new();
        let file = place.folder.path().join("token");
        std::fs::write(&file, "space_file\nmore\n").unwrap();
        let keyring = place.plain();
        keyring
            .keep(&alice(), &t("space_keyring"), Keep::Keyring, &mut never)
            .unwrap();
        let settings = Settings {
            token_command: Some("echo space_command".to_owned()),
            uses_keyring: true,
        };
        let all = Given {
            token: Some(" space_variable ".to_owned()),
            file: Some(file),
            descriptor: None,
        };
        let no_variable = Given {
            token: None,
            ..all.clone()
        };
        for (given, settings, want, word) in [
            (all, settings.clone(), "space_variable", "variable"),
            (no_variable, settings.clone(), "space_file", "variable_file"),
            (Given::default(), settings, "space_command", "command"),
            (
                Given::default(),
                Settings::default(),
                "space_keyring",
                "keyring",
            ),
        ] {
            let found = place.secrets(given, settings).find(&alice(), &mut never);
            let found = found.found.unwrap();
            assert_eq!((found.token, found.source.word()), (t(want), word));
        }
    }

    #[test]
    fn a_place_that_should_have_one_and_fails_ends_the_search() {
        let place = Place::new();
        place
            .plain()
            .keep(&alice(), &t("space_keyring"), Keep::Keyring, &mut never)
            .unwrap();
        let missing = Given {
            file: Some(place.folder.path().join("missing")),
            ..Given::default()
        };
        let search = place
            .secrets(missing, Settings::default())
            .find(&alice(), &mut never);
        assert_eq!(search.found, None, "another's token is not taken instead");
        assert!(search.refusal().unwrap().contains("No such file"));
        for (command, why) in [
            ("exit 3", "status: 3"),
            ("true", "empty"),
            ("echo a b", "no token"),
        ] {
            let settings = Settings {
                token_command: Some(command.to_owned()),
                uses_keyring: true,
            };
            let search = place
                .secrets(Given::default(), settings)
                .find(&alice(), &mut never);
            assert_eq!(search.found, None);
            assert!(
                search.refusal().unwrap().contains(why),
                "{:?}",
                search.looked
            );
        }
    }

    #[test]
    fn a_broken_keyring_is_told_and_no_file_is_written_instead() {
        let place = Place::new();
        let secrets = place.plain();
        place.break_keyring();
        let kept = secrets.keep(&alice(), &t("space_1"), Keep::Keyring, &mut never);
        assert!(matches!(kept, Err(CredentialsError::Keyring(_))));
        assert!(!secrets.files().path(&alice()).exists());
        place.break_keyring();
        let search = secrets.find(&alice(), &mut never);
        let refusal = "the keyring is locked or refused (locked)";
        assert_eq!(search.refusal(), Some(refusal));
        let off = Settings {
            uses_keyring: false,
            ..Settings::default()
        };
        let off = place.secrets(Given::default(), off);
        assert!(off.can_keep(Keep::Keyring, &mut never).is_err());
        assert_eq!(off.can_keep(Keep::PlainFile, &mut never), Ok(()));
    }

    #[test]
    fn a_file_from_before_works_and_moves_to_the_keyring() {
        let place = Place::new();
        let secrets = place.plain();
        secrets.files().save(&alice(), &t("space_old")).unwrap();
        // The keyring is not even asked: it might be locked.
        place.break_keyring();
        let search = secrets.find(&alice(), &mut never);
        assert_eq!(search.found.clone().unwrap().token, t("space_old"));
        assert!(search.found.clone().unwrap().source.is_plain());
        assert_eq!(
            words(&search),
            [("plain_file", State::Used), ("keyring", State::NotAsked)]
        );
        let survey = secrets.survey(&alice(), &mut never);
        assert!(matches!(survey.looked[1].state, State::Refused(_)));
        assert_eq!(survey.refusal(), None, "there is a token all the same");
        secrets
            .keep(&alice(), &t("space_new"), Keep::Keyring, &mut never)
            .unwrap();
        assert!(!secrets.files().path(&alice()).exists());
        let found = secrets.find(&alice(), &mut never).found.unwrap();
        assert_eq!(
            (found.token, found.source),
            (t("space_new"), Source::Keyring)
        );
        secrets.forget(&alice(), &mut never).unwrap();
        assert_eq!(secrets.find(&alice(), &mut never).found, None);
    }

    #[test]
    fn what_is_kept_is_found_beside_what_was_given() {
        let place = Place::new();
        let given = Given {
            token: Some("space_given".to_owned()),
            ..Given::default()
        };
        let secrets = place.secrets(given, Settings::default());
        assert_eq!(secrets.kept(&alice(), &mut never), []);
        secrets
            .keep(&alice(), &t("space_keyring"), Keep::Keyring, &mut never)
            .unwrap();
        secrets.files().save(&alice(), &t("space_file")).unwrap();
        let kept = secrets.kept(&alice(), &mut never);
        let tokens: Vec<Token> = kept.into_iter().map(|found| found.token).collect();
        assert_eq!(tokens, [t("space_file"), t("space_keyring")]);
    }

    #[cfg(unix)]
    #[test]
    fn a_descriptor_is_read_once() {
        use std::os::fd::AsRawFd as _;
        let place = Place::new();
        let path = place.folder.path().join("token");
        std::fs::write(&path, "space_fd\n").unwrap();
        let open = std::fs::File::open(&path).unwrap();
        let given = Given {
            descriptor: Some(u32::try_from(open.as_raw_fd()).unwrap()),
            ..Given::default()
        };
        let secrets = place.secrets(given, Settings::default());
        for _ in 0..2 {
            let found = secrets.given().found.unwrap();
            assert_eq!(found.token, t("space_fd"));
            assert!(found.source.is_given());
        }
    }
}
