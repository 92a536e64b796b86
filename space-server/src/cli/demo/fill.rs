// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Puts the bundled community into an empty store, as its members would have written it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use space_core::protocol::{self, CreateCategory, CreateGroup, EditTopic, StartTopic};
use space_core::text::{MemberName, PostSource, Slug};
use space_core::{
    Access, AccessRule, Audience, CategoryId, GroupId, Level, MemberId, MemberKind, PostId, TopicId,
};

use super::clock::DemoClock;
use super::live::Places;
use super::sample::{Community, Opening, Sample};
use super::script::{Post, Topic};
use super::{Error, PASSWORD, VISITOR};
use crate::media;
use crate::operator::{NewAccount, Operator, OperatorError};
use crate::store::actor::By;
use crate::writer::commands::group::SetGroupMember;
use crate::writer::commands::post::{EditPost, Reply};
use crate::writer::commands::{reading, topic};
use crate::writer::{Deed, Signed};

/// When the one who looks around was here last.
const LAST_READ: Duration = Duration::from_hours(5 * 24);

/// How long before the first post the community began.
const BEFORE: Duration = Duration::from_hours(24);

/// Something that somebody does at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    /// Writes the post of that number, counted from zero.
    Write(usize),
    /// Edits a post, for the so-manieth time.
    Edit(usize, usize),
    Close,
}

/// Fills the store, and returns where what is written later goes; nothing when there is a space already.
pub(super) async fn fill(
    operator: &Operator,
    clock: &DemoClock,
    data_dir: &Path,
    sample: Sample,
) -> Result<Option<Places>, Error> {
    let Sample {
        community,
        topics,
        pictures,
    } = sample;
    let acts = in_order_of_time(&topics);
    let first = acts.first().map_or(Duration::ZERO, |(ago, ..)| ago.0);
    clock.set_back(first + BEFORE);
    if !operator
        .init(community.name.clone(), community.about.clone())
        .await?
    {
        return Ok(None);
    }
    let mut frame = Frame::make(operator, community).await?;
    for (name, bytes) in pictures {
        let kept = media::keep_png(data_dir, bytes).context("cannot keep a picture")?;
        frame.pictures.push((name, kept.to_string()));
    }
    let mut written: BTreeMap<usize, Written> = BTreeMap::new();
    let mut last = first + BEFORE;
    for (Reverse(ago), at, act) in acts {
        // What the sample dates alike is a second apart, so that lists have the same order each time.
        last = ago.min(last.saturating_sub(Duration::from_secs(1)));
        clock.set_back(last);
        let (category, topic) = &topics[at];
        match (act, written.get_mut(&at)) {
            (Act::Write(number), None) => {
                let post = &topic.posts[number];
                let started = frame.start(operator, category, topic, post).await?;
                written.insert(at, started);
            }
            (Act::Write(number), Some(written)) => {
                frame.reply(operator, topic, written, number).await?;
            }
            (Act::Edit(number, time), Some(written)) => {
                frame.edit(operator, topic, written, number, time).await?;
            }
            (Act::Close, Some(written)) => frame.close(operator, topic, written).await?,
            (Act::Edit(..) | Act::Close, None) => {}
        }
    }
    frame.read_back(operator, clock, &topics, &written).await?;
    let topics = topics
        .iter()
        .enumerate()
        .filter_map(|(at, (_, topic))| Some((topic.title.to_string(), written.get(&at)?.topic)));
    Ok(Some(Places {
        topics: topics.collect(),
        members: frame.members,
    }))
}

/// Lists what happens in all topics, the first thing first.
fn in_order_of_time(topics: &[(Slug, Topic)]) -> Vec<(Reverse<Duration>, usize, Act)> {
    let mut acts = Vec::new();
    for (at, (_, topic)) in topics.iter().enumerate() {
        for (number, post) in topic.posts.iter().enumerate() {
            acts.push((Reverse(post.ago.get()), at, Act::Write(number)));
            for (time, (ago, _)) in post.edits.iter().enumerate() {
                acts.push((Reverse(ago.get()), at, Act::Edit(number, time)));
            }
        }
        if let Some((ago, _)) = &topic.closed {
            acts.push((Reverse(ago.get()), at, Act::Close));
        }
    }
    acts.sort_unstable();
    acts
}

/// The names of the community and what became of them.
struct Frame {
    members: BTreeMap<MemberName, MemberId>,
    categories: BTreeMap<Slug, CategoryId>,
    /// Categories that only staff sees.
    of_staff: BTreeSet<Slug>,
    /// What posts call a picture, and its name.
    pictures: Vec<(String, String)>,
}

