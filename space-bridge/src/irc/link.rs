// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Keeping a network connected: one task for each, which connects, speaks and listens, and comes back when it is cut off.

mod outside;

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use futures_util::{FutureExt, StreamExt};
use space_core::Clock;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::Notify;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio::time::Instant;
use tokio_util::codec::FramedRead;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::connect::{connect, reason};
use super::incoming::Lines;
use super::pace::Bucket;
use super::session::{Event, Marks, Out, Session};
use super::settings::Network;
use super::text;
use crate::network::{News, Order};
use crate::pause::{pause, pause_from};
use crate::relay::{Confirmed, Input, Journal, Lane, Message, OpId, Place, Progress};
use outside::Ended;

pub(crate) use outside::Outside;

/// How long the network may take to accept a line.
const WRITE: Duration = Duration::from_secs(30);
/// How long the network may take to show that a line arrived.
const PROOF: Duration = Duration::from_mins(1);
/// How long the network may take to say that it is there.
const SILENCE: Duration = Duration::from_secs(30);
/// How long a line waits when it cannot be noted that it is sent.
const HELD: Duration = Duration::from_secs(1);
/// After a connection that lived this long, waits are short again.
const LONG: Duration = Duration::from_mins(1);
/// How long to wait before connecting again at most.
const RETRY_MOST: Duration = Duration::from_mins(5);

/// How long to wait after the server or its services have refused the bridge: they count how often one comes back.
const REFUSED_FIRST: Duration = Duration::from_mins(1);
/// The same at most.
const REFUSED_MOST: Duration = Duration::from_hours(1);

/// Keeps a network connected until it is asked to stop.
pub(crate) async fn run(network: Network, mut outside: Outside) {
    let (mut tries, mut refusals) = (0, 0);
    let mut marks = std::mem::take(&mut outside.marks);
    loop {
        let begun = Instant::now();
        let mut last_heard = None;
        let ended = live(&network, &mut outside, &mut marks, &mut last_heard).await;
        let name = network.name.clone();
        if begun.elapsed() >= LONG {
            (tries, refusals) = (0, 0);
        }
        let entropy = outside.entropy.as_ref();
        let (why, wait) = match ended {
            Ended::Asked => return,
            Ended::Lost(why) => {
                let wait = pause(tries, RETRY_MOST, entropy);
                tries += 1;
                (why, wait)
            }
            Ended::Refused(why) => {
                let wait = pause_from(REFUSED_FIRST, refusals, REFUSED_MOST, entropy);
                refusals += 1;
                (why, wait)
            }
        };
        // Some of it may be the server's words, for the log and for whoever asks how it is.
        let why = shown(&why);
        warn!(
            network.name = %name,
            "{name}: {why}; connecting again in {:.0} s",
            wait.as_secs_f32()
        );
        let down = News::Relay(Input::NetworkDown {
            network: name.clone(),
            silent: last_heard.map_or(Duration::ZERO, |at: Instant| at.elapsed()),
        });
        let condition = News::Down {
            network: name,
            room: None,
            why,
        };
        for news in [down, condition] {
            if outside.news.send(news).await.is_err() {
                return;
            }
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = outside.stop.cancelled() => return,
        }
        // What was ordered while nobody was there is ordered again when somebody is.
        while outside.orders.try_recv().is_ok() {}
        let _ = outside.anew.notified().now_or_never();
    }
}

/// Something that is being said.
struct Saying {
    op: OpId,
    place: Place,
    /// The message that it answers, by the name that the network has for it.
    answers: Option<String>,
    progress: Progress,
}

struct Connection<'a, W> {
    network: &'a Network,
    session: Session,
    writer: W,
    bucket: Bucket,
    /// What waits for its turn: urgent things first, then in order.
    waiting: BTreeMap<(Lane, OpId), Saying>,
    news: &'a Sender<News>,
    journal: &'a Journal,
    last_heard: Instant,
    is_asked: bool,
    /// What is sent cannot be noted: nothing is said before this.
    held_until: Option<Instant>,
}

/// Opens a connection and keeps it for as long as it goes. Up to where rooms were heard, and when the server was last
/// heard, is left behind.
async fn live(
    network: &Network,
    outside: &mut Outside,
    marks: &mut Marks,
    last_heard: &mut Option<Instant>,
) -> Ended {
    let stream = tokio::select! {
        stream = connect(network) => stream,
        () = outside.stop.cancelled() => return Ended::Asked,
    };
    let stream = match stream {
        Ok(stream) => stream,
        Err(error) => return Ended::Lost(format!("cannot connect: {}", reason(&error, network))),
    };
    let (reader, writer) = tokio::io::split(stream);
    let mut lines = FramedRead::new(reader, Lines::default());
    let now = Instant::now();
    let mut connection = Connection {
        network,
        session: Session::new(network.clone(), std::mem::take(marks)),
        writer,
        bucket: Bucket::new(network.pace, now),
        waiting: BTreeMap::new(),
        news: &outside.news,
        journal: &outside.journal,
        last_heard: now,
        is_asked: false,
        held_until: None,
    };
    let ended = converse(
        &mut connection,
        &mut lines,
        &mut outside.orders,
        &outside.anew,
        outside.clock.as_ref(),
        &outside.stop,
    )
    .await;
    if matches!(ended, Ended::Asked) {
        connection.leave().await;
    }
    *last_heard = Some(connection.last_heard);
    *marks = connection.session.into_marks();
    ended
}

