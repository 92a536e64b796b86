// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Stories: a reader at the screen of a real local copy, told in keys and in what they see.
//!
//! A [`Story`] has a temporary replica and outbox, filled with what a made-up server sent, and the program's own model,
//! view and reader of the replica on it. Nothing runs beside it: after each key everything that the model asked for is
//! done before the next line of the story, so a story never waits and never sleeps. Time passes only when told.
//!
//! ```ignore
//! let mut story = Story::begins(80, 24);             // Charlie reads; see `Story::begins` for what is there
//! story.press("j Enter");                            // keys as in the table of commands
//! story.sees("Trains without network");
//! story.write("a reply");                            // text as typed
//! story.posts("Welcome", "Bob", "Look at this!");    // the server has news
//! story.passes(Duration::from_secs(4));              // whoever looks at something for so long has read it
//! story.does_not_see("offline");
//! assert_eq!(story.marks(), [("Welcome".to_owned(), 2)]);
//! ```
//!
//! - [`Story::press`], [`Story::write`], [`Story::paste`], [`Story::resize`] are what a reader does.
//! - [`Story::sees`], [`Story::does_not_see`], [`Story::screen`], [`Story::styled`] are what they see.
//! - [`Story::posts`], [`Story::starts`] and [`Story::goes_offline`] are what happens elsewhere.
//! - [`Story::outbox`], [`Story::marks`] and `story.asked` are what the program did about it.
//!
//! Sending is not part of it: what is written stays in the outbox, as without a network. What the server makes of it is
//! told with [`Story::arrives`], which takes any rows of the feed.

use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use space_core::client::outbox::{Draft, ItemState, Outbox};
use space_core::client::replica::Replica;
use space_core::client::{Api, Token};
use space_core::protocol::{Body, Cursor, FeedRow};
use space_core::text::{About, Label, MemberName, Slug, TopicTitle};
use space_core::{
    Category, CategoryId, Clock, Entropy, Member, MemberId, MemberKind, Post, PostId, PostKind,
    PostTally, Scope, Space, Timestamp, Topic, TopicId, TopicTally,
};

use super::world::{rows, styles};
use crate::app::Env;
use crate::app::keymap::Keymap;
use crate::app::keys::{Key, sequence};
use crate::app::message::{Cmd, Edited, Msg, Net, Write};
use crate::app::model::Model;
use crate::app::mouse::{Did, Mouse};
use crate::app::update::{start, update};
use crate::app::view::view;
use crate::compose::pane::KEEP_AFTER;
use crate::doc::paint::paint;
use crate::doc::theme::Theme;
use crate::l10n::L10n;
use crate::worker::reader::{Question, Reader};
use crate::worker::{Tools, jumps};

/// When the story begins.
const NOW: i64 = 1_600_000_000_000;
/// What passes between two keys.
const KEY: Duration = Duration::from_millis(120);
/// Who reads.
const ME: i64 = 2;

/// Time that passes when told.
struct Hands(Mutex<Timestamp>);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Bytes that never come twice.
struct Counting(Mutex<u64>);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let mut count = self.0.lock().unwrap();
        *count += 1;
        let count = count.to_le_bytes();
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = count[at % count.len()];
        }
    }
}

/// Something that comes when time has passed.
struct Due {
    at: Timestamp,
    msg: Msg,
}

/// The story.
pub(super) struct Story {
    /// The texts; English unless changed.
    pub(super) l10n: L10n,
    /// How it looks; dark unless changed.
    pub(super) theme: Theme,
    reading: crate::app::reading::Reading,
    /// What keys mean; the default ones unless changed.
    pub(super) keymap: Keymap,
    /// The model, for what cannot be seen.
    pub(super) model: Model,
    /// Commands to the world outside, in order: syncing, editing, quitting.
    pub(super) asked: Vec<Cmd>,
    /// What the editor brings back.
    pub(super) editor: Edited,
    /// Why nothing can be written to the file of the local copy.
    pub(super) disk: Option<&'static str>,
    /// Whether what is asked and written waits for [`Story::writes`].
    pub(super) is_slow: bool,
    slow: Vec<Question>,
    tools: Tools,
    hands: Arc<Hands>,
    due: Vec<Due>,
    topics: Vec<(String, TopicId, i64)>,
    categories: Vec<(String, CategoryId)>,
    next_id: i64,
    is_open: bool,
    /// Keeps the folder of the local copy.
    _folder: tempfile::TempDir,
}