/// A topic that was started, and its posts so far.
struct Written {
    topic: TopicId,
    revision: i64,
    posts: Vec<PostId>,
}

/// Does something in somebody's name.
pub(super) async fn deed<D: Deed>(operator: &Operator, by: By, deed: D) -> Result<D::Reply, Error> {
    let signed = Signed {
        acting_for: None,
        address: None,
        by,
        key: None,
        source: None,
        deed,
    };
    let done = operator.writer.submit(signed).await;
    Ok(done.map_err(OperatorError::from)?)
}

impl Frame {
    async fn make(operator: &Operator, community: Community) -> Result<Self, Error> {
        let mut members = BTreeMap::new();
        for member in community.members {
            let made = operator
                .add_member(NewAccount {
                    kind: member.kind,
                    name: member.name,
                    display_name: member.display_name,
                    roles: member.roles,
                    password: (member.kind != MemberKind::Bot).then(|| PASSWORD.to_owned()),
                })
                .await?;
            members.insert(made.name, made.id);
        }
        let mut groups: BTreeMap<Slug, GroupId> = BTreeMap::new();
        for group in community.groups {
            let new = CreateGroup {
                slug: group.slug,
                name: group.name,
                is_closed: group.is_closed,
            };
            let made = deed(operator, By::Operator, new).await?;
            for name in &group.members {
                let put = SetGroupMember {
                    group: made.id,
                    member: find(&members, name)?,
                    is_in: true,
                };
                deed(operator, By::Operator, put).await?;
            }
            groups.insert(made.slug, made.id);
        }
        let mut categories = BTreeMap::new();
        let mut of_staff = BTreeSet::new();
        for category in community.categories {
            if matches!(category.access, Opening::Staff) {
                of_staff.insert(category.slug.clone());
            }
            let new = CreateCategory {
                parent: match &category.parent {
                    Some(parent) => Some(find(&categories, parent)?),
                    None => None,
                },
                slug: category.slug,
                name: category.name,
                about: Some(category.about),
                colour: category.colour,
                language: category.language,
                access: match &category.access {
                    Opening::Open => None,
                    Opening::News => Some(rules(&[
                        (Audience::Everyone, Level::Read),
                        (Audience::Members, Level::Reply),
                        (Audience::Staff, Level::Start),
                    ])),
                    Opening::Staff => Some(rules(&[(Audience::Staff, Level::Start)])),
                    Opening::Group(group) => Some(Access::closed_to(find(&groups, group)?)),
                },
            };
            let made = deed(operator, By::Operator, new).await?;
            categories.insert(made.slug, made.id);
        }
        Ok(Self {
            members,
            categories,
            of_staff,
            pictures: Vec::new(),
        })
    }

    async fn start(
        &self,
        operator: &Operator,
        category: &Slug,
        topic: &Topic,
        post: &Post,
    ) -> Result<Written, Error> {
        let start = StartTopic {
            category: find(&self.categories, category)?,
            title: topic.title.clone(),
            source: self.with_pictures(&post.text)?,
            language: topic.language.clone().or_else(|| post.language.clone()),
            tags: topic.tags.clone(),
            written_at: None,
        };
        let by = By::Member(find(&self.members, &post.by)?);
        let started = deed(operator, by, start).await?;
        Ok(Written {
            topic: started.topic.id,
            revision: started.topic.revision,
            posts: vec![started.post.id],
        })
    }

    async fn reply(
        &self,
        operator: &Operator,
        topic: &Topic,
        written: &mut Written,
        number: usize,
    ) -> Result<(), Error> {
        let post = &topic.posts[number];
        let reply = Reply {
            topic: written.topic,
            reply: protocol::Reply {
                reply_to: post.answers.map(|number| written.posts[number - 1]),
                source: self.with_pictures(&post.text)?,
                language: post.language.clone().or_else(|| topic.language.clone()),
                written_at: None,
            },
        };
        let by = By::Member(find(&self.members, &post.by)?);
        written.posts.push(deed(operator, by, reply).await?.id);
        Ok(())
    }

    async fn edit(
        &self,
        operator: &Operator,
        topic: &Topic,
        written: &Written,
        number: usize,
        time: usize,
    ) -> Result<(), Error> {
        let post = &topic.posts[number];
        let edit = EditPost {
            post: written.posts[number],
            edit: protocol::EditPost {
                revision: i64::try_from(time + 1).unwrap_or(1),
                source: self.with_pictures(&post.edits[time].1)?,
            },
        };
        let by = By::Member(find(&self.members, &post.by)?);
        deed(operator, by, edit).await?;
        Ok(())
    }

