// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The screen on a real terminal: one owner of the model, messages in, frames out; drawing never waits.

pub mod background;
mod editor;
pub mod gallery;
mod guard;
mod open;
mod probe;
mod signals;
mod watchdog;

use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{Event, EventStream, KeyEventKind, MouseButton, MouseEventKind};
use futures_util::StreamExt as _;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use tokio::sync::{Notify, mpsc, oneshot, watch};

use crate::app::Env;
use crate::app::keymap::Keymap;
use crate::app::message::{Cmd, Edited, Msg};
use crate::app::model::{Model, Notice};
use crate::app::mouse::{Did, Mouse};
use crate::app::reading::{Images, Reading};
use crate::app::update::{start, update};
use crate::app::view::view;
use crate::compose::pane::KEEP_AFTER;
use crate::compose::{Writing, leave};
use crate::config::Settings;
use crate::connect::Connect;
use crate::doc::contested::Rows;
use crate::doc::hyperlink;
use crate::doc::paint::paint;
use crate::doc::theme::Theme;
use crate::editing;
use crate::l10n::L10n;
use crate::screens::rendered::Snippet;
use crate::text::clean;
use crate::worker::pictures::{self, Order};
use crate::worker::reader::{self, Question};
use crate::worker::{Tools, colours, fetch, jumps, sync};

pub use editor::{choose as choose_editor, compose};
use gallery::Gallery;
pub use guard::Guard;
use ratatui_image::picker::Picker;
use signals::{Signals, Told};

/// Messages that wait at most. When it is full the workers wait for the screen; the screen never waits for them.
const MESSAGES: usize = 1024;
/// Frames are at least this far apart; what arrives in between is drawn with the next. A key is often two frames: one that
/// shows that it was understood, and one with what the reader thread found; both are there within 16 ms.
const FRAME: Duration = Duration::from_millis(8);
/// How long the workers may take to end.
const FAREWELL: Duration = Duration::from_secs(2);

/// What the screen needs.
pub struct Session {
    /// Replica, clock and chance.
    pub tools: Tools,
    /// The way to the server.
    pub connect: Connect,
    /// The server's name, for the status line.
    pub server: String,
    /// The texts.
    pub l10n: L10n,
    /// What keys mean.
    pub keymap: Keymap,
    /// What the reader set.
    pub settings: Settings,
    /// What to say first.
    pub notice: Option<Notice>,
    /// How it looks.
    pub theme: Theme,
    /// How posts are shown.
    pub reading: Reading,
}

/// Runs the screen until the reader quits.
pub fn run(session: Session) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let guard = Guard::enter(session.settings.mouse)?;
    let l10n = L10n::new(session.l10n.language());
    let result = runtime.block_on(Screen::new(session)?.run(&guard));
    guard.leave();
    tell_unkept(&l10n, &result?);
    Ok(())
}

/// Says what could not be kept, where it can be copied from: there is no better place left.
fn tell_unkept(l10n: &L10n, texts: &[Writing]) {
    use std::io::Write as _;
    let mut out = std::io::stderr();
    for text in texts {
        // A terminal that is gone takes nothing.
        let _ = writeln!(out, "{}\n", l10n.text("unkept"));
        if !text.title.is_empty() {
            let _ = writeln!(out, "{}\n", clean::line(&text.title));
        }
        let _ = writeln!(out, "{}\n", clean::block(&text.source));
    }
}

struct Screen {
    session: Session,
    model: Model,
    terminal: Terminal<CrosstermBackend<std::io::Stdout>>,
    messages: mpsc::Receiver<Msg>,
    sender: mpsc::Sender<Msg>,
    questions: Option<mpsc::Sender<Question>>,
    snippets: Option<mpsc::Sender<Arc<Snippet>>>,
    orders: Option<mpsc::Sender<Order>>,
    /// How the terminal shows pictures; found out when the first one is on the screen.
    picker: std::cell::OnceCell<Option<Picker>>,
    gallery: Gallery,
    /// Rows with characters that terminals do not agree about.
    rows: Rows,
    has_true_colour: bool,
    wake: Arc<Notify>,
    stop: Option<oneshot::Sender<()>>,
    workers: Vec<std::thread::JoinHandle<()>>,
    timers: tokio::task::JoinSet<()>,
}

/// What to do after the commands of a message.
enum Next {
    Go,
    End,
}

