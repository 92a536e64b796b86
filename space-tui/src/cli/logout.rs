// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space logout`: ends the token, and removes the local copy.

use space_core::client::credentials::Found;
use space_core::client::outbox::ItemState;

use super::End;
use super::args::Logout;
use super::failure::{Failure, Kind};
use super::open::Place;
use super::output::Output;
use crate::editing;

/// Signs out. What was written and not sent would be lost, so that needs a word.
pub(super) fn run(place: &Place<'_>, args: &Logout, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let opened = place.open()?;
    let items = opened.outbox.items().map_err(|e| place.outbox_failed(&e))?;
    let unsent = items
        .iter()
        .filter(|item| !matches!(item.state, ItemState::Sent(_)))
        .filter(|item| !item.draft.is_silent())
        .count();
    let drafts = opened
        .outbox
        .drafts()
        .map_err(|e| place.outbox_failed(&e))?;
    // What an editor left when it failed may be nowhere else.
    let files = editing::unfinished(&opened.file);
    let in_files: Vec<String> = files
        .iter()
        .filter(|file| !drafts.iter().any(|it| it.source.trim_end() == file.text))
        .map(|file| file.file.display().to_string())
        .collect();
    let unsent = unsent + drafts.len() + in_files.len();
    if unsent > 0 && !args.discard_unsent {
        let count = [("count", unsent.into())];
        // No list shows these: they are named here.
        return Err(Failure::new(Kind::Failed, l10n, "fail-unsent", &count)
            .shown(in_files)
            .hint(l10n, "hint-unsent", &[])
            .into());
    }
    let profile = opened.profile.clone();
    drop(opened);
    let account = profile.account();
    let mut is_ended = true;
    // A token that was given for this run is not ours to end; the one that is kept is, and is forgotten here.
    let kept = account.as_ref().map_or_else(Vec::new, |account| {
        place.secrets.kept(account, &mut || place.keyring_waits())
    });
    for Found { token, .. } in kept {
        let api = profile
            .api(Some(token))
            .map_err(|e| place.call_failed("fail-server", &e))?;
        // Without the server the token is forgotten here all the same; it stays valid there, which is said.
        is_ended &= match place.block_on(api.log_out())? {
            Ok(()) => true,
            Err(error) => error.is_signed_out(),
        };
    }
    if let Some(account) = &account {
        place
            .secrets
            .forget(account, &mut || place.keyring_waits())
            .map_err(|e| place.profile_failed(&e.into()))?;
    }
    place
        .folders
        .remove(&place.name)
        .map_err(|e| place.profile_failed(&e))?;
    let server = [("server", profile.server_name().into())];
    out.line(&l10n.with("logout-done", &server))?;
    if !is_ended {
        out.line(&l10n.with("logout-token-lives", &server))?;
    }
    Ok(())
}