    async fn close(
        &self,
        operator: &Operator,
        topic: &Topic,
        written: &Written,
    ) -> Result<(), Error> {
        let Some((_, by)) = &topic.closed else {
            return Ok(());
        };
        let edit = topic::EditTopic {
            topic: written.topic,
            edit: EditTopic {
                revision: written.revision,
                title: None,
                category: None,
                tags: None,
                is_closed: Some(true),
            },
        };
        deed(operator, By::Member(find(&self.members, by)?), edit).await?;
        Ok(())
    }

    /// Has the one who looks around read what is some days old, as they would have: what is left is new.
    async fn read_back(
        &self,
        operator: &Operator,
        clock: &DemoClock,
        topics: &[(Slug, Topic)],
        written: &BTreeMap<usize, Written>,
    ) -> Result<(), Error> {
        clock.set_back(LAST_READ);
        let name = MemberName::parse(VISITOR).context("the visitor's name is a name")?;
        let visitor = find(&self.members, &name)?;
        for (at, (category, topic)) in topics.iter().enumerate() {
            let Some(written) = written.get(&at) else {
                continue;
            };
            let is_read = |post: &Post| post.ago.get() > LAST_READ || post.by == name;
            let number = topic.posts.iter().rposition(is_read).map_or(0, |at| at + 1);
            // What only staff sees is not theirs to read.
            if number == 0 || self.of_staff.contains(category) {
                continue;
            }
            let mark = reading::MarkRead {
                topic: written.topic,
                mark: protocol::MarkRead::set(i64::try_from(number).unwrap_or(i64::MAX)),
            };
            deed(operator, By::Member(visitor), mark).await?;
        }
        Ok(())
    }

    /// Puts the names of pictures where they are named.
    fn with_pictures(&self, text: &PostSource) -> Result<PostSource, Error> {
        let mut source = text.as_str().to_owned();
        for (called, name) in &self.pictures {
            source = source.replace(&format!("(media:{called})"), &format!("(/media/{name})"));
        }
        let parsed = PostSource::parse(&source).context("a bundled post is too long");
        Ok(parsed?)
    }
}

fn rules(rules: &[(Audience, Level)]) -> Access {
    Access {
        rules: rules
            .iter()
            .map(|(audience, level)| AccessRule {
                audience: *audience,
                level: *level,
            })
            .collect(),
    }
}

/// Finds what a name of the bundled community stands for.
fn find<K: Ord + std::fmt::Display, V: Copy>(
    known: &BTreeMap<K, V>,
    name: &K,
) -> anyhow::Result<V> {
    known
        .get(name)
        .copied()
        .with_context(|| format!("the bundled community names \"{name}\", which it does not have"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::OsEntropy;
    use crate::config::{Config, Database};
    use crate::lifecycle::Lifecycle;
    use std::sync::Arc;

    #[tokio::test]
    async fn it_is_filled_once_and_in_order_of_time() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        let (lifecycle, clock) = (Lifecycle::new(), Arc::new(DemoClock::new()));
        let operator = Operator::open(&config, &lifecycle, clock.clone(), Arc::new(OsEntropy))
            .await
            .unwrap();
        let want: usize = Sample::read()
            .topics
            .iter()
            .map(|(_, topic)| topic.posts.len())
            .sum();
        for is_new in [true, false] {
            let filled = fill(&operator, &clock, folder.path(), Sample::read()).await;
            assert_eq!(filled.unwrap().is_some(), is_new);
        }
        drop(operator);
        lifecycle.finish(Duration::from_secs(10)).await;

        let Database::Sqlite(file) = config.database() else {
            panic!("expected SQLite")
        };
        let database = rusqlite::Connection::open(file).unwrap();
        let count = |sql: &str| {
            database
                .query_one(sql, [], |row| row.get::<_, usize>(0))
                .unwrap()
        };
        assert_eq!(count("select count(*) from post"), want);
        assert_eq!(count("select count(*) from topic where is_closed"), 1);
        assert!(count("select count(*) from post where edited_at is not null") >= 3);
        assert_eq!(
            count("select count(*) from post where source like '%(media:%'"),
            0
        );
        assert!(count("select count(*) from post where source like '%(/media/%'") >= 6);
        assert_eq!(
            count(
                // What is closed has numbers of its own.
                "select count(*) from post a join post b on a.id < b.id and a.created_at > b.created_at
                 and (a.id < 10000000000) = (b.id < 10000000000)"
            ),
            0
        );
    }
}
