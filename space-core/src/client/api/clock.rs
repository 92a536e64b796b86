// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What time it is on the server.

use reqwest::Method;
use reqwest::header::DATE;

use super::body::accept;
use super::{Api, ApiError};
use crate::Timestamp;

const DOING: &str = "asking the server what time it is";

impl Api {
    /// Asks a server what time it is there, to the second; nothing when it does not say.
    pub async fn clock(&self) -> Result<Option<Timestamp>, ApiError> {
        let limit = self.limits.request;
        let request = self.request(Method::GET, "space").timeout(limit);
        let response = request
            .send()
            .await
            .map_err(|e| ApiError::from_http(DOING, limit, e))?;
        let response = accept(DOING, limit, response).await?;
        let date = response.headers().get(DATE);
        Ok(date.and_then(|date| moment(date.to_str().ok()?)))
    }
}

/// Reads a date as HTTP has it (RFC 9110, section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
fn moment(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_, rest) = text.split_once(", ")?;
    let parts: Vec<&str> = rest.split(' ').collect();
    let [day, month, year, time, "GMT"] = parts[..] else {
        return None;
    };
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    Timestamp::parse_utc(&format!("{year}-{month:02}-{day}T{time}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_http_has_them() {
        let read = |text| moment(text).map(|at| at.to_string());
        assert_eq!(
            read("Sun, 06 Nov 1994 08:49:37 GMT"),
            Some("1994-11-06T08:49:37.000Z".to_owned())
        );
        for wrong in [
            "",
            "Sun, 6 Nov 1994",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Foo 1994 08:49:37 GMT",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
