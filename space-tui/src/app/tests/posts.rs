// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading posts: what they look like, ways through a thread, links, and what may come at any time.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use rstest::rstest;
use space_core::PostId;

use super::world::{World, post};
use crate::app::items::{PostItem, PostKey, ReplyTo};
use crate::app::message::{self, Cmd, Msg};
use crate::screens::rendered::Picture;
use crate::screens::thread::REACH;

const ARABIC: &str = "# مرحبا بكم\n\nهذا نص **عربي** طويل بما يكفي ليمتد على أكثر من سطر واحد في الشاشة، وفيه رقم 12.5 وكلمة English في الوسط (بين قوسين).\n\n- أول\n- ثان\n\n> اقتباس قصير\n\n1. واحد";
const HEBREW: &str = "שלום! ראו את [המדריך](https://example.org/guide) ואת `cargo run`.\n\n| שם | כמה |\n|---|--:|\n| תפוח | 25 |\n| banana | 3 |\n\nIn English with שלום (עולם) inside.";
const JAPANESE: &str = "## 見出し\n\n日本語のテキストは、単語の間に空白がないので、どこで折り返すかが問題になります。「かっこ」も大切です。\n\n| 名前 | 説明 |\n|---|:-:|\n| 猫 | かわいい |\n| dog | 犬 |\n\n👩\u{200d}💻 ❤\u{fe0f} 🏳\u{fe0f}\u{200d}🌈 e\u{301}";
const CODE: &str = "```rust\n// Says hello.\nfn main() {\n    let answer = 42;\n    println!(\"hello {answer}\");\n}\n```\n\n```diff\n-old\n+new\n```\n\n```unknown-language\nplain\n```\n\nInline `code`, <kbd>Ctrl</kbd>.";
const TABLES: &str = "| left | middle | right |\n|:---|:-:|--:|\n| a | b | c |\n| **bold** | `code` | 1000 |\n\n| What | Why it has to be wrapped within its cell |\n|---|---|\n| feed | It is read from any place on, and says each thing once |\n| scope | Who may see it |\n\n| a | b | c | d | e | f | g | h | i | j |\n|---|---|---|---|---|---|---|---|---|---|\n| one one one | two two two | three three | four four | five five | six six | seven | eight eight | nine nine | ten ten |";
const QUOTES: &str = "> @alice, #1001:\n> What she said\n> > @bob:\n> > and what he had said\n> > > **Jane Doe**:\n> > > at first\n\nI agree.[^1]\n\n[spoiler]the *butler*[/spoiler] did it.\n\n<details><summary>More</summary>\n\nfolded away\n\n</details>\n\n- [x] done\n- [ ] open\n  1. first\n  2. second\n\n---\n\n[^1]: With everything.";
const IMAGES: &str = "![A map of the space](/media/7/map.png)\n\n![A stranger's picture](https://pictures.example/x.png) and ![](https://pictures.example/y.png)\n\nSee [bank.example](https://evil.example/login), [our topic](/t/2) and https://\u{440}\u{430}ypal.com/.";
const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m \u{202e}abc\u{202c} \u{8}\u{8}ok\tta\u{200b}b\n\nZ\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}algo\n\n[x\u{1b}]8;;https://evil.example\u{7}](https://example.org/\u{1b}\\)\n\n```\n\u{1b}[31mred\u{1b}[0m\n```\n\n| \u{1b}[1m | b |\n|---|---|\n| \u{9d}x\u{9c} | \u{85} |\n\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

fn alone(columns: u16, rows: u16, source: &str) -> World {
    let mut world = World::with_posts(columns, rows, vec![post(1, 1, source)]);
    // What the workers would find out.
    while let Some(at) = world
        .asked
        .iter()
        .position(|c| matches!(c, Cmd::Colour(_) | Cmd::Picture { .. }))
    {
        match world.asked.remove(at) {
            Cmd::Colour(snippet) => {
                let colours = crate::worker::colours::once(&snippet);
                world.send(Msg::Coloured(snippet, Arc::new(colours)));
            }
            Cmd::Picture { source, most } => {
                let picture = Picture::Ready(most.0.min(20), 3);
                world.send(Msg::Pictured(source, picture));
            }
            _ => {}
        }
    }
    world
}

