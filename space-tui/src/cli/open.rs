// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What every command begins with: the profile, its local copy, and the server.

use std::cell::OnceCell;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use space_core::client::credentials::{Given, Keyring, Secrets, Settings};
use space_core::client::outbox::Outbox;
use space_core::client::replica::Replica;
use space_core::client::sync::{Progress, SyncError, SyncReport, sync_once};
use space_core::client::{Api, ApiError, OutboxError, ReplicaError};
use space_core::{CategoryId, chain};

use super::args::Global;
use super::failure::{Failure, Kind, Outcome};
use crate::config::Config;
use crate::connect::{Connect, ConnectError};
use crate::l10n::L10n;
use crate::machine::Machine;
use crate::profile::{Folders, Profile, ProfileError};
use crate::text::clean;
use crate::trouble;
use crate::worker::Tools;

/// How many categories are listed to somebody who named one that does not exist.
const MOST_CATEGORIES: usize = 20;

/// Where a command works.
pub(super) struct Place<'a> {
    pub(super) l10n: &'a L10n,
    pub(super) folders: Folders,
    /// The reader's configuration.
    pub(super) config: &'a Config,
    /// Where tokens come from.
    pub(super) secrets: Secrets,
    /// The profile's name.
    pub(super) name: String,
    /// The server's address, once it is known, for what is said of it.
    server: OnceCell<String>,
}

/// A profile that is set up.
pub(super) struct Opened {
    pub(super) profile: Profile,
    pub(super) file: PathBuf,
    pub(super) replica: Replica,
    pub(super) outbox: Outbox,
}

impl Opened {
    /// Returns what the workers of the screen need.
    pub(super) fn tools(&self) -> Tools {
        Tools {
            file: self.file.clone(),
            clock: Arc::new(Machine),
            entropy: Arc::new(Machine),
            member: self.profile.member.as_ref().map(ToString::to_string),
            window: self.profile.window,
        }
    }
}

impl<'a> Place<'a> {
    pub(super) fn new(global: &Global, l10n: &'a L10n, config: &'a Config) -> Outcome<Self> {
        let folders =
            Folders::new(global.data_dir.clone(), global.config_dir.clone()).map_err(|error| {
                Failure::new(Kind::Failed, l10n, "fail-profile", &[]).because(&error)
            })?;
        let set = &config.settings.profile;
        let name = match &global.profile {
            Some(name) => Ok(name.clone()),
            None if !set.is_empty() => Ok(set.clone()),
            None => folders.current(),
        };
        let name = name.map_err(|error| {
            Failure::new(Kind::Failed, l10n, "fail-profile", &[]).because(&error)
        })?;
        let command = &config.settings.token_command;
        let secrets = secrets(&folders, global.token_fd, command);
        Ok(Self {
            l10n,
            folders,
            config,
            secrets,
            name,
            server: OnceCell::new(),
        })
    }

    /// Says that the keyring waits for its owner.
    pub(super) fn keyring_waits(&self) {
        note(&self.l10n.text("keyring-waits"));
    }

    /// Says what failed with a profile.
    pub(super) fn profile_failed(&self, error: &ProfileError) -> Failure {
        let kind = match error {
            ProfileError::Name { .. } => Kind::Usage,
            _ => Kind::Failed,
        };
        Failure::new(kind, self.l10n, "fail-profile", &[]).because(error)
    }

    pub(super) fn replica_failed(&self, error: &ReplicaError) -> Failure {
        self.file_failed("fail-replica", error).unwrap_or_else(|| {
            Failure::new(Kind::Failed, self.l10n, "fail-replica", &[]).because(error)
        })
    }

    /// Says what is wrong with the place of the local copy, when that is why something failed.
    fn file_failed(&self, key: &str, error: &ReplicaError) -> Option<Failure> {
        let file = self.folders.data.join(&self.name).join("replica.db");
        let named = trouble::named(error, &file)?;
        Some(
            Failure::new(Kind::Failed, self.l10n, key, &[])
                .reason_is(&named.text(self.l10n))
                .hint_is(named.hint(self.l10n)),
        )
    }

