// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Networks from which members have signed in. Whoever comes from one again goes first when many others try.

use space_core::policy::{Permit, SignIn};
use space_core::text::{MemberName, folded};
use space_core::{MemberId, Timestamp};

use super::{Executor, Result, statements};
use crate::writer::Tx;

statements! {
    IS_KNOWN = "select 1 from known_network k join member m on m.id = k.member_id
        where m.folded_name = $1 and k.network = $2";
    KNOW = "insert into known_network (member_id, network, seen_at) values ($1, $2, $3)
        on conflict (member_id, network) do update set seen_at = excluded.seen_at";
    FORGET_OF = "delete from known_network where member_id = $1";
    FORGET_OLD = "delete from known_network where seen_at < $1";
}

/// Says whether the member of that name has signed in from a network lately.
pub(crate) async fn is_known(
    x: &mut Executor<'_>,
    name: &MemberName,
    network: &str,
) -> Result<bool> {
    let name = folded(name.as_str());
    let values = [name.as_str().into(), network.into()];
    Ok(x.row(IS_KNOWN, &values, |_| Ok(())).await?.is_some())
}

/// Remembers that a member has signed in from a network.
pub(crate) async fn know(tx: &mut Tx<'_>, permit: &Permit<SignIn>, network: &str) -> Result<()> {
    let now = tx.now().millis();
    let of = permit.action().of.get();
    let values = [of.into(), network.into(), now.into()];
    tx.execute(KNOW, &values).await.map(drop)
}

/// Forgets from where a member has signed in. It asks for no permit: it takes nothing but a preference away.
pub(crate) async fn forget_of(tx: &mut Tx<'_>, member: MemberId) -> Result<()> {
    let forgotten = tx.execute(FORGET_OF, &[member.get().into()]).await;
    forgotten.map(drop)
}

/// Forgets networks from which nobody has signed in since a moment.
pub(crate) async fn forget_before(tx: &mut Tx<'_>, moment: Timestamp) -> Result<u64> {
    tx.execute(FORGET_OLD, &[moment.millis().into()]).await
}