impl Screen {
    fn new(session: Session) -> anyhow::Result<Self> {
        let terminal = Terminal::new(CrosstermBackend::new(std::io::stdout()))?;
        let size = terminal.size()?;
        let member = session.tools.member.clone();
        let mut model = Model::new(size.width, size.height, session.server.clone(), member);
        model.jumps = jumps::load(&session.tools.file);
        model.settings = session.settings.clone();
        model.notice.clone_from(&session.notice);
        model.status.is_token_plain = session.connect.is_plain();
        let (sender, messages) = mpsc::channel(MESSAGES);
        let (questions, asked) = mpsc::channel(reader::QUESTIONS);
        let wake = Arc::new(Notify::new());
        let mut workers = Vec::new();
        let (orders_to_fetch, to_fetch) = mpsc::channel(fetch::ORDERS);
        let (server, known) = watch::channel(None);
        let again = questions.downgrade();
        let (tools, answers) = (session.tools.clone(), sender.clone());
        workers.push(
            std::thread::Builder::new()
                .name("space-replica".to_owned())
                .spawn(move || {
                    let _alarm = Alarm(answers.clone());
                    reader::run(&tools, asked, orders_to_fetch, &answers);
                })?,
        );
        let (tools, events) = (session.tools.clone(), sender.clone());
        // It is not waited for at the end: what it reads then is read again the next time.
        std::thread::Builder::new()
            .name("space-fetch".to_owned())
            .spawn(move || {
                let _alarm = Alarm(events.clone());
                fetch::run(&tools, &known, to_fetch, &again, &events);
            })?;
        let (snippets, waiting) = mpsc::channel(colours::SNIPPETS);
        let answers = sender.clone();
        workers.push(
            std::thread::Builder::new()
                .name("space-colours".to_owned())
                .spawn(move || {
                    let _alarm = Alarm(answers.clone());
                    colours::run(waiting, &answers);
                })?,
        );
        let (orders, waiting) = mpsc::channel(pictures::ORDERS);
        let gallery = Gallery::default();
        let folder = session.tools.file.with_file_name("pictures");
        let (connect, hung, answers) = (session.connect.clone(), gallery.clone(), sender.clone());
        workers.push(
            std::thread::Builder::new()
                .name("space-pictures".to_owned())
                .spawn(move || {
                    let _alarm = Alarm(answers.clone());
                    pictures::run(&connect, folder, waiting, &hung, &answers);
                })?,
        );
        let (stop, stopped) = oneshot::channel();
        let (tools, connect) = (session.tools.clone(), session.connect.clone());
        let (events, sync_wake) = (sender.clone(), Arc::clone(&wake));
        workers.push(
            std::thread::Builder::new()
                .name("space-sync".to_owned())
                .spawn(move || {
                    let _alarm = Alarm(events.clone());
                    sync::run(&tools, &connect, &sync_wake, stopped, &server, &events);
                })?,
        );
        Ok(Self {
            session,
            model,
            terminal,
            messages,
            sender,
            questions: Some(questions),
            snippets: Some(snippets),
            orders: Some(orders),
            picker: std::cell::OnceCell::new(),
            gallery,
            rows: Rows::default(),
            has_true_colour: std::env::var("COLORTERM")
                .is_ok_and(|depth| matches!(depth.as_str(), "truecolor" | "24bit")),
            wake,
            stop: Some(stop),
            workers,
            timers: tokio::task::JoinSet::new(),
        })
    }

