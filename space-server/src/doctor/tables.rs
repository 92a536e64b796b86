// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The database: its engine, its settings, what is in it.

use std::time::Duration;

use space_core::text::SpaceIdentity;
use space_core::{Clock, Timestamp, chain};

use super::{Finding, rows};
use crate::store::checkup::{self, Contents, newest_migration};
use crate::store::head::{self, Head};
use crate::store::moderator::{self, Moderation};
use crate::store::{Store, StoreError, space};

/// By how much two clocks may differ.
const DRIFT: Duration = Duration::from_secs(5);

/// The first of January 2025: before the first version of this program.
const BEGIN: Timestamp = Timestamp::from_millis(1_735_689_600_000);

pub(super) async fn examine(store: &Store, clock: &dyn Clock, is_thorough: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let looked = look(store, clock, is_thorough, &mut findings).await;
    if let Err(error) = looked {
        findings.push(match error {
            StoreError::NoSpace => Finding::wrong(
                "space",
                "the database holds no space yet",
                "there is nothing to serve",
                "make one with `space-server init`, or bring one back with `space-server restore`",
            ),
            error => Finding::wrong(
                "store",
                format!("the database cannot be read: {}", chain(&error)),
                "members get errors",
                "see the log of the database; if it is damaged, restore the newest backup",
            ),
        });
    }
    findings
}

/// Returns which space it is, where that can be read.
pub(super) async fn identity(store: &Store) -> Option<SpaceIdentity> {
    let read = store.read(|x| Box::pin(space::read(x))).await;
    read.ok()??.identity
}

async fn look(
    store: &Store,
    clock: &dyn Clock,
    is_thorough: bool,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    findings.push(Finding::fine("engine", store.engine_version().await?));
    findings.push(Finding::fine(
        "migrations",
        format!(
            "the tables are up to date, at version {}",
            newest_migration()
        ),
    ));
    let settings = store.settings().await?;
    let shown: Vec<String> = settings
        .iter()
        .map(|setting| format!("{} {}", setting.name, setting.value))
        .collect();
    findings.push(if settings.iter().all(|setting| setting.is_right) {
        Finding::fine("durability", shown.join(", "))
    } else {
        let wrong: Vec<String> = settings
            .iter()
            .filter(|setting| !setting.is_right)
            .map(|setting| format!("{} is {}", setting.name, setting.value))
            .collect();
        Finding::wrong(
            "durability",
            wrong.join(", "),
            "what the server has acknowledged may be lost when the power fails",
            "put it right in the configuration of the database",
        )
    });
    if is_thorough && let Some(found) = store.quick_check().await? {
        findings.push(if found.is_empty() {
            Finding::fine("integrity", "every page of the database is sound")
        } else {
            Finding::wrong(
                "integrity",
                format!("the database is damaged: {}", found.join("; ")),
                "some of it cannot be read any more, and it may get worse",
                "stop the server, keep a copy of the data folder, restore the newest backup, and test the disk and the memory",
            )
        });
    }
    if is_thorough {
        findings.push(rows::examine(store).await?);
    }
    let (head, contents) = store
        .read_long(|x| {
            Box::pin(async move { Ok((head::read(x).await?, checkup::contents(x).await?)) })
        })
        .await?;
    findings.push(counters(&head, &contents));
    findings.extend(moves(&contents));
    let now = clock.now();
    findings.push(time(now, contents.latest_at, store.clock().await?));
    let moderation = store
        .read_long(move |x| Box::pin(moderator::moderation(x, now)))
        .await?;
    findings.push(reports(moderation));
    Ok(())
}

/// Reports must reach somebody.
fn reports(moderation: Moderation) -> Finding {
    let Moderation {
        moderators,
        undecidable,
    } = moderation;
    if undecidable > 0 {
        return Finding::warning(
            "reports",
            format!("open cases that no moderator may decide: {undecidable}"),
            "members were told that moderators look at their reports, and each moderator wrote the post in question",
            "appoint another moderator with `space-server member role NAME moderator`",
        );
    }
    match moderators {
        0 => Finding::warning(
            "reports",
            "no moderator can sign in",
            "members cannot report posts: each report is refused",
            "appoint a moderator with `space-server member role NAME moderator`, and give them a password",
        ),
        1 => Finding::fine(
            "reports",
            "one moderator can sign in; reports on their own posts are refused",
        ),
        _ => Finding::fine("reports", format!("{moderators} moderators can sign in")),
    }
}

