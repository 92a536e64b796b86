// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What becomes of the visitors of a space that had bridges before networks belonged to them.

use rusqlite::Connection;

use crate::store::migrate;

/// A space of that time with so many bridges; ann has posted, eve has not.
fn upgraded(bridges: i64) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    migrate::sqlite_to(&mut connection, 9).unwrap();
    let member = |id: i64, kind: &str, name: &str| {
        connection
            .execute(
                "insert into member (id, kind, name, folded_name, trust_level, created_at, revision)
                 values (?1, ?2, ?3, ?3, 0, 1, 1)",
                (id, kind, name),
            )
            .unwrap();
    };
    member(1, "bot", "helper");
    member(20, "visitor", "ann_irc");
    member(21, "visitor", "eve_irc");
    connection
        .execute_batch(
            "insert into token (id, member_id, hash, label, capabilities, created_at) values (1, 1, x'01', 'x', 'read write', 1);
             insert into visitor (member_id, network, remote, met_at, published_at) values (20, 'irc.libera', 'ann', 5, 6);
             insert into visitor (member_id, network, remote, met_at) values (21, 'irc.libera', 'eve', 7);",
        )
        .unwrap();
    for id in 2..2 + bridges {
        member(id, "bot", &format!("bridge{id}"));
        for token in [10 * id, 10 * id + 1] {
            connection
                .execute(
                    "insert into token (id, member_id, hash, label, capabilities, created_at)
                     values (?1, ?2, ?3, 'x', 'read relay:write report:create', 1)",
                    (token, id, token.to_be_bytes()),
                )
                .unwrap();
        }
    }
    migrate::sqlite(&mut connection, true).unwrap();
    connection
}

fn owners(connection: &Connection) -> Vec<(String, i64, i64)> {
    let mut statement = connection
        .prepare("select network, bridge_id, bound_at from bridge_network")
        .unwrap();
    statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn upgrade_gives_networks_to_the_only_bridge() {
    let one = owners(&upgraded(1));
    assert_eq!(one, [("irc.libera".to_owned(), 2, 5)]);
    assert_eq!(
        owners(&upgraded(2)),
        [],
        "the first that acts for it gets it"
    );
    assert_eq!(owners(&upgraded(0)), []);
}

#[test]
fn upgrade_takes_names_from_visitors_of_whom_nobody_heard() {
    let connection = upgraded(1);
    let name = |id: i64| -> (String, String) {
        let sql = "select name, folded_name from member where id = ?1";
        connection
            .query_row(sql, [id], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
    };
    assert_eq!(name(20), ("ann_irc".to_owned(), "ann_irc".to_owned()));
    assert_eq!(name(21), ("eve_irc_21".to_owned(), "eve_irc_21".to_owned()));
}