#[rstest]
#[case("arabic", ARABIC)]
#[case("hebrew", HEBREW)]
#[case("japanese", JAPANESE)]
#[case("code", CODE)]
#[case("tables", TABLES)]
#[case("quotes", QUOTES)]
#[case("images", IMAGES)]
#[case("hostile", HOSTILE)]
fn posts_of_every_kind(#[case] name: &str, #[case] source: &str) {
    let mut seen = String::new();
    for (columns, rows) in [(80, 24), (120, 40), (40, 10)] {
        let world = alone(columns, rows, source);
        writeln!(seen, "{columns}x{rows}\n{}", world.screen()).unwrap();
        if columns == 80 {
            seen += &super::world::styles(&world.painted());
            seen += "\n";
        }
    }
    insta::assert_snapshot!(format!("post_{name}"), seen);
}

#[test]
fn spoilers_and_folded_parts_open_by_hand() {
    let mut world = alone(80, 40, QUOTES);
    assert!(!world.screen().contains("butler") && !world.screen().contains("folded away"));
    world.press("s");
    assert!(world.screen().contains("butler") && world.screen().contains("folded away"));
    world.press("s");
    assert!(!world.screen().contains("butler"));
}

#[test]
fn pictures_of_others_are_loaded_by_hand_only() {
    let mut world = World::with_posts(80, 24, vec![post(1, 1, IMAGES)]);
    let asked = |world: &World| -> Vec<String> {
        let sources = world.asked.iter().filter_map(|cmd| match cmd {
            Cmd::Picture { source, .. } => Some(source.clone()),
            _ => None,
        });
        sources.collect()
    };
    assert_eq!(asked(&world), ["/media/7/map.png"]);
    world.press("i");
    assert_eq!(
        asked(&world),
        [
            "/media/7/map.png",
            "https://pictures.example/x.png",
            "https://pictures.example/y.png"
        ]
    );
    // Asked once, however often the screen changes.
    world.press("j k i");
    assert_eq!(asked(&world).len(), 3);
}

#[test]
fn pictures_of_hidden_posts_stay_closed() {
    let mut hidden = post(1, 1, IMAGES);
    hidden.is_hidden = true;
    let mut world = World::with_posts(80, 24, vec![hidden]);
    assert!(world.screen().contains("hidden by moderators"));
    assert!(!world.screen().contains("map"));
    world.press("s i");
    assert!(world.screen().contains("A map of the space"));
    assert!(!world.asked.iter().any(|c| matches!(c, Cmd::Picture { .. })));
}

fn answer(number: i64, to: i64, source: &str) -> PostItem {
    let mut item = post(1, number, source);
    item.reply_to = (to > 0).then(|| ReplyTo {
        id: PostId::new(1000 + to).unwrap(),
        author: Some("bob".to_owned()),
    });
    item
}

fn chain(length: i64) -> Vec<PostItem> {
    (1..=length)
        .map(|n| {
            answer(
                n,
                if n > 2 { n - 1 } else { 0 },
                &format!("Post number {n}."),
            )
        })
        .collect()
}

#[rstest]
#[case(80, 24)]
#[case(120, 40)]
#[case(40, 10)]
fn a_tree(#[case] columns: u16, #[case] rows: u16) {
    let mut posts = chain(10);
    posts.push(answer(11, 3, "Beside the fourth."));
    posts.push(answer(12, 0, "A new beginning."));
    let mut world = World::with_posts(columns, rows, posts);
    world.press("g g t");
    insta::assert_snapshot!(format!("tree_{columns}x{rows}"), world.screen());
    world.press("G k");
    insta::assert_snapshot!(format!("tree_deep_{columns}x{rows}"), world.screen());
}

#[test]
fn ways_through_the_tree() {
    let mut posts = chain(5);
    posts.push(answer(6, 2, "Beside the third."));
    let mut world = World::with_posts(80, 24, posts);
    let number = |world: &World| world.thread().current().unwrap().number;
    world.press("t g g j j");
    assert_eq!(number(&world), 3);
    world.press("}");
    assert_eq!(number(&world), 6);
    world.press("{");
    assert_eq!(number(&world), 3);
    world.press("p");
    assert_eq!(number(&world), 2);
    world.press("p");
    assert_eq!(
        world.model.notice.as_ref().unwrap().key,
        "disabled-no-parent"
    );
    // Folded, what stands below is gone; the next post is the one after it.
    world.press("j z a j");
    assert_eq!(number(&world), 6);
    assert!(
        world.screen().contains("2 answers folded"),
        "{}",
        world.screen()
    );
    world.press("k z a j");
    assert_eq!(number(&world), 4);
}

