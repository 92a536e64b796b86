// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lists of topics, each read off an index: the cost goes by the length of the page alone.

use std::fmt::Write as _;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::model::{self, Columns, MARK, TOPIC};
use super::rows::{TopicKey, TopicOrder, TopicQuery, TopicRow, TopicState};
use super::{Replica, ReplicaError};
use crate::client::database::Doing;
use crate::id::TopicId;

const DOING: &str = "listing topics";

/// What a row of a list is made of, but for the order. The category comes by a cross join, so that SQLite walks the
/// index of the topics and looks the rest up; a topic whose category is not there is passed over.
const FROM: &str = "cross join category c on c.id = t.category
    left join topic_tally y on y.id = t.id
    left join member a on a.id = t.author
    left join member l on l.id = coalesce(y.last_poster, t.author)";

const ROW: &str = "t.author, a.name, a.display_name, a.kind,
    coalesce(y.last_poster, t.author), l.name, l.display_name, l.kind,
    t.last_post_at, coalesce(y.posts, 0), coalesce(y.last_number, 0), coalesce(y.views, 0), t.likes,
    t.read_number, t.marked_unread, t.caught_until, t.state";

/// What to walk along.
struct Walk {
    /// The table, with its index.
    from: &'static str,
    /// Which rows of it, besides the listed ones.
    filter: &'static str,
    /// What it is ordered by, highest first; the last is the id.
    order: &'static [&'static str],
    /// What it is ordered by, when the row itself does not say.
    value: &'static str,
}

/// Topics with a tag.
const WITH_TAG: &str = "topic_tag g cross join topic t on t.id = g.topic";

/// Topics with a bookmark in them, or in one of their posts.
const BOOKMARKED: &str = "(select topic, max(created_at) as at from bookmark_now group by topic) b cross join topic t on t.id = b.topic";

impl Walk {
    fn is_pinned_first(&self) -> bool {
        self.order.len() == 3
    }
}

