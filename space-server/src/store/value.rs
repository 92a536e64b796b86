// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Values that go into statements, and rows that come out: the same on both engines.

use std::fmt::Display;
use std::str::FromStr;

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::{Result, StoreError};

/// A value for a statement.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    I64(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// A value that waits to be sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Owned {
    Null,
    Bool(bool),
    I64(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl From<&Value<'_>> for Owned {
    fn from(value: &Value<'_>) -> Self {
        match *value {
            Value::Null => Owned::Null,
            Value::Bool(value) => Owned::Bool(value),
            Value::I64(value) => Owned::I64(value),
            Value::Text(value) => Owned::Text(value.to_owned()),
            Value::Bytes(value) => Owned::Bytes(value.to_owned()),
        }
    }
}

impl<'a> From<&'a Owned> for Value<'a> {
    fn from(value: &'a Owned) -> Self {
        match value {
            Owned::Null => Value::Null,
            Owned::Bool(value) => Value::Bool(*value),
            Owned::I64(value) => Value::I64(*value),
            Owned::Text(value) => Value::Text(value),
            Owned::Bytes(value) => Value::Bytes(value),
        }
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Value::I64(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Value::Text(value)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Value::Text(value)
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Value::Bytes(value)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::ToSqlOutput::Borrowed;
        use rusqlite::types::ValueRef;
        Ok(Borrowed(match *self {
            Value::Null => ValueRef::Null,
            Value::Bool(value) => ValueRef::Integer(value.into()),
            Value::I64(value) => ValueRef::Integer(value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Bool(value) => value.to_sql_checked(ty, out),
            Value::I64(value) => value.to_sql_checked(ty, out),
            Value::Text(value) => value.to_sql_checked(ty, out),
            Value::Bytes(value) => value.to_sql_checked(ty, out),
        }
    }

    /// Each arm of `to_sql` checks for itself.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A borrowed row: decoded where it lives.
pub(crate) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

macro_rules! columns {
    ($($name:ident -> $type:ty;)*) => {$(
        pub(crate) fn $name(&self, column: usize) -> Result<$type> {
            Ok(match self {
                Row::Sqlite(row) => row.get(column)?,
                Row::Postgres(row) => row.try_get(column)?,
            })
        }
    )*};
}

impl Row<'_> {
    columns! {
        i64 -> i64;
        opt_i64 -> Option<i64>;
        bool -> bool;
        opt_bool -> Option<bool>;
        text -> String;
        opt_text -> Option<String>;
        bytes -> Vec<u8>;
        opt_bytes -> Option<Vec<u8>>;
    }

    /// Reads an id or another checked number.
    pub(crate) fn id<T>(&self, column: usize, make: fn(i64) -> Option<T>) -> Result<T> {
        let number = self.i64(column)?;
        make(number).ok_or_else(|| StoreError::Content {
            column,
            why: format!("{number} is not an id"),
        })
    }

    /// Reads an id that may be absent.
    pub(crate) fn opt_id<T>(&self, column: usize, make: fn(i64) -> Option<T>) -> Result<Option<T>> {
        Ok(self.opt_i64(column)?.and_then(make))
    }

    /// Reads a text without copying it.
    fn str(&self, column: usize) -> Result<Option<&str>> {
        Ok(match self {
            Row::Sqlite(row) => {
                row.get_ref(column)?
                    .as_str_or_null()
                    .map_err(|why| StoreError::Content {
                        column,
                        why: why.to_string(),
                    })?
            }
            Row::Postgres(row) => row.try_get(column)?,
        })
    }

    /// Reads a word, scope, colour or other value that is written as text.
    pub(crate) fn word<T: FromStr<Err: Display>>(&self, column: usize) -> Result<T> {
        let text = self.str(column)?.ok_or_else(|| StoreError::Content {
            column,
            why: "there is nothing".to_owned(),
        })?;
        parsed(column, text)
    }

    /// Reads such a value that may be absent.
    pub(crate) fn opt_word<T: FromStr<Err: Display>>(&self, column: usize) -> Result<Option<T>> {
        self.str(column)?
            .map(|text| parsed(column, text))
            .transpose()
    }

    /// Reads such values with spaces between; none when absent.
    pub(crate) fn words<T: FromStr<Err: Display>, C: FromIterator<T>>(
        &self,
        column: usize,
    ) -> Result<C> {
        let text = self.str(column)?.unwrap_or_default();
        text.split(' ')
            .filter(|word| !word.is_empty())
            .map(|word| parsed(column, word))
            .collect()
    }

    /// Reads a checked text.
    pub(crate) fn checked<T: TryFrom<String, Error: Display>>(&self, column: usize) -> Result<T> {
        T::try_from(self.text(column)?).map_err(|why| StoreError::Content {
            column,
            why: why.to_string(),
        })
    }

    /// Reads a checked text that everything needs: bytes that are none are replaced, and the row is named.
    pub(crate) fn mended<T: TryFrom<String, Error: Display>>(
        &self,
        table: &'static str,
        id: i64,
        column: usize,
    ) -> Result<T> {
        let error = match self.checked(column) {
            Ok(text) => return Ok(text),
            Err(error) => error,
        };
        let bytes = match self {
            Row::Sqlite(row) => match row.get_ref(column)? {
                rusqlite::types::ValueRef::Text(bytes) => bytes,
                _ => return Err(error),
            },
            Row::Postgres(_) => return Err(error),
        };
        let text = T::try_from(String::from_utf8_lossy(bytes).into_owned()).map_err(|_| error)?;
        super::aside::note(table, id, "a text in it is not UTF-8; it is shown mended");
        Ok(text)
    }

    /// Reads a checked text that may be absent.
    pub(crate) fn opt_checked<T: TryFrom<String, Error: Display>>(
        &self,
        column: usize,
    ) -> Result<Option<T>> {
        self.opt_text(column)?
            .map(|text| {
                T::try_from(text).map_err(|why| StoreError::Content {
                    column,
                    why: why.to_string(),
                })
            })
            .transpose()
    }
}

fn parsed<T: FromStr<Err: Display>>(column: usize, text: &str) -> Result<T> {
    text.parse().map_err(|why: T::Err| StoreError::Content {
        column,
        why: why.to_string(),
    })
}
