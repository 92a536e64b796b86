// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Waiting until a member has decided in their browser (RFC 8628, 3.4 and 3.5).

use std::time::Duration;

use crate::client::{Api, ApiError};
use crate::protocol::{DeviceCodes, ProblemCode, Session};

/// How much longer to wait between two questions after `slow_down`.
const SLOWER: u64 = 5;

/// How long to wait between two questions at most, whatever the server says.
const SLOWEST: u64 = 60;

/// Asks until the member has decided or the codes have ended. A server that cannot be reached meanwhile is asked again:
/// the codes outlive a restart.
///
/// # Errors
/// [`ProblemCode::AccessDenied`] when they said no, [`ProblemCode::ExpiredToken`] when nobody decided in time.
pub async fn wait_for_token(api: &Api, codes: &DeviceCodes) -> Result<Session, ApiError> {
    wait(api, codes, Duration::from_secs(1)).await
}

async fn wait(api: &Api, codes: &DeviceCodes, second: Duration) -> Result<Session, ApiError> {
    let mut interval = codes.interval.clamp(1, SLOWEST);
    let mut waited = 0;
    let mut lost = None;
    while waited < codes.expires_in {
        tokio::time::sleep(second * u32::try_from(interval).unwrap_or(1)).await;
        waited += interval;
        match api.ask_for_token(&codes.device_code).await {
            Ok(session) => return Ok(session),
            Err(error) if error.code() == Some(ProblemCode::AuthorizationPending) => lost = None,
            Err(error) if error.code() == Some(ProblemCode::SlowDown) => {
                lost = None;
                interval = (interval + SLOWER).min(SLOWEST);
            }
            Err(error) if error.is_retryable() => {
                let asked = error.retry_after().map_or(0, |after| after.as_secs());
                interval = (interval * 2).max(asked).min(SLOWEST);
                lost = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    // The last word is the server's, unless it cannot be reached.
    match (api.ask_for_token(&codes.device_code).await, lost) {
        (Err(error), Some(lost)) if error.is_retryable() => Err(lost),
        (last, _) => last,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::client::testing::server::{Fake, json, problem};
    use crate::protocol::UserCode;

    fn codes(interval: u64) -> DeviceCodes {
        DeviceCodes {
            device_code: "space_device".to_owned(),
            user_code: UserCode::parse("WDJB-MJHT").unwrap(),
            verification_uri: String::new(),
            verification_uri_complete: String::new(),
            expires_in: 600,
            interval,
        }
    }

    const SESSION: &str = r#"{"token":"space_x","member":{"id":3,"kind":"person","name":"alice",
        "roles":[],"trust_level":0,"created_at":1600000000000,"revision":1}}"#;

    #[tokio::test]
    async fn it_asks_until_the_member_has_decided_whatever_happens_to_the_server_meanwhile() {
        let count = AtomicUsize::new(0);
        let server = Fake::start(move |asked| {
            assert_eq!(asked.path, "/v1/login/device/token");
            assert_eq!(asked.body, r#"{"device_code":"space_device"}"#);
            match count.fetch_add(1, Ordering::SeqCst) {
                0 => problem(400, "", "authorization_pending"),
                1 => problem(400, "", "slow_down"),
                2 => problem(503, "retry-after: 1\r\n", "unavailable"),
                3 => Vec::new(),
                _ => json(200, "", SESSION),
            }
        });
        let session = wait(&server.api(), &codes(1), Duration::from_micros(10))
            .await
            .unwrap();
        assert_eq!(session.token, "space_x");
        assert_eq!(server.asked().len(), 5);
    }

    #[tokio::test]
    async fn a_no_is_final() {
        for code in ["access_denied", "expired_token"] {
            let server = Fake::start(move |_| problem(400, "", code));
            let error = wait(&server.api(), &codes(1), Duration::from_micros(10))
                .await
                .unwrap_err();
            assert_eq!(error.code().unwrap().word(), code);
            assert_eq!(server.asked().len(), 1);
        }
    }

    #[tokio::test]
    async fn it_does_not_ask_for_ever() {
        let server = Fake::start(|_| problem(400, "", "authorization_pending"));
        let error = wait(&server.api(), &codes(60), Duration::from_micros(10))
            .await
            .unwrap_err();
        assert_eq!(error.code(), Some(ProblemCode::AuthorizationPending));
        assert_eq!(server.asked().len(), 11);
    }
}
