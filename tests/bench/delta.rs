// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Row 6: what a delta costs, and that it does not cost more in a large forum, or behind what cannot be seen.
//!
//! A change is an edit of one of the newest posts, so that k changes are k rows. The bare query reads the same rows
//! from the same file. The slope is (time of 10,000 - time of 100) / 9,900: what does not depend on k is left out.

use std::time::{Duration, Instant};

use space_tests::Server;
use tokio::task::JoinSet;

use crate::bare;
use crate::feed::{self, PAGE_MAX};
use crate::house::{self, House};
use crate::http::{Connection, order};
use crate::limits::Hello;
use crate::report::{Goal, Report, side};
use crate::seed::{self, Forum};
use crate::spread::{Spread, count, us};
use crate::texts::Writer;

/// How many posts a small forum has.
const SMALL: usize = 1_000;

/// How many changes are read.
const CHANGES: [usize; 4] = [1, 100, 1_000, 10_000];

/// A forum whose newest posts are edited, and a reader of it.
struct Scene {
    house: House,
    server: Server,
    owner: String,
    reader: String,
    closed: i64,
}

impl Scene {
    async fn new(posts: usize) -> anyhow::Result<Self> {
        let house = House::new(None)?;
        for name in ["reader", "ada", "ben", "cleo", "dora"] {
            house.member(name)?;
        }
        let (owner, reader) = (house.token("owner")?, house.token("reader")?);
        let server = house.serve();
        let mut connection = Connection::open(server.url()).await?;
        let open = house::category(&mut connection, &owner, "open", true).await?;
        let closed = house::category(&mut connection, &owner, "closed", false).await?;
        server.stop();
        let begun = Instant::now();
        let forum = Forum {
            category: open,
            is_open: true,
            posts,
        };
        seed::fill(&house.file(), forum)?;
        println!(
            "        {posts} posts put in, {:.1} s",
            begun.elapsed().as_secs_f64()
        );
        let server = house.serve();
        Ok(Self {
            house,
            server,
            owner,
            reader,
            closed,
        })
    }

    async fn connection(&self) -> anyhow::Result<Connection> {
        Connection::open(self.server.url()).await
    }

    /// Edits posts, sixteen at a time.
    async fn edit(&self, posts: &[i64]) -> anyhow::Result<()> {
        let mut writer = Writer::new();
        let mut tasks: JoinSet<anyhow::Result<()>> = JoinSet::new();
        for part in posts.chunks(posts.len().div_ceil(16)) {
            let mut connection = self.connection().await?;
            let owner = self.owner.clone();
            let edits: Vec<(String, String)> = part
                .iter()
                .map(|id| {
                    let body = serde_json::json!({"revision": 1, "source": writer.text()});
                    (format!("/v1/posts/{id}"), body.to_string())
                })
                .collect();
            tasks.spawn(async move {
                for (path, body) in edits {
                    connection
                        .ask(order("PUT", &path, &owner, &body))
                        .await?
                        .done()?;
                }
                Ok(())
            });
        }
        while let Some(task) = tasks.join_next().await {
            task??;
        }
        Ok(())
    }

