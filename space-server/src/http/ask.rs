// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading something in the name of whoever asks.

use futures_util::future::BoxFuture;
use space_core::policy::Denial;

use super::{ApiError, Parts};
use crate::store::actor::{self, By, Caller};
use crate::store::{Executor, StoreError};

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
        body: impl for<'x, 'c> FnOnce(
            &'x mut Executor<'c>,
            &'x Caller,
        ) -> BoxFuture<'x, Result<T, NotShown>>
        + Send
        + 'static,
    ) -> Result<T, ApiError> {
        let now = self.clock.now();
        self.store
            .read(move |x| {
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
            })
            .await?
    }

    /// Finds out who asks.
    pub(super) async fn caller(&self, by: By) -> Result<Caller, ApiError> {
        self.show(by, |_, caller| Box::pin(async { Ok(caller.clone()) }))
            .await
    }
}
