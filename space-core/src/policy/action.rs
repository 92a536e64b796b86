// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What people do, and the rule for each.

use super::tags::may_tag;
use super::{Action, Actor, Capability, Denial, Pace, level, may_read};
use crate::category::{Access, Level};
use crate::id::{CategoryId, MemberId, PostId, TopicId};
use crate::post::Post;
use crate::tag::Tags;
use crate::topic::Topic;

/// The facts about a topic that rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicContext {
    /// Who may do what in its category.
    pub access: Access,
    /// Who started it.
    pub author: MemberId,
    /// Whether nobody but staff may reply.
    pub is_closed: bool,
    /// Whether nothing in it may change.
    pub is_archived: bool,
    /// The tags that it has.
    pub tags: Tags,
}

impl TopicContext {
    /// Takes the facts from a topic, and who may do what in its category.
    pub fn of(topic: &Topic, access: Access) -> Self {
        Self {
            access,
            author: topic.author,
            is_closed: topic.is_closed,
            is_archived: topic.is_archived,
            tags: topic.tags.clone(),
        }
    }
}

/// The facts about a post that rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostContext {
    /// The topic it is in.
    pub topic: TopicContext,
    /// Who wrote it.
    pub author: MemberId,
    /// Whether it is the first of its topic.
    pub is_first: bool,
    /// Whether moderation hid it.
    pub is_hidden: bool,
}

impl PostContext {
    /// Takes the facts from a post, and those about its topic.
    pub fn of(post: &Post, topic: TopicContext) -> Self {
        Self {
            topic,
            author: post.author,
            is_first: post.number == 1,
            is_hidden: post.is_hidden,
        }
    }
}

/// The facts about a reply that its rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyContext {
    /// The topic it goes to.
    pub topic: TopicContext,
    /// The topic of the post that it answers, when it answers one that is there.
    pub answers_in: Option<TopicId>,
    /// What its author wrote lately.
    pub pace: Pace,
}

/// The facts about a new topic that its rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartContext {
    /// Who may do what in its category.
    pub access: Access,
    /// What its author wrote lately.
    pub pace: Pace,
}

/// Starting a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartTopic {
    /// Where.
    pub category: CategoryId,
    /// The tags that it gets.
    pub tags: Tags,
}

impl Action for StartTopic {
    type Context = StartContext;

    fn rule(&self, actor: &Actor, context: &StartContext) -> Result<(), Denial> {
        may_start_in(actor, &context.access)?;
        may_tag(&Tags::default(), &self.tags)?;
        context.pace.topic(actor)
    }
}

fn may_start_in(actor: &Actor, access: &Access) -> Result<(), Denial> {
    may_read(actor, access)?;
    actor.needs(Capability::Write)?;
    if actor.relayed().is_some() {
        return Err(Denial::VisitorNoTopics);
    }
    match level(actor, access) {
        Some(Level::Start) => Ok(()),
        Some(Level::Reply) => Err(Denial::CategoryNoTopics),
        Some(Level::Read) | None => Err(Denial::CategoryReadOnly),
    }
}

/// Replying in a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Where.
    pub topic: TopicId,
    /// To which post, when to one in particular.
    pub reply_to: Option<PostId>,
}

impl Action for Reply {
    type Context = ReplyContext;

    fn rule(&self, actor: &Actor, context: &ReplyContext) -> Result<(), Denial> {
        may_write(actor, &context.topic)?;
        actor.has_accepted()?;
        if context.topic.is_closed && !actor.is_staff() {
            return Err(Denial::TopicClosed);
        }
        // Whether the post is elsewhere or nowhere is not said: that would tell of posts that one may not see.
        if self.reply_to.is_some() && context.answers_in != Some(self.topic) {
            return Err(Denial::OtherTopic);
        }
        context.pace.reply(actor)
    }
}

/// Changing what a post says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditPost {
    /// Which post.
    pub post: PostId,
}

/// The facts about an edit that its rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditContext<T> {
    /// What is edited.
    pub of: T,
    /// What its editor wrote lately.
    pub pace: Pace,
}

impl Action for EditPost {
    type Context = EditContext<PostContext>;

    fn rule(&self, actor: &Actor, context: &Self::Context) -> Result<(), Denial> {
        let EditContext { of: post, pace } = context;
        may_write(actor, &post.topic)?;
        actor.has_accepted()?;
        // Not by staff either: it says nothing as long as it is hidden. They show it again first.
        if post.is_hidden {
            return Err(Denial::PostHidden);
        }
        author_or_staff(actor, post.author)?;
        pace.edit(actor)
    }
}

/// Removing a post. Its number stays empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletePost {
    /// Which post.
    pub post: PostId,
}

impl Action for DeletePost {
    type Context = PostContext;

    fn rule(&self, actor: &Actor, context: &PostContext) -> Result<(), Denial> {
        may_write(actor, &context.topic)?;
        author_or_staff(actor, context.author)?;
        if context.is_first {
            return Err(Denial::FirstPost);
        }
        // What moderators have hidden stays within their reach: with the post, its author would remove what was hidden, why
        // and by whom.
        if context.is_hidden && (!actor.is_staff() || actor.member() == Some(context.author)) {
            return Err(Denial::PostHidden);
        }
        Ok(())
    }
}

