// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Kinds of damage: each is named, what can be read is used, and nothing panics.

use std::fs;
use std::io::Write;
use std::path::Path;

use proptest::prelude::*;
use space_core::Timestamp;

use super::forum::{Forum, post, topic};
use crate::import::finding::{Finding, FindingKind};
use crate::import::{Obstacle, Progress, Report, inspect};

fn document(id: i64) -> Vec<u8> {
    let posts = [
        post(id * 10, 1, "ann", "2020-01-01"),
        post(id * 10 + 1, 2, "bo", "2020-01-02"),
    ];
    topic(id, &posts).to_string().into_bytes()
}

/// An archive of three topics and a text, each at a known place.
fn archive() -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    let mut add = |name: &str, bytes: &[u8]| {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, bytes).unwrap();
    };
    for id in 1..=3 {
        add(&format!("json/{id}.json"), &document(id));
    }
    add("raw/1.md", b"What was written.");
    tar.into_inner().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read(path: &Path) -> Report {
    let now = Timestamp::parse_utc("2026-01-01T00:00:00Z").unwrap();
    inspect(&super::import_of(path), now, &Progress::hidden()).unwrap()
}

fn read_bytes(name: &str, bytes: &[u8]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    read(&path)
}

fn told(report: &Report, kind: FindingKind) -> Vec<&Finding> {
    report
        .findings
        .iter()
        .filter(|finding| finding.kind == kind)
        .collect()
}

fn numbers(report: &Report) -> (u64, u64, bool) {
    (
        report.totals.topics,
        report.totals.posts,
        report.is_complete,
    )
}

#[test]
fn archives_compressed_or_not_folders_and_files_are_read() {
    assert_eq!(
        numbers(&read_bytes("a.tar.zst", &zstd(&archive()))),
        (3, 6, true)
    );
    assert_eq!(numbers(&read_bytes("a.tar", &archive())), (3, 6, true));
    assert_eq!(
        numbers(&read_bytes("named-by-somebody", &zstd(&archive()))),
        (3, 6, true)
    );
    assert_eq!(numbers(&read_bytes("one.json", &document(1))), (1, 2, true));
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("deep/er")).unwrap();
    fs::write(folder.path().join("1.json"), document(1)).unwrap();
    fs::write(folder.path().join("deep/er/2.JSON"), document(2)).unwrap();
    fs::write(folder.path().join("notes.md"), "no JSON").unwrap();
    assert_eq!(numbers(&read(folder.path())), (2, 4, true));
}

#[test]
fn a_missing_path_is_said() {
    let now = Timestamp::from_millis(0);
    let import = super::import_of(Path::new("/nowhere/at/all"));
    let error = inspect(&import, now, &Progress::hidden()).unwrap_err();
    assert_eq!(error.to_string(), "cannot open /nowhere/at/all");
}

#[test]
fn a_cut_archive_gives_what_came_before_the_cut() {
    let whole = archive();
    // In the middle of the second document.
    let cut = &whole[..512 + 512 * document(1).len().div_ceil(512) + 700];
    let report = read_bytes("a.tar", cut);
    assert_eq!(numbers(&report), (1, 2, false));
    assert_eq!(told(&report, FindingKind::Document)[0].place, "json/2.json");
    assert_eq!(report.obstacle, Some(Obstacle::Damaged));
    // Right behind the first document.
    let cut = &whole[..512 + 512 * document(1).len().div_ceil(512)];
    let report = read_bytes("a.tar", cut);
    assert_eq!(
        told(&report, FindingKind::Archive)[0].what,
        "its end is missing"
    );

    let packed = zstd(&whole);
    let report = read_bytes("a.tar.zst", &packed[..packed.len() - 6]);
    assert!(!report.is_complete);
    assert!(!told(&report, FindingKind::Archive).is_empty());
}

#[test]
fn a_damaged_header_loses_one_document() {
    let mut bytes = archive();
    let second = 512 + 512 * document(1).len().div_ceil(512);
    bytes[second + 3] ^= 0x55;
    let report = read_bytes("a.tar", &bytes);
    assert_eq!(numbers(&report), (2, 4, false));
    assert_eq!(told(&report, FindingKind::Archive).len(), 1);
    assert_eq!(
        told(&report, FindingKind::Archive)[0].place,
        "a.tar, after json/1.json"
    );
}

