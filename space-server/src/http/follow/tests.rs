// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::testing::{House, On};

const DEADLINE: Duration = Duration::from_secs(20);

async fn in_time<T>(what: &str, waiting: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, waiting)
        .await
        .unwrap_or_else(|_| panic!("{what} did not come"))
}

/// Somebody who follows, in one of the forms.
enum Follower {
    Lines(BodyDataStream, String),
    Events(BodyDataStream, String),
    Socket(Box<WebSocketStream<MaybeTlsStream<TcpStream>>>),
}

const FORMS: [&str; 3] = ["lines", "events", "socket"];

impl Follower {
    async fn begin(house: &House, at: SocketAddr, form: &str, who: &str, query: &str) -> Self {
        let bearer = format!("Bearer {}", house.token(who));
        match form {
            "socket" => {
                let mut request = format!("ws://{at}/v1/feed?{query}")
                    .into_client_request()
                    .unwrap();
                let headers = request.headers_mut();
                headers.insert("authorization", bearer.parse().unwrap());
                let (socket, _) = in_time("the upgrade", connect_async(request))
                    .await
                    .unwrap();
                Self::Socket(Box::new(socket))
            }
            "events" => {
                let accept = Some(("accept", "text/event-stream"));
                let stream = stream(house, &bearer, query, accept).await;
                Self::Events(stream, String::new())
            }
            _ => {
                let query = format!("mode=follow&{query}");
                let stream = stream(house, &bearer, &query, None).await;
                Self::Lines(stream, String::new())
            }
        }
    }

    /// Returns the next line, without rests of its form; `None` at the end.
    async fn line(&mut self) -> Option<Value> {
        loop {
            let text = match self {
                Self::Lines(stream, rest) => piece(stream, rest, "\n").await?,
                Self::Events(stream, rest) => {
                    let event = piece(stream, rest, "\n\n").await?;
                    let data = event.lines().find_map(|line| line.strip_prefix("data: "));
                    data.unwrap_or_default().to_owned()
                }
                Self::Socket(socket) => match in_time("a message", socket.next()).await? {
                    Ok(Message::Text(text)) => text.to_string(),
                    Ok(Message::Close(_)) | Err(_) => return None,
                    Ok(_) => String::new(),
                },
            };
            if !text.is_empty() {
                return Some(serde_json::from_str(&text).unwrap());
            }
        }
    }

    /// Reads until a cursor behind which there is nothing more at once. Returns the rows and the cursor.
    async fn batch(&mut self) -> (Vec<Value>, String) {
        let mut rows = Vec::new();
        loop {
            let line = self.line().await.expect("the stream goes on");
            match line["cursor"].as_str() {
                Some(cursor) if line["more"] == false => return (rows, cursor.to_owned()),
                Some(_) => {}
                None => rows.push(line),
            }
        }
    }
}

async fn stream(
    house: &House,
    bearer: &str,
    query: &str,
    header: Option<(&str, &str)>,
) -> BodyDataStream {
    let mut request = Request::builder()
        .uri(format!("/v1/feed?{query}"))
        .header("authorization", bearer);
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    let response = house.answer(request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::OK);
    response.into_body().into_data_stream()
}

/// Takes what stands before the next `end`.
async fn piece(stream: &mut BodyDataStream, rest: &mut String, end: &str) -> Option<String> {
    loop {
        if let Some((piece, after)) = rest.split_once(end) {
            let (piece, after) = (piece.to_owned(), after.to_owned());
            *rest = after;
            return Some(piece);
        }
        let bytes = in_time("a piece", stream.next()).await?.unwrap();
        rest.push_str(std::str::from_utf8(&bytes).unwrap());
    }
}

