// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What to do about an answer that is no use: wait and ask again, or leave it. Pure; nothing waits here.

use std::time::Duration;

use space_core::Timestamp;

/// How often a page is asked for that is answered by an error, or not at all.
const FAILING_TRIES: u32 = 6;

/// How often a page is asked for that is answered by something else than it should be.
const BROKEN_TRIES: u32 = 3;

/// How often in a row the forum may say that there were too many requests.
const BUSY_TRIES: u32 = 20;

/// The first wait after an error; each further one is twice as long.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// The longest wait that is chosen here.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// The longest wait that the forum may ask for. Limits by the day ask for hours: then it is better to end, and to be
/// started again.
pub(super) const LONGEST_ASKED: Duration = Duration::from_mins(15);

/// Why an answer is no use, by what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Too many requests (429), and how long to wait, if the forum says.
    Busy { wait: Option<Duration> },
    /// No answer, or an error of the server; it may pass.
    Failing {
        what: String,
        wait: Option<Duration>,
    },
    /// An answer, but not what it should be; a proxy's page, or cut. It may pass.
    Broken { what: String },
    /// Removed (404, 410).
    Gone,
    /// Not shown (401, 403).
    Closed,
    /// It leads to another site.
    Elsewhere { to: String },
    /// It will be no better the next time.
    Odd { what: String },
}

/// What to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// Wait, then ask again.
    Wait(Duration),
    /// Leave it.
    Leave,
    /// Leave everything: the forum asks to come back after this time.
    Stop(Duration),
}

/// How often a page was asked for, and what came.
#[derive(Debug, Default)]
pub(super) struct Patience {
    failing: u32,
    broken: u32,
    busy: u32,
}

impl Patience {
    /// Decides what to do. `spread` is from 0 to 1, so that many who wait do not come back together.
    pub(super) fn next(&mut self, trouble: &Trouble, spread: f64) -> Next {
        let (tries, most, asked) = match trouble {
            Trouble::Busy { wait } => (&mut self.busy, BUSY_TRIES, *wait),
            Trouble::Failing { wait, .. } => (&mut self.failing, FAILING_TRIES, *wait),
            Trouble::Broken { .. } => (&mut self.broken, BROKEN_TRIES, None),
            Trouble::Gone | Trouble::Closed | Trouble::Elsewhere { .. } | Trouble::Odd { .. } => {
                return Next::Leave;
            }
        };
        *tries += 1;
        let tries = *tries;
        let is_busy = matches!(trouble, Trouble::Busy { .. });
        if let Some(asked) = asked.filter(|asked| *asked > LONGEST_ASKED) {
            return if is_busy {
                Next::Stop(asked)
            } else {
                Next::Leave
            };
        }
        let own = FIRST_WAIT
            .saturating_mul(1 << (tries - 1).min(16))
            .min(LONGEST_WAIT);
        if tries >= most {
            return if is_busy {
                Next::Stop(asked.unwrap_or(own))
            } else {
                Next::Leave
            };
        }
        Next::Wait(match asked {
            // Not earlier than asked, and a little later than everybody else who was asked the same.
            Some(asked) => asked + Duration::from_secs(1).mul_f64(spread.clamp(0.0, 1.0)),
            None => own.mul_f64(0.5 + 0.5 * spread.clamp(0.0, 1.0)),
        })
    }
}

/// Reads `Retry-After`: seconds, or a date (RFC 9110, section 10.2.3).
pub(super) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    let millis = date
        .duration_since(std::time::UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())?;
    Some(Timestamp::from_millis(millis).since(now))
}

