// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The one shape of every section: fields with documentation and default, in one place. (As in the server's configuration.)

/// What is known of a key besides its type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    /// The key.
    pub(super) name: &'static str,
    /// Its documentation, line by line.
    pub(super) doc: &'static [&'static str],
    /// What a value may look like, in TOML, when there is no default to show.
    pub(super) like: Option<&'static str>,
}

/// Defines a section: a struct whose fields have defaults, and the list of its fields for examples and errors.
macro_rules! section {
    (
        $(#[doc = $about:literal])*
        pub(crate) struct $name:ident {
            $(
                $(#[doc = $doc:literal])*
                $field:ident: $type:ty = $default:expr $(, like $like:literal)?;
            )*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[doc = $doc])* pub(crate) $field: $type,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl $name {
            /// The fields, in the order in which examples show them.
            pub(in crate::config) const FIELDS: &'static [$crate::config::section::Field] = &[
                $($crate::config::section::Field {
                    name: stringify!($field),
                    doc: &[$($doc),*],
                    like: section!(@like $($like)?),
                },)*
            ];
        }
    };
    (@like) => { None };
    (@like $like:literal) => { Some($like) };
}
pub(super) use section;