#[test]
fn the_parent_is_peeked_at_without_losing_the_place() {
    let mut world = World::with_posts(80, 24, chain(40));
    world.press("G");
    let before = world.screen();
    world.press("Enter");
    assert!(
        world.screen().contains("Post number 39."),
        "{}",
        world.screen()
    );
    assert!(world.screen().contains("┌─ "), "{}", world.screen());
    world.press("Enter");
    assert!(world.screen().contains("#1038"), "{}", world.screen());
    world.press("Esc");
    assert_eq!(world.screen(), before);
    world.press("Enter p");
    assert_eq!(world.thread().current().unwrap().number, 39);
}

#[test]
fn reading_a_tree_marks_nothing_that_was_not_seen() {
    let mut posts = chain(30);
    // An old post is answered at last: the answer stands near the top.
    posts.push(answer(31, 2, "Late."));
    let mut world = World::with_posts(80, 12, posts);
    world.press("t g g");
    world.press("h");
    let told = world.written.iter().rev().find_map(|write| match write {
        message::Write::MarkRead { number, .. } => Some(*number),
        _ => None,
    });
    assert!(told.is_some_and(|number| number < 10), "{told:?}");
}

/// The rows of the body without what ends a line: times and the strip change by themselves.
fn body(world: &World) -> Vec<String> {
    let screen = world.screen();
    let rows = screen.lines().skip(1);
    rows.take(usize::from(world.model.rows) - 3)
        .map(|row| row.chars().take(50).collect())
        .collect()
}

#[rstest]
#[case::by_time("")]
#[case::as_a_tree("t")]
fn new_posts_arrive_without_moving_the_screen(#[case] shape: &str) {
    let posts: Vec<_> = (1..=60)
        .map(|n| answer(n, if n % 5 == 0 { n - 3 } else { 0 }, &format!("Post {n}.")))
        .collect();
    let mut world = World::with_posts(80, 24, posts);
    world.press("g g");
    world.press(shape);
    world.press("C-d C-d C-d j");
    let (before, focus) = (body(&world), world.thread().focus.clone());
    // At the end, in the middle of what stands above the screen, and one that was above it goes.
    world.posts.push(answer(61, 0, "New."));
    world
        .posts
        .push(answer(62, 2, "Below an old one.\n\nWith several\n\nlines."));
    world.topics[0].last_number = 62;
    world
        .posts
        .retain(|p| p.key != PostKey::Id(PostId::new(1003).unwrap()));
    world.send(Msg::Changed);
    assert_eq!(body(&world), before);
    assert_eq!(world.thread().focus, focus);
}

#[test]
fn a_picture_above_does_not_move_the_line_under_the_eye() {
    let long = format!("![Map](/media/map.png)\n\n{}", "word ".repeat(400));
    let mut world = World::with_posts(80, 24, vec![post(1, 1, &long), post(1, 2, "End.")]);
    world.press("g g j j j j j j j j");
    assert!(world.thread().above > 6);
    let before = body(&world);
    world.send(Msg::Pictured(
        "/media/map.png".to_owned(),
        Picture::Ready(30, 10),
    ));
    assert_eq!(body(&world), before);
    world.press("g g");
    assert_eq!(world.buffer().area.height, 24);
    assert!(world.screen().contains("[Picture: Map]"));
}

#[test]
fn a_long_topic_costs_no_more_than_what_is_near() {
    let posts: Vec<_> = (1..=10_000)
        .map(|n| {
            answer(
                n,
                if n > 7 { n - n % 7 } else { 0 },
                "Some *text* with `code`.",
            )
        })
        .collect();
    let mut world = World::with_posts(80, 24, posts);
    let most = u64::try_from(2 * REACH).unwrap();
    assert!(world.thread().laid_out <= most);
    let before = world.thread().laid_out;
    world.screen();
    assert_eq!(world.thread().laid_out, before, "a frame wraps nothing");
    // A hundred steps bring new posts as often as an edge comes near, and wrap each of them once.
    world.press("g g");
    let before = world.thread().laid_out;
    world.press(&["j"; 100].join(" "));
    let wrapped = world.thread().laid_out - before;
    assert!(
        wrapped <= 100 + most,
        "{wrapped} posts wrapped for 100 steps"
    );
    // As a tree, too.
    world.press("t");
    let before = world.thread().laid_out;
    world.press("G");
    assert!(world.thread().laid_out - before <= most);
    assert!(world.thread().posts.len() <= 2 * REACH);
}

