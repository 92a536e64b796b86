// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Configuration files, the profile's folder and the local copy.

use std::path::Path;

use space_core::chain;
use space_core::client::ReplicaError;
use space_core::client::outbox::{ItemState, Outbox};
use space_core::client::replica::{Replica, SetAside, Trouble};

use super::{Examination, Status};
use crate::config::{Level, State};
use crate::trouble::named;

pub(super) fn examine(it: &mut Examination<'_>) {
    configuration(it);
    profile(it);
    copy(it);
}

fn configuration(it: &mut Examination<'_>) {
    let config = it.place.config;
    let used = config
        .files
        .iter()
        .filter(|(_, state)| *state != State::Absent);
    let names: Vec<String> = used
        .filter_map(|(path, _)| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let folder = it.place.folders.config.display();
    let mut value = folder.to_string();
    if !names.is_empty() {
        value = format!("{value} ({})", names.join(", "));
    }
    let of = |level| config.problems.iter().filter(|p| p.level == level).count();
    let (errors, warnings) = (of(Level::Error), of(Level::Warning));
    let status = match (errors, warnings) {
        (0, 0) => return it.fine("folder", value),
        (0, _) => Status::Warning,
        _ => Status::Problem,
    };
    let values = [("errors", errors.into()), ("warnings", warnings.into())];
    let counted = it.text("doctor-folder-problems", &values);
    let fix = it.text("doctor-folder-fix", &[]);
    it.say("folder", status, format!("{value}: {counted}"), Some(fix));
}

fn profile(it: &mut Examination<'_>) {
    let place = it.place;
    let folder = place.folders.data.join(&place.name);
    match place.folders.load(&place.name) {
        Ok(Some(_)) if is_open(&folder) => {
            let folder = folder.display().to_string();
            let values = [("folder", folder.into())];
            let value = it.text("doctor-profile-open", &values);
            let fix = it.text("doctor-profile-open-fix", &values);
            it.say("profile", Status::Problem, value, Some(fix));
        }
        Ok(Some(profile)) => {
            let member = profile.member.as_ref().map(ToString::to_string);
            let member = member.unwrap_or_else(|| it.text("status-guest", &[]));
            let value = format!(
                "{}: {member}, {} ({})",
                place.name,
                profile.server,
                folder.display()
            );
            it.fine("profile", value);
        }
        Ok(None) => {
            let values = [("name", place.name.as_str().into())];
            let value = it.text("fail-no-profile", &values);
            let fix = it.text("doctor-profile-fix", &[]);
            it.say("profile", Status::Problem, value, Some(fix));
        }
        Err(error) => {
            let fix = it.text("doctor-profile-fix", &[]);
            it.say("profile", Status::Problem, error.to_string(), Some(fix));
        }
    }
}

#[cfg(unix)]
fn is_open(folder: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(folder).is_ok_and(|it| it.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_: &std::path::Path) -> bool {
    false
}

fn copy(it: &mut Examination<'_>) {
    let file = it
        .place
        .folders
        .data
        .join(&it.place.name)
        .join("replica.db");
    let Ok(size) = std::fs::metadata(&file).map(|it| it.len()) else {
        // To look is not to make one.
        let value = it.text("doctor-copy-absent", &[]);
        return it.fine("copy", value);
    };
    let examined = Replica::open(&file).and_then(|replica| {
        let damage = replica.damage()?;
        let (counts, unread) = (replica.counts()?, replica.set_aside()?);
        Ok((replica, damage, counts, unread))
    });
    let fix = it.text("doctor-copy-fix", &[]);
    match examined {
        Ok((replica, None, counts, unread)) => {
            let values = [
                ("size", mebibytes(size).into()),
                ("topics", counts.topics.into()),
                ("posts", counts.posts.into()),
            ];
            let value = it.text("doctor-copy-value", &values);
            match replica.read_only() {
                None => it.fine("copy", value),
                Some(error) => {
                    let (why, fix) = trouble(it, error, &file);
                    it.say("copy", Status::Warning, format!("{value}: {why}"), fix);
                }
            }
            set_aside(it, &unread);
            // It is in the same file.
            outbox(it, &file);
        }
        Ok((_, Some(damage), ..)) => it.say("copy", Status::Problem, damage, Some(fix)),
        // Only what is damaged is made anew: what is wrong with the place is mended there.
        Err(error) if error.trouble() == Trouble::Damaged => {
            it.say("copy", Status::Problem, chain(&error), Some(fix));
        }
        Err(error) => {
            let (why, fix) = trouble(it, &error, &file);
            it.say("copy", Status::Problem, why, fix);
        }
    }
}

/// Says what is wrong with the place of the copy, and what to do about it.
fn trouble(it: &Examination<'_>, error: &ReplicaError, file: &Path) -> (String, Option<String>) {
    match named(error, file) {
        Some(named) => (named.text(it.place.l10n), Some(named.hint(it.place.l10n))),
        None => (chain(error), None),
    }
}

/// Names rows of the feed that this version could not read.
fn set_aside(it: &mut Examination<'_>, rows: &[SetAside]) {
    let Some(first) = rows.first() else { return };
    let name = match (first.kind.as_str(), first.id) {
        ("", _) => String::new(),
        (kind, id) if id > 0 => format!("{kind} #{id}: "),
        (kind, _) => format!("{kind}: "),
    };
    let values = [
        ("count", rows.len().into()),
        ("first", format!("{name}{}", first.why).into()),
    ];
    let value = it.text("doctor-feed-value", &values);
    let fix = it.text("doctor-feed-fix", &[]);
    it.say("feed", Status::Warning, value, Some(fix));
}

fn outbox(it: &mut Examination<'_>, file: &std::path::Path) {
    let items = match Outbox::open(file).and_then(|outbox| outbox.items()) {
        Ok(items) => items,
        Err(error) => return it.say("outbox", Status::Problem, chain(&error), None),
    };
    let refused = |state: &ItemState| matches!(state, ItemState::Refused(_));
    let sent = |state: &ItemState| matches!(state, ItemState::Sent(_));
    let refusals = items.iter().filter(|item| refused(&item.state)).count();
    let waiting = items
        .iter()
        .filter(|item| !refused(&item.state) && !sent(&item.state))
        .count();
    let values = [("queued", waiting.into()), ("refused", refusals.into())];
    let value = it.text("whoami-waiting", &values);
    if refusals == 0 {
        it.fine("outbox", value);
    } else {
        let fix = it.text("notice-refused", &[]);
        it.say("outbox", Status::Warning, value, Some(fix));
    }
}

/// Returns a size as people read it.
fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) / (1 << 20);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}
