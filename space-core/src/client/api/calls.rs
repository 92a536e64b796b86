// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One method per call.

use reqwest::Method;
use serde::Serialize;

use super::{Api, ApiError, IdempotencyKey};
use crate::bookmark::Bookmark;
use crate::category::Category;
use crate::group::Group;
use crate::id::{CategoryId, GroupId, MemberId, PostId, TokenId, TopicId};
use crate::post::Post;
use crate::protocol::{
    AskForCode, AskForToken, CatchUp, CaughtUpBefore, ChangePassword, ChangeTags, CreateCategory,
    CreateGroup, CreateToken, DeviceCodes, EditPost, EditTopic, Hello, LogIn, MarkRead, NewToken,
    PostPage, PutBookmark, Reply, Session, SetAccess, SignedOut, StartTopic, StartedTopic, TagPage,
    TokenLine, TopicPage, Whoami,
};
use crate::tag::Tag;
use crate::topic::{ReadPosition, Topic};

/// Which topics to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TopicsRequest {
    /// Of this category alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryId>,
    /// With this tag alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// Those after the mark that the page before gave as `next`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// This many at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Which tags to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TagsRequest {
    /// Those after the one that the page before gave as `next`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Tag>,
    /// This many at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Which posts of a topic to read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PostsRequest {
    /// From this number on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// This many at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

pub(super) const NOTHING: [(&str, &str); 0] = [];

impl Api {
    /// Asks a server who it is.
    pub async fn hello(&self) -> Result<Hello, ApiError> {
        self.get("asking the server who it is", "space", &NOTHING)
            .await
    }

    /// Signs in. The answer holds a token; give it to [`Api::with_token`].
    pub async fn log_in(&self, who: &LogIn) -> Result<Session, ApiError> {
        self.command("signing in", Method::POST, "login", who, None)
            .await
    }

    /// Asks for a code that a member types into a page of the server; see [`sign_in`](crate::client::sign_in).
    pub async fn ask_for_code(&self, what: &AskForCode) -> Result<DeviceCodes, ApiError> {
        let doing = "asking for a code to sign in with";
        self.command(doing, Method::POST, "login/device", what, None)
            .await
    }

    /// Asks whether the member has let the program in. The problems are those of RFC 8628.
    pub async fn ask_for_token(&self, device_code: &str) -> Result<Session, ApiError> {
        let what = AskForToken {
            device_code: device_code.to_owned(),
        };
        let doing = "asking whether the log-in was allowed";
        self.command(doing, Method::POST, "login/device/token", &what, None)
            .await
    }

    /// Signs out: the token is no longer valid afterwards.
    pub async fn log_out(&self) -> Result<(), ApiError> {
        self.order("signing out", Method::POST, "logout", None)
            .await
    }

    /// Asks whose token this is.
    pub async fn me(&self) -> Result<Whoami, ApiError> {
        self.get("asking who one is", "me", &NOTHING).await
    }

    /// Lists one's tokens.
    pub async fn tokens(&self) -> Result<Vec<TokenLine>, ApiError> {
        self.get("listing tokens", "tokens", &NOTHING).await
    }

    /// Makes a token.
    pub async fn create_token(
        &self,
        command: &CreateToken,
        key: &IdempotencyKey,
    ) -> Result<NewToken, ApiError> {
        self.command("making a token", Method::POST, "tokens", command, Some(key))
            .await
    }

    /// Chooses another password for oneself, and says how many tokens that ended.
    pub async fn change_password(&self, change: &ChangePassword) -> Result<SignedOut, ApiError> {
        let doing = "changing the password";
        self.command(doing, Method::PUT, "me/password", change, None)
            .await
    }

    /// Makes a token invalid.
    pub async fn revoke_token(&self, token: TokenId, key: &IdempotencyKey) -> Result<(), ApiError> {
        self.order(
            "revoking a token",
            Method::DELETE,
            &format!("tokens/{token}"),
            Some(key),
        )
        .await
    }

    /// Lists topics, latest activity first.
    pub async fn topics(&self, request: &TopicsRequest) -> Result<TopicPage, ApiError> {
        self.get("listing topics", "topics", request).await
    }

    /// Lists tags in the order of their characters, with how many topics have each.
    pub async fn tags(&self, request: &TagsRequest) -> Result<TagPage, ApiError> {
        self.get("listing tags", "tags", request).await
    }

    /// Reads posts of a topic, in order.
    pub async fn posts_of(
        &self,
        topic: TopicId,
        request: &PostsRequest,
    ) -> Result<PostPage, ApiError> {
        self.get("reading a topic", &format!("topics/{topic}"), request)
            .await
    }

    /// Reads one post.
    pub async fn post(&self, post: PostId) -> Result<Post, ApiError> {
        self.get("reading a post", &format!("posts/{post}"), &NOTHING)
            .await
    }

