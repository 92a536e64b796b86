// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The space itself.

use space_core::text::{About, Label, SpaceIdentity};
use space_core::{Space, Timestamp};

use super::head::SPACE;
use super::{Executor, Result, statements};

statements! {
    READ = "select name, about, created_at, revision, identity from space where id = $1";
    INSERT = "insert into space (id, name, about, created_at, revision, identity) values ($1, $2, $3, $4, 1, $5)";
}

/// Reads what the space says of itself. Every page says its name, so what cannot be read of it is mended.
pub(crate) async fn read(x: &mut Executor<'_>) -> Result<Option<Space>> {
    x.row(READ, &[SPACE.into()], |row| {
        Ok(Space {
            name: row.mended("space", SPACE, 0)?,
            about: row.mended("space", SPACE, 1)?,
            created_at: Timestamp::from_millis(row.i64(2)?),
            revision: row.i64(3)?,
            identity: row.opt_checked(4)?,
        })
    })
    .await
}

/// Writes it for the first time.
pub(crate) async fn insert(
    x: &mut Executor<'_>,
    name: &Label,
    about: &About,
    identity: &SpaceIdentity,
    now: Timestamp,
) -> Result<()> {
    let values = [
        SPACE.into(),
        name.as_str().into(),
        about.as_str().into(),
        now.millis().into(),
        identity.as_str().into(),
    ];
    x.execute(INSERT, &values).await.map(drop)
}
