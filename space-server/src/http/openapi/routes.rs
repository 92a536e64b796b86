// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What each address takes and answers. Whoever adds a route adds it here; a test says so.

use schemars::{Schema, SchemaGenerator};
use space_core::protocol::{
    AcceptCode, AskForCode, AskForToken, CasePage, CatchUp, CaughtUpBefore, ChangePassword,
    ChangeTags, CreateCategory, CreateGroup, CreateReport, CreateToken, Cursor, DecideCase,
    DeviceCodes, EditPost, EditTopic, FeedMode, FeedOlder, FeedOrder, Hello, HidePost, Hidings,
    LogIn, MarkRead, MeetVisitor, NewToken, PostPage, ProblemCode, PutBookmark, Reply,
    ReportReceipt, Session, SetAccess, SignedOut, StartTopic, StartedTopic, TagPage, TokenLine,
    TopicPage, Whoami,
};
use space_core::{
    Bookmark, Case, CaseId, CaseState, Category, CategoryId, Code, Group, HiddenPost, Post,
    ReadPosition, Scope, Tag, Topic, Visitor,
};

use super::of;
use crate::http::health::Readiness;

type Make = fn(&mut SchemaGenerator) -> Schema;

/// What an answer is.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Json(Make),
    Text,
    Picture,
    Feed,
}

/// One method of one address.
pub(super) struct Operation {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    /// Its name, for programs that make code of the document.
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// Whether it needs no token.
    pub(super) is_open: bool,
    /// Whether it takes an idempotency key.
    pub(super) is_command: bool,
    pub(super) query: &'static [Query],
    pub(super) body: Option<Make>,
    pub(super) status: u16,
    pub(super) answer: Shape,
    /// Problems that are its own, besides those that every address has.
    pub(super) problems: &'static [ProblemCode],
}

/// A parameter behind the question mark.
pub(super) struct Query {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) schema: Make,
}

const fn read(
    path: &'static str,
    name: &'static str,
    about: &'static str,
    answer: Make,
) -> Operation {
    Operation {
        method: "GET",
        path,
        name,
        about,
        is_open: true,
        is_command: false,
        query: &[],
        body: None,
        status: 200,
        answer: Shape::Json(answer),
        problems: &[],
    }
}

const fn command(
    method: &'static str,
    path: &'static str,
    name: &'static str,
    about: &'static str,
    body: Option<Make>,
    answer: Make,
    problems: &'static [ProblemCode],
) -> Operation {
    Operation {
        method,
        path,
        name,
        about,
        is_open: false,
        is_command: true,
        query: &[],
        body,
        status: 200,
        answer: Shape::Json(answer),
        problems,
    }
}

impl Operation {
    /// Only for somebody who is signed in.
    const fn signed_in(mut self, problems: &'static [ProblemCode]) -> Self {
        self.is_open = false;
        self.problems = problems;
        self
    }

    /// Also without a token, and then without a key: there is nobody it could belong to.
    const fn open(mut self) -> Self {
        self.is_open = true;
        self.is_command = false;
        self
    }

    const fn creates(mut self) -> Self {
        self.status = 201;
        self
    }

    const fn query(mut self, query: &'static [Query]) -> Self {
        self.query = query;
        self
    }

    const fn may_fail(mut self, problems: &'static [ProblemCode]) -> Self {
        self.problems = problems;
        self
    }
}

