// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Scripts that terminals do not agree about, in a terminal that does not agree with us: it gives marks with a width of
//! their own a cell, and each part of a joined emoji two.

use crate::house::House;
use crate::seat::Seat;

/// Keys that are nearer to each other are taken for pasted text.
const HAND: std::time::Duration = std::time::Duration::from_millis(80);

const POSTS: [&str; 8] = [
    "हिन्दी में एक पंक्ति जो लम्बी है: कि की कु कृ के क्ष त्र ज्ञ, और कुछ और शब्द भी यहाँ हैं |END|",
    "ภาษาไทยมีสระและวรรณยุกต์ ที่อยู่เหนือและใต้ตัวอักษร กำลังดี |END|",
    "اَلْعَرَبِيَّةُ مَعَ اَلتَّشْكِيلِ وَالْحَرَكَاتِ |END|",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦 and 👩\u{200d}💻 and ❤\u{fe0f} and 🏳\u{fe0f}\u{200d}🌈 and 🇧🇷 |END|",
    "plain text that has the same length as the others, more or less, |END|",
    "a\u{301}\u{327}\u{323} z\u{335}\u{336}\u{337}\u{338} marks upon marks |END|",
    "தமிழ் மொழி கொஞ்சம் கடினம், ಕನ್ನಡ ಭಾಷೆ ಸೊಗಸು |END|",
    "שָׁלוֹם עֲלֵיכֶם |END|",
];

/// What the posts on the screen say, row by row: without the strip at the right, which tells what was read.
fn posts(screen: &vt100::Screen) -> Vec<String> {
    // A cell that was never drawn looks like one with a blank.
    let rows = screen.rows(0, 79).skip(1).take(20);
    rows.map(|row| row.trim_end().to_owned()).collect()
}

#[test]
fn scrolling_leaves_nothing_behind() {
    let house = House::new();
    let written: Vec<&str> = POSTS.iter().cycle().copied().take(40).collect();
    house.adds(23, "Many scripts", &written);
    let mut seat = Seat::new(&house, "true");
    seat.wait_for("Many scripts");
    seat.press("\r");
    seat.wait_for("plain text");
    let first = posts(seat.parser.screen());
    // What ends a line stands where it belongs: nothing was pushed to the right, or over the edge.
    let screen = seat.parser.screen();
    for row in 1..21 {
        let strip = screen.cell(row, 79).map(vt100::Cell::contents);
        assert!(matches!(strip, Some("◀" | "┃")), "{row}: {first:#?}");
    }
    for (keys, last) in [
        ("j", "#1002"),
        ("\u{6}", "#1009"),
        ("G", "#1040"),
        ("\u{2}", "#1030"),
    ] {
        // As far apart as a hand types them.
        seat.looks_on(HAND);
        seat.press(keys);
        seat.wait_for(last);
    }
    seat.looks_on(HAND);
    seat.press("gg");
    seat.wait("the first posts look as before", |screen| {
        posts(screen) == first
    });
    seat.press("q");
    seat.ends();
}
