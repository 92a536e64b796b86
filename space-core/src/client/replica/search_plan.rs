// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a query means in this replica: names become ids, moments become times, and small sets are gathered.

use super::words::Words;
use super::{Replica, ReplicaError};
use crate::client::database::Doing;
use crate::id::MemberId;
use crate::search::{Part, SearchError, SearchErrorKind, SearchQuery, Term};
use crate::tag::Tag;
use crate::text::folded;
use crate::time::Timestamp;

/// Post numbers of a block in `post_block`, as a power of two.
pub(super) const BLOCK_BITS: i64 = 12;

/// Posts that are gathered before a search at most, when what it is narrowed to is small.
const GATHERED: i64 = 10_000;
/// Names that are offered for one that nobody has.
pub(super) const NEAR: usize = 3;

/// Why a query cannot be carried out.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// It names somebody or something that is not here.
    #[error("the search names what is not here")]
    Query(Vec<SearchError>),
    /// The file failed.
    #[error(transparent)]
    Replica(#[from] ReplicaError),
}

/// A query, ready to be carried out: its names are looked up once, not for every page.
#[derive(Debug, Clone, Default)]
pub struct SearchPlan {
    pub(super) words: Words,
    pub(super) expression: Option<String>,
    pub(super) excluded: Option<String>,
    pub(super) authors: Among,
    pub(super) categories: Among,
    pub(super) before: Option<i64>,
    pub(super) after: Option<i64>,
    pub(super) languages: Vec<String>,
    pub(super) not_languages: Vec<String>,
    pub(super) tags: Vec<Tag>,
    pub(super) not_tags: Vec<Tag>,
    pub(super) is_first: Option<bool>,
    pub(super) is_unread: Option<bool>,
    /// All posts that can match, when they are few; every condition is looked at all the same.
    pub(super) among: Option<Vec<i64>>,
    pub(super) not_among: Option<Vec<i64>>,
    is_empty: bool,
}

/// Which of some things are wanted, and which are not.
#[derive(Debug, Clone, Default)]
pub(super) struct Among {
    pub(super) wanted: Vec<i64>,
    pub(super) excluded: Vec<i64>,
}

impl Among {
    fn add(&mut self, ids: Vec<i64>, is_excluded: bool) {
        if is_excluded {
            self.excluded.extend(ids);
        } else {
            self.wanted.extend(ids);
        }
    }
}

impl SearchPlan {
    /// Returns the posts of a member, whatever they are about.
    pub fn posts_of(member: MemberId) -> Self {
        Self {
            authors: Among {
                wanted: vec![member.get()],
                excluded: Vec::new(),
            },
            ..Self::default()
        }
    }

    /// Returns a plan that knows the words of a query alone, to mark them in texts; carried out, it finds nothing.
    pub fn words_of(query: &SearchQuery) -> Self {
        Self {
            words: Words::of(query),
            is_empty: true,
            ..Self::default()
        }
    }

    /// Returns where the words that are looked for are in a text, such as that of a post that is shown.
    pub fn marks(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        self.words.marks(text)
    }

    pub(super) fn finds_nothing(&self) -> bool {
        self.is_empty
    }

    /// Whether something is asked that only the post itself knows.
    pub(super) fn needs_post(&self) -> bool {
        self.before.is_some()
            || self.after.is_some()
            || !self.languages.is_empty()
            || !self.not_languages.is_empty()
    }
}

impl Replica {
    /// Makes a query ready to be carried out.
    ///
    /// # Errors
    /// [`PlanError::Query`] when nobody has a name that it gives, with names that are near.
    pub fn plan(&self, query: &SearchQuery, now: Timestamp) -> Result<SearchPlan, PlanError> {
        let words = Words::of(query);
        let mut plan = SearchPlan {
            expression: words.expression(),
            excluded: words.only_excluded(),
            words,
            is_empty: query.is_empty(),
            ..SearchPlan::default()
        };
        let mut errors = Vec::new();
        for term in &query.terms {
            if let Some(kind) = self.plan_term(&mut plan, term, now)? {
                let span = term.span.clone();
                errors.push(SearchError { span, kind });
            }
        }
        if !errors.is_empty() {
            return Err(PlanError::Query(errors));
        }
        if query.wants(&Part::InTitle) && plan.expression.is_none() {
            // Without words there is nothing to look for in titles, but they belong to first posts.
            plan.is_first = Some(true);
        }
        if plan.expression.is_none() && plan.among.is_none() && plan.authors.wanted.len() != 1 {
            plan.among = self.gather(&plan)?;
        }
        Ok(plan)
    }

