// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was measured, against what, and whether that is good enough.

use std::fmt::Write as _;

use crate::machine;

/// What a ratio has to be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
    /// Anything: it is printed to be known.
    None,
}

/// One side of a ratio.
#[derive(Debug, Clone)]
pub(crate) struct Side {
    value: f64,
    unit: &'static str,
    what: String,
}

/// Names one side of a ratio.
pub(crate) fn side(value: f64, unit: &'static str, what: impl Into<String>) -> Side {
    Side {
        value,
        unit,
        what: what.into(),
    }
}

/// Everything that was measured in this run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    lines: Vec<String>,
    unmet: usize,
    gated: usize,
}

impl Report {
    /// Begins a group of figures; says how busy the machine is.
    pub(crate) fn group(&mut self, title: &str) {
        self.put(format!("\n{title} (load {})", machine::load()));
    }

    /// Notes something beside the figures.
    pub(crate) fn note(&mut self, text: impl AsRef<str>) {
        self.put(format!("        {}", text.as_ref()));
    }

    /// Adds a ratio: `ours` in terms of `theirs`. `row` is the row of the table of goals.
    pub(crate) fn ratio(&mut self, row: &str, ours: &Side, theirs: &Side, goal: Goal) {
        let ratio = ours.value / theirs.value;
        let is_met = match goal {
            Goal::AtLeast(least) => ratio >= least,
            Goal::AtMost(most) => ratio <= most,
            Goal::None => true,
        };
        let verdict = match goal {
            Goal::AtLeast(least) => format!(">= {least}: {}", met(is_met)),
            Goal::AtMost(most) => format!("<= {most}: {}", met(is_met)),
            Goal::None => "printed".to_owned(),
        };
        if !matches!(goal, Goal::None) {
            self.gated += 1;
            self.unmet += usize::from(!is_met);
        }
        self.put(format!(
            "  {row:>3}  {ratio:>8.3}  {verdict:<16}  {} {} | {} {}",
            ours.what,
            number(ours),
            theirs.what,
            number(theirs)
        ));
    }

    /// Adds a figure that has no other side.
    pub(crate) fn figure(&mut self, row: &str, ours: &Side) {
        self.put(format!(
            "  {row:>3}  {:>8}  {:<16}  {} {}",
            "",
            "printed",
            ours.what,
            number(ours)
        ));
    }

    fn put(&mut self, line: String) {
        println!("{line}");
        self.lines.push(line);
    }

    /// Repeats all figures in one piece, and returns whether all goals are met.
    pub(crate) fn end(&self) -> bool {
        println!("\n==== all figures of this run (load {})", machine::load());
        for line in &self.lines {
            println!("{line}");
        }
        println!(
            "\n{} of {} goals are met",
            self.gated - self.unmet,
            self.gated
        );
        self.unmet == 0
    }
}

fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "NOT MET" }
}

fn number(side: &Side) -> String {
    let Side { value, unit, .. } = side;
    let digits = match value.abs() {
        v if v >= 100.0 => 0,
        v if v >= 10.0 => 1,
        _ => 2,
    };
    let mut text = format!("{value:.digits$}");
    if digits == 0 {
        text = thousands(&text);
    }
    let _ = write!(text, " {unit}");
    text
}

/// Puts a comma between thousands.
fn thousands(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
