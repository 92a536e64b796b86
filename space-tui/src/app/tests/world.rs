// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A replica made up for tests, which answers what the model asks.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::KeyCode;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use space_core::client::outbox::{PostRef, TopicRef};
use space_core::client::replica::{TopicKey, TopicState};
use space_core::{CategoryId, MemberId, PostId, PostKind, ReadState, Timestamp, TopicId};

use crate::app::Env;
use crate::app::items::{
    CategoryItem, FoundPart, HitItem, NextUnread, Overview, Places, PostItem, PostKey, ReplyTo,
    ThreadPart, TopicItem, TopicsPart, Waiting,
};
use crate::app::keymap::Keymap;
use crate::app::keys::{Key, sequence};
use crate::app::message::{
    Answer, Around, Before, Cmd, Edited, Filter, Marking, Msg, Net, Place, Query, Shape, View,
    Write,
};
use crate::app::model::Model;
use crate::app::outline::{Mark, Outline};
use crate::app::reading::Reading;
use crate::app::update::{start, update};
use crate::app::view::view;
use crate::compose::{Answered, Start, Subject, Writing};
use crate::doc::paint::paint;
use crate::doc::theme::Theme;
use crate::l10n::L10n;
use crate::text::measure::width;

pub(super) const NOW: Timestamp = Timestamp::from_millis(1_600_000_000_000);
const MINUTE: i64 = 60_000;

/// The replica, the model on it, and what the model asked to be done.
pub(super) struct World {
    pub(super) l10n: L10n,
    pub(super) reading: Reading,
    pub(super) keymap: Keymap,
    now: Timestamp,
    pub(super) topics: Vec<TopicItem>,
    pub(super) posts: Vec<PostItem>,
    pub(super) model: Model,
    /// What was written, in order.
    pub(super) written: Vec<Write>,
    /// Commands that go to the world outside.
    pub(super) asked: Vec<Cmd>,
    /// What the editor brings back.
    pub(super) editor: Edited,
    pub(super) is_ended: bool,
}

pub(super) fn topic(id: i64, title: &str, posts: i64, read_number: i64) -> TopicItem {
    TopicItem {
        id: TopicId::new(id).unwrap(),
        key: TopicKey::new(false, NOW.millis() - id * 7 * MINUTE, id),
        category: CategoryId::new(id % 3 + 1).unwrap(),
        title: title.to_owned(),
        category_name: ["Meta", "Questions", "Ideas und Vorschläge"]
            [usize::try_from(id).unwrap() % 3]
            .to_owned(),
        posts,
        last_number: posts,
        last_post_at: Timestamp::from_millis(NOW.millis() - id * 7 * MINUTE),
        last_poster: ["alice", "bob", "Ángström"][usize::try_from(id).unwrap() % 3].to_owned(),
        read_number,
        state: match read_number {
            n if n >= posts => TopicState::Read,
            0 => TopicState::New,
            _ => TopicState::Unread,
        },
        is_closed: id % 10 == 5,
        is_archived: false,
        is_pinned: id == 1,
        tags: match id % 4 {
            1 => "how-to wiki".parse().unwrap(),
            2 => "日本語".parse().unwrap(),
            _ => space_core::Tags::default(),
        },
        bookmark: None,
    }
}

pub(super) fn post(topic: i64, number: i64, source: &str) -> PostItem {
    PostItem {
        key: PostKey::Id(PostId::new(topic * 1000 + number).unwrap()),
        topic: TopicId::new(topic).unwrap(),
        number,
        author: ["alice", "bob", "charlie"][usize::try_from(number).unwrap() % 3].to_owned(),
        author_id: None,
        reply_to: (number % 3 == 0).then(|| ReplyTo {
            id: PostId::new(topic * 1000 + number - 1).unwrap(),
            author: Some("bob".to_owned()),
        }),
        kind: PostKind::Regular,
        notice: None,
        source: source.to_owned(),
        is_hidden: false,
        created_at: Timestamp::from_millis(NOW.millis() - (60 - number) * 9 * MINUTE),
        edited_at: None,
        likes: number % 4,
        revision: 1,
        waiting: None,
        missing: 0,
        bookmark: None,
    }
}

const TEXTS: [&str; 4] = [
    "Welcome! This is a *place* for questions about **everything**.\n\n- ask\n- answer\n\nSee [the guidelines](https://example.org/guidelines).",
    "> @alice, #1001:\n> Welcome!\n\nThanks. Does it work with `cargo run`?\n\n```sh\ncargo run -- --help\n```",
    "日本語のテキストも折り返しされます。とても長い文章なので、画面の幅に合わせて折り返される必要があります。 👩\u{200d}💻",
    "A longer answer that goes on for a while, so that it has to be wrapped on every screen, even on the widest one that anybody would use for reading.",
];