/// Reads how long Discourse asks to wait in the body of an answer: `{"extras": {"wait_seconds": 12}}`.
pub(super) fn wait_seconds(body: &[u8]) -> Option<Duration> {
    let body: serde_json::Value = serde_json::from_slice(body).ok()?;
    let seconds = body.get("extras")?.get("wait_seconds")?.as_f64()?;
    Duration::try_from_secs_f64(seconds.ceil()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn failing() -> Trouble {
        Trouble::Failing {
            what: "502".to_owned(),
            wait: None,
        }
    }

    fn busy(seconds: u64) -> Trouble {
        Trouble::Busy {
            wait: Some(Duration::from_secs(seconds)),
        }
    }

    #[test]
    fn waits_grow_and_end() {
        let mut patience = Patience::default();
        let waits: Vec<Next> = (0..6).map(|_| patience.next(&failing(), 1.0)).collect();
        let wait = |seconds| Next::Wait(Duration::from_secs(seconds));
        assert_eq!(
            waits,
            [wait(1), wait(2), wait(4), wait(8), wait(16), Next::Leave]
        );
    }

    #[test]
    fn waits_are_spread() {
        let least = Patience::default().next(&failing(), 0.0);
        assert_eq!(least, Next::Wait(Duration::from_millis(500)));
    }

    #[test]
    fn a_wait_that_is_asked_for_is_kept() {
        for spread in [0.0, 0.5, 1.0] {
            let Next::Wait(wait) = Patience::default().next(&busy(37), spread) else {
                panic!("it should wait");
            };
            assert!((37.0..=38.0).contains(&wait.as_secs_f64()), "{wait:?}");
        }
    }

    #[test]
    fn too_many_requests_use_up_no_other_tries() {
        let mut patience = Patience::default();
        for _ in 0..10 {
            assert!(matches!(patience.next(&busy(5), 0.0), Next::Wait(_)));
        }
        assert_eq!(patience.next(&failing(), 1.0), Next::Wait(FIRST_WAIT));
    }

    #[test]
    fn a_wait_of_hours_ends_everything() {
        let day = Duration::from_hours(24);
        assert_eq!(
            Patience::default().next(&busy(86_400), 0.0),
            Next::Stop(day)
        );
    }

    #[test]
    fn a_forum_that_is_always_busy_ends_everything() {
        let mut patience = Patience::default();
        let last = (0..20).map(|_| patience.next(&busy(2), 0.0)).last();
        assert_eq!(last, Some(Next::Stop(Duration::from_secs(2))));
    }

    #[rstest]
    #[case(Trouble::Gone)]
    #[case(Trouble::Closed)]
    #[case(Trouble::Elsewhere { to: "https://evil.example/".to_owned() })]
    #[case(Trouble::Odd { what: "418".to_owned() })]
    fn what_does_not_pass_is_asked_for_once(#[case] trouble: Trouble) {
        assert_eq!(Patience::default().next(&trouble, 0.0), Next::Leave);
    }

    #[rstest]
    #[case("12", Some(12))]
    #[case(" 0 ", Some(0))]
    #[case("Thu, 01 Jan 1970 00:02:00 GMT", Some(60))]
    #[case("Thu, 01 Jan 1970 00:00:00 GMT", Some(0))]
    #[case("-1", None)]
    #[case("soon", None)]
    fn retry_after_is_seconds_or_a_date(#[case] value: &str, #[case] want: Option<u64>) {
        let now = Timestamp::from_millis(60_000);
        assert_eq!(retry_after(value, now), want.map(Duration::from_secs));
    }

    #[rstest]
    #[case(
        r#"{"errors":["slow"],"error_type":"rate_limit","extras":{"wait_seconds":12}}"#,
        Some(12)
    )]
    #[case(r#"{"extras":{"wait_seconds":1.2}}"#, Some(2))]
    #[case(r#"{"extras":{"wait_seconds":-1}}"#, None)]
    #[case(r#"{"extras":{"wait_seconds":1e300}}"#, None)]
    #[case(r#"{"extras":[]}"#, None)]
    #[case("Slow down", None)]
    fn discourse_says_it_in_the_body(#[case] body: &str, #[case] want: Option<u64>) {
        assert_eq!(wait_seconds(body.as_bytes()), want.map(Duration::from_secs));
    }
}
