// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Configuration: defaults < TOML file < environment < command line.
//!
//! One struct and one file per section. The documentation of each key is written once, on its field: the
//! commented examples in `config-examples/` are made of it.
//!
//! To add a key, add a field to its section and run the tests once with `SPACE_BLESS=1`. To add a section,
//! copy a small one such as [`Log`] and name it here, in [`Config`] and in [`SECTIONS`].

mod addresses;
mod backup;
mod base_url;
mod bind;
mod error;
mod example;
mod feed;
mod http;
mod layers;
mod limits;
mod log;
mod metrics;
mod pages;
mod secret;
mod section;
mod store;
mod tokens;
mod units;

use std::path::PathBuf;

pub use addresses::Addresses;
pub use backup::Backup;
pub use base_url::{BaseUrl, ParseBaseUrlError};
pub use bind::{Bind, ParseBindError};
pub use error::{ConfigError, Fault};
pub use example::{example, shown};
pub use feed::Feed;
pub use http::Http;
pub use layers::{DATA_DIR_VARIABLE, ENVIRONMENT_PREFIX, Given, Loaded, Sources};
pub use limits::Limits;
pub use log::{Log, LogFormat, LogRequests};
pub use metrics::Metrics;
pub use pages::Pages;
pub use secret::Secret;
pub use store::{Database, Store};
pub use tokens::Tokens;
pub use units::{Period, Size};

use section::{Field, section};

section! {
    /// Everything that can be configured.
    pub struct Config {
        /// The folder for everything that the server keeps: database, keys, lock. It is made when it is
        /// missing, and only its owner may look inside. A relative path starts from the present folder.
        data_dir: PathBuf = PathBuf::from("space-data");
        /// How long a server that was asked to stop waits for what it has begun, before it drops it.
        stop_timeout: Period = Period::seconds(20);
        /// How the server is reached.
        http: Http = Http::default();
        /// Where the data is kept.
        store: Store = Store::default();
        /// How long tokens last.
        tokens: Tokens = Tokens::default();
        /// How followers read the change feed.
        feed: Feed = Feed::default();
        /// What everybody may read, as pages for browsers and as feeds for feed readers.
        pages: Pages = Pages::default();
        /// How fast people may write.
        limits: Limits = Limits::default();
        /// What the server says of itself, on standard error.
        log: Log = Log::default();
        /// What the server tells of itself in numbers.
        metrics: Metrics = Metrics::default();
        /// Where backups go, and how old they may get.
        backup: Backup = Backup::default();
    }
}

/// The keys of each section.
const SECTIONS: &[(&str, &[Field])] = &[
    ("", Config::FIELDS),
    ("http", Http::FIELDS),
    ("store", Store::FIELDS),
    ("tokens", Tokens::FIELDS),
    ("feed", Feed::FIELDS),
    ("pages", Pages::FIELDS),
    ("limits", Limits::FIELDS),
    ("log", Log::FIELDS),
    ("metrics", Metrics::FIELDS),
    ("backup", Backup::FIELDS),
];

impl Config {
    /// Returns where the data is kept.
    pub fn database(&self) -> Database {
        match &self.store.url {
            Some(url) => Database::Postgres(url.clone()),
            None => Database::Sqlite(self.data_dir.join("space.db")),
        }
    }

    /// Finds what no single value shows: keys that contradict each other.
    fn faults(&self) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        if self.feed.page_rows > self.feed.page_rows_max {
            faults.push((
                "feed.page_rows",
                format!(
                    "is {}, more than feed.page_rows_max, which is {}",
                    self.feed.page_rows, self.feed.page_rows_max
                ),
            ));
        }
        faults
    }
}
