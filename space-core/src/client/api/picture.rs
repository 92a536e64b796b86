// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Pictures that posts name.

use std::time::Duration;

use reqwest::Url;
use reqwest::header::AUTHORIZATION;

use super::{Api, ApiError, body, server};

const DOING: &str = "loading a picture";
/// How long a picture may take.
const PICTURE: Duration = Duration::from_secs(20);

impl Api {
    /// Loads a picture by the address that a post has: one of the server's own (below `media/`) as whoever is signed
    /// in, any other as a stranger. A redirect is not followed: the host that was shown is the one that is asked.
    ///
    /// # Errors
    /// A picture of more than `most_bytes` is refused.
    pub async fn picture(&self, source: &str, most_bytes: usize) -> Result<Vec<u8>, ApiError> {
        let refuse = |why| ApiError::Address {
            server: source.to_owned(),
            why,
        };
        let url = self
            .base
            .join(source)
            .map_err(|_| refuse("it is no address of a picture"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refuse("pictures come over http and https alone"));
        }
        let request = if is_own_picture(&self.base, &url) {
            let request = self.http.get(url);
            match self.token.as_ref().and_then(body::header) {
                Some(value) => request.header(AUTHORIZATION, value),
                None => request,
            }
        } else {
            server::stranger()?.get(url)
        };
        let limit = PICTURE.min(self.limits.request);
        let answer = async {
            let response = request
                .timeout(limit)
                .send()
                .await
                .map_err(|e| ApiError::from_http(DOING, limit, e))?;
            let response = body::accept(DOING, limit, response).await?;
            body::read(DOING, limit, response, most_bytes).await
        };
        tokio::time::timeout(limit, answer)
            .await
            .unwrap_or(Err(ApiError::TimedOut {
                doing: DOING,
                after: limit,
            }))
    }
}

/// Returns whether an address is that of a picture which the server at `base` keeps: it is loaded unasked, and with the
/// token.
pub fn is_own_picture(base: &Url, url: &Url) -> bool {
    let path = url.path().strip_prefix(base.path());
    url.origin() == base.origin() && path.is_some_and(|path| path.starts_with("media/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("/space/media/a.png", true)]
    #[case("media/a.png", true)]
    #[case("/media/a.png", false)]
    #[case("/space/v1/logout", false)]
    #[case("media/../v1/logout", false)]
    #[case("//evil.example/space/media/a.png", false)]
    #[case("http://example.org/space/media/a.png", false)]
    fn the_token_goes_to_our_own_pictures_only(#[case] source: &str, #[case] want: bool) {
        let api = Api::new("https://example.org/space", None).unwrap();
        let url = api.base.join(source).unwrap();
        assert_eq!(is_own_picture(&api.base, &url), want);
    }

    #[tokio::test]
    async fn other_schemes_are_refused() {
        let api = Api::new("https://example.org", None).unwrap();
        let refused = api.picture("file:///etc/passwd", 10).await;
        assert!(matches!(refused, Err(ApiError::Address { .. })));
    }
}
