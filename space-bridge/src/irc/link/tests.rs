// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A server that says what a test wants it to, over a real socket.

use std::fmt::Write as _;
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, BufReader, Lines as TextLines};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::*;
use crate::irc::pace::Pace;
use crate::irc::settings::{Hidden, Room};
use crate::machine::Machine;
use crate::relay::Message;

const DEADLINE: Duration = Duration::from_secs(30);

/// A network's task, and the server that it talks to.
struct Fake {
    listener: TcpListener,
    orders: Sender<Order>,
    news: Receiver<News>,
    anew: Arc<Notify>,
    stop: CancellationToken,
    tasks: JoinSet<()>,
    folder: tempfile::TempDir,
}

/// One connection to the server.
struct Peer {
    lines: TextLines<BufReader<OwnedReadHalf>>,
    writer: OwnedWriteHalf,
}

impl Fake {
    async fn new(pace: Pace) -> Self {
        Self::with(pace, |_| {}).await
    }

    async fn with(pace: Pace, change: impl Fn(&mut Network)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut network = Network {
            name: "net".to_owned(),
            host: "127.0.0.1".to_owned(),
            port: listener.local_addr().unwrap().port(),
            is_encrypted: false,
            authorities: None,
            password: None,
            nick: "space".to_owned(),
            user: "space".to_owned(),
            real_name: "A bridge".to_owned(),
            account: None,
            rooms: vec![Room {
                name: "#tea".to_owned(),
                key: None,
            }],
            ignored: Vec::new(),
            pace,
            is_formatted: false,
            ping_after: Duration::from_mins(1),
        };
        change(&mut network);
        let (orders, orders_of) = mpsc::channel(16);
        let (news_to, news) = mpsc::channel(16);
        let anew = Arc::new(Notify::new());
        let stop = CancellationToken::new();
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = Journal::open(&folder.path().join("sent")).unwrap();
        let outside = Outside {
            orders: orders_of,
            anew: anew.clone(),
            news: news_to,
            journal: Arc::new(journal),
            clock: Arc::new(Machine),
            entropy: Arc::new(Machine),
            marks: Marks::new(),
            stop: stop.clone(),
        };
        let mut tasks = JoinSet::new();
        tasks.spawn(run(network, outside));
        Self {
            listener,
            orders,
            news,
            anew,
            stop,
            tasks,
            folder,
        }
    }

    /// Lets the bridge in and into its room.
    async fn enter(&mut self, capabilities: &str) -> Peer {
        let (stream, _) = within(self.listener.accept()).await.unwrap();
        let mut peer = Peer::new(stream);
        peer.expect("CAP LS 302").await;
        peer.expect("NICK space").await;
        peer.expect("USER").await;
        peer.say(&format!(":irc.test CAP * LS :{capabilities}"))
            .await;
        loop {
            let line = peer.next().await;
            if line == "CAP END" {
                break;
            }
            let name = line.strip_prefix("CAP REQ :").unwrap();
            peer.say(&format!(":irc.test CAP * ACK :{name}")).await;
        }
        peer.say(":irc.test 001 space :Welcome\r\n:irc.test 422 space :No MOTD")
            .await;
        peer.expect("JOIN #tea").await;
        peer.say(":space!space@host.test JOIN #tea").await;
        peer.pong().await;
        self.hears(|news| matches!(news, News::Relay(Input::RoomUp(_))))
            .await;
        peer
    }

    async fn order(&self, op: i64, text: &str) {
        let order = Order {
            op: OpId(op),
            place: room(),
            lane: Lane::Post,
            message: Message::Answer {
                text: text.to_owned(),
            },
            progress: None,
        };
        self.orders.send(order).await.unwrap();
    }

    /// Waits for news; returns it.
    async fn hears(&mut self, is_it: impl Fn(&News) -> bool) -> News {
        loop {
            let news = within(self.news.recv()).await.unwrap();
            if is_it(&news) {
                return news;
            }
        }
    }