    /// Returns the texts that could not be kept.
    async fn run(mut self, guard: &Guard) -> anyhow::Result<Vec<Writing>> {
        let cmds = start(&mut self.model);
        let mut events = Some(EventStream::new());
        let mut signals = Signals::new()?;
        watchdog::watch(self.sender.clone());
        let mut next = self.obey(cmds, &mut events, &signals, guard).await?;
        let mut drawn_at: Option<tokio::time::Instant> = None;
        let mut is_stale = true;
        while matches!(next, Next::Go) {
            let due = drawn_at.map_or_else(tokio::time::Instant::now, |at| at + FRAME);
            // Every branch but the last only receives: losing a race loses nothing. Without news nothing wakes.
            let msg = tokio::select! {
                Some(msg) = self.messages.recv() => Some(msg),
                event = next_event(&mut events) => match event {
                    Some(event) => translate(event),
                    None => Some(Msg::Terminate),
                },
                told = signals.told() => match told {
                    Told::End => Some(Msg::Terminate),
                    Told::Stop => {
                        // Nobody reads keys until it goes on, which is told too.
                        events = None;
                        guard.suspend();
                        signals::stop();
                        None
                    }
                    Told::GoOn => {
                        // What stopped it may have asked nobody: the terminal is given back before it is taken over, so
                        // that whatever was done to it meanwhile is forgotten.
                        events = None;
                        guard.suspend();
                        Some(self.come_back(&mut events, guard)?)
                    }
                },
                Some(_) = self.timers.join_next(), if !self.timers.is_empty() => None,
                () = tokio::time::sleep_until(due), if is_stale => {
                    let drawn = if guard.is_held() { self.draw() } else { Ok(()) };
                    drawn_at = Some(tokio::time::Instant::now());
                    is_stale = false;
                    // What is being written is kept before it ends.
                    drawn.err().map(|error| {
                        tracing::warn!(%error, "the terminal cannot be drawn on");
                        Msg::Terminate
                    })
                }
            };
            let Some(msg) = msg else { continue };
            is_stale = true;
            if let Msg::Resize(..) = msg {
                // One that is gone has no size; the next frame says so.
                let _ = self.terminal.autoresize();
                self.rows.forget();
            }
            let cmds = self.take(msg);
            next = self.obey(cmds, &mut events, &signals, guard).await?;
        }
        self.farewell().await
    }

    fn take(&mut self, msg: Msg) -> Vec<Cmd> {
        let env = Env {
            l10n: &self.session.l10n,
            keymap: &self.session.keymap,
            now: self.session.tools.clock.now(),
            reading: &self.session.reading,
        };
        update(&mut self.model, msg, &env)
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        let env = Env {
            l10n: &self.session.l10n,
            keymap: &self.session.keymap,
            now: self.session.tools.clock.now(),
            reading: &self.session.reading,
        };
        let doc = view(&self.model, env);
        let theme = self.session.theme;
        let (gallery, has_true_colour) = (&self.gallery, self.has_true_colour);
        let rows = &mut self.rows;
        let has_links = self.session.reading.has_hyperlinks;
        self.terminal.draw(|frame| {
            let painted = paint(&doc, theme, frame.buffer_mut());
            if has_links {
                hyperlink::link(&painted.links, frame.buffer_mut());
            }
            let has_picture = |y| painted.strips.iter().any(|(_, row, _)| *row == y);
            rows.settle(&painted.contested, has_picture, frame.buffer_mut());
            gallery.draw(&painted.strips, has_true_colour, frame.buffer_mut());
            if let Some((row, column)) = doc.cursor {
                frame.set_cursor_position((column, row));
            }
        })?;
        Ok(())
    }

    async fn obey(
        &mut self,
        cmds: Vec<Cmd>,
        events: &mut Option<EventStream>,
        signals: &Signals,
        guard: &Guard,
    ) -> anyhow::Result<Next> {
        let mut queue = std::collections::VecDeque::from(cmds);
        while let Some(cmd) = queue.pop_front() {
            match cmd {
                Cmd::Query(ticket, query) => self.ask(Question::Ask(ticket, query)).await,
                Cmd::Write(write) => self.ask(Question::Do(write)).await,
                Cmd::Keep(jumps) => self.ask(Question::Keep(jumps)).await,
                Cmd::Sync => self.wake.notify_one(),
                Cmd::Dwell(number) => {
                    self.later(self.session.settings.read_after, Msg::Dwelt(number));
                }
                Cmd::Wait(number) => {
                    self.later(self.session.settings.which_key, Msg::Waited(number));
                }
                Cmd::ForgetFile(subject) => {
                    editing::forget(&editing::file(&self.session.tools.file, &subject));
                }
                Cmd::KeepSoon(number) => self.later(KEEP_AFTER, Msg::KeepDue(number)),
                Cmd::Edit(sheet) => {
                    // The editor owns the terminal: nobody else reads keys meanwhile.
                    *events = None;
                    guard.suspend();
                    signals.lend();
                    let (edited, aside) = {
                        let editor = &self.session.settings.editor;
                        compose(&self.session.l10n, editor, &self.session.tools.file, &sheet)
                    };
                    let edited =
                        edited.unwrap_or_else(|error| Edited::Failed(format!("{error:#}")));
                    signals.take_back();
                    let msg = self.come_back(events, guard)?;
                    queue.extend(self.take(msg));
                    queue.extend(self.take(Msg::Edited(edited, aside)));
                }
                // The signal comes back to us as to everybody else in the job.
                Cmd::Suspend => {
                    if !signals::stop_job() {
                        queue.extend(self.take(Msg::NoShell));
                    }
                }
                Cmd::Colour(snippet) => {
                    // When many wait, this one stays as it is.
                    if let Some(snippets) = &self.snippets {
                        let _ = snippets.try_send(snippet);
                    }
                }
                Cmd::Picture { source, most } => {
                    if self.picker.get().is_none() {
                        let picker = match self.session.reading.images {
                            // The terminal answers on its input: nobody else reads keys meanwhile.
                            Images::Auto => {
                                *events = None;
                                let found = probe::picker();
                                *events = Some(EventStream::new());
                                found
                            }
                            _ => None,
                        };
                        let _ = self.picker.set(picker);
                    }
                    let order = Order {
                        source,
                        most,
                        picker: self.picker.get().cloned().flatten(),
                    };
                    if let Some(orders) = &self.orders {
                        let _ = orders.try_send(order);
                    }
                }
                Cmd::Open(address) => {
                    let is_opened = open::open(&address);
                    queue.extend(self.take(Msg::Opened { address, is_opened }));
                }
                Cmd::Quit => return Ok(Next::End),
            }
        }
        Ok(Next::Go)
    }

