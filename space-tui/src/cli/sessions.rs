// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space sessions`: lists one's log-ins and tokens, and ends them.

use space_core::client::api::IdempotencyKey;
use space_core::client::{Api, ApiError};
use space_core::protocol::TokenLine;
use space_core::{Timestamp, TokenId};

use super::End;
use super::args::Sessions;
use super::failure::Failure;
use super::open::Place;
use super::output::Output;
use crate::doc::{Role, Span};
use crate::text::clean;
use crate::text::measure::column_right;

/// Columns of the number of a token.
const NUMBER: usize = 5;

/// Ends what is to end, and lists the rest.
pub(super) fn run(place: &Place<'_>, args: &Sessions, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let opened = place.open_as_member()?;
    let api = place.api(&opened.profile)?;
    let failed = |e: ApiError| -> Failure { place.call_failed("fail-sessions", &e) };
    let tokens = place.block_on(api.tokens())?.map_err(failed)?;
    let to_end: Vec<TokenId> = if args.end_others {
        let others = tokens.iter().filter(|token| !token.is_current);
        others.map(|token| token.id).collect()
    } else {
        args.end.clone()
    };
    for id in &to_end {
        place
            .block_on(end(&api, *id))?
            .map_err(|e| place.call_failed("fail-sessions", &e))?;
    }
    if args.end_others || !args.end.is_empty() {
        let count = [("count", to_end.len().into())];
        out.line(&l10n.with("sessions-ended", &count))?;
        return Ok(());
    }
    for token in &tokens {
        if args.json {
            out.json(token)?;
        } else {
            print(place, token, out)?;
        }
    }
    Ok(())
}

async fn end(api: &Api, id: TokenId) -> Result<(), ApiError> {
    // Ending it twice is ending it.
    let key = IdempotencyKey::new(format!("end-token-{id}"));
    api.revoke_token(id, &key.expect("a number is a key")).await
}

fn print(place: &Place<'_>, token: &TokenLine, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let ends = match token.expires_at {
        Some(end) => l10n.with("sessions-ends", &[("date", day(end).into())]),
        None => l10n.text("sessions-lasts"),
    };
    let mut spans = vec![
        Span::new(Role::Id, column_right(&token.id.to_string(), NUMBER)),
        Span::new(
            Role::Text,
            format!("  {}", clean::line(token.label.as_str())),
        ),
        Span::new(Role::Quiet, format!("  {}", token.capabilities)),
        Span::new(Role::Quiet, format!("  {}  {ends}", day(token.created_at))),
    ];
    if token.is_current {
        let here = l10n.text("sessions-current");
        spans.push(Span::new(Role::Badge, format!("  {here}")));
    }
    out.spans(&spans)?;
    Ok(())
}

fn day(at: Timestamp) -> String {
    let (year, month, day) = at.date();
    format!("{year:04}-{month:02}-{day:02}")
}
