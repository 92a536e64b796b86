// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Pictures.

use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};

use super::{ApiError, App};
use crate::media;

/// `GET /media/NAME`: whoever knows the hash of a picture may have it. What is under a name never changes, and is
/// shown as a picture or not at all.
pub(super) async fn read(
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<Response, ApiError> {
    let name: media::MediaName = name.parse().map_err(|_| ApiError::not_found())?;
    let media_type = name.media_type();
    let folder = app.config.data_dir.clone();
    let read = tokio::task::spawn_blocking(move || media::read(&folder, &name)).await;
    let bytes = match read {
        Ok(Ok(Some(bytes))) => bytes,
        Ok(Ok(None)) => return Err(ApiError::not_found()),
        Ok(Err(error)) => {
            tracing::error!(%error, "a picture cannot be read");
            return Err(ApiError::unavailable("the picture cannot be read"));
        }
        Err(_) => return Err(ApiError::unavailable("the server is stopping")),
    };
    let headers = [
        (CONTENT_TYPE, media_type),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    Ok((headers, bytes).into_response())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, StatusCode};

    use crate::media::keep_png;
    use crate::testing::{House, On};

    #[tokio::test]
    async fn a_picture_is_served_for_ever_and_as_nothing_but_a_picture() {
        let house = House::new(On::Sqlite).await.unwrap();
        let name = keep_png(&house.config.data_dir, b"a picture").unwrap();
        let request = Request::builder().uri(format!("/media/{name}"));
        let response = house.answer(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), StatusCode::OK);
        let header = |name: &str| response.headers()[name].to_str().unwrap();
        assert_eq!(header("content-type"), "image/png");
        assert_eq!(
            header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(
            header("content-security-policy"),
            "default-src 'none'; sandbox"
        );
    }

    #[tokio::test]
    async fn nothing_else_of_the_data_folder_is_served() {
        let house = House::new(On::Sqlite).await.unwrap();
        std::fs::create_dir_all(house.config.data_dir.join("media")).unwrap();
        for name in ["space.db", "..%2Fspace.db", "%2E%2E/space.db", "x.png", ""] {
            let request = Request::builder().uri(format!("/media/{name}"));
            let (status, _) = house.raw(request.body(Body::empty()).unwrap()).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{name}");
        }
    }
}