impl World {
    pub(super) fn new(columns: u16, rows: u16) -> Self {
        let mut topics = vec![
            topic(1, "Welcome to the space", 12, 12),
            topic(
                2,
                "How do I read offline, on a train through a very long tunnel without any network at all?",
                5,
                3,
            ),
            topic(3, "日本語のトピック", 3, 0),
            topic(4, "Nothing new here", 1, 1),
        ];
        topics.extend((5..=400).map(|id| topic(id, &format!("Topic number {id}"), 2, 2)));
        let mut posts = Vec::new();
        for of in &topics {
            for number in 1..=of.posts {
                let text = TEXTS[usize::try_from(of.id.get() + number).unwrap() % TEXTS.len()];
                posts.push(post(of.id.get(), number, text));
            }
        }
        let mut world = Self {
            l10n: L10n::english(),
            reading: Reading {
                origin: "https://space.example.org".to_owned(),
                ..Reading::default()
            },
            keymap: Keymap::default(),
            now: NOW,
            topics,
            posts,
            model: Model::new(
                columns,
                rows,
                "space.example.org".to_owned(),
                Some("Charlie".to_owned()),
            ),
            written: Vec::new(),
            asked: Vec::new(),
            editor: Edited::Text("My answer".to_owned()),
            is_ended: false,
        };
        let cmds = start(&mut world.model);
        world.obey(cmds);
        world.send(Msg::Net(Net::Online));
        world
    }

    pub(super) fn send(&mut self, msg: Msg) {
        if matches!(msg, Msg::Key(_)) {
            // As far apart as a hand types them.
            self.now = self.now.plus(Duration::from_millis(120));
        }
        let env = Env {
            l10n: &self.l10n,
            keymap: &self.keymap,
            now: self.now,
            reading: &self.reading,
        };
        let cmds = update(&mut self.model, msg, &env);
        self.obey(cmds);
    }

    /// Presses keys as they are written in the table of commands.
    pub(super) fn press(&mut self, keys: &str) {
        for key in sequence(keys) {
            self.send(Msg::Key(key));
        }
    }

