// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How far an import is, on standard error, and only for somebody who sees it.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar with rate and time left. Where standard error is no terminal it draws nothing.
#[derive(Debug, Clone)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Shows nothing, on a terminal neither.
    pub fn hidden() -> Self {
        Self {
            bar: ProgressBar::hidden(),
        }
    }

    /// Shows a bar on standard error.
    pub fn shown() -> Self {
        Self {
            bar: ProgressBar::new(0),
        }
    }

    /// Begins a part that is counted in bytes; how many there are may not be known.
    pub(crate) fn begin_bytes(&self, what: &'static str, total: Option<u64>) {
        let style = match total {
            Some(_) => "{msg:8} {wide_bar} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta} left",
            None => "{msg:8} {spinner} {bytes} {binary_bytes_per_sec}",
        };
        self.begin(what, style, total);
    }

    /// Begins a part that is counted in posts.
    pub(crate) fn begin_posts(&self, what: &'static str, total: u64) {
        self.begin(
            what,
            "{msg:8} {wide_bar} {human_pos}/{human_len} posts {per_sec:.0} {eta} left",
            Some(total),
        );
    }

    /// Begins a part that is counted in rows of tables, of which nobody knows how many there are.
    pub(crate) fn begin_rows(&self, what: &'static str) {
        self.begin(
            what,
            "{msg:9} {spinner} {human_pos} rows {per_sec:.0}",
            None,
        );
    }

    /// Begins a part that is counted in parts of a thousand.
    pub(crate) fn begin_parts(&self, what: &'static str) {
        self.begin(
            what,
            "{msg:9} {wide_bar} {percent} % {eta} left",
            Some(1000),
        );
    }

    /// Begins a part that is counted in requests; how many there will be may not be known.
    pub(crate) fn begin_requests(&self, what: &'static str, total: Option<u64>) {
        let style = match total {
            Some(_) => {
                "{msg:8} {wide_bar} {human_pos}/{human_len} requests {per_sec:.1} {eta} left"
            }
            None => "{msg:8} {spinner} {human_pos} requests {per_sec:.1}",
        };
        self.begin(what, style, total);
    }

    /// Says something else beside the bar.
    pub(crate) fn say(&self, what: impl Into<std::borrow::Cow<'static, str>>) {
        self.bar.set_message(what);
    }

    fn begin(&self, what: &'static str, style: &str, total: Option<u64>) {
        self.bar.reset();
        self.bar.set_style(
            ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        self.bar.set_message(what);
        match total {
            Some(total) => self.bar.set_length(total),
            None => self.bar.unset_length(),
        }
    }

    /// Counts on.
    pub(crate) fn advance(&self, by: u64) {
        self.bar.inc(by);
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