const SIGNED_IN: &[ProblemCode] = &[ProblemCode::SignedOut, ProblemCode::Denied];
const WRITE: &[ProblemCode] = &[
    ProblemCode::Invalid,
    ProblemCode::SignedOut,
    ProblemCode::Denied,
    ProblemCode::NotFound,
    ProblemCode::TooLarge,
    ProblemCode::NotJson,
    ProblemCode::KeyReused,
    ProblemCode::Unavailable,
];
const EDIT: &[ProblemCode] = &[
    ProblemCode::Invalid,
    ProblemCode::SignedOut,
    ProblemCode::Denied,
    ProblemCode::NotFound,
    ProblemCode::Conflict,
    ProblemCode::TooLarge,
    ProblemCode::NotJson,
    ProblemCode::KeyReused,
    ProblemCode::Unavailable,
];
const HIDE: &[ProblemCode] = &[
    ProblemCode::Invalid,
    ProblemCode::SignedOut,
    ProblemCode::Denied,
    ProblemCode::NotFound,
    ProblemCode::TooLarge,
    ProblemCode::NotJson,
    ProblemCode::KeyReused,
    ProblemCode::NoSuchClause,
    ProblemCode::Unavailable,
];
const DECIDE: &[ProblemCode] = &[
    ProblemCode::Invalid,
    ProblemCode::SignedOut,
    ProblemCode::Denied,
    ProblemCode::NotFound,
    ProblemCode::Conflict,
    ProblemCode::TooLarge,
    ProblemCode::NotJson,
    ProblemCode::KeyReused,
    ProblemCode::NoSuchClause,
    ProblemCode::Unavailable,
];
const MAKE: &[ProblemCode] = &[
    ProblemCode::Invalid,
    ProblemCode::SignedOut,
    ProblemCode::Denied,
    ProblemCode::Taken,
    ProblemCode::TooLarge,
    ProblemCode::NotJson,
    ProblemCode::KeyReused,
    ProblemCode::Unavailable,
];
const PASSWORD: &[ProblemCode] = &[
    ProblemCode::Invalid,
    ProblemCode::SignedOut,
    ProblemCode::WrongPassword,
    ProblemCode::Denied,
    ProblemCode::NotFound,
    ProblemCode::TooLarge,
    ProblemCode::NotJson,
    ProblemCode::TooMany,
    ProblemCode::Unavailable,
];
const LOG_IN: &[ProblemCode] = &[
    ProblemCode::Invalid,
    ProblemCode::WrongPassword,
    ProblemCode::Denied,
    ProblemCode::NotJson,
    ProblemCode::TooMany,
];

const REPORT: &[ProblemCode] = &[
    ProblemCode::Invalid,
    ProblemCode::SignedOut,
    ProblemCode::Denied,
    ProblemCode::NotFound,
    ProblemCode::TooLarge,
    ProblemCode::NotJson,
    ProblemCode::KeyReused,
    ProblemCode::TooMany,
    ProblemCode::Unavailable,
];

const CASES: &[Query] = &[
    Query {
        name: "state",
        about: "Only those in this state.",
        schema: of::<CaseState>,
    },
    Query {
        name: "after",
        about: "The `next` of the page before.",
        schema: of::<CaseId>,
    },
    LIMIT,
];

const LIMIT: Query = Query {
    name: "limit",
    about: "How many at most; the server may give fewer.",
    schema: of::<Option<u32>>,
};