/// Speaks and listens until the connection is of no use any more.
async fn converse<R: AsyncRead + Unpin, W: AsyncWrite + Unpin>(
    connection: &mut Connection<'_, W>,
    lines: &mut FramedRead<R, Lines>,
    orders: &mut Receiver<Order>,
    anew: &Notify,
    clock: &dyn Clock,
    stop: &CancellationToken,
) -> Ended {
    let first = connection.session.begin();
    if let Err(why) = connection.write(&first).await {
        return why.into();
    }
    loop {
        let wake = connection.wakes_at();
        // All branches are cancel-safe: what is not taken now is there next time.
        let done = tokio::select! {
            () = anew.notified() => {
                Err(Ended::Lost("more is to be said than the network takes".to_owned()))
            }
            line = lines.next() => match line {
                Some(Ok(line)) => {
                    connection.last_heard = Instant::now();
                    connection.is_asked = false;
                    let out = connection.session.hear(&line, Instant::now(), clock.now());
                    connection.follow(out).await
                }
                Some(Err(error)) => Err(lost(&error).into()),
                None => Err(Ended::Lost("the server closed the connection".to_owned())),
            },
            order = orders.recv() => match order {
                Some(order) => connection.take(order).await.map_err(Ended::from),
                None => return Ended::Asked,
            },
            () = tokio::time::sleep_until(wake) => connection.tick().await,
            () = stop.cancelled() => return Ended::Asked,
        };
        let done = match done {
            Ok(()) => connection.speak().await.map_err(Ended::from),
            Err(ended) => Err(ended),
        };
        if let Err(ended) = done {
            return ended;
        }
    }
}

