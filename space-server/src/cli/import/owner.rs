// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The owner that an import is asked to make.

use std::sync::Arc;

use space_core::text::MemberName;
use space_core::{MemberKind, Role};

use crate::cli::error::Error;
use crate::cli::operate::with_operator;
use crate::cli::password::PasswordArgs;
use crate::clock::SystemClock;
use crate::config::{Database, Loaded};
use crate::operator::{NewAccount, Operator};

/// Who becomes an owner after the import.
pub(super) struct Owner {
    name: MemberName,
    /// `None` when the account has one already.
    password: Option<String>,
}

impl Owner {
    /// Asks for the password that the account needs.
    pub(super) fn ask(
        loaded: &Loaded,
        name: &MemberName,
        password: &PasswordArgs,
    ) -> Result<Self, Error> {
        let has_password = is_there(loaded)
            && with_operator(&loaded.config, Arc::new(SystemClock), async |operator| {
                Ok(operator.has_space().await? && operator.has_password(name).await?)
            })?;
        if has_password && password.is_given() {
            return Err(Error::usage(format!("{name} has a password already")).hint(
                "leave --password-file out; `space-server member password NAME` gives another one",
            ));
        }
        Ok(Self {
            name: name.clone(),
            password: if has_password {
                None
            } else {
                Some(password.read(name.as_str())?)
            },
        })
    }

    /// Makes the account an owner who can sign in, and the account first where there is none.
    ///
    /// Returns what to say of it.
    pub(super) async fn establish(self, operator: &Operator) -> Result<String, Error> {
        let Self { name, password } = self;
        if operator.find_if_there(&name).await?.is_none() {
            let owner = operator
                .add_member(NewAccount {
                    kind: MemberKind::Person,
                    name,
                    display_name: None,
                    roles: vec![Role::Owner],
                    password,
                })
                .await?;
            return Ok(format!(
                "Made the account {} (#{}), an owner.",
                owner.name, owner.id
            ));
        }
        // It may have got one while the import ran.
        if let Some(password) = password
            && !operator.has_password(&name).await?
        {
            operator.set_password(&name, password).await?;
        }
        let owner = operator.set_role(&name, Role::Owner, true).await?;
        Ok(format!(
            "{} (#{}) is an owner, and can sign in.",
            owner.name, owner.id
        ))
    }
}

/// Returns whether there may be a space; looking makes none.
fn is_there(loaded: &Loaded) -> bool {
    match loaded.config.database() {
        Database::Sqlite(file) => file.exists(),
        Database::Postgres(_) => true,
    }
}
