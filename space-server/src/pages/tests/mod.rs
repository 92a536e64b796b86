// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Pages as a browser, a robot and a cache meet them.

mod closed;
mod feeds;
mod kept;
mod named;
mod shown;
mod size;
mod tags;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use space_tests::html::faults;

use crate::store::Engine;
use crate::testing::House;

/// What came back.
struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Got {
    #[track_caller]
    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value
            .unwrap_or_else(|| panic!("no {name}"))
            .to_str()
            .unwrap()
    }

    /// The value of a mark such as `og:title`, as it stands in the page.
    #[track_caller]
    fn mark(&self, name: &str) -> &str {
        let start = format!("property=\"{name}\" content=\"");
        let at = self.body.find(&start);
        let at = at.unwrap_or_else(|| panic!("no {name} in {}", self.body)) + start.len();
        self.body[at..].split('"').next().unwrap()
    }

    #[track_caller]
    fn has(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "no {text:?} in {}", self.body);
        self
    }

    #[track_caller]
    fn has_not(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "{text:?} in {}", self.body);
        self
    }
}

async fn ask(house: &House, path: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::builder().uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "space.example");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let (status, headers, body) = house.page(request).await;
    Got {
        status,
        headers,
        body,
    }
}

/// Asks for a page that must be there and keep to the rules.
async fn page(house: &House, path: &str) -> Got {
    let got = ask(house, path, &[]).await;
    assert_eq!(got.status, StatusCode::OK, "{path}: {}", got.body);
    assert_eq!(
        faults(&got.body),
        Vec::<String>::new(),
        "{path}: {}",
        got.body
    );
    got
}

/// Changes what no command changes yet.
fn alter(house: &House, sql: &str) {
    let Engine::Sqlite(sqlite) = house.app.store.engine() else {
        panic!("this is for SQLite")
    };
    let connection = sqlite.writer().unwrap();
    assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
}
