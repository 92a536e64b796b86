// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Fetches a forum: what it says of itself, its lists, then each topic that is new or changed.

use std::collections::{BTreeMap, HashMap, HashSet};

use reqwest::Url;
use serde_json::Value;

use super::listing::{self, Category, Seen};
use super::patience::Trouble;
use super::staging::Staging;
use super::topic::{CHUNK, Topic};
use super::visit::{Miss, Visitor};
use super::web::Web;
use super::{Fetch, FetchError, Fetched, Forum, Tools};
use crate::import::Progress;
use crate::import::finding::FindingKind;

/// From this number of topics on a list is not believed.
const MAX_TOPICS: usize = 5_000_000;

/// After so many pages in a row with nothing new a list is taken to go in circles. One alone may come of topics that moved
/// from page to page.
const REPEATS: usize = 3;

/// After so many topics in a row for which there was no answer, the forum is taken to be down.
const FAILING_IN_A_ROW: usize = 3;

/// Fetches a forum into its folder. What was fetched is kept, also when it ends with an error.
pub async fn fetch(
    fetch: &Fetch,
    tools: Tools,
    progress: &Progress,
) -> Result<Fetched, FetchError> {
    let web = Web::new(fetch)?;
    let staging = Staging::open(&fetch.staging, &fetch.forum)?;
    let mut run = Run {
        forum: &fetch.forum,
        visitor: Visitor::new(web, tools, fetch.interval, progress),
        staging,
        listed: BTreeMap::new(),
        fetched: Fetched::default(),
    };
    progress.begin_requests("listing", None);
    let categories = run.site().await?;
    run.lists(&categories, progress).await?;
    run.topics(fetch.everything, progress).await?;
    progress.end();
    run.fetched.requests = run.visitor.requests;
    Ok(run.fetched)
}

struct Run<'a> {
    forum: &'a Forum,
    visitor: Visitor<'a>,
    staging: Staging,
    listed: BTreeMap<i64, Seen>,
    fetched: Fetched,
}

/// Why a topic did not come.
enum Left {
    Page(Trouble),
    /// What is wrong with it.
    Bad(String),
    Stop(FetchError),
}

impl From<Miss> for Left {
    fn from(miss: Miss) -> Self {
        match miss {
            Miss::Page(trouble) => Self::Page(trouble),
            Miss::All(error) => Self::Stop(error),
        }
    }
}

impl From<FetchError> for Left {
    fn from(error: FetchError) -> Self {
        Self::Stop(error)
    }
}