#[test]
fn links_are_opened_by_their_number() {
    let text = "[a page](https://example.org/x), [a post](/p/2003) and #2004, mail to [us](mailto:a@example.org)";
    let mut world = World::with_posts(80, 24, vec![post(1, 1, text)]);
    world.press("o");
    assert!(
        world.screen().contains(
            "[1]a page <example.org>, [2]a post and [3]#2004, mail to [4]us <a@example.org>"
        ),
        "{}",
        world.screen()
    );
    world.press("1");
    assert!(
        world
            .asked
            .contains(&Cmd::Open("https://example.org/x".to_owned()))
    );
    assert!(!world.screen().contains("[1]"));
    world.press("o 2");
    assert_eq!(world.thread().topic_id.get(), 2);
    assert_eq!(world.thread().current().unwrap().number, 3);
    world.press("h o Esc j");
    assert_eq!(world.thread().topic_id.get(), 1);
    world.press("o 7");
    assert_eq!(
        world.model.notice.as_ref().unwrap().key,
        "notice-no-such-link"
    );
}

#[test]
fn without_links_nothing_waits_for_a_number() {
    let mut world = World::with_posts(80, 24, vec![post(1, 1, "Nothing.")]);
    world.press("o");
    assert_eq!(
        world.model.notice.as_ref().unwrap().key,
        "disabled-no-links"
    );
    assert_eq!(world.thread().hint, None);
}

#[test]
fn the_strip_is_there_for_long_topics_and_by_hand() {
    let mut world = World::with_posts(80, 24, chain(40));
    world.press("g g");
    assert!(world.screen().contains('◀'));
    world.press("M");
    assert!(!world.screen().contains('◀'));
    let mut world = World::with_posts(80, 24, chain(3));
    assert!(!world.screen().contains('◀'));
    world.press("M");
    assert!(world.screen().contains('◀'));
}

#[test]
fn a_terminal_that_orders_text_itself_gets_it_as_it_was_written() {
    let mut world = World::new(80, 24);
    world.reading.bidi = crate::config::Bidi::Terminal;
    world.posts.retain(|p| p.topic.get() != 1);
    world.posts.push(post(1, 1, "שלום עולם"));
    world.press("Enter");
    assert!(
        world.screen().contains("|  שלום עולם"),
        "{}",
        world.screen()
    );
}

/// What a cell says, without the link that we put around it.
fn unlinked(symbol: &str) -> &str {
    let Some(rest) = symbol.strip_prefix("\u{1b}]8;id=") else {
        return symbol;
    };
    let (address, rest) = rest.split_once("\u{1b}\\").unwrap();
    assert!(address.bytes().all(|b| b.is_ascii_graphic()), "{address:?}");
    rest.strip_suffix("\u{1b}]8;;\u{1b}\\").unwrap()
}

fn assert_harmless(source: &str, keys: &str) {
    let mut world = World::with_posts(80, 24, vec![post(1, 1, source)]);
    world.press(keys);
    for cell in world.buffer().content() {
        let text = unlinked(cell.symbol());
        assert!(!text.chars().any(char::is_control), "{text:?}");
    }
}

#[test]
fn links_of_ours_are_the_only_escape_codes() {
    assert_harmless(HOSTILE, "s o");
    let world = World::with_posts(80, 24, vec![post(1, 1, "<https://example.org/>")]);
    let buffer = world.buffer();
    let linked = buffer
        .content()
        .iter()
        .filter(|c| c.symbol().contains("\u{1b}]8;id="));
    assert_eq!(linked.count(), "https://example.org/".len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn any_bytes_as_a_post_are_harmless(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        text in "(\\PC|[\\x00-\\x1f\\x7f-\\x9f>*#`|\\[\\]()\\-! \n日אب]|https://|\u{202e}|\u{301}){0,80}",
        keys in prop::sample::select(vec!["", "s", "o", "t", "i", "M"]),
    ) {
        assert_harmless(&String::from_utf8_lossy(&bytes), keys);
        assert_harmless(&text, keys);
    }
}
