// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Why something was refused.

use super::Capability;

/// Why something was refused. The code is stable; clients word it in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// It needs somebody who is signed in.
    #[error("this needs an account: sign in first")]
    SignedOut,
    /// The thing is not there, or not for this reader; the two cannot be told apart.
    #[error("there is no such thing here, or it is not open to you")]
    NotFound,
    /// The token was made for less than this.
    #[error("this token may not be used for that: it lacks \"{needs}\"")]
    TokenTooNarrow {
        /// What the token lacks.
        needs: Capability,
    },
    /// The category may be read, but not written in.
    #[error("you may read this category, but not write in it")]
    CategoryReadOnly,
    /// In this category one may answer, but not start topics.
    #[error("you may answer in this category, but not start topics in it")]
    CategoryNoTopics,
    /// The topic is closed.
    #[error("this topic is closed: nobody may reply any more")]
    TopicClosed,
    /// The topic is archived.
    #[error("this topic is archived: nothing in it can change any more")]
    TopicArchived,
    /// The post was hidden by moderation.
    #[error("this post was hidden by moderators")]
    PostHidden,
    /// Only the author may do that.
    #[error("only its author may do that")]
    NotAuthor,
    /// The first post cannot be removed while the topic stands.
    #[error("the first post cannot be removed: it is what the topic is about")]
    FirstPost,
    /// Only owners, administrators and moderators may do that.
    #[error("only staff may do that")]
    NotStaff,
    /// Only owners and administrators may do that.
    #[error("only administrators may do that")]
    NotAdministrator,
    /// The post it should answer is not in this topic.
    #[error("the post that it answers is not in this topic")]
    OtherTopic,
}

impl Denial {
    /// Returns the stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::NotFound => "not_found",
            Self::TokenTooNarrow { .. } => "token_too_narrow",
            Self::CategoryReadOnly => "category_read_only",
            Self::CategoryNoTopics => "category_no_topics",
            Self::TopicClosed => "topic_closed",
            Self::TopicArchived => "topic_archived",
            Self::PostHidden => "post_hidden",
            Self::NotAuthor => "not_author",
            Self::FirstPost => "first_post",
            Self::NotStaff => "not_staff",
            Self::NotAdministrator => "not_administrator",
            Self::OtherTopic => "other_topic",
        }
    }
}
