// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Versions of the code of conduct, and who has accepted which.

use space_core::policy::Permit;
use space_core::{Code, Language, MemberId, Timestamp};

use super::{Executor, Result, statements};
use crate::writer::Tx;

statements! {
    CURRENT = "select version, language, title, source, adopted_at from code order by version desc limit 1";
    VERSION = "select version from code order by version desc limit 1";
    INSERT = "insert into code (version, language, title, source, adopted_at) values ($1, $2, $3, $4, $5)";
    ACCEPT = "insert into acceptance (member_id, version, language, accepted_at) values ($1, $2, $3, $4)
        on conflict do nothing";
}

/// Reads the version in force; `None` when none has been adopted yet.
pub(crate) async fn current(x: &mut Executor<'_>) -> Result<Option<Code>> {
    x.row(CURRENT, &[], |row| {
        Ok(Code {
            version: row.i64(0)?,
            language: row.word(1)?,
            title: row.mended("code", row.i64(0)?, 2)?,
            source: row.mended("code", row.i64(0)?, 3)?,
            adopted_at: Timestamp::from_millis(row.i64(4)?),
        })
    })
    .await
}

/// Says which version is in force; `None` when none has been adopted yet.
pub(crate) async fn version(x: &mut Executor<'_>) -> Result<Option<i64>> {
    x.row(VERSION, &[], |row| row.i64(0)).await
}

/// Adopts a version: from now on it is in force.
pub(crate) async fn adopt(
    tx: &mut Tx<'_>,
    _: &Permit<space_core::policy::ManageCategories>,
    code: &Code,
) -> Result<()> {
    let values = [
        code.version.into(),
        code.language.as_str().into(),
        code.title.as_str().into(),
        (&code.source).into(),
        code.adopted_at.millis().into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// What permits to note that somebody has accepted a version.
pub(crate) trait MayAccept {}
impl MayAccept for space_core::policy::AcceptCode {}
impl MayAccept for space_core::policy::MeetVisitors {}

/// Notes that a member has accepted a version. The first time is kept.
pub(crate) async fn accept<P: MayAccept>(
    tx: &mut Tx<'_>,
    _: &Permit<P>,
    member: MemberId,
    version: i64,
    language: Option<&Language>,
) -> Result<()> {
    let now = tx.now().millis();
    let values = [
        member.get().into(),
        version.into(),
        language.map(Language::as_str).into(),
        now.into(),
    ];
    tx.execute(ACCEPT, &values).await.map(drop)
}