    async fn confirmed(&mut self) -> (i64, usize, Vec<String>) {
        let news = self
            .hears(|news| matches!(news, News::Relay(Input::Confirmed(_))))
            .await;
        match news {
            News::Relay(Input::Confirmed(confirmed)) => {
                (confirmed.op.0, confirmed.lines, confirmed.remote_ids)
            }
            other => panic!("{other:?}"),
        }
    }
}

impl Peer {
    fn new(stream: TcpStream) -> Self {
        let (reader, writer) = stream.into_split();
        Self {
            lines: BufReader::new(reader).lines(),
            writer,
        }
    }

    async fn next(&mut self) -> String {
        within(self.lines.next_line()).await.unwrap().unwrap()
    }

    async fn expect(&mut self, start: &str) -> String {
        let line = self.next().await;
        assert!(line.starts_with(start), "{line}");
        line
    }

    async fn say(&mut self, line: &str) {
        self.writer
            .write_all(format!("{line}\r\n").as_bytes())
            .await
            .unwrap();
    }

    /// Answers the PING that comes next.
    async fn pong(&mut self) {
        let ping = self.expect("PING :").await;
        let token = ping.strip_prefix("PING :").unwrap();
        self.say(&format!(":irc.test PONG irc.test :{token}")).await;
    }
}

fn room() -> Place {
    Place::room("net", "#tea")
}

const FAST: Pace = Pace {
    burst: 100,
    each: None,
};

async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future)
        .await
        .expect("it comes in time")
}

#[tokio::test]
async fn a_line_is_certain_when_the_ping_behind_it_is_answered() {
    let mut fake = Fake::new(FAST).await;
    let mut peer = fake.enter("").await;
    fake.order(7, "one\ntwo").await;
    peer.expect("PRIVMSG #tea :one").await;
    peer.expect("PRIVMSG #tea :two").await;
    peer.pong().await;
    assert_eq!(fake.confirmed().await, (7, 2, Vec::new()));
}

#[tokio::test]
async fn an_echo_proves_it_and_names_it() {
    let mut fake = Fake::new(FAST).await;
    let mut peer = fake
        .enter("echo-message labeled-response batch message-tags")
        .await;
    fake.order(7, "one").await;
    assert_eq!(peer.next().await, "@label=7.0 PRIVMSG #tea :one");
    peer.say("@label=7.0;msgid=abc :space!space@host.test PRIVMSG #tea :one")
        .await;
    assert_eq!(fake.confirmed().await, (7, 1, vec!["abc".to_owned()]));
}

#[tokio::test]
async fn before_a_pause_what_was_said_is_made_certain() {
    let slow = Pace {
        burst: 2,
        each: Some(Duration::from_millis(200)),
    };
    let mut fake = Fake::new(slow).await;
    let mut peer = fake.enter("").await;
    let text = (1..=4).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "line {number}");
        text
    });
    fake.order(7, &text).await;
    peer.expect("PRIVMSG #tea :line 1").await;
    peer.expect("PRIVMSG #tea :line 2").await;
    peer.pong().await;
    assert_eq!(fake.confirmed().await.1, 2);
    peer.expect("PRIVMSG #tea :line 3").await;
}

#[tokio::test]
async fn a_server_that_goes_is_told_and_come_back_to() {
    let mut fake = Fake::new(FAST).await;
    let mut peer = fake.enter("").await;
    fake.order(7, "one").await;
    peer.expect("PRIVMSG #tea :one").await;
    drop(peer);
    fake.hears(|news| matches!(news, News::Relay(Input::NetworkDown { .. })))
        .await;
    // What was sent and not confirmed is in the journal, for the case that the program ends now.
    let (_, noted) = Journal::open(&fake.folder.path().join("sent")).unwrap();
    assert_eq!(noted.len(), 1);
    let mut peer = fake.enter("").await;
    fake.order(7, "one").await;
    peer.expect("PRIVMSG #tea :one").await;
    peer.pong().await;
    assert_eq!(fake.confirmed().await.0, 7);
}

