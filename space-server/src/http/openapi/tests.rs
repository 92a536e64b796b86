// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::collections::BTreeSet;

use axum::http::StatusCode;
use jsonschema::Validator;
use serde_json::{Value, json};
use space_core::protocol::ProblemCode;

use super::document;
use super::routes::OPERATIONS;
use crate::testing::{House, On};

/// Makes a validator of a schema that may point into the document.
fn validator(document: &Value, schema: &Value) -> Validator {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    jsonschema::draft202012::new(&whole).unwrap()
}

fn named(document: &Value, name: &str) -> Validator {
    let at = json!({"$ref": format!("#/components/schemas/{name}")});
    validator(document, &at)
}

#[track_caller]
fn fits(validator: &Validator, value: &Value) {
    let wrong: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{value}: {wrong:?}");
}

/// The routes of the interface as they stand in the source of the router: `GET /v1/space`.
fn routed() -> BTreeSet<String> {
    let source = include_str!("../mod.rs");
    let mut found = BTreeSet::new();
    for call in source.split(".route(").skip(1) {
        let path = call.split('"').nth(1).unwrap();
        if !path.starts_with("/v1/") && !["/healthz", "/readyz"].contains(&path) {
            continue;
        }
        // What comes after the path, up to the end of this call.
        let mut depth = 1_i32;
        let handlers: String = call
            .chars()
            .take_while(|c| {
                depth += i32::from(*c == '(') - i32::from(*c == ')');
                depth > 0
            })
            .collect();
        for (word, method) in [
            ("get(", "GET"),
            ("post_to(", "POST"),
            (".post(", "POST"),
            ("put(", "PUT"),
            ("patch(", "PATCH"),
            ("delete(", "DELETE"),
        ] {
            if handlers.contains(word) {
                found.insert(format!("{method} {path}"));
            }
        }
    }
    found
}

#[test]
fn every_route_of_the_router_is_described_and_the_reverse() {
    let described: BTreeSet<String> = OPERATIONS
        .iter()
        .filter(|operation| operation.path != "/media/{name}")
        .map(|operation| format!("{} {}", operation.method, operation.path))
        .collect();
    assert!(described.len() > 25);
    assert_eq!(described, routed());
}

#[tokio::test]
async fn what_is_described_is_there() {
    let house = House::new(On::Sqlite).await.unwrap();
    for operation in OPERATIONS {
        if operation.path == "/v1/feed" {
            continue;
        }
        let path = operation
            .path
            .replace("{id}", "999999")
            .replace("{member}", "999999")
            .replace("{name}", "none.png");
        let line = format!("{} {path}", operation.method);
        if operation.path == "/healthz" {
            continue;
        }
        let answer = house.ask("nobody", &line, None, None).await;
        assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{line}");
        // Nothing but a thing that is not there is not found; a path that is not there would be.
        if answer.status == StatusCode::NOT_FOUND {
            assert!(
                operation.problems.contains(&ProblemCode::NotFound),
                "{line}"
            );
        }
    }
}

#[test]
fn names_are_unique_and_every_reference_leads_somewhere() {
    let document = document();
    let names: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    assert_eq!(names.len(), OPERATIONS.len());
    let text = document.to_string();
    let mut references = 0;
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(
            document.pointer(pointer).is_some(),
            "{pointer} leads nowhere"
        );
        references += 1;
    }
    assert!(references > 50);
}

/// Calls `look` with every description in a document.
fn each_description(value: &Value, look: &mut dyn FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if ["description", "summary"].contains(&name.as_str()) => {
                        look(text);
                    }
                    value => each_description(value, look),
                }
            }
        }
        Value::Array(values) => values
            .iter()
            .for_each(|value| each_description(value, look)),
        _ => {}
    }
}

#[test]
fn descriptions_have_no_links_into_rust() {
    let (mut seen, mut found) = (0, Vec::new());
    each_description(&document(), &mut |text| {
        if ["](crate", "](super", "`](", "[`", "::"]
            .iter()
            .any(|link| text.contains(link))
        {
            found.push(text.to_owned());
        }
        seen += 1;
    });
    assert!(found.is_empty(), "{found:#?}");
    assert!(seen > 200, "{seen}");
}