    /// Says that nothing can be kept in a local copy, and why.
    pub(super) fn read_only(&self, opened: &Opened) -> Option<String> {
        let error = opened.replica.read_only()?;
        let why = trouble::named(error, &opened.file)
            .map_or_else(|| chain(error), |named| named.text(self.l10n));
        Some(self.l10n.with("copy-read-only", &[("why", why.into())]))
    }

    pub(super) fn outbox_failed(&self, error: &OutboxError) -> Failure {
        let kind = match error {
            OutboxError::NoSuchItem { .. } => Kind::NotFound,
            _ => Kind::Failed,
        };
        if let OutboxError::File(error) = error
            && let Some(failure) = self.file_failed("fail-outbox", error)
        {
            return failure;
        }
        Failure::new(kind, self.l10n, "fail-outbox", &[]).because(error)
    }

    /// Returns the profile, which must be set up.
    pub(super) fn profile(&self) -> Outcome<Profile> {
        let found = self
            .folders
            .load(&self.name)
            .map_err(|e| self.profile_failed(&e))?;
        if let Some(profile) = &found {
            self.set_server(profile);
        }
        found.ok_or_else(|| {
            let name = [("name", self.name.as_str().into())];
            let failure = Failure::new(Kind::Denied, self.l10n, "fail-no-profile", &name);
            // A list that cannot be read names none.
            match self.folders.names() {
                Ok(names) if !names.is_empty() => {
                    let names = [("names", names.join(", ").into())];
                    failure.hint(self.l10n, "hint-known-profiles", &names)
                }
                _ => failure.hint(self.l10n, "hint-first-login", &[]),
            }
        })
    }

    /// Returns the profile with its local copy. One that cannot be written is read all the same, and that is said.
    pub(super) fn open(&self) -> Outcome<Opened> {
        let opened = self.open_quietly()?;
        if let Some(text) = self.read_only(&opened) {
            note(&text);
        }
        Ok(opened)
    }

    /// Like [`Place::open`], for those who say it themselves.
    pub(super) fn open_quietly(&self) -> Outcome<Opened> {
        let profile = self.profile()?;
        let file = self
            .folders
            .replica(&self.name)
            .map_err(|e| self.profile_failed(&e))?;
        let replica = Replica::open(&file).map_err(|e| self.replica_failed(&e))?;
        let outbox = Outbox::open(&file).map_err(|e| self.outbox_failed(&e))?;
        Ok(Opened {
            profile,
            file,
            replica,
            outbox,
        })
    }

    /// Like [`Place::open`], for reading: says so when nothing was ever read from the server.
    pub(super) fn open_to_read(&self) -> Outcome<Opened> {
        let opened = self.open()?;
        if opened
            .replica
            .space()
            .map_err(|e| self.replica_failed(&e))?
            .is_none()
        {
            return Err(
                Failure::new(Kind::NotFound, self.l10n, "fail-empty", &[]).hint(
                    self.l10n,
                    "hint-sync",
                    &[],
                ),
            );
        }
        Ok(opened)
    }

    /// Returns the profile of somebody who is signed in.
    pub(super) fn open_as_member(&self) -> Outcome<Opened> {
        let opened = self.open_to_read()?;
        if opened.profile.member.is_none() {
            return Err(
                Failure::new(Kind::Denied, self.l10n, "fail-guest", &[]).hint(
                    self.l10n,
                    "hint-login",
                    &[],
                ),
            );
        }
        Ok(opened)
    }

    /// Returns the server with the profile's token.
    pub(super) fn api(&self, profile: &Profile) -> Outcome<Api> {
        let connect = Connect::new(profile.clone(), self.secrets.clone());
        let failed = |error| self.connect_failed(&error);
        let connected = connect.find(&mut || self.keyring_waits()).map_err(failed)?;
        self.block_on(connect.check(&connected))?.map_err(failed)?;
        Ok(connected.api)
    }

