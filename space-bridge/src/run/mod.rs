// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-bridge run`: the relay, the feed and the networks, together.
//!
//! One task owns the relay and its memory. Everything else - the follower of the feed, a task for each network, questions
//! to the server - sends it what happened, over bounded channels, and does what it says. It never waits for any of them.

mod feed;
mod house;
mod stall;

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use space_core::client::{Api, ApiError};
use space_core::{CategoryId, Clock, Entropy, Timestamp};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tokio::sync::mpsc::{self, Receiver, Sender, error::TrySendError};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::config::{Checked, Config};
use crate::failure::Failure;
use crate::machine::Machine;
use crate::network::{News, Order};
use crate::relay::store::Condition;
use crate::relay::{Answer, Effect, Input, JobId, Journal, Place, Relay, Store, StoreError};
use feed::{Fed, Start};
use stall::{Stall, full_disk};

/// What a network may have been told and not begun: more than there are places in flight.
const ORDERS: usize = 1024;
/// What networks may have told and the relay not taken in.
const NEWS: usize = 256;
/// What the feed may have brought and the relay not taken in.
const FEED: usize = 4;
/// How long to wait before it is asked again where a mirror begins, when the server does not say.
const NEWEST: Duration = Duration::from_secs(1);

/// A network's task, as the relay reaches it.
struct Line {
    orders: Sender<Order>,
    /// Tells it to begin anew: what it was ordered does not count any more.
    anew: Arc<Notify>,
}

/// Something that was asked and is answered.
enum Asked {
    Job(JobId, Answer),
    /// The newest post of a category that is mirrored from now on.
    Newest(CategoryId, Result<i64, ApiError>),
}

struct Daemon {
    relay: Relay,
    api: Api,
    settings: crate::relay::Settings,
    lines: BTreeMap<String, Line>,
    asked: JoinSet<Asked>,
    /// Mirrors that have not begun: the room, and the category when it is known.
    unbegun: Vec<(Place, space_core::text::Slug)>,
    is_asking_newest: bool,
    /// Before this it is not asked again.
    asks_newest_at: Timestamp,
    journal: Arc<Journal>,
    clock: Arc<dyn Clock>,
    /// The file of the memory.
    state: PathBuf,
    started: Timestamp,
    stall: Stall,
}

