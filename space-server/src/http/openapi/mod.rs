// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The description of the interface (OpenAPI 3.1), made of the types that travel on it.
//!
//! Schemas come from the types themselves, so they cannot say anything else. What each address takes and answers is one
//! table, [`routes`]; tests compare it with the router, in both directions.

mod feed;
mod prose;
mod routes;

use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use bytes::Bytes;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use space_core::protocol::{
    ACTING_FOR, IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_MAX, Problem, ProblemCode, SPACE_IDENTITY,
};
use space_core::text::SpaceIdentity;

use routes::{OPERATIONS, Operation, Shape};

/// `GET /v1/openapi.json`
pub(super) async fn read() -> impl IntoResponse {
    static TEXT: LazyLock<Bytes> = LazyLock::new(|| document().to_string().into());
    ([(CONTENT_TYPE, "application/json")], TEXT.clone())
}

/// Returns the schema of a type, or where it stands.
fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// Makes the document.
fn document() -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    let mut paths = Map::new();
    for operation in OPERATIONS {
        let path = paths
            .entry(operation.path)
            .or_insert_with(|| json!({}))
            .as_object_mut();
        if let Some(path) = path {
            let described = describe(operation, &mut generator);
            path.insert(operation.method.to_lowercase(), described);
        }
    }
    let problem = of::<Problem>(&mut generator);
    let identity = of::<SpaceIdentity>(&mut generator);
    let codes: Map<String, Value> = ProblemCode::ALL
        .iter()
        .map(|code| (code.word().to_owned(), code.status().into()))
        .collect();
    let schemas = generator.take_definitions(true);
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Space",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An access token, from `POST /v1/login`, `POST /v1/login/device/token` or `POST /v1/tokens`.",
                },
            },
            "parameters": {
                "IdempotencyKey": {
                    "name": IDEMPOTENCY_KEY,
                    "in": "header",
                    "required": false,
                    "description": "Makes a command safe to repeat: the same key with the same command is done once, however often it is sent, and is remembered for 30 days. A repeated command is answered with what was done, also when that is gone since or no longer open to its sender: then with its numbers, an empty `source`, and category 1 where the category is not told. The same key with another command is the problem `key_reused`.",
                    "schema": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": IDEMPOTENCY_KEY_MAX,
                        "pattern": "^[!-~]+$",
                    },
                },
                "SpaceIdentity": {
                    "name": SPACE_IDENTITY,
                    "in": "header",
                    "required": false,
                    "description": "Which space is meant, as `GET /v1/space` names it. Another one that is at this address answers nothing but the problem `other_space`.",
                    "schema": identity,
                },
                "ActingFor": {
                    "name": ACTING_FOR,
                    "in": "header",
                    "required": false,
                    "description": "The visitor for whom a bridge acts, by the id of their account. It needs a token that may, and then the visitor's rights count.",
                    "schema": {"type": "integer", "format": "int64", "minimum": 1},
                },
            },
            "responses": {
                "Problem": {
                    "description": "What went wrong, for programs and for people (RFC 9457). `code` is stable.",
                    "content": {"application/problem+json": {"schema": problem}},
                },
            },
        },
        "x-problem-codes": codes,
    });
    prose::unlink(&mut document);
    document
}

const ABOUT: &str = "A community platform for terminals and chat rooms. Commands are answered when they are durable; \
    everything that changes is in the feed, which can be read from zero or from any cursor with `curl` and `jq`. \
    Fields that a reader does not know are to be ignored: new ones may come.";

fn describe(operation: &Operation, generator: &mut SchemaGenerator) -> Value {
    let mut parameters: Vec<Value> = operation
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| {
            let schema = if name == "name" {
                json!({"type": "string"})
            } else {
                json!({"type": "integer", "format": "int64", "minimum": 1})
            };
            json!({"name": name, "in": "path", "required": true, "schema": schema})
        })
        .collect();
    for query in operation.query {
        parameters.push(json!({
            "name": query.name,
            "in": "query",
            "required": false,
            "description": query.about,
            "schema": (query.schema)(generator),
        }));
    }
    if operation.path.starts_with("/v1/") {
        parameters.push(json!({"$ref": "#/components/parameters/SpaceIdentity"}));
    }
    if operation.is_command {
        for name in ["IdempotencyKey", "ActingFor"] {
            parameters.push(json!({"$ref": format!("#/components/parameters/{name}")}));
        }
    }
    let mut responses = Map::new();
    responses.insert(
        operation.status.to_string(),
        json!({"description": "Done.", "content": content(operation.answer, generator)}),
    );
    for code in operation.problems {
        let said = responses
            .entry(code.status().to_string())
            .or_insert_with(|| json!({"$ref": "#/components/responses/Problem", "x-codes": []}));
        if let Some(codes) = said["x-codes"].as_array_mut() {
            codes.push(code.word().into());
        }
    }
    responses.insert(
        "default".to_owned(),
        json!({"$ref": "#/components/responses/Problem"}),
    );
    let mut described = json!({
        "operationId": operation.name,
        "summary": operation.about,
        "parameters": parameters,
        "responses": responses,
        "security": if operation.is_open { json!([{}, {"token": []}]) } else { json!([{"token": []}]) },
    });
    if let Some(body) = operation.body {
        let schema = body(generator);
        described["requestBody"] =
            json!({"required": true, "content": {"application/json": {"schema": schema}}});
    }
    described
}

fn content(answer: Shape, generator: &mut SchemaGenerator) -> Value {
    match answer {
        Shape::Json(schema) => json!({"application/json": {"schema": schema(generator)}}),
        Shape::Text => json!({"text/plain": {"schema": {"type": "string"}}}),
        Shape::Picture => json!({"image/*": {}}),
        Shape::Feed => feed::content(generator),
    }
}

#[cfg(test)]
mod tests;
