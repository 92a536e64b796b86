// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Calls about visitors, the code of conduct, reports and cases.

use reqwest::Method;
use serde::Serialize;

use super::calls::NOTHING;
use super::{Api, ApiError, IdempotencyKey};
use crate::case::{Case, CaseState};
use crate::code::Code;
use crate::id::{CaseId, MemberId, PostId};
use crate::member::Visitor;
use crate::post::{HiddenPost, Post};
use crate::protocol::{
    AcceptCode, CasePage, CreateReport, DecideCase, HidePost, Hidings, MeetVisitor, ReportReceipt,
};

/// Which cases to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CasesRequest {
    /// In this state alone; all when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<CaseState>,
    /// Those after the case that the page before gave as `next`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<CaseId>,
    /// This many at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Api {
    /// Reads the code of conduct in force.
    pub async fn code(&self) -> Result<Code, ApiError> {
        self.get("reading the code of conduct", "code", &NOTHING)
            .await
    }

    /// Accepts the code of conduct for oneself.
    pub async fn accept_code(
        &self,
        command: &AcceptCode,
        key: &IdempotencyKey,
    ) -> Result<Code, ApiError> {
        let doing = "accepting the code of conduct";
        self.command(doing, Method::POST, "me/acceptance", command, Some(key))
            .await
    }

    /// Finds the account of somebody from another network, or makes one. For bridges.
    pub async fn meet_visitor(
        &self,
        command: &MeetVisitor,
        key: &IdempotencyKey,
    ) -> Result<Visitor, ApiError> {
        let doing = "introducing a visitor";
        self.command(doing, Method::PUT, "visitors", command, Some(key))
            .await
    }

    /// Says that a visitor has accepted the code of conduct. For bridges.
    pub async fn accept_code_for(
        &self,
        visitor: MemberId,
        command: &AcceptCode,
        key: &IdempotencyKey,
    ) -> Result<Visitor, ApiError> {
        let path = format!("visitors/{visitor}/acceptance");
        let doing = "accepting the code of conduct for a visitor";
        self.command(doing, Method::POST, &path, command, Some(key))
            .await
    }

    /// Reports a post in confidence.
    pub async fn report(
        &self,
        post: PostId,
        command: &CreateReport,
        key: &IdempotencyKey,
    ) -> Result<ReportReceipt, ApiError> {
        let path = format!("posts/{post}/report");
        self.command("reporting a post", Method::POST, &path, command, Some(key))
            .await
    }

    /// Lists cases, those that have waited longest first. For staff.
    pub async fn cases(&self, request: &CasesRequest) -> Result<CasePage, ApiError> {
        self.get("listing reports", "cases", request).await
    }

    /// Reads one case. For staff.
    pub async fn case(&self, case: CaseId) -> Result<Case, ApiError> {
        self.get("reading a case", &format!("cases/{case}"), &NOTHING)
            .await
    }

    /// Decides a case. When somebody else was quicker, the problem is `conflict`. For staff.
    pub async fn decide_case(
        &self,
        case: CaseId,
        command: &DecideCase,
        key: &IdempotencyKey,
    ) -> Result<Case, ApiError> {
        let path = format!("cases/{case}/decision");
        self.command("deciding a case", Method::POST, &path, command, Some(key))
            .await
    }

    /// Hides a post. For staff.
    pub async fn hide_post(
        &self,
        post: PostId,
        command: &HidePost,
        key: &IdempotencyKey,
    ) -> Result<Post, ApiError> {
        let path = format!("posts/{post}/hide");
        self.command("hiding a post", Method::POST, &path, command, Some(key))
            .await
    }

    /// Shows a hidden post again. For staff.
    pub async fn restore_post(&self, post: PostId, key: &IdempotencyKey) -> Result<Post, ApiError> {
        let path = format!("posts/{post}/restore");
        self.command("showing a post again", Method::POST, &path, &(), Some(key))
            .await
    }

    /// Reads what a hidden post says. For staff.
    pub async fn hidden_post(&self, post: PostId) -> Result<HiddenPost, ApiError> {
        let path = format!("posts/{post}/hidden");
        self.get("reading a hidden post", &path, &NOTHING).await
    }

    /// Reads when a post was hidden and shown again, by whom and why. For staff.
    pub async fn hidings(&self, post: PostId) -> Result<Hidings, ApiError> {
        let path = format!("posts/{post}/hidings");
        self.get("reading when a post was hidden", &path, &NOTHING)
            .await
    }
}
