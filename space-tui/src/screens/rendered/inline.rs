// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Parts of a line: text with its stress, links, mentions, pictures.

use std::sync::Arc;

use space_core::markup::Inline;

use super::link::{self, Beside};
use super::paper::Paper;
use crate::doc::{Mark, Role, Span, Stress, Target, plain};
use crate::text::clean;
use crate::text::isolate::step;

/// Returns the spans of a line of text.
pub(super) fn inlines(children: &[Inline], role: Role, paper: &Paper<'_>) -> Vec<Span> {
    let mut out = Collect {
        paper,
        spans: Vec::new(),
        mark: None,
    };
    out.all(children, role, Stress::default());
    out.spans
}

/// Finds the pictures of a line of text, in order.
pub(super) fn pictures<'a>(children: &'a [Inline], found: &mut Vec<&'a str>) {
    for child in children {
        match child {
            Inline::Image { source, .. } => found.push(source),
            other => pictures(other.children().unwrap_or_default(), found),
        }
    }
}

struct Collect<'a> {
    paper: &'a Paper<'a>,
    spans: Vec<Span>,
    /// Where the link leads that we are in.
    mark: Option<Arc<Mark>>,
}

impl Collect<'_> {
    fn put(&mut self, role: Role, stress: Stress, text: &str) {
        let span = Span {
            stress,
            ..Span::new(role, clean::block(text))
        };
        self.spans.push(span.marked(self.mark.clone()));
    }

    fn all(&mut self, children: &[Inline], role: Role, stress: Stress) {
        for child in children {
            self.one(child, role, stress);
        }
    }

    fn one(&mut self, child: &Inline, role: Role, stress: Stress) {
        step(1);
        match child {
            Inline::Text { text } => self.put(role, stress, text),
            Inline::Code { code } => self.put(Role::Code, stress, code),
            Inline::HardBreak => self.put(role, stress, "\n"),
            Inline::SoftBreak => self.put(role, stress, " "),
            Inline::Mention { name } => self.put(Role::Mention, stress, &format!("@{name}")),
            Inline::Emoji { name } => self.put(role, stress, &format!(":{name}:")),
            Inline::Reference { id } => {
                let outer = self.mark.replace(Arc::new(Mark::Link(Target::Number(*id))));
                self.put(Role::Link, stress, &format!("#{id}"));
                self.mark = outer;
            }
            Inline::FootnoteReference { label } => {
                self.put(Role::Quiet, stress, &format!("[{label}]"));
            }
            Inline::Image { source, alt } => self.picture(source, alt, stress),
            Inline::Emphasis { children } => {
                let emphasis = true;
                self.all(children, role, Stress { emphasis, ..stress });
            }
            Inline::Strong { children } | Inline::Keyboard { children } => {
                let strong = true;
                self.all(children, role, Stress { strong, ..stress });
            }
            Inline::Strike { children } => {
                let struck = true;
                self.all(children, role, Stress { struck, ..stress });
            }
            Inline::Superscript { children } => {
                self.put(role, stress, "^");
                self.all(children, role, stress);
            }
            Inline::Subscript { children } => {
                self.put(role, stress, "_");
                self.all(children, role, stress);
            }
            Inline::Spoiler { .. } if !self.paper.is_opened => {
                let text = self.paper.l10n.text("post-spoiler-closed");
                self.put(Role::Warning, stress, &format!("[{text}]"));
            }
            Inline::Spoiler { children } => {
                self.put(Role::Quiet, stress, "┊");
                self.all(children, Role::Quiet, stress);
                self.put(Role::Quiet, stress, "┊");
            }
            Inline::Link {
                destination,
                children,
                ..
            } => self.link(destination, children, stress),
        }
    }

    /// A link shows where it leads, unless its text already does: a reader must see that before following it.
    fn link(&mut self, destination: &str, children: &[Inline], stress: Stress) {
        let first = self.spans.len();
        let target = link::target(destination, self.paper.origin);
        let outer = self.mark.clone();
        self.mark = target.clone().map(|to| Arc::new(Mark::Link(to)));
        self.all(children, Role::Link, stress);
        self.mark = outer;
        let shown = plain(&self.spans[first..]);
        self.beside(&shown, destination, target.as_ref());
    }

    fn beside(&mut self, shown: &str, destination: &str, target: Option<&Target>) {
        let (role, said) = match link::beside(shown, destination, target, self.paper.is_screen) {
            Beside::Nothing => return,
            Beside::Quietly(said) => (Role::Quiet, said),
            Beside::Loudly(said) => (Role::Warning, said),
        };
        self.put(role, Stress::default(), &format!(" <{said}>"));
    }

    /// A picture is told before it is shown: what it shows, and where it comes from if that is elsewhere.
    fn picture(&mut self, source: &str, alt: &str, stress: Stress) {
        if !self.paper.is_screen {
            if !alt.is_empty() {
                self.put(Role::Text, stress, &format!("[{alt}] "));
            }
            self.put(Role::Link, stress, &format!("<{source}>"));
            return;
        }
        let l10n = self.paper.l10n;
        let text = if alt.trim().is_empty() {
            l10n.text("post-picture-untold")
        } else {
            l10n.with("post-picture", &[("alt", clean::line(alt).into())])
        };
        let target = link::target(source, self.paper.origin);
        let outer = self.mark.clone();
        self.mark = target.clone().map(|to| Arc::new(Mark::Link(to)));
        self.put(Role::Link, stress, &format!("[{text}]"));
        self.mark = outer;
        if !link::is_own(source, self.paper.origin) {
            self.beside("", source, target.as_ref());
        }
    }
}