    /// Returns the newest posts that everyone may see, oldest first.
    fn newest(&self, most: usize) -> anyhow::Result<Vec<i64>> {
        let db = self.house.reader()?;
        let mut found = db
            .prepare(
                "select p.id from post p join topic t on t.id = p.topic_id where p.revision = 1
                 and t.category_id != ?1 order by p.id desc limit ?2",
            )?
            .query_map(rusqlite::params![self.closed, most], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        found.reverse();
        Ok(found)
    }

    /// Times a delta: all its pages, for the server ends a page early when it has grown large.
    async fn delta(&self, since: &str, times: usize) -> anyhow::Result<Spread> {
        let mut connection = self.connection().await?;
        let mut taken = Vec::with_capacity(times);
        for at in 0..=(times + times / 5) {
            let begun = Instant::now();
            feed::delta(&mut connection, &self.reader, since, None).await?;
            if at > times / 5 {
                taken.push(begun.elapsed());
            }
        }
        Ok(taken.into_iter().collect())
    }

    /// Times the bare query for the same rows; a connection that has read nothing yet but its warm-up.
    fn bare(&self, after: i64, times: usize) -> anyhow::Result<(Spread, usize)> {
        let db = self.house.reader()?;
        let mut taken = Vec::with_capacity(times);
        let mut found = 0;
        for at in 0..=(times + times / 5) {
            let begun = Instant::now();
            let rows = bare::changed_posts(&db, after)?;
            if at > times / 5 {
                taken.push(begun.elapsed());
            }
            found = rows.len();
        }
        Ok((taken.into_iter().collect(), found))
    }
}

/// How often a delta of so many changes is timed.
fn times(changes: usize) -> usize {
    (20_000 / changes).clamp(15, 500)
}

/// Measures deltas.
pub(crate) async fn measure(
    report: &mut Report,
    hello: &Hello,
    posts: usize,
) -> anyhow::Result<()> {
    report.group(&format!("delta sync, SQLite, {posts} and {SMALL} posts"));
    let small = Scene::new(SMALL).await?;
    let mut connection = small.connection().await?;
    let before = feed::end(&mut connection, &small.reader).await?;
    small.edit(&small.newest(1)?).await?;
    let one_small = small.delta(&before, 1_000).await?;

    let large = Scene::new(posts).await?;
    let slope = slope(report, &large, hello, &one_small).await?;
    report.note(format!(
        "the server of the small forum was measured right before; slope {slope}"
    ));
    let one_small_again = small.delta(&before, 1_000).await?;
    report.note(format!(
        "one change in the small forum p50: before {:.0} us, after {:.0} us",
        us(one_small.p50()),
        us(one_small_again.p50())
    ));
    drop(small);
    behind_the_invisible(report, large, posts).await
}

async fn slope(
    report: &mut Report,
    large: &Scene,
    hello: &Hello,
    one_small: &Spread,
) -> anyhow::Result<String> {
    let mut connection = large.connection().await?;
    let most = CHANGES[CHANGES.len() - 1];
    let newest = large.newest(most)?;
    feed::end(&mut connection, &large.reader).await?;
    let db = large.house.reader()?;
    // The changes furthest back first: k changes are what was edited after the k-th cursor.
    let mut cursors: Vec<(usize, String, i64)> = Vec::new();
    for (at, changes) in CHANGES.iter().rev().enumerate() {
        let next = CHANGES.iter().rev().nth(at + 1).copied().unwrap_or(0);
        let since = match cursors.last() {
            None => feed::end(&mut connection, &large.reader).await?,
            Some((_, since, _)) => forward(&mut connection, &large.reader, since).await?,
        };
        cursors.push((*changes, since, bare::head(&db)?));
        large
            .edit(&newest[newest.len() - changes..newest.len() - next])
            .await?;
    }
    let end = forward(&mut connection, &large.reader, &cursors[3].1).await?;
    let empty = large.delta(&end, 1_000).await?;
    report.ratio(
        "6",
        &side(us(empty.p50()), "us", "empty delta p50"),
        &side(us(hello.trip.p50()), "us", "hello"),
        Goal::None,
    );
    let mut points = Vec::new();
    for (changes, since, after) in cursors.iter().rev() {
        let ours = large.delta(since, times(*changes)).await?;
        let (theirs, found) = large.bare(*after, times(*changes))?;
        let read = feed::delta(&mut connection, &large.reader, since, None).await?;
        let rows = read.rows();
        if rows != *changes || found != *changes {
            report.note(format!(
                "expected {changes} rows, the feed has {rows}, the bare query {found}"
            ));
        }
        report.ratio(
            "6",
            &side(us(ours.p50()), "us", format!("delta of {changes} p50")),
            &side(us(theirs.p50()), "us", "bare query"),
            Goal::None,
        );
        let zstd = feed::delta(&mut connection, &large.reader, since, Some("zstd")).await?;
        report.ratio(
            "6",
            &side(
                count(read.bytes),
                "B",
                format!("bytes of {changes} (zstd: {})", zstd.bytes),
            ),
            &side(count(feed::payload(&read.lines)?), "B", "payload"),
            if *changes >= 100 {
                Goal::AtMost(1.3)
            } else {
                Goal::None
            },
        );
        points.push((*changes, ours.p50(), theirs.p50()));
    }
    let [one, hundred, _, most] = points[..] else {
        anyhow::bail!("there are four points")
    };
    let per =
        |many: Duration, few: Duration| us(many.saturating_sub(few)) / count(most.0 - hundred.0);
    report.ratio(
        "6",
        &side(per(most.1, hundred.1), "us a change", "slope of the delta"),
        &side(per(most.2, hundred.2), "us", "slope of the bare query"),
        Goal::AtMost(3.0),
    );
    report.ratio(
        "6",
        &side(us(one.1), "us", "delta of 1, large forum"),
        &side(us(one_small.p50()), "us", "small forum"),
        Goal::AtMost(1.5),
    );
    Ok(format!("{:.2} us a change", per(most.1, hundred.1)))
}

/// Reads on from a cursor to the end.
async fn forward(connection: &mut Connection, token: &str, since: &str) -> anyhow::Result<String> {
    let mut since = since.to_owned();
    loop {
        let read = feed::page(
            connection,
            token,
            Some(&since),
            Some(PAGE_MAX),
            Some("zstd"),
        )
        .await?;
        since = read.cursor;
        if !read.more {
            return Ok(since);
        }
    }
}

/// One change that can be seen, behind as many as the forum has posts that cannot.
async fn behind_the_invisible(
    report: &mut Report,
    scene: Scene,
    posts: usize,
) -> anyhow::Result<()> {
    let mut connection = scene.connection().await?;
    let far = feed::end(&mut connection, &scene.reader).await?;
    let Scene {
        house,
        server,
        owner,
        reader,
        closed,
    } = scene;
    server.stop();
    let begun = Instant::now();
    let forum = Forum {
        category: closed,
        is_open: false,
        posts,
    };
    seed::fill(&house.file(), forum)?;
    println!(
        "        {posts} posts put into a closed category, {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    let server = house.serve();
    let scene = Scene {
        house,
        server,
        owner,
        reader,
        closed,
    };
    let mut connection = scene.connection().await?;
    let near = forward(&mut connection, &scene.reader, &far).await?;
    scene.edit(&scene.newest(1)?).await?;
    let mut spreads = [Vec::new(), Vec::new()];
    for _ in 0..4 {
        for (at, since) in [&far, &near].into_iter().enumerate() {
            spreads[at].push(scene.delta(since, 250).await?.p50());
        }
    }
    let [far, near] = spreads.map(|times| Spread::from_iter(times).p50());
    report.ratio(
        "6",
        &side(
            us(far),
            "us",
            format!("one change behind {posts} invisible ones"),
        ),
        &side(us(near), "us", "one change alone"),
        Goal::AtMost(1.5),
    );
    Ok(())
}