#[tokio::test]
async fn lines_events_and_messages_bring_the_same_rows() {
    let house = House::new(On::Sqlite).await.unwrap();
    let at = house.listen().await;
    let category = house.category("hall", &["everyone start"]).await;
    let (topic, _) = house.topic("alice", category, "Hello").await;
    let mut followers = Vec::new();
    let mut first = Vec::new();
    for form in FORMS {
        // Small pages, so that a first read has several.
        let mut follower = Follower::begin(&house, at, form, "charlie", "limit=3").await;
        first.push(follower.batch().await.0);
        followers.push(follower);
    }
    assert!(first[0].len() > 6, "{first:?}");
    house.reply("dora", topic, "with \n\n line ends").await;
    let mut then = Vec::new();
    for follower in &mut followers {
        then.push(follower.batch().await.0);
    }
    for rows in [&first, &then] {
        assert!(!rows[0].is_empty());
        assert_eq!(rows[0], rows[1], "events differ from lines");
        assert_eq!(rows[0], rows[2], "messages differ from lines");
    }
    assert_eq!(house.numbers("space_feed_followers"), [1, 1, 1]);
    drop(followers);
    house
        .until_numbers("space_feed_followers", &[0, 0, 0])
        .await;
}

#[tokio::test]
async fn who_signs_out_is_cut_off_in_every_form() {
    for form in FORMS {
        let house = House::new(On::Sqlite).await.unwrap();
        let at = house.listen().await;
        let mut follower = Follower::begin(&house, at, form, "charlie", "").await;
        follower.batch().await;
        house
            .ask("charlie", "POST /v1/logout", None, None)
            .await
            .ok();
        if let Follower::Socket(socket) = &mut follower {
            let last = in_time("the end", socket.next()).await.unwrap().unwrap();
            let Message::Close(Some(frame)) = last else {
                panic!("{last:?}");
            };
            assert_eq!(u16::from(frame.code), 1008);
            assert_eq!(frame.reason.as_str(), "signed_out");
        }
        assert_eq!(follower.line().await, None, "{form}");
    }
}

#[tokio::test]
async fn a_scope_that_is_lost_is_lost_in_every_form() {
    let house = House::new(On::Sqlite).await.unwrap();
    let at = house.listen().await;
    let group = house.group("board", "charlie").await;
    let secret = house
        .category("secret", &[&format!("group:{group} start")])
        .await;
    let hall = house.category("hall", &["everyone start"]).await;
    let (closed, _) = house.topic("alice", secret, "Treasure").await;
    let (open, _) = house.topic("alice", hall, "Hello").await;
    let mut followers = Vec::new();
    for form in FORMS {
        let mut follower = Follower::begin(&house, at, form, "charlie", "").await;
        let (rows, _) = follower.batch().await;
        assert!(
            rows.iter().any(|row| row["id"] == closed),
            "{form}: {rows:?}"
        );
        followers.push(follower);
    }
    house.put_in(group, "charlie", false).await;
    house.reply("alice", closed, "not for charlie").await;
    let last = house.reply("alice", open, "for everybody").await;
    for (form, follower) in FORMS.iter().zip(&mut followers) {
        let mut seen = Vec::new();
        while !seen.iter().any(|row: &Value| row["id"] == last) {
            seen.extend(follower.batch().await.0);
        }
        let is_told = |row: &Value| row["body"]["source"] == "not for charlie";
        assert!(!seen.iter().any(is_told), "{form}: {seen:?}");
    }
}

#[tokio::test]
async fn a_server_that_stops_says_so_and_leaves_a_cursor_to_go_on_from() {
    let house = House::new(On::Sqlite).await.unwrap();
    let at = house.listen().await;
    let category = house.category("hall", &["everyone start"]).await;
    let mut followers = Vec::new();
    for form in FORMS {
        let mut follower = Follower::begin(&house, at, form, "charlie", "").await;
        let (_, cursor) = follower.batch().await;
        followers.push((form, follower, cursor));
    }
    house.app.stopping.cancel();
    for (form, mut follower, cursor) in followers {
        if let Follower::Socket(socket) = &mut follower {
            let last = in_time("the end", socket.next()).await.unwrap().unwrap();
            let Message::Close(Some(frame)) = last else {
                panic!("{last:?}");
            };
            assert_eq!(u16::from(frame.code), 1012);
        }
        assert_eq!(follower.line().await, None, "{form}");
        let since = house.feed("charlie", &format!("since={cursor}")).await;
        assert_eq!(since.unwrap().len(), 1, "{form}: the cursor alone");
    }
    house
        .topic("alice", category, "what was queued is done")
        .await;
}