    /// Says something to the model after a while.
    fn later(&mut self, after: Duration, msg: Msg) {
        let sender = self.sender.clone();
        self.timers.spawn(async move {
            tokio::time::sleep(after).await;
            let _ = sender.send(msg).await;
        });
    }

    /// Takes the terminal over again, whatever became of it meanwhile, and returns what is to be told of its size.
    fn come_back(
        &mut self,
        events: &mut Option<EventStream>,
        guard: &Guard,
    ) -> anyhow::Result<Msg> {
        guard.resume()?;
        self.rows.forget();
        // This draws everything anew. `clear` would ask the terminal where its cursor is, and wait for it.
        let size = self.terminal.size()?;
        self.terminal
            .resize(Rect::new(0, 0, size.width, size.height))?;
        *events = Some(EventStream::new());
        Ok(Msg::Resize(size.width, size.height))
    }

    async fn ask(&self, question: Question) {
        if let Some(questions) = &self.questions {
            let _ = questions.send(question).await;
        }
    }

    /// Lets the workers finish what they do, but not for long.
    async fn farewell(mut self) -> anyhow::Result<Vec<Writing>> {
        self.questions = None;
        self.snippets = None;
        self.orders = None;
        self.stop = None;
        // What was written last is on its way into the local copy: whether it arrives is still of interest.
        let deadline = tokio::time::Instant::now() + FAREWELL;
        while leave::is_waiting(&self.model)
            && let Ok(Some(msg)) = tokio::time::timeout_at(deadline, self.messages.recv()).await
        {
            if let Msg::Written(..) = msg {
                self.take(msg);
            }
        }
        let unkept = leave::unkept(&self.model);
        // A worker that has something to say must not wait for a screen that is gone.
        self.messages.close();
        let until = std::time::Instant::now() + FAREWELL;
        for worker in self.workers {
            while !worker.is_finished() && std::time::Instant::now() < until {
                std::thread::sleep(Duration::from_millis(5));
            }
            if worker.is_finished() && worker.join().is_err() {
                anyhow::bail!("a part of the program failed");
            }
        }
        Ok(unkept)
    }
}

/// Ends the session when a worker panics: without it the screen would wait for answers that never come.
struct Alarm(mpsc::Sender<Msg>);

impl Drop for Alarm {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = self.0.try_send(Msg::Terminate);
        }
    }
}

async fn next_event(events: &mut Option<EventStream>) -> Option<Event> {
    let Some(events) = events else {
        return std::future::pending().await;
    };
    match events.next().await {
        Some(Ok(event)) => Some(event),
        Some(Err(error)) => {
            tracing::warn!(%error, "the terminal cannot be read");
            None
        }
        None => None,
    }
}

fn translate(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Msg::Key(key.into())),
        Event::Mouse(event) => {
            let did = match event.kind {
                MouseEventKind::Down(MouseButton::Left) => Did::Press,
                MouseEventKind::ScrollUp => Did::WheelUp,
                MouseEventKind::ScrollDown => Did::WheelDown,
                _ => return None,
            };
            let (column, row) = (event.column, event.row);
            Some(Msg::Mouse(Mouse { did, column, row }))
        }
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(columns, rows) => Some(Msg::Resize(columns, rows)),
        _ => None,
    }
}
