// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Statements as constants that a test prepares on both engines.

/// Defines SQL constants and lists them in `ALL`, so that none can be forgotten by the test that prepares them.
///
/// Binds are `$1`, `$2`, ... and appear in the text for the first time in that order: PostgreSQL reads them as
/// numbers, SQLite as names that it numbers by first appearance, and so the two agree without rewriting.
macro_rules! statements {
    ($($name:ident = $sql:expr;)*) => {
        $(const $name: &str = $sql;)*

        /// Every statement of this file, for the test that prepares them.
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

/// The text `$1, $2, ... $64`: a list of fixed length, since arrays are not portable. Shorter lists are filled
/// up by repeating their last item.
macro_rules! ids64 {
    () => {
        "$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,\
         $29,$30,$31,$32,$33,$34,$35,$36,$37,$38,$39,$40,$41,$42,$43,$44,$45,$46,$47,$48,$49,$50,$51,$52,$53,\
         $54,$55,$56,$57,$58,$59,$60,$61,$62,$63,$64"
    };
}

pub(crate) use {ids64, statements};
