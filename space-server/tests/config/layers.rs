// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::path::PathBuf;

use rstest::rstest;
use space_server::config::{Database, Loaded, Sources, shown};

fn environment(variables: &[(&str, &str)]) -> Sources {
    Sources {
        environment: variables
            .iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect(),
        ..Sources::default()
    }
}

/// Loads a file with this text together with `sources`.
fn with_file(text: &str, mut sources: Sources) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("space.toml");
    std::fs::write(&path, text).unwrap();
    sources.file = Some(path);
    sources.load().unwrap()
}

#[test]
fn without_sources_everything_is_at_its_default() {
    let loaded = Sources::default().load().unwrap();
    assert_eq!(loaded.config.http.bind.to_string(), "127.0.0.1:7780");
    assert!(loaded.origins.is_empty());
    assert_eq!(
        loaded.config.database(),
        Database::Sqlite(PathBuf::from("space-data/space.db"))
    );
}

#[test]
fn the_environment_counts_more_than_the_file_and_the_command_line_more_than_both() {
    let file = "data_dir = \"a\"\n[http]\nbind = \"127.0.0.1:1\"\nmax_body = \"1KiB\"";
    let mut sources = environment(&[
        ("SPACE_SERVER__DATA_DIR", "b"),
        ("SPACE_SERVER__HTTP__BIND", "127.0.0.1:2"),
        ("SPACE_SERVER_CONFIG", "not a value"),
        ("SPACE_SERVERHTTP", "not a value either"),
    ]);
    sources.command_line = vec![("data_dir", "c".to_owned())];
    let config = with_file(file, sources).config;
    assert_eq!(config.data_dir, PathBuf::from("c"));
    assert_eq!(config.http.bind.port(), 2);
    assert_eq!(config.http.max_body.bytes(), 1024);
}

#[test]
fn the_data_folder_has_a_variable_of_its_own() {
    let folder = |variables: &[(&str, &str)], told: Option<&str>| {
        let mut sources = environment(variables);
        sources.command_line = told
            .map(|told| ("data_dir", told.to_owned()))
            .into_iter()
            .collect();
        let loaded = with_file("data_dir = \"of-the-file\"", sources);
        (
            loaded.config.data_dir.display().to_string(),
            loaded.origins["data_dir"].clone(),
        )
    };
    let own = ("SPACE_SERVER_DATA_DIR", "own");
    let (got, origin) = folder(&[own], None);
    assert_eq!(
        (got.as_str(), origin.as_str()),
        ("own", "environment variable SPACE_SERVER_DATA_DIR")
    );
    assert_eq!(
        folder(&[own, ("SPACE_SERVER__DATA_DIR", "key")], None).0,
        "key"
    );
    assert_eq!(folder(&[own], Some("told")).0, "told");
    assert_eq!(
        folder(&[("SPACE_SERVER_DATA_DIR", "")], None).0,
        "of-the-file"
    );
}

#[test]
fn numbers_and_truth_are_read_from_the_environment() {
    let config = environment(&[
        ("SPACE_SERVER__STORE__POOL_SIZE", "3"),
        ("SPACE_SERVER__STORE__MIGRATE", "false"),
        ("SPACE_SERVER__DATA_DIR", "2020"),
        ("SPACE_SERVER__LOG__FORMAT", "json"),
    ])
    .load()
    .unwrap()
    .config;
    assert_eq!(config.store.pool_size.get(), 3);
    assert!(!config.store.migrate);
    assert_eq!(config.data_dir, PathBuf::from("2020"));
}

#[rstest]
#[case(
    "SPACE_SERVER__HTTP__BNID",
    "there is no such key; did you mean \"bind\"?"
)]
#[case("SPACE_SERVER__HTPP", "there is no such key; did you mean \"http\"?")]
#[case("SPACE_SERVER__HTTP", "expected keys under [http], found \"9\"")]
#[case("SPACE_SERVER__STORE__MIGRATE", "expected true or false, found \"9\"")]
fn a_bad_variable_is_named(#[case] name: &str, #[case] wrong: &str) {
    let error = environment(&[(name, "9")]).load().unwrap_err().to_string();
    assert_eq!(error, format!("environment variable {name}: {wrong}"));
}

#[test]
fn the_address_of_the_database_comes_from_a_file_and_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("url");
    space_tests::write_secret(&path, "postgres://space:s3cret@db/space\n");
    let loaded = environment(&[("SPACE_SERVER__STORE__URL_FILE", path.to_str().unwrap())])
        .load()
        .unwrap();
    let Database::Postgres(url) = loaded.config.database() else {
        panic!("expected PostgreSQL")
    };
    assert_eq!(url.expose(), "postgres://space:s3cret@db/space");
    let shown = shown(&loaded);
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[test]
fn an_address_given_twice_is_refused() {
    let error = environment(&[
        ("SPACE_SERVER__STORE__URL_FILE", "/run/url"),
        ("SPACE_SERVER__STORE__URL", "postgres://space@db/space"),
    ])
    .load()
    .unwrap_err();
    insta::assert_snapshot!(error, @"environment variable SPACE_SERVER__STORE__URL_FILE: the address is given twice: environment variable SPACE_SERVER__STORE__URL has it too; keep one of the two");
}

#[test]
fn what_is_in_force_says_where_it_comes_from() {
    let mut sources = environment(&[
        ("SPACE_SERVER__HTTP__BIND", "[::1]:7780"),
        (
            "SPACE_SERVER__STORE__URL",
            "postgres://space:s3cret@db/space",
        ),
    ]);
    sources.command_line = vec![("data_dir", "/srv/space".to_owned())];
    insta::assert_snapshot!(shown(&sources.load().unwrap()), @r#"
    data_dir = "/srv/space" # command line: data_dir
    stop_timeout = "20s"

    [http]
    bind = "[::1]:7780" # environment variable SPACE_SERVER__HTTP__BIND
    trusted_proxies = []
    request_timeout = "30s"
    max_body = "1MiB"
    max_connections = 8192
    max_in_flight = "64MiB"
    header_timeout = "10s"
    keep_alive = "75s"
    send_timeout = "1m"
    min_send_rate = "2KiB"

    [store]
    url = "postgres://space:(hidden)@db/space" # environment variable SPACE_SERVER__STORE__URL
    pool_size = 8
    page_cache = "64MiB"
    migrate = true

    [tokens]
    log_in_lasts = "180d"
    last = "365d"

    [feed]
    idle_line = "15s"
    wait = "30s"
    page_rows = 1000
    page_rows_max = 10000

    [pages]
    is_enabled = true
    language = "en"

    [limits]
    enabled = true
    new_account = "1d"
    topic_gap = "15s"
    new_topic_gap = "2m"
    reply_gap = "5s"
    new_reply_gap = "30s"
    topics_per_day = 20
    new_topics = 3
    new_replies = 10
    edits_per_day = 30
    same_text_gap = "5m"
    reports_per_day = 20
    visitor_reports_per_hour = 5
    address_posts_per_minute = 60
    network_posts_per_minute = 60
    network_reports_per_hour = 30
    network_visitors_per_hour = 60
    bridge_posts_per_minute = 120
    bridge_reports_per_hour = 60
    bridge_visitors_per_hour = 120

    [log]
    format = "text"
    filter = "info"
    requests = "debug"

    [metrics]

    [backup]
    max_age = "26h"
    "#);
}