/// The counters must be ahead of everything that was counted.
fn counters(head: &Head, contents: &Contents) -> Finding {
    let mut wrong = Vec::new();
    if head.seq < contents.newest_row {
        wrong.push("rows of the feed are ahead of its head");
    }
    if head.id < contents.largest_id {
        wrong.push("ids were given out that were not counted");
    }
    if head.floor > head.seq {
        wrong.push("tombstones were dropped that were not there");
    }
    if wrong.is_empty() {
        Finding::fine(
            "counters",
            "the counters are ahead of everything that was counted",
        )
    } else {
        Finding::wrong(
            "counters",
            wrong.join("; "),
            "followers would miss rows, or two things would get the same number",
            "stop the server and restore a backup, which sets the counters anew; this does not happen by itself, so tell us how it came about",
        )
    }
}

fn moves(contents: &Contents) -> Option<Finding> {
    if contents.orphans > 0 {
        return Some(Finding::wrong(
            "moves",
            format!("{} moves belong to no category", contents.orphans),
            "they can never be finished",
            "restore a backup, or tell us how it came about",
        ));
    }
    (contents.moves > 0).then(|| {
        Finding::warning(
            "moves",
            format!(
                "{} categories were opened or closed, and their rows are still on their way",
                contents.moves
            ),
            "who may read them is right already, but followers have not been told all of it",
            "start the server if it does not run; it finishes them within minutes",
        )
    })
}

fn time(now: Timestamp, latest: Timestamp, of_database: Option<Timestamp>) -> Finding {
    let why = "posts get wrong dates, and tokens and limits end too early or too late";
    let hint = "let the machine's clock be set by NTP (timedatectl set-ntp true)";
    if now.millis() < BEGIN.millis() {
        let found = "the clock of this machine is years behind";
        return Finding::wrong("clock", found, why, hint);
    }
    if latest.millis() > now.plus(DRIFT).millis() {
        let ahead = latest.since(now).as_secs();
        let found = format!("the last post is from {ahead} s ahead of the clock of this machine");
        return Finding::wrong("clock", found, why, hint);
    }
    if let Some(theirs) = of_database {
        let drift = theirs.since(now).max(now.since(theirs));
        if drift > DRIFT {
            let seconds = drift.as_secs();
            let found = format!("the clock of the database server differs by {seconds} s");
            return Finding::warning("clock", found, why, hint);
        }
    }
    Finding::fine("clock", "the clock agrees with what was written")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Level;
    use rstest::rstest;

    const HEAD: Head = Head {
        epoch: 1,
        seq: 90,
        id: 2000,
        aside: 5,
        floor: 10,
        rights: 0,
    };
    const CONTENTS: Contents = Contents {
        newest_row: 90,
        largest_id: 2000,
        latest_at: Timestamp::from_millis(1_795_731_330_000),
        moves: 0,
        orphans: 0,
    };

    #[rstest]
    #[case::sound(HEAD, Level::Fine)]
    #[case::restored_by_hand(Head { seq: 89, ..HEAD }, Level::Wrong)]
    #[case::an_id_twice(Head { id: 1999, ..HEAD }, Level::Wrong)]
    #[case::floor_above_head(Head { floor: 91, ..HEAD }, Level::Wrong)]
    fn counters_are_ahead(#[case] head: Head, #[case] want: Level) {
        assert_eq!(counters(&head, &CONTENTS).level, want);
    }

    #[rstest]
    #[case::two(2, 0, Level::Fine)]
    #[case::one(1, 0, Level::Fine)]
    #[case::none(0, 0, Level::Warning)]
    #[case::author_decides_alone(1, 3, Level::Warning)]
    fn reports_reach_somebody(
        #[case] moderators: i64,
        #[case] undecidable: i64,
        #[case] want: Level,
    ) {
        let found = reports(Moderation {
            moderators,
            undecidable,
        });
        assert_eq!(found.level, want, "{found:?}");
    }

    #[rstest]
    #[case::agrees(0, None, Level::Fine)]
    #[case::behind_the_last_post(-60, None, Level::Wrong)]
    #[case::years_behind(-60_000_000, None, Level::Wrong)]
    #[case::another_server_agrees(0, Some(2), Level::Fine)]
    #[case::another_server_differs(0, Some(-60), Level::Warning)]
    fn clocks(#[case] seconds: i64, #[case] theirs: Option<i64>, #[case] want: Level) {
        let latest = CONTENTS.latest_at;
        let at = |seconds: i64| Timestamp::from_millis(latest.millis() + seconds * 1000);
        let found = time(at(seconds), latest, theirs.map(at));
        assert_eq!(found.level, want, "{found:?}");
    }
}
