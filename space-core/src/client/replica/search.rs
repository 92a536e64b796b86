// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Search, newest first: candidates come in the order of time, so a page stops early, and no page looks at more than some
//! thousands of them. What matches rarely takes several pages, between which a reader may change their mind.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::model::{self, Columns, MARK};
use super::rows::{SearchHit, SearchPage};
use super::search_plan::{BLOCK_BITS, SearchPlan};
use super::{Replica, ReplicaError};
use crate::client::database::Doing;
use crate::id::{PostId, TopicId};

const DOING: &str = "searching";

/// Candidates that a page looks at. Each costs about 2 µs with the file in memory, so a page takes 20 ms at most.
const CANDIDATES: i64 = 10_000;
/// Blocks of post numbers that a page looks at when several words have to be in one post: finding that common words are
/// rarely together took 590 ms on a million posts in one go.
const BLOCKS: i64 = 16;
/// The same where each has to be looked for in the full-text index once more.
const CANDIDATES_EXCLUDED: i64 = 500;

/// Ends a search that is under way in another thread, so that the next one can begin.
pub struct Interrupter(rusqlite::InterruptHandle);

impl std::fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interrupter")
    }
}

impl Interrupter {
    /// Ends what the replica is doing now; it answers [`ReplicaError::Interrupted`]. Nothing happens when it does nothing.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// A statement that is being put together.
#[derive(Default)]
struct Sql {
    values: Vec<Value>,
}

impl Sql {
    /// Fills in a value, and returns its place.
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn list(&mut self, numbers: &[i64]) -> String {
        let json = serde_json::to_string(numbers).expect("numbers have a JSON form");
        format!("(select value from json_each({}))", self.bind(json))
    }
}

impl Replica {
    /// Returns what ends a search from another thread.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.connection.get_interrupt_handle())
    }

    /// Finds posts older than `before`, newest first, at most `limit`. The page may have fewer, or none, although there are
    /// more: `next` says where to go on, and is absent at the end.
    pub fn search(
        &self,
        plan: &SearchPlan,
        before: Option<PostId>,
        limit: usize,
    ) -> Result<SearchPage, ReplicaError> {
        if plan.finds_nothing() || limit == 0 {
            return Ok(SearchPage::default());
        }
        let Some((from, until)) = self.bounds(plan, before)? else {
            return Ok(SearchPage::default());
        };
        // The next page begins where this one does not look any more.
        let edge = self.edge(plan, until)?.filter(|edge| *edge > from);
        let from = edge.unwrap_or(from);
        let most = if plan.excluded.is_some() {
            CANDIDATES_EXCLUDED
        } else {
            CANDIDATES
        };
        let ids = self.matching(plan, from, until, most, limit)?;
        let next = if ids.len() >= limit {
            ids.last().copied()
        } else {
            // The last candidate that was looked at, when there may be more.
            self.last_candidate(plan, from, until, most)?.or(edge)
        };
        Ok(SearchPage {
            hits: self.hits(plan, &ids)?,
            next: next.and_then(PostId::new),
        })
    }

    /// Like [`Replica::search`], going on until the page is full or there is nothing more.
    pub fn search_all(
        &self,
        plan: &SearchPlan,
        before: Option<PostId>,
        limit: usize,
    ) -> Result<SearchPage, ReplicaError> {
        let mut all = self.search(plan, before, limit)?;
        while all.hits.len() < limit
            && let Some(next) = all.next
        {
            let page = self.search(plan, Some(next), limit - all.hits.len())?;
            all.hits.extend(page.hits);
            all.next = page.next;
        }
        Ok(all)
    }

    /// Returns between which ids all matches must be: from the first on, and before the second.
    fn bounds(
        &self,
        plan: &SearchPlan,
        before: Option<PostId>,
    ) -> Result<Option<(i64, i64)>, ReplicaError> {
        let newest = before.map_or(i64::MAX, PostId::get);
        if plan.before.is_none() && plan.after.is_none() {
            return Ok(Some((i64::MIN, newest)));
        }
        let blocks = self.one(
            "select min(block), max(block) from post_block where earliest < ?1 and latest >= ?2",
            [
                plan.before.unwrap_or(i64::MAX),
                plan.after.unwrap_or(i64::MIN),
            ],
            |c| Ok((c.next::<Option<i64>>()?, c.next::<Option<i64>>()?)),
        )?;
        let Some((Some(first), Some(last))) = blocks else {
            return Ok(None);
        };
        let until = newest.min((last + 1).saturating_mul(1 << BLOCK_BITS));
        Ok(Some((first << BLOCK_BITS, until)))
    }