#[tokio::test]
async fn an_event_source_goes_on_after_its_last_event_whatever_its_address_says() {
    let house = House::new(On::Sqlite).await.unwrap();
    let at = house.listen().await;
    let category = house.category("hall", &["everyone start"]).await;
    let mut follower = Follower::begin(&house, at, "events", "charlie", "").await;
    let (_, old) = follower.batch().await;
    house.topic("alice", category, "seen").await;
    let (_, last) = follower.batch().await;
    let (_, post) = house.topic("alice", category, "missed").await;

    let bearer = format!("Bearer {}", house.token("charlie"));
    let request = Request::builder()
        .uri(format!("/v1/feed?since={old}"))
        .header("authorization", bearer)
        .header("accept", "text/html, text/event-stream;q=0.9")
        .header("last-event-id", last);
    let response = house.answer(request.body(Body::empty()).unwrap()).await;
    let stream = response.into_body().into_data_stream();
    let (rows, _) = Follower::Events(stream, String::new()).batch().await;
    let posts: Vec<&Value> = rows.iter().filter(|row| row["kind"] == "post").collect();
    assert_eq!(posts.len(), 1, "{rows:?}");
    assert_eq!(posts[0]["id"], post);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_before_a_stream_begins() {
    let house = House::new(On::Sqlite).await.unwrap();
    let at = house.listen().await;
    let events = Request::builder()
        .uri("/v1/feed?mode=page")
        .header("accept", "text/event-stream");
    let (status, _) = house.raw(events.body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);

    let mut request = format!("ws://{at}/v1/feed").into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert("authorization", "Bearer nobody's".parse().unwrap());
    let refused = in_time("an answer", connect_async(request)).await;
    let Err(tungstenite::Error::Http(answer)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
}

#[tokio::test]
async fn who_talks_on_a_socket_is_shown_out() {
    let house = House::new(On::Sqlite).await.unwrap();
    let at = house.listen().await;
    let mut follower = Follower::begin(&house, at, "socket", "charlie", "").await;
    follower.batch().await;
    let Follower::Socket(socket) = &mut follower else {
        unreachable!()
    };
    socket.send(Message::text("hello?")).await.unwrap();
    let last = in_time("the end", socket.next()).await.unwrap().unwrap();
    let Message::Close(Some(frame)) = last else {
        panic!("{last:?}");
    };
    assert_eq!(u16::from(frame.code), 1003);
}

/// A token of charlie's that ends soon, in place of the one that lasts.
async fn ends_soon(house: &House, form: &str, at: SocketAddr, left: Duration) -> Follower {
    let name = space_core::text::MemberName::parse("charlie").unwrap();
    let label = space_core::text::Label::parse("short").unwrap();
    let end = space_core::Clock::now(&*house.clock).plus(left);
    let all = space_core::policy::Capabilities::all();
    let made = house.operator.create_token(&name, label, all, Some(end));
    house.take_token("charlie", made.await.unwrap().token);
    Follower::begin(house, at, form, "charlie", "").await
}

/// Nothing moves when a token ends, and nobody wakes a follower: it has to look by itself.
#[tokio::test]
async fn token_that_ends_takes_its_streams_along() {
    for form in FORMS {
        let house = House::new(On::Sqlite).await.unwrap();
        let at = house.listen().await;
        let left = Duration::from_millis(400);
        let mut follower = ends_soon(&house, form, at, left).await;
        follower.batch().await;
        house.clock.pass(left);
        assert_eq!(follower.line().await, None, "{form}");
    }
}

#[tokio::test]
async fn block_ends_streams_in_every_form() {
    for form in FORMS {
        let house = House::new(On::Sqlite).await.unwrap();
        let at = house.listen().await;
        let mut follower = Follower::begin(&house, at, form, "mallory", "").await;
        follower.batch().await;
        let name = space_core::text::MemberName::parse("mallory").unwrap();
        house.operator.block(&name, None, false).await.unwrap();
        // By another process: this one looks at the head now and then.
        let head = house
            .app
            .store
            .read(|x| Box::pin(crate::store::head::read(x)));
        let head = head.await.unwrap();
        let (seq, rights) = (head.seq, head.rights);
        house.app.hub.stands_at(crate::feed::Stand { seq, rights });
        assert_eq!(follower.line().await, None, "{form}");
    }
}