    pub(super) fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.send(Msg::Key(Key::plain(KeyCode::Char(c))));
        }
    }

    /// Waits long enough after the last key that began a sequence.
    pub(super) fn hesitate(&mut self) {
        let waited = self.asked.iter().rev().find_map(|cmd| match cmd {
            Cmd::Wait(number) => Some(Msg::Waited(*number)),
            _ => None,
        });
        if let Some(msg) = waited {
            self.send(msg);
        }
    }

    fn obey(&mut self, cmds: Vec<Cmd>) {
        for cmd in cmds {
            match cmd {
                Cmd::Query(ticket, query) => {
                    let answer = self.answer(&query);
                    self.send(Msg::Answer(ticket, answer));
                }
                Cmd::Write(Write::Mark(marking)) => {
                    let before = self.mark(&marking);
                    self.send(Msg::Marked(marking, before));
                }
                Cmd::Write(write) => {
                    self.do_write(&write);
                    self.written.push(write.clone());
                    self.send(Msg::Written(write, Ok(None)));
                }
                Cmd::Edit(_) => {
                    let edited = self.editor.clone();
                    self.send(Msg::Edited(edited, None));
                }
                Cmd::Quit => self.is_ended = true,
                other => self.asked.push(other),
            }
        }
    }

    fn do_write(&mut self, write: &Write) {
        match write {
            Write::MarkRead { topic, number } => {
                for row in self.topics.iter_mut().filter(|row| row.id == *topic) {
                    row.read_number = *number;
                    row.state = if *number >= row.last_number {
                        TopicState::Read
                    } else {
                        TopicState::Unread
                    };
                }
            }
            Write::Send(writing, _) => {
                let (topic, source) = match (writing.subject, &writing.source) {
                    (Subject::Reply(TopicRef::Sent(topic)), source) => (topic, source),
                    (Subject::ReplyTo(PostRef::Sent(post)), source) => {
                        (TopicId::new(post.get() / 1000).unwrap(), source)
                    }
                    _ => return,
                };
                let mut item = post(topic.get(), 1, source);
                item.key = PostKey::Outbox(7);
                item.number = i64::MAX;
                item.author = "Charlie".to_owned();
                item.waiting = Some(Waiting::Queued);
                self.posts.push(item);
            }
            Write::Mark(_) => unreachable!("marks have an answer of their own"),
            // There is neither an outbox nor anything unfinished here; stories have both.
            _ => {}
        }
    }

    /// Changes marks as the replica does.
    fn mark(&mut self, marking: &Marking) -> Before {
        let wanted: Vec<(TopicId, i64)> = match marking {
            Marking::UpTo(topic, number) => vec![(*topic, *number)],
            Marking::Bookmark { .. } | Marking::NoBookmark { .. } => Vec::new(),
            Marking::Back(before) => {
                let topics = before.topics.iter();
                topics
                    .map(|(topic, state)| (*topic, state.number))
                    .collect()
            }
            _ => {
                let is_meant = |row: &&TopicItem| match marking {
                    Marking::Topic(topic) => row.id == *topic,
                    Marking::Category(category) => row.is_unread() && row.category == *category,
                    _ => row.is_unread(),
                };
                let meant = self.topics.iter().filter(is_meant);
                meant.map(|row| (row.id, row.last_number)).collect()
            }
        };
        let mut before = Before::default();
        for (topic, number) in wanted {
            let row = self.topics.iter().find(|row| row.id == topic);
            let was = row.map_or(0, |row| row.read_number);
            before.topics.push((topic, ReadState::new(was, [])));
            self.do_write(&Write::MarkRead { topic, number });
        }
        before.count = before.topics.len();
        before
    }

    pub(super) fn answer(&self, query: &Query) -> Answer {
        match query {
            Query::Topics {
                filter,
                around,
                reach,
            } => {
                let mut rows: Vec<_> = self
                    .topics
                    .iter()
                    .filter(|row| shows(filter, row))
                    .cloned()
                    .collect();
                rows.sort_by_key(|row| std::cmp::Reverse(row.key()));
                let at = match around {
                    Around::Start => 0,
                    Around::End => rows.len(),
                    Around::At(key) => rows.iter().take_while(|row| row.key() > *key).count(),
                };
                let (from, to) = (at.saturating_sub(*reach), (at + reach).min(rows.len()));
                Answer::Topics(TopicsPart {
                    is_start: from == 0,
                    is_end: to == rows.len(),
                    rows: rows[from..to].to_vec(),
                    author: None,
                })
            }
            Query::Thread {
                topic,
                place,
                reach,
                shape,
            } => {
                let Some(row) = self.topics.iter().find(|row| row.id == *topic) else {
                    return Answer::Failed("no such topic".to_owned());
                };
                let mut posts: Vec<_> = self
                    .posts
                    .iter()
                    .filter(|post| post.topic == *topic)
                    .cloned()
                    .collect();
                let marks: Vec<Mark> = posts
                    .iter()
                    .filter_map(|post| match post.key {
                        PostKey::Id(id) => Some(Mark {
                            id,
                            number: post.number,
                            reply_to: post.reply_to.as_ref().map(|to| to.id),
                            is_own: post.author == "charlie",
                        }),
                        PostKey::Outbox(_) => None,
                    })
                    .collect();
                let outline = Arc::new(Outline::new(&marks));
                let number = match place {
                    Place::Unread if row.is_unread() => row.read_number + 1,
                    Place::Unread => row.last_number,
                    Place::Number(number) => *number,
                    Place::Post(id) => posts
                        .iter()
                        .find(|p| p.key == PostKey::Id(*id))
                        .map_or(1, |p| p.number),
                };
                let (at, near) = if let Shape::Tree { folded } = shape {
                    let open = outline.open(folded);
                    let rank =
                        |post: &PostItem| open.iter().position(|k| PostKey::Id(k.id) == post.key);
                    posts.retain(|post| rank(post).is_some() || post.waiting.is_some());
                    posts.sort_by_key(|post| rank(post).unwrap_or(usize::MAX));
                    let at = posts.iter().position(|post| post.number == number);
                    let near = outline.window(&open, number, *reach);
                    (at.unwrap_or(near.end.saturating_sub(1)), near)
                } else {
                    let before = posts.iter().take_while(|post| post.number < number);
                    let at = before.count().min(posts.len().saturating_sub(1));
                    (at, at.saturating_sub(*reach)..(at + reach).min(posts.len()))
                };
                let (from, to) = (near.start, near.end);
                Answer::Thread(Box::new(ThreadPart {
                    topic: row.clone(),
                    at: posts.get(at).map(|post| post.key.clone()),
                    is_start: from == 0,
                    is_end: to == posts.len(),
                    posts: posts[from..to].to_vec(),
                    outline,
                }))
            }
            Query::Complete { .. } => Answer::Complete(None),
            Query::Post(id) => {
                let found = self.posts.iter().find(|p| p.key == PostKey::Id(*id));
                Answer::Post(found.cloned().map(Box::new))
            }
            Query::Locate(number) => {
                let id = PostId::new(*number).unwrap();
                let found = self.posts.iter().find(|p| p.key == PostKey::Id(id));
                Answer::Locate(found.map(|post| (post.topic, Place::Post(id))))
            }
            Query::Search { words, limit, .. } => {
                let found = self
                    .posts
                    .iter()
                    .filter(|post| post.source.contains(words.as_str()));
                Answer::Search(FoundPart {
                    words: words.clone(),
                    is_start: true,
                    hits: found
                        .take(*limit)
                        .filter_map(|post| match post.key {
                            PostKey::Id(id) => Some(HitItem {
                                post: id,
                                number: post.number,
                                topic: post.topic,
                                title: "Welcome to the space".to_owned(),
                                author: post.author.clone(),
                                author_id: MemberId::new(1).unwrap(),
                                created_at: post.created_at,
                                title_marks: Vec::new(),
                                excerpt: post.source.replace('\n', " "),
                                marks: Vec::new(),
                            }),
                            PostKey::Outbox(_) => None,
                        })
                        .collect(),
                    ..FoundPart::default()
                })
            }
            Query::NextUnread { after, category } => {
                let here = self.topics.iter().find(|row| Some(row.id) == *after);
                let category = here.map(|row| row.category).or(*category);
                let others = self
                    .topics
                    .iter()
                    .filter(|row| row.is_unread() && Some(row.id) != *after);
                let found = others
                    .clone()
                    .find(|row| Some(row.category) == category)
                    .or(others.clone().next());
                Answer::NextUnread(found.map(|row| NextUnread {
                    topic: row.id,
                    category: row.category,
                    category_name: row.category_name.clone(),
                }))
            }
            Query::Places => Answer::Places(self.places()),
            Query::Find { .. } => Answer::Find(Vec::new()),
            Query::Compose(subject) => Answer::Compose(Box::new(Start {
                writing: Writing {
                    subject: *subject,
                    title: String::new(),
                    category: None,
                    source: String::new(),
                    language: None,
                    tags: space_core::Tags::default(),
                    base: None,
                },
                is_kept: false,
                kept: None,
                has_file: false,
                aside: None,
                is_topic: matches!(subject, Subject::NewTopic(_) | Subject::NewTopicAnywhere),
                has_language: true,
                topic: match subject {
                    Subject::Reply(TopicRef::Sent(topic)) => Some(*topic),
                    Subject::ReplyTo(PostRef::Sent(post)) => TopicId::new(post.get() / 1000),
                    _ => None,
                },
                topic_title: "Welcome to the space".to_owned(),
                answered: None,
                people: vec!["alice".to_owned(), "bob".to_owned()],
                blank: String::new(),
            })),
            Query::Quote(post) => Answer::Quote(Answered {
                post: Some(*post),
                author: "alice".to_owned(),
                source: "One.\n\nTwo.".to_owned(),
            }),
            Query::Names { .. } => Answer::Names(vec!["charlie".to_owned()]),
            Query::Outbox => Answer::Outbox(Vec::new()),
            Query::Drafts => Answer::Drafts(Vec::new()),
            Query::Conflict(_) => Answer::Failed("no such edit".to_owned()),
            Query::Overview => Answer::Overview(Overview {
                space: "Example".to_owned(),
                queued: self
                    .posts
                    .iter()
                    .filter(|post| post.waiting.is_some())
                    .count(),
                refused: 0,
                unread_topics: self.topics.iter().filter(|row| row.is_unread()).count(),
            }),
        }
    }

    /// Replaces the posts of the first topic, and opens it.
    pub(super) fn with_posts(columns: u16, rows: u16, posts: Vec<PostItem>) -> Self {
        let mut world = Self::new(columns, rows);
        world.posts.retain(|p| p.topic.get() != 1);
        let count = i64::try_from(posts.len()).unwrap();
        world.topics[0] = topic(1, "Reading", count, 0);
        world.posts.extend(posts);
        world.press("Enter");
        world
    }

    /// The thread on the screen.
    pub(super) fn thread(&self) -> &crate::screens::thread::ThreadScreen {
        match self.model.screen() {
            crate::app::model::Screen::Thread(thread) => thread,
            other => panic!("{other:?} is no thread"),
        }
    }

    /// Paints the screen as it is without links.
    pub(super) fn painted(&self) -> Buffer {
        self.paint(false)
    }

    /// Paints the screen as a terminal gets it, links and all.
    pub(super) fn buffer(&self) -> Buffer {
        self.paint(true)
    }

    fn paint(&self, has_links: bool) -> Buffer {
        let env = Env {
            l10n: &self.l10n,
            keymap: &self.keymap,
            now: NOW,
            reading: &self.reading,
        };
        let doc = view(&self.model, env);
        let area = ratatui::layout::Rect::new(0, 0, self.model.columns, self.model.rows);
        let mut buffer = Buffer::empty(area);
        let painted = paint(&doc, Theme::default(), &mut buffer);
        if has_links {
            crate::doc::hyperlink::link(&painted.links, &mut buffer);
        }
        buffer
    }

    fn places(&self) -> Places {
        let waiting = |is_meant: &dyn Fn(&TopicItem) -> bool| {
            self.topics.iter().filter(|row| is_meant(row)).count()
        };
        let names = [
            (2, "Questions", 0),
            (3, "Ideas und Vorschläge", 1),
            (1, "Meta", 0),
        ];
        let categories = names.map(|(id, name, depth)| {
            let id = CategoryId::new(id).unwrap();
            let own = waiting(&|row| row.is_unread() && row.category == id);
            CategoryItem {
                id,
                name: name.to_owned(),
                icon: None,
                depth,
                own,
                with_below: own,
            }
        });
        Places {
            categories: categories.to_vec(),
            unread: waiting(&|row| row.state == TopicState::Unread),
            new: waiting(&|row| row.state == TopicState::New),
        }
    }

    /// Paints the screen, and returns its rows.
    pub(super) fn screen(&self) -> String {
        let mut terminal =
            Terminal::new(TestBackend::new(self.model.columns, self.model.rows)).unwrap();
        let env = Env {
            l10n: &self.l10n,
            keymap: &self.keymap,
            now: NOW,
            reading: &self.reading,
        };
        let doc = view(&self.model, env);
        terminal
            .draw(|frame| {
                paint(&doc, Theme::default(), frame.buffer_mut());
                if let Some((row, column)) = doc.cursor {
                    assert!(row < self.model.rows && column < self.model.columns);
                    frame.set_cursor_position((column, row));
                }
            })
            .unwrap();
        for cell in terminal.backend().buffer().content() {
            assert!(!cell.symbol().chars().any(char::is_control));
        }
        rows(terminal.backend().buffer())
    }
}

