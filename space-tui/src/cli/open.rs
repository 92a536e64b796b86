// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What every command begins with: the profile, its local copy, and the server.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::Arc;

use space_core::CategoryId;
use space_core::client::outbox::Outbox;
use space_core::client::replica::Replica;
use space_core::client::sync::{SyncError, SyncReport, sync_once};
use space_core::client::{Api, ApiError, OutboxError, ReplicaError};

use super::args::Global;
use super::failure::{Failure, Kind, Outcome};
use crate::config::Config;
use crate::l10n::L10n;
use crate::machine::Machine;
use crate::profile::{Folders, Profile, ProfileError};
use crate::worker::Tools;

/// How many categories are listed to somebody who named one that does not exist.
const MOST_CATEGORIES: usize = 20;

/// Where a command works.
pub(super) struct Place<'a> {
    pub(super) l10n: &'a L10n,
    pub(super) folders: Folders,
    /// The reader's configuration.
    pub(super) config: &'a Config,
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
        let name = global
            .profile
            .as_deref()
            .or_else(|| (!set.is_empty()).then_some(set.as_str()));
        Ok(Self {
            l10n,
            folders,
            config,
            name: name.unwrap_or("default").to_owned(),
            server: OnceCell::new(),
        })
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
        Failure::new(Kind::Failed, self.l10n, "fail-replica", &[]).because(error)
    }

    pub(super) fn outbox_failed(&self, error: &OutboxError) -> Failure {
        let kind = match error {
            OutboxError::NoSuchItem { .. } => Kind::NotFound,
            _ => Kind::Failed,
        };
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
            Failure::new(Kind::Denied, self.l10n, "fail-no-profile", &name).hint(
                self.l10n,
                "hint-first-login",
                &[],
            )
        })
    }

    /// Returns the profile with its local copy.
    pub(super) fn open(&self) -> Outcome<Opened> {
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
        let token = self
            .folders
            .token(profile)
            .map_err(|e| self.profile_failed(&e))?;
        if let (Some(name), None) = (&profile.member, &token) {
            let name = [("name", name.as_str().into())];
            return Err(
                Failure::new(Kind::Denied, self.l10n, "fail-no-token", &name).hint(
                    self.l10n,
                    "hint-login",
                    &[],
                ),
            );
        }
        profile
            .api(token)
            .map_err(|e| self.call_failed("fail-server", &e))
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
        on_progress: &mut (dyn FnMut(usize) + Send),
    ) -> Outcome<SyncReport> {
        let api = self.api(&opened.profile)?;
        let mut tell = |progress: space_core::client::sync::Progress| on_progress(progress.rows);
        let done = self.block_on(sync_once(
            &api,
            &mut opened.replica,
            &mut opened.outbox,
            &Machine,
            &mut tell,
        ))?;
        done.map_err(|error| match &error {
            SyncError::Api(error) => self.call_failed("fail-sync", error),
            other => Failure::new(Kind::Failed, self.l10n, "fail-sync", &[]).because(other),
        })
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