    /// Starts a topic.
    pub async fn start_topic(
        &self,
        command: &StartTopic,
        key: &IdempotencyKey,
    ) -> Result<StartedTopic, ApiError> {
        self.command(
            "starting a topic",
            Method::POST,
            "topics",
            command,
            Some(key),
        )
        .await
    }

    /// Replies in a topic.
    pub async fn reply(
        &self,
        topic: TopicId,
        command: &Reply,
        key: &IdempotencyKey,
    ) -> Result<Post, ApiError> {
        let path = format!("topics/{topic}/posts");
        self.command("replying", Method::POST, &path, command, Some(key))
            .await
    }

    /// Changes a post. When somebody else changed it since, the problem `conflict` has both texts.
    pub async fn edit_post(
        &self,
        post: PostId,
        command: &EditPost,
        key: &IdempotencyKey,
    ) -> Result<Post, ApiError> {
        let path = format!("posts/{post}");
        self.command("changing a post", Method::PUT, &path, command, Some(key))
            .await
    }

    /// Removes a post.
    pub async fn delete_post(&self, post: PostId, key: &IdempotencyKey) -> Result<(), ApiError> {
        self.order(
            "removing a post",
            Method::DELETE,
            &format!("posts/{post}"),
            Some(key),
        )
        .await
    }

    /// Retitles, tags, moves, closes or opens a topic.
    pub async fn edit_topic(
        &self,
        topic: TopicId,
        command: &EditTopic,
        key: &IdempotencyKey,
    ) -> Result<Topic, ApiError> {
        let path = format!("topics/{topic}");
        self.command("changing a topic", Method::PATCH, &path, command, Some(key))
            .await
    }

    /// Gives a topic tags, and takes tags from it.
    pub async fn change_tags(
        &self,
        topic: TopicId,
        command: &ChangeTags,
        key: &IdempotencyKey,
    ) -> Result<Topic, ApiError> {
        let path = format!("topics/{topic}/tags");
        self.command("tagging a topic", Method::PATCH, &path, command, Some(key))
            .await
    }

    /// Remembers how far one has read a topic.
    pub async fn mark_read(
        &self,
        topic: TopicId,
        command: &MarkRead,
        key: &IdempotencyKey,
    ) -> Result<ReadPosition, ApiError> {
        let path = format!("topics/{topic}/read");
        self.command(
            "marking a topic as read",
            Method::PUT,
            &path,
            command,
            Some(key),
        )
        .await
    }

    /// Counts everything until a moment as read. The answer undoes it, sent as the next such command.
    pub async fn catch_up(
        &self,
        command: &CatchUp,
        key: &IdempotencyKey,
    ) -> Result<CaughtUpBefore, ApiError> {
        self.command("catching up", Method::PUT, "caught-up", command, Some(key))
            .await
    }

    /// Puts a bookmark in a topic or post.
    pub async fn put_bookmark(
        &self,
        id: i64,
        command: &PutBookmark,
        key: &IdempotencyKey,
    ) -> Result<Bookmark, ApiError> {
        let path = format!("bookmarks/{id}");
        self.command("bookmarking", Method::PUT, &path, command, Some(key))
            .await
    }

    /// Takes the bookmark out of a topic or post.
    pub async fn remove_bookmark(&self, id: i64, key: &IdempotencyKey) -> Result<(), ApiError> {
        let path = format!("bookmarks/{id}");
        self.order("removing a bookmark", Method::DELETE, &path, Some(key))
            .await
    }

    /// Makes a category.
    pub async fn create_category(
        &self,
        command: &CreateCategory,
        key: &IdempotencyKey,
    ) -> Result<Category, ApiError> {
        self.command(
            "making a category",
            Method::POST,
            "categories",
            command,
            Some(key),
        )
        .await
    }

    /// Opens or closes a category.
    pub async fn set_access(
        &self,
        category: CategoryId,
        command: &SetAccess,
        key: &IdempotencyKey,
    ) -> Result<Category, ApiError> {
        let path = format!("categories/{category}/access");
        self.command(
            "changing who may read a category",
            Method::PUT,
            &path,
            command,
            Some(key),
        )
        .await
    }

    /// Makes a group.
    pub async fn create_group(
        &self,
        command: &CreateGroup,
        key: &IdempotencyKey,
    ) -> Result<Group, ApiError> {
        self.command("making a group", Method::POST, "groups", command, Some(key))
            .await
    }

    /// Puts a member in a group.
    pub async fn put_in_group(
        &self,
        group: GroupId,
        member: MemberId,
        key: &IdempotencyKey,
    ) -> Result<(), ApiError> {
        let path = format!("groups/{group}/members/{member}");
        self.order("putting a member in a group", Method::PUT, &path, Some(key))
            .await
    }

    /// Takes a member out of a group.
    pub async fn take_out_of_group(
        &self,
        group: GroupId,
        member: MemberId,
        key: &IdempotencyKey,
    ) -> Result<(), ApiError> {
        let path = format!("groups/{group}/members/{member}");
        self.order(
            "taking a member out of a group",
            Method::DELETE,
            &path,
            Some(key),
        )
        .await
    }
}