impl Run<'_> {
    /// Fetches what the forum says of itself, and returns its categories.
    async fn site(&mut self) -> Result<Vec<Category>, FetchError> {
        let url = self.forum.page("site.json");
        let site = self.needed(&url).await?;
        let found = listing::categories(&site);
        self.staging.put_site("site.json", &site)?;
        if let Some(found) = found {
            return Ok(found);
        }
        // Forums with very many categories leave them out there.
        let url = self
            .forum
            .page("categories.json?include_subcategories=true");
        let list = self.needed(&url).await?;
        let found = listing::categories(&list).ok_or_else(|| FetchError::NoForum {
            page: url.to_string(),
            what: "it lists no categories".to_owned(),
        })?;
        self.staging.put_site("categories.json", &list)?;
        Ok(found)
    }

    /// Asks for a page without which nothing goes on.
    async fn needed(&mut self, url: &Url) -> Result<Value, FetchError> {
        let page = url.to_string();
        match self.visitor.page(url).await {
            Ok(value @ Value::Object(_)) => Ok(value),
            Ok(_) => Err(FetchError::NoForum {
                page,
                what: "it answered JSON of another kind".to_owned(),
            }),
            Err(Miss::All(error)) => Err(error),
            Err(Miss::Page(trouble)) => Err(match trouble {
                Trouble::Closed => FetchError::Closed { page },
                Trouble::Gone => FetchError::NoForum {
                    page,
                    what: "there is no such page".to_owned(),
                },
                Trouble::Elsewhere { to } => FetchError::Moved { page, to },
                Trouble::Failing { what, .. } => FetchError::Failing { what },
                Trouble::Broken { what } | Trouble::Odd { what } => {
                    FetchError::NoForum { page, what }
                }
                Trouble::Busy { wait } => FetchError::Busy {
                    wait: wait.unwrap_or_default(),
                },
            }),
        }
    }

    /// Reads the lists of topics.
    async fn lists(
        &mut self,
        categories: &[Category],
        progress: &Progress,
    ) -> Result<(), FetchError> {
        // In the order in which they began: then a reply that comes meanwhile moves no topic from a page that is still to
        // be read to one that was read.
        let all = "latest.json?order=created&ascending=true&per_page=100";
        self.list(self.forum.page(all), false, progress).await?;
        // The latest, until nothing new comes: what was begun, or moved up by a removal, while the list was read.
        self.list(self.forum.page("latest.json"), true, progress)
            .await?;
        let mut in_category: HashMap<i64, usize> = HashMap::new();
        for seen in self.listed.values() {
            *in_category
                .entry(seen.category_id.unwrap_or(0))
                .or_default() += 1;
        }
        // A forum may leave categories out of its latest.
        for category in categories {
            if in_category.get(&category.id).copied().unwrap_or(0) >= category.topics {
                continue;
            }
            let page = format!(
                "c/{}/{}/l/latest.json?order=created&ascending=true&per_page=100",
                category.slug, category.id
            );
            match self.list(self.forum.page(&page), false, progress).await {
                Err(FetchError::Closed { .. } | FetchError::NoForum { .. }) => {
                    let place = format!("category {}", category.id);
                    let what = "its list is not shown";
                    self.fetched
                        .findings
                        .add(FindingKind::Forbidden, place, what);
                }
                other => other?,
            }
        }
        self.fetched.listed = self.listed.len() as u64;
        Ok(())
    }

    /// Reads a list to its end or, if `until_known`, to the first page with nothing new.
    async fn list(
        &mut self,
        first: Url,
        until_known: bool,
        progress: &Progress,
    ) -> Result<(), FetchError> {
        let (mut read, mut here) = (HashSet::new(), HashSet::new());
        let mut repeats = 0;
        let mut next = Some(first);
        while let Some(url) = next.take() {
            let value = self.needed(&url).await?;
            let page = listing::read(&value).ok_or_else(|| FetchError::NoForum {
                page: url.to_string(),
                what: "it is no list of topics".to_owned(),
            })?;
            let place = format!("the list {}", path_of(&url));
            let mut bad = |what: String| {
                self.fetched
                    .findings
                    .add(FindingKind::NotFetched, &place, what);
            };
            if page.unreadable > 0 {
                bad(format!("{} of its entries are no topics", page.unreadable));
            }
            let known = (self.listed.len(), here.len());
            for topic in page.topics {
                here.insert(topic.id);
                // The state that is read last is the newest.
                self.listed.insert(topic.id, topic.seen);
            }
            progress.advance(1);
            read.insert(url.clone());
            repeats = if here.len() > known.1 { 0 } else { repeats + 1 };
            let is_known = self.listed.len() == known.0;
            if (until_known && is_known) || self.listed.len() > MAX_TOPICS {
                break;
            }
            let Some(more) = page.more else { break };
            match self.forum.within(&url, &listing::as_json(&more)) {
                Ok(more) if read.contains(&more) => {
                    bad("leads back to a page that was read; topics may be missing".to_owned());
                }
                // Without this, a list whose pages repeat under new addresses would have no end.
                Ok(_) if repeats >= REPEATS => {
                    let what = "says that there is more, but repeats what was read";
                    bad(format!("{what}; topics may be missing"));
                }
                Ok(more) => next = Some(more),
                Err(_) => bad("leads to another site; topics may be missing".to_owned()),
            }
        }
        Ok(())
    }

    /// Fetches the topics that are new, changed, or in no list any more.
    async fn topics(&mut self, everything: bool, progress: &Progress) -> Result<(), FetchError> {
        let mut wanted: Vec<(i64, Option<Seen>)> = Vec::new();
        for (id, seen) in &self.listed {
            if everything || !self.staging.has(*id, seen) {
                wanted.push((*id, Some(seen.clone())));
            } else {
                self.fetched.unchanged += 1;
            }
        }
        // Removed, closed or taken off the list since: which of them, only the topic itself tells.
        let unlisted = self.staging.ids().into_iter();
        wanted.extend(
            unlisted
                .filter(|id| !self.listed.contains_key(id))
                .map(|id| (id, None)),
        );
        let requests = |(_, seen): &(i64, Option<Seen>)| {
            let posts = seen.as_ref().and_then(|seen| seen.posts_count).unwrap_or(1);
            u64::try_from(posts)
                .unwrap_or(1)
                .div_ceil(CHUNK as u64)
                .max(1)
        };
        progress.begin_requests("fetching", Some(wanted.iter().map(requests).sum()));
        let mut failing = 0;
        for topic in &wanted {
            let (id, seen) = (topic.0, topic.1.as_ref());
            let place = format!("topic {id}");
            let mut add = |kind, what: String| self.fetched.findings.add(kind, &place, what);
            let was_failing = std::mem::take(&mut failing);
            match topic_of(&mut self.visitor, &mut self.staging, self.forum, id, seen).await {
                Ok(posts_gone) => {
                    self.fetched.fetched += 1;
                    if posts_gone > 0 {
                        self.fetched.posts_gone += posts_gone;
                        let what = format!("{posts_gone} of its posts were removed meanwhile");
                        add(FindingKind::Vanished, what);
                    }
                }
                Err(Left::Page(Trouble::Gone)) => {
                    add(FindingKind::Vanished, "is not there any more".to_owned());
                    self.fetched.gone += 1;
                    self.staging.remove(id, false, self.visitor.now())?;
                }
                Err(Left::Page(Trouble::Closed)) => {
                    add(
                        FindingKind::Forbidden,
                        "is not shown to everyone".to_owned(),
                    );
                    self.fetched.closed += 1;
                    self.staging.remove(id, true, self.visitor.now())?;
                }
                Err(Left::Page(Trouble::Elsewhere { to })) => {
                    add(
                        FindingKind::NotFetched,
                        format!("leads to another site, {to}"),
                    );
                    self.fetched.failed += 1;
                }
                Err(Left::Page(Trouble::Failing { what, .. })) => {
                    failing = was_failing + 1;
                    if failing >= FAILING_IN_A_ROW {
                        return Err(FetchError::Failing { what });
                    }
                    add(FindingKind::NotFetched, what);
                    self.fetched.failed += 1;
                }
                Err(
                    Left::Page(Trouble::Broken { what } | Trouble::Odd { what }) | Left::Bad(what),
                ) => {
                    add(FindingKind::NotFetched, what);
                    self.fetched.failed += 1;
                }
                Err(Left::Page(Trouble::Busy { wait })) => {
                    let wait = wait.unwrap_or_default();
                    return Err(FetchError::Busy { wait });
                }
                Err(Left::Stop(error)) => return Err(error),
            }
            progress.advance(requests(topic));
        }
        Ok(())
    }
}

