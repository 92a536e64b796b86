// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lists of topics, each read off an index: the cost goes by the length of the page alone.

use rusqlite::{ToSql, params_from_iter};

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
    left join member l on l.id = coalesce(y.last_poster, t.author)
    left join read_position r on r.id = t.id
    left join local_read h on h.topic = t.id";

const ROW: &str = "t.author, a.name, a.display_name, a.kind,
    coalesce(y.last_poster, t.author), l.name, l.display_name, l.kind,
    t.last_post_at, coalesce(y.posts, 0), coalesce(y.last_number, 0), coalesce(y.views, 0), t.likes,
    coalesce(h.number, r.number, 0), t.state";

/// One index to walk.
struct Walk {
    index: &'static str,
    /// Which rows of it, besides the listed ones.
    filter: &'static str,
    /// What it is ordered by, highest first; the last is the id.
    order: &'static [&'static str],
}

impl Walk {
    fn is_pinned_first(&self) -> bool {
        self.order.len() == 3
    }
}

impl Replica {
    /// Lists topics. The cost depends on `limit`, not on the size of the space.
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
        rows.truncate(query.limit);
        Ok(rows)
    }

    fn walk(
        &self,
        query: &TopicQuery,
        category: Option<i64>,
    ) -> Result<Vec<TopicRow>, ReplicaError> {
        let (sql, numbers) = statement(query, category);
        let is_pinned_first = walk(query.order, category.is_some()).is_pinned_first();
        let mut rows = self.topic_rows(&sql, &numbers)?;
        for row in &mut rows {
            row.key = TopicKey {
                is_pinned: is_pinned_first && row.topic.is_pinned,
                value: match query.order {
                    TopicOrder::Top => row.likes,
                    _ => row.last_post_at.millis(),
                },
                id: row.topic.id.get(),
            };
        }
        Ok(rows)
    }

    /// Returns a topic.
    pub fn topic(&self, topic: TopicId) -> Result<Option<TopicRow>, ReplicaError> {
        let sql = format!("select {TOPIC}, {MARK}, {ROW} from topic t {FROM} where t.id = ?1");
        Ok(self.topic_rows(&sql, &[topic.get()])?.pop())
    }

    fn topic_rows(&self, sql: &str, numbers: &[i64]) -> Result<Vec<TopicRow>, ReplicaError> {
        let mut statement = self.connection.prepare_cached(sql).doing(DOING)?;
        let mut found = statement
            .query(params_from_iter(numbers.iter().map(|n| n as &dyn ToSql)))
            .doing(DOING)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().doing(DOING)? {
            rows.push(topic_row(&mut Columns::of(row))?);
        }
        Ok(rows)
    }
}

/// Writes the query for a list, and what to fill in.
pub(super) fn statement(query: &TopicQuery, category: Option<i64>) -> (String, Vec<i64>) {
    let walk = walk(query.order, category.is_some());
    let mut numbers: Vec<i64> = category.into_iter().collect();
    match query.order {
        TopicOrder::New => numbers.push(2),
        TopicOrder::Unread => numbers.push(1),
        TopicOrder::Latest | TopicOrder::Top => {}
    }
    let columns = walk.order.join(", ");
    let after = query.before.map_or(String::new(), |key| {
        let first = numbers.len() + 1;
        if walk.is_pinned_first() {
            numbers.push(i64::from(key.is_pinned));
        }
        numbers.extend([key.value, key.id]);
        let places: Vec<String> = (first..=numbers.len()).map(|at| format!("?{at}")).collect();
        format!("and ({columns}) < ({})", places.join(", "))
    });
    numbers.push(i64::try_from(query.limit).unwrap_or(i64::MAX));
    let sql = format!(
        "select {TOPIC}, {MARK}, {ROW} from topic t indexed by {} {FROM} where t.is_listed {} {after}
         order by {} desc limit ?{}",
        walk.index,
        walk.filter,
        walk.order.join(" desc, "),
        numbers.len()
    );
    (sql, numbers)
}

fn topic_row(c: &mut Columns<'_>) -> Result<TopicRow, ReplicaError> {
    let topic = model::topic(c)?;
    let key = TopicKey {
        is_pinned: false,
        value: 0,
        id: topic.id.get(),
    };
    Ok(TopicRow {
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
        state: match c.next::<i64>()? {
            1 => TopicState::Unread,
            2 => TopicState::New,
            _ => TopicState::Read,
        },
        key,
    })
}

fn walk(order: TopicOrder, in_category: bool) -> Walk {
    const LATEST: &[&str] = &["t.last_post_at", "t.id"];
    const PINNED_FIRST: &[&str] = &["t.is_pinned", "t.last_post_at", "t.id"];
    const TOP: &[&str] = &["t.likes", "t.id"];
    let (index, filter, order) = match (order, in_category) {
        (TopicOrder::Latest, false) => ("topic_latest", "", LATEST),
        (TopicOrder::Latest, true) => {
            ("topic_category_latest", "and t.category = ?1", PINNED_FIRST)
        }
        (TopicOrder::Top, false) => ("topic_top", "", TOP),
        (TopicOrder::Top, true) => ("topic_category_top", "and t.category = ?1", TOP),
        (TopicOrder::New | TopicOrder::Unread, false) => {
            ("topic_state", "and t.state > 0 and t.state = ?1", LATEST)
        }
        (TopicOrder::New | TopicOrder::Unread, true) => (
            "topic_category_state",
            "and t.category = ?1 and t.state > 0 and t.state = ?2",
            LATEST,
        ),
    };
    Walk {
        index,
        filter,
        order,
    }
}
