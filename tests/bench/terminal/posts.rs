// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The posts of a space, in the forms that other programs read.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use rusqlite::Row;

use crate::house::House;

/// How many files news feeds are spread over, as a reader of news has several.
pub(super) const FEEDS: usize = 20;

const POSTS: &str = "select p.id, t.id, t.title, m.name, p.created_at / 1000, p.source, p.number,
        (select min(f.id) from post f where f.topic_id = t.id)
    from post p join topic t on t.id = p.topic_id join member m on m.id = p.author_id order by p.id";

struct Post {
    id: i64,
    topic: i64,
    title: String,
    author: String,
    seconds: i64,
    source: String,
    number: i64,
    first: i64,
}

fn post(row: &Row<'_>) -> rusqlite::Result<Post> {
    Ok(Post {
        id: row.get(0)?,
        topic: row.get(1)?,
        title: row.get(2)?,
        author: row.get(3)?,
        seconds: row.get(4)?,
        source: row.get(5)?,
        number: row.get(6)?,
        first: row.get(7)?,
    })
}

fn each(
    house: &House,
    mut write: impl FnMut(&Post) -> std::io::Result<()>,
) -> anyhow::Result<usize> {
    let database = house.reader()?;
    let mut statement = database.prepare(POSTS)?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        write(&post(row)?)?;
        count += 1;
    }
    Ok(count)
}

/// Writes a mailbox: one message a post, the posts of a topic as answers to its first. Returns how many there are.
pub(super) fn mailbox(house: &House, file: &Path) -> anyhow::Result<usize> {
    let mut out = BufWriter::new(File::create(file)?);
    let count = each(house, |post| {
        let date = mail_date(post.seconds);
        writeln!(
            out,
            "From {}@space.invalid {}",
            post.id,
            unix_date(post.seconds)
        )?;
        writeln!(
            out,
            "From: {} <{}@space.invalid>",
            ascii(&post.author),
            post.id
        )?;
        writeln!(out, "Date: {date}")?;
        writeln!(out, "Message-ID: <{}@space.invalid>", post.id)?;
        if post.number > 1 {
            writeln!(out, "In-Reply-To: <{}@space.invalid>", post.first)?;
            write!(out, "Subject: Re: ")?;
        } else {
            write!(out, "Subject: ")?;
        }
        writeln!(out, "{}", ascii(&post.title))?;
        writeln!(out, "Content-Type: text/plain; charset=utf-8\n")?;
        for line in post.source.lines() {
            // A line that looks like the beginning of a message is marked.
            let mark = if line.starts_with("From ") { ">" } else { "" };
            writeln!(out, "{mark}{line}")?;
        }
        writeln!(out)
    })?;
    out.flush()?;
    Ok(count)
}

/// Writes news feeds, topics spread over them. Returns how many posts there are.
pub(super) fn news(house: &House, folder: &Path) -> anyhow::Result<usize> {
    let mut files = Vec::new();
    for at in 0..FEEDS {
        let mut out = BufWriter::new(File::create(folder.join(format!("feed-{at}.xml")))?);
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>Category {at}</title>\
             <link>http://space.invalid/{at}</link><description>posts</description>"
        )?;
        files.push(out);
    }
    let count = each(house, |post| {
        let at = usize::try_from(post.topic).unwrap_or(0) % FEEDS;
        writeln!(
            files[at],
            "<item><title>{}</title><guid>{}</guid><link>http://space.invalid/p/{}</link><author>{}</author>\
             <pubDate>{}</pubDate><description>{}</description></item>",
            escaped(&post.title),
            post.id,
            post.id,
            escaped(&post.author),
            mail_date(post.seconds),
            escaped(&post.source)
        )
    })?;
    for mut out in files {
        writeln!(out, "</channel></rss>")?;
        out.flush()?;
    }
    Ok(count)
}

fn ascii(text: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii() && !c.is_ascii_control() {
            c
        } else {
            '?'
        }
    };
    text.chars().map(plain).collect()
}

fn escaped(text: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text: String = text.chars().filter(is_allowed).collect();
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn parts(seconds: i64) -> (&'static str, u32, &'static str, i64, String) {
    let moment = space_core::Timestamp::from_millis(seconds * 1000);
    let (year, month, day) = moment.date();
    let weekday = usize::try_from(seconds.div_euclid(86_400).rem_euclid(7)).unwrap_or(0);
    let of_day = seconds.rem_euclid(86_400);
    let time = format!(
        "{:02}:{:02}:{:02}",
        of_day / 3600,
        of_day / 60 % 60,
        of_day % 60
    );
    let month = usize::try_from(month.saturating_sub(1)).unwrap_or(0);
    (DAYS[weekday], day, MONTHS[month], year, time)
}

fn mail_date(seconds: i64) -> String {
    let (weekday, day, month, year, time) = parts(seconds);
    format!("{weekday}, {day} {month} {year} {time} +0000")
}

fn unix_date(seconds: i64) -> String {
    let (weekday, day, month, year, time) = parts(seconds);
    format!("{weekday} {month} {day:>2} {time} {year}")
}
