// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Words of the product as values of arguments, so that help, errors and completions list them.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use space_core::policy::Capability;
use space_core::text::{Label, TextError};
use space_core::{MemberKind, Role};

pub(super) fn kind() -> impl TypedValueParser<Value = MemberKind> {
    PossibleValuesParser::new(MemberKind::ALL.iter().map(|kind| kind.word()))
        .try_map(|word| word.parse::<MemberKind>())
}

pub(super) fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.iter().map(|role| role.word()))
        .try_map(|word| word.parse::<Role>())
}

pub(super) fn capability() -> impl TypedValueParser<Value = Capability> {
    PossibleValuesParser::new(Capability::ALL.iter().map(|capability| capability.word()))
        .try_map(|word| word.parse::<Capability>())
}

/// Reads the label of a token; what is wrong with it is not said of a name.
pub(super) fn token_label(text: &str) -> Result<Label, TextError> {
    Label::parse(text).map_err(|mut error| {
        let (TextError::TooShort { what, .. }
        | TextError::TooLong { what, .. }
        | TextError::Character { what, .. }
        | TextError::NoLetter { what }) = &mut error;
        *what = "the label";
        error
    })
}