    fn plan_term(
        &self,
        plan: &mut SearchPlan,
        term: &Term,
        now: Timestamp,
    ) -> Result<Option<SearchErrorKind>, ReplicaError> {
        let is_wanted = !term.is_excluded;
        match &term.part {
            Part::Word(_) | Part::Phrase(_) | Part::InTitle => {}
            Part::Author(name) => {
                let Some(member) = self.member_named(name)? else {
                    let near = self.names_near(name)?;
                    let name = name.clone();
                    return Ok(Some(SearchErrorKind::UnknownAuthor { name, near }));
                };
                plan.authors.add(vec![member.id.get()], term.is_excluded);
            }
            Part::Category(name) => {
                let Some(id) = self.category_called(name)? else {
                    let near = self.categories_near(name)?;
                    let name = name.clone();
                    return Ok(Some(SearchErrorKind::UnknownCategory { name, near }));
                };
                let ids = self.category_and_below(id)?;
                plan.categories.add(ids, term.is_excluded);
            }
            Part::Tag(tag) => {
                if !is_wanted {
                    plan.not_tags.push(tag.clone());
                } else if self.has_tag(tag)? {
                    plan.tags.push(tag.clone());
                } else {
                    let near = self.tags_near(tag)?;
                    let name = tag.to_string();
                    return Ok(Some(SearchErrorKind::UnknownTag { name, near }));
                }
            }
            Part::Before(when) => {
                let at = when.moment(now).millis();
                plan.before = Some(plan.before.map_or(at, |other| other.min(at)));
            }
            Part::After(when) => {
                let at = when.moment(now).millis();
                plan.after = Some(plan.after.map_or(at, |other| other.max(at)));
            }
            Part::Language(language) => {
                let tag = language.as_str().to_owned();
                if is_wanted {
                    plan.languages.push(tag);
                } else {
                    plan.not_languages.push(tag);
                }
            }
            Part::InFirst => plan.is_first = Some(is_wanted),
            Part::IsUnread => plan.is_unread = Some(is_wanted),
            Part::IsBookmarked => {
                let ids = Some(self.bookmarked_posts()?);
                if is_wanted {
                    plan.among = ids;
                } else {
                    plan.not_among = ids;
                }
            }
        }
        Ok(None)
    }

