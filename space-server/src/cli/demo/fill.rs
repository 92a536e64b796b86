// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Puts the bundled community into an empty store, as its members would have written it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context;
use space_core::protocol::{CreateCategory, CreateGroup, EditTopic, StartTopic};
use space_core::text::{MemberName, Slug};
use space_core::{Access, CategoryId, GroupId, MemberId, MemberKind, PostId, Role, TopicId};

use super::clock::DemoClock;
use super::sample::{Community, Post, Sample, Topic};
use super::{Error, PASSWORD};
use crate::operator::{NewAccount, Operator, OperatorError};
use crate::store::actor::By;
use crate::writer::commands::group::SetGroupMember;
use crate::writer::commands::post::Reply;
use crate::writer::commands::topic;
use crate::writer::{Deed, Signed};

/// How long before the first post the community began.
const BEFORE: Duration = Duration::from_hours(24);

/// Fills the store; does nothing when there is a space already.
pub(super) async fn fill(
    operator: &Operator,
    clock: &DemoClock,
    sample: Sample,
) -> Result<(), Error> {
    let Sample { community, topics } = sample;
    let posts = topics.iter().flat_map(|topic| &topic.posts);
    let first = posts.map(|post| post.ago.get()).max().unwrap_or_default();
    clock.set_back(first + BEFORE);
    if !operator
        .init(community.name.clone(), community.about.clone())
        .await?
    {
        return Ok(());
    }
    let frame = Frame::make(operator, community).await?;

    // In the order in which it was written, through all topics.
    let mut numbered: Vec<(Reverse<Duration>, usize, usize)> = Vec::new();
    for (at, topic) in topics.iter().enumerate() {
        for (number, post) in topic.posts.iter().enumerate() {
            numbered.push((Reverse(post.ago.get()), at, number));
        }
    }
    numbered.sort_unstable();
    let mut written: BTreeMap<usize, Written> = BTreeMap::new();
    for (Reverse(ago), at, number) in numbered {
        clock.set_back(ago);
        let (sample, post) = (&topics[at], &topics[at].posts[number]);
        let topic = match written.remove(&at) {
            None => frame.start(operator, sample, post).await?,
            Some(topic) => frame.reply(operator, topic, post).await?,
        };
        if sample.is_closed && topic.posts.len() == sample.posts.len() {
            frame.close(operator, &topic).await?;
        }
        written.insert(at, topic);
    }
    Ok(())
}

/// The names of the community and what became of them.
struct Frame {
    members: BTreeMap<MemberName, MemberId>,
    categories: BTreeMap<Slug, CategoryId>,
    moderator: MemberId,
}

/// A topic that was started, and its posts so far.
struct Written {
    topic: TopicId,
    revision: i64,
    posts: Vec<PostId>,
}

async fn deed<D: Deed>(operator: &Operator, by: By, deed: D) -> Result<D::Reply, Error> {
    let signed = Signed {
        by,
        key: None,
        deed,
    };
    let done = operator.writer.submit(signed).await;
    Ok(done.map_err(OperatorError::from)?)
}

impl Frame {
    async fn make(operator: &Operator, community: Community) -> Result<Self, Error> {
        let mut members = BTreeMap::new();
        let mut moderator = None;
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
            if made.roles.contains(&Role::Moderator) {
                moderator = Some(made.id);
            }
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
        for category in community.categories {
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
                access: match &category.closed_to {
                    Some(group) => Some(Access::closed_to(find(&groups, group)?)),
                    None => None,
                },
            };
            let made = deed(operator, By::Operator, new).await?;
            categories.insert(made.slug, made.id);
        }
        Ok(Self {
            members,
            categories,
            moderator: moderator.context("the bundled community has no moderator")?,
        })
    }

    async fn start(
        &self,
        operator: &Operator,
        topic: &Topic,
        post: &Post,
    ) -> Result<Written, Error> {
        let start = StartTopic {
            category: find(&self.categories, &topic.category)?,
            title: topic.title.clone(),
            source: post.text.clone(),
            language: topic.language.clone().or_else(|| post.language.clone()),
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
        mut written: Written,
        post: &Post,
    ) -> Result<Written, Error> {
        let answers = post.answers.map(|number| {
            let answered = number.checked_sub(1).and_then(|at| written.posts.get(at));
            answered.copied().with_context(|| {
                format!("a bundled post answers post {number}, which is not there")
            })
        });
        let reply = Reply {
            topic: written.topic,
            reply: space_core::protocol::Reply {
                reply_to: answers.transpose()?,
                source: post.text.clone(),
                language: post.language.clone(),
                written_at: None,
            },
        };
        let by = By::Member(find(&self.members, &post.by)?);
        written.posts.push(deed(operator, by, reply).await?.id);
        Ok(written)
    }

    async fn close(&self, operator: &Operator, written: &Written) -> Result<(), Error> {
        let edit = topic::EditTopic {
            topic: written.topic,
            edit: EditTopic {
                revision: written.revision,
                title: None,
                category: None,
                is_closed: Some(true),
            },
        };
        deed(operator, By::Member(self.moderator), edit).await?;
        Ok(())
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
            .map(|topic| topic.posts.len())
            .sum();
        for _ in 0..2 {
            fill(&operator, &clock, Sample::read()).await.unwrap();
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
        assert_eq!(
            count(
                "select count(*) from post a join post b on a.id < b.id and a.created_at > b.created_at"
            ),
            0
        );
    }
}
