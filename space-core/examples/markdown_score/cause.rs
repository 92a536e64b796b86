// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Why a post differs, as far as it can be told: the first cause that fits.

/// What is known of a post that differs.
pub(crate) struct Post<'a> {
    /// As Discourse rendered it.
    pub(crate) cooked: &'a str,
    /// As the author wrote it.
    pub(crate) written: &'a str,
    /// Whether the two were not saved in the same state.
    pub(crate) is_edited: bool,
}

impl Post<'_> {
    fn wrote(&self, marks: &[&str]) -> bool {
        let written = self.written.to_ascii_lowercase();
        marks.iter().any(|mark| written.contains(mark))
    }

    /// `[code]` that begins a line and ends in it: Discourse rendered an empty block for it, for a time.
    fn has_lost_code(&self) -> bool {
        self.cooked
            .contains("<pre><code class=\"lang-auto\"></code></pre>")
    }

    /// A tag in brackets that stands as text in what was rendered.
    fn has_unread_tags(&self) -> bool {
        [
            "[code]", "[/code]", "[quote", "[/quote]", "[/url]", "[/img]",
        ]
        .iter()
        .any(|tag| self.cooked.contains(tag))
    }

    fn wrote_without_scheme(&self, link: &str) -> bool {
        self.written.contains(&format!("]({link}")) && !self.written.contains(&format!("://{link}"))
    }

    /// Whether the two do not say the same to begin with.
    fn apart(&self) -> Option<&'static str> {
        if self.is_edited {
            Some("raw and cooked are of different times: the post was edited between")
        } else if self.cooked.is_empty() || self.written.is_empty() {
            Some("raw or cooked is empty")
        } else if self.has_lost_code() {
            Some("code that Discourse lost when it rendered")
        } else if self.has_unread_tags() {
            Some("[code] or [quote] that Discourse could not pair and left as text")
        } else {
            None
        }
    }

    /// Why the texts differ.
    pub(crate) fn of_text(&self) -> &'static str {
        if let Some(cause) = self.apart() {
            cause
        } else if self.wrote(&["[code", "[quote", "[/"]) {
            "tags in brackets that Discourse reads in its own way"
        } else if self.wrote(&["</", "/>", "<img", "<br", "<!--"]) {
            "HTML that the author wrote"
        } else if self.cooked.contains("onebox") {
            "a preview in the place of an address"
        } else if self.wrote(&["|--", "| --", "|:-", "| :-"]) {
            "a table"
        } else if self.written.chars().count() < 40 {
            "a very short text, in which one sign is more than one in twenty"
        } else {
            "other"
        }
    }

    /// Why the links differ, by one that one side has alone.
    pub(crate) fn of_links(&self, missing: &[&String], added: &[&String]) -> &'static str {
        let has = |marks: &[&str]| {
            missing
                .iter()
                .chain(added)
                .any(|link| marks.iter().any(|mark| link.contains(mark)))
        };
        if let Some(cause) = self.apart() {
            cause
        } else if has(&["[/", "%5B/", "[img", "]"]) {
            "an address that runs into a tag in brackets"
        } else if has(&["gist", "github"]) && self.cooked.contains("onebox") {
            "a preview that leads elsewhere than what was written"
        } else if added.is_empty() && missing.iter().all(|link| self.wrote_without_scheme(link)) {
            "an address without a scheme, to which Discourse does not link"
        } else if ["<iframe", "<video", "lazyYT"]
            .iter()
            .any(|player| self.cooked.contains(player))
        {
            "a player in the place of an address"
        } else if self.cooked.contains("onebox") {
            "a preview that leads elsewhere than what was written"
        } else if self.cooked.contains("discourse-cdn.com") || self.cooked.contains("/uploads/") {
            "an address of a file that Discourse copied"
        } else if self.wrote(&["<a ", "<img", "</"]) {
            "HTML that the author wrote"
        } else if missing.is_empty() {
            "an address that only Discourse reads as one"
        } else {
            "other"
        }
    }

    /// Why the code blocks differ.
    pub(crate) fn of_code(&self, theirs: &[String], ours: &[String]) -> &'static str {
        let joined = |code: &[String]| -> String {
            code.iter()
                .flat_map(|code| code.split_whitespace())
                .collect()
        };
        if let Some(cause) = self.apart() {
            cause
        } else if joined(theirs) == joined(ours) {
            if theirs.len() == ours.len() {
                "white space within code"
            } else {
                "one block here is several there"
            }
        } else if self.wrote(&["[code"]) {
            "[code] that Discourse reads in its own way"
        } else if self.wrote(&["<pre", "<code", "</"]) {
            "HTML that the author wrote"
        } else if self.wrote(&["```", "~~~"]) {
            "a fence that one side reads in another way"
        } else if theirs.len() > ours.len() {
            "indented text that only our parser reads as code"
        } else {
            "other"
        }
    }
}
