// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A real forum: the saved Urho3D forum, when `SPACE_TEST_DISCOURSE_ARCHIVE` says where it is.

use std::path::PathBuf;

use space_core::Timestamp;

use crate::import::{Counts, FindingKind, Progress, inspect};

#[test]
fn a_whole_forum_is_planned() {
    let Some(path) = std::env::var_os("SPACE_TEST_DISCOURSE_ARCHIVE").map(PathBuf::from) else {
        eprintln!("skipped: SPACE_TEST_DISCOURSE_ARCHIVE does not say where an archive is");
        return;
    };
    let now = Timestamp::parse_utc("2026-01-01T00:00:00Z").unwrap();
    let report = inspect(&super::import_of(&path), now, &Progress::hidden()).unwrap();
    assert_eq!(
        report.totals,
        Counts {
            categories: 11,
            topics: 4000,
            posts: 29_564,
            members: 916
        }
    );
    let count = |kind| {
        report
            .findings
            .iter()
            .filter(|f| f.kind == kind)
            .map(|f| f.count)
            .sum::<u64>()
    };
    assert!(report.is_complete, "{report}");
    assert_eq!(count(FindingKind::Gap), 391);
    assert_eq!(count(FindingKind::DanglingReply), 54);
    assert_eq!(count(FindingKind::Hidden), 19);
    assert_eq!(count(FindingKind::Answers), 1);
    assert_eq!(count(FindingKind::Renamed), 0);
}
