// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One request and its answer.

use std::error::Error;

use reqwest::header::{
    ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER, USER_AGENT,
};
use reqwest::{Response, StatusCode, Url, redirect};
use space_core::Timestamp;

use super::patience::{Trouble, retry_after, wait_seconds};
use super::{ApiKey, Fetch, FetchError, Forum, Limits};

/// What came of one request.
#[derive(Debug)]
pub(super) enum Answer {
    /// JSON, by what its head says.
    Json(Vec<u8>),
    /// Ask there instead; it is within the forum.
    Redirect(Url),
    /// Nothing that is of use.
    Trouble(Trouble),
}

/// Makes requests.
pub(super) struct Web {
    http: reqwest::Client,
    forum: Forum,
    key: Option<ApiKey>,
    limits: Limits,
}

impl Web {
    pub(super) fn new(fetch: &Fetch) -> Result<Self, FetchError> {
        if fetch.key.is_some() && !fetch.forum.is_private() {
            return Err(FetchError::PlainKey {
                forum: fetch.forum.to_string(),
            });
        }
        // reqwest takes the provider that the process has chosen; this program chooses ring. Losing the race to another
        // thread is fine: then that one's choice is in place.
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, user_agent(fetch.contact.as_deref()));
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .connect_timeout(fetch.limits.connect)
            .read_timeout(fetch.limits.idle)
            .timeout(fetch.limits.whole)
            // Each step is looked at, and the key goes to the named site alone.
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never());
        // Without TLS no certificate is asked for, so a machine that has none installed works too.
        let http = if fetch.forum.to_string().starts_with("http:") {
            http.tls_certs_only([])
        } else {
            http.https_only(true)
        };
        Ok(Self {
            http: http.build().map_err(FetchError::Setup)?,
            forum: fetch.forum.clone(),
            key: fetch.key.clone(),
            limits: fetch.limits,
        })
    }

    /// Asks for a page, once.
    pub(super) async fn get(&self, url: &Url, now: Timestamp) -> Answer {
        let mut headers = HeaderMap::new();
        if let Some(key) = self.key.as_ref().filter(|_| self.forum.is_own(url)) {
            key.add_to(&mut headers);
        }
        let answer = async {
            match self.http.get(url.clone()).headers(headers).send().await {
                Ok(response) => self.read(url, response, now).await,
                Err(error) => failing(error),
            }
        };
        // reqwest's own limit does not count what it unpacks; this one ends in any case.
        match tokio::time::timeout(self.limits.whole, answer).await {
            Ok(answer) => answer,
            Err(_) => Answer::Trouble(Trouble::Failing {
                what: format!("no whole answer within {} s", self.limits.whole.as_secs()),
                wait: None,
            }),
        }
    }

    async fn read(&self, url: &Url, response: Response, now: Timestamp) -> Answer {
        let status = response.status();
        let header = |name| {
            response
                .headers()
                .get(name)
                .and_then(|value: &HeaderValue| value.to_str().ok())
                .map(str::to_owned)
        };
        let said = header(RETRY_AFTER).and_then(|value| retry_after(&value, now));
        let trouble = match status {
            StatusCode::OK => {
                let kind = header(CONTENT_TYPE).unwrap_or_default();
                if is_json(&kind) {
                    return match self.body(response).await {
                        Ok(body) => Answer::Json(body),
                        Err(trouble) => Answer::Trouble(trouble),
                    };
                }
                let kind: String = kind.chars().take(60).collect();
                Trouble::Broken {
                    what: format!("it answered {kind:?} where JSON was expected"),
                }
            }
            status if status.is_redirection() => match header(LOCATION) {
                Some(to) => match self.forum.within(url, &to) {
                    Ok(to) => return Answer::Redirect(to),
                    Err(Some(to)) => Trouble::Elsewhere { to: site(&to) },
                    Err(None) => Trouble::Odd {
                        what: "it leads to something that is no address".to_owned(),
                    },
                },
                None => Trouble::Odd {
                    what: format!("it answered {status} without saying where to go"),
                },
            },
            StatusCode::NOT_FOUND | StatusCode::GONE => Trouble::Gone,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Trouble::Closed,
            StatusCode::TOO_MANY_REQUESTS => {
                let body = self.body(response).await.unwrap_or_default();
                // The longer of the two: each is a promise that it will do.
                let wait = said.max(wait_seconds(&body));
                Trouble::Busy { wait }
            }
            status if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => {
                Trouble::Failing {
                    what: format!("it answered {status}"),
                    wait: said,
                }
            }
            status => Trouble::Odd {
                what: format!("it answered {status}"),
            },
        };
        Answer::Trouble(trouble)
    }

    /// Reads a body, unpacked, up to the limit.
    async fn body(&self, mut response: Response) -> Result<Vec<u8>, Trouble> {
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > self.limits.body_bytes => {
                    let most = self.limits.body_bytes >> 20;
                    return Err(Trouble::Odd {
                        what: format!("the answer is larger than {most} MiB"),
                    });
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => return Ok(body),
                Err(error) => {
                    return match failing(error) {
                        Answer::Trouble(trouble) => Err(trouble),
                        Answer::Json(_) | Answer::Redirect(_) => Ok(body),
                    };
                }
            }
        }
    }
}

/// Says who asks, and how to reach them.
fn user_agent(contact: Option<&str>) -> HeaderValue {
    let name = concat!(
        "space-server/",
        env!("CARGO_PKG_VERSION"),
        " (import of a forum"
    );
    let plain: String = contact
        .unwrap_or_default()
        .chars()
        .filter(|c| (c.is_ascii_graphic() || *c == ' ') && !matches!(c, '(' | ')' | '\\'))
        .collect();
    let text = if plain.is_empty() {
        format!("{name})")
    } else {
        format!("{name}; {plain})")
    };
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("space-server"))
}

fn is_json(content_type: &str) -> bool {
    let kind = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind == "application/json" || kind == "text/json" || kind.ends_with("+json")
}

/// Names a site without what else stands in its address, which others chose.
fn site(url: &Url) -> String {
    match url.host_str() {
        Some(_) => url.origin().ascii_serialization(),
        None => format!("{}:", url.scheme()),
    }
}

/// An error on the way, by its innermost cause: the outer ones say no more than that there was one.
fn failing(error: reqwest::Error) -> Answer {
    let is_timeout = error.is_timeout();
    let error = error.without_url();
    let mut cause: &dyn Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let what = if is_timeout {
        "no answer in time".to_owned()
    } else {
        cause.to_string()
    };
    Answer::Trouble(Trouble::Failing { what, wait: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(None, "(import of a forum)")]
    #[case(
        Some("mail alice@example.org"),
        "(import of a forum; mail alice@example.org)"
    )]
    #[case(Some("a\r\nX-Evil: (b)"), "(import of a forum; aX-Evil: b)")]
    fn it_says_who_asks(#[case] contact: Option<&str>, #[case] want: &str) {
        let text = user_agent(contact);
        let text = text.to_str().unwrap();
        assert!(
            text.starts_with("space-server/") && text.ends_with(want),
            "{text}"
        );
    }

    #[rstest]
    #[case("application/json; charset=utf-8", true)]
    #[case("Application/JSON", true)]
    #[case("application/problem+json", true)]
    #[case("text/html", false)]
    #[case("", false)]
    fn json_is_what_says_so(#[case] kind: &str, #[case] want: bool) {
        assert_eq!(is_json(kind), want);
    }
}