/// Every operation, in the order in which the document shows them.
pub(super) const OPERATIONS: &[Operation] = &[
    read("/v1/space", "readSpace", "What this community is, and which version serves it.", of::<Hello>),
    read("/v1/openapi.json", "readDescription", "This document.", of::<serde_json::Map<String, serde_json::Value>>),
    Operation {
        answer: Shape::Feed,
        problems: &[
            ProblemCode::Invalid,
            ProblemCode::SignedOut,
            ProblemCode::Denied,
            ProblemCode::NotFound,
            ProblemCode::CursorGone,
        ],
        ..read("/v1/feed", "readFeed", "Everything that changes: from zero, or from a cursor. With `Accept: text/event-stream`, or as a WebSocket, it follows.", of::<()>)
    }
    .query(&[
        Query {
            name: "since",
            about: "Where to go on; from zero when absent.",
            schema: of::<Cursor>,
        },
        Query {
            name: "mode",
            about: "`page` answers at once, `wait` as soon as there is something, `follow` never ends.",
            schema: of::<FeedMode>,
        },
        LIMIT,
        Query {
            name: "scope",
            about: "Only this scope.",
            schema: of::<Scope>,
        },
        Query {
            name: "kinds",
            about: "Only these kinds, with commas between.",
            schema: of::<String>,
        },
        Query {
            name: "order",
            about: "In which order a read from zero goes.",
            schema: of::<FeedOrder>,
        },
        Query {
            name: "older",
            about: "Whether a read with the newest first goes on to what is older.",
            schema: of::<FeedOlder>,
        },
    ]),
    command("POST", "/v1/login", "logIn", "Signs in with name and password.", Some(of::<LogIn>), of::<Session>, LOG_IN).open(),
    command("POST", "/v1/login/device", "askForCode", "Begins to sign in by a code that is typed into a page (RFC 8628).", Some(of::<AskForCode>), of::<DeviceCodes>, &[ProblemCode::Invalid, ProblemCode::NotJson, ProblemCode::TooMany]).open(),
    command("POST", "/v1/login/device/token", "askForToken", "Asks whether the code was typed and allowed.", Some(of::<AskForToken>), of::<Session>, &[
        ProblemCode::Invalid,
        ProblemCode::AuthorizationPending,
        ProblemCode::SlowDown,
        ProblemCode::AccessDenied,
        ProblemCode::ExpiredToken,
        ProblemCode::NotJson,
    ]).open(),
    command("POST", "/v1/logout", "logOut", "Ends the token that asks.", None, of::<()>, SIGNED_IN),
    read("/v1/me", "readMe", "Who one is, and what the token may be used for.", of::<Whoami>).signed_in(SIGNED_IN),
    Operation {
        is_command: false,
        ..command("PUT", "/v1/me/password", "changePassword", "Chooses another password for oneself. It takes no idempotency key.", Some(of::<ChangePassword>), of::<SignedOut>, PASSWORD)
    },
    read("/v1/tokens", "listTokens", "One's tokens, without the tokens.", of::<Vec<TokenLine>>).signed_in(SIGNED_IN),
    command("POST", "/v1/tokens", "createToken", "Makes a token.", Some(of::<CreateToken>), of::<NewToken>, WRITE),
    command("DELETE", "/v1/tokens/{id}", "revokeToken", "Ends a token.", None, of::<()>, WRITE),
    read("/v1/categories", "listCategories", "All categories that one may see.", of::<Vec<Category>>).may_fail(SIGNED_IN),
    command("POST", "/v1/categories", "createCategory", "Makes a category.", Some(of::<CreateCategory>), of::<Category>, MAKE),
    command("PUT", "/v1/categories/{id}/access", "setAccess", "Opens or closes a category.", Some(of::<SetAccess>), of::<Category>, WRITE),
    command("POST", "/v1/groups", "createGroup", "Makes a group.", Some(of::<CreateGroup>), of::<Group>, MAKE),
    command("PUT", "/v1/groups/{id}/members/{member}", "putInGroup", "Puts a member in a group.", None, of::<()>, WRITE),
    command("DELETE", "/v1/groups/{id}/members/{member}", "takeOutOfGroup", "Takes a member out of a group.", None, of::<()>, WRITE),
    read("/v1/topics", "listTopics", "Topics, latest activity first.", of::<TopicPage>)
        .query(&[
            Query {
                name: "category",
                about: "Only of this category.",
                schema: of::<CategoryId>,
            },
            Query {
                name: "tag",
                about: "Only with this tag.",
                schema: of::<Tag>,
            },
            Query {
                name: "before",
                about: "The `next` of the page before.",
                schema: of::<String>,
            },
            LIMIT,
        ])
        .may_fail(&[ProblemCode::Invalid, ProblemCode::SignedOut, ProblemCode::NotFound]),
    command("POST", "/v1/topics", "startTopic", "Starts a topic.", Some(of::<StartTopic>), of::<StartedTopic>, WRITE).creates(),
    read("/v1/topics/{id}", "readTopic", "A page of a topic, in order.", of::<PostPage>)
        .query(&[
            Query {
                name: "from",
                about: "The number of the first post.",
                schema: of::<i64>,
            },
            LIMIT,
        ])
        .may_fail(&[ProblemCode::Invalid, ProblemCode::SignedOut, ProblemCode::NotFound]),
    command("PATCH", "/v1/topics/{id}", "editTopic", "Retitles, tags, moves, closes or opens a topic.", Some(of::<EditTopic>), of::<Topic>, EDIT),
    command("POST", "/v1/topics/{id}/posts", "reply", "Replies in a topic.", Some(of::<Reply>), of::<Post>, WRITE).creates(),
    command("PATCH", "/v1/topics/{id}/tags", "changeTags", "Gives a topic tags, and takes tags from it.", Some(of::<ChangeTags>), of::<Topic>, WRITE),
    read("/v1/tags", "listTags", "Tags of the topics that one may see, in the order of their characters.", of::<TagPage>)
        .query(&[
            Query {
                name: "after",
                about: "The `next` of the page before.",
                schema: of::<Tag>,
            },
            LIMIT,
        ])
        .may_fail(&[ProblemCode::Invalid, ProblemCode::SignedOut]),
    command("PUT", "/v1/topics/{id}/read", "markRead", "Remembers how far one has read a topic.", Some(of::<MarkRead>), of::<ReadPosition>, WRITE),
    command("PUT", "/v1/caught-up", "catchUp", "Counts everything until a moment as read.", Some(of::<CatchUp>), of::<CaughtUpBefore>, WRITE),
    command("PUT", "/v1/bookmarks/{id}", "putBookmark", "Puts a mark in a topic or post.", Some(of::<PutBookmark>), of::<Bookmark>, WRITE),
    command("DELETE", "/v1/bookmarks/{id}", "removeBookmark", "Takes a mark out.", None, of::<()>, WRITE),
    read("/v1/posts/{id}", "readPost", "A post.", of::<Post>).may_fail(&[ProblemCode::SignedOut, ProblemCode::NotFound]),
    command("PUT", "/v1/posts/{id}", "editPost", "Changes a post.", Some(of::<EditPost>), of::<Post>, EDIT),
    command("DELETE", "/v1/posts/{id}", "removePost", "Deletes a post.", None, of::<()>, WRITE),
    read("/v1/code", "readCode", "The code of conduct in force.", of::<Code>),
    command("POST", "/v1/me/acceptance", "acceptCode", "Accepts the code of conduct.", Some(of::<AcceptCode>), of::<Code>, WRITE),
    command("PUT", "/v1/visitors", "meetVisitor", "Finds or makes the account of somebody known from a chat network.", Some(of::<MeetVisitor>), of::<Visitor>, WRITE),
    command("POST", "/v1/visitors/{id}/acceptance", "acceptCodeFor", "Tells that a visitor has accepted the code of conduct.", Some(of::<AcceptCode>), of::<Visitor>, WRITE),
    command("POST", "/v1/posts/{id}/report", "reportPost", "Reports a post; nobody learns who did.", Some(of::<CreateReport>), of::<ReportReceipt>, REPORT).creates(),
    read("/v1/posts/{id}/hidden", "readHiddenPost", "What a hidden post says, for those who may read it.", of::<HiddenPost>).signed_in(&[ProblemCode::SignedOut, ProblemCode::Denied, ProblemCode::NotFound]),
    read("/v1/posts/{id}/hidings", "readHidings", "When a post was hidden and shown again, for moderators.", of::<Hidings>).signed_in(&[ProblemCode::SignedOut, ProblemCode::Denied, ProblemCode::NotFound]),
    command("POST", "/v1/posts/{id}/hide", "hidePost", "Hides a post.", Some(of::<Option<HidePost>>), of::<Post>, HIDE),
    command("POST", "/v1/posts/{id}/restore", "restorePost", "Shows a hidden post again.", None, of::<Post>, WRITE),
    read("/v1/cases", "listCases", "Cases of reported posts, for moderators.", of::<CasePage>)
        .signed_in(&[ProblemCode::Invalid, ProblemCode::SignedOut, ProblemCode::Denied])
        .query(CASES),
    read("/v1/cases/{id}", "readCase", "A case.", of::<Case>).signed_in(&[ProblemCode::SignedOut, ProblemCode::Denied, ProblemCode::NotFound]),
    command("POST", "/v1/cases/{id}/decision", "decideCase", "Decides a case.", Some(of::<DecideCase>), of::<Case>, DECIDE),
    Operation {
        answer: Shape::Picture,
        problems: &[ProblemCode::NotFound],
        ..read("/media/{name}", "readPicture", "A picture, by the hash of what is in it.", of::<()>)
    },
    Operation {
        answer: Shape::Text,
        ..read("/healthz", "lives", "The process lives.", of::<()>)
    },
    read("/readyz", "isReady", "Whether requests can be sent here; 503 when not.", of::<Readiness>),
];
