// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Searching: one page per question, so that the next letter that is typed never waits for more than that.

use space_core::PostId;
use space_core::client::replica::PlanError;
use space_core::search::{CompletionOf, SearchQuery, complete};

use super::reader::{Error, Reader};
use super::rows;
use crate::app::items::{Choices, FoundPart};

/// Names that are offered at most.
const CHOICES: usize = 20;

impl Reader<'_> {
    pub(super) fn search(
        &self,
        words: &str,
        before: Option<PostId>,
        limit: usize,
    ) -> Result<FoundPart, Error> {
        let mut part = FoundPart {
            words: words.to_owned(),
            is_start: before.is_none(),
            ..FoundPart::default()
        };
        let query: SearchQuery = match words.parse() {
            Ok(query) => query,
            Err(errors) => {
                part.errors = errors;
                return Ok(part);
            }
        };
        match self.replica.plan(&query, self.tools.clock.now()) {
            Ok(plan) => {
                let page = self.replica.search(&plan, before, limit)?;
                part.hits = page.hits.into_iter().map(rows::hit).collect();
                part.next = page.next;
            }
            Err(PlanError::Query(errors)) => part.errors = errors,
            Err(PlanError::Replica(error)) => return Err(error.into()),
        }
        Ok(part)
    }

    pub(super) fn complete(&self, text: &str) -> Result<Option<Choices>, Error> {
        let Some(found) = complete(text, text.len()) else {
            return Ok(None);
        };
        let all = match found.of {
            CompletionOf::Author(beginning) => self.replica.members_like(&beginning, CHOICES)?,
            CompletionOf::Category(part) => self.replica.categories_like(&part, CHOICES)?,
            CompletionOf::Tag(beginning) => self.replica.tags_like(&beginning, CHOICES)?,
            CompletionOf::Word(words) => words,
        };
        Ok((!all.is_empty()).then(|| Choices {
            text: text.to_owned(),
            span: found.span,
            all,
        }))
    }
}