/// Runs the bridge until it is asked to stop.
pub(crate) async fn run(config: &Config, checked: Checked) -> Result<(), Failure> {
    let (clock, entropy): (Arc<dyn Clock>, Arc<dyn Entropy>) =
        (Arc::new(Machine), Arc::new(Machine));
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for signals")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for signals")?;
    let state = checked.state.clone();
    let no_room = |error: StoreError| full_disk(error, &state);
    let store = Store::open(&state, checked.api.server(), entropy.as_ref()).map_err(no_room)?;
    let cursor = store.cursor()?;
    let mut beside = state.clone().into_os_string();
    beside.push(".sent");
    let (journal, sent) = Journal::open(beside.as_ref()).map_err(|source| {
        let path = PathBuf::from(&beside);
        no_room(StoreError::File { path, source })
    })?;
    let started = clock.now();
    let relay = Relay::resume(checked.settings.clone(), store, sent, started).map_err(no_room)?;
    journal.clear().context("cannot forget what was sent")?;
    let journal = Arc::new(journal);
    let (fed_to, mut fed) = mpsc::channel(FEED);
    let (news_to, mut news) = mpsc::channel(NEWS);
    let stop = CancellationToken::new();
    let mut tasks = JoinSet::new();
    let mut lines = BTreeMap::new();
    #[cfg(feature = "irc")]
    let presences = relay.store().presences()?;
    #[cfg(feature = "irc")]
    for network in checked.networks {
        let (order_to, orders_of) = mpsc::channel(ORDERS);
        let anew = Arc::new(Notify::new());
        let line = Line {
            orders: order_to,
            anew: anew.clone(),
        };
        lines.insert(network.name.clone(), line);
        let outside = crate::irc::Outside {
            orders: orders_of,
            anew,
            news: news_to.clone(),
            journal: journal.clone(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            marks: marks(&presences, &network.name),
            stop: stop.clone(),
        };
        spawn(&mut tasks, crate::irc::run(network, outside));
    }
    drop(news_to);
    let start = match cursor {
        Some(cursor) => Start::At(cursor),
        // The cursor was given up, and what was posted since it was has not been read.
        None if relay.store().has_mirrored()? => Start::Zero,
        None => Start::Now,
    };
    let follower = feed::follow(checked.api.clone(), start, fed_to, entropy);
    let mut reader = JoinSet::new();
    spawn(&mut reader, follower);
    let unbegun = unbegun(&relay, &checked.settings)?;
    let mut daemon = Daemon {
        relay,
        api: checked.api,
        settings: checked.settings,
        lines,
        asked: JoinSet::new(),
        unbegun,
        is_asking_newest: false,
        asks_newest_at: Timestamp::default(),
        journal,
        clock,
        state: checked.state,
        started,
        stall: Stall::default(),
    };
    daemon.sign(false);
    daemon.note_conditions(Condition::Trying, "")?;
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        // All branches are cancel-safe: what is not taken now is there next time.
        tokio::select! {
            Some(fed) = fed.recv(), if !daemon.is_stalled() => daemon.fed(fed)?,
            Some(news) = news.recv(), if !daemon.stall.is_full() => daemon.news(news)?,
            Some(asked) = daemon.asked.join_next(), if !daemon.asked.is_empty() => daemon.answered(asked)?,
            _ = tick.tick() => daemon.tick()?,
            // None of them ends by itself. Whoever runs the program starts it again; half of it would be no bridge.
            failure = ended(&mut tasks, "the task of a network") => return Err(failure),
            failure = ended(&mut reader, "reading the feed") => return Err(failure),
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
        }
    }
    info!("stopping: finishing what was begun");
    reader.abort_all();
    // Until what is on its way has arrived, or patience ends; a second signal ends it at once.
    let finish = daemon.finish(&mut news);
    tokio::select! {
        done = tokio::time::timeout(config.stop_timeout.get(), finish) => {
            if let Ok(done) = done {
                done?;
            }
        }
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    stop.cancel();
    drop(news);
    let leave = async { while tasks.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(Duration::from_secs(3), leave).await;
    daemon.give_up()?;
    daemon.note_conditions(Condition::Stopped, "")?;
    daemon.sign(true);
    info!("stopped");
    Ok(())
}

/// Returns up to where the rooms of a network were heard.
#[cfg(feature = "irc")]
fn marks(
    presences: &[(Place, space_core::Timestamp, Option<String>)],
    network: &str,
) -> crate::irc::Marks {
    presences
        .iter()
        .filter(|(room, ..)| room.network == network)
        .filter_map(|(room, _, mark)| {
            let mark = crate::irc::Mark::read(mark.as_deref()?)?;
            Some((room.name.clone(), mark))
        })
        .collect()
}

/// Returns what is to be mirrored and has not begun.
fn unbegun(
    relay: &Relay,
    settings: &crate::relay::Settings,
) -> Result<Vec<(Place, space_core::text::Slug)>, Failure> {
    let mut found = Vec::new();
    for mirror in &settings.mirrors {
        let category = relay.store().category_of(&mirror.category)?;
        let has_begun = match category {
            Some(category) => relay.store().has_begun(&mirror.room, category.id)?,
            None => false,
        };
        if !has_begun {
            found.push((mirror.room.clone(), mirror.category.clone()));
        }
    }
    Ok(found)
}

impl Daemon {
    fn step(&mut self, input: Input, now: Timestamp) -> Result<(), Failure> {
        let is_said = matches!(input, Input::Heard(_));
        match self.relay.step(input, now) {
            Ok(effects) => {
                let effects = self.still_wanted(effects);
                self.perform_all(effects)
            }
            Err(error) => {
                self.stall.stops_at_words = is_said;
                self.stalls(error)
            }
        }
    }

    fn perform_all(&mut self, effects: Vec<Effect>) -> Result<(), Failure> {
        let mut down = BTreeSet::new();
        for effect in effects {
            match effect {
                // Taken back with all that is on its way there.
                Effect::Send { place, .. } if down.contains(&place.network) => {}
                effect => down.extend(self.perform(effect)),
            }
        }
        for network in down {
            warn!("{network}: more is to be said than it takes; connecting anew");
            if let Some(line) = self.lines.get(&network) {
                line.anew.notify_one();
            }
            self.take_in(Input::NetworkDown {
                network,
                silent: Duration::ZERO,
            })?;
        }
        Ok(())
    }

    fn tick(&mut self) -> Result<(), Failure> {
        self.sign_if_due();
        self.try_again()?;
        self.settle_journal();
        if self.is_stalled() {
            return Ok(());
        }
        self.take_in(Input::Tick)?;
        self.begin_mirrors()?;
        // Nothing is on its way, so all that was sent is written down.
        if !self.relay.is_busy() {
            self.journal
                .clear()
                .context("cannot forget what was sent")?;
        }
        match self.relay.store().wipe() {
            Err(error) if !error.may_pass() => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Does what the relay says; returns the network that takes no orders, when there is one.
    fn perform(&mut self, effect: Effect) -> Option<String> {
        match effect {
            Effect::Send {
                op,
                place,
                lane,
                message,
                progress,
            } => {
                let Some(line) = self.lines.get(&place.network) else {
                    return Some(place.network);
                };
                let order = Order {
                    op,
                    place,
                    lane,
                    message,
                    progress,
                };
                if let Err(TrySendError::Full(order) | TrySendError::Closed(order)) =
                    line.orders.try_send(order)
                {
                    return Some(order.place.network);
                }
            }
            Effect::Landed(op, progress) => self.note_landed(op, progress),
            Effect::Ask(job) => {
                let api = self.api.clone();
                spawn(&mut self.asked, async move {
                    let answer = house::ask(&api, &job).await;
                    Asked::Job(job.id, answer)
                });
            }
            Effect::Warn(text) => warn!("{text}"),
        }
        None
    }

    fn fed(&mut self, fed: Fed) -> Result<(), Failure> {
        match fed {
            Fed::Relay(input) => {
                self.take_in(*input)?;
                self.begin_mirrors()
            }
            Fed::Up => {
                self.note("server", "", Condition::Up, "")?;
                self.warn_of_missing()
            }
            Fed::Down(why) => self.note("server", "", Condition::Down, &why),
        }
    }

    fn news(&mut self, news: News) -> Result<(), Failure> {
        match news {
            News::Relay(input) => self.take_in(input),
            News::Up { network, room } => {
                if let Some(room) = &room {
                    info!("{network}: in {room}");
                }
                self.note(&network, room.as_deref().unwrap_or(""), Condition::Up, "")
            }
            News::Down { network, room, why } => self.note(
                &network,
                room.as_deref().unwrap_or(""),
                Condition::Down,
                &why,
            ),
        }
    }

    fn answered(&mut self, asked: Result<Asked, tokio::task::JoinError>) -> Result<(), Failure> {
        match asked.context("a question to the server was not finished")? {
            Asked::Job(job, answer) => self.take_in(Input::Answered(job, answer)),
            Asked::Newest(category, Ok(last_post)) => {
                self.is_asking_newest = false;
                let mut begun = Vec::new();
                for (room, slug) in std::mem::take(&mut self.unbegun) {
                    let known = self.relay.store().category_of(&slug)?;
                    if known.is_some_and(|known| known.id == category) {
                        begun.push((room, slug));
                    } else {
                        self.unbegun.push((room, slug));
                    }
                }
                for (room, slug) in begun {
                    info!("mirroring {slug} in {room}");
                    self.take_in(Input::Begun {
                        room,
                        category,
                        last_post,
                    })?;
                }
                self.begin_mirrors()
            }
            Asked::Newest(_, Err(error)) => {
                self.is_asking_newest = false;
                let wait = error.retry_after().unwrap_or(NEWEST);
                self.asks_newest_at = self.clock.now().plus(wait);
                warn!("cannot begin a mirror: {error}");
                Ok(())
            }
        }
    }

    /// Asks where a mirror begins, as soon as its category is known.
    fn begin_mirrors(&mut self) -> Result<(), Failure> {
        if self.is_asking_newest || self.clock.now() < self.asks_newest_at {
            return Ok(());
        }
        for (_, slug) in &self.unbegun {
            let Some(category) = self.relay.store().category_of(slug)? else {
                continue;
            };
            self.is_asking_newest = true;
            let api = self.api.clone();
            spawn(&mut self.asked, async move {
                let newest = house::newest_post(&api, category.id).await;
                Asked::Newest(category.id, newest)
            });
            return Ok(());
        }
        Ok(())
    }

    /// Says which categories are not there, and which are.
    fn warn_of_missing(&mut self) -> Result<(), Failure> {
        for (room, slug) in self.unbegun.clone() {
            if self.relay.store().category_of(&slug)?.is_none() {
                let why = format!(
                    "there is no category \"{slug}\", or it is not open to the bridge; there is: {}",
                    self.relay.store().slugs()?.join(", ")
                );
                warn!("{room}: {why}");
                self.note(&room.network, &room.name, Condition::Down, &why)?;
            }
        }
        Ok(())
    }

    /// Waits until nothing is on its way any more.
    async fn finish(&mut self, news: &mut Receiver<News>) -> Result<(), Failure> {
        // Nothing new is handed out: no room is there from now on, and what is on its way stays so.
        self.try_again()?;
        if !self.is_stalled() {
            self.relay.drain(self.clock.now())?;
        }
        while self.relay.is_busy() {
            tokio::select! {
                Some(told) = news.recv() => self.news(told)?,
                Some(asked) = self.asked.join_next(), if !self.asked.is_empty() => self.answered(asked)?,
                else => return Ok(()),
            }
        }
        Ok(())
    }

    fn note(
        &mut self,
        network: &str,
        room: &str,
        condition: Condition,
        detail: &str,
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        let store = self.relay.store();
        match store.set_condition(network, room, condition, detail, now) {
            Err(error) if error.may_pass() => {
                self.keep_condition(network, room, condition, detail);
                Ok(())
            }
            noted => Ok(noted?),
        }
    }

    fn note_conditions(&mut self, condition: Condition, detail: &str) -> Result<(), Failure> {
        match self.relay.store().forget_conditions() {
            Err(error) if !error.may_pass() => return Err(error.into()),
            _ => {}
        }
        self.note("server", "", condition, detail)?;
        for network in self.lines.keys().cloned().collect::<Vec<_>>() {
            self.note(&network, "", condition, detail)?;
        }
        for mirror in self.settings.mirrors.clone() {
            self.note(&mirror.room.network, &mirror.room.name, condition, detail)?;
        }
        Ok(())
    }
}

/// Waits until one of the tasks ends, by itself or in a panic.
async fn ended(tasks: &mut JoinSet<()>, what: &'static str) -> Failure {
    match tasks.join_next().await {
        None => std::future::pending().await,
        Some(Ok(())) => Failure::from(anyhow::anyhow!("{what} ended although nobody asked it to")),
        Some(Err(error)) => {
            Failure::from(anyhow::Error::from(error).context(format!("{what} failed")))
        }
    }
}

/// Spawns a task that ends with its set.
fn spawn<T: Send + 'static>(set: &mut JoinSet<T>, task: impl Future<Output = T> + Send + 'static) {
    set.spawn(task);
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