    /// Returns how far down a page looks for posts with several words; nothing when that is all.
    fn edge(&self, plan: &SearchPlan, until: i64) -> Result<Option<i64>, ReplicaError> {
        if !plan.words.are_several() {
            return Ok(None);
        }
        let block = self.number(
            "select block from post_block where block <= ?1 order by block desc limit 1 offset ?2",
            [until >> BLOCK_BITS, BLOCKS],
        )?;
        Ok(block.map(|block| (block + 1) << BLOCK_BITS))
    }

    fn matching(
        &self,
        plan: &SearchPlan,
        from: i64,
        until: i64,
        most: i64,
        limit: usize,
    ) -> Result<Vec<i64>, ReplicaError> {
        let mut sql = Sql::default();
        let candidates = candidates(&mut sql, plan, from, until);
        let most = sql.bind(most);
        let filter = filter(&mut sql, plan);
        let limit = sql.bind(i64::try_from(limit).unwrap_or(i64::MAX));
        // The index has what most filters look at; the post itself is large.
        let index = if plan.needs_post() {
            ""
        } else {
            "indexed by post_walk"
        };
        let text = format!(
            "select p.id from ({candidates} limit {most}) x
             cross join post p {index} on p.id = x.id
             cross join topic t on t.id = p.topic
             cross join category c on c.id = t.category
             where {filter} order by x.id desc limit {limit}"
        );
        let mut statement = self.connection.prepare_cached(&text).doing(DOING)?;
        let ids = statement
            .query_map(params_from_iter(sql.values), |row| row.get(0))
            .doing(DOING)?;
        ids.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    fn last_candidate(
        &self,
        plan: &SearchPlan,
        from: i64,
        until: i64,
        most: i64,
    ) -> Result<Option<i64>, ReplicaError> {
        let mut sql = Sql::default();
        let candidates = candidates(&mut sql, plan, from, until);
        let offset = sql.bind(most - 1);
        let text = format!("{candidates} limit 1 offset {offset}");
        self.number(&text, params_from_iter(sql.values))
    }

    fn hits(&self, plan: &SearchPlan, ids: &[i64]) -> Result<Vec<SearchHit>, ReplicaError> {
        let mut sql = Sql::default();
        let ids = sql.list(ids);
        let text = format!(
            "select p.id, p.number, t.id, t.title, {MARK}, p.author, a.name, a.display_name, a.kind, p.created_at, p.source
             from post p
             cross join topic t on t.id = p.topic
             cross join category c on c.id = t.category
             left join member a on a.id = p.author
             where p.id in {ids} order by p.id desc"
        );
        let mut statement = self.connection.prepare_cached(&text).doing(DOING)?;
        let mut found = statement.query(params_from_iter(sql.values)).doing(DOING)?;
        let mut hits = Vec::new();
        while let Some(row) = found.next().doing(DOING)? {
            hits.push(hit(&mut Columns::of(row), plan)?);
        }
        Ok(hits)
    }
}

/// Writes the query for candidates, newest first: whatever is narrowest leads.
fn candidates(sql: &mut Sql, plan: &SearchPlan, from: i64, until: i64) -> String {
    if let Some(expression) = &plan.expression {
        let (words, until, from) = (
            sql.bind(expression.clone()),
            sql.bind(until),
            sql.bind(from),
        );
        return format!(
            "select rowid as id from post_text where post_text match {words} and rowid < {until} and rowid >= {from}
             order by rowid desc"
        );
    }
    if let Some(ids) = &plan.among {
        let (ids, until, from) = (sql.list(ids), sql.bind(until), sql.bind(from));
        return format!(
            "select id from post where id in {ids} and id < {until} and id >= {from} order by id desc"
        );
    }
    if let [author] = plan.authors.wanted[..] {
        let (author, until, from) = (sql.bind(author), sql.bind(until), sql.bind(from));
        return format!(
            "select id from post indexed by post_author where author = {author} and id < {until} and id >= {from}
             order by id desc"
        );
    }
    let (until, from) = (sql.bind(until), sql.bind(from));
    format!(
        "select id from post indexed by post_walk where id < {until} and id >= {from} order by id desc"
    )
}

/// Writes what a candidate must be like. Topics that are in no list are not found.
fn filter(sql: &mut Sql, plan: &SearchPlan) -> String {
    let mut all = vec!["t.is_listed".to_owned()];
    for (column, among) in [
        ("p.author", &plan.authors),
        ("t.category", &plan.categories),
    ] {
        if !among.wanted.is_empty() {
            let list = sql.list(&among.wanted);
            all.push(format!("{column} in {list}"));
        }
        if !among.excluded.is_empty() {
            let list = sql.list(&among.excluded);
            all.push(format!("{column} not in {list}"));
        }
    }
    if let Some(before) = plan.before {
        let before = sql.bind(before);
        all.push(format!("p.created_at < {before}"));
    }
    if let Some(after) = plan.after {
        let after = sql.bind(after);
        all.push(format!("p.created_at >= {after}"));
    }
    // A language without a region means it in every region.
    let spoken = "coalesce(p.language, t.language, c.language, '')";
    let speaks = |languages: &[String], sql: &mut Sql| -> Vec<String> {
        languages
            .iter()
            .map(|language| {
                let tag = sql.bind(language.clone());
                format!("({spoken} = {tag} or {spoken} like {tag} || '-%')")
            })
            .collect()
    };
    let wanted = speaks(&plan.languages, sql);
    if !wanted.is_empty() {
        all.push(format!("({})", wanted.join(" or ")));
    }
    let unwanted = speaks(&plan.not_languages, sql);
    all.extend(unwanted.into_iter().map(|speaks| format!("not {speaks}")));
    for (tags, not) in [(&plan.tags, ""), (&plan.not_tags, "not ")] {
        for tag in tags {
            let tag = sql.bind(tag.as_str().to_owned());
            all.push(format!(
                "{not}exists (select 1 from topic_tag g
                 where g.tag = {tag} and g.last_post_at = t.last_post_at and g.topic = t.id)"
            ));
        }
    }
    let first = |is: bool| if is { "p.number = 1" } else { "p.number <> 1" };
    all.extend(plan.is_first.map(first).map(str::to_owned));
    if let Some(is_unread) = plan.is_unread {
        let not = if is_unread { "" } else { "not " };
        all.push(format!("{not}({UNREAD})"));
    }
    if let Some(ids) = &plan.not_among {
        let list = sql.list(ids);
        all.push(format!("p.id not in {list}"));
    }
    if let Some(excluded) = &plan.excluded {
        let words = sql.bind(excluded.clone());
        all.push(format!(
            "not exists (select 1 from post_text e where e.post_text match {words} and e.rowid = p.id)"
        ));
    }
    all.join(" and ")
}

/// Whether a post `p` of topic `t` is unread: the one text for searching and for going on to the next.
pub(super) const UNREAD: &str = "t.state > 0 and (p.number > t.read_number and (t.caught_until = 0 or p.created_at > t.caught_until)
    or t.marked_unread > 0 and p.number in (
    select u.value from json_each(coalesce((select unread from local_read h where h.topic = t.id),
                                           (select unread from read_position r where r.id = t.id), '[]')) u))";

fn hit(c: &mut Columns<'_>, plan: &SearchPlan) -> Result<SearchHit, ReplicaError> {
    let (post, number, topic) = (c.id(PostId::new)?, c.next()?, c.id(TopicId::new)?);
    let title: String = c.next()?;
    let title_marks = if number == 1 {
        plan.words.marks(&title)
    } else {
        Vec::new()
    };
    Ok(SearchHit {
        post,
        number,
        topic,
        title,
        title_marks,
        category: model::mark(c)?,
        author: model::person(c)?,
        created_at: c.moment()?,
        snippet: plan
            .words
            .snippet(&super::text::plain(&c.next::<String>()?)),
    })
}
