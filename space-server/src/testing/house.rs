// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A whole server without a socket.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use space_core::policy::Capabilities;
use space_core::protocol::FeedLine;
use space_core::text::{About, Label, MemberName};
use space_core::{Clock, Entropy, MemberKind, Role};
use space_tests::{Database, Durability, Postgres};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::{Counter, On, StillClock};
use crate::config::{Config, Sources};
use crate::feed::{Hub, Seal};
use crate::http::{self, App, Parts};
use crate::lifecycle::Lifecycle;
use crate::metrics::Metrics;
use crate::operator::{NewAccount, Operator};
use crate::serve::{Limits, serve};
use crate::store::{Store, head, space};
use crate::writer::{Setting, Writer};

/// A server with alice, who owns the space, bob, who moderates it, and charlie, dora and mallory, who are members.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) operator: Operator,
    pub(crate) clock: Arc<StillClock>,
    pub(crate) config: Arc<Config>,
    router: Router,
    tokens: Mutex<BTreeMap<String, String>>,
    ids: Mutex<BTreeMap<String, i64>>,
    lifecycle: Lifecycle,
    _folder: TempDir,
    _database: Option<Database>,
}

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl Answer {
    /// Returns the body of a success.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self.body
    }

    /// Returns the code of a problem.
    #[track_caller]
    pub(crate) fn code(self) -> String {
        assert!(!self.status.is_success(), "{} {}", self.status, self.body);
        self.body["denial"]
            .as_str()
            .or(self.body["code"].as_str())
            .unwrap()
            .to_owned()
    }
}

impl House {
    /// Opens a house; `None` when tests on this engine are to be skipped.
    pub(crate) async fn new(on: On) -> Option<Self> {
        Self::with(on, &[]).await
    }

    /// Opens a house with keys of its configuration set.
    pub(crate) async fn with(on: On, set: &[(&'static str, &str)]) -> Option<Self> {
        let Lot {
            folder,
            database,
            config,
        } = Self::lot(on, set)?;
        Some(Self::open(folder, database, config).await)
    }

    /// Finds a place for a house; `None` when tests on this engine are to be skipped.
    pub(crate) fn empty(on: On) -> Option<Lot> {
        Self::lot(on, &[])
    }

    fn lot(on: On, set: &[(&'static str, &str)]) -> Option<Lot> {
        let folder = tempfile::tempdir().unwrap();
        let mut command_line = vec![("data_dir", folder.path().display().to_string())];
        // Most tests write faster than anybody could.
        if !set.iter().any(|(key, _)| key.starts_with("limits.")) {
            command_line.push(("limits.enabled", "false".to_owned()));
        }
        command_line.extend(set.iter().map(|(key, value)| (*key, (*value).to_owned())));
        let mut database = None;
        if on == On::Postgres {
            let made = Postgres::database_with(Durability::Relaxed)?;
            command_line.push(("store.url", made.url().to_owned()));
            database = Some(made);
        }
        let sources = Sources {
            file: None,
            environment: Vec::new(),
            command_line,
        };
        let config = Arc::new(sources.load().unwrap().config);
        Some(Lot {
            folder,
            database,
            config,
        })
    }

    async fn open(folder: TempDir, database: Option<Database>, config: Arc<Config>) -> Self {
        let lifecycle = Lifecycle::new();
        let clock = Arc::new(StillClock::default());
        let entropy: Arc<dyn Entropy> = Arc::new(Counter::default());
        let dyn_clock: Arc<dyn Clock> = Arc::<StillClock>::clone(&clock);
        let operator = Operator::open(&config, &lifecycle, dyn_clock, Arc::clone(&entropy))
            .await
            .unwrap();
        let name = Label::parse("Test").unwrap();
        assert!(
            operator
                .init(name, About::parse("").unwrap())
                .await
                .unwrap()
        );
        let app = Self::app(&config, &lifecycle, &clock, entropy).await;
        let router = http::router(app.clone())
            .layer(MockConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4000))));
        let house = Self {
            app,
            operator,
            clock,
            config,
            router,
            tokens: Mutex::default(),
            ids: Mutex::default(),
            lifecycle,
            _folder: folder,
            _database: database,
        };
        house.member("alice", &[Role::Owner]).await;
        house.member("bob", &[Role::Moderator]).await;
        for name in ["charlie", "dora", "mallory"] {
            house.member(name, &[]).await;
        }
        house
    }

    async fn app(
        config: &Arc<Config>,
        lifecycle: &Lifecycle,
        clock: &Arc<StillClock>,
        entropy: Arc<dyn Entropy>,
    ) -> App {
        let store = Store::open(config).await.unwrap();
        let key = store
            .read(|x| Box::pin(head::seal_key(x)))
            .await
            .unwrap()
            .unwrap();
        let space = store.read(|x| Box::pin(space::read(x))).await.unwrap();
        let identity = space.unwrap().identity;
        let hub = Hub::new();
        let dyn_clock: Arc<dyn Clock> = Arc::<StillClock>::clone(clock);
        let setting = Setting::of(config, &dyn_clock);
        let (writer, writing) = Writer::start(&store, setting, hub.clone()).unwrap();
        lifecycle.spawn("writer", writing);
        let metrics = Metrics::new(&store, &writer, clock.now());
        App::new(Parts {
            metrics,
            soft: lifecycle.soft(),
            ending: lifecycle.hard(),
            store,
            writer,
            hub,
            seal: Seal::new(&key.try_into().unwrap()),
            identity,
            clock: dyn_clock,
            entropy,
            config: Arc::clone(config),
            stopping: CancellationToken::new(),
            logins: Arc::default(),
            in_flight: crate::http::in_flight::InFlight::new(config.http.max_in_flight.bytes()),
            chores: Arc::new(Notify::new()),
        })
    }

    /// Serves on a socket, for what cannot be asked without one. Returns where.
    pub(crate) async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (router, metrics) = (http::router(self.app.clone()), self.app.metrics.clone());
        let (limits, lifecycle) = (Limits::from(&self.config.http), self.lifecycle.clone());
        let stopping = self.app.stopping.clone();
        self.lifecycle.spawn("serve", async move {
            serve(listener, router, limits, metrics, &lifecycle, stopping).await;
        });
        address
    }