impl Replica {
    /// Lists topics. The cost depends on `limit`, not on the size of the space; `Top` with `since` looks at all topics
    /// since then, and `Bookmarked` at all bookmarks.
    pub fn topics(&self, query: &TopicQuery) -> Result<Vec<TopicRow>, ReplicaError> {
        let Some(category) = query.category else {
            return self.walk(query, None);
        };
        if !query.with_below {
            return self.walk(query, Some(category.get()));
        }
        let mut rows = Vec::new();
        for category in self.category_and_below(category.get())? {
            rows.extend(self.walk(query, Some(category))?);
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.key));
        if query.after.is_some() {
            rows.drain(..rows.len().saturating_sub(query.limit));
        } else {
            rows.truncate(query.limit);
        }
        Ok(rows)
    }

    fn walk(
        &self,
        query: &TopicQuery,
        category: Option<i64>,
    ) -> Result<Vec<TopicRow>, ReplicaError> {
        let (sql, values) = statement(query, category);
        let walk = walk(query, category.is_some());
        let mut rows = self.topic_rows(&sql, values)?;
        if query.after.is_some() {
            rows.reverse();
        }
        for row in &mut rows {
            row.key.is_pinned = walk.is_pinned_first() && row.topic.is_pinned;
            match query.order {
                TopicOrder::Top => row.key.value = row.likes,
                // The query has put it there.
                TopicOrder::Bookmarked => {}
                _ => row.key.value = row.last_post_at.millis(),
            }
        }
        Ok(rows)
    }

    /// Returns a topic.
    pub fn topic(&self, topic: TopicId) -> Result<Option<TopicRow>, ReplicaError> {
        let sql = format!("select {TOPIC}, {MARK}, {ROW}, 0 from topic t {FROM} where t.id = ?1");
        Ok(self.topic_rows(&sql, vec![topic.get().into()])?.pop())
    }

    fn topic_rows(&self, sql: &str, values: Vec<Value>) -> Result<Vec<TopicRow>, ReplicaError> {
        let mut statement = self.connection.prepare_cached(sql).doing(DOING)?;
        let mut found = statement.query(params_from_iter(values)).doing(DOING)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().doing(DOING)? {
            let (mut row, caught_until) = topic_row(&mut Columns::of(row))?;
            if caught_until > 0 && row.state == TopicState::Unread {
                row.read_number = row
                    .read_number
                    .max(self.written_until(row.topic.id, caught_until)?);
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// Returns the highest number of a post that was written until a moment.
    fn written_until(&self, topic: TopicId, until: i64) -> Result<i64, ReplicaError> {
        let number = self.number(
            "select number from post where topic = ?1 and created_at <= ?2 order by number desc limit 1",
            [topic.get(), until],
        )?;
        Ok(number.unwrap_or(0))
    }
}

/// Writes the query for a list, and what to fill in.
pub(super) fn statement(query: &TopicQuery, category: Option<i64>) -> (String, Vec<Value>) {
    let walk = walk(query, category.is_some());
    let mut values: Vec<Value> = category.into_iter().map(Value::from).collect();
    let mut filter = walk.filter.to_owned();
    let mut and = |condition: &str, value: Value, values: &mut Vec<Value>| {
        values.push(value);
        let _ = write!(filter, " and {condition} ?{}", values.len());
    };
    match query.order {
        TopicOrder::New => and("t.state > 0 and t.state =", 2.into(), &mut values),
        TopicOrder::Unread => and("t.state > 0 and t.state =", 1.into(), &mut values),
        TopicOrder::Top => {
            if let Some(since) = query.since {
                and("t.last_post_at >=", since.millis().into(), &mut values);
            }
        }
        TopicOrder::Latest | TopicOrder::Bookmarked => {}
    }
    if let Some(author) = query.author {
        and("t.author =", author.get().into(), &mut values);
    }
    if let Some(tag) = &query.tag {
        and("g.tag =", tag.as_str().to_owned().into(), &mut values);
    }
    let (key, sign, direction) = match query.after {
        Some(key) => (Some(key), ">", "asc"),
        None => (query.before, "<", "desc"),
    };
    if let Some(key) = key {
        let first = values.len() + 1;
        if walk.is_pinned_first() {
            values.push(key.is_pinned.into());
        }
        values.extend([key.value.into(), key.id.into()]);
        let places: Vec<String> = (first..=values.len()).map(|at| format!("?{at}")).collect();
        let columns = walk.order.join(", ");
        let _ = write!(filter, " and ({columns}) {sign} ({})", places.join(", "));
    }
    values.push(i64::try_from(query.limit).unwrap_or(i64::MAX).into());
    let order = walk.order.join(&format!(" {direction}, "));
    let value = walk.value;
    let sql = format!(
        "select {TOPIC}, {MARK}, {ROW}, {value} from {} {FROM} where t.is_listed {filter}
         order by {order} {direction} limit ?{}",
        walk.from,
        values.len()
    );
    (sql, values)
}

/// Reads a row, and until when one had caught up with it.
fn topic_row(c: &mut Columns<'_>) -> Result<(TopicRow, i64), ReplicaError> {
    let topic = model::topic(c)?;
    let key = TopicKey {
        is_pinned: false,
        value: 0,
        id: topic.id.get(),
    };
    let mut row = TopicRow {
        topic,
        category: model::mark(c)?,
        author: model::person(c)?,
        last_poster: model::person(c)?,
        last_post_at: c.moment()?,
        posts: c.next()?,
        last_number: c.next()?,
        views: c.next()?,
        likes: c.next()?,
        read_number: c.next()?,
        marked_unread: c.next()?,
        state: TopicState::Read,
        key,
    };
    let caught_until = c.next()?;
    row.state = match c.next::<i64>()? {
        1 => TopicState::Unread,
        2 => TopicState::New,
        _ => TopicState::Read,
    };
    row.key.value = c.next()?;
    Ok((row, caught_until))
}

fn walk(query: &TopicQuery, in_category: bool) -> Walk {
    const LATEST: &[&str] = &["t.last_post_at", "t.id"];
    const PINNED_FIRST: &[&str] = &["t.is_pinned", "t.last_post_at", "t.id"];
    const TOP: &[&str] = &["t.likes", "t.id"];
    const MARKED: &[&str] = &["b.at", "t.id"];
    const TAGGED: &[&str] = &["g.last_post_at", "g.topic"];
    let (from, order) = match (query.order, in_category) {
        (TopicOrder::Bookmarked, _) => (BOOKMARKED, MARKED),
        // Few topics have any one tag, next to all: those that are most liked among them are sorted.
        (TopicOrder::Top, _) if query.tag.is_some() => (WITH_TAG, TOP),
        (_, _) if query.tag.is_some() => (WITH_TAG, TAGGED),
        // Nobody starts so many topics that sorting them takes long.
        (TopicOrder::Top, _) if query.author.is_some() => ("topic t indexed by topic_author", TOP),
        (_, _) if query.author.is_some() => ("topic t indexed by topic_author", LATEST),
        (TopicOrder::Latest, false) => ("topic t indexed by topic_latest", LATEST),
        (TopicOrder::Latest, true) => ("topic t indexed by topic_category_latest", PINNED_FIRST),
        // Of a period, its topics are sorted.
        (TopicOrder::Top, _) if query.since.is_some() => ("topic t indexed by topic_latest", TOP),
        (TopicOrder::Top, false) => ("topic t indexed by topic_top", TOP),
        (TopicOrder::Top, true) => ("topic t indexed by topic_category_top", TOP),
        (TopicOrder::New | TopicOrder::Unread, false) => ("topic t indexed by topic_state", LATEST),
        (TopicOrder::New | TopicOrder::Unread, true) => {
            ("topic t indexed by topic_category_state", LATEST)
        }
    };
    Walk {
        from,
        filter: if in_category {
            "and t.category = ?1"
        } else {
            ""
        },
        order,
        value: if query.order == TopicOrder::Bookmarked {
            "b.at"
        } else {
            "0"
        },
    }
}