/// Fetches one topic, and returns how many of its posts were removed meanwhile.
async fn topic_of(
    visitor: &mut Visitor<'_>,
    staging: &mut Staging,
    forum: &Forum,
    id: i64,
    seen: Option<&Seen>,
) -> Result<u64, Left> {
    let page = if let Some(page) = staging.first(id, seen) {
        page
    } else {
        let url = forum.page(&format!("t/{id}.json?include_raw=true"));
        let page = visitor.page(&url).await?;
        let topic = Topic::begin(id, page.clone()).map_err(Left::Bad)?;
        if topic.is_endless() || !topic.missing().is_empty() {
            staging.put_first(id, seen, &page)?;
        }
        page
    };
    let mut topic = Topic::begin(id, page).map_err(Left::Bad)?;
    if topic.is_endless() {
        rest_of_endless(visitor, staging, forum, &mut topic).await?;
    }
    for (at, ids) in topic.missing().chunks(CHUNK).enumerate() {
        let number = at + 1;
        let page = match staging.part(id, number) {
            Some(page) => page,
            None => visitor.page(&posts_page(forum, id, ids)).await?,
        };
        // Only what is sound is kept: a part is not asked for again.
        topic.take_chunk(&page).map_err(Left::Bad)?;
        staging.put_part(id, number, &page)?;
    }
    // A post that did not come was removed since the first page, or the answer was not whole: asked for once more, it is
    // known which.
    for ids in topic.missing().chunks(CHUNK) {
        let page = visitor.page(&posts_page(forum, id, ids)).await?;
        topic.take_chunk(&page).map_err(Left::Bad)?;
    }
    let (whole, gone) = topic.finish();
    if staging.put(id, seen, &whole)? {
        Ok(gone as u64)
    } else {
        Err(Left::Bad("is larger than what can be imported".to_owned()))
    }
}

/// Fetches the posts of a topic that is too long to name them: page by page, each from the last number on.
async fn rest_of_endless(
    visitor: &mut Visitor<'_>,
    staging: &Staging,
    forum: &Forum,
    topic: &mut Topic,
) -> Result<(), Left> {
    for number in 1.. {
        let page = if let Some(page) = staging.part(topic.id, number) {
            page
        } else {
            let (id, after) = (topic.id, topic.last_number());
            let page = format!("t/{id}/posts.json?post_number={after}&asc=true");
            visitor.page(&forum.page(&page)).await?
        };
        if !topic.take_next(&page).map_err(Left::Bad)? {
            break;
        }
        staging.put_part(topic.id, number, &page)?;
    }
    Ok(())
}

fn posts_page(forum: &Forum, id: i64, posts: &[i64]) -> Url {
    let mut url = forum.page(&format!("t/{id}/posts.json"));
    let mut query = url.query_pairs_mut();
    for post in posts {
        query.append_pair("post_ids[]", &post.to_string());
    }
    query.append_pair("include_raw", "true");
    drop(query);
    url
}

/// Names a page within the forum.
fn path_of(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}