    /// Says why there is no way to the server.
    fn connect_failed(&self, error: &ConnectError) -> Failure {
        let l10n = self.l10n;
        let name_of = |name: &str| [("name", name.to_owned().into())];
        match error {
            ConnectError::Api(error) => self.call_failed("fail-server", error),
            ConnectError::NoToken { name } => {
                Failure::new(Kind::Denied, l10n, "fail-no-token", &name_of(name)).hint(
                    l10n,
                    "hint-login",
                    &[],
                )
            }
            ConnectError::Refused { name, why } => {
                Failure::new(Kind::Denied, l10n, "fail-no-token", &name_of(name))
                    .reason_is(why)
                    .hint(l10n, "hint-auth-status", &[])
            }
            ConnectError::Other { name, found } => {
                let values = [
                    ("name", name.as_str().into()),
                    ("found", found.as_str().into()),
                ];
                Failure::new(Kind::Denied, l10n, "fail-other-token", &values).hint(
                    l10n,
                    "hint-auth-status",
                    &[],
                )
            }
        }
    }

    /// Says what failed in a call.
    pub(super) fn call_failed(&self, key: &str, error: &ApiError) -> Failure {
        let server = self.server.get().map_or("", String::as_str);
        Failure::of_call(self.l10n, key, server, error)
    }

    /// Notes which server is called.
    pub(super) fn set_server(&self, profile: &Profile) {
        // The profile stays the same for all that a command does.
        let _ = self.server.set(profile.server.clone());
    }

    /// Returns a category by its short name; says which there are when it is none of them.
    pub(super) fn category(&self, replica: &Replica, slug: &str) -> Outcome<CategoryId> {
        let failed = |e| self.replica_failed(&e);
        if let Some(category) = replica.category_named(slug).map_err(failed)? {
            return Ok(category);
        }
        let values = [("slug", slug.into())];
        let failure = Failure::new(Kind::NotFound, self.l10n, "fail-no-category", &values);
        let known = replica.categories().map_err(failed)?;
        if known.is_empty() {
            return Err(failure.hint(self.l10n, "hint-sync", &[]));
        }
        let mut slugs: Vec<&str> = known
            .iter()
            .map(|row| row.category.slug.as_str())
            .take(MOST_CATEGORIES)
            .collect();
        if known.len() > slugs.len() {
            slugs.push("…");
        }
        let slugs = [("slugs", slugs.join(", ").into())];
        Err(failure.hint(self.l10n, "hint-categories", &slugs))
    }

    /// Sends what waits and reads what is new.
    pub(super) fn sync(
        &self,
        opened: &mut Opened,
        on_progress: &mut (dyn FnMut(Progress) + Send),
    ) -> Outcome<SyncReport> {
        let api = self.api(&opened.profile)?;
        let done = self.block_on(sync_once(
            &api,
            &mut opened.replica,
            &mut opened.outbox,
            &Machine,
            opened.profile.window,
            on_progress,
        ))?;
        done.map_err(|error| self.sync_failed("fail-sync", &error))
    }

    /// Says what failed between the server and the local copy.
    pub(super) fn sync_failed(&self, key: &str, error: &SyncError) -> Failure {
        let of_file = match error {
            SyncError::Api(error) => return self.call_failed(key, error),
            SyncError::Replica(error) | SyncError::Outbox(OutboxError::File(error)) => Some(error),
            SyncError::Outbox(_) => None,
        };
        of_file
            .and_then(|error| self.file_failed(key, error))
            .unwrap_or_else(|| Failure::new(Kind::Failed, self.l10n, key, &[]).because(error))
    }

    /// Waits for a call.
    pub(super) fn block_on<T>(&self, future: impl Future<Output = T>) -> Outcome<T> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime
            .map(|runtime| runtime.block_on(future))
            .map_err(|e| Failure::new(Kind::Failed, self.l10n, "fail-server", &[]).because(&e))
    }
}

/// Puts together where tokens may come from: the environment, the command line, and where we keep them.
fn secrets(folders: &Folders, descriptor: Option<u32>, command: &str) -> Secrets {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let given = Given {
        token: variable("SPACE_TOKEN"),
        file: variable("SPACE_TOKEN_FILE").map(PathBuf::from),
        descriptor,
    };
    let settings = Settings {
        token_command: variable("SPACE_TOKEN_COMMAND")
            .or_else(|| (!command.is_empty()).then(|| command.to_owned())),
        uses_keyring: variable("SPACE_KEYRING").is_none_or(|value| value != "off"),
    };
    Secrets::new(folders.credentials(), Keyring::of_system(), settings, given)
}

/// Says something beside what is printed. That it may not arrive is no reason to fail.
pub(super) fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", clean::line(text));
}
