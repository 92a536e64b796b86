// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading something in the name of whoever asks.

use std::collections::BTreeSet;

use futures_util::future::BoxFuture;
use space_core::policy::{self, Denial};
use space_core::{CategoryId, MemberId, Post, Timestamp};

use super::{ApiError, Parts};
use crate::store::actor::{self, By, Caller};
use crate::store::{Executor, StoreError, category};

/// What is shown, or why it is not.
type Shown<T> = Result<T, NotShown>;

/// Why something is not shown.
pub(super) enum NotShown {
    /// It cannot be read: a fault, which is logged and counted.
    Store(StoreError),
    /// The answer says why.
    Told(ApiError),
}

impl NotShown {
    /// It is not there, or not for this reader.
    pub(super) fn not_found() -> Self {
        Self::Told(ApiError::not_found())
    }

    /// It is for members, and nobody such asks.
    pub(super) fn bad_token() -> Self {
        Self::Told(ApiError::bad_token())
    }
}

impl From<StoreError> for NotShown {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Denial> for NotShown {
    fn from(denial: Denial) -> Self {
        Self::Told(denial.into())
    }
}

impl Parts {
    /// Reads something on one snapshot of the data, once it is certain who asks. What they may see is for policy to say.
    pub(super) async fn show<T: Send + 'static>(
        &self,
        by: By,
        body: impl for<'x, 'c> FnOnce(&'x mut Executor<'c>, &'x Caller) -> BoxFuture<'x, Shown<T>>
        + Send
        + 'static,
    ) -> Result<T, ApiError> {
        let asked = in_name(by, self.clock.now(), body);
        self.store.read(asked).await?
    }

    /// The same, where it may take longer than a look at some rows.
    pub(super) async fn show_long<T: Send + 'static>(
        &self,
        by: By,
        body: impl for<'x, 'c> FnOnce(&'x mut Executor<'c>, &'x Caller) -> BoxFuture<'x, Shown<T>>
        + Send
        + 'static,
    ) -> Result<T, ApiError> {
        let asked = in_name(by, self.clock.now(), body);
        self.store.read_long(asked).await?
    }

    /// Finds out who asks.
    pub(super) async fn caller(&self, by: By) -> Result<Caller, ApiError> {
        self.show(by, |_, caller| Box::pin(async { Ok(caller.clone()) }))
            .await
    }
}

/// Returns the categories that somebody may read.
pub(super) async fn readable(
    x: &mut Executor<'_>,
    caller: &Caller,
) -> Result<BTreeSet<CategoryId>, StoreError> {
    let access = category::all_access(x).await?;
    Ok(access
        .into_iter()
        .filter(|(_, access)| policy::may_read(&caller.actor, access).is_ok())
        .map(|(id, _)| id)
        .collect())
}

/// Returns whose authorship of hidden posts somebody is told.
pub(super) fn knows(caller: &Caller) -> impl Fn(MemberId) -> bool + use<'_> {
    |author| policy::knows_hidden_author(&caller.actor, author)
}

/// Returns a post as somebody is shown it.
pub(super) fn post_for(caller: &Caller, post: Post) -> Post {
    if knows(caller)(post.author) {
        post
    } else {
        post.without_hidden_author()
    }
}

/// Makes a read of it that begins with who asks; a no is an answer, and only a fault is an error of the store.
fn in_name<T: Send + 'static>(
    by: By,
    now: Timestamp,
    body: impl for<'x, 'c> FnOnce(&'x mut Executor<'c>, &'x Caller) -> BoxFuture<'x, Shown<T>>
    + Send
    + 'static,
) -> impl for<'x, 'c> FnOnce(
    &'x mut Executor<'c>,
) -> BoxFuture<'x, Result<Result<T, ApiError>, StoreError>>
+ Send
+ 'static {
    move |x| {
        Box::pin(async move {
            let Some(caller) = actor::load(x, &by, now).await? else {
                return Ok(Err(ApiError::bad_token()));
            };
            match body(x, &caller).await {
                Ok(shown) => Ok(Ok(shown)),
                Err(NotShown::Told(why)) => Ok(Err(why)),
                Err(NotShown::Store(error)) => Err(error),
            }
        })
    }
}