    /// Returns the values of a number of the server, in the order of their labels.
    pub(crate) fn numbers(&self, name: &str) -> Vec<i64> {
        let text = self.app.metrics.render();
        let mut lines: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with(&format!("{name}{{")))
            .collect();
        lines.sort_unstable();
        lines
            .iter()
            .map(|line| line.rsplit(' ').next().unwrap().parse().unwrap())
            .collect()
    }

    /// Waits until a number of the server has these values.
    pub(crate) async fn until_numbers(&self, name: &str, want: &[i64]) {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        while self.numbers(name) != want {
            assert!(
                tokio::time::Instant::now() < deadline,
                "{:?}",
                self.numbers(name)
            );
            tokio::task::yield_now().await;
        }
    }

    /// Makes a member who is signed in.
    pub(crate) async fn member(&self, name: &str, roles: &[Role]) -> i64 {
        let all = Capabilities::all();
        self.account(MemberKind::Person, name, roles, all).await
    }

    /// Makes a bot with the token of a bridge.
    pub(crate) async fn bridge(&self, name: &str) -> i64 {
        let capabilities = "read relay:write report:create".parse().unwrap();
        self.account(MemberKind::Bot, name, &[], capabilities).await
    }

    async fn account(
        &self,
        kind: MemberKind,
        name: &str,
        roles: &[Role],
        capabilities: Capabilities,
    ) -> i64 {
        let account = NewAccount {
            kind,
            name: MemberName::parse(name).unwrap(),
            display_name: None,
            roles: roles.to_vec(),
            password: None,
        };
        let id = self.operator.add_member(account).await.unwrap().id.get();
        let member_name = MemberName::parse(name).unwrap();
        let label = Label::parse("test").unwrap();
        let token = self
            .operator
            .create_token(&member_name, label, capabilities, None)
            .await
            .unwrap();
        self.tokens
            .lock()
            .unwrap()
            .insert(name.to_owned(), token.token);
        self.ids.lock().unwrap().insert(name.to_owned(), id);
        id
    }

    /// Returns a member's id.
    pub(crate) fn id(&self, name: &str) -> i64 {
        self.ids.lock().unwrap()[name]
    }

    /// Uses another token for a member from now on.
    pub(crate) fn take_token(&self, name: &str, token: String) {
        self.tokens.lock().unwrap().insert(name.to_owned(), token);
    }

    /// Returns a member's token.
    pub(crate) fn token(&self, name: &str) -> String {
        self.tokens.lock().unwrap()[name].clone()
    }

    /// Sends a request as it stands, and returns the whole answer.
    pub(crate) async fn answer(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Sends a request as it stands.
    pub(crate) async fn raw(&self, request: Request<Body>) -> (StatusCode, Bytes) {
        let response = self.answer(request).await;
        let status = response.status();
        (
            status,
            axum::body::to_bytes(response.into_body(), usize::MAX)
                .await
                .unwrap(),
        )
    }

    /// Asks for a page, as a browser does.
    pub(crate) async fn page(&self, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        let text = String::from_utf8(body.unwrap().to_vec()).unwrap();
        (status, headers, text)
    }

    /// Asks in somebody's name; `nobody` is signed out. `key` makes it idempotent.
    pub(crate) async fn ask(
        &self,
        who: &str,
        line: &str,
        body: Option<Value>,
        key: Option<&str>,
    ) -> Answer {
        self.ask_for(who, None, line, body, key).await
    }

    /// Asks in somebody's name, who may act for a visitor.
    pub(crate) async fn ask_for(
        &self,
        who: &str,
        visitor: Option<i64>,
        line: &str,
        body: Option<Value>,
        key: Option<&str>,
    ) -> Answer {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(path);
        if who != "nobody" {
            request = request.header("authorization", format!("Bearer {}", self.token(who)));
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if let Some(visitor) = visitor {
            request = request.header("space-acting-for", visitor);
        }
        let body = match body {
            Some(json) => {
                request = request.header("content-type", "application/json");
                Body::from(json.to_string())
            }
            None => Body::empty(),
        };
        let (status, bytes) = self.raw(request.body(body).unwrap()).await;
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes).unwrap()
        };
        Answer { status, body }
    }

    /// Sends a command.
    pub(crate) async fn tell(&self, who: &str, line: &str, body: Value) -> Answer {
        self.ask(who, line, Some(body), None).await
    }

    /// Reads something.
    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        self.ask(who, &format!("GET {path}"), None, None).await
    }

    /// Reads one page of the feed; a problem is given as its code.
    pub(crate) async fn feed(&self, who: &str, query: &str) -> Result<Vec<FeedLine>, String> {
        let mut request = Request::builder().uri(format!("/v1/feed?{query}"));
        if who != "nobody" {
            request = request.header("authorization", format!("Bearer {}", self.token(who)));
        }
        let (status, bytes) = self.raw(request.body(Body::empty()).unwrap()).await;
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        if !status.is_success() {
            let problem: Value = serde_json::from_str(&text).unwrap();
            return Err(problem["code"].as_str().unwrap().to_owned());
        }
        Ok(text
            .lines()
            .map(|line| FeedLine::read(line).unwrap())
            .collect())
    }

    /// Makes a category with these rules of access, such as `everyone read` or `group:1010 start`.
    pub(crate) async fn category(&self, slug: &str, rules: &[&str]) -> i64 {
        let body = json!({"slug": slug, "name": slug, "access": access(rules)});
        self.tell("alice", "POST /v1/categories", body).await.ok()["id"]
            .as_i64()
            .unwrap()
    }

    /// Opens or closes a category, and moves its rows.
    pub(crate) async fn set_access(&self, category: i64, rules: &[&str]) {
        let line = format!("PUT /v1/categories/{category}/access");
        self.tell("alice", &line, json!({"access": access(rules)}))
            .await
            .ok();
    }

    /// Does what the server does by itself, until there is nothing to do.
    pub(crate) async fn do_chores(&self) {
        while self
            .app
            .writer
            .submit(crate::writer::commands::scope_move::MoveStep)
            .await
            .unwrap()
        {}
    }

    /// Makes a closed group with one member.
    pub(crate) async fn group(&self, slug: &str, member: &str) -> i64 {
        let body = json!({"slug": slug, "name": slug, "is_closed": true});
        let id = self.tell("alice", "POST /v1/groups", body).await.ok()["id"]
            .as_i64()
            .unwrap();
        self.put_in(id, member, true).await;
        id
    }

    /// Puts a member in a group or takes them out.
    pub(crate) async fn put_in(&self, group: i64, member: &str, is_in: bool) {
        let method = if is_in { "PUT" } else { "DELETE" };
        let line = format!("{method} /v1/groups/{group}/members/{}", self.id(member));
        self.ask("alice", &line, None, None).await.ok();
    }

    /// Starts a topic; returns its id and that of its first post.
    pub(crate) async fn topic(&self, who: &str, category: i64, title: &str) -> (i64, i64) {
        let body =
            json!({"category": category, "title": title, "source": format!("about {title}")});
        let started = self.tell(who, "POST /v1/topics", body).await.ok();
        (
            started["topic"]["id"].as_i64().unwrap(),
            started["post"]["id"].as_i64().unwrap(),
        )
    }

    /// Replies; returns the id of the post.
    pub(crate) async fn reply(&self, who: &str, topic: i64, source: &str) -> i64 {
        let line = format!("POST /v1/topics/{topic}/posts");
        self.tell(who, &line, json!({"source": source})).await.ok()["id"]
            .as_i64()
            .unwrap()
    }
}