impl<W: AsyncWrite + Unpin> Connection<'_, W> {
    fn wakes_at(&self) -> Instant {
        let silence = if self.is_asked {
            self.last_heard + self.network.ping_after + SILENCE
        } else {
            self.last_heard + self.network.ping_after
        };
        let mut wake = silence;
        let proof = self.session.unproven_since().map(|since| since + PROOF);
        let pace = self.held_until.or_else(|| self.bucket.ready_at());
        let pace = pace.filter(|_| !self.waiting.is_empty());
        for at in [proof, pace, self.session.wakes_at()].into_iter().flatten() {
            wake = wake.min(at);
        }
        wake
    }

    async fn tick(&mut self) -> Result<(), Ended> {
        let now = Instant::now();
        if self
            .session
            .unproven_since()
            .is_some_and(|since| since + PROOF <= now)
        {
            return Err(Ended::Lost(
                "the server does not show that it has what it was sent".to_owned(),
            ));
        }
        let silent = now.saturating_duration_since(self.last_heard);
        if silent >= self.network.ping_after + SILENCE {
            return Err(Ended::Lost("the server does not answer".to_owned()));
        }
        if silent >= self.network.ping_after && !self.is_asked {
            self.is_asked = true;
            let out = self.session.is_anybody_there();
            self.follow(out).await?;
        }
        let out = self.session.tick(now);
        self.follow(out).await
    }

    /// Does what the session says.
    async fn follow(&mut self, out: Out) -> Result<(), Ended> {
        self.write(&out.lines).await?;
        for event in out.events {
            let network = self.network.name.clone();
            let news = match event {
                Event::Relay(input) => {
                    self.forget(&input);
                    News::Relay(*input)
                }
                Event::In { nick } => {
                    info!(network.name = %network, "{network}: connected as {}", shown(&nick));
                    News::Up {
                        network,
                        room: None,
                    }
                }
                Event::Room {
                    room,
                    trouble: None,
                } => News::Up {
                    network,
                    room: Some(room),
                },
                Event::Room {
                    room,
                    trouble: Some(why),
                } => {
                    let why = shown(&why);
                    warn!(network.name = %network, "{network}: {room}: {why}");
                    News::Down {
                        network,
                        room: Some(room),
                        why,
                    }
                }
                Event::Warn(text) => {
                    warn!(network.name = %network, "{network}: {}", shown(&text));
                    continue;
                }
            };
            self.news
                .send(news)
                .await
                .map_err(|_| "nobody listens any more".to_owned())?;
        }
        match out.end {
            Some(end) => Err(end.into()),
            None => Ok(()),
        }
    }

    /// What the relay takes back is not said any more.
    fn forget(&mut self, input: &Input) {
        match input {
            Input::RoomDown(room) => self.waiting.retain(|_, saying| saying.place != *room),
            Input::Refused { op, .. } | Input::Unsaid { op, .. } => {
                self.waiting.retain(|_, saying| saying.op != *op);
            }
            Input::PersonGone(person) => self
                .waiting
                .retain(|(lane, _), saying| *lane != Lane::Report || saying.place != *person),
            _ => {}
        }
    }

    async fn take(&mut self, order: Order) -> Result<(), String> {
        let Order {
            op,
            place,
            lane,
            message,
            progress,
        } = order;
        // The relay has not heard yet that the room is gone, or the person; when it has, it takes this back.
        let is_for_another = lane == Lane::Report && self.session.has_left(&place);
        if is_for_another || !self.session.can_reach(&place) {
            return Ok(());
        }
        let progress = progress.unwrap_or_else(|| Progress {
            lines: text::lines(&message, self.session.style(&place)),
            sent: 0,
        });
        if progress.is_complete() {
            // Nothing to say after all, such as an edit that changes nothing that can be seen.
            let lines = progress.lines.len();
            let confirmed = Confirmed {
                op,
                place,
                lines,
                remote_ids: Vec::new(),
                mark: None,
            };
            return self.tell(Input::Confirmed(confirmed)).await;
        }
        let answers = match message {
            Message::Post(post) => post.answers_remote,
            _ => None,
        };
        let saying = Saying {
            op,
            place,
            answers,
            progress,
        };
        self.waiting.insert((lane, op), saying);
        Ok(())
    }

    async fn tell(&mut self, input: Input) -> Result<(), String> {
        self.news
            .send(News::Relay(input))
            .await
            .map_err(|_| "nobody listens any more".to_owned())
    }

    /// Says what waits, as fast as the pace allows.
    async fn speak(&mut self) -> Result<(), String> {
        loop {
            let now = Instant::now();
            if !self.bucket.is_ready(now) || self.held_until.is_some_and(|until| now < until) {
                return Ok(());
            }
            let Some(mut entry) = self.waiting.first_entry() else {
                return Ok(());
            };
            let saying = entry.get_mut();
            let mut next = saying.progress.clone();
            next.sent += 1;
            // Before, not after: whoever reads the line may end this program before it could note it. On a full disk the line
            // waits; the connection does not suffer.
            if let Err(error) = self.journal.note(saying.op, &next) {
                if self.held_until.replace(now + HELD).is_none() {
                    warn!("cannot note what is sent, so nothing is: {error}");
                }
                return Ok(());
            }
            self.held_until = None;
            let at = saying.progress.sent;
            let text = saying.progress.lines[at].clone();
            let (op, place) = (saying.op, saying.place.clone());
            // The first line is the answer; the others follow it.
            let answers = saying.answers.take();
            saying.progress.sent += 1;
            let progress = saying.progress.clone();
            let is_last = progress.is_complete();
            if is_last {
                entry.remove();
            }
            self.bucket.take(now);
            let said = self.session.say(op, &place, at, &text, now);
            let mut lines = vec![self.session.in_answer_to(answers.as_deref(), said)];
            // A proof after the last line, and before every pause: what came before it is then certain.
            if is_last || !self.bucket.is_ready(now) {
                let prove = self.session.prove(op, &place, at + 1, &text, now);
                if let Some(prove) = prove {
                    self.bucket.take(now);
                    lines.push(prove);
                }
            }
            self.write(&lines).await?;
            let sent = Input::Sent {
                op,
                place,
                progress,
            };
            self.tell(sent).await?;
        }
    }

    async fn write(&mut self, lines: &[String]) -> Result<(), String> {
        if lines.is_empty() {
            return Ok(());
        }
        let mut bytes = Vec::new();
        for line in lines {
            // Nothing that is worded here has a line end in it; if it had, it would end there.
            let end = line.find(['\r', '\n', '\0']).unwrap_or(line.len());
            bytes.extend_from_slice(&line.as_bytes()[..end]);
            bytes.extend_from_slice(b"\r\n");
        }
        let write = async {
            self.writer.write_all(&bytes).await?;
            self.writer.flush().await
        };
        match tokio::time::timeout(WRITE, write).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(lost(&error)),
            Err(_) => Err("the server takes nothing any more".to_owned()),
        }
    }

    async fn leave(&mut self) {
        // What it would answer is of no interest; that it is gone, neither.
        let _ = self
            .write(&["QUIT :The bridge is being stopped".to_owned()])
            .await;
        let _ = tokio::time::timeout(Duration::from_secs(1), self.writer.shutdown()).await;
    }
}

fn lost(error: &io::Error) -> String {
    format!("the connection broke: {error}")
}

/// What others wrote, as a log can hold it.
fn shown(text: &str) -> String {
    space_core::markup::sanitize::line(text).into_owned()
}

#[cfg(test)]
mod tests;
