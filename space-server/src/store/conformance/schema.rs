// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Statements, tables and files: what can be checked of them without a story.

use std::collections::BTreeSet;

use crate::store::{self, Engine, Executor};
use crate::testing::{House, On, on_both_engines};

const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    ("actor", store::actor::ALL),
    ("audit", store::audit::ALL),
    ("block", store::block::ALL),
    ("bookmark", store::bookmark::ALL),
    ("bridge", store::bridge::ALL),
    ("case", store::case::ALL),
    ("category", store::category::ALL),
    ("checkup", store::checkup::ALL),
    ("code", store::code::ALL),
    ("device", store::device::ALL),
    ("caught_up", store::caught_up::ALL),
    ("feed", store::feed::ALL),
    ("group", store::group::ALL),
    ("head", store::head::ALL),
    ("hidden", store::hidden::ALL),
    ("idempotency", store::idempotency::ALL),
    ("member", store::member::ALL),
    ("moderator", store::moderator::ALL),
    ("network", store::network::ALL),
    ("origin", store::origin::ALL),
    ("pace", store::pace::ALL),
    ("post", store::post::ALL),
    ("probe", store::probe::ALL),
    ("purge", store::purge::ALL),
    ("read_position", store::read_position::ALL),
    ("report", store::report::ALL),
    ("space", store::space::ALL),
    ("tag", store::tag::ALL),
    ("token", store::token::ALL),
    ("topic", store::topic::ALL),
    ("unseen", store::unseen::ALL),
    ("visitor", store::visitor::ALL),
];

#[test]
fn every_file_with_statements_is_in_the_list() {
    let listed: BTreeSet<&str> = STATEMENTS.iter().map(|(file, _)| *file).collect();
    let there: BTreeSet<String> =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/store"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| {
                std::fs::read_to_string(path).is_ok_and(|text| {
                    text.contains(
                        "
statements! {",
                    )
                })
            })
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
    assert_eq!(listed, there.iter().map(String::as_str).collect());
}

/// SQLite numbers `$1`, `$2`, ... by first appearance: they must appear in that order.
#[test]
fn binds_appear_in_the_order_of_their_numbers() {
    for (file, statements) in STATEMENTS {
        for (name, sql) in *statements {
            let mut next = 1;
            for part in sql.split('$').skip(1) {
                let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
                let number: usize = digits.parse().unwrap();
                assert!(number <= next, "{file}::{name}: ${number} before ${next}");
                next = next.max(number + 1);
            }
        }
    }
}

on_both_engines! {
    /// Preparing catches a wrong column, table or type on either engine, without any data.
    async fn every_statement_prepares(house: &House) {
        for (file, statements) in STATEMENTS {
            for (name, sql) in *statements {
                let is_for_the_other = *sql != sql.replace("for update", "");
                match house.app.store.engine() {
                    Engine::Sqlite(_) if is_for_the_other => {}
                    Engine::Sqlite(sqlite) => {
                        let connection = sqlite.writer().unwrap();
                        let prepared = connection.prepare(sql);
                        assert!(prepared.is_ok(), "{file}::{name}: {:?}", prepared.err());
                    }
                    Engine::Postgres(postgres) => {
                        let client = postgres.client().await.unwrap();
                        let prepared = client.prepare(sql).await;
                        assert!(prepared.is_ok(), "{file}::{name}: {:?}", prepared.err());
                    }
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_syncs_every_commit_and_nobody_else_reads_its_file() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new(On::Sqlite).await.unwrap();
    let Engine::Sqlite(sqlite) = house.app.store.engine() else {
        unreachable!()
    };
    let connection = sqlite.writer().unwrap();
    let read_back = |pragma: &str| {
        connection
            .pragma_query_value(None, pragma, |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(read_back("synchronous"), 2, "2 is FULL");
    assert_eq!(read_back("foreign_keys"), 1);
    let crate::config::Database::Sqlite(path) = house.config.database() else {
        unreachable!()
    };
    assert_eq!(
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

/// The tables and columns are the same on both engines, and so are the numbers and names of the migrations.
#[tokio::test(flavor = "multi_thread")]
async fn the_two_schemas_are_one() {
    let names = |engine: &str| -> BTreeSet<String> {
        std::fs::read_dir(format!(
            "{}/migrations/{engine}",
            env!("CARGO_MANIFEST_DIR")
        ))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
    let sqlite = House::new(On::Sqlite).await.unwrap();
    let Some(postgres) = House::new(On::Postgres).await else {
        return;
    };
    let columns = async |house: &House, sql: &'static str| -> BTreeSet<(String, String, bool)> {
        let read = house.app.store.read(move |x: &mut Executor<'_>| {
            Box::pin(x.rows(sql, &[], |row| {
                Ok((row.text(0)?, row.text(1)?, row.i64(2)? == 1))
            }))
        });
        read.await.unwrap().into_iter().collect()
    };
    let of_sqlite = columns(
        &sqlite,
        "select m.name, c.name, c.\"notnull\" from sqlite_master m join pragma_table_info(m.name) c
         where m.type = 'table' and m.name not like 'refinery%' and m.name not like 'sqlite%'",
    )
    .await;
    let of_postgres = columns(
        &postgres,
        "select table_name::text, column_name::text, (case is_nullable when 'NO' then 1 else 0 end)::bigint
         from information_schema.columns where table_schema = 'public' and table_name not like 'refinery%'",
    )
    .await;
    assert!(of_sqlite.len() > 80);
    // SQLite says of the keys of ordinary tables that they may be null unless told otherwise; ours are told.
    assert_eq!(of_sqlite, of_postgres);
}