/// The rows with how they look: `[fg.modifiers]` begins a run of another style.
pub(super) fn styles(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let (mut x, mut last) = (0, String::new());
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let style = named(cell);
            if style != last {
                let _ = write!(out, "[{style}]");
                last = style;
            }
            out.push_str(cell.symbol());
            x += u16::try_from(width(cell.symbol()).max(1)).unwrap();
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    out
}

/// Names how a cell looks: its colours, and the first letters of its modifiers.
fn named(cell: &Cell) -> String {
    let mut name = String::new();
    if cell.fg != Color::Reset {
        let _ = write!(name, "{}", cell.fg);
    }
    if cell.bg != Color::Reset {
        let _ = write!(name, " on {}", cell.bg);
    }
    for (modifier, letter) in [
        (Modifier::BOLD, "b"),
        (Modifier::DIM, "d"),
        (Modifier::ITALIC, "i"),
        (Modifier::UNDERLINED, "u"),
        (Modifier::REVERSED, "r"),
        (Modifier::CROSSED_OUT, "s"),
    ] {
        if cell.modifier.contains(modifier) {
            let _ = write!(name, ".{letter}");
        }
    }
    name
}

/// The rows as a reader sees them: a wide character hides the cell behind it.
pub(super) fn rows(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        out.push('|');
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            out.push_str(symbol);
            x += u16::try_from(width(symbol).max(1)).unwrap();
        }
        out.push_str("|\n");
    }
    out
}

/// The columns that each row takes, without its edges.
pub(super) fn width_of_rows(shown: &str) -> impl Iterator<Item = usize> {
    shown.lines().map(|line| width(line) - 2)
}

fn shows(filter: &Filter, row: &TopicItem) -> bool {
    let is_there = filter
        .category
        .is_none_or(|category| row.category == category);
    is_there
        && match filter.view {
            View::Latest | View::Top => true,
            View::Unread => row.state == TopicState::Unread,
            View::New => row.state == TopicState::New,
            View::Bookmarks => row.bookmark.is_some(),
        }
}
