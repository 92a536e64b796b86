// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Why something was refused.

use std::time::Duration;

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
    /// A topic takes so many tags, and no more.
    #[error(
        "a topic may have {} tags at most: take one away first",
        super::TAGS_OF_A_TOPIC
    )]
    TooManyTags,
    /// The tag is longer than what members may give.
    #[error(
        "a tag may have {} characters at most: choose a shorter one",
        super::TAG_LENGTH
    )]
    TagTooLong,
    /// The post it should answer is not in this topic.
    #[error("the post that it answers is not in this topic")]
    OtherTopic,
    /// A bridge acts for somebody who has not accepted the code of conduct in force.
    #[error("before writing here one accepts the code of conduct")]
    CodeNotAccepted,
    /// Whoever comes through a bridge answers, and does not start topics.
    #[error("from another network one may answer here, but not start topics")]
    VisitorNoTopics,
    /// Only a bridge may do that, with a token of a bot.
    #[error("only a bridge may do that: its token belongs to the account of a bot")]
    NotBridge,
    /// A bridge may act for visitors alone.
    #[error("a bridge may act for visitors whom it has brought, and nobody else")]
    NotVisitor,
    /// Another bridge brings the people of this network.
    #[error("this network belongs to another bridge")]
    OtherNetwork,
    /// It is about a post of one's own.
    #[error("this is your own post: about that, somebody else has to say something")]
    OwnPost,
    /// One has reported it already.
    #[error("you have reported this already, and moderators will look at it")]
    AlreadyReported,
    /// No moderator could read the report: the author of the post would be the only one.
    #[error("this report was not filed: no moderator other than the author could read it")]
    NoModerator,
    /// Talking to somebody makes no report.
    #[error("talking to the author makes no report: answer them in the topic")]
    TalkIsNoReport,
    /// The reason alone does not say what is meant.
    #[error("this reason needs a comment: say in your own words what is wrong")]
    CommentNeeded,
    /// So many reports are not taken in such a time.
    #[error("you have reported much in a short time")]
    TooManyReports {
        /// After how many seconds there is room for another.
        retry_after_s: u64,
    },
    /// The last post was too short a time ago.
    #[error("you are posting too fast")]
    TooFast {
        /// After how many seconds it may be tried again.
        retry_after_s: u64,
    },
    /// The day has its share already.
    #[error("you have reached the limit for one day")]
    DailyLimit {
        /// After how many seconds it may be tried again.
        retry_after_s: u64,
    },
    /// The same author wrote the same text a moment ago.
    #[error("you posted this text a moment ago")]
    SameText {
        /// After how many seconds it may be tried again.
        retry_after_s: u64,
    },
    /// The network, the bridge or the address has its share already.
    #[error("too much comes from this network, bridge or address at the moment")]
    CrowdLimit {
        /// After how many seconds it may be tried again.
        retry_after_s: u64,
    },
    /// The post is not hidden.
    #[error("this post is not hidden")]
    NotHidden,
    /// The case was decided already.
    #[error("this case was decided already")]
    CaseDecided,
    /// There is no decision to correct.
    #[error("this case is still open: there is no decision to correct")]
    CaseOpen,
    /// The account is blocked.
    #[error("this account is blocked")]
    AccountBlocked,
    /// The account is the actor's own.
    #[error("you cannot block your own account")]
    OwnAccount,
    /// The account belongs to an owner.
    #[error("only an owner may do that to an owner")]
    NotOwner,
    /// Nobody could act as an owner any more.
    #[error("this is the only owner who can sign in")]
    OnlyOwner,
    /// The token would end later than the token that it is made with.
    #[error("a token cannot end later than the token that it is made with")]
    TokenTooLong,
    /// A member has so many tokens, and no more.
    #[error(
        "an account may have {} tokens at most: revoke one first",
        super::TOKENS_OF_A_MEMBER
    )]
    TooManyTokens,
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
            Self::TooManyTags => "too_many_tags",
            Self::TagTooLong => "tag_too_long",
            Self::OtherTopic => "other_topic",
            Self::CodeNotAccepted => "code_not_accepted",
            Self::VisitorNoTopics => "visitor_no_topics",
            Self::NotBridge => "not_bridge",
            Self::NotVisitor => "not_visitor",
            Self::OtherNetwork => "other_network",
            Self::OwnPost => "own_post",
            Self::AlreadyReported => "already_reported",
            Self::NoModerator => "no_moderator",
            Self::TalkIsNoReport => "talk_is_no_report",
            Self::CommentNeeded => "comment_needed",
            Self::TooManyReports { .. } => "too_many_reports",
            Self::TooFast { .. } => "too_fast",
            Self::DailyLimit { .. } => "daily_limit",
            Self::SameText { .. } => "same_text",
            Self::CrowdLimit { .. } => "crowd_limit",
            Self::NotHidden => "not_hidden",
            Self::CaseDecided => "case_decided",
            Self::CaseOpen => "case_open",
            Self::AccountBlocked => "account_blocked",
            Self::OwnAccount => "own_account",
            Self::NotOwner => "not_owner",
            Self::OnlyOwner => "only_owner",
            Self::TokenTooLong => "token_too_long",
            Self::TooManyTokens => "too_many_tokens",
        }
    }

    /// Returns how long to wait, when the same thing may be done later: a limit of pace refuses nothing for good.
    pub fn retry_after(self) -> Option<Duration> {
        match self {
            Self::TooManyReports { retry_after_s }
            | Self::TooFast { retry_after_s }
            | Self::DailyLimit { retry_after_s }
            | Self::SameText { retry_after_s }
            | Self::CrowdLimit { retry_after_s } => Some(Duration::from_secs(retry_after_s)),
            _ => None,
        }
    }
}
