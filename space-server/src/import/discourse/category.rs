// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Names and places of categories: `/site.json` (all of them, flat) and `/categories.json` (a tree).

use serde::Deserialize;
use serde_json::value::RawValue;

use super::field::{Raw, Reader};
use crate::import::finding::{FindingKind, Findings};

/// One category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CategoryDoc {
    pub(crate) id: i64,
    pub(crate) name: Option<String>,
    pub(crate) slug: Option<String>,
    /// Six hexadecimal digits.
    pub(crate) colour: Option<String>,
    pub(crate) about: Option<String>,
    pub(crate) parent: Option<i64>,
    /// Among its siblings: as the document says, else where it stands in the list.
    pub(crate) position: Option<i64>,
    /// Not everyone may read it.
    pub(crate) is_restricted: bool,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Fields<'a> {
    id: Raw<'a>,
    name: Raw<'a>,
    slug: Raw<'a>,
    color: Raw<'a>,
    description_text: Raw<'a>,
    parent_category_id: Raw<'a>,
    position: Raw<'a>,
    read_restricted: Raw<'a>,
    subcategory_list: Raw<'a>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct ListFields<'a> {
    categories: Raw<'a>,
}

/// Deeper than this no forum nests them.
const MAX_DEPTH: usize = 8;

/// Reads the categories of a document that has them.
pub(super) fn read(
    name: &str,
    flat: Raw<'_>,
    list: Raw<'_>,
    findings: &mut Findings,
) -> Vec<CategoryDoc> {
    let mut reader = Reader {
        place: name.to_owned(),
        findings,
    };
    let nested = list.and_then(|raw| serde_json::from_str::<ListFields<'_>>(raw.get()).ok());
    let mut out = Vec::new();
    for raw in [flat, nested.and_then(|list| list.categories)] {
        read_list(&mut reader, raw, None, 0, &mut out);
    }
    out
}

fn read_list(
    reader: &mut Reader<'_>,
    raw: Raw<'_>,
    parent: Option<i64>,
    depth: usize,
    out: &mut Vec<CategoryDoc>,
) {
    if depth > MAX_DEPTH {
        return;
    }
    for (at, raw) in reader.list("categories", raw).into_iter().enumerate() {
        let at = i64::try_from(at).unwrap_or(i64::MAX);
        read_one(reader, raw, (parent, at), depth, out);
    }
}

fn read_one(
    reader: &mut Reader<'_>,
    raw: &RawValue,
    (parent, at): (Option<i64>, i64),
    depth: usize,
    out: &mut Vec<CategoryDoc>,
) {
    let fields = serde_json::from_str::<Fields<'_>>(raw.get()).ok();
    let Some((id, fields)) =
        fields.and_then(|fields| Some((reader.number("id", fields.id)?, fields)))
    else {
        reader.findings.add(
            FindingKind::Value,
            &reader.place,
            "has a category without an id",
        );
        return;
    };
    out.push(CategoryDoc {
        id,
        name: reader.text("name", fields.name),
        slug: reader.text("slug", fields.slug),
        colour: reader.text("color", fields.color),
        about: reader.text("description_text", fields.description_text),
        parent: reader
            .number("parent_category_id", fields.parent_category_id)
            .or(parent),
        position: Some(reader.number("position", fields.position).unwrap_or(at)),
        is_restricted: reader.flag("read_restricted", fields.read_restricted),
    });
    read_list(reader, fields.subcategory_list, Some(id), depth + 1, out);
}