/// Changing a topic's title or tags, or moving it to another category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditTopic {
    /// Which topic.
    pub topic: TopicId,
    /// The category it moves to, with the access of that category.
    pub moves_to: Option<(CategoryId, Access)>,
    /// All tags that it has from then on, when they change.
    pub tags: Option<Tags>,
}

impl Action for EditTopic {
    type Context = EditContext<TopicContext>;

    fn rule(&self, actor: &Actor, context: &Self::Context) -> Result<(), Denial> {
        let EditContext { of: context, pace } = context;
        may_write(actor, context)?;
        author_or_staff(actor, context.author)?;
        if let Some(tags) = &self.tags {
            may_tag(&context.tags, tags)?;
        }
        if let Some((_, access)) = &self.moves_to {
            may_start_in(actor, access)?;
            // A topic holds the words of others: its author cannot publish what they wrote among themselves, nor take
            // from everybody what they wrote for everybody.
            let stays_open = context.access.is_open() && access.is_open();
            if !stays_open && !actor.is_staff() {
                return Err(Denial::NotStaff);
            }
        }
        pace.edit(actor)
    }
}

/// Closing or opening a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseTopic {
    /// Which topic.
    pub topic: TopicId,
    /// Whether it is closed afterwards.
    pub close: bool,
}

impl Action for CloseTopic {
    type Context = TopicContext;

    fn rule(&self, actor: &Actor, context: &TopicContext) -> Result<(), Denial> {
        may_read(actor, &context.access)?;
        actor.needs(Capability::Write)?;
        if context.is_archived {
            return Err(Denial::TopicArchived);
        }
        if actor.is_staff() {
            Ok(())
        } else {
            Err(Denial::NotStaff)
        }
    }
}

/// Remembering how far one has read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRead {
    /// Which topic.
    pub topic: TopicId,
}

impl Action for MarkRead {
    type Context = TopicContext;

    fn rule(&self, actor: &Actor, context: &TopicContext) -> Result<(), Denial> {
        may_read(actor, &context.access)?;
        actor.needs(Capability::Write)
    }
}

/// Putting a mark in a topic or post for oneself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutBookmark {
    /// The topic, or the topic of the post.
    pub topic: TopicId,
    /// The post, when not the topic as a whole is meant.
    pub post: Option<PostId>,
}

impl Action for PutBookmark {
    type Context = TopicContext;

    fn rule(&self, actor: &Actor, context: &TopicContext) -> Result<(), Denial> {
        may_read(actor, &context.access)?;
        actor.needs(Capability::Write)
    }
}

/// Taking one's own mark out. It is allowed where one may no longer read, too: the mark is one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoveBookmark {
    /// The topic or post.
    pub id: i64,
}

impl Action for RemoveBookmark {
    type Context = ();

    fn rule(&self, actor: &Actor, (): &()) -> Result<(), Denial> {
        actor.needs(Capability::Write)
    }
}

/// Counting everything until a moment as read for oneself, in a category or everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatchUp {
    /// The category; everywhere when absent.
    pub category: Option<CategoryId>,
}

impl Action for CatchUp {
    /// The access of the category, when it is about one.
    type Context = Option<Access>;

    fn rule(&self, actor: &Actor, access: &Option<Access>) -> Result<(), Denial> {
        if let Some(access) = access {
            may_read(actor, access)?;
        }
        actor.needs(Capability::Write)
    }
}

macro_rules! for_administrators {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name;

        impl Action for $name {
            type Context = ();

            fn rule(&self, actor: &Actor, (): &()) -> Result<(), Denial> {
                actor.needs(Capability::Manage)?;
                if actor.is_administrator() { Ok(()) } else { Err(Denial::NotAdministrator) }
            }
        }
    )*};
}

for_administrators! {
    /// Making and configuring categories.
    ManageCategories;
    /// Making groups, and saying who is in them.
    ManageGroups;
    /// Making accounts, giving passwords and roles.
    ManageMembers;
    /// Bringing in another forum.
    RunImport;
    /// Erasing what deleted posts said.
    PurgePosts;
}

/// Making, listing and revoking a member's tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ManageTokens {
    /// Whose tokens.
    pub of: MemberId,
}

impl Action for ManageTokens {
    type Context = ();

    fn rule(&self, actor: &Actor, (): &()) -> Result<(), Denial> {
        actor.needs(Capability::Manage)?;
        if actor.member() == Some(self.of) || matches!(actor, Actor::Operator) {
            Ok(())
        } else {
            Err(Denial::NotFound)
        }
    }
}

fn may_write(actor: &Actor, topic: &TopicContext) -> Result<(), Denial> {
    may_read(actor, &topic.access)?;
    actor.needs(Capability::Write)?;
    match level(actor, &topic.access) {
        Some(Level::Reply | Level::Start) if actor.member().is_some() => {}
        _ => return Err(Denial::CategoryReadOnly),
    }
    if topic.is_archived {
        Err(Denial::TopicArchived)
    } else {
        Ok(())
    }
}

fn author_or_staff(actor: &Actor, author: MemberId) -> Result<(), Denial> {
    if actor.member() == Some(author) || actor.is_staff() {
        Ok(())
    } else {
        Err(Denial::NotAuthor)
    }
}
