// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was withdrawn leaves the bytes of the file: the rows, the index of words, and the log.

use std::path::Path;

use super::super::Replica;
use crate::client::sync::clean;
use crate::client::testing::bodies::{
    category, gone, moment, post, row, row_in, small, tally, topic,
};
use crate::protocol::{Body, Kind};
use crate::{CategoryId, Scope};

/// Rows of each sort that is withdrawn; enough of them that the index has several pieces.
const EACH: i64 = 60;

fn closed() -> Scope {
    Scope::Category(CategoryId::new(2000).unwrap())
}

/// Counts how often a text stands in the file and beside it, whatever its case.
fn times(folder: &Path, text: &str) -> usize {
    let mut times = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path())
            .unwrap()
            .to_ascii_lowercase();
        times += bytes
            .windows(text.len())
            .filter(|window| *window == text.as_bytes())
            .count();
    }
    times
}

/// A copy with posts that stay, and posts whose words begin with what becomes of them.
fn filled(path: &Path) -> Replica {
    let mut replica = Replica::open(path).unwrap();
    let mut rows = small();
    rows.push(row_in(closed(), Body::Category(category(2000, None))));
    rows.push(row_in(
        closed(),
        Body::Topic(topic(2100, 2000, "Revokedtitle here")),
    ));
    rows.push(row_in(closed(), Body::TopicTally(tally(2100, EACH, 1))));
    replica.apply(&rows, None).unwrap();
    for at in 0..EACH {
        let filler = "and so on ".repeat(usize::try_from(at).unwrap() * 7);
        let text = |word: &str| format!("{filler}some {word}word{at} of *many* in {word}text{at}");
        let posts = [
            row(Body::Post(post(3000 + at, 10, 10 + at, &text("staying")))),
            row(Body::Post(post(3100 + at, 10, 110 + at, &text("deleted")))),
            row(Body::Post(post(3200 + at, 10, 210 + at, &text("veiled")))),
            row(Body::Post(post(3300 + at, 10, 310 + at, &text("altered")))),
            row_in(
                closed(),
                Body::Post(post(3400 + at, 2100, 1 + at, &text("revoked"))),
            ),
        ];
        replica.apply(&posts, None).unwrap();
    }
    replica
}

#[test]
fn withdrawn_words_leave_the_bytes_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut replica = filled(&folder.path().join("replica.db"));
    let words = ["deleted", "veiled", "altered", "revoked"];
    for word in words {
        assert!(times(folder.path(), word) >= 30, "{word}");
    }
    for at in 0..EACH {
        let mut hidden = post(3200 + at, 10, 210 + at, "");
        (hidden.is_hidden, hidden.revision) = (true, 2);
        let mut edited = post(3300 + at, 10, 310 + at, "better said");
        edited.revision = 2;
        let rows = [
            gone(Scope::Public, Kind::Post, 3100 + at),
            row(Body::Post(hidden)),
            row(Body::Post(edited)),
        ];
        replica.apply(&rows, None).unwrap();
    }
    let me = Scope::Member(crate::MemberId::new(3).unwrap());
    replica.apply(&[gone(me, Kind::Grant, 2000)], None).unwrap();
    assert!(replica.unclean(0).unwrap().is_some());
    clean(&mut replica).unwrap();
    assert!(replica.unclean(0).unwrap().is_none());
    for word in words {
        assert_eq!(times(folder.path(), word), 0, "{word}");
    }
    // What stays can be read and found.
    assert!(times(folder.path(), "staying") >= 30);
    let query = "stayingword7".parse().unwrap();
    let plan = replica.plan(&query, moment(1_000_000)).unwrap();
    assert_eq!(replica.search_all(&plan, None, 10).unwrap().hits.len(), 1);
}

#[test]
fn copy_of_an_earlier_version_is_written_anew_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let mut replica = filled(&path);
    // As it was before: what is deleted stays in the pages.
    replica
        .connection
        .execute_batch("pragma secure_delete = off")
        .unwrap();
    for at in 0..EACH {
        let rows = [gone(Scope::Public, Kind::Post, 3100 + at)];
        replica.apply(&rows, None).unwrap();
    }
    replica
        .connection
        .execute_batch("update copy set is_dirty = 1, withdrawn = withdrawn + 1; pragma wal_checkpoint(truncate)")
        .unwrap();
    assert!(times(folder.path(), "deleted") > 0);
    drop(replica);
    let mut replica = Replica::open(&path).unwrap();
    clean(&mut replica).unwrap();
    assert_eq!(times(folder.path(), "deleted"), 0);
    assert!(replica.unclean(0).unwrap().is_none());
}

#[test]
fn sent_text_goes_when_its_post_is_deleted_here() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let mut replica = filled(&path);
    replica
        .connection
        .execute_batch(
            r#"insert into outbox (key, draft, state, tries, written_at, outcome) values
                ('a', '{"do":"x","source":"sentwords"}', 'sent', 1, 1, '{"is":"replied","post":3100,"number":110}'),
                ('b', '{"do":"x","source":"keptwords"}', 'sent', 1, 1, '{"is":"replied","post":3000,"number":10}')"#,
        )
        .unwrap();
    replica
        .apply(&[gone(Scope::Public, Kind::Post, 3100)], None)
        .unwrap();
    clean(&mut replica).unwrap();
    assert_eq!(times(folder.path(), "sentwords"), 0);
    assert_eq!(times(folder.path(), "keptwords"), 1);
}