/// A client that knows nothing but this document has to know what to wipe, and of which scope.
#[test]
fn description_of_a_grant_says_what_its_end_wipes() {
    let document = document();
    let said = document["components"]["schemas"]["Grant"]["description"]
        .as_str()
        .unwrap();
    assert!(said.contains("wipes every row"), "{said}");
    for role in space_core::Role::ALL {
        let scope = space_core::Scope::Role(*role);
        assert!(said.contains(&format!("`{scope}`")), "{scope}: {said}");
    }
    assert!(
        said.contains("1 to 5") && space_core::Role::ALL.len() == 5,
        "{said}"
    );
}

#[test]
fn every_problem_code_is_listed_with_its_status() {
    let document = document();
    for code in ProblemCode::ALL {
        assert_eq!(document["x-problem-codes"][code.word()], code.status());
    }
    let enumerated = named(&document, "ProblemCode");
    for code in ProblemCode::ALL {
        fits(&enumerated, &code.word().into());
    }
}

/// What stands behind the head of a snapshot, and the names of the types in it, where they are told.
fn snapshot(name: &str) -> (String, Vec<String>) {
    let path = format!(
        "{}/../space-core/src/protocol/snapshots/space_core__protocol__tests__{name}.snap",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).unwrap();
    let mut parts = text.splitn(3, "---\n");
    let head = parts.nth(1).unwrap();
    let types = head
        .split("same(&")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect())
        .collect();
    (parts.next().unwrap().to_owned(), types)
}

#[test]
fn every_snapshot_of_the_protocol_fits_its_schema() {
    let document = document();
    for name in ["answers", "commands", "visitors_and_reports"] {
        let (text, types) = snapshot(name);
        let values: Vec<Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(values.len(), types.len(), "{name}");
        let schemas = document["components"]["schemas"].as_object().unwrap();
        for (value, of) in values.iter().zip(&types) {
            if schemas.contains_key(of) {
                fits(&named(&document, of), value);
            } else {
                // A variable: it has to fit one of the commands.
                let fitting = schemas
                    .keys()
                    .filter(|name| named(&document, name).is_valid(value));
                assert!(fitting.count() > 0, "{value} fits nothing");
            }
        }
    }
    let line = named(&document, "FeedLine");
    let (text, _) = snapshot("feed_lines");
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines.len() > 10);
    for text in lines {
        fits(&line, &serde_json::from_str(text).unwrap());
    }
    let (text, _) = snapshot("problems");
    let problems: Value = serde_json::from_str(&text).unwrap();
    fits(&named(&document, "Problem"), &problems[1]);
}

#[test]
fn a_schema_refuses_what_the_server_refuses() {
    let document = document();
    let start = named(&document, "StartTopic");
    let good = json!({"category": 1002, "title": "Hello", "source": "Hi"});
    fits(&start, &good);
    for (field, value) in [
        ("category", json!("1002")),
        ("category", json!(0)),
        ("title", json!("x".repeat(256))),
        ("surprise", json!(true)),
        ("source", Value::Null),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        assert!(!start.is_valid(&bad), "{bad}");
    }
}

#[tokio::test]
async fn answers_of_a_living_server_fit_the_document_that_it_serves() {
    let house = House::new(On::Sqlite).await.unwrap();
    let served = house.get("nobody", "/v1/openapi.json").await.ok();
    assert_eq!(served, document());
    let hall = house.category("hall", &["everyone start"]).await;
    // Of what they wrote themselves, moderators are not told everything.
    let (topic, post) = house.topic("charlie", hall, "Hello").await;
    house
        .tell(
            "alice",
            &format!("PUT /v1/topics/{topic}/read"),
            json!({"number": 1}),
        )
        .await
        .ok();
    let mut checked = 0;
    for operation in OPERATIONS {
        // What is not JSON, and what there is none of in this house.
        let elsewhere = [
            "/v1/feed",
            "/healthz",
            "/media/{name}",
            "/v1/cases/{id}",
            "/v1/posts/{id}/hidden",
        ];
        if operation.method != "GET" || elsewhere.contains(&operation.path) {
            continue;
        }
        let id = if operation.path.contains("/posts/") {
            post
        } else {
            topic
        };
        let path = operation.path.replace("{id}", &id.to_string());
        let answer = house.get("alice", &path).await;
        assert_eq!(answer.status.as_u16(), operation.status, "{path}");
        let schema = &served["paths"][operation.path]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        fits(&validator(&served, schema), &answer.body);
        checked += 1;
    }
    assert!(checked > 7);
}