#[tokio::test]
async fn bytes_that_are_no_text_and_lines_without_end_are_lived_through() {
    let mut fake = Fake::new(FAST).await;
    let mut peer = fake.enter("").await;
    peer.writer
        .write_all(b":ann!a@h PRIVMSG #tea :7: caf\xe9\r\n")
        .await
        .unwrap();
    let news = fake
        .hears(|news| matches!(news, News::Relay(Input::Heard(_))))
        .await;
    let News::Relay(Input::Heard(heard)) = news else {
        unreachable!()
    };
    assert_eq!(heard.text, "7: café");
    let endless = vec![b'x'; 1 << 20];
    for _ in 0..10 {
        peer.writer.write_all(&endless).await.unwrap();
    }
    peer.say("").await;
    peer.say("PING :still there").await;
    peer.expect("PONG :still there").await;
}

#[tokio::test]
async fn refused_services_are_left_alone_for_a_while() {
    let mut fake = Fake::with(FAST, |network| {
        network.account = Some(("space".to_owned(), Hidden("wrong".to_owned())));
    })
    .await;
    let (stream, _) = within(fake.listener.accept()).await.unwrap();
    let mut peer = Peer::new(stream);
    peer.say(":irc.test CAP * LS :sasl=PLAIN\r\n:irc.test CAP * ACK :sasl\r\nAUTHENTICATE +")
        .await;
    peer.say(":irc.test 904 space :SASL authentication failed")
        .await;
    let news = fake.hears(|news| matches!(news, News::Down { .. })).await;
    let News::Down { why, .. } = news else {
        unreachable!()
    };
    assert!(
        why.starts_with("the services do not take the account \"space\" or its password"),
        "{why}"
    );
    assert!(why.contains("[irc.net]") && !why.contains("wrong"), "{why}");
    // After any other end it is back within seconds.
    let again = tokio::time::timeout(Duration::from_secs(3), fake.listener.accept()).await;
    assert!(again.is_err(), "it came back at once");
}

#[tokio::test]
async fn a_server_without_tls_is_told_from_one_that_cannot_be_trusted() {
    let mut fake = Fake::with(FAST, |network| network.is_encrypted = true).await;
    let (stream, _) = within(fake.listener.accept()).await.unwrap();
    Peer::new(stream)
        .say(":irc.test NOTICE * :*** Looking up your hostname")
        .await;
    let news = fake.hears(|news| matches!(news, News::Down { .. })).await;
    let News::Down { why, .. } = news else {
        unreachable!()
    };
    assert!(
        why.contains("127.0.0.1 does not speak TLS on port"),
        "{why}"
    );
}

#[tokio::test]
async fn asked_to_stop_it_says_goodbye() {
    let mut fake = Fake::new(FAST).await;
    let mut peer = fake.enter("").await;
    fake.stop.cancel();
    peer.expect("QUIT").await;
    assert!(within(fake.tasks.join_next()).await.is_some());
}

#[tokio::test]
async fn told_to_begin_anew_it_forgets_what_it_was_ordered_and_comes_back() {
    let mut fake = Fake::new(FAST).await;
    let mut peer = fake.enter("").await;
    fake.anew.notify_one();
    let down = fake
        .hears(|news| matches!(news, News::Relay(Input::NetworkDown { .. })))
        .await;
    assert!(matches!(down, News::Relay(Input::NetworkDown { network, .. }) if network == "net"));
    assert_eq!(within(peer.lines.next_line()).await.unwrap(), None);
    fake.order(7, "an old one").await;
    let mut peer = fake.enter("").await;
    fake.order(8, "a new one").await;
    peer.expect("PRIVMSG #tea :a new one").await;
}

#[tokio::test]
async fn what_a_server_says_at_the_end_steers_no_terminal() {
    let mut fake = Fake::new(FAST).await;
    let mut peer = fake.enter("").await;
    peer.say("ERROR :go \u{1b}[2Jaway\u{202e}").await;
    let news = fake.hears(|news| matches!(news, News::Down { .. })).await;
    let News::Down { why, .. } = news else {
        unreachable!()
    };
    assert!(why.contains("the server says: go"), "{why:?}");
    assert!(!why.contains(['\u{1b}', '\u{202e}']), "{why:?}");
}
