// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space doctor`: what is wrong with terminal, configuration, local copy and server, and how to mend it. It shows
//! nothing secret, so that its output can be sent to whoever helps.

mod files;
mod machine;
mod server;
mod terminal;

use serde::Serialize;

use super::End;
use super::args::Doctor as Args;
use super::open::Place;
use super::output::Output;
use crate::doc::appearance::{Appearance, Colours};
use crate::doc::{Role, Span};
use crate::l10n::Value;
use crate::text::clean;
use crate::text::measure::{column, width};

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    /// As it should be.
    Ok,
    /// It works, but not as well as it could.
    Warning,
    /// It does not work.
    Problem,
}

impl Status {
    fn key(self) -> &'static str {
        match self {
            Self::Ok => "doctor-ok",
            Self::Warning => "doctor-warning",
            Self::Problem => "doctor-problem",
        }
    }

    fn role(self) -> Role {
        match self {
            Self::Ok => Role::Quiet,
            Self::Warning => Role::Warning,
            Self::Problem => Role::Error,
        }
    }
}

/// One line of the examination.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    /// The stable name, for programs.
    name: &'static str,
    status: Status,
    /// How it is.
    value: String,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<String>,
}

/// What is examined with, and what was found.
pub(super) struct Examination<'a> {
    place: &'a Place<'a>,
    findings: Vec<Finding>,
}

#[derive(Debug, Serialize)]
struct Report<'a> {
    version: &'a str,
    problems: usize,
    warnings: usize,
    findings: &'a [Finding],
}

impl Examination<'_> {
    /// Says that something is as it should be.
    fn fine(&mut self, name: &'static str, value: impl Into<String>) {
        self.say(name, Status::Ok, value, None);
    }

    fn say(
        &mut self,
        name: &'static str,
        status: Status,
        value: impl Into<String>,
        fix: Option<String>,
    ) {
        self.findings.push(Finding {
            name,
            status,
            value: value.into(),
            fix,
        });
    }

    fn text(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
        self.place.l10n.with(key, values)
    }

    fn count(&self, status: Status) -> usize {
        let alike = self.findings.iter().filter(|it| it.status == status);
        alike.count()
    }
}

/// Examines everything, and fails when there is a problem.
pub(super) fn run(
    place: &Place<'_>,
    args: &Args,
    appearance: &Appearance,
    colours: Colours,
    out: &mut Output<'_>,
) -> Result<(), End> {
    let variable = |name: &str| std::env::var(name).ok();
    let mut it = Examination {
        place,
        findings: Vec::new(),
    };
    terminal::examine(
        &mut it,
        appearance.clone(),
        colours,
        !args.offline,
        variable,
    );
    machine::examine(&mut it, variable);
    files::examine(&mut it);
    server::examine(&mut it, !args.offline);
    let problems = it.count(Status::Problem);
    let warnings = it.count(Status::Warning);
    if args.json {
        out.json(&Report {
            version: env!("CARGO_PKG_VERSION"),
            problems,
            warnings,
            findings: &it.findings,
        })?;
    } else {
        print(&it, out)?;
        out.line("")?;
        let summary = if problems + warnings == 0 {
            it.text("doctor-summary-fine", &[])
        } else {
            let values = [("problems", problems.into()), ("warnings", warnings.into())];
            it.text("doctor-summary", &values)
        };
        out.line(&summary)?;
    }
    if problems == 0 {
        return Ok(());
    }
    out.flush()?;
    Err(End::Shown(super::failure::Kind::Failed.code()))
}

fn print(it: &Examination<'_>, out: &mut Output<'_>) -> std::io::Result<()> {
    let l10n = it.place.l10n;
    let heading = |finding: &Finding| l10n.text(&format!("doctor-{}", finding.name));
    let widest = |texts: Vec<String>| texts.iter().map(|text| width(text)).max().unwrap_or(0);
    let states = widest(
        [Status::Ok, Status::Warning, Status::Problem]
            .map(|s| l10n.text(s.key()))
            .to_vec(),
    );
    let names = widest(it.findings.iter().map(heading).collect());
    for finding in &it.findings {
        let role = finding.status.role();
        let state = l10n.text(finding.status.key());
        out.spans(&[
            Span::new(role, column(&state, states)),
            Span::new(Role::Text, "  "),
            Span::new(Role::Quiet, column(&heading(finding), names)),
            Span::new(Role::Text, format!("  {}", clean::line(&finding.value))),
        ])?;
        if let Some(fix) = &finding.fix {
            let indent = " ".repeat(states + names + 4);
            out.spans(&[Span::new(
                Role::Text,
                format!("{indent}-> {}", clean::line(fix)),
            )])?;
        }
    }
    Ok(())
}

/// Every name that a finding can have; each has a text.
#[cfg(test)]
pub(crate) const NAMES: &[&str] = &[
    "terminal",
    "multiplexer",
    "size",
    "colours",
    "background",
    "theme",
    "width",
    "keyboard",
    "images",
    "language",
    "editor",
    "folder",
    "profile",
    "copy",
    "feed",
    "outbox",
    "token",
    "server",
    "clock",
];
