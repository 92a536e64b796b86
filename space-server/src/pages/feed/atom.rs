// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Writing Atom. The XML is made by a library, which escapes every value.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesStart, BytesText, Event};
use space_core::Timestamp;
use space_core::markup::sanitize;

/// A feed.
#[derive(Debug)]
pub(super) struct Feed {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) language: String,
    pub(super) link: String,
    pub(super) self_link: String,
    pub(super) updated: Timestamp,
    /// Who answers for entries that name nobody.
    pub(super) author: String,
}

/// One entry.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) language: String,
    pub(super) link: String,
    pub(super) published: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) author: Option<Author>,
    pub(super) categories: Vec<Category>,
    pub(super) in_reply_to: Option<InReplyTo>,
    /// HTML.
    pub(super) content: String,
}

#[derive(Debug)]
pub(super) struct Author {
    pub(super) name: String,
    pub(super) uri: Option<String>,
}

#[derive(Debug)]
pub(super) struct Category {
    pub(super) term: String,
    pub(super) label: String,
}

/// What an entry answers (RFC 4685).
#[derive(Debug)]
pub(super) struct InReplyTo {
    pub(super) id: String,
    pub(super) link: String,
}

type Out = Writer<Vec<u8>>;

/// Returns the beginning of a feed, up to its entries.
pub(super) fn head(feed: &Feed) -> Vec<u8> {
    let mut out = Writer::new(Vec::with_capacity(2 << 10));
    begin(&mut out, feed).expect("memory can be written to");
    out.into_inner()
}

/// Returns an entry.
pub(super) fn piece(written: &Entry) -> Vec<u8> {
    let mut out = Writer::new(Vec::with_capacity(4 << 10));
    entry(&mut out, written).expect("memory can be written to");
    out.into_inner()
}

/// Returns the end of a feed, behind its entries.
pub(super) fn tail() -> Vec<u8> {
    format!("</{FEED}>").into_bytes()
}

const FEED: &str = "feed";

fn begin(out: &mut Out, feed: &Feed) -> io::Result<()> {
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let start = BytesStart::new(FEED).with_attributes([
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:thr", "http://purl.org/syndication/thread/1.0"),
        ("xml:lang", feed.language.as_str()),
    ]);
    out.write_event(Event::Start(start))?;
    text(out, "id", &feed.id)?;
    text(out, "title", &feed.title)?;
    if !feed.subtitle.is_empty() {
        text(out, "subtitle", &feed.subtitle)?;
    }
    text(out, "updated", &feed.updated.to_string())?;
    link(out, "self", "application/atom+xml", &feed.self_link)?;
    link(out, "alternate", "text/html", &feed.link)?;
    out.create_element("author")
        .write_inner_content(|out| text(out, "name", &feed.author))?;
    out.create_element("generator")
        .with_attribute(("version", env!("CARGO_PKG_VERSION")))
        .write_text_content(BytesText::new("Space"))?;
    Ok(())
}

fn entry(out: &mut Out, entry: &Entry) -> io::Result<()> {
    out.create_element("entry")
        .with_attribute(("xml:lang", entry.language.as_str()))
        .write_inner_content(|out| {
            text(out, "id", &entry.id)?;
            text(out, "title", &entry.title)?;
            text(out, "published", &entry.published.to_string())?;
            text(out, "updated", &entry.updated.to_string())?;
            link(out, "alternate", "text/html", &entry.link)?;
            if let Some(author) = &entry.author {
                out.create_element("author").write_inner_content(|out| {
                    text(out, "name", &author.name)?;
                    author.uri.iter().try_for_each(|uri| text(out, "uri", uri))
                })?;
            }
            for category in &entry.categories {
                out.create_element("category")
                    .with_attribute(("term", category.term.as_str()))
                    .with_attribute(("label", &*sanitize::line(&category.label)))
                    .write_empty()?;
            }
            if let Some(answers) = &entry.in_reply_to {
                out.create_element("thr:in-reply-to")
                    .with_attribute(("ref", answers.id.as_str()))
                    .with_attribute(("type", "text/html"))
                    .with_attribute(("href", answers.link.as_str()))
                    .write_empty()?;
            }
            // The text is clean already: it went through the parser of our markup.
            out.create_element("content")
                .with_attribute(("type", "html"))
                .write_text_content(BytesText::new(&entry.content))?;
            Ok(())
        })?;
    Ok(())
}

/// Names and titles may hold characters that XML has no way to write.
fn text(out: &mut Out, name: &'static str, value: &str) -> io::Result<()> {
    let value = sanitize::line(value);
    out.create_element(name)
        .write_text_content(BytesText::new(&value))
        .map(drop)
}

fn link(out: &mut Out, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    out.create_element("link")
        .with_attribute(("rel", rel))
        .with_attribute(("type", kind))
        .with_attribute(("href", href))
        .write_empty()
        .map(drop)
}
