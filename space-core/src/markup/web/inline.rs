// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Parts of lines.

use super::super::document::Inline;
use super::address::{Place, own_picture, place, uri};
use super::{FOREIGN, Writer};

impl Writer<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            if self.is_full() {
                return;
            }
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text { text } => self.text(text),
            Inline::Emphasis { children } => self.around("em", children),
            Inline::Strong { children } => self.around("strong", children),
            Inline::Strike { children } => self.around("s", children),
            Inline::Superscript { children } => self.around("sup", children),
            Inline::Subscript { children } => self.around("sub", children),
            Inline::Keyboard { children } => self.around("kbd", children),
            Inline::Spoiler { children } => self.spoiler(children),
            Inline::Code { code } => {
                self.tag("<code dir=\"ltr\">");
                self.text(code);
                self.tag("</code>");
            }
            Inline::Link {
                destination,
                title,
                children,
            } => self.link(destination, title, children),
            Inline::Image { source, alt } => self.image(source, alt),
            Inline::HardBreak => self.tag("<br>\n"),
            Inline::SoftBreak => self.tag("\n"),
            Inline::Mention { name } => self.mention(name),
            Inline::Emoji { name } => {
                self.tag(":");
                self.text(name);
                self.tag(":");
            }
            Inline::Reference { id } => self.reference(*id),
            Inline::FootnoteReference { label } => self.note(label),
        }
    }

    fn around(&mut self, tag: &'static str, children: &[Inline]) {
        self.tag(&format!("<{tag}>"));
        self.inlines(children);
        self.tag(&format!("</{tag}>"));
    }

    /// It shows when it is pointed at or has the keyboard's focus.
    fn spoiler(&mut self, children: &[Inline]) {
        if self.look.masks_spoilers {
            self.tag("[");
            self.text(self.look.words.spoiler);
            self.tag("]");
            return;
        }
        self.tag("<span class=\"spoiler\"");
        if !self.is_in_link {
            self.tag(" tabindex=\"0\" role=\"note\"");
            self.attribute("aria-label", self.look.words.spoiler);
        }
        self.tag(">");
        self.inlines(children);
        self.tag("</span>");
    }

    pub(super) fn link(&mut self, destination: &str, title: &str, children: &[Inline]) {
        let place = place(destination, self.site).filter(|_| !self.is_in_link);
        let Some(place) = place else {
            self.inlines(children);
            // Nothing that a page links to: a room of a chat network, say. What is written is the address.
            if !matches!(children, [Inline::Text { text }] if text == destination) {
                self.tag(" (");
                self.text(destination);
                self.tag(")");
            }
            return;
        };
        self.open_link(&place, title);
        if children.is_empty() {
            self.text(destination);
        }
        self.is_in_link = true;
        self.inlines(children);
        self.is_in_link = false;
        self.tag("</a>");
    }

    fn open_link(&mut self, place: &Place, title: &str) {
        self.tag("<a");
        match place {
            Place::Own(path) => self.attribute("href", &uri(&self.site.address(path))),
            Place::Foreign(address) => {
                self.attribute("href", &uri(address));
                self.attribute("rel", FOREIGN);
            }
            Place::Mail(address) => self.attribute("href", &uri(address)),
        }
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.tag(">");
    }

    fn image(&mut self, source: &str, alt: &str) {
        if let Some(path) = own_picture(source, self.site) {
            let address = uri(&self.site.address(path));
            self.tag("<img");
            self.attribute("src", &address);
            self.attribute("alt", alt);
            self.tag(" loading=\"lazy\" decoding=\"async\">");
            return;
        }
        let words = self.look.words.picture;
        let label = match alt {
            "" => words.to_owned(),
            alt => format!("{words}: {alt}"),
        };
        match place(source, self.site).filter(|_| !self.is_in_link) {
            Some(place) => {
                self.open_link(&place, "");
                self.text(&label);
                self.tag("</a>");
            }
            None => self.text(&label),
        }
    }

    pub(super) fn mention(&mut self, name: &str) {
        let profile = self.site.member(name).filter(|_| !self.is_in_link);
        if let Some(path) = &profile {
            self.open_link(&Place::Own(path.clone()), "");
        }
        self.tag("<bdi>@");
        self.text(name);
        self.tag("</bdi>");
        if profile.is_some() {
            self.tag("</a>");
        }
    }

    /// A number leads to the page of a post, which knows its way to whatever else has that number.
    pub(super) fn reference(&mut self, id: i64) {
        if self.is_in_link {
            self.tag(&format!("#{id}"));
            return;
        }
        self.open_link(&Place::Own(format!("/p/{id}")), "");
        self.tag(&format!("#{id}</a>"));
    }

    fn note(&mut self, label: &str) {
        let number = self.footnotes.get(label).copied();
        self.tag("<sup>");
        match number {
            Some(number) if !self.is_in_link && !self.look.id.is_empty() => {
                self.tag("<a");
                let id = format!("#{}-note-{number}", self.look.id);
                self.attribute("href", &id);
                self.tag(&format!(">{number}</a>"));
            }
            Some(number) => self.tag(&number.to_string()),
            None => self.text(label),
        }
        self.tag("</sup>");
    }
}