/// A place without a house: an empty data folder, and a database.
pub(crate) struct Lot {
    folder: TempDir,
    database: Option<Database>,
    pub(crate) config: Arc<Config>,
}

impl Lot {
    /// Opens a house on what was restored here of another, with the tokens that were given out there.
    pub(crate) async fn open(self, before: &House) -> House {
        let lifecycle = Lifecycle::new();
        let clock = Arc::new(StillClock::default());
        let entropy: Arc<dyn Entropy> = Arc::new(Counter::default());
        let dyn_clock: Arc<dyn Clock> = Arc::<StillClock>::clone(&clock);
        let operator = Operator::open(&self.config, &lifecycle, dyn_clock, Arc::clone(&entropy))
            .await
            .unwrap();
        let app = House::app(&self.config, &lifecycle, &clock, entropy).await;
        let router = http::router(app.clone())
            .layer(MockConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4000))));
        House {
            app,
            operator,
            clock,
            config: self.config,
            router,
            tokens: Mutex::new(before.tokens.lock().unwrap().clone()),
            ids: Mutex::new(before.ids.lock().unwrap().clone()),
            lifecycle,
            _folder: self.folder,
            _database: self.database,
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.lifecycle.soft().cancel();
    }
}

fn access(rules: &[&str]) -> Value {
    rules
        .iter()
        .map(|rule| {
            let (audience, level) = rule.split_once(' ').unwrap();
            json!({"audience": audience, "level": level})
        })
        .collect()
}