#[test]
fn flipped_bytes_in_the_compression_are_told() {
    let mut bytes = zstd(&archive());
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    let report = read_bytes("a.tar.zst", &bytes);
    assert!(!report.is_complete, "{report}");
    assert_eq!(report.obstacle, Some(Obstacle::Damaged));
    assert!(
        report
            .to_string()
            .contains("\nnothing was written: get a sound copy"),
        "{report}"
    );
}

#[test]
fn what_is_no_forum_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let report = read(folder.path());
    assert_eq!(
        (report.obstacle, report.is_complete),
        (Some(Obstacle::NoForum), false)
    );
    for (name, bytes, why) in [
        (
            "a.txt",
            &b"Some words."[..],
            "is neither JSON nor an archive (.tar, .tar.zst)",
        ),
        (
            "a.tar.gz",
            b"\x1f\x8b\x08",
            "is packed with gzip, which is not read here; unpack it first",
        ),
        ("a.json", b"\xef\xbb\xbf ", "is empty"),
    ] {
        let report = read_bytes(name, bytes);
        assert_eq!(report.obstacle, Some(Obstacle::NoForum), "{name}");
        assert_eq!(told(&report, FindingKind::Document)[0].what, why);
    }
}

#[test]
fn cut_json_empty_files_deep_nesting_and_stray_bytes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("1.json", &document(1));
    write("cut.json", &document(2)[..200]);
    write("empty.json", b"");
    write("white.json", b" \n\t ");
    write("text.json", b"this is no JSON");
    write("deep.json", "[".repeat(200_000).as_bytes());
    write(
        "deeper.json",
        ("{\"post_stream\":".repeat(100_000)).as_bytes(),
    );
    write(
        "huge.json",
        b"{\"id\": 1e9999, \"post_stream\": {\"posts\": [], \"stream\": []}}",
    );
    write("other.json", b"{\"users\": []}");
    write("list.json", b"[1, 2]");
    fs::create_dir(folder.path().join("folder.json")).unwrap();
    let report = read(folder.path());
    assert_eq!(numbers(&report), (1, 2, false));
    let skipped: Vec<&str> = told(&report, FindingKind::Document)
        .iter()
        .map(|f| f.place.as_str())
        .collect();
    assert_eq!(
        skipped,
        [
            "cut.json",
            "deep.json",
            "deeper.json",
            "empty.json",
            "folder.json",
            "huge.json",
            "text.json",
            "white.json"
        ]
    );
    assert_eq!(told(&report, FindingKind::Other).len(), 2);
}

#[test]
fn bytes_that_are_not_utf8_are_replaced_and_told() {
    let mut bytes = document(1);
    let at = bytes.windows(4).position(|w| w == b"What").unwrap();
    bytes[at] = 0xff;
    let report = read_bytes("1.json", &bytes);
    assert_eq!(numbers(&report), (1, 2, false));
    assert_eq!(
        told(&report, FindingKind::Value)[0].what,
        "1 places are not UTF-8; replaced with U+FFFD"
    );
}

#[test]
fn an_archive_that_holds_nothing_is_told() {
    for (name, bytes) in [
        ("a.tar", Vec::new()),
        ("a.tar.zst", zstd(b"")),
        ("b.tar", vec![0; 1024]),
    ] {
        assert_eq!(numbers(&read_bytes(name, &bytes)), (0, 0, false), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn mutated_documents_never_panic(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        let mut bytes = document(1);
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let cut = cut.index(bytes.len() * 4);
        bytes.truncate(cut.max(1));
        Forum::new().with_bytes(&bytes).with_bytes(&document(2)).plan();
    }

    #[test]
    fn mutated_archives_never_panic(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), packed in any::<bool>()) {
        let mut bytes = if packed { zstd(&archive()) } else { archive() };
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let report = read_bytes("a.tar", &bytes);
        prop_assert!(report.totals.topics <= 4);
    }
}