    /// Gathers the posts of what a query without words is narrowed to, when they are few. Else they are frequent enough to
    /// be met on the way through all.
    fn gather(&self, plan: &SearchPlan) -> Result<Option<Vec<i64>>, ReplicaError> {
        let (topics, posts) = if plan.is_unread == Some(true) {
            ("t.is_listed and t.state > 0", super::search::UNREAD)
        } else if plan.categories.wanted.is_empty() && plan.tags.is_empty() {
            return Ok(None);
        } else {
            ("t.is_listed", "true")
        };
        let categories = serde_json::to_string(&plan.categories.wanted).unwrap_or_default();
        let (from, value) = if let Some(tag) = plan.tags.first() {
            (
                "json_each(?1) k cross join topic_tag g on g.tag = k.value cross join topic t on t.id = g.topic",
                serde_json::to_string(&[tag]).unwrap_or_default(),
            )
        } else if plan.categories.wanted.is_empty() {
            ("topic t indexed by topic_state", "[]".to_owned())
        } else {
            (
                "json_each(?1) k cross join topic t indexed by topic_category_latest on t.category = k.value",
                categories,
            )
        };
        // A look at how many there are must not cost more than it saves.
        let count = self.number(
            &format!(
                "select sum(posts) from (select coalesce((select posts from topic_tally y where y.id = t.id), 1) as posts
                 from {from} where {topics} and ?1 is not null limit 2001)"
            ),
            [&value],
        )?;
        let topics_count = self.number(
            &format!("select count(*) from (select 1 from {from} where {topics} and ?1 is not null limit 2001)"),
            [&value],
        )?;
        if count.unwrap_or(0) > GATHERED || topics_count.unwrap_or(0) > 2000 {
            return Ok(None);
        }
        let sql = format!(
            "select p.id from {from} cross join post p indexed by post_topic on p.topic = t.id
             where {topics} and {posts} and ?1 is not null"
        );
        let mut statement = self.prepared(&sql)?;
        let ids = statement.query_map([&value], |row| row.get(0));
        collected(ids).map(Some)
    }

    /// Returns the posts that have a bookmark, or begin a topic that has one.
    fn bookmarked_posts(&self) -> Result<Vec<i64>, ReplicaError> {
        self.list(
            "select coalesce(b.post, (select id from post p where p.topic = b.topic and p.number = 1), 0)
             from bookmark_now b",
            |c| {
                let post: i64 = c.next()?;
                Ok(post)
            },
        )
    }

    /// Returns the category of a short name or a name, however it is cased.
    fn category_called(&self, name: &str) -> Result<Option<i64>, ReplicaError> {
        let wanted = folded(name);
        let all = self.list("select id, slug, name from category order by id", |c| {
            Ok((c.next::<i64>()?, c.next::<String>()?, c.next::<String>()?))
        })?;
        let by_slug = all.iter().find(|(_, slug, _)| *slug == wanted);
        let found = by_slug.or_else(|| all.iter().find(|(_, _, name)| folded(name) == wanted));
        Ok(found.map(|(id, ..)| *id))
    }

    /// Returns members' names that begin with a text, however it is cased.
    pub fn members_like(&self, beginning: &str, limit: usize) -> Result<Vec<String>, ReplicaError> {
        let beginning = folded(beginning);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let end = format!("{beginning}\u{10FFFF}");
        let mut statement = self.prepared(
            "select name from member where folded >= ?1 and folded < ?2 order by folded limit ?3",
        )?;
        collected(statement.query_map((beginning, end, limit), |row| row.get(0)))
    }

    /// Returns short names of categories that have a text in them, those that begin with it first.
    pub fn categories_like(&self, part: &str, limit: usize) -> Result<Vec<String>, ReplicaError> {
        let part = folded(part);
        let mut slugs: Vec<String> = self
            .list("select slug, name from category order by slug", |c| {
                Ok((c.next::<String>()?, c.next::<String>()?))
            })?
            .into_iter()
            .filter(|(slug, name)| slug.contains(&part) || folded(name).contains(&part))
            .map(|(slug, _)| slug)
            .collect();
        slugs.sort_by_key(|slug| !slug.starts_with(&part));
        slugs.truncate(limit);
        Ok(slugs)
    }

    fn names_near(&self, name: &str) -> Result<Vec<String>, ReplicaError> {
        let begin = self.members_like(name, NEAR)?;
        if !begin.is_empty() {
            return Ok(begin);
        }
        // Most people get the first letter right, and to look at everybody would take long in a large space.
        let first: String = folded(name).chars().take(1).collect();
        let all = self.members_like(&first, 5_000)?;
        Ok(near(name, &all))
    }

    fn categories_near(&self, name: &str) -> Result<Vec<String>, ReplicaError> {
        let like = self.categories_like(name, NEAR)?;
        if !like.is_empty() {
            return Ok(like);
        }
        Ok(near(name, &self.categories_like("", usize::MAX)?))
    }

    pub(super) fn prepared(
        &self,
        sql: &str,
    ) -> Result<rusqlite::CachedStatement<'_>, ReplicaError> {
        self.connection.prepare_cached(sql).doing("searching")
    }
}

pub(super) fn collected<T>(
    rows: rusqlite::Result<
        rusqlite::MappedRows<'_, impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>>,
    >,
) -> Result<Vec<T>, ReplicaError> {
    rows.and_then(Iterator::collect).doing("searching")
}

/// Returns the names that are few enough edits away to be meant.
pub(super) fn near(name: &str, all: &[String]) -> Vec<String> {
    let name = folded(name);
    let folded: Vec<String> = all.iter().map(|name| folded(name)).collect();
    let mut left: Vec<&str> = folded.iter().map(String::as_str).collect();
    let mut near = Vec::new();
    while near.len() < NEAR
        && let Some(found) = crate::nearest::nearest(&name, left.iter().copied())
    {
        let at = folded.iter().position(|name| name == found);
        near.extend(at.map(|at| all[at].clone()));
        left.retain(|name| *name != found);
    }
    near
}
