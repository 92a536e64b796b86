// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The lines of the feed, which have a form of their own.

use schemars::{Schema, SchemaGenerator};
use serde_json::{Value, json};
use space_core::protocol::{Cursor, Grant, Kind};
use space_core::{
    Bookmark, Category, CaughtUp, Group, Member, Post, PostTally, ReadPosition, Scope, Space,
    Topic, TopicTally,
};

use super::of;

/// Returns what the feed answers, in its three forms.
pub(super) fn content(generator: &mut SchemaGenerator) -> Value {
    let line = line(generator);
    let definitions = generator.definitions_mut();
    definitions.insert("FeedLine".to_owned(), line);
    let line = json!({"$ref": "#/components/schemas/FeedLine"});
    json!({
        "application/x-ndjson": {
            "schema": {"type": "string", "description": "One FeedLine a line; an empty one shows that the stream lives."},
            "itemSchema": line.clone(),
        },
        "text/event-stream": {
            "schema": {"type": "string", "description": "A row is a `message`; a cursor is an event `cursor`, whose id is the cursor, so that `Last-Event-ID` goes on from there."},
            "itemSchema": line,
        },
    })
}

/// A row, or a cursor.
fn line(generator: &mut SchemaGenerator) -> Value {
    let scope = of::<Scope>(generator);
    let rows: Vec<Value> = Kind::ALL
        .iter()
        .map(|kind| {
            json!({
                "type": "object",
                "title": kind.word(),
                "required": ["scope", "kind", "id"],
                "properties": {
                    "scope": scope,
                    "kind": {"const": kind.word()},
                    "id": {"type": "integer", "format": "int64"},
                    "body": body(*kind, generator),
                    "gone": {"const": true},
                },
                "oneOf": [{"required": ["body"]}, {"required": ["gone"]}],
            })
        })
        .collect();
    let cursor = json!({
        "type": "object",
        "title": "cursor",
        "required": ["cursor", "more"],
        "properties": {
            "cursor": of::<Cursor>(generator),
            "more": {"type": "boolean", "description": "Whether there is more to read at once."},
        },
    });
    let mut all = rows;
    all.push(cursor);
    json!({
        "description": "A row of the feed - the present state of a thing, or that it is gone from a scope - or the cursor after a batch. Rows of kinds that a reader does not know are to be skipped.",
        "oneOf": all,
    })
}

fn body(kind: Kind, generator: &mut SchemaGenerator) -> Schema {
    match kind {
        Kind::Space => of::<Space>(generator),
        Kind::Category => of::<Category>(generator),
        Kind::Group => of::<Group>(generator),
        Kind::Member => of::<Member>(generator),
        Kind::Topic => of::<Topic>(generator),
        Kind::Post => of::<Post>(generator),
        Kind::TopicTally => of::<TopicTally>(generator),
        Kind::PostTally => of::<PostTally>(generator),
        Kind::ReadPosition => of::<ReadPosition>(generator),
        Kind::Bookmark => of::<Bookmark>(generator),
        Kind::CaughtUp => of::<CaughtUp>(generator),
        Kind::Grant => of::<Grant>(generator),
    }
}