impl Story {
    /// Begins with Charlie at a screen of this size. There are the categories Meta, and in it Meta/Help, and Questions.
    /// In Meta there are "Welcome" (three posts, read) and "Rules" (two posts, the first one read), in Meta/Help "Trains
    /// without network" (two posts, new), in Questions "Which editor?" (forty posts, ten read). Newest activity first
    /// they are: Which editor?, Trains without network, Rules, Welcome.
    pub(super) fn begins(columns: u16, rows: u16) -> Self {
        let mut story = Self::empty(columns, rows);
        story.category("Meta", None);
        story.category("Meta/Help", Some("Meta"));
        story.category("Questions", None);
        let long = "Editors are a matter of taste.\n\nMine has *modes*, and I like them.";
        story.starts(
            "Meta",
            "Welcome",
            &["Hello everybody!", "Thanks.", "Hello, Bob."],
        );
        story.starts("Meta", "Rules", &["Be kind.", "And curious."]);
        let trains = ["How do you read on trains?", "With a local copy."];
        story.starts("Meta/Help", "Trains without network", &trains);
        story.starts("Questions", "Which editor?", &[long; 40]);
        story.reads("Welcome", 3);
        story.reads("Rules", 1);
        story.reads("Which editor?", 10);
        story.opens();
        story
    }

    /// Begins in a space without categories; the reader sees nothing before [`Story::opens`].
    pub(super) fn empty(columns: u16, rows: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hands = Arc::new(Hands(Mutex::new(Timestamp::from_millis(NOW))));
        let tools = Tools {
            file: folder.path().join("copy.db"),
            clock: hands.clone(),
            entropy: Arc::new(Counting(Mutex::new(0))),
            member: Some("Charlie".to_owned()),
            window: space_core::client::sync::Window::default(),
        };
        let server = "space.example.org".to_owned();
        let mut story = Self {
            l10n: L10n::english(),
            theme: Theme::default(),
            reading: crate::app::reading::Reading::default(),
            keymap: Keymap::default(),
            model: Model::new(columns, rows, server, tools.member.clone()),
            asked: Vec::new(),
            editor: Edited::Text("My answer".to_owned()),
            disk: None,
            is_slow: false,
            slow: Vec::new(),
            tools,
            hands,
            due: Vec::new(),
            topics: Vec::new(),
            categories: Vec::new(),
            next_id: 100,
            is_open: false,
            _folder: folder,
        };
        let mut replica = story.replica();
        replica.set_me(MemberId::new(ME)).unwrap();
        let space = Space {
            name: Label::parse("Example").unwrap(),
            about: About::parse("A place").unwrap(),
            created_at: Timestamp::from_millis(0),
            revision: 1,
            identity: None,
        };
        let mut bodies = vec![(1, Body::Space(space))];
        for (id, name) in [(ME, "Charlie"), (3, "Alice"), (4, "Bob")] {
            let member = Member {
                id: MemberId::new(id).unwrap(),
                kind: MemberKind::Person,
                name: MemberName::parse(name).unwrap(),
                display_name: None,
                roles: std::collections::BTreeSet::default(),
                trust_level: 1,
                created_at: Timestamp::from_millis(0),
                revision: 1,
            };
            bodies.push((id, Body::Member(member)));
        }
        story.arrives(bodies);
        story
    }

    /// Opens the screen on what is there.
    pub(super) fn opens(&mut self) {
        self.is_open = true;
        let cmds = start(&mut self.model);
        self.obey(cmds);
        self.send(Msg::Net(Net::Online));
    }

    /// The program is killed, and opened again on the same local copy.
    pub(super) fn dies(&mut self) {
        let (columns, rows) = (self.model.columns, self.model.rows);
        let server = self.model.status.server.clone();
        self.due.clear();
        self.model = Model::new(columns, rows, server, self.tools.member.clone());
        self.opens();
    }

    /// The outbox is sent, and the server answers everything with this.
    pub(super) fn server_says(&mut self, status: u16, problem: &str) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let length = problem.len();
        let answer = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/problem+json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{problem}"
        );
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut asked = Vec::new();
                let mut piece = [0; 4096];
                // Requests are short, and their bodies end with the object that they are.
                while !asked.ends_with(b"}") {
                    match stream.read(&mut piece) {
                        Ok(n @ 1..) => asked.extend_from_slice(&piece[..n]),
                        _ => break,
                    }
                }
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        let api = Api::builder(&format!("http://{address}"), Token::new("space_test"));
        let api = api.build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let mut outbox = Outbox::open(&self.tools.file).unwrap();
        let report = runtime.block_on(outbox.drain(&api, &*self.hands)).unwrap();
        self.send(Msg::Sent {
            taken: report.sent.len(),
            refused: report.refused.len(),
        });
    }

    /// The outbox is sent, and the server takes the one reply in it.
    pub(super) fn server_takes(&mut self) {
        let Some(Draft::Reply { source, .. }) = self.outbox().into_iter().next_back() else {
            panic!("no reply waits: {:?}", self.outbox());
        };
        let topic = self.topic("Welcome");
        let post = self.made(topic, 4, MemberId::new(ME).unwrap(), source.as_str());
        self.server_says(200, &serde_json::to_string(&post).unwrap());
    }

    pub(super) fn replica(&self) -> Replica {
        Replica::open(&self.tools.file).unwrap()
    }

    /// Quits, and opens the screen again on the same local copy.
    pub(super) fn reopens(&mut self) {
        self.press("q");
        let (columns, rows) = (self.model.columns, self.model.rows);
        let server = self.model.status.server.clone();
        self.model = Model::new(columns, rows, server, self.tools.member.clone());
        self.model.jumps = jumps::load(&self.tools.file);
        self.opens();
    }

    fn env(&self) -> Env<'_> {
        Env {
            l10n: &self.l10n,
            keymap: &self.keymap,
            now: self.hands.now(),
            reading: &self.reading,
        }
    }

    /// Gives a message to the model, and does everything that it asks for.
    pub(super) fn send(&mut self, msg: Msg) {
        let env = Env {
            l10n: &self.l10n,
            keymap: &self.keymap,
            now: self.hands.now(),
            reading: &self.reading,
        };
        let cmds = update(&mut self.model, msg, &env);
        self.obey(cmds);
    }

    fn obey(&mut self, cmds: Vec<Cmd>) {
        for cmd in cmds {
            let after = |seconds: f64| Duration::from_secs_f64(seconds);
            match cmd {
                Cmd::Query(ticket, query) => self.in_turn(Question::Ask(ticket, query)),
                Cmd::Write(write) => self.in_turn(Question::Do(write)),
                Cmd::Keep(jumps) => self.ask(&Question::Keep(jumps)),
                Cmd::Dwell(number) => self.later(after(3.0), Msg::Dwelt(number)),
                Cmd::Wait(number) => self.later(after(0.3), Msg::Waited(number)),
                Cmd::KeepSoon(number) => self.later(KEEP_AFTER, Msg::KeepDue(number)),
                Cmd::Edit(_) => {
                    let edited = self.editor.clone();
                    self.send(Msg::Edited(edited, None));
                }
                other => self.asked.push(other),
            }
        }
    }

    /// Asks and writes what can be asked and written now.
    fn in_turn(&mut self, question: Question) {
        match (&question, self.disk) {
            _ if self.is_slow => self.slow.push(question),
            (Question::Do(write), Some(why)) => {
                self.send(Msg::Written(write.clone(), Err(why.to_owned())));
            }
            _ => self.ask(&question),
        }
    }

    /// What waited is asked and written.
    pub(super) fn writes(&mut self) {
        self.is_slow = false;
        for question in std::mem::take(&mut self.slow) {
            self.in_turn(question);
        }
    }

    /// Another terminal on the same local copy keeps a text where the pane has one.
    pub(super) fn another_keeps(&mut self, source: &str) {
        let pane = self.model.compose().unwrap();
        let writing = crate::compose::Writing {
            source: source.to_owned(),
            ..pane.writing()
        };
        let seen = Outbox::open(&self.tools.file)
            .unwrap()
            .draft(&writing.subject)
            .unwrap()
            .map(|draft| draft.source);
        let tools = self.tools.clone();
        let write = Write::KeepDraft(Box::new(writing), seen);
        Reader::open(&tools).unwrap().take(&Question::Do(write));
    }

    /// The file that an editor has the pane's text in.
    pub(super) fn editors_file(&self) -> std::path::PathBuf {
        let subject = self.model.compose().unwrap().subject;
        crate::editing::file(&self.tools.file, &subject)
    }

    /// What is kept as unfinished, latest first.
    pub(super) fn unfinished(&self) -> Vec<String> {
        let drafts = Outbox::open(&self.tools.file).unwrap().drafts().unwrap();
        drafts.into_iter().map(|draft| draft.source).collect()
    }

    /// What is kept in files beside the local copy.
    pub(super) fn in_files(&self) -> Vec<String> {
        let found = crate::editing::unfinished(&self.tools.file);
        found.into_iter().map(|it| it.text).collect()
    }

    fn ask(&mut self, question: &Question) {
        let tools = self.tools.clone();
        if let Some(msg) = Reader::open(&tools).unwrap().take(question) {
            self.send(msg);
        }
    }

    fn later(&mut self, after: Duration, msg: Msg) {
        let at = self.hands.now().plus(after);
        self.due.push(Due { at, msg });
    }

    // What a reader does.

    /// Presses keys, as they are written in the table of commands: `j Enter g g C-d`.
    pub(super) fn press(&mut self, keys: &str) {
        for key in sequence(keys) {
            self.passes(KEY);
            self.send(Msg::Key(key));
        }
    }

    /// Types a text.
    pub(super) fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.passes(KEY);
            self.send(Msg::Key(Key::plain(KeyCode::Char(c))));
        }
    }

    /// Presses the mouse's button at a text on the screen.
    #[track_caller]
    pub(super) fn clicks(&mut self, text: &str) {
        self.mouse(Did::Press, text);
    }

    /// Uses the mouse at a text on the screen.
    #[track_caller]
    pub(super) fn mouse(&mut self, did: Did, text: &str) {
        self.passes(KEY);
        let screen = self.screen();
        // Every row begins with a bar that is not on the screen.
        let found = screen.lines().enumerate().find_map(|(row, line)| {
            let before = &line[..line.find(text)?];
            Some((row, crate::text::measure::width(before) - 1))
        });
        let (row, column) = found.unwrap_or_else(|| panic!("{text:?} is not on:\n{screen}"));
        let (row, column) = (u16::try_from(row).unwrap(), u16::try_from(column).unwrap());
        self.send(Msg::Mouse(Mouse { did, column, row }));
    }

    /// Pastes a text in a terminal that says where a paste begins and ends.
    pub(super) fn paste(&mut self, text: &str) {
        self.send(Msg::Paste(text.to_owned()));
    }

    /// Pastes a text in a terminal that does not: it comes as keys, all at once.
    pub(super) fn paste_as_keys(&mut self, text: &str) {
        self.passes(KEY);
        for c in text.chars() {
            self.send(Msg::Key(Key::plain(KeyCode::Char(c))));
        }
    }

    /// Makes the terminal larger or smaller.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.send(Msg::Resize(columns, rows));
    }

    /// Lets time pass, and what was to come meanwhile come.
    pub(super) fn passes(&mut self, time: Duration) {
        let until = self.hands.now().plus(time);
        loop {
            let next = (0..self.due.len())
                .filter(|i| self.due[*i].at <= until)
                .min_by_key(|i| self.due[*i].at);
            let Some(next) = next else { break };
            let due = self.due.remove(next);
            *self.hands.0.lock().unwrap() = due.at;
            self.send(due.msg);
        }
        *self.hands.0.lock().unwrap() = until;
    }

    // What they see.

    fn painted(&self) -> Buffer {
        let area = Rect::new(0, 0, self.model.columns, self.model.rows);
        let mut buffer = Buffer::empty(area);
        paint(&view(&self.model, self.env()), self.theme, &mut buffer);
        buffer
    }

    /// The rows of the screen.
    pub(super) fn screen(&self) -> String {
        rows(&self.painted())
    }

    /// The number of the post that the reader is on, as the screen shows it; nothing when none is in view.
    pub(super) fn focused(&self) -> Option<String> {
        let screen = self.screen();
        let head = screen.lines().find_map(|line| line.split_once('▌'))?.1;
        let (_, id) = head.rsplit_once('#')?;
        Some(id.chars().take_while(char::is_ascii_digit).collect())
    }

    /// The rows of the screen with how they look: runs of one style, each with its name in brackets.
    pub(super) fn styled(&self) -> String {
        styles(&self.painted())
    }

    /// Fails unless this is on the screen.
    #[track_caller]
    pub(super) fn sees(&self, text: &str) {
        let screen = self.screen();
        assert!(
            screen.contains(text),
            "{text:?} is not on the screen:\n{screen}"
        );
    }

    /// Fails if this is on the screen.
    #[track_caller]
    pub(super) fn does_not_see(&self, text: &str) {
        let screen = self.screen();
        assert!(
            !screen.contains(text),
            "{text:?} is on the screen:\n{screen}"
        );
    }

    // What happens elsewhere.

    fn id(&mut self) -> i64 {
        self.next_id += 1;
        self.next_id
    }

    /// Rows of the feed arrive.
    pub(super) fn arrives(&mut self, bodies: Vec<(i64, Body)>) {
        let rows: Vec<FeedRow> = bodies
            .into_iter()
            .map(|(id, body)| FeedRow {
                scope: match body {
                    Body::ReadPosition(_) => Scope::Member(MemberId::new(ME).unwrap()),
                    _ => Scope::Public,
                },
                kind: body.kind(),
                id,
                body: Some(body),
            })
            .collect();
        let cursor = Cursor(format!("c{}", self.id()));
        self.replica().apply(&rows, Some(&cursor)).unwrap();
    }

    /// There is a new category; a name such as `Meta/Help` has its short name after the line.
    pub(super) fn category(&mut self, name: &str, parent: Option<&str>) {
        let id = CategoryId::new(self.id()).unwrap();
        let parent = parent.map(|name| self.category_of(name));
        let slug = name.to_lowercase().replace('/', "-");
        let position = i64::try_from(self.categories.len()).unwrap();
        self.categories.push((name.to_owned(), id));
        let category = Category {
            id,
            parent,
            slug: Slug::parse(&slug).unwrap(),
            name: Label::parse(name.rsplit('/').next().unwrap()).unwrap(),
            about: About::parse("About").unwrap(),
            colour: None,
            icon: None,
            language: None,
            position,
            is_open: true,
            created_at: Timestamp::from_millis(0),
            revision: 1,
        };
        self.arrives(vec![(id.get(), Body::Category(category))]);
    }

    fn category_of(&self, name: &str) -> CategoryId {
        let found = self.categories.iter().find(|(known, _)| known == name);
        found.unwrap_or_else(|| panic!("no category {name}")).1
    }

    /// Returns the id of a topic.
    pub(super) fn topic(&self, title: &str) -> TopicId {
        let found = self.topics.iter().find(|(known, ..)| known == title);
        found.unwrap_or_else(|| panic!("no topic {title}")).1
    }

    /// Alice starts a topic, and Bob and she answer in turn.
    pub(super) fn starts(&mut self, category: &str, title: &str, posts: &[&str]) {
        let id = TopicId::new(self.id()).unwrap();
        let topic = Topic {
            id,
            category: self.category_of(category),
            author: MemberId::new(3).unwrap(),
            title: TopicTitle::parse(title).unwrap(),
            language: None,
            tags: space_core::Tags::default(),
            answer: None,
            is_closed: false,
            is_archived: false,
            is_pinned: false,
            is_unlisted: false,
            created_at: self.hands.now(),
            revision: 1,
        };
        self.topics.push((title.to_owned(), id, 0));
        self.arrives(vec![(id.get(), Body::Topic(topic))]);
        for (at, source) in posts.iter().enumerate() {
            self.post(title, ["Alice", "Bob"][at % 2], source);
        }
        self.told();
    }

    /// Somebody posts in a topic.
    pub(super) fn posts(&mut self, title: &str, author: &str, source: &str) {
        self.post(title, author, source);
        self.told();
    }

    fn post(&mut self, title: &str, author: &str, source: &str) {
        self.passes(Duration::from_mins(1));
        let author = MemberId::new(match author {
            "Charlie" => ME,
            "Alice" => 3,
            _ => 4,
        })
        .unwrap();
        let now = self.hands.now();
        let entry = self.topics.iter_mut().find(|(known, ..)| known == title);
        let (_, topic, last) = entry.unwrap_or_else(|| panic!("no topic {title}"));
        *last += 1;
        let (topic, number) = (*topic, *last);
        let post = self.made(topic, number, author, source);
        let id = post.id;
        let post_tally = PostTally {
            post: id,
            topic,
            likes: 0,
        };
        let tally = TopicTally {
            topic,
            posts: number,
            last_number: number,
            last_post_at: now,
            last_poster: author,
            views: 1,
            likes: 0,
        };
        self.arrives(vec![
            (id.get(), Body::Post(post)),
            (id.get(), Body::PostTally(post_tally)),
            (topic.get(), Body::TopicTally(tally)),
        ]);
    }

    fn made(&mut self, topic: TopicId, number: i64, author: MemberId, source: &str) -> Post {
        Post {
            id: PostId::new(self.id()).unwrap(),
            topic,
            number,
            author,
            reply_to: None,
            kind: PostKind::Regular,
            source: source.to_owned(),
            notice: None,
            language: None,
            is_hidden: false,
            created_at: self.hands.now(),
            written_at: None,
            edited_at: None,
            revision: 1,
        }
    }

    /// The reader has read a topic up to a post number, on another machine.
    pub(super) fn reads(&mut self, title: &str, number: i64) {
        let topic = self.topic(title).get();
        let now = self.hands.now().millis();
        let position = serde_json::json!({ "topic": topic, "number": number, "read_at": now });
        let position = serde_json::from_value(position).unwrap();
        self.arrives(vec![(topic, Body::ReadPosition(position))]);
        self.told();
    }

    /// The screen hears that something arrived.
    fn told(&mut self) {
        if self.is_open {
            self.send(Msg::Changed);
        }
    }

    /// The server does not answer any more.
    pub(super) fn goes_offline(&mut self) {
        self.send(Msg::Net(Net::Offline));
    }

    // What the program did about it.

    /// What waits to be sent, oldest first.
    pub(super) fn outbox(&self) -> Vec<Draft> {
        let items = Outbox::open(&self.tools.file).unwrap().items().unwrap();
        items.into_iter().map(|item| item.draft).collect()
    }

    /// How far everything in the outbox came, but read marks.
    pub(super) fn states(&self) -> Vec<ItemState> {
        let items = Outbox::open(&self.tools.file).unwrap().items().unwrap();
        let items = items.into_iter();
        items
            .filter(|item| !matches!(item.draft, Draft::MarkRead { .. }))
            .map(|item| item.state)
            .collect()
    }

    /// The read marks that wait to be sent: title, and the post number that is read.
    pub(super) fn marks(&self) -> Vec<(String, i64)> {
        let mark = |draft| match draft {
            Draft::MarkRead { topic, number } => {
                let known = self.topics.iter().find(|(_, id, _)| *id == topic);
                Some((known.unwrap().0.clone(), number))
            }
            _ => None,
        };
        self.outbox().into_iter().filter_map(mark).collect()
    }

    /// How far a topic is read, as the local copy has it.
    pub(super) fn read_number(&self, title: &str) -> i64 {
        self.replica().read_state(self.topic(title)).unwrap().number
    }
}
